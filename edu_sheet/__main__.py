"""`python -m edu_sheet` is `edu-sheet`."""

from edu_sheet.cli.program import main

if __name__ == "__main__":
    main()

"""`python -m edu_sheet` is `edu-sheet`."""

from edu_sheet.cli import main

if __name__ == "__main__":
    main()

"""One measured part in a process of its own: `python -m benchmarks.part NAME FOLDER UNITS`.

A process that is started from here imports this module first: as little as `edu-sheet` itself.
"""

if __name__ == "__main__":
    from benchmarks.parts import main

    raise SystemExit(main())

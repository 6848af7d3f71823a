"""How fast edu-sheet is beside what one would write by hand: `python -m benchmarks`."""

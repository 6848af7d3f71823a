"""What the program ends with, as docs/design.md gives it."""

DONE, NEEDS_A_PERSON, FAILED, BUG, INTERRUPTED = 0, 1, 2, 70, 130

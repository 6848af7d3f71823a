"""The commands, in files by what they are about: each parses, calls `app`, says what came of it."""

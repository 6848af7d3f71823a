"""The words of docs/design.md as values. Pure: nothing here reads, writes or prints."""

"""What holds everywhere: which text stands, who reports, what is due. Pure."""

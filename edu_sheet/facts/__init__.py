"""What the ledger tells about a period, gathered once for all that is made of it."""

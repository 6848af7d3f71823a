"""How a summary is set on paper (GB/T 9704-2012)."""

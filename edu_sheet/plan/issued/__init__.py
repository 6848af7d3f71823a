"""A plan as its county issued it: what it says, and what of it was not used."""

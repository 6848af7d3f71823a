"""Forms go out: who gets which form, and how what went out differs from the plan as it is now."""

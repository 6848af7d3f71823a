""".ods → Book."""

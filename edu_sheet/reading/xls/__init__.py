""".xls and .et → Book."""

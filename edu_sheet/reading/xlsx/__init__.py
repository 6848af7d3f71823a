""".xlsx → Book."""

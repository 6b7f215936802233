"""Fair shares of the plan's cost among the companies: a cooperative cost game, its solutions and its core."""

"""The documents that the district takes to the table, for each audience."""

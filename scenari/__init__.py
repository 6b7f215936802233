"""What a user writes: the schema of a scenario, strict loading, variants and the shipped scenarios."""

"""The unverified figures on which a run rests: rows of the tables, and what the scenario itself assumes."""

"""Courses of events played through the clauses of the agreements, month by month (docs/clausole.md)."""

"""The check half of the clauses of a framework agreement, month by month (docs/clausole.md)."""

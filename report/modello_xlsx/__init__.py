"""A scenario as a workbook for an officer: instructions, one sheet per list, choices where there are any."""

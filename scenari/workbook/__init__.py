"""A scenario in a workbook: the same tree that a YAML file gives, each value with its sheet and cell."""

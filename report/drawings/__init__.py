"""Drawings of the report as SVG text, made here: plain data in, a figure with its words and its table out."""

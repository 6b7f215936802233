"""Texts that nido gives to its users as a start."""

from importlib import resources

STARTER = "nuovo.yaml"


def starter() -> bytes:
    """Give the commented starter scenario."""
    return resources.files("nido.report.modelli").joinpath(STARTER).read_bytes()

"""The registry of modes is complete."""

import pkgutil
from typing import get_args

from nido.accordi import pagatori
from nido.accordi.pagatori import MODES
from nido.scenari.regole import ModoPagatore

# What all modes share.
COMMON = {"allowances", "facts", "mode", "modes", "names", "stack"}


def test_every_mode_is_registered() -> None:
    """Files of the folder, registry and the modes that a scenario may name are the same, each once."""
    files = {module.name for module in pkgutil.iter_modules(pagatori.__path__)} - COMMON
    assert set(MODES) == files == set(get_args(ModoPagatore))
    assert all(name == mode.nome for name, mode in MODES.items())

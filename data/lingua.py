"""The language of messages: Italian first, English on request."""

import os
from typing import Literal

LANGUAGE_VARIABLE = "NIDO_LANG"


def language() -> Literal["it", "en"]:
    """Tell which language messages are written in.

    Returns
    -------
    Literal["it", "en"]
        ``en`` when the environment variable NIDO_LANG starts with ``en`` (any case), else ``it``.
    """
    wanted = os.environ.get(LANGUAGE_VARIABLE, "").strip().lower()
    return "en" if wanted.startswith("en") else "it"


def text(it: str, en: str, **values: object) -> str:
    """Choose the sentence in the current language and fill it in.

    Parameters
    ----------
    it, en
        The same sentence in Italian and in English, with ``str.format`` fields.
    values
        Values of the fields. With no values the sentence still goes through ``str.format``, so a
        literal brace is always written doubled.

    Returns
    -------
    str
        The filled sentence.

    Raises
    ------
    KeyError
        If the sentence has a field that ``values`` lacks.
    """
    chosen = en if language() == "en" else it
    return chosen.format(**values)

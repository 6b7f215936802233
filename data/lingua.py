"""The language of messages: Italian first, English on request."""

import contextlib
import os
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Literal

LANGUAGE_VARIABLE = "NIDO_LANG"
_SWAP = str.maketrans(",.", ".,")
_always_italian: ContextVar[bool] = ContextVar("always_italian", default=False)


def language() -> Literal["it", "en"]:
    """Tell which language messages are written in.

    Returns
    -------
    Literal["it", "en"]
        ``en`` when the environment variable NIDO_LANG starts with ``en`` (any case), else ``it``; always
        ``it`` inside `in_italian`.
    """
    wanted = os.environ.get(LANGUAGE_VARIABLE, "").strip().lower()
    return "en" if wanted.startswith("en") and not _always_italian.get() else "it"


@contextlib.contextmanager
def in_italian() -> Iterator[None]:
    """Write in Italian whatever was asked for: for contracts, which are under Italian law."""
    token = _always_italian.set(True)
    try:
        yield
    finally:
        _always_italian.reset(token)


def local_number(written: str) -> str:
    """Give a number written as ``1,234.50`` the marks of the current language: ``1.234,50`` in Italian."""
    return written if language() == "en" else written.translate(_SWAP)


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

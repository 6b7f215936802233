"""Which texts about a child may be repeated: those that stand for something known, or nearly so.

Whatever else stands where a name or a municipality is expected may be the name or the address of someone.
"""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from nido.data.comuni import comuni
from nido.scenari.field_text import BAMBINO_ID_PATTERN, WEEKDAY_NAMES

# Stricter than for a suggestion: what is shown must hardly be anything else.
CUTOFF = 0.7

_SECTIONS = ("aziende", "gestori", "rotazioni", "stagioni")
_DAYS = frozenset({*WEEKDAY_NAMES, "tutti"})
_FIGURES = re.compile(r"[+-]?\s*[0-9]{1,4}(\s*[:./,–-]\s*[0-9]{1,4})*\s*%?")


class KnownWords:
    """The names of one document, beside those of the tables.

    Parameters
    ----------
    data
        Content of the document.
    """

    def __init__(self, data: Any) -> None:
        self._names = tuple(_ids(data))

    def may_show(self, value: object) -> bool:
        """Tell whether a value about a child may be repeated: no text, or a text close to a known one."""
        return not isinstance(value, str) or not value or resembles(value, (*self._names, *_places()))


def resembles(value: str, names: Iterable[str]) -> bool:
    """Tell whether a text is a code, a date, a time, days of the week, or close to one of some names.

    Parameters
    ----------
    value
        The text.
    names
        What it may stand for.
    """
    every = tuple(names)
    if value in every or re.fullmatch(BAMBINO_ID_PATTERN, value) or _FIGURES.fullmatch(value.strip()):
        return True
    words = re.split(r"[\s,-]+", value.strip().casefold())
    return set(words) <= _DAYS or _close(_plain(value), tuple(_plain(name) for name in every))


@lru_cache(maxsize=4096)
def _close(plain: str, names: tuple[str, ...]) -> bool:
    return plain in names or bool(difflib.get_close_matches(plain, names, n=1, cutoff=CUTOFF))


def _plain(name: str) -> str:
    return re.sub(r"[\s-]+", "_", name[:100].casefold().strip())


def _ids(data: Any) -> Iterable[str]:
    for section in _SECTIONS:
        items = data.get(section) if isinstance(data, dict) else None
        for item in items if isinstance(items, list) else ():
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(name, str):
                yield name


@lru_cache(maxsize=1)
def _places() -> tuple[str, ...]:
    """Give the municipalities, and the long first words by which most are called."""
    first = (name.split()[0] for name in comuni() if " " in name)
    return (*comuni(), *(word for word in first if len(word) > 4))

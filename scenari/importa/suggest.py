"""Which column of a company's sheet is which of the demand: by known names, else by a close one."""

import csv
import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from nido.scenari.workbook.headed import plain

# A closer name than for a suggestion that is only read: this one fills a column.
CLOSE = 0.8

# What tells a person, whatever else the name of the column says.
_PERSON = frozenset(
    {
        *("nome", "cognome", "nominativo", "nomi", "cognomi", "cf", "fiscale", "matricola", "badge"),
        *("email", "mail", "telefono", "cellulare", "tel", "indirizzo", "via", "civico", "cap", "iban"),
        *("isee", "icef", "reddito", "disabilita", "invalidita", "104", "salute", "stipendio", "sesso"),
    }
)
# Whose date or place it is, when it is not the child's.
_EMPLOYEE = frozenset({"dipendente", "lavoratore", "genitore", "madre", "padre", "coniuge"})
_OF_CHILD = frozenset({"id", "nascita", "comune"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a column is taken for.

    Attributes
    ----------
    field
        Column of the demand; empty when none is close.
    how
        ``uguale``, ``simile``, ``profilo`` or ``indicata``; ``persona`` for one that is never carried; empty
        for one that is not known.
    """

    field: str
    how: str


@lru_cache(maxsize=1)
def known_names() -> Mapping[str, str]:
    """Give the field that each known name of a column stands for."""
    source = resources.files("nido.scenari.importa").joinpath("intestazioni.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines(), delimiter=";")
    return {plain(row["intestazione"]): row["campo"] for row in rows}


def suggest(
    names: Mapping[int, str], decided: Mapping[str, str], how: str = "profilo"
) -> dict[int, Suggestion]:
    """Match the columns of a sheet.

    Parameters
    ----------
    names
        Names of the columns by position.
    decided
        Fields by name of column, from a profile or the command line; an empty one leaves the column out.
    how
        Where `decided` comes from.

    Returns
    -------
    dict
        A suggestion per column; every field at most once, the surest column first.
    """
    scored: list[tuple[float, int, Suggestion]] = []
    for position, name in names.items():
        score, found = _one(name, decided, how)
        scored.append((score, position, found))
    taken: set[str] = set()
    result: dict[int, Suggestion] = {}
    for _, position, found in sorted(scored, key=lambda item: (-item[0], item[1])):
        if found.field and found.field in taken:
            found = Suggestion("", "")
        taken.add(found.field)
        result[position] = found
    return {position: result[position] for position in names}


def _one(name: str, decided: Mapping[str, str], how: str) -> tuple[float, Suggestion]:
    written = plain(name)
    if written in decided:
        return 2.0, Suggestion(decided[written], how)
    words = set(re.split(r"[^a-z0-9]+", written))
    if words & _PERSON:
        return 0.0, Suggestion("", "persona")
    known = known_names()
    if written in known:
        return 1.0, Suggestion(known[written], "uguale")
    near = difflib.get_close_matches(written, list(known), n=1, cutoff=CLOSE)
    field = known[near[0]] if near else ""
    if not field or (field in _OF_CHILD and words & _EMPLOYEE):
        return 0.0, Suggestion("", "")
    return difflib.SequenceMatcher(None, written, near[0]).ratio(), Suggestion(field, "simile")

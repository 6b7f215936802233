"""Fields that a contract cannot do without, and a draft of signs that shows whether a template has them."""

import typing
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO
from itertools import count
from typing import Any

from nido.report.word.bozza import Bozza
from nido.report.word.braces import PARTS

# Who agrees, when and for how long, which places, what is paid, under which terms; and that it is a draft.
REQUIRED = (
    "bozza",
    "avvertenza",
    "azienda",
    "gestori",
    "inizio",
    "durata",
    "posti.gestore",
    "posti.dal",
    "posti.al",
    "posti.posti",
    "pacchetti.gestore",
    "pacchetti.pacchetto",
    "pacchetti.orario",
    "pacchetti.prezzo",
    "corrispettivi",
    "vuoti.gestore",
    "vuoti.quota",
    "gruppi.gestori",
    "gruppi.articoli.titolo",
    "gruppi.articoli.commi",
    "economico.mese",
    "economico.gestore",
    "economico.posti",
    "economico.listino",
    "economico.azienda",
    "economico.vuoti",
    "economico.azienda_vuoti",
    "totale_listino",
    "totale_azienda",
    "osservazioni",
)
# First character of the private use area: no contract holds one, and no filter changes it.
_FIRST = 0xE000
# Two rows of a list, so that what is written once for all of them is not taken for one of them.
_ROWS = 2


@dataclass(frozen=True, slots=True)
class Probe:
    """A draft of signs.

    Attributes
    ----------
    draft
        What a template may name, with one sign in the place of every text.
    signs
        The sign of each field, by its path.
    """

    draft: Mapping[str, Any]
    signs: Mapping[str, str]


def probe() -> Probe:
    """Make the draft of signs, with every list filled."""
    signs: dict[str, str] = {}
    numbers = count(_FIRST)
    return Probe(dict(_fields(Bozza, "", signs, numbers)), signs)


def _fields(kind: type, path: str, signs: dict[str, str], numbers: "count[int]") -> Iterator[tuple[str, Any]]:
    hints = typing.get_type_hints(kind)
    for one in fields(kind):
        yield one.name, _value(hints[one.name], f"{path}{one.name}", signs, numbers)


def _value(kind: Any, path: str, signs: dict[str, str], numbers: "count[int]") -> Any:
    if typing.get_origin(kind) is tuple:
        return [_value(typing.get_args(kind)[0], path, signs, numbers)] * _ROWS
    if is_dataclass(kind):
        return dict(_fields(typing.cast(type, kind), f"{path}.", signs, numbers))
    if kind is int:
        return 1
    signs[path] = chr(next(numbers))
    return signs[path]


def missing(document: bytes, signs: Mapping[str, str]) -> Sequence[str]:
    """Name the required fields that a template does not write.

    Parameters
    ----------
    document
        The template, filled with the draft of signs.
    signs
        Those of the draft.
    """
    with zipfile.ZipFile(BytesIO(document)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if PARTS.fullmatch(name)]
    written = "".join(part.decode("utf-8", errors="ignore") for part in parts)
    return [path for path in REQUIRED if signs[path] not in written]


def known_names() -> Sequence[str]:
    """Give every name that a template may use: fields, and those of their rows."""
    found = dict.fromkeys(one.name for one in fields(Bozza))
    return list(found | dict.fromkeys(name for path in probe().signs for name in path.split(".")))

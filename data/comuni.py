"""Municipalities of Trentino: a point for distances, resident children, residents."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import cast

from nido.data.lingua import text
from nido.data.problems import Problem
from nido.data.row import DataError, Stato, state_problem
from nido.data.tabelle import raise_problems, read_resource, read_rows

FILE = "comuni.csv"
HEADER = (
    "codice_istat",
    "comune",
    "latitudine",
    "longitudine",
    "bambini_eta0",
    "bambini_eta1",
    "bambini_eta2",
    "residenti",
    "fonte",
    "stato",
    "nota",
)

# A box around the province: a swapped or truncated coordinate falls outside it.
LATITUDES = (45.6, 46.6)
LONGITUDES = (10.4, 12.0)


@dataclass(frozen=True, slots=True)
class Comune:
    """A municipality.

    Attributes
    ----------
    codice_istat
        Six digits, with leading zero.
    nome
        Name as officially written.
    latitudine, longitudine
        Degrees (WGS 84) of a point inside the municipality, not of the town hall: good for a
        screening of distances, replaced by the address of a site wherever it is known.
    bambini_0_2
        Resident children of 0, 1 and 2 completed years, 1 January 2023.
    residenti
        Residents, 1 January 2023.
    fonte, stato
        As in every reference table; the state is that of the weakest figure of the row.
    """

    codice_istat: str
    nome: str
    latitudine: float
    longitudine: float
    bambini_0_2: int
    residenti: int
    fonte: str
    stato: Stato


def _plain(nome: str) -> str:
    """Name without accents, case, apostrophes and double spaces, for look-ups."""
    letters = unicodedata.normalize("NFKD", nome)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters.casefold()).split())


def _row_problems(row: Mapping[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if re.fullmatch(r"\d{6}", row["codice_istat"]) is None:
        found.append(("codice_istat", text("attese sei cifre", "expected six digits")))
    for column in ("comune", "fonte"):
        if not row[column]:
            found.append((column, text("vuoto", "empty")))
    for column, (low, high) in (("latitudine", LATITUDES), ("longitudine", LONGITUDES)):
        inside = re.fullmatch(r"\d+\.\d+", row[column]) is not None and low <= float(row[column]) <= high
        if not inside:
            limits = f"{low} - {high}"
            message = text("attesi gradi fra {limits}", "expected degrees in {limits}", limits=limits)
            found.append((column, message))
    for column in ("bambini_eta0", "bambini_eta1", "bambini_eta2", "residenti"):
        if re.fullmatch(r"\d+", row[column]) is None:
            found.append((column, text("atteso un numero intero", "expected an integer")))
    return found + state_problem(row["stato"])


def parse_comuni(source: str) -> tuple[Comune, ...]:
    """Read the text of the table of municipalities.

    Raises
    ------
    DataError
        With all problems at once, also two municipalities that a look-up could not tell apart.
    """
    rows, problems = read_rows(FILE, source, HEADER)
    comuni: list[Comune] = []
    seen: dict[str, int] = {}
    for line, row in rows:
        found = _row_problems(row)
        name = row["comune"]
        problems += [Problem(FILE, line, 0, f"{name}.{column}", message) for column, message in found]
        first = seen.setdefault(_plain(name), line)
        if first != line:
            message = text("già alla riga {line}", "already on line {line}", line=first)
            problems.append(Problem(FILE, line, 0, name, message))
        if not found:
            comuni.append(
                Comune(
                    codice_istat=row["codice_istat"],
                    nome=name,
                    latitudine=float(row["latitudine"]),
                    longitudine=float(row["longitudine"]),
                    bambini_0_2=sum(int(row[f"bambini_eta{age}"]) for age in (0, 1, 2)),
                    residenti=int(row["residenti"]),
                    fonte=row["fonte"],
                    stato=cast(Stato, row["stato"]),
                )
            )
    raise_problems(problems)
    return tuple(comuni)


@cache
def comuni() -> Mapping[str, Comune]:
    """All municipalities, by name as officially written, in the order of the ISTAT code."""
    return MappingProxyType({comune.nome: comune for comune in parse_comuni(read_resource(FILE))})


@cache
def _by_plain_name() -> Mapping[str, Comune]:
    return {_plain(nome): comune for nome, comune in comuni().items()}


def comune(nome: str) -> Comune:
    """Find a municipality, whatever the accents and the case.

    Parameters
    ----------
    nome
        Name of the municipality; a village or a short form is not one.

    Raises
    ------
    DataError
        If there is no such municipality, with the closest names.
    """
    plain = _plain(nome)
    found = _by_plain_name().get(plain)
    if found is not None:
        return found
    known = _by_plain_name()
    longer = [name for name in known if plain and name.startswith(f"{plain} ")]
    close = dict.fromkeys(longer + difflib.get_close_matches(plain, list(known), n=3, cutoff=0.7))
    message = text("comune sconosciuto: {nome}", "unknown municipality: {nome}", nome=nome)
    if close:
        names = ", ".join(known[name].nome for name in list(close)[:3])
        message += text("; forse {names}?", "; did you mean {names}?", names=names)
    raise DataError(message)

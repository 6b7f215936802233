"""Between the cell of a workbook and the value that a YAML file would hold.

What a cell holds is turned into the text or number that the schema reads; what is neither stays as it was
typed, so that the schema refuses it and says why. Writing is checked by reading back: a value that a cell
cannot hold exactly is written as text.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.scenari import csv_tree
from nido.scenari.workbook.cells import Raw
from nido.scenari.workbook.leaves import Kind, Leaf, Shape

# What a cell holds after writing: None leaves it empty.
Written: TypeAlias = str | float | date | None
Value: TypeAlias = str | int | float | bool | None

NOTHING = "nessuno"
YES, NO = "sì", "no"
MAX_TEXT = 32_767
_YES = frozenset({"sì", "si", "vero", "true"})
_NO = frozenset({"no", "falso", "false"})
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")
_SEPARATOR = re.compile(r"\s*[,;\n]\s*")
_NAMED = re.compile(r"([^:=]+?)\s*[:=]\s*(.+)")
# What a spreadsheet keeps and shows of a number: 3 * 1.1 is 3.3, whatever the computer makes of it.
_DIGITS = 15
# Excel counts a 29 February 1900 that never was.
_FIRST_DATE = date(1900, 3, 1)


class UnreadableError(ValueError):
    """A cell has no form that the schema could judge; holds the sentence for it."""


class UnwritableError(NidoError):
    """A value has no place in a cell."""


def shown(raw: Raw) -> str:
    """Write the content of a cell as its user sees it."""
    if isinstance(raw, bool):
        return "VERO" if raw else "FALSO"
    if isinstance(raw, int | float):
        return _digits(raw).replace(".", ",")
    if isinstance(raw, datetime):
        return raw.strftime("%d/%m/%Y %H:%M") if raw.time() != time() else raw.strftime("%d/%m/%Y")
    if isinstance(raw, date):
        return raw.strftime("%d/%m/%Y")
    if isinstance(raw, time):
        return raw.strftime("%H:%M")
    if isinstance(raw, timedelta):
        minutes = round(raw.total_seconds() / 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return raw


def is_empty(raw: Raw, leaf: Leaf) -> bool:
    """Tell whether a cell says nothing; in a free text even a space is something."""
    return isinstance(raw, str) and not raw.strip() and (leaf.kind is not Kind.FREE or not raw)


def read_single(raw: Raw, leaf: Leaf) -> Value:
    """Read the one value of a cell.

    Parameters
    ----------
    raw
        What the cell holds.
    leaf
        What it should hold.

    Returns
    -------
    str, int, float, bool or None
        The value as a YAML file would hold it. None only for the word that says nothing at all.
    """
    if leaf.said and isinstance(raw, str) and raw.strip().casefold() == NOTHING:
        return None
    if leaf.kind is Kind.FREE:
        return raw if isinstance(raw, str) else shown(raw)
    if isinstance(raw, str):
        return _from_text(csv_tree.clean(raw), leaf)
    if leaf.kind is Kind.DATE:
        return _day(raw)
    if leaf.kind is Kind.MONTH and isinstance(raw, date) and raw.day == 1:
        # A spreadsheet makes the first day of the month out of 2026-09.
        return f"{raw:%Y-%m}"
    if leaf.kind is Kind.YES_NO or isinstance(raw, bool):
        # Neither is 1 true nor true 1.
        return raw if isinstance(raw, bool | int | float) else shown(raw)
    if isinstance(raw, int | float):
        return _number(raw, leaf)
    return shown(raw)


def read_many(raw: Raw, leaf: Leaf) -> list[Value] | dict[str, Value]:
    """Read the list, or the values by name, of a cell.

    Raises
    ------
    UnreadableError
        If values by name are not written as ``nome: valore``, or a name comes twice.
    """
    single = replace(leaf, shape=Shape.SINGLE, said=False)
    if leaf.said and isinstance(raw, str) and raw.strip().casefold() == NOTHING:
        return {} if leaf.shape is Shape.NAMED else []
    if not isinstance(raw, str):
        parts: list[Raw] = [raw]
    else:
        parts = [part for part in _SEPARATOR.split(raw.strip()) if part]
    if leaf.shape is Shape.LIST:
        return [_stripped(read_single(part, single)) for part in parts]
    named: dict[str, Value] = {}
    for part in parts:
        match = _NAMED.fullmatch(part) if isinstance(part, str) else None
        if match is None or match[1] in named:
            raise UnreadableError(
                text(
                    "serve un elenco come «piccoli: 4, grandi: 14», ogni nome una volta",
                    "a list such as “piccoli: 4, grandi: 14” is needed, each name once",
                )
            )
        named[match[1]] = _stripped(read_single(match[2], single))
    return named


def _stripped(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value


def _from_text(typed: str, leaf: Leaf) -> Value:
    if leaf.kind is Kind.YES_NO:
        word = typed.casefold()
        return True if word in _YES else False if word in _NO else typed
    if leaf.kind is Kind.WHOLE:
        return csv_tree.whole(typed)
    percent = _PERCENT.fullmatch(typed) if leaf.share else None
    if percent:
        return format(Decimal(percent[1].replace(",", ".")) / 100, "f")
    if leaf.kind in (Kind.DECIMAL, Kind.WRITTEN):
        return csv_tree.decimal(typed)
    if leaf.kind is Kind.NUMBER:
        try:
            return float(csv_tree.decimal(typed))
        except ValueError:
            return typed
    return typed


def _day(raw: Raw) -> str:
    if isinstance(raw, datetime) and raw.time() == time():
        raw = raw.date()
    return raw.isoformat() if isinstance(raw, date) and not isinstance(raw, datetime) else shown(raw)


def _number(raw: float, leaf: Leaf) -> Value:
    whole = float(raw).is_integer()
    if leaf.kind is Kind.WHOLE:
        return int(raw) if whole else float(raw)
    if leaf.kind is Kind.NUMBER:
        return float(_digits(raw))
    return _digits(raw)


def _digits(raw: float) -> str:
    """Write a number as it was typed or is shown: 12 for 12.0, no exponent."""
    return format(Decimal(f"{raw:.{_DIGITS}g}"), "f")


def write(canonical: Any, leaf: Leaf) -> Written:
    """Find what a cell must hold for a value.

    Parameters
    ----------
    canonical
        The value in canonical form.
    leaf
        What the cell should hold.

    Returns
    -------
    str, float, date or None
        The content: a number or a date where the cell can hold it exactly, text otherwise.

    Raises
    ------
    UnwritableError
        If it would not be read back as the same value. It is not shown.
    """
    if leaf.shape is not Shape.SINGLE:
        return _write_many(canonical, leaf)
    if canonical is None:
        return NOTHING if leaf.said else None
    if canonical == "" and not leaf.said:
        return None
    candidates: list[Written] = []
    if leaf.kind is Kind.YES_NO:
        candidates = [YES if canonical else NO]
    elif leaf.kind is Kind.DATE:
        day = date.fromisoformat(canonical)
        candidates = [day] if day >= _FIRST_DATE else []
    elif leaf.kind in (Kind.WHOLE, Kind.DECIMAL, Kind.WRITTEN, Kind.NUMBER):
        candidates = [float(f"{float(canonical):.16G}")]
    for candidate in (*candidates, str(canonical)):
        if candidate is not None and _same(read_single(candidate, leaf), canonical, leaf):
            return _fitting(candidate)
    raise UnwritableError(not_written())


def _same(value: Value, canonical: Any, leaf: Leaf) -> bool:
    if leaf.kind is Kind.DECIMAL and isinstance(value, str):
        try:
            return Decimal(value) == Decimal(canonical)
        except ArithmeticError:
            return False
    return value == canonical and type(value) is type(canonical)


def _write_many(canonical: Any, leaf: Leaf) -> Written:
    if not canonical:
        return NOTHING if leaf.said else None
    if isinstance(canonical, Mapping):
        parts = [f"{name}: {canonical[name]}" for name in sorted(canonical)]
    else:
        parts = [str(item) for item in canonical]
    joined = ", ".join(parts)
    if read_many(joined, leaf) != canonical:
        raise UnwritableError(not_written())
    return _fitting(joined)


def _fitting(candidate: Written) -> Written:
    if isinstance(candidate, str) and (len(candidate) > MAX_TEXT or candidate == ""):
        raise UnwritableError(not_written())
    return candidate


def not_written() -> str:
    """Say that a scenario has no form as a workbook."""
    return text(
        "un valore dello scenario non si può scrivere in una cella: tieni lo scenario in YAML",
        "a value of the scenario cannot be written into a cell: keep the scenario in YAML",
    )

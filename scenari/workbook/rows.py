"""A scenario as the rows of a workbook: what `nido.scenari.workbook.tree` reads back to the same scenario."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from nido.scenari.schema import Scenario
from nido.scenari.workbook.layout import Column, Home, KeySheet, Table, layout
from nido.scenari.workbook.values import Written, write


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet with its content.

    Attributes
    ----------
    part
        What the sheet is.
    rows
        Of a table: one row per item, first what it belongs to, then its columns. Of a sheet of keys: one row
        per key, with its value alone.
    """

    part: KeySheet | Table
    rows: tuple[tuple[Written, ...], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a scenario, in canonical form and as an instance."""

    data: Any
    instance: Any

    def enter(self, step: str) -> "_Part":
        if not isinstance(self.data, dict) or step not in self.data:
            return _Part(None, None)
        return _Part(self.data[step], getattr(self.instance, step))

    def follow(self, path: tuple[str, ...]) -> "_Part":
        part = self
        for step in path:
            part = part.enter(step)
        return part

    def items(self) -> list["_Part"]:
        return [_Part(data, inner) for data, inner in zip(self.data or (), self.instance or (), strict=True)]


def filled_sheets(scenario: Scenario) -> tuple[Filled, ...]:
    """Give every sheet of a scenario's workbook with its content.

    Parameters
    ----------
    scenario
        The scenario. What it does not state at all (the numbers of a generated demand) has no sheet.

    Returns
    -------
    tuple of Filled
        In the order of the workbook. Single values of the scenario are all written; in a table a cell is left
        empty where it would only repeat a default that no table of nido holds.

    Raises
    ------
    UnwritableError
        If a value has no place in a cell.
    """
    whole = _Part(scenario.model_dump(mode="json"), scenario)
    found: list[Filled] = []
    for part in layout().sheets:
        if isinstance(part, KeySheet):
            if whole.enter(part.columns[0].path[0]).data is not None:
                rows = tuple((_stated(whole, column),) for column in part.columns)
                found.append(Filled(part, rows))
        elif whole.enter(part.homes[0].schema_path[0]).data is not None:
            found.append(Filled(part, tuple(_rows(whole, part))))
    return tuple(found)


def _stated(whole: _Part, column: Column) -> Written:
    around = whole.follow(column.path[:-1])
    return None if around.instance is None else write(around.enter(column.path[-1]).data, column.leaf)


def _rows(whole: _Part, table: Table) -> Iterator[tuple[Written, ...]]:
    headers = (*table.keys, *(column.header for column in table.columns))
    for home in table.homes:
        for names, holder in _holders(whole, home):
            for row in _of_home(home, holder):
                yield tuple((names | row).get(header) for header in headers)


def _holders(whole: _Part, home: Home) -> Iterator[tuple[dict[str, Written], _Part]]:
    """Give every item that holds a list of this kind, with the cells that name it."""
    found: list[tuple[dict[str, Written], _Part]] = [({}, whole)]
    for step in home.steps:
        found = [
            (names | {step.header: float(number) if step.numbered else item.data["id"]}, item)
            for names, holder in found
            for number, item in enumerate(holder.follow(step.path).items(), start=1)
        ]
    yield from found


def _of_home(home: Home, holder: _Part) -> Iterator[dict[str, Written]]:
    if isinstance(holder.data, dict) and not home.path:
        yield {column.header: _cell(holder, column) for column in home.columns}
        return
    items = holder.follow(home.path).items()
    if not home.path and holder.data == []:
        # A week without shifts is there too.
        yield {}
    for number, item in enumerate(items):
        row: dict[str, Written] = {}
        for column in home.columns:
            if not column.upper:
                row[column.header] = write(item.data, column.leaf) if home.scalar else _cell(item, column)
            elif number == 0:
                row[column.header] = _cell(holder, column)
        yield row


def _cell(item: _Part, column: Column) -> Written:
    around = item.follow(column.path[:-1])
    part = around.enter(column.path[-1])
    if around.instance is None or part.data is None or _repeats_default(around.instance, column, part):
        return None
    return write(part.data, column.leaf)


def _repeats_default(group: BaseModel, column: Column, part: _Part) -> bool:
    if column.optional:
        return False
    info = type(group).model_fields[column.path[-1]]
    extra = info.json_schema_extra
    if info.is_required() or (isinstance(extra, dict) and "tabella" in extra):
        return False
    default: object = info.get_default(call_default_factory=True)
    return bool(part.instance == default)

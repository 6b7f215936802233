"""The days of a provider in a season, put together where it opens alike: the rows of the day's drawing."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nido.data.lingua import text
from nido.report.drawings.gantt import GanttRow, Span, Staff
from nido.report.html.context import Context
from nido.report.html.wording import WEEK, weekdays
from nido.report.privacy.view import OpeningRow, Provider, StaffRow

BASE = "base"


@dataclass(frozen=True, slots=True)
class _Part:
    """Base hours or a fascia: its days of the week, and whether it works only in closures."""

    name: str
    days: frozenset[int]
    start: int
    end: int
    in_closure: bool


def rows_of_season(context: Context, season: str) -> list[GanttRow]:
    """Give the rows of all providers that have agreements or openings in a season, in the view's order."""
    view = context.view
    taking_part = {row.gestore for row in view.agreements if row.stagione == season}
    taking_part |= {row.gestore for row in view.openings if row.stagione == season}
    rows: list[GanttRow] = []
    for provider in view.providers:
        if provider.id in taking_part:
            opened = [one for one in view.openings if (one.gestore, one.stagione) == (provider.id, season)]
            staff = [one for one in view.staff if (one.gestore, one.stagione) == (provider.id, season)]
            rows += _rows(provider, opened, staff)
    return rows


def _rows(provider: Provider, opened: Sequence[OpeningRow], staff: Sequence[StaffRow]) -> list[GanttRow]:
    closing = {band.id for band in provider.fasce if band.in_chiusura}
    base = _Part(BASE, frozenset(provider.base_giorni), provider.base_inizio, provider.base_fine, False)
    parts = [base] + [
        _Part(one.fascia, frozenset(one.giorni_settimana), one.inizio, one.fine, one.fascia in closing)
        for one in opened
    ]
    rows: list[GanttRow] = []
    for in_closure in (False, True):
        alike: dict[tuple[str, ...], list[int]] = {}
        chosen = [part for part in parts if part.in_closure == in_closure]
        for day in range(WEEK):
            names = tuple(part.name for part in chosen if day in part.days)
            if names:
                alike.setdefault(names, []).append(day)
        for names, days in alike.items():
            spans = [part for part in chosen if part.name in names]
            detail = weekdays(days)
            if in_closure:
                detail = text("{days}, a nido chiuso", "{days}, when closed", days=detail)
            rows.append(GanttRow(provider.nome, detail, _spans(spans), _staff(staff, names)))
    return rows


def _spans(parts: Sequence[_Part]) -> tuple[Span, ...]:
    words = text("base", "base")
    return tuple(
        Span(part.start, part.end, words if part.name == BASE else part.name, part.name != BASE)
        for part in sorted(parts, key=lambda one: one.start)
    )


def _staff(staff: Sequence[StaffRow], names: Sequence[str]) -> tuple[Staff, ...]:
    """Add the age bands, take the fullest date where staff is stated day by day, join what is alike."""
    chosen = [row for row in staff if row.fascia in names]
    edges = sorted({edge for row in chosen for edge in (row.inizio, row.fine)})
    found: list[Staff] = []
    for start, end in itertools.pairwise(edges):
        inside = [row for row in chosen if row.inizio <= start and end <= row.fine]
        if not inside:
            continue
        by_date: dict[date | None, int] = {}
        for row in inside:
            by_date[row.data] = by_date.get(row.data, 0) + row.educatrici
        here = Staff(start, end, max(by_date.values()), max(row.esistenti for row in inside))
        last = found[-1] if found else None
        if last and (last.end, last.educators, last.existing) == (start, here.educators, here.existing):
            found[-1] = Staff(last.start, end, here.educators, here.existing)
        else:
            found.append(here)
    return tuple(found)

"""Staff of a plan as lines: clock times, bands, educators, in the scenario's names."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from nido.matching.draft import Draft
from nido.matching.instance import Instance, Unit
from nido.matching.money import child_hour_cents, existing_children
from nido.matching.plan import Plan
from nido.matching.solution import EVERY_BAND, StaffLine
from nido.matching.variables import StaffGroup


@dataclass(frozen=True, slots=True)
class _Cell:
    day: int | None
    slot: int
    educators: tuple[int, ...]
    existing: int


def staff_lines(draft: Draft, plan: Plan) -> tuple[StaffLine, ...]:
    """List the educators on duty at the providers that take part (docs/risultato.md, `personale`).

    Contiguous intervals with equal numbers are joined.
    """
    instance = plan.instance
    lines: list[StaffLine] = []
    for site_index in sorted(plan.by_site):
        site = instance.sites[site_index]
        if child_hour_cents(instance.scenario, instance.scenario.gestori[site.provider]) is not None:
            continue
        for unit_index, unit in enumerate(site.units):
            entries = [e for e in draft.staff if (e.site, e.unit) == (site_index, unit_index)]
            cells = (
                _season_cells(plan, entries)
                if instance.staffing.by_season
                else _day_cells(plan, unit, entries)
            )
            lines += _joined(instance, site_index, unit, cells)
    return tuple(lines)


def _on_duty(plan: Plan, entry: StaffGroup) -> tuple[int, ...]:
    """Educators by band; what co-presence still asks goes to the first band."""
    first, *others = plan.educators(entry)
    missing = max(0, plan.instance.staffing.copresence - first - sum(others))
    return (first + missing, *others)


def _season_cells(plan: Plan, entries: Iterable[StaffGroup]) -> list[_Cell]:
    return [
        _Cell(None, slot, _on_duty(plan, entry), entry.already)
        for entry in entries
        if plan.staffed(entry)
        for slot in entry.group.slots
    ]


def _day_cells(plan: Plan, unit: Unit, entries: list[StaffGroup]) -> list[_Cell]:
    found = {
        moment: _Cell(*moment, _on_duty(plan, entry), entry.already)
        for entry in entries
        if plan.staffed(entry)
        for moment in entry.group.moments
    }
    if entries and unit.is_base and entries[0].already:
        alone = _alone(plan, entries[0])
        for day in unit.days:
            for slot in range(unit.first_slot, unit.last_slot):
                found.setdefault((day, slot), _Cell(day, slot, alone, entries[0].already))
    return list(found.values())


def _alone(plan: Plan, entry: StaffGroup) -> tuple[int, ...]:
    site = plan.instance.sites[entry.site]
    first, *others = plan.instance.staffing.least(existing_children(plan.instance, site, 0))
    missing = max(0, plan.instance.staffing.copresence - first - sum(others))
    return (first + missing, *others)


def _joined(instance: Instance, site_index: int, unit: Unit, cells: list[_Cell]) -> list[StaffLine]:
    ordered = sorted(cells, key=lambda cell: (cell.day or 0, cell.slot))
    numbered = list(enumerate(ordered))
    lines: list[StaffLine] = []
    runs = groupby(numbered, key=lambda entry: _run(entry[0], entry[1]))
    for _, run in runs:
        members = [cell for _, cell in run]
        lines += _lines(instance, site_index, unit, members[0], members[-1].slot + 1)
    return lines


def _run(position: int, cell: _Cell) -> tuple[object, ...]:
    return (cell.day, cell.slot - position, cell.educators, cell.existing)


def _lines(instance: Instance, site_index: int, unit: Unit, cell: _Cell, last_slot: int) -> list[StaffLine]:
    scenario, site = instance.scenario, instance.sites[site_index]
    bands = (EVERY_BAND,) if instance.staffing.mixed else instance.staffing.bands
    return [
        StaffLine(
            gestore=scenario.gestori[site.provider].id,
            stagione=scenario.stagioni[site.season].id,
            fascia=unit.fascia,
            data=None if cell.day is None else instance.calendar.day(cell.day),
            inizio=cell.slot * scenario.passo_minuti,
            fine=last_slot * scenario.passo_minuti,
            banda=band,
            educatrici=educators,
            esistenti=cell.existing,
            giorni=len(unit.days) if cell.day is None else 1,
        )
        for band, educators in zip(bands, cell.educators, strict=True)
        if educators > 0
    ]

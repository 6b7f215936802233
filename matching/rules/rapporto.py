"""Educators for the children present: ratio by band, rounding, co-presence."""

from math import lcm

from nido.matching.draft import Draft
from nido.matching.linear import Term
from nido.matching.peaks import largest
from nido.matching.variables import StaffGroup
from nido.scenari.schema import Scenario

name = "rapporto"
fonte = "DGP Trento 1891/2003; DPP Bolzano 42/2017"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.rapporto.attiva


def post(draft: Draft) -> None:
    """Tie educators to the children who may be present (docs/modello.md, section 8)."""
    for entry in draft.staff:
        if not entry.bands:
            continue
        _tie_extra(draft, entry)
        if draft.instance.staffing.mixed:
            for members in entry.group.sets:
                _mixed(draft, entry, members)
        else:
            for band in range(len(entry.bands)):
                _one_band(draft, entry, band)


def _tie_extra(draft: Draft, entry: StaffGroup) -> None:
    extra = [(variable, -coefficient) for variable, coefficient in entry.extra]
    draft.model.add([*((band, 1) for band in entry.bands), *extra], high=entry.already)
    missing = draft.instance.staffing.copresence - entry.already
    if missing > 0 and entry.on is not None:
        draft.model.add([(entry.on, missing), *extra], high=0)


def _terms(draft: Draft, entry: StaffGroup, members: tuple[tuple[int, int], ...], band: int) -> list[Term]:
    site = draft.instance.sites[entry.site]
    return draft.variables.present(site, entry.unit, tuple(m for m, b in members if b == band))


def _one_band(draft: Draft, entry: StaffGroup, band: int) -> None:
    site, staffing = draft.instance.sites[entry.site], draft.instance.staffing
    ratio, low = staffing.children_per_educator[band], staffing.least(entry.existing)[band]
    free = ratio * low - entry.existing[band]
    sets = [tuple(m for m, b in members if b == band) for members in entry.group.sets]
    for members in largest(draft.instance, sets):
        seats = min(len(members), entry.seats[band])
        if seats <= free:
            continue
        # When one more educator is enough for every seat, she need not count for more seats than there are.
        step = min(ratio, seats - free)
        terms = draft.variables.present(site, entry.unit, members)
        draft.model.add([*terms, (entry.bands[band], -step)], high=free - step * low)
    if entry.existing[band] == 0:
        # One child asks for one educator: the ratio row alone lets the relaxation take a sixth of her.
        everyone = tuple(sorted({member for members in sets for member in members}))
        for attend, _ in draft.variables.present(site, entry.unit, everyone):
            draft.model.implies(attend, entry.bands[band])


def _mixed(draft: Draft, entry: StaffGroup, members: tuple[tuple[int, int], ...]) -> None:
    ratios = draft.instance.staffing.children_per_educator
    whole = lcm(*ratios)
    terms = [
        (variable, coefficient * whole // ratio)
        for band, ratio in enumerate(ratios)
        for variable, coefficient in _terms(draft, entry, members, band)
    ]
    present = sum(count * whole // ratio for count, ratio in zip(entry.existing, ratios, strict=True))
    draft.model.add([*terms, (entry.bands[0], -whole)], high=-present)

"""What one more child would cost in an open fascia, the plan being fixed (docs/modello.md, section 10)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

from nido.matching.verifica.caso import Case
from nido.matching.verifica.costi import child_hour, educator_hour, meal, paid_by_child_hour
from nido.matching.verifica.personale import (
    by_day,
    children_by_interval,
    has_roster,
    ratio_need,
    with_minimum,
)
from nido.matching.verifica.piano import Opening, Plan
from nido.matching.verifica.presenze import working_days, working_mask
from nido.matching.verifica.tempo import ratios, slots
from nido.matching.verifica.violazione import cents, half_up

NOON = 12 * 60

Present = frozenset[tuple[str, int]]


def further_child(plan: Plan, opening: Opening) -> tuple[int | None, str | None]:
    """Find what a child who used every hour of a fascia would add to its cost.

    Returns
    -------
    tuple
        Cents for the dearest age band, and that band; no band where all cost the same, and nothing at all
        where neither staff nor child-hours are counted.
    """
    case, (gestore, fascia, stagione) = plan.case, opening
    hourly = paid_by_child_hour(case, gestore)
    if not hourly and not has_roster(case, gestore):
        return None, None
    days, hours = len(working_days(case, gestore, fascia, stagione)), list(slots(_hours(case, opening)))
    own = Fraction(days * len(hours) * case.step, 60) * child_hour(case, gestore)
    own += days * (NOON // case.step in hours) * meal(case, gestore)
    if not plan.booking(gestore, fascia, stagione):
        own += cents(case.fascia(gestore, fascia).costo_fisso)
    by_band = {band: half_up(own + (0 if hourly else _staff(plan, opening, band))) for band in ratios(case)}
    most = max(by_band.values())
    dearest = next(band for band, amount in by_band.items() if amount == most)
    return most, None if min(by_band.values()) == most else dearest


def _hours(case: Case, opening: Opening) -> int:
    return working_mask(case, opening[0], opening[1])


def _staff(plan: Plan, opening: Opening, band: str) -> Fraction:
    """Cost in cents of the educators that one more child of a band asks for, in every interval."""
    case, (gestore, fascia, stagione) = plan.case, opening
    users = frozenset(plan.booking(gestore, fascia, stagione))
    counted = children_by_interval(case, gestore, stagione, fascia, users)
    step = Fraction(case.step * educator_hour(case, gestore), 60)
    if by_day(case):
        times = Counter(_key(there) for moments in counted.values() for there in moments.values())
        educators = sum(
            count * (_duty(case, [_one_more(there, band)]) - (_duty(case, [there]) if there else 0))
            for there, count in times.items()
        )
        return educators * step
    educators = 0
    for slot in slots(_hours(case, opening)):
        there = {_key(moments[slot]) for moments in counted.values()}
        before = _duty(case, there) if users else 0
        educators += _duty(case, [_one_more(children, band) for children in there]) - before
    return educators * len(counted) * step


def _key(children: Mapping[str, int]) -> Present:
    """Give the same key to all moments with the same children by band."""
    return frozenset((band, number) for band, number in children.items() if number)


def _one_more(children: Present, band: str) -> Present:
    counts = dict(children)
    return frozenset({**counts, band: counts.get(band, 0) + 1}.items())


def _duty(case: Case, moments: Iterable[Present]) -> int:
    """Educators on duty for the same staff in several moments: the largest need of each row."""
    largest: dict[str, int] = {}
    for children in moments:
        for row, number in ratio_need(case, dict(children)).items():
            largest[row] = max(largest.get(row, 0), number)
    return sum(with_minimum(case, largest).values())

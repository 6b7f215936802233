"""Educators that the children need, the smallest that the law accepts (docs/modello.md, section 8)."""

from collections.abc import Mapping
from datetime import date

from nido.matching.verifica.caso import BASE, Case, remembered
from nido.matching.verifica.piano import Plan, Roster, StaffKey
from nido.matching.verifica.presenze import part_presence, working_days, working_mask
from nido.matching.verifica.tempo import band_on, ratios, request_days, slots

ALL_BANDS = "tutte"


def counts_enrolled(case: Case) -> bool:
    """Tell whether the ratio counts the enrolled children instead of those present."""
    return (case.scenario.regole.rapporto.base or case.profile.ratio_base) == "iscritti"


def mixed_sum(case: Case) -> bool:
    """Tell whether educators are rounded once on the sum over the bands."""
    chosen = case.scenario.regole.rapporto.arrotondamento or case.profile.arrotondamento_gruppi
    return chosen == "somma_mista"


def minimum_together(case: Case) -> int:
    """Educators present together whenever somebody works."""
    stated = case.scenario.regole.rapporto.copresenza
    return case.profile.copresenza_minima if stated is None else stated


def by_day(case: Case) -> bool:
    """Tell whether the staff may change from day to day."""
    return case.scenario.regole.rapporto.personale == "giorno"


def has_roster(case: Case, gestore: str) -> bool:
    """Tell whether a provider's educators are counted at all."""
    return case.gestori[gestore].tipo != "tagesmutter" and case.scenario.regole.rapporto.attiva


def rows(case: Case) -> tuple[str, ...]:
    """Names of the rows of a roster: the bands, or one row for all."""
    return (ALL_BANDS,) if mixed_sum(case) else tuple(ratios(case))


def _ceil(numerator: int, denominator: int) -> int:
    return -(-numerator // denominator)


def ratio_need(case: Case, children: Mapping[str, int]) -> dict[str, int]:
    """Educators asked for by the ratio alone, from the number of children of each band."""
    by_band = ratios(case)
    if not mixed_sum(case):
        return {band: _ceil(children.get(band, 0), ratio) for band, ratio in by_band.items()}
    # The sum of fractions n_b / r_b over a common denominator.
    common = 1
    for ratio in by_band.values():
        common *= ratio
    numerator = sum(children.get(band, 0) * common // ratio for band, ratio in by_band.items())
    return {ALL_BANDS: _ceil(numerator, common)}


def with_minimum(case: Case, need: Mapping[str, int]) -> dict[str, int]:
    """Add to the first row what the minimum of educators together still lacks."""
    first = rows(case)[0]
    lacking = max(0, minimum_together(case) - sum(need.values()))
    return {row: number + (lacking if row == first else 0) for row, number in need.items()}


@remembered
def existing_staff(case: Case, gestore: str) -> int:
    """Educators who are there anyway in the base hours, for the existing children alone."""
    existing = case.gestori[gestore].esistenti
    if not has_roster(case, gestore) or not any(existing.values()):
        return 0
    return sum(with_minimum(case, ratio_need(case, existing)).values())


@remembered
def children_by_interval(
    case: Case, gestore: str, stagione: str, part: str, users: frozenset[str]
) -> Mapping[date, Mapping[int, Mapping[str, int]]]:
    """Count children by day, interval and band, the existing ones included in the base hours."""
    existing = case.gestori[gestore].esistenti if part == BASE else {}
    hours = working_mask(case, gestore, part)
    enrolled = counts_enrolled(case)
    found: dict[date, dict[int, dict[str, int]]] = {}
    for day in sorted(working_days(case, gestore, part, stagione)):
        found[day] = {slot: dict(existing) for slot in slots(hours)}
    for bambino in users:
        present = part_presence(case, bambino, gestore, stagione, part)
        days = request_days(case, bambino, stagione) if enrolled else tuple(present)
        for day in days:
            if day not in found:
                continue
            band = band_on(case, bambino, day)
            for slot in slots(hours if enrolled else present[day]):
                found[day][slot][band] = found[day][slot].get(band, 0) + 1
    return found


@remembered
def needed_roster(
    case: Case, gestore: str, stagione: str, part: str, users: frozenset[str]
) -> Mapping[date | None, Roster]:
    """Educators that the ratio asks for in a fascia (or in the base hours), the minimum together apart.

    Returns
    -------
    Mapping
        None (the whole stagione) or a day -> interval -> band -> educators; empty when nobody of the
        scenario uses it, since then it asks for nobody more than the existing service.
    """
    if not has_roster(case, gestore) or not users:
        return {}
    counted = children_by_interval(case, gestore, stagione, part, users)
    if not counted:
        return {}
    if by_day(case):
        found: dict[date | None, Roster] = {}
        for day, moments in counted.items():
            peopled = {slot: children for slot, children in moments.items() if any(children.values())}
            if peopled:
                found[day] = {slot: ratio_need(case, children) for slot, children in peopled.items()}
        return found
    largest: dict[int, dict[str, int]] = {}
    for moments in counted.values():
        for slot, children in moments.items():
            so_far = largest.setdefault(slot, {})
            for row, number in ratio_need(case, children).items():
                so_far[row] = max(so_far.get(row, 0), number)
    return {None: largest}


@remembered
def minimum_roster(
    case: Case, gestore: str, stagione: str, part: str, users: frozenset[str]
) -> Mapping[date | None, Roster]:
    """Smallest staff of a fascia (or of the base hours): ratio and minimum together."""
    return {
        day: {slot: with_minimum(case, need) for slot, need in roster.items()}
        for day, roster in needed_roster(case, gestore, stagione, part, users).items()
    }


def parts_of(case: Case, gestore: str) -> tuple[str, ...]:
    """Name the base hours and every fascia of a provider."""
    return (BASE, *(item.id for item in case.gestori[gestore].fasce))


def minimum_staff(plan: Plan) -> dict[StaffKey, Roster]:
    """Smallest staff of a whole plan."""
    found: dict[StaffKey, Roster] = {}
    for gestore, stagione in plan.taking_part():
        for part in parts_of(plan.case, gestore):
            users = frozenset(plan.users(gestore, part, stagione))
            for day, roster in minimum_roster(plan.case, gestore, stagione, part, users).items():
                found[gestore, stagione, part, day] = roster
    return found


def staff_in_service(case: Case, gestore: str, part: str) -> int:
    """Educators who are there anyway: only the base hours have any."""
    return existing_staff(case, gestore) if part == BASE else 0


def additional(case: Case, gestore: str, part: str, educators: Mapping[str, int]) -> int:
    """Educators beyond those already in service, in one interval."""
    return max(0, sum(educators.values()) - staff_in_service(case, gestore, part))

"""The plan's children put in one after the other: what each one changes (docs/modello.md, section 17).

Children are counted with layers: layer k holds the intervals in which at least k + 1 of them are present. One
child more shifts through the layers of its days, and nothing else is counted again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import lcm

from nido.matching.verifica.caso import BASE, Case
from nido.matching.verifica.costi import child_item, educator_hour, paid_by_child_hour
from nido.matching.verifica.finestre import Window
from nido.matching.verifica.personale import (
    by_day,
    counts_enrolled,
    has_roster,
    minimum_together,
    mixed_sum,
    staff_in_service,
)
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import divided_places
from nido.matching.verifica.presenze import covered_minutes, part_presence, working_days, working_mask
from nido.matching.verifica.tempo import band_on, month_of, ratios, request_days, season_months
from nido.matching.verifica.violazione import cents, product_half_up


class Layers:
    """How many are present in each interval of one day."""

    def __init__(self) -> None:
        self.masks: list[int] = []

    def add(self, present: int, times: int = 1) -> None:
        """Count somebody some times in each of some intervals."""
        for _ in range(times):
            moving = present
            for place, mask in enumerate(self.masks):
                self.masks[place], moving = mask | moving, mask & moving
            if moving:
                self.masks.append(moving)

    def at_least(self, number: int) -> int:
        """Intervals in which a number are present, or more."""
        return self.masks[number - 1] if number <= len(self.masks) else 0


def part_costs(plan: Plan, gestore: str, stagione: str, part: str, row: Sequence[str]) -> list[Fraction]:
    """Exact cents of a part with the first 0, 1, 2... children of a row, who may come more than once."""
    case = plan.case
    users = [name for name in row if part == BASE or part in plan.fasce(name, stagione)]
    provider = case.gestori[gestore]
    fixed = provider.costi.partecipazione if part == BASE else case.fascia(gestore, part).costo_fisso
    staff = _Staff(case, gestore, stagione, part)
    own, by_users = Fraction(0), [Fraction(0)]
    for name in users:
        own += child_item(case, name, gestore, stagione, part).coefficient
        staff.enter(name)
        by_users.append(cents(fixed) + own + staff.cost())
    using = set(users)
    entered = accumulate((name in using for name in row), initial=0)
    return [by_users[count] for count in entered]


class _Staff:
    """Additional educators of a part, who grow with the children that enter."""

    def __init__(self, case: Case, gestore: str, stagione: str, part: str) -> None:
        self._where = case, gestore, stagione, part
        self._hours = working_mask(case, gestore, part)
        self._days = working_days(case, gestore, part, stagione)
        self._paid = has_roster(case, gestore) and not paid_by_child_hour(case, gestore)
        self._in_service = staff_in_service(case, gestore, part)
        existing = case.gestori[gestore].esistenti if part == BASE else {}
        by_band = ratios(case)
        # In a mixed sum a child of ratio r is so many parts of a whole educator.
        whole = lcm(*by_band.values())
        mixed = mixed_sum(case)
        self._weight = {band: whole // ratio if mixed else 1 for band, ratio in by_band.items()}
        self._row = {band: "" if mixed else band for band in by_band}
        self._full = {"": whole} if mixed else dict(by_band)
        self._already = dict.fromkeys(self._full, 0)
        for band, number in existing.items():
            self._already[self._row[band]] += number * self._weight[band]
        self._layers: dict[date, dict[str, Layers]] = {}
        self._anybody: dict[date, int] = {}

    def enter(self, bambino: str) -> None:
        """Let a child in, once more if it is there already."""
        if not self._paid:
            return
        case, gestore, stagione, part = self._where
        present: Window = part_presence(case, bambino, gestore, stagione, part)
        if counts_enrolled(case):
            asked = set(request_days(case, bambino, stagione))
            present = {day: self._hours for day in self._days if day in asked}
        for day, bits in present.items():
            band = band_on(case, bambino, day)
            layers = self._layers.setdefault(day, {}).setdefault(self._row[band], Layers())
            layers.add(bits, self._weight[band])
            self._anybody[day] = self._anybody.get(day, 0) | bits

    def cost(self) -> Fraction:
        """Exact cents of the educators beyond those in service."""
        case, gestore, _, _ = self._where
        if not self._paid or not self._days:
            return Fraction(0)
        if by_day(case):
            moments = sum(self._more([day], bits) for day, bits in self._anybody.items())
        else:
            moments = len(self._days) * self._more(self._layers, self._hours)
        return moments * Fraction(case.step, 60) * educator_hour(case, gestore)

    def _more(self, days: Iterable[date], hours: int) -> int:
        """Sum the further educators over some intervals, each with the most that one of the days needs."""
        chosen = [self._layers[day] for day in days]
        needed = Layers()
        for row, full in self._full.items():
            mine = [rows[row] for rows in chosen if row in rows]
            most = self._already[row] + max((len(layers.masks) for layers in mine), default=0)
            # One educator more begins after each full group.
            for start in range(0, most, full):
                missing = start + 1 - self._already[row]
                if missing <= 0:
                    needed.add(hours)
                else:
                    needed.add(_any(layers.at_least(missing) for layers in mine) & hours)
        least = minimum_together(self._where[0])
        together = [hours] * least + needed.masks[least:]
        return sum(mask.bit_count() for mask in together[self._in_service :])


def _any(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def place_incomes(plan: Plan, gestore: str, stagione: str, row: Sequence[str]) -> list[int]:
    """Cents billed for the places, used and empty, with the first 0, 1, 2... children of a row."""
    case = plan.case
    price = cents(case.gestori[gestore].prezzi.posto_mese)
    if not price:
        return [0] * (len(row) + 1)
    months = season_months(case, stagione)
    everybody = _Together(plan, gestore, stagione)
    by_company: dict[str, _Together] = {}
    minutes: dict[str, int] = {}
    found = [0]
    for bambino in row:
        azienda = case.bambini[bambino].azienda
        booked = plan.fasce(bambino, stagione)
        minutes[azienda] = minutes.get(azienda, 0) + covered_minutes(case, bambino, gestore, stagione, booked)
        everybody.enter(bambino)
        by_company.setdefault(azienda, _Together(plan, gestore, stagione)).enter(bambino)
        used = {name: by_company[name].peaks for name in case.aziende if name in by_company}
        found.append(
            sum(
                _month(case, gestore, minutes, everybody.peaks.get(month, 0), used, month, price)
                for month in months
            )
        )
    return found


def _month(
    case: Case,
    gestore: str,
    minutes: Mapping[str, int],
    together: int,
    used: Mapping[str, Mapping[str, int]],
    month: str,
    price: Fraction,
) -> int:
    """Cents of one month: each company's part of the places used, and its empty ones."""
    provider = case.gestori[gestore]
    own = {azienda: peaks.get(month, 0) for azienda, peaks in used.items()}
    parts = {azienda: Fraction(number) for azienda, number in own.items()}
    if case.scenario.regole.posti_riservati.condivisione_tra_aziende:
        parts = divided_places(together, own, minutes)
    due = sum(product_half_up(part, price) for part in parts.values())
    for azienda, number in own.items():
        peak = max(used[azienda].values(), default=0)
        reserved = max(peak, provider.posti_minimi_accordo) if peak else 0
        due += product_half_up(reserved - number, price * Fraction(provider.vuoto_per_pieno))
    return due


class _Together:
    """Most children together in each month, as they enter."""

    def __init__(self, plan: Plan, gestore: str, stagione: str) -> None:
        self._plan, self._gestore, self._stagione = plan, gestore, stagione
        self._layers: dict[date, Layers] = {}
        self.peaks: dict[str, int] = {}

    def enter(self, bambino: str) -> None:
        """Let a child in, once more if it is there already."""
        for day, bits in self._plan.presence(bambino, self._stagione).items():
            layers = self._layers.setdefault(day, Layers())
            layers.add(bits)
            month = month_of(day)
            self.peaks[month] = max(self.peaks.get(month, 0), len(layers.masks))

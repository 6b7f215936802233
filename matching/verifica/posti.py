"""Places of the agreements and the price list (docs/modello.md, section 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.piano import Agreement, Plan
from nido.matching.verifica.presenze import covered_minutes, meal_days, peak, presence
from nido.matching.verifica.tempo import fascia_months, month_of, request_months, season_months
from nido.matching.verifica.violazione import cents

Package = frozenset[tuple[str, frozenset[str]]]


def offered(case: Case, gestore: str, stagione: str) -> int:
    """Places that a provider offers in a stagione."""
    provider = case.gestori[gestore]
    return provider.posti_stagione.get(stagione, provider.posti)


@remembered
def _used(case: Case, gestore: str, stagione: str, package: Package) -> Mapping[str, int]:
    presences = [presence(case, bambino, gestore, stagione, booked) for bambino, booked in package]
    found = dict.fromkeys(season_months(case, stagione), 0)
    for day, number in peak(presences).items():
        found[month_of(day)] = max(found[month_of(day)], number)
    return found


def used_by_month(plan: Plan, gestore: str, stagione: str, children: tuple[str, ...]) -> Mapping[str, int]:
    """Largest number of some children together, for each month of a stagione."""
    package = frozenset((bambino, plan.fasce(bambino, stagione)) for bambino in children)
    return _used(plan.case, gestore, stagione, package)


def peak_of(plan: Plan, agreement: Agreement) -> int:
    """Largest number of an agreement's children together, in the whole stagione."""
    _, gestore, stagione = agreement
    return max(used_by_month(plan, gestore, stagione, plan.members(agreement)).values())


def minimum_places(plan: Plan, agreement: Agreement) -> int:
    """Fewest places that an agreement may reserve."""
    needed = peak_of(plan, agreement)
    minimum = plan.case.gestori[agreement[1]].posti_minimi_accordo
    return max(needed, minimum) if needed > 0 else 0


@dataclass(frozen=True, slots=True)
class PriceItem:
    """One item of the price list that an agreement owes.

    Attributes
    ----------
    componente
        posto, vuoto, fascia, ora or pasto.
    day
        First day of the month, or of the stagione for seasonal items.
    bambino
        The child, or None for the places of the agreement.
    quantity
        Number of units (places, months, hours, days).
    price
        Cents for one unit, exact.
    months
        Months of enrolment that a monthly payer counts: 1 for monthly items.
    """

    componente: str
    day: date
    bambino: str | None
    quantity: Fraction
    price: Fraction
    months: int = 1

    @property
    def amount(self) -> Fraction:
        """Exact cents."""
        return self.quantity * self.price


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _place_items(plan: Plan, agreement: Agreement, reserved: int) -> list[PriceItem]:
    _, gestore, stagione = agreement
    provider = plan.case.gestori[gestore]
    price = cents(provider.prezzi.posto_mese)
    empty_price = price * Fraction(provider.vuoto_per_pieno)
    found: list[PriceItem] = []
    for month, used in used_by_month(plan, gestore, stagione, plan.members(agreement)).items():
        found.append(PriceItem("posto", _first_of(month), None, Fraction(used), price))
        empty = Fraction(reserved - used)
        found.append(PriceItem("vuoto", _first_of(month), None, empty, empty_price))
    return found


def _child_items(plan: Plan, bambino: str, gestore: str, stagione: str) -> list[PriceItem]:
    case, booked = plan.case, plan.fasce(bambino, stagione)
    prices = case.gestori[gestore].prezzi
    found: list[PriceItem] = []
    for fascia in sorted(booked):
        price = cents(case.fascia(gestore, fascia).prezzo_mese)
        for month in fascia_months(case, bambino, gestore, fascia, stagione):
            found.append(PriceItem("fascia", _first_of(month), bambino, Fraction(1), price))
    start = case.stagioni[stagione].inizio
    months = len(request_months(case, bambino, stagione))
    hours = Fraction(covered_minutes(case, bambino, gestore, stagione, booked), 60)
    found.append(PriceItem("ora", start, bambino, hours, cents(prices.ora_bambino), months))
    days = Fraction(meal_days(case, bambino, gestore, stagione, booked))
    found.append(PriceItem("pasto", start, bambino, days, cents(prices.pasto_giorno), months))
    return found


def price_items(plan: Plan, agreement: Agreement, reserved: int) -> list[PriceItem]:
    """List what an agreement owes at the full price list; items of no amount are left out.

    Parameters
    ----------
    plan
        The plan.
    agreement
        (azienda, gestore, stagione).
    reserved
        Places reserved.
    """
    _, gestore, stagione = agreement
    found = _place_items(plan, agreement, reserved)
    for bambino in plan.members(agreement):
        found += _child_items(plan, bambino, gestore, stagione)
    return [item for item in found if item.amount != 0]


def spending(plan: Plan, azienda: str) -> Fraction:
    """Exact amount of a company at the price list over the horizon, meals left out, in cents."""
    total = Fraction(0)
    for agreement in plan.agreements():
        if agreement[0] != azienda:
            continue
        reserved = plan.places.get(agreement, minimum_places(plan, agreement))
        items = price_items(plan, agreement, reserved)
        total += sum((item.amount for item in items if item.componente != "pasto"), Fraction(0))
    return total

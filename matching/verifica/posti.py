"""Places of the agreements and the price list (docs/modello.md, section 10)."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import NamedTuple

from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.piano import Agreement, Plan
from nido.matching.verifica.presenze import covered_minutes, meal_days, peak, presence
from nido.matching.verifica.tempo import fascia_months, month_of, request_months, season_months
from nido.matching.verifica.violazione import cents, product_half_up

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


# A part of a shared place is written with four decimals.
PLACE_PARTS = 10_000


def _proportions(places: int, used: Mapping[str, int], minutes: Mapping[str, int]) -> dict[str, Fraction]:
    """Find the parts min(used, rate x minutes) that sum to the places used together.

    Companies reach their own places in the order of places for a minute: the rate lies between two of these.
    """
    parts = {azienda: Fraction(0) for azienda in used}
    waiting = sorted(
        (azienda for azienda in used if used[azienda]),
        key=lambda azienda: Fraction(used[azienda], minutes[azienda]),
    )
    left = Fraction(places)
    for position, azienda in enumerate(waiting):
        rate = left / sum(minutes[other] for other in waiting[position:])
        parts[azienda] = min(Fraction(used[azienda]), rate * minutes[azienda])
        left -= parts[azienda]
    return parts


def divided_places(places: int, used: Mapping[str, int], minutes: Mapping[str, int]) -> dict[str, Fraction]:
    """Divide the places that companies use together in one month, in ten-thousandths of a place.

    Parameters
    ----------
    places
        Places used together.
    used, minutes
        Company, in the order of the file -> places that it would use alone, and minutes covered.
    """
    exact = {azienda: part * PLACE_PARTS for azienda, part in _proportions(places, used, minutes).items()}
    down = {azienda: floor(part) for azienda, part in exact.items()}
    missing = places * PLACE_PARTS - sum(down.values())
    # The sort is stable: of equal rests the first company of the file comes first.
    for azienda in sorted(exact, key=lambda name: down[name] - exact[name])[:missing]:
        down[azienda] += 1
    return {azienda: Fraction(part, PLACE_PARTS) for azienda, part in down.items()}


def places_to_pay(plan: Plan, gestore: str, stagione: str) -> dict[tuple[str, str], Fraction]:
    """Divide the places that all companies use together, month by month: (azienda, month) -> places."""
    case = plan.case
    everybody = plan.children_at(gestore, stagione)
    groups = {
        azienda: members
        for azienda in case.aziende
        if (members := tuple(name for name in everybody if case.bambini[name].azienda == azienda))
    }
    used = {azienda: used_by_month(plan, gestore, stagione, members) for azienda, members in groups.items()}
    minutes = {
        azienda: sum(
            covered_minutes(case, name, gestore, stagione, plan.fasce(name, stagione)) for name in members
        )
        for azienda, members in groups.items()
    }
    found: dict[tuple[str, str], Fraction] = {}
    for month, together in used_by_month(plan, gestore, stagione, everybody).items():
        own = {azienda: by_month[month] for azienda, by_month in used.items()}
        parts = divided_places(together, own, minutes)
        found |= {(azienda, month): part for azienda, part in parts.items()}
    return found


class PriceItem(NamedTuple):
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
    unita, fonte
        Name of the unit, and of the price within the scenario.
    months
        Months whose limits a monthly payer may use.
    fascia
        Fascia, of an item of one or of its VAT.
    taxed
        Component that an item of VAT is about.
    """

    componente: str
    day: date
    bambino: str | None
    quantity: Fraction
    price: Fraction
    unita: str
    fonte: str
    months: tuple[str, ...]
    fascia: str | None = None
    taxed: str | None = None

    @property
    def amount(self) -> Fraction:
        """Exact cents."""
        return self.quantity * self.price

    @property
    def due(self) -> int:
        """Whole cents."""
        return product_half_up(self.quantity, self.price)

    @property
    def is_nothing(self) -> bool:
        """Whether the exact amount is 0."""
        return not (self.quantity and self.price)


def _first_of(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _place_items(plan: Plan, agreement: Agreement, reserved: int, divided: bool) -> list[PriceItem]:
    _, gestore, stagione = agreement
    provider = plan.case.gestori[gestore]
    price = cents(provider.prezzi.posto_mese)
    source = f"gestori.{gestore}.prezzi.posto_mese"
    used = used_by_month(plan, gestore, stagione, plan.members(agreement))
    parts = places_to_pay(plan, gestore, stagione) if divided else {}
    items = [
        PriceItem(
            "posto",
            _first_of(month),
            None,
            parts.get((agreement[0], month), Fraction(number)),
            price,
            "posto_mese",
            source,
            (month,),
        )
        for month, number in used.items()
    ]
    empty_price = price * Fraction(provider.vuoto_per_pieno)
    source += f" × gestori.{gestore}.vuoto_per_pieno"
    return items + [
        PriceItem(
            "vuoto",
            _first_of(month),
            None,
            Fraction(reserved - number),
            empty_price,
            "posto_mese",
            source,
            (month,),
        )
        for month, number in used.items()
    ]


def _fascia_items(plan: Plan, bambino: str, gestore: str, stagione: str) -> Iterator[PriceItem]:
    booked = plan.fasce(bambino, stagione)
    for fascia in (item for item in plan.case.gestori[gestore].fasce if item.id in booked):
        source = f"gestori.{gestore}.fasce.{fascia.id}.prezzo_mese"
        price = cents(fascia.prezzo_mese)
        for month in fascia_months(plan.case, bambino, gestore, fascia.id, stagione):
            day = _first_of(month)
            unit, dated = "bambino_mese", (month,)
            yield PriceItem("fascia", day, bambino, Fraction(1), price, unit, source, dated, fascia.id)


def _season_item(plan: Plan, bambino: str, gestore: str, stagione: str, componente: str) -> PriceItem:
    case, booked = plan.case, plan.fasce(bambino, stagione)
    prices = case.gestori[gestore].prezzi
    if componente == "ora":
        quantity = Fraction(covered_minutes(case, bambino, gestore, stagione, booked), 60)
        price, unita, field = prices.ora_bambino, "ora_bambino", "ora_bambino"
    else:
        quantity = Fraction(meal_days(case, bambino, gestore, stagione, booked))
        price, unita, field = prices.pasto_giorno, "giorno", "pasto_giorno"
    start, months = case.stagioni[stagione].inizio, request_months(case, bambino, stagione)
    source = f"gestori.{gestore}.prezzi.{field}"
    return PriceItem(componente, start, bambino, quantity, cents(price), unita, source, months)


def price_items(plan: Plan, agreement: Agreement, reserved: int, *, divided: bool = True) -> list[PriceItem]:
    """List what an agreement owes, in the order in which limited payers are used up.

    Parameters
    ----------
    plan
        The plan.
    agreement
        (azienda, gestore, stagione).
    reserved
        Places reserved.
    divided
        Whether the price of places that companies share is divided among them.

    Returns
    -------
    list
        Items of no amount are left out.
    """
    _, gestore, stagione = agreement
    children = plan.members(agreement)
    sharing = plan.case.scenario.regole.posti_riservati.condivisione_tra_aziende
    found = _place_items(plan, agreement, reserved, divided and sharing)
    for bambino in children:
        found += _fascia_items(plan, bambino, gestore, stagione)
    for componente in ("ora", "pasto"):
        found += [_season_item(plan, bambino, gestore, stagione, componente) for bambino in children]
    return [item for item in found if not item.is_nothing]


def spending(plan: Plan, azienda: str) -> Fraction:
    """Exact amount of a company over the horizon in cents, meals left out and no shared place divided."""
    total = Fraction(0)
    for agreement in plan.agreements():
        if agreement[0] != azienda:
            continue
        reserved = plan.places.get(agreement, minimum_places(plan, agreement))
        items = price_items(plan, agreement, reserved, divided=False)
        total += sum((item.amount for item in items if item.componente != "pasto"), Fraction(0))
    return total

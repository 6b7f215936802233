"""What a path costs, item by item (docs/clausole.md, section 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from nido.matching.verifica.clausole.bambini import month_fasce, month_meals, month_minutes, peak
from nido.matching.verifica.clausole.gioco import Facts, Story
from nido.matching.verifica.clausole.mesi import Month
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.clausole.prezzi import indexed, place_price
from nido.matching.verifica.iva import vat_item
from nido.matching.verifica.piano import Opening
from nido.matching.verifica.posti import PriceItem, divided_places
from nido.matching.verifica.presenze import working_days
from nido.matching.verifica.tempo import months_of

AGREED = "accordo_quadro.clausole"


class Owed(NamedTuple):
    """An item that a convention owes.

    Attributes
    ----------
    convention, stagione
        Whose agreement.
    item
        Component, day, quantity and price.
    children
        Among whom places are divided; the child of an item of one child.
    """

    convention: Convention
    stagione: str
    item: PriceItem
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A path and its prices.

    Attributes
    ----------
    frame, story
        What was agreed, and what happened.
    now
        Index of a month -> conventions that are alive in it.
    prices
        (index of a month, convention) -> exact cents of a place.
    lodged
        (index of a month, azienda, gestore) -> lender -> guests of the company at the provider.
    """

    frame: Frame
    story: Story
    now: Mapping[int, Mapping[Convention, Facts]]
    prices: Mapping[tuple[int, Convention], Fraction]
    lodged: Mapping[tuple[int, str, str], Mapping[Convention, list[str]]]

    def alive(self, convention: Convention, months: Sequence[Month]) -> Iterator[tuple[Month, Facts]]:
        """List the months, of some, in which a convention is alive."""
        for month in months:
            facts = self.now[month.index].get(convention)
            if facts is not None:
                yield month, facts

    def paying(self, facts: Facts) -> list[str]:
        """Children whose fasce, hours and meals a convention pays: admitted, or guests at its provider."""
        here = [guest.child for guest in facts.guests if guest.lender[1] == facts.convention[1]]
        return in_order(self.story, [*facts.admitted, *here]) if here else list(facts.admitted)

    def like(self, child: str, month: Month) -> str:
        """Child of the plan whose hours a child has in a month."""
        return self.story.hours[child, month.index]


def in_order(story: Story, children: Sequence[str]) -> list[str]:
    """Sort children as in the file; those who have entered follow, in the order in which they did."""
    return list(story.roll.in_order(set(children)))


def account_of(frame: Frame, story: Story) -> Account:
    """Join a path to its prices."""
    now: dict[int, dict[Convention, Facts]] = {month.index: {} for month in frame.months}
    for convention in frame.clauses:
        for month in frame.months:
            facts = story.facts.get((month.index, convention))
            if facts is not None:
                now[month.index][convention] = facts
    prices = {
        (index, convention): place_price(frame, conventions, convention)
        for index, conventions in now.items()
        for convention in conventions
    }
    return Account(frame, story, now, prices, _lodged(now))


def _lodged(
    now: Mapping[int, Mapping[Convention, Facts]],
) -> dict[tuple[int, str, str], dict[Convention, list[str]]]:
    found: dict[tuple[int, str, str], dict[Convention, list[str]]] = {}
    for index, conventions in now.items():
        for (company, _), facts in conventions.items():
            for guest in facts.guests:
                there = found.setdefault((index, company, guest.lender[1]), {})
                there.setdefault(guest.lender, []).append(guest.child)
    return found


def owed_by(account: Account) -> Iterator[Owed]:
    """Give the items of a path in the order in which limited payers are used up; none is of no amount."""
    frame = account.frame
    for number in sorted({month.period for month in frame.months if month.period is not None}):
        months = [month for month in frame.months if month.period == number]
        stagione, here = str(months[0].stagione), list[Owed]()
        for convention in frame.clauses:
            for item, children in _items(account, convention, months):
                if not item.is_nothing:
                    here.append(Owed(convention, stagione, item, children))
        # VAT comes after everything else of the period.
        yield from here
        for owed in here:
            tax = vat_item(frame.case, owed.convention[1], owed.item)
            if tax is not None:
                yield owed._replace(item=tax)


Items = Iterator[tuple[PriceItem, tuple[str, ...]]]
# Children and the months in which they are paid for.
Stays = Sequence[tuple[str, Sequence[Month]]]


def _items(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    yield from _places(account, convention, months)
    yield from _empty(account, convention, months)
    stays = _stays(account, convention, months)
    yield from _fasce(account, convention, stays)
    yield from _by_price(account, convention, months, stays, "ora")
    yield from _by_price(account, convention, months, stays, "pasto")


def _item(
    month: Month,
    componente: str,
    quantity: Fraction | int,
    price: Fraction | int,
    unita: str,
    fonte: str,
    bambino: str | None = None,
    fascia: str | None = None,
) -> PriceItem:
    units = Fraction(quantity) if isinstance(quantity, int) else quantity
    each = Fraction(price) if isinstance(price, int) else price
    return PriceItem(componente, month.first_day, bambino, units, each, unita, fonte, (month.name,), fascia)


# --- places ------------------------------------------------------------------------------------------------


def _place_source(gestore: str) -> str:
    return f"gestori.{gestore}.prezzi.posto_mese"


def _places(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    sharing = account.frame.case.scenario.regole.posti_riservati.condivisione_tra_aziende
    for month, facts in account.alive(convention, months):
        quantity = _part(account, convention, month, months) if sharing else Fraction(facts.used)
        price = account.prices[month.index, convention]
        item = _item(month, "posto", quantity, price, "posto_mese", _place_source(convention[1]))
        yield item, facts.admitted
        yield from _guests(account, convention, month)


def _part(account: Account, convention: Convention, month: Month, period: Sequence[Month]) -> Fraction:
    """Part that a company pays of the places that all use together, by the minutes of the whole period."""
    frame, gestore = account.frame, convention[1]
    used: dict[str, int] = {}
    minutes: dict[str, int] = {}
    everybody: list[str] = []
    for other, facts in account.now[month.index].items():
        if other[1] != gestore:
            continue
        used[other[0]] = facts.used
        everybody += [account.like(child, month) for child in facts.admitted]
        minutes[other[0]] = sum(
            month_minutes(frame, account.like(child, then), gestore, then)
            for then, there in account.alive(other, period)
            for child in there.admitted
        )
    together = peak(frame, everybody, gestore, month)
    return divided_places(together, used, minutes)[convention[0]]


def _guests(account: Account, convention: Convention, month: Month) -> Items:
    """Places of others that a company pays for its guests at a provider, one item for each lender."""
    gestore = convention[1]
    lent = account.lodged.get((month.index, *convention))
    if lent is None:
        return
    for lender in account.frame.clauses:
        if lender in lent:
            price, source = account.prices[month.index, lender], _place_source(gestore)
            item = _item(month, "posto", len(lent[lender]), price, "posto_mese", source)
            yield item, tuple(in_order(account.story, lent[lender]))


def _empty(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    """Empty places, dearest first, and what was guaranteed and not used."""
    gestore = convention[1]
    source = f"{_place_source(gestore)} × gestori.{gestore}.vuoto_per_pieno"
    for month, facts in account.alive(convention, months):
        for share in sorted(facts.dues, reverse=True):
            price = account.prices[month.index, convention] * share
            item = _item(month, "vuoto", facts.dues[share], price, "posto_mese", source)
            yield item, facts.admitted
        for missing in (_missing_bookings, _missing_hours):
            guaranteed = missing(account, facts)
            if guaranteed is not None:
                yield guaranteed, ()


def _missing_bookings(account: Account, facts: Facts) -> PriceItem | None:
    frame, month, (_, gestore) = account.frame, facts.month, facts.convention
    clauses = frame.clauses[facts.convention]
    agreed = clauses.prenotazioni_minime
    if agreed is None or month.stagione is None:
        return None
    opening: Opening = (gestore, agreed.fascia, month.stagione)
    if opening not in frame.plan.openings:
        return None
    if month.read not in months_of(working_days(frame.case, gestore, agreed.fascia, month.stagione)):
        return None
    booked = sum(
        agreed.fascia in month_fasce(frame, account.like(child, month), gestore, month)
        for child in account.paying(facts)
    )
    price = indexed(frame.case.fascia(gestore, agreed.fascia).prezzo_mese, clauses, month)
    source = f"{AGREED}.prenotazioni_minime"
    return _item(month, "vuoto", max(0, agreed.bambini - booked), price, "bambino_mese", source)


def _missing_hours(account: Account, facts: Facts) -> PriceItem | None:
    frame, month, (_, gestore) = account.frame, facts.month, facts.convention
    clauses = frame.clauses[facts.convention]
    if clauses.ore_minime is None:
        return None
    covered = sum(
        month_minutes(frame, account.like(child, month), gestore, month) for child in account.paying(facts)
    )
    missing = max(Fraction(0), clauses.ore_minime.ore_mese - Fraction(covered, 60))
    price = indexed(frame.case.gestori[gestore].prezzi.ora_bambino, clauses, month)
    return _item(month, "vuoto", missing, price, "ora_bambino", f"{AGREED}.ore_minime")


# --- children ----------------------------------------------------------------------------------------------


def _stays(account: Account, convention: Convention, months: Sequence[Month]) -> Stays:
    """List the children whom a convention pays for in a period, each with its months."""
    found: dict[str, list[Month]] = {}
    for month, facts in account.alive(convention, months):
        for child in account.paying(facts):
            found.setdefault(child, []).append(month)
    return [(child, found[child]) for child in in_order(account.story, list(found))]


def _fasce(account: Account, convention: Convention, stays: Stays) -> Items:
    frame, gestore = account.frame, convention[1]
    clauses = frame.clauses[convention]
    for child, stay in stays:
        booked = [(month, month_fasce(frame, account.like(child, month), gestore, month)) for month in stay]
        names = {name for _, fasce in booked for name in fasce}
        for fascia in frame.case.gestori[gestore].fasce:
            if fascia.id not in names:
                continue
            source = f"gestori.{gestore}.fasce.{fascia.id}.prezzo_mese"
            for month, fasce in booked:
                if fascia.id in fasce:
                    price = indexed(fascia.prezzo_mese, clauses, month)
                    yield _item(month, "fascia", 1, price, "bambino_mese", source, child, fascia.id), (child,)


def _by_price(
    account: Account, convention: Convention, months: Sequence[Month], stays: Stays, componente: str
) -> Items:
    """One item for each child and price in a period, for hours or meals."""
    frame, gestore = account.frame, convention[1]
    prices, clauses = frame.case.gestori[gestore].prezzi, frame.clauses[convention]
    hourly = componente == "ora"
    price_list, unita = (prices.ora_bambino, "ora_bambino") if hourly else (prices.pasto_giorno, "giorno")
    name = "ora_bambino" if hourly else "pasto_giorno"
    if price_list == 0 or not stays:
        return
    prices_then = {month.index: indexed(price_list, clauses, month) for month in months}
    first_days: dict[int, date] = {}
    for month in months:
        first_days.setdefault(prices_then[month.index], month.first_day)
    for child, stay in stays:
        at_price: dict[int, list[Month]] = {}
        for month in stay:
            at_price.setdefault(prices_then[month.index], []).append(month)
        for price, paid in at_price.items():
            quantity = sum(_quantity(account, child, gestore, month, hourly=hourly) for month in paid)
            item = PriceItem(
                componente,
                first_days[price],
                child,
                Fraction(quantity, 60) if hourly else Fraction(quantity),
                Fraction(price),
                unita,
                f"gestori.{gestore}.prezzi.{name}",
                tuple(month.name for month in paid),
            )
            yield item, (child,)


def _quantity(account: Account, child: str, gestore: str, month: Month, *, hourly: bool) -> int:
    """Minutes, or meals."""
    like = account.like(child, month)
    return (month_minutes if hourly else month_meals)(account.frame, like, gestore, month)

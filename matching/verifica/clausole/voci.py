"""What a path costs, item by item (docs/clausole.md, section 9)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

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


@dataclass(frozen=True, slots=True)
class Owed:
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
    """

    frame: Frame
    story: Story
    now: Mapping[int, Mapping[Convention, Facts]]
    prices: Mapping[tuple[int, Convention], Fraction] = field(default_factory=dict)

    def alive(self, convention: Convention, months: Sequence[Month]) -> Iterator[tuple[Month, Facts]]:
        """List the months, of some, in which a convention is alive."""
        for month in months:
            facts = self.now[month.index].get(convention)
            if facts is not None:
                yield month, facts

    def paying(self, facts: Facts) -> list[str]:
        """Children whose fasce, hours and meals a convention pays: admitted, or guests at its provider."""
        here = [guest.child for guest in facts.guests if guest.lender[1] == facts.convention[1]]
        return in_order(self.story, [*facts.admitted, *here])

    def like(self, child: str, month: Month) -> str:
        """Child of the plan whose hours a child has in a month."""
        return self.story.hours[child, month.index]


def in_order(story: Story, children: Sequence[str]) -> list[str]:
    """Sort children as in the file; those who have entered follow, in the order in which they did."""
    wanted = set(children)
    return [child for child in story.roll.like if child in wanted]


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
    return Account(frame, story, now, prices)


def owed_by(account: Account) -> list[Owed]:
    """List the items of a path in the order in which limited payers are used up; none is of no amount."""
    frame, found = account.frame, list[Owed]()
    for number in sorted({month.period for month in frame.months if month.period is not None}):
        months = [month for month in frame.months if month.period == number]
        stagione, here = str(months[0].stagione), list[Owed]()
        for convention in frame.clauses:
            for part in (_places, _empty, _fasce, _hours, _meals):
                for item, children in part(account, convention, months):
                    if item.amount != 0:
                        here.append(Owed(convention, stagione, item, children))
        # VAT comes after everything else of the period.
        found += here
        for owed in here:
            tax = vat_item(frame.case, owed.convention[1], owed.item)
            found += [] if tax is None else [replace(owed, item=tax)]
    return found


Items = Iterator[tuple[PriceItem, tuple[str, ...]]]


def _item(
    month: Month,
    componente: str,
    quantity: Fraction | int,
    price: Fraction | int,
    unita: str,
    fonte: str,
    bambino: str | None = None,
) -> PriceItem:
    return PriceItem(
        componente,
        month.first_day,
        bambino,
        Fraction(quantity),
        Fraction(price),
        unita,
        fonte,
        (month.name,),
    )


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
    azienda, gestore = convention
    lent: dict[Convention, list[str]] = {}
    for (company, _), facts in account.now[month.index].items():
        for guest in facts.guests:
            if company == azienda and guest.lender[1] == gestore:
                lent.setdefault(guest.lender, []).append(guest.child)
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
        agreed.fascia in month_fasce(frame.plan, account.like(child, month), gestore, month)
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


def _stays(
    account: Account, convention: Convention, months: Sequence[Month]
) -> Iterator[tuple[str, list[Month]]]:
    """List the children whom a convention pays for in a period, each with its months."""
    found: dict[str, list[Month]] = {}
    for month, facts in account.alive(convention, months):
        for child in account.paying(facts):
            found.setdefault(child, []).append(month)
    for child in in_order(account.story, list(found)):
        yield child, found[child]


def _fasce(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    frame, gestore = account.frame, convention[1]
    clauses = frame.clauses[convention]
    for child, stay in _stays(account, convention, months):
        for fascia in frame.case.gestori[gestore].fasce:
            for month in stay:
                if fascia.id in month_fasce(frame.plan, account.like(child, month), gestore, month):
                    price = indexed(fascia.prezzo_mese, clauses, month)
                    source = f"gestori.{gestore}.fasce.{fascia.id}.prezzo_mese"
                    item = _item(month, "fascia", 1, price, "bambino_mese", source, child)
                    yield replace(item, fascia=fascia.id), (child,)


def _hours(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    yield from _by_price(account, convention, months, "ora")


def _meals(account: Account, convention: Convention, months: Sequence[Month]) -> Items:
    yield from _by_price(account, convention, months, "pasto")


def _by_price(account: Account, convention: Convention, months: Sequence[Month], componente: str) -> Items:
    """One item for each child and price in a period, for hours or meals."""
    frame, gestore = account.frame, convention[1]
    prices, clauses = frame.case.gestori[gestore].prezzi, frame.clauses[convention]
    hourly = componente == "ora"
    price_list, unita = (prices.ora_bambino, "ora_bambino") if hourly else (prices.pasto_giorno, "giorno")
    name = "ora_bambino" if hourly else "pasto_giorno"
    if price_list == 0:
        return
    prices_then = {month.index: indexed(price_list, clauses, month) for month in months}
    for child, stay in _stays(account, convention, months):
        at_price: dict[int, list[Month]] = {}
        for month in stay:
            at_price.setdefault(prices_then[month.index], []).append(month)
        for price, paid in at_price.items():
            quantity = sum(
                (_quantity(account, child, gestore, month, hourly=hourly) for month in paid), Fraction(0)
            )
            item = PriceItem(
                componente,
                next(month.first_day for month in months if prices_then[month.index] == price),
                child,
                quantity,
                Fraction(price),
                unita,
                f"gestori.{gestore}.prezzi.{name}",
                tuple(month.name for month in paid),
            )
            yield item, (child,)


def _quantity(account: Account, child: str, gestore: str, month: Month, *, hourly: bool) -> Fraction:
    like = account.like(child, month)
    if hourly:
        return Fraction(month_minutes(account.frame, like, gestore, month), 60)
    return Fraction(month_meals(account.frame, like, gestore, month))

"""Who pays a path, and the deposits (docs/clausole.md, section 9)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from nido.matching.verifica.clausole.bambini import month_days, with_entered
from nido.matching.verifica.clausole.gioco import Story
from nido.matching.verifica.clausole.mesi import Month
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.clausole.voci import Owed, account_of, owed_by
from nido.matching.verifica.pagatori import Attended, Bill, Part, Purse, split
from nido.matching.verifica.violazione import cents, half_up

NO_HOURS = Fraction(0)


class Settled(NamedTuple):
    """An item and who pays it: (payer, child or None) -> cents."""

    owed: Owed
    parts: Mapping[Part, int]


def settle(frame: Frame, story: Story) -> Iterator[Settled]:
    """Split every item of a path among the payers, one after the other."""
    case = with_entered(frame.case, story.roll, story.first_like)
    purse, attended = Purse(), attendance(frame, story)
    for owed in owed_by(account_of(frame, story)):
        yield Settled(owed, split(case, bill_of(owed, attended), purse))


def attendance(frame: Frame, story: Story) -> Attended:
    """Count the days on which children admitted, or guests, have a window in each month."""
    found: dict[tuple[str, str], int] = {}
    for (_, convention), facts in story.facts.items():
        month = facts.month
        for child in (*facts.admitted, *(guest.child for guest in facts.guests)):
            like = story.hours[child, month.index]
            found[child, month.name] = month_days(frame, like, convention[1], month)
    return found


def bill_of(owed: Owed, attended: Attended) -> Bill:
    """Write the bill of an item."""
    item = owed.item
    hours = item.quantity if item.componente == "ora" else NO_HOURS
    return Bill(
        azienda=owed.convention[0],
        componente=item.componente,
        children=owed.children,
        by_child=item.bambino is not None,
        months=item.months,
        amount=item.due,
        hours=hours,
        day=item.day,
        gestore=owed.convention[1],
        fascia=item.fascia,
        taxed=item.taxed,
        attended=attended,
    )


def deposits(frame: Frame, story: Story) -> list[tuple[str, Convention, int]]:
    """List the movements of the deposits as (month, convention, cents that the company pays in).

    What is left after the last month is given back in the month that follows it.
    """
    found: list[tuple[str, Convention, int]] = []
    for convention, clauses in frame.clauses.items():
        if clauses.deposito is None:
            continue
        price = cents(frame.case.gestori[convention[1]].prezzi.posto_mese)
        monthly = Fraction(clauses.deposito.mensilita) * price
        held = 0
        for month in frame.months:
            facts = story.facts.get((month.index, convention))
            due = half_up(monthly * facts.reserved) if facts is not None else 0
            if due != held:
                found.append((month.name, convention, due - held))
            held = due
        if held:
            found.append((after(frame.months[-1]), convention, -held))
    return found


def after(month: Month) -> str:
    """Name the calendar month after one."""
    year, number = int(month.name[:4]), month.in_year
    return f"{year + number // 12:04d}-{number % 12 + 1:02d}"

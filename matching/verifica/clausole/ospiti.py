"""Guests: children who wait and use an empty place of another convention (docs/clausole.md, section 7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nido.matching.verifica.clausole.ammissione import Attempt
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.clausole.stato import Moment
from nido.matching.verifica.clausole.vuoti import oldest
from nido.scenari.clausole import Trasferimento


@dataclass(frozen=True, slots=True)
class Guest:
    """A child for a month in an empty place of another convention."""

    child: str
    lender: Convention


def _transfer(frame: Frame, convention: Convention) -> Trasferimento:
    # Without the clause only the same company may use a place.
    return frame.clauses[convention].trasferimento or Trasferimento()


def _asked(moment: Moment, convention: Convention) -> Iterator[Convention]:
    """List who might lend a place to a child of a convention, in the order in which they are asked."""
    azienda, gestore = convention
    frame, alive = moment.frame, moment.alive
    if _transfer(frame, convention).tra_gestori:
        for other in frame.case.gestori:
            if other != gestore and (azienda, other) in alive:
                yield azienda, other
    if _transfer(frame, convention).tra_aziende:
        for company in frame.case.aziende:
            lender = (company, gestore)
            if company != azienda and lender in alive and _transfer(frame, lender).tra_aziende:
                yield lender


def _may_lend(moment: Moment, lender: Convention, guests_there: int) -> bool:
    gestore = lender[1]
    if not any(place.free for place in moment.alive[lender].empties):
        return False
    room = moment.places_offered(gestore)
    if room is None or not moment.sharing:
        return True
    return moment.together(gestore, moment.everybody(gestore)) + guests_there < room


def lodge(moment: Moment, attempts: Mapping[Convention, Attempt]) -> dict[Convention, tuple[Guest, ...]]:
    """Give empty places to those who wait, and take them out of the lists of who lends them.

    Parameters
    ----------
    moment
        The month, in which all have been admitted.
    attempts
        Who waits and who has declined a place, by convention.
    """
    found: dict[Convention, tuple[Guest, ...]] = {}
    there: dict[str, int] = {}
    for convention in moment.alive:
        guests: list[Guest] = []
        for child in attempts[convention].waiting:
            lenders = [
                other
                for other in _asked(moment, convention)
                if _may_lend(moment, other, there.get(other[1], 0))
            ]
            if not lenders or child in attempts[convention].refused:
                continue
            lender = lenders[0]
            empties = moment.alive[lender].empties
            lent = oldest(place for place in empties if place.free)
            empties[:] = [place for place in empties if place is not lent]
            there[lender[1]] = there.get(lender[1], 0) + 1
            guests.append(Guest(child, lender))
        found[convention] = tuple(guests)
    return found

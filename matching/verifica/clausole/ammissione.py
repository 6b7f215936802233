"""Who is admitted in a month, and the places that are added for it (docs/clausole.md, section 5)."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from nido.matching.verifica.clausole.patti import Convention
from nido.matching.verifica.clausole.stato import Moment
from nido.matching.verifica.clausole.vuoti import taken
from nido.scenari.clausole import Clausole


@dataclass(slots=True)
class Attempt:
    """Who waits in a month, in the order of the list, and who of them has declined a place."""

    waiting: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def for_company(reserved: int, clauses: Clausole) -> int:
    """Reserved places that are the company's, those left to residents taken away."""
    if clauses.quota_residenti is None:
        return reserved
    return reserved - floor(Fraction(clauses.quota_residenti.quota) * reserved)


def fewest(needed: int, clauses: Clausole) -> int | None:
    """Fewest reserved places of which at least some, from 1, are the company's; None if no number will do."""
    share = Fraction(0) if clauses.quota_residenti is None else Fraction(clauses.quota_residenti.quota)
    if share == 1:
        return None
    # r - floor(share r) is ceil((1 - share) r), which reaches `needed` as soon as (1 - share) r > needed - 1.
    return floor(Fraction(needed - 1) / (1 - share)) + 1


def admit(moment: Moment, convention: Convention, refusing: set[str]) -> Attempt:
    """Try the children of a convention, those admitted in the month before first.

    Parameters
    ----------
    moment
        The month; the conventions before this one have admitted theirs. Who is admitted, and the places
        added for it, are written in the state of the convention.
    convention
        Which one.
    refusing
        Children of whom an event of this month says that they decline the place.
    """
    state, found = moment.alive[convention], Attempt()
    clauses = moment.frame.clauses[convention]
    old = [child for child in state.asking if child in state.before]
    for child in (*old, *(child for child in state.asking if child not in state.before)):
        together = moment.together(convention[1], [*state.admitted, child])
        free = for_company(state.reserved, clauses) - taken(state.empties)
        wider = state.reserved if together <= free else _wider(moment, convention, together)
        if wider is None or not _fits_with_others(moment, convention, child):
            continue
        if child in refusing and child not in state.before:
            found.refused.append(child)
            continue
        if wider > state.reserved:
            state.added += wider - state.raw
            state.raw = state.reserved = wider
        state.admitted.append(child)
        state.used = together
    state.done = True
    found.waiting = [child for child in state.asking if child not in state.admitted]
    return found


def _fits_with_others(moment: Moment, convention: Convention, child: str) -> bool:
    """Where companies share places, tell whether all who are admitted and one more child fit."""
    gestore = convention[1]
    room = moment.places_offered(gestore)
    if room is None or not moment.sharing:
        return True
    return moment.together(gestore, [*moment.everybody(gestore, convention), child]) <= room


def _wider(moment: Moment, convention: Convention, together: int) -> int | None:
    """Find the places to be reserved so that some children fit; None when there is no right or no room."""
    clauses, state, gestore = moment.frame.clauses[convention], moment.alive[convention], convention[1]
    if clauses.posto_nuovo is not None and clauses.posto_nuovo.modo == "prioritario":
        return None
    wider = fewest(together + taken(state.empties), clauses)
    if wider is None or (clauses.posti_massimi is not None and wider > clauses.posti_massimi.posti):
        return None
    room = moment.places_offered(gestore)
    if room is None or moment.sharing:
        return wider
    others = sum(moment.alive[other].reserved for other in moment.at(gestore) if other != convention)
    return wider if others + wider <= room else None

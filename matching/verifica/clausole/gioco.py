"""The months of one path, played one after the other (docs/clausole.md, sections 3 to 7)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from nido.matching.verifica.clausole.ammissione import Attempt, admit, for_company
from nido.matching.verifica.clausole.bambini import Roll, apply_events, by_month, first_list, present
from nido.matching.verifica.clausole.mesi import SEPTEMBER, Month
from nido.matching.verifica.clausole.ospiti import Guest, lodge
from nido.matching.verifica.clausole.patti import Convention, Frame, end_of, given_up, is_alive, may_release
from nido.matching.verifica.clausole.stato import Moment, State
from nido.matching.verifica.clausole.vuoti import block, due, grow_old, match, sell, take_away
from nido.scenari.accordo_quadro import Evento, Rifiuta
from nido.scenari.clausole import Clausole


class Facts(NamedTuple):
    """A convention in one month of its life.

    Attributes
    ----------
    reserved, residents, used, lent
        Places reserved, those of them left to residents, used by its children, and lent to guests.
    resold, blocked
        Empty places given to others by the provider, and those that no other child may take.
    admitted, waiting
        Children admitted, and those present and not admitted, in the order of the file and then of entry.
    guests
        Which of those waiting are guests, and of whom.
    dues
        Part of the price -> empty places for which it is due; lent places are not among them.
    """

    month: Month
    convention: Convention
    reserved: int
    residents: int
    used: int
    lent: int
    resold: int
    blocked: int
    admitted: tuple[str, ...]
    waiting: tuple[str, ...]
    guests: tuple[Guest, ...]
    dues: Mapping[Fraction, int]


@dataclass(frozen=True, slots=True)
class Story:
    """A path played to its end.

    Attributes
    ----------
    facts
        What happened: (month, convention) -> facts, only while the convention is alive.
    roll
        The children, as the last month left them.
    first_like
        Child that has entered -> child named by the event.
    hours
        (child, month) -> child of the plan whose hours it had then, of those admitted or guests.
    """

    facts: Mapping[tuple[int, Convention], Facts]
    roll: Roll
    first_like: Mapping[str, str]
    hours: Mapping[tuple[str, int], str]


@dataclass(slots=True)
class _Game:
    frame: Frame
    roll: Roll
    states: Mapping[Convention, State]
    empty_shares: Mapping[str, Fraction]
    facts: dict[tuple[int, Convention], Facts] = field(default_factory=dict)
    hours: dict[tuple[str, int], str] = field(default_factory=dict)
    first_like: dict[str, str] = field(default_factory=dict)


def play(frame: Frame, events: Sequence[Evento], *, nobody: bool = False) -> Story:
    """Play a path.

    Parameters
    ----------
    frame
        The plan and what was agreed.
    events
        Events in the order in which they are written.
    nobody
        Whether no child of the plan comes.
    """
    roll = Roll({child: child for child in frame.case.bambini}, nobody=nobody)
    states = {
        convention: State(
            queue=first_list(frame, convention),
            end=end_of(frame, convention, events),
            notices=given_up(frame, convention, events),
        )
        for convention in frame.clauses
    }
    shares = {name: Fraction(gestore.vuoto_per_pieno) for name, gestore in frame.case.gestori.items()}
    game = _Game(frame, roll, states, shares)
    dated = by_month(frame.case, events)
    for early in sorted(month for month in dated if month < 0):
        _news(game, dated[early])
    for month in frame.months:
        left = _news(game, dated.get(month.index, []))
        refusing = {event.bambino for _, event in dated.get(month.index, []) if isinstance(event, Rifiuta)}
        _month(game, month, left, refusing)
    return Story(game.facts, roll, game.first_like, game.hours)


def _news(game: _Game, events: Iterable[tuple[int, Evento]]) -> list[str]:
    left, new = apply_events(game.roll, events)
    for name in new:
        game.first_like[name] = game.roll.like[name]
        home = game.states.get(game.roll.home[name])
        if home is not None:
            home.queue.append(name)
    return left


def _month(game: _Game, month: Month, left: list[str], refusing: set[str]) -> None:
    frame, alive = game.frame, {}
    for convention, state in game.states.items():
        if is_alive(frame, convention, month, state.end):
            alive[convention] = state
        else:
            state.forget()
    moment = Moment(frame, game.roll, month, alive)
    for convention, state in alive.items():
        _reserve(moment, convention, state)
        state.asking = present(frame, game.roll, state.queue, convention, month)
        state.admitted, state.used, state.done = [], 0, False
    _within_offered(moment)
    for convention, state in alive.items():
        _begin_empties(moment, convention, state, left)
    attempts: dict[Convention, Attempt] = {}
    for convention, state in alive.items():
        attempts[convention] = admit(moment, convention, refusing)
        state.company = for_company(state.reserved, frame.clauses[convention])
        match(state.empties, state.company - state.used)
    guests = lodge(moment, attempts)
    lent = Counter(guest.lender for every in guests.values() for guest in every)
    for convention, state in alive.items():
        _write(game, moment, convention, guests[convention], lent[convention])
        _end(moment, convention, state, attempts[convention])


def _reserve(moment: Moment, convention: Convention, state: State) -> None:
    """Reserve the places with which a month begins, those offered apart."""
    clauses, month = moment.frame.clauses[convention], moment.month
    base = moment.frame.base(convention, month)
    for waiting in (state.releases, state.notices):
        for _, places in (notice for notice in waiting if notice[0] <= month.index):
            state.given_up += min(places, max(0, base + state.added - state.given_up))
        waiting[:] = [notice for notice in waiting if notice[0] > month.index]
    state.raw = base + state.added - state.given_up
    state.reserved = max(state.raw, 0)
    if clauses.posti_minimi is not None:
        state.reserved = max(state.reserved, clauses.posti_minimi.posti)
    if clauses.posti_massimi is not None:
        state.reserved = min(state.reserved, clauses.posti_massimi.posti)


def _within_offered(moment: Moment) -> None:
    """Take back the places beyond the plan that a provider does not offer in this season, the last first."""
    for gestore in moment.frame.case.gestori:
        room, here = moment.places_offered(gestore), moment.at(gestore)
        if room is None or moment.sharing:
            continue
        for convention in reversed(here):
            state = moment.alive[convention]
            beyond = sum(moment.alive[other].reserved for other in here) - room
            added = state.reserved - moment.frame.base(convention, moment.month)
            state.reserved -= max(0, min(beyond, added))


def _begin_empties(moment: Moment, convention: Convention, state: State, left: list[str]) -> None:
    """Let a month pass for the empty places of a convention (points 1 to 4)."""
    clauses, month, gestore = moment.frame.clauses[convention], moment.month, convention[1]
    grow_old(state.empties, month)
    take_away(state.empties, state.company - for_company(state.reserved, clauses))
    kept = clauses.trasferimento is not None and not clauses.trasferimento.tra_dipendenti
    if kept and month.in_year != SEPTEMBER:
        stay = [child for child in state.before if child not in left]
        block(state.empties, moment.together(gestore, state.before) - moment.together(gestore, stay))
    sell(state.empties, clauses)


def _write(game: _Game, moment: Moment, convention: Convention, guests: tuple[Guest, ...], lent: int) -> None:
    roll, state, month = game.roll, moment.alive[convention], moment.month
    clauses = moment.frame.clauses[convention]
    asking, admitted = set(state.asking), set(state.admitted)
    game.facts[month.index, convention] = Facts(
        month=month,
        convention=convention,
        reserved=state.reserved,
        residents=state.reserved - state.company,
        used=state.used,
        resold=sum(place.resold for place in state.empties),
        blocked=sum(place.blocked for place in state.empties),
        lent=lent,
        admitted=roll.in_order(admitted),
        waiting=roll.in_order(asking - admitted),
        guests=guests,
        dues=_dues(state, clauses, game.empty_shares[convention[1]]),
    )
    for child in (*state.admitted, *(guest.child for guest in guests)):
        game.hours[child, month.index] = roll.like[child]


def _dues(state: State, clauses: Clausole, provider_share: Fraction) -> dict[Fraction, int]:
    found: dict[Fraction, int] = {}
    for empty in state.empties:
        share = due(empty, clauses, provider_share)
        found[share] = found.get(share, 0) + 1
    return found


def _end(moment: Moment, convention: Convention, state: State, attempt: Attempt) -> None:
    """Count the empty places to give back in September, and move down the list those who refused."""
    clauses, month = moment.frame.clauses[convention], moment.month
    release = clauses.rilascio_annuale
    if release is not None and month.in_year == release.mese:
        september = month.index + SEPTEMBER - release.mese
        if may_release(clauses, september):
            state.releases.append((september, state.company - state.used))
    for child in attempt.refused:
        state.refusals[child] += 1
        if clauses.rifiuto is not None and state.refusals[child] >= clauses.rifiuto.massimo:
            state.refusals[child] = 0
            state.queue.remove(child)
            state.queue.append(child)
    state.before = list(state.admitted)

"""Who asks for a place in a month, and how many are there together (docs/clausole.md, section 5)."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from nido.matching.verifica.caso import Case
from nido.matching.verifica.clausole.mesi import Month, index_of
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.finestre import Window, window, window_minutes
from nido.matching.verifica.piano import Plan, together
from nido.matching.verifica.presenze import at_lunch
from nido.matching.verifica.tempo import fascia_months, month_of, request_months
from nido.scenari.accordo_quadro import Assume, CambiaTurno, Entra, Esce, Evento
from nido.scenari.domanda import Bambino


@dataclass(slots=True)
class Roll:
    """The children of one path, as its events change them.

    Attributes
    ----------
    like
        Child -> the child of the plan whose hours it has; itself until it changes.
    home
        Child that has entered -> its convention.
    gone
        Children that have left.
    nobody
        Whether no child of the plan comes (path `nessuno_entra`).
    """

    like: dict[str, str]
    home: dict[str, Convention] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    nobody: bool = False

    def in_order(self, children: Collection[str]) -> tuple[str, ...]:
        """Sort children of the path as in the file; those who have entered follow, as they did."""
        if len(children) < 2:
            return tuple(children)
        return tuple(child for child in self.like if child in children)

    def alike(self, children: Iterable[str]) -> list[str]:
        """Give for each child the one whose hours it has."""
        return [self.like[child] for child in children]


def hired(number: int, event: Assume) -> list[str]:
    """Name the children of the hire with this number in its path, from 1."""
    return [f"N{number}-{place}" for place in range(1, event.numero + 1)]


def apply_events(roll: Roll, events: Iterable[tuple[int, Evento]]) -> tuple[list[str], list[str]]:
    """Change the children by the events of a month, each with the number of its hire.

    Returns
    -------
    tuple
        Who has left and who has entered in this month, in order.
    """
    left: list[str] = []
    new: list[str] = []
    for number, event in events:
        if isinstance(event, Esce) and event.bambino in roll.like and event.bambino not in roll.gone:
            # Who has left does not come back.
            roll.gone.add(event.bambino)
            left.append(event.bambino)
        elif isinstance(event, CambiaTurno) and event.bambino in roll.like:
            roll.like[event.bambino] = event.come
        elif isinstance(event, Entra | Assume):
            names = [event.bambino] if isinstance(event, Entra) else hired(number, event)
            for name in names:
                if name not in roll.like:
                    roll.like[name] = event.come
                    roll.home[name] = (event.azienda, event.gestore)
                    new.append(name)
    return left, new


def by_month(case: Case, events: Iterable[Evento]) -> dict[int, list[tuple[int, Evento]]]:
    """Sort events by month, in the order in which they are written, each with the number of its hire."""
    found: dict[int, list[tuple[int, Evento]]] = {}
    hires = 0
    for event in events:
        hires += isinstance(event, Assume)
        found.setdefault(index_of(case, event.mese), []).append((hires, event))
    return found


def first_list(frame: Frame, convention: Convention) -> list[str]:
    """Children whom the plan serves under a convention in some season, in the order of the file."""
    azienda, gestore = convention
    case, assigned = frame.case, frame.plan.assigned
    return [
        child
        for child in case.bambini
        if case.bambini[child].azienda == azienda
        and any(assigned.get((child, stagione)) == gestore for stagione in case.stagioni)
    ]


def is_there(frame: Frame, like: str, gestore: str, month: Month) -> bool:
    """Tell whether the plan has a child at a provider in the month that is read."""
    if month.stagione is None or frame.plan.assigned.get((like, month.stagione)) != gestore:
        return False
    return month.read in request_months(frame.case, like, month.stagione)


def present(
    frame: Frame, roll: Roll, names: Iterable[str], convention: Convention, month: Month
) -> list[str]:
    """List who of a list asks for a place in a month, in the order of the list."""
    gestore = convention[1]
    found: list[str] = []
    for name in names:
        entered = name in roll.home
        if name in roll.gone or (roll.nobody and not entered):
            continue
        # With other hours a child of the plan is still only where, and in the seasons in which, it is served.
        served_here = frame.plan.assigned.get((name, str(month.stagione))) == gestore
        if (entered or served_here) and is_there(frame, roll.like[name], gestore, month):
            found.append(name)
    return found


# --- what the plan says of one month -----------------------------------------------------------------------


def month_presence(plan: Plan, child: str, gestore: str, month: Month) -> Window:
    """Presence of a child of the plan in the month that is read."""
    if month.stagione is None or plan.assigned.get((child, month.stagione)) != gestore:
        return {}
    whole = plan.presence(child, month.stagione)
    return {day: bits for day, bits in whole.items() if month_of(day) == month.read}


def month_minutes(frame: Frame, child: str, gestore: str, month: Month) -> int:
    """Minutes of a child of the plan that are covered in the month that is read."""
    key = ("minutes", child, gestore, month.read)
    if key not in frame.memory:
        there = month_presence(frame.plan, child, gestore, month)
        frame.memory[key] = window_minutes(frame.case, there)
    found: int = frame.memory[key]
    return found


def month_meals(frame: Frame, child: str, gestore: str, month: Month) -> int:
    """Days with a meal of a child of the plan in the month that is read."""
    key = ("meals", child, gestore, month.read)
    if key not in frame.memory:
        frame.memory[key] = at_lunch(frame.case, month_presence(frame.plan, child, gestore, month))
    found: int = frame.memory[key]
    return found


def month_days(frame: Frame, child: str, gestore: str, month: Month) -> int:
    """Days of the month that is read on which a child of the plan has a window at a provider."""
    if month.stagione is None:
        return 0
    key = ("days", child, gestore, month.read)
    if key not in frame.memory:
        asked = window(frame.case, child, gestore, month.stagione)
        frame.memory[key] = sum(month_of(day) == month.read for day in asked)
    found: int = frame.memory[key]
    return found


def month_fasce(frame: Frame, child: str, gestore: str, month: Month) -> tuple[str, ...]:
    """Fasce of a child of the plan that are paid in the month that is read, in the order of the provider."""
    key = ("fasce", child, gestore, month.read)
    if key not in frame.memory:
        frame.memory[key] = _paid_fasce(frame.plan, child, gestore, month)
    found: tuple[str, ...] = frame.memory[key]
    return found


def _paid_fasce(plan: Plan, child: str, gestore: str, month: Month) -> tuple[str, ...]:
    if month.stagione is None or plan.assigned.get((child, month.stagione)) != gestore:
        return ()
    booked = plan.fasce(child, month.stagione)
    return tuple(
        fascia.id
        for fascia in plan.case.gestori[gestore].fasce
        if fascia.id in booked
        and month.read in fascia_months(plan.case, child, gestore, fascia.id, month.stagione)
    )


def groups(plan: Plan, gestore: str, month: Month) -> tuple[frozenset[str], ...]:
    """List the sets of children of the plan who are together at some moment of the month that is read.

    Sets that are part of another one are left out: they never decide a peak.
    """
    if month.stagione is None:
        return ()
    by_day: dict[object, list[tuple[str, int]]] = {}
    for child in plan.children_at(gestore, month.stagione):
        for day, bits in month_presence(plan, child, gestore, month).items():
            by_day.setdefault(day, []).append((child, bits))
    found = {frozenset(group) for present_then in by_day.values() for group in together(present_then)}
    return tuple(one for one in found if not any(one < other for other in found))


def peak(frame: Frame, alike: Iterable[str], gestore: str, month: Month) -> int:
    """Largest number of children together at a provider in a month.

    Parameters
    ----------
    frame
        The plan.
    alike
        For each child, the child of the plan whose hours it has.
    gestore, month
        Where and when.
    """
    key = ("peak", gestore, month.read, *sorted(alike))
    if key not in frame.memory:
        number = Counter(key[3:])
        moments = ("moments", gestore, month.read)
        if moments not in frame.memory:
            frame.memory[moments] = groups(frame.plan, gestore, month)
        sizes = (sum(number[child] for child in group) for group in frame.memory[moments])
        frame.memory[key] = max(sizes, default=0)
    found: int = frame.memory[key]
    return found


# --- for the payers ----------------------------------------------------------------------------------------


def with_entered(case: Case, roll: Roll, first_like: Mapping[str, str]) -> Case:
    """Add the children who have entered: as the child whose hours they took, without ISEE, ICEF or siblings.

    Parameters
    ----------
    case
        The scenario.
    roll
        Children of the path.
    first_like
        Child that has entered -> child named by `come` in the event with which it entered.
    """
    if not roll.home:
        return case
    children: dict[str, Bambino] = dict(case.bambini)
    for name, convention in roll.home.items():
        alike = case.bambini[first_like[name]]
        changes = {"id": name, "azienda": convention[0], "isee": None, "icef": None, "fratello_di": None}
        children[name] = alike.model_copy(update=changes)
    # A memory of its own: another path may give the same name to another child.
    return replace(case, bambini=children, memory={})

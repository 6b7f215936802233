"""A plan to be judged: who goes where, what is booked and open, who works, how many places are reserved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from nido.matching.verifica.caso import BASE, Case, remembered
from nido.matching.verifica.finestre import Window
from nido.matching.verifica.presenze import part_presence, presence, working_days
from nido.matching.verifica.tempo import fasce_of, request_days, slots

Request = tuple[str, str]
Opening = tuple[str, str, str]
Agreement = tuple[str, str, str]
StaffKey = tuple[str, str, str, date | None]
Roster = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan joined to its case.

    Attributes
    ----------
    case
        The scenario.
    assigned
        (bambino, stagione) -> gestore, only for those served.
    booked
        (bambino, stagione) -> fasce booked; a request that books none may be absent.
    openings
        Open fasce as (gestore, fascia, stagione).
    staff
        (gestore, stagione, fascia or ``base``, day or None) -> interval -> band -> educators.
    places
        (azienda, gestore, stagione) -> places reserved.
    """

    case: Case
    assigned: Mapping[Request, str]
    booked: Mapping[Request, frozenset[str]]
    openings: frozenset[Opening]
    staff: Mapping[StaffKey, Roster]
    places: Mapping[Agreement, int]

    def fasce(self, bambino: str, stagione: str) -> frozenset[str]:
        """Fasce that a request has booked."""
        return self.booked.get((bambino, stagione), frozenset())

    def children_at(self, gestore: str, stagione: str) -> tuple[str, ...]:
        """Children served by a provider in a stagione."""
        return tuple(
            bambino
            for (bambino, season), provider in self.assigned.items()
            if season == stagione and provider == gestore
        )

    def booking(self, gestore: str, fascia: str, stagione: str) -> tuple[str, ...]:
        """Children who have booked a fascia in a stagione."""
        children = self.children_at(gestore, stagione)
        return tuple(bambino for bambino in children if fascia in self.fasce(bambino, stagione))

    def users(self, gestore: str, part: str, stagione: str) -> tuple[str, ...]:
        """Children who use a fascia; for the base hours all who are served."""
        if part == BASE:
            return self.children_at(gestore, stagione)
        return self.booking(gestore, part, stagione)

    def taking_part(self) -> tuple[tuple[str, str], ...]:
        """Providers and stagioni with at least one child, in the order of the scenario."""
        used = {(gestore, stagione) for (_, stagione), gestore in self.assigned.items()}
        pairs = ((gestore, stagione) for gestore in self.case.gestori for stagione in self.case.stagioni)
        return tuple(pair for pair in pairs if pair in used)

    def agreements(self) -> tuple[Agreement, ...]:
        """Agreements (azienda, gestore, stagione) with at least one child, sorted."""
        return tuple(
            sorted(
                {
                    (self.case.bambini[bambino].azienda, gestore, stagione)
                    for (bambino, stagione), gestore in self.assigned.items()
                }
            )
        )

    def members(self, agreement: Agreement) -> tuple[str, ...]:
        """Children served under an agreement, in the order of the scenario."""
        azienda, gestore, stagione = agreement
        served = set(self.children_at(gestore, stagione))
        return tuple(
            child.id
            for child in self.case.scenario.bambini
            if child.azienda == azienda and child.id in served
        )

    def presence(self, bambino: str, stagione: str) -> Window:
        """Presence of a served request."""
        gestore = self.assigned[bambino, stagione]
        return presence(self.case, bambino, gestore, stagione, self.fasce(bambino, stagione))

    def opened_at(self, gestore: str, stagione: str) -> tuple[str, ...]:
        """Open fasce of a provider in a stagione."""
        names = fasce_of(self.case, gestore, stagione)
        return tuple(name for name in names if (gestore, name, stagione) in self.openings)


@dataclass(frozen=True, slots=True)
class Moment:
    """Children who count together at some moment of a day.

    Attributes
    ----------
    day
        The day.
    in_base
        Whether the moment lies in the base hours, where the existing children are too.
    children
        Their ids.
    """

    day: date
    in_base: bool
    children: tuple[str, ...]


Package = frozenset[tuple[str, frozenset[str]]]


@remembered
def _moments(case: Case, gestore: str, stagione: str, package: Package) -> tuple[Moment, ...]:
    found: list[Moment] = []
    for part in (BASE, *fasce_of(case, gestore, stagione)):
        by_day: dict[date, list[tuple[str, int]]] = {}
        for bambino, booked in sorted(package, key=lambda item: item[0]):
            if part == BASE or part in booked:
                for day, bits in part_presence(case, bambino, gestore, stagione, part).items():
                    by_day.setdefault(day, []).append((bambino, bits))
        for day in sorted(by_day):
            found += [Moment(day, part == BASE, group) for group in together(by_day[day])]
    return tuple(found)


def present_moments(plan: Plan, gestore: str, stagione: str) -> tuple[Moment, ...]:
    """Give every different set of children present together, day by day."""
    children = plan.children_at(gestore, stagione)
    package = frozenset((bambino, plan.fasce(bambino, stagione)) for bambino in children)
    return _moments(plan.case, gestore, stagione, package)


def together(present: list[tuple[str, int]]) -> tuple[tuple[str, ...], ...]:
    """List the different groups that share an interval, from each one's intervals."""
    by_slot: dict[int, list[str]] = {}
    for bambino, bits in present:
        for slot in slots(bits):
            by_slot.setdefault(slot, []).append(bambino)
    return tuple(dict.fromkeys(tuple(group) for group in by_slot.values()))


def enrolled_moments(plan: Plan, gestore: str, stagione: str) -> Iterator[Moment]:
    """Give the children enrolled on each ordinary day, and those who booked on each day of a fascia."""
    for part in (BASE, *plan.opened_at(gestore, stagione)):
        users = plan.users(gestore, part, stagione)
        asked = {bambino: set(request_days(plan.case, bambino, stagione)) for bambino in users}
        for day in sorted(working_days(plan.case, gestore, part, stagione)):
            children = tuple(bambino for bambino in users if day in asked[bambino])
            if children:
                yield Moment(day, part == BASE, children)

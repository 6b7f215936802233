"""Conventions of a plan, their clauses, and when they live (docs/clausole.md, sections 2 and 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nido.matching.verifica.caso import Case
from nido.matching.verifica.clausole.mesi import Month, index_of, months, months_of_days
from nido.matching.verifica.piano import Plan
from nido.scenari.accordo_quadro import Disdice, Evento, Recede
from nido.scenari.clausole import Clausole

Convention = tuple[str, str]


def clauses_of(case: Case, convention: Convention) -> Clausole:
    """Give the clauses in force: the common ones, changed by every exception that concerns it, in order."""
    azienda, gestore = convention
    agreed = case.scenario.accordo_quadro
    found = {name: getattr(agreed.clausole, name) for name in Clausole.model_fields}
    for exception in agreed.eccezioni:
        if exception.azienda not in (None, azienda) or exception.gestore not in (None, gestore):
            continue
        for name in exception.senza:
            found[name] = None
        for name in Clausole.model_fields:
            own = getattr(exception.clausole, name)
            if own is not None:
                found[name] = own
    return Clausole.model_construct(**{name: found[name] for name in Clausole.model_fields})


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A plan with what was agreed.

    Attributes
    ----------
    plan
        The plan, taken as it is.
    months
        Months of the agreements.
    clauses
        Clauses of every convention (azienda, gestore), in the order of companies and then providers.
    memory
        Answers already given about the plan.
    """

    plan: Plan
    months: tuple[Month, ...]
    clauses: Mapping[Convention, Clausole]
    memory: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The scenario."""
        return self.plan.case

    def base(self, convention: Convention, month: Month) -> int:
        """Places of the plan's agreement in the season of a month."""
        if month.stagione is None:
            return 0
        return self.plan.places.get((*convention, month.stagione), 0)


def build_frame(plan: Plan) -> Frame:
    """Find the conventions of a plan and their clauses."""
    case = plan.case
    signed = {(azienda, gestore) for azienda, gestore, _ in plan.places}
    ordered = [
        (azienda, gestore)
        for azienda in case.aziende
        for gestore in case.gestori
        if (azienda, gestore) in signed
    ]
    return Frame(plan, months(case), {convention: clauses_of(case, convention) for convention in ordered})


def _minimum(clauses: Clausole) -> int:
    return clauses.durata_minima.mesi if clauses.durata_minima else 0


def notice(clauses: Clausole) -> int:
    """Months of notice for one place."""
    return months_of_days(clauses.preavviso.giorni) if clauses.preavviso else 0


def earliest(clauses: Clausole, month: int) -> int:
    """First month in which a notice given in a month may have effect."""
    return max(month + notice(clauses), _minimum(clauses))


def may_release(clauses: Clausole, september: int) -> bool:
    """Tell whether places without a child may be given back in a September."""
    return september >= _minimum(clauses)


def end_of(frame: Frame, convention: Convention, events: Iterable[Evento]) -> int:
    """First month in which a convention has ended, its places and seasons apart."""
    case, clauses = frame.case, frame.clauses[convention]
    leaving = [
        index_of(case, event.mese)
        for event in events
        if isinstance(event, Recede) and (event.azienda, event.gestore) == convention
    ]
    renewal = clauses.rinnovo
    if renewal is None:
        return min([len(frame.months), *(earliest(clauses, month) for month in leaving)])
    first = clauses.durata_minima.mesi if clauses.durata_minima else renewal.mesi
    ends = [first + time * renewal.mesi for time in range(renewal.volte + 1)]
    for end in ends:
        if any(month <= end - renewal.preavviso_mesi for month in leaving):
            return end
    return ends[-1]


def is_alive(frame: Frame, convention: Convention, month: Month, end: int) -> bool:
    """Tell whether a convention that ends at a month is alive in another."""
    seasons = frame.clauses[convention].solo_stagioni
    if seasons is not None and month.stagione not in seasons.stagioni:
        return False
    return month.index < end and frame.base(convention, month) > 0


def given_up(frame: Frame, convention: Convention, events: Iterable[Evento]) -> list[tuple[int, int]]:
    """List the notices of a convention as (first month in which they may have effect, places)."""
    clauses = frame.clauses[convention]
    return [
        (earliest(clauses, index_of(frame.case, event.mese)), event.posti)
        for event in events
        if isinstance(event, Disdice) and (event.azienda, event.gestore) == convention
    ]

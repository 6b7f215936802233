"""Events as a document writes them, and whether a plan can have them (docs/clausole.md, 2, 5 and 10)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from nido.data.lingua import text
from nido.matching.verifica.clausole.bambini import hired
from nido.matching.verifica.clausole.mesi import index_of
from nido.matching.verifica.clausole.patti import Frame
from nido.matching.verifica.violazione import Violation
from nido.scenari.accordo_quadro import (
    Assume,
    CambiaTurno,
    Disdice,
    Entra,
    Esce,
    Evento,
    Recede,
)

NAME = "percorsi"
DRAWN = (Esce, Disdice, CambiaTurno, Entra)
_EVENTS: TypeAdapter[tuple[Evento, ...]] = TypeAdapter(tuple[Evento, ...])


def read_events(rows: Sequence[Mapping[str, Any]]) -> tuple[Evento, ...] | None:
    """Read the events of a document; None when they are not events."""
    try:
        return _EVENTS.validate_python([dict(row) for row in rows])
    except ValidationError:
        return None


def event_problems(frame: Frame, where: str, events: Iterable[Evento]) -> list[Violation]:
    """Find the events that a plan cannot have."""
    found: list[Violation] = []
    entered: dict[str, set[str]] = {}
    hires = 0
    for place, event in enumerate(events):
        hires += isinstance(event, Assume)
        problem = _problem(frame, event, entered, hires)
        if problem is not None:
            found.append(Violation(NAME, f"{where}.eventi[{place}]", problem))
    return found


def _problem(frame: Frame, event: Evento, entered: dict[str, set[str]], hires: int) -> str | None:
    """Judge one event; who enters is added to those who have entered, with the provider."""
    if isinstance(event, Entra | Assume):
        new = [event.bambino] if isinstance(event, Entra) else hired(hires, event)
        taken = any(name in frame.case.bambini or name in entered for name in new)
        if taken:
            return text("sigla già usata", "the id is already used")
        entered.update({name: {event.gestore} for name in new})
    if isinstance(event, Entra | Assume | Disdice | Recede):
        if (event.azienda, event.gestore) not in frame.clauses:
            return text("non è una convenzione del piano", "is not a convention of the plan")
        providers = {event.gestore}
    else:
        providers = entered.get(event.bambino) or providers_of(frame, event.bambino)
        if not providers:
            return text("bambino che il piano non serve", "a child whom the plan does not serve")
    if isinstance(event, Entra | Assume | CambiaTurno) and not providers & providers_of(frame, event.come):
        return text("come: il piano non lo serve lì", "come: the plan does not serve it there")
    return None


def providers_of(frame: Frame, child: str) -> set[str]:
    """Providers by whom the plan serves a child in some season."""
    return {gestore for (name, _), gestore in frame.plan.assigned.items() if name == child}


def drawn_problems(frame: Frame, where: str, events: Sequence[Evento]) -> list[Violation]:
    """Find what a drawn path cannot hold: other kinds of event, other months, another order."""
    found: list[Violation] = []
    before = 1
    for place, event in enumerate(events):
        month = index_of(frame.case, event.mese)
        kind = isinstance(event, DRAWN)
        if not kind or not before <= month < len(frame.months):
            sentence = text("non può essere sorteggiato qui", "cannot be drawn here")
            found.append(Violation(NAME, f"{where}.eventi[{place}]", sentence))
        before = max(before, month)
    return found

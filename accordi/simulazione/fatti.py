"""What happens in a course, event by event: whose convention it concerns, and nobody's name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import Corso
from nido.accordi.simulazione.presenti import hired_id
from nido.scenari.accordo_quadro import Assume, CambiaTurno, Disdice, Entra, Esce, Evento, Recede

Tipo = Literal["entra", "esce", "cambia_turno", "disdice", "recede", "rifiuta"]
Coppia = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Fatto:
    """Something that happens.

    Attributes
    ----------
    tipo
        What: children enter (also hired), leave, change shift, decline; places are given up; the company
        withdraws.
    mese
        When.
    quanti
        Children, or places; 1 for who withdraws.
    coppie
        The conventions (azienda, gestore) that it concerns: several where a child goes to several gestori.
    """

    tipo: Tipo
    mese: str
    quanti: int
    coppie: tuple[Coppia, ...]


def facts_of(plan: Plan, corso: Corso) -> tuple[Fatto, ...]:
    """List what happens in a course, in order."""
    return tuple(_facts(plan, corso))


def _facts(plan: Plan, corso: Corso) -> Iterator[Fatto]:
    homes: dict[str, tuple[Coppia, ...]] = {}
    for convenzione in plan.convenzioni:
        for bambino in convenzione.bambini:
            homes[bambino] = (*homes.get(bambino, ()), convenzione.key)
    hirings = 0
    for event in corso.eventi:
        if isinstance(event, Entra):
            homes[event.bambino] = ((event.azienda, event.gestore),)
        elif isinstance(event, Assume):
            hirings += 1
            pair = ((event.azienda, event.gestore),)
            homes |= {hired_id(hirings, number): pair for number in range(1, event.numero + 1)}
        yield _fact(event, homes)


def _fact(event: Evento, homes: Mapping[str, tuple[Coppia, ...]]) -> Fatto:
    if isinstance(event, Assume):
        return Fatto("entra", event.mese, event.numero, ((event.azienda, event.gestore),))
    if isinstance(event, Disdice):
        return Fatto("disdice", event.mese, event.posti, ((event.azienda, event.gestore),))
    if isinstance(event, Recede):
        return Fatto("recede", event.mese, 1, ((event.azienda, event.gestore),))
    where = homes.get(event.bambino, ())
    if isinstance(event, Entra):
        return Fatto("entra", event.mese, 1, where)
    if isinstance(event, Esce):
        return Fatto("esce", event.mese, 1, where)
    return Fatto("cambia_turno" if isinstance(event, CambiaTurno) else "rifiuta", event.mese, 1, where)

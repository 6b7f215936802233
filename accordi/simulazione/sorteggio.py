"""Courses of events drawn from yearly rates (docs/clausole.md, section 10)."""

import random
from collections.abc import Iterator, Sequence

from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.orizzonte import MONTHS_IN_YEAR, Mese
from nido.matching.solution import Assignment
from nido.scenari.accordo_quadro import CambiaTurno, Disdice, Entra, Esce, Evento, PercorsiGenerati

NEWCOMER = "NG"


def drawn_events(plan: Plan, rates: PercorsiGenerati, number: int) -> tuple[Evento, ...]:
    """Draw the events of one course.

    Parameters
    ----------
    plan
        The plan, laid out.
    rates
        Yearly rates and seed.
    number
        Number of the course, from 1: courses are drawn apart, so that one does not change another.

    Returns
    -------
    tuple of Evento
        In order of month.
    """
    draw = random.Random(f"{rates.seme}-{number}")
    return tuple(_Draw(plan, rates, draw).events())


class _Draw:
    def __init__(self, plan: Plan, rates: PercorsiGenerati, draw: random.Random) -> None:
        self.plan, self.draw, self.rates = plan, draw, rates
        yearly = (rates.uscite_anno, rates.cambi_anno, rates.ingressi_anno)
        self.leaves, self.changes, self.enters = (_monthly(float(rate)) for rate in yearly)
        self.gone: set[str] = set()
        taken = {bambino.id for bambino in plan.scenario.bambini}
        self.names = (name for name in _names() if name not in taken)

    def events(self) -> Iterator[Evento]:
        for mese in self.plan.mesi[1:]:
            there = [
                self.plan.served[bambino, mese.stagione]
                for bambino in self.plan.bambini
                if mese.stagione is not None and (bambino, mese.stagione) in self.plan.served
            ]
            there = [one for one in there if mese.riferimento in one.mesi]
            for served in there:
                if served.bambino not in self.gone:
                    yield from self._child(mese, served, there)

    def _child(self, mese: Mese, served: Assignment, there: Sequence[Assignment]) -> Iterator[Evento]:
        month = mese.mese
        if self.draw.random() < self.leaves:
            self.gone.add(served.bambino)
            yield Esce(tipo="esce", mese=month, bambino=served.bambino)
            if self.draw.random() < float(self.rates.disdetta):
                pair = {"azienda": served.azienda, "gestore": served.gestore}
                yield Disdice(tipo="disdice", mese=month, posti=1, **pair)
            return
        if self.draw.random() < self.changes:
            others = [one for one in there if one.gestore == served.gestore and one is not served]
            if others:
                like = others[self.draw.randrange(len(others))].bambino
                yield CambiaTurno(tipo="cambia_turno", mese=month, bambino=served.bambino, come=like)
        if self.draw.random() < self.enters:
            yield Entra(
                tipo="entra",
                mese=month,
                bambino=next(self.names),
                azienda=served.azienda,
                gestore=served.gestore,
                come=served.bambino,
            )


def _monthly(yearly: float) -> float:
    """Turn the chance of something in a year into that of a month."""
    return float(1 - (1 - yearly) ** (1 / MONTHS_IN_YEAR))


def _names() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{NEWCOMER}{number}"

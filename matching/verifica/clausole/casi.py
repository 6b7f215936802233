"""Paths, their weights, and the least, expected and most of every party (docs/clausole.md, section 10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from nido.matching.verifica.caso import Case
from nido.matching.verifica.clausole.patti import Frame
from nido.matching.verifica.pagatori import UNPAID, payer_name
from nido.matching.verifica.violazione import half_up
from nido.scenari.accordo_quadro import Evento

PLAN = "piano"
NOBODY = "nessuno_entra"
COMPANY = "azienda:"


@dataclass(frozen=True, slots=True)
class Course:
    """A path as the scenario asks for it.

    Attributes
    ----------
    id, nome
        Its names; the long one is None where the scenario does not give it.
    weight
        What it counts for in the expected case.
    events
        Its events; None for those of a drawn path, which the document holds.
    nobody
        Whether no child of the plan comes.
    """

    id: str
    nome: str | None
    weight: Fraction
    events: tuple[Evento, ...] | None = ()
    nobody: bool = False


def courses(case: Case) -> list[Course]:
    """List the paths that a document must hold, in order."""
    agreed = case.scenario.accordo_quadro
    stated = [
        Course(course.id, course.nome, Fraction(course.probabilita), tuple(course.eventi))
        for course in agreed.percorsi
    ]
    rest = 1 - sum((course.weight for course in stated), Fraction(0))
    number = 0 if agreed.percorsi_generati is None else agreed.percorsi_generati.numero
    drawn = [Course(f"sorteggio-{place}", None, rest / number, None) for place in range(1, number + 1)]
    plan = Course(PLAN, None, Fraction(0) if drawn else rest)
    return [plan, Course(NOBODY, None, Fraction(0), nobody=True), *stated, *drawn]


class Party(NamedTuple):
    """Who pays or is paid: a role of the closed list and a name."""

    ruolo: str
    parte: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a path costs every payer, and what it gives every provider, in cents."""

    payers: Mapping[str, int]
    providers: Mapping[str, int]

    def of(self, party: Party) -> int:
        """Amount of a party."""
        if party.ruolo == "gestore":
            return self.providers.get(party.parte, 0)
        name = f"{COMPANY}{party.parte}" if party.ruolo == "azienda" else party.parte
        return self.payers.get(name, 0)


def parties(frame: Frame, amounts: Sequence[Amounts]) -> list[Party]:
    """List companies and providers with a convention, and the other payers who pay in some path."""
    case = frame.case
    companies = {azienda for azienda, _ in frame.clauses}
    providers = {gestore for _, gestore in frame.clauses}
    stack = [payer_name(payer, "") for payer in case.scenario.pagatori]
    others = dict.fromkeys(name for name in (*stack, UNPAID) if not name.startswith(COMPANY))
    return [
        *(Party("azienda", name) for name in case.aziende if name in companies),
        *(Party("gestore", name) for name in case.gestori if name in providers),
        *(Party("pagatore", name) for name in others if any(one.payers.get(name, 0) for one in amounts)),
    ]


class Range(NamedTuple):
    """Least, expected and most of a party, each extreme with its first path."""

    minimo_cent: int
    minimo_percorso: str
    atteso_cent: int
    massimo_cent: int
    massimo_percorso: str


def range_of(party: Party, paths: Sequence[tuple[Course, Amounts]]) -> Range:
    """Find the least, expected and most of a party."""
    cents = [(amounts.of(party), course.id) for course, amounts in paths]
    least = min(cents, key=lambda one: one[0])
    most = max(cents, key=lambda one: one[0])
    expected = sum((course.weight * amounts.of(party) for course, amounts in paths), Fraction(0))
    return Range(*least, half_up(expected), *most)

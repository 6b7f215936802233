"""The courses of events that are played, their weights, and whether the plan allows them."""

from collections.abc import Iterator
from fractions import Fraction

from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import Corso
from nido.accordi.simulazione.presenti import hired_id
from nido.accordi.simulazione.sorteggio import drawn_events
from nido.data.lingua import text
from nido.data.problems import EXIT_INVALID_INPUT, NidoError
from nido.scenari.accordo_quadro import Assume, CambiaTurno, Disdice, Entra, Evento, Percorso, Recede

PLAN, NOBODY = "piano", "nessuno_entra"
DRAWN = "sorteggio-"


class CourseError(NidoError):
    """A course of events that the plan does not allow."""

    exit_code = EXIT_INVALID_INPUT


def courses(plan: Plan) -> tuple[Corso, ...]:
    """List the courses of a scenario (docs/clausole.md, section 10).

    Parameters
    ----------
    plan
        The plan, laid out.

    Returns
    -------
    tuple of Corso
        The plan as it is, nobody at all, those of the scenario, those drawn; their weights sum to one.

    Raises
    ------
    CourseError
        If an event names a child that the plan does not serve there, or a pair without an agreement; it holds
        every such event.
    """
    framework = plan.scenario.accordo_quadro
    check_courses(plan)
    stated = sum((Fraction(one.probabilita) for one in framework.percorsi), Fraction(0))
    drawn = framework.percorsi_generati
    left = 1 - stated
    every = [
        Corso(PLAN, text("Il piano", "The plan"), Fraction(0) if drawn else left),
        Corso(NOBODY, text("Nessuno entra", "Nobody enters"), Fraction(0), vuoto=True),
        *(Corso(one.id, one.nome, Fraction(one.probabilita), one.eventi) for one in framework.percorsi),
    ]
    if drawn is not None:
        weight = left / drawn.numero
        for number in range(1, drawn.numero + 1):
            name = text("Sorteggio {number}", "Draw {number}", number=number)
            events = drawn_events(plan, drawn, number)
            every.append(Corso(f"{DRAWN}{number}", name, weight, events, per_esteso=False))
    return tuple(every)


def check_courses(plan: Plan) -> None:
    """Refuse the scenario's courses that its plan does not allow.

    Raises
    ------
    CourseError
        With every event that cannot happen, named by its course and position.
    """
    found: list[str] = []
    for percorso in plan.scenario.accordo_quadro.percorsi:
        for number, sentence in _wrong(plan, percorso):
            found.append(
                text(
                    "accordo_quadro.percorsi[{id}].eventi[#{number}]: {sentence}",
                    "accordo_quadro.percorsi[{id}].eventi[#{number}]: {sentence}",
                    id=percorso.id,
                    number=number,
                    sentence=sentence,
                )
            )
    if found:
        raise CourseError("\n".join(found))


def _wrong(plan: Plan, percorso: Percorso) -> Iterator[tuple[int, str]]:
    """Give the events of a course that cannot happen: their number, from 1, and why."""
    entered: dict[str, str] = {}
    hirings = 0
    for number, event in enumerate(percorso.eventi, start=1):
        for sentence in _about(plan, event, entered):
            yield number, sentence
        if isinstance(event, Entra):
            entered[event.bambino] = event.gestore
        elif isinstance(event, Assume):
            hirings += 1
            entered |= {hired_id(hirings, k): event.gestore for k in range(1, event.numero + 1)}


def _about(plan: Plan, event: Evento, entered: dict[str, str]) -> Iterator[str]:
    if isinstance(event, Entra | Assume | Disdice | Recede):
        if plan.convention(event.azienda, event.gestore) is None:
            yield text(
                "nel piano {azienda} non ha un accordo con {gestore}",
                "in the plan {azienda} has no agreement with {gestore}",
                azienda=event.azienda,
                gestore=event.gestore,
            )
    elif event.bambino not in entered and event.bambino not in plan.bambini:
        yield text("il piano non serve {bambino}", "the plan does not serve {bambino}", bambino=event.bambino)
        return
    if isinstance(event, Entra | Assume):
        providers = frozenset({event.gestore})
    elif isinstance(event, CambiaTurno):
        own = entered.get(event.bambino)
        providers = plan.providers_of(event.bambino) if own is None else frozenset({own})
    else:
        return
    if not providers & plan.providers_of(event.come):
        yield text(
            "come: il piano non serve {come} presso {gestori}",
            "come: the plan does not serve {come} at {gestori}",
            come=event.come,
            gestori=", ".join(sorted(providers)),
        )

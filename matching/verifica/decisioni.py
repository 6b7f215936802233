"""What holds whatever rules are off: bookings, openings and presence (docs/modello.md, section 6)."""

from nido.data.lingua import text
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.presenze import bookable
from nido.matching.verifica.tempo import fasce_of
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "decisioni"
fonte = "docs/modello.md, sezione 6"


def applies(scenario: Scenario) -> bool:
    """Tell that there is always something to check."""
    return bool(scenario.stagioni)


def check(plan: Plan) -> list[Violation]:
    """Check that requests exist, bookings make sense and openings are used."""
    return [*_requests(plan), *_bookings(plan), *_openings(plan)]


def _requests(plan: Plan) -> list[Violation]:
    asked = set(requests(plan.case))
    found: list[Violation] = []
    for (bambino, stagione), gestore in plan.assigned.items():
        where = f"{bambino}/{gestore}/{stagione}"
        if (bambino, stagione) not in asked:
            found.append(Violation(name, where, text("nessuna richiesta da servire", "no request to serve")))
        elif not plan.presence(bambino, stagione):
            found.append(Violation(name, where, text("servito ma mai presente", "served but never present")))
    return found


def _bookings(plan: Plan) -> list[Violation]:
    found: list[Violation] = []
    for (bambino, stagione), fasce in plan.booked.items():
        gestore = plan.assigned.get((bambino, stagione))
        for fascia in sorted(fasce):
            where = f"{bambino}/{fascia}/{stagione}"
            if gestore is None:
                sentence = text("prenota senza essere servito", "books without being served")
                found.append(Violation(name, where, sentence))
                continue
            if (gestore, fascia, stagione) not in plan.openings:
                sentence = text("prenota una fascia chiusa", "books a fascia that is closed")
                found.append(Violation(name, where, sentence))
            if fascia not in bookable(plan.case, bambino, gestore, stagione):
                sentence = text(
                    "prenota una fascia che la sua finestra non tocca",
                    "books a fascia its window never touches",
                )
                found.append(Violation(name, where, sentence))
    return found


def _openings(plan: Plan) -> list[Violation]:
    found: list[Violation] = []
    for gestore, fascia, stagione in sorted(plan.openings):
        where = f"{gestore}/{fascia}/{stagione}"
        if fascia not in fasce_of(plan.case, gestore, stagione):
            sentence = text("la fascia non ha giorni nella stagione", "the fascia has no day in the stagione")
            found.append(Violation(name, where, sentence))
        elif not plan.case.fascia(gestore, fascia).gia_aperta and not plan.booking(gestore, fascia, stagione):
            found.append(Violation(name, where, text("nessuno la prenota", "nobody books it")))
    return found

"""Check half of the rule `idoneita`: who may be where."""

from datetime import date

from nido.data.lingua import text
from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import offered
from nido.matching.verifica.tempo import add_months, request_days
from nido.matching.verifica.viaggio import detour
from nido.matching.verifica.violazione import Violation
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

name = "idoneita"
fonte = "L.P. 4/2002 art. 6-bis; scelta dello scenario per distanza e desideri"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.idoneita.attiva


def _accreditation(provider: Gestore, first: date, last: date) -> str | None:
    if not provider.accreditato:
        return text("il gestore non è accreditato", "the provider is not accredited")
    start, end = provider.accreditato_dal, provider.accreditato_al
    if (start is not None and first < start) or (end is not None and last > end):
        return text(
            "richiesta dal {first} al {last}, fuori dal periodo di accreditamento",
            "request from {first} to {last}, outside the accreditation period",
            first=first,
            last=last,
        )
    return None


@remembered
def obstacles(case: Case, bambino: str, gestore: str, stagione: str) -> tuple[str, ...]:
    """Say why a child may not be at a provider in a stagione; nothing means that it may."""
    child, provider = case.bambini[bambino], case.gestori[gestore]
    rule = case.scenario.regole.idoneita
    days = request_days(case, bambino, stagione)
    found: list[str | None] = []
    if days and rule.solo_accreditati:
        found.append(_accreditation(provider, days[0], days[-1]))
    minimum = provider.eta_minima_mesi
    if days and minimum is not None and add_months(child.nascita, minimum) > days[0]:
        found.append(
            text(
                "il {day} non ha ancora l'età minima (in mesi: {months})",
                "on {day} is not yet of the smallest age (in months: {months})",
                day=days[0],
                months=minimum,
            )
        )
    extra, limit = detour(case, bambino, gestore), rule.deviazione_massima_minuti
    if limit is not None and extra > limit:
        found.append(
            text("deviazione {extra} min > {limit}", "detour {extra} min > {limit}", extra=extra, limit=limit)
        )
    if gestore in child.esclusi:
        found.append(text("gestore escluso dalla famiglia", "provider excluded by the family"))
    if rule.solo_desideri and gestore not in child.desideri:
        found.append(text("gestore fuori dai desideri", "provider not among the wishes"))
    if offered(case, gestore, stagione) <= 0:
        found.append(text("nessun posto offerto nella stagione", "no place offered in the stagione"))
    return tuple(reason for reason in found if reason is not None)


def check(plan: Plan) -> list[Violation]:
    """Check every assignment."""
    return [
        Violation(name, f"{bambino}/{gestore}/{stagione}", reason)
        for (bambino, stagione), gestore in plan.assigned.items()
        for reason in obstacles(plan.case, bambino, gestore, stagione)
    ]

"""Check half of the rule `posti_riservati`: places of the agreements."""

from nido.data.lingua import text
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import offered, peak_of
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "posti_riservati"
fonte = "accordo quadro"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.posti_riservati.attiva


def check(plan: Plan) -> list[Violation]:
    """Check places against presence, the provider's minimum and the places offered."""
    case = plan.case
    found: list[Violation] = []
    for agreement in sorted({*plan.agreements(), *plan.places}):
        reserved, needed = plan.places.get(agreement, 0), peak_of(plan, agreement)
        minimum = case.gestori[agreement[1]].posti_minimi_accordo
        if reserved < needed:
            sentence = text(
                "posti riservati: {reserved}, presenti insieme: {needed}",
                "places reserved: {reserved}, present together: {needed}",
                reserved=reserved,
                needed=needed,
            )
            found.append(Violation(name, "/".join(agreement), sentence))
        if 0 < reserved < minimum:
            sentence = text(
                "posti riservati: {reserved}, minimo del gestore: {minimum}",
                "places reserved: {reserved}, smallest of the provider: {minimum}",
                reserved=reserved,
                minimum=minimum,
            )
            found.append(Violation(name, "/".join(agreement), sentence))
    if not case.scenario.regole.posti_riservati.condivisione_tra_aziende:
        found += _too_many(plan)
    return found


def _too_many(plan: Plan) -> list[Violation]:
    totals: dict[tuple[str, str], int] = {}
    for (_, gestore, stagione), reserved in plan.places.items():
        totals[gestore, stagione] = totals.get((gestore, stagione), 0) + reserved
    return [
        Violation(
            name,
            f"{gestore}/{stagione}",
            text(
                "posti riservati: {total}, offerti: {places}",
                "places reserved: {total}, offered: {places}",
                total=total,
                places=offered(plan.case, gestore, stagione),
            ),
        )
        for (gestore, stagione), total in sorted(totals.items())
        if total > offered(plan.case, gestore, stagione)
    ]

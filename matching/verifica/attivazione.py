"""Check half of the rule `attivazione`: when a fascia may open."""

from nido.data.lingua import text
from nido.matching.verifica.costi import fascia_cost
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.tempo import fascia_months
from nido.matching.verifica.violazione import Violation, cents, euro_text
from nido.scenari.schema import Scenario

name = "attivazione"
fonte = "soglie in uso: Primiero, Verona"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.attivazione.attiva


def check(plan: Plan) -> list[Violation]:
    """Check the threshold and the cost per child-month of every fascia that the plan opens."""
    case, rule = plan.case, plan.case.scenario.regole.attivazione
    found: list[Violation] = []
    for gestore, fascia, stagione in sorted(plan.openings):
        item = case.fascia(gestore, fascia)
        if item.gia_aperta:
            continue
        where = f"{gestore}/{fascia}/{stagione}"
        children = plan.booking(gestore, fascia, stagione)
        threshold = rule.soglia if item.soglia_attivazione is None else item.soglia_attivazione
        if len(children) < threshold:
            sentence = text(
                "bambini che la prenotano: {number}, soglia: {threshold}",
                "children who book it: {number}, threshold: {threshold}",
                number=len(children),
                threshold=threshold,
            )
            found.append(Violation(name, where, sentence))
        if rule.costo_massimo_per_bambino is None:
            continue
        months = sum(len(fascia_months(case, child, gestore, fascia, stagione)) for child in children)
        limit = cents(rule.costo_massimo_per_bambino) * months
        cost = fascia_cost(plan, gestore, fascia, stagione)
        if cost > limit:
            sentence = text(
                "costa {cost}, massimo {limit} (mesi-bambino: {months})",
                "costs {cost}, at most {limit} (child-months: {months})",
                cost=euro_text(cost),
                limit=euro_text(limit),
                months=months,
            )
            found.append(Violation(name, where, sentence))
    return found

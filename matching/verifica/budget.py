"""Check half of the rule `budget`: spending and places of each company, on exact amounts."""

from fractions import Fraction

from nido.data.lingua import text
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import spending
from nido.matching.verifica.violazione import Violation, cents, euro_text
from nido.scenari.schema import Scenario

name = "budget"
fonte = "accordo quadro"


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force and some company has a limit."""
    limited = (item.budget_annuo is not None or item.posti_massimi is not None for item in scenario.aziende)
    return scenario.regole.budget.attiva and any(limited)


def check(plan: Plan) -> list[Violation]:
    """Check every company with a limit."""
    found: list[Violation] = []
    for company in plan.case.scenario.aziende:
        if company.budget_annuo is not None:
            limit = cents(company.budget_annuo)
            share = Fraction(company.quota) * spending(plan, company.id)
            if share > limit:
                sentence = text(
                    "a carico {share}, budget {limit}",
                    "charged {share}, budget {limit}",
                    share=euro_text(share),
                    limit=euro_text(limit),
                )
                found.append(Violation(name, company.id, sentence))
        if company.posti_massimi is not None:
            found += _places(plan, company.id, company.posti_massimi)
    return found


def _places(plan: Plan, azienda: str, limit: int) -> list[Violation]:
    found: list[Violation] = []
    for stagione in plan.case.stagioni:
        total = sum(
            number
            for (company, _, season), number in plan.places.items()
            if (company, season) == (azienda, stagione)
        )
        if total > limit:
            sentence = text(
                "posti riservati: {total}, massimo {limit}",
                "places reserved: {total}, at most {limit}",
                total=total,
                limit=limit,
            )
            found.append(Violation(name, f"{azienda}/{stagione}", sentence))
    return found

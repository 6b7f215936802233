"""Requests served in part: exactly those with uncovered minutes, with their provider."""

from collections.abc import Iterable

from nido.data.lingua import text
from nido.matching.verifica.forma import Table
from nido.matching.verifica.livelli import uncovered
from nido.matching.verifica.motivi import rules_of
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation

NAME = "parziali"


def partly_served(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check that the table lists every request served in part, once, with its true numbers."""
    case = plan.case
    wanted = {
        (bambino, stagione): (case.bambini[bambino].azienda, gestore, uncovered(plan, bambino, stagione))
        for (bambino, stagione), gestore in plan.assigned.items()
        if uncovered(plan, bambino, stagione)
    }
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"{NAME}[{place}]"
        stated = (row["azienda"], row["gestore"], row["minuti_scoperti"])
        if wanted.pop((row["bambino"], row["stagione"]), None) != stated:
            sentence = text("non è una richiesta servita in parte così", "no request is served in part so")
            found.append(Violation(NAME, where, sentence))
        found += _reasons(plan, row["motivi"], where)
    missing = text("servita in parte e non elencata", "served in part and not listed")
    return found + [Violation(NAME, "/".join(request), missing) for request in sorted(wanted)]


def _reasons(plan: Plan, reasons: Iterable[Table], where: str) -> list[Violation]:
    """Check that reasons name known providers, each once, and rules or tiers in force."""
    found: list[Violation] = []
    seen: set[str | None] = set()
    for reason in reasons:
        name = reason["gestore"]
        if name not in plan.case.gestori or name in seen or reason["regola"] not in rules_of(plan.case):
            sentence = text("motivo che non può essere", "reason that cannot be")
            found.append(Violation(NAME, f"{where}/{name}", sentence))
        seen.add(name)
    return found

"""Requests served in part: exactly those with uncovered minutes, with their provider and reasons."""

from collections.abc import Iterable

from nido.data.lingua import text
from nido.matching.verifica.forma import Table
from nido.matching.verifica.livelli import uncovered
from nido.matching.verifica.motivi import PARTLY, check_reasons
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.violazione import Violation


def partly_served(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check that the table lists every request served in part, once, with its true numbers and reasons."""
    case = plan.case
    wanted = {
        (bambino, stagione): (case.bambini[bambino].azienda, gestore, uncovered(plan, bambino, stagione))
        for (bambino, stagione), gestore in plan.assigned.items()
        if uncovered(plan, bambino, stagione)
    }
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"{PARTLY}[{place}]"
        request = (row["bambino"], row["stagione"])
        stated = (row["azienda"], row["gestore"], row["minuti_scoperti"])
        if wanted.pop(request, None) != stated:
            sentence = text("non è una richiesta servita in parte così", "no request is served in part so")
            found.append(Violation(PARTLY, where, sentence))
            continue
        found += check_reasons(case, request, row["motivi"], where, below=row["minuti_scoperti"])
    missing = text("servita in parte e non elencata", "served in part and not listed")
    return found + [Violation(PARTLY, "/".join(request), missing) for request in sorted(wanted)]

"""What was asked with ``--spiega``: the right requests of the right child; the changes need the solver."""

from nido.data.lingua import text
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.forma import Table
from nido.matching.verifica.livelli import uncovered
from nido.matching.verifica.piano import Plan, Request
from nido.matching.verifica.violazione import Violation

NAME = "spiegazioni"


def explanations(plan: Plan, document: Table) -> list[Violation]:
    """Check that the explanations are those of the child that the manifest names, or that there are none.

    None is right for any child: Ctrl-C leaves them out.
    """
    rows = document[NAME]
    if not rows:
        return []
    wanted = _wanted(plan, document["manifesto"]["parametri"].get("spiega"))
    found: list[Violation] = []
    for place, row in enumerate(rows):
        where = f"{NAME}[{place}]"
        if wanted.pop((row["bambino"], row["stagione"]), None) != row["chiesto"]:
            sentence = text("nessuno ha chiesto di spiegarlo", "nobody asked for this explanation")
            found.append(Violation(NAME, where, sentence))
        found += _changes(plan, row, where)
    missing = text("spiegazione mancante", "explanation left out")
    return found + [Violation(NAME, "/".join(request), missing) for request in wanted]


def _wanted(plan: Plan, bambino: object) -> dict[Request, str]:
    """List the requests of a child that the plan does not cover in full, and what is asked for each."""
    mine = (request for request in requests(plan.case) if request[0] == bambino)
    asked = {
        request: "copertura_piena" if request in plan.assigned else "posto"
        for request in mine
        if request not in plan.assigned or uncovered(plan, *request)
    }
    return asked


def _changes(plan: Plan, row: Table, where: str) -> list[Violation]:
    changes = row["modifiche"]
    found = [
        Violation(NAME, where, text("gestore sconosciuto", "unknown gestore"))
        for change in changes
        if change["gestore"] not in plan.case.gestori
    ]
    costs = [change["costo_aggiuntivo_cent"] for change in changes]
    if costs != sorted(costs):
        sentence = text("la meno costosa non è la prima", "the cheapest is not the first")
        found.append(Violation(NAME, where, sentence))
    return found

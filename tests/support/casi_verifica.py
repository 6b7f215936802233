"""Small scenarios for the check halves, and a correct document for a plan.

October 2026 begins on a Thursday and has 22 days from Monday to Friday, none of them a holiday.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from nido.matching.verifica import broken_rules
from nido.matching.verifica.caso import Case, build_case
from nido.matching.verifica.completa import complete
from nido.matching.verifica.piano import Plan
from nido.scenari.schema import Scenario

Matrix = Mapping[tuple[str, str], int]
PERGINE = "Pergine Valsugana"
LEVICO = "Levico Terme"
AUTUNNO = {"id": "autunno", "inizio": "2026-10-01", "fine": "2026-10-31"}
# 26.75 EUR/h x 1.09 + 0.44 x 21.00 = 38.3975; x 1.08 = 41.4693 EUR an hour: 4147 cents.
HOUR_CENTS = 4147


def finestra(hours: str, days: str = "lun-ven", **more: Any) -> dict[str, Any]:
    """Describe a care window by hand."""
    return {"giorni": days, "orario": hours, **more}


def bambino(id: str, hours: str | None = "09:00-12:00", **more: Any) -> dict[str, Any]:
    """Describe a child of the older band (born 10 January 2025) with a window by hand."""
    child: dict[str, Any] = {"id": id, "azienda": "alfa", "nascita": "2025-01-10", "comune": PERGINE}
    if hours is not None and not {"adulti", "finestre", "giorni"} & set(more):
        child["finestre"] = [finestra(hours)]
    return {**child, **more}


def fascia(id: str, hours: str, days: str = "lun-ven", **more: Any) -> dict[str, Any]:
    """Describe a fascia."""
    return {"id": id, "giorni": days, "orario": hours, **more}


def gestore(id: str = "uno", **more: Any) -> dict[str, Any]:
    """Describe a nido with 10 places, open Monday to Friday 08:00-16:00, with no price and no meal cost."""
    provider: dict[str, Any] = {
        "id": id,
        "nome": id.capitalize(),
        "tipo": "nido",
        "comune": PERGINE,
        "posti": 10,
        "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
        "costi": {"pasto_giorno": 0},
    }
    return {**provider, **more}


def azienda(id: str, **more: Any) -> dict[str, Any]:
    """Describe a company of Pergine."""
    return {"id": id, "nome": id.capitalize(), "sede": {"comune": PERGINE}, **more}


def scenario(bambini: Iterable[dict[str, Any]], **more: Any) -> Scenario:
    """Build a scenario of October 2026 on a grid of 30 minutes; the threshold of a fascia is one child."""
    data: dict[str, Any] = {
        "formato": "nido-scenario/1",
        "nome": "Caso di prova",
        "dati_sintetici": True,
        "passo_minuti": 30,
        "stagioni": [AUTUNNO],
        "aziende": [azienda("alfa"), azienda("beta")],
        "gestori": [gestore()],
        "bambini": list(bambini),
        "regole": {"attivazione": {"soglia": 1}},
    }
    return Scenario.model_validate({**data, **more})


def case_of(*bambini: dict[str, Any], matrix: Matrix | None = None, **more: Any) -> Case:
    """Build a case for the checker."""
    return build_case(scenario(bambini, **more), matrix)


def plan_of(
    case: Case,
    assigned: Mapping[str, str],
    booked: Mapping[str, Iterable[str]] | None = None,
    stagione: str = "autunno",
) -> Plan:
    """Complete a plan of one stagione: bambino -> gestore and bambino -> fasce."""
    return complete(
        case,
        {(bambino, stagione): provider for bambino, provider in assigned.items()},
        {(bambino, stagione): frozenset(fasce) for bambino, fasce in (booked or {}).items()},
    )


def broken(plan: Plan) -> list[str]:
    """Name the rules that a plan breaks, each once, in order."""
    return list(dict.fromkeys(violation.regola for violation in broken_rules(plan)))


def dates(*days: str) -> set[date]:
    """Read ISO days."""
    return {date.fromisoformat(day) for day in days}


def hours_of(case: Case, bits: int) -> str:
    """Write the intervals of a mask as hours, such as ``08:00-10:00 14:00-15:00``."""
    spans: list[list[int]] = []
    for slot in (number for number in range(bits.bit_length()) if bits >> number & 1):
        if spans and spans[-1][1] == slot:
            spans[-1][1] = slot + 1
        else:
            spans.append([slot, slot + 1])
    return " ".join(f"{clock(first * case.step)}-{clock(last * case.step)}" for first, last in spans)


def clock(minute: int) -> str:
    """Write minutes since midnight as ``HH:MM``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"

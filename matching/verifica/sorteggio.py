"""The lot that orders the children when no order is declared, drawn again (docs/modello.md, section 11)."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from nido.matching.verifica.caso import Case, remembered
from nido.scenari.domanda import Adulto, Finestra

ABSENT = "-"


def _day(value: date | None) -> str:
    return ABSENT if value is None else value.isoformat()


def _week(days: tuple[int, ...] | None) -> str:
    return ABSENT if days is None else ",".join(map(str, sorted(days)))


def _window(window: Finestra) -> str:
    hours = f"{window.orario.start} {window.orario.end}"
    return f"finestra {_week(window.giorni)} {hours} {_day(window.dal)} {_day(window.al)}"


def _adult(adult: Adulto) -> str:
    turns = [f"{turn.fase} {_day(turn.dal)} {_day(turn.al)}" for turn in adult.turni]
    return "adulto " + "; ".join(sorted(turns))


@remembered
def facts(case: Case, bambino: str) -> str:
    """Write what the lot looks at in a child, seed apart: no name of anything, lists in one order."""
    child = case.bambini[bambino]
    fixed = {
        "nascita": _day(child.nascita),
        "ingresso": _day(child.ingresso),
        "uscita": _day(child.uscita),
        "comune": child.comune,
        "peso": str(child.peso),
        "priorita": str(child.priorita),
        "giorni": _week(child.giorni),
    }
    lines = [f"{name} {value}" for name, value in fixed.items()]
    lines += sorted(map(_window, child.finestre))
    lines += sorted(f"assenza {_day(away.inizio)} {_day(away.fine)}" for away in child.assenze)
    lines += sorted(map(_adult, child.adulti))
    return "\n".join(lines)


def drawn_positions(case: Case, seed: int) -> Mapping[str, int]:
    """Draw the lot: bambino -> position from 0; children whom it cannot tell apart share the first one."""
    imprints = {
        bambino: sha256(f"seme {seed}\n{facts(case, bambino)}".encode()).hexdigest()
        for bambino in case.bambini
    }
    ranked = sorted(imprints.values())
    return {bambino: ranked.index(imprint) for bambino, imprint in imprints.items()}


def drawn_order(case: Case, seed: int) -> tuple[str, ...]:
    """List the children in the drawn order, equal ones in the order of the file."""
    positions = drawn_positions(case, seed)
    return tuple(sorted(case.bambini, key=positions.__getitem__))

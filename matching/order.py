"""The order of applications that settles ties: declared, or drawn by lot from the seed, never from ids."""

import hashlib
from collections.abc import Iterable

from nido.scenari.domanda import Bambino
from nido.scenari.schema import Scenario


def application_order(scenario: Scenario, seed: int) -> tuple[int, ...]:
    """Give each child its position in the order of applications, 0 first.

    Parameters
    ----------
    scenario
        The scenario; its declared order wins.
    seed
        Seed of the lot (docs/modello.md, section 11).

    Returns
    -------
    tuple of int
        One position per child; children with the same imprint share it.
    """
    declared = scenario.obiettivo.ordine_domanda
    if declared:
        place = {child: position for position, child in enumerate(declared)}
        return tuple(place[child.id] for child in scenario.bambini)
    imprints = [imprint(child, seed) for child in scenario.bambini]
    return tuple(sum(other < mine for other in imprints) for mine in imprints)


def imprint(child: Bambino, seed: int) -> str:
    """Hash what is not a name in a child's entry, together with the seed; lists in whatever order.

    The text that is hashed is that of docs/modello.md, section 11, to the byte: the checker draws again.
    """
    windows = (
        f"finestra {_weekdays(w.giorni)} {w.orario.start} {w.orario.end} {_or_dash(w.dal)} {_or_dash(w.al)}"
        for w in child.finestre
    )
    turns = (
        sorted(f"{turno.fase} {_or_dash(turno.dal)} {_or_dash(turno.al)}" for turno in adult.turni)
        for adult in child.adulti
    )
    lines = [
        f"seme {seed}",
        f"nascita {child.nascita}",
        f"ingresso {_or_dash(child.ingresso)}",
        f"uscita {_or_dash(child.uscita)}",
        f"comune {child.comune}",
        f"peso {child.peso}",
        f"priorita {child.priorita}",
        f"giorni {_or_dash(None if child.giorni is None else _weekdays(child.giorni))}",
        *sorted(windows),
        *sorted(f"assenza {period.inizio} {period.fine}" for period in child.assenze),
        *sorted("adulto " + "; ".join(turn) for turn in turns),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _weekdays(days: Iterable[int]) -> str:
    return ",".join(str(day) for day in sorted(days))


def _or_dash(value: object) -> str:
    return "-" if value is None else str(value)

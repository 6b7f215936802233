"""From the rows of a document to a plan; names and repetitions are checked on the way."""

from collections.abc import Iterable
from datetime import date

from nido.data.lingua import text
from nido.matching.verifica.caso import Case
from nido.matching.verifica.forma import Table
from nido.matching.verifica.personale import parts_of, rows
from nido.matching.verifica.piano import Agreement, Opening, Plan, Request, Roster, StaffKey
from nido.matching.verifica.violazione import Violation

NAME = "forma"


def minutes_of(hour: str) -> int:
    """Minutes since midnight of a time ``HH:MM``."""
    return int(hour[:2]) * 60 + int(hour[3:])


def unknown_names(case: Case, row: Table, where: str) -> list[Violation]:
    """Find the names of a row that the scenario does not have."""
    known = {
        "bambino": case.bambini,
        "azienda": case.aziende,
        "gestore": case.gestori,
        "stagione": case.stagioni,
    }
    found = [
        Violation(NAME, where, text("{field} sconosciuto", "unknown {field}", field=field))
        for field, names in known.items()
        if row.get(field) is not None and row[field] not in names
    ]
    if found or row.get("bambino") is None or "azienda" not in row:
        return found
    if case.bambini[row["bambino"]].azienda != row["azienda"]:
        found.append(
            Violation(
                NAME, where, text("il bambino è di un'altra azienda", "the child is of another azienda")
            )
        )
    return found


def unknown_part(case: Case, row: Table, where: str, base: bool) -> list[Violation]:
    """Refuse a fascia that the provider of a row does not have."""
    names = parts_of(case, row["gestore"]) if base else parts_of(case, row["gestore"])[1:]
    if row["fascia"] in names:
        return []
    return [Violation(NAME, where, text("fascia sconosciuta", "unknown fascia"))]


def _repeated(where: str) -> Violation:
    return Violation(NAME, where, text("compare due volte", "appears twice"))


def _assignments(
    case: Case, table: Iterable[Table]
) -> tuple[dict[Request, str], dict[Request, frozenset[str]], list[Violation]]:
    assigned: dict[Request, str] = {}
    booked: dict[Request, frozenset[str]] = {}
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"assegnazioni[{place}]"
        wrong = unknown_names(case, row, where)
        for fascia in row["fasce"] if not wrong else ():
            wrong += unknown_part(case, {**row, "fascia": fascia}, where, base=False)
        request = (row["bambino"], row["stagione"])
        if len(set(row["fasce"])) < len(row["fasce"]) or request in assigned:
            wrong.append(_repeated(where))
        found += wrong
        if not wrong:
            assigned[request] = row["gestore"]
            booked[request] = frozenset(row["fasce"])
    return assigned, booked, found


def _openings(case: Case, table: Iterable[Table]) -> tuple[frozenset[Opening], list[Violation]]:
    openings: set[Opening] = set()
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"aperture[{place}]"
        wrong = unknown_names(case, row, where) or unknown_part(case, row, where, base=False)
        opening = (row["gestore"], row["fascia"], row["stagione"])
        if opening in openings:
            wrong.append(_repeated(where))
        found += wrong
        if not wrong:
            openings.add(opening)
    return frozenset(openings), found


def _staff(case: Case, table: Iterable[Table]) -> tuple[dict[StaffKey, Roster], list[Violation]]:
    staff: dict[StaffKey, dict[int, dict[str, int]]] = {}
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"personale[{place}]"
        start, end = minutes_of(row["inizio"]), minutes_of(row["fine"])
        wrong = unknown_names(case, row, where) or unknown_part(case, row, where, base=True)
        if start >= end or start % case.step or end % case.step:
            wrong.append(Violation(NAME, where, text("orario fuori dalla griglia", "hours off the grid")))
        if row["banda"] not in rows(case):
            wrong.append(Violation(NAME, where, text("banda sconosciuta", "unknown band")))
        found += wrong
        if wrong:
            continue
        day = None if row["data"] is None else date.fromisoformat(row["data"])
        roster = staff.setdefault((row["gestore"], row["stagione"], row["fascia"], day), {})
        for slot in range(start // case.step, end // case.step):
            if row["banda"] in roster.setdefault(slot, {}):
                found.append(_repeated(where))
                break
            roster[slot][row["banda"]] = row["educatrici"]
    return dict(staff), found


def _places(case: Case, table: Iterable[Table]) -> tuple[dict[Agreement, int], list[Violation]]:
    places: dict[Agreement, int] = {}
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"accordi[{place}]"
        wrong = unknown_names(case, row, where)
        agreement = (row["azienda"], row["gestore"], row["stagione"])
        if agreement in places:
            wrong.append(_repeated(where))
        found += wrong
        if not wrong:
            places[agreement] = row["posti"]
    return places, found


def read_plan(case: Case, document: Table) -> tuple[Plan, list[Violation]]:
    """Read the plan of a document of the right shape.

    Parameters
    ----------
    case
        The scenario.
    document
        A document that `nido.matching.verifica.forma.shape` accepts.

    Returns
    -------
    tuple
        The plan made of the rows that can be understood, and what is wrong with the others.
    """
    assigned, booked, found = _assignments(case, document["assegnazioni"])
    openings, wrong_openings = _openings(case, document["aperture"])
    staff, wrong_staff = _staff(case, document["personale"])
    places, wrong_places = _places(case, document["accordi"])
    plan = Plan(case, assigned, booked, openings, staff, places)
    return plan, [*found, *wrong_openings, *wrong_staff, *wrong_places]

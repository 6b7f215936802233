"""Tables of a document against the plan: every number recomputed (docs/risultato.md)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from nido.data.lingua import text
from nido.matching.verifica.caso import Case
from nido.matching.verifica.costi import fascia_cost
from nido.matching.verifica.documento import unknown_names, unknown_part
from nido.matching.verifica.finestre import reference_minutes, requests
from nido.matching.verifica.forma import Table
from nido.matching.verifica.in_piu import further_child
from nido.matching.verifica.iva import with_vat
from nido.matching.verifica.livelli import month_days, uncovered, window_days
from nido.matching.verifica.motivi import check_reasons
from nido.matching.verifica.personale import by_day, minimum_staff, staff_in_service
from nido.matching.verifica.piano import Opening, Plan, StaffKey
from nido.matching.verifica.posti import minimum_places, offered, price_items, used_by_month
from nido.matching.verifica.presenze import meal_days, peak, requested_minutes, working_days
from nido.matching.verifica.tempo import fascia_months, months_of, request_days, request_months
from nido.matching.verifica.viaggio import detour
from nido.matching.verifica.violazione import Violation, cents, half_up, listed


def differing(regola: str, where: str, row: Table, wanted: Mapping[str, Any]) -> list[Violation]:
    """Report the fields of a row that differ from what follows from the scenario."""
    return [
        Violation(
            regola,
            f"{where}/{field}",
            text(
                "scritto {stated}, risulta {true}",
                "states {stated}, is {true}",
                stated=_shown(row[field]),
                true=_shown(true),
            ),
        )
        for field, true in wanted.items()
        if row[field] != true
    ]


def _shown(value: object) -> object:
    return text("nessuno", "none") if value is None else value


def _missing(regola: str, names: Iterable[tuple[Any, ...]], it: str, en: str) -> list[Violation]:
    return [Violation(regola, "/".join(str(part) for part in name), text(it, en)) for name in names]


def assignments(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check the numbers of every assignment."""
    case, found = plan.case, []
    for row in table:
        bambino, gestore, stagione = row["bambino"], row["gestore"], row["stagione"]
        if plan.assigned.get((bambino, stagione)) != gestore:
            continue
        booked = plan.fasce(bambino, stagione)
        wanted: dict[str, Any] = {
            "minuti_richiesti": requested_minutes(case, bambino, gestore, stagione),
            "minuti_scoperti": uncovered(plan, bambino, stagione),
            "giorni": window_days(case, bambino, gestore, stagione),
            "giorni_pasto": meal_days(case, bambino, gestore, stagione, booked),
            "deviazione_minuti": detour(case, bambino, gestore),
            "mesi": list(request_months(case, bambino, stagione)),
            "mesi_fascia": {
                name: list(fascia_months(case, bambino, gestore, name, stagione)) for name in booked
            },
            "giorni_mese": month_days(case, bambino, gestore, stagione),
        }
        found += differing("assegnazioni", f"{bambino}/{gestore}/{stagione}", row, wanted)
    return found


def not_served(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check that every request is either served or listed as not served, exactly once."""
    case, seen, found = plan.case, set(), []
    asked = set(requests(case))
    for place, row in enumerate(table):
        where = f"non_assegnati[{place}]"
        wrong = unknown_names(case, row, where)
        request = (row["bambino"], row["stagione"])
        if not wrong and request not in asked:
            wrong.append(Violation("non_assegnati", where, text("nessuna richiesta", "there is no request")))
        if request in seen:
            wrong.append(Violation("non_assegnati", where, text("compare due volte", "appears twice")))
        if request in plan.assigned:
            sentence = text("è anche fra gli assegnati", "is among the served too")
            wrong.append(Violation("non_assegnati", where, sentence))
        seen.add(request)
        found += wrong
        if not wrong:
            wanted = {"minuti_riferimento": reference_minutes(case, *request)}
            found += differing("non_assegnati", "/".join(request), row, wanted)
            found += check_reasons(case, request, row["motivi"], where)
    lost = sorted(asked - seen - set(plan.assigned))
    return found + _missing(
        "non_assegnati", lost, "richiesta né servita né elencata", "request neither served nor listed"
    )


def break_even(case: Case, opening: Opening, cost_cent: int) -> int | None:
    """Find how few children, each in every month of a fascia, pay its cost; None when it has no price."""
    gestore, fascia, stagione = opening
    months = months_of(working_days(case, gestore, fascia, stagione))
    income = half_up(cents(case.fascia(gestore, fascia).prezzo_mese)) * len(months)
    return ceil(Fraction(cost_cent, income)) if income else None


def openings(plan: Plan, table: Iterable[Table], wanted_open: Iterable[Opening]) -> list[Violation]:
    """Check children, days and costs of every open fascia, and that none is left out."""
    found: list[Violation] = []
    for row in table:
        opening = (row["gestore"], row["fascia"], row["stagione"])
        if opening not in plan.openings:
            continue
        cost, booking = half_up(fascia_cost(plan, *opening)), set(plan.booking(*opening))
        further, band = further_child(plan, opening)
        wanted = {
            "bambini": len(booking),
            "giorni": len(working_days(plan.case, *opening)),
            "costo_cent": cost,
            "bambini_dipendenti": [name for name in plan.case.bambini if name in booking],
            "costo_bambino_in_piu_cent": further,
            "banda_bambino_in_piu": band,
            "bambini_pareggio": break_even(plan.case, opening, cost),
        }
        found += differing("aperture", "/".join(opening), row, wanted)
    lost = sorted(set(wanted_open) - plan.openings)
    return found + _missing("aperture", lost, "apertura mancante", "opening left out")


def staff(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check that the staff is exactly the smallest, with its days and those already in service."""
    case, found = plan.case, []
    for place, row in enumerate(table):
        gestore, stagione, part = row["gestore"], row["stagione"], row["fascia"]
        if unknown_names(case, row, "") or unknown_part(case, row, "", base=True):
            continue
        days = 1 if by_day(case) else len(working_days(case, gestore, part, stagione))
        wanted = {"giorni": days, "esistenti": staff_in_service(case, gestore, part)}
        found += differing("personale", f"personale[{place}]", row, wanted)
    smallest = minimum_staff(plan)
    for key in [*smallest, *(key for key in plan.staff if key not in smallest)]:
        found += _roster(plan, key, smallest)
    return found


def _roster(plan: Plan, key: StaffKey, smallest: Mapping[StaffKey, Any]) -> list[Violation]:
    needed, declared = smallest.get(key, {}), plan.staff.get(key, {})
    where = "/".join(str(name) for name in key if name is not None)
    for slot in sorted({*needed, *declared}):
        true = {row: number for row, number in needed.get(slot, {}).items() if number}
        stated = {row: number for row, number in declared.get(slot, {}).items() if number}
        if true != stated:
            minute = slot * plan.case.step
            sentence = text(
                "educatrici alle {hour:02d}:{minute:02d}: scritto {stated}, il minimo è {true}",
                "educators at {hour:02d}:{minute:02d}: states {stated}, the smallest is {true}",
                hour=minute // 60,
                minute=minute % 60,
                stated=listed(stated),
                true=listed(true),
            )
            return [Violation("personale", where, sentence)]
    return []


def agreements(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check places, children, monthly use and amount of every agreement."""
    case, wanted_names = plan.case, set(plan.agreements())
    found: list[Violation] = []
    for row in table:
        agreement = (row["azienda"], row["gestore"], row["stagione"])
        if agreement not in plan.places:
            continue
        if agreement not in wanted_names:
            sentence = text("accordo senza bambini", "agreement with no child")
            found.append(Violation("accordi", "/".join(agreement), sentence))
            continue
        children, fewest = plan.members(agreement), minimum_places(plan, agreement)
        owed = with_vat(case, agreement[1], price_items(plan, agreement, fewest))
        wanted = {
            "posti": fewest,
            "bambini": len(children),
            "usati_mese": dict(used_by_month(plan, agreement[1], agreement[2], children)),
            "costo_annuo_cent": sum(item.due for item in owed),
        }
        found += differing("accordi", "/".join(agreement), row, wanted)
    lost = sorted(wanted_names - set(plan.places))
    return found + _missing("accordi", lost, "accordo mancante", "agreement left out")


def _enrolled_at_once(case: Case, children: Iterable[str], stagione: str) -> int:
    days: Counter[date] = Counter()
    for bambino in children:
        days.update(request_days(case, bambino, stagione))
    return max(days.values(), default=0)


def capacity(plan: Plan, table: Iterable[Table]) -> list[Violation]:
    """Check both counts of every provider that takes part, and of any other that is listed."""
    case: Case = plan.case
    seen: set[tuple[str, str]] = set()
    found: list[Violation] = []
    for place, row in enumerate(table):
        where = f"capienza[{place}]"
        wrong = unknown_names(case, row, where)
        pair = (row["gestore"], row["stagione"])
        if pair in seen:
            wrong.append(Violation("capienza", where, text("compare due volte", "appears twice")))
        seen.add(pair)
        found += wrong
        if wrong:
            continue
        children = plan.children_at(*pair)
        together = peak(plan.presence(bambino, pair[1]) for bambino in children)
        wanted = {
            "presenti_massimi": max(together.values(), default=0),
            "iscritti": _enrolled_at_once(case, children, pair[1]),
            "posti": offered(case, *pair),
        }
        found += differing("capienza", "/".join(pair), row, wanted)
    lost = [pair for pair in plan.taking_part() if pair not in seen]
    return found + _missing("capienza", lost, "gestore mancante", "provider left out")

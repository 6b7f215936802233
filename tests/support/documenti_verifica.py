"""Correct result documents of small plans, and ways to spoil them."""

import json
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from casi_verifica import azienda, bambino, case_of, clock, fascia, gestore

from nido.matching.checker import Evaluation, check_document, evaluate_plan
from nido.matching.verifica.caso import Case
from nido.matching.verifica.costi import exact_cost, fascia_cost, rounding_bound
from nido.matching.verifica.finestre import reference_minutes, requests
from nido.matching.verifica.in_piu import further_child
from nido.matching.verifica.ipotesi import figures
from nido.matching.verifica.iva import with_vat
from nido.matching.verifica.livelli import COST_UNITS, UNITA, VERSO, month_days, uncovered, window_days
from nido.matching.verifica.motivi import refused_by
from nido.matching.verifica.personale import staff_in_service
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.posti import offered, price_items, used_by_month
from nido.matching.verifica.presenze import meal_days, peak, requested_minutes, working_days
from nido.matching.verifica.prospetti import break_even
from nido.matching.verifica.registro import settled_items
from nido.matching.verifica.sorteggio import drawn_order
from nido.matching.verifica.tempo import fascia_months, request_months
from nido.matching.verifica.viaggio import detour
from nido.matching.verifica.violazione import half_up

Document = dict[str, Any]

CONFLICT = {
    "gruppo": 1,
    "regola": "fissati",
    "dove": "bambini[B1].assegnato_a",
    "dettaglio": "fissati: B1 a tata in autunno",
    "rimedio": None,
    "minimo": True,
    "percorso": ["bambini", "B1", "assegnato_a"],
    "file": None,
    "riga": None,
    "colonna": None,
}


def document_of(
    case: Case,
    assigned: Mapping[tuple[str, str], str],
    booked: Mapping[tuple[str, str], frozenset[str]],
    unit_cents: int = 1,
    seed: int = 0,
) -> dict[str, Any]:
    """Write the document of a plan with every tier proven, as docs/risultato.md describes it."""
    order = list(case.scenario.obiettivo.ordine_domanda or drawn_order(case, seed))
    judged = evaluate_plan(case, assigned, booked, unit_cents, order_of_requests=order)
    plan = judged.plan
    rules = case.scenario.regole
    lines = _lines(plan)
    document = {
        "formato": "nido-risultato/1",
        "nome": case.scenario.nome,
        "dati_sintetici": case.scenario.dati_sintetici,
        "avvertenza": "DATI SINTETICI" if case.scenario.dati_sintetici else "",
        "stato": "ottimo",
        "unita_costo_cent": unit_cents,
        "arrotondamento_massimo_cent": rounding_bound(plan, unit_cents),
        "obiettivi": _tiers(case, judged, unit_cents),
        "assegnazioni": _assignments(plan),
        "non_assegnati": _not_served(plan),
        "parziali": _partly_served(plan),
        "motivi_completi": True,
        "aperture": _openings(plan),
        "personale": _staff(plan),
        "accordi": _agreements(plan),
        "capienza": _capacity(plan),
        "registro": {"righe": lines, "totali": totals_of(lines, half_up(exact_cost(plan)))},
        "verifica": {"esito": "confermata", "violazioni": []},
        "regole_spente": [name for name in type(rules).model_fields if not getattr(rules, name).attiva],
        "copertura_minima": format(rules.orari.copertura_minima, "f") if rules.orari.attiva else None,
        "avvisi": [],
        "conflitti": [],
        "spiegazioni": [],
        "ordine_domanda": order,
        "ordine_sorteggiato": not case.scenario.obiettivo.ordine_domanda,
        "ipotesi": [{**asdict(figure), "nota": figure.nota or ""} for figure in figures(case).values()],
        "manifesto": {
            "scenario_sha256": "0" * 64,
            "seme": seed,
            "sostituzioni": [],
            "parametri": {},
            "versioni": {"nido": "0", "ortools": "0", "python": "0"},
            "stato_solutore": [],
        },
    }
    retotal(document)
    return deepcopy(document)


def _tiers(case: Case, judged: Evaluation, unit_cents: int) -> list[dict[str, Any]]:
    return [
        {
            "nome": tier.nome,
            "unita": UNITA[tier.nome] or COST_UNITS[unit_cents],
            "verso": VERSO[tier.nome],
            "valore": judged.tier_values[tier.nome],
            "valore_piano": judged.tier_values[tier.nome],
            "limite": judged.tier_values[tier.nome],
            "gap": 0.0,
            "tolleranza": float(tier.tolleranza),
            "stato": "dimostrato",
            "condizionato": False,
        }
        for tier in case.scenario.obiettivo.livelli
    ]


def _assignments(plan: Plan) -> list[dict[str, Any]]:
    case, rows = plan.case, []
    for (child, stagione), provider in plan.assigned.items():
        fasce = plan.fasce(child, stagione)
        rows.append(
            {
                "bambino": child,
                "azienda": case.bambini[child].azienda,
                "gestore": provider,
                "stagione": stagione,
                "minuti_richiesti": requested_minutes(case, child, provider, stagione),
                "minuti_scoperti": uncovered(plan, child, stagione),
                "fasce": sorted(fasce),
                "giorni": window_days(case, child, provider, stagione),
                "giorni_pasto": meal_days(case, child, provider, stagione, fasce),
                "deviazione_minuti": detour(case, child, provider),
                "mesi": list(request_months(case, child, stagione)),
                "mesi_fascia": {
                    name: list(fascia_months(case, child, provider, name, stagione)) for name in sorted(fasce)
                },
                "giorni_mese": month_days(case, child, provider, stagione),
            }
        )
    return rows


def _not_served(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "bambino": child,
            "azienda": plan.case.bambini[child].azienda,
            "stagione": stagione,
            "minuti_riferimento": reference_minutes(plan.case, child, stagione),
            "motivi": reasons_of(plan.case, (child, stagione)),
        }
        for child, stagione in requests(plan.case)
        if (child, stagione) not in plan.assigned
    ]


def reasons_of(case: Case, request: tuple[str, str], below: int | None = None) -> list[dict[str, Any]]:
    """Give a reason at each provider: what stops the request by itself, or else that the plan chose so."""
    found = []
    for provider in case.gestori:
        rule = refused_by(case, request, provider, below)
        reason = (rule, "impossibile_da_solo") if rule else ("obiettivo", "posto_preso_da_altri")
        found.append({"gestore": provider, "regola": reason[0], "dettaglio": "", "tipo": reason[1]})
    return found


def _partly_served(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "bambino": child,
            "azienda": plan.case.bambini[child].azienda,
            "stagione": stagione,
            "gestore": provider,
            "minuti_scoperti": uncovered(plan, child, stagione),
            "motivi": reasons_of(plan.case, (child, stagione), uncovered(plan, child, stagione)),
        }
        for (child, stagione), provider in plan.assigned.items()
        if uncovered(plan, child, stagione)
    ]


def _openings(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "gestore": opening[0],
            "fascia": opening[1],
            "stagione": opening[2],
            "bambini": len(plan.booking(*opening)),
            "giorni": len(working_days(plan.case, *opening)),
            "costo_cent": half_up(fascia_cost(plan, *opening)),
            "bambini_dipendenti": sorted(plan.booking(*opening)),
            "costo_bambino_in_piu_cent": further_child(plan, opening)[0],
            "banda_bambino_in_piu": further_child(plan, opening)[1],
            "bambini_pareggio": break_even(plan.case, opening, half_up(fascia_cost(plan, *opening))),
        }
        for opening in sorted(plan.openings)
    ]


def _staff(plan: Plan) -> list[dict[str, Any]]:
    case, rows = plan.case, []
    for (provider, stagione, part, day), roster in plan.staff.items():
        days = len(working_days(case, provider, part, stagione)) if day is None else 1
        bands = dict.fromkeys(band for educators in roster.values() for band in educators)
        for band in bands:
            slot = 0
            for slot, number, end in _runs({slot: roster[slot].get(band, 0) for slot in roster}):
                rows.append(
                    {
                        "gestore": provider,
                        "stagione": stagione,
                        "fascia": part,
                        "data": None if day is None else day.isoformat(),
                        "inizio": clock(slot * case.step),
                        "fine": clock(end * case.step),
                        "banda": band,
                        "educatrici": number,
                        "esistenti": staff_in_service(case, provider, part),
                        "giorni": days,
                    }
                )
    return rows


def _runs(numbers: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Join neighbouring intervals with the same number of educators; leave out those with none."""
    runs: list[list[int]] = []
    for slot in sorted(numbers):
        if numbers[slot] == 0:
            continue
        if runs and runs[-1][2] == slot and runs[-1][1] == numbers[slot]:
            runs[-1][2] = slot + 1
        else:
            runs.append([slot, numbers[slot], slot + 1])
    return [(first, number, end) for first, number, end in runs]


def _agreements(plan: Plan) -> list[dict[str, Any]]:
    rows = []
    for agreement in plan.agreements():
        children, places = plan.members(agreement), plan.places[agreement]
        items = with_vat(plan.case, agreement[1], price_items(plan, agreement, places))
        rows.append(
            {
                "azienda": agreement[0],
                "gestore": agreement[1],
                "stagione": agreement[2],
                "posti": places,
                "bambini": len(children),
                "usati_mese": dict(used_by_month(plan, agreement[1], agreement[2], children)),
                "costo_annuo_cent": sum(half_up(item.amount) for item in items),
            }
        )
    return rows


def _capacity(plan: Plan) -> list[dict[str, Any]]:
    rows = []
    for provider, stagione in plan.taking_part():
        children = plan.children_at(provider, stagione)
        together = peak(plan.presence(child, stagione) for child in children)
        rows.append(
            {
                "gestore": provider,
                "stagione": stagione,
                "presenti_massimi": max(together.values(), default=0),
                "iscritti": len(children),
                "posti": offered(plan.case, provider, stagione),
            }
        )
    return rows


def _decimal(number: Fraction) -> str:
    return format(Decimal(number.numerator) / Decimal(number.denominator), "f")


def _lines(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            **key._asdict(),
            "bambino": item.bambino if item.taxed else child,
            "quantita": _decimal(item.quantity),
            "unita": item.unita,
            "prezzo_cent": half_up(item.price),
            "importo_cent": amount,
            "pagatore": payer,
        }
        for key, (item, parts) in settled_items(plan).items()
        for (payer, child), amount in parts.items()
    ]


def retotal(document: Document) -> None:
    """Add up the ledger again, so that only its lines are wrong."""
    ledger = document["registro"]
    totals = totals_of(ledger["righe"], ledger["totali"]["costo_produzione_cent"])
    minutes = sum(row["minuti_richiesti"] - row["minuti_scoperti"] for row in document["assegnazioni"])
    places = sum(row["posti"] * len(row["usati_mese"]) for row in document["accordi"])
    if minutes:
        totals["costo_per_ora_coperta_cent"] = half_up(Fraction(totals["totale_cent"] * 60, minutes))
    if places:
        totals["costo_per_posto_cent"] = half_up(Fraction(totals["totale_cent"], places))
    ledger["totali"] = totals


def totals_of(lines: Iterable[Mapping[str, Any]], production_cost: int) -> dict[str, Any]:
    """Add up the lines of a ledger; unit costs are left to `retotal`."""
    totals: dict[str, Any] = {"totale_cent": 0, "per_pagatore": {}, "per_azienda": {}, "per_gestore": {}}
    by_agreement: dict[tuple[str, str, str], int] = {}
    by_month: dict[str, dict[str, int]] = {}
    for line in lines:
        amount, company, month = line["importo_cent"], line["azienda"], line["data"][:7]
        totals["totale_cent"] += amount
        for name in ("pagatore", "azienda", "gestore"):
            group = totals[f"per_{name}"]
            group[line[name]] = group.get(line[name], 0) + amount
        agreement = (company, line["gestore"], line["stagione"])
        by_agreement[agreement] = by_agreement.get(agreement, 0) + amount
        if line["pagatore"] == f"azienda:{company}":
            months = by_month.setdefault(company, {})
            months[month] = months.get(month, 0) + amount
    totals["per_accordo"] = [
        {"azienda": company, "gestore": provider, "stagione": stagione, "totale_cent": amount}
        for (company, provider, stagione), amount in by_agreement.items()
    ]
    totals["per_azienda_mese"] = by_month
    totals["costo_produzione_cent"] = production_cost
    totals["costo_per_ora_coperta_cent"] = None
    totals["costo_per_posto_cent"] = None
    return totals


# --- a document to spoil -----------------------------------------------------------------------------------

ORDER = ["B1", "B2", "B3", "B4"]
ASSIGNED = {("B1", "autunno"): "uno", ("B2", "autunno"): "uno", ("B3", "autunno"): "tata"}
BOOKED = {("B1", "autunno"): frozenset({"anticipo"})}


def district() -> Case:
    """Build two months, two companies, two providers and four children, one of whom has no place."""
    one = gestore(
        posti=3,
        capienza=12,
        esistenti={"grandi": 7},
        fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese="60.01", costo_fisso=100)],
        vuoto_per_pieno="0.5",
        prezzi={"posto_mese": "600.01", "pasto_giorno": 5},
        costi={"pasto_giorno": 4},
    )
    home = gestore("tata", tipo="tagesmutter", prezzi={"ora_bambino": "7.50"}, costi={})
    return case_of(
        bambino("B1", "07:00-12:30", desideri=["uno"]),
        bambino("B2", "09:00-13:00", uscita="2026-11-01"),
        bambino("B3", "08:00-17:00", azienda="beta"),
        bambino("B4", "17:00-20:00", azienda="beta", peso=2),
        stagioni=[{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"}],
        aziende=[azienda("alfa", quota="0.5", budget_annuo=5000), azienda("beta", quota="0.3")],
        gestori=[one, home],
        regole={"attivazione": {"soglia": 1}, "ore_sede": {"modo": "avvisa", "massimo_ore": 9}},
        obiettivo={"ordine_domanda": ORDER},
    )


@cache
def _written() -> str:
    return json.dumps(document_of(district(), ASSIGNED, BOOKED))


def correct_document() -> Document:
    """Give a correct document of the district, as JSON keeps it, to be spoilt at will."""
    document: Document = json.loads(_written())
    return document


def refused(case: Case, document: Document) -> list[str]:
    """Name what the checker refuses in a document, as rule and place."""
    return [f"{found.regola}:{found.dove}" for found in check_document(case.scenario, document)]


class Corruptions:
    """Kinds of corruption, each with the place where the checker must see it."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[Callable[[Document], object], str]] = {}

    def register(self, expected: str) -> Callable[[Callable[[Document], object]], object]:
        """Give the decorator that registers a way to spoil a document."""

        def add(spoil: Callable[[Document], object]) -> object:
            self.known[spoil.__name__] = (spoil, expected)
            return spoil

        return add

    def refuse(self, name: str) -> tuple[str, list[str]]:
        """Spoil a correct document: the place where the checker must see it, and those that it names."""
        spoil, expected = self.known[name]
        document = correct_document()
        spoil(document)
        return expected, refused(district(), document)

"""The checker confirms a correct document and refuses every kind of corrupted one."""

import json
from copy import deepcopy
from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, azienda, bambino, case_of, fascia, gestore
from documenti_verifica import (
    ASSIGNED,
    BOOKED,
    CONFLICT,
    Document,
    correct_document,
    district,
    document_of,
    refused,
    retotal,
    totals_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nido.matching.checker import build_case, check_document, evaluate_plan, recompute
from nido.matching.verifica.caso import Case

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
PAYERS = [
    {"id": "provincia", "modo": "quota", "quota": 0.15, "voci": EVERY},
    {"id": "comune", "modo": "fisso_mese", "importo_mese": "33.33", "voci": ["posto", "fascia"]},
    {"id": "azienda", "modo": "quota_azienda", "massimo_mese": 150, "voci": EVERY},
    {"id": "inps", "modo": "inps", "voci": EVERY},
    {"id": "famiglia", "modo": "residuo", "voci": EVERY},
]


@pytest.fixture(scope="module")
def case() -> Case:
    """Give the case of this file."""
    return district()


@pytest.fixture
def correct() -> Document:
    """Give its correct document, to be spoilt at will."""
    return correct_document()


def test_correct_document_is_confirmed(case: Case, correct: Document) -> None:
    """A correct document has no violation."""
    assert check_document(case.scenario, correct) == ()


def test_numbers_of_the_correct_document_by_hand(correct: Document) -> None:
    """The document agrees with sums done by hand."""
    # October has 22 weekdays, November 21.
    first, second, third = correct["assegnazioni"]
    assert (first["minuti_richiesti"], first["minuti_scoperti"], first["giorni_pasto"]) == (43 * 330, 0, 43)
    assert (second["giorni"], second["mesi"]) == (22, ["2026-10"])
    assert (third["minuti_richiesti"], third["minuti_scoperti"]) == (43 * 540, 43 * 60)
    # Early fascia: 43 hours of 2 educators and 100 EUR.
    assert correct["aperture"][0]["costo_cent"] == 43 * 2 * HOUR_CENTS + 10_000
    # alfa at uno: 2 places in October, 1 in November and an empty one at half; 2 months of fascia; 65 meals.
    place, empty = 60_001, 30_001  # 300.005 EUR is rounded up
    alfa = next(row for row in correct["accordi"] if row["azienda"] == "alfa")
    assert alfa["usati_mese"] == {"2026-10": 2, "2026-11": 1}
    assert alfa["costo_annuo_cent"] == 3 * place + empty + 2 * 6_001 + 65 * 500
    # beta: 43 days of 8 hours at 7.50 EUR.
    beta = next(row for row in correct["accordi"] if row["azienda"] == "beta")
    assert beta["costo_annuo_cent"] == 43 * 8 * 750
    # Its share is 30 % of 2,580 EUR.
    assert correct["registro"]["totali"]["per_azienda_mese"]["beta"] == {"2026-10": 77_400}
    # Each child brings 2 x 60.01 EUR: 366,642 / 12,002 = 30.5, so 31 children.
    assert correct["aperture"][0]["bambini_pareggio"] == 31
    # 5,125.06 EUR for 40,110 minutes are 7.67 an hour; for 2 x 2 + 1 x 2 place-months 854.18 each.
    assert 43 * 330 + 22 * 240 + 43 * 480 == 40_110
    totals = correct["registro"]["totali"]
    assert totals["totale_cent"] == 3 * place + empty + 2 * 6_001 + 65 * 500 + 43 * 8 * 750 == 512_506
    assert (totals["costo_per_ora_coperta_cent"], totals["costo_per_posto_cent"]) == (767, 85_418)
    values = {tier["nome"]: tier["valore"] for tier in correct["obiettivi"]}
    assert values["copertura_piena"] == 2
    assert values["minuti_coperti"] == 43 * 330 + 22 * 240 + 43 * 480
    # Existing staff is 2 for 7 children, and 9 children need no more; meals 65 x 4; Tagesmutter 344 x 8.10.
    cost = 43 * 2 * HOUR_CENTS + 10_000 + 65 * 400 + 344 * 810
    assert correct["registro"]["totali"]["costo_produzione_cent"] == cost
    # alfa 2 of 2; beta 1 of 3.
    assert values["equita"] == 333
    assert values["ordine_domanda"] == 4 + 3 + 2


def test_staff_that_exists_is_in_the_document(correct: Document) -> None:
    """Base hours: 9 older children and a minimum of 2, one educator in each row, 2 of them there anyway."""
    base = [row for row in correct["personale"] if row["fascia"] == "base"]
    assert {(row["inizio"], row["fine"], row["banda"], row["educatrici"]) for row in base} == {
        ("08:00", "16:00", "piccoli", 1),
        ("08:00", "16:00", "grandi", 1),
    }
    assert {row["esistenti"] for row in base} == {2}


def tier(document: Document, nome: str) -> dict[str, Any]:
    """Find a tier."""
    found: dict[str, Any] = next(row for row in document["obiettivi"] if row["nome"] == nome)
    return found


# --- documents that are fine -------------------------------------------------------------------------------


def test_a_proven_tier_may_give_way_within_its_tolerance(case: Case, correct: Document) -> None:
    """One percent of the cost is granted to later tiers: the plan may cost that much more."""
    document = deepcopy(correct)
    row = tier(document, "costo_totale")
    best = row["valore"] - row["valore"] // 200
    row.update(valore=best, limite=best)
    assert refused(case, document) == []
    worse = row["valore_piano"] * 98 // 100
    row.update(valore=worse, limite=worse)
    assert refused(case, document) == ["livelli:costo_totale"]


def test_an_interrupted_document(case: Case, correct: Document) -> None:
    """An unproven tier, conditional ones after it and one not reached are confirmed as such."""
    document = deepcopy(correct)
    row = tier(document, "minuti_coperti")
    row.update(limite=row["valore"] * 2, gap=1.0, stato="non_dimostrato")
    for later in document["obiettivi"][2:]:
        later["condizionato"] = True
    document["stato"] = "entro_gap"
    assert refused(case, document) == []
    document["obiettivi"][-1].update(valore=None, limite=None, gap=None, stato="non_raggiunto")
    document["stato"] = "interrotto"
    assert refused(case, document) == []
    document["stato"] = "entro_gap"
    assert refused(case, document) == ["livelli:stato"]
    document["stato"] = "ottimo"
    assert refused(case, document) == ["livelli:stato"]


def test_a_tier_reached_after_one_not_reached_is_refused(case: Case, correct: Document) -> None:
    """Tiers are solved in order."""
    document = deepcopy(correct)
    tier(document, "equita").update(valore=None, limite=None, gap=None, stato="non_raggiunto")
    document["stato"] = "interrotto"
    assert "livelli:ordine_domanda" in refused(case, document)


def test_a_document_without_a_plan_is_checked_in_its_form(case: Case, correct: Document) -> None:
    """An infeasible scenario has a document with empty tables; a plan in it is refused."""
    document = deepcopy(correct)
    for name in ("assegnazioni", "aperture", "personale", "accordi", "capienza"):
        document[name] = []
    for row in document["obiettivi"]:
        row.update(valore=None, valore_piano=None, limite=None, gap=None, stato="non_raggiunto")
    document["registro"] = {"righe": [], "totali": totals_of([], 0)}
    document.update(stato="infattibile", unita_costo_cent=1, arrotondamento_massimo_cent=0)
    everybody = document_of(case, {}, {})["non_assegnati"]
    document["non_assegnati"] = [{**row, "motivi": []} for row in everybody]
    document.update(parziali=[], motivi_completi=False)
    assert refused(case, document) == []
    document["ordine_domanda"].reverse()
    assert refused(case, document) == ["forma:ordine_domanda"]
    document["ordine_domanda"].reverse()
    document["accordi"] = deepcopy(correct["accordi"])
    assert refused(case, document) == ["forma:accordi"]
    document.update(stato="ottimo", unita_costo_cent=None)
    assert "forma:unita_costo_cent" in refused(case, document)


def test_a_document_without_a_plan_states_no_more_than_that(case: Case) -> None:
    """Who asks is listed, nobody pays, and only an infeasible scenario has conflicts."""
    document = document_of(case, {}, {})
    for row in document["obiettivi"]:
        row.update(valore=None, valore_piano=None, limite=None, gap=None, stato="non_raggiunto")
    document.update(stato="infattibile", motivi_completi=False, conflitti=[CONFLICT])
    for row in document["non_assegnati"]:
        row["motivi"] = []
    assert refused(case, document) == []
    assert refused(case, {**document, "stato": "nessuna_soluzione"}) == ["forma:conflitti"]
    assert refused(case, {**document, "arrotondamento_massimo_cent": 1}) == [
        "forma:arrotondamento_massimo_cent"
    ]
    assert refused(case, {**document, "motivi_completi": True}) == [
        f"non_assegnati:{row['bambino']}/autunno" for row in document["non_assegnati"]
    ]
    without_one = {**document, "non_assegnati": document["non_assegnati"][1:]}
    assert refused(case, without_one) == [f"non_assegnati:{document['non_assegnati'][0]['bambino']}/autunno"]
    document["registro"]["totali"]["costo_produzione_cent"] = 1
    assert refused(case, document) == ["registro:totali/costo_produzione_cent"]


@pytest.mark.parametrize(
    ("unit", "more"),
    [
        (1, {"regole": {"rapporto": {"personale": "giorno"}, "attivazione": {"soglia": 1}}}),
        (10, {"regole": {"rapporto": {"arrotondamento": "somma_mista"}, "attivazione": {"soglia": 1}}}),
        (100, {"regole": {"rapporto": {"base": "iscritti"}, "attivazione": {"soglia": 1}}}),
        (100, {"regole": {"rapporto": {"attiva": False}, "attivazione": {"attiva": False}}}),
        (1, {"obiettivo": {"livelli": [{"nome": "valore_netto"}], "valore_bambino_coperto": 900}}),
        (1, {"pagatori": PAYERS}),
    ],
)
def test_correct_documents_of_other_settings_are_confirmed(unit: int, more: dict[str, Any]) -> None:
    """Staff by day, mixed sum, ratio on the enrolled, rules off, one priced tier, a long stack of payers."""
    base = district().scenario
    plain = base.model_dump(mode="json")
    case = build_case(type(base).model_validate({**plain, **more}))
    document = json.loads(json.dumps(document_of(case, ASSIGNED, BOOKED, unit)))
    assert refused(case, document) == []


def test_hours_with_minutes_are_read() -> None:
    """Staff from 08:30 to 15:30 is read as such."""
    case = case_of(bambino("B1"), gestori=[gestore(base={"giorni": "lun-ven", "orario": "08:30-15:30"})])
    document = document_of(case, {("B1", "autunno"): "uno"}, {})
    assert {(row["inizio"], row["fine"]) for row in document["personale"]} >= {("08:30", "09:00")}
    assert refused(case, document) == []


def test_a_fascia_open_anyway_must_be_listed() -> None:
    """A fascia that is open anyway is listed with no child; left out, it is missed."""
    open_anyway = [fascia("anticipo", "07:00-08:00", gia_aperta=True)]
    case = case_of(bambino("B1"), gestori=[gestore(fasce=open_anyway)])
    document = document_of(case, {("B1", "autunno"): "uno"}, {})
    assert (document["aperture"][0]["bambini"], document["aperture"][0]["costo_cent"]) == (0, 0)
    assert refused(case, document) == []
    document["aperture"] = []
    assert refused(case, document) == ["aperture:uno/anticipo/autunno"]


def test_a_child_without_a_request_is_not_listed() -> None:
    """Who has left before the horizon is neither served nor not served."""
    case = case_of(bambino("B1"), bambino("B2", uscita="2026-10-01"))
    document = document_of(case, {}, {})
    assert refused(case, document) == []
    document["non_assegnati"].append({**document["non_assegnati"][0], "bambino": "B2"})
    assert refused(case, document) == ["non_assegnati:non_assegnati[1]"]


def test_the_verdict_may_still_be_missing(case: Case, correct: Document) -> None:
    """The checker runs before the verdict is written."""
    document = deepcopy(correct)
    del document["verifica"]
    assert refused(case, document) == []


def test_a_limit_that_warns_needs_its_notice() -> None:
    """A site open nine hours with a limit of eight has a notice, in the mode that only warns."""
    case = case_of(
        bambino("B1", "07:00-12:00"),
        gestori=[gestore(fasce=[fascia("anticipo", "07:00-08:00")])],
        regole={"attivazione": {"soglia": 1}, "ore_sede": {"modo": "avvisa", "massimo_ore": 8}},
    )
    document = document_of(case, {("B1", "autunno"): "uno"}, BOOKED)
    assert refused(case, document) == ["forma:avvisi/ore_sede"]
    document["avvisi"].append({"regola": "ore_sede", "dove": "uno", "dettaglio": "9 ore"})
    assert refused(case, document) == []


def test_amounts_that_nobody_pays_need_a_notice() -> None:
    """A stack without a payer of the rest leaves lines `scoperto`, and a notice must say so."""
    stack = [{"id": "azienda", "modo": "quota_azienda", "voci": ["posto"]}]
    half = [azienda("alfa", quota="0.5"), azienda("beta")]
    case = case_of(bambino("B1"), aziende=half, gestori=[gestore(prezzi={"posto_mese": 600})], pagatori=stack)
    document = document_of(case, {("B1", "autunno"): "uno"}, {})
    assert document["registro"]["totali"]["per_pagatore"] == {"azienda:alfa": 30_000, "scoperto": 30_000}
    assert refused(case, document) == ["forma:avvisi"]
    document["avvisi"].append({"regola": "registro", "dove": "alfa", "dettaglio": "300,00 EUR scoperti"})
    assert refused(case, document) == []


def test_a_shared_place_is_paid_once() -> None:
    """Two companies that use a place of 600 EUR for four hours each pay 300 each: no more, no less."""
    case = case_of(
        bambino("B1", "08:00-12:00"),
        bambino("B2", "12:00-16:00", azienda="beta"),
        gestori=[gestore(posti=1, prezzi={"posto_mese": 600})],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        pagatori=[{"id": "azienda", "modo": "quota", "quota": 1, "voci": ["posto", "vuoto"]}],
    )
    assigned = {("B1", "autunno"): "uno", ("B2", "autunno"): "uno"}
    document = document_of(case, assigned, {})
    assert refused(case, document) == []
    assert [row["quantita"] for row in document["registro"]["righe"]] == ["0.5", "0.5"]
    for amount, kept in ((30_000, True), (29_999, False), (60_000, False)):
        for row in document["registro"]["righe"]:
            row["importo_cent"] = amount
        retotal(document)
        assert (refused(case, document) == []) is kept


def test_the_lot_is_drawn_again() -> None:
    """A drawn order is that of the seed; children that the lot cannot tell apart may change places."""
    case = case_of(bambino("B1"), bambino("B2"), bambino("B3", peso=2))
    document = document_of(case, {("B1", "autunno"): "uno"}, {}, seed=1)
    drawn = document["ordine_domanda"]
    assert refused(case, document) == []
    swap = {"B1": "B2", "B2": "B1", "B3": "B3"}
    document["ordine_domanda"] = [swap[child] for child in drawn]
    assert refused(case, document) == []
    document["ordine_domanda"] = ["B1", "B3", "B2"]
    assert "forma:ordine_domanda" in refused(case, document)
    document["ordine_domanda"] = drawn[::-1]
    assert "forma:ordine_domanda" in refused(case, document)


def test_another_seed_is_refused() -> None:
    """The seed of the manifest must draw the order: none of ten others draws these six children alike."""
    case = case_of(*(bambino(f"B{number}", peso=number) for number in range(1, 7)))
    document = document_of(case, {("B1", "autunno"): "uno"}, {}, seed=1)
    assert refused(case, document) == []
    for seed in range(2, 12):
        document["manifesto"]["seme"] = seed
        assert "forma:ordine_domanda" in refused(case, document)


# --- robustness --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [None, [], "", 1, {}, {"formato": "nido-risultato/1"}])
def test_anything_else_is_refused(document: object, case: Case) -> None:
    """What is not a result is refused with sentences, never with a traceback."""
    assert check_document(case.scenario, document)
    assert recompute(case.scenario, document) is None


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**20)
    | st.floats()
    | st.sampled_from(
        ["", "B1", "uno", "base", "2026-10-01", "2026-13-01", "24:00", "08:00", "ottimo", "9e9"]
    ),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "gestore"]), inner),
    max_leaves=3,
)


def paths_of(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """List every place of a document."""
    found = [path] if path else []
    pairs: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    for key, inner in pairs:
        found += paths_of(inner, (*path, key))
    return found


def _item(parent: object, step: str | int) -> Any:
    if isinstance(parent, list) and isinstance(step, int) and step < len(parent):
        return parent[step]
    return None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_replaced_value_ends_in_a_traceback(data: st.DataObject, case: Case, correct: Document) -> None:
    """Whatever stands in the place of one or two values, the checker answers."""
    document = deepcopy(correct)
    for path in data.draw(st.lists(st.sampled_from(paths_of(correct)), min_size=1, max_size=2)):
        parent: Any = document
        for step in path[:-1]:
            # The first replacement may have taken away the place of the second.
            parent = parent.get(step) if isinstance(parent, dict) else _item(parent, step)
        replaced: Any = path[-1]
        if isinstance(parent, dict) or (isinstance(parent, list) and replaced in range(len(parent))):
            parent[replaced] = data.draw(JSON_VALUES)
    check_document(case.scenario, document)


def test_messages_hold_no_reserved_value() -> None:
    """ISEE, ICEF and homes never appear in what the checker says."""
    child = bambino("B1", isee="12345.67", icef="0.123", casa={"latitudine": 46.0987, "longitudine": 11.1234})
    case = case_of(child, gestori=[gestore(prezzi={"posto_mese": 600})])
    document = document_of(case, {("B1", "autunno"): "uno"}, {})
    document["registro"]["righe"][0]["importo_cent"] += 1
    document["assegnazioni"][0]["deviazione_minuti"] += 1
    said = " ".join(f"{item.dove} {item.dettaglio}" for item in check_document(case.scenario, document))
    assert said
    assert not any(secret in said for secret in ("12345", "0.123", "46.09", "11.12"))


def test_messages_follow_the_language(case: Case, correct: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages are Italian, or English when NIDO_LANG asks for it."""
    document = deepcopy(correct)
    document["aperture"][0]["giorni"] += 1
    monkeypatch.delenv("NIDO_LANG", raising=False)
    (italian,) = check_document(case.scenario, document)
    monkeypatch.setenv("NIDO_LANG", "en")
    (english,) = check_document(case.scenario, document)
    assert (italian.dettaglio, english.dettaglio) == ("scritto 44, risulta 43", "states 44, is 43")


# --- bare plans --------------------------------------------------------------------------------------------


def test_evaluate_completes_a_bare_plan(case: Case) -> None:
    """Openings follow from bookings, staff and places are the smallest, and rules and tiers are judged."""
    judged = evaluate_plan(case, {**ASSIGNED, ("B4", "autunno"): None}, BOOKED)
    assert judged.violations == ()
    assert judged.openings == {("uno", "anticipo", "autunno")}
    assert judged.places == {("alfa", "uno", "autunno"): 2, ("beta", "tata", "autunno"): 1}
    assert judged.tier_values["copertura_piena"] == 2
    assert judged.staff["uno", "autunno", "anticipo", None][14] == {"piccoli": 1, "grandi": 1}


def test_evaluate_judges_a_bad_plan(case: Case) -> None:
    """Without the early fascia B1 has 80 % of its window; at the Tagesmutter too; B4 has nothing."""
    judged = evaluate_plan(case, {("B1", "autunno"): "tata", ("B4", "autunno"): "uno"}, {})
    assert sorted({found.regola for found in judged.violations}) == ["decisioni", "orari"]


def test_evaluate_uses_the_order_and_the_unit() -> None:
    """The order of the requests and the unit of the costs are the caller's."""
    case = case_of(bambino("B1"), bambino("B2", peso=2))
    served = {("B1", "autunno"): "uno"}
    first = evaluate_plan(case.scenario, served, {}, 100, order_of_requests=["B1", "B2"])
    last = evaluate_plan(case, served, {}, order_of_requests={"B1": 1, "B2": 0})
    assert (first.tier_values["ordine_domanda"], last.tier_values["ordine_domanda"]) == (2, 1)
    assert (first.tier_values["costo_totale"], last.tier_values["costo_totale"]) == (
        16 * 2 * 456,
        2 * 22 * 8 * HOUR_CENTS,
    )


def test_recompute_reads_a_document(case: Case, correct: Document) -> None:
    """The plan of a document is judged with the staff and places that it states."""
    judged = recompute(case.scenario, correct)
    assert judged is not None
    assert judged.violations == ()
    assert judged.plan.assigned == ASSIGNED


def test_a_loaded_matrix_reaches_the_checker() -> None:
    """Travel of the loaded matrix is part of what is checked."""
    scenario = case_of(bambino("B1")).scenario
    matrix = {("B1", "uno"): 10}
    document = document_of(build_case(scenario, matrix), {("B1", "autunno"): "uno"}, {})
    assert document["assegnazioni"][0]["deviazione_minuti"] == 20
    assert check_document(scenario, document, matrix) == ()
    assert check_document(scenario, document)

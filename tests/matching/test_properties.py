"""What must always hold: more never worsens, names do not count, money adds up, nothing is lost."""

import json
import os
import random
import subprocess
import sys
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from oracle import solve_here
from tiny import tiny_scenario

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Document, Manifest, dump, result_document, with_verdict
from nido.matching.adapter import Solver, solve_as_mip
from nido.matching.checker import check_document
from nido.matching.linear import LinearModel
from nido.matching.options import SolveOptions
from nido.matching.prepare import prepare
from nido.matching.process import Heard
from nido.matching.query import Engine, Outcome, Request
from nido.matching.solution import Solution, Tier
from nido.matching.tiers import TierRun
from nido.scenari.load import canonical_json, load_canonical, load_scenario, shipped_path
from nido.scenari.regole import Regole
from nido.scenari.schema import Scenario

Data = dict[str, Any]
# A failing seed is as small as any other, so there is nothing to shrink.
CASES = settings(max_examples=60, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
SEEDS = st.integers(min_value=0, max_value=10**9)
RULES = tuple(Regole.model_fields)
# Where they are off more children could stand at a provider, and the priority rule holds for all of these.
ELIGIBILITY = {"idoneita", "orari"}
FURTHER: list[Data] = [
    {"id": "anticipo", "giorni": "lun-ven", "orario": "06:00-07:30"},
    {"id": "posticipo", "giorni": "lun-ven", "orario": "17:30-20:00"},
    {"id": "sabato", "giorni": "sab", "orario": "07:00-14:00"},
]
STACKS: list[list[Data]] = [
    [],
    [
        {"id": "provincia", "modo": "fisso_mese", "voci": ["posto"], "importo_mese": "110.55"},
        {"id": "datore", "modo": "quota_azienda", "voci": ["posto", "fascia", "ora"]},
        {"id": "bonus", "modo": "inps", "voci": ["posto"]},
        {"id": "famiglia", "modo": "residuo", "voci": ["posto", "fascia", "pasto", "ora", "vuoto"]},
    ],
    [
        {"id": "buoni", "modo": "quota", "quota": "0.333", "voci": ["posto"], "massimo_mese": "120"},
        {"id": "azienda_vuoti", "modo": "quota", "quota": "0.5", "voci": ["vuoto"]},
        {"id": "famiglia", "modo": "residuo", "voci": ["fascia", "ora"]},
    ],
]
SHIPPED = ("minimo", "turni-opposti", "estate")


def data_of(scenario: Scenario) -> Data:
    """Write a scenario as plain data, to be changed."""
    written: Data = json.loads(canonical_json(scenario))
    return written


def scenario_of(data: Data) -> Scenario:
    """Read a scenario back from plain data."""
    return load_canonical(json.dumps(data).encode(), "prova").scenario


def valid_scenario(seed: int) -> Scenario:
    """Draw a scenario that could come from a file: there, the last tier may have no tolerance."""
    scenario = tiny_scenario(seed)
    *before, last = scenario.obiettivo.livelli
    levels = (*before, last.model_copy(update={"tolleranza": Decimal(0)}))
    return scenario.model_copy(
        update={"obiettivo": scenario.obiettivo.model_copy(update={"livelli": levels})}
    )


def first_tier_alone(scenario: Scenario) -> Scenario:
    """Leave out every tier but the first."""
    aim = scenario.obiettivo.model_copy(update={"livelli": scenario.obiettivo.livelli[:1]})
    return scenario.model_copy(update={"obiettivo": aim})


def first_tier(scenario: Scenario) -> tuple[int, int] | None:
    """Prove the first tier alone: its value, larger = better, and the unit of money; None = infeasible."""
    solution = solve_here(first_tier_alone(scenario))
    if solution.stato == "infattibile":
        return None
    (tier,) = solution.livelli
    assert solution.stato == "ottimo" and tier.valore is not None
    return (tier.valore if tier.verso == "max" else -tier.valore), solution.unita_costo_cent


def assert_not_worse(before: Scenario, after: Scenario) -> None:
    """Fail when a scenario that allows more has a worse first tier."""
    old, new = first_tier(before), first_tier(after)
    if old is not None:
        assert new is not None and new[1] == old[1] and new[0] >= old[0]


# --- allowing more never worsens the first tier ----------------------------------------------------------


@CASES
@given(SEEDS, st.integers(0, 1), st.integers(1, 3))
def test_more_places_never_worsen(seed: int, which: int, more: int) -> None:
    """A provider that offers more places can still do all that it did."""
    data = data_of(tiny_scenario(seed))
    before = scenario_of(data)
    data["gestori"][which]["posti"] += more
    assert_not_worse(before, scenario_of(data))


@CASES
@given(SEEDS, st.integers(0, 1), st.sampled_from(FURTHER))
def test_one_more_fascia_never_worsens(seed: int, which: int, fascia: Data) -> None:
    """A fascia that may be opened need not be opened."""
    data = data_of(tiny_scenario(seed))
    # With priorities a fascia can make a child of a better class eligible, and then it binds the others.
    data["regole"]["priorita"]["attiva"] = False
    before = scenario_of(data)
    provider = data["gestori"][which]
    if fascia["id"] not in {entry["id"] for entry in provider["fasce"]}:
        provider["fasce"].append({**fascia, "prezzo_mese": "40", "costo_fisso": "100"})
    assert_not_worse(before, scenario_of(data))


@CASES
@given(SEEDS, st.sampled_from(RULES))
def test_one_rule_less_never_worsens(seed: int, rule: str) -> None:
    """A rule that is switched off forbids nothing more, and weights and shares stay as they are."""
    data = data_of(tiny_scenario(seed))
    if rule in ELIGIBILITY:
        data["regole"]["priorita"]["attiva"] = False
    before = scenario_of(data)
    data["regole"][rule]["attiva"] = False
    assert_not_worse(before, scenario_of(data))


# --- names and order do not count ------------------------------------------------------------------------


def renamed(scenario: Scenario, seed: int) -> Scenario:
    """Give children, companies, providers, fasce, seasons and rotas other names, and shuffle their lists."""
    draw = random.Random(seed)
    data = data_of(scenario)
    names: dict[str, dict[str, str]] = {}
    for kind, entries in (
        ("bambino", data["bambini"]),
        ("azienda", data["aziende"]),
        ("gestore", data["gestori"]),
        ("stagione", data["stagioni"]),
        ("rotazione", data["rotazioni"]),
        ("fascia", [fascia for provider in data["gestori"] for fascia in provider["fasce"]]),
    ):
        old = sorted({entry["id"] for entry in entries})
        numbers = draw.sample(range(100, 1000), len(old))
        stem = "Z" if kind == "bambino" else f"{kind}_"
        names[kind] = {name: f"{stem}{number}" for name, number in zip(old, numbers, strict=True)}
        for entry in entries:
            entry["id"] = names[kind][entry["id"]]
    _rename_references(data, names)
    for entries in (data["bambini"], data["aziende"], data["gestori"], data["rotazioni"]):
        draw.shuffle(entries)
    for provider in data["gestori"]:
        draw.shuffle(provider["fasce"])
    return scenario_of(data)


def _rename_references(data: Data, names: dict[str, dict[str, str]]) -> None:
    child, company, provider = names["bambino"], names["azienda"], names["gestore"]
    for entry in data["bambini"]:
        entry["azienda"] = company[entry["azienda"]]
        for key in ("desideri", "esclusi"):
            entry[key] = [provider[name] for name in entry[key]]
        if entry["gia_iscritto"] is not None:
            entry["gia_iscritto"] = provider[entry["gia_iscritto"]]
        if entry["fratello_di"] is not None:
            entry["fratello_di"] = child[entry["fratello_di"]]
        for pin in entry["assegnato_a"]:
            pin["gestore"] = provider[pin["gestore"]]
            pin["stagione"] = pin["stagione"] and names["stagione"][pin["stagione"]]
        for adult in entry["adulti"]:
            adult["azienda"] = adult["azienda"] and company[adult["azienda"]]
            for shift in adult["turni"]:
                shift["rotazione"] = names["rotazione"][shift["rotazione"]]
    for entry in data["gestori"]:
        for fascia in entry["fasce"]:
            fascia["stagioni"] = [names["stagione"][name] for name in fascia["stagioni"]]
    free = data["regole"]["continuita"]
    free["stagioni_libere"] = [names["stagione"][name] for name in free["stagioni_libere"]]
    data["obiettivo"]["ordine_domanda"] = [child[name] for name in data["obiettivo"]["ordine_domanda"]]


def proven(solution: Solution) -> list[tuple[object, ...]]:
    """Give what names may not change: state, and value, bound and state of every tier."""
    tiers = [(tier.nome, tier.valore, tier.limite, tier.gap, tier.stato) for tier in solution.livelli]
    return [(solution.stato, solution.unita_costo_cent), *tiers]


@CASES
@given(SEEDS, st.booleans())
def test_names_and_order_do_not_count(seed: int, lot: bool) -> None:
    """Other ids and another order of the file leave value and bound of every tier as they are."""
    scenario = tiny_scenario(seed)
    if lot:
        # No declared order: the lot is drawn from the seed and from what is no name.
        data = data_of(scenario)
        data["obiettivo"]["ordine_domanda"] = []
        scenario = scenario_of(data)
    assert proven(solve_here(renamed(scenario, seed))) == proven(solve_here(scenario))


# --- money and files -------------------------------------------------------------------------------------


def document_of(scenario: Scenario) -> Document:
    """Solve, cost, check and write a scenario, as a run does."""
    solution = solve_here(scenario)
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), assumptions(scenario))
    digest = load_canonical(canonical_json(scenario), "prova").sha256
    document = result_document(scenario, solution, costing, Manifest(digest, 0, (), {}))
    return with_verdict(document, check_document(scenario, document, {}))


@CASES
@given(SEEDS, st.sampled_from(STACKS))
def test_payers_add_up_to_the_total(seed: int, stack: list[Data]) -> None:
    """Over lines, payers, companies, providers and agreements the cents are the same."""
    data = data_of(valid_scenario(seed))
    if stack:
        data["pagatori"] = stack
    document = document_of(scenario_of(data))
    assert document["verifica"] == {"esito": "confermata", "violazioni": []}
    totals = document["registro"]["totali"]
    total = sum(line["importo_cent"] for line in document["registro"]["righe"])
    assert totals["totale_cent"] == total
    for key in ("per_pagatore", "per_azienda", "per_gestore"):
        assert sum(totals[key].values()) == total
    assert sum(row["totale_cent"] for row in totals["per_accordo"]) == total
    assert sum(row["costo_annuo_cent"] for row in document["accordi"]) == total
    companies = [f"azienda:{company['id']}" for company in data["aziende"]]
    by_month = sum(sum(months.values()) for months in totals["per_azienda_mese"].values())
    assert by_month == sum(totals["per_pagatore"].get(name, 0) for name in companies)


@CASES
@given(SEEDS)
def test_save_load_verify_is_the_identity(seed: int) -> None:
    """What is read back is what was written, in scenario and result, and it is confirmed again."""
    scenario = valid_scenario(seed)
    document = document_of(scenario)
    again = json.loads(dump(document))
    assert again == document and dump(again) == dump(document)
    loaded = load_canonical(canonical_json(scenario), "prova")
    assert loaded.scenario == scenario and loaded.canonical == canonical_json(scenario)
    assert check_document(loaded.scenario, again, loaded.travel_matrix) == ()
    assert document["verifica"]["esito"] == "confermata"


# --- bounds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ["cp_sat", "highs", "scip"])
def test_a_bound_holds_whatever_the_gap(engine: Engine) -> None:
    """A search that may stop early states a bound that the best value does not pass, and no proof."""
    loaded = load_scenario(shipped_path("estate"))
    scenario = first_tier_alone(loaded.scenario)

    def first(gap: float, engine: Engine) -> Tier:
        def ask(model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
            wanted = replace(request, workers=1, engine=engine)
            return Solver(model).solve(wanted) if engine == "cp_sat" else solve_as_mip(model, wanted, engine)

        draft = prepare(scenario, loaded.travel_matrix)
        return TierRun(draft, SolveOptions(gap=gap), ask, None, threading.Event()).all_tiers().livelli[0]

    best, found = first(0.0, "cp_sat"), first(0.5, engine)
    assert best.valore is not None and best.valore == best.limite
    assert found.valore is not None and found.limite is not None
    assert found.valore <= best.valore <= found.limite
    assert (found.stato == "dimostrato") == (found.valore == found.limite)


# --- same seed, same bytes -------------------------------------------------------------------------------


@pytest.mark.lento
@pytest.mark.parametrize("deterministic", [False, True])
@pytest.mark.parametrize("name", SHIPPED)
def test_same_seed_same_bytes(name: str, deterministic: bool, tmp_path: Path) -> None:
    """Two runs, in processes that order their sets differently, write the same result to the byte."""
    written = []
    for hash_seed in ("1", "2"):
        path = tmp_path / f"{hash_seed}.json"
        command = [sys.executable, "-m", "nido", "solve", str(shipped_path(name)), "--json", str(path)]
        more = ["--quiet", "--senza-confronto", *(["--deterministico"] if deterministic else [])]
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        subprocess.run([*command, *more], env=environment, stdout=subprocess.DEVNULL, check=True)
        written.append(path.read_bytes())
    assert written[0] == written[1]
    assert json.loads(written[0])["manifesto"]["parametri"]["deterministico"] is deterministic


@pytest.mark.lento
def test_the_plan_of_the_district_depends_on_no_race(tmp_path: Path) -> None:
    """One search alone and several side by side write the same, but for the stated number of searches."""
    found = []
    for searches in ("1", "3"):
        path = tmp_path / f"{searches}.json"
        command = [sys.executable, "-m", "nido", "solve", str(shipped_path("pergine-2026"))]
        more = ["--json", str(path), "--quiet", "--senza-confronto", "--workers", searches]
        subprocess.run([*command, *more], stdout=subprocess.DEVNULL, check=True)
        document = json.loads(path.read_bytes())
        assert document["manifesto"]["parametri"].pop("ricerche") == int(searches)
        found.append(document)
    assert found[0] == found[1]

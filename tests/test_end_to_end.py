"""The shipped small scenarios from file to checked result, and back."""

import copy
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from nido.cli import build
from nido.matching.solve import SolveOptions, solve
from nido.report.saved import check_saved, read_scenario
from nido.report.schemas import schema_bytes
from nido.scenari.load import Loaded, load_canonical, shipped_path

Document = dict[str, Any]
Where = tuple[str | int, ...]
NAMES = ("minimo", "turni-opposti", "estate")
# Numbers of a result that its checker cannot recompute: how it was obtained.
UNCHECKED = {"manifesto"}


@dataclass(frozen=True)
class Solved:
    """A shipped scenario solved by the command: what it said, its folder, its result and its scenario."""

    name: str
    said: Result
    folder: Path
    document: Document
    loaded: Loaded

    def tier(self, name: str) -> Document:
        """Give a tier by name."""
        found: Document = next(row for row in self.document["obiettivi"] if row["nome"] == name)
        return found


@pytest.fixture(scope="module")
def solve_shipped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Solved]:
    """Return a function that solves a shipped scenario, comparison included, and no scenario twice."""

    @cache
    def run(name: str) -> Solved:
        folder = tmp_path_factory.mktemp(name) / "piano"
        said = nido("solve", shipped_path(name), "--out", folder, "--quiet")
        assert said.exit_code == 0, said.stderr
        path = folder / "risultato.json"
        document = json.loads(path.read_bytes())
        return Solved(name, said, folder, document, read_scenario(path, None, document))

    return run


@pytest.fixture(params=NAMES)
def solved(request: pytest.FixtureRequest, solve_shipped: Callable[[str], Solved]) -> Solved:
    """Return each shipped small scenario in turn, solved."""
    return solve_shipped(request.param)


@pytest.fixture
def minimo(solve_shipped: Callable[[str], Solved]) -> Solved:
    """Return the scenario that docs/minimo.md solves by hand, solved."""
    return solve_shipped("minimo")


def nido(*arguments: object) -> Result:
    """Run a command line in Italian."""
    words = [str(argument) for argument in arguments]
    return CliRunner(env={"NIDO_LANG": "it"}).invoke(build(), words, prog_name="nido")


# --- every shipped small scenario ------------------------------------------------------------------------


def test_it_is_solved_to_proven_optimum(solved: Solved) -> None:
    """Every tier is proven with gap 0, unconditionally, and the checker confirms the result."""
    assert solved.document["stato"] == "ottimo"
    assert solved.document["verifica"] == {"esito": "confermata", "violazioni": []}
    levels = solved.loaded.scenario.obiettivo.livelli
    assert [row["nome"] for row in solved.document["obiettivi"]] == [level.nome for level in levels]
    for row in solved.document["obiettivi"]:
        assert (row["stato"], row["gap"], row["condizionato"]) == ("dimostrato", 0, False)
        assert row["valore"] == row["limite"]


def test_it_is_a_document_of_the_published_schema(solved: Solved) -> None:
    """The saved result holds what its JSON Schema says, and the label of synthetic data."""
    Draft202012Validator(json.loads(schema_bytes(result=True))).validate(solved.document)
    assert solved.document["avvertenza"] == "DATI SINTETICI"
    assert "DATI SINTETICI" in solved.said.stdout


def test_every_request_is_served_or_explained(solved: Solved) -> None:
    """Each child and season stands once among the served or the others, and no reserved field is shown."""
    served = [(row["bambino"], row["stagione"]) for row in solved.document["assegnazioni"]]
    missed = [(row["bambino"], row["stagione"]) for row in solved.document["non_assegnati"]]
    assert len({*served, *missed}) == len(served) + len(missed)
    assert {child for child, _ in (*served, *missed)} <= {b.id for b in solved.loaded.scenario.bambini}
    text = json.dumps(solved.document)
    assert '"casa"' not in text and '"isee"' not in text and '"icef"' not in text


def test_the_ledger_adds_up(solved: Solved) -> None:
    """Lines, payers, companies, providers, agreements and the CSV table hold the same cents."""
    ledger = solved.document["registro"]
    total = sum(line["importo_cent"] for line in ledger["righe"])
    totals = ledger["totali"]
    assert totals["totale_cent"] == total > 0
    for key in ("per_pagatore", "per_azienda", "per_gestore"):
        assert sum(totals[key].values()) == total
    assert sum(row["totale_cent"] for row in totals["per_accordo"]) == total
    assert sum(row["costo_annuo_cent"] for row in solved.document["accordi"]) == total
    with (solved.folder / "registro.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert stream.readline().strip() == "DATI SINTETICI"
        amounts = [row["importo_euro"] for row in csv.DictReader(stream, delimiter=";")]
    assert sum(Decimal(amount.replace(",", ".")) for amount in amounts) * 100 == total


def test_places_are_those_of_the_peak(solved: Solved) -> None:
    """An agreement reserves its busiest month, and a provider never more than it offers."""
    for row in solved.document["accordi"]:
        assert row["posti"] == max(row["usati_mese"].values()) <= row["bambini"]
    for row in solved.document["capienza"]:
        mine = [
            entry["posti"]
            for entry in solved.document["accordi"]
            if (entry["gestore"], entry["stagione"]) == (row["gestore"], row["stagione"])
        ]
        assert row["presenti_massimi"] <= sum(mine) <= row["posti"]


def test_the_saved_folder_is_verified(solved: Solved) -> None:
    """`nido verify` confirms the written file with the scenario beside it and with the original file."""
    result = solved.folder / "risultato.json"
    assert nido("verify", result).exit_code == 0
    again = nido("verify", result, "--scenario", shipped_path(solved.name))
    assert again.exit_code == 0 and "confermato" in again.stdout


def test_a_fixed_solution_is_solved_to_the_same_value(solved: Solved) -> None:
    """With every assignment pinned the first tier is the same, and the cost between optimum and plan."""
    data = json.loads(solved.loaded.canonical)
    providers = [provider["id"] for provider in data["gestori"]]
    for child in data["bambini"]:
        mine = [row for row in solved.document["assegnazioni"] if row["bambino"] == child["id"]]
        child["assegnato_a"] = [{"gestore": row["gestore"], "stagione": row["stagione"]} for row in mine]
        if not mine:
            child["esclusi"] = providers
    pinned = load_canonical(json.dumps(data).encode(), "fissato")
    solution = solve(pinned.scenario, pinned.travel_matrix, SolveOptions())
    assert solution.stato == "ottimo"
    where = {(row.bambino, row.stagione): row.gestore for row in solution.assegnazioni}
    for row in solved.document["assegnazioni"]:
        assert where[row["bambino"], row["stagione"]] == row["gestore"]
    first, free = solution.livelli[0], solved.document["obiettivi"][0]
    assert (first.valore, first.limite) == (free["valore"], free["limite"])
    # The plan itself is still allowed, so the least cost lies between the free one and that of the plan.
    cost = next(tier for tier in solution.livelli if tier.nome == "costo_totale")
    stated = solved.tier("costo_totale")
    assert cost.valore is not None
    assert stated["valore"] <= cost.valore <= stated["valore_piano"]


# --- a result with one number changed --------------------------------------------------------------------


def numbers(value: Any, path: Where = ()) -> Iterator[Where]:
    """List where the numbers of a document are."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield from numbers(entry, (*path, key))
    elif isinstance(value, list):
        for place, entry in enumerate(value):
            yield from numbers(entry, (*path, place))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path


def changed(document: Document, path: Where) -> Document:
    """Copy a document with one number larger by one."""
    copied = copy.deepcopy(document)
    place: Any = copied
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] += 1
    return copied


@pytest.mark.lento
def test_every_changed_number_is_refused(minimo: Solved) -> None:
    """One more in any number of the result, wherever it stands, and the checker refuses."""
    where = [path for path in numbers(minimo.document) if not UNCHECKED & set(path)]
    assert len(where) > 150
    assert check_saved(minimo.document, minimo.loaded) == ()
    accepted = [path for path in where if not check_saved(changed(minimo.document, path), minimo.loaded)]
    assert accepted == []


@pytest.mark.parametrize(
    "path",
    [
        ("obiettivi", 2, "limite"),
        ("assegnazioni", 0, "minuti_scoperti"),
        ("aperture", 0, "costo_cent"),
        ("personale", 0, "educatrici"),
        ("accordi", 0, "posti"),
        ("registro", "righe", 0, "importo_cent"),
        ("registro", "totali", "per_pagatore", "famiglia"),
    ],
)
def test_verify_refuses_a_changed_file(minimo: Solved, tmp_path: Path, path: Where) -> None:
    """`nido verify` on a file with one number changed: exit code 7, and says where."""
    file = tmp_path / "risultato.json"
    file.write_text(json.dumps(changed(minimo.document, path)), encoding="utf-8")
    refused = nido("verify", file, "--scenario", minimo.folder / "scenario.json")
    assert refused.exit_code == 7
    assert refused.stdout == "" and "Rifiutato dal controllore" in refused.stderr


def test_verify_refuses_the_result_of_another_scenario(minimo: Solved, tmp_path: Path) -> None:
    """A result and a scenario that do not belong together are refused, whatever they say."""
    scenario = json.loads(minimo.loaded.canonical)
    scenario["gestori"][0]["posti"] += 1
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    assert nido("verify", minimo.folder / "risultato.json", "--scenario", file).exit_code == 7


# --- figures found by hand -------------------------------------------------------------------------------


def test_minimo_is_what_was_found_by_hand(minimo: Solved) -> None:
    """Every tier and the money of minimo.yaml have the values of docs/minimo.md."""
    # Coverage: the four children, B001 and B002 with anticipo at nido_uno.
    # Minutes: no travel, 43 days (22 + 21) and 21 in November: 43 x 480 x 2 + 43 x 420 + 21 x 240
    #          = 20,640 x 2 + 18,060 + 5,040 = 64,380.
    # Cost: hour of presence (25.50 x 1.09 + 0.44 x 21.00) x 1.08 = 40.00; anticipo 1.5 h x 43 x 2 x 40
    #       = 5,160; base of micronido_due 8 h x 43 x 2 x 40 = 27,520; meals 3 x 43 x 4 + 21 x 5 = 621;
    #       in all 33,301.00 euro.
    # Travel: 3 x 43 x 10 + 21 x 40 = 2,130. Fairness: 2 of 2 for each company. Order: 4 + 3 + 2 + 1 = 10.
    values = {row["nome"]: (row["valore"], row["valore_piano"]) for row in minimo.document["obiettivi"]}
    assert minimo.document["unita_costo_cent"] == 1
    assert values == {
        "copertura_piena": (4, 4),
        "minuti_coperti": (64_380, 64_380),
        "costo_totale": (3_330_100, 3_330_100),
        "desideri_viaggio": (2_130, 2_130),
        "equita": (1_000, 1_000),
        "ordine_domanda": (10, 10),
    }
    totals = minimo.document["registro"]["totali"]
    assert totals["costo_produzione_cent"] == 3_330_100
    # Places 2,400 + 1,200 + 700, empty 350, anticipo 240, meals 430 + 215 + 105: 5,640. Half of places and
    # anticipo to the companies (1,320; 950), the empty place to casa_beta, the rest to the families.
    assert totals["totale_cent"] == 564_000
    assert totals["per_pagatore"] == {
        "azienda:officina_alfa": 132_000,
        "azienda:casa_beta": 130_000,
        "famiglia": 302_000,
    }


def test_minimo_has_the_plan_found_by_hand(minimo: Solved) -> None:
    """Who is where, with which fascia, and how many places each agreement reserves."""
    plan = {row["bambino"]: (row["gestore"], row["fasce"]) for row in minimo.document["assegnazioni"]}
    assert plan == {
        "B001": ("nido_uno", ["anticipo"]),
        "B002": ("nido_uno", ["anticipo"]),
        "B003": ("nido_uno", []),
        "B004": ("micronido_due", []),
    }
    (opening,) = minimo.document["aperture"]
    # 5,160 / (2 months x 60) = 43 children to break even.
    assert (opening["bambini"], opening["giorni"], opening["costo_cent"]) == (2, 43, 516_000)
    assert opening["bambini_pareggio"] == 43
    places = {(row["azienda"], row["gestore"]): row["posti"] for row in minimo.document["accordi"]}
    assert places == {
        ("officina_alfa", "nido_uno"): 2,
        ("casa_beta", "nido_uno"): 1,
        ("casa_beta", "micronido_due"): 1,
    }


def test_opposite_rotas_share_the_places(solve_shipped: Callable[[str], Solved]) -> None:
    """Eight children on opposite rotas fit into four places; the ninth, all day, would cost two of them."""
    found = solve_shipped("turni-opposti").document
    assert {row["bambino"] for row in found["assegnazioni"]} == {f"B00{number}" for number in range(1, 9)}
    assert [row["bambino"] for row in found["non_assegnati"]] == ["B009"]
    assert [(row["presenti_massimi"], row["iscritti"], row["posti"]) for row in found["capienza"]] == [
        (4, 8, 4)
    ]
    assert sum(row["posti"] for row in found["accordi"]) == 4


def test_in_august_the_fruit_company_needs_the_summer_opening(solve_shipped: Callable[[str], Solved]) -> None:
    """While the nidi are closed the plan opens the August fascia, on the weekdays of the closure."""
    found = solve_shipped("estate").document
    openings = {(row["gestore"], row["fascia"], row["stagione"]): row for row in found["aperture"]}
    # August 2027 has 22 days from Monday to Friday; none is a holiday (the 15th is a Sunday).
    assert openings["nido_centro", "agosto", "estate"]["giorni"] == 22

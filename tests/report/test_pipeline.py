"""From scenario to checked document: phases, Ctrl-C, comparison, files."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from nido.accordi.risultato import calcolo
from nido.data.problems import InputError
from nido.matching.solution import Notice, Solution
from nido.matching.solve import SolveOptions
from nido.report import pipeline
from nido.scenari.load import Loaded

Solve = Callable[..., Solution]


@pytest.fixture
def solved(monkeypatch: pytest.MonkeyPatch, solution: Solution) -> list[Any]:
    """Let the handmade plan stand for the solver, and the checker agree; return the calls."""
    calls: list[Any] = []

    def solve(scenario: Any, matrix: Any, options: SolveOptions, listener: Any) -> Solution:
        calls.append((scenario, options))
        if not scenario.gestori[0].fasce:
            return replace(solution, aperture=(), personale=(), assegnazioni=solution.assegnazioni[1:])
        return solution

    monkeypatch.setattr(calcolo, "solve", solve)
    monkeypatch.setattr(calcolo, "check_document", lambda scenario, document, matrix: ())
    return calls


def test_a_plan_becomes_a_confirmed_document(loaded: Loaded, solved: list[Any]) -> None:
    """The document carries digest, substitutions and parameters; durations stay outside."""
    outcome = calcolo.run(loaded, SolveOptions(seed=7, gap=0.01), ("regole.attivazione.soglia=1",))
    manifest = outcome.documento["manifesto"]
    assert manifest["scenario_sha256"] == loaded.sha256
    assert manifest["seme"] == 7
    assert manifest["parametri"]["gap"] == 0.01
    assert manifest["sostituzioni"] == ["regole.attivazione.soglia=1"]
    assert set(outcome.secondi) == {"soluzione", "costi", "verifica"}
    assert not outcome.interrotto
    assert outcome.documento["verifica"]["esito"] == "confermata"


def test_violations_are_in_the_document(
    loaded: Loaded, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the checker finds turns the verdict."""
    found = Notice("capienza", "nido_uno", "3 presenti, posti 2")
    monkeypatch.setattr(calcolo, "check_document", lambda scenario, document, matrix: (found,))
    outcome = calcolo.run(loaded, SolveOptions())
    assert outcome.violazioni == (found,)
    assert outcome.documento["verifica"]["esito"] == "rifiutata"


def test_an_interrupted_solve_is_known_as_such(
    loaded: Loaded, solution: Solution, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan that Ctrl-C cut short is told apart from one that the time limit stopped."""
    cut = replace(solution, interrotto_da_utente=True)
    monkeypatch.setattr(calcolo, "solve", lambda *arguments: cut)
    assert calcolo.run(loaded, SolveOptions()).interrotto
    monkeypatch.setattr(calcolo, "solve", lambda *arguments: solution)
    assert not calcolo.run(loaded, SolveOptions()).interrotto


def test_comparison_takes_what_is_left_of_the_time(loaded: Loaded, solved: list[Any]) -> None:
    """The second solve has standard hours, no fasce, its own digest and the rest of the time limit."""
    found = pipeline.compare(loaded, SolveOptions(time_limit=10), spent=4)
    assert found is not None
    scenario, options = solved[-1]
    assert options.time_limit == 6
    assert str(scenario.gestori[0].base.orario) == "08:30-16:30"
    assert found[0].orario == "08:30-16:30"
    assert found[1].documento["manifesto"]["scenario_sha256"] != loaded.sha256
    assert pipeline.compare(loaded, SolveOptions(time_limit=10), spent=9.5) is None
    assert pipeline.compare(loaded, SolveOptions(), spent=1000) is not None


def test_files_of_a_folder(loaded: Loaded, solved: list[Any]) -> None:
    """A folder holds result, scenario, measures and every table; clock and durations only in the measures."""
    outcome = calcolo.run(loaded, SolveOptions())
    measures = pipeline.measures(pipeline.now(), outcome, None)
    found = pipeline.folder_files(loaded, outcome, measures)
    assert set(found) == pipeline.folder_names() - {pipeline.STANDARD_FILE}
    compared = pipeline.compare(loaded, SolveOptions(), spent=0)
    assert compared is not None
    beside = pipeline.folder_files(loaded, outcome, measures, compared[0])
    assert set(beside) == pipeline.folder_names()
    assert json.loads(beside["orario-standard.json"]) == compared[0].documento
    assert found["scenario.json"] == loaded.canonical
    assert set(json.loads(found["misure.json"])["secondi"]) == {"piano"}
    assert next(iter(json.loads(found["misure.json"]))) == "avvertenza"
    other = pipeline.folder_files(loaded, calcolo.run(loaded, SolveOptions()), measures)
    assert other["risultato.json"] == found["risultato.json"]


def test_an_infeasible_scenario_is_explained_with_its_lines(
    loaded: Loaded, solution: Solution, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The requirements in conflict come with file name, line and column, never a path."""
    (conflict,) = solution.conflitti
    bare = replace(conflict, percorso=("gestori", "nido_uno", "posti"), file=None, riga=None, colonna=None)
    nowhere = replace(bare, percorso=("bambini", "Z999", "assegnato_a"))
    empty = replace(solution, stato="infattibile", conflitti=())
    monkeypatch.setattr(calcolo, "solve", lambda *arguments: empty)
    monkeypatch.setattr(calcolo, "explain_infeasible", lambda *arguments: (bare, nowhere))
    outcome = calcolo.run(loaded, SolveOptions(time_limit=10))
    found, other = outcome.documento["conflitti"]
    # "posti" stands on line 18 of the scenario, after four spaces.
    assert (found["file"], found["riga"], found["colonna"]) == ("carta.yaml", 18, 5)
    assert (other["file"], other["riga"], other["colonna"]) == (None, None, None)
    assert "conflitti" in outcome.secondi


def test_a_child_asked_about_is_explained(
    loaded: Loaded, solution: Solution, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question reaches the engine with what is left of the time; without it nothing is asked."""
    asked: list[Any] = []
    bare = replace(solution, spiegazioni=())

    def explain(*arguments: Any) -> Any:
        asked.append(arguments)
        return solution.spiegazioni

    monkeypatch.setattr(calcolo, "solve", lambda *arguments: bare)
    monkeypatch.setattr(calcolo, "explain_child", explain)
    outcome = calcolo.run(loaded, SolveOptions(time_limit=10), (), None, "A002")
    assert outcome.documento["spiegazioni"][0]["bambino"] == "A002"
    assert asked[0][3] == "A002"
    assert 0 < asked[0][5] <= 10
    assert calcolo.run(loaded, SolveOptions()).documento["spiegazioni"] == []
    assert len(asked) == 1


def test_ctrl_c_while_explaining_keeps_the_plan(
    loaded: Loaded, solution: Solution, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan stands, its explanation says that it is not complete, and the run counts as interrupted."""

    def stopped(*arguments: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(calcolo, "explain_child", stopped)
    outcome = calcolo.run(loaded, SolveOptions(), (), None, "A002")
    assert outcome.interrotto
    assert len(outcome.documento["assegnazioni"]) == len(solution.assegnazioni)
    (found,) = outcome.documento["spiegazioni"]
    assert (found["bambino"], found["stagione"], found["chiesto"]) == ("A002", "autunno", "posto")
    assert (found["modifiche"], found["provate"], found["completa"]) == ([], 0, False)
    # B001 is served but for 5,000 minutes.
    (partly,) = calcolo.run(loaded, SolveOptions(), (), None, "B001").documento["spiegazioni"]
    assert (partly["bambino"], partly["chiesto"]) == ("B001", "copertura_piena")


def test_ctrl_c_while_looking_for_conflicts_keeps_the_answer(
    loaded: Loaded, solution: Solution, solved: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """That there is no plan is still told, without the reasons."""

    def stopped(*arguments: Any) -> Any:
        raise KeyboardInterrupt

    empty = replace(solution, stato="infattibile", conflitti=())
    monkeypatch.setattr(calcolo, "solve", lambda *arguments: empty)
    monkeypatch.setattr(calcolo, "explain_infeasible", stopped)
    outcome = calcolo.run(loaded, SolveOptions())
    assert outcome.interrotto
    assert (outcome.documento["stato"], outcome.documento["conflitti"]) == ("infattibile", [])


@pytest.mark.parametrize(
    "override",
    [
        "bambini[A001].isee=12345.67",
        "bambini[A001].casa={latitudine: 46.0671, longitudine: 11.2401}",
        "bambini.A001.casa.latitudine=46.0671",
        "bambini[A001]={id: A001, isee: 12345.67}",
        "bambini=[{id: A001, icef: 0.123}]",
    ],
)
def test_reserved_values_are_masked_in_the_manifest(loaded: Loaded, solved: list[Any], override: str) -> None:
    """The result names the changed key, never the value of a reserved one; the others are as typed."""
    plain = ("gestori[nido_uno].prezzi.posto_mese=610", "bambini[A001].comune=Levico Terme")
    manifest = calcolo.run(loaded, SolveOptions(), (override, *plain)).documento["manifesto"]
    assert manifest["sostituzioni"] == [f"{override.partition('=')[0]}=***", *plain]


def test_an_unknown_child_is_refused_without_showing_it(loaded: Loaded) -> None:
    """What was typed may be a name: it is not repeated."""
    calcolo.check_child(loaded, "A001")
    with pytest.raises(InputError) as refused:
        calcolo.check_child(loaded, "Mario Rossi")
    assert refused.value.exit_code == 3
    assert "Mario" not in str(refused.value)

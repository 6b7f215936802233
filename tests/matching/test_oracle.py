"""The model against brute force over the check halves, and against other solvers on the same rows."""

from pathlib import Path

import pytest
from oracle import brute_force, optimum_of, solve_here
from tiny import tiny_scenario

from nido.matching import rules
from nido.matching.prepare import prepare
from nido.matching.rules import RULES
from nido.matching.verifica import CHECKS

# The last seed once found the two halves apart on a fascia that is open anyway.
ORACLE_SEEDS = (*range(60), 100_095)
WIDE_SEEDS = range(500, 530)
ENGINE_SEEDS = range(1000, 1012)
COMPRESSION_SEEDS = range(2000, 2025)
BITES = {
    "idoneita": 3004,
    "orari": 3001,
    "capienza": 3016,
    "rapporto": 3012,
    "ore_bambino": 3067,
    "ore_sede": 3005,
    "attivazione": 3016,
    "posti_riservati": 3025,
    "budget": 3013,
    "residenti": 3023,
    "continuita": 3004,
    "fratelli": 3001,
    "fissati": 3000,
    "priorita": 3039,
}


@pytest.mark.oracolo
@pytest.mark.parametrize("seed", ORACLE_SEEDS)
def test_the_optimum_is_that_of_brute_force(seed: int) -> None:
    """Every tier's proven value is the best over all plans that the check halves accept."""
    scenario = tiny_scenario(seed)
    assert optimum_of(solve_here(scenario)) == brute_force(scenario).values


@pytest.mark.oracolo
@pytest.mark.parametrize("seed", WIDE_SEEDS)
def test_sundays_quarters_and_matrices_agree_too(seed: int) -> None:
    """The same with Sundays, a grid of 15 minutes and stated travel minutes."""
    scenario = tiny_scenario(seed, wide=True)
    assert optimum_of(solve_here(scenario)) == brute_force(scenario).values


@pytest.mark.oracolo
@pytest.mark.parametrize("seed", ENGINE_SEEDS)
@pytest.mark.parametrize("engine", ["highs", "scip"])
def test_other_solvers_agree_on_the_same_rows(seed: int, engine: str) -> None:
    """HiGHS and SCIP prove the same value of every tier as CP-SAT."""
    scenario = tiny_scenario(seed)
    assert optimum_of(solve_here(scenario, engine)) == optimum_of(solve_here(scenario))  # type: ignore[arg-type]


@pytest.mark.oracolo
@pytest.mark.parametrize("seed", COMPRESSION_SEEDS)
def test_compression_loses_nothing(seed: int) -> None:
    """Merging moments and dropping contained sets leaves every tier's optimum as it is."""
    scenario = tiny_scenario(seed)
    assert optimum_of(solve_here(scenario, compress=False)) == optimum_of(solve_here(scenario))


def test_compression_merges_something() -> None:
    """The compressed model of a case with rotas has fewer rows than the explicit one."""
    scenario = tiny_scenario(3)
    plain, compressed = prepare(scenario, {}, compress=False), prepare(scenario, {})
    assert len(compressed.model.rows) < len(plain.model.rows)


@pytest.mark.parametrize(("name", "seed"), BITES.items())
def test_every_rule_bites(name: str, seed: int) -> None:
    """Switching a rule off changes the optimum of at least one case."""
    scenario = tiny_scenario(seed)
    rule = getattr(scenario.regole, name).model_copy(update={"attiva": False})
    without = scenario.model_copy(update={"regole": scenario.regole.model_copy(update={name: rule})})
    assert optimum_of(solve_here(without)) != optimum_of(solve_here(scenario))


def test_every_rule_is_in_the_list_of_those_that_bite() -> None:
    """A new rule must come with a case that it changes."""
    assert set(BITES) == {rule.name for rule in RULES}


def test_every_rule_file_is_registered() -> None:
    """A file in the folder of rules that is not in the registry would be silently ignored."""
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {rule.name for rule in RULES}


def test_every_rule_has_its_check_half_and_source() -> None:
    """The two halves of a rule carry the same name, and both name their source."""
    checks = {check.name: check.fonte for check in CHECKS}
    assert set(checks) >= {rule.name for rule in RULES}
    assert all(rule.fonte for rule in RULES) and all(checks.values())


def test_every_rule_has_its_own_name() -> None:
    """The registry holds no rule twice."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))

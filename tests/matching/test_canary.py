"""The solver canary: the guard makes the known wrong optimum right, and a bad solver gives itself away."""

import sys

import pytest

from nido.matching import canary, process
from nido.matching.adapter import canary_value
from nido.matching.linear import LinearModel, RowTooLargeError

WEIGHTS = (328_859_378, 633_130_661, 1_211_800_363, 2_121_167_773, 2_403_907_371, 1_204_490_608)


def test_the_guarded_solver_gives_the_right_optimum() -> None:
    """The child proves the optimum that is found by hand."""
    # e = 0: the first clique leaves x1 and x4 free, 20 + 9 = 29. e = 1: at most one of x0, x2, x3, x5, and
    # x1 with x3 weighs 2,754,298,434, x1 with x4 3,037,038,032: above the limit;
    # x1 and x2 give 20 + 5 - 3 = 22.
    assert canary.canary_in_child() == canary.OPTIMUM == 29


def test_the_canary_is_alive() -> None:
    """Without the guard the same model gives another value: a canary that cannot die proves nothing."""
    assert canary_value(guarded=False) != canary.OPTIMUM
    assert canary_value() == canary.OPTIMUM


def test_nothing_is_wrong_on_this_machine() -> None:
    """Canary and trial models have their known answers."""
    assert canary.run() == ()


@pytest.mark.parametrize(
    ("command", "told"), [("print(22)", "22"), ("print('x')", "None"), ("import os; os._exit(9)", "None")]
)
def test_a_wrong_canary_is_told(monkeypatch: pytest.MonkeyPatch, command: str, told: str) -> None:
    """A wrong optimum, no number and a dead child each give a sentence, and nothing is raised."""
    monkeypatch.setattr(canary, "COMMAND", command)
    (fault,) = canary.run()
    assert f"({told}, quello giusto è 29)" in fault


def test_a_solver_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends at once gives the sentence of the crash."""
    monkeypatch.setattr(process, "WORKER", (sys.executable, "-c", "raise SystemExit(9)"))
    (fault,) = canary.run()
    assert "codice 9" in fault


def test_a_trial_with_another_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A trial model whose optimum is not the known one gives a sentence with what was found."""
    # 2 + 3 = 5, so 6 can be reached by no choice and 4 is not the optimum.
    monkeypatch.setattr(canary, "TRIAL_OPTIMUM", 4)
    (fault,) = canary.run()
    assert "modello di prova" in fault and "5" in fault


def test_a_row_as_large_as_the_canary_is_refused() -> None:
    """The second fence: no model of nido can hold such a row at all."""
    # 7,903,356,154 in all, against 2^31 = 2,147,483,648.
    model = LinearModel()
    terms = [(model.variable(), weight) for weight in WEIGHTS]
    with pytest.raises(RowTooLargeError):
        model.add(terms, high=2_700_000_000)
    assert sum(WEIGHTS) == 7_903_356_154

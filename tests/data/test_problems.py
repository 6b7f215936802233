"""Problems of input files and the language of messages."""

import pickle

import pytest

from nido.data import DataError
from nido.data.lingua import language, text
from nido.data.problems import InputError, NidoError, Problem, caret_excerpt, render

PROBLEM = Problem("a.yaml", 3, 5, "gestori[girasole].posti", "-3: atteso un numero >= 0")


def test_a_problem_reads_as_file_line_column() -> None:
    """Position, place and message are joined by colons, without the parts that are unknown."""
    assert str(PROBLEM) == "a.yaml:3:5: gestori[girasole].posti: -3: atteso un numero >= 0"
    assert str(Problem("a.yaml", 3, 0, "", "vuoto")) == "a.yaml:3: vuoto"
    assert str(Problem("a.yaml", 0, 0, "", "vuoto")) == "a.yaml: vuoto"


def test_rendering_adds_excerpt_and_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    """The excerpt comes after the message, the hint last and in the current language."""
    assert render(PROBLEM) == str(PROBLEM)
    full = Problem("a.yaml", 2, 1, "x", "no", "forse y", "  1 | a\n  2 | b\n")
    assert render(full) == "a.yaml:2:1: x: no\n  1 | a\n  2 | b\n  suggerimento: forse y"
    monkeypatch.setenv("NIDO_LANG", "en")
    assert render(full).endswith("  hint: forse y")


def test_an_input_error_holds_every_problem() -> None:
    """Its text is one problem a line, its exit code is 3."""
    error = InputError([PROBLEM, Problem("a.yaml", 9, 1, "", "vuoto")])
    assert isinstance(error, NidoError)
    assert error.exit_code == 3
    assert str(error).splitlines() == [str(PROBLEM), "a.yaml:9:1: vuoto"]


def test_an_input_error_without_problems_is_a_mistake() -> None:
    """An error that says nothing would leave the user with nothing."""
    with pytest.raises(ValueError, match="at least one"):
        InputError([])


def test_errors_survive_the_trip_to_another_process() -> None:
    """Problems come back as they were when an error is pickled."""
    error = InputError([PROBLEM])
    assert pickle.loads(pickle.dumps(error)).problems == (PROBLEM,)
    data = pickle.loads(pickle.dumps(DataError("messaggio", (PROBLEM,))))
    assert (str(data), data.problems, data.exit_code) == ("messaggio", (PROBLEM,), 3)


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (1, 1, ["  1 | uno", "    | ^", "  2 | due"]),
        (2, 3, ["  1 | uno", "  2 | due", "    |   ^", "  3 | tre"]),
        (3, 0, ["  2 | due", "  3 | tre"]),
        (4, 1, []),
        (0, 1, []),
    ],
)
def test_an_excerpt_has_up_to_three_lines(line: int, column: int, expected: list[str]) -> None:
    """The lines around the position, a caret where the column is known, nothing outside the file."""
    assert caret_excerpt("uno\ndue\ntre\n", line, column).splitlines() == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "it"), ("", "it"), ("it", "it"), ("de", "it"), ("en", "en"), ("EN_GB.UTF-8", "en")],
)
def test_the_language_is_italian_unless_asked(
    monkeypatch: pytest.MonkeyPatch, value: str | None, expected: str
) -> None:
    """Only a value that starts with en changes the language."""
    if value is None:
        monkeypatch.delenv("NIDO_LANG", raising=False)
    else:
        monkeypatch.setenv("NIDO_LANG", value)
    assert language() == expected
    assert text("{n} posti", "{n} places", n=3) == {"it": "3 posti", "en": "3 places"}[expected]

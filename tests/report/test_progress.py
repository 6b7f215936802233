"""Progress: where it goes, how often, and what it says."""

import io

import pytest

from nido.matching.solve import Progress
from nido.report.progress import Style, sentence, shown


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def state(valore: int | None, limite: int | None = 90, gap: float | None = 0.1) -> Progress:
    """Return one state of a solve."""
    return Progress("copertura_piena", 1, 6, 2.5, valore, limite, gap, 1)


def test_a_line_per_better_plan() -> None:
    """Where nobody watches, each better plan gives one line; a bound alone gives none."""
    stream = io.StringIO()
    with shown(stream, Style(), "piano") as listen:
        assert listen is not None
        for valore in (None, 80, 80, 82):
            listen(state(valore))
    assert stream.getvalue().splitlines() == [
        "piano: livello 1/6 copertura_piena  valore 80  limite 90  gap 10,00 %",
        "piano: livello 1/6 copertura_piena  valore 82  limite 90  gap 10,00 %",
    ]


def test_quiet_shows_nothing() -> None:
    """Quiet means that the solve has no listener at all."""
    stream = Terminal()
    with shown(stream, Style(quiet=True), "piano") as listen:
        assert listen is None
    assert stream.getvalue() == ""


@pytest.mark.parametrize("color", [True, False])
def test_live_line_on_a_terminal(monkeypatch: pytest.MonkeyPatch, color: bool) -> None:
    """On a terminal the newest state is drawn and the line is cleared at the end; colours only if wanted."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    stream = Terminal()
    with shown(stream, Style(color=color), "piano") as listen:
        assert listen is not None
        listen(state(1234567))
    drawn = stream.getvalue()
    assert "preparo il modello" in drawn
    assert ("\x1b[1;36m" in drawn) is color
    assert drawn.endswith("\x1b[2K")


def test_sentence_without_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not known yet is a dash."""
    assert sentence(state(None, None, None)) == "livello 1/6 copertura_piena  valore -  limite -"
    monkeypatch.setenv("NIDO_LANG", "en")
    assert sentence(state(1234, None, None)) == "tier 1/6 copertura_piena  value 1,234  bound -"

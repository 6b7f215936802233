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
        "piano: livello 1/6 copertura piena  trovato 80  limite 90  gap 10,00 %",
        "piano: livello 1/6 copertura piena  trovato 82  limite 90  gap 10,00 %",
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
    assert sentence(state(None, None, None)) == "livello 1/6 copertura piena  trovato -  limite -"
    monkeypatch.setenv("NIDO_LANG", "en")
    assert sentence(state(1234, None, None)) == "tier 1/6 full coverage  found 1,234  bound -"


@pytest.mark.parametrize(
    ("nome", "unita", "valore", "limite", "words"),
    [
        # 3,364,891 cents; 336,489 tens of cents; 33,649 euro.
        ("costo_totale", "cent", 3364891, 3041881, "trovato 33.648,91 EUR  limite 30.418,81 EUR"),
        ("costo_totale", "10 cent", 336489, 0, "trovato 33.648,90 EUR  limite 0,00 EUR"),
        ("costo_totale", "EUR", 33649, None, "trovato 33.649,00 EUR  limite -"),
        # 369,120 / 60 = 6,152 hours.
        ("minuti_coperti", "minuti", 369120, 369120, "trovato 6.152,0 ore  limite 6.152,0 ore"),
        ("desideri_viaggio", "minuti", 5366, 0, "trovato 5.366 minuti  limite 0 minuti"),
        ("equita", "per mille", 875, 1000, "trovato 87,5 %  limite 100,0 %"),
        ("ordine_domanda", "punti", 131, 355, "trovato 131 punti  limite 355 punti"),
    ],
)
def test_figures_are_in_units_of_a_reader(
    nome: str, unita: str, valore: int, limite: int | None, words: str
) -> None:
    """Money is in euro whatever the solve counts in, coverage in hours, fairness in per cent."""
    assert words in sentence(Progress(nome, 3, 6, 2.5, valore, limite, None, 1, unita))


def test_a_gap_beyond_the_value_is_no_number() -> None:
    """A gap of 67,855,500 % tells nobody anything."""
    assert sentence(state(80, 90, 678555.0)).endswith("  limite 90  ancora lontano")
    assert sentence(state(80, 160, 1.0)).endswith("  gap 100,00 %")

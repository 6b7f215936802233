"""The report on the screen: goldens at two widths, two languages, and what must never be missing."""

from pathlib import Path
from typing import Any

import pytest

from nido.report.copertura import Comparison
from nido.report.terminale import render

GOLDEN = Path(__file__).parent / "golden"

Document = dict[str, Any]


@pytest.fixture
def comparison(document: Document) -> Comparison:
    """Return the same case at standard hours: nobody is fully served."""
    served = [{**row, "minuti_scoperti": 8000, "fasce": []} for row in document["assegnazioni"]]
    return Comparison("08:30-16:30", {**document, "assegnazioni": served, "stato": "ottimo"})


@pytest.mark.parametrize(("width", "lang"), [(80, "it"), (120, "it"), (80, "en")])
def test_golden(
    document: Document, comparison: Comparison, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    """The whole report of the handmade plan, as it was read and approved."""
    monkeypatch.setenv("NIDO_LANG", lang)
    shown = render(document, width=width, comparison=comparison)
    assert shown == (GOLDEN / f"rapporto-{lang}-{width}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 60, 72, 100, 160])
def test_lines_fit(document: Document, comparison: Comparison, width: int) -> None:
    """No line is wider than asked (60 at least), and no control code is in the text."""
    shown = render(document, width=width, comparison=comparison)
    assert max(map(len, shown.splitlines())) <= max(width, 60)
    assert shown.isprintable() or set(shown) - set("\n") == {sign for sign in shown if sign.isprintable()}


def test_a_year_of_payments_comes_in_blocks(document: Document) -> None:
    """Twelve months do not fit 80 characters: they continue below, none is lost."""
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    document["registro"]["totali"]["per_azienda_mese"] = {"alfa": dict.fromkeys(months, 123456789)}
    shown = render(document, width=80)
    assert max(map(len, shown.splitlines())) <= 80
    assert all(f"{month:02d}/2026" in shown for month in range(1, 13))
    # 12 x 1.234.567,89 = 14.814.814,68
    assert shown.count("14.814.814,68") == 2


def test_no_plan_shows_no_numbers(document: Document) -> None:
    """An infeasible scenario says so and shows neither coverage nor costs."""
    shown = render({**document, "stato": "infattibile"}, width=80)
    assert "infattibile" in shown
    assert "COPERTURA" not in shown and "EUR" not in shown


def test_a_comparison_without_plan_is_told(document: Document) -> None:
    """When the standard hours allow no plan, the report says it instead of showing zeros."""
    other = Comparison("08:30-16:30", {**document, "stato": "infattibile"})
    shown = render(document, width=120, comparison=other)
    assert "Con l'orario 08:30-16:30: infattibile" in shown
    assert shown.count("08:30-16:30") == 1


def test_real_data_carry_no_banner(document: Document) -> None:
    """The synthetic banner stands only on synthetic data; the audience is always named."""
    shown = render({**document, "dati_sintetici": False}, width=80)
    assert "SINTETICI" not in shown
    assert "Uso interno del distretto." in shown


def test_empty_sections_are_left_out(document: Document) -> None:
    """Nothing is shown of what there is none of; that no fascia opens is said."""
    empty: Document = {"non_assegnati": [], "avvisi": [], "ipotesi": [], "regole_spente": [], "aperture": []}
    shown = render({**document, **empty}, width=80)
    for title in ("NON SERVITI", "AVVISI", "SI REGGE", "REGOLE SPENTE"):
        assert title not in shown
    assert "FASCE APERTE\nNessuna." in shown


def test_hours_and_meals_are_explained(document: Document) -> None:
    """A company that pays meals is told why they all stand in one month."""
    assert "primo mese" not in render(document, width=80)
    document["registro"]["righe"].append({"componente": "pasto", "pagatore": "azienda:alfa"})
    assert "primo mese" in render(document, width=80)


def test_a_refused_result_says_so(document: Document) -> None:
    """The checker's refusal cannot be overlooked."""
    document["verifica"] = {"esito": "rifiutata", "violazioni": []}
    assert "Verifica indipendente: RIFIUTATA." in render(document, width=80)

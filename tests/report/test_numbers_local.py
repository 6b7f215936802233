"""Numbers in Italian and in English."""

from datetime import date
from fractions import Fraction

import pytest

from nido.report.numbers_local import (
    day,
    decimal_text,
    euro,
    euro_sign,
    figure_text,
    hours,
    integer,
    percent,
    percent_text,
    ratio_percent,
    with_article,
)


def test_italian(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points between thousands, comma before decimals."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    assert euro(123456789) == "1.234.567,89"
    assert euro_sign(-5) == "-0,05 EUR"
    assert integer(-1234567) == "-1.234.567"
    assert decimal_text("1234.50") == "1.234,50"


def test_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commas between thousands, point before decimals."""
    monkeypatch.setenv("NIDO_LANG", "en")
    assert euro_sign(123456789) == "1,234,567.89 EUR"
    assert hours(90) == "1.5"


def test_rounding_is_half_up() -> None:
    """Halves go up: 63 minutes are 1.05 hours, shown as 1,1; 1 of 8 is 12,5 %, with no digits 13 %."""
    assert hours(63) == "1,1"
    assert percent(1, 8, digits=0) == "13 %"
    assert percent(2, 3) == "66,7 %"
    assert percent(0, 0) == "-"


def test_a_gap_that_is_open_never_looks_closed() -> None:
    """0.00004 is not shown as 0,00 %."""
    assert ratio_percent(0.0) == "0,00 %"
    assert ratio_percent(0.00004) == "< 0,01 %"
    assert ratio_percent(0.027994427) == "2,80 %"
    assert ratio_percent("0.01") == "1,00 %"


def test_figures_of_the_tables() -> None:
    """Numbers get their unit, words stand alone, what is no number stays as it is."""
    assert figure_text("26.75", "EUR/ora") == "26,75 EUR/ora"
    assert figure_text("presenti", "scelta") == "presenti"
    assert figure_text("8", "percento") == "8 %"
    assert figure_text("1.09", "rapporto") == "1,09"
    assert decimal_text("nan") == "nan"
    assert decimal_text("2026-09-01") == "2026-09-01"


def test_shares_have_the_digits_they_need() -> None:
    """80 % and not 80,00 %; 66.666... % is cut at two digits, 12.5 % keeps its one."""
    assert percent_text(Fraction("0.8")) == "80 %"
    assert percent_text(Fraction(1, 8)) == "12,5 %"
    assert percent_text(Fraction(2, 3)) == "66,67 %"
    assert percent_text(Fraction(1)) == "100 %"


def test_days_are_written_as_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Day first in Italian, the unambiguous form in English."""
    assert day(date(2026, 9, 1)) == "01/09/2026"
    monkeypatch.setenv("NIDO_LANG", "en")
    assert day(date(2026, 9, 1)) == "2026-09-01"


@pytest.mark.parametrize(
    ("hundredths", "the", "of_the"),
    [
        (1, "l'1 %", "dell'1 %"),
        (8, "l'8 %", "dell'8 %"),
        (11, "l'11 %", "dell'11 %"),
        (18, "il 18 %", "del 18 %"),
        (50, "il 50 %", "del 50 %"),
        (80, "l'80 %", "dell'80 %"),
        (87, "l'87 %", "dell'87 %"),
        (100, "il 100 %", "del 100 %"),
    ],
)
def test_a_share_has_the_article_that_is_read_aloud(hundredths: int, the: str, of_the: str) -> None:
    """Uno, otto, undici and ottanta begin with a vowel."""
    share = Fraction(hundredths, 100)
    assert with_article(share) == the
    assert with_article(share, "di") == of_the

"""Numbers as a reader writes them: 1.234,56 in Italian, 1,234.56 in English."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal

from nido.data.lingua import language, local_number, text

CENTS_IN_EURO = 100
# Units of the tables that only say what kind of words the value is made of.
WORDS = frozenset({"testo", "scelta", "data", "mese-giorno", "orario"})
MINUTES_IN_HOUR = 60


def _rounded(value: Fraction, digits: int) -> Decimal:
    scaled = value * 10**digits
    whole = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return whole.scaleb(-digits)


def decimal_text(number: str) -> str:
    """Rewrite a decimal number (``1234.50``) in the reader's form; other text stays as it is."""
    try:
        exact = Decimal(number)
    except InvalidOperation:
        return number
    return local_number(f"{exact:,f}") if exact.is_finite() else number


def figure_text(value: str, unit: str) -> str:
    """Write a figure of the tables with its unit; words have none worth showing."""
    if unit in WORDS:
        return value
    return f"{decimal_text(value)} {unit_words(unit)}".rstrip()


def unit_words(unit: str) -> str:
    """Name a unit of the tables; most are written as a reader would."""
    words = {
        "percento": "%",
        "rapporto": "",
        "numero": "",
        "EUR/ora_bambino": text("EUR per ora di un bambino", "EUR per hour of a child"),
    }
    return words.get(unit, unit)


def integer(value: int) -> str:
    """Write a whole number with its thousands apart."""
    return local_number(f"{value:,}")


def euro(cents: int) -> str:
    """Write an amount of cents in euro, without the currency: ``1.234,56``."""
    return local_number(f"{Decimal(cents).scaleb(-2):,.2f}")


def euro_sign(cents: int) -> str:
    """Write an amount of cents in euro, with the currency: ``1.234,56 EUR``."""
    return f"{euro(cents)} EUR"


def hours(minutes: int) -> str:
    """Write minutes as hours with one decimal, half up."""
    return local_number(f"{_rounded(Fraction(minutes, MINUTES_IN_HOUR), 1):,.1f}")


def percent(part: int, whole: int, digits: int = 1) -> str:
    """Write a part of a whole in per cent, half up; a dash when the whole is nothing."""
    if whole == 0:
        return "-"
    return local_number(f"{_rounded(Fraction(part * 100, whole), digits):,.{digits}f}") + " %"


def percent_text(share: Fraction) -> str:
    """Write a share (0 to 1) in per cent, with as few digits as it has, at most two."""
    hundredths = _rounded(share * 100, 2).normalize()
    return local_number(f"{hundredths:f}") + " %"


def with_article(share: Fraction, preposition: Literal["il", "di"] = "il") -> str:
    """Write a share in per cent after its Italian article: «il 50 %», «l'80 %», «dell'1,5 %».

    Parameters
    ----------
    share
        From 0 to 1.
    preposition
        ``il`` for the article alone, ``di`` for the article joined to *di*.
    """
    written = percent_text(share)
    whole = int(_rounded(share * 100, 2))
    # Uno, otto, undici and ottanta begin with a vowel.
    vowel = whole in (1, 8, 11) or whole // 10 == 8
    article = {"il": ("il ", "l'"), "di": ("del ", "dell'")}[preposition][vowel]
    return f"{article}{written}"


def day(moment: date) -> str:
    """Write a date: 01/09/2026 in Italian, 2026-09-01 in English."""
    return moment.isoformat() if language() == "en" else moment.strftime("%d/%m/%Y")


def ratio_percent(ratio: float | str, digits: int = 2) -> str:
    """Write a ratio (0 to 1, as in a gap) in per cent.

    A ratio above 0 is never shown as 0: a gap that is not closed must not look closed.
    """
    exact = Fraction(Decimal(str(ratio)))
    shown = _rounded(exact * 100, digits)
    smallest = Decimal(1).scaleb(-digits)
    if exact > 0 and shown == 0:
        return "< " + local_number(f"{smallest:,.{digits}f}") + " %"
    return local_number(f"{shown:,.{digits}f}") + " %"

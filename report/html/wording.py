"""How the page writes counts, amounts, days and payers."""

from collections.abc import Sequence

from nido.data.lingua import text
from nido.report.html.context import Context
from nido.report.numbers_local import euro, euro_sign, integer
from nido.report.privacy.view import HIDDEN_SIGN, OTHER_PAYERS, Count
from nido.report.state_words import COMPANY, payer_words
from nido.scenari.field_text import format_time

DASH = "-"
WEEK = 7


def count(value: Count) -> str:
    """Write a count of children; one that may not be shown has a sign of its own."""
    return HIDDEN_SIGN if value is None else integer(value)


def amount(cents: int | None) -> str:
    """Write an amount in euro without the currency, a dash where there is none."""
    return DASH if cents is None else euro(cents)


def amount_sign(cents: int | None) -> str:
    """Write an amount in euro, a dash where there is none."""
    return DASH if cents is None else euro_sign(cents)


def figure(value: int | None) -> str:
    """Write a whole number, a dash where there is none."""
    return DASH if value is None else integer(value)


def month(written: str) -> str:
    """Write a month (``2026-09``) as ``09/2026``."""
    return f"{written[5:7]}/{written[:4]}"


def hours(start: int, end: int) -> str:
    """Write a span of the day."""
    return f"{format_time(start)}-{format_time(end)}"


def weekday(day: int) -> str:
    """Name a day of the week (0 = Monday) in three letters."""
    names = text("lun mar mer gio ven sab dom", "Mon Tue Wed Thu Fri Sat Sun").split()
    return names[day]


def weekdays(days: Sequence[int]) -> str:
    """Write days of the week; three or more in a row as a span."""
    ordered = sorted(set(days))
    runs: list[list[int]] = []
    for day in ordered:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        if len(run) > 2:
            parts.append(f"{weekday(run[0])}-{weekday(run[-1])}")
        else:
            parts += map(weekday, run)
    return ", ".join(parts)


def payer(context: Context, pagatore: str) -> str:
    """Name a payer: companies by name, and those who may not be told apart all together."""
    if pagatore.startswith(COMPANY):
        return context.company(pagatore.removeprefix(COMPANY))
    if pagatore == OTHER_PAYERS:
        return text("altri pagatori", "other payers")
    return payer_words(pagatore)


def component(componente: str) -> str:
    """Name a component of the price."""
    words = {
        "posto": text("posti", "places"),
        "vuoto": text("posti vuoti", "empty places"),
        "fascia": text("fasce aggiunte", "openings added"),
        "ora": text("ore", "hours"),
        "pasto": text("pasti", "meals"),
    }
    return words.get(componente, componente)


def joined(parts: Sequence[str]) -> str:
    """Write a list of names with its last joined by "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return text("{head} e {last}", "{head} and {last}", head=", ".join(parts[:-1]), last=parts[-1])

"""Years and months of the agreements in words, and what falls into a month by contract."""

from nido.accordi.simulazione.anni import Anno
from nido.data.lingua import text
from nido.report.privacy.months import Step


def step_words(step: Step) -> str:
    """Say what falls into a month by contract."""
    words = {
        "prezzi": text("i prezzi si indicizzano", "prices are indexed"),
        "recesso": text("ultimo mese per recedere", "last month to withdraw"),
        "rinnovo": text("si rinnova", "renewed"),
        "rilascio": text("i posti vuoti si lasciano per settembre", "empty places released for September"),
        "fine": text("ultimo mese", "last month"),
    }
    return words[step]


def month_words(month: str) -> str:
    """Write a month: 09/2028 in Italian, 2028-09 in English."""
    return text("{m}/{y}", "{y}-{m}", m=month[5:], y=month[:4])


def year_words(year: Anno) -> str:
    """Name a year of the agreements with its months."""
    if year.mesi == 1:
        return text("anno {n}: {first}", "year {n}: {first}", n=year.numero, first=month_words(year.primo))
    return text(
        "anno {n}: {first}–{last}",
        "year {n}: {first} to {last}",
        n=year.numero,
        first=month_words(year.primo),
        last=month_words(year.ultimo),
    )

"""The plan's course month by month, one table for each agreement (district only)."""

from collections.abc import Iterator, Mapping, Sequence

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.life_calendar import month_words, step_words
from nido.report.numbers_local import euro, integer
from nido.report.privacy.months import PlanMonth


def month_tables(months: Sequence[PlanMonth], names: Mapping[str, str]) -> Iterator[Table]:
    """Write a table for each agreement.

    Parameters
    ----------
    months
        The plan's course, agreement by agreement.
    names
        Names of companies and gestori, by id.
    """
    columns = (
        *text_columns([text("mese", "month")]),
        *number_columns(
            [
                text("riservati", "reserved"),
                text("usati", "used"),
                text("vuoti", "empty"),
                text("prezzo EUR", "price EUR"),
                text("importo EUR", "amount EUR"),
            ]
        ),
        *text_columns([text("che cosa succede", "what happens")]),
    )
    for azienda, gestore in dict.fromkeys((one.azienda, one.gestore) for one in months):
        mine = [one for one in months if (one.azienda, one.gestore) == (azienda, gestore)]
        caption = f"{names.get(azienda, azienda)} – {names.get(gestore, gestore)}"
        total = ("", "", "", "", euro(sum(one.totale_cent for one in mine)), "")
        footer = ((text("in tutto", "in all"), *total),)
        yield Table(caption, columns, tuple(_row(one) for one in mine), footer)


def _row(one: PlanMonth) -> tuple[str, ...]:
    empty = sum(places for _, places in one.vuoti)
    return (
        month_words(one.mese),
        integer(one.riservati),
        integer(one.usati + one.prestati),
        integer(empty),
        euro(int(one.listino * 100)),
        euro(one.totale_cent),
        "; ".join(step_words(step) for step in one.passi),
    )

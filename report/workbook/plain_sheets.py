"""Sheets without formulas: what the workbook is, the calendar, the sources and the unverified figures."""

from nido.data.lingua import text
from nido.report.numbers_local import day
from nido.report.privacy.view import View
from nido.report.workbook.book import Book, Column, Value, euro
from nido.scenari.field_text import format_time, format_weekdays

FRONT_WIDTH = 110


def front_sheet(book: Book, view: View, words: tuple[str, ...]) -> None:
    """Say what this is, for whom, and how far it may be trusted."""
    sheet = book.sheet(text("Leggimi", "Read me"))
    sheet.widths((Column("", FRONT_WIDTH),))
    sheet.heading(0, view.title)
    sheet.put(1, 0, view.notice, "notice")
    whom = view.subject_name or text("il distretto: uso interno", "the district: internal use")
    first, last = (day(moment) for moment in view.horizon)
    about = (
        text("Per {whom}", "For {whom}", whom=whom),
        text("Dal {first} al {last}", "From {first} to {last}", first=first, last=last),
        *words,
        *view.remarks,
        *((f"Scenario: {view.origin.scenario_sha256}",) if view.origin.scenario_sha256 else ()),
    )
    for row, sentence in enumerate(about, 3):
        sheet.paragraph(row, sentence, FRONT_WIDTH)


def calendar_sheet(book: Book, view: View) -> None:
    """Write seasons, hours and packages with their prices."""
    sheet = book.sheet(text("Calendario", "Calendar"))
    seasons = (
        Column(text("stagione", "season"), 26),
        Column(text("nome", "name"), 34),
        Column(text("dal", "from"), 13, "date"),
        Column(text("al", "to"), 13, "date"),
        Column(text("mesi", "months"), 14, "number"),
    )
    sheet.widths((*seasons, Column("", 14)))
    first, last = (day(moment) for moment in view.horizon)
    title = text(
        "Calendario dell'anno del piano, dal {first} al {last}",
        "Calendar of the plan's year, {first} to {last}",
        first=first,
        last=last,
    )
    sheet.heading(0, title)
    sheet.put(1, 0, view.notice, "notice")
    rows: list[tuple[Value, ...]] = [
        (season.id, season.nome, season.inizio, season.fine, len(season.mesi)) for season in view.seasons
    ]
    below = sheet.table(3, seasons, rows)
    sheet.heading(below + 1, text("Orari e pacchetti", "Hours and packages"))
    packages = (
        Column(text("gestore", "provider"), 0),
        Column(text("pacchetto", "package"), 0),
        Column(text("giorni", "days"), 0),
        Column(text("orario", "hours"), 0),
        Column(text("prezzo EUR", "price EUR"), 0, "euro"),
        Column(text("per", "per"), 0),
    )
    sheet.table(below + 2, packages, _packages(view))


def _packages(view: View) -> list[tuple[Value, ...]]:
    found: list[tuple[Value, ...]] = []
    opened = {(row.gestore, row.fascia) for row in view.openings}
    for provider in view.providers:
        by_month = bool(provider.posto_mese_cent)
        found.append(
            (
                provider.nome,
                text("orario base", "base hours"),
                format_weekdays(provider.base_giorni),
                f"{format_time(provider.base_inizio)}-{format_time(provider.base_fine)}",
                euro(provider.posto_mese_cent if by_month else provider.ora_bambino_cent),
                text("posto e mese", "place and month")
                if by_month
                else text("ora di un bambino", "hour of a child"),
            )
        )
        for band in provider.fasce:
            if (provider.id, band.id) in opened:
                hours = f"{format_time(band.inizio)}-{format_time(band.fine)}"
                days, price = format_weekdays(band.giorni), euro(band.prezzo_mese_cent)
                found.append(
                    (provider.nome, band.id, days, hours, price, text("bambino e mese", "child and month"))
                )
    return found


def sources_sheet(book: Book, view: View) -> None:
    """List the unverified figures with their sources, and where the workbook comes from."""
    sheet = book.sheet(text("Fonti e ipotesi", "Sources and assumptions"))
    columns = (
        Column(text("cifra", "figure"), 52, "code"),
        Column(text("valore", "value"), 16),
        Column(text("unità", "unit"), 16),
        Column(text("stato", "state"), 12),
        Column(text("fonte", "source"), 44, "wrap"),
        Column(text("nota", "note"), 60, "wrap"),
    )
    sheet.widths(columns)
    sheet.heading(0, text("Cifre che nessuna fonte conferma", "Figures that no source confirms"))
    sheet.put(1, 0, view.notice, "notice")
    rows: list[tuple[Value, ...]] = [
        (row.chiave, row.valore, row.unita, row.stato, row.fonte, row.nota) for row in view.assumptions
    ]
    below = sheet.table(3, columns, rows)
    sheet.freeze(4)
    origin = [("scenario", view.origin.scenario_sha256 or "-"), *view.origin.versioni]
    for row, (name, value) in enumerate(origin, below + 1):
        sheet.put(row, 0, name, "code")
        sheet.put(row, 1, value, "code")

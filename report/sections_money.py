"""Report sections: what is opened, agreed and paid."""

from collections.abc import Mapping, Sequence

from nido.data.lingua import text
from nido.report.copertura import Document
from nido.report.numbers_local import euro, euro_sign, integer, percent
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap

COMPANY = "azienda:"
SEASONAL = frozenset({"ora", "pasto"})


def openings(document: Document, width: int) -> Lines:
    """Write the open fasce: children, cost, break-even."""
    columns = [
        text_column("gestore"),
        text_column("fascia"),
        text_column(text("stagione", "season")),
        number_column(text("bambini", "children")),
        number_column(text("giorni", "days")),
        number_column(text("costo EUR", "cost EUR")),
        number_column(text("pareggio bambini", "break-even children")),
    ]
    rows = [
        (
            *(found["gestore"], found["fascia"], found["stagione"]),
            *(integer(found["bambini"]), integer(found["giorni"]), euro(found["costo_cent"])),
            "-" if found["bambini_pareggio"] is None else integer(found["bambini_pareggio"]),
        )
        for found in document["aperture"]
    ]
    title = text("Fasce aperte", "Open fasce")
    if not rows and document["assegnazioni"]:
        return section(title, [text("Nessuna.", "None.")])
    return section(title, table(columns, rows, width, keys=3) if rows else [])


def agreements(document: Document, width: int) -> Lines:
    """Write the agreements: places and price-list cost."""
    columns = [
        text_column(text("azienda", "company")),
        text_column("gestore"),
        text_column(text("stagione", "season")),
        number_column(text("posti", "places")),
        number_column(text("bambini", "children")),
        number_column(text("costo EUR", "cost EUR")),
    ]
    found = document["accordi"]
    rows = [
        (
            *(one["azienda"], one["gestore"], one["stagione"]),
            *(integer(one["posti"]), integer(one["bambini"]), euro(one["costo_annuo_cent"])),
        )
        for one in found
    ]
    footer = [(text("tutti", "all"), "", "", "", "", euro(sum(one["costo_annuo_cent"] for one in found)))]
    title = text("Accordi quadro (costo a listino)", "Framework agreements (at list prices)")
    return section(title, table(columns, rows, width, keys=3, footer=footer) if rows else [])


def payments(document: Document, width: int) -> Lines:
    """Write what each company pays, month by month; in blocks when the months do not fit."""
    by_company: Mapping[str, Mapping[str, int]] = document["registro"]["totali"]["per_azienda_mese"]
    months = sorted({month for paid in by_company.values() for month in paid})
    columns = [
        text_column(text("azienda", "company")),
        *(number_column(f"{month[5:]}/{month[:4]}") for month in months),
        number_column(text("totale", "total")),
    ]
    rows = [_payment_row(name, paid, months) for name, paid in by_company.items()]
    sums = {month: sum(paid.get(month, 0) for paid in by_company.values()) for month in months}
    footer = [_payment_row(text("tutte", "all"), sums, months)]
    title = text("A carico delle aziende, mese per mese (EUR)", "Paid by the companies, month by month (EUR)")
    if not rows:
        return []
    return section(title, [*table(columns, rows, width, footer=footer), *_once_a_season(document, width)])


def _once_a_season(document: Document, width: int) -> Lines:
    """Say where the amounts that have one line a season fall, when a company pays some."""
    paid = {
        line["componente"] for line in document["registro"]["righe"] if line["pagatore"].startswith(COMPANY)
    }
    if paid.isdisjoint(SEASONAL):
        return []
    note = text(
        "Ore e pasti, una voce per stagione, stanno nel suo primo mese.",
        "Hours and meals, one line a season, stand in its first month.",
    )
    return wrap(note, width)


def _payment_row(name: str, paid: Mapping[str, int], months: Sequence[str]) -> Row:
    return (name, *(euro(paid.get(month, 0)) for month in months), euro(sum(paid.values())))


def payers(document: Document, width: int) -> Lines:
    """Write what each payer pays, and the unit costs."""
    totals = document["registro"]["totali"]
    whole: int = totals["totale_cent"]
    columns = [
        text_column(text("pagatore", "payer")),
        number_column("EUR"),
        number_column(text("parte", "share")),
    ]
    rows = [(name, euro(cents), percent(cents, whole)) for name, cents in totals["per_pagatore"].items()]
    footer = [(text("totale a listino", "total at list prices"), euro(whole), percent(whole, whole))]
    if not rows:
        return []
    body = table(columns, rows, width, footer=footer)
    unit_costs = (
        (
            text("Costo di produzione aggiuntivo", "Additional production cost"),
            totals["costo_produzione_cent"],
        ),
        (
            text("A listino per ora coperta", "List price per covered hour"),
            totals["costo_per_ora_coperta_cent"],
        ),
        (
            text("A listino per posto e mese", "List price per place and month"),
            totals["costo_per_posto_cent"],
        ),
    )
    body += [f"{label}: {'-' if cents is None else euro_sign(cents)}" for label, cents in unit_costs]
    return section(text("Chi paga", "Who pays"), body)


def capacity(document: Document, width: int) -> Lines:
    """Write peak presence beside enrolment: the law does not say which one counts."""
    columns = [
        text_column("gestore"),
        text_column(text("stagione", "season")),
        number_column(text("presenti massimi", "peak presence")),
        number_column(text("iscritti", "enrolled")),
        number_column(text("posti offerti", "places offered")),
    ]
    rows = [
        (
            *(found["gestore"], found["stagione"]),
            *(integer(found[key]) for key in ("presenti_massimi", "iscritti", "posti")),
        )
        for found in document["capienza"]
    ]
    title = text("Posti usati, per presenti e per iscritti", "Places used, by presence and by enrolment")
    return section(title, table(columns, rows, width, keys=2) if rows else [])

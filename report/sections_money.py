"""Report sections: what is opened, agreed and paid."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from nido.data.lingua import text
from nido.report.copertura import Document
from nido.report.numbers_local import euro, euro_sign, integer, percent
from nido.report.state_words import COMPANY, payer_words
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap

SEASONAL = frozenset({"ora", "pasto"})
# Marks a break-even of more children than there are places.
BEYOND = " *"


def openings(document: Document, width: int) -> Lines:
    """Write the open fasce: children, cost of production, break-even."""
    columns = [
        text_column("gestore"),
        text_column("fascia"),
        text_column(text("stagione", "season")),
        number_column(text("bambini", "children")),
        number_column(text("gg", "days")),
        number_column(text("costo EUR", "cost EUR")),
        number_column(text("un altro EUR", "one more EUR")),
        number_column(text("pareggio bambini", "break-even children")),
    ]
    hourly = {line["gestore"] for line in document["registro"]["righe"] if line["componente"] == "ora"}
    by_the_hour = text("a ore", "hourly")
    places = {(one["gestore"], one["stagione"]): one["posti"] for one in document["capienza"]}
    rows = [
        (
            *(found["gestore"], found["fascia"], found["stagione"]),
            *(integer(found["bambini"]), integer(found["giorni"])),
            by_the_hour if _nothing_fixed(found, hourly) else euro(found["costo_cent"]),
            _further(found),
            _break_even(found, places),
        )
        for found in document["aperture"]
    ]
    title = text("Fasce aperte (costo di produzione)", "Open fasce (cost of production)")
    if not rows:
        return section(title, [text("Nessuna.", "None.")] if document["assegnazioni"] else [])
    notes = _opening_notes(document["aperture"], hourly, beyond=any(row[-1].endswith(BEYOND) for row in rows))
    return section(
        title, [*table(columns, rows, width, keys=3), *(line for note in notes for line in wrap(note, width))]
    )


def _further(opening: Mapping[str, Any]) -> str:
    # A result of an earlier version does not say it.
    cents = opening.get("costo_bambino_in_piu_cent")
    return "-" if cents is None else euro(cents)


def _break_even(opening: Mapping[str, Any], places: Mapping[tuple[str, str], int]) -> str:
    """Write the break-even, marked where it is more children than the provider has places."""
    children = opening["bambini_pareggio"]
    if children is None:
        return "-"
    offered = places.get((opening["gestore"], opening["stagione"]), children)
    return integer(children) + (BEYOND if children > offered else "")


def _opening_notes(found: Sequence[Mapping[str, Any]], hourly: Collection[str], *, beyond: bool) -> list[str]:
    """Say what the columns of money mean, as far as there is something in them."""
    notes: list[str] = []
    if any(_further(opening) != "-" for opening in found):
        notes.append(
            text(
                "Un altro: il costo in più di un altro bambino che usasse tutta la fascia, se c'è posto.",
                "One more: what a further child who used the whole fascia would add, if there is a place.",
            )
        )
    if any(opening["bambini_pareggio"] is not None for opening in found):
        notes.append(
            text(
                "Pareggio: con quanti bambini il prezzo paga il costo, a personale invariato.",
                "Break-even: how many children at its price pay the cost, with the same staff.",
            )
        )
    if beyond:
        notes.append(
            text(
                "* Più bambini dei posti offerti: non possono esserci tutti insieme.",
                "* More children than places offered: they cannot all be there at once.",
            )
        )
    if any(_nothing_fixed(opening, hourly) for opening in found):
        notes.append(
            text(
                "A ore: aprire non ha un costo fisso, si paga ogni ora di ogni bambino (negli accordi).",
                "Hourly: to open costs nothing fixed, every hour of every child is paid (in the agreements).",
            )
        )
    return notes


def _nothing_fixed(opening: Mapping[str, object], hourly: Collection[str]) -> bool:
    """Tell whether a fascia costs only by the child's hour, as with Tagesmutter."""
    return opening["costo_cent"] == 0 and opening["gestore"] in hourly


def agreements(document: Document, width: int) -> Lines:
    """Write the agreements: places and list price, and what the two kinds of money are."""
    columns = [
        text_column(text("azienda", "company")),
        text_column("gestore"),
        text_column(text("stagione", "season")),
        number_column(text("posti", "places")),
        number_column(text("bambini", "children")),
        number_column(text("listino EUR", "list price EUR")),
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
    title = text("Accordi quadro (prezzo di listino)", "Framework agreements (list price)")
    if not rows:
        return []
    difference = text(
        "Listino: quanto il gestore fattura. Produzione: quanto gli costa ciò che il piano aggiunge.",
        "List price: what the gestore bills. Production: what it costs to make what the plan adds.",
    )
    return section(title, [*table(columns, rows, width, keys=3, footer=footer), *wrap(difference, width)])


def providers(document: Document, width: int) -> Lines:
    """Write what each provider bills, at its price list."""
    totals = document["registro"]["totali"]
    whole: int = totals["totale_cent"]
    columns = [
        text_column("gestore"),
        number_column(text("listino EUR", "list price EUR")),
        number_column(text("parte", "share")),
    ]
    rows = [(name, euro(cents), percent(cents, whole)) for name, cents in totals["per_gestore"].items()]
    footer = [(text("tutti", "all"), euro(whole), percent(whole, whole))]
    title = text("Gestori (prezzo di listino)", "Gestori (list price)")
    return section(title, table(columns, rows, width, footer=footer)) if rows else []


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
        "Le ore e i pasti di una stagione stanno tutti nel suo primo mese.",
        "The hours and meals of a season all stand in its first month.",
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
    rows = [
        (payer_words(name), euro(cents), percent(cents, whole))
        for name, cents in totals["per_pagatore"].items()
    ]
    footer = [(text("totale di listino", "total list price"), euro(whole), percent(whole, whole))]
    if not rows:
        return []
    body = table(columns, rows, width, footer=footer)
    unit_costs = (
        (
            text("Prezzo di listino per ora coperta", "List price per covered hour"),
            totals["costo_per_ora_coperta_cent"],
        ),
        (
            text("Prezzo di listino per posto e mese", "List price per place and month"),
            totals["costo_per_posto_cent"],
        ),
    )
    body += [f"{label}: {'-' if cents is None else euro_sign(cents)}" for label, cents in unit_costs]
    production = text(
        "Qui si divide il listino. Il costo di produzione è un altro conto, del gestore: {cost}.",
        "What is shared here is the list price. The cost of production is the gestore's own: {cost}.",
        cost=euro_sign(totals["costo_produzione_cent"]),
    )
    body += wrap(production, width)
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
    more = any(found["iscritti"] > found["posti"] for found in document["capienza"])
    note = text(
        "Più iscritti che posti: va bene solo se la norma conta i presenti.",
        "More enrolled than places: fine only if the law counts who is present.",
    )
    return section(
        title, [*table(columns, rows, width, keys=2), *(wrap(note, width) if more else [])] if rows else []
    )

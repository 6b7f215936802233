"""Section: the evidence for the district's project, which companies have signed and how much is done."""

from nido.accordi.evidenza import Evidenza, Realizzazione
from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Section, Tabled, Words
from nido.report.html.sections import EVIDENCE
from nido.report.numbers_local import day, integer
from nido.report.privacy.view import View


def evidence_section(view: View, found: Realizzazione, realised: str) -> Section | None:
    """Write the section; only the district has one.

    Parameters
    ----------
    view
        Whom it is for.
    found
        The evidence.
    realised
        How much is done, in words.
    """
    if view.audience != "distretto":
        return None
    names = {one.id: one.nome for one in view.providers}
    heads = [
        text("azienda", "company"),
        text("firmato", "signed"),
        text("atto", "deed"),
        text("gestori", "providers"),
        text("clausole", "clauses"),
    ]
    *before, clauses = text_columns(heads)
    (places,) = number_columns([text("posti", "places")])
    caption = text("Aziende con un accordo, data e condizioni", "Companies with an agreement, date and terms")
    rows = tuple(_row(row, names) for row in found.aziende)
    title = text("Evidenza per il progetto 8", "Evidence for project 8")
    intro = text(
        "Indicatore del progetto «Nido diffuso»: le aziende che firmano. Realizzazione: {realised}.",
        "Indicator of the project “Nido diffuso”: the companies that sign. Realisation: {realised}.",
        realised=realised,
    )
    table = Table(caption, (*before, places, clauses), rows)
    return Section(EVIDENCE, title, (Words(intro, "lead"), Tabled(table)))


def _row(row: Evidenza, names: dict[str, str]) -> tuple[str, ...]:
    signed = text("non ancora", "not yet") if row.firmato is None else day(row.firmato)
    providers = ", ".join(names.get(one, one) for one in row.gestori) or "-"
    clauses = ", ".join(row.clausole).replace("_", " ") or "-"
    return (row.nome, signed, row.atto or "-", providers, integer(row.posti), clauses)

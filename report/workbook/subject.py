"""The workbook of one company or of one provider: what its view shows, with totals in live formulas.

A company's ledger is its commitment, in formulas (`nido.report.workbook.company_sheets`). That of a provider
holds the engine's figures; what follows the parameters there is the cost of the reserved places.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nido.accordi.money import half_up as cents_half_up
from nido.data.lingua import text
from nido.report.privacy.life import Life
from nido.report.privacy.view import AgreementRow, Provider, View
from nido.report.workbook.accounts_sheet import month_number
from nido.report.workbook.book import (
    Book,
    Column,
    Formula,
    Sheet,
    Value,
    cell,
    column_range,
    euro,
    half_up,
    quoted,
)
from nido.report.workbook.company_sheets import (
    about_company,
    commitment_sheet,
    company_parameters,
    company_totals,
    other_prices,
    parameters_advice,
)
from nido.report.workbook.layout import FIRST_ROW, HEAD_ROW
from nido.report.workbook.parameters import Parameter, parameter_sheet
from nido.report.workbook.plain_sheets import calendar_sheet, front_sheet, sources_sheet
from nido.report.workbook.vita import pledge_sheet
from nido.scenari.accordo_quadro import AccordoQuadro, clauses_for

Row = Sequence[Value]
LedgerKey = tuple[date, str, str, str, str]
# Key, whole amount, what the companies pay of it, in cents.
LedgerRow = tuple[LedgerKey, int, int]
# Columns of the ledger.
DATE, MONTH, AZIENDA, GESTORE, STAGIONE, COMPONENTE, AMOUNT, OWN, OTHERS = range(9)


def subject_workbook(view: View, framework: AccordoQuadro, life: Life | None = None) -> bytes:
    """Write the workbook of the company or provider of a view.

    Parameters
    ----------
    view
        The view of a company or of a provider.
    framework
        Clauses: one of them may say another part due for an empty place than the provider does.
    life
        The life of the agreements; None for a workbook of the plan alone.

    Returns
    -------
    bytes
        An .xlsx; the same bytes for the same view.
    """
    with Book(f"{view.title} - {view.subject_name}") as book:
        if view.audience == "azienda":
            names = _company_sheets(book, view, framework)
        else:
            names = _provider_sheets(book, view, framework)
        if life is not None:
            pledge_sheet(book, view, framework, life, names)
        sources_sheet(book, view)
    return book.content


def _company_sheets(book: Book, view: View, framework: AccordoQuadro) -> frozenset[str]:
    """Write the sheets of a company; the names of the parameters come back."""
    front_sheet(book, view, about_company(view))
    listed = tuple(company_parameters(view))
    names = parameter_sheet(book, view.notice, listed, parameters_advice(), other_prices(view))
    calendar_sheet(book, view)
    _places_sheet(book, view, framework)
    company_totals(book, view, commitment_sheet(book, view, _own_heading(view)), _own_heading(view))
    if view.lines:
        _ledger_sheet(book, view, _ledger_rows(view), text("Dettaglio", "Details"))
    return names


def _provider_sheets(book: Book, view: View, framework: AccordoQuadro) -> frozenset[str]:
    """Write the sheets of a provider; the names of the parameters come back."""
    front_sheet(book, view, _about())
    names = parameter_sheet(book, view.notice, tuple(_parameters(view, framework)), _advice())
    calendar_sheet(book, view)
    _places_sheet(book, view, framework)
    rows = _ledger_rows(view)
    _totals_sheet(book, view, _ledger_sheet(book, view, rows, text("Registro", "Ledger")), rows)
    return names


def _about() -> tuple[str, ...]:
    return (
        text(
            "Le celle gialle del foglio Parametri si possono cambiare: si ricalcola il costo dei posti "
            "riservati, nel foglio Posti riservati.",
            "The yellow cells of the sheet Parameters may be changed: the cost of the reserved places "
            "follows, in the sheet Reserved places.",
        ),
        text(
            "Il Registro porta gli importi del piano, calcolati da nido, e non segue i parametri. I Totali "
            "sono formule sul Registro.",
            "The Ledger holds the amounts of the plan, reckoned by nido, and does not follow the parameters. "
            "The Totals are formulas over the Ledger.",
        ),
    )


def _advice() -> str:
    return text(
        "Si cambiano solo le celle gialle: segue il foglio Posti riservati. Registro e Totali restano quelli "
        "del piano.",
        "Only the yellow cells change: the sheet Reserved places follows. Ledger and Totals stay those of "
        "the plan.",
    )


def _parameters(view: View, framework: AccordoQuadro) -> Iterator[Parameter]:
    used = {row.gestore for row in view.agreements}
    for provider in view.providers:
        if provider.id in used and provider.posto_mese_cent:
            owner = f"gestori.{provider.id}"
            words = text("posto al mese", "place per month")
            price = euro(provider.posto_mese_cent)
            yield Parameter(f"{owner}.prezzi.posto_mese", f"{provider.nome}: {words}", price, False)
    priced = [one for one in view.agreements if _provider(view, one.gestore).posto_mese_cent]
    for share in dict.fromkeys(_agreed(view, framework, one) for one in priced):
        yield Parameter(share.name, share.words, share.value, True)


def _places_sheet(book: Book, view: View, framework: AccordoQuadro) -> None:
    """Write the reserved places, and what they cost all used and all empty, in live formulas."""
    sheet = book.sheet(text("Posti riservati", "Reserved places"))
    columns = (
        Column(text("azienda", "company"), 22),
        Column(text("gestore", "provider"), 40),
        Column(text("stagione", "season"), 24),
        Column(text("posti", "places"), 9, "number"),
        Column(text("mesi", "months"), 9, "number"),
        Column(text("se tutti usati, EUR", "if all used, EUR"), 16, "euro"),
        Column(text("se tutti vuoti, EUR", "if all empty, EUR"), 16, "euro"),
    )
    sheet.widths(columns)
    sheet.heading(0, text("Posti riservati, a prezzo di listino", "Reserved places, at list price"))
    sheet.put(1, 0, view.notice, "notice")
    advice = text(
        "Solo i posti, senza IVA: fasce, ore e pasti dipendono dai bambini. Prezzo del posto, parte per il "
        "vuoto: foglio Parametri.",
        "Places only, without VAT: fasce, hours and meals depend on the children. Price of a place, part for "
        "an empty one: sheet Parameters.",
    )
    sheet.put(2, 0, advice)
    agreed = [_agreed(view, framework, one) for one in view.agreements]
    rows = [_place_row(view, place, FIRST_ROW + place, share) for place, share in enumerate(agreed)]
    below = sheet.table(HEAD_ROW, columns, rows)
    _sums(sheet, below, (5, 6), [_place_cents(view, place, share) for place, share in enumerate(agreed)])
    sheet.freeze(FIRST_ROW)


def _place_row(view: View, place: int, row: int, share: "_Share") -> Row:
    one, provider = view.agreements[place], _provider(view, view.agreements[place].gestore)
    season = next(season for season in view.seasons if season.id == one.stagione)
    used, empty = _place_cents(view, place, share)
    names = {company.id: company.nome for company in view.companies}
    price = f"gestori.{provider.id}.prezzi.posto_mese"
    count = f"{cell(row, 3)}*{cell(row, 4)}"
    formulas: tuple[Value, Value] = (Decimal(0), Decimal(0))
    if provider.posto_mese_cent:
        formulas = (
            Formula(half_up(f"{count}*{price}"), euro(used)),
            Formula(half_up(f"{count}*{price}*{share.name}"), euro(empty)),
        )
    where = (names.get(one.azienda, one.azienda), provider.nome, season.nome or season.id)
    return (*where, one.posti, len(season.mesi), *formulas)


def _place_cents(view: View, place: int, share: "_Share") -> tuple[int, int]:
    """Cost of an agreement's places all used and all empty, in cents."""
    one, provider = view.agreements[place], _provider(view, view.agreements[place].gestore)
    months = next(len(season.mesi) for season in view.seasons if season.id == one.stagione)
    whole = Decimal(one.posti * months * provider.posto_mese_cent)
    return cents_half_up(whole), cents_half_up(whole * share.value)


@dataclass(frozen=True, slots=True)
class _Share:
    """The part due for an empty place between two parties: the cell that holds it, and its value."""

    name: str
    words: str
    value: Decimal


def _agreed(view: View, framework: AccordoQuadro, one: AgreementRow) -> _Share:
    """Give the clause's part where there is one, else the provider's own."""
    provider = _provider(view, one.gestore)
    clause = clauses_for(framework, one.azienda, one.gestore).vuoto_per_pieno
    words = text("parte dovuta per un posto vuoto", "part due for an empty place")
    if clause is None:
        name = f"gestori.{provider.id}.vuoto_per_pieno"
        return _Share(name, f"{provider.nome}: {words}", Decimal(provider.vuoto_per_pieno))
    company = next((row.nome for row in view.companies if row.id == one.azienda), one.azienda)
    name = f"clausole.{one.azienda}.{one.gestore}.vuoto_per_pieno"
    return _Share(name, f"{company} – {provider.nome}: {words}", clause.quota)


def _provider(view: View, gestore: str) -> Provider:
    return next(provider for provider in view.providers if provider.id == gestore)


def _ledger_rows(view: View) -> list[LedgerRow]:
    """Sum the lines by month, agreement and component: whole amount, and what the companies pay of it."""
    whole: dict[LedgerKey, int] = defaultdict(int)
    own: dict[LedgerKey, int] = defaultdict(int)
    companies = {one.id: one.nome for one in view.companies}
    providers = {one.id: one.nome for one in view.providers}
    seasons = {one.id: one.nome or one.id for one in view.seasons}
    for line in view.lines:
        names = companies[line.azienda], providers[line.gestore], seasons[line.stagione]
        key = (line.data, *names, line.componente)
        whole[key] += line.importo_cent
        own[key] += line.importo_cent if line.pagatore.startswith("azienda:") else 0
    return [(key, whole[key], own[key]) for key in sorted(whole)]


def _own_heading(view: View) -> str:
    if view.flat:
        return text("parte dell'azienda nel listino EUR", "company's part of the list price EUR")
    return text("a carico dell'azienda EUR", "paid by the company EUR")


def _ledger_sheet(book: Book, view: View, rows: Sequence[LedgerRow], title: str) -> Sheet:
    sheet = book.sheet(title)
    columns = (
        Column(text("data", "date"), 12, "date"),
        Column(text("mese", "month"), 9),
        Column(text("azienda", "company"), 20),
        Column(text("gestore", "provider"), 36),
        Column(text("stagione", "season"), 24),
        Column(text("componente", "component"), 14),
        Column(text("listino EUR", "list price EUR"), 14, "euro"),
        Column(_own_heading(view), 16, "euro"),
        Column(text("altri pagatori EUR", "other payers EUR"), 16, "euro"),
    )
    sheet.widths(columns)
    sheet.heading(0, title)
    sheet.put(1, 0, view.notice, "notice")
    written: list[Row] = []
    for place, ((day, azienda, gestore, stagione, component), whole, own) in enumerate(rows):
        row = FIRST_ROW + place
        rest = Formula(f"ROUND({cell(row, AMOUNT)}-{cell(row, OWN)},2)", euro(whole - own))
        keys = (azienda, gestore, stagione, component)
        written.append((day, month_number(f"{day:%Y-%m}"), *keys, euro(whole), euro(own), rest))
    below = sheet.table(HEAD_ROW, columns, written)
    _sums(sheet, below, (AMOUNT, OWN, OTHERS), [[whole, own, whole - own] for _, whole, own in rows])
    sheet.freeze(FIRST_ROW)
    return sheet


def _sums(sheet: Sheet, below: int, columns: Sequence[int], cents: Sequence[Sequence[int]]) -> None:
    """Add up some columns under a table."""
    sheet.put(below, 0, text("in tutto", "in all"), "total_text")
    for place, column in enumerate(columns):
        summed = f"ROUND(SUM({column_range(None, FIRST_ROW, max(FIRST_ROW, below - 1), column)}),2)"
        sheet.put(below, column, Formula(summed, euro(sum(row[place] for row in cents))), "total")


def _totals_sheet(book: Book, view: View, ledger: Sheet, rows: Sequence[LedgerRow]) -> None:
    """Write the totals by month and by agreement, in live formulas over the ledger."""
    sheet = book.sheet(text("Totali", "Totals"))
    sheet.widths([Column("", width) for width in (22, 36, 24, 18, 18, 18)])
    sheet.heading(0, text("Totali", "Totals"))
    sheet.put(1, 0, view.notice, "notice")
    last = FIRST_ROW + max(1, len(rows)) - 1
    amounts = (
        text("listino EUR", "list price EUR"),
        text("azienda EUR", "company EUR"),
        text("altri EUR", "others EUR"),
    )
    row = 3
    for title, places in (
        (text("Mese per mese", "Month by month"), ((MONTH, text("mese", "month")),)),
        (
            text("Per accordo", "By agreement"),
            (
                (AZIENDA, text("azienda", "company")),
                (GESTORE, text("gestore", "provider")),
                (STAGIONE, text("stagione", "season")),
            ),
        ),
    ):
        sheet.heading(row, title)
        headings = [Column(name, 0) for _, name in places]
        columns = [*headings, *(Column(name, 0, "euro") for name in amounts)]
        written: list[Row] = []
        for key, cents in _grouped(rows, [place for place, _ in places]).items():
            sums = zip((AMOUNT, OWN, OTHERS), cents, strict=True)
            written.append((*key, *(_summed(ledger, last, one, places, key, due) for one, due in sums)))
        row = sheet.table(row + 1, columns, written) + 1


def _grouped(
    rows: Sequence[LedgerRow], places: Sequence[int]
) -> dict[tuple[str | int, ...], tuple[int, int, int]]:
    found: dict[tuple[str | int, ...], tuple[int, int, int]] = {}
    for (day, azienda, gestore, stagione, component), whole, own in rows:
        cells: tuple[str | int, ...] = (
            "",
            month_number(f"{day:%Y-%m}"),
            azienda,
            gestore,
            stagione,
            component,
        )
        key = tuple(cells[place] for place in places)
        before = found.get(key, (0, 0, 0))
        found[key] = (before[0] + whole, before[1] + own, before[2] + whole - own)
    return found


def _summed(
    ledger: Sheet,
    last: int,
    column: int,
    places: Sequence[tuple[int, str]],
    key: Sequence[str | int],
    cents: int,
) -> Formula:
    tests = ",".join(
        f"{column_range(ledger, FIRST_ROW, last, place)},{quoted(value)}"
        for (place, _), value in zip(places, key, strict=True)
    )
    return Formula(f"ROUND(SUMIFS({column_range(ledger, FIRST_ROW, last, column)},{tests}),2)", euro(cents))

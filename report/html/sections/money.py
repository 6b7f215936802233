"""Section: who pays what, and month by month."""

from collections.abc import Callable, Iterator, Sequence

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.drawings.sankey import Flow, sankey
from nido.report.html.blocks import Block, Drawn, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.html.sections.agreements import commitment_cells, commitment_heads
from nido.report.html.wording import component, month, payer
from nido.report.numbers_local import euro
from nido.report.privacy.view import Line, View
from nido.report.state_words import COMPANY

# The hours and meals of a season have one line, on its first day.
SEASONAL = frozenset({"ora", "pasto"})


def build(context: Context) -> Section | None:
    """Draw the money, and write it by payer and month."""
    lines = context.view.lines
    if not context.view.totals.listino_cent:
        return None
    title = text("Chi paga che cosa", "Who pays what")
    if context.view.audience == "azienda":
        return Section("soldi-chi", title, tuple(_of_company(context)))
    blocks: list[Block] = [Words(_intro())]
    flows = _flows(context)
    if all(flow.cents >= 0 for flow in flows):
        order = [*context.companies.values(), *context.providers.values()]
        blocks.append(Drawn(sankey("soldi", _figure_title(context), _heads(context), flows, order)))
    caption = text("Mese per mese, per pagatore (EUR)", "Month by month, by payer (EUR)")
    blocks.append(Tabled(_by_month(context, caption)))
    if context.view.audience == "distretto":
        blocks.append(Tabled(_companies_by_month(context)))
    if any(line.componente in SEASONAL for line in lines):
        said = text(
            "Le ore e i pasti di una stagione stanno tutti nel suo primo mese.",
            "The hours and meals of a season all stand in its first month.",
        )
        blocks.append(Words(said, "note"))
    return Section("soldi-chi", title, tuple(blocks))


def _intro() -> str:
    return text(
        "Qui si divide il prezzo di listino, cioè quanto i gestori fatturano. Il costo di produzione è un "
        "altro conto.",
        "What is shared here is the list price, that is what the gestori bill. The cost of production is "
        "another account.",
    )


def _figure_title(context: Context) -> str:
    titles = {
        "distretto": text("Dalle aziende ai gestori, per pagatore", "From companies to gestori, by payer"),
        "azienda": text("Il listino del piano, e chi lo paga", "The plan's list price, and who pays it"),
        "gestore": text(
            "Da quali accordi, da quali pagatori, per che cosa", "Which agreements, which payers, for what"
        ),
    }
    return titles[context.view.audience]


def _heads(context: Context) -> list[str]:
    payers = text("pagatori", "payers")
    companies, providers, items = text("aziende", "companies"), "gestori", text("voci", "items")
    return {
        "distretto": [companies, payers, providers],
        "azienda": [items, payers],
        "gestore": [companies, payers, items],
    }[context.view.audience]


def _flows(context: Context) -> list[Flow]:
    """Sum the amounts along the columns of the drawing, in the order of the view's tables."""
    if context.view.audience == "azienda":
        whole = text("tutto il listino", "the whole list price")
        payers = context.view.totals.per_payer
        return [Flow((whole, payer(context, one.nome)), one.importo_cent) for one in payers]
    steps: dict[str, tuple[Callable[[Line], str], ...]] = {
        "distretto": (
            lambda line: context.company(line.azienda),
            lambda line: _payer_group(context, line),
            lambda line: context.provider(line.gestore),
        ),
        "gestore": (
            lambda line: context.company(line.azienda),
            lambda line: _payer_group(context, line),
            lambda line: component(line.componente),
        ),
    }
    sums: dict[tuple[str, ...], int] = {}
    for line in context.view.lines:
        names = tuple(step(line) for step in steps[context.view.audience])
        sums[names] = sums.get(names, 0) + line.importo_cent
    return [Flow(names, cents) for names, cents in sums.items()]


def _payer_group(context: Context, line: Line) -> str:
    """Put all the companies together: each stands in the first column already."""
    return (
        text("aziende", "companies") if line.pagatore.startswith(COMPANY) else payer(context, line.pagatore)
    )


def _of_company(context: Context) -> Iterator[Block]:
    """Write the plan's total and who pays it, then the commitment month by month."""
    view = context.view
    yield Words(_intro())
    flows = _flows(context)
    if all(flow.cents >= 0 for flow in flows):
        order = list(context.companies.values())
        yield Drawn(sankey("soldi", _figure_title(context), _heads(context), flows, order))
    yield Tabled(_plan(context))
    if view.commitments:
        yield Tabled(_commitments_by_month(view))
    if view.lines:
        caption = text(
            "Solo gli accordi con abbastanza bambini: il piano mese per mese, per pagatore (EUR)",
            "Only the agreements with enough children: the plan month by month, by payer (EUR)",
        )
        yield Tabled(_by_month(context, caption))


def _plan(context: Context) -> Table:
    """Write how the plan's total follows from the commitment."""
    view = context.view
    own = sum(one.importo_cent for one in view.totals.per_payer if one.nome.startswith(COMPANY))
    whole = view.totals.listino_cent
    used = sum(one.usati_cent for one in view.commitments)
    part = sum(one.azienda_usati_cent for one in view.commitments)
    caption = text("Il piano, in tutto (EUR)", "The plan, in all (EUR)")
    columns = number_columns(
        [
            text("listino", "list price"),
            text("parte nostra", "our part") if view.flat else text("a nostro carico", "paid by us"),
            text("altri pagatori", "other payers"),
        ]
    )
    items = (
        (text("posti riservati, se tutti usati", "reserved places, if all used"), used, part),
        (
            text(
                "differenza secondo l'uso: mesi vuoti, fasce, ore, pasti, altri pagatori",
                "difference by use: empty months, fasce, hours, meals, other payers",
            ),
            whole - used,
            own - part,
        ),
    )
    rows = tuple((words, euro(listed), euro(mine), euro(listed - mine)) for words, listed, mine in items)
    footer = (text("in tutto", "in all"), euro(whole), euro(own), euro(whole - own))
    return Table(caption, (*text_columns([text("voce", "item")]), *columns), rows, (footer,))


def _commitments_by_month(view: View) -> Table:
    rows = tuple(
        (month(moment), *commitment_cells(one for one in view.commitments if one.mese == moment))
        for moment in sorted({one.mese for one in view.commitments})
    )
    caption = text("L'impegno, mese per mese", "The commitment, month by month")
    columns = (*text_columns([text("mese", "month")]), *number_columns(commitment_heads(view)))
    footer = (text("tutti", "all"), *commitment_cells(view.commitments))
    return Table(caption, columns, rows, (footer,))


def _by_month(context: Context, caption: str) -> Table:
    """Write one row a month and one column a payer, companies together."""
    cells: dict[tuple[str, str], int] = {}
    for line in context.view.lines:
        key = (f"{line.data:%Y-%m}", _payer_group(context, line))
        cells[key] = cells.get(key, 0) + line.importo_cent
    payers = list(dict.fromkeys(name for _, name in cells))
    return _months(caption, payers, cells)


def _companies_by_month(context: Context) -> Table:
    cells = {
        (row.mese, context.company(row.azienda)): row.importo_cent
        for row in context.view.totals.per_company_month
    }
    names = list(dict.fromkeys(name for _, name in cells))
    caption = text(
        "Mese per mese, a carico di ogni azienda (EUR)", "Month by month, paid by each company (EUR)"
    )
    return _months(caption, names, cells)


def _months(caption: str, names: Sequence[str], cells: dict[tuple[str, str], int]) -> Table:
    months = sorted({moment for moment, _ in cells})
    rows = tuple(
        (
            month(moment),
            *(euro(cells.get((moment, name), 0)) for name in names),
            euro(_sum(cells, {moment}, names)),
        )
        for moment in months
    )
    every = set(months)
    totals = (*(euro(_sum(cells, every, [name])) for name in names), euro(_sum(cells, every, names)))
    columns = number_columns([*names, text("totale", "total")])
    return Table(
        caption, (*text_columns([text("mese", "month")]), *columns), rows, ((text("tutti", "all"), *totals),)
    )


def _sum(cells: dict[tuple[str, str], int], months: set[str], names: Sequence[str]) -> int:
    return sum(cents for (moment, name), cents in cells.items() if moment in months and name in names)

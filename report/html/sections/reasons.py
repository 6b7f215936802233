"""Section: why requests are not served, or served in part."""

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.html.wording import count, joined
from nido.report.numbers_local import hours
from nido.report.privacy.view import Count, RequestRow
from nido.report.state_words import rule_words


def build(context: Context) -> Section | None:
    """Count the reasons by rule; for the district, request by request too."""
    view = context.view
    if not view.reasons and not any(row.motivi for row in view.requests):
        return None
    intro = text(
        "Per ogni regola, quante richieste ferma: più regole insieme possono fermare la stessa richiesta.",
        "For every rule, how many requests it stops: several rules may stop the same request.",
    )
    blocks: list[Block] = [Words(intro)]
    if view.reasons:
        blocks.append(Tabled(_by_rule(context)))
    missed = [row for row in view.requests if row.esito != "piena"]
    if missed:
        blocks.append(Tabled(_by_request(context, missed), folded=True))
    return Section("motivi", text("Perché non di più", "Why not more"), tuple(blocks))


def _outcome(esito: str) -> str:
    words = {
        "piena": text("per intero", "in full"),
        "parziale": text("in parte", "in part"),
        "non_servita": text("non servita", "not served"),
    }
    return words.get(esito, esito)


def _by_rule(context: Context) -> Table:
    """Write one row for a company and a rule, one column for each outcome."""
    outcomes = list(dict.fromkeys(row.esito for row in context.view.reasons))
    cells: dict[tuple[str, str], dict[str, Count]] = {}
    for row in context.view.reasons:
        cells.setdefault((row.azienda, row.regola), {})[row.esito] = row.richieste
    ranks = {name: place for place, name in enumerate(context.companies)}
    ordered = sorted(cells, key=lambda key: ranks.get(key[0], len(ranks)))
    rows = tuple(
        (
            *(context.company(azienda), rule_words(regola)),
            *(count(cells[azienda, regola].get(one, 0)) for one in outcomes),
        )
        for azienda, regola in ordered
    )
    heads = text_columns([text("azienda", "company"), text("che cosa ferma", "what stops them")])
    counts = number_columns([_outcome(one) for one in outcomes])
    caption = text("Richieste fermate, per regola", "Requests stopped, by rule")
    return Table(caption, (*heads, *counts), rows, keys=2)


def _by_request(context: Context, missed: list[RequestRow]) -> Table:
    heads = [
        text("bambino", "child"),
        text("azienda", "company"),
        text("stagione", "season"),
        text("esito", "outcome"),
        text("che cosa la ferma", "what stops it"),
    ]
    rows = tuple(
        (
            *(row.bambino, context.company(row.azienda), context.season(row.stagione), _outcome(row.esito)),
            joined(list(dict.fromkeys(rule_words(one.regola) for one in row.motivi))) or "-",
            hours(row.minuti_scoperti),
        )
        for row in missed
    )
    columns = (*text_columns(heads), *number_columns([text("ore scoperte", "hours missing")]))
    return Table(text("Richiesta per richiesta", "Request by request"), columns, rows, keys=3)

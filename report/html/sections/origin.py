"""Section: how the result was obtained, so that it can be obtained again."""

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Listed, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.numbers_local import ratio_percent
from nido.report.privacy.view import TierRow
from nido.report.state_words import rule_words
from nido.report.tier_words import CENTS, tier_name, tier_number, tier_unit


def build(context: Context) -> Section:
    """Write the origin, and for the district the objective and the notices."""
    view = context.view
    origin = view.origin
    blocks: list[Block] = []
    if view.tiers:
        blocks.append(Tabled(_tiers(view.tiers)))
    if view.notices:
        blocks.append(Words(text("Avvisi:", "Notices:")))
        blocks.append(
            Listed(tuple(f"{rule_words(one.regola)}, {one.dove}: {one.dettaglio}" for one in view.notices))
        )
    facts = [(text("seme", "seed"), str(origin.seme))]
    if origin.scenario_sha256 is not None:
        digest = text("impronta dello scenario (sha256)", "digest of the scenario (sha256)")
        facts.append((digest, origin.scenario_sha256))
    facts += [
        (text("versione di {name}", "version of {name}", name=name), value) for name, value in origin.versioni
    ]
    facts += [(text("valore cambiato", "value changed"), value) for value in origin.sostituzioni]
    heads = text_columns([text("che cosa", "what"), text("valore", "value")])
    caption = text("Com'è stato ottenuto", "How it was obtained")
    blocks.append(Tabled(Table(caption, heads, tuple(facts))))
    return Section("manifesto", text("Com'è stato ottenuto", "How it was obtained"), tuple(blocks))


def _tiers(tiers: tuple[TierRow, ...]) -> Table:
    heads = [
        text("obiettivo, in ordine", "objective, in order"),
        text("stato", "state"),
        text("unità", "unit"),
    ]
    numbers = [text("valore", "value"), text("limite dimostrato", "proven bound"), "gap"]
    rows = tuple(
        (
            *(tier_name(one.nome), one.stato.replace("_", " "), tier_unit(one.nome, one.unita)),
            *(tier_number(one.nome, value, CENTS.get(one.unita, 1)) for value in (one.valore, one.limite)),
            "-" if one.gap is None else ratio_percent(one.gap),
        )
        for one in tiers
    )
    return Table(
        text("Che cosa si è cercato", "What was sought"),
        (*text_columns(heads), *number_columns(numbers)),
        rows,
    )

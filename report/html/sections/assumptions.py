"""Section: the figures that nobody has verified."""

from nido.data.lingua import text
from nido.report.drawings.figure import Table, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.numbers_local import figure_text

# A list longer than this lies folded away.
SHORT = 12


def build(context: Context) -> Section | None:
    """List the unverified figures, each with its source and note."""
    rows = context.view.assumptions
    if not rows:
        return None
    intro = text(
        "Il risultato si regge su queste cifre, che nessuna fonte conferma: se cambiano, cambia anche lui.",
        "The result rests on these figures, which no source confirms: if they change, so does it.",
    )
    heads = [
        text("che cosa", "what"),
        text("valore", "value"),
        text("stato", "state"),
        text("fonte e nota", "source and note"),
    ]
    body = tuple(
        (
            row.chiave,
            figure_text(row.valore, row.unita),
            row.stato,
            "; ".join(filter(None, (row.fonte, row.nota))),
        )
        for row in rows
    )
    title = text("Ipotesi", "Assumptions")
    caption = text("Cifre non verificate", "Unverified figures")
    blocks: list[Block] = [
        Words(intro),
        Tabled(Table(caption, text_columns(heads), body), folded=len(rows) > SHORT),
    ]
    return Section("ipotesi", title, tuple(blocks))

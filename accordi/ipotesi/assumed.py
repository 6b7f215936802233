"""One unverified figure: what a reader is told of it, and how a figure of the scenario becomes one."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nido.data import Stato, Voce, voce
from nido.scenari.field_text import format_decimal
from nido.scenari.tabulated import table_number

VERIFIED: Stato = "verificato"
ASSUMED: Stato = "ipotesi"
SCENARIO = "scenario"


@dataclass(frozen=True, slots=True)
class Ipotesi:
    """A figure that is not verified.

    Attributes
    ----------
    chiave
        Row of the tables, or dotted name within the scenario.
    valore, unita
        The figure as text and its unit; ``testo`` when it is a sentence.
    fonte
        Its source; ``scenario`` when the scenario states it without one.
    stato
        ``stimato`` or ``ipotesi``.
    nota
        What a reader must know; empty when there is nothing more.
    """

    chiave: str
    valore: str
    unita: str
    fonte: str
    stato: Stato
    nota: str


def from_table(row: Voce) -> Ipotesi:
    """Show a row of the tables as it stands."""
    return Ipotesi(row.chiave, row.valore, row.unita, row.fonte, row.stato, row.nota)


def from_scenario(
    chiave: str, value: Decimal | int | str, unita: str, row: str | None = None, nota: str = ""
) -> Iterator[Ipotesi]:
    """Show a figure of the scenario.

    Parameters
    ----------
    chiave
        Dotted name within the scenario.
    value, unita
        The figure and its unit.
    row
        Row of the tables that gives its default: an equal figure has the source and the state of the row.
    nota
        What a reader must know of a figure that is the scenario's own.

    Yields
    ------
    Ipotesi
        The figure; nothing when the row that it comes from is verified.
    """
    words = value if isinstance(value, str) else format_decimal(Decimal(value))
    if row is None or isinstance(value, str) or value != table_number(row):
        yield Ipotesi(chiave, words, unita, SCENARIO, ASSUMED, nota)
        return
    source = voce(row)
    if source.stato != VERIFIED:
        yield Ipotesi(chiave, words, unita, source.fonte, source.stato, source.nota)

"""Where everything stands in the ledger and in the accounts, before anything is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from nido.accordi.conti import DIVIDING, Passo, Riparto, limited
from nido.scenari.regole import Pagatore

FIRST_ROW = 5
HEAD_ROW = FIRST_ROW - 1
# Columns of the ledger before those of the payers.
NUMBER, DATE, MONTH, AZIENDA, GESTORE, STAGIONE, BAMBINO, COMPONENTE, QUANTITY, UNIT, PRICE, AMOUNT = range(
    12
)
FIRST_PAYER = 12
# Columns of the accounts before those of the payers.
ITEM, CHILD, SINCE, UNTIL, YEAR, MONTHS = range(6)
FIRST_ACCOUNT = 6

BEFORE = ("tetto", "usato", "spazio", "fino_a", "chiesto", "soglia", "livello", "base", "preso")
AFTER = ("parte", "tetto", "usato", "preso")


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one amount in the accounts, both ends included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        """Number of children."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class Bonus:
    """The INPS bonus of the children.

    Attributes
    ----------
    cents
        Of a child in a month; 0 for who has none.
    row
        Row of the tables that the amount of a child in a month comes from.
    instalments
        Months of a year for which it is paid.
    """

    cents: Callable[[str, str], int]
    row: Callable[[str, str], str]
    instalments: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows and columns of the two sheets.

    Attributes
    ----------
    riparti
        The amounts, in the order of their rows.
    payers
        Payers with a column each in the ledger.
    complete
        True when they are the whole stack: what is left after them nobody pays.
    blocks
        Rows in the accounts, by place of the amount; only amounts that some limit divides.
    columns
        (payer, name of the sum) -> column of the accounts.
    bonus
        The INPS bonus.
    """

    riparti: tuple[Riparto, ...]
    payers: tuple[Pagatore, ...]
    complete: bool
    blocks: Mapping[int, Block]
    columns: Mapping[tuple[str, str], int]
    bonus: Bonus

    def row(self, place: int) -> int:
        """Row of an amount in the ledger."""
        return FIRST_ROW + place

    def payer_column(self, payer: Pagatore) -> int:
        """Column of a payer in the ledger."""
        return FIRST_PAYER + self.payers.index(payer)

    @property
    def rest_column(self) -> int:
        """Column of what is left after the payers."""
        return FIRST_PAYER + len(self.payers)

    @property
    def last_row(self) -> int:
        """Last row of the ledger with an amount."""
        return FIRST_ROW + len(self.riparti) - 1


def sums_of(payer: Pagatore) -> tuple[str, ...]:
    """Name the sums of a payer with a limit: a payer that divides has the child's part before it."""
    return AFTER if payer.modo in DIVIDING else BEFORE


def layout(
    riparti: Sequence[Riparto],
    payers: Sequence[Pagatore],
    complete: bool,
    bonus: Bonus,
) -> Layout:
    """Lay out the amounts and the accounts of their children."""
    sizes = [max((len(step.conti) for step in riparto.passi), default=0) for riparto in riparti]
    starts = accumulate(sizes, initial=FIRST_ROW)
    blocks = {
        place: Block(start, start + size - 1)
        for place, (start, size) in enumerate(zip(starts, sizes, strict=False))
        if size
    }
    columns: dict[tuple[str, str], int] = {}
    for payer in payers:
        if limited(payer):
            for name in sums_of(payer):
                columns[payer.id, name] = FIRST_ACCOUNT + len(columns)
    return Layout(tuple(riparti), tuple(payers), complete, blocks, columns, bonus)


def step_of(riparto: Riparto, payer: Pagatore) -> Passo | None:
    """Give the step of a payer in an amount, if it takes part."""
    return next((step for step in riparto.passi if step.pagatore == payer), None)

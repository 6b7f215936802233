"""The payers' stack: who pays how much of every amount, and that nobody pays or is paid for twice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN

from nido.accordi.amount import Amount
from nido.accordi.money import divide
from nido.accordi.pagatori.allowances import Allowances
from nido.accordi.pagatori.mode import Turn
from nido.accordi.pagatori.modes import MODES
from nido.accordi.pagatori.names import SCOPERTO, label
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.regole import Pagatore


@dataclass(frozen=True, slots=True)
class Payment:
    """What one payer pays of an amount, in cents."""

    pagatore: str
    importo_cent: int


def settle(
    amounts: Iterable[Amount],
    stack: Iterable[Pagatore],
    azienda: Azienda,
    allowances: Allowances,
) -> list[tuple[Amount, tuple[Payment, ...]]]:
    """Divide the amounts of one agreement among the payers (docs/modello.md, section 10).

    Every payer takes its part of what those before it left, or (``di``) of what one of them took, so no cent
    is paid twice. What a payer gives per child and month is one sum for all the components to which it takes
    part: it is used up in the order of `amounts`, and an amount of several months (hours and meals) may draw
    on each of them. Two payers of mode ``inps`` share one bonus, which is paid for eleven months of a year.

    Parameters
    ----------
    amounts
        Amounts of one agreement, in the order in which the allowances are used up.
    stack
        Payers, the first one first.
    azienda
        The company of the agreement.
    allowances
        What the payers with a limit may still give; it is used up.

    Returns
    -------
    list
        Each amount with its payments, in cents, none of them zero; their sum is the amount. What nobody pays
        is a payment by ``scoperto``.

    Notes
    -----
    The employer's refund and the bonus never cover the same cost: Agenzia delle Entrate, interpello 164/2018.
    """
    payers = tuple(stack)
    return [(amount, _settle_one(amount, payers, azienda, allowances)) for amount in amounts]


def takes_part(payer: Pagatore, amount: Amount) -> bool:
    """Tell whether a payer has a turn at an amount: who pays a component pays its VAT too."""
    mode, componente = MODES[payer.modo], amount.tassata or amount.componente
    only = mode.only(payer)
    admitted = componente in payer.voci and (only is None or componente in only)
    in_time = (payer.dal is None or payer.dal <= amount.data) and (
        payer.al is None or amount.data <= payer.al
    )
    return admitted and in_time and (amount.tassata is None or mode.pays_vat)


def split(
    amount: Amount, stack: Iterable[Pagatore], azienda: Azienda, allowances: Allowances
) -> tuple[Mapping[str, Sequence[int]], int]:
    """Divide one amount among the payers, child by child.

    Parameters
    ----------
    amount, stack, azienda, allowances
        As for `settle`.

    Returns
    -------
    tuple
        Id of every payer that takes part -> cents for each child of the amount, in their order (one number
        for an amount without children); and the cents that nobody pays.
    """
    pot = _Pot(amount, azienda, allowances)
    for payer in stack:
        if takes_part(payer, amount):
            pot.take(payer)
    return pot.taken, pot.rest


def _settle_one(
    amount: Amount, stack: Sequence[Pagatore], azienda: Azienda, allowances: Allowances
) -> tuple[Payment, ...]:
    taken, rest = split(amount, stack, azienda, allowances)
    paid: dict[str, int] = defaultdict(int)
    for payer in stack:
        paid[label(payer, azienda)] += sum(taken.get(payer.id, ()))
    paid[SCOPERTO] += rest
    return tuple(Payment(payer, importo) for payer, importo in paid.items() if importo)


class _Pot:
    """What is left of one amount, and what each payer has taken for each child."""

    def __init__(self, amount: Amount, azienda: Azienda, allowances: Allowances) -> None:
        self.amount, self.azienda, self.allowances = amount, azienda, allowances
        children = allowances.facts.bambini
        self.slots: list[Bambino | None] = [children[bambino] for bambino in amount.bambini] or [None]
        self.rest = amount.importo_cent
        self.whole = self._evenly(amount.importo_cent)
        self.parts: list[int] | None = None
        self.taken: dict[str, list[int]] = {}

    def take(self, payer: Pagatore) -> None:
        """Let a payer take its part."""
        turns = [Turn(payer, self.azienda, self.amount, slot, self.allowances.facts) for slot in self.slots]
        bounds = [self._bound(turn, whole) for turn, whole in zip(turns, self.whole, strict=True)]
        mode = MODES[payer.modo]
        if payer.di is not None:
            taken = self._from_another(payer.di, turns, bounds)
        elif self.parts is None and not mode.per_child:
            together = Turn(payer, self.azienda, self.amount, None, self.allowances.facts)
            taken = divide(mode.ask(together, self.rest, self.allowances), bounds)
            self.rest -= sum(taken)
        else:
            taken = self._from_parts(turns, bounds)
        self.taken[payer.id] = taken
        for turn, given in zip(turns, taken, strict=True):
            self.allowances.draw(turn, given)

    def _from_another(self, other: str, turns: Sequence[Turn], bounds: Sequence[int | None]) -> list[int]:
        """Take from what an earlier payer has taken, child by child."""
        theirs = self.taken.get(other, [0] * len(turns))
        taken = self._asked(turns, theirs, bounds)
        self.taken[other] = [had - given for had, given in zip(theirs, taken, strict=True)]
        return taken

    def _from_parts(self, turns: Sequence[Turn], bounds: Sequence[int | None]) -> list[int]:
        """Take from what is left of each child, which the first such payer divides."""
        parts = self._evenly(self.rest) if self.parts is None else self.parts
        taken = self._asked(turns, parts, bounds)
        self.parts = [part - given for part, given in zip(parts, taken, strict=True)]
        self.rest -= sum(taken)
        return taken

    def _asked(self, turns: Sequence[Turn], lefts: Sequence[int], bounds: Sequence[int | None]) -> list[int]:
        asked = [
            MODES[turn.payer.modo].ask(turn, left, self.allowances)
            for turn, left in zip(turns, lefts, strict=True)
        ]
        return [
            most if bound is None else min(most, bound) for most, bound in zip(asked, bounds, strict=True)
        ]

    def _bound(self, turn: Turn, whole: int) -> int | None:
        """Tighten what a payer may still give by its greatest share of a child's part of the whole amount."""
        room, share = self.allowances.room(turn), turn.payer.massimo_quota
        if share is None or not MODES[turn.payer.modo].own_caps:
            return room
        most = int((share * whole).to_integral_value(rounding=ROUND_DOWN))
        return most if room is None else min(room, most)

    def _evenly(self, total: int) -> list[int]:
        return divide(total, [None] * len(self.slots))

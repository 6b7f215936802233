"""The payers' stack: who pays how much of every amount, and that nobody pays or is paid for twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
    queue = Queue(stack, azienda)
    return [(amount, queue.settle(amount, allowances)) for amount in amounts]


def is_there(payer: Pagatore, day: date) -> bool:
    """Tell whether a payer pays on a day: from its first to its last, both included."""
    return (payer.dal is None or payer.dal <= day) and (payer.al is None or day <= payer.al)


def takes_part(payer: Pagatore, amount: Amount) -> bool:
    """Tell whether a payer has a turn at an amount: who pays a component pays its VAT too."""
    componente = amount.tassata or amount.componente
    if componente not in payer.voci:
        return False
    mode = MODES[payer.modo]
    only = mode.only(payer)
    admitted = only is None or componente in only
    in_time = is_there(payer, amount.data)
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


class Queue:
    """The stack as it stands for one company: what does not change from amount to amount is settled once.

    Parameters
    ----------
    stack
        Payers, the first one first.
    azienda
        The company of the agreement.
    """

    def __init__(self, stack: Iterable[Pagatore], azienda: Azienda) -> None:
        self._stack, self._azienda = tuple(stack), azienda
        labels = {payer.id: label(payer, azienda) for payer in self._stack}
        # The place of a name among the payments is that of its first payer, even of one that pays nothing.
        self._names = [*dict.fromkeys(labels.values()), SCOPERTO]
        self._labels = labels
        self._concerned: dict[str, tuple[Pagatore, ...]] = {}

    def settle(self, amount: Amount, allowances: Allowances) -> tuple[Payment, ...]:
        """Divide one amount among the payers; their limits are used up."""
        taken, rest = split(amount, self._concerned_by(amount), self._azienda, allowances)
        paid = dict.fromkeys(self._names, 0)
        for payer, parts in taken.items():
            paid[self._labels[payer]] += sum(parts)
        paid[SCOPERTO] += rest
        return tuple([Payment(name, importo) for name, importo in paid.items() if importo])

    def _concerned_by(self, amount: Amount) -> tuple[Pagatore, ...]:
        componente = amount.tassata or amount.componente
        found = self._concerned.get(componente)
        if found is None:
            found = tuple(payer for payer in self._stack if componente in payer.voci)
            self._concerned[componente] = found
        return found


class _Pot:
    """What is left of one amount, and what each payer has taken for each child."""

    def __init__(self, amount: Amount, azienda: Azienda, allowances: Allowances) -> None:
        self.amount, self.azienda, self.allowances = amount, azienda, allowances
        children = allowances.facts.bambini
        self.slots: list[Bambino | None] = [children[bambino] for bambino in amount.bambini] or [None]
        self.rest = amount.importo_cent
        self.parts: list[int] | None = None
        self.taken: dict[str, list[int]] = {}

    def take(self, payer: Pagatore) -> None:
        """Let a payer take its part."""
        turns = [Turn(payer, self.azienda, self.amount, slot, self.allowances.facts) for slot in self.slots]
        rooms = [self.allowances.rooms(turn) for turn in turns] if self.allowances.limits(payer) else None
        bounds = self._bounds(payer, rooms)
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
        for turn, given, room in zip(turns, taken, rooms or (), strict=False):
            if given:
                self.allowances.draw(turn, given, room)

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

    def _bounds(self, payer: Pagatore, by_month: Sequence[Sequence[int]] | None) -> Sequence[int | None]:
        """Tighten what a payer may still give by its greatest share of each child's part of the whole."""
        rooms: Sequence[int | None] = [None] * len(self.slots) if by_month is None else [*map(sum, by_month)]
        share = payer.massimo_quota
        if share is None or not MODES[payer.modo].own_caps:
            return rooms
        most = [
            int((share * whole).to_integral_value(rounding=ROUND_DOWN))
            for whole in self._evenly(self.amount.importo_cent)
        ]
        return [bound if room is None else min(room, bound) for room, bound in zip(rooms, most, strict=True)]

    def _evenly(self, total: int) -> list[int]:
        level, odd = divmod(total, len(self.slots))
        return [level + (place < odd) for place in range(len(self.slots))]

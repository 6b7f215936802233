"""How every amount is divided among the payers, step by step, so that a sheet can show the same steps.

`nido.accordi.pagatori.settle` says who pays what; this says through which sums, child by child, where a payer
has a limit per child and month. It is reckoned apart and must give the same cents.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nido.accordi.amount import Amount
from nido.accordi.money import CENTS_IN_EURO, cents, half_up
from nido.accordi.pagatori import Payment, label, takes_part
from nido.accordi.pagatori.fisso_ora import hourly
from nido.scenari.domanda import Azienda
from nido.scenari.regole import ModoPagatore, Pagatore

# The modes whose sums a sheet can repeat.
KNOWN: frozenset[ModoPagatore] = frozenset(
    {"quota", "quota_azienda", "fisso_mese", "fisso_ora", "inps", "residuo"}
)
DIVIDING: frozenset[ModoPagatore] = frozenset({"inps", "residuo"})

Bonus = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Riempimento:
    """How a sum is spread over several limits: everybody gets the same, nobody more than its limit.

    Attributes
    ----------
    preso
        Cents given in all: the sum asked, or all the limits together.
    soglia
        Largest limit up to which everybody can be served in full, 0 when there is none.
    livello
        What everybody gets whose limit is not lower, in cents; who comes first gets what is left over.
    """

    preso: int
    soglia: int
    livello: int


@dataclass(frozen=True, slots=True)
class Conto:
    """What one payer with a limit pays for one child of an amount.

    Attributes
    ----------
    tetto
        Its limit over the months of the amount, in cents.
    usato
        What it has paid before out of the same limit.
    parte
        The child's part of what was left; None before the division.
    preso
        What it pays.
    """

    bambino: str
    tetto: int
    usato: int
    parte: int | None
    preso: int


@dataclass(frozen=True, slots=True)
class Passo:
    """What one payer pays of an amount.

    Attributes
    ----------
    resto
        What was left for it, in cents.
    conti
        One per child where it has a limit; empty where it has none.
    riempimento
        How its sum is spread over the children, before the division; None otherwise.
    preso
        What it pays.
    """

    pagatore: Pagatore
    resto: int
    conti: tuple[Conto, ...]
    riempimento: Riempimento | None
    preso: int


@dataclass(frozen=True, slots=True)
class Riparto:
    """An amount with the steps by which it was divided; `scoperto` is what nobody pays."""

    voce: Amount
    passi: tuple[Passo, ...]
    scoperto: int


def expressible(stack: Sequence[Pagatore]) -> int:
    """Tell how many payers at the start of a stack can be repeated in a sheet.

    After a payer that divides what is left among the children only payers of the same kind are, and a second
    payer of the bonus, who shares the limit of the first, is not. Nor is who takes from another payer, nor
    that one, nor who has a greatest share or refunds fasce too.
    """
    divided = False
    named = {payer.di for payer in stack}
    for place, payer in enumerate(stack):
        second_bonus = payer.modo == "inps" and any(one.modo == "inps" for one in stack[:place])
        further = payer.di is not None or payer.id in named or payer.massimo_quota is not None
        further = further or payer.fasce_ammesse
        if payer.modo not in KNOWN or (divided and payer.modo not in DIVIDING) or second_bonus or further:
            return place
        divided = divided or payer.modo in DIVIDING
    return len(stack)


class Conti:
    """The limits of the payers, used up amount by amount in the order of the ledger.

    Parameters
    ----------
    stack
        Payers of which every mode is known (see `expressible`).
    bonus
        INPS bonus of a child in a month, in cents.
    instalments
        Months of a year for which the bonus is paid.
    """

    def __init__(self, stack: Sequence[Pagatore], bonus: Bonus, instalments: int) -> None:
        self._stack, self._bonus, self._instalments = stack, bonus, instalments
        self._spent: dict[tuple[str, str, str], int] = defaultdict(int)
        self._months: dict[tuple[str, str], set[str]] = defaultdict(set)

    def divide(self, amount: Amount, azienda: Azienda) -> Riparto:
        """Divide the next amount."""
        rest, steps = amount.importo_cent, list[Passo]()
        parts: list[int] | None = None
        for payer in self._stack:
            if not takes_part(payer, amount):
                continue
            if payer.modo in DIVIDING and parts is None:
                parts = equal_parts(rest, max(1, len(amount.bambini)))
            step = self._step(payer, amount, azienda, rest, parts)
            if parts is not None:
                parts = _after(parts, step)
            steps.append(step)
            rest -= step.preso
        return Riparto(amount, tuple(steps), rest)

    def _step(
        self, payer: Pagatore, amount: Amount, azienda: Azienda, rest: int, parts: list[int] | None
    ) -> Passo:
        asked = asked_of(payer, amount, azienda, rest)
        if not limited(payer):
            return Passo(payer, rest, (), None, asked)
        caps = [
            (child, self._cap(payer, amount, child), self._used(payer, amount, child))
            for child in amount.bambini
        ]
        room = [max(0, cap - used) for _, cap, used in caps]
        if parts is None:
            fill, taken = spread(asked, room)
        else:
            fill, taken = None, [min(part, most) for part, most in zip(parts, room, strict=False)]
        accounts = tuple(
            Conto(child, cap, used, None if parts is None else parts[place], taken[place])
            for place, (child, cap, used) in enumerate(caps)
        )
        for account in accounts:
            self._draw(payer, amount, account)
        return Passo(payer, rest, accounts, fill, sum(taken))

    def _cap(self, payer: Pagatore, amount: Amount, child: str) -> int:
        """Give the limit over the months of an amount; the bonus is nothing once its instalments are paid."""
        return sum(self._month_cap(payer, child, month) for month in amount.mesi)

    def _month_cap(self, payer: Pagatore, child: str, month: str) -> int:
        limits = [] if payer.massimo_mese is None else [cents(payer.massimo_mese)]
        if payer.modo == "fisso_mese":
            limits.append(cents(payer.importo_mese))
        if payer.modo == "inps":
            paid = self._months[child, month[:4]]
            limits.append(self._bonus(child, month) if month in paid or len(paid) < self._instalments else 0)
        return min(limits)

    def _used(self, payer: Pagatore, amount: Amount, child: str) -> int:
        return sum(self._spent[_account(payer), child, month] for month in amount.mesi)

    def _draw(self, payer: Pagatore, amount: Amount, account: Conto) -> None:
        """Count what was paid against the months, the first one first."""
        left = account.preso
        for month in amount.mesi:
            key = (_account(payer), account.bambino, month)
            part = min(left, max(0, self._month_cap(payer, account.bambino, month) - self._spent[key]))
            self._spent[key] += part
            left -= part
            if part and payer.modo == "inps":
                self._months[account.bambino, month[:4]].add(month)


def _after(parts: list[int], step: Passo) -> list[int]:
    """Give what is left of every child's part; who has a limit and no child to pay for takes nothing."""
    if step.conti:
        return [part - account.preso for part, account in zip(parts, step.conti, strict=True)]
    return parts if limited(step.pagatore) else [0 for _ in parts]


def limited(payer: Pagatore) -> bool:
    """Tell whether a payer has a limit per child and month."""
    return payer.massimo_mese is not None or payer.modo in ("fisso_mese", "inps")


def asked_of(payer: Pagatore, amount: Amount, azienda: Azienda, rest: int) -> int:
    """Give what a payer would pay if it had no limit, in cents."""
    if payer.modo == "fisso_ora":
        return min(rest, half_up(hourly(payer, amount.data) * amount.quantita * CENTS_IN_EURO))
    share = {"quota": payer.quota, "quota_azienda": azienda.quota}.get(payer.modo, Decimal(1))
    return half_up(share * rest)


def equal_parts(rest: int, count: int) -> list[int]:
    """Divide cents in equal parts; the first ones get what is left over."""
    each, over = divmod(rest, count)
    return [each + (place < over) for place in range(count)]


def spread(asked: int, room: Sequence[int]) -> tuple[Riempimento, list[int]]:
    """Spread a sum over limits so that everybody gets the same, nobody more than its limit."""
    taken = min(asked, sum(room))
    served = [most for most in room if sum(min(other, most) for other in room) <= taken]
    threshold = max(served, default=0)
    above = [most for most in room if most > threshold]
    below = sum(most for most in room if most <= threshold)
    level = (taken - below) // len(above) if above else threshold
    parts = [min(most, level) for most in room]
    over = taken - sum(parts)
    for place, most in enumerate(room):
        if over and most > level:
            parts[place] += 1
            over -= 1
    return Riempimento(taken, threshold, level), parts


def same_as(riparto: Riparto, payments: Sequence[Payment], azienda: Azienda) -> bool:
    """Tell whether the steps give the payments of the ledger."""
    found: dict[str, int] = defaultdict(int)
    for step in riparto.passi:
        found[label(step.pagatore, azienda)] += step.preso
    found["scoperto"] += riparto.scoperto
    stated = {payment.pagatore: payment.importo_cent for payment in payments}
    return {name: amount for name, amount in found.items() if amount} == stated


def _account(payer: Pagatore) -> str:
    return "inps:" if payer.modo == "inps" else payer.id

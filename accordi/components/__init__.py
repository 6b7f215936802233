"""Cost components of an agreement: one file each, in the order in which the ledger lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nido.accordi.amount import Amount
from nido.accordi.components import fascia, ora, pasto, posto, vuoto
from nido.matching.solution import Solution
from nido.scenari.regole import VoceRegistro
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Component:
    """A cost component.

    Attributes
    ----------
    nome
        Name in the ledger and in the payers' stack.
    amounts
        Function that gives what every agreement of a plan owes for it; zero amounts are allowed.
    """

    nome: VoceRegistro
    amounts: Callable[[Scenario, Solution], Iterable[Amount]]


COMPONENTS: tuple[Component, ...] = (
    Component("posto", posto.amounts),
    Component("vuoto", vuoto.amounts),
    Component("fascia", fascia.amounts),
    Component("ora", ora.amounts),
    Component("pasto", pasto.amounts),
)

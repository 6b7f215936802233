"""Cost components of an agreement: one file each, in the order in which the ledger lists them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from nido.accordi.amount import Amount
from nido.accordi.components import fascia, iva, ora, pasto, posto, vuoto
from nido.matching.solution import Solution
from nido.scenari.regole import Componente
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Component:
    """A cost component.

    Attributes
    ----------
    nome
        Name in the ledger; VAT apart, in the payers' stack too.
    amounts
        Function that gives what every agreement of a plan owes for it; zero amounts are allowed.
    """

    nome: Componente
    amounts: Callable[[Scenario, Solution], Iterable[Amount]]


# What the price lists charge; VAT is due on each.
TAXABLE: tuple[iva.Taxable, ...] = (
    ("posto", posto.amounts),
    ("vuoto", vuoto.amounts),
    ("fascia", fascia.amounts),
    ("ora", ora.amounts),
    ("pasto", pasto.amounts),
)

COMPONENTS: tuple[Component, ...] = (
    *(Component(*listed) for listed in TAXABLE),
    Component("iva", partial(iva.amounts, TAXABLE)),
)

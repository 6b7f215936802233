"""What a payers' mode is, and what it is told when its turn comes (docs/modello.md, section 10)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from nido.accordi.amount import Amount
from nido.accordi.pagatori.facts import Facts
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.regole import Componente, ModoPagatore, Pagatore

PLACES: frozenset[Componente] = frozenset({"posto"})


class Turn(NamedTuple):
    """The turn of one payer at one amount.

    Attributes
    ----------
    payer, azienda, amount
        Who may pay what, under the agreement of which company.
    bambino
        The child on whose account it pays; None for all of them together, or when there is none.
    facts
        What the scenario and the plan say.
    """

    payer: Pagatore
    azienda: Azienda
    amount: Amount
    bambino: Bambino | None
    facts: Facts


class Spent(Protocol):
    """What has been counted so far for a child, in cents."""

    def spent(self, account: str, bambino: str, period: str) -> int: ...
    def count(self, account: str, bambino: str, period: str, cents: int) -> None: ...


Ask = Callable[[Turn, int, Spent], int]
Allowance = Callable[[Turn, Bambino, date], int]


def all_of_it(turn: Turn, left: int, books: Spent) -> int:
    """Ask for everything that is left."""
    return left


def every_component(payer: Pagatore) -> frozenset[Componente] | None:
    """Take part in whatever the scenario lists."""
    return None


@dataclass(frozen=True, slots=True)
class Mode:
    """How a payer reckons its part.

    Attributes
    ----------
    nome
        Name in the scenario.
    ask
        What it asks for, in cents, given what is left (of all, or of a child's part); never more than that.
    allowance
        The most that it pays for a child in a month, in cents, over all components; None for no limit.
    yearly
        The most for a child in a calendar year, in cents, over all payers of the mode; None for no limit.
    only
        Components on which the mode pays at all, whatever the scenario lists; None for all.
    per_child
        Whether what is left is first divided among the children in equal parts.
    company
        Whether the company of the agreement pays, under its own name.
    pays_vat
        Whether it takes part in the VAT of what it pays.
    shared_allowance
        Whether all payers of this mode draw on one and the same monthly allowance.
    instalments
        How many months of a calendar year the mode pays at most for a child; None for no limit.
    own_caps
        Whether ``massimo_mese`` and ``massimo_quota`` bound it.
    private
        Whether its part depends on the ICEF or the ISEE of a family.
    attended
        Whether its part depends on who attends, or how many days, in a month.
    """

    nome: ModoPagatore
    ask: Ask = all_of_it
    allowance: Allowance | None = None
    yearly: Callable[[Pagatore], int] | None = None
    only: Callable[[Pagatore], frozenset[Componente] | None] = every_component
    per_child: bool = False
    company: bool = False
    pays_vat: bool = True
    shared_allowance: bool = False
    instalments: Callable[[date], int] | None = None
    own_caps: bool = True
    private: bool = False
    attended: bool = False


def only_places(payer: Pagatore) -> frozenset[Componente]:
    """Take part in places alone."""
    return PLACES

"""The INPS bonus of a child who has it rather than the tax credit."""

from datetime import date

from nido.accordi.inps import instalments_a_year, monthly_bonus
from nido.accordi.pagatori.mode import PLACES, Mode, Turn
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Componente, Pagatore

WITH_FASCE: frozenset[Componente] = PLACES | {"fascia"}


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the bonus of a month, in cents."""
    return monthly_bonus(bambino, month) if turn.facts.benefit_of(bambino) == "inps" else 0


def only(payer: Pagatore) -> frozenset[Componente]:
    """Refund places; fasce invoiced apart (INPS circulars 60/2025, 123/2025) by the scenario's word only."""
    return WITH_FASCE if payer.fasce_ammesse else PLACES


MODE = Mode(
    "inps",
    allowance=allowance,
    per_child=True,
    only=only,
    shared_allowance=True,
    instalments=instalments_a_year,
    private=True,
)

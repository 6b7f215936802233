"""The Province's transfer for an enrolled child: a twelfth a month, where a reserved place is entitled."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

from nido.accordi.money import CENTS_IN_EURO
from nido.accordi.pagatori.mode import Mode, Turn, only_places
from nido.data import voce
from nido.scenari.domanda import Bambino

FULL_TIME = "trasferimenti.nido.tempo_pieno"
PART_TIME = "trasferimenti.nido.part_time_percento"
MONTHS = 12


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give a twelfth of the year's transfer, rounded down so that twelve never exceed the year, in cents.

    Whether a reserved place is entitled is for the Province to say: without the scenario's word it is 0.
    """
    if not turn.payer.ammesso:
        return 0
    share = voce(PART_TIME, month).numero / 100 if bambino.tempo == "parziale" else Decimal(1)
    year = voce(FULL_TIME, month).numero * share * CENTS_IN_EURO
    return int((year / MONTHS).to_integral_value(rounding=ROUND_DOWN))


MODE = Mode("trasferimento", allowance=allowance, only=only_places, shared_allowance=True)

"""Buoni di servizio: a monthly value, within rights, limits of the year and the family's least share."""

from datetime import date
from decimal import ROUND_DOWN, Decimal

from nido.accordi.money import cents
from nido.accordi.pagatori.mode import Mode, Spent, Turn
from nido.data import voce
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Componente, Pagatore

HIGHEST_ICEF = "buoni.icef_massimo"
FAMILY_SHARE = "buoni.quota_famiglia.eta_0_3_percento"
PAID: frozenset[Componente] = frozenset({"posto", "fascia", "ora", "pasto"})
YEARS_OF_RIGHT = 3
WEEKEND = frozenset({5, 6})


def ask(turn: Turn, left: int, books: Spent) -> int:
    """Ask for what is left but the family's least share, rounded down."""
    share = voce(FAMILY_SHARE, turn.amount.data).numero / 100
    return int(((1 - share) * left).to_integral_value(rounding=ROUND_DOWN))


def allowance(turn: Turn, bambino: Bambino, month: date) -> int:
    """Give the value of a month, in cents; 0 for who has no right to it in that month."""
    gestore = turn.facts.gestori.get(turn.amount.gestore)
    if gestore is None or not gestore.elenco_buoni or bambino.icef is None:
        return 0
    if bambino.icef > voce(HIGHEST_ICEF, month).numero or _is_three(bambino, month):
        return 0
    municipal = turn.payer.orario_comunale == "solo_esclusi" and bambino.nido_comunale == "disponibile"
    if municipal and not _outside_municipal_hours(turn):
        return 0
    return cents(turn.payer.importo_mese)


def _is_three(bambino: Bambino, month: date) -> bool:
    born = bambino.nascita
    return (month.year - born.year, month.month, month.day) >= (YEARS_OF_RIGHT, born.month, born.day)


def _outside_municipal_hours(turn: Turn) -> bool:
    """Tell whether the amount is for a fascia in which the municipal nido is closed."""
    gestore = turn.facts.gestori[turn.amount.gestore]
    for fascia in gestore.fasce:
        if fascia.id == turn.amount.fascia:
            hours, open_hours = fascia.orario, turn.facts.orario_standard
            apart = hours.end <= open_hours.start or open_hours.end <= hours.start
            return fascia.in_chiusura or set(fascia.giorni) <= WEEKEND or apart
    return False


def yearly(payer: Pagatore) -> int:
    """Give the most of a calendar year, in cents: so many vouchers at their face value."""
    return cents(Decimal(payer.buoni_anno) * payer.valore_buono)


def only(payer: Pagatore) -> frozenset[Componente]:
    """Pay nothing for empty places: nobody is there."""
    return PAID


MODE = Mode("buoni", ask=ask, allowance=allowance, yearly=yearly, only=only, per_child=True, private=True)

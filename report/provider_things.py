"""What the provider's view has a row for, and what its two curves say, the same in every document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nido.accordi.gestore.curva import Curva, Punto
from nido.accordi.gestore.margine import VistaGestore
from nido.data.lingua import text
from nido.report.numbers_local import euro, integer


@dataclass(frozen=True, slots=True)
class Thing:
    """A season, a fascia or a package of one provider.

    Attributes
    ----------
    voce
        Which of the three.
    fasce
        The fascia, or those of the package; none for the season.
    children, cost, income
        Those of the plan; of a package, what would be lost without it. Cents.
    curve
        The curve through the plan.
    safe
        The curve that holds whatever the ages.
    """

    voce: Literal["stagione", "fascia", "pacchetto"]
    fasce: tuple[str, ...]
    children: int
    cost: int
    income: int
    curve: Curva
    safe: Curva


def things(view: VistaGestore) -> Iterator[Thing]:
    """Give the season, every fascia, every package of the plan."""
    yield Thing(
        "stagione", (), view.bambini, view.costo_cent, view.ricavo_cent, view.curva, view.curva_sicura
    )
    for part in view.parti:
        if part.curva is not None and part.curva_sicura is not None:
            cost, income = sum(part.costi.values()), sum(part.ricavi.values())
            yield Thing("fascia", (part.parte,), part.bambini, cost, income, part.curva, part.curva_sicura)
    for one in view.pacchetti:
        cost, income = one.costo_evitabile_cent, one.ricavo_evitabile_cent
        yield Thing("pacchetto", one.fasce, one.bambini, cost, income, one.curva, one.curva_sicura)


def number_or_dash(number: int | None) -> str:
    """Write a number of children; a dash where there is none."""
    return "-" if number is None else integer(number)


def runs_words(curve: Curva) -> str:
    """Write the numbers of children with which nothing is lost."""
    runs = (integer(a) if a == b else f"{integer(a)}-{integer(b)}" for a, b in curve.in_attivo)
    return ", ".join(runs) or "-"


def safe_margin(curve: Curva) -> str:
    """Write what the plan's children would leave at the ages that ask for most staff."""
    return "-" if curve.piano is None else euro(curve.piano.margine_cent)


def why_missing(curve: Curva) -> str:
    """Say why the smallest number of a curve is missing, with that curve's own numbers."""
    if curve.motivo is None:
        return ""
    if curve.motivo == "nessun_bambino":
        return text("nel piano non la usa nessuno", "nobody uses it in the plan")
    if curve.motivo == "senza_posti":
        return text("nessun posto offerto", "no place offered")
    if curve.motivo == "personale_non_contato":
        return text(
            "la regola rapporto è spenta e il personale non si conta",
            "the rule rapporto is off, and staff is not counted",
        )
    return _losing(curve, curve.punti[-1])


def _losing(curve: Curva, last: Punto) -> str:
    figures = {
        "n": integer(last.bambini),
        "cost": euro(last.costo_cent),
        "income": euro(last.ricavo_cent),
        "runs": runs_words(curve),
    }
    if curve.motivo == "senza_ricavo":
        return text("non ha un prezzo: con {n} costa {cost}", "it has no price: {n} cost {cost}", **figures)
    if curve.motivo == "in_perdita_al_completo":
        return text(
            "con {n} si perde: costo {cost}, ricavo {income}; non si perde con {runs}: conviene un massimo "
            "di bambini, non un minimo",
            "with {n} it loses: cost {cost}, revenue {income}; nothing is lost with {runs}: a maximum of "
            "children would help, not a minimum",
            **figures,
        )
    always = text(
        "si perde con ogni numero fino a {n}; con {n} costo {cost}, ricavo {income}",
        "every number up to {n} loses; with {n} cost {cost}, revenue {income}",
        **figures,
    )
    if curve.oltre_i_posti is None:
        return always
    return always + text(
        "; ne basterebbero {more}, più dei posti offerti",
        "; {more} would do, more than the places offered",
        more=integer(curve.oltre_i_posti),
    )

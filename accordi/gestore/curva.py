"""Cost and revenue as the number of children grows, and the fewest that pay (docs/modello.md, section 17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Motivo = Literal[
    "personale_non_contato",
    "nessun_bambino",
    "senza_posti",
    "senza_ricavo",
    "sempre_in_perdita",
    "in_perdita_al_completo",
]


@dataclass(frozen=True, slots=True)
class Punto:
    """Cost and revenue with some children, in cents."""

    bambini: int
    costo_cent: int
    ricavo_cent: int

    @property
    def margine_cent(self) -> int:
        """Revenue less cost."""
        return self.ricavo_cent - self.costo_cent


@dataclass(frozen=True, slots=True)
class Curva:
    """Cost, revenue and margin for every number of children.

    Attributes
    ----------
    punti
        One per number of children, from 0; empty where staff is not counted, or nobody is there.
    piano
        The point with as many children as the plan has, also where it lies beyond the last of `punti`.
    minimo
        Smallest number, at least 1, from which on, up to the last point, nothing is lost.
    oltre_i_posti
        Where every number within the places loses: the smallest number beyond them that would do.
    tolleranza_cent
        Cents for each child that are rounding and no loss.
    motivo
        Why `minimo` is missing.
    """

    punti: tuple[Punto, ...]
    piano: Punto | None
    minimo: int | None
    oltre_i_posti: int | None
    tolleranza_cent: int
    motivo: Motivo | None

    @property
    def in_attivo(self) -> tuple[tuple[int, int], ...]:
        """Runs of numbers of children, first and last, that lose nothing."""
        good = [one.bambini for one in self.punti[1:] if not loses(one, self.tolleranza_cent)]
        firsts = [n for n in good if n - 1 not in good]
        return tuple(zip(firsts, [n for n in good if n + 1 not in good], strict=True))


def loses(point: Punto, tolerance: int) -> bool:
    """Tell whether some children bring less than they cost, rounding aside."""
    return point.margine_cent < -tolerance * point.bambini


def missing(motivo: Motivo, tolerance: int) -> Curva:
    """Give the curve that does not exist, with the reason."""
    return Curva((), None, None, None, tolerance, motivo)


def curve(points: Sequence[Punto], plan: Punto, tolerance: int, beyond: int | None = None) -> Curva:
    """Find from how many children on nothing is lost.

    Parameters
    ----------
    points
        One per number of children, from 0.
    plan
        The point of the plan.
    tolerance
        Cents for each child that are rounding and no loss.
    beyond
        Smallest number of children beyond the last point that would do, if it is known.
    """
    losing = [one.bambini for one in points[1:] if loses(one, tolerance)]
    least = max(losing, default=0) + 1
    always = len(losing) == len(points) - 1
    reason = _reason(points, always) if least >= len(points) else None
    return Curva(
        tuple(points), plan, None if reason else least, beyond if always else None, tolerance, reason
    )


def _reason(points: Sequence[Punto], always: bool) -> Motivo:
    if len(points) == 1:
        return "senza_posti"
    if not points[-1].ricavo_cent:
        return "senza_ricavo"
    return "sempre_in_perdita" if always else "in_perdita_al_completo"

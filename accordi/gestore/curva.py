"""Cost and revenue as the number of children grows, with staff that grows with it (docs/modello.md, 17)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Literal

from nido.matching.instance import Staffing
from nido.matching.money import half_up

Motivo = Literal[
    "personale_non_contato", "senza_posti", "senza_ricavo", "oltre_i_posti", "in_perdita_al_completo"
]


# How many children a break-even beyond the places is looked for with.
FURTHEST = 100


@dataclass(frozen=True, slots=True)
class Punto:
    """Cost and revenue with some children, in cents, each rounded half up once."""

    bambini: int
    costo_cent: int
    ricavo_cent: int

    @property
    def margine_cent(self) -> int:
        """Revenue less cost."""
        return self.ricavo_cent - self.costo_cent


@dataclass(frozen=True, slots=True)
class Curva:
    """Cost, revenue and margin for every number of children from 0 to the places offered.

    Attributes
    ----------
    punti
        One per number of children, from 0; empty where staff is not counted.
    pareggio
        Smallest number of children, at least 1, whose revenue reaches the cost.
    minimo_sicuro
        Smallest number from which on, up to the places, revenue never falls below the cost again.
    pareggio_oltre_i_posti
        Where there is no `pareggio`: the smallest number beyond the places, up to `FURTHEST`, that would do.
    motivo
        Why `pareggio` or `minimo_sicuro` is missing; None when both are there.
    """

    punti: tuple[Punto, ...]
    pareggio: int | None
    minimo_sicuro: int | None
    pareggio_oltre_i_posti: int | None
    motivo: Motivo | None

    @property
    def in_attivo(self) -> tuple[tuple[int, int], ...]:
        """Runs of numbers of children, first and last, whose revenue reaches the cost."""
        good = [one.bambini for one in self.punti[1:] if one.margine_cent >= 0]
        firsts = [n for n in good if n - 1 not in good]
        return tuple(zip(firsts, [n for n in good if n + 1 not in good], strict=True))


@dataclass(frozen=True, slots=True)
class Parte:
    """Base hours or a fascia as the children of a curve use them: wholly, on all its days.

    Attributes
    ----------
    aggiuntive
        Additional educators by number of children; empty where staff is paid by the child-hour.
    educatrice
        Cents of one educator on duty throughout the season.
    fisso
        Cents due as soon as one child uses it.
    costo_bambino, ricavo_bambino
        Cents of one child in the whole season, staff apart.
    """

    aggiuntive: tuple[int, ...]
    educatrice: Fraction
    fisso: Fraction
    costo_bambino: Fraction
    ricavo_bambino: Fraction

    def costo(self, children: int) -> Fraction:
        """Exact cost with some children, in cents."""
        if not children:
            return Fraction(0)
        staff = self.aggiuntive[children] * self.educatrice if self.aggiuntive else Fraction(0)
        return self.fisso + self.costo_bambino * children + staff


@lru_cache(maxsize=64)
def additional(staffing: Staffing, existing: tuple[int, ...], places: int) -> tuple[int, ...]:
    """Additional educators for 0, 1, 2... further children, of whatever ages: the largest number.

    Parameters
    ----------
    staffing
        Ratio and least presence.
    existing
        Children who are there anyway, by band.
    places
        Most further children.
    """
    already = staffing.existing(existing)
    needs = _mixed(staffing, existing, places) if staffing.mixed else _by_band(staffing, existing, places)
    return tuple(max(0, max(staffing.copresence, need) - already) for need in needs)


def _mixed(staffing: Staffing, existing: Sequence[int], places: int) -> list[int]:
    ratios = staffing.children_per_educator
    share = sum((Fraction(e, r) for e, r in zip(existing, ratios, strict=True)), Fraction(0))
    return [ceil(share + Fraction(children, min(ratios))) for children in range(places + 1)]


def _by_band(staffing: Staffing, existing: Sequence[int], places: int) -> list[int]:
    """Add band after band: the most educators that some children of the bands so far can ask for."""
    most: list[int] | None = None
    for there, ratio in zip(existing, staffing.children_per_educator, strict=True):
        alone = [ceil(Fraction(there + more, ratio)) for more in range(places + 1)]
        if most is None:
            most = alone
            continue
        most = [max(most[k - more] + alone[more] for more in range(k + 1)) for k in range(places + 1)]
    return most or [0] * (places + 1)


def curve(places: int, counted: bool, point: Callable[[int], tuple[Fraction, Fraction]]) -> Curva:
    """Draw a curve and find its two numbers.

    Parameters
    ----------
    places
        Most children.
    counted
        False where neither staff nor child-hours are counted: no number would mean anything.
    point
        Exact cost and revenue, in cents, with some children.
    """
    if not counted:
        return Curva((), None, None, None, "personale_non_contato")
    points = tuple(_point(children, point) for children in range(places + 1))
    covered = [one.bambini for one in points[1:] if one.margine_cent >= 0]
    losing = [one.bambini for one in points[1:] if one.margine_cent < 0]
    safe = max(losing, default=0) + 1
    beyond = (_point(children, point) for children in range(places + 1, FURTHEST + 1) if not covered)
    return Curva(
        points,
        min(covered, default=None),
        safe if safe <= places else None,
        next((one.bambini for one in beyond if one.margine_cent >= 0), None),
        _reason(points, bool(covered), bool(losing) and losing[-1] == places),
    )


def _point(children: int, point: Callable[[int], tuple[Fraction, Fraction]]) -> Punto:
    cost, income = point(children)
    return Punto(children, half_up(cost), half_up(income))


def _reason(points: Sequence[Punto], covered: bool, losing_when_full: bool) -> Motivo | None:
    if len(points) == 1:
        return "senza_posti"
    if not covered:
        return "oltre_i_posti" if points[-1].ricavo_cent else "senza_ricavo"
    return "in_perdita_al_completo" if losing_when_full else None


def shares(children: int, counts: Sequence[int]) -> list[int]:
    """Divide children in proportion to some counts: the largest rests first, of equal ones the first."""
    whole = sum(counts)
    parts = [children * count // whole for count in counts]
    rests = sorted(range(len(counts)), key=lambda k: -(children * counts[k] % whole))
    for position in rests[: children - sum(parts)]:
        parts[position] += 1
    return parts

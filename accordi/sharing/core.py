"""The core: is any group of companies better off alone, and which shares keep every group in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from nido.accordi.sharing.game import Game, members
from nido.accordi.sharing.lexmin import Affine, lexicographic

CorePoint = Literal["shapley", "nucleo_piu_vicino", "nucleolo"]


@dataclass(frozen=True, slots=True)
class Blocking:
    """A group that pays more than it would on its own.

    Attributes
    ----------
    coalition
        The group.
    gain_cent
        What it would save on its own, rounded up: never 0.
    """

    coalition: int
    gain_cent: int


@dataclass(frozen=True, slots=True)
class CoreAnswer:
    """Where the core is.

    Attributes
    ----------
    empty
        True when under any shares some group is better off alone.
    kind
        ``shapley`` when the Shapley value is itself in the core; ``nucleo_piu_vicino`` for the point of the
        core nearest to it; ``nucleolo`` when the core is empty.
    point
        Exact cents of each company.
    excess
        The most that any group pays beyond its cost alone under the fairest shares for it (the least core);
        negative when every group gains.
    """

    empty: bool
    kind: CorePoint
    point: tuple[Fraction, ...]
    excess: Fraction


def blocking(costs: Mapping[int, int], shares: Sequence[Fraction]) -> tuple[Blocking, ...]:
    """List the groups that pay more than they would alone, those who gain most first.

    Parameters
    ----------
    costs
        Cents of the groups to look at, by coalition.
    shares
        Exact cents of each company: in whole cents, shares in the core may pass a cost by a cent.
    """
    found = [
        Blocking(coalition, ceil(gain))
        for coalition, cost in costs.items()
        if (gain := sum((shares[player] for player in members(coalition)), Fraction(-cost))) > 0
    ]
    return tuple(sorted(found, key=lambda one: (-one.gain_cent, one.coalition.bit_count(), one.coalition)))


def core_point(game: Game, fair: Sequence[Fraction]) -> CoreAnswer:
    """Find the shares of the core nearest to some fair ones, or the nucleolus when the core is empty.

    Near means: the largest change that is asked of any company is as small as it can be, then the next
    largest, and so on. So the point is unique, equal companies stay equal, and no company bears a large
    change to spare many small ones, as with a sum of absolute changes.

    Parameters
    ----------
    game
        The game.
    fair
        Exact shares to stay near to: the Shapley value.
    """
    middle, excess = nucleolus(game)
    if excess > 0:
        return CoreAnswer(True, "nucleolo", middle, excess)
    excesses = [_excess(game, coalition) for coalition in game.proper()]
    if all(one.at(tuple(fair)) <= 0 for one in excesses):
        return CoreAnswer(False, "shapley", tuple(fair), excess)
    changes = [change for player in range(len(fair)) for change in _changes(fair, player)]
    nearest, _ = lexicographic(changes, excesses, game.total, len(game.players))
    return CoreAnswer(False, "nucleo_piu_vicino", nearest, excess)


def nucleolus(game: Game) -> tuple[tuple[Fraction, ...], Fraction]:
    """Find the shares whose excesses, sorted from the largest, are lexicographically smallest.

    The excess of a group is what it pays beyond its cost alone (D. Schmeidler, The nucleolus of a
    characteristic function game, 1969; without the demand that nobody pays more than alone, which the
    excesses of the single companies already push for: the prenucleolus).

    Returns
    -------
    tuple
        Exact cents of each company, and the largest excess.
    """
    excesses = [_excess(game, coalition) for coalition in game.proper()]
    return lexicographic(excesses, (), game.total, len(game.players))


def _excess(game: Game, coalition: int) -> Affine:
    """What a coalition pays beyond its cost alone."""
    inside = set(members(coalition))
    row = tuple(Fraction(int(player in inside)) for player in range(len(game.players)))
    return Affine(row, Fraction(game.costs[coalition]))


def _changes(fair: Sequence[Fraction], player: int) -> tuple[Affine, Affine]:
    row = tuple(Fraction(int(other == player)) for other in range(len(fair)))
    return Affine(row, fair[player]), Affine(tuple(-entry for entry in row), -fair[player])

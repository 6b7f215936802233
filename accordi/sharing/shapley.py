"""The Shapley value: what each company adds to the cost, averaged over every order in which they can come."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, factorial, isqrt
from statistics import NormalDist

from nido.accordi.sharing.game import Game

CONFIDENCE = 0.95
# Below this the normal approximation of the interval means nothing.
LEAST_PERMUTATIONS = 30


def shapley(game: Game) -> tuple[Fraction, ...]:
    """Compute the Shapley value exactly, over all coalitions.

    ``phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! * (c(S + i) - c(S))`` (L. S. Shapley, A value
    for n-person games, 1953).

    Returns
    -------
    tuple of Fraction
        Exact cents of each player; they sum to the cost of all.
    """
    count = len(game.players)
    weights = [factorial(size) * factorial(count - size - 1) for size in range(count)]
    sums = [0] * count
    for coalition in range(game.everyone):
        weight, before = weights[coalition.bit_count()], game.costs[coalition]
        for player in range(count):
            if not coalition >> player & 1:
                sums[player] += weight * (game.costs[coalition | 1 << player] - before)
    return tuple(Fraction(total, factorial(count)) for total in sums)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A Shapley value estimated from some orders.

    Attributes
    ----------
    values
        Exact mean of each player's additions, in cents; they sum to the cost of all.
    half_widths
        Half of the 95 % confidence interval of each, in cents, rounded up.
    permutations
        Orders drawn.
    """

    values: tuple[Fraction, ...]
    half_widths: tuple[int, ...]
    permutations: int


def sampled_shapley(players: int, cost: Callable[[int], int], permutations: int, seed: int) -> Sampled:
    """Estimate the Shapley value from orders drawn at random.

    Parameters
    ----------
    players
        How many players.
    cost
        Cents of a coalition.
    permutations
        Orders to draw, at least 30.
    seed
        Seed of the draw: the same one draws the same orders.

    Raises
    ------
    ValueError
        If fewer than 30 orders are asked for.
    """
    if permutations < LEAST_PERMUTATIONS:
        raise ValueError(f"at least {LEAST_PERMUTATIONS} permutations")
    sums, squares = [0] * players, [0] * players
    for order in drawn_orders(players, permutations, seed):
        coalition, before = 0, 0
        for player in order:
            coalition |= 1 << player
            after = cost(coalition)
            sums[player] += after - before
            squares[player] += (after - before) ** 2
            before = after
    return Sampled(
        tuple(Fraction(total, permutations) for total in sums),
        tuple(_half_width(s, q, permutations) for s, q in zip(sums, squares, strict=True)),
        permutations,
    )


def drawn_orders(players: int, permutations: int, seed: int) -> list[tuple[int, ...]]:
    """Draw the orders of a seed."""
    draw = random.Random(seed)
    return [tuple(draw.sample(range(players), players)) for _ in range(permutations)]


def _half_width(total: int, squares: int, count: int) -> int:
    """Half width of the normal interval of a mean, from integer sums, rounded up to a cent."""
    variance = Fraction(squares * count - total * total, count * (count - 1))
    quantile = Fraction(NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)).limit_denominator(1_000_000)
    squared = ceil(variance * quantile * quantile / count)
    return isqrt(squared - 1) + 1 if squared else 0

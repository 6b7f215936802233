"""A problem with a plan at once and no proof within hours: for whatever must be stopped on the way."""

import random

from nido.matching.linear import LinearModel, Term


def market_split(columns: int = 50, rows: int = 6) -> tuple[LinearModel, tuple[Term, ...]]:
    """Build a market split: a first plan is found at once, the best one not within hours."""
    draw = random.Random(1)
    model = LinearModel()
    choices = [model.variable() for _ in range(columns)]
    cost: list[Term] = []
    for _ in range(rows):
        weights = [draw.randrange(1000) for _ in choices]
        over, under = model.variable(0, 100_000), model.variable(0, 100_000)
        half = sum(weights) // 2
        model.add([*zip(choices, weights, strict=True), (over, -1), (under, 1)], low=half, high=half)
        cost += [(over, 1), (under, 1)]
    return model, tuple(cost)

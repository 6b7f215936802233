"""The bound from the prices of a relaxation: exact, and valid for any prices."""

from hypothesis import given
from hypothesis import strategies as st

from nido.matching.bounds import dual_bound
from nido.matching.linear import LinearModel


def knapsack() -> tuple[LinearModel, list[tuple[int, int]]]:
    """Build max 5a + 4b + 3c with 2a + 3b + c <= 5, all binary: best 9 (a and b)."""
    model = LinearModel()
    a, b, c = model.variable(), model.variable(), model.variable()
    model.add([(a, 2), (b, 3), (c, 1)], high=5)
    return model, [(a, 5), (b, 4), (c, 3)]


def test_the_best_price_gives_the_relaxation() -> None:
    """At 4/3 a unit: 20/3 + (5 - 8/3) + (3 - 4/3) = 10.67, so at most 10."""
    model, objective = knapsack()
    assert dual_bound(model, objective, True, [4 / 3]) == 10


def test_no_price_counts_every_gain() -> None:
    """With price 0 everything is taken: 5 + 4 + 3."""
    model, objective = knapsack()
    assert dual_bound(model, objective, True, [0.0]) == 12


def test_a_minimum_is_bounded_from_below() -> None:
    """min 3x + 2y with x + y >= 4, both at most 3: at price 2.5 it is at least 10 - 1.5 = 8.5, so 9."""
    model = LinearModel()
    x, y = model.variable(0, 3), model.variable(0, 3)
    model.add([(x, 1), (y, 1)], low=4)
    assert dual_bound(model, [(x, 3), (y, 2)], False, [2.5]) == 9


@given(price=st.floats(-10, 10))
def test_any_price_is_safe(price: float) -> None:
    """Whatever the price, the bound never passes the true optimum of 9."""
    model, objective = knapsack()
    assert dual_bound(model, objective, True, [price]) >= 9

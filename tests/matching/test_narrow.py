"""Bounds narrowed by a kept tier: no point that keeps it is ever lost, whatever the relaxation says."""

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nido.matching.adapter import Relaxation
from nido.matching.linear import LinearModel
from nido.matching.narrow import Vertex, narrow
from nido.matching.query import Narrowing

SMALL = st.integers(-4, 4)


class Liar:
    """A relaxation that answers with made-up prices."""

    def __init__(self, prices: list[float], point: list[float], value: float) -> None:
        self._vertex = Vertex(value, point, prices)

    def restrict(self, lower: Mapping[int, int], upper: Mapping[int, int]) -> None:
        """Forget the bounds."""

    def maximise(self, weights: Mapping[int, float]) -> Vertex:
        """Answer the same to everything."""
        return self._vertex


@st.composite
def questions(draw: st.DrawFn) -> tuple[LinearModel, Narrowing]:
    """Draw a small model and a limit on an expression over it."""
    model = LinearModel()
    for _ in range(draw(st.integers(1, 5))):
        low = draw(st.integers(-1, 1))
        model.variable(low, low + draw(st.integers(0, 2)))
    variables = range(len(model.lower))
    for _ in range(draw(st.integers(0, 4))):
        low, high = draw(st.sampled_from([(None, 1), (-1, None), (0, 2), (1, 1), (-3, 3), (None, -1)]))
        model.add([(v, draw(SMALL)) for v in variables], low=low, high=high)
    objective = tuple((v, draw(SMALL)) for v in variables)
    return model, Narrowing(objective, draw(st.booleans()), draw(st.integers(-6, 6)))


def kept(model: LinearModel, question: Narrowing) -> list[tuple[int, ...]]:
    """Enumerate the points that keep every row and reach the limit."""
    ranges = [range(low, high + 1) for low, high in zip(model.lower, model.upper, strict=True)]
    found = []
    for point in product(*ranges):
        value = model.value(question.objective, point)
        reached = value >= question.limit if question.maximise else value <= question.limit
        if reached and model.broken_row(point) is None:
            found.append(point)
    return found


@given(drawn=questions())
def test_no_point_that_reaches_the_limit_is_lost(drawn: tuple[LinearModel, Narrowing]) -> None:
    """Every point found by enumeration is still inside, and no bound is looser than before."""
    model, question = drawn
    bounds = narrow(model, question, Relaxation(model))
    assert all(new >= old for new, old in zip(bounds.lower, model.lower, strict=True))
    assert all(new <= old for new, old in zip(bounds.upper, model.upper, strict=True))
    for point in kept(model, question):
        assert all(low <= v <= high for low, v, high in zip(bounds.lower, point, bounds.upper, strict=True))


@given(drawn=questions(), data=st.data())
def test_wrong_prices_prove_nothing_false(drawn: tuple[LinearModel, Narrowing], data: st.DataObject) -> None:
    """With prices, a point and a value out of thin air the same holds."""
    model, question = drawn
    numbers = st.floats(-9, 9)
    prices = data.draw(st.lists(numbers, min_size=len(model.rows), max_size=len(model.rows)))
    point = data.draw(st.lists(numbers, min_size=len(model.lower), max_size=len(model.lower)))
    bounds = narrow(model, question, Liar(prices, point, data.draw(numbers)))
    for found in kept(model, question):
        assert all(low <= v <= high for low, v, high in zip(bounds.lower, found, bounds.upper, strict=True))


def test_what_a_tier_settles_is_found() -> None:
    """max 5a + 4b + 3c + d, 2a + 3b + c + d <= 6: 12 with a, b, c. To keep 12 nothing else can be taken.

    Relaxation: a, c, then b (4/3 a unit) fill the 6 units: 5 + 3 + 4 = 12. Taking d is worth 1 and costs 4/3.
    """
    model = LinearModel()
    a, b, c, d = (model.variable() for _ in range(4))
    model.add([(a, 2), (b, 3), (c, 1), (d, 1)], high=6)
    question = Narrowing(((a, 5), (b, 4), (c, 3), (d, 1)), True, 12)
    bounds = narrow(model, question, Relaxation(model))
    assert (bounds.lower, bounds.upper) == ((1, 1, 1, 0), (1, 1, 1, 0))


def test_a_minimum_is_narrowed_too() -> None:
    """min 3x + 2y with x + y >= 4, both at most 3: 9 is the least, and leaves y = 3 alone."""
    model = LinearModel()
    x, y = model.variable(0, 3), model.variable(0, 3)
    model.add([(x, 1), (y, 1)], low=4)
    bounds = narrow(model, Narrowing(((x, 3), (y, 2)), False, 9), Relaxation(model))
    assert (bounds.lower[y], bounds.upper[y]) == (3, 3)


@pytest.mark.parametrize("maximise", [True, False])
def test_a_stopped_relaxation_leaves_the_bounds(maximise: bool) -> None:
    """A user who stops the run gets the bounds as they are."""
    model = LinearModel()
    x = model.variable(0, 3)
    relaxation = Relaxation(model)
    relaxation.stop()
    bounds = narrow(model, Narrowing(((x, 1),), maximise, 2), relaxation)
    assert (bounds.lower, bounds.upper) == ((0,), (3,))

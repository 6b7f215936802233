"""Small cells: what is hidden, and that nobody reckons it back; compared with every possible table."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nido.report.privacy.cells import (
    Cell,
    Grid,
    Place,
    ThresholdError,
    bounds,
    differences,
    exposed,
    part_of,
    protect,
    steady,
)

THRESHOLD = 3
MOST = 8

Values = tuple[tuple[int, ...], ...]


def with_sums(inner: Sequence[Sequence[int]]) -> Values:
    """Add the sums of rows, columns and all."""
    rows = [(*row, sum(row)) for row in inner]
    return (*rows, tuple(sum(column) for column in zip(*rows, strict=True)))


def some(count: int, name: str = "F") -> Cell:
    """Make a count of children, each of a family of its own."""
    return Cell(count, frozenset(f"{name}{number}" for number in range(count)))


def grid(inner: Sequence[Sequence[int]], never: frozenset[Place] = frozenset()) -> Grid:
    """Make a table of children, each of a family of its own."""
    return of_cells(
        [[some(value, f"{i}/{j}/") for j, value in enumerate(row)] for i, row in enumerate(inner)], never
    )


def of_cells(inner: Sequence[Sequence[Cell]], never: frozenset[Place] = frozenset()) -> Grid:
    """Add the sums to some cells, with the families behind them."""
    rows = [(*row, together(row)) for row in inner]
    return Grid((*rows, tuple(together(column) for column in zip(*rows, strict=True))), never)


def together(cells: Sequence[Cell]) -> Cell:
    """Add up counts."""
    behind = frozenset[str]().union(*(cell.families for cell in cells))
    return Cell(sum(cell.value for cell in cells), behind)


def every_table(shown: Sequence[Sequence[int | None]], most: int) -> NDArray[np.int64]:
    """Give the tables of 0 to `most` with the published counts, shape (tables, rows + 1, columns + 1)."""
    rows, columns = len(shown) - 1, len(shown[0]) - 1
    inner = (shown[i][j] for i in range(rows) for j in range(columns))
    free = [np.arange(most + 1) if count is None else np.array([count]) for count in inner]
    found = np.stack(np.meshgrid(*free, indexing="ij"), axis=-1).reshape(-1, rows, columns)
    found = np.concatenate([found, found.sum(axis=2, keepdims=True)], axis=2)
    found = np.concatenate([found, found.sum(axis=1, keepdims=True)], axis=1)
    for i, row in enumerate(shown):
        for j, count in enumerate(row):
            if count is not None:
                found = found[found[:, i, j] == count]
    return found


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[list[list[int]]]:
    """Draw the inner cells of a table."""
    row = st.lists(st.integers(0, most), min_size=columns, max_size=columns)
    return st.lists(row, min_size=rows, max_size=rows)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(tables(2, 2, 4), st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))))
def test_bounds_are_those_of_every_possible_table(inner: list[list[int]], hidden: set[Place]) -> None:
    """Least and most of a hidden count are those found by going through all tables."""
    table = grid(inner)
    shown = [
        [None if (i, j) in hidden else cell.value for j, cell in enumerate(row)]
        for i, row in enumerate(table.cells)
    ]
    possible = every_table(shown, 17)
    for (i, j), (least, most) in bounds(table, frozenset(hidden)).items():
        found = possible[:, i, j]
        assert least == found.min()
        # Sums of two cells of at most 4 never need a cell over 16: only what has no limit reaches 17.
        assert (found.max() >= 17) if most is None else (most == found.max())


@settings(derandomize=True, max_examples=30, deadline=None)
@given(tables(2, 3, 5))
def test_no_small_count_can_be_told(inner: list[list[int]]) -> None:
    """Somebody who knows every published count can tell of no small one, not even that it is there."""
    table = grid(inner)
    shown = protect(table, THRESHOLD)
    small = [place for place in table.places() if 0 < table.at(place).value < THRESHOLD]
    if small:
        possible = every_table(shown, MOST)
        for i, j in small:
            assert shown[i][j] is None
            assert possible[:, i, j].min() == 0
            assert possible[:, i, j].max() >= THRESHOLD


@settings(derandomize=True, max_examples=60, deadline=None)
@given(tables(3, 3, 6))
def test_nothing_is_hidden_without_need(inner: list[list[int]]) -> None:
    """Publishing any one of the counts hidden for the sake of others would give a small one away."""
    table = grid(inner)
    shown = protect(table, THRESHOLD)
    hidden = {place for place in table.places() if shown[place[0]][place[1]] is None}
    assert not exposed(table, hidden, THRESHOLD)
    last = len(inner), len(inner[0])
    under = {
        (i, j)
        for i, j in hidden
        for margin in ((i, last[1]), (last[0], j), last)
        if table.at(margin).small(THRESHOLD)
    }
    for place in hidden - under:
        if not table.at(place).small(THRESHOLD):
            assert exposed(table, hidden - {place}, THRESHOLD)


@settings(derandomize=True, max_examples=30, deadline=None)
@given(tables(2, 2, 5))
def test_sums_alone_are_protected_too(inner: list[list[int]]) -> None:
    """Where the inner counts are never published, the sums do not tell the small ones among them."""
    never = frozenset((i, j) for i in range(2) for j in range(2))
    table = grid(inner, never)
    shown = protect(table, THRESHOLD)
    assert all(shown[i][j] is None for i, j in never)
    small = [place for place in table.places() if 0 < table.at(place).value < THRESHOLD]
    possible = every_table(shown, MOST)
    for i, j in small:
        assert possible[:, i, j].min() == 0
        assert possible[:, i, j].max() >= THRESHOLD


def test_a_single_small_count_takes_another_with_it() -> None:
    """7 = 5 + 2: hiding the 2 alone hides nothing, so the 5 goes too, and the total stays."""
    assert protect(grid([[5, 2]]), THRESHOLD)[0] == (None, None, 7)


def test_two_small_counts_whose_sum_is_small_are_not_enough() -> None:
    """9 = 7 + 1 + 1: the sum of the two is 2 children, told by the 7: the 7 is hidden as well."""
    assert protect(grid([[7, 1, 1]]), THRESHOLD)[0] == (None, None, None, 9)


def test_a_zero_is_shown() -> None:
    """Nobody stands behind a zero, and it hides nobody."""
    assert protect(grid([[6, 0, 4]]), THRESHOLD) == ((6, 0, 4, 10), (6, 0, 4, 10))


def test_nothing_is_told_of_a_small_group() -> None:
    """Of two children in all not even the zeros: they would tell where the two are."""
    assert protect(grid([[2, 0]]), THRESHOLD) == ((None, None, None), (None, None, None))


def test_families_count_not_children() -> None:
    """Six requests of two families are few, although six is not."""
    few = Cell(6, frozenset({"one", "two"}))
    assert protect(of_cells([[few, some(9), some(12, "G")]]), THRESHOLD)[0] == (None, None, 12, 27)


def test_small_groups_of_the_same_families_stay_small_together() -> None:
    """6 and 4 requests are 10, but of the same two families: a third count is hidden with them."""
    pair = frozenset({"one", "two"})
    row = [Cell(6, pair), Cell(4, pair), some(9), some(12, "G")]
    assert protect(of_cells([row]), THRESHOLD)[0] == (None, None, None, 12, 31)


def test_a_part_is_shown_only_with_its_rest() -> None:
    """6 of 7 tells of one; 4 of 7 tells of three at least."""
    assert part_of(some(6), some(7), THRESHOLD) is None
    assert part_of(some(4), some(7), THRESHOLD) == 4
    assert part_of(some(7), some(7), THRESHOLD) == 7
    assert part_of(some(0), some(7), THRESHOLD) == 0
    assert part_of(some(0), some(2), THRESHOLD) is None


def test_a_rest_is_not_filled_up_by_families_of_the_part() -> None:
    """Of 8 children in 7 families 7 are shown: the eighth is a brother of one of them, and is one child."""
    assert part_of(some(7), Cell(8, some(7).families), THRESHOLD) is None


def test_months_are_shown_only_when_nobody_comes_or_leaves() -> None:
    """From 7 to 8 one child came; from 7 to 10 three did."""
    assert steady([7, 7, 7], THRESHOLD)
    assert steady([7, 10], THRESHOLD)
    assert not steady([7, 8], THRESHOLD)
    assert not steady([7, 10, 2], THRESHOLD)


def test_the_difference_of_two_published_scenarios_is_looked_at() -> None:
    """9 and 10 served tell of one child; hidden counts and equal ones tell of nobody."""
    one = {"alfa": 9, "beta": None, "gamma": 5, "delta": 4}
    other = {"alfa": 10, "beta": 7, "gamma": 5, "delta": 8}
    assert differences(one, other, THRESHOLD) == {"alfa"}


@pytest.mark.parametrize("threshold", [2, 1, 0, -5])
def test_a_threshold_below_the_floor_is_refused(threshold: int) -> None:
    """The law's three is the least."""
    with pytest.raises(ThresholdError):
        protect(grid([[1]]), threshold)

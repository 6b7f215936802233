"""Small cells: which counts of a table may be published, and a proof that the others stay hidden.

A count is **small** when fewer than `threshold` families stand behind it, and at least one. Small counts are
hidden (primary suppression), and as many others as are needed so that nobody can reckon them back from the
rows, the columns and the totals that are published (complementary suppression). The result is not trusted:
`bounds` computes, exactly, between which values each hidden count may lie for somebody who knows every
published one, and the table is accepted only when every small count could be zero as well as at or over the
threshold.

A zero is shown: nobody stands behind it. It is hidden where its row or column is small as a whole, since
there it would tell where the few are not, and where it is needed to hide another count.

Source: Regole deontologiche per trattamenti a fini statistici, annex 1, art. 5 (GU 14/01/2019): at least 3.
The bounds are those of flows in a network (Gusfield, A graph theoretic approach to statistical data
security, SIAM J. Comput. 17, 1988): exact for two-way tables of integers.
"""

import itertools
from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from nido.data.lingua import text
from nido.data.problems import NidoError

DEFAULT_THRESHOLD = 5
LEAST_THRESHOLD = 3
_UNBOUNDED = 10**9

Count = int | None
Place = tuple[int, int]
Key = TypeVar("Key", bound=Hashable)


class ThresholdError(NidoError):
    """A threshold below the floor."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A count: what is counted, and the families behind it."""

    value: int
    families: frozenset[str]

    def small(self, threshold: int) -> bool:
        """Tell whether too few families stand behind it; nobody is not few."""
        return is_small(len(self.families), threshold)


@dataclass(frozen=True, slots=True)
class Grid:
    """A two-way table with its margins.

    Attributes
    ----------
    cells
        Shape (rows + 1, columns + 1): the last column holds the sums of the rows, the last row those of the
        columns, their corner the total.
    never
        Places that are published nowhere, whatever their value.
    known
        Places whose zero anybody knows beforehand (structural zeros).
    """

    cells: tuple[tuple[Cell, ...], ...]
    never: frozenset[Place] = frozenset()
    known: frozenset[Place] = frozenset()

    @property
    def corner(self) -> Place:
        """Place of the total."""
        return (len(self.cells) - 1, len(self.cells[0]) - 1)

    def places(self) -> Iterable[Place]:
        """Go through all places."""
        return ((i, j) for i, row in enumerate(self.cells) for j, _ in enumerate(row))

    def at(self, place: Place) -> Cell:
        """Give the cell of a place."""
        return self.cells[place[0]][place[1]]


def check_threshold(threshold: int) -> int:
    """Refuse a threshold below the floor.

    Raises
    ------
    ThresholdError
        If it is lower than 3.
    """
    if threshold < LEAST_THRESHOLD:
        raise ThresholdError(
            text(
                "soglia {threshold}: il minimo è {least} (Regole deontologiche Sistan, all. 1, art. 5)",
                "threshold {threshold}: the least is {least} (Sistan ethical rules, annex 1, art. 5)",
                threshold=threshold,
                least=LEAST_THRESHOLD,
            )
        )
    return threshold


def is_small(families: int, threshold: int) -> bool:
    """Tell whether a number of families is too small to be shown; nobody is not small."""
    return 0 < families < threshold


def part_of(part: Cell, whole: Cell, threshold: int) -> Count:
    """Publish a part of a count that is published itself.

    Returns
    -------
    int or None
        The part; None when it is small, or when what is missing to the whole is.
    """
    rest = Cell(whole.value - part.value, whole.families - part.families)
    few = any(cell.small(threshold) for cell in (whole, part, rest))
    # A family with a child on either side must not fill up the rest.
    return None if few or (rest.value and not rest.families) else part.value


def steady(values: Iterable[int], threshold: int) -> bool:
    """Tell whether counts of the same group, month after month, may all be shown.

    Each is at least the threshold, and no two of them differ by less: who comes or leaves stays hidden.
    """
    distinct = sorted(set(values))
    return all(value >= threshold for value in distinct) and all(
        after - before >= threshold for before, after in itertools.pairwise(distinct)
    )


def protect(grid: Grid, threshold: int) -> tuple[tuple[Count, ...], ...]:
    """Publish a table without its small counts and without what would give them away.

    Parameters
    ----------
    grid
        The table with its margins.
    threshold
        Fewest families of a count that is shown.

    Returns
    -------
    tuple
        Shape of `grid.cells`; None = hidden. `exposed` of it is empty.

    Raises
    ------
    ThresholdError
        If the threshold is below the floor.
    """
    check_threshold(threshold)
    primary = _primary(grid, threshold)
    hidden = set(primary)
    candidates = sorted(
        (place for place in grid.places() if place not in hidden and place not in grid.known),
        key=lambda place: _cost(grid, place),
    )
    added: list[Place] = []
    while (open_ones := exposed(grid, hidden, threshold)) and len(added) < len(candidates):
        rows, columns = {place[0] for place in open_ones}, {place[1] for place in open_ones}
        free = [place for place in candidates if place not in hidden]
        beside = [place for place in free if place[0] in rows or place[1] in columns]
        added.append((beside or free)[0])
        hidden.add(added[-1])
    for place in sorted(added, key=lambda place: _cost(grid, place), reverse=True):
        # What turned out not to be needed is published after all.
        if not exposed(grid, hidden - {place}, threshold):
            hidden.discard(place)
    return tuple(
        tuple(None if (i, j) in hidden else cell.value for j, cell in enumerate(row))
        for i, row in enumerate(grid.cells)
    )


def exposed(grid: Grid, hidden: Iterable[Place], threshold: int) -> frozenset[Place]:
    """Find the small counts that are published, or hidden in vain.

    Returns
    -------
    frozenset
        Places of small counts that could not be zero, or not be at or over the threshold, or whose exact
        value can be told; and the hidden counts of a line whose sum is published, when together they are
        small.
    """
    chosen = frozenset(hidden)
    small = [place for place in grid.places() if grid.at(place).small(threshold)]
    limits = bounds(grid, chosen)
    found: set[Place] = set()
    for place in small:
        least, most = limits.get(place, (grid.at(place).value, grid.at(place).value))
        if least > 0 or (most is not None and most < max(threshold, grid.at(place).value + 1)):
            found.add(place)
    for *parts, whole in _lines(grid):
        gone = [place for place in parts if place in chosen]
        behind = frozenset[str]().union(*(grid.at(place).families for place in gone))
        if whole not in chosen and is_small(len(behind), threshold):
            found.update(gone)
    return frozenset(found)


def _lines(grid: Grid) -> Iterable[list[Place]]:
    """Go through rows and columns, the sum of each at its end."""
    rows, columns = range(grid.corner[0] + 1), range(grid.corner[1] + 1)
    yield from ([(i, j) for j in columns] for i in rows)
    yield from ([(i, j) for i in rows] for j in columns)


def bounds(grid: Grid, hidden: frozenset[Place]) -> dict[Place, tuple[int, int | None]]:
    """Compute between which values each hidden count may lie, given all that is published.

    Returns
    -------
    dict
        (least, most) by place, both attained by some table of non-negative integers with the same published
        counts; most None = without limit.
    """
    network = _Network(grid, hidden)
    return {place: network.interval(place) for place in sorted(hidden)}


def differences(one: Mapping[Key, Count], other: Mapping[Key, Count], threshold: int) -> frozenset[Key]:
    """Find the counts of two published tables whose difference is a small count.

    Parameters
    ----------
    one, other
        Published counts by name, of the same people in two scenarios; None = hidden.
    threshold
        Fewest families of a count that is shown.

    Returns
    -------
    frozenset
        Names that stand in both and differ by less than the threshold, but not by zero.
    """
    found = set[Key]()
    for name in one.keys() & other.keys():
        before, after = one[name], other[name]
        if before is not None and after is not None and 0 < abs(before - after) < threshold:
            found.add(name)
    return frozenset(found)


def _primary(grid: Grid, threshold: int) -> frozenset[Place]:
    """Hide what is small, what is never published, and everything under a small margin."""
    last_row, last_column = grid.corner
    small = {place for place in grid.places() if grid.at(place).small(threshold)}
    under = {
        (i, j)
        for i, j in grid.places()
        if (i, last_column) in small or (last_row, j) in small or grid.corner in small
    }
    return frozenset((small | under | grid.never) - grid.known)


def _cost(grid: Grid, place: Place) -> tuple[bool, int, int, Place]:
    """Order what is hidden for the sake of others: inner before sums, few before many, zeros after them."""
    last_row, last_column = grid.corner
    sums = (place[0] == last_row) + (place[1] == last_column)
    value = grid.at(place).value
    return (value == 0, sums, value, place)


class _Network:
    """The hidden counts as flows: rows and columns are nodes, and what enters a node leaves it.

    A count flows from its row to its column, a sum the other way round, the total again from row to column.
    """

    def __init__(self, grid: Grid, hidden: frozenset[Place]) -> None:
        self._rows = len(grid.cells)
        self._arcs = {place: (*self._ends(grid, place), grid.at(place).value) for place in hidden}

    def interval(self, place: Place) -> tuple[int, int | None]:
        """Least and most that one hidden count may be."""
        start, end, value = self._arcs[place]
        more = self._flow(end, start, place, _UNBOUNDED)
        less = self._flow(start, end, place, value)
        return value - less, None if more >= _UNBOUNDED else value + more

    def _ends(self, grid: Grid, place: Place) -> tuple[int, int]:
        last_row, last_column = grid.corner
        row, column = place[0], self._rows + place[1]
        backwards = (place[0] == last_row) != (place[1] == last_column)
        return (column, row) if backwards else (row, column)

    def _flow(self, source: int, sink: int, without: Place, limit: int) -> int:
        """Most that can be sent from a node to another without one arc, up to a limit."""
        room: dict[int, dict[int, int]] = {}
        for place, (start, end, value) in self._arcs.items():
            if place != without:
                room.setdefault(start, {})[end] = _UNBOUNDED
                room.setdefault(end, {})[start] = value
        sent = 0
        while sent < limit and (path := _path(room, source, sink)):
            part = min(limit - sent, *(room[a][b] for a, b in path))
            for a, b in path:
                room[a][b] -= part
                room[b][a] += part
            sent += part
        return sent


def _path(room: Mapping[int, Mapping[int, int]], source: int, sink: int) -> Sequence[tuple[int, int]]:
    """Shortest way with room on every step; empty when there is none."""
    came: dict[int, int] = {source: source}
    waiting = deque([source])
    while waiting and sink not in came:
        node = waiting.popleft()
        for other, left in room.get(node, {}).items():
            if left and other not in came:
                came[other] = node
                waiting.append(other)
    if sink not in came:
        return ()
    steps: list[tuple[int, int]] = []
    while sink != source:
        steps.append((came[sink], sink))
        sink = came[sink]
    return steps

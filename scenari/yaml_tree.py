"""The tree of a YAML file: values, and where each of them stands."""

from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nido.data.problems import Problem
from nido.scenari.sheet_places import cell_place

Place: TypeAlias = tuple[str | int, ...]

# What messages call the command line where they would name a file.
OVERRIDE_SOURCE = "--set"


class SourceFloat(float):
    """A float that remembers how it was written: ``1.000`` and ``7.30`` mean more than 1.0 and 7.3."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str | float) -> "SourceFloat":
        number = super().__new__(cls, written)
        number.written = str(written)
        return number


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; lines and columns count from 0, `written` is its source when it is not quoted."""

    line: int
    column: int
    end_line: int
    end_column: int
    value: bool | int | float | str | None
    written: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list and where it starts."""

    line: int
    column: int
    items: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A group of keys and where it starts; keys are unique."""

    line: int
    column: int
    entries: dict[str, tuple[Scalar, "Node"]] = field(default_factory=dict)


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file that was read.

    Attributes
    ----------
    data
        Plain dictionaries, lists and values; numbers with a point are `SourceFloat`.
    source
        File name for messages.
    lines
        The text, line by line.
    root
        The same content with positions.
    overridden
        Places whose value was replaced after reading and is no longer that of the file.
    decimal_comma
        Whether the file writes decimals with a comma, as a CSV does, so that messages say so.
    sheets
        Names of the sheets of a workbook, whose lines are those of `nido.scenari.sheet_places`.
    """

    data: Any
    source: str
    lines: tuple[str, ...]
    root: Node
    overridden: tuple[Place, ...] = ()
    decimal_comma: bool = False
    sheets: tuple[str, ...] = ()

    def find(self, path: Place) -> Node | None:
        """Give the node at a place, or None if the file has nothing there."""
        node, _, depth = self._walk(path)
        return node if depth == len(path) else None

    def locate(self, path: Place, at_key: bool = False) -> tuple[int, int]:
        """Tell where a value stands in the file.

        Parameters
        ----------
        path
            Keys, and list positions or the ``id`` of list items.
        at_key
            Point at the key instead of its value.

        Returns
        -------
        tuple[int, int]
            Line and column, from 1. For what is not in the file, the position of its nearest parent.
        """
        node, key, depth = self._walk(path)
        mark = key if at_key and key is not None and depth == len(path) else node
        return mark.line + 1, mark.column + 1

    def cell(self, line: int, column: int) -> str:
        """Name the cell at a line and column of a workbook; nothing for any other file."""
        return cell_place(self.sheets, line, column) if self.sheets else ""

    def is_overridden(self, path: Place) -> bool:
        """Tell whether a place holds a value that replaced that of the file."""
        return any(path[: len(place)] == place for place in self.overridden)

    def _walk(self, path: Place) -> tuple[Node, Scalar | None, int]:
        node: Node = self.root
        key: Scalar | None = None
        for depth, step in enumerate(path):
            entry = _child(node, step)
            if entry is None:
                return node, None, depth
            key, node = entry
        return node, key, len(path)


def _child(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    if isinstance(node, Mapping):
        return node.entries.get(step) if isinstance(step, str) else None
    if isinstance(node, Sequence):
        if isinstance(step, int):
            return (None, node.items[step]) if 0 <= step < len(node.items) else None
        return next(((None, item) for item in node.items if item_id(item) == step), None)
    return None


def item_id(node: Node) -> str | None:
    """Give the ``id`` of a list item, when it has one that is text."""
    if isinstance(node, Mapping) and "id" in node.entries:
        value = node.entries["id"][1]
        if isinstance(value, Scalar) and isinstance(value.value, str):
            return value.value
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading of a file refused although the rest of it could be read.

    Attributes
    ----------
    problems
        What was refused, complete.
    numbers
        Numbers that are not finite or too large, by place, each with its problem: where the schema refuses
        them too its own words are better, since they hold limits.
    spoiled
        Places whose value means nothing: told already, and nothing else may follow from it.
    doubtful
        Places whose value may not be the one that is meant: what is wrong with it by itself is told too.
    """

    problems: tuple[Problem, ...] = ()
    numbers: Mapped[Place, Problem] = field(default_factory=dict)
    spoiled: frozenset[Place] = frozenset()
    doubtful: frozenset[Place] = frozenset()


def scalars(root: Node) -> Iterator[Scalar]:
    """Give every key and value of a tree, in the order of the file."""
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            pending.extend(reversed(node.items))
        else:
            for key, value in reversed(node.entries.values()):
                pending.extend((value, key))


def to_data(node: Node) -> Any:
    """Give the plain content of a tree."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [to_data(item) for item in node.items]
    return {key: to_data(value) for key, (_, value) in node.entries.items()}


def first_tab(line: str, spans: list[tuple[int, int, bool]]) -> int | None:
    """Find the first tab of a line that stands outside quoted text and comments.

    Parameters
    ----------
    line
        The line.
    spans
        First column, end column and whether plain (not quoted), of every value on the line.

    Returns
    -------
    int | None
        Column from 0, or None.
    """
    comment = comment_start(line, [(start, end) for start, end, _ in spans])
    for column, character in enumerate(line[:comment]):
        quoted = any(start <= column < end for start, end, plain in spans if not plain)
        if character == "\t" and not quoted:
            return column
    return None


def comment_start(line: str, spans: list[tuple[int, int]]) -> int:
    """Find where the comment of a line starts; its length when there is none.

    Parameters
    ----------
    line
        The line.
    spans
        First and end column of every value on the line.
    """
    for column, character in enumerate(line):
        opens = character == "#" and (column == 0 or line[column - 1] in " \t")
        if opens and not any(start <= column < end for start, end in spans):
            return column
    return len(line)

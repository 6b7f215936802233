"""Nodes of a tree that stand where cells do, and what is refused while they are made."""

from dataclasses import dataclass, field

from nido.data.problems import Problem
from nido.scenari.workbook.cells import Book, Cell, Sheet
from nido.scenari.workbook.leaves import Leaf, Shape
from nido.scenari.workbook.values import (
    UnreadableError,
    Value,
    is_empty,
    read_many,
    read_single,
    shown,
)
from nido.scenari.yaml_tree import Mapping, Node, Place, Scalar, Sequence


@dataclass(slots=True)
class Marks:
    """What the reading of a workbook gathers.

    Attributes
    ----------
    book
        The workbook.
    problems
        What was refused, in any order.
    spoiled
        Places of the document that mean nothing because of it.
    unreadable
        Line and column, from 0, of the cells that cannot be read.
    numbered
        Items named by number, by the identity of the list that holds them.
    """

    book: Book
    problems: list[Problem] = field(default_factory=list)
    spoiled: set[Place] = field(default_factory=set)
    unreadable: set[tuple[int, int]] = field(default_factory=set)
    numbered: dict[int, tuple[Sequence, dict[int, Node]]] = field(default_factory=dict)

    def scalar(self, sheet: Sheet, row: int, column: int, value: Value = None, written: str = "") -> Scalar:
        """Make a value that stands where a cell does; without `value` and `written`, an empty one."""
        line = sheet.line(row) - 1
        return Scalar(line, column - 1, line, column, value, written, True)

    def value(self, sheet: Sheet, cell: Cell, leaf: Leaf, where: str) -> Node:
        """Read a cell.

        Parameters
        ----------
        sheet, cell
            The cell.
        leaf
            What it should hold.
        where
            Name of the column or key, for messages.
        """
        row, column = cell.row, cell.column
        if cell.trouble:
            self.unreadable.add((sheet.line(row) - 1, column - 1))
            return self.scalar(sheet, row, column, "", shown(cell.value))
        if is_empty(cell.value, leaf):
            return self.scalar(sheet, row, column)
        if leaf.shape is Shape.SINGLE:
            written = shown(cell.value)
            return self.scalar(sheet, row, column, read_single(cell.value, leaf), written)
        try:
            many = read_many(cell.value, leaf)
        except UnreadableError as error:
            self.problems.append(self.book.problem(sheet, row, column, where, str(error)))
            self.unreadable.add((sheet.line(row) - 1, column - 1))
            return self.scalar(sheet, row, column, "", shown(cell.value))
        if isinstance(many, list):
            items: list[Node] = [self.scalar(sheet, row, column, item, str(item)) for item in many]
            return Sequence(sheet.line(row) - 1, column - 1, items)
        group = Mapping(sheet.line(row) - 1, column - 1)
        for name, item in many.items():
            key = self.scalar(sheet, row, column, name, name)
            group.entries[name] = (key, self.scalar(sheet, row, column, item, str(item)))
        return group

    def put(self, group: Mapping, path: tuple[str, ...], node: Node) -> None:
        """Put a node into a group, under keys that are made where they are missing."""
        for step in path[:-1]:
            inner = group.entries.get(step)
            if inner is None:
                made = Mapping(node.line, node.column)
                inner = (_key(made, step), made)
                group.entries[step] = inner
            held = inner[1]
            if not isinstance(held, Mapping):
                return
            group = held
        group.entries[path[-1]] = (_key(node, path[-1]), node)


def _key(node: Node, name: str) -> Scalar:
    return Scalar(node.line, node.column, node.line, node.column + 1, name, name, True)


def is_blank(node: Node) -> bool:
    """Tell whether a node stands for an empty cell, or for a group of nothing else."""
    if isinstance(node, Scalar):
        return node.value is None and node.written == ""
    if isinstance(node, Mapping):
        return all(is_blank(value) for _, value in node.entries.values())
    return False

"""The rows of a table, each put where it belongs: into the scenario, or an item that its columns name."""

from dataclasses import dataclass, field

from nido.data.lingua import text
from nido.scenari import messages
from nido.scenari.sheet_places import sheet_and_row
from nido.scenari.workbook.cells import Cell, Sheet
from nido.scenari.workbook.headed import Headed, Row, take_apart
from nido.scenari.workbook.layout import Column, Home, Step, Table
from nido.scenari.workbook.leaves import Kind, Leaf
from nido.scenari.workbook.marks import Marks, is_blank
from nido.scenari.workbook.values import read_single
from nido.scenari.yaml_tree import Mapping, Node, Place, Scalar, Sequence, item_id

_PERSONAL = "bambino"
_ID, _NUMBER = Leaf(Kind.TEXT), Leaf(Kind.WHOLE)
MOST = 10_000
# Column of a value whose column is missing.
_NOWHERE = -1


def add_table(marks: Marks, root: Mapping, sheet: Sheet, table: Table) -> None:
    """Put the rows of a table into the document.

    Parameters
    ----------
    marks
        What is gathered.
    root
        The document so far; what a row belongs to is in it already.
    sheet
        The sheet.
    table
        What its columns are.
    """
    columns = {column.header: column for column in table.columns}
    needed = [header for header, column in columns.items() if column.required]
    if len(table.homes) == 1:
        needed = [*table.keys, *needed]
    headed = take_apart(marks.book, sheet, (*table.keys, *columns), needed)
    marks.problems += headed.problems
    _Rows(marks, root, headed, table).add()


@dataclass(slots=True)
class _Rows:
    """Puts the rows of one table into the document."""

    marks: Marks
    root: Mapping
    headed: Headed
    table: Table
    # Items by id, of every list that rows were looked up in: it stays as it is while they are.
    by_id: dict[int, dict[str, Node]] = field(default_factory=dict)
    lost: bool = False

    def add(self) -> None:
        self._start_lists()
        if not self.headed.columns:
            return
        for row in self.headed.rows:
            home = self._home(row)
            holder = None if home is None else self._holder(row, home)
            if home is None or holder is None:
                self.lost = True
            else:
                self._put(row, home, holder)
        for held, items in self.marks.numbered.values():
            held.items[:] = [items[number] for number in sorted(items)]
        self._check_numbers()
        self._spoil()

    def _start_lists(self) -> None:
        """Say where a list of the scenario would stand, for the problem that it has no item."""
        for home in self.table.homes:
            if home.required and not home.steps:
                if not self.headed.rows:
                    place = self.marks.scalar(self.headed.sheet, self.headed.header, 1)
                    self.marks.put(self.root, home.path, place)
                if not self.headed.columns and self.headed.problems:
                    self.marks.spoiled.add(home.path)

    def _home(self, row: Row) -> Home | None:
        """Choose the list by the columns that are filled, then by the kind of the item that holds it."""
        filled = {name for name in self.table.keys if self._filled(row, name)}
        homes = [home for home in self.table.homes if _named(home) <= filled]
        homes = [home for home in homes if not (filled - {step.header for step in home.steps})]
        if len(self.table.homes) == 1 and not homes:
            for step in self.table.homes[0].steps:
                if step.header not in filled and step.header in self.headed.columns:
                    message = text("manca, ed è obbligatorio", "missing, and it is required")
                    self._tell(row, step.header, message)
            return None
        if not homes:
            names = text(" e ", " and ").join(self.table.keys)
            message = text("riempi una sola fra {names}", "fill only one of {names}", names=names)
            self._tell(row, next(key for key in self.table.keys if key in filled), message)
            return None
        most = max(len(_named(home)) for home in homes)
        homes = [home for home in homes if len(_named(home)) == most]
        kind = self._kind(row, homes[0]) if len(homes) > 1 and homes[0].kinds else ""
        fitting = [home for home in homes if kind in home.kinds] or homes
        # What names no numbered item belongs to none.
        numbers = {step.header for home in homes for step in home.steps if step.numbered}
        return fitting[0] if kind or numbers <= filled else min(fitting, key=lambda home: len(home.steps))

    def _kind(self, row: Row, home: Home) -> str:
        item = self._by_id(self.root, home.steps[0], row, tell=False)
        entry = item.entries.get("tipo") if isinstance(item, Mapping) else None
        return str(entry[1].value) if entry is not None and isinstance(entry[1], Scalar) else ""

    def _filled(self, row: Row, name: str) -> bool:
        cell = row.cells.get(name)
        return cell is not None and (bool(cell.trouble) or str(cell.value).strip() != "")

    def _holder(self, row: Row, home: Home) -> Node | None:
        """Find the item that a row belongs to; a numbered one is made when it is first named."""
        holder: Node = self.root
        for step in home.steps:
            if not isinstance(holder, Mapping):
                return None
            found = (
                self._by_number(holder, step, row, make=_makes(home))
                if step.numbered
                else self._by_id(holder, step, row)
            )
            if found is None:
                return None
            holder = found
        return holder

    def _by_id(self, holder: Node, step: Step, row: Row, tell: bool = True) -> Node | None:
        for key in step.path:
            entry = holder.entries.get(key) if isinstance(holder, Mapping) else None
            if entry is None:
                return None
            holder = entry[1]
        items = self._items(holder)
        cell = row.cells[step.header]
        name = "" if cell.trouble else str(read_single(cell.value, _ID))
        if name in items:
            return items[name]
        if tell and items and not cell.trouble:
            message = text(
                "nessuna riga di «{name}» ha questo id",
                "no row of “{name}” has this id",
                name=".".join(step.path),
            )
            # What stands there may be the name of a child.
            hint = "" if step.header == _PERSONAL else messages.did_you_mean(name, items)
            self._tell(row, step.header, message, hint)
        return None

    def _items(self, held: Node) -> dict[str, Node]:
        """Give the items of a list of the document by their id, the first one where it comes twice."""
        if id(held) not in self.by_id:
            items: dict[str, Node] = {}
            for item in held.items if isinstance(held, Sequence) else ():
                name = item_id(item)
                if name is not None:
                    items.setdefault(name, item)
            self.by_id[id(held)] = items
        return self.by_id[id(held)]

    def _by_number(self, holder: Mapping, step: Step, row: Row, make: bool) -> Node | None:
        cell = row.cells.get(step.header)
        number = read_single(cell.value, _NUMBER) if cell is not None and not cell.trouble else None
        if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= MOST:
            if cell is None or not cell.trouble:
                message = text("serve un numero intero, da 1", "a whole number is needed, from 1")
                self._tell(row, step.header, message)
            return None
        line, column = self._mark(row)
        sequence = self._list(holder, step.path, line, column)
        _, items = self.marks.numbered.setdefault(id(sequence), (sequence, {}))
        if number not in items and not make:
            message = text("nessuna riga ha questo numero", "no row has this number")
            self._tell(row, step.header, message)
            return None
        if number not in items:
            items[number] = Sequence(line, column) if step.listed else Mapping(line, column)
        return items[number]

    def _put(self, row: Row, home: Home, holder: Node) -> None:
        line, column = self._mark(row)
        item: Node = Mapping(line, column)
        for known in home.columns:
            node = self._node(row, known)
            if node is None:
                continue
            if home.scalar:
                item = node
            elif known.upper and isinstance(holder, Mapping):
                self._put_upper(row, holder, known, node)
            elif isinstance(item, Mapping):
                self.marks.put(item, known.path, node)
        if is_blank(item) and home.steps and home.steps[-1].numbered:
            return
        if home.path and isinstance(holder, Mapping):
            held = self._list(holder, home.path, line, column)
            held.items.append(item)
        elif isinstance(holder, Sequence):
            holder.items.append(item)

    def _list(self, holder: Mapping, path: tuple[str, ...], line: int, column: int) -> Sequence:
        group: Node = holder
        for step in path:
            entry = group.entries.get(step) if isinstance(group, Mapping) else None
            group = entry[1] if entry is not None else Scalar(0, 0, 0, 0, None, "", True)
        if isinstance(group, Sequence):
            return group
        made = Sequence(line, column)
        self.marks.put(holder, path, made)
        return made

    def _put_upper(self, row: Row, holder: Mapping, known: Column, node: Node) -> None:
        """Put what belongs to the numbered item; further rows of it leave it empty or say the same."""
        if is_blank(node):
            if not self._has(holder, known.path):
                self.marks.put(holder, known.path, node)
            return
        before = self._has(holder, known.path)
        if before is None:
            self.marks.put(holder, known.path, node)
        elif isinstance(before, Scalar) and isinstance(node, Scalar) and before.value != node.value:
            message = text("diverso da una riga precedente", "not the same as in an earlier row")
            self._tell(row, known.header, message)

    def _has(self, holder: Mapping, path: tuple[str, ...]) -> Node | None:
        node: Node = holder
        for step in path:
            entry = node.entries.get(step) if isinstance(node, Mapping) else None
            if entry is None:
                return None
            node = entry[1]
        return None if is_blank(node) else node

    def _node(self, row: Row, column: Column) -> Node | None:
        number = self.headed.columns.get(column.header)
        if number is None:
            return self._absent(row, column)
        cell = row.cells.get(column.header)
        sheet = self.headed.sheet
        if cell is None:
            return self.marks.scalar(sheet, row.number, number)
        return self.marks.value(sheet, cell, column.leaf, column.header)

    def _absent(self, row: Row, column: Column) -> Node | None:
        """Stand for a required column that is missing: told once, not again for every row."""
        if not column.required:
            return None
        line = self.headed.sheet.line(row.number) - 1
        self.marks.unreadable.add((line, _NOWHERE))
        return Scalar(line, _NOWHERE, line, _NOWHERE, "", "", True)

    def _mark(self, row: Row) -> tuple[int, int]:
        first: Cell = min(row.cells.values(), key=lambda cell: cell.column)
        return self.headed.sheet.line(row.number) - 1, first.column - 1

    def _tell(self, row: Row, header: str, message: str, hint: str = "") -> None:
        number = self.headed.columns.get(header, 1)
        problem = self.marks.book.problem(self.headed.sheet, row.number, number, header, message, hint)
        self.marks.problems.append(problem)

    def _check_numbers(self) -> None:
        """Tell of a missing week: a cycle with a week less is another cycle."""
        for home in self.table.homes:
            if not any(step.listed for step in home.steps):
                continue
            for held, items in self.marks.numbered.values():
                if items and max(items) != len(items):
                    _, row = sheet_and_row(held.line + 1)
                    header = home.steps[-1].header
                    number = self.headed.columns.get(header, 1)
                    message = text(
                        "i numeri vanno da 1 in poi senza salti; una settimana di riposo ha solo il numero",
                        "numbers go from 1 on without gaps; a week of rest has its number alone",
                    )
                    problem = self.marks.book.problem(self.headed.sheet, row, number, header, message)
                    self.marks.problems.append(problem)

    def _spoil(self) -> None:
        """Let nothing follow from rows that belong to nothing: lists without an item may have lost it."""
        if not self.lost:
            return
        for home in self.table.homes:
            for path in _holders(self.root, home):
                self.marks.spoiled.add(path)


def _named(home: Home) -> set[str]:
    return {step.header for step in home.steps if not step.numbered}


def _makes(home: Home) -> bool:
    """Tell whether a row brings the numbered item that it names, or must find it."""
    return any(column.upper for column in home.columns) or any(step.listed for step in home.steps)


def _holders(root: Mapping, home: Home) -> list[Place]:
    """Give the places where a list of this kind has no item."""
    if not home.steps:
        return []
    first = home.steps[0]
    entry = root.entries.get(first.path[0])
    items = entry[1].items if entry is not None and isinstance(entry[1], Sequence) else []
    if len(first.path) > 1 or first.numbered:
        return []
    key = home.steps[1].path[0] if len(home.steps) > 1 else home.path[0]
    return [
        (first.path[0], number, key)
        for number, item in enumerate(items)
        if isinstance(item, Mapping) and key not in item.entries
    ]

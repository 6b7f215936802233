"""Sankey: whose money goes through whom to whom; widths in proportion, sums exact to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nido.data.lingua import text
from nido.report.drawings.figure import (
    NARROW,
    WIDE,
    Drawing,
    Figure,
    Shown,
    Table,
    number_columns,
    text_columns,
)
from nido.report.drawings.palette import SOFT_INK, WHITE
from nido.report.drawings.patterns import Look, definitions, fill, looks
from nido.report.drawings.svg import (
    LINE_HEIGHT,
    SMALL,
    Box,
    fold,
    hover,
    lines_at,
    number,
    path,
    picture,
    rect,
    text_width,
    words_at,
)
from nido.report.numbers_local import euro, euro_sign, percent

NODE, NAME_LINES = 14, 2
TALL, TOP = 300, 28.0
OUTSIDE = 186
WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount, and the names it goes through: one for each column, from the left; at least 0 cents."""

    names: tuple[str, ...]
    cents: int


@dataclass(frozen=True, slots=True)
class _Node:
    column: int
    name: str
    cents: int
    box: Box


@dataclass(frozen=True, slots=True)
class _Link:
    source: _Node
    target: _Node
    cents: int
    from_y: float
    to_y: float
    thick: float


@dataclass(frozen=True, slots=True)
class _Content:
    """What is drawn: headings, amounts, the names of each column from the top, and which has the colours."""

    heads: Sequence[str]
    flows: Sequence[Flow]
    columns: Sequence[Mapping[str, int]]
    looks: Mapping[str, Look]
    coloured: int


def sankey(
    key: str,
    title: str,
    heads: Sequence[str],
    flows: Sequence[Flow],
    order: Sequence[str] = (),
    coloured: int = 1,
) -> Figure:
    """Draw amounts of money as ribbons.

    Parameters
    ----------
    key, title
        Prefix of the ids, and title.
    heads
        What each column holds.
    flows
        The amounts.
    order
        Names that come first in every column, in this order; others follow as they first appear.
    coloured
        The column whose names have a colour and a pattern; ribbons take that of theirs.

    Raises
    ------
    ValueError
        If an amount is negative or a flow has not one name for each column.
    """
    for flow in flows:
        if flow.cents < 0 or len(flow.names) != len(heads):
            raise ValueError(f"{len(flow.names)} names, {flow.cents} cents")
    shown = [flow for flow in flows if flow.cents > 0]
    summary = _summary(heads, shown, coloured)
    columns = [_sums(shown, column, order) for column in range(len(heads))]
    content = _Content(heads, shown, columns, looks(columns[coloured]), coloured)
    drawings = tuple(
        Drawing(_draw(f"{key}-{where[0]}", (title, summary), content, width), where)
        for where, width in WIDTHS
    )
    return Figure(key, title, summary, drawings, _table(title, heads, shown))


def _summary(heads: Sequence[str], flows: Sequence[Flow], coloured: int) -> str:
    total = sum(flow.cents for flow in flows)
    if total == 0:
        return text("Nessun importo da mostrare.", "No amount to show.")
    parts = [
        f"{name} {euro_sign(cents)} ({percent(cents, total)})"
        for name, cents in _sums(flows, coloured, ()).items()
    ]
    return text(
        "In tutto {total}; {column}: {parts}.",
        "In all {total}; {column}: {parts}.",
        total=euro_sign(total),
        column=heads[coloured],
        parts=", ".join(parts),
    )


def _sums(flows: Sequence[Flow], column: int, order: Sequence[str]) -> Mapping[str, int]:
    """Add what goes through each name of a column, in the order in which they stand."""
    found: dict[str, int] = {}
    for flow in flows:
        found[flow.names[column]] = found.get(flow.names[column], 0) + flow.cents
    first = [name for name in dict.fromkeys(order) if name in found]
    return {name: found[name] for name in dict.fromkeys([*first, *found])}


def _draw(key: str, names: tuple[str, str], content: _Content, width: int) -> str:
    nodes, height = _place(content, width)
    order = {name: place for place, name in enumerate(content.looks)}
    parts = [definitions(key, [(place, content.looks[name]) for name, place in order.items()], 38)]
    for gap in range(len(content.heads) - 1):
        for link, look in _links(content.flows, nodes, gap, content.coloured):
            said = f"{link.source.name} → {link.target.name}: {euro_sign(link.cents)}"
            colour = content.looks[look].colour
            parts.append(
                hover(said, path(_ribbon(link), fill=fill(key, order[look]), stroke=colour, thin=True))
            )
    for node in nodes.values():
        own = node.column == content.coloured
        parts.append(rect(node.box, fill=content.looks[node.name].colour if own else SOFT_INK))
    for node in nodes.values():
        parts += _label(node, len(content.heads), width)
    parts += _heads(content.heads, width)
    return picture(key, *names, width, height, parts)


def _place(content: _Content, width: int) -> tuple[Mapping[tuple[int, str], _Node], float]:
    """Stack the names of each column; every one has room for its label however thin it is."""
    total = max(1, sum(flow.cents for flow in content.flows))
    outside = width >= WIDE
    label = LINE_HEIGHT * (NAME_LINES + 1) + 8
    left, right = (OUTSIDE, width - OUTSIDE - NODE) if outside else (2, width - NODE - 2)
    nodes: dict[tuple[int, str], _Node] = {}
    stacks: list[float] = []
    last = len(content.heads) - 1
    for column, sums in enumerate(content.columns):
        beside = outside and column in (0, last)
        y = TOP if beside else TOP + label
        x = left + (right - left) * column / max(1, last)
        for name, cents in sums.items():
            tall = max(2.0, TALL * cents / total)
            nodes[column, name] = _Node(column, name, cents, Box(x, y, NODE, tall))
            y += max(tall + 12, label) if beside else tall + label + 4
        stacks.append(y if beside else y - label)
    return nodes, max(stacks, default=TOP)


def _links(
    flows: Sequence[Flow], nodes: Mapping[tuple[int, str], _Node], gap: int, coloured: int
) -> list[tuple[_Link, str]]:
    """Join two columns: one ribbon for each pair of names and colour, in the order of the columns."""
    sums: dict[tuple[str, str, str], int] = {}
    for flow in flows:
        pair = (flow.names[gap], flow.names[gap + 1], flow.names[coloured])
        sums[pair] = sums.get(pair, 0) + flow.cents
    ranks = {key: place for place, key in enumerate(nodes)}
    used: dict[tuple[int, str], float] = {}
    found: dict[tuple[str, str, str], tuple[float, float]] = {}
    leaving = sorted(
        sums, key=lambda pair: (ranks[gap, pair[0]], ranks[gap + 1, pair[1]], ranks[coloured, pair[2]])
    )
    arriving = sorted(
        sums, key=lambda pair: (ranks[gap + 1, pair[1]], ranks[gap, pair[0]], ranks[coloured, pair[2]])
    )
    starts = {pair: _take(used, nodes, (gap, pair[0]), sums[pair]) for pair in leaving}
    used.clear()
    for pair in arriving:
        found[pair] = (starts[pair], _take(used, nodes, (gap + 1, pair[1]), sums[pair]))
    links: list[tuple[_Link, str]] = []
    for pair in leaving:
        source, target = nodes[gap, pair[0]], nodes[gap + 1, pair[1]]
        thick = source.box.height * sums[pair] / source.cents
        links.append((_Link(source, target, sums[pair], *found[pair], thick), pair[2]))
    return links


def _take(
    used: dict[tuple[int, str], float],
    nodes: Mapping[tuple[int, str], _Node],
    key: tuple[int, str],
    cents: int,
) -> float:
    """Give the next free height of a name, and count it as used."""
    node = nodes[key]
    y = used.get(key, node.box.top)
    used[key] = y + node.box.height * cents / node.cents
    return y


def _ribbon(link: _Link) -> str:
    x1, x2 = link.source.box.right, link.target.box.left
    middle = (x1 + x2) / 2
    y1, y2, thick = link.from_y, link.to_y, link.thick
    points = [(x1, y1), (middle, y1), (middle, y2), (x2, y2)]
    back = [(x2, y2 + thick), (middle, y2 + thick), (middle, y1 + thick), (x1, y1 + thick)]
    start, *curve = (f"{number(x)},{number(y)}" for x, y in points)
    corner, *returning = (f"{number(x)},{number(y)}" for x, y in back)
    return f"M{start} C{' '.join(curve)} L{corner} C{' '.join(returning)} Z"


def _label(node: _Node, columns: int, width: int) -> list[str]:
    outside = width >= WIDE
    first, last = node.column == 0, node.column == columns - 1
    amount = euro_sign(node.cents)
    if outside and (first or last):
        lines = fold(node.name, OUTSIDE - 12, NAME_LINES)
        x = node.box.left - 8 if first else node.box.right + 8
        anchor = "end" if first else None
        y = node.box.top + min(node.box.height / 2, 18) + 4 - LINE_HEIGHT * len(lines) / 2
        y = max(y, node.box.top + 10)
        return [
            lines_at(x, y, lines, anchor=anchor),
            words_at(x, y + LINE_HEIGHT * len(lines), amount, anchor=anchor, bold=True, size=SMALL),
        ]
    room = 150.0 if outside else width / columns - 6
    lines = fold(node.name, room, NAME_LINES, SMALL)
    anchor = None if first else "end" if last else "middle"
    x = node.box.left if first else node.box.right if last else node.box.left + NODE / 2
    y = node.box.top - 6 - LINE_HEIGHT * len(lines)
    long = max(text_width(amount, SMALL, bold=True), *(text_width(one, SMALL) for one in lines)) + 6
    ground = Box(x - 2 if first else x - long + 2 if last else x - long / 2, y - 12, long, 0)
    ground = Box(ground.left, ground.top, long, LINE_HEIGHT * (len(lines) + 1) + 2)
    return [
        rect(ground, fill=WHITE, radius=3, opacity="0.85"),
        lines_at(x, y, lines, size=SMALL, anchor=anchor, halo=True),
        words_at(x, y + LINE_HEIGHT * len(lines), amount, anchor=anchor, bold=True, size=SMALL, halo=True),
    ]


def _heads(heads: Sequence[str], width: int) -> list[str]:
    parts: list[str] = []
    for column, words in enumerate(heads):
        last = column == len(heads) - 1
        anchor = None if column == 0 else "end" if last else "middle"
        x = 2.0 if column == 0 else width - 2.0 if last else width / 2
        parts.append(words_at(x, 12, words.upper(), size=SMALL, anchor=anchor, fill=SOFT_INK, bold=True))
    return parts


def _table(title: str, heads: Sequence[str], flows: Sequence[Flow]) -> Table:
    total = sum(flow.cents for flow in flows)
    sums: dict[tuple[str, ...], int] = {}
    for flow in flows:
        sums[flow.names] = sums.get(flow.names, 0) + flow.cents
    rows = tuple((*names, euro(cents), percent(cents, total)) for names, cents in sums.items())
    blank = ("",) * (len(heads) - 1)
    footer = ((text("totale", "total"), *blank, euro(total), percent(total, total)),)
    columns = (*text_columns(list(heads)), *number_columns(["EUR", text("parte", "share")]))
    return Table(title, columns, rows, footer, keys=len(heads))

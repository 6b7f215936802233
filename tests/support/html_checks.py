"""What every page must keep to: read with the standard library's parser, nothing repaired."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})
HEADINGS = {f"h{level}": level for level in range(1, 7)}
Attributes = dict[str, str]


@dataclass
class Node:
    """An element with what is in it."""

    tag: str
    attributes: Attributes
    children: list["Node"] = field(default_factory=list)
    words: str = ""

    def every(self, *tags: str) -> Iterator["Node"]:
        """Give the elements of some kinds inside this one, in order."""
        for child in self.children:
            if child.tag in tags:
                yield child
            yield from child.every(*tags)

    def text(self) -> str:
        """Give all the words inside."""
        return self.words + "".join(child.text() for child in self.children)


class Malformed(AssertionError):
    """A tag that nothing opens, or nothing closes."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise Malformed(f"{tag}: repeated attribute")
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        last = self.open.pop()
        if last.tag != tag:
            raise Malformed(f"<{last.tag}> closed by </{tag}>")

    def handle_data(self, data: str) -> None:
        self.open[-1].words += data


def read(page: bytes) -> Node:
    """Read a page; a tag that is not closed in its place is refused."""
    reader = _Reader()
    reader.feed(page.decode("utf-8"))
    reader.close()
    if len(reader.open) != 1:
        raise Malformed(f"never closed: {[node.tag for node in reader.open[1:]]}")
    return reader.root


def check(page: bytes) -> Node:
    """Check a page: ids, headings, drawings, tables, links, nothing that loads or runs."""
    root = read(page)
    ids = [node.attributes["id"] for node in _all(root) if "id" in node.attributes]
    assert len(ids) == len(set(ids)), sorted({one for one in ids if ids.count(one) > 1})
    _headings(root)
    for drawing in root.every("svg"):
        _drawing(drawing)
    for table in root.every("table"):
        _table(table)
    for link in root.every("a"):
        assert link.attributes["href"].startswith("#")
        assert link.attributes["href"][1:] in ids
    for node in _all(root):
        _harmless(node)
    return root


def _all(root: Node) -> Iterator[Node]:
    for child in root.children:
        yield child
        yield from _all(child)


def _headings(root: Node) -> None:
    levels = [HEADINGS[node.tag] for node in root.every(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def _drawing(drawing: Node) -> None:
    assert drawing.attributes["role"] == "img"
    title, desc = drawing.children[:2]
    assert (title.tag, desc.tag) == ("title", "desc")
    assert title.text().strip()
    assert desc.text().strip()
    named = drawing.attributes["aria-labelledby"].split()
    assert named == [title.attributes["id"], desc.attributes["id"]]
    patterns = {node.attributes["id"] for node in drawing.every("pattern")}
    for node in _all(drawing):
        fill = node.attributes.get("fill", "")
        if fill.startswith("url("):
            assert fill.removeprefix("url(#").removesuffix(")") in patterns, fill


def _table(table: Node) -> None:
    assert table.children[0].tag == "caption"
    assert table.children[0].text().strip()
    heads = list(table.every("th"))
    assert heads
    assert all(head.attributes["scope"] in ("col", "row", "rowgroup") for head in heads)
    width = sum(1 for _ in next(table.every("thead")).every("th"))
    spans: list[int] = []
    for part in table.every("tbody", "tfoot"):
        for row in part.every("tr"):
            held = sum(1 for left in spans if left > 0)
            assert held + len(row.children) == width, table.children[0].text()
            spans = [left - 1 for left in spans if left > 1]
            spans += [int(cell.attributes.get("rowspan", 1)) - 1 for cell in row.children]
            spans = [left for left in spans if left > 0]


def _harmless(node: Node) -> None:
    assert node.tag not in ("script", "iframe", "object", "embed", "img", "form", "base"), node.tag
    for name, value in node.attributes.items():
        assert not name.startswith("on"), name
        if name in ("href", "src", "srcset", "action", "data", "poster", "xlink:href"):
            assert value.startswith(("#", "data:,")), value

"""Strict YAML: a small part of YAML 1.2, with the position of every value.

PyYAML reads ``7:30`` as 450, ``NO`` as false and takes the last of two equal keys without a word. Here only
what cannot be misread is accepted; the rest is refused with its line and column. The tree is built from
PyYAML's events, without recursion, so that a hostile file meets the caps before it costs memory or stack. No
message of this module shows a value or an excerpt: only the schema knows which fields are reserved.
"""

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari.yaml_text import (
    MAX_BYTES,
    MAX_PROBLEMS,
    UNPRINTABLE,
    decode,
    syntax_problem,
    tab_message,
    too_large,
    whole_file,
)
from nido.scenari.yaml_tree import (
    Document,
    Mapping,
    Node,
    Place,
    Reading,
    Scalar,
    Sequence,
    SourceFloat,
    first_tab,
    scalars,
    to_data,
)

MAX_DEPTH = 50
MAX_NODES = 1_000_000
MAX_DIGITS = 18

# One loader for the whole run. The two differ on tabs, which `_check_tabs` evens out.
LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


def parse(content: bytes, source: str) -> Document:
    """Read a YAML file strictly.

    Parameters
    ----------
    content
        The file: UTF-8, with or without byte-order mark, at most 5 MB.
    source
        File name for messages.

    Returns
    -------
    Document
        Content and positions.

    Raises
    ------
    InputError
        With every problem found: encoding, syntax, repeated or non-text keys, aliases, tags, numbers that are
        not finite or too large, a second document, more than 50 levels or a million values.
    """
    document, reading = read(content, source)
    if problems := [*reading.problems, *reading.numbers.values()]:
        raise InputError(sorted(problems))
    return document


def read(content: bytes, source: str) -> tuple[Document, Reading]:
    """Read a YAML file, and go on after a value that is refused when the rest can still be walked.

    Parameters
    ----------
    content, source
        As for `parse`.

    Returns
    -------
    tuple
        The document, and what was refused in it: repeated keys, anchors, tags, tabs, control characters, keys
        that are not text, numbers that are not finite or too large.

    Raises
    ------
    InputError
        When the rest means nothing, with every problem found up to there: too large or too deep, wrong
        encoding, syntax, aliases, a second document, an empty file.
    """
    if len(content) > MAX_BYTES:
        raise InputError([whole_file(source, too_large())])
    source_text = decode(content, source)
    lines = tuple(source_text.split("\n"))
    reader = _Reader(source)
    root: Node | None = None
    try:
        root = reader.read(source_text)
        if root is not None and "\t" in source_text:
            reader.check_tabs(root, lines)
    except _TooManyError:
        reader.broken = True
    except yaml.MarkedYAMLError as error:
        reader.broken = True
        reader.problems.append(syntax_problem(error, source, lines))
    except (yaml.YAMLError, ValueError, OverflowError):
        # The pure loader lets the errors of int() and chr() through.
        reader.broken = True
        reader.problems.append(whole_file(source, text("YAML non leggibile", "this YAML cannot be read")))
    if reader.broken:
        raise InputError(sorted([*reader.problems, *reader.numbers.values()]))
    if root is None:
        raise InputError([whole_file(source, text("il file è vuoto", "the file is empty"))])
    reading = Reading(
        tuple(sorted(reader.problems)),
        reader.numbers,
        frozenset(reader.spoiled),
        frozenset(reader.doubtful),
    )
    return Document(to_data(root), source, lines, root), reading


class _TooManyError(Exception):
    """A cap was met: reading stops here."""


@dataclass(slots=True)
class _Frame:
    node: Sequence | Mapping
    key: Scalar | None = None
    repeated: bool = False


class _Reader:
    """Builds the tree from parser events and collects what is refused."""

    def __init__(self, source: str) -> None:
        self.problems: list[Problem] = []
        self.numbers: dict[Place, Problem] = {}
        self.spoiled: set[Place] = set()
        self.doubtful: set[Place] = set()
        self.broken = False
        self._source = source
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._root: Node | None = None

    def read(self, source_text: str) -> Node | None:
        """Read the one document of a text; None if it has no content."""
        documents = 0
        for event in yaml.parse(source_text, Loader=LOADER):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = text(
                        "comincia un secondo documento (---): un file contiene un solo scenario",
                        "a second document starts here (---): a file holds one scenario",
                    )
                    self._report(event.start_mark, message)
                    self.broken = True
                    return None
            elif isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._attach(self._stack.pop().node)
        return self._root

    def check_tabs(self, root: Node, lines: tuple[str, ...]) -> None:
        """Refuse every tab outside quoted text, text blocks and comments, whichever the loader."""
        tabbed = {number for number, line in enumerate(lines) if "\t" in line}
        spans: dict[int, list[tuple[int, int, bool]]] = {number: [] for number in tabbed}
        for scalar in scalars(root):
            for number in range(scalar.line, scalar.end_line + 1):
                if number in tabbed:
                    start = scalar.column if number == scalar.line else 0
                    end = scalar.end_column if number == scalar.end_line else len(lines[number])
                    spans[number].append((start, end, scalar.plain))
        for number in sorted(tabbed):
            column = first_tab(lines[number], spans[number])
            if column is not None:
                self.problems.append(Problem(self._source, number + 1, column + 1, "", *tab_message()))

    def _node(self, event: yaml.NodeEvent) -> None:
        self._nodes += 1
        too_deep = isinstance(event, yaml.CollectionStartEvent) and len(self._stack) >= MAX_DEPTH
        if too_deep or self._nodes > MAX_NODES:
            self._report(
                event.start_mark,
                text(
                    "il file è troppo grande o troppo annidato: al più {nodes} valori e {depth} livelli",
                    "the file is too large or too deep: at most {nodes} values and {depth} levels",
                    nodes=MAX_NODES,
                    depth=MAX_DEPTH,
                ),
            )
            raise _TooManyError
        mark: Any = event.start_mark
        self._check_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            self._attach(self._scalar(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._stack.append(_Frame(Sequence(mark.line, mark.column)))
        elif isinstance(event, yaml.MappingStartEvent):
            self._stack.append(_Frame(Mapping(mark.line, mark.column)))
        else:
            end: Any = event.end_mark
            self._attach(Scalar(mark.line, mark.column, end.line, end.column, "", "", False))

    def _check_extras(self, event: yaml.NodeEvent) -> None:
        if isinstance(event, yaml.AliasEvent):
            # What it stands for is unknown, and may be whole groups of keys.
            self.broken = True
            self._report(
                event.start_mark,
                text("richiamo (*) non ammesso: ripeti il valore", "alias (*) not allowed: repeat the value"),
            )
        elif event.anchor is not None:
            self._report(event.start_mark, text("ancora (&) non ammessa", "anchor (&) not allowed"))
        if getattr(event, "tag", None) is not None:
            self.spoiled.add(self._place())
            self._report(
                event.start_mark,
                text("etichetta di tipo (!) non ammessa", "type tag (!) not allowed"),
                text(
                    "se il testo comincia con !, mettilo tra virgolette",
                    "if the text starts with !, put it between quotes",
                ),
            )

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start: Any = event.start_mark
        end: Any = event.end_mark
        plain = not event.style
        value: bool | int | float | str | None = event.value
        if plain:
            value = resolve(event.value)
        if isinstance(value, float) and not math.isfinite(value):
            self._number(start, text("serve un numero finito", "a finite number is needed"))
        elif isinstance(value, int) and len(event.value) > MAX_DIGITS:
            message = text(
                "numero troppo grande: al più {most} cifre",
                "number too large: at most {most} digits",
                most=MAX_DIGITS,
            )
            self._number(start, message)
        elif isinstance(value, str) and UNPRINTABLE.search(value):
            self.spoiled.add(self._place())
            self._report(start, text("carattere di controllo nel testo", "control character in the text"))
        return Scalar(
            start.line, start.column, end.line, end.column, value, event.value if plain else "", plain
        )

    def _attach(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        frame = self._stack[-1]
        if isinstance(frame.node, Sequence):
            frame.node.items.append(node)
        elif frame.key is None:
            frame.key = self._key(frame, node)
        else:
            if not frame.repeated:
                frame.node.entries[str(frame.key.value)] = (frame.key, node)
            frame.key, frame.repeated = None, False

    def _key(self, frame: _Frame, node: Node) -> Scalar:
        """Check a key; what is refused gets a stand-in, so that reading goes on."""
        assert isinstance(frame.node, Mapping)
        if not (isinstance(node, Scalar) and isinstance(node.value, str)):
            self._report(
                node,
                text(
                    "una chiave deve essere testo: mettila tra virgolette",
                    "a key must be text: put it between quotes",
                ),
            )
            frame.repeated = True
            return Scalar(node.line, node.column, node.line, node.column, "", "", False)
        if node.plain and node.value == "<<":
            self.broken = True
            self._report(
                node,
                text("unione (<<) non ammessa: ripeti le chiavi", "merge (<<) not allowed: repeat the keys"),
            )
        first = frame.node.entries.get(node.value)
        if first is not None:
            frame.key, frame.repeated = node, True
            # Which of the two values is meant cannot be known.
            self.doubtful.add(self._place())
            self._report(
                node,
                text(
                    "chiave ripetuta: è già alla riga {line}",
                    "repeated key: it is already on line {line}",
                    line=first[0].line + 1,
                ),
                text("tieni una delle due", "keep one of the two"),
            )
        return node

    def _number(self, mark: Any, message: str) -> None:
        lost = any(frame.repeated for frame in self._stack)
        is_key = bool(self._stack) and isinstance(self._stack[-1].node, Mapping) and not self._stack[-1].key
        self._report(mark, message)
        if not lost and not is_key:
            self.numbers[self._place()] = self.problems.pop()

    def _place(self) -> Place:
        """Tell where the node that comes next stands: open keys, and positions in open lists."""
        steps: list[str | int] = []
        for frame in self._stack:
            if isinstance(frame.node, Sequence):
                steps.append(len(frame.node.items))
            elif frame.key is not None:
                steps.append(str(frame.key.value))
        return tuple(steps)

    def _report(self, mark: Any, message: str, hint: str = "") -> None:
        where = _where(self._stack)
        self.problems.append(Problem(self._source, mark.line + 1, mark.column + 1, where, message, hint))
        if len(self.problems) + len(self.numbers) >= MAX_PROBLEMS:
            raise _TooManyError


def _where(stack: list[_Frame]) -> str:
    """Name the open keys; a key that does not look like one of a schema may be a name and is left out."""
    steps = ""
    for frame in stack:
        if isinstance(frame.node, Sequence):
            steps += "[]"
        elif frame.key is not None:
            name = str(frame.key.value)
            steps += "." + (name if _PLAIN_KEY.fullmatch(name) else "…")
    return steps.lstrip(".")


def resolve(written: str) -> bool | int | float | str | None:
    """Read an unquoted value by YAML 1.2 rules, decimal numbers only.

    A number with leading zeros stays text: ``038010`` is a code, not a quantity.
    """
    if written in _NULL:
        return None
    if written in _BOOLEANS:
        return _BOOLEANS[written]
    if _INT.fullmatch(written):
        return int(written) if len(written) <= 2 * MAX_DIGITS else 10 ** (2 * MAX_DIGITS)
    if _FLOAT.fullmatch(written):
        return SourceFloat(written)
    if _NOT_FINITE.fullmatch(written):
        return math.nan
    return written

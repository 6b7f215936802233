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
from nido.scenari.yaml_tree import (
    Document,
    Mapping,
    Node,
    Scalar,
    Sequence,
    SourceFloat,
    first_tab,
    scalars,
    to_data,
)

MAX_BYTES = 5 * 1024 * 1024
MAX_DEPTH = 50
MAX_NODES = 1_000_000
MAX_DIGITS = 18
MAX_PROBLEMS = 1000

# One loader for the whole run. The two differ on tabs, which `_check_tabs` evens out.
LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_PLAIN_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
# Control characters, the line ends that only YAML 1.1 knows, stray byte-order marks, half surrogate pairs.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


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
    if len(content) > MAX_BYTES:
        raise InputError([_whole_file(source, _too_large(len(content)))])
    source_text = _decode(content, source)
    lines = tuple(source_text.split("\n"))
    reader = _Reader(source)
    try:
        root = reader.read(source_text)
        if root is not None and "\t" in source_text:
            reader.check_tabs(root, lines)
    except _TooManyError:
        root = None
    except yaml.MarkedYAMLError as error:
        root = None
        reader.problems.append(_syntax_problem(error, source, lines))
    except (yaml.YAMLError, ValueError, OverflowError):
        # The pure loader lets the errors of int() and chr() through.
        root = None
        reader.problems.append(_whole_file(source, text("YAML non leggibile", "this YAML cannot be read")))
    if reader.problems:
        raise InputError(sorted(reader.problems))
    if root is None:
        raise InputError([_whole_file(source, text("il file è vuoto", "the file is empty"))])
    return Document(to_data(root), source, lines, root)


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
                self.problems.append(Problem(self._source, number + 1, column + 1, "", *_tab_message()))

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
            self._report(
                event.start_mark,
                text("richiamo (*) non ammesso: ripeti il valore", "alias (*) not allowed: repeat the value"),
            )
        elif event.anchor is not None:
            self._report(event.start_mark, text("ancora (&) non ammessa", "anchor (&) not allowed"))
        if getattr(event, "tag", None) is not None:
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
            self._report(start, text("serve un numero finito", "a finite number is needed"))
        elif isinstance(value, int) and len(event.value) > MAX_DIGITS:
            self._report(start, text("numero troppo grande", "number too large"))
        elif isinstance(value, str) and _UNPRINTABLE.search(value):
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
            self._report(
                node,
                text("unione (<<) non ammessa: ripeti le chiavi", "merge (<<) not allowed: repeat the keys"),
            )
        first = frame.node.entries.get(node.value)
        if first is not None:
            frame.key, frame.repeated = node, True
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

    def _report(self, mark: Any, message: str, hint: str = "") -> None:
        where = _where(self._stack)
        self.problems.append(Problem(self._source, mark.line + 1, mark.column + 1, where, message, hint))
        if len(self.problems) >= MAX_PROBLEMS:
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


def _decode(content: bytes, source: str) -> str:
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.startswith(_UTF16_MARKS) or b"\0" in content[:4]:
        message = text("il file è in UTF-16: serve UTF-8", "the file is in UTF-16: UTF-8 is needed")
        raise InputError([_whole_file(source, message, _save_hint())])
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _line_ends(content[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = text(
            "il file non è in UTF-8 (forse Windows-1252, di Excel o del Blocco note)",
            "the file is not in UTF-8 (perhaps Windows-1252, from Excel or Notepad)",
        )
        raise InputError([Problem(source, line, column, "", message, _save_hint())]) from None
    decoded = _line_ends(decoded)
    message = text("carattere di controllo nel file", "control character in the file")
    problems = [
        Problem(source, number, found.start() + 1, "", message)
        for number, line_text in enumerate(decoded.split("\n"), start=1)
        if (found := _UNPRINTABLE.search(line_text))
    ]
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return decoded


def _line_ends(source_text: str) -> str:
    return source_text.replace("\r\n", "\n").replace("\r", "\n")


def _save_hint() -> str:
    return text("salva con nome, scegliendo la codifica UTF-8", "use Save as, and choose the encoding UTF-8")


def _whole_file(source: str, message: str, hint: str = "") -> Problem:
    return Problem(source, 0, 0, "", message, hint)


def _too_large(size: int) -> str:
    return text(
        "il file è di {size} byte: al più {most}",
        "the file has {size} bytes: at most {most}",
        size=size,
        most=MAX_BYTES,
    )


def _tab_message() -> tuple[str, str]:
    return (
        text("tabulazione non ammessa", "tab not allowed"),
        text("usa spazi", "use spaces"),
    )


def _syntax_problem(error: yaml.MarkedYAMLError, source: str, lines: tuple[str, ...]) -> Problem:
    """Explain a syntax error by the characters where it was found: PyYAML has sentences, no codes."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return _whole_file(source, text("YAML non leggibile", "this YAML cannot be read"))
    rest = _rest(lines, mark)
    hint = ""
    if opened is not None and opened.line != mark.line:
        hint = text("si è aperto alla riga {line}", "it was opened on line {line}", line=opened.line + 1)
    sign = next((sign for sign in (_rest(lines, opened)[:1], rest[:1]) if sign and sign in "*&!@`%|>"), "")
    if rest.startswith("\t"):
        message, hint = _tab_message()
    elif sign:
        mark = opened if opened is not None and _rest(lines, opened).startswith(sign) else mark
        message, hint = _sign_message(sign), ""
    elif not rest.strip():
        message = text(
            "il testo finisce qui, ma manca qualcosa: una parentesi o le virgolette di chiusura",
            "the text ends here, but something is missing: a closing bracket or quote",
        )
    elif rest.startswith(":"):
        message = text("due punti fuori posto", "misplaced colon")
        hint = text(
            "controlla i rientri; un testo che contiene «: » va tra virgolette",
            "check the indentation; a text that holds “: ” goes between quotes",
        )
    else:
        message = text(
            "YAML non valido: controlla rientri, parentesi, virgole e virgolette",
            "not valid YAML: check indentation, brackets, commas and quotes",
        )
    return Problem(source, mark.line + 1, mark.column + 1, "", message, hint)


def _rest(lines: tuple[str, ...], mark: Any) -> str:
    """Give what follows a position: the rest of its line, or later text when only blanks follow."""
    if mark is None or mark.line >= len(lines):
        return ""
    here = lines[mark.line][mark.column :]
    return (
        here if here.strip() or here.startswith("\t") else "".join(["\n", *lines[mark.line + 1 :]]).rstrip()
    )


def _sign_message(sign: str) -> str:
    return text(
        "un testo che comincia con {sign} va tra virgolette",
        "a text that starts with {sign} goes between quotes",
        sign=sign,
    )

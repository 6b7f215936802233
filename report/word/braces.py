"""Braces that no command of a template explains: a field written wrongly would stand in the contract."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from xml.parsers import expat

from nido.data.lingua import text
from nido.report.word.esame import DOCUMENT_PART

# A field, a command, a comment; what is left of a paragraph without them holds no brace.
COMMANDS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


@dataclass(slots=True)
class _Table:
    """A table that is being read: its number, and the row and cell where the reader is."""

    number: int
    row: int = 0
    cell: int = 0


@dataclass(slots=True)
class _Reader:
    """Paragraphs of one part whose braces do not match, by their place."""

    name: str
    found: list[str] = field(default_factory=list)
    _open: list[list[str]] = field(default_factory=list)
    _tables: list[_Table] = field(default_factory=list)
    _seen: int = 0
    _paragraphs: int = 0
    _words: bool = False

    def read(self, content: bytes) -> list[str]:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)
        return self.found

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "tbl":
            self._seen += 1
            self._tables.append(_Table(self._seen))
        elif tag == "tr" and self._tables:
            self._tables[-1].row += 1
            self._tables[-1].cell = 0
        elif tag == "tc" and self._tables:
            self._tables[-1].cell += 1
        elif tag == "p":
            self._open.append([])
        self._words = tag == "t"

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        self._words = False
        if tag == "tbl" and self._tables:
            self._tables.pop()
        elif tag == "p" and self._open:
            self._close("".join(self._open.pop()))

    def _text(self, words: str) -> None:
        if self._words and self._open:
            self._open[-1].append(words)

    def _close(self, words: str) -> None:
        # Paragraphs are counted as a reader sees them: empty ones are not, nor those of a table.
        if words.strip() and not self._tables:
            self._paragraphs += 1
        if re.search("[{}]", COMMANDS.sub("", words)):
            self.found.append(self._place())

    def _place(self) -> str:
        part = _part_words(self.name)
        if not self._tables:
            return text(
                "paragrafo {number} {part}",
                "paragraph {number} {part}",
                number=self._paragraphs,
                part=part,
            )
        table = self._tables[-1]
        return text(
            "tabella {table} {part}, riga {row}, cella {cell}",
            "table {table} {part}, row {row}, cell {cell}",
            table=table.number,
            part=part,
            row=table.row,
            cell=table.cell,
        )


def _part_words(name: str) -> str:
    if "header" in name:
        return text("dell'intestazione", "of the header")
    if "footer" in name:
        return text("del piè di pagina", "of the footer")
    if "notes" in name:
        return text("delle note", "of the notes")
    return text("del testo", "of the text")


def stray_braces(document: bytes) -> Sequence[str]:
    """Find the paragraphs with a brace that belongs to no field and no command.

    Parameters
    ----------
    document
        A template that `nido.report.word.esame.examine` has let through.

    Returns
    -------
    sequence of str
        The place of each, in the reader's language; never its words.
    """
    found: list[str] = []
    with zipfile.ZipFile(BytesIO(document)) as archive:
        names = [name for name in archive.namelist() if PARTS.fullmatch(name)]
        for name in sorted(names, key=lambda name: (name != DOCUMENT_PART, name)):
            found += _Reader(name).read(archive.read(name))
    return found

"""What a Word file may hold: parts read by a real XML parser, whatever their encoding and spacing.

Refused: entities, parts and fields that lead to other files or sites, macros.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from xml.parsers import expat

from nido.data.lingua import text

MOST_MEMBERS = 2000
MOST_BYTES = 50 * 1024 * 1024
DOCUMENT_PART = "word/document.xml"
# Fields that fetch or run something, most of them when the file is opened.
FETCHING = re.compile(
    r"\b(INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|HYPERLINK|DATABASE)\b", re.IGNORECASE
)
COMMAND = "instrtext"


class Refused(Exception):
    """The file cannot be used; the text says why, in the reader's language."""


class _Part:
    """What is found in one part of the file."""

    def __init__(self) -> None:
        self.external = False
        self.commands: list[str] = []
        self._command = False

    def read(self, content: bytes) -> None:
        """Parse a part.

        Raises
        ------
        expat.ExpatError
            If it is not well formed.
        """
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(content, True)

    def _doctype(self, *declared: object) -> None:
        raise Refused(text("contiene entità XML: non si usa", "holds XML entities: it is not used"))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        values = {key.rpartition(":")[2].lower(): value for key, value in attributes.items()}
        self.external = self.external or values.get("targetmode", "").strip().lower() == "external"
        self._command = name.rpartition(":")[2].lower() == COMMAND
        # A simple field holds its command in an attribute.
        self.commands.append(values.get("instr", ""))

    def _end(self, name: str) -> None:
        self._command = False

    def _text(self, words: str) -> None:
        # A command may be cut in pieces: they are read as one.
        if self._command:
            self.commands.append(words)


def examine(document: bytes) -> None:
    """Refuse what is no plain Word document before anything of it is used.

    Parameters
    ----------
    document
        A file, as it came.

    Raises
    ------
    Refused
        If it is no Word document, is too large, holds macros or entities, or leads to files or sites
        elsewhere.
    """
    try:
        with zipfile.ZipFile(BytesIO(document)) as archive:
            members = archive.infolist()
            _check_members(members)
            for member in members:
                if member.filename.lower().endswith((".xml", ".rels")):
                    _check_part(archive.read(member))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise Refused(not_word()) from None
    except expat.ExpatError:
        raise Refused(text("non è un documento Word valido", "not a valid Word document")) from None


def not_word() -> str:
    """Say that a file is no Word document."""
    return text("non è un documento Word (.docx)", "not a Word document (.docx)")


def _check_members(members: Iterable[zipfile.ZipInfo]) -> None:
    found = list(members)
    names = {member.filename.lower() for member in found}
    if DOCUMENT_PART not in names:
        raise Refused(not_word())
    if len(found) > MOST_MEMBERS or sum(member.file_size for member in found) > MOST_BYTES:
        raise Refused(text("è troppo grande", "is too large"))
    if any("vbaproject" in name for name in names):
        raise Refused(text("contiene macro: non si usa", "holds macros: it is not used"))


def _check_part(content: bytes) -> None:
    part = _Part()
    part.read(content)
    if part.external:
        raise Refused(
            text(
                "contiene collegamenti a file o siti esterni: toglili e riprova",
                "holds links to files or sites elsewhere: remove them and try again",
            )
        )
    found = FETCHING.search("".join(part.commands))
    if found is not None:
        raise Refused(
            text(
                "contiene un campo che va a prendere altri file ({name}): toglilo e riprova",
                "holds a field that fetches other files ({name}): remove it and try again",
                name=found.group().upper(),
            )
        )

"""Read a CSV as Italian office programs write it: semicolons, UTF-8 or Windows-1252."""

import csv
from dataclasses import dataclass
from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.data.system_errors import reason

DELIMITER = ";"
MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text without outer spaces, and where it starts (counted from 1)."""

    value: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV file taken apart.

    Attributes
    ----------
    file
        Name of the file, for messages.
    source
        Whole text, for excerpts.
    header
        Cells of the first line that is not empty.
    rows
        Cells of the other lines that are not empty.
    """

    file: str
    source: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


def decode(file: str, raw: bytes) -> str:
    """Text of a file, UTF-8 (with or without mark) or Windows-1252.

    Raises
    ------
    InputError
        If the file is UTF-16, holds zero bytes or is in neither encoding.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        message = text(
            "la codifica non è UTF-8 né Windows-1252: salvare di nuovo come CSV UTF-8",
            "the encoding is neither UTF-8 nor Windows-1252: save again as CSV UTF-8",
        )
        raise InputError([Problem(file, 0, 0, "", message)])
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            position = error.start
    line = raw.count(b"\n", 0, position) + 1
    message = text("carattere non leggibile", "unreadable character")
    raise InputError([Problem(file, line, 0, "", message)])


def _columns(line: str) -> list[int]:
    """Where each cell of a line starts, counted from 1, by the quoting rules of the csv module."""
    columns, quoted, has_quotes = [1], False, False
    for position, character in enumerate(line, start=1):
        if character == '"' and (has_quotes or position == columns[-1]):
            quoted, has_quotes = not quoted, True
        elif character == DELIMITER and not quoted:
            columns.append(position + 1)
            has_quotes = False
    return columns


def _split(file: str, source: str) -> tuple[list[tuple[Cell, ...]], list[Problem]]:
    found: list[tuple[Cell, ...]] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.splitlines(), start=1):
        if not line.strip(f"{DELIMITER} \t"):
            continue
        try:
            values = next(csv.reader([line], delimiter=DELIMITER, strict=True))
        except csv.Error:
            message = text(
                "virgolette aperte e non chiuse, o fuori posto; una cella non può andare a capo",
                "quotes not closed or out of place; a cell may not hold a line end",
            )
            problems.append(Problem(file, number, line.find('"') + 1, "", message))
            continue
        cells = zip(values, _columns(line), strict=True)
        found.append(tuple(Cell(value.strip(), number, column) for value, column in cells))
    return found, problems


def parse_sheet(file: str, raw: bytes) -> Sheet:
    """Take apart the bytes of a CSV file.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content of the file, at most 1 MB.

    Raises
    ------
    InputError
        With every problem of form: too large, wrong encoding, broken quotes, no line at all, rows
        longer or shorter than the header, or no semicolon in the header.
    """
    sheet, problems = scan_sheet(file, raw)
    if problems:
        raise InputError(problems)
    return sheet


def scan_sheet(file: str, raw: bytes) -> tuple[Sheet, list[Problem]]:
    """Take apart the bytes of a CSV file, leaving out the rows that cannot be.

    Parameters
    ----------
    file, raw
        As for `parse_sheet`.

    Returns
    -------
    tuple
        The sheet without the rows of a wrong form, and their problems in the order of the file.

    Raises
    ------
    InputError
        If no row can be read: too large, wrong encoding, no line at all, or no header with columns.
    """
    if len(raw) > MAX_BYTES:
        message = text("più grande di {size} byte", "larger than {size} bytes", size=MAX_BYTES)
        raise InputError([Problem(file, 0, 0, "", message)])
    source = decode(file, raw)
    lines, problems = _split(file, source)
    if not lines or (problems and problems[0].line < lines[0][0].line):
        raise InputError(problems or [Problem(file, 0, 0, "", text("il file è vuoto", "the file is empty"))])
    header, rows = lines[0], lines[1:]
    if len(header) == 1 and "," in header[0].value:
        hint = text("separare le colonne con il punto e virgola", "separate the columns with semicolons")
        message = text("una sola colonna", "only one column")
        raise InputError([Problem(file, header[0].line, 1, "", message, hint=hint)])
    sound = [row for row in rows if len(row) == len(header)]
    for row in rows:
        if len(row) != len(header):
            one = text("1 cella, attese {wanted}", "1 cell, expected {wanted}", wanted=len(header))
            many = text(
                "{found} celle, attese {wanted}",
                "{found} cells, expected {wanted}",
                found=len(row),
                wanted=len(header),
            )
            message = one if len(row) == 1 else many
            problems.append(Problem(file, row[0].line, row[-1].column, "", message))
    return Sheet(file, source, header, tuple(sound)), sorted(problems)


def scan_file(path: Path) -> tuple[Sheet, list[Problem]]:
    """Read a CSV file, leaving out the rows that cannot be taken apart; see `scan_sheet`.

    Raises
    ------
    InputError
        Also when the file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = text("non si può leggere: {reason}", "cannot be read: {reason}", reason=reason(error))
        raise InputError([Problem(str(path), 0, 0, "", message)]) from None
    return scan_sheet(str(path), raw)

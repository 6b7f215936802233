"""The survey among employers: the published shares of 2025, or the file of a new year."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from nido.data.italian_csv import Cell, Sheet, scan_file
from nido.data.lingua import text
from nido.data.problems import InputError, Problem, caret_excerpt
from nido.data.row import DataError
from nido.data.tabelle import voce, voci

SHIPPED = "indagine_2025"

# Question -> column of the officer's file. The texts of the questions are rows of the table.
DOMANDE: Mapping[str, str] = {
    "domanda_effettiva": "figli_0_3",
    "turni_orari": "turni_continui",
    "flessibilita_estrema": "prima_8_dopo_18",
    "continuita_estiva": "continuita_estiva",
    "costi_convenzioni": "cofinanziamento",
}
COLUMNS = ("anno", "organizzazione", *DOMANDE.values())
ANSWERS: Mapping[str, bool | None] = {"si": True, "sì": True, "no": False, "nd": None}


@dataclass(frozen=True, slots=True)
class Risposta:
    """How many organisations answered yes to one question, and how many answered it at all."""

    domanda: str
    si: int
    risposte: int

    @property
    def percento(self) -> Decimal:
        """Share of yes among the answers, in percent, rounded half up to one decimal."""
        share = (Decimal(100 * self.si) / self.risposte).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return share.quantize(Decimal(1)) if share == share.to_integral_value() else share


@dataclass(frozen=True, slots=True)
class Indagine:
    """A survey: who was asked, and the sums of the answers.

    Which organisation gave which answer is not kept: only the sums leave the file.

    Attributes
    ----------
    anno
        Year of the survey.
    organizzazioni
        Names of the organisations that were asked.
    risposte
        One per question, in the order of `DOMANDE`.
    fonte
        Document or file from which the sums come.
    """

    anno: int
    organizzazioni: tuple[str, ...]
    risposte: tuple[Risposta, ...]
    fonte: str


@dataclass(frozen=True, slots=True)
class RigaIndagine:
    """One row of the survey table.

    Attributes
    ----------
    bisogno
        The need.
    percento
        Share of the organisations that state it, in percent.
    organizzazioni
        The same as a count, for example ``4 su 6``.
    conseguenza
        What follows from it for the service.
    evidenza
        What the organisations say.
    """

    bisogno: str
    percento: Decimal
    organizzazioni: str
    conseguenza: str
    evidenza: str


def _shipped() -> Indagine:
    names = [row for row in voci(SHIPPED) if row.chiave.startswith(f"{SHIPPED}.organizzazione.")]
    asked = int(voce(f"{SHIPPED}.intervistate").numero)
    risposte: list[Risposta] = []
    for domanda in DOMANDE:
        counted = voce(f"{SHIPPED}.{domanda}.organizzazioni")
        risposta = Risposta(domanda, int(counted.numero), asked)
        if risposta.percento != voce(f"{SHIPPED}.{domanda}.percento").numero or len(names) != asked:
            message = text(
                "{chiave} non corrisponde alla quota pubblicata",
                "{chiave} does not match the published share",
                chiave=counted.chiave,
            )
            raise DataError(message)
        risposte.append(risposta)
    anno = voce(f"{SHIPPED}.anno")
    return Indagine(int(anno.numero), tuple(row.valore for row in names), tuple(risposte), anno.fonte)


def _problem(sheet: Sheet, cell: Cell, where: str, message: str, hint: str = "") -> Problem:
    excerpt = caret_excerpt(sheet.source, cell.line, cell.column)
    return Problem(sheet.file, cell.line, cell.column, where, message, hint, excerpt)


def _other_file(sheet: Sheet) -> Problem:
    """Tell that no column is one of a survey."""
    message = text(
        "non è il file di un'indagine: la prima riga non ha nessuna delle sue colonne",
        "not the file of a survey: its first line has none of the columns",
    )
    hint = text("colonne attese: {columns}", "columns expected: {columns}", columns=";".join(COLUMNS))
    cell = sheet.header[0]
    return Problem(sheet.file, cell.line, cell.column, "", message, hint)


def _column_problems(sheet: Sheet) -> list[Problem]:
    if not {cell.value.casefold() for cell in sheet.header} & set(COLUMNS):
        return [_other_file(sheet)]
    problems: list[Problem] = []
    first: dict[str, Cell] = {}
    for cell in sheet.header:
        name = cell.value.casefold()
        if name in first:
            problems.append(_problem(sheet, cell, cell.value, text("colonna ripetuta", "repeated column")))
        elif name not in COLUMNS:
            close = difflib.get_close_matches(name, COLUMNS, n=1)
            message = text("colonna sconosciuta", "unknown column")
            problems.append(_problem(sheet, cell, cell.value or "?", message, "".join(close)))
        first.setdefault(name, cell)
    for column in COLUMNS:
        if column not in first:
            message = text("colonna mancante", "missing column")
            problems.append(_problem(sheet, sheet.header[0], column, message))
    return problems


def _short(value: str) -> str:
    printable = "".join(letter if letter.isprintable() else "?" for letter in value)
    return printable if len(printable) <= 30 else f"{printable[:30]}..."


def _answer(sheet: Sheet, cell: Cell, where: str, problems: list[Problem]) -> bool | None:
    value = unicodedata.normalize("NFC", cell.value).casefold()
    if value in ANSWERS:
        return ANSWERS[value]
    message = text(
        "«{value}»: atteso sì, no oppure nd (non risponde)",
        "'{value}': expected sì, no or nd (no answer)",
        value=_short(cell.value),
    )
    problems.append(_problem(sheet, cell, where, message))
    return None


def _anno(sheet: Sheet, cells: list[Cell], problems: list[Problem]) -> int:
    for cell in cells:
        if re.fullmatch(r"20\d\d", cell.value) is None:
            message = text(
                "«{value}»: atteso un anno fra 2000 e 2099",
                "'{value}': expected a year from 2000 to 2099",
                value=_short(cell.value),
            )
            problems.append(_problem(sheet, cell, "anno", message))
        elif cell.value != cells[0].value:
            message = text(
                "«{value}»: la prima riga dice {first}",
                "'{value}': the first row says {first}",
                value=cell.value,
                first=_short(cells[0].value),
            )
            problems.append(_problem(sheet, cell, "anno", message))
    return int(cells[0].value) if not problems else 0


def _names(sheet: Sheet, cells: list[Cell], problems: list[Problem]) -> tuple[str, ...]:
    first: dict[str, int] = {}
    for cell in cells:
        if not cell.value:
            problems.append(_problem(sheet, cell, "organizzazione", text("vuota", "empty")))
            continue
        line = first.setdefault(cell.value.casefold(), cell.line)
        if line != cell.line:
            message = text("già alla riga {line}", "already on line {line}", line=line)
            problems.append(_problem(sheet, cell, f"organizzazione {_short(cell.value)}", message))
    return tuple(cell.value for cell in cells)


def parse_survey(sheet: Sheet) -> Indagine:
    """Sum the answers of an officer's file.

    Parameters
    ----------
    sheet
        The file taken apart: columns ``anno``, ``organizzazione`` and one per question, one row per
        organisation, answers ``sì``, ``no`` or ``nd`` (not counted).

    Raises
    ------
    InputError
        With every problem of the file at once, each with line and column.
    """
    problems = _column_problems(sheet)
    if not problems and not sheet.rows:
        message = text("nessuna organizzazione", "no organisation")
        problems.append(_problem(sheet, sheet.header[0], "organizzazione", message))
    if problems:
        raise InputError(problems)
    order = [cell.value.casefold() for cell in sheet.header]
    columns = {name: [row[index] for row in sheet.rows] for index, name in enumerate(order)}
    anno = _anno(sheet, columns["anno"], problems)
    names = _names(sheet, columns["organizzazione"], problems)
    risposte: list[Risposta] = []
    for domanda, column in DOMANDE.items():
        found = len(problems)
        answers = [_answer(sheet, cell, column, problems) for cell in columns[column]]
        given = [answer for answer in answers if answer is not None]
        if not given and len(problems) == found:
            message = text("nessuna risposta a questa domanda", "no answer to this question")
            problems.append(_problem(sheet, columns[column][0], column, message))
        risposte.append(Risposta(domanda, sum(given), len(given)))
    if problems:
        raise InputError(sorted(problems))
    return Indagine(anno, names, tuple(risposte), sheet.file)


def load_survey(path: str | Path | None = None) -> Indagine:
    """Load the shipped survey of 2025, or the file of a new year.

    Parameters
    ----------
    path
        An Italian CSV (see `parse_survey`); None for the shipped survey.

    Raises
    ------
    InputError
        If the file is not valid.
    DataError
        If the shipped table is not valid.
    """
    if path is None:
        return _shipped()
    sheet, of_rows = scan_file(Path(path))
    # Under a wrong header the length of a row means nothing.
    if problems := _column_problems(sheet) or of_rows:
        raise InputError(problems)
    return parse_survey(sheet)


def survey_rows(indagine: Indagine) -> tuple[RigaIndagine, ...]:
    """The survey as the table of the district's programme: one row per need.

    Parameters
    ----------
    indagine
        A survey of any year; needs and consequences keep the words of 2025.
    """

    def riga(risposta: Risposta) -> RigaIndagine:
        key = f"{SHIPPED}.{risposta.domanda}"
        return RigaIndagine(
            bisogno=voce(f"{key}.bisogno").valore,
            percento=risposta.percento,
            organizzazioni=text(
                "{si} su {risposte}", "{si} of {risposte}", si=risposta.si, risposte=risposta.risposte
            ),
            conseguenza=voce(f"{key}.conseguenza").valore,
            evidenza=voce(f"{key}.evidenza").valore,
        )

    return tuple(riga(risposta) for risposta in indagine.risposte)

"""What a cell accepts, as the spreadsheet itself can tell: lists, dates, numbers with limits."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nido.data.comuni import comuni
from nido.report.modello_xlsx import words
from nido.scenari.workbook.layout import LISTS, Column
from nido.scenari.workbook.leaves import Kind, Shape
from nido.scenari.workbook.values import NO, YES

# Column or last key -> sheet whose ids it takes.
IDS: Mapping[str, str] = {
    "azienda": "Aziende",
    "gestore": "Gestori",
    "gia_iscritto": "Gestori",
    "bambino": "Bambini",
    "fratello_di": "Bambini",
    "ordine_domanda": "Bambini",
    "percorso": "Percorsi",
    "rotazione": "Rotazioni",
    "stagione": "Stagioni",
}
_TOWNS = frozenset({"comune", "patrono"})
LARGEST = 1_000_000_000
# Excel accepts no longer text in a message.
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255


def towns() -> tuple[str, ...]:
    """Give the names of the municipalities, as the hidden sheet lists them."""
    return tuple(comuni())


def accepted(header: str, column: Column | None, meaning: str, ids: Mapping[str, str]) -> dict[str, Any]:
    """Give what the cells of a column accept, in the words of XlsxWriter.

    Parameters
    ----------
    header
        Name of the column or key.
    column
        The column; None for one that names the item a row belongs to.
    meaning
        What the reader is told in the cell.
    ids
        Formula of the range that holds the ids of a sheet, by its name.

    Returns
    -------
    dict
        Options of ``data_validation``. What is refused here is only what nido would refuse as well.
    """
    last = header.rpartition(".")[2]
    rule: dict[str, Any] = {"validate": "any"}
    message = words.FROM_LIST
    if column is not None and column.leaf.shape is not Shape.SINGLE:
        pass
    elif last in IDS:
        rule = {"validate": "list", "source": ids[IDS[last]]}
    elif last in _TOWNS:
        rule = {"validate": "list", "source": f"={LISTS}!$A$1:$A${len(towns())}"}
    elif column is None:
        rule, message = _limited(Kind.WHOLE, 1, 10_000)
    elif column.leaf.said:
        pass
    elif column.leaf.choices:
        rule = {"validate": "list", "source": list(column.leaf.choices)}
    elif column.leaf.kind is Kind.YES_NO:
        rule = {"validate": "list", "source": [YES, NO]}
    elif column.leaf.kind is Kind.DATE:
        first, final = date(1900, 3, 1), date(2100, 12, 31)
        rule = {"validate": "date", "criteria": "between", "minimum": first, "maximum": final}
        message = words.A_DATE
    elif column.leaf.kind not in (Kind.TEXT, Kind.FREE, Kind.MONTH):
        rule, message = _limited(column.leaf.kind, *_limits(column))
    title, shown = header[-LONGEST_TITLE:], meaning[:LONGEST_MESSAGE]
    return rule | {
        "ignore_blank": True,
        "input_title": title,
        "input_message": shown,
        "error_title": words.WRONG_TITLE,
        "error_message": message,
    }


def _limited(kind: Kind, least: float, most: float) -> tuple[dict[str, Any], str]:
    whole = kind is Kind.WHOLE
    rule = {"validate": "integer" if whole else "decimal", "criteria": "between"}
    sentence = words.A_WHOLE if whole else words.A_NUMBER
    written = {"least": f"{least:g}".replace(".", ","), "most": _plain(most)}
    return rule | {"minimum": least, "maximum": most}, sentence.format(**written)


def _plain(number: float) -> str:
    return f"{number:.0f}" if float(number).is_integer() else f"{number:g}".replace(".", ",")


def _limits(column: Column) -> tuple[float, float]:
    marks = column.info.metadata
    least = next((float(mark.ge) for mark in marks if getattr(mark, "ge", None) is not None), 0.0)
    most = next((float(mark.le) for mark in marks if getattr(mark, "le", None) is not None), float(LARGEST))
    return least, 1.0 if column.leaf.share else most

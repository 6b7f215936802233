"""The file of a scenario, whatever its kind: YAML or workbook."""

from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.data.system_errors import reason
from nido.scenari.strict_yaml import read
from nido.scenari.yaml_text import MAX_BYTES
from nido.scenari.yaml_tree import Document, Reading

WORKBOOKS = (".xlsx", ".ods")
_REFUSED = (".xls", ".xlsm", ".xlsb", ".xltx", ".xltm", ".fods", ".csv", ".docx", ".pdf")
# How the zip of a workbook and the old format of Excel begin.
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_document(path: Path) -> tuple[Document, Reading]:
    """Read the file of a scenario, whatever its kind, and what was refused in it.

    Raises
    ------
    InputError
        If it cannot be read, or is of a kind that is not accepted.
    """
    suffix, source = path.suffix.lower(), str(path)
    if suffix in _REFUSED:
        message = text(
            "uno scenario è un file YAML (.yaml) o una cartella di lavoro .xlsx o .ods, non {suffix}",
            "a scenario is a YAML file (.yaml) or a workbook, .xlsx or .ods, not {suffix}",
            suffix=suffix,
        )
        hint = text("salvalo come .xlsx", "save it as .xlsx")
        raise InputError([Problem(source, 0, 0, "", message, hint)])
    if suffix in WORKBOOKS:
        # The libraries of workbooks are loaded for a workbook only.
        from nido.scenari.workbook.archive import MAX_BYTES as MAX_WORKBOOK_BYTES
        from nido.scenari.workbook.tree import read_workbook

        return read_workbook(read_bytes(path, MAX_WORKBOOK_BYTES), source)
    content = read_bytes(path, MAX_BYTES)
    if content.startswith(_BEGINNINGS):
        message = text(
            "sembra una cartella di lavoro: il suo nome deve finire in .xlsx o .ods",
            "it looks like a workbook: its name must end in .xlsx or .ods",
        )
        raise InputError([Problem(source, 0, 0, "", message)])
    return read(content, source)


def read_bytes(path: Path, limit: int) -> bytes:
    """Read a file, and one byte more than allowed: its reader then says that it is too large.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(limit + 1)
    except OSError as error:
        message = text("non si può leggere: {reason}", "cannot be read: {reason}", reason=reason(error))
        raise InputError([Problem(str(path), 0, 0, "", message)]) from None

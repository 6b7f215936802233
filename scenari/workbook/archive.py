"""The zip that a workbook is, taken apart under bounds before any other program reads it.

A few kilobytes can expand to gigabytes, and what the table of contents of a zip says need not be true: every
part is unpacked here, once, and the reader of the cells is handed a new zip made of those bytes.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from nido.data.lingua import text
from nido.data.problems import InputError, Problem

MAX_BYTES = 10 * 1024 * 1024
MAX_EXPANDED = 80 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_RATIO = 200
# Below this a high ratio costs nothing.
RATIO_FROM = 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0"
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_READ = (".xml", ".rels", "mimetype")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a workbook that hold its cells.

    Attributes
    ----------
    parts
        Content by name.
    clean
        A zip of these parts and no others.
    open_document
        Whether it is an .ods; otherwise an .xlsx.
    """

    parts: dict[str, bytes]
    clean: bytes
    open_document: bool


def refused(file: str, it: str, en: str, hint: tuple[str, str] = ("", "")) -> InputError:
    """Refuse a file as a whole."""
    return InputError([Problem(file, 0, 0, "", text(it, en), text(*hint))])


def damaged(file: str) -> InputError:
    """Refuse a file that is not what its name says."""
    return refused(
        file,
        "non è una cartella di lavoro .xlsx o .ods leggibile: il file è danneggiato o è di un altro tipo",
        "not a workbook (.xlsx or .ods) that can be read: the file is damaged or of another kind",
        (
            "aprilo in Excel o LibreOffice e salvalo di nuovo",
            "open it in Excel or LibreOffice and save again",
        ),
    )


def unpack(file: str, raw: bytes) -> Archive:
    """Take a workbook apart.

    Parameters
    ----------
    file
        Name for messages.
    raw
        Content, at most 10 MB.

    Returns
    -------
    Archive
        Its parts.

    Raises
    ------
    InputError
        If it is too large, expands to too much, is protected by a password, holds macros or links to other
        files, or is no workbook.
    """
    if len(raw) > MAX_BYTES:
        raise refused(
            file,
            f"il file supera i 10 MB: al più {MAX_BYTES} byte",
            f"the file exceeds 10 MB: at most {MAX_BYTES} bytes",
        )
    if raw.startswith(_OLE):
        raise refused(
            file,
            "è protetto da una password, oppure è nel vecchio formato .xls",
            "protected by a password, or in the old .xls format",
            (
                "togli la password (File > Informazioni) e salva come .xlsx",
                "take the password away (File > Info) and save as .xlsx",
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_contents(file, archive.infolist())
            parts = {
                info.filename: archive.read(info)
                for info in archive.infolist()
                if info.filename.endswith(_READ)
            }
    except _BROKEN:
        raise damaged(file) from None
    open_document = "content.xml" in parts
    if not open_document and "xl/workbook.xml" not in parts:
        raise damaged(file)
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise refused(
            file,
            "è protetto da una password",
            "protected by a password",
            ("salvalo di nuovo senza password", "save it again without a password"),
        )
    return Archive(parts, _packed(parts), open_document)


def _check_contents(file: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse, from the table of contents alone, what is not to be unpacked."""
    large = [info for info in members if info.file_size > RATIO_FROM]
    bomb = any(info.file_size > MAX_RATIO * max(1, info.compress_size) for info in large)
    if bomb or len(members) > MAX_MEMBERS or sum(info.file_size for info in members) > MAX_EXPANDED:
        raise refused(
            file,
            "si espande oltre ciò che uno scenario può contenere (forse molte righe vuote formattate)",
            "it expands beyond what a scenario can hold (perhaps many empty rows with a format)",
            (
                "copia le sole righe piene in una cartella di lavoro nuova",
                "copy the filled rows alone into a new workbook",
            ),
        )
    names = [info.filename for info in members]
    macros = ("xl/macrosheets/", "Basic/", "Scripts/")
    if any(name.lower().endswith("vbaproject.bin") or name.startswith(macros) for name in names):
        raise refused(
            file,
            "contiene macro, che nido non esegue e non accetta",
            "it holds macros, which nido neither runs nor accepts",
            ("salvalo come .xlsx, senza macro", "save it as .xlsx, without macros"),
        )
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise refused(
            file,
            "ha collegamenti ad altri file, i cui valori possono essere vecchi",
            "it has links to other files, whose values may be old",
            (
                "in Excel: Dati > Modifica collegamenti > Interrompi",
                "in Excel: Data > Edit Links > Break Link",
            ),
        )
    if any(info.flag_bits & 1 or info.compress_type not in _METHODS for info in members):
        raise damaged(file)


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()

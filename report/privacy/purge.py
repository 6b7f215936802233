"""Deleting what nido wrote, and nothing else."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import InputError
from nido.data.system_errors import reason
from nido.report.files import OutputError, OutputRefused
from nido.report.pipeline import RESULT_FILE, SCENARIO_FILE, folder_names
from nido.report.privacy.chiave import read_key
from nido.report.privacy.pseudonimi import TABLE_HEADER
from nido.report.schema_risultato import FORMATO as RESULT_FORMAT
from nido.scenari.load import load_canonical

# What a temporary folder or file adds to the name of the one that it was to become.
UNFINISHED = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}")
READ_MOST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Doomed:
    """What would be deleted: files in this order, then folders that are empty by then."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]


def doomed(places: Iterable[Path], key: Path | None = None) -> Doomed:
    """List what nido wrote in some places.

    Parameters
    ----------
    places
        Folders of results; or single files: a result, a scenario in canonical form, a table of pseudonyms.
    key
        A key of pseudonyms, when it shall go too.

    Returns
    -------
    Doomed
        Everything that `delete` would delete, also what an interrupted run left beside a folder.

    Raises
    ------
    OutputRefused
        If a place does not exist, or holds anything that nido did not write: then nothing of it is touched.
    """
    files: list[Path] = []
    folders: list[Path] = []
    for place in places:
        if place.is_symlink() or not place.exists():
            raise _refused(place, text("non c'è, o è un collegamento", "is not there, or is a link"))
        if place.is_dir():
            for folder in (place, *_unfinished(place)):
                files += _of_folder(folder)
                folders.append(folder)
        elif _is_single(place):
            files.append(place)
        else:
            raise _refused(place, text("non è un file scritto da nido", "is not a file that nido wrote"))
    if key is not None:
        read_key(key)
        files.append(key)
    return Doomed(tuple(dict.fromkeys(files)), tuple(dict.fromkeys(folders)))


def delete(found: Doomed) -> None:
    """Delete what was listed.

    Raises
    ------
    OutputError
        If something cannot be deleted; what follows it in the list is still there.
    """
    for path in (*found.files, *found.folders):
        try:
            if path in found.folders:
                path.rmdir()
            else:
                path.unlink()
        except OSError as error:
            message = text(
                "{path}: non cancellato ({why})", "{path}: not deleted ({why})", path=path, why=reason(error)
            )
            raise OutputError(message) from None


def _of_folder(folder: Path) -> list[Path]:
    """List the files of a result's folder, the reserved one first and the one that tells it last."""
    ours = folder_names()
    entries = sorted(folder.iterdir())
    stranger = next((entry for entry in entries if entry.name not in ours or not _is_plain(entry)), None)
    if stranger is not None:
        message = text(
            "nido non l'ha scritto: niente viene cancellato", "nido did not write it: nothing is deleted"
        )
        raise _refused(stranger, message)
    if not any(_is_result(entry) or _is_scenario(entry) for entry in entries):
        raise _refused(folder, text("non è la cartella di un risultato", "is not the folder of a result"))
    return sorted(entries, key=lambda entry: (entry.name != SCENARIO_FILE, entry.name == RESULT_FILE))


def _unfinished(folder: Path) -> list[Path]:
    """Find the folders that a killed run was writing in the place of this one."""
    beside = Path(os.path.realpath(folder)).parent
    found: list[Path] = []
    for entry in sorted(beside.iterdir()):
        named = UNFINISHED.fullmatch(entry.name)
        if named and named["name"] == folder.resolve().name and entry.is_dir() and not entry.is_symlink():
            inside = list(entry.iterdir())
            if all(one.name in folder_names() and _is_plain(one) for one in inside) and inside:
                found.append(entry)
    return [entry for entry in found if any(_is_result(one) or _is_scenario(one) for one in entry.iterdir())]


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _is_single(path: Path) -> bool:
    return _is_plain(path) and (_is_result(path) or _is_scenario(path) or _is_table(path))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(READ_MOST)
    except OSError as error:
        raise _refused(path, reason(error)) from None


def _is_result(path: Path) -> bool:
    if path.suffix != ".json" or path.name == SCENARIO_FILE:
        return False
    try:
        found = json.loads(_read(path))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("formato") == RESULT_FORMAT


def _is_scenario(path: Path) -> bool:
    """Tell whether a file is a scenario just as nido writes it: never one that somebody wrote by hand."""
    if path.suffix != ".json":
        return False
    content = _read(path)
    try:
        return load_canonical(content, str(path)).canonical == content
    except InputError:
        return False


def _is_table(path: Path) -> bool:
    return path.suffix == ".csv" and _read(path).startswith(TABLE_HEADER.encode())


def _refused(path: Path, message: str) -> OutputRefused:
    return OutputRefused(f"{path}: {message}")

"""Deleting what nido wrote, and nothing else."""

import contextlib
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nido.accordi.risultato.schema_risultato import FORMATO as RESULT_FORMAT
from nido.data.lingua import text
from nido.data.problems import InputError
from nido.data.system_errors import reason
from nido.report.accordi import FORMATO as AGREEMENTS_FORMAT
from nido.report.cache_folder import cache_folder
from nido.report.dossier.names import AGREEMENTS_FILE, DISTRICT, Ours
from nido.report.files import OutputError, OutputRefused
from nido.report.pipeline import RESULT_FILE, SCENARIO_FILE, folder_names
from nido.report.privacy.chiave import read_key
from nido.report.privacy.pseudonimi import TABLE_HEADER
from nido.scenari.load import load_canonical

# What a temporary folder or file adds to the name of the one that it was to become.
UNFINISHED = re.compile(r"\.(?P<name>.+)\.[a-z0-9_]{8}")
CACHED = re.compile(r"coalizioni-[0-9a-f]{32}\.json")
READ_MOST = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Doomed:
    """What would be deleted: files in this order, then folders that are empty by then."""

    files: tuple[Path, ...]
    folders: tuple[Path, ...]


def doomed(places: Iterable[Path], key: Path | None = None, *, cache: bool = False) -> Doomed:
    """List what nido wrote in some places.

    Parameters
    ----------
    places
        Folders of results or documents; or single files: a result, a scenario in canonical form, a table of
        pseudonyms.
    key
        A key of pseudonyms, when it shall go too.
    cache
        Whether what is kept between runs shall go too.

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
                inside = _of_folder(folder)
                files += inside.files
                folders += inside.folders
        elif _is_single(place):
            files.append(place)
        else:
            raise _refused(place, text("non è un file scritto da nido", "is not a file that nido wrote"))
    if cache:
        files += _kept(cache_folder()).files
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


def _of_folder(folder: Path) -> Doomed:
    """List what a folder of nido holds, the reserved file first and the one that tells what it is last."""
    every = sorted(folder.rglob("*"))
    named = {entry: entry.relative_to(folder).as_posix() for entry in every}
    files = [entry for entry in every if not _is_folder(entry)]
    used = {parent for entry in files for parent in entry.parents}
    of_result, of_documents = folder_names(), Ours()
    stranger = next(
        (
            entry
            for entry in every
            if entry not in used
            and not (_is_plain(entry) and (named[entry] in of_result or named[entry] in of_documents))
        ),
        None,
    )
    if stranger is not None:
        message = text(
            "nido non l'ha scritto: niente viene cancellato", "nido did not write it: nothing is deleted"
        )
        raise _refused(stranger, message)
    telling = [entry for entry in files if _tells(entry, named[entry])]
    if not telling:
        raise _refused(folder, text("nido non l'ha scritta", "nido did not write it"))
    files.sort(key=lambda entry: (entry.name != SCENARIO_FILE, entry in telling[-1:]))
    inner = sorted((entry for entry in every if _is_folder(entry)), key=lambda one: -len(one.parts))
    return Doomed(tuple(files), (*inner, folder))


def _tells(path: Path, name: str) -> bool:
    """Tell whether a file shows that nido wrote the folder."""
    if name == f"{DISTRICT}/{AGREEMENTS_FILE}":
        return _format_of(path) == AGREEMENTS_FORMAT
    return name in (RESULT_FILE, SCENARIO_FILE) and (_is_result(path) or _is_scenario(path))


def _unfinished(folder: Path) -> list[Path]:
    """Find the folders that a killed run was writing in the place of this one; those of others are left."""
    target = Path(os.path.realpath(folder))
    found: list[Path] = []
    for entry in sorted(target.parent.iterdir()):
        named = UNFINISHED.fullmatch(entry.name)
        if named and named["name"] == target.name and _is_folder(entry):
            with contextlib.suppress(OutputRefused):
                _of_folder(entry)
                found.append(entry)
    return found


def _kept(folder: Path) -> Doomed:
    """List what nido keeps between runs; other files in its cache folder are left."""
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    return Doomed(tuple(one for one in names if CACHED.fullmatch(one.name) and _is_plain(one)), ())


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


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


def _format_of(path: Path) -> object:
    try:
        found = json.loads(_read(path))
    except (ValueError, RecursionError):
        return None
    return found.get("formato") if isinstance(found, dict) else None


def _is_result(path: Path) -> bool:
    return path.suffix == ".json" and _format_of(path) == RESULT_FORMAT


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

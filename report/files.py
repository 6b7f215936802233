"""Files that are written whole or not at all, even when the machine stops half-way."""

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Container, Iterator, Mapping
from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.data.system_errors import reason

FILE_MODE = 0o600
FOLDER_MODE = 0o700
EXIT_USAGE = 2
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class OutputError(NidoError):
    """A result cannot be written; what was there before is as it was."""

    exit_code = 1


class OutputRefused(OutputError):
    """The place asked for is taken, or is not one that may be replaced."""

    exit_code = EXIT_USAGE


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new one, never a part.

    Parameters
    ----------
    path
        Where to write. A symbolic link keeps pointing to its target, which is replaced. A device or a pipe is
        written to directly: it cannot be replaced.
    content
        The whole content. The file is readable by its owner only (mode 0600).

    Raises
    ------
    OutputError
        If the folder does not exist or cannot be written, or the disk is full.
    """
    with _explained(path):
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as special:
                special.write(content)
            return
        _replace_file(Path(os.path.realpath(path)), content)


def check_file(path: Path, *, force: bool) -> None:
    """Refuse early a file that could not be written: the answer to a long solve must not be lost.

    Parameters
    ----------
    path
        The file asked for.
    force
        Whether an existing file may be replaced.

    Raises
    ------
    OutputRefused
        If `path` is a folder, its folder does not exist or cannot be written, or the file exists and `force`
        is false.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        return
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputRefused(
            text("{path} è una cartella, non un file", "{path} is a folder, not a file", path=path)
        )
    if target.exists() and not force:
        raise OutputRefused(
            text(
                "{path} esiste già: con --force viene sostituito",
                "{path} already exists: --force replaces it",
                path=path,
            )
        )
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise OutputRefused(
            text(
                "{path}: la cartella non esiste o non è scrivibile",
                "{path}: the folder does not exist or cannot be written",
                path=path,
            )
        )


def check_spared(place: Path, inputs: Collection[Path]) -> None:
    """Refuse a place that would replace what the answer is made from.

    Parameters
    ----------
    place
        File or folder asked for.
    inputs
        Files that were read.

    Raises
    ------
    OutputRefused
        If `place` is one of them, or a folder that holds one.
    """
    target = Path(os.path.realpath(place))
    for path in inputs:
        source = Path(os.path.realpath(path))
        same = target.exists() and source.exists() and target.samefile(source)
        if same or target == source or target in source.parents:
            raise OutputRefused(
                text(
                    "{place}: qui si legge lo scenario ({path}), non ci si scrive il risultato",
                    "{place}: the scenario is read from here ({path}), the result is not written here",
                    place=place,
                    path=path,
                )
            )


def check_folder(folder: Path, ours: Container[str], *, force: bool) -> None:
    """Refuse early a folder that could not be written or may not be replaced.

    Parameters
    ----------
    folder
        The folder asked for.
    ours
        Names that this program writes (``name`` or ``folder/name``): a folder that holds anything else is
        never replaced.
    force
        Whether an existing folder may be replaced.

    Raises
    ------
    OutputRefused
        If the folder exists and `force` is false, holds a file of somebody else, or lies where nothing can be
        written.
    """
    target = Path(os.path.realpath(folder))
    if target.exists():
        _check_replaceable(folder, target, ours, force=force)
    parent = next(place for place in target.parents if place.exists())
    if not parent.is_dir() or not os.access(parent, os.W_OK):
        raise OutputRefused(
            text("{folder}: non si può scrivere qui", "{folder}: cannot be written here", folder=folder)
        )


def write_folder(
    folder: Path, files: Mapping[str, bytes], *, force: bool = False, ours: Container[str] | None = None
) -> None:
    """Write a folder with all its files, or nothing.

    The files go into a new folder beside the old one, which takes its place in one step (on systems that
    cannot exchange two folders, in two steps that are undone on failure).

    Parameters
    ----------
    folder
        Folder to make; its parents are made too.
    files
        Content by file name; ``folder/name`` goes into a folder inside.
    force
        Replace an existing folder, when it holds only files that are ours.
    ours
        Names that may be replaced; by default those of `files`.

    Raises
    ------
    OutputRefused
        See `check_folder`.
    OutputError
        If writing fails; a folder that was there is as it was.
    """
    check_folder(folder, files.keys() if ours is None else ours, force=force)
    target = Path(os.path.realpath(folder))
    with _explained(folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            inside = sorted({(fresh / name).parent for name in files} - {fresh})
            for place in inside:
                place.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            for name, content in files.items():
                _create_file(fresh / name, content)
            for place in (*inside, fresh):
                _sync_folder(place)
            _put_in_place(fresh, target)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def _check_replaceable(folder: Path, target: Path, ours: Container[str], *, force: bool) -> None:
    if not target.is_dir():
        raise OutputRefused(
            text("{folder} esiste e non è una cartella", "{folder} exists and is not a folder", folder=folder)
        )
    if not force:
        raise OutputRefused(
            text(
                "la cartella {folder} esiste già: con --force viene sostituita",
                "the folder {folder} already exists: --force replaces it",
                folder=folder,
            )
        )
    stranger = next((name for name in _names_inside(target) if not _is_ours(target, name, ours)), None)
    if stranger is not None:
        raise OutputRefused(
            text(
                "la cartella {folder} contiene «{stranger}», che nido non ha scritto: non viene sostituita",
                "the folder {folder} holds “{stranger}”, which nido did not write: it is not replaced",
                folder=folder,
                stranger=stranger,
            )
        )


def _names_inside(folder: Path) -> list[str]:
    """Name every entry that is no folder, and every empty or linked folder, as ``folder/name``."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        here = Path(place)
        linked = [name for name in folders if (here / name).is_symlink()]
        empty = [here] if here != folder and not folders and not names else []
        found += [
            path.relative_to(folder).as_posix() for path in (*(here / n for n in (*names, *linked)), *empty)
        ]
    return sorted(found)


def _is_ours(folder: Path, name: str, ours: Container[str]) -> bool:
    entry = folder / name
    return name in ours and entry.is_file() and not entry.is_symlink()


def _replace_file(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    fresh = Path(name)
    try:
        _fill(fresh, content)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _create_file(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    os.close(handle)
    _fill(path, content)


def _fill(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename last; Windows cannot open a folder for this."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put_in_place(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
        _sync_folder(target.parent)
        return
    if not _exchange(fresh, target):
        _swap_in_two_steps(fresh, target)
    _sync_folder(target.parent)
    shutil.rmtree(fresh, ignore_errors=True)


def _swap_in_two_steps(fresh: Path, target: Path) -> None:
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    old = aside / target.name
    try:
        target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            old.rename(target)
            raise
        old.rename(fresh)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step, where the system can (Linux `renameat2`)."""
    if sys.platform != "linux":
        return False
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done: int = call(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    return done == 0


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn an error of the system into one sentence about the path that the user gave."""
    try:
        yield
    except OSError as error:
        raise OutputError(
            text(
                "{path}: non scritto ({reason}); se è aperto in un altro programma, chiudilo e riprova",
                "{path}: not written ({reason}); if another program has it open, close it and try again",
                path=path,
                reason=reason(error),
            )
        ) from error

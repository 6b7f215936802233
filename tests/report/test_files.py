"""Crash-safe writing: the old content or the new, whole, whatever fails in between."""

import os
import stat
from pathlib import Path

import pytest

from nido.report import files
from nido.report.files import (
    OutputError,
    OutputRefused,
    check_file,
    check_folder,
    write_file,
    write_folder,
)

OLD = {"risultato.json": b"old", "accordi.csv": b"old"}
NEW = {"risultato.json": b"new", "accordi.csv": b"new"}


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fail_at(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, call: int) -> None:
    """Let the nth call of a function fail as a full disk does."""
    original, calls = getattr(owner, name), []

    def failing(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == call:
            raise OSError(28, "No space left on device")
        return original(*arguments)

    monkeypatch.setattr(owner, name, failing)


def test_file_is_whole_and_private(tmp_path: Path) -> None:
    """A written file has its content, is readable by its owner only, and leaves nothing beside it."""
    path = tmp_path / "risultato.json"
    write_file(path, b"one")
    write_file(path, b"two")
    assert contents(tmp_path) == {"risultato.json": b"two"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["fsync", "replace"])
def test_failed_file_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """When the disk is full the old file stays, the temporary one goes, and the message names the path."""
    path = tmp_path / "risultato.json"
    write_file(path, b"old")
    fail_at(monkeypatch, os if name == "fsync" else Path, name, 1)
    with pytest.raises(OutputError, match=r"risultato\.json.*il disco è pieno"):
        write_file(path, b"new")
    assert contents(tmp_path) == {"risultato.json": b"old"}


def test_link_keeps_pointing_to_its_target(tmp_path: Path) -> None:
    """Writing through a symbolic link replaces the target, not the link."""
    target, link = tmp_path / "vero.json", tmp_path / "link.json"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_device_is_written_to_and_not_replaced() -> None:
    """A device such as /dev/null takes the bytes and stays a device."""
    check_file(Path(os.devnull), force=False)
    write_file(Path(os.devnull), b"bytes")
    assert not Path(os.devnull).is_file()


def test_places_are_refused_early(tmp_path: Path) -> None:
    """A folder, a missing folder and an existing file without force are usage errors."""
    existing = tmp_path / "x.json"
    existing.write_bytes(b"old")
    for path, force in ((tmp_path, True), (tmp_path / "no" / "x.json", True), (existing, False)):
        with pytest.raises(OutputRefused) as refusal:
            check_file(path, force=force)
        assert refusal.value.exit_code == 2
    check_file(existing, force=True)
    with pytest.raises(OutputRefused):
        check_folder(existing / "sotto", OLD, force=True)


def test_folder_is_written_with_its_parents(tmp_path: Path) -> None:
    """A folder gets all its files, private, and nothing else stays beside it."""
    folder = tmp_path / "out" / "piano"
    write_folder(folder, NEW)
    assert contents(folder) == NEW
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.name for path in folder.parent.iterdir()] == ["piano"]


def test_existing_folder_needs_force(tmp_path: Path) -> None:
    """An existing folder is refused without force, and replaced whole with it."""
    folder = tmp_path / "piano"
    write_folder(folder, {**OLD, "personale.csv": b"old"})
    with pytest.raises(OutputRefused, match="--force"):
        write_folder(folder, NEW)
    ours = {**NEW, "personale.csv": b"new"}
    write_folder(folder, ours, force=True)
    assert contents(folder) == ours
    assert [path.name for path in tmp_path.iterdir()] == ["piano"]


def test_folder_with_a_stranger_is_never_replaced(tmp_path: Path) -> None:
    """A folder that holds a file of somebody else, or a folder, is refused even with force."""
    for name in ("tesi.docx", "cartella"):
        folder = tmp_path / name / "piano"
        write_folder(folder, OLD)
        (folder / "tesi.docx").write_bytes(b"mine") if "." in name else (folder / "cartella").mkdir()
        with pytest.raises(OutputRefused, match=name):
            write_folder(folder, NEW, force=True)
        assert (folder / "risultato.json").read_bytes() == b"old"


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    """A file where the folder should stand is refused, not removed."""
    path = tmp_path / "piano"
    path.write_bytes(b"mine")
    with pytest.raises(OutputRefused):
        write_folder(path, NEW, force=True)
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize("call", [1, 2, 3])
@pytest.mark.parametrize("exists", [True, False])
def test_failed_folder_leaves_things_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int, exists: bool
) -> None:
    """Whichever write fails (first file, second file, folder), the old folder is intact or there is none."""
    folder = tmp_path / "piano"
    if exists:
        write_folder(folder, OLD)
    fail_at(monkeypatch, os, "fsync", call)
    with pytest.raises(OutputError):
        write_folder(folder, NEW, force=True)
    assert [path.name for path in tmp_path.iterdir()] == (["piano"] if exists else [])
    if exists:
        assert contents(folder) == OLD


def test_two_steps_where_folders_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an exchange in one step the folder is replaced all the same."""
    monkeypatch.setattr(files, "_exchange", lambda first, second: False)
    folder = tmp_path / "piano"
    write_folder(folder, OLD)
    write_folder(folder, NEW, force=True)
    assert contents(folder) == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["piano"]


def test_second_step_that_fails_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the new folder cannot take its place, the old one goes back."""
    monkeypatch.setattr(files, "_exchange", lambda first, second: False)
    folder = tmp_path / "piano"
    write_folder(folder, OLD)
    fail_at(monkeypatch, Path, "rename", 2)
    with pytest.raises(OutputError):
        write_folder(folder, NEW, force=True)
    assert contents(folder) == OLD
    assert [path.name for path in tmp_path.iterdir()] == ["piano"]

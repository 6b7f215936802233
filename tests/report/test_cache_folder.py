"""What is kept between runs: where, for whose eyes, and that losing it is no error."""

import os
import stat
from pathlib import Path

import pytest

from nido.report import cache_folder as module
from nido.report.cache_folder import CacheFolder, cache_folder


def test_kept_and_read_again(tmp_path: Path) -> None:
    """What is kept is read again, by its owner only."""
    kept = CacheFolder(tmp_path / "uno" / "due")
    assert kept.read("a.json") is None
    kept.write("a.json", b"{}")
    assert kept.read("a.json") == b"{}"
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "uno" / "due" / "a.json").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_is_no_error(tmp_path: Path) -> None:
    """Where the folder should be there is a file: nothing is kept, nothing fails."""
    (tmp_path / "uno").write_text("")
    kept = CacheFolder(tmp_path / "uno")
    kept.write("a.json", b"{}")
    assert kept.read("a.json") is None


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that nido keeps is that large."""
    monkeypatch.setattr(module, "MAX_BYTES", 3)
    kept = CacheFolder(tmp_path)
    kept.write("a.json", b"1234")
    assert kept.read("a.json") is None


def test_the_stated_folder_wins_when_it_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """XDG_CACHE_HOME is used as the standard says: a relative one is ignored."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "nido"
    monkeypatch.setenv("XDG_CACHE_HOME", "qui")
    assert cache_folder().is_absolute()

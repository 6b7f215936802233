"""What is kept between runs, in the user's cache folder: losing it costs only time."""

import contextlib
import os
from pathlib import Path

from nido.report.files import OutputError, write_file

PROGRAM = "nido"
FOLDER_MODE = 0o700
# Nothing that nido keeps is larger.
MAX_BYTES = 64 * 1024 * 1024


def cache_folder() -> Path:
    """Give the user's cache folder for nido; it need not exist."""
    stated = os.environ.get("XDG_CACHE_HOME", "")
    if stated and Path(stated).is_absolute():
        return Path(stated) / PROGRAM
    local = os.environ.get("LOCALAPPDATA", "")
    if os.name == "nt" and local:
        return Path(local) / PROGRAM
    return Path.home() / ".cache" / PROGRAM


class CacheFolder:
    """Files by name in one folder, readable by their owner only.

    Parameters
    ----------
    folder
        The folder; made when something is first kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, name: str) -> bytes | None:
        """Give the content of a file; None when it is not there, cannot be read or is too large."""
        try:
            with (self._folder / name).open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
        except OSError:
            return None
        return content if len(content) <= MAX_BYTES else None

    def write(self, name: str, content: bytes) -> None:
        """Keep a file; a folder that cannot be written keeps nothing."""
        with contextlib.suppress(OSError, OutputError):
            self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            write_file(self._folder / name, content)

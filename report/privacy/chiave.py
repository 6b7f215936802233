"""The key of the pseudonyms: 32 random bytes in a file of its own, that nobody else reads."""

import os
import secrets
import stat
from pathlib import Path

from nido.data.lingua import text
from nido.data.system_errors import reason
from nido.report.files import FILE_MODE, OutputError, OutputRefused
from nido.report.privacy.pseudonimi import KEY_BYTES

OTHERS = 0o077


def check_apart(secret: Path, written: Path) -> None:
    """Refuse a secret in the folder of what is given away, or below it.

    Parameters
    ----------
    secret
        The key, or the table that leads back.
    written
        The file that is given away.

    Raises
    ------
    OutputRefused
        If they stand together.
    """
    folder = Path(os.path.realpath(written)).parent
    if folder in Path(os.path.realpath(secret)).parents:
        raise OutputRefused(
            text(
                "{secret}: non può stare nella cartella di {written}, che si dà via con essa",
                "{secret}: cannot stand in the folder of {written}, and be given away with it",
                secret=secret,
                written=written,
            )
        )


def check_key(path: Path) -> None:
    """Refuse early a key that cannot be read or made.

    Raises
    ------
    OutputRefused
        See `read_key`.
    """
    if path.exists() or path.is_symlink():
        read_key(path)
    elif not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise OutputRefused(
            text(
                "{path}: la cartella non esiste o non è scrivibile",
                "{path}: the folder does not exist or cannot be written",
                path=path,
            )
        )


def read_key(path: Path) -> bytes:
    """Read a key.

    Raises
    ------
    OutputRefused
        If others may read the file, it is not a plain file, or it does not hold 32 bytes.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        message = text(
            "{path}: non si può leggere: {why}", "{path}: cannot be read: {why}", path=path, why=reason(error)
        )
        raise OutputRefused(message) from None
    try:
        # The very file that is read is looked at, not what bears its name a moment later.
        state = os.fstat(handle)
        content = os.read(handle, KEY_BYTES + 1) if stat.S_ISREG(state.st_mode) else b""
    finally:
        os.close(handle)
    if len(content) != KEY_BYTES:
        raise OutputRefused(
            text(
                "{path}: non è una chiave di nido ({size} byte)",
                "{path}: is not a key of nido ({size} bytes)",
                path=path,
                size=KEY_BYTES,
            )
        )
    if os.name != "nt" and state.st_mode & OTHERS:
        raise OutputRefused(
            text(
                "{path}: altri possono leggere la chiave: chmod 600 {path}",
                "{path}: others can read the key: chmod 600 {path}",
                path=path,
            )
        )
    return content


def make_key(path: Path) -> bytes:
    """Make a new key where there is no file yet, readable by its owner only (mode 0600).

    Raises
    ------
    OutputError
        If it cannot be written, or the file is there by now.
    """
    content = secrets.token_bytes(KEY_BYTES)
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags, FILE_MODE), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        message = text(
            "{path}: non scritta ({why})", "{path}: not written ({why})", path=path, why=reason(error)
        )
        raise OutputError(message) from None
    return content

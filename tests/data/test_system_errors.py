"""What the system refuses, in words of the reader's language."""

import errno
import os

import pytest

from nido.data.system_errors import reason


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG],
)
def test_the_words_of_the_system_are_never_shown(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens most is said in Italian, and otherwise in English."""
    error = OSError(number, os.strerror(number))
    italian = reason(error)
    monkeypatch.setenv("NIDO_LANG", "en")
    assert os.strerror(number) not in italian
    assert italian != reason(error)


def test_an_error_without_words_keeps_its_number() -> None:
    """What has no words here can still be looked up."""
    assert reason(OSError(errno.ENOTTY, "Inappropriate ioctl")) == f"errore di sistema {errno.ENOTTY}"
    assert reason(OSError("odd")) == "errore di sistema 0"

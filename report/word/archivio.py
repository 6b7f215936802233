"""Zip archives of office documents: written so that equal contents give equal bytes."""

import io
import zipfile

# The earliest moment that a zip can state.
NO_MOMENT = (1980, 1, 1, 0, 0, 0)
FILE_ATTRIBUTES = 0o600 << 16


def same_bytes(document: bytes) -> bytes:
    """Write an archive again without moments nor the traits of a machine.

    Parameters
    ----------
    document
        A zip archive.

    Returns
    -------
    bytes
        The same members in the same order.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, NO_MOMENT)
            member.compress_type, member.external_attr, member.create_system = (
                zipfile.ZIP_DEFLATED,
                FILE_ATTRIBUTES,
                3,
            )
            new.writestr(member, old.read(name))
    return buffer.getvalue()

"""What was decided about a company's sheet, kept for the next time: names of columns and shifts, no data."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari.demand_csv import COLUMNS
from nido.scenari.workbook.headed import plain

FORMAT = "nido-importa/1"
MAX_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Profile:
    """What was decided.

    Attributes
    ----------
    azienda
        The company.
    intestazioni
        Digest of all names of columns, so that those that are not used are not kept.
    colonne
        Field by name of column, only of the columns that are used.
    turni
        Rotazione by name of shift.
    """

    azienda: str
    intestazioni: str = ""
    colonne: Mapping[str, str] = field(default_factory=dict)
    turni: Mapping[str, str] = field(default_factory=dict)


def digest(names: Iterable[str]) -> str:
    """Give the digest of the names of the columns of a sheet, in any order."""
    return hashlib.sha256("\n".join(sorted(plain(name) for name in names)).encode()).hexdigest()


def profile_bytes(profile: Profile) -> bytes:
    """Write a profile."""
    content = {
        "formato": FORMAT,
        "azienda": profile.azienda,
        "intestazioni": profile.intestazioni,
        "colonne": dict(sorted(profile.colonne.items())),
        "turni": dict(sorted(profile.turni.items())),
    }
    return f"{json.dumps(content, ensure_ascii=False, indent=1)}\n".encode()


def read_profile(file: str, content: bytes, azienda: str) -> Profile:
    """Read a profile.

    Raises
    ------
    InputError
        If it is none, or belongs to another company.
    """
    try:
        found: Any = json.loads(content[:MAX_BYTES])
        profile = Profile(
            found["azienda"], found["intestazioni"], _texts(found["colonne"]), _texts(found["turni"])
        )
        sound = found["formato"] == FORMAT and set(profile.colonne.values()) <= set(COLUMNS)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        sound = False
    if not sound:
        message = text("non è un profilo di nido importa", "not a profile of nido importa")
        raise InputError([Problem(file, 0, 0, "", message, _remove())])
    if profile.azienda != azienda:
        message = text("il profilo è di un'altra azienda", "the profile is of another company")
        raise InputError([Problem(file, 0, 0, "", message, _remove())])
    return profile


def _texts(found: Any) -> dict[str, str]:
    if not all(isinstance(key, str) and isinstance(value, str) for key, value in found.items()):
        raise TypeError
    return dict(found)


def _remove() -> str:
    return text(
        "cancellalo, o scegli un altro nome con --profilo", "delete it, or choose another with --profilo"
    )

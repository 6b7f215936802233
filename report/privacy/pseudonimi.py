"""A scenario with pseudonyms in the place of the children's ids, for whoever computes and need not know them.

The result is still personal data (GDPR art. 4(5)): the ids can be told again with the key or the table, and a
family by its shifts and birth dates without either.
"""

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeVar, get_args

from pydantic import BaseModel

from nido.accordi.inps import TABLES
from nido.data import voci
from nido.data.lingua import text
from nido.scenari.base import Frozen
from nido.scenari.domanda import Bambino
from nido.scenari.field_text import BAMBINO_ID_PATTERN
from nido.scenari.fields import Unechoed
from nido.scenari.load import canonical_json
from nido.scenari.schema import Scenario

KEY_BYTES = 32
PURPOSE = b"nido-bambino/1:"
LETTER = "P"
GROUP = 5
# Three groups of five digits: among 20,000 children two meet once in five million files, and then get more.
GROUPS = (3, 4, 6, 12)
ID = re.compile(rf"(?<![A-Za-z0-9_-]){BAMBINO_ID_PATTERN}(?![A-Za-z0-9_])")
TABLE_HEADER = "bambino;pseudonimo"

Part = TypeVar("Part", bound=Frozen)


@dataclass(frozen=True, slots=True)
class Pseudonymous:
    """A scenario without its ids.

    Attributes
    ----------
    content
        The scenario in canonical form.
    table
        Pseudonym by id: the only thing besides the key that leads back.
    removed
        What was taken out, in sentences.
    left
        What cannot be taken out, in sentences.
    """

    content: bytes
    table: Mapping[str, str]
    removed: tuple[str, ...]
    left: tuple[str, ...]


def pseudonyms(ids: Iterable[str], key: bytes) -> dict[str, str]:
    """Give every id its pseudonym: always the same with the same key, not to be found without it.

    Parameters
    ----------
    ids
        Ids of children, each once.
    key
        Secret of 32 bytes.

    Returns
    -------
    dict
        Pseudonyms such as ``P01234-56789-01234``, all different and none of them an id of the list.

    Notes
    -----
    HMAC-SHA256: without the key, trying every possible id leads nowhere, as it would with a plain hash.
    """
    originals = list(ids)
    for groups in GROUPS:
        found = {one: _pseudonym(one, key, groups) for one in originals}
        if len({*found.values(), *originals}) == 2 * len(originals):
            return found
    raise ArithmeticError("two ids have the same HMAC-SHA256")


def _pseudonym(original: str, key: bytes, groups: int) -> str:
    digest = hmac.new(key, PURPOSE + original.encode(), sha256).digest()
    digits = f"{int.from_bytes(digest, 'big'):078d}"[-groups * GROUP :]
    return LETTER + "-".join(digits[start : start + GROUP] for start in range(0, len(digits), GROUP))


def pseudonymise(scenario: Scenario, key: bytes, *, homes: bool = False) -> Pseudonymous:
    """Put pseudonyms in the place of the ids, and take out what the computation does not need.

    Children stand in the order of their pseudonyms. Homes become the point of their municipality, measured
    ways of single children go with them, ICEF goes, an ISEE becomes the limit of its class (the bonus stays
    the same to the cent), the words beside absences go.

    Parameters
    ----------
    scenario
        A resolved scenario.
    key
        Secret of 32 bytes.
    homes
        Whether the positions of homes, and measured ways of single children, stay.

    Returns
    -------
    Pseudonymous
        The scenario, the table, and what a reader must be told.
    """
    names = pseudonyms(child_ids(scenario), key)
    kept = [way for way in scenario.viaggio.matrice if homes or not {way.da, way.a} & names.keys()]
    less = _with(
        scenario,
        bambini=tuple(_child(child, homes) for child in scenario.bambini),
        viaggio=_with(scenario.viaggio, matrice=tuple(kept)),
    )
    written = _renamed(less.model_dump(mode="json"), names)
    # The order of a list may be that of the names behind it.
    written["bambini"].sort(key=lambda child: child["id"])
    written["viaggio"]["matrice"].sort(key=lambda way: (way["da"], way["a"]))
    content = canonical_json(Scenario.model_validate(written))
    return Pseudonymous(content, names, _removed(homes), _left(scenario, homes))


def child_ids(scenario: Scenario) -> tuple[str, ...]:
    """Give every id of a child that a scenario names, also of those who are not there yet."""
    return tuple(dict.fromkeys(_ids_in(scenario)))


def _ids_in(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            inside = getattr(value, name)
            yield from _texts(inside) if _names_a_child(info.annotation, info.metadata) else _ids_in(inside)
    elif isinstance(value, tuple):
        for part in value:
            yield from _ids_in(part)
    elif isinstance(value, Mapping):
        yield from _ids_in(tuple(value.values()))


def _names_a_child(annotation: object, marks: Iterable[object] = ()) -> bool:
    """Tell whether a field holds ids of children: alone, in a list, or none."""
    marks = (*marks, *getattr(annotation, "__metadata__", ()))
    return any(isinstance(mark, Unechoed) for mark in marks) or any(map(_names_a_child, get_args(annotation)))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """Put pseudonyms in the place of ids wherever they stand, in the middle of a sentence too."""
    if isinstance(value, dict):
        return {key: _renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names) for part in value]
    if not isinstance(value, str):
        return value

    def renamed(found: re.Match[str]) -> str:
        plain = found[0] if found[0] in names else found[0].rstrip("-")
        return names.get(plain, plain) + found[0][len(plain) :]

    return ID.sub(renamed, value)


def _child(child: Bambino, homes: bool) -> Bambino:
    return _with(
        child,
        casa=child.casa if homes else None,
        icef=None,
        isee=isee_class(child.isee),
        assenze=tuple(_with(period, motivo="") for period in child.assenze),
    )


def _with(part: Part, **values: object) -> Part:
    return part.model_copy(update=values)


def isee_class(isee: Decimal | None) -> Decimal | None:
    """Give the highest ISEE for which INPS pays the same as for this one, whatever the day and the birth.

    Returns
    -------
    Decimal or None
        A limit of the tables; None above the last one, where the bonus is that of no ISEE at all.
    """
    if isee is None:
        return None
    keys = {f"{table}.isee_massimo_{step}" for table, steps in TABLES.values() for step in steps}
    limits = sorted(row.numero for row in voci("inps") if row.chiave in keys)
    return next((limit for limit in limits if isee <= limit), None)


def _removed(homes: bool) -> tuple[str, ...]:
    found = [
        text("sigle dei bambini: pseudonimi", "ids of the children: pseudonyms"),
        text("ICEF: tolto", "ICEF: taken out"),
        text(
            "ISEE: il limite della sua classe (il bonus INPS resta uguale)",
            "ISEE: the limit of its class (the INPS bonus stays the same)",
        ),
        text("parole accanto alle assenze: tolte", "words beside absences: taken out"),
    ]
    if not homes:
        found.append(
            text(
                "case e tragitti misurati dei singoli bambini: tolti, resta il comune (i tempi di viaggio, "
                "e quindi il piano, possono cambiare)",
                "homes and measured ways of single children: taken out, the municipality stays (travel "
                "times, and so the plan, may change)",
            )
        )
    return tuple(found)


def _left(scenario: Scenario, homes: bool) -> tuple[str, ...]:
    found = [
        text(
            "nascite, comuni, turni, luoghi di lavoro, assenze, fratelli: servono al calcolo, e chi li "
            "conosce riconosce la famiglia",
            "births, municipalities, shifts, places of work, absences, siblings: the computation needs "
            "them, and whoever knows them knows the family",
        ),
        text(
            "testi liberi dello scenario (nome, note, ipotesi), a parte le sigle: rileggili",
            "free texts of the scenario (name, notes, assumptions), ids apart: read them again",
        ),
    ]
    if homes and any(child.casa is not None for child in scenario.bambini):
        found.insert(0, text("posizione delle case: chiesta con --con-case", "homes: asked for (--con-case)"))
    return tuple(found)


def table_bytes(table: Mapping[str, str]) -> bytes:
    """Write the table that leads back, as CSV, in the order of the pseudonyms."""
    rows = sorted(table.items(), key=lambda pair: pair[1])
    lines = [TABLE_HEADER, *(f"{original};{pseudonym}" for original, pseudonym in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode()

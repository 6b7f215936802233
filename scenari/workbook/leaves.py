"""What a single cell may hold, from the type of a field of the schema."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, PlainValidator
from pydantic.fields import FieldInfo

from nido.scenari.fields import Month, Share


class Kind(Enum):
    """How one value is written in a cell."""

    TEXT = "testo"
    # Kept to the last space, as a title is.
    FREE = "testo libero"
    WHOLE = "intero"
    DECIMAL = "decimale"
    # A decimal whose digits are kept as they were written: 1.0 stays 1.0.
    WRITTEN = "decimale scritto"
    NUMBER = "numero"
    YES_NO = "sì o no"
    DATE = "data"
    MONTH = "mese"


class Shape(Enum):
    """How many values stand in a cell."""

    SINGLE = "uno"
    LIST = "elenco"
    NAMED = "per nome"


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the cells of a column hold.

    Attributes
    ----------
    kind, shape
        How one value is written, and how many there are.
    choices
        The values of a closed list; empty when it is open.
    share
        Whether it is a part from 0 to 1, for which 40 % is 0.4.
    said
        Whether nothing at all has to be said by a word, since an empty cell stands for a default.
    """

    kind: Kind
    shape: Shape = Shape.SINGLE
    choices: tuple[str, ...] = ()
    share: bool = False
    said: bool = False


_PLAIN = {
    bool: Kind.YES_NO,
    int: Kind.WHOLE,
    float: Kind.NUMBER,
    Decimal: Kind.WRITTEN,
    str: Kind.FREE,
    date: Kind.DATE,
}


def field_leaf(info: FieldInfo) -> Leaf | None:
    """Tell what the cells of a field hold; None when it holds groups of fields."""
    leaf = _leaf(info.annotation, list(info.metadata))
    if leaf is None or info.is_required():
        return leaf
    default = info.get_default(call_default_factory=True)
    # A field that takes no nothing has no word for it.
    empties = leaf.shape is not Shape.SINGLE or type(None) in get_args(info.annotation)
    return replace(leaf, said=empties and default not in (None, (), {}, ""))


def _leaf(annotation: Any, marks: list[Any]) -> Leaf | None:
    annotation, marks = unwrapped(annotation, marks)
    if any(isinstance(mark, PlainValidator) for mark in marks):
        month = get_args(Month)[1] in marks
        return Leaf(Kind.MONTH if month else _read_by_itself(annotation), share=get_args(Share)[1] in marks)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is tuple:
        return _repeated(_leaf(arguments[0], []), Shape.LIST)
    if origin is dict:
        return _repeated(_leaf(arguments[1], []), Shape.NAMED)
    if origin is Literal:
        kind = Kind.WHOLE if isinstance(arguments[0], int) else Kind.TEXT
        return Leaf(kind, choices=tuple(str(value) for value in arguments))
    if origin in (Union, UnionType):
        members = [_leaf(member, []) for member in arguments if member is not type(None)]
        return None if None in members else Leaf(Kind.TEXT)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None
    share = any(getattr(mark, "le", None) == 1 for mark in marks) and annotation is Decimal
    return Leaf(_PLAIN.get(annotation, Kind.TEXT), share=share)


def unwrapped(annotation: Any, marks: list[Any]) -> tuple[Any, list[Any]]:
    """Take a type out of its annotations and of an optional one."""
    while True:
        members = [member for member in get_args(annotation) if member is not type(None)]
        if get_origin(annotation) is Annotated:
            annotation, marks = members[0], [*marks, *get_args(annotation)[1:]]
        elif get_origin(annotation) in (Union, UnionType) and len(members) == 1:
            annotation = members[0]
        else:
            return annotation, marks


def _read_by_itself(annotation: Any) -> Kind:
    return {Decimal: Kind.DECIMAL, date: Kind.DATE}.get(annotation, Kind.TEXT)


def _repeated(leaf: Leaf | None, shape: Shape) -> Leaf | None:
    if leaf is None or leaf.shape is not Shape.SINGLE:
        return None
    return replace(leaf, shape=shape)

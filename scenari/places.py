"""What the schema says about a place of a document: its type, its keys, whether it may be shown.

Walks the annotations of pydantic models beside the ``loc`` of an error or the tree of a document.
"""

import re
import types
from collections.abc import Iterator
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Discriminator, PlainValidator, Tag
from pydantic.fields import FieldInfo

from nido.scenari.field_text import BAMBINO_ID_PATTERN
from nido.scenari.fields import Personal, Unechoed
from nido.scenari.yaml_tree import Mapping, Node, Place, Scalar, Sequence

_GROUPS = (list, tuple, set, frozenset, dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place as the schema sees it.

    Attributes
    ----------
    members
        Types allowed here, None left out; empty when the schema knows nothing of the place.
    discriminator
        Key that chooses among several members.
    labelled
        Whether pydantic names the member in the ``loc`` of an error.
    leaf
        Whether the type reads its own text, whatever it is made of.
    reserved, unechoed
        Never shown: the field is reserved; a refused value may be a name.
    personal
        About a person: a text is shown only when it is close to a known one.
    limits
        Least and greatest number allowed, by the name of the constraint: ``ge``, ``gt``, ``le``, ``lt``.
    """

    members: tuple[Any, ...] = ()
    discriminator: str | None = None
    labelled: bool = False
    leaf: bool = False
    reserved: bool = False
    unechoed: bool = False
    personal: bool = False
    limits: Mapped[str, str] = field(default_factory=dict)

    @property
    def secret(self) -> bool:
        """Whether a refused value of this place is never shown."""
        return self.reserved or self.unechoed or not self.members

    @property
    def single(self) -> bool:
        """Whether only single values belong here, neither groups of keys nor lists."""
        return self.leaf or not any(
            _is_model(member) or _origin(member) in _GROUPS for member in self.members
        )

    def known_keys(self) -> tuple[str, ...]:
        """Give the keys that the models of this place allow."""
        return tuple(dict.fromkeys(key for member in self.members for key in _fields(member)))

    def choices(self) -> tuple[str, ...]:
        """Give the values of a closed list, as they are written."""
        values = [
            value for member in self.members if _origin(member) is Literal for value in get_args(member)
        ]
        return tuple(str(value) for value in values)

    def named(self, label: str | int) -> "Spot":
        """Choose the member that pydantic calls `label`."""
        chosen = [member for member in self.members if label in _labels(member, self.discriminator)]
        if not chosen:
            return replace(self, labelled=False)
        return replace(_spot(chosen[0], (), self.reserved), personal=self.personal)

    def of(self, node: Node) -> "Spot":
        """Choose the member that a node of the document asks for."""
        if not isinstance(node, Mapping):
            return self
        entry = node.entries.get(self.discriminator or "")
        value = entry[1].value if entry and isinstance(entry[1], Scalar) else None
        return self.tagged({self.discriminator: value})

    def tagged(self, data: object) -> "Spot":
        """Choose the member that the content of a place asks for."""
        if not self.labelled or not isinstance(data, dict):
            return self
        tag = data.get(self.discriminator)
        return self.named(tag) if isinstance(tag, str) else self._unknown()

    def enter(self, step: str | int) -> "Spot":
        """Go to a key or to a list item."""
        if self.leaf:
            return self
        for member in self.members:
            inner = _inside(member, step, self.reserved)
            if inner is not None:
                return replace(inner, personal=self.personal or inner.personal)
        return self._unknown()

    def key_spot(self) -> "Spot":
        """Give the type of the keys, where any key is allowed."""
        for member in self.members:
            if _origin(member) is dict and get_args(member):
                return replace(_spot(get_args(member)[0], (), self.reserved), personal=self.personal)
        return self._unknown()

    def _unknown(self) -> "Spot":
        return Spot(reserved=self.reserved, personal=self.personal)


def root_spot(model: type[BaseModel]) -> Spot:
    """Give the place of the whole document."""
    return Spot((model,))


@dataclass(frozen=True, slots=True)
class Located:
    """The place of an error: path in the document, schema there and around it."""

    path: Place
    spot: Spot
    parent: Spot
    at_key: bool
    in_union: bool


def follow(model: type[BaseModel], loc: tuple[str | int, ...]) -> Located:
    """Turn the ``loc`` of a pydantic error into a place; names of union members are left out.

    Parameters
    ----------
    model
        Model of the whole document.
    loc
        The location that pydantic gives.

    Returns
    -------
    Located
        The place.
    """
    spot = parent = root_spot(model)
    path: list[str | int] = []
    in_union = False
    for step in loc:
        if spot.labelled:
            in_union = spot.discriminator is None
            spot = spot.named(step)
        elif step == "[key]":
            return Located(tuple(path), parent.key_spot(), parent, True, False)
        else:
            parent, spot, in_union = spot, spot.enter(step), False
            path.append(step)
    return Located(tuple(path), spot, parent, False, in_union)


def shown_scalars(root: Node, model: type[BaseModel]) -> Iterator[tuple[Scalar, bool, bool]]:
    """Tell of every key and value of a document whether it may be shown, and whether it is about a person.

    A value is shown only where the schema expects one that is not reserved, so that a reserved value under a
    mistyped key stays hidden too.
    """
    pending: list[tuple[Node, Spot]] = [(root, root_spot(model))]
    while pending:
        node, spot = pending.pop()
        if isinstance(node, Scalar):
            yield node, may_show_value(node.value, spot), spot.personal
            continue
        spot = spot.of(node)
        if isinstance(node, Sequence):
            pending.extend((item, spot.enter(number)) for number, item in enumerate(node.items))
            continue
        for name, (key, value) in node.entries.items():
            yield key, may_show_key(name, spot), False
            pending.append((value, spot.enter(name)))


def may_show_value(value: object, spot: Spot) -> bool:
    """Tell whether a single value may be shown at a place."""
    if spot.unechoed and not spot.reserved:
        return isinstance(value, str) and re.fullmatch(BAMBINO_ID_PATTERN, value) is not None
    return spot.single and not spot.secret


def may_show_key(name: str, spot: Spot) -> bool:
    """Tell whether a key may be shown: one of the schema, or one that does not look like a name."""
    if name in spot.known_keys():
        return True
    key_spot = spot.key_spot()
    if key_spot.members:
        return may_show_value(name, key_spot)
    return re.fullmatch(r"[a-z][a-z0-9_]*", name) is not None


def _spot(annotation: Any, metadata: tuple[Any, ...], reserved: bool, discriminator: Any = None) -> Spot:
    """Unwrap annotated types and optional ones."""
    unechoed = leaf = personal = False
    marks: list[Any] = []
    while True:
        marks += metadata
        for mark in metadata:
            unechoed = unechoed or isinstance(mark, Unechoed)
            leaf = leaf or isinstance(mark, PlainValidator)
            personal = personal or isinstance(mark, Personal)
            if isinstance(mark, FieldInfo | Discriminator):
                discriminator = mark.discriminator or discriminator
            reserved = reserved or (isinstance(mark, FieldInfo) and _is_reserved(mark))
        members = _members(annotation)
        if len(members) != 1:
            break
        if get_origin(members[0]) is not Annotated:
            break
        annotation, *rest = get_args(members[0])
        metadata = tuple(rest)
    inner = [mark for member in members if len(members) > 1 for mark in get_args(member)[1:]]
    unechoed = unechoed or any(isinstance(mark, Unechoed) for mark in inner)
    name = discriminator if isinstance(discriminator, str) else None
    labelled = len(members) > 1 and not leaf
    return Spot(members, name, labelled, leaf, reserved, unechoed, personal, _limits(marks))


def _limits(marks: list[Any]) -> dict[str, str]:
    """Read the least and the greatest number that the constraints of a field allow."""
    every = [inner for mark in marks for inner in (mark.metadata if isinstance(mark, FieldInfo) else [mark])]
    return {
        kind: str(getattr(mark, kind))
        for kind in ("ge", "gt", "le", "lt")
        for mark in every
        if getattr(mark, kind, None) is not None
    }


def _members(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) in (Union, types.UnionType):
        return tuple(member for member in get_args(annotation) if member is not type(None))
    return (annotation,)


def _inside(member: Any, step: str | int, reserved: bool) -> Spot | None:
    if get_origin(member) is Annotated:
        member = get_args(member)[0]
    fields = _fields(member)
    if isinstance(step, str) and step in fields:
        info = fields[step]
        return _spot(
            info.annotation, tuple(info.metadata), reserved or _is_reserved(info), info.discriminator
        )
    arguments = get_args(member)
    if _origin(member) is dict and isinstance(step, str) and arguments:
        return _spot(arguments[1], (), reserved)
    if _origin(member) in _GROUPS and isinstance(step, int) and arguments:
        fixed = _origin(member) is tuple and arguments[-1] is not Ellipsis
        return _spot(arguments[min(step, len(arguments) - 1) if fixed else 0], (), reserved)
    return None


def _origin(member: Any) -> Any:
    if get_origin(member) is Annotated:
        member = get_args(member)[0]
    return get_origin(member) or member


def _is_model(member: Any) -> bool:
    origin = _origin(member)
    return isinstance(origin, type) and issubclass(origin, BaseModel)


def _fields(member: Any) -> dict[str, FieldInfo]:
    if not _is_model(member):
        return {}
    return _model_fields(_origin(member))


@lru_cache(maxsize=1024)
def _model_fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {_written_name(name, info): info for name, info in model.model_fields.items()}


def _written_name(name: str, info: FieldInfo) -> str:
    return info.validation_alias if isinstance(info.validation_alias, str) else info.alias or name


def _is_reserved(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and bool(info.json_schema_extra.get("riservato"))


def _labels(member: Any, discriminator: str | None) -> set[Any]:
    """Give the names by which pydantic calls a union member: its tags, or the name of its class."""
    metadata = get_args(member)[1:] if get_origin(member) is Annotated else ()
    tags: set[Any] = {mark.tag for mark in metadata if isinstance(mark, Tag)}
    info = _fields(member).get(discriminator or "")
    if info is not None and get_origin(info.annotation) is Literal:
        tags.update(get_args(info.annotation))
    return tags or {getattr(_origin(member), "__name__", "")}

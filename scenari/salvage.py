"""Build from a wrong document what can be made of it, each refused value being `UNREAD`."""

import re
from collections.abc import Collection
from functools import lru_cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from nido.scenari.field_text import IDENTIFIER_PATTERN
from nido.scenari.unread import UNREAD, Unread
from nido.scenari.yaml_tree import Place


def salvage(model: type[BaseModel], data: Any, refused: Collection[Place]) -> Any:
    """Build an instance of what a model accepts in a document.

    Parameters
    ----------
    model
        Model of the whole document.
    data
        Content of the document.
    refused
        Places of the values that were refused, missing ones included.

    Returns
    -------
    Any
        The instance. Nothing in it was checked twice: what stands at a refused place is `UNREAD`, and so is a
        list or group whose own form was refused. A list item that only lacks its kind keeps its ``id``.
    """
    touched = {place[:length] for place in refused for length in range(len(place))}
    return _Builder(frozenset(refused), frozenset(touched)).value(model, data, ())


class _Builder:
    def __init__(self, refused: Collection[Place], touched: Collection[Place]) -> None:
        self._refused = refused
        self._touched = touched

    def value(self, annotation: Any, data: Any, path: Place) -> Any:
        """Build the value of a place."""
        if path in self._refused:
            return UNREAD
        if path not in self._touched:
            return _validated(TypeAdapter(annotation), data)
        members = _members(annotation)
        if len(members) > 1:
            return self._chosen(members, data, path)
        (member,) = members
        if isinstance(member, type) and issubclass(member, BaseModel) and isinstance(data, dict):
            return self._model(member, data, path)
        if get_origin(member) is tuple and isinstance(data, list):
            return self._items(get_args(member)[0], data, path)
        if get_origin(member) is dict and isinstance(data, dict):
            item = get_args(member)[1]
            return {key: self.value(item, inner, (*path, key)) for key, inner in data.items()}
        return UNREAD

    def _model(self, model: type[BaseModel], data: dict[str, Any], path: Place) -> Any:
        values: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            place = (*path, name)
            if place in self._refused:
                values[name] = UNREAD
            elif name not in data:
                values[name] = UNREAD if info.is_required() else info.get_default(call_default_factory=True)
            elif place in self._touched:
                values[name] = self.value(info.annotation, data[name], place)
            else:
                values[name] = _validated(_field_adapter(model, name), data[name])
        return model.model_construct(**values)

    def _items(self, annotation: Any, data: list[Any], path: Place) -> tuple[Any, ...]:
        adapter: TypeAdapter[Any] = TypeAdapter(annotation)
        found: list[Any] = []
        for number, item in enumerate(data):
            place = (*path, number)
            whole = place not in self._refused and place not in self._touched
            found.append(_validated(adapter, item) if whole else self.value(annotation, item, place))
        return tuple(found)

    def _chosen(self, members: tuple[Any, ...], data: Any, path: Place) -> Any:
        """Build the member of a union of models that the content names; without a name it keeps its id."""
        if not isinstance(data, dict):
            return UNREAD
        for member in members:
            info = getattr(member, "model_fields", {}).get("tipo")
            if info is not None and data.get("tipo") in get_args(info.annotation):
                return self._model(member, data, path)
        name = data.get("id")
        named = isinstance(name, str) and re.fullmatch(IDENTIFIER_PATTERN, name)
        return Unread({"id": name}) if named else UNREAD


@lru_cache(maxsize=512)
def _field_adapter(model: type[BaseModel], name: str) -> TypeAdapter[Any]:
    info = model.model_fields[name]
    constrained: Any = Annotated[info.annotation, info]
    return TypeAdapter(constrained)


def _validated(adapter: TypeAdapter[Any], data: Any) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError:
        # The refused place was told as one around it.
        return UNREAD


def _members(annotation: Any) -> tuple[Any, ...]:
    """Unwrap annotated types and optional ones."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, UnionType):
        return tuple(member for member in get_args(annotation) if member is not type(None))
    return (annotation,)

"""What pydantic says of a document: its errors, and which values they leave without a meaning."""

from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from nido.scenari import messages
from nido.scenari.places import Located
from nido.scenari.yaml_tree import Place

Model = TypeVar("Model", bound=BaseModel)

# Scalar types that pydantic would convert without a word: 12 for "12", 1 for true, true for 1.
_STRICT_KINDS = frozenset({"int_type", "float_type", "bool_type", "string_type"})


def run(model: type[Model], data: Any) -> tuple[Model | None, list[Any]]:
    """Check a content against a model; a value that would have to be converted is an error too."""
    instance: Model | None = None
    errors: list[Any] = []
    try:
        instance = model.model_validate(data)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    errors = [error for error in errors if not _is_echo(error)]
    seen = {error["loc"] for error in errors}
    try:
        model.model_validate(_with_tuples(data), strict=True)
    except ValidationError as error:
        # Strict decimals and lists ask for Python objects, which no file can hold: only the scalars count.
        strict = error.errors(include_url=False)
        errors += [item for item in strict if item["type"] in _STRICT_KINDS and item["loc"] not in seen]
    return instance, errors


def _is_echo(error: Any) -> bool:
    """Tell whether a list is called too short only because items in it were refused."""
    value = error["input"]
    sized = isinstance(value, list | dict | tuple)
    return error["type"] == "too_short" and sized and len(value) >= error["ctx"]["min_length"]


def _with_tuples(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_with_tuples(item) for item in data)
    if isinstance(data, dict):
        return {key: _with_tuples(value) for key, value in data.items()}
    return data


def refused_places(error: Any, located: Located, data: Any) -> Iterator[Place]:
    """Tell which values an error leaves without a meaning."""
    kind = error["type"]
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        yield (*located.path, located.spot.discriminator or "")
    elif kind == "extra_forbidden":
        # It spoils nothing but itself, and the key that was meant when that is not there under its own name.
        yield located.path
        group = _content(data, located.path[:-1])
        absent = [key for key in located.parent.known_keys() if key not in (group or ())]
        near = messages.closest(str(located.path[-1]), absent)
        if near is not None:
            yield (*located.path[:-1], near)
    else:
        yield located.path[:-1] if located.at_key else located.path


def _content(data: Any, path: Place) -> Any:
    for step in path:
        data = inner(data, step)
    return data


def inner(data: Any, step: str | int) -> Any:
    """Give what stands at a key or at a position; None where there is nothing."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None

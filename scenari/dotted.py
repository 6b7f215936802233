"""Change single values of a scenario from the command line: ``--set gestori[girasole].posti=12``."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.scenari import messages
from nido.scenari.field_text import BAMBINO_ID_PATTERN, IDENTIFIER_PATTERN
from nido.scenari.strict_yaml import parse
from nido.scenari.yaml_tree import OVERRIDE_SOURCE, Document, Place, Scalar, comment_start, scalars

_EXAMPLE = "gestori[girasole].posti=12"

_STEP = re.compile(r"(?P<dot>\.?)(?P<name>[^.\[\]=]+)|\[(?P<id>[^\[\]=]+)\]")
_SHOWN = re.compile(f"{IDENTIFIER_PATTERN}|{BAMBINO_ID_PATTERN}|[0-9]+")


def set_value(document_data: Any, key: str, value_text: str) -> Any:
    """Change one value of a document's content.

    Parameters
    ----------
    document_data
        Content as read by `nido.scenari.strict_yaml.parse`; it is not modified.
    key
        Keys joined by points, list items by their ``id``: ``gestori[girasole].posti`` or
        ``bambini.B001.peso``.
    value_text
        A value as in the file, on one line: ``12``, ``06:30-20:00``, ``[lun, mer]``.

    Returns
    -------
    Any
        The new content. A key that the content lacks is added: whether it may exist is for the model to say.

    Raises
    ------
    InputError
        If the key cannot be read, an ``id`` is unknown, a list position is used, or the value is not a single
        value or a list or group in brackets. The value is not shown.
    """
    return _set(document_data, key, value_text)[0]


def override(document: Document, assignments: Iterable[str]) -> Document:
    """Apply every ``key=value`` of the command line to a document.

    Parameters
    ----------
    document
        The document.
    assignments
        Texts ``key=value``, applied in order.

    Returns
    -------
    Document
        The changed document, which remembers the changed places: their problems are reported for ``--set``.

    Raises
    ------
    InputError
        With the problems of every assignment.
    """
    data, places = document.data, list(document.overridden)
    problems: list[Problem] = []
    for assignment in assignments:
        key, equals, value_text = assignment.partition("=")
        try:
            if not equals:
                raise _error("", text("serve chiave=valore", "key=value is needed"))
            data, place = _set(data, key.strip(), value_text)
            places.append(place)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return replace(document, data=data, overridden=tuple(places))


def _set(data: Any, key: str, value_text: str) -> tuple[Any, Place]:
    where = _shown(key)
    steps, value = key_steps(key, where), read_value(value_text, where)
    containers: list[Any] = []
    place: list[str | int] = []
    node = data
    for step in steps:
        # An empty or absent group is one that the model fills with its defaults.
        node = {} if node is None else node
        position = _position(node, step, where)
        containers.append(node)
        place.append(position)
        node = node.get(position) if isinstance(node, dict) else node[position]
    for container, position in zip(reversed(containers), reversed(place), strict=True):
        copy: Any = dict(container) if isinstance(container, dict) else list(container)
        copy[position] = value
        value = copy
    return value, tuple(place)


def read_value(value_text: str, where: str) -> Any:
    """Read a value typed on the command line by the rules of the file.

    Parameters
    ----------
    value_text
        One line: a single value, or a list or group in brackets.
    where
        Key for messages.

    Raises
    ------
    InputError
        If it is not such a value; it is not shown.
    """
    written = value_text.strip()
    if not written or "\n" in value_text or "\r" in value_text:
        raise _error(where, text("serve un valore, su una riga", "one value is needed, on one line"))
    try:
        document = parse(written.encode("utf-8", "surrogatepass"), OVERRIDE_SOURCE)
    except InputError as error:
        message = "; ".join(dict.fromkeys(problem.message for problem in error.problems))
        raise _error(where, message, _quote_hint()) from None
    spans = [(scalar.column, scalar.end_column) for scalar in scalars(document.root)]
    single = isinstance(document.root, Scalar) and written[0] not in "|>"
    marker = written.startswith(("---", "%"))
    if marker or not (single or written[0] in "[{") or comment_start(written, spans) < len(written):
        message = text(
            "serve un valore singolo, oppure un elenco o un gruppo tra parentesi",
            "a single value is needed, or a list or group in brackets",
        )
        raise _error(where, message, _quote_hint())
    return document.data


def key_steps(key: str, where: str = "") -> list[str]:
    """Read a key step by step: ``gestori[girasole].posti`` is ``gestori``, ``girasole``, ``posti``.

    Parameters
    ----------
    key
        The key.
    where
        Key for messages.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    steps: list[str] = []
    position = 0
    while position < len(key):
        match = _STEP.match(key, position)
        if match is None or (match["name"] is not None and bool(match["dot"]) != bool(steps)):
            break
        steps.append(match["name"] or match["id"])
        position = match.end()
    if not steps or position < len(key):
        message = text("chiave non valida", "not a valid key")
        raise _error(where, message, text("esempio: {example}", "example: {example}", example=_EXAMPLE))
    return steps


def _position(node: Any, step: str, where: str) -> str | int:
    if isinstance(node, dict):
        return step
    if not isinstance(node, list):
        message = text(
            "{step} sta in un valore che non ha chiavi",
            "{step} is in a value that has no keys",
            step=_shown(step),
        )
        raise _error(where, message)
    if step.lstrip("#-").isdecimal():
        message = text(
            "gli elementi di un elenco si indicano con il loro id, non con la posizione",
            "list items are named by their id, not by their position",
        )
        raise _error(where, message, messages.did_you_mean("", _ids(node)))
    found = [number for number, item in enumerate(node) if isinstance(item, dict) and item.get("id") == step]
    if len(found) == 1:
        return found[0]
    if found:
        raise _error(where, text("più elementi hanno questo id", "several items have this id"))
    message = text("nessun elemento ha id {step}", "no item has id {step}", step=_shown(step))
    raise _error(where, message, messages.did_you_mean(step, _ids(node)))


def _ids(items: list[Any]) -> list[str]:
    """Give the ids of list items that may be shown: beside codes of children, what is none may be a name."""
    every = [item["id"] for item in items if isinstance(item, dict) and isinstance(item.get("id"), str)]
    codes = [name for name in every if re.fullmatch(BAMBINO_ID_PATTERN, name)]
    return codes or [name for name in every if re.fullmatch(IDENTIFIER_PATTERN, name)]


def _shown(key: str) -> str:
    """Write a key without the parts that may be a name."""
    return re.sub(r"[^.\[\]]+", lambda part: part[0] if _SHOWN.fullmatch(part[0]) else "…", key)


def _quote_hint() -> str:
    return text(
        "un testo con segni particolari va tra virgolette", "text with special signs goes between quotes"
    )


def _error(where: str, message: str, hint: str = "") -> InputError:
    return InputError([Problem(OVERRIDE_SOURCE, 0, 0, where, message, hint)])

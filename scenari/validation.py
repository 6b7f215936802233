"""From a document to a model: every problem at once, each with its place, in the user's words.

Nothing here shows a reserved value, a refused child's code or a comment of the file: any may name someone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from nido.data.lingua import language, text
from nido.data.problems import InputError, Problem, caret_excerpt
from nido.scenari import messages
from nido.scenari.places import Located, Spot, follow, may_show_key, may_show_value, root_spot, shown_scalars
from nido.scenari.strict_yaml import MAX_BYTES
from nido.scenari.yaml_tree import OVERRIDE_SOURCE, Document, Place, Scalar, comment_start

MASK = "***"
MAX_SHOWN = 40

# Scalar types that pydantic would convert without a word: 12 for "12", 1 for true, true for 1.
_STRICT_KINDS = frozenset({"int_type", "float_type", "bool_type", "string_type"})
_STRUCTURE_KINDS = frozenset({"missing", "extra_forbidden", "union_tag_not_found", "union_tag_invalid"})

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class SemanticEntry:
    """A statement about one place that contradicts another: place, sentence in both languages, suggestion."""

    path: Place
    it: str
    en: str
    hint: str = ""


class SemanticError(ValueError):
    """Raised by a model's validator to name the exact places, relative to that model.

    Parameters
    ----------
    entries
        The contradictions found. Sentences hold no reserved value.
    """

    def __init__(self, entries: Iterable[SemanticEntry]) -> None:
        self.entries = tuple(entries)
        super().__init__(f"{len(self.entries)} semantic problems")


class SemanticProblems:
    """Collects what checks across the whole document find."""

    def __init__(self) -> None:
        self._entries: list[SemanticEntry] = []

    @property
    def entries(self) -> tuple[SemanticEntry, ...]:
        """What was found so far."""
        return tuple(self._entries)

    def add(self, path: Place, it: str, en: str, hint: str = "") -> None:
        """Record a contradiction.

        Parameters
        ----------
        path
            Keys, and list positions or ids of list items: ``("gestori", "girasole", "posti")``.
        it, en
            The sentence in Italian and in English, complete, with no reserved value.
        hint
            Optional suggestion.
        """
        self._entries.append(SemanticEntry(path, it, en, hint))

    def raise_if_any(self) -> None:
        """Raise what was found as one `SemanticError`, for use at the end of a model's validator.

        Raises
        ------
        SemanticError
            If anything was found.
        """
        if self._entries:
            raise SemanticError(self._entries)


def validate(document: Document, model: type[Model]) -> Model:
    """Check a document against a model.

    Parameters
    ----------
    document
        The document, already read.
    model
        Frozen pydantic model; its collections are tuples.

    Returns
    -------
    Model
        The instance.

    Raises
    ------
    InputError
        With every problem, in the order of the file.
    """
    instance, errors = _run(model, document.data)
    if instance is not None and not errors:
        return instance
    raise InputError(_Reporter(document, model).problems(errors)) from None


def check_semantics(
    document: Document, instance: Model, checks: Iterable[Callable[[Model, SemanticProblems], None]]
) -> None:
    """Run checks that need the whole instance and raise all that they find at once.

    Parameters
    ----------
    document
        The document that the instance was read from.
    instance
        The instance.
    checks
        Functions that add to the collector what they find.

    Raises
    ------
    InputError
        If any check found anything.
    """
    found = SemanticProblems()
    for check in checks:
        check(instance, found)
    if found.entries:
        raise InputError(_Reporter(document, type(instance)).semantic((), found.entries))


def _run(model: type[Model], data: Any) -> tuple[Model | None, list[Any]]:
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


class _Reporter:
    """Turns errors into problems of one document."""

    def __init__(self, document: Document, model: type[BaseModel]) -> None:
        self._document = document
        self._model = model
        self._spans: dict[int, list[tuple[int, int, bool]]] = {}
        for scalar, shown in shown_scalars(document.root, model):
            for number in range(scalar.line, scalar.end_line + 1):
                start = scalar.column if number == scalar.line else 0
                end = scalar.end_column if number == scalar.end_line else MAX_BYTES
                self._spans.setdefault(number, []).append((start, end, shown))

    def problems(self, errors: Iterable[Any]) -> list[Problem]:
        """Translate pydantic's errors."""
        found: list[Problem] = []
        in_unions: dict[Place, tuple[Located, list[Any]]] = {}
        for error in errors:
            located = follow(self._model, error["loc"])
            cause = error.get("ctx", {}).get("error")
            if isinstance(cause, SemanticError):
                found.extend(self.semantic(located.path, cause.entries))
            elif located.in_union:
                in_unions.setdefault(located.path, (located, []))[1].append(error)
            else:
                found.append(self._problem(located, [error]))
        found.extend(self._problem(located, group) for located, group in in_unions.values())
        return sorted(found, key=lambda problem: (problem.line, problem.column, problem.where))

    def semantic(self, base: Place, entries: Iterable[SemanticEntry]) -> list[Problem]:
        """Place what validators and checks found, `base` being the place of the model that raised it."""
        found: list[Problem] = []
        for entry in entries:
            path = self._with_positions((*base, *entry.path))
            spot, parent = self._spots(path)
            sentence = entry.en if language() == "en" else entry.it
            place = Located(path, spot, parent, False, False)
            found.append(self._place(place, path, sentence, entry.hint))
        return sorted(found, key=lambda problem: (problem.line, problem.column, problem.where))

    def _problem(self, located: Located, errors: list[Any]) -> Problem:
        kind, context = errors[0]["type"], errors[0].get("ctx", {})
        path, hint = located.path, ""
        if kind == "union_tag_invalid":
            path = (*path, str(context["discriminator"]).strip("'"))
            tags = str(context["expected_tags"]).replace("'", "").split(", ")
            hint = messages.did_you_mean(str(context["tag"]), tags)
        elif kind == "extra_forbidden":
            hint = messages.did_you_mean(str(path[-1]), located.parent.known_keys())
        elif not located.spot.secret:
            hint = self._hint(located, errors)
        choices = located.spot.choices()
        sentences = dict.fromkeys(
            messages.sentence(error["type"], error.get("ctx", {}), choices) for error in errors
        )
        sentence = text("; oppure ", "; or ").join(sentences)
        value = None if kind in _STRUCTURE_KINDS else self._value(located, errors[0]["input"])
        if value is not None:
            sentence = text("«{value}» non va: ", "“{value}” is wrong: ", value=value) + sentence
        return self._place(
            replace(located, at_key=located.at_key or kind == "extra_forbidden"), path, sentence, hint
        )

    def _place(self, located: Located, path: Place, sentence: str, hint: str) -> Problem:
        where = self._name(path)
        if self._document.is_overridden(path):
            return Problem(OVERRIDE_SOURCE, 0, 0, where, sentence, hint)
        line, column = self._document.locate(path, located.at_key)
        hidden = located.spot.reserved or located.spot.unechoed or located.parent.reserved
        excerpt = "" if hidden else self._excerpt(line, column)
        return Problem(self._document.source, line, column, where, sentence, hint, excerpt)

    def _hint(self, located: Located, errors: list[Any]) -> str:
        for error in errors:
            if own := messages.own_hint(error.get("ctx", {})):
                return own
        value = errors[0]["input"]
        choices = located.spot.choices()
        if choices and isinstance(value, str):
            near = messages.closest(value, choices)
            return messages.did_you_mean(value, choices) if near else ""
        shown = self._value(located, value)
        if errors[0]["type"] == "string_type" and shown and isinstance(value, int | float):
            return text('scrivi "{shown}"', 'write "{shown}"', shown=shown)
        if errors[0]["type"] in ("int_type", "float_type") and isinstance(value, str):
            return text("togli le virgolette", "take the quotes away") if value.isdecimal() else ""
        return ""

    def _value(self, located: Located, value: Any) -> str | None:
        """Write a refused value as it stands in the file; None if it may not be shown or is no single one."""
        if (
            located.at_key
            or located.spot.secret
            or not located.spot.single
            or isinstance(value, list | dict | tuple)
        ):
            return None
        overridden = self._document.is_overridden(located.path)
        node = None if overridden else self._document.find(located.path)
        if isinstance(node, Scalar) and node.plain:
            written = node.written
        elif overridden:
            written = str(value)
        else:
            written = f'"{value}"' if isinstance(value, str) else str(value)
        written = " ".join(written.split())
        if not written:
            return text("vuoto", "empty")
        return written if len(written) <= MAX_SHOWN else written[:MAX_SHOWN] + "…"

    def _with_positions(self, path: Place) -> Place:
        """Replace the ids of list items by their positions."""
        data, steps = self._document.data, list(path)
        for depth, step in enumerate(steps):
            if isinstance(data, list) and isinstance(step, str):
                ids = [item.get("id") if isinstance(item, dict) else None for item in data]
                if step not in ids:
                    break
                steps[depth] = ids.index(step)
            data = _inner(data, steps[depth])
        return tuple(steps)

    def _spots(self, path: Place) -> tuple[Spot, Spot]:
        spot = parent = root_spot(self._model)
        data = self._document.data
        for step in path:
            parent = spot.tagged(data)
            spot, data = parent.enter(step), _inner(data, step)
        return spot, parent

    def _name(self, path: Place) -> str:
        """Name a place by keys and ids; what may be a person's name is left out."""
        spot, data, name = root_spot(self._model), self._document.data, ""
        for step in path:
            spot = spot.tagged(data)
            inner = _inner(data, step)
            if isinstance(step, str):
                shown = may_show_key(step, spot) or messages.closest(step, spot.known_keys()) is not None
                name += "." + (step[:MAX_SHOWN] if shown else "…")
            else:
                known = _inner(inner, "id")
                id_spot = spot.enter(step).enter("id")
                shown = isinstance(known, str) and may_show_value(known, id_spot)
                name += f"[{known[:MAX_SHOWN] if shown else f'#{step + 1}'}]"
            spot, data = spot.enter(step), inner
        return name.lstrip(".")

    def _excerpt(self, line: int, column: int) -> str:
        shown: list[str] = []
        for number in range(max(0, line - 2), min(len(self._document.lines), line + 1)):
            masked, caret = self._masked(number, column - 1)
            if number == line - 1:
                column = caret + 1
            shown.append(masked)
        before = "\n" * max(0, line - 2)
        return caret_excerpt(before + "\n".join(shown), line, column)

    def _masked(self, number: int, column: int) -> tuple[str, int]:
        """Rewrite a line without what may not be shown; also tell where a column went."""
        line, spans = self._document.lines[number], sorted(self._spans.get(number, ()))
        end_of_line = comment_start(line, [(start, end) for start, end, _ in spans])
        masked, position, caret = "", 0, 0
        for start, end, shown in [*spans, (end_of_line, end_of_line, True)]:
            if position <= column:
                caret = len(masked) + min(column, start) - position
            masked += line[position:start]
            if start <= column < end:
                caret = len(masked) + (column - start if shown else 0)
            masked += line[start:end] if shown or start == end else MASK
            position = end
        return _window(masked.rstrip(), min(caret, len(masked)))


def _inner(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
        return data[step]
    return None


def _window(line: str, caret: int, width: int = 100) -> tuple[str, int]:
    """Cut a long line around a column."""
    if len(line) <= width:
        return line, caret
    first = max(0, min(caret - width // 2, len(line) - width))
    return ("…" if first else "") + line[first : first + width], caret - first + (1 if first else 0)

"""From a document to a model: every problem at once, each with its place, in the user's words.

Nothing here shows a reserved value, a refused child's code or a comment of the file: any may name someone.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from nido.data.lingua import language, text
from nido.data.problems import InputError, Problem
from nido.scenari import messages
from nido.scenari.excerpts import Excerpts
from nido.scenari.known_words import KnownWords
from nido.scenari.outcome import inner, refused_places, run
from nido.scenari.places import Located, Spot, follow, may_show_key, may_show_value, root_spot
from nido.scenari.salvage import salvage
from nido.scenari.yaml_tree import OVERRIDE_SOURCE, Document, Place, Reading, Scalar

MAX_SHOWN = 40

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
    instance, errors = run(model, document.data)
    if instance is not None and not errors:
        return instance
    raise InputError(_Reporter(document, model).problems(errors)) from None


def examine(
    document: Document, model: type[Model], reading: Reading, unsaid: Collection[str] = ()
) -> tuple[Model, list[Problem]]:
    """Check a document against a model and make of it what can be made.

    Parameters
    ----------
    document
        The document, with the values of the command line in it.
    model
        Frozen pydantic model; its collections are tuples.
    reading
        What was refused when the file was read.
    unsaid
        Kinds of pydantic's errors that are told elsewhere already.

    Returns
    -------
    tuple
        The instance, in which each value that was refused is `nido.scenari.unread.UNREAD`, and every problem
        in the order of the file, those of the reading included.
    """
    instance, errors = run(model, document.data)
    if instance is not None and not errors and not reading.problems and not reading.numbers:
        return instance, []
    found = [(error, follow(model, error["loc"])) for error in errors]
    refused = {place for error, located in found for place in refused_places(error, located, document.data)}
    told = [
        error
        for error, located in found
        if located.path not in reading.spoiled and error["type"] not in unsaid
    ]
    reporter = _Reporter(document, model)
    problems = [*reading.problems, *reporter.problems(told)]
    places = {located.path for _, located in found}
    problems += [reporter.number(place, reading.numbers[place]) for place in reading.numbers.keys() - places]
    refused |= reading.spoiled | reading.doubtful | reading.numbers.keys()
    in_order = sorted(problems, key=lambda problem: (problem.line, problem.column, problem.where))
    return salvage(model, document.data, refused), in_order


def place_entries(
    document: Document, model: type[BaseModel], entries: Sequence[SemanticEntry]
) -> list[Problem]:
    """Bring contradictions to their places in a document, in the order of the file."""
    return _Reporter(document, model).semantic((), entries) if entries else []


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
        raise InputError(place_entries(document, type(instance), found.entries))


class _Reporter:
    """Turns errors into problems of one document."""

    def __init__(self, document: Document, model: type[BaseModel]) -> None:
        self._document = document
        self._model = model
        self._words = KnownWords(document.data)
        self._excerpts = Excerpts(document, model, self._words)

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

    def number(self, path: Place, problem: Problem) -> Problem:
        """Tell of a number that the reading refused and the schema does not, by name and value."""
        spot, parent = self._spots(path)
        located = Located(path, spot, parent, False, False)
        if self._document.is_overridden(path):
            return problem
        return self._place(located, path, self._with_value(located, None, problem.message), problem.hint)

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
            messages.sentence(
                error["type"],
                error.get("ctx", {}),
                choices,
                limits=located.spot.limits,
                comma=self._document.decimal_comma,
            )
            for error in errors
        )
        sentence = text("; oppure ", "; or ").join(sentences)
        if kind not in _STRUCTURE_KINDS:
            sentence = self._with_value(located, errors[0]["input"], sentence)
        return self._place(
            replace(located, at_key=located.at_key or kind == "extra_forbidden"), path, sentence, hint
        )

    def _place(self, located: Located, path: Place, sentence: str, hint: str) -> Problem:
        where = self._name(path)
        if self._document.is_overridden(path):
            return Problem(OVERRIDE_SOURCE, 0, 0, where, sentence, hint)
        line, column = self._document.locate(path, located.at_key)
        hidden = located.spot.reserved or located.spot.unechoed or located.parent.reserved
        excerpt = "" if hidden else self._excerpts.around(line, column)
        cell = self._document.cell(line, column)
        return Problem(self._document.source, line, column, where, sentence, hint, excerpt, cell)

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

    def _with_value(self, located: Located, value: Any, sentence: str) -> str:
        shown = self._value(located, value)
        if shown is None:
            return sentence
        return text("«{value}» non va: ", "“{value}” is wrong: ", value=shown) + sentence

    def _value(self, located: Located, value: Any) -> str | None:
        """Write a refused value as it stands in the file; None if it may not be shown or is no single one."""
        if (
            located.at_key
            or located.spot.secret
            or not located.spot.single
            or isinstance(value, list | dict | tuple)
            or (located.spot.personal and not self._words.may_show(value))
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
            data = inner(data, steps[depth])
        return tuple(steps)

    def _spots(self, path: Place) -> tuple[Spot, Spot]:
        spot = parent = root_spot(self._model)
        data = self._document.data
        for step in path:
            parent = spot.tagged(data)
            spot, data = parent.enter(step), inner(data, step)
        return spot, parent

    def _name(self, path: Place) -> str:
        """Name a place by keys and ids; what may be a person's name is left out."""
        spot, data, name = root_spot(self._model), self._document.data, ""
        for step in path:
            spot = spot.tagged(data)
            content = inner(data, step)
            if isinstance(step, str):
                shown = may_show_key(step, spot) or messages.closest(step, spot.known_keys()) is not None
                name += "." + (step[:MAX_SHOWN] if shown else "…")
            else:
                known = inner(content, "id")
                id_spot = spot.enter(step).enter("id")
                shown = isinstance(known, str) and may_show_value(known, id_spot)
                name += f"[{known[:MAX_SHOWN] if shown else f'#{step + 1}'}]"
            spot, data = spot.enter(step), content
        return name.lstrip(".")

"""Sentences for what pydantic refuses, chosen by the stable type of the error and its context.

The English text of pydantic is never read: it changes between releases.
"""

import difflib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from nido.data.lingua import language, text

MAX_LISTED = 30

_WHOLE = ("serve un numero intero", "a whole number is needed")
_NUMBER = (
    "serve un numero, con il punto decimale e senza virgolette",
    "a number is needed, with a decimal point and no quotes",
)
_TEXT = ("serve un testo: mettilo tra virgolette", "text is needed: put it between quotes")
_BOOLEAN = ("serve true (vero) o false (falso)", "true or false is needed")
_LIST = ("serve un elenco", "a list is needed")
_GROUP = ("serve un gruppo di chiavi", "a group of keys is needed")
_FEW = ("elementi: almeno {min_length}", "items: at least {min_length}")
_MANY = ("elementi: al più {max_length}", "items: at most {max_length}")

SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("manca, ed è obbligatorio", "missing, and it is required"),
    "extra_forbidden": ("chiave sconosciuta", "unknown key"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": ("serve un numero finito", "a finite number is needed"),
    "decimal_max_places": ("al più {decimal_places} decimali", "at most {decimal_places} decimals"),
    "decimal_max_digits": ("al più {max_digits} cifre", "at most {max_digits} digits"),
    "decimal_whole_digits": ("al più {whole_digits} cifre intere", "at most {whole_digits} whole digits"),
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_too_short": ("caratteri: almeno {min_length}", "characters: at least {min_length}"),
    "string_too_long": ("caratteri: al più {max_length}", "characters: at most {max_length}"),
    "string_pattern_mismatch": ("deve avere la forma {pattern}", "must have the form {pattern}"),
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "iterable_type": _LIST,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
    "dataclass_type": _GROUP,
    "too_short": _FEW,
    "too_long": _MANY,
    "greater_than": ("deve essere maggiore di {gt}", "must be greater than {gt}"),
    "greater_than_equal": ("deve essere almeno {ge}", "must be at least {ge}"),
    "less_than": ("deve essere minore di {lt}", "must be less than {lt}"),
    "less_than_equal": ("deve essere al più {le}", "must be at most {le}"),
    "multiple_of": ("deve essere un multiplo di {multiple_of}", "must be a multiple of {multiple_of}"),
    "none_required": ("deve restare vuoto", "must be left empty"),
    "union_tag_not_found": ("manca la chiave {discriminator}", "the key {discriminator} is missing"),
}


# Kinds whose sentence says nothing of the limits, although the value was meant as a number.
_WITHOUT_LIMITS = frozenset({"finite_number"})
_BOUNDS = {
    "ge": ("almeno {bound}", "at least {bound}"),
    "gt": ("maggiore di {bound}", "greater than {bound}"),
    "le": ("al più {bound}", "at most {bound}"),
    "lt": ("minore di {bound}", "less than {bound}"),
}
_IN_SHEETS = (
    ("il punto decimale", "la virgola decimale"),
    ("a decimal point", "a decimal comma"),
    (" e senza virgolette", ""),
    (" and no quotes", ""),
    ("true (vero) o false (falso)", "sì o no"),
    ("true or false is", "sì or no is"),
)


def sentence(
    kind: str,
    context: Mapping[str, Any],
    choices: tuple[str, ...] = (),
    *,
    limits: Mapping[str, str] = MappingProxyType({}),
    comma: bool = False,
) -> str:
    """Say what is allowed where pydantic refused a value.

    Parameters
    ----------
    kind
        The type of pydantic's error.
    context
        Its context: limits and, for nido's own types, the sentence itself in both languages.
    choices
        Values of the closed list that the place allows, if it has one.
    limits
        Least and greatest number of the place, by the name of the constraint: ``ge``, ``gt``, ``le``, ``lt``.
    comma
        Whether the file writes decimals with a comma.

    Returns
    -------
    str
        A sentence in the current language, with no value in it.
    """
    told = _sentence(kind, context, choices)
    if kind in _WITHOUT_LIMITS:
        told += _limits(limits)
    if comma:
        for point, instead in _IN_SHEETS:
            told = told.replace(point, instead)
    return told


def _limits(limits: Mapping[str, str]) -> str:
    if set(limits) == {"ge", "le"}:
        return text(", da {ge} a {le}", ", from {ge} to {le}", **limits)
    parts = [text(*_BOUNDS[kind], bound=bound) for kind, bound in limits.items()]
    return ", " + text(" e ", " and ").join(parts) if parts else ""


def _sentence(kind: str, context: Mapping[str, Any], choices: tuple[str, ...]) -> str:
    if "it" in context and "en" in context:
        return str(context["en"] if language() == "en" else context["it"])
    if kind in ("literal_error", "enum") and choices:
        return text("valori ammessi: {listed}", "values allowed: {listed}", listed=listing(choices))
    if kind == "union_tag_invalid":
        tags = str(context.get("expected_tags", "")).replace("'", "")
        return text("valori ammessi: {listed}", "values allowed: {listed}", listed=tags)
    if kind in SENTENCES:
        try:
            return text(*SENTENCES[kind], **context)
        except KeyError:
            pass
    return text("valore non ammesso ({kind})", "value not allowed ({kind})", kind=kind)


def own_hint(context: Mapping[str, Any]) -> str:
    """Give the suggestion that came with an error of nido's own types."""
    return str(context.get("hint_en" if language() == "en" else "hint_it", ""))


def listing(names: Iterable[str]) -> str:
    """List names, the first ones only when they are many."""
    every = list(names)
    return ", ".join(every[:MAX_LISTED]) + (", …" if len(every) > MAX_LISTED else "")


def closest(name: str, allowed: Iterable[str]) -> str | None:
    """Find the allowed name that a mistyped one most likely stands for.

    Parameters
    ----------
    name
        What was written; capitals and hyphens do not count.
    allowed
        The names to choose from.

    Returns
    -------
    str | None
        The closest name, or None when none is close.
    """
    plain = name[:100].casefold().replace("-", "_").replace(" ", "_")
    by_plain = {candidate.casefold(): candidate for candidate in allowed}
    begun = [candidate for candidate in by_plain if len(plain) > 2 and candidate.startswith(plain)]
    found = difflib.get_close_matches(plain, list(by_plain), n=1, cutoff=0.55) or begun
    return by_plain[found[0]] if found else None


def did_you_mean(name: str, allowed: Iterable[str]) -> str:
    """Suggest a name for a mistyped one; without a close one, list those allowed."""
    every = list(allowed)
    near = closest(name, every)
    if near is not None:
        return text("forse volevi {near}?", "did you mean {near}?", near=near)
    if not every:
        return ""
    return text("ammessi qui: {listed}", "allowed here: {listed}", listed=listing(every))

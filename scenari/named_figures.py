"""Figures that a company or a provider names as assumed: where they stand, how they are written, their unit.

Everything is read from the canonical form, where every key stands with its value; docs/modello.md,
section 15, says how a value is written.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, BeforeValidator, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from nido.scenari.base import Frozen
from nido.scenari.field_text import format_decimal

TEXT_UNIT = "testo"
# Last step of a key -> unit of its figures, as in the tables.
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("posti", "posti_stagione", "posti_banda", "posti_minimi_accordo"), "posti"),
    **dict.fromkeys(("posti_massimi", "capienza"), "posti"),
    **dict.fromkeys(("esistenti", "soglia_attivazione"), "bambini"),
    **dict.fromkeys(("quota", "vuoto_per_pieno"), "rapporto"),
    **dict.fromkeys(("prezzo_mese", "posto_mese", "bambino_mese", "importo_mese"), "EUR/mese"),
    **dict.fromkeys(("costo_fisso", "partecipazione"), "EUR"),
    "budget_annuo": "EUR/anno",
    "ora_bambino": "EUR/ora_bambino",
    "ora_educatrice": "EUR/ora",
    "pasto_giorno": "EUR/pasto",
    "operatrici": "persone",
    "eta_minima_mesi": "mesi",
}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
# Parts of a group that are no figure of it.
_NO_FIGURE = frozenset({"id", "motivo"})


class Ipotizzate(Frozen):
    """Figures that have no source, and why."""

    chiavi: tuple[str, ...] = Field(
        default=(),
        max_length=100,
        description="Chiavi di questa azienda o gestore: posti, prezzi.posto_mese, fasce.agosto.costo_fisso; "
        "fasce.prezzo_mese è quella di ogni fascia.",
    )
    nota: str = Field(default="", max_length=500, description="Che cosa si sa, e da dove.")


def _sentence_too(value: object) -> object:
    """Read a plain sentence as a note that names no key."""
    if not isinstance(value, str):
        return value
    return [{"nota": value}] if value else []


class _OrSentence:
    """Tells the JSON Schema that a plain sentence is accepted."""

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "maxLength": 500}, handler(schema)]}


class NoSuchFigure(LookupError):
    """A key leads nowhere.

    Parameters
    ----------
    step
        The step that is not there.
    known
        The steps that are.
    """

    def __init__(self, step: str, known: tuple[str, ...]) -> None:
        self.step, self.known = step, known
        super().__init__(step)


# What the field of a company or a provider is declared with, beside its type.
OR_SENTENCE = (BeforeValidator(_sentence_too), _OrSentence())


def canonical(owner: BaseModel) -> Mapping[str, Any]:
    """Write a company or a provider in canonical form."""
    written: Mapping[str, Any] = owner.model_dump(mode="json")
    return written


def find(written: Any, key: str) -> Any:
    """Follow a key.

    Parameters
    ----------
    written
        A company or a provider in canonical form.
    key
        Steps joined by dots. In a list whose items have ids a step is one of the ids, or a key of the items:
        it then stands for that key of every item.

    Returns
    -------
    Any
        What stands there; nothing (None or an empty group) where it was left out.

    Raises
    ------
    NoSuchFigure
        If a step is not there.
    """
    for step in key.split("."):
        if written == []:
            return None
        if isinstance(written, list):
            written = _in_list(written, step)
        elif isinstance(written, dict) and step in written:
            written = written[step]
        else:
            raise NoSuchFigure(step, tuple(written) if isinstance(written, dict) else ())
    return written


def _in_list(items: list[Any], step: str) -> Any:
    by_id = {item["id"]: item for item in items if isinstance(item, dict) and "id" in item}
    if step in by_id:
        return by_id[step]
    keys = tuple(dict.fromkeys(key for item in by_id.values() for key in item))
    if step not in keys:
        raise NoSuchFigure(step, (*by_id, *keys))
    return {name: item[step] for name, item in by_id.items()}


def figure_words(value: Any) -> str:
    """Write a value of the canonical form on one line; nothing for what was left out."""
    if value is None or isinstance(value, bool):
        return "" if value is None else ("vero" if value else "falso")
    if isinstance(value, int | float | str):
        written = str(value)
        return format_decimal(Decimal(written)) if _NUMBER.fullmatch(written) else written
    if isinstance(value, list):
        named = all(isinstance(item, dict) and "id" in item for item in value)
        parts = [f"{item['id']} ({figure_words(item)})" if named else figure_words(item) for item in value]
        return "; ".join(parts)
    if {"inizio", "fine"} <= set(value):
        return f"{value['inizio']} - {value['fine']}"
    # In the order of the alphabet: the canonical form keeps no other.
    said = {name: figure_words(inner) for name, inner in sorted(value.items()) if name not in _NO_FIGURE}
    return ", ".join(f"{name} {words}" for name, words in said.items() if words)


def unit_of(key: str) -> str:
    """Give the unit of a figure named by a key, as in the tables; ``testo`` for a group or words."""
    return UNITS.get(key.rpartition(".")[2], TEXT_UNIT)

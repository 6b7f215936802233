"""What a scenario may hold, from the models themselves: JSON Schema for editors, tables for people."""

import types
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from nido.scenari import demand_csv, travel_csv
from nido.scenari.base import NomeComune
from nido.scenari.field_text import format_weekdays
from nido.scenari.fields import BambinoId, Euro, Identifier, IsoDate, Share, ShiftRange, TimeRange, Weekdays
from nido.scenari.schema import Scenario

DRAFT = "http://json-schema.org/draft-07/schema#"

# Where every item of a list goes in the documentation when the field alone does not say it.
_NAMED: tuple[tuple[Any, str], ...] = (
    (Identifier, "nome"),
    (BambinoId, "sigla"),
    (IsoDate, "data"),
    (Weekdays, "giorni"),
    (Euro, "euro"),
    (Share, "parte da 0 a 1"),
    (NomeComune, "comune"),
)
_PLAIN: Mapping[Any, str] = {
    TimeRange: "orario",
    ShiftRange: "orario di turno",
    bool: "vero o falso",
    int: "intero",
    float: "numero",
    Decimal: "numero",
    str: "testo",
}
_INTRODUCTION = """# Lo scenario

Uno scenario è un file YAML, o una cartella di lavoro con le stesse chiavi (`nido new --xlsx`): chi chiede,
chi offre, con quali regole. Questa pagina elenca tutte le chiavi; è generata dallo schema
(`nido.scenari.schema_docs.markdown`), quindi dice sempre ciò che il programma accetta.
`nido schema` scrive lo stesso schema per l'editor.

- Una chiave sconosciuta, ripetuta o scritta male è un errore: il programma lo dice con riga e colonna.
- Gli orari vanno fra virgolette (`"06:30-20:00"`); le date sono `2026-09-01` oppure `01/09/2026`; i giorni
  `lun-ven`, `sab`, `"lun,mer,ven"`, `tutti`.
- I numeri hanno il punto decimale nel YAML e la virgola nei CSV.
- Un **nome** è fatto di minuscole, cifre e trattini bassi (`nido_canale`); una **sigla** di bambino di
  maiuscole, cifre e trattini (`B001`), mai un nome di persona.
- I campi *riservati* non compaiono mai in messaggi, tabelle e risultati.
- I file CSV stanno nella cartella dello scenario: `;` fra le colonne, UTF-8 o Windows-1252. Le righe che
  cominciano con `#` sopra i nomi delle colonne (`# DATI SINTETICI`) sono un'intestazione e non si leggono.
"""


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a scenario, in the draft that YAML editors understand.

    Returns
    -------
    dict
        JSON Schema draft 7, with Italian descriptions.
    """
    schema = Scenario.model_json_schema()
    definitions = schema.pop("$defs")
    plain = {name: _draft7(part, top=True) for name, part in sorted(definitions.items())}
    return {
        "$schema": DRAFT,
        "title": "Scenario di nido",
        **_draft7(schema, top=True),
        "definitions": plain,
    }


def _draft7(part: Any, top: bool = False) -> Any:
    """Rewrite what draft 7 lacks, and take away names and sentences that pydantic makes up."""
    if isinstance(part, list):
        return [_draft7(item) for item in part]
    if not isinstance(part, dict):
        return part
    made_up = {"title", "discriminator"} | ({"description"} if top else set())
    kept = {key: value for key, value in part.items() if key not in made_up}
    written: dict[str, Any] = {}
    for key, value in kept.items():
        if key in ("properties", "definitions"):
            written[key] = {name: _draft7(inner) for name, inner in value.items()}
        elif key == "$ref":
            written[key] = str(value).replace("#/$defs/", "#/definitions/")
        else:
            written[key] = value if key in ("default", "examples", "enum", "const") else _draft7(value)
    if "$ref" in written and len(written) > 1:
        # Draft 7 ignores whatever stands beside a reference.
        written["allOf"] = [{"$ref": written.pop("$ref")}]
    return written


def markdown() -> str:
    """Write the keys of a scenario as tables, one per group of keys.

    Returns
    -------
    str
        Markdown, in Italian.
    """
    parts = [_INTRODUCTION]
    for model in _models():
        parts += [f"## {_heading(model)}\n", "\n".join(_table(model)), ""]
    parts += ["## CSV dei bambini\n", "\n".join(_columns(demand_csv.COLUMNS)), ""]
    parts += ["## CSV dei viaggi\n", "\n".join(_columns(travel_csv.COLUMNS))]
    return "\n".join(parts) + "\n"


def _models() -> list[type[BaseModel]]:
    """Give the models of a scenario, each after the first one that mentions it."""
    found: list[type[BaseModel]] = [Scenario]
    for model in found:
        for info in model.model_fields.values():
            found.extend(inner for inner in _mentioned(info.annotation) if inner not in found)
    return found


def _mentioned(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _mentioned(inner)


def _heading(model: type[BaseModel]) -> str:
    return "Chiavi principali" if model is Scenario else model.__name__


def _table(model: type[BaseModel]) -> Iterator[str]:
    yield "| chiave | che cosa | se manca | significato |"
    yield "|---|---|---|---|"
    for name, info in model.model_fields.items():
        cells = (f"`{name}`", _label(info.annotation, info.metadata), _default(info), _meaning(info))
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _columns(columns: Mapping[str, str]) -> Iterator[str]:
    yield "| colonna | significato |"
    yield "|---|---|"
    for name, meaning in columns.items():
        yield f"| `{name}` | {meaning} |"


def _meaning(info: FieldInfo) -> str:
    reserved = isinstance(info.json_schema_extra, dict) and info.json_schema_extra.get("riservato")
    return (info.description or "") + (" *Riservato.*" if reserved else "")


def _default(info: FieldInfo) -> str:
    if info.is_required():
        return "**obbligatoria**"
    value = info.default
    extra = info.json_schema_extra
    if isinstance(extra, dict) and "tabella" in extra:
        return f"`{value}` (riga `{extra['tabella']}`)"
    if value is None or value is PydanticUndefined or value == () or value == "":
        return "-"
    if isinstance(value, bool):
        return "vero" if value else "falso"
    if isinstance(value, tuple):
        weekdays = _label(info.annotation, info.metadata) == "giorni"
        return f"`{format_weekdays(value) if weekdays else list(value)}`"
    return f"`{value}`"


def _label(annotation: Any, metadata: Iterable[Any] = ()) -> str:
    """Say in a few words what kind of value a key takes."""
    marks = list(metadata)
    if get_origin(annotation) is Annotated:
        annotation, *inner = get_args(annotation)
        marks += inner
    for alias, label in _NAMED:
        if get_args(alias)[-1] in marks or get_args(alias)[1] in marks:
            return label
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return " o ".join(_label(item) for item in arguments if item is not type(None)) + _bounds(marks)
    if origin is tuple:
        return f"elenco di: {_label(arguments[0])}"
    if origin is dict:
        return f"{_label(arguments[0])}: {_label(arguments[1])}"
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _PLAIN.get(annotation, "testo") + _bounds(marks)


def _bounds(marks: Iterable[Any]) -> str:
    """Say the limits of a number; limits on the length of texts and lists are left to the messages."""
    words = {"ge": "da", "gt": "sopra", "le": "a", "lt": "sotto"}
    limits = [
        (word, getattr(mark, key)) for mark in marks for key, word in words.items() if hasattr(mark, key)
    ]
    said = [f"{word} {str(limit).removesuffix('.0')}" for word, limit in limits]
    return " " + " ".join(said) if said else ""

"""Saved results, read back and checked again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Never

from nido.accordi.risultato.documento import Document, Finding, dump
from nido.accordi.risultato.schema_risultato import FORMATO
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.data.system_errors import reason
from nido.matching.checker import check_agreements, check_document
from nido.report.accordi import FORMATO as AGREEMENTS
from nido.report.pipeline import SCENARIO_FILE
from nido.report.state_words import WITHOUT_PLAN
from nido.scenari.load import Loaded, load_canonical, load_scenario
from nido.scenari.masked import is_masked

MAX_BYTES = 200 * 1024 * 1024
MANIFEST = "manifesto"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The result was not made from this scenario."""

    regola: str
    dove: str
    dettaglio: str


def read_result(path: Path) -> Document:
    """Read a saved result.

    Raises
    ------
    InputError
        If it cannot be read, is not one JSON object, repeats a key, holds numbers that JSON does not know, or
        is no result of this format.
    """
    return _of_format(path, read_json(path), FORMATO)


def read_saved(path: Path) -> Document:
    """Read a saved result, or saved agreements (``accordi.json``); see `is_agreements`.

    Raises
    ------
    InputError
        If it cannot be read, or is neither of them.
    """
    document = read_json(path)
    return document if is_agreements(document) else _of_format(path, document, FORMATO)


def is_agreements(document: Document) -> bool:
    """Tell whether a document that was read holds simulated agreements and not a result."""
    return document.get("formato") == AGREEMENTS


def _of_format(path: Path, document: Document, wanted: str) -> Document:
    if document.get("formato") != wanted:
        message = text(
            "non è un risultato di nido: manca formato: {wanted}",
            "not a result of nido: formato: {wanted} is missing",
            wanted=wanted,
        )
        raise _problem(path, message)
    return document


def read_scenario(path: Path, named: Path | None, document: Mapping[str, Any]) -> Loaded:
    """Read the scenario that a result comes from.

    Parameters
    ----------
    path
        The result's file: without another name, the scenario stands beside it.
    named
        The scenario's file, when it was named: canonical JSON as saved beside a result, or the original YAML,
        to which the result's own ``--set`` values are applied; it will not do when one of them is masked.
    document
        The result.

    Raises
    ------
    InputError
        If the scenario cannot be read, or cannot be made again from the original file.
    """
    source = named if named is not None else path.with_name(SCENARIO_FILE)
    if named is None and not source.exists():
        message = text(
            "non c'è, accanto al risultato: indica lo scenario con --scenario",
            "is not there, beside the result: name the scenario with --scenario",
        )
        raise _problem(source, message)
    if source.suffix.lower() == ".json":
        return load_canonical(_read(source), str(source))
    overrides = _overrides(document)
    hidden = [item for item in overrides if is_masked(item)]
    if hidden:
        raise _problem(source, _ask_for_saved(hidden))
    return load_scenario(source, overrides)


def check_saved(document: Document, loaded: Loaded) -> tuple[Finding, ...]:
    """Check a saved result against its scenario.

    Returns
    -------
    tuple
        Everything that does not hold; empty when the result is confirmed.
    """
    foreign = of_another_scenario(document, loaded)
    return (*foreign, *check_document(loaded.scenario, document, loaded.travel_matrix, saved=True))


def of_another_scenario(document: Document, loaded: Loaded) -> tuple[Finding, ...]:
    """Tell that a result comes from another scenario; empty when it does not."""
    manifest = document.get(MANIFEST)
    stated = manifest.get("scenario_sha256") if isinstance(manifest, Mapping) else None
    if stated == loaded.sha256:
        return ()
    detail = text(
        "il risultato viene da un altro scenario: impronta {stated}, qui {found}",
        "the result comes from another scenario: digest {stated}, here {found}",
        stated=str(stated)[:16],
        found=loaded.sha256[:16],
    )
    return (Mismatch(MANIFEST, "scenario_sha256", detail),)


def refuse_without_plan(path: Path, document: Document) -> None:
    """Refuse a result that documents cannot be made from.

    Raises
    ------
    InputError
        If it has no plan, or no agreement.
    """
    if document["stato"] in WITHOUT_PLAN or not document["accordi"]:
        message = text(
            "il risultato non contiene nessun accordo: non ci sono documenti da scrivere",
            "the result holds no agreement: there are no documents to write",
        )
        raise _problem(path, message)


def check_saved_agreements(agreements: Document, result: Document, loaded: Loaded) -> tuple[Finding, ...]:
    """Check saved agreements against the result and the scenario that they come from.

    Returns
    -------
    tuple
        Everything that does not hold, of the result too; empty when both are confirmed.
    """
    found: list[Finding] = list(check_saved(result, loaded))
    manifest = agreements.get(MANIFEST)
    stated = manifest.get("risultato_sha256") if isinstance(manifest, Mapping) else None
    digest = hashlib.sha256(dump(result)).hexdigest()
    if stated != digest:
        detail = text("vengono da un altro risultato", "they come from another result")
        found.append(Mismatch(MANIFEST, "risultato_sha256", detail))
    scenario, matrix = loaded.scenario, loaded.travel_matrix
    return (*found, *check_agreements(scenario, result, agreements, matrix, saved=True))


def _overrides(document: Mapping[str, Any]) -> tuple[str, ...]:
    manifest = document.get(MANIFEST)
    found = manifest.get("sostituzioni") if isinstance(manifest, Mapping) else None
    return tuple(item for item in found if isinstance(item, str)) if isinstance(found, list) else ()


def _ask_for_saved(hidden: list[str]) -> str:
    return text(
        "il risultato nasce da valori riservati cambiati con --set, che non contiene ({keys}): "
        "indica con --scenario lo scenario.json salvato con il risultato",
        "the result comes from reserved values changed with --set, which it does not hold ({keys}): "
        "name with --scenario the scenario.json that was saved with the result",
        keys=", ".join(item.partition("=")[0] for item in hidden),
    )


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = text("non si può leggere: {reason}", "cannot be read: {reason}", reason=reason(error))
        raise _problem(path, message) from None
    if len(content) > MAX_BYTES:
        raise _problem(path, text("è troppo grande", "is too large"))
    return content


def read_json(path: Path) -> Document:
    """Read a file that holds one JSON object.

    Raises
    ------
    InputError
        If it cannot be read, is not one JSON object, repeats a key or holds numbers that JSON does not know.
    """
    content = _read(path)
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        message = text("JSON non leggibile", "unreadable JSON")
        raise InputError([Problem(str(path), error.lineno, error.colno, "", message)]) from None
    except UnicodeDecodeError:
        raise _problem(path, text("non è in UTF-8", "is not in UTF-8")) from None
    except (ValueError, RecursionError):
        message = text(
            "JSON ambiguo: chiavi ripetute, NaN, o troppi livelli",
            "ambiguous JSON: repeated keys, NaN, or too many levels",
        )
        raise _problem(path, message) from None
    if not isinstance(found, dict):
        raise _problem(path, text("non è un oggetto JSON", "is not a JSON object"))
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("repeated key")
    return found


def _refuse(name: str) -> Never:
    raise ValueError(name)


def _problem(path: Path, message: str) -> InputError:
    return InputError([Problem(str(path), 0, 0, "", message)])

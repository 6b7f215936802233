"""What was delivered before: read from a folder of documents or a result, written for the next time."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nido.accordi.risultato.documento import Document, Finding, dump
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.report.dossier.names import DISTRICT, PUBLISHED_FILE
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.cells import LEAST_THRESHOLD
from nido.report.privacy.published import Publication, counts_of, reader
from nido.report.privacy.view import View
from nido.report.saved import (
    Mismatch,
    check_saved,
    read_json,
    read_result,
    read_scenario,
    refuse_without_plan,
)

FORMATO = "nido-pubblicati/1"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Delivery(_Strict):
    scenario_sha256: str
    risultato_sha256: str
    soglia: int = Field(ge=LEAST_THRESHOLD)
    conteggi: dict[str, dict[str, int]]


class _File(_Strict):
    formato: Literal["nido-pubblicati/1"]
    pubblicazioni: list[_Delivery]


def readers(document: Document) -> Sequence[tuple[Audience, str | None]]:
    """Name who gets documents of a result: the district, companies and gestori with an agreement."""
    signed = document["accordi"]
    companies = dict.fromkeys(row["azienda"] for row in signed)
    providers = dict.fromkeys(row["gestore"] for row in signed)
    found: list[tuple[Audience, str | None]] = [("distretto", None)]
    found += [("azienda", one) for one in companies]
    return [*found, *(("gestore", one) for one in providers)]


def publication(document: Document, views: Sequence[View], threshold: int) -> Publication:
    """Write down what the views of a delivery show.

    Parameters
    ----------
    document
        The result.
    views
        Everybody's.
    threshold
        The one that they were made with.
    """
    counts = {reader(view.audience, view.subject): counts_of(view) for view in views}
    return Publication(
        scenario_sha256=document["manifesto"]["scenario_sha256"],
        risultato_sha256=hashlib.sha256(dump(document)).hexdigest(),
        soglia=threshold,
        conteggi={name: shown for name, shown in counts.items() if shown},
    )


def written(deliveries: Sequence[Publication]) -> bytes:
    """Write what was delivered, each delivery once, for `read_folder`."""
    rows: list[Mapping[str, object]] = []
    for one in deliveries:
        row = asdict(one)
        if row not in rows:
            rows.append(row)
    found = {"formato": FORMATO, "pubblicazioni": rows}
    return (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def read_folder(folder: Path, *, needed: bool) -> tuple[Publication, ...]:
    """Read what a folder of documents says was delivered, in it and before it.

    Parameters
    ----------
    folder
        As it was given to ``--out``.
    needed
        Whether it is wrong that it says nothing.

    Raises
    ------
    InputError
        If it says nothing and should, or what it says cannot be read.
    """
    path = folder / DISTRICT / PUBLISHED_FILE
    if not needed and not path.exists():
        return ()
    try:
        found = _File.model_validate(read_json(path))
    except ValidationError:
        message = text(
            "non è un elenco di conteggi pubblicati scritto da nido: indica con --pubblicato il risultato di "
            "allora",
            "not a list of published counts written by nido: name with --pubblicato the result of then",
        )
        raise InputError([Problem(str(path), 0, 0, "", message)]) from None
    return tuple(Publication(**one.model_dump()) for one in found.pubblicazioni)


def read_published(path: Path, threshold: int) -> tuple[tuple[Publication, ...], tuple[Finding, ...]]:
    """Read an earlier delivery: a folder of documents, or the result that they were made from.

    Parameters
    ----------
    path
        The folder, or the result with its scenario beside it.
    threshold
        The one that the documents of a result are taken to have been made with.

    Returns
    -------
    tuple
        What was shown then, and what the checker has against the result.

    Raises
    ------
    InputError
        If either cannot be read.
    """
    if path.is_dir():
        return read_folder(path, needed=True), ()
    document = read_result(path)
    loaded = read_scenario(path, None, document)
    found = check_saved(document, loaded)
    if found:
        return (), tuple(Mismatch(one.regola, f"{path}: {one.dove}", one.dettaglio) for one in found)
    refuse_without_plan(path, document)
    companies = [one for one in readers(document) if one[0] == "azienda"]
    views = [view_for(loaded, document, *one, threshold=threshold) for one in companies]
    return (publication(document, views, threshold),), ()

"""The saved form of a result: keys, order, values, bytes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from nido.accordi.risultato.documento import dump, with_verdict
from nido.accordi.risultato.schema_risultato import result_schema
from nido.matching.solution import Notice
from nido.report.schemas import schema_bytes

ROOT = Path(__file__).resolve().parents[2]

Document = dict[str, Any]


def floats(value: Any, path: str = "") -> Iterator[str]:
    """Give the places of every float."""
    if isinstance(value, float):
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from floats(part, f"{path}.{key}" if isinstance(key, str) else path)


def test_document_follows_its_schema(document: Document) -> None:
    """A result is valid under the published schema, which is itself a valid draft 7 schema."""
    schema = result_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema).validate(document)


def test_keys_stand_in_the_order_of_schema_and_page(document: Document) -> None:
    """The keys of a result, of its schema and of the page that describes it are the same, in one order."""
    page = (ROOT / "docs" / "risultato.md").read_text(encoding="utf-8")
    page, _, _ = page.partition("\n## accordi.json")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    described = [name for row in rows for name in re.findall("`([a-z_]+)`", row)]
    described.insert(described.index("unita_costo_cent") + 1, "arrotondamento_massimo_cent")
    described.insert(described.index("ordine_domanda") + 1, "ordine_sorteggiato")
    assert list(document) == described == list(result_schema()["properties"])


def test_every_row_has_the_keys_of_the_schema(document: Document) -> None:
    """Rows of the tables hold exactly the keys of the schema, in its order."""
    for key, schema in result_schema()["properties"].items():
        wanted = list(schema.get("items", {}).get("properties", {}))
        if wanted:
            assert document[key], key
            assert [list(row) for row in document[key]] == [wanted] * len(document[key])
    ledger = result_schema()["properties"]["registro"]["properties"]
    assert list(document["registro"]["righe"][0]) == list(ledger["righe"]["items"]["properties"])
    assert list(document["registro"]["totali"]) == list(ledger["totali"]["properties"])


def test_money_comes_from_the_ledger(document: Document) -> None:
    """Agreements carry their price-list total, openings their break-even."""
    # alfa: 600 x 2 months + anticipo 60 x 2 = 1320; beta: 600 x 2 = 1200.
    assert [row["costo_annuo_cent"] for row in document["accordi"]] == [132000, 120000]
    # One child pays 60 x 2 = 120 EUR for the fascia; 500 EUR need 5 children (4 give 480).
    assert document["aperture"][0]["bambini_pareggio"] == 5
    # alfa pays half of 1320, beta 40 % of 1200.
    paid = document["registro"]["totali"]["per_pagatore"]
    assert paid == {"azienda:alfa": 66000, "azienda:beta": 48000, "famiglia": 138000}


def test_values_are_in_the_units_of_the_page(document: Document) -> None:
    """Times are HH:MM text, dates ISO text, the warning stands where the demand is synthetic."""
    staff = document["personale"][0]
    assert (staff["inizio"], staff["fine"], staff["data"]) == ("06:00", "07:30", None)
    assert document["registro"]["righe"][0]["data"] == "2026-09-01"
    assert document["avvertenza"] == "DATI SINTETICI"
    assert document["regole_spente"] == ["priorita"]
    assert document["manifesto"]["sostituzioni"] == ["gestori[nido_uno].posti=2"]


def test_bytes_are_canonical(document: Document) -> None:
    """Equal documents give equal bytes: UTF-8, accents as such, one line end, floats only for gaps."""
    content = dump(document)
    assert content == dump(json.loads(content))
    assert content.endswith(b"}\n") and b"\r" not in content
    assert "il limite è 45".encode() in content
    assert set(floats(document)) == {".obiettivi.gap", ".manifesto.parametri.gap"}


def test_numbers_that_json_does_not_know_are_refused(document: Document) -> None:
    """An infinite gap cannot be saved."""
    document["obiettivi"][0]["gap"] = float("inf")
    with pytest.raises(ValueError, match="JSON"):
        dump(document)


def test_verdict_takes_its_place(document: Document) -> None:
    """Violations turn the verdict and leave the order of the keys alone."""
    refused = with_verdict(document, [Notice("capienza", "nido_uno", "3 presenti, posti 2")])
    assert list(refused) == list(document)
    assert refused["verifica"]["esito"] == "rifiutata"
    assert refused["verifica"]["violazioni"][0]["dettaglio"] == "3 presenti, posti 2"
    assert document["verifica"] == {"esito": "confermata", "violazioni": []}


@pytest.mark.parametrize(
    ("key", "value"),
    [("stato", "finito"), ("unita_costo_cent", 5), ("dati_sintetici", "si"), ("registro", {"righe": []})],
)
def test_schema_refuses_what_is_wrong(document: Document, key: str, value: object) -> None:
    """The schema tells a result from something that only looks like one."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**document, key: value}, result_schema(), cls=jsonschema.Draft7Validator)


def test_published_schemas_are_json_of_draft_7() -> None:
    """Both published schemas are valid draft 7 and end with one line end."""
    for result in (False, True):
        content = schema_bytes(result=result)
        schema = json.loads(content)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(schema)
        assert content.endswith(b"}\n")

"""Corrupted headers, reasons, explanations and figures derived from the plan; keys taken away."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from documenti_verifica import (
    CONFLICT,
    Corruptions,
    Document,
    correct_document,
    district,
    refused,
)
from jsonschema import Draft202012Validator

from nido.accordi.risultato.schema_risultato import result_schema
from nido.matching.checker import check_document

CORRUPTIONS = Corruptions()
corruption = CORRUPTIONS.register
Where = tuple[str | int, ...]

CHANGES = [
    {"modifica": "orario di uno", "gestore": "uno", "costo_aggiuntivo_cent": 100},
    {"modifica": "orario di tata", "gestore": "tata", "costo_aggiuntivo_cent": 200},
]


def explained(document: Document) -> Document:
    """Give the only explanation that somebody asked for: B4 is not served."""
    document["manifesto"]["parametri"]["spiega"] = "B4"
    changes = [dict(change) for change in CHANGES]
    row = {"bambino": "B4", "stagione": "autunno", "chiesto": "posto", "modifiche": changes}
    document["spiegazioni"] = [{**row, "provate": 3, "completa": True}]
    found: Document = document["spiegazioni"][0]
    return found


@corruption("forma:copertura_minima")
def least_coverage_lowered(document: Document) -> None:
    """State another share of a request that must be covered."""
    document["copertura_minima"] = "0.3"


@corruption("forma:copertura_minima")
def least_coverage_hidden(document: Document) -> None:
    """State that there is no least coverage."""
    document["copertura_minima"] = None


@corruption("forma:copertura_minima")
def least_coverage_removed(document: Document) -> None:
    """Take the least coverage away."""
    del document["copertura_minima"]


@corruption("forma:parziali")
def partly_served_removed(document: Document) -> None:
    """Take the requests served in part away."""
    del document["parziali"]


@corruption("non_assegnati:B4/autunno")
def reasons_emptied(document: Document) -> None:
    """Give no reason for who is not served."""
    document["non_assegnati"][0]["motivi"].clear()


@corruption("parziali:B3/autunno")
def reasons_of_the_partly_served_emptied(document: Document) -> None:
    """Give no reason for who is served in part."""
    document["parziali"][0]["motivi"].clear()


@corruption("parziali:B3/autunno/tata")
def kind_of_a_partly_served_changed(document: Document) -> None:
    """Blame others for the hours of a provider."""
    next(row for row in document["parziali"][0]["motivi"] if row["gestore"] == "tata")["tipo"] = (
        "altro_gestore"
    )


@corruption("forma:motivi_completi")
def reasons_called_missing(document: Document) -> None:
    """Say that reasons are missing where none is."""
    document["motivi_completi"] = False


@corruption("forma:arrotondamento_massimo_cent")
def rounding_at_will(document: Document) -> None:
    """State a rounding difference that allows anything."""
    document["arrotondamento_massimo_cent"] = 10**9


@corruption("forma:arrotondamento_massimo_cent")
def rounding_one_off(document: Document) -> None:
    """State a rounding difference one cent larger."""
    document["arrotondamento_massimo_cent"] += 1


@corruption("forma:conflitti")
def conflict_beside_a_plan(document: Document) -> None:
    """Tell a conflict of a scenario that has a plan."""
    document["conflitti"] = [dict(CONFLICT)]


@corruption("spiegazioni:spiegazioni[0]")
def explanation_that_nobody_asked_for(document: Document) -> None:
    """Explain a child for whom the manifest asks nothing."""
    explained(document)
    del document["manifesto"]["parametri"]["spiega"]


@corruption("spiegazioni:spiegazioni[0]")
def explanation_of_another_child(document: Document) -> None:
    """Explain another child than the one asked about."""
    explained(document)["bambino"] = "B3"


@corruption("spiegazioni:spiegazioni[0]")
def explanation_of_the_wrong_question(document: Document) -> None:
    """Explain how to cover in full a child that has no place."""
    explained(document)["chiesto"] = "copertura_piena"


@corruption("spiegazioni:spiegazioni[1]")
def explanation_twice(document: Document) -> None:
    """Explain a request twice."""
    explained(document)
    document["spiegazioni"] *= 2


@corruption("spiegazioni:spiegazioni[0]")
def dearest_change_first(document: Document) -> None:
    """Put the dearest change first."""
    explained(document)["modifiche"].reverse()


@corruption("spiegazioni:spiegazioni[0]")
def change_at_no_provider(document: Document) -> None:
    """Name a provider that does not exist in a change."""
    explained(document)["modifiche"][0]["gestore"] = "altrove"


@corruption("forma:spiegazioni[0].provate")
def fewer_than_no_changes_tried(document: Document) -> None:
    """State that minus one change was tried."""
    explained(document)["provate"] = -1


@corruption("forma:verifica")
def refused_by_itself(document: Document) -> None:
    """Let a correct document call itself refused."""
    violations = [{"regola": "orari", "dove": "B1", "dettaglio": "no"}]
    document["verifica"] = {"esito": "rifiutata", "violazioni": violations}


@corruption("aperture:uno/anticipo/autunno/bambini_dipendenti")
def dependent_child_swapped(document: Document) -> None:
    """Name another child as the one that depends on a fascia."""
    document["aperture"][0]["bambini_dipendenti"] = ["B2"]


@corruption("aperture:uno/anticipo/autunno/costo_bambino_in_piu_cent")
def further_child_for_a_cent(document: Document) -> None:
    """State a cent for a further child that costs nothing."""
    document["aperture"][0]["costo_bambino_in_piu_cent"] += 1


@corruption("aperture:uno/anticipo/autunno/costo_bambino_in_piu_cent")
def further_child_hidden(document: Document) -> None:
    """State that the further child has no cost that can be told."""
    document["aperture"][0]["costo_bambino_in_piu_cent"] = None


@corruption("aperture:uno/anticipo/autunno/banda_bambino_in_piu")
def band_of_the_further_child_invented(document: Document) -> None:
    """Name a band where all cost the same."""
    document["aperture"][0]["banda_bambino_in_piu"] = "grandi"


@pytest.mark.parametrize("name", list(CORRUPTIONS.known))
def test_corrupted_document_is_refused(name: str) -> None:
    """The corruption is refused, and its place is among those named."""
    expected, found = CORRUPTIONS.refuse(name)
    assert any(place.startswith(expected) for place in found), found


def test_an_explanation_that_was_asked_for_is_confirmed() -> None:
    """The explanation of the child that the manifest names, or none at all, as after Ctrl-C."""
    document = correct_document()
    explained(document)
    assert refused(district(), document) == []
    document["spiegazioni"] = []
    assert refused(district(), document) == []


def test_the_verdict_of_a_saved_document_may_not_be_missing() -> None:
    """The checker runs before the verdict is written; afterwards it must be there."""
    document, scenario = correct_document(), district().scenario
    assert check_document(scenario, document, saved=True) == ()
    del document["verifica"]
    assert check_document(scenario, document) == ()
    (found,) = check_document(scenario, document, saved=True)
    assert (found.regola, found.dove) == ("forma", "verifica")


# --- keys --------------------------------------------------------------------------------------------------


def full_document() -> Document:
    """Give a document with a row of everything, so that every key of the schema is there to be taken away."""
    document = correct_document()
    explained(document)
    document["conflitti"] = [dict(CONFLICT)]
    document["avvisi"] = [{"regola": "ore_sede", "dove": "uno", "dettaglio": ""}]
    return document


def required_keys(schema: Mapping[str, Any], value: Any, path: Where = ()) -> Iterator[Where]:
    """List where a document holds the keys that its schema requires, the first row of each list alone."""
    if isinstance(value, list) and value:
        yield from required_keys(schema["items"], value[0], (*path, 0))
    if isinstance(value, dict):
        for key, inner in schema.get("properties", {}).items():
            assert key in schema["required"]
            yield (*path, key)
            yield from required_keys(inner, value[key], (*path, key))


@pytest.mark.parametrize("path", list(required_keys(result_schema(), full_document())), ids=str)
def test_no_key_of_the_published_schema_may_be_missing(path: Where) -> None:
    """A saved document without a key that the schema requires is refused, wherever the key stands."""
    document = full_document()
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    found = check_document(district().scenario, document, saved=True)
    where = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")
    assert ("forma", where) in {(one.regola, one.dove) for one in found}


def test_the_full_document_has_the_published_shape() -> None:
    """What the keys are taken from is itself a document of the schema, tolerances apart."""
    document = full_document()
    for row in document["obiettivi"]:
        row["tolleranza"] = str(row["tolleranza"])
    Draft202012Validator(result_schema()).validate(document)

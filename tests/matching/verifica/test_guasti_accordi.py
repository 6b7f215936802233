"""Corrupted documents of agreements: paths, months, lines, totals, deposits, cases."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from casi_verifica import fascia
from documenti_accordi import (
    Document,
    agreements_of,
    child,
    enters,
    framed,
    gestore,
    gives_up,
    leaves,
    refused,
    result_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.matching.checker import check_agreements
from nido.matching.verifica.clausole.patti import Frame

SERVED = {"B1": "uno", "B2": "uno", "B3": "due"}
BOOKED = {"B1": ["anticipo"]}
DRAWN = [
    [leaves("B2", "2026-11"), gives_up("2026-11", 1)],
    [enters("NG1", "2026-12", "B2")],
]
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]


@cache
def district() -> Frame:
    """Two companies, two providers, most clauses, a path of the scenario and two drawn ones."""
    event = {"tipo": "cambia_turno", "mese": "2026-11", "bambino": "B2", "come": "B1"}
    return framed(
        [child("B1", "07:00-13:00"), child("B2", "14:00-16:00"), child("B3", azienda="beta")],
        SERVED,
        BOOKED,
        stagioni=[{"id": "anno", "inizio": "2026-09-01", "fine": "2027-03-31"}],
        gestori=[
            gestore(
                "uno",
                fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese=60)],
                prezzi={"posto_mese": "800.01", "pasto_giorno": 5},
                vuoto_per_pieno="0.5",
            ),
            gestore("due", prezzi={"posto_mese": 700}, vuoto_per_pieno="0.5"),
        ],
        pagatori=[
            {"id": "datore", "modo": "quota_azienda", "voci": ["posto", "fascia", "ora"]},
            {"id": "azienda_vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
            {"id": "buoni", "modo": "fisso_mese", "importo_mese": 100, "voci": ["posto", "fascia"]},
            {"id": "famiglia", "modo": "residuo", "voci": EVERY},
        ],
        quadro={
            "clausole": {
                "deposito": {"mensilita": 1},
                "sostituzione": {"giorni": 30, "quota": 1},
                "rilascio_mercato": {"mesi_rivendita": 1, "credito": "0.75"},
                "indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"},
                "prenotazioni_minime": {"fascia": "anticipo", "bambini": 2},
            },
            "percorsi": [
                {
                    "id": "crisi",
                    "nome": "Crisi",
                    "probabilita": "0.25",
                    "eventi": [event, leaves("B1", "2026-12"), gives_up("2027-03", 1)],
                }
            ],
            "percorsi_generati": {"numero": 2, "uscite_anno": "0.1", "ingressi_anno": "0.1"},
        },
    )


@cache
def _written() -> tuple[str, str]:
    frame = district()
    document = {**agreements_of(frame, DRAWN), "verifica": {"esito": "confermata", "violazioni": []}}
    return json.dumps(result_of(frame.case, SERVED, BOOKED)), json.dumps(document)


def result() -> Document:
    """Give the result that holds the plan."""
    found: Document = json.loads(_written()[0])
    return found


def correct() -> Document:
    """Give a correct document, to be spoilt at will."""
    found: Document = json.loads(_written()[1])
    return found


def crisis(document: Document) -> Any:
    """Find the path of the scenario."""
    return next(row for row in document["percorsi"] if row["id"] == "crisi")


def month(document: Document, name: str = "2027-01") -> Any:
    """Find the month of alfa at uno in the path of the scenario."""
    return next(row for row in crisis(document)["mesi"] if row["mese"] == name and row["gestore"] == "uno")


def line(document: Document, componente: str, payer: str = "azienda:alfa") -> Any:
    """Find a line of the path of the scenario."""
    return next(
        row
        for row in crisis(document)["righe"]
        if row["componente"] == componente and row["pagatore"] == payer
    )


def case_of(document: Document, ruolo: str, parte: str) -> Any:
    """Find the case of a party."""
    return next(row for row in document["casi"] if (row["ruolo"], row["parte"]) == (ruolo, parte))


def test_a_correct_document_is_confirmed() -> None:
    """Nothing is found, and the document holds everything that the faults below spoil."""
    document = correct()
    assert refused(district(), result(), document) == []
    assert check_agreements(district().case.scenario, result(), document, saved=True) == ()
    assert [row["id"] for row in document["percorsi"]] == [
        "piano",
        "nessuno_entra",
        "crisi",
        "sorteggio-1",
        "sorteggio-2",
    ]
    # 1 - 0.25 divided between the two drawn ones.
    assert [row["probabilita"] for row in document["percorsi"]] == ["0", "0", "1/4", "3/8", "3/8"]
    assert month(document)["vuoti"] == [{"quota": "0.5", "posti": 1}]
    assert month(document, "2027-02")["rivenduti"] == 1


Spoil = Callable[[Document], object]
FAULTS: dict[str, tuple[str, Spoil]] = {}


def fault(expected: str) -> Callable[[Spoil], Spoil]:
    """Register a way to spoil a document, with the place where the checker must see it."""

    def add(spoil: Spoil) -> Spoil:
        FAULTS[spoil.__name__] = (expected, spoil)
        return spoil

    return add


@fault("accordi:testata/durata_mesi")
def other_length(document: Document) -> None:
    """State a month more."""
    document["durata_mesi"] += 1


@fault("accordi:testata/inizio")
def other_start(document: Document) -> None:
    """State another month 0."""
    document["inizio"] = "2026-10"


@fault("accordi:testata/avvertenza")
def no_warning(document: Document) -> None:
    """Do not say that the demand is synthetic."""
    document["avvertenza"] = ""


@fault("accordi:convenzioni")
def convention_dropped(document: Document) -> None:
    """Leave a convention out."""
    document["convenzioni"].pop()


@fault("accordi:convenzioni/alfa/uno/clausole")
def clause_changed(document: Document) -> None:
    """State another credit."""
    document["convenzioni"][0]["clausole"]["rilascio_mercato"]["credito"] = "0.5"


@fault("accordi:convenzioni/beta/due/clausole")
def clause_dropped(document: Document) -> None:
    """Leave a clause out."""
    del document["convenzioni"][1]["clausole"]["deposito"]


@fault("accordi:convenzioni/alfa/uno/clausole")
def clause_unknown(document: Document) -> None:
    """State a clause that is not of the closed list."""
    document["convenzioni"][0]["clausole"]["penale"] = {"quota": "0.5"}


@fault("accordi:percorsi")
def path_dropped(document: Document) -> None:
    """Leave a drawn path out."""
    document["percorsi"].pop()


@fault("accordi:percorsi")
def path_repeated(document: Document) -> None:
    """Write a path twice."""
    document["percorsi"].append(document["percorsi"][0])


@fault("accordi:percorsi")
def paths_exchanged(document: Document) -> None:
    """Put one path before another."""
    document["percorsi"].reverse()


@fault("accordi:percorsi/crisi/eventi")
def event_dropped(document: Document) -> None:
    """Leave an event of the scenario out."""
    crisis(document)["eventi"].pop()


@fault("accordi:percorsi/crisi/eventi")
def event_moved(document: Document) -> None:
    """State another month of an event."""
    crisis(document)["eventi"][1]["mese"] = "2027-01"


@fault("accordi:percorsi/sorteggio-1")
def drawn_event_moved(document: Document) -> None:
    """Move an event of a drawn path, whose totals then differ."""
    document["percorsi"][3]["eventi"][0]["mese"] = "2026-10"


@fault("percorsi:percorsi/sorteggio-2.eventi[0]")
def drawn_child_unknown(document: Document) -> None:
    """Let a child enter like one who does not exist."""
    document["percorsi"][4]["eventi"][0]["come"] = "B99"


@fault("percorsi:percorsi/sorteggio-2.eventi[0]")
def drawn_event_before_the_first_draw(document: Document) -> None:
    """Draw an event in month 0."""
    document["percorsi"][4]["eventi"][0]["mese"] = "2026-09"


@fault("percorsi:percorsi/sorteggio-2.eventi[0]")
def drawn_event_of_another_kind(document: Document) -> None:
    """Draw a resignation, which is never drawn."""
    recede = {"tipo": "recede", "mese": "2026-12", "azienda": "alfa", "gestore": "uno"}
    document["percorsi"][4]["eventi"][0] = recede


@fault("percorsi:percorsi/sorteggio-1.eventi[1]")
def drawn_pair_unknown(document: Document) -> None:
    """Give up places of a pair that is no convention."""
    document["percorsi"][3]["eventi"][1]["azienda"] = "beta"


@fault("percorsi:percorsi/sorteggio-2.eventi[0]")
def drawn_id_taken(document: Document) -> None:
    """Let a child enter under an id of the scenario."""
    document["percorsi"][4]["eventi"][0]["bambino"] = "B3"


@fault("accordi:percorsi/sorteggio-2/eventi")
def drawn_event_unreadable(document: Document) -> None:
    """Write something that is no event."""
    document["percorsi"][4]["eventi"][0] = {"tipo": "muore"}


@fault("accordi:percorsi/sorteggio-1/righe")
def lines_of_a_drawn_path(document: Document) -> None:
    """Write the lines of a drawn path."""
    document["percorsi"][3]["righe"] = crisis(document)["righe"]


@fault("accordi:percorsi/crisi/nome")
def other_name(document: Document) -> None:
    """State another name."""
    crisis(document)["nome"] = "Ripresa"


@fault("accordi:percorsi/crisi/probabilita")
def other_probability(document: Document) -> None:
    """State another weight."""
    crisis(document)["probabilita"] = "1/3"


@fault("accordi:percorsi/sorteggio-2/nuovi_bambini")
def other_new_children(document: Document) -> None:
    """State that nobody enters."""
    document["percorsi"][4]["nuovi_bambini"] = 0


@fault("accordi:percorsi/crisi/mesi_attesa")
def other_wait(document: Document) -> None:
    """State a month of waiting that was not."""
    crisis(document)["mesi_attesa"] += 1


@fault("accordi:percorsi/crisi/mesi")
def month_dropped(document: Document) -> None:
    """Leave a month out."""
    crisis(document)["mesi"].pop()


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/riservati")
def place_more(document: Document) -> None:
    """Reserve one more place, left to residents, so that the sum holds."""
    month(document)["riservati"] += 1
    month(document)["residenti"] += 1


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/usati")
def empty_place_called_used(document: Document) -> None:
    """Use a place that is empty."""
    month(document)["usati"] += 1
    month(document)["vuoti"] = []


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno")
def places_that_do_not_add_up(document: Document) -> None:
    """Reserve a place that is neither used nor empty."""
    month(document)["riservati"] += 1


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/vuoti")
def other_share(document: Document) -> None:
    """State another part due for an empty place."""
    month(document)["vuoti"][0]["quota"] = "0.25"


@fault("accordi:percorsi/crisi/mesi/2027-02/alfa/uno/rivenduti")
def not_resold(document: Document) -> None:
    """Say that a resold place is not."""
    month(document, "2027-02")["rivenduti"] = 0


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/ammessi")
def child_added(document: Document) -> None:
    """Admit a child who has left."""
    month(document)["ammessi"].append("B1")


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/in_attesa")
def child_waiting(document: Document) -> None:
    """Let a child wait who has left."""
    month(document)["in_attesa"].append("B1")


@fault("accordi:percorsi/crisi/mesi/2027-01/alfa/uno/stagione")
def other_season(document: Document) -> None:
    """State another season."""
    month(document)["stagione"] = "estate"


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def wrong_cent(document: Document) -> None:
    """Add a cent to a line."""
    line(document, "posto")["importo_cent"] += 1


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def line_dropped(document: Document) -> None:
    """Leave a line out."""
    crisis(document)["righe"].remove(line(document, "posto"))


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def line_twice(document: Document) -> None:
    """Write a line twice."""
    crisis(document)["righe"].append(line(document, "posto"))


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def payer_swapped(document: Document) -> None:
    """Let the family pay the part of the company."""
    line(document, "posto")["pagatore"] = "famiglia"


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def other_price(document: Document) -> None:
    """State another unit price on a line whose amount is right."""
    line(document, "posto")["prezzo_cent"] += 1


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/posto")
def other_quantity(document: Document) -> None:
    """State another quantity on a line whose amount is right."""
    line(document, "posto")["quantita"] = "2"


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/vuoto")
def other_source(document: Document) -> None:
    """Name the price of another provider as the source of a guarantee."""
    line(document, "vuoto")["fonte"] = "gestori.due.prezzi.posto_mese"


@fault("accordi:percorsi/crisi/righe/2027-04-01/alfa/uno/posto")
def other_month(document: Document) -> None:
    """Date a line after the end."""
    line(document, "posto")["data"] = "2027-04-01"


@fault("accordi:percorsi/crisi/righe/2026-09-01/alfa/uno/pasto/B2")
def other_child(document: Document) -> None:
    """Charge a child's meals to another one."""
    line(document, "pasto", "famiglia")["bambino"] = "B2"


@fault("accordi:percorsi/crisi/righe/2026-09/buoni")
def ceiling_exceeded(document: Document) -> None:
    """Let the vouchers pay more than 100 EUR for each child and month, at the expense of the family."""
    line(document, "posto", "buoni")["importo_cent"] += 50_000


@fault("accordi:percorsi/crisi/totali/per_pagatore/famiglia")
def total_off(document: Document) -> None:
    """State a payer's total a cent too low."""
    crisis(document)["totali"]["per_pagatore"]["famiglia"] -= 1


@fault("accordi:percorsi/crisi/totali/per_componente/vuoto")
def components_exchanged(document: Document) -> None:
    """Move a cent from empty places to places, so that the sum holds."""
    crisis(document)["totali"]["per_componente"]["vuoto"] -= 1
    crisis(document)["totali"]["per_componente"]["posto"] += 1


@fault("accordi:percorsi/sorteggio-1/totali/per_azienda/alfa")
def drawn_totals_off(document: Document) -> None:
    """Add a euro to every total of a drawn path."""
    totals = document["percorsi"][3]["totali"]
    totals["totale_cent"] += 100
    totals["per_pagatore"]["famiglia"] += 100
    totals["per_azienda"]["alfa"] += 100
    totals["per_gestore"]["uno"] += 100
    totals["per_componente"]["posto"] += 100


@fault("accordi:percorsi/crisi/deposito")
def deposit_dropped(document: Document) -> None:
    """Leave the last movement out."""
    crisis(document)["deposito"].pop()


@fault("accordi:percorsi/crisi/deposito/2026-09/alfa/uno/importo_cent")
def deposit_off(document: Document) -> None:
    """State a cent more of deposit, and of what is held."""
    crisis(document)["deposito"][0]["importo_cent"] += 1
    crisis(document)["deposito"][0]["saldo_cent"] += 1


@fault("accordi:percorsi/crisi/deposito/2026-09/alfa/uno/saldo_cent")
def held_off(document: Document) -> None:
    """State a cent less of what is held."""
    crisis(document)["deposito"][0]["saldo_cent"] -= 1


@fault("accordi:casi")
def party_dropped(document: Document) -> None:
    """Leave a party out."""
    document["casi"].pop()


@fault("accordi:casi/azienda/alfa/minimo_cent")
def least_off(document: Document) -> None:
    """State a lower least."""
    case_of(document, "azienda", "alfa")["minimo_cent"] -= 1


@fault("accordi:casi/gestore/uno/massimo_percorso")
def most_elsewhere(document: Document) -> None:
    """Name another path of the most."""
    case_of(document, "gestore", "uno")["massimo_percorso"] = "nessuno_entra"


@fault("accordi:casi/pagatore/famiglia/atteso_cent")
def expected_off(document: Document) -> None:
    """State another expected amount."""
    case_of(document, "pagatore", "famiglia")["atteso_cent"] += 1


@fault("ipotesi:")
def figure_dropped(document: Document) -> None:
    """Leave an assumed figure out."""
    document["ipotesi"].pop()


@fault("forma:verifica")
def calls_itself_refused(document: Document) -> None:
    """Call a correct document refused."""
    document["verifica"]["esito"] = "rifiutata"


@fault("forma:percorsi[2].righe[0].importo_cent")
def half_a_cent(document: Document) -> None:
    """State half a cent."""
    crisis(document)["righe"][0]["importo_cent"] += 0.5


@fault("forma:percorsi[2].totali.per_pagatore.famiglia")
def negative_total(document: Document) -> None:
    """State a negative total."""
    crisis(document)["totali"]["per_pagatore"]["famiglia"] = -1


@fault("forma:isee")
def reserved_field(document: Document) -> None:
    """Hold a reserved field."""
    crisis(document)["isee"] = "30000"


@pytest.mark.parametrize("name", list(FAULTS))
def test_corrupted_document_is_refused(name: str) -> None:
    """The corruption is refused, and its place is among those named."""
    expected, spoil = FAULTS[name]
    document = correct()
    spoil(document)
    found = refused(district(), result(), document)
    assert any(place.startswith(expected) for place in found), found


def test_another_plan_refuses_the_document() -> None:
    """The agreements are those of one plan: with B2 not served they do not hold."""
    frame = district()
    other = result_of(frame.case, {"B1": "uno", "B3": "due"}, BOOKED)
    assert refused(frame, other, correct())


@pytest.mark.parametrize("broken", [None, {}, [], {"stato": "ottimo"}])
def test_an_unreadable_result_is_told(broken: object) -> None:
    """No exception."""
    assert refused(district(), broken, correct()) == ["accordi:risultato"]


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(JUNK)
def test_junk_is_refused_and_raises_nothing(junk: object) -> None:
    """Anything that JSON can hold."""
    assert refused(district(), result(), junk)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the ways to every value inside a document."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    return [path, *(found for name, inner in items for found in places(inner, (*path, name)))]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_junk_inside_a_document_raises_nothing(data: st.DataObject) -> None:
    """Any value of a correct document replaced by anything, or by another value of the document."""
    document = correct()
    ways = [way for way in places(document) if way]
    way = data.draw(st.sampled_from(ways))
    holder: Any = document
    for name in way[:-1]:
        holder = holder[name]
    other: Any = correct()
    for name in data.draw(st.sampled_from(ways)):
        other = other[name]
    before = holder[way[-1]]
    holder[way[-1]] = data.draw(JUNK | st.just(other))
    found = refused(district(), result(), document)
    free = way[0] in ("manifesto",) or (len(way) == 3 and way[2] == "nome")
    assert found or free or holder[way[-1]] == before

"""The ledger and the checker follow the same text: equal on random stacks, and on solved scenarios."""

import json
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from casi_verifica import azienda, bambino, fascia, finestra, gestore, scenario
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import solve_here
from pile_a_caso import TARIFF, random_stack
from pile_a_caso import both as both_stacks
from stacks import CHILDREN, DUE, EURO, EVERY, MONTHS, PAYER, amount

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.money import divide
from nido.accordi.pagatori import Allowances, settle
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.matching.checker import build_case, check_document
from nido.matching.order import application_order
from nido.matching.verifica.pagatori import Bill, Purse, evenly, split, total_by_payer
from nido.matching.verifica.sorteggio import drawn_positions
from nido.scenari.schema import Scenario


def both(stack: list[dict[str, Any]], dues: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Let each half split the same amounts among the same stack."""
    plain = scenario(CHILDREN, pagatori=stack, aziende=[azienda("alfa", quota="0.35")])
    case, purse = build_case(plain), Purse()
    allowances = Allowances({child.id: child for child in plain.bambini})
    mine, checked = [], []
    for componente, euro, children, months in dues:
        one = amount(componente, euro, children, months)
        ((_, payments),) = settle([one], plain.pagatori, plain.aziende[0], allowances)
        mine.append({payment.pagatore: payment.importo_cent for payment in payments})
        bill = Bill("alfa", componente, children, one.bambino is not None, months, one.importo_cent)
        checked.append(total_by_payer(split(case, bill, purse)))
    return mine, checked


@settings(max_examples=250, deadline=None)
@given(st.lists(PAYER, min_size=1, max_size=6), st.lists(DUE, max_size=16))
def test_both_halves_split_alike(stack: Any, dues: Any) -> None:
    """On any stack, amount by amount, every payer pays the same to the cent."""
    mine, checked = both([{"id": f"p{place}", **payer} for place, payer in enumerate(stack)], dues)
    assert mine == checked


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_both_halves_split_alike_among_every_mode(seed: int) -> None:
    """Siblings, fees, vouchers, co-financing, tax credit, VAT and dates: every payer pays the same."""
    mine, checked = both_stacks(*random_stack(seed))
    assert mine == checked


@settings(max_examples=50, deadline=None)
@given(st.lists(EURO, min_size=12, max_size=12))
def test_both_halves_stop_at_the_eleventh_instalment(prices: list[str]) -> None:
    """A year of places, some of which cost nothing: eleven months at most have a bonus."""
    stack = [{"id": "inps", "modo": "inps", "voci": EVERY}, {"id": "f", "modo": "residuo", "voci": EVERY}]
    dues = [("posto", price, ["B1"], [month]) for price, month in zip(prices, MONTHS, strict=True)]
    mine, checked = both(stack, dues)
    assert mine == checked
    assert sum("inps" in payments for payments in mine) == min(11, sum(Decimal(p) > 0 for p in prices))


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), max_size=6))
def test_both_halves_divide_alike(total: int, limits: list[int]) -> None:
    """Equal parts within limits, found in two ways."""
    assert divide(total, limits) == evenly(total, limits)


# --- the lot -----------------------------------------------------------------------------------------------

LISTS: dict[str, Any] = {
    "finestre": [finestra("08:00-12:00"), finestra("09:00-10:00", "sab"), finestra("07:00-08:00", "lun")],
    "assenze": [
        {"inizio": "2026-10-05", "fine": "2026-10-06"},
        {"inizio": "2026-10-01", "fine": "2026-10-02"},
    ],
}
ROTAS = [{"id": "presto", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "06:00-14:00"}]}]
TURNS = [
    {"rotazione": "presto", "fase": 1, "al": "2026-10-10"},
    {"rotazione": "presto", "dal": "2026-10-11"},
    {"rotazione": "presto", "fase": 10},
]


@settings(max_examples=40, deadline=None)
@given(
    finestre=st.permutations(LISTS["finestre"]),
    assenze=st.permutations(LISTS["assenze"]),
    turni=st.permutations(TURNS),
    swap=st.booleans(),
    seed=st.integers(0, 99),
)
def test_the_order_of_lists_does_not_move_the_lot(
    finestre: Any, assenze: Any, turni: Any, swap: bool, seed: int
) -> None:
    """Windows, absences, adults and their shifts may be written in any order; both halves draw alike."""
    base = {"fase": 2, "rotazione": "presto"}

    def drawn(windows: Any, away: Any, turns: Any, turned: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
        adults = [{"turni": turns}, {"turni": [base]}]
        children = [
            bambino("B1", finestre=windows, assenze=away),
            bambino("B2", adulti=adults[::-1] if turned else adults, assenze=away),
            *(bambino(f"B{number}", peso=number) for number in range(3, 7)),
        ]
        plain = scenario(children, rotazioni=ROTAS)
        return application_order(plain, seed), tuple(drawn_positions(build_case(plain), seed).values())

    straight = drawn(LISTS["finestre"], LISTS["assenze"], TURNS, False)
    assert straight == drawn(finestre, assenze, turni, swap)
    assert straight[0] == straight[1]


# --- solved scenarios --------------------------------------------------------------------------------------


def solved(plain: Scenario, seed: int = 0) -> dict[str, Any]:
    """Solve a scenario and write its result as it is saved."""
    solution = solve_here(plain)
    costing = Costing(build_ledger(plain, solution), break_even(plain, solution), assumptions(plain))
    document = result_document(plain, solution, costing, Manifest("0" * 64, seed, (), {}))
    found: dict[str, Any] = json.loads(json.dumps(document))
    return found


def confirmed(plain: Scenario) -> dict[str, Any]:
    """Solve a scenario and let the checker confirm it."""
    document = solved(plain)
    assert [f"{found.dove}: {found.dettaglio}" for found in check_document(plain, document)] == []
    return document


def two_months(**more: Any) -> Scenario:
    """Describe two children of alfa at a nido with a fascia, one of whom leaves after a month."""
    one = gestore(
        fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese=80)],
        prezzi={"posto_mese": 250, "pasto_giorno": 5},
        vuoto_per_pieno="0.5",
    )
    data: dict[str, Any] = {
        "stagioni": [{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"}],
        "aziende": [azienda("alfa", quota="0.5")],
        "gestori": [one],
    }
    children = [
        bambino("B1", "07:00-13:00", isee="30000"),
        bambino("B2", "09:00-13:00", uscita="2026-11-01", desideri=["uno"]),
    ]
    return scenario(children, **{**data, **more})


def test_a_voucher_on_two_components_is_confirmed() -> None:
    """A voucher of 300 EUR a month on places and fasce is one sum for each child and month."""
    stack = [
        {"id": "buoni", "modo": "fisso_mese", "importo_mese": 300, "voci": ["posto", "fascia"]},
        {"id": "famiglia", "modo": "residuo", "voci": EVERY},
    ]
    ledger = confirmed(two_months(pagatori=stack))["registro"]
    paid = {
        (row["data"][:7], row["componente"], row["pagatore"]): row["importo_cent"]
        for row in ledger["righe"]
        if row["componente"] in ("posto", "fascia")
    }
    # October: two places 500, 250 for each child; 50 are left for the fascia of 80. November: one place 250
    # of B1 and again 50 of its fascia.
    assert paid == {
        ("2026-10", "posto", "buoni"): 50_000,
        ("2026-10", "fascia", "buoni"): 5_000,
        ("2026-10", "fascia", "famiglia"): 3_000,
        ("2026-11", "posto", "buoni"): 25_000,
        ("2026-11", "fascia", "buoni"): 5_000,
        ("2026-11", "fascia", "famiglia"): 3_000,
    }


def test_a_capped_company_on_every_component_is_confirmed() -> None:
    """Caps, shares after the bonus and a lot: everything that two halves could reckon apart."""
    stack = [
        {"id": "datore", "modo": "quota_azienda", "massimo_mese": 90, "voci": EVERY},
        {"id": "inps", "modo": "inps", "voci": EVERY},
        {"id": "comune", "modo": "quota", "quota": "0.333", "massimo_mese": 20, "voci": EVERY},
        {"id": "famiglia", "modo": "residuo", "massimo_mese": 150, "voci": EVERY},
    ]
    confirmed(two_months(pagatori=stack))


def test_a_sum_by_the_hour_is_confirmed() -> None:
    """October has 22 days from Monday to Friday, 3 hours each: 66 h at 8.10 EUR, 5.20 of the tables."""
    stack = [
        {
            "id": "provincia",
            "modo": "fisso_ora",
            "importo_tabella": "trasferimenti.tagesmutter.ora",
            "voci": ["ora"],
        },
        {"id": "datore", "modo": "quota_azienda", "voci": ["ora"]},
        {"id": "famiglia", "modo": "residuo", "voci": EVERY},
    ]
    plain = scenario(
        [bambino("B1", "09:00-12:00")],
        aziende=[azienda("alfa", quota="0.5")],
        gestori=[gestore(tipo="tagesmutter", posti=5, prezzi={"ora_bambino": "8.10"})],
        pagatori=stack,
    )
    # 66 x 8.10 = 534.60; 66 x 5.20 = 343.20; left 191.40, half each
    totals = confirmed(plain)["registro"]["totali"]
    assert totals["per_pagatore"] == {"provincia": 34_320, "azienda:alfa": 9_570, "famiglia": 9_570}


def test_a_year_has_eleven_bonuses() -> None:
    """A child at the nido for the twelve months of 2027: 11 x 100 EUR of bonus, 100 EUR of the family."""
    stack = [
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
        {"id": "famiglia", "modo": "residuo", "voci": EVERY},
    ]
    seasons = [
        {"id": "inverno", "inizio": "2027-01-01", "fine": "2027-06-30"},
        {"id": "estate", "inizio": "2027-07-01", "fine": "2027-12-31"},
    ]
    plain = scenario(
        [bambino("B1", finestre=[finestra("09:00-11:00", "lun")], nascita="2026-01-10")],
        stagioni=seasons,
        gestori=[gestore(prezzi={"posto_mese": 100})],
        pagatori=stack,
    )
    totals = confirmed(plain)["registro"]["totali"]
    assert totals["per_pagatore"] == {"inps": 110_000, "famiglia": 10_000}


def test_the_days_of_a_plan_are_told_by_month() -> None:
    """October 2026 has 22 days from Monday to Friday, November 21; another number is refused."""
    document = confirmed(two_months())
    days = {row["bambino"]: row["giorni_mese"] for row in document["assegnazioni"]}
    assert days == {"B1": {"2026-10": 22, "2026-11": 21}, "B2": {"2026-10": 22}}
    document["assegnazioni"][0]["giorni_mese"]["2026-10"] = 21
    (found,) = check_document(two_months(), document)
    assert found.dove.endswith("giorni_mese")


FLORENCE = {"id": "datore", "modo": "differenza_azienda", "importo_mese": 400, "voci": EVERY}


@pytest.mark.parametrize(
    "stack",
    [
        [{"id": "provincia", "modo": "trasferimento", "ammesso": True, "voci": ["posto"]}],
        [{"id": "provincia", "modo": "trasferimento", "voci": ["posto"]}],
        [{"id": "retta", "modo": "retta", "tariffa": "trento", "voci": ["posto", "pasto"]}],
        [{"id": "retta", "modo": "retta", "tariffa": "primiero", "voci": ["posto"]}],
        [{"id": "retta", "modo": "retta", "tariffa": "mia", "voci": ["posto"]}],
        [
            {
                "id": "datore",
                "modo": "differenza_azienda",
                "importo_mese": 400,
                "tariffa": "pergine",
                "voci": EVERY,
            }
        ],
        [
            {
                "id": "datore",
                "modo": "fisso_azienda",
                "importo_mese": 90,
                "massimo_quota": "0.3",
                "voci": EVERY,
            }
        ],
        [{"id": "datore", "modo": "quota_azienda", "voci": EVERY, "dal": "2026-10-01"}],
        [
            {
                "id": "buoni",
                "modo": "buoni",
                "importo_mese": 99,
                "valore_buono": 900,
                "voci": ["posto", "fascia"],
            }
        ],
        [
            {"id": "datore", "modo": "quota_azienda", "voci": EVERY},
            {
                "id": "comune",
                "modo": "cofinanziamento",
                "di": "datore",
                "quota": "0.5",
                "quota_certificata": "0.05",
                "voci": EVERY,
            },
        ],
    ],
)
@pytest.mark.parametrize("regime", ["esente", "cinque_percento", "ventidue_percento"])
def test_new_payers_and_vat_are_confirmed(stack: list[dict[str, Any]], regime: str) -> None:
    """Ledger, totals and assumed figures: a result with each mode of payer, with and without VAT."""
    family = [{"id": "famiglia", "modo": "residuo", "voci": EVERY}]
    credit = [{"id": "irpef", "modo": "irpef", "di": "famiglia", "voci": ["posto", "fascia"]}]
    one = gestore(
        fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese=80)],
        prezzi={"posto_mese": "250.01", "pasto_giorno": 5},
        vuoto_per_pieno="0.5",
        elenco_buoni=True,
        regime_iva=regime,
    )
    children = [
        bambino("B1", "07:00-13:00", icef="0.2", fratello_di="B2"),
        bambino("B2", "09:00-13:00", uscita="2026-11-01", icef="0.07", nascita="2025-03-02"),
    ]
    plain = scenario(
        children,
        stagioni=[{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"}],
        aziende=[azienda("alfa", quota="0.5", certificata=True, importo_mese="77.77")],
        gestori=[one],
        tariffe=[TARIFF],
        pagatori=[*stack, *family, *credit],
    )
    totals = confirmed(plain)["registro"]["totali"]
    assert sum(totals["per_pagatore"].values()) == totals["totale_cent"]


@cache
def _shared() -> Scenario:
    return scenario(
        [
            bambino("B1", "08:00-11:00"),
            bambino("B2", "12:00-14:00", azienda="beta"),
            bambino("B3", "08:00-09:00", azienda="beta", uscita="2026-11-01"),
        ],
        stagioni=[{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"}],
        gestori=[gestore(posti=2, prezzi={"posto_mese": 600})],
        regole={"attivazione": {"soglia": 1}, "posti_riservati": {"condivisione_tra_aziende": True}},
        pagatori=[{"id": "datore", "modo": "quota_azienda", "voci": EVERY}],
    )


def test_a_shared_place_is_confirmed() -> None:
    """November: alfa 3 hours, beta 2, one place; the weights are the hours of the season."""
    document = confirmed(_shared())
    places = [
        (row["data"][:7], row["azienda"], row["quantita"])
        for row in document["registro"]["righe"]
        if row["componente"] == "posto" and row["pagatore"].startswith("azienda")
    ]
    # Minutes: alfa 43 x 180 = 7740; beta 43 x 120 + 22 x 60 = 6480; 14220 in all.
    # October: two together, as many as alone. November: one; 7740 / 14220 = 0.54430, 6480 / 14220 = 0.45569.
    assert places == [
        ("2026-10", "alfa", "1"),
        ("2026-11", "alfa", "0.5443"),
        ("2026-10", "beta", "1"),
        ("2026-11", "beta", "0.4557"),
    ]


@pytest.mark.parametrize("field", ["quantita", "importo_cent"])
def test_a_shared_place_divided_otherwise_is_refused(field: str) -> None:
    """The parts of a shared place are recomputed."""
    document = solved(_shared())
    row = next(row for row in document["registro"]["righe"] if row["quantita"] == "0.5443")
    row[field] = "0.5" if field == "quantita" else row[field] + 1
    assert check_document(_shared(), document)

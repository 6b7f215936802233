"""Prices, items, payers and deposits of a path (docs/clausole.md, sections 8 and 9)."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from casi_verifica import fascia, finestra
from documenti_accordi import (
    EVERY,
    child,
    enters,
    framed,
    gestore,
    gives_up,
    leaves,
    lines_of,
    played,
    result_of,
)

from nido.matching.verifica.clausole.mesi import months
from nido.matching.verifica.clausole.pagati import deposits, settle
from nido.matching.verifica.clausole.patti import Frame
from nido.matching.verifica.clausole.prezzi import indexed
from nido.matching.verifica.clausole.righe import expected_lines, stated_line
from nido.scenari.clausole import Clausole

INDEX = {"indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"}}


def one(clauses: dict[str, Any] | None = None, **more: Any) -> Frame:
    """Agree on one place of alfa at uno, at 820 EUR unless another provider is given."""
    quadro = {"clausole": clauses or {}, **more.pop("quadro", {})}
    settings: dict[str, Any] = {"gestori": [gestore(prezzi={"posto_mese": 820})], **more}
    return framed([child("B1")], {"B1": "uno"}, quadro=quadro, **settings)


def test_the_example_of_the_page() -> None:
    """820.00 x 1.015 = 832.30; 832.30 x 1.015 = 844.7845, rounded to 844.78."""
    frame = one(INDEX, quadro={"durata_mesi": 36})
    prices = [
        indexed(Decimal(820), frame.clauses["alfa", "uno"], months(frame.case)[t]) for t in (11, 12, 24)
    ]
    assert prices == [82_000, 83_230, 84_478]


def test_a_price_may_fall() -> None:
    """A change of -10 %: 820 x 0.9 = 738."""
    frame = one({"indicizzazione": {"quota": 1, "variazione_annua": "-0.1"}}, quadro={"durata_mesi": 13})
    lines = lines_of(frame, played(frame), "data", "importo_cent")
    assert lines[11:] == [("2027-08-01", 82_000), ("2027-09-01", 73_800)]


def steps(counted: str) -> dict[str, Any]:
    """Agree on 10 % from two places and 12.5 % from three."""
    return {
        "sconto_volume": {
            "conta": counted,
            "scaglioni": [{"posti": 2, "sconto": "0.1"}, {"posti": 3, "sconto": "0.125"}],
        }
    }


@pytest.mark.parametrize(
    ("counted", "due"),
    [
        # alfa has one place at uno, one at due; beta one at uno.
        ("accordo", 80_001),
        # 2 places: 800.01 x 0.9 = 720.009
        ("azienda", 72_001),
        ("gestore", 72_001),
    ],
)
def test_a_volume_discount_counts_what_was_agreed(counted: str, due: int) -> None:
    """Rounded once for each item."""
    frame = framed(
        [child("B1"), child("B2"), child("B3", azienda="beta")],
        {"B1": "uno", "B2": "due", "B3": "uno"},
        gestori=[gestore("uno", prezzi={"posto_mese": "800.01"}), gestore("due", prezzi={"posto_mese": 700})],
        quadro={"clausole": steps(counted)},
    )
    lines = lines_of(frame, played(frame), "gestore", "data", "importo_cent")
    assert lines[0] == ("uno", "2026-09-01", due)


def test_the_highest_step_reached_counts_and_empty_places_too() -> None:
    """Three reserved, two used, half due: 2 x 800 x 0.875 = 1400.00 and 0.5 x 700 = 350.00."""
    frame = framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        places={("alfa", "uno", "anno"): 3},
        quadro={"clausole": steps("accordo"), "durata_mesi": 1},
    )
    assert lines_of(frame, played(frame), "componente", "prezzo_cent", "importo_cent") == [
        ("posto", 70_000, 140_000),
        ("vuoto", 35_000, 35_000),
    ]


HOURS = {
    "id": "tata",
    "tipo": "tagesmutter",
    "posti": 5,
    "prezzi": {"ora_bambino": "8.00", "pasto_giorno": 5},
}


def test_hours_and_meals_are_one_item_for_each_price_of_a_period() -> None:
    """Two years at a Tagesmutter: the price rises by 1.5 % in month 12, in the middle of the period."""
    frame = framed(
        [child("B1", finestre=[finestra("10:00-13:00", "lun")])],
        {"B1": "tata"},
        gestori=[gestore(**HOURS)],
        stagioni=[{"id": "anno", "inizio": "2026-09-01", "fine": "2026-12-31"}],
        quadro={"clausole": INDEX, "inizio": "2025-12", "durata_mesi": 13},
    )
    # December 2025 and 2026 are months 0 and 12, and each its own period; September to November 2026 belong
    # to the one of December 2026. Mondays: 4 in each December (7, 14, 21, 28), 4 + 4 + 5 before.
    lines = lines_of(frame, played(frame), "data", "componente", "quantita", "prezzo_cent", "importo_cent")
    assert lines == [
        ("2025-12-01", "ora", Fraction(12), 800, 9_600),
        ("2025-12-01", "pasto", Fraction(4), 500, 2_000),
        ("2026-09-01", "ora", Fraction(39), 800, 31_200),
        # 8.00 x 1.015 = 8.12; 5.00 x 1.015 = 5.075, rounded to 5.08
        ("2026-12-01", "ora", Fraction(12), 812, 9_744),
        ("2026-09-01", "pasto", Fraction(13), 500, 6_500),
        ("2026-12-01", "pasto", Fraction(4), 508, 2_032),
    ]


def test_hours_are_dated_from_the_period_and_counted_while_there() -> None:
    """B1 leaves in November: the item of the autumn counts September and October."""
    frame = framed(
        [child("B1", finestre=[finestra("10:00-13:00", "lun")])],
        {"B1": "tata"},
        gestori=[gestore(**HOURS)],
        stagioni=[{"id": "anno", "inizio": "2026-09-01", "fine": "2026-12-31"}],
    )
    story = played(frame, leaves("B1", "2026-11"), enters("N1", "2026-12", "B1", provider="tata"))
    assert lines_of(frame, story, "data", "bambino", "componente", "quantita") == [
        ("2026-09-01", "B1", "ora", Fraction(24)),
        ("2026-09-01", "N1", "ora", Fraction(12)),
        ("2026-09-01", "B1", "pasto", Fraction(8)),
        ("2026-09-01", "N1", "pasto", Fraction(4)),
    ]


def test_hours_are_guaranteed() -> None:
    """Fourteen child-hours a month; September has four Mondays of three hours: two are missing."""
    frame = framed(
        [child("B1", finestre=[finestra("10:00-13:00", "lun")])],
        {"B1": "tata"},
        gestori=[gestore(**HOURS), gestore()],
        quadro={"clausole": {"ore_minime": {"ore_mese": 14}}, "durata_mesi": 3},
    )
    lines = lines_of(frame, played(frame), "data", "componente", "quantita", "unita", "importo_cent", "fonte")
    missing = [line for line in lines if line[1] == "vuoto"]
    source = "accordo_quadro.clausole.ore_minime"
    # November has five Mondays: 15 hours.
    assert missing == [
        ("2026-09-01", "vuoto", Fraction(2), "ora_bambino", 1_600, source),
        ("2026-10-01", "vuoto", Fraction(2), "ora_bambino", 1_600, source),
    ]


def early(**more: Any) -> Frame:
    """Agree on three bookings of a fascia that opens in September and October."""
    seasons = [
        {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-10-31"},
        {"id": "inverno", "inizio": "2026-11-01", "fine": "2026-12-31"},
    ]
    provider = gestore(
        fasce=[fascia("anticipo", "07:00-08:00", stagioni=["autunno"], prezzo_mese=60)],
        prezzi={"posto_mese": 800},
    )
    return framed(
        [child("B1", "07:00-12:00"), child("B2", "08:00-12:00")],
        {"B1": "uno", "B2": "uno"},
        {("B1", "autunno"): ["anticipo"]},
        stagioni=seasons,
        gestori=[provider],
        quadro={"clausole": {"prenotazioni_minime": {"fascia": "anticipo", "bambini": 3}}},
        **more,
    )


def test_bookings_are_guaranteed_where_the_fascia_is_open() -> None:
    """One of three booked: two at 60 EUR in September and October, nothing in winter."""
    frame = early()
    lines = lines_of(
        frame, played(frame), "data", "componente", "quantita", "importo_cent", "fonte", "bambino"
    )
    source = "accordo_quadro.clausole.prenotazioni_minime"
    assert [line for line in lines if line[1] == "vuoto"] == [
        ("2026-09-01", "vuoto", Fraction(2), 12_000, source, None),
        ("2026-10-01", "vuoto", Fraction(2), 12_000, source, None),
    ]


def test_bookings_of_who_enters_count() -> None:
    """N1, like B1, books it from October: one is missing."""
    frame = early()
    lines = lines_of(
        frame, played(frame, enters("N1", "2026-10", "B1")), "data", "componente", "importo_cent"
    )
    assert [line[2] for line in lines if line[1] == "vuoto"] == [12_000, 6_000]


def test_without_clauses_and_events_the_items_are_those_of_the_ledger() -> None:
    """Two seasons, a fascia, meals, two companies and three payers with ceilings."""
    stack = [
        {"id": "azienda", "modo": "quota_azienda", "voci": ["posto", "fascia"]},
        {"id": "vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
        {"id": "buoni", "modo": "fisso_mese", "importo_mese": 150, "voci": EVERY},
        {"id": "famiglia", "modo": "residuo", "voci": EVERY},
    ]
    children = [child("B1", "07:00-13:00", isee="30000"), child("B2"), child("B3", azienda="beta")]
    provider = gestore(
        fasce=[fascia("anticipo", "07:00-08:00", prezzo_mese="60.01")],
        prezzi={"posto_mese": "800.01", "pasto_giorno": 5},
    )
    served, booked = dict.fromkeys(["B1", "B2", "B3"], "uno"), {"B1": ["anticipo"]}
    frame = framed(children, served, booked, gestori=[provider], pagatori=stack)
    rows = result_of(frame.case, served, booked)["registro"]["righe"]
    # `documenti_verifica` writes one line for each child's part: add them up as a saved result does.
    stated: Counter[Any] = Counter()
    for row in rows:
        name = None if row["componente"] in ("posto", "vuoto") else row["bambino"]
        line = stated_line({**row, "bambino": name, "importo_cent": 0})
        stated[line] += row["importo_cent"]
    wanted = Counter({line._replace(importo_cent=0): line.importo_cent for line in lines_with_amounts(frame)})
    assert wanted == stated


def lines_with_amounts(frame: Frame) -> list[Any]:
    """List the lines of the path without events."""
    return list(expected_lines(settle(frame, played(frame))))


def test_a_guest_pays_the_place_of_who_lends_it() -> None:
    """N1 waits at uno (800) and is a guest at due: 700 of alfa there, no meals."""
    frame = framed(
        [child("B1", "08:00-13:00"), child("B2", "08:00-13:00")],
        {"B1": "uno", "B2": "due"},
        gestori=[
            gestore("uno", prezzi={"posto_mese": 800, "pasto_giorno": 5}),
            gestore("due", prezzi={"posto_mese": 700, "pasto_giorno": 5}),
        ],
        quadro={
            "clausole": {"posto_nuovo": {"modo": "prioritario"}, "trasferimento": {"tra_gestori": True}},
            "durata_mesi": 2,
        },
    )
    story = played(frame, enters("N1", "2026-10", "B1"), leaves("B2", "2026-10"))
    lines = lines_of(frame, story, "gestore", "data", "componente", "bambino", "quantita")
    # 22 days from Monday to Friday in September, 22 in October.
    assert lines == [
        ("uno", "2026-09-01", "posto", None, 1),
        ("uno", "2026-10-01", "posto", None, 1),
        ("uno", "2026-09-01", "pasto", "B1", 44),
        ("due", "2026-09-01", "posto", None, 1),
        ("due", "2026-10-01", "posto", None, 1),
        ("due", "2026-09-01", "pasto", "B2", 22),
    ]


def test_a_guest_of_another_company_pays_its_own_hours_there() -> None:
    """N1 of alfa at the place of beta: the place at beta's discount, and its meals."""
    frame = framed(
        [child("B1", "08:00-13:00"), child("B2", "08:00-13:00", azienda="beta")],
        {"B1": "uno", "B2": "uno"},
        gestori=[gestore("uno", prezzi={"posto_mese": 800, "pasto_giorno": 5})],
        quadro={
            "clausole": {"posto_nuovo": {"modo": "prioritario"}, "trasferimento": {"tra_aziende": True}},
            "eccezioni": [
                {
                    "azienda": "beta",
                    "clausole": {"sconto_volume": {"scaglioni": [{"posti": 1, "sconto": "0.1"}]}},
                }
            ],
            "durata_mesi": 2,
        },
    )
    story = played(frame, enters("N1", "2026-10", "B1"), leaves("B2", "2026-10"))
    lines = lines_of(frame, story, "azienda", "data", "componente", "bambino", "importo_cent")
    assert lines == [
        ("alfa", "2026-09-01", "posto", None, 80_000),
        ("alfa", "2026-10-01", "posto", None, 80_000),
        # 800 x 0.9
        ("alfa", "2026-10-01", "posto", None, 72_000),
        ("alfa", "2026-09-01", "pasto", "B1", 22_000),
        ("alfa", "2026-09-01", "pasto", "N1", 11_000),
        ("beta", "2026-09-01", "posto", None, 72_000),
        ("beta", "2026-09-01", "pasto", "B2", 11_000),
    ]


def test_shared_places_are_divided_by_the_minutes_of_the_period() -> None:
    """September and October, one place for two: alfa 3 hours a day and beta 2, but beta for a month only."""
    frame = framed(
        [child("B1", "08:00-11:00"), child("B2", "12:00-14:00", azienda="beta")],
        {"B1": "uno", "B2": "uno"},
        gestori=[gestore(posti=1, prezzi={"posto_mese": 600}, vuoto_per_pieno=0)],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        quadro={"durata_mesi": 2},
    )
    story = played(frame, leaves("B2", "2026-10"))
    lines = lines_of(frame, story, "azienda", "data", "quantita", "importo_cent")
    # 22 days a month: alfa 44 x 180 = 7920 minutes, beta 22 x 120 = 2640; 7920 / 10560 = 0.75
    assert lines == [
        ("alfa", "2026-09-01", Fraction(3, 4), 45_000),
        ("alfa", "2026-10-01", Fraction(1), 60_000),
        ("beta", "2026-09-01", Fraction(1, 4), 15_000),
    ]


def test_for_the_payers_who_enters_has_no_isee() -> None:
    """Born in 2025 with an ISEE of 30000: 327.27; who enters like it: 136.36."""
    stack = [
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
        {"id": "famiglia", "modo": "residuo", "voci": EVERY},
    ]
    frame = framed([child("B1", isee="30000")], {"B1": "uno"}, pagatori=stack, quadro={"durata_mesi": 2})
    story = played(frame, leaves("B1", "2026-10"), enters("N1", "2026-10", "B1"))
    assert lines_of(frame, story, "data", "pagatore", "importo_cent") == [
        ("2026-09-01", "inps", 32_727),
        ("2026-09-01", "famiglia", 47_273),
        ("2026-10-01", "inps", 13_636),
        ("2026-10-01", "famiglia", 66_364),
    ]


def test_dearest_empty_places_use_up_a_ceiling_first() -> None:
    """Two empty places, one whole in its window: 1.00 and then 0.50 of the price, in this order."""
    frame = framed(
        [child(name) for name in ("B1", "B2", "B3")],
        dict.fromkeys(["B1", "B2", "B3"], "uno"),
        quadro={"clausole": {"sostituzione": {"giorni": 30, "quota": 1}}, "durata_mesi": 2},
    )
    story = played(frame, leaves("B1", "2026-09"), leaves("B2", "2026-10"))
    lines = lines_of(frame, story, "data", "componente", "prezzo_cent")
    assert lines[2:] == [
        ("2026-09-01", "vuoto", 80_000),
        ("2026-10-01", "vuoto", 80_000),
        ("2026-10-01", "vuoto", 40_000),
    ]


def test_vat_comes_after_the_other_items_of_its_period() -> None:
    """5 %: two places 800 and a guarantee 400 of one company, then 40 and 20 of VAT; then beta's."""
    frame = framed(
        [child("B1"), child("B2", azienda="beta")],
        {"B1": "uno", "B2": "uno"},
        places={("alfa", "uno", "anno"): 2},
        gestori=[gestore(prezzi={"posto_mese": 800}, vuoto_per_pieno="0.5", regime_iva="cinque_percento")],
        quadro={"durata_mesi": 1},
    )
    lines = lines_of(frame, played(frame), "azienda", "componente", "quantita", "prezzo_cent", "importo_cent")
    assert lines == [
        ("alfa", "posto", 1, 80_000, 80_000),
        ("alfa", "vuoto", 1, 40_000, 40_000),
        ("beta", "posto", 1, 80_000, 80_000),
        ("alfa", "iva", 800, 5, 4_000),
        ("alfa", "iva", 400, 5, 2_000),
        ("beta", "iva", 800, 5, 4_000),
    ]


def test_a_fee_counts_the_days_and_the_siblings_of_the_path() -> None:
    """Primiero, no ICEF: 464.50 + 3.60 a day; 22 days in October, none of them for who has left."""
    stack = [
        {"id": "famiglia", "modo": "retta", "tariffa": "primiero", "voci": ["posto"]},
        {"id": "resto", "modo": "residuo", "voci": EVERY},
    ]
    frame = framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        gestori=[gestore(prezzi={"posto_mese": 800}, vuoto_per_pieno=0)],
        pagatori=stack,
        quadro={"durata_mesi": 2},
    )
    story = played(frame, leaves("B2", "2026-10"))
    paid = lines_of(frame, story, "data", "pagatore", "importo_cent")
    # September has 22 days too: 464.50 + 79.20 = 543.70 for each.
    assert paid == [
        ("2026-09-01", "famiglia", 108_740),
        ("2026-09-01", "resto", 51_260),
        ("2026-10-01", "famiglia", 54_370),
        ("2026-10-01", "resto", 25_630),
    ]


# --- deposits ----------------------------------------------------------------------------------------------


def test_a_deposit_follows_the_places_and_comes_back() -> None:
    """1.5 months of 820.01 for two places, then one: 2460.03; 1230.015 rounded to 1230.02."""
    frame = framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        gestori=[gestore(prezzi={"posto_mese": "820.01"})],
        quadro={"clausole": {"deposito": {"mensilita": "1.5"}, **INDEX}, "durata_mesi": 14},
    )
    story = played(frame, leaves("B1", "2026-11"), gives_up("2026-11", 1))
    assert deposits(frame, story) == [
        ("2026-09", ("alfa", "uno"), 246_003),
        ("2026-11", ("alfa", "uno"), -123_001),
        ("2027-11", ("alfa", "uno"), -123_002),
    ]


def test_a_deposit_is_given_back_in_a_month_without_life() -> None:
    """Autumn and June: paid in twice, given back twice."""
    seasons = [
        {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
        {"id": "giugno", "inizio": "2027-06-01", "fine": "2027-06-30"},
    ]
    frame = framed(
        [child("B1")],
        {"B1": "uno"},
        stagioni=seasons,
        quadro={"clausole": {"deposito": {"mensilita": 1}}},
    )
    moves = [(month, amount) for month, _, amount in deposits(frame, played(frame))]
    assert moves == [
        ("2026-09", 80_000),
        ("2027-01", -80_000),
        ("2027-06", 80_000),
        ("2027-07", -80_000),
    ]


def test_no_deposit_without_the_clause() -> None:
    """Nothing moves."""
    frame = one()
    assert deposits(frame, played(frame)) == []
    assert frame.clauses["alfa", "uno"] == Clausole()

"""Buoni di servizio: rights, the family's least share, limits of month and year."""

from typing import Any

import pytest
from pila import child, due, facts, paid, payer, provider

FAMILY = payer("famiglia", "residuo")
MINE: dict[str, Any] = {"icef": "0.30", "nido_comunale": "escluso"}


def vouchers(**values: Any) -> Any:
    """Write vouchers of 300 a month, 7 of 900 a year."""
    return payer("buoni", "buoni", **({"importo_mese": 300, "valore_buono": 900} | values))


@pytest.mark.parametrize(
    ("euro", "expected"),
    [
        # 95 % of 400 is 380, above 300
        ("400", {"buoni": 30_000, "famiglia": 10_000}),
        ("200", {"buoni": 19_000, "famiglia": 1_000}),
        # 95 % of 1.01 is 95.95 cents, rounded down
        ("1.01", {"buoni": 95, "famiglia": 6}),
    ],
)
def test_the_family_keeps_its_least_share(euro: str, expected: dict[str, int]) -> None:
    """At least 5 % of what is left stays with the family."""
    assert paid([due(euro, "B1")], (vouchers(), FAMILY), facts([child(**MINE)])) == [expected]


@pytest.mark.parametrize(
    ("values", "month"),
    [
        ({"icef": None}, "2026-10"),
        ({"icef": "0.71"}, "2026-10"),
        # the limit was 0.50 until 26 December 2025
        ({"icef": "0.60"}, "2025-12"),
        # three years old on the first of the month
        ({"nascita": "2023-10-01"}, "2026-10"),
    ],
)
def test_who_has_no_right_gets_nothing(values: dict[str, Any], month: str) -> None:
    """No ICEF, too high an ICEF on that day, three years completed."""
    known = facts([child(**(MINE | values))])
    assert paid([due("200", "B1", month=month)], (vouchers(), FAMILY), known) == [{"famiglia": 20_000}]


@pytest.mark.parametrize(
    ("values", "month"), [({"icef": "0.70"}, "2026-01"), ({"nascita": "2023-10-02"}, "2026-10")]
)
def test_the_edges_of_the_right(values: dict[str, Any], month: str) -> None:
    """The highest ICEF is included, and so is the month in which a child turns three after the first."""
    known = facts([child(**(MINE | values))])
    assert paid([due("200", "B1", month=month)], (vouchers(), FAMILY), known) == [
        {"buoni": 19_000, "famiglia": 1_000}
    ]


def test_only_providers_of_the_list() -> None:
    """A provider that is not in the list takes no vouchers."""
    known = facts([child(**MINE)], gestori={"girasole": provider(elenco_buoni=False)})
    assert paid([due("200", "B1")], (vouchers(), FAMILY), known) == [{"famiglia": 20_000}]


@pytest.mark.parametrize(
    ("fascia", "pays"), [("anticipo", True), ("dentro", False), ("sabato", True), ("agosto", True)]
)
def test_never_in_the_hours_of_the_municipal_nido(fascia: str, pays: bool) -> None:
    """06:30-08:00, Saturday and days of closure are outside 08:30-16:30 of lun-ven; 16:00-18:00 is not."""
    known = facts([child(icef="0.30")])
    amount = due("100", "B1", componente="fascia", fascia=fascia)
    expected = {"buoni": 9_500, "famiglia": 500} if pays else {"famiglia": 10_000}
    assert paid([amount], (vouchers(), FAMILY), known) == [expected]


@pytest.mark.parametrize(
    ("nido", "rule", "pays"),
    [
        ("disponibile", "solo_esclusi", False),
        ("escluso", "solo_esclusi", True),
        ("assente", "solo_esclusi", True),
        ("disponibile", "ammesso", True),
    ],
)
def test_the_place_only_for_who_is_excluded(nido: str, rule: str, pays: bool) -> None:
    """In the municipal hours: for the excluded, where there is no nido, or by a Buono aziendale."""
    known = facts([child(icef="0.30", nido_comunale=nido)])
    expected = {"buoni": 19_000, "famiglia": 1_000} if pays else {"famiglia": 20_000}
    assert paid([due("200", "B1")], (vouchers(orario_comunale=rule), FAMILY), known) == [expected]


def test_the_year_has_seven_vouchers() -> None:
    """600 a month, 7 x 900 = 6,300 a year: ten months and a half; January begins anew."""
    months = [f"2026-{number:02d}" for number in range(1, 13)] + ["2027-01"]
    amounts = [due("1000", "B1", month=month) for month in months]
    found = paid(amounts, (vouchers(importo_mese=600), FAMILY), facts([child(**MINE)]))
    assert [row.get("buoni", 0) for row in found] == [60_000] * 10 + [30_000, 0, 60_000]


def test_an_amount_of_several_months_stops_at_the_year() -> None:
    """Hours of three months: 3 x 600 = 1,800 of the month's limits, 900 of the year's."""
    hours = due("3000", "B1", componente="ora", months=("2026-10", "2026-11", "2026-12"))
    stack = (vouchers(importo_mese=600, buoni_anno=1), FAMILY)
    assert paid([hours], stack, facts([child(**MINE)])) == [{"buoni": 90_000, "famiglia": 210_000}]


def test_empty_places_have_no_vouchers() -> None:
    """Nobody is there for whom they could be paid."""
    amount = due("200", "B1", componente="vuoto")
    assert paid([amount], (vouchers(), FAMILY), facts([child(**MINE)])) == [{"famiglia": 20_000}]

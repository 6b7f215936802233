"""The family's fee by ICEF, and what it leaves to who follows."""

from typing import Any

import pytest
from pila import child, due, facts, paid, payer

from nido.scenari.regole import Tariffa

TOWN = payer("comune", "residuo")
OCTOBER = ("B1", "2026-10")


def fee(name: str = "trento") -> Any:
    """Write a family that pays a fee for the place."""
    return payer("famiglia", "retta", "posto", tariffa=name)


@pytest.mark.parametrize(
    ("icef", "expected"),
    [("0.07", 2_800), ("0.05", 2_800), ("0.255", 18_000), ("0.44", 33_200), ("0.9", 33_200), (None, 33_200)],
)
def test_trento_is_linear_in_the_icef(icef: str | None, expected: int) -> None:
    """28 up to 0.07, 332 from 0.44, 180 half way; without ICEF the highest."""
    found = paid([due("1270", "B1")], (fee(), TOWN), facts([child(icef=icef)]))
    assert found == [{"famiglia": expected, "comune": 127_000 - expected}]


def test_the_fee_never_exceeds_what_is_left() -> None:
    """A place of 100 with a fee of 332."""
    assert paid([due("100", "B1")], (fee(), TOWN), facts()) == [{"famiglia": 10_000}]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"nascita": "2025-05-01"}, 4_500),  # twin: 180 x 0.25
        ({"nascita": "2025-09-01"}, 9_000),  # sibling: 180 x 0.50
    ],
)
def test_trento_reduces_the_fee_of_siblings(second: dict[str, str], expected: int) -> None:
    """The older of two enrolled siblings pays in full, whoever names the other."""
    children = [child("B1", icef="0.255"), child("B2", icef="0.255", fratello_di="B1", **second)]
    known = facts(children, giorni={("B1", "2026-10"): 20, ("B2", "2026-10"): 20})
    found = paid([due("1270", "B1"), due("1270", "B2")], (fee(), TOWN), known)
    assert [row["famiglia"] for row in found] == [18_000, expected]


def test_three_siblings_in_a_chain_are_one_family() -> None:
    """The eldest, named by one who is named by another, pays in full; her twin brothers 50 % and 25 %."""
    children = [
        child("B1", icef="0.255", fratello_di="B2"),
        child("B2", icef="0.255", fratello_di="B3"),
        child("B3", icef="0.255", nascita="2024-01-01"),
    ]
    known = facts(children, giorni={(one.id, "2026-10"): 20 for one in children})
    found = paid([due("1270", one.id) for one in children], (fee(), TOWN), known)
    assert [row["famiglia"] for row in found] == [9_000, 4_500, 18_000]


def test_a_sibling_who_is_not_enrolled_in_the_month_does_not_count() -> None:
    """The reduction is for siblings who attend together."""
    children = [child("B1", icef="0.255"), child("B2", icef="0.255", nascita="2025-09-01", fratello_di="B1")]
    known = facts(children, giorni={("B1", "2026-09"): 20, ("B2", "2026-10"): 20})
    found = paid([due("1270", "B2")], (fee(), TOWN), known)
    assert [row["famiglia"] for row in found] == [18_000]


@pytest.mark.parametrize("name", ["primiero", "pergine"])
def test_primiero_adds_the_days_attended(name: str) -> None:
    """139.50 + 20 x 3.60 = 211.50; the placeholder of Pergine has the same figures."""
    known = facts([child(icef="0.07")], giorni={OCTOBER: 20})
    found = paid([due("1270", "B1")], (fee(name), TOWN), known)
    assert found == [{"famiglia": 21_150, "comune": 105_850}]


def test_a_fee_of_the_scenario_comes_before_that_of_the_tables() -> None:
    """100 + 10 days x 2 = 120 at the lowest ICEF, once the table of Pergine is written."""
    written = Tariffa.model_validate(
        {
            "id": "pergine",
            "fonte": "tariffario",
            "minima": 100,
            "massima": 400,
            "icef_minimo": "0.10",
            "icef_massimo": "0.50",
            "giornaliera": 2,
        }
    )
    known = facts([child(icef="0.10")], giorni={OCTOBER: 10}, tariffe=[written])
    assert paid([due("1270", "B1")], (fee("pergine"), TOWN), known) == [
        {"famiglia": 12_000, "comune": 115_000}
    ]


def test_one_fee_for_all_the_components_of_a_month() -> None:
    """What the place has used up is not asked again of the fascia: 28 in all."""
    stack = (payer("famiglia", "retta", "posto", "fascia", tariffa="trento"), TOWN)
    amounts = [due("20", "B1"), due("80", "B1", componente="fascia")]
    found = paid(amounts, stack, facts([child(icef="0.07")]))
    assert found == [{"famiglia": 2_000}, {"famiglia": 800, "comune": 7_200}]

"""Split of an item among the payers, by hand."""

from typing import Any

import pytest
from casi_verifica import azienda, bambino, case_of

from nido.matching.verifica.pagatori import Bill, monthly_bonus, split, total_by_payer

ALL = ["posto", "fascia", "pasto", "ora", "vuoto"]


def payer(id: str, modo: str, voci: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """Describe a payer."""
    return {"id": id, "modo": modo, "voci": ALL if voci is None else voci, **more}


def shares(stack: list[dict[str, Any]], bill: Bill, **children: Any) -> dict[tuple[str, str | None], int]:
    """Split a bill of B1 (and B2) among a stack."""
    case = case_of(
        bambino("B1", **children), bambino("B2"), aziende=[azienda("alfa", quota="0.5")], pagatori=stack
    )
    parts = split(case, bill)
    assert sum(parts.values()) == bill.amount
    return parts


def place(amount: int, *children: str, componente: str = "posto") -> Bill:
    """Describe the bill of the places of an agreement."""
    return Bill("alfa", componente, children, False, 1, amount)


def test_default_stack() -> None:
    """Half to the company, the rest to the families in equal parts, the odd cent to the first."""
    stack = [payer("azienda", "quota_azienda"), payer("famiglia", "residuo")]
    # 1000.05: half is 500.025, so 500.03; 500.02 is left for two: 250.01 each.
    assert shares(stack, place(100_005, "B1", "B2")) == {
        ("azienda:alfa", None): 50_003,
        ("famiglia", "B1"): 25_001,
        ("famiglia", "B2"): 25_001,
    }
    # 1000.03 -> 500.02 (500.015 half up); 500.01 for two: 250.01 and 250.00.
    assert shares(stack, place(100_003, "B1", "B2"))["famiglia", "B1"] == 25_001


def test_each_takes_its_part_of_what_is_left() -> None:
    """A fifth to the Province, then half of the rest to the company: 200, 400, 400."""
    stack = [
        payer("provincia", "quota", quota="0.2"),
        payer("azienda", "quota_azienda"),
        payer("famiglia", "residuo"),
    ]
    assert total_by_payer(shares(stack, place(100_000, "B1", "B2"))) == {
        "provincia": 20_000,
        "azienda:alfa": 40_000,
        "famiglia": 40_000,
    }


def test_fixed_amount_counts_children_and_stops_at_what_is_left() -> None:
    """100 EUR for each of two children; never more than the bill of 150 EUR."""
    stack = [payer("comune", "fisso_mese", importo_mese=100), payer("famiglia", "residuo")]
    assert shares(stack, place(50_000, "B1", "B2"))["comune", None] == 20_000
    assert shares(stack, place(15_000, "B1", "B2")) == {("comune", None): 15_000}


def test_a_cap_counts_children() -> None:
    """Half of 1000 EUR, but at most 150 EUR a child: 300 EUR."""
    stack = [payer("azienda", "quota_azienda", massimo_mese=150), payer("famiglia", "residuo")]
    assert shares(stack, place(100_000, "B1", "B2"))["azienda:alfa", None] == 30_000


def test_who_does_not_take_part_in_a_component_pays_nothing() -> None:
    """A payer of places alone is left out of an empty place; a `quota` called azienda is the company."""
    stack = [
        payer("azienda", "quota_azienda", ["posto"]),
        payer("azienda_vuoti", "quota", ["vuoto"], quota=1),
        payer("famiglia", "residuo"),
    ]
    assert shares(stack, place(30_000, componente="vuoto")) == {("azienda:alfa", None): 30_000}


@pytest.mark.parametrize(
    ("child", "bonus"),
    [
        # Born from 2024 on: 327.27 up to 40,000 EUR, 136.36 beyond or without an ISEE.
        ({"isee": 40_000}, 32_727),
        ({"isee": "40000.01"}, 13_636),
        ({}, 13_636),
        # Born before: 272.73 up to 25,000, 227.27 up to 40,000, then 136.36.
        ({"nascita": "2023-12-31", "isee": 25_000}, 27_273),
        ({"nascita": "2023-12-31", "isee": 25_001}, 22_727),
        ({"nascita": "2023-12-31", "isee": 50_000}, 13_636),
        ({"nascita": "2024-01-01", "isee": 30_000}, 32_727),
    ],
)
def test_inps_bonus_by_birth_and_isee(child: dict[str, Any], bonus: int) -> None:
    """The bonus follows the date of birth and the ISEE; both bounds are included."""
    assert monthly_bonus(case_of(bambino("B1", **child)), "B1") == bonus


def test_inps_pays_each_child_up_to_the_bonus() -> None:
    """500 EUR for two are 250 each: the bonus pays 250 for one (327.27) and 136.36 for the other."""
    stack = [payer("inps", "inps"), payer("famiglia", "residuo")]
    assert shares(stack, place(50_000, "B1", "B2"), isee=10_000) == {
        ("inps", "B1"): 25_000,
        ("inps", "B2"): 13_636,
        ("famiglia", "B2"): 11_364,
    }


def test_inps_never_pays_a_fascia() -> None:
    """A fascia of one child goes to the family, after the company's half."""
    stack = [payer("azienda", "quota_azienda"), payer("inps", "inps"), payer("famiglia", "residuo")]
    fascia = Bill("alfa", "fascia", ("B1",), True, 1, 6_001)
    # Half of 60.01 is 30.005, so 30.01.
    assert shares(stack, fascia) == {("azienda:alfa", "B1"): 3_001, ("famiglia", "B1"): 3_000}


def test_what_nobody_pays_is_shown() -> None:
    """Without a payer of the rest, half of the bill is left and named."""
    stack = [payer("azienda", "quota_azienda")]
    assert shares(stack, place(10_000, "B1")) == {("azienda:alfa", None): 5_000, ("scoperto", None): 5_000}
    capped = [payer("famiglia", "residuo", massimo_mese=20)]
    assert shares(capped, place(10_000, "B1", "B2")) == {
        ("famiglia", "B1"): 2_000,
        ("famiglia", "B2"): 2_000,
        ("scoperto", "B1"): 3_000,
        ("scoperto", "B2"): 3_000,
    }


def test_a_month_without_children_goes_to_the_rest() -> None:
    """An empty month has no child to divide among: the payer of the rest pays it whole."""
    stack = [payer("inps", "inps"), payer("famiglia", "residuo")]
    assert shares(stack, place(30_000, componente="vuoto")) == {("famiglia", None): 30_000}

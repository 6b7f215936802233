"""Split of an item among the payers, by hand."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from casi_verifica import azienda, bambino, case_of
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.matching.verifica.pagatori import Bill, Purse, evenly, monthly_bonus, split, total_by_payer
from nido.matching.verifica.violazione import half_up, product_half_up

ALL = ["posto", "fascia", "pasto", "ora", "vuoto"]
OCTOBER = ("2026-10",)


def payer(id: str, modo: str, voci: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """Describe a payer."""
    return {"id": id, "modo": modo, "voci": ALL if voci is None else voci, **more}


def shares(stack: list[dict[str, Any]], bill: Bill, **children: Any) -> dict[tuple[str, str | None], int]:
    """Split a bill of B1 (and B2) among a stack."""
    case = case_of(
        bambino("B1", **children), bambino("B2"), aziende=[azienda("alfa", quota="0.5")], pagatori=stack
    )
    parts = split(case, bill, Purse())
    assert sum(parts.values()) == bill.amount
    return parts


def place(amount: int, *children: str, componente: str = "posto") -> Bill:
    """Describe the bill of the places of an agreement."""
    return Bill("alfa", componente, children, False, OCTOBER, amount)


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


def test_an_id_that_only_begins_like_the_company_is_somebody_else() -> None:
    """Half to the company, half of the rest to the health authority, the rest to the family."""
    stack = [
        payer("azienda", "quota_azienda"),
        payer("azienda_sanitaria", "quota", quota="0.5"),
        payer("famiglia", "residuo"),
    ]
    assert total_by_payer(shares(stack, place(100_000, "B1"))) == {
        "azienda:alfa": 50_000,
        "azienda_sanitaria": 25_000,
        "famiglia": 25_000,
    }


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
    assert monthly_bonus(case_of(bambino("B1", **child)), "B1", "2026-10") == bonus


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
    fascia = Bill("alfa", "fascia", ("B1",), True, OCTOBER, 6_001)
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


def in_turn(stack: list[dict[str, Any]], *bills: Bill, **children: Any) -> list[dict[str, int]]:
    """Split bills one after the other with one purse, and show who pays what."""
    case = case_of(
        bambino("B1", **children), bambino("B2"), aziende=[azienda("alfa", quota="0.5")], pagatori=stack
    )
    purse = Purse()
    return [total_by_payer(split(case, bill, purse)) for bill in bills]


def of_one(amount: int, componente: str, *months: str, child: str = "B1") -> Bill:
    """Describe a bill of one child."""
    return Bill("alfa", componente, (child,), True, months or OCTOBER, amount)


def test_a_monthly_sum_is_one_for_all_components() -> None:
    """A voucher of 300 EUR: 250 of the place, 50 of the fascia of 80; another month or child has its own."""
    stack = [payer("buoni", "fisso_mese", importo_mese=300), payer("famiglia", "residuo")]
    bills = (
        place(25_000, "B1"),
        of_one(8_000, "fascia"),
        of_one(8_000, "fascia", "2026-11"),
        of_one(8_000, "fascia", child="B2"),
    )
    assert in_turn(stack, *bills) == [
        {"buoni": 25_000},
        {"buoni": 5_000, "famiglia": 3_000},
        {"buoni": 8_000},
        {"buoni": 8_000},
    ]


def test_a_monthly_sum_of_a_season_counts_its_months() -> None:
    """100 EUR for two months are 200: 150 of the hours, 50 of the meals of 120."""
    stack = [payer("buoni", "fisso_mese", importo_mese=100), payer("famiglia", "residuo")]
    months = ("2026-10", "2026-11")
    assert in_turn(stack, of_one(15_000, "ora", *months), of_one(12_000, "pasto", *months)) == [
        {"buoni": 15_000},
        {"buoni": 5_000, "famiglia": 7_000},
    ]


def test_a_cap_counts_over_all_components() -> None:
    """Half of 1000 is 500, capped at 2 x 100; nothing is left of October for the fascia."""
    stack = [payer("datore", "quota_azienda", massimo_mese=100), payer("famiglia", "residuo")]
    assert in_turn(stack, place(100_000, "B1", "B2"), of_one(5_000, "fascia")) == [
        {"azienda:alfa": 20_000, "famiglia": 80_000},
        {"famiglia": 5_000},
    ]


def test_a_share_after_the_division_is_of_each_child() -> None:
    """After the bonus 0 and 63.64 are left; half of each is 0 and 31.82; the family pays the rest."""
    stack = [
        payer("inps", "inps"),
        payer("comune", "quota", quota="0.5"),
        payer("famiglia", "residuo", massimo_mese=50),
    ]
    assert in_turn(stack, place(40_000, "B1", "B2"), isee=10_000) == [
        {"inps": 33_636, "comune": 3_182, "famiglia": 3_182}
    ]


def test_inps_pays_eleven_months_of_a_calendar_year() -> None:
    """Twelve places of 100 EUR in 2027: the twelfth month has no bonus, January 2028 has one again."""
    stack = [payer("inps", "inps"), payer("famiglia", "residuo")]
    year = [f"2027-{month:02d}" for month in range(1, 13)]
    bills = [Bill("alfa", "posto", ("B1",), False, (month,), 10_000) for month in [*year, "2028-01"]]
    paid = in_turn(stack, *bills)
    assert paid[:11] == [{"inps": 10_000}] * 11
    assert paid[11:] == [{"famiglia": 10_000}, {"inps": 10_000}]


def test_equal_parts_within_limits() -> None:
    """100 with a limit of 10: 10, 45, 45. Ten among four: 3, 3, 2, 2. Nothing beyond the limits."""
    assert evenly(100, [10, 100, 100]) == [10, 45, 45]
    assert evenly(10, [10] * 4) == [3, 3, 2, 2]
    assert evenly(5, [1, 5, 5]) == [1, 2, 2]
    assert evenly(100, [10, 0, 20]) == [10, 0, 20]


@pytest.mark.parametrize(
    ("more", "day", "province"),
    [
        # 100.5 h x 5.20 = 522.60 of 814.05; the row of the tables is 5.20 from 2026 and 4.60 before.
        ({"importo_ora": "5.20"}, date(2026, 10, 1), 52_260),
        ({"importo_tabella": "trasferimenti.tagesmutter.ora"}, date(2026, 10, 1), 52_260),
        ({"importo_tabella": "trasferimenti.tagesmutter.ora"}, date(2025, 10, 1), 46_230),
        # 100.5 x 9.00 is more than the bill.
        ({"importo_ora": 9}, date(2026, 10, 1), 81_405),
        ({"importo_ora": "5.20", "massimo_mese": 200}, date(2026, 10, 1), 20_000),
    ],
)
def test_a_sum_by_the_hour(more: dict[str, Any], day: date, province: int) -> None:
    """An hourly payer asks its sum for every child-hour, within what is left and its monthly cap."""
    stack = [payer("provincia", "fisso_ora", ["ora", "posto"], **more), payer("famiglia", "residuo")]
    bill = Bill("alfa", "ora", ("B1",), True, OCTOBER, 81_405, Fraction(201, 2), day)
    left = {("famiglia", "B1"): 81_405 - province} if province < 81_405 else {}
    assert shares(stack, bill) == {("provincia", "B1"): province, **left}
    assert shares(stack, place(10_000, "B1")) == {("famiglia", "B1"): 10_000}


@settings(derandomize=True)
@given(amount=st.integers(0, 60), limits=st.lists(st.integers(0, 25), min_size=1, max_size=6))
def test_equal_parts_are_those_of_one_cent_at_a_time(amount: int, limits: list[int]) -> None:
    """Whoever has least, and of these the first, takes the next cent until limits or amount are reached."""
    parts = [0] * len(limits)
    for _ in range(min(amount, sum(limits))):
        below = [place for place, limit in enumerate(limits) if parts[place] < limit]
        parts[min(below, key=lambda place: parts[place])] += 1
    assert evenly(amount, limits) == parts


@settings(derandomize=True)
@given(one=st.fractions(0, 1000), other=st.fractions(0, 1000))
def test_a_product_is_rounded_as_the_exact_one(one: Fraction, other: Fraction) -> None:
    """Leaving a product unreduced changes nothing in its rounding."""
    assert product_half_up(one, other) == half_up(one * other)


def test_half_a_cent_is_rounded_up_in_a_product() -> None:
    """5 cents at a half are 2.5 cents, hence 3; 3 at a half are 1.5, hence 2."""
    assert [product_half_up(cent, Fraction(1, 2)) for cent in (5, 3)] == [3, 2]

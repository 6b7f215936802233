"""The payers' stack, mode by mode."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.accordi.pagatori import MODES, SCOPERTO, Allowances, Payment, settle
from nido.scenari.domanda import Bambino

BIRTHS = {"B001": ("2025-05-01", "30000"), "B002": ("2025-06-01", None), "B003": ("2023-06-01", "20000")}


def child(id: str) -> Bambino:
    """Write a child: B001 has a bonus of 327.27, B002 of 136.36, B003 of 272.73 a month."""
    nascita, isee = BIRTHS[id]
    values = {"id": id, "azienda": "alfa", "nascita": nascita, "comune": "Pergine Valsugana", "isee": isee}
    return Bambino.model_validate(values)


CHILDREN = {id: child(id) for id in BIRTHS}


def paid(make: Any, amounts: list[Any], *stack: Any) -> list[dict[str, int]]:
    """Settle amounts of alfa (share 0.5) and show who pays what, in cents."""
    company = make.scenario().aziende[0]
    settled = settle(amounts, stack, company, Allowances(CHILDREN))
    return [{payment.pagatore: payment.importo_cent for payment in payments} for _, payments in settled]


def test_quota_of_what_is_left(make: Any) -> None:
    """Each share applies to what the payers before it left, halves up."""
    stack = (
        make.payer("provincia", "quota", quota="0.5"),
        make.payer("comune", "quota", quota="0.5"),
        make.payer("famiglia", "residuo"),
    )
    # 10001 × 0.5 = 5000.5 -> 5001; 5000 × 0.5 = 2500; the rest 2500
    assert paid(make, [make.amount("100.01", "B001")], *stack) == [
        {"provincia": 5001, "comune": 2500, "famiglia": 2500}
    ]


def test_quota_azienda_is_the_company_s_own(make: Any) -> None:
    """The company's share comes from the company, and so does its name in the ledger."""
    stack = (make.payer("datore", "quota_azienda"), make.payer("famiglia", "residuo"))
    company = make.scenario().aziende[1]
    ((_, payments),) = settle([make.amount("100.01", "B001")], stack, company, Allowances(CHILDREN))
    # beta pays 0.25 × 10001 = 2500.25 -> 2500; the rest 7501
    assert payments == (Payment("azienda:beta", 2500), Payment("famiglia", 7501))


def test_payers_that_are_the_same_company_are_one(make: Any) -> None:
    """A quota called azienda or azienda_vuoti is the company, in one line with its other share."""
    stack = (make.payer("datore", "quota_azienda"), make.payer("azienda_vuoti", "quota", quota=1))
    # 5000 of 10000, then all of the remaining 5000
    assert paid(make, [make.amount("100", "B001")], *stack) == [{"azienda:alfa": 10_000}]


@pytest.mark.parametrize("id", ["azienda_sanitaria", "azienda_resto", "aziende"])
def test_a_payer_whose_id_only_begins_like_the_company_is_itself(make: Any, id: str) -> None:
    """The health authority (azienda sanitaria) pays under its own id, not as the company."""
    stack = (make.payer("azienda", "quota_azienda"), make.payer(id, "quota", quota=1))
    # 5000 of 10000 by alfa, then all of the remaining 5000
    assert paid(make, [make.amount("100", "B001")], *stack) == [{"azienda:alfa": 5_000, id: 5_000}]


def test_payer_takes_part_only_in_its_components(make: Any) -> None:
    """A payer that does not list a component pays nothing of it."""
    stack = (make.payer("provincia", "quota", "fascia", quota="0.5"), make.payer("famiglia", "residuo"))
    amounts = [make.amount("10", "B001"), make.amount("10", "B001", componente="fascia")]
    assert paid(make, amounts, *stack) == [{"famiglia": 1000}, {"provincia": 500, "famiglia": 500}]


def test_fisso_mese_times_the_children(make: Any) -> None:
    """A fixed sum counts once per enrolled child and never exceeds what is left."""
    stack = (make.payer("buoni", "fisso_mese", importo_mese=200), make.payer("famiglia", "residuo"))
    # 2 children × 200 = 400 of 1000; of 300 only 300
    assert paid(make, [make.amount("1000", "B001", "B002")], *stack) == [
        {"buoni": 40_000, "famiglia": 60_000}
    ]
    assert paid(make, [make.amount("300", "B001", "B002")], *stack) == [{"buoni": 30_000}]


def test_fisso_mese_is_one_sum_for_all_components(make: Any) -> None:
    """What the place has used up is not paid again for the fascia of the same child and month."""
    stack = (make.payer("buoni", "fisso_mese", importo_mese=300), make.payer("famiglia", "residuo"))
    amounts = [
        make.amount("250", "B001"),
        make.amount("80", "B001", componente="fascia"),
        make.amount("80", "B001", componente="fascia", mesi=("2026-11",)),
        make.amount("80", "B002", componente="fascia"),
    ]
    # place 250 of 300; fascia 50 of the 50 left; November and the other child have 300 of their own
    assert paid(make, amounts, *stack) == [
        {"buoni": 25_000},
        {"buoni": 5_000, "famiglia": 3_000},
        {"buoni": 8_000},
        {"buoni": 8_000},
    ]


def test_fisso_mese_of_a_season_counts_its_months(make: Any) -> None:
    """Hours and meals have one amount a season: the monthly sum counts once per month of enrolment."""
    stack = (make.payer("buoni", "fisso_mese", importo_mese=100), make.payer("famiglia", "residuo"))
    months = ("2026-10", "2026-11")
    amounts = [make.amount("150", "B001", componente="ora", mesi=months)]
    amounts.append(make.amount("120", "B001", componente="pasto", mesi=months))
    # 2 months × 100 = 200: hours 150, meals the 50 left
    assert paid(make, amounts, *stack) == [{"buoni": 15_000}, {"buoni": 5_000, "famiglia": 7_000}]


def test_massimo_mese_caps_a_quota(make: Any) -> None:
    """The cap counts per child and month, over all components."""
    stack = (make.payer("datore", "quota_azienda", massimo_mese=100), make.payer("famiglia", "residuo"))
    amounts = [make.amount("1000", "B001", "B002"), make.amount("50", "B001", componente="fascia")]
    # 0.5 × 1000 = 500, at most 2 × 100 = 200; nothing is left of October's cap for the fascia
    assert paid(make, amounts, *stack) == [
        {"azienda:alfa": 20_000, "famiglia": 80_000},
        {"famiglia": 5_000},
    ]


def test_inps_pays_each_child_s_bonus(make: Any) -> None:
    """What is left is divided in equal parts to the cent, and each child's bonus is its own."""
    stack = (make.payer("inps", "inps"), make.payer("famiglia", "residuo"))
    # 100001 / 2 = 50001 and 50000; bonus 32727 + 13636 = 46363; left 53638
    assert paid(make, [make.amount("1000.01", "B001", "B002")], *stack) == [
        {"inps": 46_363, "famiglia": 53_638}
    ]


def test_inps_never_exceeds_the_child_s_part(make: Any) -> None:
    """A bonus above the child's part is not used up, nor passed on to another child."""
    stack = (make.payer("inps", "inps"), make.payer("famiglia", "residuo"))
    # 300 each: B001 min(327.27, 300) = 300, B002 min(136.36, 300) = 136.36
    assert paid(make, [make.amount("600", "B001", "B002")], *stack) == [{"inps": 43_636, "famiglia": 16_364}]


def test_inps_pays_places_only(make: Any) -> None:
    """Fasce and meals invoiced apart get no bonus, even if the scenario lists them."""
    stack = (make.payer("inps", "inps"), make.payer("famiglia", "residuo"))
    assert paid(make, [make.amount("50", "B001", componente="fascia")], *stack) == [{"famiglia": 5_000}]


def test_inps_pays_eleven_months_of_a_calendar_year(make: Any) -> None:
    """Twelve places of 100 in 2027: the twelfth month has no bonus; the next year begins anew."""
    stack = (make.payer("inps", "inps"), make.payer("famiglia", "residuo"))
    months = [f"2027-{number:02d}" for number in range(1, 13)]
    amounts = [make.amount("100", "B001", mesi=(month,)) for month in [*months, "2028-01"]]
    found = paid(make, amounts, *stack)
    assert found[:11] == [{"inps": 10_000}] * 11
    assert found[11:] == [{"famiglia": 10_000}, {"inps": 10_000}]


def test_two_inps_payers_share_one_bonus(make: Any) -> None:
    """The bonus of a child and month is paid once, however often the stack names it."""
    stack = (
        make.payer("inps", "inps", massimo_mese=100),
        make.payer("inps_due", "inps"),
        make.payer("famiglia", "residuo"),
    )
    # 100 of 327.27 by the first, 227.27 by the second
    assert paid(make, [make.amount("500", "B001")], *stack) == [
        {"inps": 10_000, "inps_due": 22_727, "famiglia": 17_273}
    ]


def test_quota_after_the_division_keeps_each_child_s_part(make: Any) -> None:
    """A share that comes after the bonus applies to what is left of each child."""
    stack = (
        make.payer("inps", "inps"),
        make.payer("comune", "quota", quota="0.5"),
        make.payer("famiglia", "residuo", massimo_mese=50),
    )
    # 200 each: bonus 200 and 136.36, left 0 and 63.64; half of 63.64 = 31.82; family of B002 31.82
    assert paid(make, [make.amount("400", "B001", "B002")], *stack) == [
        {"inps": 33_636, "comune": 3_182, "famiglia": 3_182}
    ]


def test_residuo_with_a_cap_leaves_the_rest_uncovered(make: Any) -> None:
    """A capped family pays up to its cap, and what is over is shown."""
    stack = (make.payer("famiglia", "residuo", massimo_mese=150),)
    assert paid(make, [make.amount("400", "B001")], *stack) == [{"famiglia": 15_000, SCOPERTO: 25_000}]


def test_without_residuo_the_rest_is_uncovered(make: Any) -> None:
    """What nobody pays is a line of its own."""
    stack = (make.payer("provincia", "quota", quota="0.3"),)
    assert paid(make, [make.amount("10", "B001")], *stack) == [{"provincia": 300, SCOPERTO: 700}]


def test_empty_place_without_children(make: Any) -> None:
    """With nobody enrolled, sums per child are zero, shares and the residual payer are not."""
    stack = (
        make.payer("buoni", "fisso_mese", importo_mese=100),
        make.payer("famiglia", "residuo", massimo_mese=100),
        make.payer("azienda_vuoti", "quota", quota="0.5"),
        make.payer("asif", "residuo"),
    )
    # 300: the fixed sum and the capped family count 0 children; half 150; the rest 150
    assert paid(make, [make.amount("300", componente="vuoto")], *stack) == [
        {"azienda:alfa": 15_000, "asif": 15_000}
    ]


EURO = st.integers(0, 200_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
SHARE = st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}")
PAYER = st.fixed_dictionaries(
    {
        "modo": st.sampled_from(sorted(set(MODES) - {"retta", "differenza_azienda", "irpef"})),
        "quota": SHARE,
        "importo_mese": EURO,
        "massimo_mese": st.none() | EURO,
        "voci": st.lists(st.sampled_from(["posto", "vuoto", "fascia"]), min_size=1, unique=True),
    }
)
DUE = st.tuples(
    EURO,
    st.sampled_from(["posto", "vuoto", "fascia"]),
    st.lists(st.sampled_from(sorted(BIRTHS)), min_size=1, unique=True),
    st.sampled_from(["2026-10", "2026-11"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PAYER, max_size=6), st.lists(DUE, max_size=6))
def test_payers_sum_to_the_amount(make: Any, stack: Any, dues: Any) -> None:
    """Whatever the stack, the payments are positive and sum to the amount, and caps hold over the month."""
    payers = [make.payer(f"p{index}", **values) for index, values in enumerate(stack)]
    amounts = []
    for euro, componente, bambini, month in dues:
        children = bambini[:1] if componente == "fascia" else bambini
        amounts.append(make.amount(euro, *children, componente=componente, mesi=(month,)))
    settled = settle(amounts, payers, make.scenario().aziende[0], Allowances(CHILDREN))
    for amount, payments in settled:
        assert sum(payment.importo_cent for payment in payments) == amount.importo_cent
        assert all(payment.importo_cent > 0 for payment in payments)
    everyone = len(BIRTHS) * 2
    for payer in payers:
        total = sum(p.importo_cent for _, payments in settled for p in payments if p.pagatore == payer.id)
        if payer.massimo_mese is not None:
            assert total <= everyone * payer.massimo_mese * 100
        if payer.modo == "fisso_mese":
            assert total <= everyone * payer.importo_mese * 100
    inps = {payer.id for payer in payers if payer.modo == "inps"}
    bonus = sum(p.importo_cent for _, payments in settled for p in payments if p.pagatore in inps)
    # two months × (327.27 + 136.36 + 272.73)
    assert bonus <= 2 * (32_727 + 13_636 + 27_273)


@pytest.mark.parametrize("order", [("B001", "B002"), ("B002", "B001")])
def test_the_odd_cent_goes_to_the_first_child(make: Any, order: Any) -> None:
    """The cent that the division leaves is the first child's, and the bonus sees it."""
    stack = (make.payer("inps", "inps"), make.payer("famiglia", "residuo"))
    # 272.73 between two: 136.37 and 136.36; B002's bonus is 136.36, so one cent is left only if B002 is first
    left = {} if order[0] == "B001" else {"famiglia": 1}
    expected = {"inps": 27_273 - sum(left.values())} | left
    assert paid(make, [make.amount("272.73", *order)], *stack) == [expected]


def test_fisso_ora_times_the_hours(make: Any) -> None:
    """An hourly sum counts every child-hour, never more than is left, and pays nothing but hours."""
    stack = (
        make.payer("provincia", "fisso_ora", "ora", "posto", importo_ora="5.20"),
        make.payer("datore", "quota_azienda"),
        make.payer("famiglia", "residuo"),
    )
    # 100.5 h × 8.10 = 814.05; 100.5 × 5.20 = 522.60; left 291.45, half 145.725 -> 145.73; the rest 145.72
    hours = replace(make.amount("8.10", "B001", componente="ora"), quantita=Decimal("100.5"))
    # 10 h × 4.00 = 40.00, less than 10 × 5.20 = 52.00
    cheap = replace(make.amount("4", "B001", componente="ora"), quantita=Decimal(10))
    assert paid(make, [hours, cheap, make.amount("100", "B001")], *stack) == [
        {"provincia": 52_260, "azienda:alfa": 14_573, "famiglia": 14_572},
        {"provincia": 4_000},
        {"azienda:alfa": 5_000, "famiglia": 5_000},
    ]


def test_fisso_ora_within_a_monthly_cap(make: Any) -> None:
    """A cap per child and month holds over the months of the season: 2 × 200 of 520."""
    stack = (
        make.payer("provincia", "fisso_ora", "ora", importo_ora="5.20", massimo_mese=200),
        make.payer("famiglia", "residuo"),
    )
    hours = make.amount("8.10", "B001", componente="ora", mesi=("2026-10", "2026-11"))
    assert paid(make, [replace(hours, quantita=Decimal(100))], *stack) == [
        {"provincia": 40_000, "famiglia": 41_000}
    ]


def test_fisso_ora_of_a_row_of_the_tables(make: Any) -> None:
    """The row that holds on the day of the amount counts: 5.20 from 2026, 4.60 the year before."""
    stack = (
        make.payer("provincia", "fisso_ora", "ora", importo_tabella="trasferimenti.tagesmutter.ora"),
        make.payer("famiglia", "residuo"),
    )
    hours = replace(make.amount("8.10", "B001", componente="ora"), quantita=Decimal(10))
    # 10 × 8.10 = 81.00
    assert paid(make, [hours, replace(hours, data=date(2025, 12, 1))], *stack) == [
        {"provincia": 5_200, "famiglia": 2_900},
        {"provincia": 4_600, "famiglia": 3_500},
    ]

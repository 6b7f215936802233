"""Modes of payers that know more than an amount: the examples of docs/modello.md, section 10, by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from casi_verifica import azienda, bambino, case_of, fascia, gestore

from nido.matching.verifica.caso import Case
from nido.matching.verifica.iva import with_vat
from nido.matching.verifica.pagatori import Bill, Purse, split, total_by_payer
from nido.matching.verifica.posti import PriceItem
from nido.matching.verifica.rette import family_fee
from nido.matching.verifica.violazione import half_up

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
REST = {"id": "resto", "modo": "residuo", "voci": EVERY}
FAMILY = {"id": "famiglia", "modo": "residuo", "voci": EVERY}
YEAR = [f"2026-{month:02d}" for month in range(1, 13)]
OPENINGS = [
    fascia("anticipo", "06:30-08:30"),
    fascia("dentro", "16:00-18:00"),
    fascia("sabato", "09:00-12:00", "sab"),
    fascia("agosto", "09:00-12:00", in_chiusura=True),
]


def payer(id: str, modo: str, **more: Any) -> dict[str, Any]:
    """Describe a payer of every component."""
    return {"id": id, "modo": modo, "voci": EVERY, **more}


def case(*stack: dict[str, Any], children: list[dict[str, Any]] | None = None, **more: Any) -> Case:
    """Build a case of alfa, whose share is a half, with two children."""
    settings: dict[str, Any] = {
        "aziende": [azienda("alfa", quota="0.5", **more.pop("alfa", {}))],
        "gestori": [gestore(fasce=OPENINGS, elenco_buoni=True)],
        **more,
    }
    return case_of(*(children or [bambino("B1"), bambino("B2")]), pagatori=list(stack), **settings)


def bill(euro: str, *children: str, kind: str = "posto", month: str = "2026-10", **more: Any) -> Bill:
    """Write an item of alfa at uno."""
    cents = int(Decimal(euro) * 100)
    months = more.pop("months", [month])
    plain: dict[str, Any] = {"gestore": "uno", "day": date.fromisoformat(f"{months[0]}-01")}
    by_child = kind in ("fascia", "ora", "pasto")
    return Bill("alfa", kind, children, by_child, months, cents, **{**plain, **more})


def paid(here: Case, *bills: Bill) -> list[dict[str, int]]:
    """Split items one after the other."""
    purse = Purse()
    return [total_by_payer(split(here, one, purse)) for one in bills]


def test_a_flat_part_of_the_company() -> None:
    """200 EUR for each of two children of a place of 1000; the fascia of one of them finds nothing left."""
    here = case(payer("datore", "fisso_azienda", importo_mese=200), FAMILY)
    assert paid(here, bill("1000", "B1", "B2"), bill("80", "B1", kind="fascia", fascia="dentro")) == [
        {"azienda:alfa": 40_000, "famiglia": 60_000},
        {"famiglia": 8_000},
    ]


def test_a_company_may_have_its_own_flat_part() -> None:
    """Its 50 EUR instead of the 200 of the payer."""
    here = case(payer("datore", "fisso_azienda", importo_mese=200), FAMILY, alfa={"importo_mese": 50})
    assert paid(here, bill("1000", "B1"))[0]["azienda:alfa"] == 5_000


@pytest.mark.parametrize(
    ("tempo", "price", "transfer"),
    # 800000 / 12 = 66666.6, rounded down; 600000 / 12 = 50000; never more than the place.
    [("pieno", "1270", 66_666), ("parziale", "1270", 50_000), ("pieno", "500", 50_000)],
)
def test_the_provincial_transfer(tempo: str, price: str, transfer: int) -> None:
    """A twelfth of 8000 EUR a year, if the Province admits the place."""
    children = [bambino("B1", tempo=tempo)]
    here = case(payer("provincia", "trasferimento", ammesso=True), REST, children=children)
    assert paid(here, bill(price, "B1"))[0]["provincia"] == transfer
    refused = case(payer("provincia", "trasferimento"), REST, children=children)
    assert "provincia" not in paid(refused, bill(price, "B1"))[0]


def test_all_transfers_are_one() -> None:
    """Two payers of the same transfer: the second finds nothing left."""
    stack = [payer(name, "trasferimento", ammesso=True) for name in ("provincia", "comune")]
    assert paid(case(*stack, REST), bill("1000", "B1")) == [{"provincia": 66_666, "resto": 33_334}]


def test_co_financing_gives_a_company_back_a_part() -> None:
    """0.5 and 0.05 of 50001 is 27500.55: 27501, and 22500 are left. Two children: 13751 and 13750."""
    stack = [
        payer("datore", "quota_azienda"),
        payer("provincia", "cofinanziamento", di="datore", quota="0.5", quota_certificata="0.05"),
        FAMILY,
    ]
    here = case(*stack, alfa={"certificata": True})
    # Half of 1000.02, and of 1000.01 rounded up: 50001 both.
    assert paid(here, bill("1000.02", "B1"))[0] == {
        "azienda:alfa": 22_500,
        "provincia": 27_501,
        "famiglia": 50_001,
    }
    assert paid(here, bill("1000.01", "B1", "B2"))[0] == {
        "azienda:alfa": 22_500,
        "provincia": 27_501,
        "famiglia": 50_000,
    }
    # Without the certificate half: 25000.5, rounded up.
    assert paid(case(*stack), bill("1000.02", "B1"))[0]["provincia"] == 25_001


def test_what_is_given_back_frees_no_ceiling() -> None:
    """The company's ceiling of 100 EUR is used up by the place, though the Comune gives half of it back."""
    stack = [
        payer("datore", "fisso_azienda", importo_mese=100),
        payer("comune", "cofinanziamento", di="datore", quota="0.5"),
        FAMILY,
    ]
    assert paid(case(*stack), bill("300", "B1"), bill("80", "B1", kind="fascia", fascia="dentro")) == [
        {"azienda:alfa": 5_000, "comune": 5_000, "famiglia": 20_000},
        {"famiglia": 8_000},
    ]


def test_a_ceiling_as_a_part_of_the_item() -> None:
    """35 % of 50001 and 50000, down: 17500 each, of the 25000 left to each; 15000 pass on."""
    stack = [
        payer("datore", "quota_azienda"),
        payer("famiglia", "residuo", massimo_quota="0.35"),
    ]
    assert paid(case(*stack), bill("1000.01", "B1", "B2")) == [
        {"azienda:alfa": 50_001, "famiglia": 35_000, "scoperto": 15_000}
    ]
    # Without children: 35 % of the whole.
    assert paid(case(payer("famiglia", "residuo", massimo_quota="0.35")), bill("100.01")) == [
        {"famiglia": 3_500, "scoperto": 6_501}
    ]


VOUCHERS = payer("buoni", "buoni", importo_mese=300, valore_buono=900, buoni_anno=7)
ENTITLED = {"icef": "0.3", "nido_comunale": "escluso", "nascita": "2025-01-10"}


@pytest.mark.parametrize(("price", "vouchers"), [("400", 30_000), ("200", 19_000)])
def test_vouchers_leave_the_family_its_part(price: str, vouchers: int) -> None:
    """5 % stays with the family: 380 of 400, of which 300; 190 of 200."""
    here = case(VOUCHERS, FAMILY, children=[bambino("B1", **ENTITLED)])
    assert paid(here, bill(price, "B1"))[0]["buoni"] == vouchers


def test_vouchers_have_a_ceiling_of_the_year() -> None:
    """7 x 900 = 6300 EUR: ten months of 600 and the eleventh 300; the next year begins anew."""
    vouchers = {**VOUCHERS, "importo_mese": 600}
    here = case(vouchers, FAMILY, children=[bambino("B1", **ENTITLED)])
    bills = [bill("1000", "B1", month=month) for month in [*YEAR, "2027-01"]]
    found = [one.get("buoni", 0) for one in paid(here, *bills)]
    assert found == [60_000] * 10 + [30_000, 0, 60_000]


@pytest.mark.parametrize(
    "change",
    [
        {"icef": "0.71"},
        {"icef": None},
        # Three years on 1 October 2026.
        {"nascita": "2023-10-01"},
        {"nido_comunale": "disponibile"},
    ],
)
def test_who_has_no_right_to_vouchers(change: dict[str, Any]) -> None:
    """ICEF over 0.70 or not known, three years completed, or hours of the municipal nido."""
    here = case(VOUCHERS, FAMILY, children=[bambino("B1", **{**ENTITLED, **change})])
    assert paid(here, bill("400", "B1")) == [{"famiglia": 40_000}]


@pytest.mark.parametrize(
    ("name", "pays"), [("anticipo", True), ("dentro", False), ("sabato", True), ("agosto", True)]
)
def test_beside_the_municipal_nido_only_other_hours(name: str, pays: bool) -> None:
    """Standard hours 08:30-16:30: until 08:30, on Saturday or in the closure yes; 16:00-18:00 no."""
    child = bambino("B1", **{**ENTITLED, "nido_comunale": "disponibile"})
    found = paid(case(VOUCHERS, FAMILY, children=[child]), bill("80", "B1", kind="fascia", fascia=name))
    assert ("buoni" in found[0]) is pays
    # The vouchers of companies pay everything.
    company = {**VOUCHERS, "orario_comunale": "ammesso"}
    found = paid(case(company, FAMILY, children=[child]), bill("80", "B1", kind="fascia", fascia=name))
    assert found[0]["buoni"] == 7_600


def test_vouchers_need_a_provider_of_the_list() -> None:
    """A provider that is not in it."""
    child = bambino("B1", **ENTITLED)
    here = case(VOUCHERS, FAMILY, children=[child], gestori=[gestore(fasce=OPENINGS)])
    assert paid(here, bill("400", "B1")) == [{"famiglia": 40_000}]


FEE = payer("famiglia", "retta", tariffa="trento")


def fee(here: Case, child: str, name: str = "trento", days: int = 0, *others: str) -> int:
    """Fee of a child in October 2026, with others enrolled."""
    attended = {(child, "2026-10"): days, **{(other, "2026-10"): 0 for other in others}}
    return family_fee(here, name, child, "2026-10", attended)


def test_a_fee_is_linear_in_the_icef() -> None:
    """ICEF 0.255, half way from 0.07 to 0.44: (28 + 332) / 2 = 180; siblings a half or a quarter of it."""
    same = {"icef": "0.255", "fratello_di": "B1"}
    children = [
        bambino("B1", nascita="2024-05-01", icef="0.255"),
        bambino("B2", nascita="2025-05-01", **same),
        bambino("B3", nascita="2025-05-01", **same),
        bambino("B4", nascita="2025-05-01"),
    ]
    here = case(FEE, REST, children=children)
    others = ("B1", "B2", "B3")
    assert fee(here, "B1", "trento", 20, *others) == 18_000
    assert fee(here, "B2", "trento", 20, *others) == 9_000
    # Twins: the second of them, in the order of the file, a quarter.
    assert fee(here, "B3", "trento", 20, *others) == 4_500
    # The elder one is not enrolled this month.
    assert fee(here, "B2", "trento", 20, "B3") == 18_000
    assert fee(here, "B4") == 33_200


@pytest.mark.parametrize(("icef", "due"), [("0", 2_800), ("0.07", 2_800), ("0.44", 33_200), ("1", 33_200)])
def test_a_fee_stays_between_its_ends(icef: str, due: int) -> None:
    """28 up to 0.07, 332 from 0.44."""
    here = case(FEE, REST, children=[bambino("B1", icef=icef)])
    assert fee(here, "B1") == due


def test_a_fee_with_a_part_for_every_day() -> None:
    """139.50 + 20 x 3.60 = 211.50; the placeholder of Pergine is the same."""
    here = case(FEE, REST, children=[bambino("B1", icef="0.07")])
    assert fee(here, "B1", "primiero", 20) == fee(here, "B1", "pergine", 20) == 21_150


def test_a_fee_of_the_scenario_wins() -> None:
    """10 + 2 x 1.25, the second child of a family 20 % less of the monthly part: 8 + 2.50."""
    own = {
        "id": "pergine",
        "fonte": "tariffario",
        "minima": 10,
        "massima": 10,
        "icef_minimo": 0,
        "icef_massimo": 1,
        "giornaliera": "1.25",
        "riduzione_fratello": "0.2",
    }
    children = [bambino("B1", nascita="2024-05-01"), bambino("B2", fratello_di="B1", nascita="2025-05-01")]
    here = case(FEE, REST, children=children, tariffe=[own])
    assert fee(here, "B1", "pergine", 2, "B2") == 1_250
    assert fee(here, "B2", "pergine", 2, "B1") == 1_050


def test_siblings_are_joined_through_others() -> None:
    """B3 names B2, who names B1."""
    children = [
        bambino("B1", nascita="2025-01-01", icef="0.07"),
        bambino("B2", nascita="2024-06-01", icef="0.07", fratello_di="B1"),
        bambino("B3", nascita="2023-12-01", icef="0.07", fratello_di="B2"),
    ]
    here = case(FEE, REST, children=children)
    # The eldest pays 28, the others a half.
    assert [fee(here, name, "trento", 0, "B1", "B2", "B3") for name in ("B1", "B2", "B3")] == [
        1_400,
        1_400,
        2_800,
    ]


def test_a_fee_is_the_familys_part_and_the_rest_passes_on() -> None:
    """180 of a place of 1270."""
    here = case(FEE, REST, children=[bambino("B1", icef="0.255")])
    assert paid(here, bill("1270", "B1")) == [{"famiglia": 18_000, "resto": 109_000}]


def test_the_company_may_pay_a_price_less_the_fee() -> None:
    """750 - 180 = 570 of a place of 750."""
    stack = [payer("datore", "differenza_azienda", importo_mese=750, tariffa="trento"), FAMILY]
    here = case(*stack, children=[bambino("B1", icef="0.255")])
    assert paid(here, bill("750", "B1")) == [{"azienda:alfa": 57_000, "famiglia": 18_000}]


def test_the_bonus_pays_the_family_and_not_the_others() -> None:
    """Fee 180, bonus 327.27: the bonus gives 180 back, the Comune pays the same."""
    child = bambino("B1", icef="0.255", isee="30000")
    behind = [FEE, payer("inps", "inps", di="famiglia"), REST]
    assert paid(case(*behind, children=[child]), bill("1270", "B1")) == [{"inps": 18_000, "resto": 109_000}]
    before = [payer("inps", "inps"), FEE, REST]
    assert paid(case(*before, children=[child]), bill("1270", "B1")) == [
        {"inps": 32_727, "famiglia": 18_000, "resto": 76_273}
    ]


def test_the_bonus_pays_fasce_where_they_are_admitted() -> None:
    """80 EUR of a fascia."""
    one = bill("80", "B1", kind="fascia", fascia="dentro")
    assert paid(case(payer("inps", "inps"), FAMILY), one) == [{"famiglia": 8_000}]
    assert paid(case(payer("inps", "inps", fasce_ammesse=True), FAMILY), one) == [{"inps": 8_000}]


CREDIT = payer("irpef", "irpef", di="famiglia")


def test_the_tax_credit_stops_with_the_spending_of_the_year() -> None:
    """250 a month: 4750, 4750, then up to 632.00 EUR 12008 - 9500 = 2508, then nothing."""
    bills = [bill("250", "B1", month=month) for month in YEAR[:4]]
    found = [one.get("irpef", 0) for one in paid(case(FAMILY, CREDIT), *bills)]
    assert found == [4_750, 4_750, 2_508, 0]


def test_an_item_of_many_months_fills_its_years() -> None:
    """800 EUR from November to February: 632 of 2026, the other 168 of 2027. 12008 + 3192."""
    months = ["2026-11", "2026-12", "2027-01", "2027-02"]
    found = paid(case(FAMILY, CREDIT), bill("800", "B1", kind="ora", months=months))
    assert found == [{"irpef": 15_200, "famiglia": 64_800}]


def test_a_child_has_the_bonus_or_the_credit() -> None:
    """B1 says the credit, B2 the bonus, B3 nothing: the first of the stack."""
    children = [bambino("B1", beneficio="irpef"), bambino("B2", beneficio="inps"), bambino("B3")]
    here = case(FAMILY, payer("inps", "inps", di="famiglia"), CREDIT, children=children)
    found = [paid(here, bill("100", name))[0] for name in ("B1", "B2", "B3")]
    assert found == [{"irpef": 1_900, "famiglia": 8_100}, {"inps": 10_000}, {"inps": 10_000}]


def test_a_payer_is_there_from_a_day_to_another() -> None:
    """From November to December."""
    here = case(payer("comune", "quota", quota=1, dal="2026-11-01", al="2026-12-31"), FAMILY)
    found = [bill("100", "B1", month=month) for month in ("2026-10", "2026-11", "2026-12", "2027-01")]
    assert [list(one) for one in paid(here, *found)] == [["famiglia"], ["comune"], ["comune"], ["famiglia"]]


# --- VAT ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("regime", "taxes"), [("esente", []), ("cinque_percento", [3_001]), ("ventidue_percento", [13_202])]
)
def test_vat_is_an_item_of_its_own(regime: str, taxes: list[int]) -> None:
    """600.10 EUR: 60010 x 0.05 = 3000.5, rounded up; x 0.22 = 13202.2."""
    here = case(FAMILY, gestori=[gestore(regime_iva=regime)])
    place = PriceItem(
        "posto",
        date(2026, 10, 1),
        None,
        Fraction(1),
        Fraction(60_010),
        "posto_mese",
        "gestori.uno.prezzi.posto_mese",
        ("2026-10",),
    )
    found = list(with_vat(here, "uno", [place]))[1:]
    assert [half_up(item.amount) for item in found] == taxes
    for item in found:
        assert (item.componente, item.unita, item.quantity) == ("iva", "euro", Fraction("600.10"))
        assert item.fonte == "gestori.uno.regime_iva × gestori.uno.prezzi.posto_mese"


def test_who_pays_an_item_pays_its_vat_within_the_same_ceiling() -> None:
    """300 a month: 290 of the place, and 10 of its VAT of 14.50; the family the rest."""
    here = case(payer("buono", "fisso_mese", importo_mese=300, voci=["posto"]), FAMILY)
    tax = bill("14.50", "B1", kind="iva", taxed="posto")
    assert paid(here, bill("290", "B1"), tax) == [{"buono": 29_000}, {"buono": 1_000, "famiglia": 450}]
    # It does not pay the VAT of meals.
    assert paid(here, bill("14.50", "B1", kind="iva", taxed="pasto")) == [{"famiglia": 1_450}]


def test_a_payer_by_the_hour_pays_no_vat() -> None:
    """Its hours are already paid."""
    here = case(payer("provincia", "fisso_ora", importo_ora=5), FAMILY)
    tax = bill("14.50", "B1", kind="iva", taxed="ora", hours=Fraction(100))
    assert paid(here, tax) == [{"famiglia": 1_450}]

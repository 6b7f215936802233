"""Places and price list of the check halves, by hand."""

from fractions import Fraction
from typing import Any

from casi_verifica import azienda, bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.posti import (
    minimum_places,
    places_to_pay,
    price_items,
    spending,
    used_by_month,
)

AGREEMENT = ("alfa", "uno", "autunno")
TWO_MONTHS = [{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"}]
PRICES = {"posto_mese": 600, "ora_bambino": "1.50", "pasto_giorno": 5}


def items(plan: Any, places: int) -> dict[tuple[str, str, str | None], int]:
    """Give every item of the price list in cents, by component, month and child."""
    return {
        (item.componente, str(item.day)[:7], item.bambino): int(item.amount)
        for item in price_items(plan, AGREEMENT, places)
    }


def test_opposite_shifts_share_a_place() -> None:
    """Mornings and afternoons are one place; a third child across noon makes two."""
    case = case_of(bambino("B1", "08:00-12:00"), bambino("B2", "12:00-16:00"), bambino("B3", "11:00-13:00"))
    assert minimum_places(plan_of(case, {"B1": "uno", "B2": "uno"}), AGREEMENT) == 1
    assert minimum_places(plan_of(case, {"B1": "uno", "B2": "uno", "B3": "uno"}), AGREEMENT) == 2


def test_companies_and_booked_fasce_count_apart() -> None:
    """Only the company's own children count, with the fasce that they booked."""
    provider = gestore(fasce=[fascia("tardi", "16:00-18:00")])
    case = case_of(
        bambino("B1", "10:00-18:00"),
        bambino("B2", "08:00-10:00"),
        bambino("B3", "16:00-18:00", azienda="beta"),
        bambino("B4", finestre=[{"giorni": "lun-ven", "orario": "08:00-09:00"}, _evening()]),
        gestori=[provider],
    )
    everybody = {child: "uno" for child in ("B1", "B2", "B3", "B4")}
    late = {"B1": ["tardi"], "B3": ["tardi"], "B4": ["tardi"]}
    # alfa: B2 with B4 in the morning, B1 with B4 in the evening: 2. beta: B3 alone.
    plan = plan_of(case, everybody, late)
    assert plan.places == {("alfa", "uno", "autunno"): 2, ("beta", "uno", "autunno"): 1}


def _evening() -> dict[str, str]:
    return {"giorni": "lun-ven", "orario": "16:00-18:00"}


def test_the_provider_may_ask_for_a_minimum() -> None:
    """One child needs one place; a provider that agrees on three at least gets three."""
    case = case_of(bambino("B1"), gestori=[gestore(posti_minimi_accordo=3)])
    assert minimum_places(plan_of(case, {"B1": "uno"}), AGREEMENT) == 3


def test_price_list_month_by_month() -> None:
    """Two places; October uses 2, November 1: an empty one at half its price in November."""
    case = case_of(
        bambino("B1", "10:00-13:00"),
        bambino("B2", "10:00-13:00", uscita="2026-11-01"),
        stagioni=TWO_MONTHS,
        gestori=[gestore(prezzi=PRICES, vuoto_per_pieno="0.5")],
    )
    plan = plan_of(case, {"B1": "uno", "B2": "uno"})
    assert used_by_month(plan, "uno", "autunno", ("B1", "B2")) == {"2026-10": 2, "2026-11": 1}
    assert items(plan, 2) == {
        ("posto", "2026-10", None): 120_000,
        ("posto", "2026-11", None): 60_000,
        ("vuoto", "2026-11", None): 30_000,
        # 22 + 21 days of 3 hours at 1.50; meals at 5.
        ("ora", "2026-10", "B1"): 43 * 3 * 150,
        ("pasto", "2026-10", "B1"): 43 * 500,
        ("ora", "2026-10", "B2"): 22 * 3 * 150,
        ("pasto", "2026-10", "B2"): 22 * 500,
    }


def test_fascia_is_due_in_the_months_of_the_request() -> None:
    """A child that leaves in November pays the fascia for October alone; one that stays for both."""
    provider = gestore(fasce=[fascia("tardi", "16:00-18:00", prezzo_mese=60)])
    case = case_of(
        bambino("B1", "12:00-18:00"),
        bambino("B2", "12:00-18:00", uscita="2026-11-01"),
        stagioni=TWO_MONTHS,
        gestori=[provider],
    )
    plan = plan_of(case, {"B1": "uno", "B2": "uno"}, {"B1": ["tardi"], "B2": ["tardi"]})
    assert items(plan, 2) == {
        ("fascia", "2026-10", "B1"): 6_000,
        ("fascia", "2026-11", "B1"): 6_000,
        ("fascia", "2026-10", "B2"): 6_000,
    }


def test_spending_leaves_out_meals() -> None:
    """One place at 600 EUR and 66 hours at 1.50 EUR are 699 EUR, meals apart."""
    case = case_of(bambino("B1"), gestori=[gestore(prezzi=PRICES)])
    assert spending(plan_of(case, {"B1": "uno"}), "alfa") == 69_900
    assert spending(plan_of(case, {"B1": "uno"}), "beta") == 0


def test_seasonal_items_count_the_months_of_the_child() -> None:
    """A monthly payer counts one month for a place, two for the hours of a child of two months."""
    case = case_of(bambino("B1"), stagioni=TWO_MONTHS, gestori=[gestore(prezzi=PRICES)])
    plan = plan_of(case, {"B1": "uno"})
    months = {item.componente: item.months for item in price_items(plan, AGREEMENT, 1)}
    assert months["posto"] == ("2026-11",)
    assert months["ora"] == ("2026-10", "2026-11")


def shared_case(morning: str) -> Any:
    """Two children of alfa stay all day; beta comes in the morning, gamma in the afternoon."""
    return case_of(
        bambino("B1", "08:00-16:00"),
        bambino("B2", "08:00-16:00"),
        bambino("B3", morning, azienda="beta"),
        bambino("B4", "12:00-16:00", azienda="gamma"),
        aziende=[azienda("alfa", budget_annuo=5000), azienda("beta"), azienda("gamma")],
        gestori=[gestore(prezzi={"posto_mese": 600})],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
    )


def test_a_shared_place_is_divided_by_hours() -> None:
    """Three places: alfa 16 of 24 hours a day is two, which it uses alone; beta and gamma halve the third."""
    plan = plan_of(shared_case("08:00-12:00"), dict.fromkeys(("B1", "B2", "B3", "B4"), "uno"))
    parts = {azienda: part for (azienda, _), part in places_to_pay(plan, "uno", "autunno").items()}
    assert parts == {"alfa": 2, "beta": Fraction(1, 2), "gamma": Fraction(1, 2)}
    # The budget stays on the whole price: beta alone would pay 600 EUR.
    assert spending(plan, "beta") == 60_000


def test_nobody_pays_more_than_alone() -> None:
    """With beta two hours a day, alfa would have 16 / 22 x 3 = 2.18 places: it pays 2, and 2 : 4 is left."""
    plan = plan_of(shared_case("08:00-10:00"), dict.fromkeys(("B1", "B2", "B3", "B4"), "uno"))
    parts = {azienda: part for (azienda, _), part in places_to_pay(plan, "uno", "autunno").items()}
    # A third and two thirds of a place: 0.3333 and 0.6666, and the odd part to the larger rest.
    assert parts == {"alfa": 2, "beta": Fraction(3333, 10_000), "gamma": Fraction(6667, 10_000)}

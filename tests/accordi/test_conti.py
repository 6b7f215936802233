"""The steps by which amounts are divided: the ledger's cents, on any stack a sheet can repeat."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from stacks import CHILDREN, DUE, EVERY, PAYER, amount

from nido.accordi.amount import first_day
from nido.accordi.conti import Conti, expressible, same_as, spread
from nido.accordi.inps import instalments_a_year, monthly_bonus
from nido.accordi.pagatori import Allowances, settle
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.regole import Pagatore

ALFA = Azienda.model_validate(
    {"id": "alfa", "nome": "Alfa", "sede": {"comune": "Pergine Valsugana"}, "quota": "0.35"}
)


def payer(place: int, values: dict[str, Any]) -> Pagatore:
    """Write a payer of the stack."""
    return Pagatore.model_validate({"id": f"p{place}", **values})


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(PAYER, min_size=1, max_size=5), st.lists(DUE, min_size=1, max_size=8))
def test_the_steps_give_the_payments_of_the_ledger(stack: list[dict[str, Any]], dues: list[Any]) -> None:
    """Limits, divisions and cents left over come out the same when reckoned step by step."""
    payers = tuple(payer(place, values) for place, values in enumerate(stack))
    payers = payers[: expressible(payers)]
    children = {child["id"]: Bambino.model_validate(child) for child in CHILDREN}
    amounts = [amount(*due) for due in dues]
    # The components come in their order, as in the ledger.
    amounts.sort(key=lambda one: EVERY.index(one.componente))
    accounts = Conti(
        payers,
        lambda child, month: monthly_bonus(children[child], first_day(month)),
        instalments_a_year(first_day("2027-01")),
    )
    paid = settle(amounts, payers, ALFA, Allowances(children))
    for one, payments in paid:
        steps = accounts.divide(one, ALFA)
        assert same_as(steps, payments, ALFA)
        assert sum(step.preso for step in steps.passi) + steps.scoperto == one.importo_cent


def test_a_sum_over_three_limits() -> None:
    """100 cents over limits of 10, 40 and 90: 10, then 45 each is above 40, so 10 + 40 + 50."""
    fill, taken = spread(100, [10, 40, 90])
    assert taken == [10, 40, 50]
    # Up to 40 everybody is served: 10 + 40 + 40 = 90; the one above gets the 50 that are left.
    assert (fill.preso, fill.soglia, fill.livello) == (100, 40, 50)


def test_cents_left_over_go_to_the_first_above() -> None:
    """11 cents over limits of 2, 9 and 9: 2, then 9 over two is 4 each and one more for the first."""
    fill, taken = spread(11, [2, 9, 9])
    assert taken == [2, 5, 4]
    assert fill.livello == 4


def test_a_stack_stops_where_a_sheet_cannot_follow() -> None:
    """After a payer that divides among the children, a share of what is left is no longer repeated."""
    stack = (
        payer(0, {"modo": "quota_azienda", "voci": ["posto"]}),
        payer(1, {"modo": "inps", "voci": ["posto"]}),
        payer(2, {"modo": "quota", "quota": "0.5", "voci": ["posto"]}),
    )
    assert expressible(stack) == 2


def test_a_stack_stops_where_another_pays_in_a_payer_s_place() -> None:
    """Who takes from another payer changes what that one pays: a sheet repeats neither."""
    stack = (
        payer(0, {"modo": "fisso_mese", "importo_mese": 10, "voci": ["posto"]}),
        payer(1, {"modo": "quota_azienda", "voci": ["posto"]}),
        payer(2, {"modo": "cofinanziamento", "di": "p1", "quota": "0.5", "voci": ["posto"]}),
    )
    assert expressible(stack) == 1
    assert expressible(stack[:2]) == 2
    assert expressible((payer(0, {"modo": "residuo", "massimo_quota": "0.5", "voci": ["posto"]}),)) == 0

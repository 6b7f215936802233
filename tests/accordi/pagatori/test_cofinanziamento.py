"""Public co-financing of the company's own part."""

from pila import child, company, due, facts, paid, payer

FAMILY = payer("famiglia", "residuo")
COMPANY = payer("datore", "quota_azienda")
GRANT = payer("provincia", "cofinanziamento", di="datore", quota="0.5", quota_certificata="0.05")


def test_part_of_what_the_company_has_taken() -> None:
    """The company takes 500.01 of 1,000.01; half of it, 250.005, is 250.01 of the Province."""
    assert paid([due("1000.01", "B1")], (COMPANY, GRANT, FAMILY), facts()) == [
        {"azienda:alfa": 25_000, "provincia": 25_001, "famiglia": 50_000}
    ]


def test_five_points_more_for_a_certified_company() -> None:
    """500.01 x 0.55 = 275.0055: the Province 275.01, the company 225.00."""
    found = paid([due("1000.01", "B1")], (COMPANY, GRANT, FAMILY), facts(), company(certificata=True))
    assert found == [{"azienda:alfa": 22_500, "provincia": 27_501, "famiglia": 50_000}]


def test_child_by_child() -> None:
    """250.01 and 250.00 of the company: 137.51 (137.5055) and 137.50 of the Province."""
    known = facts([child("B1"), child("B2")])
    stack = (COMPANY, GRANT, FAMILY)
    found = paid([due("1000.01", "B1", "B2")], stack, known, company(certificata=True))
    assert found == [{"azienda:alfa": 22_500, "provincia": 27_501, "famiglia": 50_000}]


def test_admitted_expense_has_a_limit() -> None:
    """At most 100 for each child and month, over all components."""
    capped = payer("provincia", "cofinanziamento", di="datore", quota="0.5", massimo_mese=100)
    amounts = [due("300", "B1"), due("300", "B1", componente="fascia")]
    found = paid(amounts, (COMPANY, capped, FAMILY), facts())
    # half of 150 is 75; then 25 are left of the limit
    assert [row["provincia"] for row in found] == [7_500, 2_500]


def test_an_empty_place_of_nobody_is_co_financed_too() -> None:
    """Without children there is one account."""
    empty = payer("azienda_vuoti", "quota", "vuoto", quota=1)
    grant = payer("provincia", "cofinanziamento", di="azienda_vuoti", quota="0.5")
    assert paid([due("100", componente="vuoto")], (empty, grant), facts()) == [
        {"azienda:alfa": 5_000, "provincia": 5_000}
    ]

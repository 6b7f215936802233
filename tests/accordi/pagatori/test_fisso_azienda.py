"""A fixed sum per child and month that the company pays."""

from pila import child, company, due, facts, paid, payer

STACK = (payer("datore", "fisso_azienda", importo_mese=200), payer("famiglia", "residuo"))
TWO = facts([child("B1"), child("B2")])


def test_the_company_pays_so_much_for_each_child() -> None:
    """Two children at 200 of a place of 1,000; the fascia of one of them finds the sum used up."""
    amounts = [due("1000", "B1", "B2"), due("80", "B1", componente="fascia")]
    assert paid(amounts, STACK, TWO) == [{"azienda:alfa": 40_000, "famiglia": 60_000}, {"famiglia": 8_000}]


def test_a_company_s_own_sum_comes_first() -> None:
    """A company that states 150 pays 150, whatever the payer says, and one that states 0 pays nothing."""
    one = facts([child()])
    assert paid([due("1000", "B1")], STACK, one, company(importo_mese=150)) == [
        {"azienda:alfa": 15_000, "famiglia": 85_000}
    ]
    assert paid([due("1000", "B1")], STACK, one, company(importo_mese=0)) == [{"famiglia": 100_000}]

"""The price of a place less the family's fee, paid by the company."""

from pila import child, due, facts, paid, payer

STACK = (
    payer("datore", "differenza_azienda", "posto", importo_mese=750, tariffa="trento"),
    payer("famiglia", "residuo"),
)


def test_the_company_pays_the_price_less_the_fee() -> None:
    """ICEF 0.255 is half way from 0.07 to 0.44: the fee is (28 + 332) / 2 = 180, the company's part 570."""
    known = facts([child(icef="0.255")])
    assert paid([due("750", "B1")], STACK, known) == [{"azienda:alfa": 57_000, "famiglia": 18_000}]


def test_a_fee_above_the_price_leaves_the_company_nothing() -> None:
    """Without ICEF the fee is 332, above a stated price of 300."""
    low = (payer("datore", "differenza_azienda", importo_mese=300, tariffa="trento"), STACK[1])
    assert paid([due("300", "B1")], low, facts()) == [{"famiglia": 30_000}]

"""The INPS bonus out of the family's own part, its fasce, and who has it."""

from pila import child, due, facts, paid, payer

TOWN = payer("comune", "residuo")
# Born in 2025 with an ISEE of 30,000: 327.27 a month.
KNOWN = facts([child(icef="0.255", isee="30000")])


def test_out_of_the_family_s_part_and_never_above_it() -> None:
    """The fee is 180, less than the bonus: the bonus pays 180, and the Comune the same as without it."""
    stack = (
        payer("famiglia", "retta", "posto", tariffa="trento"),
        payer("inps", "inps", di="famiglia"),
        TOWN,
    )
    assert paid([due("1270", "B1")], stack, KNOWN) == [{"inps": 18_000, "comune": 109_000}]


def test_taking_from_the_family_divides_nothing() -> None:
    """A share that follows applies to the whole of what is left, as if the bonus were not there."""
    stack = (
        payer("famiglia", "quota", quota="0.5"),
        payer("inps", "inps", di="famiglia"),
        payer("comune", "quota", quota="0.5"),
    )
    two = facts([child("B1", isee="30000"), child("B2")])
    # 100.01: half is 50.01, of which 25.01 of B1 and 25.00 of B2, all within the bonus; then half of 50.00
    assert paid([due("100.01", "B1", "B2")], stack, two) == [
        {"inps": 5_001, "comune": 2_500, "scoperto": 2_500}
    ]


def test_fasce_invoiced_apart_only_by_the_scenario_s_word() -> None:
    """With fasce_ammesse the fascia draws on what the place has left of the bonus: 327.27 - 300."""
    amounts = [due("300", "B1"), due("80", "B1", componente="fascia")]
    family = payer("famiglia", "residuo")
    assert paid(amounts, (payer("inps", "inps"), family), KNOWN) == [{"inps": 30_000}, {"famiglia": 8_000}]
    admitted = (payer("inps", "inps", fasce_ammesse=True), family)
    assert paid(amounts, admitted, KNOWN) == [{"inps": 30_000}, {"inps": 2_727, "famiglia": 5_273}]


def test_no_bonus_for_who_has_the_tax_credit() -> None:
    """A child whose benefit is the IRPEF credit gets no bonus."""
    known = facts([child(isee="30000", beneficio="irpef")])
    stack = (payer("inps", "inps"), payer("famiglia", "residuo"))
    assert paid([due("300", "B1")], stack, known) == [{"famiglia": 30_000}]

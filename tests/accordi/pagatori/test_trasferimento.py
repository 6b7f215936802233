"""The Province's transfer for an enrolled child."""

import pytest
from pila import child, due, facts, paid, payer

FAMILY = payer("famiglia", "residuo")
YES = payer("provincia", "trasferimento", ammesso=True)


@pytest.mark.parametrize(
    ("tempo", "euro", "expected"),
    [
        # 800,000 / 12 = 66,666.67 cents, rounded down
        ("pieno", "1270", {"provincia": 66_666, "famiglia": 60_334}),
        # 75 %: 600,000 / 12
        ("parziale", "1270", {"provincia": 50_000, "famiglia": 77_000}),
        ("pieno", "500", {"provincia": 50_000}),
    ],
)
def test_a_twelfth_of_the_year_never_above_what_is_left(
    tempo: str, euro: str, expected: dict[str, int]
) -> None:
    """Full time, part time, and a place that costs less than the transfer."""
    assert paid([due(euro, "B1")], (YES, FAMILY), facts([child(tempo=tempo)])) == [expected]


def test_twelve_months_never_exceed_the_year() -> None:
    """Twelve times 666.66 is 7,999.92 of 8,000."""
    months = [f"2027-{number:02d}" for number in range(1, 13)]
    found = paid([due("1270", "B1", month=month) for month in months], (YES, FAMILY), facts())
    assert sum(row["provincia"] for row in found) == 799_992


def test_the_amount_is_that_of_the_month() -> None:
    """7,406 in 2024: 740,600 / 12 = 61,716.67, rounded down; 8,000 from 2025 on."""
    amounts = [due("1270", "B1", month=month) for month in ("2024-12", "2025-01")]
    found = paid(amounts, (YES, FAMILY), facts())
    assert [row["provincia"] for row in found] == [61_716, 66_666]


def test_without_the_scenario_s_word_it_pays_nothing() -> None:
    """Whether a reserved place is entitled is not for nido to assume."""
    no = payer("provincia", "trasferimento")
    assert paid([due("1270", "B1")], (no, FAMILY), facts()) == [{"famiglia": 127_000}]


def test_only_places_and_only_for_children() -> None:
    """Fasce and places in which nobody is enrolled have no transfer."""
    amounts = [due("80", "B1", componente="fascia"), due("500", componente="posto")]
    assert paid(amounts, (YES, FAMILY), facts()) == [{"famiglia": 8_000}, {"famiglia": 50_000}]


def test_two_payers_share_one_transfer() -> None:
    """The transfer of a child and month is paid once, however often the stack names it."""
    twice = (YES, payer("comune", "trasferimento", ammesso=True), FAMILY)
    assert paid([due("1270", "B1")], twice, facts()) == [{"provincia": 66_666, "famiglia": 60_334}]

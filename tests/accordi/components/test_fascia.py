"""Booked fasce."""

from datetime import date
from typing import Any

from nido.accordi.components import fascia


def test_each_month_of_each_booked_fascia(make: Any) -> None:
    """A child pays each booked fascia for its own months, in the provider's order."""
    months = {"sabato": ("2026-11",), "anticipo": ("2026-10", "2026-11")}
    child = make.served("B001", fasce=("anticipo", "sabato"), mesi_fascia=months)
    found = list(fascia.amounts(make.scenario(), make.solution((child, make.served("B002")))))
    # anticipo 2 × 60.00, sabato 1 × 25.00; B002 books nothing
    assert [amount.importo_cent for amount in found] == [6_000, 6_000, 2_500]
    assert [amount.data for amount in found] == [date(2026, 10, 1), date(2026, 11, 1), date(2026, 11, 1)]
    assert {amount.bambino for amount in found} == {"B001"}
    assert found[-1].fonte == "gestori.girasole.fasce.sabato.prezzo_mese"
    assert found[-1].mesi == ("2026-11",)

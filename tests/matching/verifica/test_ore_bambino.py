"""The rule `ore_bambino`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, gestore, plan_of

from nido.matching.verifica import ore_bambino

LONG = gestore(base={"giorni": "lun-ven", "orario": "07:00-18:00"})


@pytest.mark.parametrize(
    ("hours", "rule", "kept"),
    [
        # The profile allows 10 hours.
        ("07:00-17:00", {}, True),
        ("07:00-17:30", {}, False),
        ("07:00-17:30", {"massimo_ore": "10.5"}, True),
        ("07:00-17:30", {"massimo_ore": "10.4"}, False),
        ("07:00-17:30", {"modo": "avvisa"}, True),
        ("07:00-17:30", {"attiva": False}, True),
    ],
)
def test_hours_of_a_day(hours: str, rule: dict[str, Any], kept: bool) -> None:
    """The longest day of a child is within the limit of the profile, or of the scenario."""
    case = case_of(bambino("B1", hours), gestori=[LONG], regole={"ore_bambino": rule})
    assert broken(plan_of(case, {"B1": "uno"})) == ([] if kept else ["ore_bambino"])


def test_hours_are_those_of_presence() -> None:
    """A window of 13 hours of which 8 are covered is within 8 hours."""
    case = case_of(
        bambino("B1", "06:00-19:00"),
        regole={"ore_bambino": {"massimo_ore": 8}, "orari": {"copertura_minima": "0.5"}},
    )
    plan = plan_of(case, {"B1": "uno"})
    assert broken(plan) == []
    assert ore_bambino.excesses(plan) == []

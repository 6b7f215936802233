"""The rule `residenti`: just satisfied and just violated."""

import pytest
from casi_verifica import LEVICO, bambino, broken, case_of, gestore, plan_of


@pytest.mark.parametrize(
    ("quota", "strangers", "kept"),
    [
        # Of 5 places 0.5 are kept: floor(2.5) = 2 for the others.
        ("0.5", 2, True),
        ("0.5", 3, False),
        ("0.4", 3, True),
        ("1", 0, True),
        ("1", 1, False),
        ("0", 3, True),
    ],
)
def test_places_left_to_non_residents(quota: str, strangers: int, kept: bool) -> None:
    """Non-residents together are at most the part of the places not kept, rounded down."""
    others = [bambino(f"B{number}", comune=LEVICO) for number in range(strangers)]
    case = case_of(
        *others,
        bambino("C1"),
        gestori=[gestore(posti=5)],
        regole={"residenti": {"quota": quota}},
    )
    plan = plan_of(case, {child: "uno" for child in case.bambini})
    assert broken(plan) == ([] if kept else ["residenti"])


def test_non_residents_count_when_together() -> None:
    """Two who follow each other are one at a time."""
    case = case_of(
        bambino("B1", "08:00-12:00", comune=LEVICO),
        bambino("B2", "12:00-16:00", comune=LEVICO),
        gestori=[gestore(posti=2)],
        regole={"residenti": {"quota": "0.5"}},
    )
    assert broken(plan_of(case, {"B1": "uno", "B2": "uno"})) == []

"""The rule `rapporto`: just satisfied and just violated."""

from dataclasses import replace

from casi_verifica import bambino, broken, case_of, plan_of

from nido.matching.verifica import rapporto
from nido.matching.verifica.piano import Plan

KEY = ("uno", "autunno", "base", None)


def with_staff(plan: Plan, piccoli: int, grandi: int) -> list[str]:
    """Give the base hours this staff all day, and name the rules broken."""
    roster = {slot: {"piccoli": piccoli, "grandi": grandi} for slot in range(16, 32)}
    return broken(replace(plan, staff={KEY: roster}))


def test_ten_children_need_two_educators_of_their_band() -> None:
    """ceil(10 / 9) = 2 for the older band; more is allowed here, fewer is not."""
    case = case_of(*(bambino(f"B{number}") for number in range(10)))
    plan = plan_of(case, {child: "uno" for child in case.bambini})
    assert broken(plan) == []
    assert with_staff(plan, 0, 2) == []
    assert with_staff(plan, 1, 2) == []
    assert with_staff(plan, 1, 1) == ["rapporto"]
    assert with_staff(plan, 2, 1) == ["rapporto"]


def test_the_minimum_together() -> None:
    """One child of the older band needs one educator of it and one more of any band."""
    plan = plan_of(case_of(bambino("B1")), {"B1": "uno"})
    assert with_staff(plan, 1, 1) == []
    assert with_staff(plan, 0, 2) == []
    assert with_staff(plan, 2, 0) == ["rapporto"]
    assert with_staff(plan, 0, 1) == ["rapporto"]


def test_an_interval_without_staff_is_found() -> None:
    """A roster that ends at 15:30 leaves the last half hour alone, and the message says when."""
    plan = plan_of(case_of(bambino("B1")), {"B1": "uno"})
    roster = {slot: {"piccoli": 1, "grandi": 1} for slot in range(16, 31)}
    (violation,) = rapporto.check(replace(plan, staff={KEY: roster}))
    assert "15:30" in violation.dettaglio
    assert violation.dove == "uno/autunno/base"


def test_off() -> None:
    """With the rule off no staff is needed."""
    case = case_of(bambino("B1"), regole={"rapporto": {"attiva": False}})
    assert broken(plan_of(case, {"B1": "uno"})) == []

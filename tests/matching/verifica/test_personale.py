"""Smallest staff of the check halves."""

from datetime import date
from typing import Any

import pytest
from casi_verifica import bambino, case_of, fascia, gestore, plan_of

from nido.matching.verifica.caso import Case
from nido.matching.verifica.personale import (
    additional,
    existing_staff,
    minimum_roster,
    minimum_staff,
    ratio_need,
    with_minimum,
)

SMALL = "2026-01-10"  # nine months old in October 2026: band piccoli, one educator for 6
MONDAY = date(2026, 10, 5)


def rules(**rapporto: Any) -> dict[str, Any]:
    """Set the rule of the ratio."""
    return {"attivazione": {"soglia": 1}, "rapporto": rapporto}


def roster_at(case: Case, hour: int, users: frozenset[str], part: str = "base") -> dict[str, int]:
    """Give the smallest staff of the whole stagione at an hour."""
    return dict(minimum_roster(case, "uno", "autunno", part, users)[None][hour * 60 // case.step])


@pytest.mark.parametrize(
    ("small", "large", "per_band", "mixed"),
    [
        # ceil(6/6) + ceil(9/9) = 2; 6/6 + 9/9 = 2.
        (6, 9, 2, 2),
        # ceil(7/6) + ceil(9/9) = 3; 7/6 + 1 = 2.17 -> 3.
        (7, 9, 3, 3),
        # ceil(3/6) + ceil(4/9) = 2; 3/6 + 4/9 = 17/18 -> 1.
        (3, 4, 2, 1),
        # ceil(3/6) + ceil(5/9) = 2; 1/2 + 5/9 = 19/18 -> 2.
        (3, 5, 2, 2),
        (0, 0, 0, 0),
    ],
)
def test_ratio_by_band_and_on_the_sum(small: int, large: int, per_band: int, mixed: int) -> None:
    """Whole educators for each band, or once for the sum of the fractions."""
    children = {"piccoli": small, "grandi": large}
    by_band = case_of(bambino("B1"))
    on_sum = case_of(bambino("B1"), regole=rules(arrotondamento="somma_mista"))
    assert sum(ratio_need(by_band, children).values()) == per_band
    assert ratio_need(on_sum, children) == {"tutte": mixed}


def test_the_minimum_together_goes_to_the_first_band() -> None:
    """One educator of the older band and a minimum of 2: one more, in the first band."""
    case = case_of(bambino("B1"))
    assert with_minimum(case, {"piccoli": 0, "grandi": 1}) == {"piccoli": 1, "grandi": 1}
    assert with_minimum(case, {"piccoli": 1, "grandi": 2}) == {"piccoli": 1, "grandi": 2}


def test_each_band_takes_its_own_largest_day() -> None:
    """A child of each band on different days: 1 + 1 by season, though no day needs both."""
    case = case_of(
        bambino("B1", finestre=[{"giorni": "lun", "orario": "09:00-12:00"}], nascita=SMALL),
        bambino("B2", finestre=[{"giorni": "mar", "orario": "09:00-12:00"}]),
        regole=rules(copresenza=0),
    )
    both = frozenset({"B1", "B2"})
    assert roster_at(case, 9, both) == {"piccoli": 1, "grandi": 1}
    # Nobody is there at 14:00, and no minimum is asked for.
    assert roster_at(case, 14, both) == {"piccoli": 0, "grandi": 0}


def test_the_minimum_holds_in_every_interval_of_an_open_part() -> None:
    """With the default minimum of 2 the base hours have 2 educators even when no child is there."""
    case = case_of(bambino("B1"), gestori=[gestore(fasce=[fascia("tardi", "16:00-18:00")])])
    assert roster_at(case, 14, frozenset({"B1"})) == {"piccoli": 2, "grandi": 0}
    assert minimum_roster(case, "uno", "autunno", "tardi", frozenset()) == {}


def test_staff_by_day_only_where_somebody_is() -> None:
    """By day the staff is there only on the days and intervals with a child."""
    case = case_of(
        bambino("B1", finestre=[{"giorni": "lun", "orario": "09:00-12:00"}]),
        regole=rules(personale="giorno"),
    )
    rosters = minimum_roster(case, "uno", "autunno", "base", frozenset({"B1"}))
    assert sorted(day.day for day in rosters if day is not None) == [5, 12, 19, 26]
    # 09:00-12:00 are six intervals of half an hour.
    assert [len(roster) for roster in rosters.values()] == [6, 6, 6, 6]
    assert rosters[MONDAY][18] == {"piccoli": 1, "grandi": 1}


def test_existing_children_count_in_base_hours_alone() -> None:
    """16 existing of the older band are 2 educators; 3 more of ours make 19: 3, so 1 in addition."""
    provider = gestore(esistenti={"grandi": 16}, fasce=[fascia("tardi", "16:00-18:00")])
    children = [bambino(f"B{number}", "09:00-17:00") for number in (1, 2, 3)]
    case = case_of(*children, gestori=[provider])
    users = frozenset({"B1", "B2", "B3"})
    assert existing_staff(case, "uno") == 2
    assert roster_at(case, 9, users) == {"piccoli": 0, "grandi": 3}
    assert additional(case, "uno", "base", {"piccoli": 0, "grandi": 3}) == 1
    assert roster_at(case, 16, users, "tardi") == {"piccoli": 1, "grandi": 1}
    assert additional(case, "uno", "tardi", {"piccoli": 1, "grandi": 1}) == 2


def test_one_existing_child_already_has_the_minimum() -> None:
    """One existing child has 2 educators, none existing has none."""
    case = case_of(bambino("B1"), gestori=[gestore(esistenti={"piccoli": 1}), gestore("due")])
    assert existing_staff(case, "uno") == 2
    assert existing_staff(case, "due") == 0


def test_ratio_on_the_enrolled() -> None:
    """Ten enrolled who come five at a time are 1 educator by presence, 2 by enrolment, all day long."""
    early = [bambino(f"B{number}", "08:00-11:00") for number in range(5)]
    late = [bambino(f"C{number}", "13:00-16:00") for number in range(5)]
    users = frozenset(child["id"] for child in early + late)
    present = case_of(*early, *late, regole=rules(copresenza=0))
    enrolled = case_of(*early, *late, regole=rules(copresenza=0, base="iscritti"))
    assert roster_at(present, 9, users) == {"piccoli": 0, "grandi": 1}
    assert roster_at(present, 12, users) == {"piccoli": 0, "grandi": 0}
    assert roster_at(enrolled, 12, users) == {"piccoli": 0, "grandi": 2}


def test_a_child_that_changes_band_counts_in_both_over_a_season() -> None:
    """Turning 19 months on 10 October, the only child needs an educator of each band by season."""
    case = case_of(bambino("B1", nascita="2025-03-10"), regole=rules(copresenza=0))
    assert roster_at(case, 9, frozenset({"B1"})) == {"piccoli": 1, "grandi": 1}


def test_no_roster_for_tagesmutter_nor_without_the_rule() -> None:
    """Tagesmutter are paid by child-hour; with the rule off nobody is asked for."""
    plan = plan_of(case_of(bambino("B1"), gestori=[gestore(tipo="tagesmutter")]), {"B1": "uno"})
    assert minimum_staff(plan) == {}
    off = plan_of(case_of(bambino("B1"), regole=rules(attiva=False)), {"B1": "uno"})
    assert minimum_staff(off) == {}


def test_base_hours_without_days_have_no_staff() -> None:
    """A provider closed all season works only in its fascia of the closing days."""
    provider = gestore(
        chiusure=[{"inizio": "2026-10-01", "fine": "2026-10-31"}],
        fasce=[fascia("ferie", "08:00-16:00", in_chiusura=True)],
    )
    plan = plan_of(case_of(bambino("B1"), gestori=[provider]), {"B1": "uno"}, {"B1": ["ferie"]})
    assert [key[2] for key in plan.staff] == ["ferie"]

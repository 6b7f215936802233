"""The rule `capienza`: just satisfied and just violated."""

from collections.abc import Mapping
from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, fascia, gestore, plan_of

SMALL = "2026-02-10"  # eight months old until 9 November 2026
OFF = {"posti_riservati": {"attiva": False}, "attivazione": {"soglia": 1}}


def broken_with(
    provider: Mapping[str, Any],
    children: list[dict[str, Any]],
    booked: dict[str, list[str]] | None = None,
    **rule: Any,
) -> list[str]:
    """Put every child in the provider and name the rules broken."""
    case = case_of(*children, gestori=[gestore(**provider)], regole={**OFF, "capienza": rule})
    return broken(plan_of(case, {child["id"]: "uno" for child in children}, booked))


def several(number: int, **more: Any) -> list[dict[str, Any]]:
    """Describe some children who come together."""
    return [bambino(f"B{place}", **more) for place in range(number)]


@pytest.mark.parametrize(
    "provider",
    [
        {"posti": 2},
        {"posti": 9, "posti_stagione": {"autunno": 2}},
        # 2 + 5 existing are the 7 authorised.
        {"capienza": 7, "esistenti": {"grandi": 3, "piccoli": 2}},
        {"posti_banda": {"grandi": 2}},
    ],
)
def test_two_fit_and_three_do_not(provider: dict[str, Any]) -> None:
    """Places, places of the stagione, authorised capacity and places of a band, all for two."""
    assert broken_with(provider, several(2)) == []
    assert broken_with(provider, several(3)) == ["capienza"]


def test_places_count_presence_or_enrolment() -> None:
    """Morning and afternoon share one place by presence; by enrolment they need two."""
    children = [bambino("B1", "08:00-12:00"), bambino("B2", "12:00-16:00")]
    assert broken_with({"posti": 1}, children, base="presenti") == []
    assert broken_with({"posti": 1}, children, base="iscritti") == ["capienza"]
    assert broken_with({"posti": 2}, children, base="iscritti") == []


def test_enrolment_counts_days_of_the_request() -> None:
    """By enrolment one place is enough for a child that leaves when the other enters."""
    children = [bambino("B1", uscita="2026-10-15"), bambino("B2", ingresso="2026-10-15")]
    assert broken_with({"posti": 1}, children, base="iscritti") == []
    later = [bambino("B1", uscita="2026-10-16"), bambino("B2", ingresso="2026-10-15")]
    assert broken_with({"posti": 1}, later, base="iscritti") == ["capienza"]


def test_existing_children_are_in_the_base_hours_alone() -> None:
    """With 7 existing of 8 two children cannot stay in the base hours, but the late fascia is theirs."""
    provider = {
        "capienza": 8,
        "esistenti": {"grandi": 7},
        "fasce": [fascia("tardi", "16:00-18:00")],
    }
    apart = [bambino("B1", "12:00-18:00"), bambino("B2", "16:00-18:00")]
    booked = {"B1": ["tardi"], "B2": ["tardi"]}
    assert broken_with(provider, apart, booked) == []
    together = [bambino("B1", "12:00-18:00"), bambino("B2", "15:00-18:00")]
    assert broken_with(provider, together, booked) == ["capienza"]


def test_booked_fascia_counts_places() -> None:
    """Two in a late fascia of one place are one too many, by presence and by enrolment."""
    provider = {"posti": 1, "fasce": [fascia("tardi", "16:00-18:00")]}
    children = [bambino("B1", "12:00-17:00"), bambino("B2", "16:30-18:00")]
    booked = {"B1": ["tardi"], "B2": ["tardi"]}
    assert broken_with(provider, children, booked) == ["capienza"]
    assert broken_with(provider, children, booked, base="iscritti") == ["capienza"]


def test_bands_are_those_of_the_day() -> None:
    """B1 (born 10 March 2025) is of the older band from 10 October: it then meets B2, enrolled to the 9th."""
    provider = {"posti_banda": {"grandi": 1}}
    change = bambino("B1", nascita="2025-03-10")
    assert broken_with(provider, [change, bambino("B2", uscita="2026-10-10")]) == []
    # 12 October is the first weekday that both spend in the older band.
    assert broken_with(provider, [change, bambino("B2", uscita="2026-10-13")]) == ["capienza"]


def test_tagesmutter_limits() -> None:
    """Five for each Tagesmutter, of whom three under nine months."""
    home = {"tipo": "tagesmutter"}
    assert broken_with(home, several(5)) == []
    assert broken_with(home, several(6)) == ["capienza"]
    assert broken_with({**home, "operatrici": 2}, several(6)) == []
    infants = several(3, nascita=SMALL)
    assert broken_with(home, [*infants, bambino("B9")]) == []
    assert broken_with(home, several(4, nascita=SMALL)) == ["capienza"]
    # Born on 12 January 2026, a child is nine months old on Monday 12 October.
    nine = bambino("B9", nascita="2026-01-12", ingresso="2026-10-12")
    assert broken_with(home, [*infants, nine]) == []
    assert broken_with(home, [*infants, {**nine, "ingresso": "2026-10-09"}]) == ["capienza"]


def test_off() -> None:
    """The rule can be switched off."""
    assert broken_with({"posti": 1}, several(3), attiva=False) == []

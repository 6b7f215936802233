"""Presence, covered minutes and meals of the check halves."""

from datetime import date

from casi_verifica import bambino, case_of, fascia, finestra, gestore, hours_of

from nido.matching.verifica.presenze import (
    bookable,
    counts,
    covered_minutes,
    meal_days,
    part_presence,
    peak,
    presence,
    requested_minutes,
)

MONDAY = date(2026, 10, 5)
NONE: frozenset[str] = frozenset()
PROVIDER = gestore(
    chiusure=[{"inizio": "2026-10-26", "fine": "2026-10-30"}],
    fasce=[
        fascia("anticipo", "06:30-08:00"),
        fascia("posticipo", "16:00-18:00"),
        fascia("ferie", "09:00-12:00", in_chiusura=True),
    ],
)


def test_presence_is_the_window_in_base_hours_and_booked_fasce() -> None:
    """A window 07:00-15:00 is present from 08:00, or from 07:00 with the early fascia."""
    case = case_of(bambino("B1", "07:00-15:00"), gestori=[PROVIDER])
    alone = presence(case, "B1", "uno", "autunno", NONE)
    early = presence(case, "B1", "uno", "autunno", frozenset({"anticipo"}))
    assert hours_of(case, alone[MONDAY]) == "08:00-15:00"
    assert hours_of(case, early[MONDAY]) == "07:00-15:00"


def test_minutes_by_hand() -> None:
    """22 days of 8 hours are asked for; 17 ordinary days cover 7 hours, 8 with the early fascia."""
    case = case_of(bambino("B1", "07:00-15:00"), gestori=[PROVIDER])
    assert requested_minutes(case, "B1", "uno", "autunno") == 22 * 480
    assert covered_minutes(case, "B1", "uno", "autunno", NONE) == 17 * 420
    assert covered_minutes(case, "B1", "uno", "autunno", frozenset({"anticipo"})) == 17 * 480
    # The 5 closing days add 3 hours each.
    both = frozenset({"anticipo", "ferie"})
    assert covered_minutes(case, "B1", "uno", "autunno", both) == 17 * 480 + 5 * 180


def test_a_child_books_only_what_its_window_touches() -> None:
    """A window that ends at 16:00 cannot book the late fascia."""
    case = case_of(bambino("B1", "07:00-16:00"), bambino("B2", "12:00-16:30"), gestori=[PROVIDER])
    assert bookable(case, "B1", "uno", "autunno") == ("anticipo", "ferie")
    assert bookable(case, "B2", "uno", "autunno") == ("posticipo",)


def test_meals_are_of_those_present_at_noon() -> None:
    """A day that ends at noon has no meal, nor has a closing day whose fascia ends at noon."""
    early = bambino("B1", finestre=[finestra("06:30-12:00", "lun"), finestra("06:30-12:30", "mar-ven")])
    case = case_of(early, gestori=[PROVIDER])
    # October has 18 days from Tuesday to Friday, 4 of them in the closing week.
    assert meal_days(case, "B1", "uno", "autunno", frozenset({"anticipo"})) == 14
    assert meal_days(case, "B1", "uno", "autunno", frozenset({"anticipo", "ferie"})) == 14
    assert len(part_presence(case, "B1", "uno", "autunno", "anticipo")) == 17


def test_peak_counts_intervals_not_heads() -> None:
    """Two children who follow each other are never two together."""
    case = case_of(bambino("B1", "08:00-12:00"), bambino("B2", "12:00-16:00"), bambino("B3", "11:00-13:00"))
    windows = [presence(case, child, "uno", "autunno", NONE) for child in ("B1", "B2", "B3")]
    assert peak(windows[:2])[MONDAY] == 1
    assert peak(windows)[MONDAY] == 2
    assert counts([0b11, 0b10]) == {0: 1, 1: 2}

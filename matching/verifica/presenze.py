"""Who is present when (docs/modello.md, section 6)."""

from collections.abc import Iterable, Mapping
from datetime import date

from nido.matching.verifica.caso import BASE, Case, remembered
from nido.matching.verifica.finestre import Window, window, window_minutes
from nido.matching.verifica.tempo import (
    base_mask,
    fasce_of,
    fascia_days,
    fascia_mask,
    ordinary_days,
    slots,
)

# Lunch is at noon (docs/modello.md, section 9).
LUNCH = 12 * 60


def working_days(case: Case, gestore: str, band: str, stagione: str) -> frozenset[date]:
    """Days of a fascia, or of the base hours."""
    if band == BASE:
        return ordinary_days(case, gestore, stagione)
    return fascia_days(case, gestore, band, stagione)


def working_mask(case: Case, gestore: str, band: str) -> int:
    """Intervals of a fascia, or of the base hours."""
    return base_mask(case, gestore) if band == BASE else fascia_mask(case, gestore, band)


@remembered
def part_presence(case: Case, bambino: str, gestore: str, stagione: str, part: str) -> Window:
    """Presence of a child in one fascia (or in the base hours) that it may use."""
    days, hours = working_days(case, gestore, part, stagione), working_mask(case, gestore, part)
    asked = window(case, bambino, gestore, stagione)
    return {day: bits & hours for day, bits in asked.items() if day in days and bits & hours}


@remembered
def presence(case: Case, bambino: str, gestore: str, stagione: str, booked: frozenset[str]) -> Window:
    """Presence of a child with its booked fasce: day -> intervals, days with none absent."""
    found: dict[date, int] = {}
    for part in (BASE, *sorted(booked)):
        for day, bits in part_presence(case, bambino, gestore, stagione, part).items():
            found[day] = found.get(day, 0) | bits
    return dict(sorted(found.items()))


@remembered
def bookable(case: Case, bambino: str, gestore: str, stagione: str) -> tuple[str, ...]:
    """Fasce that a child may book: its window touches them on one of their days."""
    return tuple(
        fascia
        for fascia in fasce_of(case, gestore, stagione)
        if part_presence(case, bambino, gestore, stagione, fascia)
    )


@remembered
def requested_minutes(case: Case, bambino: str, gestore: str, stagione: str) -> int:
    """Minutes of the window of a child at a provider in a stagione."""
    return window_minutes(case, window(case, bambino, gestore, stagione))


@remembered
def covered_minutes(case: Case, bambino: str, gestore: str, stagione: str, booked: frozenset[str]) -> int:
    """Minutes of presence of a child with its booked fasce."""
    return window_minutes(case, presence(case, bambino, gestore, stagione, booked))


def at_lunch(case: Case, present: Window) -> int:
    """Days on which a child is there in the interval that starts at noon."""
    noon = LUNCH // case.step
    return sum(bits >> noon & 1 for bits in present.values())


@remembered
def meal_days(case: Case, bambino: str, gestore: str, stagione: str, booked: frozenset[str]) -> int:
    """Days with a meal: presence at noon, in the base hours or in a booked fascia."""
    return at_lunch(case, presence(case, bambino, gestore, stagione, booked))


def counts(masks: Iterable[int]) -> dict[int, int]:
    """Count how many masks hold each interval; intervals in none are absent."""
    found: dict[int, int] = {}
    for bits in masks:
        for slot in slots(bits):
            found[slot] = found.get(slot, 0) + 1
    return found


def peak(presences: Iterable[Window]) -> Mapping[date, int]:
    """Largest number of children together on each day on which somebody is present."""
    by_day: dict[date, list[int]] = {}
    for one in presences:
        for day, bits in one.items():
            by_day.setdefault(day, []).append(bits)
    return {day: max(counts(masks).values()) for day, masks in by_day.items()}

"""preavviso: notice of a place takes effect after some months."""

from accordi_finti import months_of, plan_of, play

PLACES = {("alfa", "girasole"): 4}
CHILD = {"A1": ("girasole", "giorno")}
NOTICE = {"tipo": "disdice", "mese": "2027-01", "azienda": "alfa", "gestore": "girasole", "posti": 2}


def reserved(clauses: dict[str, object], *events: dict[str, object]) -> list[int]:
    """Give the reserved places month by month."""
    corsa = play(plan_of(CHILD, PLACES, {"clausole": clauses}), *events)
    return [month.riservati for month in months_of(corsa).values()]


def test_sixty_days_are_two_months() -> None:
    """January is t = 4; ceil(60 / 30) = 2, so the places are gone from t = 6, March."""
    assert reserved({"preavviso": {"giorni": 60}}, NOTICE) == [4] * 6 + [2] * 6


def test_a_day_more_is_a_month_more() -> None:
    """ceil(61 / 30) = 3: from t = 7, April."""
    assert reserved({"preavviso": {"giorni": 61}}, NOTICE) == [4] * 7 + [2] * 5


def test_without_the_clause_notice_takes_effect_at_once() -> None:
    """From January itself."""
    assert reserved({}, NOTICE) == [4] * 4 + [2] * 8


def test_no_more_than_all_the_places_are_given_up() -> None:
    """Three times two places of four: none is left, and never less than none."""
    assert reserved({}, NOTICE, NOTICE, NOTICE)[4:] == [1] * 8


def test_a_family_with_a_guaranteed_place_keeps_it() -> None:
    """The child of the test before gets a place reserved again: 0 given back, 1 added."""
    corsa = play(plan_of(CHILD, PLACES), NOTICE, NOTICE, NOTICE)
    assert months_of(corsa)["2027-01"].ammessi == ("A1",)

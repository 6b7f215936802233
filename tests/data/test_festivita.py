"""The public holidays: Easter, 4 October, the patron saint."""

from datetime import date, timedelta

import pytest

from nido.data import DataError
from nido.data.festivita import easter, festivita


@pytest.mark.parametrize(
    "day",
    [
        date(1818, 3, 22),  # earliest possible
        date(1943, 4, 25),  # latest possible
        date(1954, 4, 18),  # the two exceptions of the simple rule of Gauss
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2023, 4, 9),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter_of_known_years(day: date) -> None:
    """Easter of the published tables, with the earliest and the latest day."""
    assert easter(day.year) == day


def test_easter_is_a_sunday_in_spring() -> None:
    """In every year of the calendar Easter is a Sunday from 22 March to 25 April."""
    for year in range(1583, 2600):
        day = easter(year)
        assert day.isoweekday() == 7
        assert date(year, 3, 22) <= day <= date(year, 4, 25)


def test_a_year_has_its_national_holidays() -> None:
    """2027 has the 11 fixed feasts, Easter and Easter Monday."""
    assert list(festivita(2027)) == [
        date(2027, 1, 1),
        date(2027, 1, 6),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 4, 25),
        date(2027, 5, 1),
        date(2027, 6, 2),
        date(2027, 8, 15),
        date(2027, 10, 4),
        date(2027, 11, 1),
        date(2027, 12, 8),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


def test_the_monday_follows_easter() -> None:
    """Easter Monday is the day after Easter and has its own name."""
    for year in (2024, 2026, 2027):
        assert festivita(year)[easter(year) + timedelta(days=1)] == "Lunedì dell'Angelo"


def test_saint_francis_counts_from_2026() -> None:
    """4 October is a holiday from the year in which L. 151/2025 is in force."""
    assert date(2025, 10, 4) not in festivita(2025)
    assert festivita(2026)[date(2026, 10, 4)] == "San Francesco d'Assisi"


def test_the_patron_belongs_to_one_municipality() -> None:
    """8 September is a holiday in Pergine only, however its name is written."""
    day = date(2026, 9, 8)
    assert festivita(2026, "pergine VALSUGANA")[day] == "Natività di Maria"
    assert day not in festivita(2026)
    assert day not in festivita(2026, "Trento")
    assert festivita(2026, "Trento")[date(2026, 6, 26)] == "San Vigilio"


def test_an_unlisted_patron_adds_nothing() -> None:
    """A municipality whose patron has no source yet has the national holidays only."""
    assert festivita(2026, "Fornace") == festivita(2026)


def test_two_feasts_on_one_day_share_its_name() -> None:
    """Easter of 2011 was 24 April and its Monday fell on Liberation Day."""
    assert festivita(2011)[date(2011, 4, 25)] == "Anniversario della Liberazione - Lunedì dell'Angelo"


def test_the_days_come_in_order() -> None:
    """The holidays are listed from January to December."""
    days = list(festivita(2026, "Pergine Valsugana"))
    assert days == sorted(days)


@pytest.mark.parametrize("anno", [0, 1999, 2000, 2200])
def test_a_year_outside_the_table_is_refused(anno: int) -> None:
    """Before 2001 the law was different, so no list is better than a wrong one."""
    with pytest.raises(DataError, match="dal 2001 al 2199"):
        festivita(anno)


def test_an_unknown_municipality_is_refused() -> None:
    """A misspelt municipality never silently loses its patron."""
    with pytest.raises(DataError, match="forse Pergine Valsugana"):
        festivita(2026, "Pergine")

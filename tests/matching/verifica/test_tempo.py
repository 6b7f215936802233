"""Calendar, ages, requests and openings of the check halves."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from casi_verifica import bambino, case_of, dates, fascia, finestra, gestore, hours_of

from nido.data import Voce, voce
from nido.matching.verifica import tempo
from nido.matching.verifica.finestre import requests
from nido.matching.verifica.tempo import (
    add_months,
    band_on,
    base_mask,
    fasce_of,
    fascia_days,
    fascia_months,
    feasts,
    is_closed_for_all,
    leaving_day,
    ordinary_days,
    request_days,
    request_months,
    touched,
)
from nido.scenari import domanda
from nido.scenari.domanda import Periodo, last_day


@pytest.mark.parametrize(
    ("born", "months", "day"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-08-31", 6, "2025-02-28"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2025-12-15", 12, "2026-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_months_are_completed_on_the_same_number_or_the_last_day(born: str, months: int, day: str) -> None:
    """A month is completed on the day with the same number, or on the last day of a shorter month."""
    assert add_months(date.fromisoformat(born), months) == date.fromisoformat(day)


def test_band_changes_on_the_day_of_the_month() -> None:
    """A child born on 10 March 2025 is 19 months old on 10 October 2026: that day it changes band."""
    case = case_of(bambino("B1", nascita="2025-03-10"))
    assert band_on(case, "B1", date(2026, 10, 9)) == "piccoli"
    assert band_on(case, "B1", date(2026, 10, 10)) == "grandi"


def test_ages_outside_the_bands_stay_in_the_nearest() -> None:
    """Before 3 months a child is in the first band, from 36 months on in the last."""
    case = case_of(bambino("B1", nascita="2025-03-10"))
    assert band_on(case, "B1", date(2025, 4, 1)) == "piccoli"
    assert band_on(case, "B1", date(2028, 6, 1)) == "grandi"


@pytest.mark.parametrize(
    ("born", "first", "last"),
    [
        # 3 months on 12 October; leaves on 1 September 2029 (born after January: Y + 3).
        ({"nascita": "2026-07-12"}, 12, 31),
        # Born on 31 January 2024: leaves on 1 September 2026, before the horizon.
        ({"nascita": "2024-01-31"}, None, None),
        # Born on 1 February 2024: leaves in 2027.
        ({"nascita": "2024-02-01"}, 1, 31),
        ({"ingresso": "2026-10-05", "uscita": "2026-10-20"}, 5, 19),
        # The entry cannot come before the third month (12 October).
        ({"nascita": "2026-07-12", "ingresso": "2026-10-05"}, 12, 31),
    ],
)
def test_request_runs_from_entry_to_the_day_before_exit(
    born: dict[str, str], first: int | None, last: int | None
) -> None:
    """The request begins at the later of entry and minimum age, and ends the day before the exit."""
    days = request_days(case_of(bambino("B1", **born)), "B1", "autunno")
    assert (days[0].day, days[-1].day) == (first, last) if first and last else not days


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        ("2024-01-01", "2026-09-01"),
        ("2024-01-31", "2026-09-01"),
        ("2024-02-01", "2027-09-01"),
        ("2023-12-31", "2026-09-01"),
    ],
)
def test_children_leave_for_the_scuola_dell_infanzia(born: str, leaves: str) -> None:
    """Born by 31 January of year Y a child leaves on 1 September of Y + 2, later of Y + 3."""
    case = case_of(bambino("B1", nascita=born))
    assert leaving_day(case.bambini["B1"]) == date.fromisoformat(leaves)


def test_both_halves_read_the_same_day_of_leaving() -> None:
    """Over three years of births the solver's half and this one agree day by day."""
    case = case_of(bambino("B1"))
    for number in range(3 * 365):
        child = case.bambini["B1"].model_copy(update={"nascita": date(2022, 6, 1) + timedelta(days=number)})
        assert leaving_day(child) == last_day(child)


@pytest.mark.parametrize(("module", "leaves"), [(tempo, leaving_day), (domanda, last_day)])
def test_the_day_of_leaving_follows_the_table(
    monkeypatch: pytest.MonkeyPatch, module: Any, leaves: Any
) -> None:
    """With births to 30 April let in early, and entry on 15 September, a child of 30 April enters at two."""
    changed = {"calendario.infanzia.nati_entro": "04-30", "calendario.infanzia.ingresso": "09-15"}

    def other(key: str, day: date | None = None) -> Voce:
        return replace(voce(key, day), valore=changed.get(key, voce(key, day).valore))

    monkeypatch.setattr(module, "voce", other)
    child = case_of(bambino("B1", nascita="2024-04-30")).bambini["B1"]
    assert leaves(child) == date(2026, 9, 15)
    assert leaves(child.model_copy(update={"nascita": date(2024, 5, 1)})) == date(2027, 9, 15)


def test_a_request_needs_a_minute_to_cover() -> None:
    """A child whose windows fall on Sunday alone, not asked for, has no request."""
    case = case_of(
        bambino("B1"),
        bambino("B2", finestre=[finestra("09:00-12:00", "dom")]),
        bambino("B3", uscita="2026-10-01"),
    )
    assert requests(case) == (("B1", "autunno"),)


def test_feasts_follow_the_two_settings() -> None:
    """National holidays and patron are switched apart; the scenario's closures are no feast."""
    seasons = [{"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"}]
    closed = {"chiusure": [{"inizio": "2026-12-24", "fine": "2026-12-24"}]}
    both = case_of(bambino("B1"), stagioni=seasons, calendario={"patrono": "Pergine Valsugana", **closed})
    national = case_of(bambino("B1"), stagioni=seasons, calendario=closed)
    patron = case_of(
        bambino("B1"), stagioni=seasons, calendario={"patrono": "Pergine Valsugana", "festivita": False}
    )
    christmas, birth_of_mary, eve = date(2026, 12, 25), date(2026, 9, 8), date(2026, 12, 24)
    assert {christmas, birth_of_mary} <= feasts(both)
    assert christmas in feasts(national) and birth_of_mary not in feasts(national)
    assert birth_of_mary in feasts(patron) and christmas not in feasts(patron)
    assert eve not in feasts(both) and is_closed_for_all(both, eve) and not is_closed_for_all(patron, eve)


def test_ordinary_days_leave_out_holidays_and_closures() -> None:
    """November 2026: 21 weekdays; without 2 November (provider) and 3 November (everybody) 19."""
    case = case_of(
        bambino("B1"),
        stagioni=[{"id": "autunno", "inizio": "2026-11-01", "fine": "2026-11-30"}],
        gestori=[gestore(chiusure=[{"inizio": "2026-11-02", "fine": "2026-11-02"}])],
        calendario={"chiusure": [{"inizio": "2026-11-03", "fine": "2026-11-03"}]},
    )
    days = ordinary_days(case, "uno", "autunno")
    assert len(days) == 19
    assert not days & dates("2026-11-01", "2026-11-02", "2026-11-03")


def test_fascia_days_follow_the_closures_of_the_provider() -> None:
    """A fascia works in the closing days if and only if it is made for them, never on a common closure."""
    case = case_of(
        bambino("B1"),
        gestori=[
            gestore(
                chiusure=[{"inizio": "2026-10-05", "fine": "2026-10-09"}],
                fasce=[
                    fascia("anticipo", "07:00-08:00"),
                    fascia("sabato", "08:00-12:00", "sab"),
                    fascia("ferie", "08:00-16:00", in_chiusura=True),
                    fascia("altrove", "16:00-17:00", stagioni=["estate"]),
                ],
            )
        ],
        calendario={"chiusure": [{"inizio": "2026-10-06", "fine": "2026-10-06"}]},
    )
    # 22 weekdays less the 5 of the closure.
    assert len(fascia_days(case, "uno", "anticipo", "autunno")) == 17
    assert fascia_days(case, "uno", "sabato", "autunno") == dates(
        "2026-10-03", "2026-10-10", "2026-10-17", "2026-10-24", "2026-10-31"
    )
    assert fascia_days(case, "uno", "ferie", "autunno") == dates(
        "2026-10-05", "2026-10-07", "2026-10-08", "2026-10-09"
    )
    assert fasce_of(case, "uno", "autunno") == ("anticipo", "sabato", "ferie")


def test_months_of_a_child_and_of_its_fascia() -> None:
    """A child from 31 October to 1 December counts three months; of a Friday fascia only one."""
    case = case_of(
        bambino("B1", ingresso="2026-10-31", uscita="2026-12-02"),
        stagioni=[{"id": "autunno", "inizio": "2026-10-01", "fine": "2026-12-31"}],
        gestori=[gestore(fasce=[fascia("venerdi", "16:00-18:00", "ven")])],
    )
    assert request_months(case, "B1", "autunno") == ("2026-10", "2026-11", "2026-12")
    # 31 October is a Saturday and 1 December a Tuesday: only November has a Friday of the request.
    assert fascia_months(case, "B1", "uno", "venerdi", "autunno") == ("2026-11",)


def test_grid_widens_what_it_touches() -> None:
    """On a grid of 30 minutes 08:20-10:05 touches 08:00-10:30; opening hours stay as written."""
    case = case_of(bambino("B1"))
    assert hours_of(case, touched(case, 500, 605)) == "08:00-10:30"
    assert touched(case, 500, 500) == 0
    assert hours_of(case, base_mask(case, "uno")) == "08:00-16:00"


def test_closures_include_both_ends() -> None:
    """A closure of one day closes that day."""
    day = date(2026, 10, 5)
    case = case_of(bambino("B1"), calendario={"chiusure": [Periodo(inizio=day, fine=day)]})
    assert is_closed_for_all(case, day) and not is_closed_for_all(case, date(2026, 10, 6))

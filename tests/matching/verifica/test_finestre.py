"""Shifts and care windows of the check halves."""

from datetime import date
from typing import Any

import pytest
from casi_verifica import AUTUNNO, azienda, bambino, case_of, dates, finestra, gestore, hours_of

from nido.matching.verifica.caso import Case
from nido.matching.verifica.finestre import reference_minutes, window, window_minutes

MONDAY, TUESDAY, WEDNESDAY = date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7)
WIDE = {"finestra": "00:00-24:00", "giorni": "tutti", "festivi": True, "riposo_notte_minuti": 0}
# Twenty minutes from the provider to work, ten back.
MATRIX = {("uno", "alfa"): 20, ("alfa", "uno"): 10}


def rota(id: str, **more: Any) -> dict[str, Any]:
    """Describe a rota."""
    return {"id": id, **more}


def fixed(id: str, *turni: tuple[str, str], **more: Any) -> dict[str, Any]:
    """Describe a fixed rota from pairs of days and hours."""
    return rota(id, tipo="fissa", turni=[{"giorni": days, "orario": hours} for days, hours in turni], **more)


def case_with(rotas: list[dict[str, Any]], *, adults: int = 1, **more: Any) -> Case:
    """Build a case in which adult n of B1 follows rota n."""
    following = [{"azienda": "alfa", "turni": [{"rotazione": rotas[n]["id"]}]} for n in range(adults)]
    child = bambino("B1", adulti=more.pop("adulti", following))
    return case_of(child, rotazioni=rotas, **{"domanda": WIDE, **more})


def on(case: Case, day: date) -> str:
    """Write the window of B1 at the provider on a day."""
    return hours_of(case, window(case, "B1", "uno", "autunno").get(day, 0))


def worked(case: Case) -> set[date]:
    """Days with a window."""
    return set(window(case, "B1", "uno", "autunno"))


def test_fixed_rota_with_travel_widens_to_the_grid() -> None:
    """06:00-14:00 with 20 minutes out and 10 back is 05:40-14:10, on the grid 05:30-14:30."""
    case = case_with([fixed("presto", ("lun-ven", "06:00-14:00"))], matrix=MATRIX)
    assert on(case, MONDAY) == "05:30-14:30"
    assert len(worked(case)) == 22
    assert window_minutes(case, window(case, "B1", "uno", "autunno")) == 22 * 9 * 60
    # The reference has no travel: 8 hours a day.
    assert reference_minutes(case, "B1", "autunno") == 22 * 8 * 60


def test_two_shifts_on_one_day() -> None:
    """A split day gives two windows."""
    case = case_with([fixed("spezzato", ("lun", "08:00-12:00"), ("lun", "15:00-18:00"))])
    assert on(case, MONDAY) == "08:00-12:00 15:00-18:00"


def test_weekly_cycle_starts_on_the_monday_of_its_first_day() -> None:
    """The cycle of two weeks begins on Monday 28 September: 5 October is its second week."""
    weeks = [
        [{"giorni": "lun-ven", "orario": "06:00-14:00"}],
        [{"giorni": "lun-ven", "orario": "14:00-22:00"}],
    ]
    two = rota("due", tipo="settimanale", inizio_ciclo="2026-09-30", settimane=weeks)
    assert on(case_with([two]), date(2026, 10, 1)) == "06:00-14:00"
    assert on(case_with([two]), MONDAY) == "14:00-22:00"
    later = [{"azienda": "alfa", "turni": [{"rotazione": "due", "fase": 1}]}]
    assert on(case_with([two], adulti=later), MONDAY) == "06:00-14:00"


def test_weekly_cycle_runs_backwards_too() -> None:
    """A cycle of three weeks that begins after the horizon counts weeks below zero."""
    weeks = [[{"giorni": "lun", "orario": f"{hour}:00-{hour + 2}:00"}] for hour in (10, 12, 14)]
    three = rota("tre", tipo="settimanale", inizio_ciclo="2026-11-02", settimane=weeks)
    # From 5 October to 2 November there are 4 weeks: -4 mod 3 = 2, the third week.
    assert on(case_with([three]), MONDAY) == "14:00-16:00"


def test_cycle_of_days_with_phase_and_before_its_start() -> None:
    """Day 5 October is 0 of the cycle, the day before is 4 (of 5), and a phase of 1 moves one ahead."""
    cycle = ["07:00-14:00", "14:00-21:00", "riposo", "riposo", "08:00-12:00"]
    five = rota("quinta", tipo="giorni", inizio_ciclo="2026-10-05", ciclo=cycle)
    case = case_with([five])
    assert [on(case, date(2026, 10, day)) for day in (4, 5, 6, 7, 8, 9, 10)] == [
        "08:00-12:00",
        "07:00-14:00",
        "14:00-21:00",
        "",
        "",
        "08:00-12:00",
        "07:00-14:00",
    ]
    ahead = [{"azienda": "alfa", "turni": [{"rotazione": "quinta", "fase": 1}]}]
    assert on(case_with([five], adulti=ahead), MONDAY) == "14:00-21:00"


def test_rota_of_dates() -> None:
    """Only the dates written have a shift."""
    turni = [{"data": "2026-10-05", "orario": "08:00-12:00"}]
    assert worked(case_with([rota("date", tipo="date", turni=turni)])) == {MONDAY}


def test_night_shift_with_rest_and_travel() -> None:
    """22:00-06:00 on Monday lasts from 21:40 to 06:10 of Tuesday; with 7 hours of rest to 13:10, so 13:30."""
    night = fixed("notte", ("lun", "22:00-06:00"))
    rested = case_with([night], matrix=MATRIX, domanda={**WIDE, "riposo_notte_minuti": 420})
    assert on(rested, MONDAY) == "21:30-24:00"
    assert on(rested, TUESDAY) == "00:00-13:30"
    awake = case_with([night], matrix=MATRIX)
    assert on(awake, TUESDAY) == "00:00-06:30"


def test_midnight_is_cut_to_the_minute() -> None:
    """Nights of 23:59-06:01 touch the last half hour of Monday and 00:00-06:30 of Tuesday."""
    case = case_with([fixed("notte", ("lun", "23:59-06:01"))])
    assert (on(case, MONDAY), on(case, TUESDAY)) == ("23:30-24:00", "00:00-06:30")
    # The same on the last days of the horizon, four weeks of midnights later.
    assert on(case, date(2026, 10, 27)) == "00:00-06:30"


def test_a_shift_that_ends_at_midnight_is_no_night_shift() -> None:
    """14:00-24:00 does not pass midnight: no rest follows."""
    case = case_with([fixed("tardi", ("lun", "14:00-24:00"))], domanda={**WIDE, "riposo_notte_minuti": 420})
    assert on(case, MONDAY) == "14:00-24:00"
    assert on(case, TUESDAY) == ""


def test_the_night_before_the_horizon_counts() -> None:
    """The night of Wednesday 30 September reaches into Thursday 1 October."""
    case = case_with([fixed("notte", ("mer", "22:00-06:00"))])
    assert on(case, date(2026, 10, 1)) == "00:00-06:00"


def test_two_caregivers_leave_the_hours_when_neither_is_free() -> None:
    """08:00-15:00 and 12:00-18:00 overlap from 12:00 to 15:00."""
    rotas = [fixed("mattina", ("lun-ven", "08:00-15:00")), fixed("sera", ("lun-mer", "12:00-18:00"))]
    case = case_with(rotas, adults=2)
    assert on(case, MONDAY) == "12:00-15:00"
    assert on(case, date(2026, 10, 8)) == ""


def test_the_grid_widens_after_the_intersection() -> None:
    """08:00-12:10 and 12:05-18:00 share five minutes: one interval; minutes apart share none."""
    together = [fixed("mattina", ("lun", "08:00-12:10")), fixed("sera", ("lun", "12:05-18:00"))]
    assert on(case_with(together, adults=2), MONDAY) == "12:00-12:30"
    apart = [fixed("mattina", ("lun", "08:00-12:05")), fixed("sera", ("lun", "12:10-18:00"))]
    assert on(case_with(apart, adults=2), MONDAY) == ""


def test_shift_dates_bound_a_rota() -> None:
    """A rota followed from 5 to 6 October gives those two days; two rotas make up one adult."""
    turni = [
        {"rotazione": "mattina", "dal": "2026-10-05", "al": "2026-10-06"},
        {"rotazione": "sera", "dal": "2026-10-07", "al": "2026-10-07"},
    ]
    rotas = [fixed("mattina", ("lun-ven", "08:00-12:00")), fixed("sera", ("lun-ven", "14:00-18:00"))]
    case = case_with(rotas, adulti=[{"azienda": "alfa", "turni": turni}])
    assert worked(case) == {MONDAY, TUESDAY, WEDNESDAY}
    assert on(case, WEDNESDAY) == "14:00-18:00"


def test_company_closures_and_feasts_stop_the_shifts() -> None:
    """No shift on a closure of the company, nor on a holiday unless the rota works on holidays."""
    november: dict[str, Any] = {"stagioni": [{**AUTUNNO, "inizio": "2026-12-01", "fine": "2026-12-31"}]}
    companies = [azienda("alfa", chiusure=[{"inizio": "2026-12-07", "fine": "2026-12-07"}])]
    idle = case_with([fixed("g", ("lun-mar", "08:00-12:00"))], aziende=companies, **november)
    busy = case_with(
        [fixed("g", ("lun-mar", "08:00-12:00"), lavora_festivi=True)], aziende=companies, **november
    )
    holiday = date(2026, 12, 8)
    assert date(2026, 12, 7) not in worked(idle) | worked(busy)
    assert holiday not in worked(idle) and holiday in worked(busy)


def test_a_common_closure_does_not_stop_the_shifts() -> None:
    """A closure of all the providers is no holiday at work: the window is there, and stays uncovered."""
    closed: dict[str, Any] = {"calendario": {"chiusure": [{"inizio": "2026-10-05", "fine": "2026-10-05"}]}}
    case = case_with([fixed("g", ("lun", "08:00-12:00"))], **closed, domanda={**WIDE, "festivi": False})
    assert MONDAY in worked(case)


def test_restrictions_of_days_holidays_absences_and_hours() -> None:
    """Windows keep to the days asked for, outside holidays and absences, inside the hours asked for."""
    asked = {**WIDE, "finestra": "07:00-12:00", "giorni": "lun-mer", "festivi": False}
    child = bambino(
        "B1",
        finestre=[finestra("06:10-13:00", "tutti")],
        assenze=[{"inizio": "2026-12-14", "fine": "2026-12-31"}],
        ingresso="2026-12-02",
    )
    case = case_of(child, stagioni=[{**AUTUNNO, "inizio": "2026-12-01", "fine": "2026-12-31"}], domanda=asked)
    # 8 December is a holiday, 14 December begins the absence, 1 December is before the entry.
    assert worked(case) == dates("2026-12-02", "2026-12-07", "2026-12-09")
    assert on(case, date(2026, 12, 7)) == "07:00-12:00"


def test_windows_by_hand_have_no_travel_and_their_own_dates() -> None:
    """Two windows written by hand join; one of them holds from 6 October only."""
    written = [finestra("09:10-11:00", "lun-ven"), finestra("11:00-12:00", "lun-ven", dal="2026-10-06")]
    case = case_of(bambino("B1", finestre=written), matrix={("uno", "alfa"): 50})
    assert on(case, MONDAY) == "09:00-11:00"
    assert on(case, TUESDAY) == "09:00-12:00"


def test_whole_place_takes_the_base_hours() -> None:
    """A whole place from Monday to Wednesday is the base hours on the ordinary days, and nothing else."""
    case = case_of(
        bambino("B1", giorni="lun-mer"),
        gestori=[gestore(chiusure=[{"inizio": "2026-10-05", "fine": "2026-10-05"}])],
        orario_standard="08:30-16:30",
        domanda={"finestra": "09:00-10:00"},
    )
    assert on(case, TUESDAY) == "08:00-16:00"
    # October 2026 has 4 Mondays, 4 Tuesdays, 4 Wednesdays; one Monday is closed here.
    assert len(worked(case)) == 11
    # The reference knows no provider: 12 days of 8 hours.
    assert reference_minutes(case, "B1", "autunno") == 12 * 8 * 60


@pytest.mark.parametrize(("phase", "hours"), [(0, "06:00-14:00"), (1, "14:00-22:00"), (2, "")])
def test_phases_of_three_shifts(phase: int, hours: str) -> None:
    """Three phases of one cycle are three different weeks, the third of rest."""
    weeks = [
        [{"giorni": "lun-ven", "orario": "06:00-14:00"}],
        [{"giorni": "lun-ven", "orario": "14:00-22:00"}],
        [],
    ]
    three = rota("tre", tipo="settimanale", inizio_ciclo="2026-10-05", settimane=weeks)
    adult = [{"azienda": "alfa", "turni": [{"rotazione": "tre", "fase": phase}]}]
    assert on(case_with([three], adulti=adult), MONDAY) == hours


def test_nobody_to_care_for_the_child_leaves_no_window() -> None:
    """A child without adults, windows or whole days asks for nothing."""
    case = case_of(bambino("B1", None))
    assert worked(case) == set()
    assert reference_minutes(case, "B1", "autunno") == 0

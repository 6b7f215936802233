"""Travel times and detours of the check halves."""

import pytest
from casi_verifica import LEVICO, PERGINE, azienda, bambino, case_of, gestore

from nido.matching.verifica.viaggio import detour, home, kilometres, minutes, site, work

ROTA = {"id": "giorno", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "09:00-12:00"}]}
ADULT = {"azienda": "alfa", "turni": [{"rotazione": "giorno"}]}


def test_one_degree_of_latitude_by_the_formula() -> None:
    """A degree of a circle of radius 6371.0088 km is 6371.0088 x pi / 180 = 111.19508 km."""
    provider = gestore(posizione={"latitudine": 46.0, "longitudine": 11.0})
    case = case_of(bambino("B1", casa={"latitudine": 45.0, "longitudine": 11.0}), gestori=[provider])
    assert kilometres(home(case, "B1"), site(case, "uno")) == pytest.approx(111.19508, abs=1e-5)
    # 3 + 111.19508 x 1.44 / 45 x 60 = 3 + 213.495 -> 217 minutes.
    assert minutes(case, home(case, "B1"), site(case, "uno")) == 217


def test_a_short_distance_agrees_with_a_flat_map() -> None:
    """East 0.114915 x 111.19508 x cos 46.0635 = 8.8662 km, north 0.005894 x 111.19508 = 0.6554 km: 8.8904."""
    case = case_of(
        bambino("B1", casa={"latitudine": 46.060529, "longitudine": 11.240675}),
        gestori=[gestore(posizione={"latitudine": 46.066423, "longitudine": 11.12576})],
    )
    assert kilometres(home(case, "B1"), site(case, "uno")) == pytest.approx(8.8904, abs=2e-4)


def test_an_exact_minute_is_not_rounded_up() -> None:
    """What lies within a millionth of a minute above a whole number is that number."""
    provider = gestore(posizione={"latitudine": 46.0, "longitudine": 11.0})
    # Speed chosen so that 111.195079734 km take 60.0000001 minutes.
    case = case_of(
        bambino("B1", casa={"latitudine": 45.0, "longitudine": 11.0}),
        gestori=[provider],
        viaggio={"minuti_fissi": 0, "fattore_strada": 1, "velocita_km_h": "111.1950795"},
    )
    assert minutes(case, home(case, "B1"), site(case, "uno")) == 60


def test_same_coordinates_take_no_time() -> None:
    """Two places on the same point are 0 minutes apart, fixed minutes included."""
    case = case_of(bambino("B1"))
    assert minutes(case, home(case, "B1"), site(case, "uno")) == 0


def test_matrix_beats_coordinates_in_either_direction() -> None:
    """A pair of the matrix wins, its own direction first, then the other; even on the same point."""
    one_way = case_of(bambino("B1"), matrix={(PERGINE, "uno"): 7})
    both_ways = case_of(bambino("B1"), matrix={(PERGINE, "uno"): 7, ("uno", PERGINE): 9})
    place = home(one_way, "B1"), site(one_way, "uno")
    assert minutes(one_way, *place) == minutes(one_way, *reversed(place)) == 7
    assert minutes(both_ways, place[0], place[1]) == 7
    assert minutes(both_ways, place[1], place[0]) == 9


def test_the_child_prevails_over_its_municipality() -> None:
    """The child's own row of the matrix wins in either direction; a home silences the municipality."""
    matrix = {(PERGINE, "uno"): 7, ("uno", "B1"): 4}
    case = case_of(
        bambino("B1"),
        bambino("B2"),
        bambino("B3", casa={"comune": LEVICO}),
        gestori=[gestore(posizione={"comune": LEVICO})],
        matrix=matrix,
    )
    stop = site(case, "uno")
    assert [minutes(case, home(case, child), stop) for child in ("B1", "B2", "B3")] == [4, 7, 0]


def test_detour_is_that_of_the_best_adult() -> None:
    """Detours of 10 + 5 - 12 = 3 and 10 + 20 - 15 = 15 minutes: the child's is 3."""
    matrix = {
        ("B1", "uno"): 10,
        ("uno", "alfa"): 5,
        ("B1", "alfa"): 12,
        ("uno", "beta"): 20,
        ("B1", "beta"): 15,
    }
    adults = [ADULT, {**ADULT, "azienda": "beta"}]
    case = case_of(bambino("B1", adulti=adults), rotazioni=[ROTA], matrix=matrix)
    assert detour(case, "B1", "uno") == 3


def test_detour_is_never_negative_and_is_double_without_adults() -> None:
    """A provider that shortens the way counts 0; with no adult the way is there and back, 2 x 10."""
    matrix = {("B1", "uno"): 1, ("uno", "alfa"): 1, ("B1", "alfa"): 30, ("B2", "uno"): 10}
    case = case_of(bambino("B1", adulti=[ADULT]), bambino("B2"), rotazioni=[ROTA], matrix=matrix)
    assert detour(case, "B1", "uno") == 0
    assert detour(case, "B2", "uno") == 20


def test_work_is_the_company_or_the_own_place() -> None:
    """An adult works at its company's site, or at its own place when it has no company of the scenario."""
    elsewhere = {"sede": {"comune": LEVICO}, "turni": [{"rotazione": "giorno"}]}
    case = case_of(
        bambino("B1", adulti=[ADULT, elsewhere]),
        rotazioni=[ROTA],
        aziende=[azienda("alfa", sede={"latitudine": 46.0, "longitudine": 11.2})],
    )
    adults = case.bambini["B1"].adulti
    assert (work(case, adults[0]).names, work(case, adults[0]).latitude) == (("alfa",), 46.0)
    assert work(case, adults[1]).names == ()

"""Places reserved, children admitted, refusals and blocked places (docs/clausole.md, sections 4 and 5)."""

from typing import Any

import pytest
from documenti_accordi import (
    YEAR,
    alive,
    by_month,
    child,
    declines,
    enters,
    framed,
    gestore,
    gives_up,
    leaves,
    played,
)

from nido.matching.verifica.clausole.patti import Frame

FOUR = ["B1", "B2", "B3", "B4"]


def together(number: int, clauses: dict[str, Any] | None = None, **more: Any) -> Frame:
    """Agree on places of alfa at uno for some children who are there at the same hours."""
    names = FOUR[:number]
    return framed(
        [child(name) for name in names],
        dict.fromkeys(names, "uno"),
        quadro={"clausole": clauses or {}, **more.pop("quadro", {})},
        **more,
    )


def test_the_example_of_the_page() -> None:
    """Four places, 0.3 to residents: floor(1.2) = 1. Two given up in January, 60 days: from March r = 2."""
    frame = together(
        3,
        {"quota_residenti": {"quota": "0.3"}, "preavviso": {"giorni": 60}},
        places={("alfa", "uno", "anno"): 4},
    )
    story = played(frame, *(leaves(name, "2026-10") for name in FOUR[:3]), gives_up("2027-01", 2))
    assert by_month(story, "reserved") == [4] * 6 + [2] * 6
    assert by_month(story, "residents") == [1] * 6 + [0] * 6


def test_a_notice_has_no_effect_before_the_minimum_term() -> None:
    """Given up in October without notice; the minimum term is six months."""
    story = played(
        together(2, {"durata_minima": {"mesi": 6}}), leaves("B1", "2026-10"), gives_up("2026-10", 1)
    )
    assert by_month(story, "reserved") == [2] * 6 + [1] * 6


def test_no_more_places_are_given_up_than_there_are() -> None:
    """Five given up of two; a child that enters later asks for one more, from 0 places and not from -3."""
    story = played(
        together(2),
        leaves("B1", "2026-10"),
        leaves("B2", "2026-10"),
        gives_up("2026-10", 5),
        enters("N1", "2026-12", "B1"),
    )
    assert by_month(story, "reserved") == [2, 0, 0] + [1] * 9


def test_a_notice_waits_for_the_first_month_of_life() -> None:
    """Given up in October, while only spring is agreed: it counts from January."""
    frame = framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        stagioni=[
            {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
            {"id": "primavera", "inizio": "2027-01-01", "fine": "2027-02-28"},
        ],
        quadro={"clausole": {"solo_stagioni": {"stagioni": ["primavera"]}}},
    )
    story = played(frame, leaves("B1", "2026-10"), gives_up("2026-10", 1))
    assert by_month(story, "reserved") == [1, 1]


def test_places_stay_between_minimum_and_maximum() -> None:
    """Two places: at least three, and never more than three."""
    clauses = {"posti_minimi": {"posti": 3}, "posti_massimi": {"posti": 3}}
    story = played(together(2, clauses), enters("N1", "2026-10", "B1"), enters("N2", "2026-11", "B1"))
    assert by_month(story, "reserved") == [3] * 12
    assert by_month(story, "waiting") == [(), ()] + [("N2",)] * 10


@pytest.mark.parametrize(("minimum", "later"), [(12, 2), (13, 4)])
def test_places_without_a_child_are_given_back_in_september(minimum: int, later: int) -> None:
    """Four places, two used at the end of May: from September (month 12) two, unless the term is later."""
    clauses = {"rilascio_annuale": {}, "durata_minima": {"mesi": minimum}}
    frame = together(4, clauses, quadro={"durata_mesi": 14})
    story = played(frame, leaves("B1", "2026-12"), leaves("B2", "2027-05"), leaves("B3", "2027-06"))
    # B3 leaves after the count.
    assert by_month(story, "reserved") == [4] * 12 + [later] * 2


def test_an_added_place_raises_the_counter() -> None:
    """One place; a second child asks for one more, which stays when the child has left."""
    story = played(together(1), enters("N1", "2026-10", "B1"), leaves("N1", "2026-12"))
    assert by_month(story, "reserved") == [1] + [2] * 11
    assert by_month(story, "used") == [1, 2, 2] + [1] * 9


def test_a_child_at_other_hours_needs_no_place() -> None:
    """B2 comes when B1 has gone: one place for both."""
    children = [child("B1", "08:00-11:00"), child("B2", "12:00-15:00")]
    story = played(framed(children, {"B1": "uno", "B2": "uno"}), enters("N1", "2026-10", "B2"))
    assert by_month(story, "used") == [1] + [2] * 11


def test_residents_get_their_part_of_added_places() -> None:
    """Half to residents. Two places, one for the company; two children need r with r - floor(r / 2) >= 2."""
    frame = together(1, {"quota_residenti": {"quota": "0.5"}}, places={("alfa", "uno", "anno"): 2})
    story = played(frame, enters("N1", "2026-10", "B1"))
    # 3 - 1 = 2: three places are enough.
    assert (by_month(story, "reserved")[:2], by_month(story, "residents")[:2]) == ([2, 3], [1, 1])


def test_nobody_is_admitted_when_residents_have_everything() -> None:
    """No number of places leaves one to the company."""
    story = played(together(1, {"quota_residenti": {"quota": 1}}))
    assert by_month(story, "waiting") == [("B1",)] * 12


def test_a_further_child_may_have_to_wait() -> None:
    """`prioritario`: N1 waits until B1 leaves in December."""
    frame = together(1, {"posto_nuovo": {"modo": "prioritario"}})
    story = played(frame, enters("N1", "2026-10", "B1"), leaves("B1", "2026-12"))
    assert by_month(story, "waiting") == [(), ("N1",), ("N1",)] + [()] * 9
    assert by_month(story, "reserved") == [1] * 12


def test_a_provider_has_no_more_places_than_it_offers() -> None:
    """Three places offered, two of alfa and one of beta: N1 waits."""
    frame = framed(
        [child("B1"), child("B2"), child("B3", azienda="beta")],
        dict.fromkeys(["B1", "B2", "B3"], "uno"),
        gestori=[gestore(posti=3)],
    )
    assert by_month(played(frame, enters("N1", "2026-10", "B1")), "waiting")[1] == ("N1",)
    # Beta comes after alfa: its places are those with which the month begins, none from November.
    story = played(
        frame, enters("N1", "2026-10", "B1"), leaves("B3", "2026-11"), gives_up("2026-11", 1, "beta")
    )
    assert by_month(story, "waiting")[:3] == [(), ("N1",), ()]


def test_with_the_rule_off_there_is_no_limit() -> None:
    """One place offered, two reserved."""
    frame = together(1, gestori=[gestore(posti=1)], regole={"posti_riservati": {"attiva": False}})
    assert by_month(played(frame, enters("N1", "2026-10", "B1")), "reserved")[1] == 2


def test_places_added_in_autumn_may_not_fit_in_summer() -> None:
    """Four places in autumn, two in spring: of the added ones those of the last company go first."""
    frame = framed(
        [child("B1"), child("B2", azienda="beta")],
        {"B1": "uno", "B2": "uno"},
        stagioni=[
            {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
            {"id": "primavera", "inizio": "2027-01-01", "fine": "2027-02-28"},
            {"id": "estate", "inizio": "2027-07-01", "fine": "2027-07-31"},
        ],
        gestori=[gestore(posti=4, posti_stagione={"primavera": 3})],
    )
    story = played(frame, enters("N1", "2026-10", "B1"), enters("N2", "2026-10", "B2", "beta"))
    assert by_month(story, "reserved") == [1, 2, 2, 2, 2, 2, 2]
    # Counters do not change: in July beta has two places again.
    assert by_month(story, "reserved", ("beta", "uno")) == [1, 2, 2, 2, 1, 1, 2]
    assert by_month(story, "waiting", ("beta", "uno")) == [(), (), (), (), ("N2",), ("N2",), ()]


def sharing(**more: Any) -> Frame:
    """Let alfa in the morning and beta in the afternoon share the one place of uno."""
    return framed(
        [child("B1", "08:00-11:00"), child("B2", "12:00-15:00", azienda="beta"), *more.pop("others", ())],
        {"B1": "uno", "B2": "uno", **more.pop("assigned", {})},
        gestori=[gestore(posti=1, prezzi={"posto_mese": 600})],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        **more,
    )


def test_who_shares_places_is_admitted_only_if_all_fit() -> None:
    """Another morning child of alfa would be the second at once in the one place of the provider."""
    story = played(sharing(), enters("N1", "2026-10", "B1"), leaves("B1", "2026-12"))
    assert by_month(story, "waiting") == [(), ("N1",), ("N1",)] + [()] * 9


def test_who_was_there_before_counts_though_its_company_comes_later() -> None:
    """An afternoon child of alfa waits for the one of beta, who was admitted the month before."""
    story = played(sharing(), enters("N1", "2026-10", "B2"), leaves("B2", "2027-01"))
    assert by_month(story, "waiting") == [(), ("N1",), ("N1",), ("N1",)] + [()] * 8


def test_a_child_has_the_hours_of_another() -> None:
    """N1 enters like B2, who has left before: it is there all the same."""
    story = played(together(2), leaves("B2", "2026-10"), enters("N1", "2026-11", "B2"))
    assert by_month(story, "admitted")[:3] == [("B1", "B2"), ("B1",), ("B1", "N1")]


def test_a_hire_names_its_children_by_its_number() -> None:
    """The second hire of the path brings N2-1 and N2-2."""
    hire = {"tipo": "assume", "azienda": "alfa", "gestore": "uno", "come": "B1"}
    story = played(
        together(1), {**hire, "mese": "2026-10", "numero": 1}, {**hire, "mese": "2026-11", "numero": 2}
    )
    assert by_month(story, "admitted")[2] == ("B1", "N1-1", "N2-1", "N2-2")


def test_a_child_changes_its_hours() -> None:
    """B2 takes the morning of B1 from November: two places instead of one."""
    children = [child("B1", "08:00-11:00"), child("B2", "12:00-15:00")]
    frame = framed(children, {"B1": "uno", "B2": "uno"})
    change = {"tipo": "cambia_turno", "mese": "2026-11", "bambino": "B2", "come": "B1"}
    assert by_month(played(frame, change), "used") == [1, 1] + [2] * 10


def test_a_child_is_there_in_the_months_of_the_one_whose_hours_it_has() -> None:
    """B2 leaves in December by itself; who has its hours is not there after it."""
    frame = framed([child("B1"), child("B2", uscita="2026-12-01")], {"B1": "uno", "B2": "uno"})
    change = {"tipo": "cambia_turno", "mese": "2026-11", "bambino": "B1", "come": "B2"}
    story = played(frame, change, enters("N1", "2026-10", "B2"))
    assert by_month(story, "admitted")[:4] == [("B1", "B2"), ("B1", "B2", "N1"), ("B1", "B2", "N1"), ()]


def test_nobody_of_the_plan_comes() -> None:
    """Path `nessuno_entra`: all places are empty."""
    story = played(together(2), nobody=True)
    assert (by_month(story, "used"), by_month(story, "reserved")) == ([0] * 12, [2] * 12)


# --- refusals and blocked places ---------------------------------------------------------------------------


def waiting_room(clauses: dict[str, Any]) -> Frame:
    """One place, and who comes later waits."""
    return together(1, {"posto_nuovo": {"modo": "prioritario"}, **clauses})


def test_who_declines_too_often_goes_to_the_end_of_the_list() -> None:
    """B1 leaves in November; N1 declines in November, its first and last time: N2 has the place."""
    events = [
        enters("N1", "2026-10", "B1"),
        enters("N2", "2026-10", "B1"),
        leaves("B1", "2026-11"),
        declines("N1", "2026-11"),
        declines("N2", "2026-11"),
    ]
    story = played(waiting_room({"rifiuto": {"massimo": 1}}), *events)
    # Both decline in November; N1 first, so that N1 comes first in December again.
    assert by_month(story, "admitted")[2:4] == [(), ("N1",)]
    story = played(waiting_room({"rifiuto": {"massimo": 1}}), *events[:4])
    assert by_month(story, "admitted")[2:4] == [("N2",), ("N2",)]
    # With two refusals allowed N1 keeps its turn, but N2 was admitted meanwhile and stays.
    story = played(waiting_room({"rifiuto": {"massimo": 2}}), *events[:4], leaves("N2", "2026-12"))
    assert by_month(story, "admitted")[2:4] == [("N2",), ("N1",)]


def test_declining_counts_only_when_a_place_is_offered() -> None:
    """B1, who is admitted, and N1, for whom there is no place, decline nothing."""
    events = [enters("N1", "2026-10", "B1"), declines("N1", "2026-10"), declines("B1", "2026-10")]
    story = played(
        waiting_room({"rifiuto": {"massimo": 1}}),
        *events,
        enters("N2", "2026-11", "B1"),
        leaves("B1", "2026-12"),
    )
    assert by_month(story, "admitted")[1:4] == [("B1",), ("B1",), ("N1",)]


def test_declining_reserves_no_place() -> None:
    """`garantito`: N1 declines in October, and a place is added for it in November."""
    story = played(together(1), enters("N1", "2026-10", "B1"), declines("N1", "2026-10"))
    assert by_month(story, "reserved") == [1, 1] + [2] * 10


def test_the_place_of_who_leaves_is_blocked_until_september() -> None:
    """B1 leaves in November; N1 has a place of its own added, until September gives the first back."""
    frame = together(2, {"trasferimento": {"tra_dipendenti": False}}, quadro={"durata_mesi": 14})
    story = played(frame, leaves("B1", "2026-11"), enters("N1", "2026-12", "B2"))
    assert by_month(story, "blocked") == [0, 0] + [1] * 10 + [0, 0]
    assert by_month(story, "reserved") == [2, 2, 2] + [3] * 11


def test_leaving_in_september_blocks_nothing() -> None:
    """Month 12 is September 2027."""
    frame = together(2, {"trasferimento": {"tra_dipendenti": False}}, quadro={"durata_mesi": 14})
    assert by_month(played(frame, leaves("B1", "2027-09")), "blocked") == [0] * 14


def test_who_shared_a_place_leaves_nothing_to_block() -> None:
    """B1 in the morning and B2 in the afternoon used one place, which B2 still uses."""
    children = [child("B1", "08:00-11:00"), child("B2", "12:00-15:00")]
    clauses = {"trasferimento": {"tra_dipendenti": False}}
    frame = framed(children, {"B1": "uno", "B2": "uno"}, quadro={"clausole": clauses})
    assert by_month(played(frame, leaves("B1", "2026-11")), "blocked") == [0] * 12
    # When both leave together their one place is blocked.
    story = played(frame, leaves("B1", "2026-11"), leaves("B2", "2026-11"))
    assert by_month(story, "blocked") == [0, 0] + [1] * 10


def test_nothing_is_admitted_outside_life() -> None:
    """A year and a half of which only the plan's seasons have months: no month of life without a season."""
    frame = framed(
        [child("B1")],
        {"B1": "uno"},
        stagioni=[{**YEAR[0], "fine": "2027-06-30"}],
        quadro={"durata_mesi": 14},
    )
    assert alive(played(frame)) == [*range(10), 12, 13]

"""Empty places and guests (docs/clausole.md, sections 6 and 7)."""

from typing import Any

from documenti_accordi import (
    by_month,
    child,
    dues,
    enters,
    framed,
    gestore,
    gives_up,
    leaves,
    played,
)
from documenti_verifica import azienda

from nido.matching.verifica.clausole.ospiti import Guest
from nido.matching.verifica.clausole.patti import Frame

MARKET = {
    "sostituzione": {"giorni": 30, "quota": 1},
    "rilascio_mercato": {"mesi_rivendita": 2, "credito": "0.75"},
}


def two(clauses: dict[str, Any], **quadro: Any) -> Frame:
    """Agree on two places; the provider asks half for an empty one."""
    return framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        quadro={**quadro, "clausole": clauses},
    )


def test_the_example_of_the_page() -> None:
    """Left in November: whole; two months at a half; from February 0.5 x (1 - 0.75) = 0.125."""
    story = played(two(MARKET), leaves("B1", "2026-11"))
    assert dues(story) == [{}, {}, {"1": 1}, {"1/2": 1}, {"1/2": 1}] + [{"1/8": 1}] * 7
    assert by_month(story, "resold") == [0] * 5 + [1] * 7


def test_without_clauses_the_provider_says_what_is_due() -> None:
    """Half, from the first month."""
    assert dues(played(two({}), leaves("B1", "2026-11"))) == [{}, {}] + [{"1/2": 1}] * 10


def test_the_agreement_may_say_otherwise() -> None:
    """Take-or-pay of 0.9, and of nothing at all."""
    for share, due in (("0.9", "9/10"), ("0", "0")):
        story = played(two({"vuoto_per_pieno": {"quota": share}}), leaves("B1", "2026-11"))
        assert dues(story)[2:] == [{due: 1}] * 10


def test_a_window_without_its_own_share_pays_as_any_empty_place() -> None:
    """Thirty days of window, then resold at once with the whole credit."""
    clauses = {"sostituzione": {"giorni": 30}, "rilascio_mercato": {"mesi_rivendita": 0}}
    story = played(two(clauses), leaves("B1", "2026-11"))
    assert dues(story)[2:5] == [{"1/2": 1}, {"0": 1}, {"0": 1}]


def test_a_place_is_never_resold_in_the_month_in_which_it_becomes_empty() -> None:
    """No window and no months: resold from December."""
    story = played(two({"rilascio_mercato": {"mesi_rivendita": 0}}), leaves("B1", "2026-11"))
    assert by_month(story, "resold")[2:4] == [0, 1]


def test_a_resold_place_is_not_for_a_further_child() -> None:
    """Resold from February; N1 asks in March: a third place is reserved."""
    story = played(two(MARKET), leaves("B1", "2026-11"), enters("N1", "2027-03", "B2"))
    assert by_month(story, "reserved") == [2] * 6 + [3] * 6
    assert dues(story)[6] == {"1/8": 1}


def test_an_empty_place_goes_to_a_further_child() -> None:
    """N1 comes in January, before the resale."""
    story = played(two(MARKET), leaves("B1", "2026-11"), enters("N1", "2027-01", "B2"))
    assert by_month(story, "reserved") == [2] * 12
    assert dues(story)[4:] == [{}] * 8


def test_in_september_resold_places_come_back() -> None:
    """Month 12: whole again for a month, as if it had become empty then; one that is not resold goes on."""
    story = played(two(MARKET, durata_mesi=15), leaves("B1", "2026-11"), leaves("B2", "2027-08"))
    # B2 left in August (age 0); in September age 1. B1's place: age 0 again.
    assert dues(story)[11:] == [{"1/8": 1, "1": 1}, {"1": 1, "1/2": 1}, {"1/2": 2}, {"1/2": 1, "1/8": 1}]


def test_of_places_given_up_the_oldest_free_one_goes() -> None:
    """B1 left in November and B2 in December; one place is given up in December."""
    story = played(two(MARKET), leaves("B1", "2026-11"), leaves("B2", "2026-12"), gives_up("2026-12", 1))
    # The place of November goes (age 1), that of December is whole for a month.
    assert dues(story)[2:5] == [{"1": 1}, {"1": 1}, {"1/2": 1}]


def test_a_resold_place_is_given_up_last() -> None:
    """B1's place is resold from February; B2 leaves in March and a place is given up in April."""
    story = played(two(MARKET), leaves("B1", "2026-11"), leaves("B2", "2027-03"), gives_up("2027-04", 1))
    assert dues(story)[6:8] == [{"1/8": 1, "1": 1}, {"1/8": 1}]


def test_a_blocked_place_may_be_resold() -> None:
    """Left in November and blocked; resold, and no longer blocked, from February."""
    clauses = {**MARKET, "trasferimento": {"tra_dipendenti": False}}
    story = played(two(clauses), leaves("B1", "2026-11"))
    assert by_month(story, "blocked") == [0, 0, 1, 1, 1] + [0] * 7
    assert by_month(story, "resold") == [0] * 5 + [1] * 7


def test_a_blocked_place_is_not_resold_in_its_first_month() -> None:
    """No window and no months: blocked in November, resold from December."""
    clauses = {"rilascio_mercato": {"mesi_rivendita": 0}, "trasferimento": {"tra_dipendenti": False}}
    story = played(two(clauses), leaves("B1", "2026-11"))
    assert (by_month(story, "blocked")[2:4], by_month(story, "resold")[2:4]) == ([1, 0], [0, 1])


def test_empty_places_are_forgotten_outside_life() -> None:
    """Autumn and June agreed; resold in December, free and whole again in June."""
    seasons = [
        {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
        {"id": "giugno", "inizio": "2027-06-01", "fine": "2027-06-30"},
    ]
    frame = framed(
        [child("B1"), child("B2")],
        {"B1": "uno", "B2": "uno"},
        stagioni=seasons,
        quadro={"clausole": {**MARKET, "sostituzione": {"giorni": 30, "quota": "0.9"}}},
        places={("alfa", "uno", "giugno"): 2},
    )
    story = played(frame, leaves("B1", "2026-09"))
    assert dues(story) == [{"9/10": 1}, {"1/2": 1}, {"1/2": 1}, {"1/8": 1}, {"9/10": 1}]


# --- guests ------------------------------------------------------------------------------------------------


def neighbours(*, clauses: dict[str, Any] | None = None, **more: Any) -> Frame:
    """Agree on a place of alfa at uno and one at due, and on one of beta at uno."""
    everything = {
        "posto_nuovo": {"modo": "prioritario"},
        "trasferimento": {"tra_gestori": True, "tra_aziende": True},
        **(clauses or {}),
    }
    return framed(
        [child("B1"), child("B2"), child("B3", azienda="beta")],
        {"B1": "uno", "B2": "due", "B3": "uno"},
        gestori=[gestore("uno", prezzi={"posto_mese": 800}), gestore("due", prezzi={"posto_mese": 700})],
        quadro={"clausole": everything, "eccezioni": more.pop("eccezioni", [])},
        **more,
    )


def test_a_waiting_child_is_a_guest_of_its_company_elsewhere() -> None:
    """B2 leaves due in November: N1, who waits at uno, uses its place there."""
    story = played(neighbours(), enters("N1", "2026-10", "B1"), leaves("B2", "2026-11"))
    assert by_month(story, "guests")[1:3] == [(), (Guest("N1", ("alfa", "due")),)]
    assert by_month(story, "waiting")[1:3] == [("N1",), ("N1",)]
    assert by_month(story, "lent", ("alfa", "due"))[1:3] == [0, 1]
    assert dues(story, ("alfa", "due"))[1:3] == [{}, {}]


def test_then_it_is_a_guest_of_another_company_there() -> None:
    """B3 of beta leaves uno: with no place of alfa free, N1 uses that of beta."""
    story = played(neighbours(), enters("N1", "2026-10", "B1"), leaves("B3", "2026-11"))
    assert by_month(story, "guests")[2] == (Guest("N1", ("beta", "uno")),)


def test_both_companies_must_agree_to_lend() -> None:
    """Beta does not lend to others."""
    alone = [{"azienda": "beta", "clausole": {"trasferimento": {"tra_aziende": False}}}]
    story = played(neighbours(eccezioni=alone), enters("N1", "2026-10", "B1"), leaves("B3", "2026-11"))
    assert by_month(story, "guests")[2] == ()


def test_without_the_clause_nobody_is_a_guest() -> None:
    """Both places are empty."""
    frame = neighbours(eccezioni=[{"senza": ["trasferimento"]}])
    story = played(frame, enters("N1", "2026-10", "B1"), leaves("B3", "2026-11"), leaves("B2", "2026-11"))
    assert by_month(story, "guests")[2] == ()


def test_a_place_lent_begins_anew_when_it_comes_back() -> None:
    """B2 leaves in November, N1 is a guest in November and December, and admitted at uno from January."""
    clauses = {"sostituzione": {"giorni": 30, "quota": "0.9"}}
    story = played(
        neighbours(clauses=clauses),
        enters("N1", "2026-10", "B1"),
        leaves("B2", "2026-11"),
        leaves("B1", "2027-01"),
    )
    assert dues(story, ("alfa", "due"))[2:6] == [{}, {}, {"9/10": 1}, {"4/5": 1}]


def test_who_has_declined_a_place_is_no_guest() -> None:
    """B1 leaves and N1 declines its place: no place elsewhere either, in that month."""
    decline = {"tipo": "rifiuta", "mese": "2026-11", "bambino": "N1"}
    story = played(
        neighbours(), enters("N1", "2026-10", "B1"), leaves("B1", "2026-11"), leaves("B2", "2026-11"), decline
    )
    assert by_month(story, "guests")[1:4] == [(), (), ()]
    assert by_month(story, "admitted")[2:4] == [(), ("N1",)]


def test_resold_and_blocked_places_are_not_lent() -> None:
    """B2's place is blocked when it leaves."""
    blocked = {"trasferimento": {"tra_dipendenti": False, "tra_gestori": True}}
    story = played(neighbours(clauses=blocked), enters("N1", "2026-10", "B1"), leaves("B2", "2026-11"))
    assert by_month(story, "guests")[2] == ()
    resold = {"rilascio_mercato": {"mesi_rivendita": 1}}
    story = played(neighbours(clauses=resold), leaves("B2", "2026-10"), enters("N1", "2026-12", "B1"))
    assert by_month(story, "guests")[3] == ()


def test_one_place_takes_one_guest() -> None:
    """N1 and N2 wait for one empty place: the first in the list has it."""
    story = played(
        neighbours(), enters("N1", "2026-10", "B1"), enters("N2", "2026-10", "B1"), leaves("B2", "2026-10")
    )
    assert by_month(story, "guests")[1] == (Guest("N1", ("alfa", "due")),)


def test_where_places_are_shared_a_guest_needs_room_among_all() -> None:
    """One place offered at uno, where the child of beta is in the afternoon: no room for a whole place."""
    frame = framed(
        [
            child("B1", "08:00-11:00"),
            child("B2", "12:00-15:00", azienda="beta"),
            child("B3", azienda="gamma"),
        ],
        {"B1": "uno", "B2": "uno", "B3": "due"},
        aziende=[azienda("alfa"), azienda("beta"), azienda("gamma")],
        gestori=[gestore("uno", posti=1), gestore("due", posti=1)],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
        quadro={"clausole": {"trasferimento": {"tra_aziende": True}, "posti_massimi": {"posti": 1}}},
    )
    events = [leaves("B1", "2026-11"), enters("N1", "2026-11", "B2", "beta")]
    assert by_month(played(frame, *events), "guests", ("beta", "uno"))[2] == ()
    # When B2 leaves too N1 has its place.
    story = played(frame, *events, leaves("B2", "2026-12"))
    assert by_month(story, "admitted", ("beta", "uno"))[3] == ("N1",)

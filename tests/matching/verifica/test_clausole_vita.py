"""Months, clauses and life of the conventions (docs/clausole.md, sections 1 to 3)."""

from typing import Any

import pytest
from documenti_accordi import alive, child, framed, played, resigns

from nido.matching.verifica.clausole.mesi import months_of_days
from nido.matching.verifica.clausole.patti import Frame

SEASONS = [
    {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"},
    {"id": "primavera", "inizio": "2027-01-01", "fine": "2027-06-30"},
]


def one_child(clauses: dict[str, Any] | None = None, **quadro: Any) -> Frame:
    """Agree on one place of alfa at uno."""
    return framed([child("B1")], {"B1": "uno"}, quadro={**quadro, "clausole": clauses or {}})


def test_without_a_length_the_months_are_those_of_the_seasons() -> None:
    """September 2026 to August 2027, each read in itself."""
    months = one_child().months
    assert [(month.index, month.name, month.read) for month in (months[0], months[-1])] == [
        (0, "2026-09", "2026-09"),
        (11, "2027-08", "2027-08"),
    ]


def test_a_later_month_reads_the_last_one_of_the_same_name() -> None:
    """Seasons September to June and again September: month 12 is itself, October 2027 reads October 2026."""
    seasons = [*SEASONS, {"id": "dopo", "inizio": "2027-09-01", "fine": "2027-09-30"}]
    frame = framed([child("B1")], {"B1": "uno"}, stagioni=seasons, quadro={"durata_mesi": 26})
    read = {month.name: (month.read, month.stagione, month.period) for month in frame.months}
    assert read["2027-07"] == (None, None, None)
    assert read["2027-09"] == ("2027-09", "dopo", 2)
    assert read["2027-10"] == ("2026-10", "autunno", 3)
    assert read["2028-01"] == ("2027-01", "primavera", 4)
    # The last September of the plan, not the first.
    assert read["2028-09"] == ("2027-09", "dopo", 5)


def test_a_start_before_the_seasons_reads_them_too() -> None:
    """A month before the plan reads that of its name; the period is one with what follows."""
    frame = one_child(inizio="2026-07", durata_mesi=4)
    assert [(month.name, month.read, month.period) for month in frame.months] == [
        ("2026-07", "2027-07", 0),
        ("2026-08", "2027-08", 0),
        ("2026-09", "2026-09", 0),
        ("2026-10", "2026-10", 0),
    ]


@pytest.mark.parametrize(("days", "months"), [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (90, 3)])
def test_days_of_a_clause_are_months_rounded_up(days: int, months: int) -> None:
    """A month has 30 days."""
    assert months_of_days(days) == months


def test_exceptions_change_the_common_clauses_in_order() -> None:
    """The first takes one away and replaces another; the second, for all providers, replaces it again."""
    frame = framed(
        [child("B1"), child("B2", azienda="beta")],
        {"B1": "uno", "B2": "uno"},
        quadro={
            "clausole": {"durata_minima": {"mesi": 6}, "posti_minimi": {"posti": 2}},
            "eccezioni": [
                {
                    "azienda": "alfa",
                    "gestore": "uno",
                    "senza": ["durata_minima"],
                    "clausole": {"posti_minimi": {"posti": 3}},
                },
                {"azienda": "alfa", "clausole": {"posti_minimi": {"posti": 4}}},
                {"azienda": "beta", "gestore": "altro", "senza": ["durata_minima"]},
            ],
        },
    )
    alfa, beta = frame.clauses["alfa", "uno"], frame.clauses["beta", "uno"]
    assert alfa.durata_minima is None
    assert alfa.posti_minimi is not None and alfa.posti_minimi.posti == 4
    assert beta.durata_minima is not None and beta.durata_minima.mesi == 6
    assert beta.posti_minimi is not None and beta.posti_minimi.posti == 2


def test_without_renewal_it_lives_to_the_end() -> None:
    """Twelve months."""
    assert alive(played(one_child())) == list(range(12))


@pytest.mark.parametrize(
    ("clauses", "month", "last"),
    [
        # Notice in October (1), effect at once: it lives in September only.
        ({}, "2026-10", 0),
        # 60 days are two months: month 3 is the first without.
        ({"preavviso": {"giorni": 60}}, "2026-10", 2),
        # Not before month 8.
        ({"preavviso": {"giorni": 60}, "durata_minima": {"mesi": 8}}, "2026-10", 7),
    ],
)
def test_who_resigns_ends_after_the_notice(clauses: dict[str, Any], month: str, last: int) -> None:
    """The later of notice and minimum term."""
    assert alive(played(one_child(clauses), resigns(month))) == list(range(last + 1))


def test_the_earliest_resignation_ends_it() -> None:
    """Two resignations, November and October."""
    assert alive(played(one_child(), resigns("2026-11"), resigns("2026-10"))) == [0]


@pytest.mark.parametrize(
    ("resigned", "end"),
    [
        # Terms at 4, 7 and 10, two months of notice. Nobody resigns: it ends at the last.
        ([], 10),
        # October is month 1, not after 4 - 2.
        (["2026-10"], 4),
        (["2026-11"], 4),
        # December is month 3: too late for 4, in time for 7.
        (["2026-12"], 7),
        # Too late for 7, in time for 10, where it would have ended anyway.
        (["2027-03"], 10),
    ],
)
def test_a_renewed_agreement_ends_at_a_term(resigned: list[str], end: int) -> None:
    """Minimum term of four months, renewed twice for three."""
    clauses = {"durata_minima": {"mesi": 4}, "rinnovo": {"mesi": 3, "volte": 2, "preavviso_mesi": 2}}
    assert alive(played(one_child(clauses), *map(resigns, resigned))) == list(range(end))


def test_without_a_minimum_term_the_first_term_is_that_of_the_renewal() -> None:
    """Renewed once for five months: ten in all."""
    assert alive(played(one_child({"rinnovo": {"mesi": 5, "volte": 1}}))) == list(range(10))


def test_it_lives_only_in_its_seasons() -> None:
    """January to June are months 4 to 9; no place is due in autumn."""
    frame = framed(
        [child("B1")],
        {"B1": "uno"},
        stagioni=SEASONS,
        quadro={"clausole": {"solo_stagioni": {"stagioni": ["primavera"]}}},
    )
    assert alive(played(frame)) == [4, 5, 6, 7, 8, 9]


def test_it_does_not_live_where_the_plan_has_no_places() -> None:
    """The plan serves the child in autumn only."""
    frame = framed([child("B1")], {("B1", "autunno"): "uno"}, stagioni=SEASONS)
    assert alive(played(frame)) == [0, 1, 2, 3]

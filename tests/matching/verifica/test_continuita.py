"""The rule `continuita`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, gestore

from nido.matching.verifica.completa import complete

SEASONS = [
    {"id": "autunno", "inizio": "2026-10-01", "fine": "2026-10-31"},
    {"id": "inverno", "inizio": "2026-11-01", "fine": "2026-11-30"},
    {"id": "estate", "inizio": "2026-12-01", "fine": "2026-12-31"},
]


def broken_with(served: dict[str, str], rule: dict[str, Any] | None = None, **child: Any) -> list[str]:
    """Serve B1 in some stagioni, and name the rules broken."""
    case = case_of(
        bambino("B1", **child),
        stagioni=SEASONS,
        gestori=[gestore(), gestore("due")],
        regole={"continuita": rule or {}},
    )
    return broken(complete(case, {("B1", stagione): where for stagione, where in served.items()}, {}))


@pytest.mark.parametrize(
    ("served", "rule", "kept"),
    [
        ({"autunno": "uno", "inverno": "uno", "estate": "uno"}, {}, True),
        ({"autunno": "uno", "estate": "uno"}, {}, True),
        ({"autunno": "uno", "estate": "due"}, {}, False),
        ({"autunno": "uno", "estate": "due"}, {"stagioni_libere": ["estate"]}, True),
        # The free stagione lies between: the others still must agree.
        ({"autunno": "uno", "inverno": "due", "estate": "due"}, {"stagioni_libere": ["inverno"]}, False),
        ({"autunno": "uno", "inverno": "due"}, {"attiva": False}, True),
    ],
)
def test_same_provider_in_bound_stagioni(served: dict[str, str], rule: dict[str, Any], kept: bool) -> None:
    """A child changes provider only in a free stagione."""
    assert broken_with(served, rule) == ([] if kept else ["continuita"])


@pytest.mark.parametrize(
    ("served", "mode", "kept"),
    [
        ({}, "mantiene", True),
        ({"inverno": "uno"}, "mantiene", True),
        ({"inverno": "due"}, "mantiene", False),
        # Autunno is free: inverno is the first that is bound.
        ({"autunno": "due", "inverno": "uno"}, "garantito", True),
        ({}, "garantito", False),
        ({"estate": "uno"}, "garantito", False),
    ],
)
def test_children_already_enrolled(served: dict[str, str], mode: str, kept: bool) -> None:
    """Who is enrolled stays if served; with a guarantee it is served there in its first bound stagione."""
    rule = {"stagioni_libere": ["autunno"], "gia_iscritti": mode}
    assert broken_with(served, rule, gia_iscritto="uno") == ([] if kept else ["continuita"])


def test_a_guarantee_begins_with_the_request() -> None:
    """A child that enters in December has its guarantee in December."""
    rule = {"gia_iscritti": "garantito"}
    late = {"gia_iscritto": "uno", "ingresso": "2026-12-01"}
    assert broken_with({"estate": "uno"}, rule, **late) == []
    assert broken_with({}, rule, **late) == ["continuita"]

"""The rule `fissati`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, gestore

from nido.matching.verifica.completa import complete

SEASONS = [
    {"id": "autunno", "inizio": "2026-10-01", "fine": "2026-10-31"},
    {"id": "inverno", "inizio": "2026-11-01", "fine": "2026-11-30"},
]
OFF = {"continuita": {"attiva": False}}


@pytest.mark.parametrize(
    ("pins", "served", "kept"),
    [
        ([{"gestore": "uno", "stagione": "autunno"}], {"autunno": "uno"}, True),
        ([{"gestore": "uno", "stagione": "autunno"}], {"autunno": "uno", "inverno": "due"}, True),
        ([{"gestore": "uno", "stagione": "autunno"}], {"autunno": "due"}, False),
        ([{"gestore": "uno", "stagione": "autunno"}], {"inverno": "uno"}, False),
        ([{"gestore": "uno"}], {"autunno": "uno", "inverno": "uno"}, True),
        ([{"gestore": "uno"}], {"autunno": "uno"}, False),
    ],
)
def test_pinned_assignments(pins: list[dict[str, Any]], served: dict[str, str], kept: bool) -> None:
    """A pin holds in its stagione, or in every stagione asked for."""
    case = case_of(
        bambino("B1", assegnato_a=pins), stagioni=SEASONS, gestori=[gestore(), gestore("due")], regole=OFF
    )
    plan = complete(case, {("B1", stagione): where for stagione, where in served.items()}, {})
    assert broken(plan) == ([] if kept else ["fissati"])


def test_a_pin_needs_a_request() -> None:
    """A pin says nothing about a stagione that is not asked for."""
    case = case_of(
        bambino("B1", assegnato_a=[{"gestore": "uno"}], uscita="2026-11-01"), stagioni=SEASONS, regole=OFF
    )
    assert broken(complete(case, {("B1", "autunno"): "uno"}, {})) == []
    off = case_of(bambino("B1", assegnato_a=[{"gestore": "uno"}]), regole={"fissati": {"attiva": False}})
    assert broken(complete(off, {}, {})) == []

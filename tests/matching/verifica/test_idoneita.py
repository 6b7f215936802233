"""The rule `idoneita`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, gestore, plan_of

MATRIX = {("B1", "uno"): 20}


@pytest.mark.parametrize(
    ("child", "provider", "rule", "allowed"),
    [
        # The request is 5 to 25 October: accreditation must hold both ends.
        ({}, {"accreditato_dal": "2026-10-05", "accreditato_al": "2026-10-25"}, {}, True),
        ({}, {"accreditato_dal": "2026-10-06"}, {}, False),
        ({}, {"accreditato_al": "2026-10-24"}, {}, False),
        ({}, {"accreditato": False}, {}, False),
        # When accreditation is not asked for, neither is its period.
        ({}, {"accreditato": False, "accreditato_dal": "2026-10-06"}, {"solo_accreditati": False}, True),
        # Six months are completed on 5 October by who was born on 5 April.
        ({"nascita": "2026-04-05"}, {"eta_minima_mesi": 6}, {}, True),
        ({"nascita": "2026-04-06"}, {"eta_minima_mesi": 6}, {}, False),
        # Twenty minutes out and back are 40.
        ({}, {}, {"deviazione_massima_minuti": 40}, True),
        ({}, {}, {"deviazione_massima_minuti": 39}, False),
        ({}, {}, {"deviazione_massima_minuti": None}, True),
        ({"esclusi": ["due"]}, {}, {}, True),
        ({"esclusi": ["uno"]}, {}, {}, False),
        # Wishes bind only when the rule says so.
        ({"desideri": ["due"]}, {}, {}, True),
        ({"desideri": ["due", "uno"]}, {}, {"solo_desideri": True}, True),
        ({"desideri": ["due"]}, {}, {"solo_desideri": True}, False),
        ({}, {}, {"solo_desideri": True}, False),
        ({}, {"posti": 0, "posti_stagione": {"autunno": 1}}, {}, True),
        ({}, {"posti_stagione": {"autunno": 0}}, {"attiva": False}, True),
    ],
)
def test_who_may_be_where(
    child: dict[str, Any], provider: dict[str, Any], rule: dict[str, Any], allowed: bool
) -> None:
    """Each condition on its own, at its edge."""
    asked = {"ingresso": "2026-10-05", "uscita": "2026-10-26", **child}
    case = case_of(
        bambino("B1", **asked),
        gestori=[gestore(**provider), gestore("due")],
        regole={"idoneita": rule, "capienza": {"attiva": False}, "posti_riservati": {"attiva": False}},
        matrix=MATRIX,
    )
    assert broken(plan_of(case, {"B1": "uno"})) == ([] if allowed else ["idoneita"])


def test_no_place_offered() -> None:
    """Without a place in the stagione nobody is admitted."""
    case = case_of(bambino("B1"), gestori=[gestore(posti_stagione={"autunno": 0})])
    assert "idoneita" in broken(plan_of(case, {"B1": "uno"}))

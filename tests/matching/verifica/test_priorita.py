"""The rule `priorita`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, fascia, gestore, plan_of

ON = {"priorita": {"attiva": True}, "attivazione": {"soglia": 1}}


def broken_with(first: dict[str, Any], served: dict[str, str], **more: Any) -> list[str]:
    """Serve some of B1 (class 1) and B2 (class 2), and name the rules broken."""
    case = case_of(
        bambino("B1", first.pop("hours", "09:00-12:00"), **first),
        bambino("B2", priorita=2),
        **{"gestori": [gestore(), gestore("due")], "regole": ON, **more},
    )
    return broken(plan_of(case, served))


@pytest.mark.parametrize(
    ("first", "served", "kept"),
    [
        ({}, {"B1": "uno", "B2": "uno"}, True),
        ({}, {"B1": "due", "B2": "uno"}, True),
        ({}, {}, True),
        ({}, {"B2": "uno"}, False),
        # Another company, the same class, or a provider where B1 may not be.
        ({"azienda": "beta"}, {"B2": "uno"}, True),
        ({"priorita": 2}, {"B2": "uno"}, True),
        ({"esclusi": ["uno"]}, {"B2": "uno"}, True),
        ({"esclusi": ["uno"]}, {"B2": "due"}, False),
        # B1 asks for the evening: no opening reaches 80 % of it.
        ({"hours": "15:00-18:00"}, {"B2": "uno"}, True),
    ],
)
def test_nobody_passes_before_a_better_class(
    first: dict[str, Any], served: dict[str, str], kept: bool
) -> None:
    """A worse class of the same company takes no place that an unserved better class could have."""
    assert broken_with(dict(first), served) == ([] if kept else ["priorita"])


def test_what_counts_is_coverage_with_every_fascia() -> None:
    """With a late fascia that could open B1 could be covered."""
    late = [gestore(fasce=[fascia("tardi", "16:00-18:00")])]
    assert broken_with({"hours": "15:00-18:00"}, {"B2": "uno"}, gestori=late) == ["priorita"]


def test_off_by_default() -> None:
    """The rule is off unless the scenario asks for it."""
    assert broken_with({}, {"B2": "uno"}, regole={}) == []

"""The rule `fratelli`: just satisfied and just violated."""

import pytest
from casi_verifica import bambino, broken, case_of, gestore, plan_of

from nido.matching.verifica import fratelli


@pytest.mark.parametrize(
    ("mode", "served", "kept"),
    [
        ("insieme_se_serviti", {"B1": "uno", "B2": "uno"}, True),
        ("insieme_se_serviti", {"B1": "uno"}, True),
        ("insieme_se_serviti", {"B1": "uno", "B2": "due"}, False),
        ("insieme_o_nessuno", {"B1": "uno", "B2": "uno"}, True),
        ("insieme_o_nessuno", {}, True),
        ("insieme_o_nessuno", {"B2": "uno"}, False),
        ("insieme_o_nessuno", {"B1": "uno", "B2": "due"}, False),
    ],
)
def test_siblings(mode: str, served: dict[str, str], kept: bool) -> None:
    """Siblings are together if both are served, or together or not at all."""
    case = case_of(
        bambino("B1"),
        bambino("B2", fratello_di="B1"),
        gestori=[gestore(), gestore("due")],
        regole={"fratelli": {"modo": mode}},
    )
    assert broken(plan_of(case, served)) == ([] if kept else ["fratelli"])


def test_a_stagione_that_only_one_asks_for_does_not_bind() -> None:
    """A sibling with no request leaves the other free."""
    case = case_of(
        bambino("B1", uscita="2026-10-01"),
        bambino("B2", fratello_di="B1"),
        regole={"fratelli": {"modo": "insieme_o_nessuno"}},
    )
    assert broken(plan_of(case, {"B2": "uno"})) == []


def test_off() -> None:
    """The rule can be switched off."""
    case = case_of(
        bambino("B1"),
        bambino("B2", fratello_di="B1"),
        gestori=[gestore(), gestore("due")],
        regole={"fratelli": {"attiva": False}},
    )
    assert broken(plan_of(case, {"B1": "uno", "B2": "due"})) == []


def test_without_siblings_there_is_nothing_to_check() -> None:
    """The rule applies only to a scenario with siblings."""
    assert not fratelli.applies(case_of(bambino("B1")).scenario)

"""Amounts settled from memory are those settled anew."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from pila import child, company, due, facts, payer

from nido.accordi.amount import Amount
from nido.accordi.pagatori import MODES, Allowances, Facts, settle
from nido.accordi.pagatori.mode import Turn
from nido.accordi.rette import monthly_fee
from nido.accordi.simulazione.settled import Settled, Settler
from nido.scenari.regole import Pagatore

FAMILY = payer("famiglia", "residuo")
BONUS = payer("bonus", "fisso_mese", importo_mese=60)


def both(stack: tuple[Pagatore, ...], courses: list[tuple[Facts, list[Amount]]]) -> Iterator[tuple[Any, Any]]:
    """Settle some courses one after the other, from one memory and each anew."""
    memory = Settled(stack)
    for known, amounts in courses:
        remembered = Settler(memory, Allowances(known.bambini, known)).settle(amounts, company())
        yield remembered, settle(amounts, stack, company(), Allowances(known.bambini, known))


def test_the_same_amounts_in_another_state() -> None:
    """The bonus of 60 is used up by the place (100), or left whole to the fascia (50) of another course."""
    place, fascia = due("100", "B1"), due("50", "B1", componente="fascia")
    courses = [(facts(), [place, fascia]), (facts(), [fascia, place]), (facts(), [place, fascia])]
    found = list(both((BONUS, FAMILY), courses))
    assert [remembered for remembered, _ in found] == [anew for _, anew in found]
    assert found[0][0][1][1] != found[1][0][0][1]


def test_what_is_remembered_counts_for_what_is_not() -> None:
    """After a place from memory the bonus is used up for an amount that was never settled before."""
    place, later = due("100", "B1"), due("30", "B1", componente="fascia")
    found = list(both((BONUS, FAMILY), [(facts(), [place]), (facts(), [place, later])]))
    remembered, anew = found[1]
    assert remembered == anew
    assert [one.pagatore for one in remembered[1][1]] == ["famiglia"]


def test_another_child_of_the_same_name() -> None:
    """Who enters a course under a name is not who entered another: the bonus goes by the ISEE of each."""
    place = due("800", "N1-1")
    known = [facts([child("N1-1", isee=isee)]) for isee in (10_000, 90_000)]
    stack = (payer("inps", "inps", "posto"), FAMILY)
    found = list(both(stack, [(one, [place]) for one in known]))
    assert [remembered for remembered, _ in found] == [anew for _, anew in found]
    assert found[0][0] != found[1][0]


class Unseen(Mapping[tuple[str, str], int]):
    """Attendance at which nobody may look."""

    def __getitem__(self, key: tuple[str, str]) -> int:
        raise AssertionError(key)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        raise AssertionError

    def __len__(self) -> int:
        raise AssertionError


@pytest.mark.parametrize("modo", [mode.nome for mode in MODES.values() if not mode.attended])
def test_who_does_not_mind_attendance_does_not_look(modo: Any) -> None:
    """A mode that is not `attended` is settled without the days and the siblings of a month."""
    one = Pagatore.model_construct(**{**dict(payer("x", "residuo")), "modo": modo, "quota": Decimal("0.5")})
    blind = facts([child("B1", icef="0.1"), child("B2", fratello_di="B1")]).with_attendance(
        {"B1": child("B1", icef="0.1"), "B2": child("B2", fratello_di="B1")}, Unseen()
    )
    turn = Turn(one, company(), due("100", "B1"), blind.bambini["B1"], blind)
    allowances, mode = Allowances(blind.bambini, blind), MODES[modo]
    allowances.room(turn)
    mode.ask(turn, 100, allowances)


def test_fees_do_look() -> None:
    """The attendance at which nobody may look is looked at by a fee."""
    blind = facts().with_attendance({"B1": child("B1")}, Unseen())
    with pytest.raises(AssertionError):
        monthly_fee(blind, payer("retta", "retta", tariffa="trento"), child("B1"), due("1", "B1").data)

"""What holds whatever rules are off."""

from dataclasses import replace

from casi_verifica import bambino, broken, case_of, fascia, gestore, plan_of

from nido.matching.verifica import ALWAYS, CHECKS
from nido.scenari.regole import Regole

PROVIDER = gestore(fasce=[fascia("anticipo", "07:00-08:00"), fascia("estivo", "16:00-17:00", stagioni=["e"])])


def test_every_rule_of_the_schema_has_its_check_half() -> None:
    """The registry holds the rules of the schema, in its order, each with its source."""
    assert [half.name for half in CHECKS] == list(Regole.model_fields)
    assert all(half.fonte for half in (*ALWAYS, *CHECKS))


def test_nobody_is_served_without_a_request() -> None:
    """A child that has left has no request to serve."""
    case = case_of(bambino("B1", uscita="2026-10-01"), regole={"orari": {"attiva": False}})
    assert broken(plan_of(case, {"B1": "uno"})) == ["decisioni"]


def test_a_booking_must_touch_the_window() -> None:
    """A window from 08:00 cannot book an early fascia; one from 07:30 can."""
    for hours, kept in (("07:30-12:00", True), ("08:00-12:00", False)):
        case = case_of(bambino("B1", hours), gestori=[PROVIDER])
        plan = plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
        assert broken(plan) == ([] if kept else ["decisioni"])


def test_a_booking_needs_an_open_fascia_and_a_place() -> None:
    """A fascia that is closed, or booked by who is not served, is refused."""
    case = case_of(bambino("B1", "07:30-12:00"), gestori=[PROVIDER])
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["anticipo"]})
    assert broken(replace(plan, openings=frozenset())) == ["decisioni"]
    assert broken(replace(plan, assigned={}, openings=frozenset(), staff={}, places={})) == ["decisioni"]


def test_a_fascia_without_days_cannot_open() -> None:
    """A fascia of another stagione does not exist in this one."""
    case = case_of(bambino("B1", "15:00-16:30"), gestori=[PROVIDER], regole={"attivazione": {"soglia": 1}})
    plan = plan_of(case, {"B1": "uno"}, {"B1": ["estivo"]})
    assert "decisioni" in broken(plan)

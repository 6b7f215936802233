"""What single change would serve a child: found, priced, and never at the cost of another child."""

from typing import Any

from casi_verifica import HOUR_CENTS, azienda, bambino, fascia, gestore, scenario
from oracle import solve_here

from nido.matching import spiega
from nido.matching.adapter import Solver
from nido.matching.linear import LinearModel
from nido.matching.options import SolveOptions
from nido.matching.query import Outcome, Request
from nido.matching.solution import Explanation, Remedy
from nido.matching.spiega import explain_child, explanations


def ask(model: LinearModel, request: Request) -> Outcome:
    """Solve in this process."""
    return Solver(model).solve(request)


def explained(child: str, *children: dict[str, Any], **more: Any) -> tuple[Explanation, ...]:
    """Solve a scenario and explain one child."""
    case = scenario(children, **more)
    return explanations(case, {}, solve_here(case), child, ask)


def changes(child: str, *children: dict[str, Any], **more: Any) -> list[str]:
    """Give the changes that would serve a child, in order."""
    (found,) = explained(child, *children, **more)
    assert found.completa
    return [remedy.modifica for remedy in found.modifiche]


def test_one_more_place() -> None:
    """Two children of one ratio group on one place: the second place costs no further educator."""
    (found,) = explained("B2", bambino("B1", peso=2), bambino("B2"), gestori=[gestore(posti=1)])
    assert (found.chiesto, found.completa) == ("posto", True)
    assert found.modifiche == (Remedy("posti di uno in autunno: da 1 a 2", "uno", 0),)


def test_coverage_or_hours() -> None:
    """06:00-10:00 against 08:00-16:00: half is covered; 80 % of four hours needs an opening at 06:30.

    One hour and a half more on 22 days with two educators at 41.47 EUR: 22 x 1.5 x 2 x 41.47 = 2,737.02 EUR.
    """
    (found,) = explained("B1", bambino("B1", "06:00-10:00"))
    assert [remedy.modifica for remedy in found.modifiche] == [
        "regole.orari.copertura_minima: da 0,8 a 0,5",
        "orario di uno: da 08:00-16:00 a 06:30-16:00",
    ]
    cheaper, dearer = (remedy.costo_aggiuntivo_cent for remedy in found.modifiche)
    assert dearer - cheaper == 3 * 22 * HOUR_CENTS


def test_a_child_covered_in_part() -> None:
    """07:30-11:30 misses half an hour a day: 22 x 0.5 x 2 educators x 41.47 EUR = 912.34 EUR."""
    (found,) = explained("B1", bambino("B1", "07:30-11:30"))
    assert found.chiesto == "copertura_piena"
    assert found.modifiche == (Remedy("orario di uno: da 08:00-16:00 a 07:30-16:00", "uno", 91234),)


def test_nobody_else_loses() -> None:
    """A lower least coverage would free a place only by covering the other child less: it is no answer."""
    children = (bambino("B1", peso=2), bambino("B2"))
    rules = {"attivazione": {"soglia": 1}, "orari": {"copertura_minima": 0.5}}
    assert changes("B2", *children, gestori=[gestore(posti=1)], regole=rules) == [
        "posti di uno in autunno: da 1 a 2"
    ]


def test_threshold() -> None:
    """A fascia that asks for three children opens for one when its threshold is one."""
    provider = gestore(fasce=[fascia("anticipo", "06:00-08:00")])
    found = changes(
        "B1", bambino("B1", "06:00-10:00"), gestori=[provider], regole={"attivazione": {"soglia": 3}}
    )
    assert "soglia di anticipo a uno: da 3 a 1" in found


def test_budget() -> None:
    """300 EUR a month to the company against a budget of 250."""
    companies = [azienda("alfa", quota=0.5, budget_annuo=250), azienda("beta")]
    found = changes("B1", bambino("B1"), gestori=[gestore(prezzi={"posto_mese": 600})], aziende=companies)
    assert found == ["budget di alfa: da 250,00 EUR a 300,00 EUR"]


def test_exclusion_and_distance() -> None:
    """The family accepts the provider after all; the detour from Trento is within a wider limit."""
    assert changes("B1", bambino("B1", esclusi=["uno"])) == ["B1 accetta uno"]
    rules = {"idoneita": {"deviazione_massima_minuti": 10}}
    (found,) = changes("B1", bambino("B1", comune="Trento"), regole=rules)
    assert found.startswith("regole.idoneita.deviazione_massima_minuti: da 10 a ")


def test_two_obstacles_have_no_single_change() -> None:
    """Excluded by the family and with no place: neither change alone is enough."""
    assert changes("B1", bambino("B1", esclusi=["uno"]), gestori=[gestore(posti=0)]) == []


def test_left_out_by_the_objective() -> None:
    """With cost first nobody is served, and no rule needs to change."""
    found = changes("B1", bambino("B1"), obiettivo={"livelli": [{"nome": "costo_totale"}]})
    assert found == ["nessuna modifica: le regole lo permettono, l'obiettivo no"]


def test_a_served_child_needs_nothing() -> None:
    """A child with a place and every minute covered has nothing to explain."""
    assert explained("B1", bambino("B1")) == ()


def test_the_search_is_bounded(monkeypatch: Any) -> None:
    """After the last allowed trial the answer says that it is not complete."""
    monkeypatch.setattr(spiega, "MOST_TRIED", 1)
    (found,) = explained("B1", bambino("B1", "06:00-10:00"))
    assert (found.provate, found.completa) == (1, False)


def test_in_a_process_of_its_own() -> None:
    """The same answer comes from the guarded child process; with no time left it is empty and says so."""
    case = scenario([bambino("B1", peso=2), bambino("B2")], gestori=[gestore(posti=1)])
    plan = solve_here(case)
    (found,) = explain_child(case, {}, plan, "B2", SolveOptions())
    assert [remedy.modifica for remedy in found.modifiche] == ["posti di uno in autunno: da 1 a 2"]
    (late,) = explain_child(case, {}, plan, "B2", SolveOptions(), seconds=0)
    assert (late.modifiche, late.completa) == ((), False)

"""Random plans, clauses and courses: sums to the cent, no limit passed, nobody in two places."""

from dataclasses import replace

from accordi_casuali import broken, random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.accordi.clausole import CLAUSES
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.patto import Terms
from nido.accordi.simulazione.play import play, simulate


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_every_course_keeps_its_accounts(seed: int) -> None:
    """Payers, components, companies and providers sum to the total; places and limits hold."""
    plan, corso = random_case(seed)
    assert broken(plan, simulate(plan, corso)) == []


@settings(max_examples=20, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_a_course_played_twice_is_the_same(seed: int) -> None:
    """No state is left behind in the plan: months, lines and totals are equal."""
    plan, corso = random_case(seed)
    first = simulate(plan, corso)
    assert simulate(plan, corso) == first
    assert play(plan, corso).mesi == first.mesi


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_what_other_courses_left_in_memory_changes_nothing(seed: int) -> None:
    """Courses one after the other on one plan are those of plans that remember nothing."""
    plan, corso = random_case(seed)
    events = corso.eventi
    for end in range(len(events) + 1):
        for part in (events[:end], events[end:]):
            other = replace(corso, eventi=part)
            try:
                alone = simulate(replace(plan), other)
            except KeyError:  # the child of a later event has not entered
                continue
            assert simulate(plan, other) == alone


def without(plan: Plan, name: str) -> Plan:
    """Take a clause out of a plan's agreements, wherever it stands."""
    framework = plan.scenario.accordo_quadro
    bare = framework.model_copy(
        update={
            "clausole": framework.clausole.model_copy(update={name: None}),
            "eccezioni": tuple(
                other.model_copy(update={"clausole": other.clausole.model_copy(update={name: None})})
                for other in framework.eccezioni
            ),
        }
    )
    conventions = tuple(
        replace(one, terms=Terms(bare, one.azienda.id, one.gestore)) for one in plan.convenzioni
    )
    scenario = plan.scenario.model_copy(update={"accordo_quadro": bare})
    return replace(plan, scenario=scenario, convenzioni=conventions)


def test_every_clause_bites() -> None:
    """Taking any one clause out changes months, lines or deposits of some case."""
    # A decline matters only when two families wait for one place, and later for another: test_rifiuto.
    idle = {clause.nome for clause in CLAUSES} - {"rifiuto"}
    for seed in range(400):
        plan, corso = random_case(seed)
        agreed = {name for one in plan.convenzioni for name in one.terms.agreed}
        if idle & agreed:
            played = simulate(plan, corso)
            for name in sorted(idle & agreed):
                other = simulate(without(plan, name), corso)
                if (other.mesi, other.righe, other.deposito) != (played.mesi, played.righe, played.deposito):
                    idle.discard(name)
        if not idle:
            return
    assert not idle

"""Random plans, clauses and courses: sums to the cent, no limit passed, nobody in two places."""

from accordi_casuali import broken, random_case
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.accordi.simulazione import play, simulate


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

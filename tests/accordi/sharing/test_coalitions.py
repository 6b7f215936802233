"""Coalitions of tiny scenarios against brute force, and of a case worked out by hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Any

import pytest
from three import case_of

from nido.accordi.sharing.game import members
from nido.accordi.sharing.problem import Pool, pool_of
from nido.accordi.sharing.served import Served, asked_again, served_requests
from nido.accordi.sharing.solving import CoalitionCost, SolvingOptions, Step, solve_coalitions
from nido.matching.checker import build_case, evaluate_plan
from nido.matching.process import SolverDisagreement
from nido.matching.verifica.costi import exact_cost
from nido.matching.verifica.livelli import uncovered
from nido.matching.verifica.violazione import half_up
from nido.scenari.schema import Scenario

Planned = Any
ONE_BY_ONE = SolvingOptions(processes=1)
# Drawn cases with two and three companies, with and without somebody who cannot be served alone.
SEEDS = (6, 2, 3, 5)


def choices(scenario: Scenario) -> list[tuple[str | None, frozenset[str]]]:
    """What can be done with a request: buy it outside, or a provider with some fasce."""
    found: list[tuple[str | None, frozenset[str]]] = [(None, frozenset())]
    for provider in scenario.gestori:
        names = [fascia.id for fascia in provider.fasce]
        every = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
        found += [(provider.id, frozenset(booked)) for booked in every]
    return found


def outside_cents(scenario: Scenario, one: Served) -> int:
    """Price of a request bought outside."""
    return half_up(Fraction(scenario.alternativa.ora_bambino) * 100 * one.coperti / 60)


def brute_force(pool: Pool, served: tuple[Served, ...]) -> tuple[int, set[int]]:
    """Least cost of some requests in cents of the model, and the exact costs of the plans that have it."""
    scenario = asked_again(pool.scenario, served)
    case = build_case(scenario, pool.matrix)
    seen: list[tuple[int, int, int]] = []
    for plan in product(choices(scenario), repeat=len(served)):
        keys = [(one.bambino, one.stagione) for one in served]
        assigned = {key: provider for key, (provider, _) in zip(keys, plan, strict=True)}
        booked = {key: fasce for key, (_, fasce) in zip(keys, plan, strict=True)}
        try:
            judged = evaluate_plan(case, assigned, booked)
        except KeyError:
            continue
        inside = [one for one in served if assigned[one.bambino, one.stagione] is not None]
        short = any(uncovered(judged.plan, one.bambino, one.stagione) > one.scoperti for one in inside)
        moved = any(one.fissato and assigned[one.bambino, one.stagione] != one.gestore for one in inside)
        if judged.violations or short or moved:
            continue
        bought = sum(outside_cents(scenario, one) for one in served if one not in inside)
        away = sum(one.coperti for one in served if one not in inside)
        cost = judged.tier_values["costo_totale"] + bought
        seen.append((away, cost, half_up(exact_cost(judged.plan)) + bought))
    if scenario.alternativa.uso == "se_conviene":
        seen = [(0, cost, exact) for _, cost, exact in seen]
    best = min(entry[:2] for entry in seen)
    return best[1], {exact for away, cost, exact in seen if (away, cost) == best}


def solved(pool: Pool, options: SolvingOptions = ONE_BY_ONE) -> dict[int, CoalitionCost]:
    """Solve every coalition of a pool."""
    found: dict[int, CoalitionCost] = {}
    solve_coalitions(pool, range(1, 1 << len(pool.players)), options, found.__setitem__)
    return found


def drawn(
    planned: Callable[[Scenario], Planned | None], seeds: Sequence[int], uso: str
) -> Iterator[tuple[Pool, Mapping[str, Any]]]:
    """Give the pools of the seeds that have a plan."""
    for seed in seeds:
        found = planned(case_of(seed, uso))
        if found is not None:
            loaded, document = found
            served = served_requests(loaded.scenario, document)
            yield pool_of(loaded.scenario, loaded.travel_matrix, served), document


@pytest.mark.parametrize("uso", ["se_serve", "se_conviene"])
@pytest.mark.parametrize("part", range(2))
@pytest.mark.oracolo
def test_costs_equal_brute_force(here: Any, planned: Any, part: int, uso: str) -> None:
    """Every coalition costs what the cheapest of all its plans costs, judged one by one by the checker."""
    for pool, _ in drawn(planned, SEEDS[part::2], uso):
        for coalition, cost in solved(pool).items():
            least, exact = brute_force(pool, pool.of(coalition))
            assert cost.stato == "dimostrato"
            assert cost.costo_cent == cost.limite_cent
            assert cost.costo_cent in exact
            assert abs(cost.costo_cent - least) <= cost.arrotondamento_cent


def test_all_together_cost_no_more_than_the_plan(here: Any, planned: Any) -> None:
    """The plan is one way to serve what it serves."""
    for pool, document in drawn(planned, SEEDS[:4], "se_serve"):
        together = solved(pool)[(1 << len(pool.players)) - 1]
        stated = document["registro"]["totali"]["costo_produzione_cent"]
        assert together.fuori == 0
        assert together.costo_cent <= stated + 2 * together.arrotondamento_cent


def test_what_is_asked_again_is_what_the_plan_serves(planned: Any) -> None:
    """The reduced scenario asks for the served requests and for no other."""
    from nido.matching.verifica.finestre import requests

    for pool, document in drawn(planned, SEEDS[:4], "se_serve"):
        asked = set(requests(build_case(pool.scenario, pool.matrix)))
        assert asked == {(row["bambino"], row["stagione"]) for row in document["assegnazioni"]}


def test_a_plan_that_the_checker_refuses_is_no_cost(
    here: Any, planned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cost that the checker counts otherwise stops everything."""
    from nido.accordi.sharing import solving

    pool, _ = next(drawn(planned, SEEDS, "se_serve"))
    monkeypatch.setattr(solving, "half_up", lambda amount: 7)
    real = solving.evaluate_plan

    def other(*args: Any, **kwargs: Any) -> Any:
        judged = real(*args, **kwargs)
        return type(judged)(
            judged.violations, {"costo_totale": -1}, judged.openings, judged.staff, judged.places, judged.plan
        )

    monkeypatch.setattr(solving, "evaluate_plan", other)
    with pytest.raises(SolverDisagreement):
        solved(pool)


def test_without_time_everything_is_bought_outside_and_nothing_is_proven(here: Any, planned: Any) -> None:
    """A limit that is over at once leaves the dearest plan that is always possible, marked as such."""
    pool, _ = next(drawn(planned, SEEDS, "se_serve"))
    found = solved(pool, SolvingOptions(processes=1, time_limit=0.0))
    for coalition, cost in found.items():
        mine = pool.of(coalition)
        assert (cost.stato, cost.limite_cent) == ("non_dimostrato", None)
        assert cost.costo_cent == sum(pool.outside[one.bambino, one.stagione] for one in mine)
        assert cost.fuori == len(mine)
    assert here.asked == 0


def test_progress_is_told(here: Any, planned: Any) -> None:
    """The listener hears every coalition once, by the names of its companies."""
    pool, _ = next(entry for entry in drawn(planned, SEEDS, "se_serve") if len(entry[0].players) == 3)
    heard: list[Step] = []
    coalitions = range(1, 8)
    solve_coalitions(pool, coalitions, ONE_BY_ONE, lambda coalition, cost: None, heard.append)
    assert [step.fatte for step in heard] == list(range(1, 8))
    names = {frozenset(pool.players[k] for k in members(coalition)) for coalition in coalitions}
    assert {frozenset(step.aziende) for step in heard} == names

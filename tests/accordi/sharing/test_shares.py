"""Shares of whole results: sums, what is kept between runs, samples, what is refused."""

import json
import signal
from dataclasses import replace
from typing import Any

import pytest
from three import case_of

from nido.accordi.sharing.rows import Shares
from nido.accordi.sharing.shares import ShareOptions, SharesError, shares_of
from nido.accordi.sharing.solving import SolvingOptions, Step
from nido.data.problems import NidoError
from nido.matching.process import SolverCrash

QUICK = ShareOptions(SolvingOptions(processes=1))
# Three companies, four requests; alone some of them cannot open the fascia.
SEED = 6


@pytest.fixture(scope="module")
def result(planned: Any) -> Any:
    """Give a scenario of three companies and its result."""
    return planned(case_of(SEED, "se_serve"))


def shares(result: Any, options: ShareOptions = QUICK, store: Any = None) -> Shares:
    """Divide the cost of a result."""
    return shares_of(*result, options, store)


def test_every_method_divides_the_cost_of_the_plan(here: Any, result: Any) -> None:
    """The parts of every method sum to the production cost of the plan, to the cent."""
    found = shares(result)
    cost = result[1]["registro"]["totali"]["costo_produzione_cent"]
    assert found.costo_piano_cent == cost
    for method in ("bambini", "ore", "shapley", "nucleo"):
        assert sum(one.parti_cent[method] for one in found.aziende) == cost


def test_shapley_is_the_formula_of_three_on_the_table_shown(here: Any, result: Any) -> None:
    """The value can be recomputed by hand from the groups that are shown, with the plan's cost for all."""
    found = shares(result)
    cost = {frozenset(row.aziende): row.costo_cent for row in found.coalizioni}
    a, b, c = (one.azienda for one in found.aziende)
    everyone = found.costo_piano_cent

    def pair(*names: str) -> int:
        return cost[frozenset(names)]

    # phi_a = (2 c(a) + (c(ab) - c(b)) + (c(ac) - c(c)) + 2 (c(abc) - c(bc))) / 6
    alone = 2 * pair(a)
    second = pair(a, b) - pair(b) + pair(a, c) - pair(c)
    last = 2 * (everyone - pair(b, c))
    assert abs(found.aziende[0].parti_cent["shapley"] - (alone + second + last) / 6) < 1


def test_all_coalitions_are_shown(here: Any, result: Any) -> None:
    """Three companies have eight groups, the empty one included; the empty one costs nothing."""
    rows = shares(result).coalizioni
    assert len(rows) == len({row.aziende for row in rows}) == 8
    assert (rows[0].aziende, rows[0].costo_cent) == ((), 0)
    assert all(row.costo_cent == row.produzione_cent + row.alternativa_cent for row in rows)


def test_savings_are_against_going_alone(here: Any, result: Any) -> None:
    """What a company saves is its cost alone less its part, also where that is a loss."""
    found = shares(result)
    alone = {row.aziende: row.costo_cent for row in found.coalizioni}
    for one in found.aziende:
        assert one.da_sola_cent == alone[(one.azienda,)]
        for method, part in one.parti_cent.items():
            assert one.risparmio_cent[method] == one.da_sola_cent - part


def test_core_check_names_the_group_that_gains_most(here: Any, result: Any) -> None:
    """The worst group of a method is the one whose parts exceed its own cost most, and all are counted."""
    found = shares(result)
    for check in found.metodi:
        parts = {one.azienda: one.parti_cent[check.metodo] for one in found.aziende}
        gains = [
            (sum(parts[name] for name in row.aziende) - row.costo_cent)
            for row in found.coalizioni
            if 0 < len(row.aziende) < 3
        ]
        # The check looks at exact shares: a group of two is less than two cents away.
        assert sum(gain >= 2 for gain in gains) <= check.gruppi <= sum(gain > -2 for gain in gains)
        assert abs((check.peggiore.guadagno_cent if check.peggiore else 0) - max(0, *gains)) <= 2


def test_opened_fasce_are_divided_whole(here: Any, planned: Any) -> None:
    """The cost of every booked fascia is divided among those who book it, in both ways, to the cent."""
    seen = 0
    for seed in range(6):
        result = planned(case_of(seed, "se_serve"))
        if result is None:
            continue
        booked = [one for one in result[1]["aperture"] if one["bambini"]]
        found = shares(result).fasce
        assert [one.costo_cent for one in found] == [one["costo_cent"] for one in booked]
        for one, opening in zip(found, booked, strict=True):
            seen += 1
            assert sum(part.bambini for part in one.parti) == opening["bambini"]
            assert all(part.minuti > 0 for part in one.parti)
            assert sum(part.per_bambini_cent for part in one.parti) == one.costo_cent
            assert sum(part.per_ore_cent for part in one.parti) == one.costo_cent
    assert seen


def test_a_company_without_served_children_pays_nothing(here: Any, planned: Any) -> None:
    """It is listed, and no player of the game: what the plan costs beyond the least is not its either."""
    for seed in range(12):
        result = planned(case_of(seed, "se_serve"))
        served = (
            {row["azienda"] for row in result[1]["assegnazioni"]} if result else {"alfa", "beta", "gamma"}
        )
        if len(served) == 2:
            found = shares(result)
            (idle,) = (one for one in found.aziende if one.azienda not in served)
            assert (idle.bambini, idle.minuti, idle.da_sola_cent) == (0, 0, 0)
            assert set(idle.parti_cent.values()) == {0}
            assert len(found.coalizioni) == 4
            return
    pytest.fail("no such case")


def test_kept_costs_are_not_solved_again(here: Any, result: Any, shelf: Any) -> None:
    """The second time nothing is asked of a solver, and the answer is the same."""
    first = shares(result, store=shelf)
    asked = here.asked
    assert asked
    assert shares(result, store=shelf) == first
    assert here.asked == asked


@pytest.mark.parametrize(
    "damage",
    [
        lambda kept: b"",
        lambda kept: kept[: len(kept) // 2],
        lambda kept: b"[]",
        lambda kept: b"\xff\xfe",
        lambda kept: kept.replace(b'"fuori": 0', b'"fuori": 1'),
        lambda kept: json.dumps(json.loads(kept) | {"chiave": "0" * 64}).encode(),
        lambda kept: json.dumps(json.loads(kept) | {"righe": []}).encode(),
    ],
    ids=["empty", "half", "other shape", "other text", "other number", "other key", "no rows"],
)
def test_damaged_costs_are_solved_again(here: Any, result: Any, shelf: Any, damage: Any) -> None:
    """What is not whole, or was kept for another question, is not believed."""
    first = shares(result, store=shelf)
    ((name, kept),) = shelf.items()
    shelf[name] = damage(kept)
    assert shelf[name] != kept
    asked = here.asked
    assert shares(result, store=shelf) == first
    assert here.asked == 2 * asked
    assert shelf[name] == kept


def test_kept_costs_hold_ids_of_companies_only(here: Any, result: Any, shelf: Any) -> None:
    """No child is named in what is kept between runs."""
    shares(result, store=shelf)
    (kept,) = shelf.values()
    assert b"alfa" in kept
    assert not any(child.id.encode() in kept for child in result[0].scenario.bambini)


def test_another_price_outside_is_another_question(here: Any, planned: Any, shelf: Any) -> None:
    """Costs kept for one scenario are not those of another."""
    scenario = case_of(SEED, "se_serve")
    shares(planned(scenario), store=shelf)
    dearer = scenario.alternativa.model_copy(update={"ora_bambino": scenario.alternativa.ora_bambino + 1})
    shares(planned(scenario.model_copy(update={"alternativa": dearer})), store=shelf)
    assert len(shelf) == 2


def test_unproven_costs_are_not_kept(here: Any, result: Any, shelf: Any) -> None:
    """Without time nothing is proven: the shares say so, and the next run starts anew."""
    options = ShareOptions(SolvingOptions(processes=1, time_limit=0.0))
    found = shares(result, options, shelf)
    assert not found.dimostrato
    assert shares(result, store=shelf).dimostrato


def test_a_sample_says_so_and_agrees_with_the_whole(here: Any, result: Any) -> None:
    """Beyond the exact size orders are drawn: an interval, no claim about the core, the same sums."""
    exact = shares(result)
    drawn = shares(result, replace(QUICK, most_exact=2, permutations=200))
    assert (drawn.esatto, drawn.permutazioni, drawn.nucleo) == (False, 200, None)
    assert {check.metodo for check in drawn.metodi} == {"bambini", "ore", "shapley"}
    assert sum(one.parti_cent["shapley"] for one in drawn.aziende) == drawn.costo_piano_cent
    for estimate, truth in zip(drawn.aziende, exact.aziende, strict=True):
        assert estimate.piu_o_meno_cent is not None
        off = abs(estimate.parti_cent["shapley"] - truth.parti_cent["shapley"])
        assert off <= 2 * estimate.piu_o_meno_cent + 1


def test_another_scenario_is_refused(result: Any) -> None:
    """A result is divided only with the scenario that it comes from."""
    loaded, document = result
    with pytest.raises(SharesError):
        shares_of(replace(loaded, sha256="0" * 64), document, QUICK)


def test_a_result_that_serves_nobody_is_refused(result: Any) -> None:
    """Without a served child there is no cost to divide."""
    loaded, document = result
    with pytest.raises(NidoError, match="nessun bambino"):
        shares_of(loaded, {**document, "assegnazioni": []}, QUICK)


def test_what_was_proven_before_ctrl_c_is_kept(here: Any, result: Any, shelf: Any) -> None:
    """The first Ctrl-C stops; the next run solves only what is missing."""

    def stop(step: Step) -> None:
        if step.fatte == 3:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        shares_of(*result, QUICK, shelf, stop)
    (kept,) = shelf.values()
    done = len(json.loads(kept)["righe"])
    assert 3 <= done < 7
    here.asked = 0
    shares(result, store=shelf)
    # Two questions a group: how much can be served, then at what cost.
    assert here.asked == 2 * (7 - done)


def test_a_solver_that_dies_ends_everything(
    here: Any, result: Any, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash is one message; the other groups are not waited for, and nothing is made up."""

    def crash(self: Any, *question: Any) -> Any:
        raise SolverCrash("finito")

    monkeypatch.setattr(here, "solve", crash)
    with pytest.raises(SolverCrash, match="finito"):
        shares(result, ShareOptions(), shelf)
    assert not shelf


def test_in_processes_of_their_own(result: Any, shelf: Any) -> None:
    """With real solver processes, two at a time, everything is proven."""
    found = shares(result, ShareOptions(), shelf)
    assert found.dimostrato
    assert len(found.coalizioni) == 8

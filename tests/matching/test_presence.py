"""Presence month by month: it agrees with the plan that the solver gave."""

import json
from functools import cache

import numpy as np
from oracle import solve_here, travel_of
from tiny import tiny_scenario

from nido.accordi.risultato.documento import dump
from nido.matching.presence import MonthOfSite, Presence, presence
from nido.matching.solution import Solution
from nido.matching.stored import plan_in, plan_of
from nido.scenari.schema import Scenario

SEEDS = range(12)


@cache
def solved(seed: int) -> tuple[Scenario, Solution, Presence]:
    """Solve a tiny scenario once."""
    scenario = tiny_scenario(seed, wide=seed % 2 == 1)
    solution = solve_here(scenario)
    return scenario, solution, presence(scenario, travel_of(scenario), solution.assegnazioni)


def test_minutes_and_meals_sum_to_those_of_the_assignment() -> None:
    """Over the months of a season, for every child served."""
    for seed in SEEDS:
        _, solution, found = solved(seed)
        for one in solution.assegnazioni:
            months = [found.months[one.gestore, month] for month in one.mesi]
            covered = one.minuti_richiesti - one.minuti_scoperti
            assert sum(month.minutes[one.bambino] for month in months) == covered
            assert sum(month.meals[one.bambino] for month in months) == one.giorni_pasto


def test_peaks_are_those_of_the_plan() -> None:
    """Of every agreement and month, and of all companies together."""
    for seed in SEEDS:
        _, solution, found = solved(seed)
        for agreement in solution.accordi:
            key = (agreement.azienda, agreement.gestore, agreement.stagione)
            mine = [one for one in solution.assegnazioni if (one.azienda, one.gestore, one.stagione) == key]
            for month, used in agreement.usati_mese.items():
                there = [one.bambino for one in mine if month in one.mesi]
                assert (found.months[agreement.gestore, month].peak(there) if there else 0) == used
        for use in solution.uso_insieme:
            for month, used in use.insieme_mese.items():
                site = found.months.get((use.gestore, month))
                assert (site.peak(site.rows) if site is not None else 0) == used


def test_a_child_named_twice_counts_twice() -> None:
    """Morning and evening: two of the morning and one of the evening make two."""
    rows = {"M1": np.array([1, 0], dtype=np.int16), "S1": np.array([0, 1], dtype=np.int16)}
    site = MonthOfSite(rows, {}, {})
    assert site.peak(["M1", "S1"]) == 1
    assert site.peak(["M1", "M1", "S1"]) == 2
    assert site.peak([]) == 0


def test_a_saved_result_gives_the_same_plan() -> None:
    """What is read from the document is what the solve gave."""
    for seed in SEEDS:
        _, solution, _ = solved(seed)
        rows = {
            "assegnazioni": [
                {name: getattr(one, name) for name in one.__slots__} for one in solution.assegnazioni
            ],
            "accordi": [
                {**{name: getattr(one, name) for name in one.__slots__}, "costo_annuo_cent": 0}
                for one in solution.accordi
            ],
            "aperture": [{name: getattr(one, name) for name in one.__slots__} for one in solution.aperture],
        }
        assert plan_in(json.loads(dump(rows))) == plan_of(solution)

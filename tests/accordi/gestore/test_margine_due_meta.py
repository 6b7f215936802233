"""The provider's view and the checker follow the same text; a wrong number of the view is refused."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import asdict, replace
from functools import cache
from typing import Any

import pytest
from casi_verifica import bambino, fascia, gestore, scenario
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import solve_here, travel_of
from tiny import tiny_scenario

from nido.accordi.gestore.curva import Curva, Punto
from nido.accordi.gestore.margine import VistaGestore, plain, provider_view
from nido.accordi.gestore.voci_costo import whole_cost
from nido.accordi.gestore.voci_ricavo import whole_revenue
from nido.accordi.ledger import build_ledger
from nido.matching.checker import check_margins
from nido.matching.money import half_up
from nido.matching.replay import SavedRow, replay, saved_rows
from nido.scenari.schema import Scenario

# Tiny scenarios that have a plan, and among them every kind of provider, ratio and staff.
SEEDS = (2, 5, 8, 13, 21, 34, 40, 55)
EURO = st.sampled_from([0, "0.01", "33.33", 250, 700, 2500])
WINDOWS = ("06:30-13:00", "08:00-12:00", "07:15-17:40", "11:30-19:00")


@pytest.mark.parametrize("seed", SEEDS)
def test_both_halves_agree_on_solved_scenarios(seed: int) -> None:
    """Costs sum to the plan's, revenues to the ledger's, and the checker confirms every number."""
    given_scenario = tiny_scenario(seed)
    solution = solve_here(given_scenario)
    travel = travel_of(given_scenario)
    found = provider_view(given_scenario, travel, solution.assegnazioni, solution.ordine_domanda)
    through_the_plan(found)
    assert sum(view.costo_cent for view in found) == solution.costo_produzione_cent
    assert (
        sum(view.ricavo_cent for view in found) == build_ledger(given_scenario, solution).totali.totale_cent
    )
    rows = [asdict(served) for served in solution.assegnazioni]
    assert check_margins(given_scenario, rows, plain(found), travel, solution.ordine_domanda) == ()


def through_the_plan(found: Iterable[VistaGestore]) -> None:
    """With the plan's children every curve gives the row's own cost, revenue and margin, to the cent."""
    for view in found:
        rows = [(view.curva, Punto(view.bambini, view.costo_cent, view.ricavo_cent))]
        for part in (part for part in view.parti if part.curva):
            cents = sum(part.costi.values()), sum(part.ricavi.values())
            rows.append((part.curva, Punto(part.bambini, *cents)))
        for one in view.pacchetti:
            cents = one.costo_evitabile_cent, one.ricavo_evitabile_cent
            rows.append((one.curva, Punto(one.bambini, *cents)))
        for curve, row in rows:
            if curve.punti:
                assert curve.piano == row == curve.punti[row.bambini]
            else:
                assert curve.motivo in ("nessun_bambino", "personale_non_contato")


def rows_of(children: list[tuple[str, bool, bool]]) -> list[SavedRow]:
    """Let one provider serve every child, with the fasce that its window touches and it wants."""
    return [
        SavedRow(
            f"B{number}",
            "autunno",
            "uno",
            tuple(
                name
                for name, wanted, reached in (
                    ("anticipo", first, window < "08:00"),
                    ("sera", last, window[6:] > "16:00"),
                )
                if wanted and reached
            ),
        )
        for number, (window, first, last) in enumerate(children)
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    children=st.lists(
        st.tuples(st.sampled_from(WINDOWS), st.booleans(), st.booleans()), min_size=1, max_size=5
    ),
    prices=st.tuples(EURO, EURO, EURO, EURO),
    costs=st.tuples(EURO, EURO, EURO, st.sampled_from([None, "21.37"])),
    existing=st.sampled_from([{}, {"grandi": 8}, {"piccoli": 5, "grandi": 10}]),
    kind=st.sampled_from(["nido", "nido", "tagesmutter"]),
    places=st.integers(5, 14),
    ratio=st.fixed_dictionaries(
        {
            "arrotondamento": st.sampled_from(["per_banda", "somma_mista"]),
            "base": st.sampled_from(["presenti", "iscritti"]),
            "personale": st.sampled_from(["stagione", "giorno"]),
            "copresenza": st.integers(0, 3),
        }
    ),
    shared=st.booleans(),
    share=st.sampled_from([0, "0.333", 1]),
    backwards=st.booleans(),
)
def test_both_halves_agree_on_any_plan(
    children: Any,
    prices: Any,
    costs: Any,
    existing: Any,
    kind: Any,
    places: int,
    ratio: Any,
    shared: bool,
    share: Any,
    backwards: bool,
) -> None:
    """Any prices, costs, ratio and mix of packages: two computations, one view through the plan."""
    provider = gestore(
        tipo=kind,
        posti=places,
        esistenti=existing,
        vuoto_per_pieno=share,
        posti_minimi_accordo=3,
        operatrici=3,
        fasce=[
            fascia("anticipo", "06:30-08:00", prezzo_mese=prices[0], costo_fisso=costs[0]),
            fascia("sera", "16:00-19:00", "lun,mer,ven", prezzo_mese=prices[1]),
        ],
        prezzi={"posto_mese": prices[2], "ora_bambino": "8.10", "pasto_giorno": prices[3]},
        costi={"bambino_mese": costs[1], "partecipazione": costs[2], "ora_educatrice": costs[3]},
    )
    plain_scenario = scenario(
        [
            bambino(f"B{number}", window, azienda=("alfa", "beta")[number % 2])
            for number, (window, _, _) in enumerate(children)
        ],
        gestori=[provider],
        regole={
            "attivazione": {"soglia": 1},
            "rapporto": ratio,
            "orari": {"copertura_minima": 0},
            "posti_riservati": {"condivisione_tra_aziende": shared},
        },
    )
    rows = rows_of(children)
    order = [row.bambino for row in rows][:: -1 if backwards else 1]
    found = provider_view(plain_scenario, {}, rows, order)
    solution = replay(plain_scenario, {}, rows).solution()
    through_the_plan(found)
    by_brute_force(plain_scenario, rows, order, found[0].curva)
    assert sum(view.costo_cent for view in found) == solution.costo_produzione_cent
    assert (
        sum(view.ricavo_cent for view in found) == build_ledger(plain_scenario, solution).totali.totale_cent
    )
    assert check_margins(plain_scenario, [asdict(row) for row in rows], plain(found), order=order) == ()


def by_brute_force(given: Scenario, rows: list[SavedRow], order: list[str], curve: Curva) -> None:
    """Make a scenario of each number of children, copies with their own names, and reckon it from scratch."""
    children = {child.id: child for child in given.bambini}
    by_child = {row.bambino: row for row in rows}
    for point in curve.punti[1:]:
        names = [order[place % len(order)] for place in range(point.bambini)]
        copies = tuple(
            children[name].model_copy(update={"id": f"C{place}"}) for place, name in enumerate(names)
        )
        served = [replace(by_child[name], bambino=f"C{place}") for place, name in enumerate(names)]
        alone = replay(given.model_copy(update={"bambini": copies}), {}, served)
        assert point == Punto(point.bambini, half_up(whole_cost(alone)), whole_revenue(alone))


# --- wrong views -------------------------------------------------------------------------------------------


@cache
def _case() -> tuple[Scenario, tuple[dict[str, Any], ...]]:
    provider = gestore(
        posti=2,
        fasce=[fascia("anticipo", "06:30-08:00", prezzo_mese=2_000, costo_fisso=50)],
        prezzi={"posto_mese": 9_500, "pasto_giorno": "4.50"},
        costi={"pasto_giorno": 4},
    )
    given_scenario = scenario(
        [bambino("B0", "06:30-13:00"), bambino("B1", "09:00-13:00")], gestori=[provider]
    )
    rows = (SavedRow("B0", "autunno", "uno", ("anticipo",)), SavedRow("B1", "autunno", "uno", ()))
    return given_scenario, tuple(asdict(row) for row in rows)


def _view() -> list[dict[str, Any]]:
    given_scenario, rows = _case()
    return plain(provider_view(given_scenario, {}, saved_rows({"assegnazioni": list(rows)})))


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict) or (isinstance(value, list) and value):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in items:
            yield from _leaves(part, (*path, key))
    else:
        yield path


@pytest.mark.parametrize("path", list(_leaves(_view())), ids=lambda path: "/".join(map(str, path)))
def test_every_wrong_value_is_refused(path: tuple[Any, ...]) -> None:
    """One value changed anywhere in the view, and the checker names its place."""
    spoiled = deepcopy(_view())
    owner: Any = spoiled
    for key in path[:-1]:
        owner = owner[key]
    value = owner[path[-1]]
    owner[path[-1]] = value + 1 if isinstance(value, int) else "altro"
    given_scenario, rows = _case()
    (found,) = check_margins(given_scenario, rows, spoiled)
    assert found.regola == "margini"
    assert str(path[-1]) in found.dove


@pytest.mark.parametrize("change", ["key", "more", "fewer", "bool", "empty"])
def test_another_shape_is_refused(change: str) -> None:
    """A key or a point too few or too many, or a number that is no number."""
    spoiled = deepcopy(_view())
    curve = spoiled[0]["curva"]
    if change == "key":
        del curve["motivo"]
    elif change == "more":
        curve["punti"].append(curve["punti"][-1])
    elif change == "fewer":
        del spoiled[0]["parti"][-1]
    elif change == "bool":
        spoiled[0]["parti"][1]["bambini"] = True
    else:
        spoiled = []
    given_scenario, rows = _case()
    assert check_margins(given_scenario, rows, spoiled)

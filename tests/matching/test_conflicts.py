"""Why a scenario has no plan: exactly the requirements that cannot hold together, and what settles them."""

from pathlib import Path
from typing import Any

import pytest
from casi_verifica import azienda, bambino, fascia, gestore, scenario
from oracle import brute_force
from tiny import tiny_scenario

from nido.matching import elastic
from nido.matching.adapter import Solver
from nido.matching.conflicts import conflicts, explain_infeasible
from nido.matching.linear import LinearModel
from nido.matching.options import SolveOptions
from nido.matching.query import Outcome, Request
from nido.matching.requirements import requirement, stated_at
from nido.matching.solution import Conflict
from nido.scenari.load import load_scenario
from nido.scenari.schema import Scenario

GUARANTEED = {"attivazione": {"soglia": 1}, "continuita": {"gia_iscritti": "garantito"}}


def ask(model: LinearModel, request: Request) -> Outcome:
    """Solve in this process."""
    return Solver(model).solve(request)


def pinned(id: str, provider: str = "uno", **more: Any) -> dict[str, Any]:
    """Describe a child pinned at a provider."""
    pin = [{"gestore": provider, "stagione": "autunno"}]
    return bambino(id, more.pop("orario", "09:00-12:00"), assegnato_a=pin, **more)


def explained(*children: dict[str, Any], **more: Any) -> tuple[Conflict, ...]:
    """Explain an infeasible scenario."""
    return conflicts(scenario(children, **more), {}, ask)


def named(found: tuple[Conflict, ...]) -> dict[str, str | None]:
    """Give each requirement with its remedy."""
    return {conflict.dettaglio: conflict.rimedio for conflict in found}


def test_two_pins_on_one_place() -> None:
    """Two children together at a provider with one place: both pins and the place, nothing else."""
    found = explained(pinned("B1"), pinned("B2"), bambino("B3"), gestori=[gestore(posti=1)])
    assert named(found) == {
        "fissati: B1 a uno in autunno": "togliere B1 a uno",
        "fissati: B2 a uno in autunno": "togliere B2 a uno",
        "posti: uno in autunno, 1": "posti di uno in autunno: da 1 a 2",
    }
    assert {conflict.gruppo for conflict in found} == {1}
    assert all(conflict.minimo for conflict in found)


def test_a_pin_and_the_budget() -> None:
    """A month at 600 EUR, half to the company: 300 EUR against a budget of 250 EUR."""
    companies = [azienda("alfa", quota=0.5, budget_annuo=250), azienda("beta")]
    found = explained(pinned("B1"), gestori=[gestore(prezzi={"posto_mese": 600})], aziende=companies)
    assert named(found) == {
        "fissati: B1 a uno in autunno": "togliere B1 a uno",
        "budget: alfa, 250,00 EUR": "budget di alfa: da 250,00 EUR a 300,00 EUR",
    }
    assert found[1].dove == "aziende[alfa].budget_annuo"


def test_a_guaranteed_place_at_a_closed_provider() -> None:
    """A child keeps its place at a provider that offers none any more."""
    providers = [gestore(posti=0), gestore("due")]
    found = explained(bambino("B1", gia_iscritto="uno"), gestori=providers, regole=GUARANTEED)
    assert named(found) == {
        "già iscritto: B1 a uno, posto garantito": "togliere gia_iscritto di B1",
        "posti: uno in autunno, 0": "posti di uno in autunno: da 0 a 1",
    }


def test_siblings_pinned_apart() -> None:
    """Two pins and the tie between the children, any of which may go."""
    children = (pinned("B1"), pinned("B2", "due", fratello_di="B1"))
    found = explained(*children, gestori=[gestore(), gestore("due")])
    assert named(found) == {
        "fratelli: B2 e B1 insieme": "togliere fratello_di di B2",
        "fissati: B1 a uno in autunno": "togliere B1 a uno",
        "fissati: B2 a due in autunno": "togliere B2 a due",
    }


def test_a_pin_that_the_family_excludes_and_one_out_of_hours() -> None:
    """Two conflicts with nothing in common are two groups; 05:00-09:00 is covered for one hour of four."""
    found = explained(pinned("B1", orario="05:00-09:00"), pinned("B2", esclusi=["uno"]))
    assert named(tuple(c for c in found if c.gruppo == 1)) == {
        "fissati: B1 a uno in autunno": "togliere B1 a uno",
        "orari: copertura minima 0,8": "regole.orari.copertura_minima: da 0,8 a 0,25",
    }
    assert named(tuple(c for c in found if c.gruppo == 2)) == {
        "fissati: B2 a uno in autunno": "togliere B2 a uno",
        "esclusi: B2 non accetta uno": "B2 accetta uno",
    }


def test_a_threshold_that_a_pin_cannot_reach() -> None:
    """The child needs the fascia for half of its window, and nobody else would book it."""
    provider = gestore(fasce=[fascia("anticipo", "06:00-08:00")])
    rules = {"attivazione": {"soglia": 3}}
    found = explained(pinned("B1", orario="06:00-10:00"), gestori=[provider], regole=rules)
    assert named(found) == {
        "fissati: B1 a uno in autunno": "togliere B1 a uno",
        "orari: copertura minima 0,8": "regole.orari.copertura_minima: da 0,8 a 0,5",
        "soglia di attivazione: anticipo a uno, 3 bambini": "soglia di anticipo a uno: da 3 a 1",
    }


def test_a_pin_that_nothing_covers() -> None:
    """A window that no opening touches is a conflict of its own, and says why."""
    (found,) = explained(pinned("B1", orario="05:00-07:00"))
    assert found.dettaglio == "fissati: B1 a uno in autunno: nessun minuto coperto dalle sue aperture"


def test_as_many_pins_as_it_takes() -> None:
    """Seven pins on three places: four of them with the limit are enough to be impossible.

    Dropping one pin leaves six: no single pin helps; the places must become seven.
    """
    children = [pinned(f"B{number}") for number in range(7)]
    found = explained(*children, gestori=[gestore(posti=3)])
    assert len(found) == 5
    remedies = [conflict.rimedio for conflict in found]
    assert remedies == [None, None, None, None, "posti di uno in autunno: da 3 a 7"]


def test_a_feasible_scenario_has_no_conflict() -> None:
    """Nothing is named where nothing is wrong."""
    assert explained(pinned("B1")) == ()


def test_no_answer_in_time_is_no_conflict() -> None:
    """A solver that finds nothing out gives no group, rather than an unproven one."""
    case = scenario([pinned("B1"), pinned("B2")], gestori=[gestore(posti=1)])
    assert conflicts(case, {}, lambda model, request: Outcome("unknown", None, None, None)) == ()


@pytest.mark.oracolo
def test_conflicts_agree_with_brute_force() -> None:
    """On random tiny scenarios a group is found exactly when no plan exists, and is irreducible."""
    infeasible = 0
    for seed in range(45):
        case = tiny_scenario(seed)
        found = conflicts(case, {}, ask)
        if any(child.assegnato_a or child.gia_iscritto for child in case.bambini):
            assert bool(found) == (brute_force(case).values is None), seed
        else:
            assert not found
        infeasible += bool(found)
        for number in {conflict.gruppo for conflict in found}:
            _assert_irreducible(case, number, found)
    assert infeasible >= 2


def _assert_irreducible(case: Scenario, number: int, found: tuple[Conflict, ...]) -> None:
    """A group cannot hold, and can when any member is left out; its members are found again by name."""
    model = elastic.open_draft(case, {}, 0)
    group = [conflict for conflict in found if conflict.gruppo == number]
    members = [about for about in model.rules if any(_is(case, about, conflict) for conflict in group)]
    assert len(members) == len(group)
    assert model.fewest_broken(ask, members) is None
    for about in members:
        assert model.fewest_broken(ask, [other for other in members if other != about]) is not None


def _is(case: Scenario, about: tuple[str, ...], conflict: Conflict) -> bool:
    same_place = stated_at(case, about) == conflict.percorso
    return same_place and conflict.dettaglio.startswith(requirement(case, about))


def test_places_in_the_file(tmp_path: Path) -> None:
    """Every requirement is found at its line; one replaced on the command line is at none."""
    path = tmp_path / "caso.yaml"
    path.write_text(CASE, encoding="utf-8")
    loaded = load_scenario(path)
    found = explain_infeasible(loaded.scenario, loaded.travel_matrix, SolveOptions())
    assert loaded.locate is not None
    places = {conflict.dove: loaded.locate(conflict.percorso) for conflict in found}
    # Line 9 begins with "posti"; both children state their pin on a line of their own.
    assert places == {
        "bambini[B1].assegnato_a": (str(path), 13, 5),
        "bambini[B2].assegnato_a": (str(path), 16, 5),
        "gestori[uno].posti": (str(path), 9, 5),
    }
    changed = load_scenario(path, ["gestori[uno].posti=5"])
    assert changed.locate is not None
    assert changed.locate(("gestori", "uno", "posti")) is None
    assert changed.locate(("regole", "orari", "copertura_minima")) is None


CASE = """formato: nido-scenario/1
nome: Caso
dati_sintetici: true
passo_minuti: 30
stagioni: [{id: autunno, inizio: 2026-10-01, fine: 2026-10-31}]
aziende: [{id: alfa, nome: Alfa, sede: {comune: Pergine Valsugana}}]
gestori:
  - {id: uno, nome: Uno, tipo: nido, comune: Pergine Valsugana,
    posti: 1, base: {giorni: lun-ven, orario: "08:00-16:00"}}
bambini:
  - {id: B1, azienda: alfa, nascita: 2025-01-10, comune: Pergine Valsugana,
    finestre: [{giorni: lun-ven, orario: "09:00-12:00"}],
    assegnato_a: [{gestore: uno}]}
  - {id: B2, azienda: alfa, nascita: 2025-01-10, comune: Pergine Valsugana,
    finestre: [{giorni: lun-ven, orario: "09:00-12:00"}],
    assegnato_a: [{gestore: uno}]}
"""

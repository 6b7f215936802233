"""What the screen says of a scenario without a plan, and of a child that was asked about."""

from dataclasses import asdict, replace
from typing import Any

from nido.matching.solution import Solution
from nido.report.sections_explain import conflicts, explanations


def _document(solution: Solution, **changes: Any) -> dict[str, Any]:
    found = [asdict(replace(conflict, **changes)) for conflict in solution.conflitti]
    return {"conflitti": found}


def test_a_conflict_with_its_place_and_remedy(solution: Solution) -> None:
    """Requirement, key, file, line and column, then the change that settles it."""
    shown = "\n".join(conflicts(_document(solution), 100))
    assert (
        "assegnazioni già decise: A001 a nido_uno in autunno (bambini[A001].assegnato_a, carta.yaml:31:5)"
        in shown
    )
    assert "- togliere A001 a nido_uno" in shown


def test_a_conflict_without_place_or_remedy(solution: Solution) -> None:
    """What no file holds shows its key alone; without a remedy none is promised."""
    shown = "\n".join(conflicts(_document(solution, riga=None, rimedio=None), 100))
    assert "(bambini[A001].assegnato_a)" in shown
    assert "Basta" not in shown


def test_several_groups(solution: Solution) -> None:
    """With two groups each must be settled."""
    one = _document(solution)["conflitti"]
    two = _document(solution, gruppo=2)["conflitti"]
    assert "Ogni gruppo va sciolto." in conflicts({"conflitti": one + two}, 100)


def test_nothing_to_say() -> None:
    """A scenario with a plan has no such section."""
    assert conflicts({"conflitti": []}, 100) == []


def test_what_would_serve_a_child(document: dict[str, Any]) -> None:
    """The change, where, what it costs, and how many were tried."""
    shown = "\n".join(explanations(document, 100))
    assert "A002, autunno, per avere un posto:" in shown
    change = "- posti di nido_uno in autunno: da 2 a 3"
    assert f"{change} (a nido_uno; costo di produzione più alto di 120,00 EUR)" in shown
    assert "provate una alla volta: 4" in shown


def test_a_change_that_saves(document: dict[str, Any]) -> None:
    """A lower cost of production is not shown as a negative rise."""
    document["spiegazioni"][0]["modifiche"][0]["costo_aggiuntivo_cent"] = -150
    assert "più basso di 1,50 EUR" in "\n".join(explanations(document, 100))


def test_no_single_change(document: dict[str, Any]) -> None:
    """What was not found is said, and that the search stopped."""
    (found,) = document["spiegazioni"]
    shown = "\n".join(explanations({"spiegazioni": [{**found, "modifiche": [], "completa": False}]}, 100))
    assert "nessuna singola modifica trovata" in shown
    assert "fermata prima" in shown
    assert explanations({}, 100) == []

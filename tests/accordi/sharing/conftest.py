"""Plans of tiny scenarios as documents, and coalitions solved in this process."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import oracle
import pytest

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, dump, result_document
from nido.accordi.sharing import solving
from nido.matching.adapter import Solver
from nido.matching.linear import LinearModel
from nido.matching.query import Outcome, Request
from nido.scenari.load import Loaded, canonical_json, load_canonical
from nido.scenari.schema import Scenario

Planned = tuple[Loaded, Mapping[str, Any]]


class Here:
    """A solver in this process: quicker to start than one of its own."""

    asked = 0

    def __init__(self, *ignored: object) -> None:
        self.notes: list[str] = []

    def solve(self, model: LinearModel, request: Request, heard: object) -> Outcome:
        """Solve with CP-SAT and one worker."""
        Here.asked += 1
        return Solver(model).solve(replace(request, workers=1))

    def close(self) -> None:
        """Nothing to end."""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> type[Here]:
    """Solve coalitions in this process, and count the questions."""
    monkeypatch.setattr(solving, "RestartingSolver", Here)
    Here.asked = 0
    return Here


@pytest.fixture(scope="session")
def planned() -> Callable[[Scenario], Planned | None]:
    """Solve a scenario and write its result; None when it has no plan that serves anybody."""

    def plan(scenario: Scenario) -> Planned | None:
        loaded = load_canonical(canonical_json(scenario), "prova")
        solution = oracle.solve_here(loaded.scenario)
        if not solution.assegnazioni:
            return None
        ledger = build_ledger(loaded.scenario, solution)
        costing = Costing(ledger, break_even(loaded.scenario, solution), assumptions(loaded.scenario))
        manifest = Manifest(loaded.sha256, 0, (), {})
        document = result_document(loaded.scenario, solution, costing, manifest)
        assert dump(document)
        return loaded, document

    return plan


class Shelf(dict[str, bytes]):
    """A store in memory."""

    def read(self, name: str) -> bytes | None:
        """Give what is kept under a name."""
        return self.get(name)

    def write(self, name: str, content: bytes) -> None:
        """Keep something."""
        self[name] = content


@pytest.fixture
def shelf() -> Shelf:
    """Give an empty store."""
    return Shelf()

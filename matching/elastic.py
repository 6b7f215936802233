"""A model whose requirements may be broken, at a price: what an infeasible scenario is explained with."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from nido.matching.build import build_instance
from nido.matching.changes import Change, with_rule
from nido.matching.draft import Draft
from nido.matching.linear import LinearModel, RowTooLargeError, Subject, Term
from nido.matching.prepare import UNITS, TooLargeError, post_rules, prepare
from nido.matching.query import Outcome, Request
from nido.matching.rules import RULES, Rule
from nido.scenari.schema import Scenario

# Staff follows from the plan: its rows only matter where a cost per child is limited.
STAFF_RULE = "rapporto"
Ask = Callable[[LinearModel, Request], Outcome]


class Elastic:
    """The requirements of a scenario, each with a slack of its own.

    Parameters
    ----------
    draft
        Model from `open_draft`: requirements are rows, none is left to the choice of candidates.

    Attributes
    ----------
    rules
        The rule behind each requirement, in the order in which rules post their rows.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        per_child = draft.instance.scenario.regole.attivazione.costo_massimo_per_bambino
        source = draft.model if per_child is not None else draft.model.without(frozenset({STAFF_RULE}))
        self._hard = LinearModel(list(draft.model.lower), list(draft.model.upper))
        self._soft: dict[Subject, list[tuple[list[Term], int]]] = {}
        self.rules: dict[Subject, str] = {}
        for (positions, coefficients), low, high, label, about in zip(
            source.rows, source.low, source.high, source.labels, source.subjects, strict=True
        ):
            terms = list(zip(positions, coefficients, strict=True))
            if about:
                self._add(about, label, terms, low, high)
            else:
                self._hard.add(terms, low, high)
        for variable, (low, high), value, about in reversed(draft.model.fixes):
            self._hard.lower[variable], self._hard.upper[variable] = low, high
            self._add(about, "continuita", [(variable, 1)], value, value)
        self._counted = self._priced()

    def _add(self, about: Subject, label: str, terms: list[Term], low: int | None, high: int | None) -> None:
        self.rules.setdefault(about, label)
        rows = self._soft.setdefault(about, [])
        if high is not None:
            rows.append((terms, high))
        if low is not None:
            rows.append(([(variable, -coefficient) for variable, coefficient in terms], -low))

    def _priced(self) -> tuple[LinearModel, dict[Subject, int]]:
        """Give every requirement a variable that is 1 when any of its rows is broken."""
        model = _copy(self._hard)
        broken = {about: model.variable() for about in self._soft}
        for about, rows in self._soft.items():
            for terms, high in rows:
                excess = self._most(terms) - high
                if excess > 0:
                    model.add([*terms, (broken[about], -excess)], high=high)
        return model, broken

    def _most(self, terms: list[Term]) -> int:
        return sum(c * (self._hard.upper[v] if c > 0 else self._hard.lower[v]) for v, c in terms)

    def fewest_broken(
        self, ask: Ask, kept: Collection[Subject], free: Collection[Subject] = ()
    ) -> frozenset[Subject] | None:
        """Find the fewest requirements to break when some must hold; None when those cannot hold together.

        Parameters
        ----------
        ask
            Solves a model.
        kept
            Requirements that must hold.
        free
            Requirements that may be broken at no price, and are not named.

        Raises
        ------
        Unanswered
            If the solver ran out of time.
        """
        base, broken = self._counted
        model = replace(base, upper=list(base.upper))
        for about in kept:
            model.upper[broken[about]] = 0
        priced = tuple((variable, 1) for about, variable in broken.items() if about not in free)
        outcome = ask(model, Request(priced, maximise=False, workers=1))
        if outcome.verdict == "infeasible":
            return None
        if outcome.values is None:
            raise Unanswered
        return frozenset(a for a, v in broken.items() if outcome.values[v] and a not in free)

    def least_excess(
        self, ask: Ask, about: Subject, free: Collection[Subject] = ()
    ) -> tuple[int, tuple[int, ...]] | None:
        """Find by how much one requirement must be broken when every other holds, and a plan that does it.

        Returns
        -------
        tuple or None
            The largest excess over its rows, in their unit; the values of the variables. None when breaking
            this one is not enough.

        Raises
        ------
        Unanswered
            If the solver ran out of time.
        """
        model = _copy(self._hard)
        rows = self._soft[about]
        slack = model.variable(0, max((self._most(terms) - high for terms, high in rows), default=0))
        for terms, high in rows:
            model.add([*terms, (slack, -1)], high=high)
        for other, limits in self._soft.items():
            if other != about and other not in free:
                for terms, high in limits:
                    model.add(terms, high=high)
        # Among equally small breaches, the plan that serves fewest: nobody is there for no reason.
        serve = self.draft.variables.serve
        target = ((slack, len(serve) + 1), *((variable, 1) for variable in serve))
        outcome = ask(model, Request(target, maximise=False, workers=1))
        if outcome.verdict == "infeasible":
            return None
        if outcome.verdict != "optimal" or outcome.values is None:
            raise Unanswered
        return outcome.values[slack], outcome.values


class Unanswered(Exception):
    """A question stayed without an answer: time ran out."""


def open_draft(
    scenario: Scenario,
    travel_matrix: Mapping[tuple[str, str], int],
    seed: int,
    rules: tuple[Rule, ...] = RULES,
    post: Callable[[Draft], None] | None = None,
) -> Elastic:
    """Build the elastic model with the finest unit of money that keeps every row below 2^31.

    `post` adds rows that must hold whatever is relaxed.

    Raises
    ------
    TooLargeError
        If even whole euro are too fine.
    """
    everyone = build_instance(scenario, travel_matrix, admit=lambda *_: None, seed=seed)
    for unit in UNITS:
        try:
            draft = post_rules(replace(everyone, unit=unit), rules)
            _post_obstacles(draft, rules)
            if post is not None:
                post(draft)
            return Elastic(draft)
        except RowTooLargeError as error:
            too_large = error
    raise TooLargeError(str(too_large))


def _post_obstacles(draft: Draft, rules: tuple[Rule, ...]) -> None:
    """Turn what would keep a candidate pair out into rows that can be relaxed."""
    instance = draft.instance
    tests = [(r.name, r.obstacles) for r in rules if r.obstacles and r.applies(instance.scenario)]
    for index, pair in enumerate(instance.pairs):
        request, provider = instance.requests[pair.request], instance.sites[pair.site].provider
        for name, obstacles in tests:
            draft.model.label = name
            for found in obstacles(instance.scenario, request, pair, provider):
                serve = draft.variables.serve[index]
                draft.model.add([(serve, found.amount)], high=0, about=found.about)


def feasible(
    ask: Ask, scenario: Scenario, travel_matrix: Mapping[tuple[str, str], int], seed: int
) -> bool | None:
    """Tell whether some plan keeps every requirement of a scenario; None when time ran out."""
    draft = prepare(scenario, travel_matrix, seed=seed)
    per_child = scenario.regole.attivazione.costo_massimo_per_bambino
    model = draft.model if per_child is not None else draft.model.without(frozenset({STAFF_RULE}))
    outcome = ask(model, Request((), maximise=False, workers=1))
    return None if outcome.verdict == "unknown" else outcome.verdict != "infeasible"


def lower_coverage(draft: Draft, values: tuple[int, ...]) -> Change:
    """Lower the least coverage to what a plan reaches, in hundredths."""
    plan = draft.plan(values)
    shares = [Decimal(plan.covered(pair)) / draft.instance.pairs[pair].needed for pair in plan.served]
    share = min(shares, default=Decimal(0)).quantize(Decimal("0.01"), ROUND_FLOOR)
    scenario = draft.instance.scenario
    before = scenario.regole.orari.copertura_minima
    return with_rule(scenario, "orari", "copertura_minima", before, min(before, share))


def _copy(model: LinearModel) -> LinearModel:
    return LinearModel(
        list(model.lower),
        list(model.upper),
        list(model.rows),
        list(model.low),
        list(model.high),
        list(model.labels),
        list(model.subjects),
    )

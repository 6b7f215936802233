"""The problem of a coalition: the engine's own model, plus the care that may be bought outside.

One model holds the requests of all companies; a coalition is the same model with the others' decisions at 0,
which is what it would be if they did not exist: no rule asks anything of a child who is not served.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from nido.accordi.sharing.game import members
from nido.accordi.sharing.served import Served, asked_again
from nido.matching.draft import Draft
from nido.matching.instance import Obstacle, Pair, Request
from nido.matching.linear import LinearModel, Term
from nido.matching.money import half_up
from nido.matching.objective import costo_totale
from nido.matching.plan import Plan
from nido.matching.prepare import prepare
from nido.matching.rules import RULES, Rule
from nido.scenari.schema import Scenario

SIBLINGS = "fratelli"
MINUTES_IN_HOUR = 60
CENTS_IN_EURO = 100

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pool:
    """The requests to serve, who asks for them and what they cost outside.

    Attributes
    ----------
    scenario
        The scenario in which exactly these are asked for (see `asked_again`).
    matrix
        Travel minutes loaded with it.
    players
        Companies with a request, in the order of the scenario.
    requests
        The requests by (bambino, stagione).
    outside
        Cents of each request bought outside, rounded once.
    """

    scenario: Scenario
    matrix: Mapping[tuple[str, str], int]
    players: tuple[str, ...]
    requests: Mapping[Key, Served]
    outside: Mapping[Key, int]

    def of(self, coalition: int) -> tuple[Served, ...]:
        """Requests of a coalition."""
        inside = {self.players[player] for player in members(coalition)}
        return tuple(one for one in self.requests.values() if one.azienda in inside)


def pool_of(scenario: Scenario, matrix: Mapping[tuple[str, str], int], served: tuple[Served, ...]) -> Pool:
    """Gather what the plan serves, to be served again by every coalition."""
    asking = {one.azienda for one in served}
    hour = Fraction(scenario.alternativa.ora_bambino) * CENTS_IN_EURO
    return Pool(
        asked_again(scenario, served),
        matrix,
        tuple(company.id for company in scenario.aziende if company.id in asking),
        {(one.bambino, one.stagione): one for one in served},
        {(one.bambino, one.stagione): half_up(hour * one.coperti / MINUTES_IN_HOUR) for one in served},
    )


class CoalitionModel:
    """The model of every coalition.

    Parameters
    ----------
    pool
        What is to be served.

    Raises
    ------
    TooLargeError
        If the amounts pass the numeric limits of the solver even in whole euro.
    """

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        rule = Rule(
            "copertura_del_piano",
            "nessuna coalizione copre meno del piano",
            lambda scenario: True,
            self._obstacles,
            self._post,
        )
        self.draft: Draft = prepare(pool.scenario, pool.matrix, rules=(*RULES, rule))
        self._minutes, self._cost = tuple(self._minute_terms(self.draft)), tuple(self._cost_terms(self.draft))
        instance = self.draft.instance
        companies = {company.id: k for k, company in enumerate(pool.scenario.aziende)}
        self._players = [companies[player] for player in pool.players]
        self._owner = [instance.company(pair) for pair in range(len(instance.pairs))]

    @property
    def unit(self) -> int:
        """Cents of one unit of money in the model."""
        return self.draft.instance.unit

    def key(self, draft: Draft, request: int) -> Key:
        """Names of a request."""
        instance = draft.instance
        entry = instance.requests[request]
        return instance.scenario.bambini[entry.child].id, instance.scenario.stagioni[entry.season].id

    def _served(self, scenario: Scenario, request: Request) -> Served:
        child, season = scenario.bambini[request.child].id, scenario.stagioni[request.season].id
        return self.pool.requests[child, season]

    def _obstacles(
        self, scenario: Scenario, request: Request, pair: Pair, provider_index: int
    ) -> Iterator[Obstacle]:
        """Keep out a provider that leaves more uncovered than the plan, whatever is booked."""
        mine = self._served(scenario, request)
        elsewhere = mine.fissato and scenario.gestori[provider_index].id != mine.gestore
        if elsewhere or pair.reachable < pair.needed - mine.scoperti:
            yield Obstacle("", ())

    def _post(self, draft: Draft) -> None:
        """Who is served has no more uncovered minutes than in the plan."""
        instance, variables, model = draft.instance, draft.variables, draft.model
        for index, pair in enumerate(instance.pairs):
            mine = self._served(instance.scenario, instance.requests[pair.request])
            least = pair.needed - mine.scoperti
            serve = variables.serve[index]
            choice = False
            for unit, minutes in pair.unit_minutes.items():
                if pair.reachable - minutes < least:
                    model.implies(serve, variables.book[index, unit])
                else:
                    choice = True
            if choice and pair.base < least:
                model.add([*variables.covered(instance, index), (serve, -least)], low=0)
        # Here a row too large still makes the unit of money coarser.
        model.check_size(self._cost_terms(draft))
        model.check_size(self._minute_terms(draft))

    def _minute_terms(self, draft: Draft) -> list[Term]:
        requests = self.pool.requests
        return [
            (draft.variables.serve[index], requests[self.key(draft, pair.request)].coperti)
            for index, pair in enumerate(draft.instance.pairs)
        ]

    def _cost_terms(self, draft: Draft) -> list[Term]:
        """Production cost of what is served, minus what it would cost outside."""
        total = dict(costo_totale.terms(draft))
        for index, pair in enumerate(draft.instance.pairs):
            variable = draft.variables.serve[index]
            total[variable] = total.get(variable, 0) - self._price(draft, self.key(draft, pair.request))
        return [(variable, coefficient) for variable, coefficient in total.items() if coefficient]

    def _price(self, draft: Draft, key: Key) -> int:
        return half_up(Fraction(self.pool.outside[key], draft.instance.unit))

    @property
    def minutes(self) -> tuple[Term, ...]:
        """Minutes that are served and not bought outside, to be maximised."""
        return self._minutes

    @property
    def cost(self) -> tuple[Term, ...]:
        """Cost in units, less the constant `all_outside`, to be minimised."""
        return self._cost

    def all_outside(self, coalition: int) -> int:
        """Units of money if everything is bought outside."""
        return sum(self._price(self.draft, (one.bambino, one.stagione)) for one in self.pool.of(coalition))

    def _companies(self, coalition: int) -> set[int]:
        return {self._players[player] for player in members(coalition)}

    def model(self, coalition: int, *, staff: bool) -> LinearModel:
        """Give the model of a coalition, with rows of its own to add to.

        Parameters
        ----------
        coalition
            The coalition.
        staff
            False leaves the rows of the staff out: it can always be completed.
        """
        inside = self._companies(coalition)
        variables = self.draft.variables
        upper = list(self.draft.model.upper)
        out = [variables.serve[pair] for pair, owner in enumerate(self._owner) if owner not in inside]
        out += [v for (pair, _), v in variables.book.items() if self._owner[pair] not in inside]
        for variable in out:
            upper[variable] = 0
        needed = staff or self.pool.scenario.regole.attivazione.costo_massimo_per_bambino is not None
        model = self.draft.model.without(frozenset() if needed else frozenset({"rapporto"}))
        return _loosened(model, frozenset(out)).within(model.lower, upper)

    def plan(self, values: Iterable[int]) -> Plan:
        """Read a plan off the values of the variables."""
        return self.draft.plan(tuple(values))

    def value(self, coalition: int, plan: Plan) -> int:
        """Cost of a plan for a coalition in units, what is bought outside included."""
        saved = sum(
            self._price(self.draft, self.key(self.draft, self.draft.instance.pairs[pair].request))
            for pair in plan.served
        )
        return costo_totale.value(self.draft, plan) + self.all_outside(coalition) - saved


def _loosened(model: LinearModel, out: frozenset[int]) -> LinearModel:
    """Leave out what ties a child to a sibling of a company outside: that child does not exist here."""
    kept = [
        k for k, label in enumerate(model.labels) if label != SIBLINGS or out.isdisjoint(model.rows[k][0])
    ]
    if len(kept) == len(model.labels):
        return model
    return LinearModel(
        model.lower,
        model.upper,
        [model.rows[k] for k in kept],
        [model.low[k] for k in kept],
        [model.high[k] for k in kept],
        [model.labels[k] for k in kept],
        [model.subjects[k] for k in kept],
    )

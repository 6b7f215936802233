"""Fair shares of a plan's cost: every way to divide it side by side, and whether some group would leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import Any

from nido.accordi.money import cents
from nido.accordi.sharing.core import CoreAnswer, blocking, core_point
from nido.accordi.sharing.fasce import opening_shares
from nido.accordi.sharing.game import Game, coalition_of, members
from nido.accordi.sharing.problem import Pool, pool_of
from nido.accordi.sharing.proportional import proportion, whole_cents
from nido.accordi.sharing.rows import CoalitionRow, CompanyShare, Core, Group, MethodCheck, Metodo, Shares
from nido.accordi.sharing.served import served_requests
from nido.accordi.sharing.shapley import drawn_orders, sampled_shapley, shapley
from nido.accordi.sharing.solving import CoalitionCost, Listener, SolvingOptions, solve_coalitions
from nido.accordi.sharing.store import Costs, Store, key_of, read_costs, write_costs
from nido.data.lingua import text
from nido.data.problems import NidoError
from nido.matching.checker import build_case
from nido.scenari.load import Loaded
from nido.scenari.schema import SYNTHETIC

# Beyond this the 2^n coalitions are too many to be solved.
MOST_EXACT = 8


class SharesError(NidoError):
    """The cost of a result cannot be divided (exit code 3)."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class ShareOptions:
    """How to compute the shares.

    Attributes
    ----------
    solving
        How to solve the coalitions.
    permutations
        Orders drawn when there are more than 8 companies, at least 30.
    most_exact
        Up to how many companies every coalition is solved.
    """

    solving: SolvingOptions = field(default_factory=SolvingOptions)
    permutations: int = 60
    most_exact: int = MOST_EXACT


def shares_of(
    loaded: Loaded,
    document: Mapping[str, Any],
    options: ShareOptions,
    store: Store | None = None,
    listener: Listener | None = None,
) -> Shares:
    """Divide the cost of a plan among the companies.

    Parameters
    ----------
    loaded
        The scenario.
    document
        Its result, confirmed by the checker.
    options
        Limits and seed.
    store
        Where costs of coalitions are kept; None keeps nothing.
    listener
        Called after each coalition that had to be solved.

    Raises
    ------
    SharesError
        If the result is of another scenario or serves nobody.
    SolverCrash, SolverDisagreement
        If a solver fails, or the checker does not confirm a coalition's plan.
    KeyboardInterrupt
        If the user interrupts; what was proven until then is kept in the store.
    """
    _refuse_unusable(loaded, document)
    served = served_requests(loaded.scenario, document)
    pool = pool_of(loaded.scenario, loaded.travel_matrix, served)
    exact = len(pool.players) <= options.most_exact
    wanted = _wanted(pool, options, exact)
    costs = _costs(loaded, pool, wanted, options.solving, store, listener)
    counted = _Counted(pool, costs, document["registro"]["totali"]["costo_produzione_cent"])
    case = build_case(loaded.scenario, loaded.travel_matrix)
    found = _exact(counted) if exact else _sampled(counted, options)
    everyone = counted.everyone
    return Shares(
        avvertenza=SYNTHETIC if loaded.scenario.dati_sintetici else "",
        costo_piano_cent=counted.total,
        costo_minimo_cent=costs[everyone].costo_cent,
        ora_alternativa_cent=cents(loaded.scenario.alternativa.ora_bambino),
        uso_alternativa=loaded.scenario.alternativa.uso,
        aziende=_companies(loaded, counted, found),
        metodi=_checks(counted, found),
        nucleo=found.core,
        coalizioni=_rows(counted),
        fasce=opening_shares(case, document, served),
        esatto=exact,
        permutazioni=None if exact else options.permutations,
        dimostrato=all(costs[one].stato == "dimostrato" for one in wanted if one != everyone),
        arrotondamento_cent=max(cost.arrotondamento_cent for cost in costs.values()),
    )


def _refuse_unusable(loaded: Loaded, document: Mapping[str, Any]) -> None:
    if document["manifesto"]["scenario_sha256"] != loaded.sha256:
        raise SharesError(
            text("il risultato viene da un altro scenario", "the result comes from another scenario")
        )
    if not document["assegnazioni"]:
        raise SharesError(
            text(
                "nessun bambino è servito: non c'è un costo da dividere",
                "no child is served: there is no cost to divide",
            )
        )


def _wanted(pool: Pool, options: ShareOptions, exact: bool) -> list[int]:
    """Coalitions that count: all, or the beginnings of the orders drawn and each company alone."""
    count = len(pool.players)
    if exact:
        return list(range(1, 1 << count))
    orders = drawn_orders(count, options.permutations, options.solving.seed)
    begun = {coalition_of(order[: size + 1]) for order in orders for size in range(count)}
    return sorted(begun | {1 << player for player in range(count)})


def _costs(
    loaded: Loaded,
    pool: Pool,
    wanted: Sequence[int],
    options: SolvingOptions,
    store: Store | None,
    listener: Listener | None,
) -> Costs:
    """Read the costs that are kept, solve the others, keep what was proven whatever happens."""
    key = key_of(loaded.sha256, pool, options.seed)
    known = {} if store is None else read_costs(store, key, pool.players)
    missing = [coalition for coalition in wanted if coalition not in known]
    fresh: Costs = {}
    try:
        solve_coalitions(pool, missing, options, fresh.__setitem__, listener)
    finally:
        if store is not None and fresh:
            write_costs(store, key, pool.players, {**known, **fresh})
    return {coalition: cost for coalition, cost in {**known, **fresh}.items() if coalition in set(wanted)}


@dataclass(frozen=True, slots=True)
class _Counted:
    """The game: what every group would pay, and the plan's own cost for all together."""

    pool: Pool
    costs: Mapping[int, CoalitionCost]
    total: int

    @property
    def everyone(self) -> int:
        return (1 << len(self.pool.players)) - 1

    def cost(self, coalition: int) -> int:
        """Cost of a coalition in the game: all together do the plan."""
        return self.total if coalition == self.everyone else self.costs[coalition].costo_cent

    def names(self, coalition: int) -> tuple[str, ...]:
        return tuple(self.pool.players[player] for player in members(coalition))


@dataclass(frozen=True, slots=True)
class _Found:
    """Exact shares of the players by method, and the core."""

    exact: Mapping[Metodo, tuple[Fraction, ...]]
    widths: tuple[int, ...] | None
    core: Core | None

    @property
    def parts(self) -> dict[Metodo, tuple[int, ...]]:
        """Shares in whole cents."""
        return {method: whole_cents(exact) for method, exact in self.exact.items()}


def _proportional(counted: _Counted) -> dict[Metodo, tuple[Fraction, ...]]:
    heads, minutes = _use(counted.pool)
    players = counted.pool.players
    return {
        "bambini": proportion(counted.total, [heads[player] for player in players]),
        "ore": proportion(counted.total, [minutes[player] for player in players]),
    }


def _use(pool: Pool) -> tuple[dict[str, int], dict[str, int]]:
    """Children served and minutes covered of each player."""
    heads: dict[str, set[str]] = {player: set() for player in pool.players}
    minutes = dict.fromkeys(pool.players, 0)
    for one in pool.requests.values():
        heads[one.azienda].add(one.bambino)
        minutes[one.azienda] += one.coperti
    return {player: len(children) for player, children in heads.items()}, minutes


def _exact(counted: _Counted) -> _Found:
    costs = (0, *(counted.cost(coalition) for coalition in range(1, counted.everyone + 1)))
    game = Game(counted.pool.players, costs)
    fair = shapley(game)
    answer = core_point(game, fair)
    exact = _proportional(counted) | {"shapley": fair, "nucleo": answer.point}
    return _Found(exact, None, _core(answer))


def _core(answer: CoreAnswer) -> Core:
    return Core(answer.empty, answer.kind, ceil(answer.excess))


def _sampled(counted: _Counted, options: ShareOptions) -> _Found:
    count, seed = len(counted.pool.players), options.solving.seed
    drawn = sampled_shapley(count, counted.cost, options.permutations, seed)
    exact = _proportional(counted) | {"shapley": drawn.values}
    return _Found(exact, drawn.half_widths, None)


def _companies(loaded: Loaded, counted: _Counted, found: _Found) -> tuple[CompanyShare, ...]:
    heads, minutes = _use(counted.pool)
    place = {player: k for k, player in enumerate(counted.pool.players)}
    whole = found.parts
    rows: list[CompanyShare] = []
    for company in loaded.scenario.aziende:
        k = place.get(company.id)
        alone = 0 if k is None else counted.cost(1 << k)
        parts = {name: 0 if k is None else part[k] for name, part in whole.items()}
        rows.append(
            CompanyShare(
                azienda=company.id,
                bambini=heads.get(company.id, 0),
                minuti=minutes.get(company.id, 0),
                da_sola_cent=alone,
                parti_cent=parts,
                risparmio_cent={name: alone - part for name, part in parts.items()},
                piu_o_meno_cent=None if k is None or found.widths is None else found.widths[k],
            )
        )
    return tuple(rows)


def _checks(counted: _Counted, found: _Found) -> tuple[MethodCheck, ...]:
    groups = {one: counted.cost(one) for one in counted.costs if one != counted.everyone}
    checks: list[MethodCheck] = []
    for method, exact in found.exact.items():
        leaving = blocking(groups, exact)
        worst = Group(counted.names(leaving[0].coalition), leaving[0].gain_cent) if leaving else None
        checks.append(MethodCheck(method, len(leaving), worst))
    return tuple(checks)


def _rows(counted: _Counted) -> tuple[CoalitionRow, ...]:
    nobody = CoalitionRow((), 0, 0, 0, 0, 0, 0, "dimostrato")
    rows = [
        CoalitionRow(
            counted.names(coalition),
            cost.costo_cent,
            cost.produzione_cent,
            cost.alternativa_cent,
            cost.fuori,
            cost.minuti_fuori,
            cost.limite_cent,
            cost.stato,
        )
        for coalition, cost in sorted(counted.costs.items())
    ]
    return (nobody, *rows)

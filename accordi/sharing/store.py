"""Costs of coalitions kept between runs: believed only under the key of exactly the same question."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, Protocol

from nido.accordi.sharing.game import coalition_of, members
from nido.accordi.sharing.problem import Pool
from nido.accordi.sharing.solving import CoalitionCost

# To be raised with any change of what a cost means.
FORMATO = "nido-coalizioni/1"
FIELDS = ("produzione_cent", "alternativa_cent", "fuori", "minuti_fuori", "arrotondamento_cent")

Costs = dict[int, CoalitionCost]


class Store(Protocol):
    """Where the costs are kept, by name."""

    def read(self, name: str) -> bytes | None:
        """Give what was kept under a name; None when there is nothing or it cannot be read."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Keep something under a name."""
        ...


def key_of(scenario_sha256: str, pool: Pool, seed: int) -> str:
    """Digest of everything on which the costs depend, in hexadecimal.

    Parameters
    ----------
    scenario_sha256
        Digest of the resolved scenario: its rules, places and the price of the outside option.
    pool
        What is to be served.
    seed
        Seed of the solver.
    """
    asked = [
        [
            one.bambino,
            one.stagione,
            one.azienda,
            one.coperti,
            one.scoperti,
            one.gestore if one.fissato else "",
        ]
        for one in pool.requests.values()
    ]
    content = {
        "formato": FORMATO,
        "scenario": scenario_sha256,
        "richieste": sorted(asked),
        "aziende": list(pool.players),
        "seme": seed,
        "versioni": [version("nido-diffuso"), version("ortools")],
    }
    return _digest(content)


def read_costs(store: Store, key: str, players: Sequence[str]) -> Costs:
    """Read the costs kept under a key; nothing where the content is not whole, or is another key's.

    Parameters
    ----------
    store
        The store.
    key
        See `key_of`.
    players
        Companies, in order.
    """
    content = store.read(_name(key))
    if content is None:
        return {}
    try:
        document = json.loads(content)
        rows = document["righe"]
        if document["chiave"] != key or document["impronta"] != _digest(rows):
            return {}
        places = {player: place for place, player in enumerate(players)}
        return {coalition_of([places[name] for name in row["aziende"]]): _cost(row) for row in rows}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def write_costs(store: Store, key: str, players: Sequence[str], costs: Mapping[int, CoalitionCost]) -> None:
    """Keep the proven costs under a key: others depend on how much time there was."""
    rows = [
        {"aziende": [players[k] for k in members(coalition)]} | {name: getattr(cost, name) for name in FIELDS}
        for coalition, cost in sorted(costs.items())
        if cost.stato == "dimostrato"
    ]
    document = {"formato": FORMATO, "chiave": key, "impronta": _digest(rows), "righe": rows}
    store.write(_name(key), json.dumps(document, ensure_ascii=False, indent=0).encode())


def _name(key: str) -> str:
    return f"coalizioni-{key[:32]}.json"


def _cost(row: Mapping[str, Any]) -> CoalitionCost:
    made, bought, outside, minutes, rounding = (row[name] for name in FIELDS)
    if not all(type(number) is int and number >= 0 for number in (made, bought, outside, minutes, rounding)):
        raise ValueError("not a cost")
    return CoalitionCost(made, bought, outside, minutes, made + bought, "dimostrato", rounding)


def _digest(content: object) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()

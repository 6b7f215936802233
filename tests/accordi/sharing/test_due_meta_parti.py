"""The fair shares and the checker follow the same text; a wrong number among the shares is refused."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, replace
from typing import Any

import pytest
from three import case_of

from nido.accordi.sharing.shares import ShareOptions, shares_of
from nido.accordi.sharing.solving import SolvingOptions
from nido.matching.checker import check_shares

QUICK = ShareOptions(SolvingOptions(processes=1))
SAMPLED = replace(QUICK, most_exact=2, permutations=30)
SEED = 6
# Says nothing about money: how well the costs are known, and how near a sample is.
NOT_DERIVED = {"stato", "dimostrato", "arrotondamento_cent", "permutazioni", "piu_o_meno_cent", "punto"}


@pytest.mark.parametrize("options", [QUICK, SAMPLED], ids=["all groups", "sample"])
@pytest.mark.parametrize("uso", ["se_serve", "se_conviene"])
@pytest.mark.parametrize("seed", range(1, 7))
def test_both_halves_agree(here: Any, planned: Any, seed: int, uso: str, options: ShareOptions) -> None:
    """What is computed by coalitions is confirmed by orders of arrival."""
    result = planned(case_of(seed, uso))
    loaded, document = result
    shares = asdict(shares_of(loaded, document, options))
    assert check_shares(loaded.scenario, document, shares) == ()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the place of every whole number below a value."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in NOT_DERIVED:
                yield from places(part, (*path, key))
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from places(part, (*path, number))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield path


def changed(shares: Any, path: tuple[Any, ...], by: int) -> Any:
    """Return a copy in which one number is another."""
    copy = deepcopy(shares)
    inside = copy
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] += by
    return copy


def listed(value: Any) -> Any:
    """Turn tuples into lists, so that they can be changed."""
    if isinstance(value, dict):
        return {key: listed(part) for key, part in value.items()}
    return [listed(part) for part in value] if isinstance(value, list | tuple) else value


def test_every_wrong_number_is_refused(here: Any, planned: Any) -> None:
    """Each number of the shares, raised by 3 EUR, is found out; the parts of the fasce are not looked at."""
    loaded, document = planned(case_of(SEED, "se_serve"))
    shares = listed(asdict(shares_of(loaded, document, QUICK)))
    wrong = [path for path in places(shares) if path[0] != "fasce"]
    assert shares["nucleo"]["vuoto"]
    assert len(wrong) > 60
    missed = [
        path for path in wrong if not check_shares(loaded.scenario, document, changed(shares, path, 300))
    ]
    assert missed == []


def test_a_missing_group_and_another_price_are_refused(here: Any, planned: Any) -> None:
    """The table of the groups must be whole, and the price outside that of the scenario."""
    loaded, document = planned(case_of(SEED, "se_serve"))
    shares = listed(asdict(shares_of(loaded, document, QUICK)))
    short = shares | {"coalizioni": shares["coalizioni"][:-2]}
    twice = shares | {"coalizioni": [*shares["coalizioni"], shares["coalizioni"][1]]}
    empty = shares | {"nucleo": shares["nucleo"] | {"vuoto": not shares["nucleo"]["vuoto"]}}
    for other in (short, twice, empty, shares | {"uso_alternativa": "se_conviene"}):
        assert check_shares(loaded.scenario, document, other)

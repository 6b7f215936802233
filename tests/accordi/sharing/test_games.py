"""Shares of known and of generated cost games."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.accordi.sharing.core import blocking, core_point, nucleolus
from nido.accordi.sharing.game import Game, coalition_of, members
from nido.accordi.sharing.proportional import proportional, whole_cents
from nido.accordi.sharing.shapley import sampled_shapley, shapley

COSTS = st.integers(min_value=0, max_value=100_000_00)
PROVEN = settings(derandomize=True, max_examples=60, deadline=None)


def game_of(players: int, cost: Callable[[tuple[int, ...]], int]) -> Game:
    """Build a game from a function of the members."""
    names = tuple(f"azienda_{position}" for position in range(players))
    return Game(names, tuple(cost(tuple(members(coalition))) for coalition in range(1 << players)))


@st.composite
def games(draw: st.DrawFn, least: int = 1, most: int = 5) -> Game:
    """Draw any game at all: neither monotone nor subadditive."""
    players = draw(st.integers(min_value=least, max_value=most))
    size = (1 << players) - 1
    costs = draw(st.lists(COSTS, min_size=size, max_size=size))
    return Game(tuple(f"azienda_{position}" for position in range(players)), (0, *costs))


def by_orders(game: Game) -> tuple[Fraction, ...]:
    """Average what each player adds over every order, as the definition says."""
    count = len(game.players)
    sums = [0] * count
    orders = list(permutations(range(count)))
    for order in orders:
        for place, player in enumerate(order):
            before = coalition_of(order[:place])
            sums[player] += game.costs[before | 1 << player] - game.costs[before]
    return tuple(Fraction(total, len(orders)) for total in sums)


def groups(game: Game) -> dict[int, int]:
    """Costs of the groups that could leave."""
    return {coalition: game.costs[coalition] for coalition in game.proper()}


def excesses(game: Game, point: Sequence[Fraction]) -> list[Fraction]:
    """What every group pays beyond its cost alone, from the largest."""
    found = [sum(point[k] for k in members(s)) - game.costs[s] for s in game.proper()]
    return sorted((Fraction(one) for one in found), reverse=True)


# Three companies. Alone: 60, 80, 100 EUR. In two: a+b 110, a+c 130, b+c 150. All: 180.
#   a first (2 orders of 6): 60; a second after b: 110-80=30; after c: 130-100=30; a last (2): 180-150=30
#     -> (60*2 + 30 + 30 + 30*2) / 6 = 40
#   b first (2): 80; after a: 110-60=50; after c: 150-100=50; last (2): 180-130=50 -> (160+50+50+100)/6 = 60
#   c first (2): 100; after a: 130-60=70; after b: 150-80=70; last (2): 180-110=70 -> (200+70+70+140)/6 = 80
HAND = Game(("a", "b", "c"), (0, 6000, 8000, 11000, 10000, 13000, 15000, 18000))


def test_shapley_by_hand() -> None:
    """The value of the game worked out above."""
    assert shapley(HAND) == (4000, 6000, 8000)


def test_hand_game_has_its_shapley_value_in_the_core() -> None:
    """40+60 <= 110, 40+80 <= 130, 60+80 <= 150, and nobody pays more than alone: no group leaves."""
    answer = core_point(HAND, shapley(HAND))
    assert (answer.empty, answer.kind, answer.point) == (False, "shapley", (4000, 6000, 8000))
    assert blocking(groups(HAND), shapley(HAND)) == ()


def test_airport() -> None:
    """Runways of 100, 200 and 300: each part is shared by those who need it (Littlechild and Owen, 1973)."""
    # First 100 by three, next 100 by two, last 100 by one: 100/3, 100/3 + 50, 100/3 + 50 + 100.
    airport = game_of(3, lambda group: max(((player + 1) * 100 for player in group), default=0))
    third = Fraction(100, 3)
    assert shapley(airport) == (third, third + 50, third + 150)


def test_airport_nucleolus() -> None:
    """The nucleolus of the runways of 100, 200 and 300 is 50, 75 and 175."""
    # Littlechild (1974): r1 = min(100/2, 200/3, 300/3) is reached by the first alone: it pays 50. Then
    # min((200-50)/2, (300-50)/2) = 75 for the second; the third pays the rest, 300-125 = 175.
    airport = game_of(3, lambda group: max(((player + 1) * 100 for player in group), default=0))
    assert nucleolus(airport)[0] == (50, 75, 175)


def test_glove_game() -> None:
    """One left and two right gloves: the pair saves 600, the one who has the scarce glove takes most."""

    # Alone everybody pays 1000. c(S) = 1000 |S| - 600 if S holds the left glove (0) and a right one.
    # Shapley: the left one saves in 4 of 6 orders: 400; each right one in 1 of 6: 100.
    def cost(group: tuple[int, ...]) -> int:
        return 1000 * len(group) - 600 * (0 in group and len(group) > 1)

    glove = game_of(3, cost)
    assert shapley(glove) == (600, 900, 900)
    # The core is one point: a right glove that keeps anything is replaced by the other.
    answer = core_point(glove, shapley(glove))
    assert (answer.empty, answer.kind, answer.point) == (False, "nucleo_piu_vicino", (400, 1000, 1000))
    # Under the Shapley value {0, 1} pays 1500 for what costs it 1400.
    assert blocking(groups(glove), shapley(glove))[0].gain_cent == 100


def test_empty_core_gives_the_nucleolus() -> None:
    """Any two of three save as much as all three: no shares keep every pair."""
    # c: alone 100, two 120, three 240. Pairs ask x_i + x_j <= 120, so 2 * 240 <= 360: false. Equal shares of
    # 80 leave every pair at 160 - 120 = 40 beyond its cost, and no shares can do better for all pairs.
    game = game_of(3, lambda group: (0, 100, 120, 240)[len(group)])
    answer = core_point(game, shapley(game))
    assert (answer.empty, answer.kind, answer.point, answer.excess) == (True, "nucleolo", (80, 80, 80), 40)
    assert [(one.coalition, one.gain_cent) for one in blocking(groups(game), answer.point)] == [
        (3, 40),
        (5, 40),
        (6, 40),
    ]


def test_nearest_point_moves_the_most_moved_as_little_as_possible() -> None:
    """A group that is asked too much is relieved by equal changes, the others pay equal parts of it."""

    # Four companies of 100 each, but {0, 1} would pay only 160 alone; everything else is additive.
    def cost(group: tuple[int, ...]) -> int:
        return 100 * len(group) - 40 * (set(group) == {0, 1})

    game = game_of(4, cost)
    # No company may pay more than 100, and all pay 400: each pays 100, so {0, 1} pays 200 > 160: empty.
    assert core_point(game, shapley(game)).empty
    # With the same 40 saved by {0, 1, 2} too and by all, 0 and 1 must get it all: 80, 80, 100, 100.
    saved = game_of(4, lambda group: 100 * len(group) - 40 * ({0, 1} <= set(group)))
    answer = core_point(saved, [Fraction(90), Fraction(90), Fraction(90), Fraction(90)])
    assert (answer.kind, answer.point) == ("nucleo_piu_vicino", (80, 80, 100, 100))


def test_one_company_pays_everything() -> None:
    """With one company there is nothing to divide, and no group to leave."""
    game = Game(("sola",), (0, 12345))
    answer = core_point(game, shapley(game))
    assert (shapley(game), answer.kind, answer.point) == ((12345,), "shapley", (12345,))


@given(games())
@PROVEN
def test_shapley_is_the_average_over_orders(game: Game) -> None:
    """The formula over coalitions equals the definition over orders."""
    assert shapley(game) == by_orders(game)


@given(games())
@PROVEN
def test_efficiency(game: Game) -> None:
    """The shares sum to the cost of all, before and after rounding."""
    exact = shapley(game)
    assert sum(exact) == game.total
    assert sum(whole_cents(exact)) == game.total


@given(games(least=2, most=4), st.data())
@settings(PROVEN, max_examples=30)
def test_symmetry(game: Game, data: st.DataObject) -> None:
    """Two companies that add the same to every group pay the same."""
    count = len(game.players)
    one, other = data.draw(st.permutations(range(count)))[:2]

    def swapped(coalition: int) -> int:
        kept = coalition & ~(1 << one | 1 << other)
        return kept | (coalition >> one & 1) << other | (coalition >> other & 1) << one

    alike = Game(game.players, tuple(game.costs[s] + game.costs[swapped(s)] for s in range(1 << count)))
    value = shapley(alike)
    point = core_point(alike, value).point
    assert (value[one], point[one]) == (value[other], point[other])


@given(games(most=4), st.data())
@PROVEN
def test_null_player(game: Game, data: st.DataObject) -> None:
    """A company that adds nothing to any group pays nothing."""
    place = data.draw(st.integers(min_value=0, max_value=len(game.players)))

    def without(coalition: int) -> int:
        return coalition & ((1 << place) - 1) | coalition >> place + 1 << place

    players = (*game.players, "nulla")
    wider = Game(players, tuple(game.costs[without(s)] for s in range(1 << len(players))))
    assert shapley(wider)[place] == 0


@given(games(least=3, most=3), games(least=3, most=3))
@PROVEN
def test_additivity(one: Game, other: Game) -> None:
    """The value of the sum of two games is the sum of their values."""
    both = Game(one.players, tuple(a + b for a, b in zip(one.costs, other.costs, strict=True)))
    summed = tuple(a + b for a, b in zip(shapley(one), shapley(other), strict=True))
    assert shapley(both) == summed


@given(games(least=2, most=4))
@PROVEN
def test_core_point_is_in_the_core_or_there_is_none(game: Game) -> None:
    """A point of the core has no excess; an empty core's point has the least largest one, above 0."""
    answer = core_point(game, shapley(game))
    worst = excesses(game, answer.point)[0]
    assert sum(answer.point) == game.total
    assert (worst > 0) == answer.empty
    assert worst >= answer.excess
    if answer.empty:
        assert worst == answer.excess


@given(games(least=2, most=4))
@PROVEN
def test_no_group_leaves_a_point_of_the_core(game: Game) -> None:
    """Whatever becomes of parts of a cent, the shares of a core that is not empty are never blocked."""
    answer = core_point(game, shapley(game))
    assert bool(blocking(groups(game), answer.point)) == answer.empty


@given(games(least=2, most=4), st.data())
@PROVEN
def test_no_other_shares_beat_the_nucleolus(game: Game, data: st.DataObject) -> None:
    """Moving cents from one company to another makes the sorted excesses lexicographically larger."""
    answer = core_point(game, shapley(game))
    if answer.kind != "nucleolo":
        return
    giver, taker = data.draw(st.permutations(range(len(game.players))))[:2]
    moved = list(answer.point)
    amount = data.draw(st.integers(min_value=1, max_value=10_000))
    moved[giver] -= amount
    moved[taker] += amount
    assert excesses(game, moved) > excesses(game, answer.point)


@given(games(least=1, most=4), st.data())
@PROVEN
def test_blocking_groups_are_those_that_pay_more_than_alone(game: Game, data: st.DataObject) -> None:
    """The check lists every group with an excess, and by how much."""
    shares = data.draw(st.lists(COSTS, min_size=len(game.players), max_size=len(game.players)))
    exact = [Fraction(share) for share in shares]
    found = {one.coalition: one.gain_cent for one in blocking(groups(game), exact)}
    paid = {s: sum(shares[k] for k in members(s)) - game.costs[s] for s in game.proper()}
    assert found == {s: gain for s, gain in paid.items() if gain > 0}


def test_sampling_is_close_to_the_exact_value_and_says_how_close() -> None:
    """On a game of nine the interval of a drawn estimate holds the exact value of every player."""
    airport = game_of(9, lambda group: max(((player + 1) * 10_000 for player in group), default=0))
    exact = shapley(airport)
    drawn = sampled_shapley(9, airport.costs.__getitem__, 400, seed=7)
    assert sum(drawn.values) == airport.total
    for estimate, width, value in zip(drawn.values, drawn.half_widths, exact, strict=True):
        # 2 half widths are about four standard errors: nine players of one draw stay inside.
        assert abs(estimate - value) <= 2 * width


def test_sampling_an_additive_game_is_exact() -> None:
    """Where a company adds the same to every group, every order says the same: the interval has no width."""
    additive = game_of(9, lambda group: sum(100 * (player + 1) for player in group))
    drawn = sampled_shapley(9, additive.costs.__getitem__, 30, seed=1)
    assert drawn.values == tuple(100 * (player + 1) for player in range(9))
    assert set(drawn.half_widths) == {0}


def test_same_seed_same_estimate() -> None:
    """The draw depends on the seed alone."""
    draws = [sampled_shapley(5, lambda s: s * s, 30, seed) for seed in (3, 3, 4)]
    assert draws[0] == draws[1]
    assert draws[0] != draws[2]


def test_too_few_orders_are_refused() -> None:
    """Without enough orders an interval means nothing."""
    with pytest.raises(ValueError, match="30"):
        sampled_shapley(3, lambda s: s, 29, 0)


def test_proportional_by_hand() -> None:
    """100 cents by 1, 1 and 1: 33.33 each, the odd cent to the first; by 5, 3, 2 of 9.99 EUR."""
    # 999 * 5/10 = 499.5, * 3/10 = 299.7, * 2/10 = 199.8: down 499 + 299 + 199 = 997, two cents to .8 and .7.
    assert proportional(100, (1, 1, 1)) == (34, 33, 33)
    assert proportional(999, (5, 3, 2)) == (499, 300, 200)


def test_proportional_to_nothing_is_equal() -> None:
    """When nobody has any hours the cost is divided equally; without companies there is nothing."""
    assert proportional(10, (0, 0, 0)) == (4, 3, 3)
    assert proportional(10, ()) == ()


@given(st.lists(st.fractions(min_value=-1000, max_value=1000), min_size=1, max_size=6))
@PROVEN
def test_whole_cents_keep_the_sum(amounts: list[Fraction]) -> None:
    """Rounding keeps the sum and moves nobody by a whole cent."""
    rest = -sum(amounts) % 1
    exact = [*amounts[:-1], amounts[-1] + rest]
    rounded = whole_cents(exact)
    assert sum(rounded) == sum(exact)
    assert all(abs(cents - amount) < 1 for cents, amount in zip(rounded, exact, strict=True))


def test_amounts_that_sum_to_parts_of_a_cent_are_refused() -> None:
    """Half a cent cannot be paid by anybody."""
    with pytest.raises(ValueError, match="whole"):
        whole_cents([Fraction(1, 2)])


@pytest.mark.parametrize(("players", "costs"), [(("a",), (0,)), (("a",), (1, 2)), (("a", "b"), (0, 1, 2))])
def test_incomplete_games_are_refused(players: tuple[str, ...], costs: tuple[int, ...]) -> None:
    """A game has a cost for every group, and none for nobody."""
    with pytest.raises(ValueError, match="cost"):
        Game(players, costs)

"""A cost game: the companies, and what every group of them would pay on its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Game:
    """A cost game.

    Attributes
    ----------
    players
        Companies, in order.
    costs
        Integer cents of every coalition; a coalition is the integer whose bit ``i`` is set when player ``i``
        takes part, so there are ``2 ** len(players)`` of them, and the empty one costs 0.

    Raises
    ------
    ValueError
        If the number of costs is not that, or the empty coalition costs something.
    """

    players: tuple[str, ...]
    costs: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.costs) != 1 << len(self.players):
            raise ValueError(f"{len(self.players)} players need {1 << len(self.players)} costs")
        if self.costs[0]:
            raise ValueError("the empty coalition costs nothing")

    @property
    def everyone(self) -> int:
        """The coalition of all players."""
        return len(self.costs) - 1

    @property
    def total(self) -> int:
        """Cents to divide: the cost of all players together."""
        return self.costs[-1]

    def proper(self) -> range:
        """Coalitions that are neither empty nor everyone."""
        return range(1, self.everyone)

    def alone(self, player: int) -> int:
        """Cost of a player on its own, in cents."""
        return self.costs[1 << player]

    def names(self, coalition: int) -> tuple[str, ...]:
        """Companies of a coalition, in order."""
        return tuple(self.players[player] for player in members(coalition))


def members(coalition: int) -> Iterator[int]:
    """Positions of the players of a coalition, in order."""
    while coalition:
        lowest = coalition & -coalition
        yield lowest.bit_length() - 1
        coalition ^= lowest


def coalition_of(positions: Sequence[int]) -> int:
    """Coalition of some players."""
    found = 0
    for position in positions:
        found |= 1 << position
    return found

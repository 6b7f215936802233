"""A place that companies share: its price by hours, nobody above its own places."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nido.accordi.condivisione import divide_places


def decimals(*texts: str) -> list[Decimal]:
    """Read numbers."""
    return [Decimal(text) for text in texts]


def test_in_proportion_to_the_minutes() -> None:
    """One place, 3 hours and 1 hour: three quarters and a quarter."""
    assert divide_places(1, [1, 1], [180, 60]) == decimals("0.75", "0.25")


def test_nobody_pays_more_than_alone() -> None:
    """Three places; by its hours the first would have 2.5, but alone it uses 2: the others share one."""
    # 12 parts, 3 places: 2.5, 0.25, 0.25; the first stops at 2; 1 place between two equal ones
    assert divide_places(3, [2, 1, 1], [1000, 100, 100]) == decimals("2", "0.5", "0.5")


def test_no_place_is_shared() -> None:
    """Together as many as alone: each its own, whatever the minutes."""
    assert divide_places(4, [3, 1], [60, 6000]) == decimals("3", "1")


def test_the_odd_parts_go_to_the_largest_rests() -> None:
    """A third is 0.3333; the ten-thousandth left goes to the first of equal rests."""
    assert divide_places(1, [1, 1, 1], [60, 60, 60]) == decimals("0.3334", "0.3333", "0.3333")
    # 1 place, 100 : 100 : 400 is 0.16666 0.16666 0.66666: two left over, the first two of equal rests
    assert divide_places(1, [1, 1, 1], [100, 100, 400]) == decimals("0.1667", "0.1667", "0.6666")


def test_who_is_not_there_pays_nothing() -> None:
    """A company with no child in the month has no part of the place."""
    assert divide_places(1, [1, 0], [60, 600]) == decimals("1", "0")


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(1, 10_000)), min_size=1, max_size=5).filter(
        lambda pairs: any(used for used, _ in pairs)
    ),
    st.floats(0, 1),
)
def test_parts_sum_to_the_places(pairs: list[tuple[int, int]], level: float) -> None:
    """The parts sum to the places used together, and stay between nothing and one's own."""
    used, minutes = [one for one, _ in pairs], [two for _, two in pairs]
    together = max(used) + int(level * (sum(used) - max(used)))
    parts = divide_places(together, used, minutes)
    assert sum(parts) == together
    assert all(0 <= part <= most for part, most in zip(parts, used, strict=True))

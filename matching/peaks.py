"""Rows over simultaneous presence: which sets of children of a site need a row of their own."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from nido.matching.instance import Instance, Site
from nido.matching.masks import maximal, members

Sets = Iterable[tuple[int, ...]]


class Chosen(Protocol):
    """Tells whether a pair counts."""

    def __call__(self, pair: int) -> bool: ...


def presence_rows(
    instance: Instance, site: Site, families: Sequence[Sets], chosen: Chosen | None = None
) -> list[tuple[int, tuple[int, ...]]]:
    """Reduce the presence sets of a site's units to those that no other one implies.

    A set of a fascia is implied by a set of base hours that contains it, since nobody books a fascia without
    being served, wherever the bound in base hours is not the looser one.

    Parameters
    ----------
    families
        Sets of each unit, as positions in the site.
    chosen
        Pairs that count; None = all.

    Returns
    -------
    list of (unit, members)
        Never empty sets.
    """
    keep = [k for k, pair in enumerate(site.pairs) if chosen is None or chosen(pair)]
    allowed = sum(1 << k for k in keep)
    masks = [[_mask(entry) & allowed for entry in sets] for sets in families]
    if not instance.compress:
        return [(unit, members(mask)) for unit, sets in enumerate(masks) for mask in sets if mask]
    base = maximal(masks[0]) if masks else ()
    rows = [(0, members(mask)) for mask in base]
    for unit, sets in enumerate(masks[1:], start=1):
        alone = (mask for mask in maximal(sets) if not any(mask & other == mask for other in base))
        rows += [(unit, members(mask)) for mask in alone]
    return rows


def largest(instance: Instance, sets: Sets) -> list[tuple[int, ...]]:
    """Keep the sets that no other one contains."""
    if not instance.compress:
        return [entry for entry in sets if entry]
    return [members(mask) for mask in maximal(_mask(entry) for entry in sets)]


def _mask(entry: tuple[int, ...]) -> int:
    return sum(1 << element for element in entry)

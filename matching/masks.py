"""Sets of children as bit masks: unique, maximal, merged (docs/modello.md, section 12)."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


def column_masks(present: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Turn presence into one bit mask per moment.

    Parameters
    ----------
    present
        Shape (elements, moments).

    Returns
    -------
    array of int
        Shape (moments,); bit ``k`` of an entry is element ``k``.
    """
    packed = np.packbits(present, axis=0, bitorder="little")
    return np.array([int.from_bytes(column.tobytes(), "little") for column in packed.T], dtype=object)


def maximal(masks: Iterable[int]) -> tuple[int, ...]:
    """Keep the masks that no other one contains; the empty mask never stays.

    A row over a subset is implied by the row over its superset, since every term is non-negative.

    Returns
    -------
    tuple of int
        In increasing order, so that equal families compare equal.
    """
    kept: list[int] = []
    for mask in sorted(set(masks), key=int.bit_count, reverse=True):
        if mask and not any(mask & other == mask for other in kept):
            kept.append(mask)
    return tuple(sorted(kept))


def members(mask: int) -> tuple[int, ...]:
    """List the elements of a mask in increasing order."""
    found: list[int] = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return tuple(found)

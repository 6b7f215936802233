"""Where marks and names go on a map so that none covers another: always the same for the same map."""

import math
from collections.abc import Iterator, Sequence

from nido.report.drawings.svg import Box

RINGS, STEP, TURNS = 40, 5, 16


def place_near(
    x: float, y: float, width: float, height: float, taken: Sequence[Box], frame: Box
) -> Box | None:
    """Find the free place nearest to a point for something centred on it.

    Parameters
    ----------
    x, y
        The point, in pixels.
    width, height
        Size of what is to be placed.
    taken
        What is there already.
    frame
        What it may not leave.

    Returns
    -------
    Box or None
        None when there is no room within reach.
    """
    for left, top in _around(x - width / 2, y - height / 2):
        box = Box(left, top, width, height)
        if _inside(box, frame) and not any(box.meets(other) for other in taken):
            return box
    return None


def place_beside(
    x: float, y: float, gap: float, size: tuple[float, float], taken: Sequence[Box], frame: Box
) -> Box | None:
    """Find a free place for the name of a point: right of it, left, above, below, then further away."""
    width, height = size
    for ring in range(RINGS):
        away = gap + ring * STEP
        places = (
            (x + away, y - height / 2),
            (x - away - width, y - height / 2),
            (x - width / 2, y - away - height),
            (x - width / 2, y + away),
            (x + away * 0.7, y - away * 0.7 - height),
            (x - away * 0.7 - width, y - away * 0.7 - height),
            (x + away * 0.7, y + away * 0.7),
            (x - away * 0.7 - width, y + away * 0.7),
        )
        for left, top in places:
            box = Box(left, top, width, height)
            if _inside(box, frame) and not any(box.meets(other) for other in taken):
                return box
    return None


def _around(x: float, y: float) -> Iterator[tuple[float, float]]:
    yield x, y
    for ring in range(1, RINGS):
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            yield x + ring * STEP * math.cos(angle), y + ring * STEP * math.sin(angle)


def _inside(box: Box, frame: Box) -> bool:
    across = frame.left <= box.left and box.right <= frame.right
    return across and frame.top <= box.top and box.bottom <= frame.bottom

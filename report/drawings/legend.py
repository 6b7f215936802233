"""The key of a drawing: a little box and its words, as many in a row as there is room for."""

from collections.abc import Sequence

from nido.report.drawings.palette import SOFT_INK
from nido.report.drawings.svg import SMALL, Box, cut, rect, text_width, words_at

BOX, ROW, SPACE = 14, 20, 16


def legend(
    entries: Sequence[tuple[str, str]], left: float, top: float, width: float
) -> tuple[list[str], float]:
    """Draw a key.

    Parameters
    ----------
    entries
        The fill of each box, and its words.
    left, top, width
        Where it stands, in pixels.

    Returns
    -------
    tuple
        Its elements, and its height.
    """
    parts: list[str] = []
    x, y = left, top
    for fill, words in entries:
        said = cut(words, width - BOX - 6, SMALL)
        needed = BOX + 6 + text_width(said, SMALL)
        if x > left and x + needed > left + width:
            x, y = left, y + ROW
        parts.append(rect(Box(x, y, BOX, BOX), fill=fill, stroke=SOFT_INK))
        parts.append(words_at(x + BOX + 6, y + 11, said, size=SMALL))
        x += needed + SPACE
    return parts, (y - top + ROW if entries else 0)

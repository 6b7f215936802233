"""Changed values (``--set``) written without what may not be shown."""

from typing import Any

from nido.data.problems import InputError
from nido.scenari.dotted import key_steps, read_value
from nido.scenari.excerpts import MASK
from nido.scenari.places import Spot, root_spot
from nido.scenari.schema import Scenario


def without_reserved(assignment: str) -> str:
    """Write a ``key=value`` with its value masked where it is reserved or holds something reserved.

    Parameters
    ----------
    assignment
        A text that `nido.scenari.dotted.override` has applied. One that it would refuse is masked as well.

    Returns
    -------
    str
        The text as it is, or ``key=***``.
    """
    key, _, value_text = assignment.partition("=")
    try:
        spot = root_spot(Scenario)
        for step in key_steps(key.strip()):
            spot = _entered(spot, step)
        hidden = _holds_reserved(read_value(value_text, ""), spot)
    except InputError:
        hidden = True
    return f"{key}={MASK}" if hidden else assignment


def is_masked(assignment: str) -> bool:
    """Tell whether the value of a ``key=value`` was masked; no value can be written so."""
    return assignment.partition("=")[2] == MASK


def _entered(spot: Spot, step: str) -> Spot:
    """Go to a key, or to the item of a list that has this id: all items are of one kind."""
    inner = spot.enter(step)
    return inner if inner.members else spot.enter(0)


def _holds_reserved(data: Any, spot: Spot) -> bool:
    # What the schema does not know may be anything.
    if spot.reserved or not spot.members:
        return True
    spot = spot.tagged(data)
    if spot.leaf:
        return False
    if isinstance(data, list):
        return any(_holds_reserved(item, spot.enter(number)) for number, item in enumerate(data))
    if isinstance(data, dict):
        return any(_holds_reserved(item, spot.enter(str(key))) for key, item in data.items())
    return False

"""Variants of a scenario: pure functions from one scenario to another."""

from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario


def standard_hours(scenario: Scenario) -> Scenario:
    """Give the same scenario as it would be if every provider kept only the ordinary hours.

    Each provider opens during ``orario_standard`` on its own ordinary days and offers no fascia, not even one
    that is already open. Demand, places, prices, rules, pinned and already enrolled children stay as they
    are, so that the difference between the two results is what the further openings bring. A pinned child
    that the ordinary hours cannot cover makes the variant infeasible: that too is an answer.

    Parameters
    ----------
    scenario
        A valid scenario.

    Returns
    -------
    Scenario
        The variant; `scenario` is not changed.
    """
    gestori = tuple(_at_hours(gestore, scenario) for gestore in scenario.gestori)
    return scenario.model_copy(update={"gestori": gestori})


def _at_hours(gestore: Gestore, scenario: Scenario) -> Gestore:
    base = gestore.base.model_copy(update={"orario": scenario.orario_standard})
    return gestore.model_copy(update={"base": base, "fasce": ()})

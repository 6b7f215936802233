"""The same case at standard hours, as `nido solve` saves it beside the result: what the openings bring."""

from dataclasses import dataclass
from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.report.copertura import Comparison
from nido.report.dossier.second import Answer, Second, of_another
from nido.report.pipeline import STANDARD_FILE, at_standard_hours
from nido.report.saved import of_another_scenario, read_result
from nido.report.state_words import WITHOUT_PLAN
from nido.scenari.load import Loaded


@dataclass(frozen=True, slots=True)
class Standard:
    """The comparison, and the checker's answer on it.

    Attributes
    ----------
    comparison
        None where nothing was saved, or there is no plan at standard hours.
    confirmed
        Waits for what the checker has against it.
    """

    comparison: Comparison | None
    confirmed: Answer


def standard_beside(result: Path, loaded: Loaded, second: Second) -> Standard:
    """Read the case at standard hours that stands beside a result, and have it checked.

    Parameters
    ----------
    result
        File of the result.
    loaded
        Its scenario.
    second
        Who checks.

    Returns
    -------
    Standard
        Without a comparison where the result has none beside it.

    Raises
    ------
    InputError
        If the file cannot be read, or is of another scenario.
    """
    path = result.with_name(STANDARD_FILE)
    if not path.exists():
        return Standard(None, tuple)
    document = read_result(path)
    variant = at_standard_hours(loaded)
    if of_another_scenario(document, variant):
        message = text(
            "non è il caso all'orario standard di questo risultato: toglilo, o rifai il piano",
            "is not the case at standard hours of this result: remove it, or make the plan again",
        )
        raise InputError([Problem(str(path), 0, 0, "", message)])
    answer = second.ask(of_another, variant.scenario, document)
    if document["stato"] in WITHOUT_PLAN:
        return Standard(None, answer)
    return Standard(Comparison(str(loaded.scenario.orario_standard), document), answer)

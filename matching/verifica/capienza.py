"""Check half of the rule `capienza`: places, authorised capacity, bands, Tagesmutter limits."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from nido.data.lingua import text
from nido.matching.verifica.caso import Case, remembered
from nido.matching.verifica.piano import Moment, Plan, enrolled_moments, present_moments
from nido.matching.verifica.posti import offered
from nido.matching.verifica.tempo import add_months, band_on
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

name = "capienza"
fonte = "DGP 1891/2003; L.P. 4/2002"

TAGESMUTTER_CHILDREN = 5
TAGESMUTTER_INFANTS = 3
INFANT_MONTHS = 9


def applies(scenario: Scenario) -> bool:
    """Tell whether the rule is in force."""
    return scenario.regole.capienza.attiva


@remembered
def authorised(case: Case, gestore: str) -> int | None:
    """Authorised capacity with the over-enrolment of the profile, or None if it is not stated."""
    stated = case.gestori[gestore].capienza
    if stated is None:
        return None
    return int(stated * (1 + Fraction(case.profile.sovraiscrizione_percento) / 100))


def _limits(case: Case, gestore: str, stagione: str, moment: Moment) -> Iterator[tuple[str, int, int]]:
    """Give what is counted at a moment, its number and its limit."""
    provider, number = case.gestori[gestore], len(moment.children)
    yield "presenti", number, offered(case, gestore, stagione)
    capacity = authorised(case, gestore)
    if moment.in_base and capacity is not None:
        yield "con_esistenti", number + sum(provider.esistenti.values()), capacity
    if provider.posti_banda:
        bands = Counter(band_on(case, bambino, moment.day) for bambino in moment.children)
        for band, limit in provider.posti_banda.items():
            yield f"banda:{band}", bands[band], limit
    if provider.tipo == "tagesmutter":
        yield "operatrici", number, TAGESMUTTER_CHILDREN * provider.operatrici
        nine_months = (add_months(case.bambini[name].nascita, INFANT_MONTHS) for name in moment.children)
        infants = sum(moment.day < day for day in nine_months)
        yield "sotto_9_mesi", infants, TAGESMUTTER_INFANTS * provider.operatrici


def _sentence(what: str, number: int, limit: int) -> str:
    kind, _, band = what.partition(":")
    counted = {
        "presenti": text("bambini insieme", "children together"),
        "con_esistenti": text("bambini insieme agli esistenti", "children with the existing ones"),
        "banda": text("bambini insieme della banda {band}", "children together of band {band}", band=band),
        "operatrici": text("bambini insieme per operatrice", "children together per Tagesmutter"),
        "sotto_9_mesi": text("bambini insieme sotto i 9 mesi", "children together under 9 months"),
    }
    return f"{counted[kind]}: {number} > {limit}"


def check(plan: Plan) -> list[Violation]:
    """Check every moment of every provider; the worst excess of each kind is reported."""
    case = plan.case
    base = case.scenario.regole.capienza.base or case.profile.capienza_base
    moments = enrolled_moments if base == "iscritti" else present_moments
    worst: dict[tuple[str, str, str], tuple[int, int, Moment]] = {}
    for gestore, stagione in plan.taking_part():
        for moment in moments(plan, gestore, stagione):
            for what, number, limit in _limits(case, gestore, stagione, moment):
                known = worst.get((gestore, stagione, what))
                if number > limit and (known is None or number > known[0]):
                    worst[gestore, stagione, what] = (number, limit, moment)
    return [
        Violation(name, f"{gestore}/{stagione}/{moment.day}", _sentence(what, number, limit))
        for (gestore, stagione, what), (number, limit, moment) in worst.items()
    ]

"""How many children fit: the limits behind the capacity rule, also used to size the staff."""

from fractions import Fraction

from nido.data import DataError, voce
from nido.data.profili import profilo
from nido.matching.instance import Instance, Site
from nido.scenari.schema import Scenario


def by_enrolment(scenario: Scenario) -> bool:
    """Tell whether enrolled children count, instead of present ones."""
    return (scenario.regole.capienza.base or profilo(scenario.profilo).capienza_base) == "iscritti"


def base_limit(scenario: Scenario, site: Site) -> int:
    """Children of the scenario that fit in base hours beside the existing ones."""
    provider = scenario.gestori[site.provider]
    if provider.capienza is None:
        return site.places
    over = 1 + Fraction(profilo(scenario.profilo).sovraiscrizione_percento) / 100
    return max(0, int(provider.capienza * over) - sum(provider.esistenti.values()))


def seat_limit(instance: Instance, site: Site, unit: int, band: int) -> int:
    """Bound the children of one band present together in a unit; the number of pairs when the rule is off."""
    scenario = instance.scenario
    enrolled_only = instance.staffing.enrolled and not by_enrolment(scenario)
    if not scenario.regole.capienza.attiva or enrolled_only:
        return len(site.pairs)
    places = site.places if unit else min(site.places, base_limit(scenario, site))
    cap = scenario.gestori[site.provider].posti_banda.get(instance.staffing.bands[band])
    return places if cap is None else min(places, cap)


def tagesmutter_limits(scenario: Scenario) -> tuple[int, int | None]:
    """Children at once per Tagesmutter, and the limit for the youngest where the profile has one."""
    stem = f"{scenario.profilo}.tagesmutter.bambini_per_educatore"
    most = int(voce(stem).numero)
    try:
        return most, int(voce(f"{stem}_sotto_soglia").numero)
    except DataError:
        return most, None

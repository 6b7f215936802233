"""What an agreement owes for one component, before anybody pays, and how a plan is read for it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from nido.accordi.money import CENTS_IN_EURO, half_up
from nido.matching.solution import Agreement, Assignment, Solution
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Componente, VoceRegistro
from nido.scenari.schema import Scenario, Stagione

AgreementKey = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount due under an agreement.

    Attributes
    ----------
    data
        First day of the month, or of the season for amounts that are reckoned once a season.
    azienda, gestore, stagione
        The agreement.
    bambino
        The child, or None for amounts of the agreement as a whole.
    componente
        Component that gave it.
    quantita, unita
        How much of what.
    prezzo
        Exact unit price in euro; it may hold fractions of a cent.
    fonte
        Dotted name, within the scenario, of the price.
    bambini
        Children on whose behalf it is due, in the order of the scenario; empty when there is none.
    mesi
        Months (``2026-09``) that it pays for.
    fascia
        The fascia that it pays for, or whose VAT it is; None for anything else.
    tassata
        For VAT, the component on which it is due; None for anything else.
    importo_cent
        Quantity times price, rounded half up once, in cents.
    """

    data: date
    azienda: str
    gestore: str
    stagione: str
    bambino: str | None
    componente: Componente
    quantita: Decimal
    unita: str
    prezzo: Decimal
    fonte: str
    bambini: tuple[str, ...]
    mesi: tuple[str, ...]
    fascia: str | None = None
    tassata: VoceRegistro | None = None
    importo_cent: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Reckon what it comes to."""
        object.__setattr__(self, "importo_cent", half_up(self.quantita * self.prezzo * CENTS_IN_EURO))

    @property
    def agreement(self) -> AgreementKey:
        """The agreement as a key."""
        return (self.azienda, self.gestore, self.stagione)


@dataclass(frozen=True, slots=True)
class PlaceMonth:
    """The places of one agreement in one month.

    Attributes
    ----------
    agreement
        The agreement.
    gestore
        Its provider.
    month
        The month (``2026-09``).
    used
        Peak presence of the company's children in the month.
    bambini
        Children enrolled in the month, in the order of the scenario.
    """

    agreement: Agreement
    gestore: Gestore
    month: str
    used: int
    bambini: tuple[str, ...]

    @property
    def key(self) -> AgreementKey:
        """The agreement as a key."""
        return (self.agreement.azienda, self.agreement.gestore, self.agreement.stagione)


def season_months(stagione: Stagione) -> tuple[str, ...]:
    """Name the calendar months of a season (``2026-09``), in order."""
    months: list[str] = []
    current = stagione.inizio.replace(day=1)
    while current <= stagione.fine:
        months.append(f"{current:%Y-%m}")
        current = (current + timedelta(days=32)).replace(day=1)
    return tuple(months)


@cache
def first_day(month: str) -> date:
    """Give the first day of a month (``2026-09``)."""
    return date.fromisoformat(f"{month}-01")


def place_months(scenario: Scenario, solution: Solution) -> Iterator[PlaceMonth]:
    """Go through the months of every agreement, also those in which nobody is present.

    Parameters
    ----------
    scenario
        The scenario.
    solution
        A plan of it.

    Yields
    ------
    PlaceMonth
        Agreements in the order of the solution, months in the order of the calendar.
    """
    providers = {gestore.id: gestore for gestore in scenario.gestori}
    seasons = {stagione.id: stagione for stagione in scenario.stagioni}
    children = _by_agreement(scenario, solution)
    for agreement in solution.accordi:
        served = children.get((agreement.azienda, agreement.gestore, agreement.stagione), ())
        for month in season_months(seasons[agreement.stagione]):
            yield PlaceMonth(
                agreement,
                providers[agreement.gestore],
                month,
                agreement.usati_mese.get(month, 0),
                tuple(assignment.bambino for assignment in served if month in assignment.mesi),
            )


def served_children(scenario: Scenario, solution: Solution) -> Iterator[tuple[Assignment, Gestore, Stagione]]:
    """Go through the assignments with their provider and season, children in the order of the scenario."""
    providers = {gestore.id: gestore for gestore in scenario.gestori}
    seasons = {stagione.id: stagione for stagione in scenario.stagioni}
    for assignment in _in_file_order(scenario, solution):
        yield assignment, providers[assignment.gestore], seasons[assignment.stagione]


def _in_file_order(scenario: Scenario, solution: Solution) -> list[Assignment]:
    position = {bambino.id: index for index, bambino in enumerate(scenario.bambini)}
    return sorted(solution.assegnazioni, key=lambda assignment: position[assignment.bambino])


def _by_agreement(scenario: Scenario, solution: Solution) -> Mapping[AgreementKey, list[Assignment]]:
    found: dict[AgreementKey, list[Assignment]] = defaultdict(list)
    for assignment in _in_file_order(scenario, solution):
        found[assignment.azienda, assignment.gestore, assignment.stagione].append(assignment)
    return found

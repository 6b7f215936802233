"""A convention: what a company and a provider have agreed, and what the plan puts into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from nido.accordi.simulazione.memory import Memory
from nido.accordi.simulazione.orizzonte import Mese, months_of
from nido.accordi.simulazione.patto import Terms
from nido.accordi.simulazione.settled import Settled
from nido.matching.presence import MonthOfSite, Presence
from nido.matching.solution import Assignment
from nido.matching.stored import StoredPlan
from nido.scenari.domanda import Azienda
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Convenzione:
    """A company and a provider with at least one agreement in the plan (docs/clausole.md, section 2).

    Attributes
    ----------
    posizione
        Its position among the conventions.
    azienda, gestore
        The two parties.
    terms
        Their clauses.
    base
        Places of the plan's agreement, by season; no season without an agreement.
    bambini
        The company's children whom the plan serves there in some season, in the order of the file.
    key
        Its two parties, by id.
    """

    posizione: int
    azienda: Azienda
    gestore: Gestore
    terms: Terms
    base: Mapping[str, int]
    bambini: tuple[str, ...]
    key: tuple[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Name its two parties."""
        object.__setattr__(self, "key", (self.azienda.id, self.gestore.id))

    def places(self, mese: Mese) -> int:
        """Places of the plan in a month."""
        return self.base.get(mese.stagione, 0) if mese.stagione is not None else 0


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan laid out for the simulation.

    Attributes
    ----------
    scenario
        The scenario.
    convenzioni
        In the order of companies, then providers.
    served
        (bambino, stagione) -> assignment.
    presence
        Who is there when.
    aperte
        Open fasce as (gestore, fascia, stagione).
    bambini
        Position in the file of every child that the plan serves.
    mesi
        The months of its agreements.
    memory
        What its courses have worked out and may share: never another plan's.
    """

    scenario: Scenario
    convenzioni: tuple[Convenzione, ...]
    served: Mapping[tuple[str, str], Assignment]
    presence: Presence
    aperte: frozenset[tuple[str, str, str]]
    bambini: Mapping[str, int]
    mesi: tuple[Mese, ...] = field(init=False, compare=False, repr=False)
    memory: Memory = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Lay out the months, and remember nothing yet."""
        object.__setattr__(self, "mesi", months_of(self.scenario))
        object.__setattr__(self, "memory", Memory(Settled(self.scenario.pagatori)))

    def site(self, gestore: str, mese: Mese) -> MonthOfSite | None:
        """Give the plan's children at a provider in the reference month of a month, if there is one."""
        return None if mese.riferimento is None else self.presence.months.get((gestore, mese.riferimento))

    def offered(self, gestore: Gestore, stagione: str) -> int:
        """Places that a provider offers in a season."""
        return gestore.posti_stagione.get(stagione, gestore.posti)

    def providers_of(self, bambino: str) -> frozenset[str]:
        """Providers at which the plan serves a child."""
        return frozenset(one.gestore for one in self.served.values() if one.bambino == bambino)

    def convention(self, azienda: str, gestore: str) -> Convenzione | None:
        """Find a convention by its parties."""
        return next((one for one in self.convenzioni if one.key == (azienda, gestore)), None)


def lay_out(scenario: Scenario, stored: StoredPlan, presence: Presence) -> Plan:
    """Lay out a plan for the simulation.

    Parameters
    ----------
    scenario
        The scenario.
    stored
        What of its plan outlives the solve.
    presence
        The presence of the plan's children.
    """
    order = {bambino.id: place for place, bambino in enumerate(scenario.bambini)}
    served = {(one.bambino, one.stagione): one for one in stored.assegnazioni}
    ranked = sorted({one.bambino for one in stored.assegnazioni}, key=order.__getitem__)
    return Plan(
        scenario=scenario,
        convenzioni=tuple(_conventions(scenario, stored, order)),
        served=served,
        presence=presence,
        aperte=stored.aperte,
        bambini={bambino: order[bambino] for bambino in ranked},
    )


def _conventions(scenario: Scenario, stored: StoredPlan, order: Mapping[str, int]) -> Iterator[Convenzione]:
    position = 0
    for azienda in scenario.aziende:
        for gestore in scenario.gestori:
            key = (azienda.id, gestore.id)
            base = {one.stagione: one.posti for one in stored.accordi if (one.azienda, one.gestore) == key}
            if base:
                mine = {one.bambino for one in stored.assegnazioni if (one.azienda, one.gestore) == key}
                children = tuple(sorted(mine, key=order.__getitem__))
                terms = Terms(scenario.accordo_quadro, azienda.id, gestore)
                yield Convenzione(position, azienda, gestore, terms, base, children)
                position += 1

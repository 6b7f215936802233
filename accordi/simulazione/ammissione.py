"""Who gets a place in a month, convention by convention (docs/clausole.md, section 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.elenco import SEPTEMBER
from nido.accordi.simulazione.orizzonte import Mese
from nido.accordi.simulazione.presenti import Presenti
from nido.accordi.simulazione.stato import Stato
from nido.matching.presence import MonthOfSite

# Above this many places none is reserved: a part left to residents may swallow every further one.
MOST_PLACES = 2**20


@dataclass(slots=True)
class Site:
    """A provider in a month.

    Attributes
    ----------
    month
        The plan's children there; None when it has none in the month.
    offered
        Places that it offers.
    limited
        Whether the sum of the reserved places is bound by those offered.
    shared
        Whether the children of all companies together are.
    states
        Its conventions in force, in their order.
    load
        Whose hours those have who count together.
    peaks
        What is known already of the most of some children present at once.
    guests
        Guests in the month.
    """

    month: MonthOfSite | None
    offered: int
    limited: bool
    shared: bool
    states: list[Stato]
    load: list[str]
    peaks: dict[tuple[str, ...], int]
    guests: int = 0

    def peak(self, sources: Iterable[str]) -> int:
        """Most of some children present at once."""
        if self.month is None:
            return 0
        key = tuple(sorted(sources))
        found = self.peaks.get(key)
        if found is None:
            found = self.peaks[key] = self.month.peak(key)
        return found


@dataclass(frozen=True, slots=True)
class Present:
    """The children of a convention who ask for a place in a month, in its order, with whose hours."""

    sources: Mapping[str, str]
    before: frozenset[str]


class Month:
    """One month of a course: its sites, and who is admitted."""

    def __init__(self, plan: Plan, mese: Mese, presenti: Presenti, states: Iterable[Stato]) -> None:
        self.plan, self.mese, self.presenti = plan, mese, presenti
        self.states = [state for state in states if state.alive]
        self.sites: dict[str, Site] = {}
        # Who declined a place that was really offered.
        self.declined: set[str] = set()
        rule = plan.scenario.regole.posti_riservati
        for state in self.states:
            gestore = state.convenzione.gestore
            if gestore.id not in self.sites:
                month = plan.site(gestore.id, mese)
                self.sites[gestore.id] = Site(
                    month=month,
                    offered=plan.offered(gestore, mese.stagione or ""),
                    limited=rule.attiva and not rule.condivisione_tra_aziende,
                    shared=rule.attiva and rule.condivisione_tra_aziende,
                    states=[],
                    load=[],
                    peaks=plan.memory.peaks.setdefault((gestore.id, mese.riferimento), {}),
                )
            self.sites[gestore.id].states.append(state)
        self.present = {state.convenzione.key: self._present(state) for state in self.states}

    def _present(self, state: Stato) -> Present:
        found = self.presenti.sources(state.lista, state.convenzione, self.mese)
        return Present(found, frozenset(state.admitted) & found.keys())

    def fit_places(self) -> None:
        """Bring the reserved places of every site within those offered."""
        for site in self.sites.values():
            excess = sum(state.reserved for state in site.states) - site.offered
            for state in reversed(site.states if site.limited else []):
                if excess > 0:
                    fewer = min(excess, state.beyond_plan)
                    state.reserved -= fewer
                    excess -= fewer

    def admit_all(self) -> None:
        """Admit the children of every convention in force."""
        for site in self.sites.values():
            for state in site.states:
                present = self.present[state.convenzione.key]
                site.load += [present.sources[bambino] for bambino in present.before]
        for state in self.states:
            site = self.sites[state.convenzione.gestore.id]
            state.begin_list(self.mese, self._blocked(state, site))
            used = self._admit(state, site)
            state.end_month(self.mese, used)

    def _blocked(self, state: Stato, site: Site) -> int:
        """Count the places left by who leaves in the month, where nobody else may use them."""
        leaving = self.presenti.left_now.intersection(state.admitted)
        if not leaving or not state.terms.blocks or self.mese.del_anno == SEPTEMBER or site.month is None:
            return 0
        sources = {
            bambino: self.presenti.source(bambino, state.convenzione, self.mese, gone=True)
            for bambino in state.admitted
        }
        before = [source for source in sources.values() if source is not None]
        after = [source for name, source in sources.items() if source is not None and name not in leaving]
        return site.peak(before) - site.peak(after)

    def _admit(self, state: Stato, site: Site) -> int:
        """Admit the children of a convention; give the places that they use."""
        present = self.present[state.convenzione.key]
        sources = present.sources
        for bambino in present.before:
            site.load.remove(sources[bambino])
        admitted: Iterable[str] = sources
        used = site.peak(sources.values())
        if self._all_fit(state, site, used):
            site.load += sources.values()
        else:
            admitted = self._admit_some(state, site)
            used = site.peak(sources[bambino] for bambino in admitted)
        state.admitted = tuple(sorted(admitted, key=self.presenti.position))
        return used

    def _all_fit(self, state: Stato, site: Site, needed: int) -> bool:
        """Tell whether there is a place for all at once: then there is one for each in turn."""
        sources = self.present[state.convenzione.key].sources
        if needed + state.elenco.taken > state.own:
            return False
        if not self.presenti.declined_now.isdisjoint(sources):
            return False
        return not site.shared or site.peak([*site.load, *sources.values()]) <= site.offered

    def _admit_some(self, state: Stato, site: Site) -> list[str]:
        """Admit the children in turn, those who were there before first."""
        present = self.present[state.convenzione.key]
        admitted: list[str] = []
        load: list[str] = []
        waiting = [bambino for bambino in present.sources if bambino not in present.before]
        for bambino in [*(name for name in present.sources if name in present.before), *waiting]:
            source = present.sources[bambino]
            if site.shared and site.peak([*site.load, source]) > site.offered:
                continue
            places = self._places_for(state, site, site.peak([*load, source]))
            if places is None:
                continue
            if bambino in self.presenti.declined_now and bambino not in present.before:
                state.decline(bambino)
                self.declined.add(bambino)
                continue
            if places > state.reserved:
                state.grow(places)
            load.append(source)
            site.load.append(source)
            admitted.append(bambino)
        return admitted

    def _places_for(self, state: Stato, site: Site, needed: int) -> int | None:
        """Give the reserved places with which some are used; None when that is not possible."""
        wanted = needed + state.elenco.taken
        if wanted <= state.own:
            return state.reserved
        if not state.terms.guarantees:
            return None
        places = _least(state, wanted)
        if places is None or state.terms.reserves(places) != places:
            return None
        others = sum(other.reserved for other in site.states if other is not state)
        return None if site.limited and others + places > site.offered else places


def _least(state: Stato, wanted: int) -> int | None:
    """Find the fewest reserved places of which the company has some."""
    low, high = state.reserved, max(1, state.reserved)
    while high - state.terms.residents(high) < wanted:
        low, high = high, 2 * high
        if high > MOST_PLACES:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if middle - state.terms.residents(middle) < wanted:
            low = middle
        else:
            high = middle
    return high

"""The state of a convention between months: counters, waiting list, empty places, pending notice."""

from collections.abc import Sequence

from nido.accordi.simulazione.convenzione import Convenzione
from nido.accordi.simulazione.elenco import Elenco
from nido.accordi.simulazione.orizzonte import Mese
from nido.scenari.accordo_quadro import Disdice, Evento, Recede


class Stato:
    """A convention as its months pass (docs/clausole.md, sections 3, 4 and 6).

    Parameters
    ----------
    convenzione
        The convention.
    events
        Every event of the course with the position of its month.
    horizon
        Months of the simulation.
    """

    def __init__(self, convenzione: Convenzione, events: Sequence[tuple[int, Evento]], horizon: int) -> None:
        self.convenzione = convenzione
        self.terms = convenzione.terms
        withdrawn = [
            t
            for t, event in events
            if isinstance(event, Recede) and (event.azienda, event.gestore) == convenzione.key
        ]
        self._end = self.terms.end(withdrawn, horizon)
        self._added = self._given_up = 0
        self._releases: list[tuple[int, int]] = []
        self._notices: list[tuple[int, int]] = []
        self._last_own: int | None = None
        self.lista: list[str] = list(convenzione.bambini)
        self.declined: dict[str, int] = {}
        self.elenco = Elenco()
        self.admitted: tuple[str, ...] = ()
        self.alive = False
        self.reserved = self.used = self._base = 0

    @property
    def own(self) -> int:
        """Reserved places of the month that are the company's."""
        return self.reserved - self.terms.residents(self.reserved)

    @property
    def raw(self) -> int:
        """Places of the plan in the month, with those added and without those given up."""
        return self._base + self._added - self._given_up

    @property
    def beyond_plan(self) -> int:
        """Reserved places of the month that the plan does not have."""
        return max(0, self.reserved - self._base)

    def give_notice(self, t: int, event: Disdice) -> None:
        """Take notice of some places."""
        self._notices.append((self.terms.effect(t), event.posti))

    def begin(self, mese: Mese) -> None:
        """Begin a month: is the convention in force, and with how many places."""
        self._base = self.convenzione.places(mese)
        self.alive = (
            mese.t < self._end
            and self._base > 0
            and mese.stagione is not None
            and self.terms.lives(mese.stagione)
        )
        if not self.alive:
            self.admitted, self.reserved, self._last_own = (), 0, None
            self.elenco.clear()
            return
        for queue in (self._releases, self._notices):
            if not queue:
                continue
            for _, places in (entry for entry in queue if entry[0] <= mese.t):
                self._given_up += min(places, max(0, self.raw))
            queue[:] = [entry for entry in queue if entry[0] > mese.t]
        self.reserved = self.terms.reserves(max(self.raw, 0))

    def begin_list(self, mese: Mese, blocked: int) -> None:
        """Begin the month of the empty places, once the reserved ones are known.

        Parameters
        ----------
        mese
            The month.
        blocked
            Places that become empty and may not be used.
        """
        fewer = 0 if self._last_own is None else self._last_own - self.own
        self.elenco.begin(mese.del_anno, fewer)
        if self.terms.resells is not None:
            self.elenco.resell(self.terms.window + self.terms.resells)
        self.elenco.block(blocked)

    def grow(self, places: int) -> None:
        """Reserve further places, up to a number of them."""
        self._added += places - self.raw
        self.reserved = places

    def end_month(self, mese: Mese, used: int) -> None:
        """Bring the empty places to what the month left, and count those given back for September."""
        self.used, own = used, self.own
        empty = own - used
        self.elenco.settle(empty)
        self._last_own = own
        months = self.terms.releases(mese.del_anno)
        if months is not None and mese.t + months >= self.terms.earliest:
            self._releases.append((mese.t + months, empty))

    def decline(self, bambino: str) -> None:
        """Count a declined place; too many send the child to the end of the list."""
        self.declined[bambino] = self.declined.get(bambino, 0) + 1
        if self.terms.sends_back(self.declined[bambino]):
            self.lista.remove(bambino)
            self.lista.append(bambino)
            self.declined[bambino] = 0

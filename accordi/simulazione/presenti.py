"""Who asks for a place, month by month, as the events of a course change it (docs/clausole.md, section 5)."""

from collections.abc import Callable, Iterable, Mapping
from functools import singledispatchmethod

from nido.accordi.simulazione.convenzione import Convenzione, Plan
from nido.accordi.simulazione.orizzonte import Mese
from nido.matching.presence import MonthOfSite
from nido.scenari.accordo_quadro import Assume, CambiaTurno, Entra, Esce, Evento, Rifiuta
from nido.scenari.domanda import Bambino

Enter = Callable[[str, str, str], None]


def hired_id(hiring: int, number: int) -> str:
    """Name a child who enters when a company hires: number of the event among its kind, from 1, and child."""
    return f"N{hiring}-{number}"


class Presenti:
    """The children of a course of events.

    Parameters
    ----------
    plan
        The plan.
    nobody
        True when none of the plan's children turns up.
    entered
        Called with (azienda, gestore, bambino) for every child who enters.
    """

    def __init__(self, plan: Plan, *, nobody: bool, entered: Enter) -> None:
        self._plan = plan
        self._gone = set(plan.bambini) if nobody else set[str]()
        self._like: dict[str, str] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._models: dict[str, str] = {}
        self._entries: dict[str, int] = {}
        self._hirings = 0
        self._entered = entered
        self.left_now: set[str] = set()
        self.declined_now: set[str] = set()

    @property
    def newcomers(self) -> Mapping[str, str]:
        """Every child who entered -> the child of the plan that it entered as, in the order of entry."""
        return self._models

    def begin_month(self) -> None:
        """Forget what held only for the month before."""
        self.left_now, self.declined_now = set(), set()

    @singledispatchmethod
    def play(self, event: Evento) -> None:
        """Play an event; those that change no child do nothing here."""

    @play.register
    def _(self, event: Esce) -> None:
        self._gone.add(event.bambino)
        self.left_now.add(event.bambino)

    @play.register
    def _(self, event: Entra) -> None:
        self._enter(event.bambino, event.azienda, event.gestore, event.come)

    @play.register
    def _(self, event: Assume) -> None:
        self._hirings += 1
        for number in range(1, event.numero + 1):
            self._enter(hired_id(self._hirings, number), event.azienda, event.gestore, event.come)

    @play.register
    def _(self, event: CambiaTurno) -> None:
        self._like[event.bambino] = event.come

    @play.register
    def _(self, event: Rifiuta) -> None:
        self.declined_now.add(event.bambino)

    def _enter(self, bambino: str, azienda: str, gestore: str, come: str) -> None:
        self._like[bambino] = self._models[bambino] = come
        self._places[bambino] = (azienda, gestore)
        self._entries[bambino] = len(self._entries)
        self._entered(azienda, gestore, bambino)

    def source(self, bambino: str, convenzione: Convenzione, mese: Mese, *, gone: bool = False) -> str | None:
        """Tell whose hours a child has in a convention and month; None when it is not there.

        With `gone` the answer is what it would be had the child not left.
        """
        if bambino in self._gone and not (gone and bambino in self.left_now):
            return None
        return self._source(bambino, convenzione, mese, self._plan.site(convenzione.gestore.id, mese))

    def sources(self, bambini: Iterable[str], convenzione: Convenzione, mese: Mese) -> dict[str, str]:
        """Tell whose hours some children have in a convention and month; who is not there is left out."""
        site = self._plan.site(convenzione.gestore.id, mese)
        found: dict[str, str] = {}
        if site is None:
            return found
        for bambino in bambini:
            if bambino not in self._gone:
                source = self._source(bambino, convenzione, mese, site)
                if source is not None:
                    found[bambino] = source
        return found

    def _source(
        self, bambino: str, convenzione: Convenzione, mese: Mese, site: MonthOfSite | None
    ) -> str | None:
        place = self._places.get(bambino)
        if place is not None:
            if place != convenzione.key:
                return None
        else:
            served = self._plan.served.get((bambino, mese.stagione or ""))
            if served is None or served.gestore != convenzione.gestore.id:
                return None
        like = self._like.get(bambino, bambino)
        return like if site is not None and like in site.rows else None

    def position(self, bambino: str) -> tuple[int, int]:
        """Give the order of a child: that of the file, then that of entry."""
        if bambino in self._plan.bambini:
            return (0, self._plan.bambini[bambino])
        return (1, self._entries[bambino])

    def for_payers(self) -> dict[str, Bambino]:
        """Give every child as the payers know it: who entered has no ISEE, no ICEF and no siblings."""
        found = {bambino.id: bambino for bambino in self._plan.scenario.bambini}
        for name, model in self._models.items():
            changes = {"id": name, "isee": None, "icef": None, "fratello_di": None}
            found[name] = found[model].model_copy(update=changes)
        return found

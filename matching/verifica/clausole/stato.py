"""What a convention carries from one month to the next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nido.matching.verifica.clausole.bambini import Roll, peak
from nido.matching.verifica.clausole.mesi import Month
from nido.matching.verifica.clausole.patti import Convention, Frame
from nido.matching.verifica.clausole.vuoti import Empty
from nido.matching.verifica.posti import offered


@dataclass(slots=True)
class State:
    """A convention between two months.

    Attributes
    ----------
    queue
        Its children, in the order in which they are tried.
    end
        First month after its end.
    notices, releases
        Places still to be given up: (first month of effect, places).
    added, given_up
        Places added to those of the plan, and taken away from them.
    raw, reserved, used
        Places before minimum and maximum, reserved, and used in this month so far.
    company
        Reserved places that were the company's at the end of the month before.
    empties
        Its empty places.
    asking
        Children who ask for a place in this month, in the order of the list.
    before, admitted
        Children admitted in the month before, and in this one so far.
    done
        Whether the children of this month have been tried.
    refusals
        Child -> refusals since it was last moved to the end of the list.
    """

    queue: list[str]
    end: int
    notices: list[tuple[int, int]]
    releases: list[tuple[int, int]] = field(default_factory=list)
    added: int = 0
    given_up: int = 0
    raw: int = 0
    reserved: int = 0
    used: int = 0
    company: int = 0
    empties: list[Empty] = field(default_factory=list)
    asking: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)
    done: bool = False
    refusals: Counter[str] = field(default_factory=Counter)

    def forget(self) -> None:
        """Forget empty places and who was admitted, in a month without life."""
        self.empties, self.before, self.admitted, self.asking, self.company = [], [], [], [], 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A month being played: the conventions that are alive in it, in their order."""

    frame: Frame
    roll: Roll
    month: Month
    alive: Mapping[Convention, State]

    def places_offered(self, gestore: str) -> int | None:
        """Places of a provider in this month; None where the rule on them is off."""
        if not self.frame.case.scenario.regole.posti_riservati.attiva or self.month.stagione is None:
            return None
        return offered(self.frame.case, gestore, self.month.stagione)

    @property
    def sharing(self) -> bool:
        """Whether companies may use the same place."""
        return self.frame.case.scenario.regole.posti_riservati.condivisione_tra_aziende

    def at(self, gestore: str) -> list[Convention]:
        """Conventions with a provider."""
        return [convention for convention in self.alive if convention[1] == gestore]

    def together(self, gestore: str, children: Sequence[str]) -> int:
        """Largest number of some children together."""
        return peak(self.frame, self.roll.alike(children), gestore, self.month)

    def everybody(self, gestore: str, current: Convention | None = None) -> list[str]:
        """List the children admitted at a provider.

        Of a convention that comes after the current one count those present who were admitted before.
        """
        found: list[str] = []
        for convention in self.at(gestore):
            state = self.alive[convention]
            if state.done or convention == current:
                found += state.admitted
            else:
                found += [child for child in state.asking if child in state.before]
        return found

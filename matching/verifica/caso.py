"""The scenario as the checker reads it: look-ups by name and a memory for what is asked again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, Concatenate, ParamSpec, TypeVar

from nido.data.profili import Profilo, profilo
from nido.scenari.domanda import Azienda, Bambino, Rotazione
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Scenario, Stagione

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")

BASE = "base"


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A scenario with its look-ups; everything else is a function of it.

    Attributes
    ----------
    scenario
        What the user wrote.
    matrix
        Loaded travel times in minutes, by pair of place names.
    profile
        Regional rules of the scenario.
    stagioni, aziende, gestori, bambini, rotazioni
        By id, in the order of the scenario.
    memory
        Answers already given (see `remembered`).
    common
        Answers that depend on no child by name (see `shared`): also those of a case with other children.
    """

    scenario: Scenario
    matrix: Mapping[tuple[str, str], int]
    profile: Profilo
    stagioni: Mapping[str, Stagione]
    aziende: Mapping[str, Azienda]
    gestori: Mapping[str, Gestore]
    bambini: Mapping[str, Bambino]
    rotazioni: Mapping[str, Rotazione]
    memory: dict[tuple[object, ...], Any] = field(default_factory=dict)
    common: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @property
    def step(self) -> int:
        """Minutes of one interval of the grid."""
        return self.scenario.passo_minuti

    @property
    def first_day(self) -> date:
        """First day of the horizon."""
        return self.scenario.stagioni[0].inizio

    @property
    def last_day(self) -> date:
        """Last day of the horizon."""
        return self.scenario.stagioni[-1].fine

    def fascia(self, gestore: str, fascia: str) -> Fascia:
        """Find a fascia of a provider."""
        return next(item for item in self.gestori[gestore].fasce if item.id == fascia)


def build_case(scenario: Scenario, matrix: Mapping[tuple[str, str], int] | None = None) -> Case:
    """Prepare a scenario for checking.

    Parameters
    ----------
    scenario
        A valid scenario.
    matrix
        Loaded travel times in minutes, by pair of place names.

    Raises
    ------
    DataError
        If the profile of the scenario does not exist.
    """
    return _case_of(_Asked(scenario, matrix))


class _Asked:
    """A scenario and its travel times as they were given: the very same ones have the same case."""

    def __init__(self, scenario: Scenario, matrix: Mapping[tuple[str, str], int] | None) -> None:
        self.scenario, self.matrix = scenario, matrix

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.scenario is self.scenario and other.matrix is self.matrix

    def __hash__(self) -> int:
        return hash((id(self.scenario), id(self.matrix)))


# What was worked out for one check of a scenario serves the next one.
@lru_cache(maxsize=2)
def _case_of(asked: _Asked) -> Case:
    scenario = asked.scenario
    return Case(
        scenario=scenario,
        matrix=dict(asked.matrix or {}),
        profile=profilo(scenario.profilo),
        stagioni={item.id: item for item in scenario.stagioni},
        aziende={item.id: item for item in scenario.aziende},
        gestori={item.id: item for item in scenario.gestori},
        bambini={item.id: item for item in scenario.bambini},
        rotazioni={item.id: item for item in scenario.rotazioni},
    )


def remembered(
    function: Callable[Concatenate[Case, Arguments], Answer],
) -> Callable[Concatenate[Case, Arguments], Answer]:
    """Let a function of a case and of hashable names answer the same question only once."""
    return _asking(function, attrgetter("memory"))


def shared(
    function: Callable[Concatenate[Case, Arguments], Answer],
) -> Callable[Concatenate[Case, Arguments], Answer]:
    """Remember like `remembered`, for a function to which no child of the case matters."""
    return _asking(function, attrgetter("common"))


def _asking(
    function: Callable[Concatenate[Case, Arguments], Answer],
    memory_of: Callable[[Case], dict[tuple[object, ...], Any]],
) -> Callable[Concatenate[Case, Arguments], Answer]:
    def ask(case: Case, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        if kwargs:
            raise TypeError("a remembered function takes positional arguments only")
        key, memory = (function, *args), memory_of(case)
        if key not in memory:
            memory[key] = function(case, *args, **kwargs)
        found: Answer = memory[key]
        return found

    # Not `functools.wraps`: its type loses the positional case.
    ask.__doc__ = function.__doc__
    return ask


def days_between(first: date, last: date) -> tuple[date, ...]:
    """List the days from the first to the last, both included."""
    return tuple(first + timedelta(days=count) for count in range((last - first).days + 1))

"""What a view is made from, cut down to its audience: which agreements, companies, providers it touches."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nido.report.copertura import Document
from nido.report.privacy.audience import Audience
from nido.report.privacy.cells import Cell, is_small
from nido.scenari.load import Loaded
from nido.scenari.schema import Scenario

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """A result seen by one audience.

    Attributes
    ----------
    loaded, document
        The resolved scenario and the result.
    audience, subject
        Whom it is for.
    threshold
        Fewest families of a count that is shown.
    family
        Family of every child: children of the same family share it.
    earlier
        Counts that the same reader was shown before, delivery by delivery.
    """

    loaded: Loaded
    document: Document
    audience: Audience
    subject: str | None
    threshold: int
    family: Mapping[str, str]
    earlier: tuple[Mapping[str, int], ...] = ()

    @property
    def scenario(self) -> Scenario:
        """The resolved scenario."""
        return self.loaded.scenario

    def mine(self, row: Row) -> bool:
        """Tell whether a row of the result that names a company or a gestore is the audience's own."""
        return self.audience == "distretto" or row[self.audience] == self.subject

    def own(self, key: str) -> list[Row]:
        """Rows of a table of the result that are the audience's own."""
        return [row for row in self.document.get(key, ()) if self.mine(row)]

    def companies(self) -> tuple[str, ...]:
        """Ids of the companies that the audience sees, in the order of the scenario."""
        every = tuple(company.id for company in self.scenario.aziende)
        return self._seen("azienda", every)

    def providers(self) -> tuple[str, ...]:
        """Ids of the gestori that the audience sees, in the order of the scenario."""
        every = tuple(provider.id for provider in self.scenario.gestori)
        return self._seen("gestore", every)

    def _seen(self, kind: Audience, every: tuple[str, ...]) -> tuple[str, ...]:
        if self.audience == "distretto":
            return every
        if self.audience == kind:
            return tuple(name for name in every if name == self.subject)
        partners = {row[kind] for row in self.own("accordi")}
        return tuple(name for name in every if name in partners)

    def families(self, children: Iterable[str]) -> int:
        """Count the families of some children."""
        return len(self.behind(children))

    def cell(self, requests: Iterable[Row]) -> Cell:
        """Count some requests, and the families behind them."""
        found = [row["bambino"] for row in requests]
        return Cell(len(found), self.behind(found))

    def behind(self, children: Iterable[str]) -> frozenset[str]:
        """Give the families of some children."""
        return frozenset(self.family[child] for child in children)

    def small(self, children: Iterable[str]) -> bool:
        """Tell whether a group of children is too small to be told of."""
        return is_small(self.families(children), self.threshold)


def families(scenario: Scenario) -> Mapping[str, str]:
    """Give the family of every child: the first of its siblings in the order of the scenario."""
    leader = {child.id: child.id for child in scenario.bambini}

    def first(child: str) -> str:
        while leader[child] != child:
            child = leader[child]
        return child

    position = {child.id: index for index, child in enumerate(scenario.bambini)}
    for child in scenario.bambini:
        if child.fratello_di is not None and child.fratello_di in leader:
            pair = sorted((first(child.id), first(child.fratello_di)), key=position.__getitem__)
            leader[pair[1]] = pair[0]
    return {child: first(child) for child in leader}

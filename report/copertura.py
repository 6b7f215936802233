"""How much of what each company asks is served: the counts shown for a plan and its comparison."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Requests (bambino × stagione) of a company, or of all of them.

    Attributes
    ----------
    piene, parziali, non_servite
        Requests served with every minute, served in part, not served.
    minuti_coperti, minuti_chiesti
        Minutes covered and asked; a request that nobody serves asks its minutes without travel.
    """

    piene: int = 0
    parziali: int = 0
    non_servite: int = 0
    minuti_coperti: int = 0
    minuti_chiesti: int = 0

    @property
    def richieste(self) -> int:
        """All requests."""
        return self.piene + self.parziali + self.non_servite

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(
            self.piene + other.piene,
            self.parziali + other.parziali,
            self.non_servite + other.non_servite,
            self.minuti_coperti + other.minuti_coperti,
            self.minuti_chiesti + other.minuti_chiesti,
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same scenario at standard hours.

    Attributes
    ----------
    orario
        The standard hours, as ``08:30-16:30``.
    documento
        The result of that scenario, confirmed by the checker.
    """

    orario: str
    documento: Document


def coverage(document: Document) -> dict[str, Coverage]:
    """Count the requests of a result, company by company.

    Parameters
    ----------
    document
        A result (docs/risultato.md).

    Returns
    -------
    dict[str, Coverage]
        By company, in alphabetical order.
    """
    found: dict[str, Coverage] = defaultdict(Coverage)
    for served in document["assegnazioni"]:
        asked, uncovered = served["minuti_richiesti"], served["minuti_scoperti"]
        part = Coverage(
            piene=int(uncovered == 0),
            parziali=int(uncovered > 0),
            minuti_coperti=asked - uncovered,
            minuti_chiesti=asked,
        )
        found[served["azienda"]] += part
    for missed in document["non_assegnati"]:
        part = Coverage(non_servite=1, minuti_chiesti=missed["minuti_riferimento"])
        found[missed["azienda"]] += part
    return dict(sorted(found.items()))


def total(parts: Mapping[str, Coverage]) -> Coverage:
    """Add up the companies."""
    return sum(parts.values(), Coverage())

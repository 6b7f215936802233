"""What the payers must know beyond an amount: children, providers, fees, attendance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Self

from nido.matching.solution import Solution
from nido.scenari.domanda import Bambino
from nido.scenari.fields import TimeRange
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Tariffa
from nido.scenari.schema import Scenario

Beneficio = Literal["inps", "irpef"]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the payers must know beyond an amount.

    Attributes
    ----------
    bambini, gestori, tariffe
        By id; only the fees that the scenario writes.
    orario_standard
        Hours of the municipal nido.
    beneficio
        Benefit of the children who state none: the first of the two in the stack.
    famiglie
        Child -> its family, the oldest first, then in file order; only those with siblings.
    giorni
        (child, month ``2026-09``) -> days attended, for the months in which the child is enrolled anywhere.
    """

    bambini: Mapping[str, Bambino]
    gestori: Mapping[str, Gestore] = field(default_factory=dict)
    tariffe: Mapping[str, Tariffa] = field(default_factory=dict)
    orario_standard: TimeRange = Scenario.model_fields["orario_standard"].default
    beneficio: Beneficio = "inps"
    famiglie: Mapping[str, tuple[Bambino, ...]] = field(default_factory=dict)
    giorni: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, solution: Solution | None = None) -> Self:
        """Gather the facts of a scenario, and who attends when in a plan of it."""
        benefits: list[Beneficio] = [
            "irpef" if payer.modo == "irpef" else "inps"
            for payer in scenario.pagatori
            if payer.modo in ("inps", "irpef")
        ]
        return cls(
            bambini={bambino.id: bambino for bambino in scenario.bambini},
            gestori={gestore.id: gestore for gestore in scenario.gestori},
            tariffe={tariffa.id: tariffa for tariffa in scenario.tariffe},
            orario_standard=scenario.orario_standard,
            beneficio=benefits[0] if benefits else "inps",
            famiglie=families(scenario.bambini),
            giorni={
                (served.bambino, month): served.giorni_mese.get(month, 0)
                for served in (() if solution is None else solution.assegnazioni)
                for month in served.mesi
            },
        )

    def with_attendance(
        self, children: Mapping[str, Bambino], giorni: Mapping[tuple[str, str], int]
    ) -> "Facts":
        """Give the same facts with other children, and the days that they attend."""
        return replace(self, bambini=children, famiglie=families(children.values()), giorni=giorni)

    def benefit_of(self, bambino: Bambino) -> Beneficio:
        """Tell which of the two benefits, never both, a child has."""
        return bambino.beneficio or self.beneficio

    def enrolled_siblings(self, bambino: Bambino, month: str) -> tuple[Bambino, ...]:
        """List the children of the family enrolled in a month, the oldest first, then in file order."""
        family = self.famiglie.get(bambino.id, (bambino,))
        return tuple(one for one in family if (one.id, month) in self.giorni)


def families(bambini: Iterable[Bambino]) -> dict[str, tuple[Bambino, ...]]:
    """Give the family of every child who has siblings: all that ``fratello_di`` joins, oldest first."""
    children = {bambino.id: bambino for bambino in bambini}
    joined = {id: [id] for id in children}
    for child in children.values():
        other = child.fratello_di
        if other in joined and joined[other] is not joined[child.id]:
            together = joined[other] + joined[child.id]
            joined |= dict.fromkeys(together, together)
    position = {id: index for index, id in enumerate(children)}
    return {
        id: tuple(sorted((children[one] for one in family), key=lambda one: (one.nascita, position[one.id])))
        for id, family in joined.items()
        if len(family) > 1
    }

"""What the fair shares of a plan are, as the documents show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from nido.accordi.sharing.core import CorePoint
from nido.accordi.sharing.fasce import OpeningShares
from nido.accordi.sharing.solving import Stato

MINUTES_IN_HOUR = 60

Metodo = Literal["bambini", "ore", "shapley", "nucleo"]


@dataclass(frozen=True, slots=True)
class CompanyShare:
    """What one company pays under each way to divide.

    Attributes
    ----------
    bambini, minuti
        Children served and minutes covered in the plan.
    da_sola_cent
        Its cost with all places free and nobody else.
    parti_cent
        Cents by method: ``bambini``, ``ore``, ``shapley``, ``nucleo`` (missing when it is not computed).
    risparmio_cent
        What it saves against going alone, by method; negative when it pays more.
    piu_o_meno_cent
        Half of the 95 % interval of the sampled Shapley value; None when it is exact.
    """

    azienda: str
    bambini: int
    minuti: int
    da_sola_cent: int
    parti_cent: Mapping[Metodo, int]
    risparmio_cent: Mapping[Metodo, int]
    piu_o_meno_cent: int | None


@dataclass(frozen=True, slots=True)
class CoalitionRow:
    """The cost of a group; for all companies together the least one, which the plan may exceed."""

    aziende: tuple[str, ...]
    costo_cent: int
    produzione_cent: int
    alternativa_cent: int
    fuori: int
    minuti_fuori: int
    limite_cent: int | None
    stato: Stato


@dataclass(frozen=True, slots=True)
class Group:
    """A group that would be better off alone, and by how much."""

    aziende: tuple[str, ...]
    guadagno_cent: int


@dataclass(frozen=True, slots=True)
class MethodCheck:
    """Whether a method keeps everybody in: how many groups would leave, and who gains most by it.

    It looks at the exact shares; in whole cents a group may pay one more.
    """

    metodo: Metodo
    gruppi: int
    peggiore: Group | None


@dataclass(frozen=True, slots=True)
class Core:
    """Whether some shares keep every group in.

    Attributes
    ----------
    vuoto
        True when there are none.
    punto
        What the method ``nucleo`` is: the Shapley value, the point of the core nearest to it, the nucleolus.
    eccesso_cent
        The most that some group pays beyond its cost alone under the shares for which that is least, rounded
        up; 0 or negative when the core is not empty.
    """

    vuoto: bool
    punto: CorePoint
    eccesso_cent: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Fair shares of a plan's cost (docs/modello.md, section 18).

    Attributes
    ----------
    costo_piano_cent
        Production cost of the plan: what is divided.
    costo_minimo_cent
        Least cost of serving the same with all companies together; None when it was not solved.
    ora_alternativa_cent, uso_alternativa
        The outside option of the scenario.
    aziende
        Companies of the scenario, in order; those without a served child pay nothing.
    metodi
        The core check of each method, over the coalitions solved.
    nucleo
        None when not every coalition was solved.
    coalizioni
        Every coalition solved, from the empty one.
    fasce
        The cost of each opened fascia.
    esatto
        True when every coalition counts; False for a sample.
    permutazioni
        Orders drawn; None when exact.
    dimostrato
        True when the cost of every coalition that counts is proven.
    arrotondamento_cent
        Largest difference that rounding can make in the cost of one coalition.
    """

    avvertenza: str
    costo_piano_cent: int
    costo_minimo_cent: int | None
    ora_alternativa_cent: int
    uso_alternativa: str
    aziende: tuple[CompanyShare, ...]
    metodi: tuple[MethodCheck, ...]
    nucleo: Core | None
    coalizioni: tuple[CoalitionRow, ...]
    fasce: tuple[OpeningShares, ...]
    esatto: bool
    permutazioni: int | None
    dimostrato: bool
    arrotondamento_cent: int

    @property
    def prezzo_pari_cent(self) -> Fraction | None:
        """Price of an hour outside at which all companies alone cost together what the plan costs.

        Cents per child and hour. Above it the plan costs less than the companies alone. None when it depends
        on more than the price (``se_conviene``), or when no company alone buys anything outside.
        """
        alone = [row for row in self.coalizioni if len(row.aziende) == 1]
        minutes = sum(row.minuti_fuori for row in alone)
        if self.uso_alternativa != "se_serve" or not minutes:
            return None
        made = sum(row.produzione_cent for row in alone)
        return Fraction((self.costo_piano_cent - made) * MINUTES_IN_HOUR, minutes)

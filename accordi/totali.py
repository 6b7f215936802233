"""Totals of a ledger: per payer, company, provider, agreement and month, and unit costs."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from nido.accordi.amount import season_months
from nido.accordi.money import half_up
from nido.accordi.pagatori import COMPANY, SCOPERTO, label
from nido.matching.solution import Solution
from nido.scenari.schema import Scenario

MINUTES_IN_HOUR = 60

Key = TypeVar("Key", bound=Hashable)


class Line(Protocol):
    """What the totals read of a ledger line."""

    @property
    def data(self) -> date: ...
    @property
    def azienda(self) -> str: ...
    @property
    def gestore(self) -> str: ...
    @property
    def stagione(self) -> str: ...
    @property
    def importo_cent(self) -> int: ...
    @property
    def pagatore(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AgreementTotal:
    """Price-list total of one agreement, in cents."""

    azienda: str
    gestore: str
    stagione: str
    totale_cent: int


@dataclass(frozen=True, slots=True)
class Totali:
    """Totals of a ledger, in cents (docs/risultato.md, Registro).

    Attributes
    ----------
    totale_cent
        Everything at the price list; equal to the sum of `per_pagatore`.
    per_pagatore
        By payer, in the order of the stack, ``scoperto`` last; only payers who pay something.
    per_azienda, per_gestore
        Whole price of the agreements of a company or of a provider, whoever pays it; in the order of the
        scenario, only those with lines.
    per_accordo
        Every agreement of the plan, in its order, also those that cost nothing.
    per_azienda_mese
        The part that each company pays, by month of the line's date: hours and meals, which have one line a
        season, fall in its first month.
    costo_produzione_cent
        Additional production cost of the plan, as the plan states it.
    costo_per_ora_coperta_cent
        `totale_cent` by hour of care covered, rounded half up; None when no hour is covered.
    costo_per_posto_cent
        `totale_cent` by reserved place and month, rounded half up; None when no place is reserved.
    """

    totale_cent: int
    per_pagatore: Mapping[str, int]
    per_azienda: Mapping[str, int]
    per_gestore: Mapping[str, int]
    per_accordo: tuple[AgreementTotal, ...]
    per_azienda_mese: Mapping[str, Mapping[str, int]]
    costo_produzione_cent: int
    costo_per_ora_coperta_cent: int | None
    costo_per_posto_cent: int | None


def add_up(scenario: Scenario, solution: Solution, righe: Sequence[Line]) -> Totali:
    """Add up the lines of a ledger.

    Parameters
    ----------
    scenario
        The scenario, for the order of names and the months of its seasons.
    solution
        The plan, for agreements, covered minutes and production cost.
    righe
        Lines of the ledger.

    Returns
    -------
    Totali
        The totals.
    """
    total = sum(riga.importo_cent for riga in righe)
    payers = [label(payer, azienda) for payer in scenario.pagatori for azienda in scenario.aziende]
    by_agreement = _sums(((riga.azienda, riga.gestore, riga.stagione), riga.importo_cent) for riga in righe)
    companies = [azienda.id for azienda in scenario.aziende]
    minutes = sum(served.minuti_richiesti - served.minuti_scoperti for served in solution.assegnazioni)
    return Totali(
        totale_cent=total,
        per_pagatore=_ordered(
            _sums((riga.pagatore, riga.importo_cent) for riga in righe), [*payers, SCOPERTO]
        ),
        per_azienda=_ordered(_sums((riga.azienda, riga.importo_cent) for riga in righe), companies),
        per_gestore=_ordered(
            _sums((riga.gestore, riga.importo_cent) for riga in righe),
            [gestore.id for gestore in scenario.gestori],
        ),
        per_accordo=tuple(
            AgreementTotal(*key, by_agreement.get(key, 0))
            for key in ((item.azienda, item.gestore, item.stagione) for item in solution.accordi)
        ),
        per_azienda_mese=_by_month(righe, companies),
        costo_produzione_cent=solution.costo_produzione_cent,
        costo_per_ora_coperta_cent=_unit_cost(total * MINUTES_IN_HOUR, minutes),
        costo_per_posto_cent=_unit_cost(total, _place_months(scenario, solution)),
    )


def _sums(pairs: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    found: dict[Key, int] = defaultdict(int)
    for key, importo in pairs:
        found[key] += importo
    return dict(found)


def _ordered(sums: Mapping[str, int], names: Iterable[str]) -> dict[str, int]:
    return {name: sums[name] for name in names if name in sums}


def _by_month(righe: Iterable[Line], companies: Iterable[str]) -> dict[str, dict[str, int]]:
    own = [riga for riga in righe if riga.pagatore == f"{COMPANY}:{riga.azienda}"]
    sums = _sums(((riga.azienda, f"{riga.data:%Y-%m}"), riga.importo_cent) for riga in own)
    months = sorted({month for _, month in sums})
    table = {
        azienda: {month: sums[azienda, month] for month in months if (azienda, month) in sums}
        for azienda in companies
    }
    return {azienda: by_month for azienda, by_month in table.items() if by_month}


def _place_months(scenario: Scenario, solution: Solution) -> int:
    months = {stagione.id: len(season_months(stagione)) for stagione in scenario.stagioni}
    return sum(agreement.posti * months[agreement.stagione] for agreement in solution.accordi)


def _unit_cost(amount: int, units: int) -> int | None:
    return half_up(Decimal(amount) / units) if units else None

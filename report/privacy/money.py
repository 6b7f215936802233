"""The ledger as an audience may read it: no line of one child, no payer that tells a family's ISEE class.

For the district the lines are those of the result. For everybody else:

- whoever pays and is no company is `OTHER_PAYERS`, one payer;
- what a company pays is replaced by its flat share of the list price where a payer before it depends on a
  family (INPS): the rest of that payer's amount would tell the family's ISEE class. The public side balances;
- a company reads the lines of an agreement only where the children of every component, in every month, are
  enough, and those of its other agreements together are enough too, or nobody: quantity times price would
  tell how many there are, and a month's amount beside the price of a place whether it was used. Everything
  else stands in the totals of the whole plan alone. What it can plan with month by month is its commitment
  (`nido.report.privacy.commitments`), which does not depend on use.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nido.accordi.pagatori import COMPANY, revealing
from nido.report.privacy.cells import Cell, part_of, steady
from nido.report.privacy.company_part import own_cents, own_parts
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import (
    OTHER_PAYERS,
    CompanyMonth,
    Count,
    Line,
    NamedCents,
    Totals,
)
from nido.scenari.field_text import format_decimal

AgreementKey = tuple[str, str, str]
VAT = "iva"
# End of the source of a price -> its component, for the VAT of an amount.
TAXED = {
    "vuoto_per_pieno": "vuoto",
    "posto_mese": "posto",
    "ora_bambino": "ora",
    "pasto_giorno": "pasto",
}


@dataclass(frozen=True, slots=True)
class Money:
    """Lines and totals of an audience.

    Attributes
    ----------
    lines
        Lines that it may read.
    whole
        The same of all its agreements: only their sums over the plan may be written.
    flat
        Whether a company's part was replaced by its flat share.
    """

    lines: tuple[Line, ...]
    whole: tuple[Line, ...]
    flat: bool


def agreement_of(row: Row) -> AgreementKey:
    """Give the agreement that a row of the result belongs to."""
    return row["azienda"], row["gestore"], row["stagione"]


def money_of(scope: Scope, children: Mapping[AgreementKey, Count]) -> Money:
    """Give the lines of the ledger that an audience may read.

    Parameters
    ----------
    scope
        What is seen.
    children
        Published children of each agreement of a company; a hidden one keeps its lines together.
    """
    rows = [row for row in scope.document["registro"]["righe"] if scope.mine(row)]
    if scope.audience == "distretto":
        lines = tuple(_as_it_is(row) for row in rows)
        return Money(lines, lines, False)
    flat = any(_replaced(scope, _taxed(row["componente"], row["fonte"])) for row in rows)
    apart = _agreements_apart(scope, rows, children)
    whole: list[Line] = []
    shown: list[Line] = []
    for key in dict.fromkeys(map(agreement_of, rows)):
        lines_of_it = _grouped(_company_and_others(scope, [row for row in rows if agreement_of(row) == key]))
        whole += lines_of_it
        shown += lines_of_it if key in apart else ()
    return Money(tuple(shown), tuple(whole), flat)


def _agreements_apart(
    scope: Scope, rows: Sequence[Row], children: Mapping[AgreementKey, Count]
) -> frozenset[AgreementKey]:
    """Choose the agreements whose lines may be read: the sum of the others must not tell of a few either."""
    keys = frozenset(map(agreement_of, rows))
    if scope.audience == "gestore":
        return keys
    found = frozenset(
        key
        for key in keys
        if _tells_nobody(scope, key, [row for row in rows if agreement_of(row) == key], children.get(key))
    )
    rest = {row["bambino"] for row in scope.own("assegnazioni") if agreement_of(row) not in found}
    return frozenset() if scope.small(rest) else found


def _as_it_is(row: Row) -> Line:
    return Line(
        data=date.fromisoformat(row["data"]),
        azienda=row["azienda"],
        gestore=row["gestore"],
        stagione=row["stagione"],
        bambino=row["bambino"],
        componente=row["componente"],
        quantita=row["quantita"],
        unita=row["unita"],
        prezzo_cent=row["prezzo_cent"],
        importo_cent=row["importo_cent"],
        pagatore=row["pagatore"],
        fonte=row["fonte"],
    )


def _company_and_others(scope: Scope, rows: Sequence[Row]) -> Iterable[Line]:
    """Divide every amount of an agreement between its company and everybody else."""
    amounts: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for row in rows:
        line = _as_it_is(row)
        amounts[line.data, line.bambino, line.componente, line.fonte].append(line)
    for parts in amounts.values():
        first, whole = parts[0], sum(part.importo_cent for part in parts)
        payer = f"{COMPANY}:{first.azienda}"
        paid = sum(part.importo_cent for part in parts if part.pagatore == payer)
        if _replaced(scope, _taxed(first.componente, first.fonte or "")):
            paid = _flat_share(scope, first, whole)
        for name, cents in ((payer, paid), (OTHER_PAYERS, whole - paid)):
            if cents:
                yield replace(first, bambino=None, pagatore=name, importo_cent=cents)


def _replaced(scope: Scope, component: str) -> bool:
    """Tell whether the company's part of a component depends on what a family earns."""
    return any(component in payer.voci for payer in revealing(scope.scenario.pagatori))


def _taxed(component: str, source: str) -> str:
    """Give the component whose payers pay an amount: for VAT, the one on which it is due."""
    if component != VAT:
        return component
    return next((name for end, name in TAXED.items() if source.endswith(end)), "fascia")


def _flat_share(scope: Scope, line: Line, whole: int) -> int:
    """Reckon the company's share of the list price, as if nobody had paid before it."""
    component = _taxed(line.componente, line.fonte or "")
    return own_cents(own_parts(scope.scenario, line.azienda, component, line.data, flat=True), whole)


def _grouped(lines: Iterable[Line]) -> list[Line]:
    """Add up what differs by nothing but the child."""
    found: dict[Line, tuple[Decimal, int]] = {}
    for line in lines:
        key = replace(line, quantita=None, importo_cent=0)
        quantity, cents = found.get(key, (Decimal(0), 0))
        found[key] = quantity + Decimal(line.quantita or 0), cents + line.importo_cent
    return [
        replace(key, quantita=format_decimal(quantity), importo_cent=cents)
        for key, (quantity, cents) in found.items()
    ]


def _tells_nobody(scope: Scope, key: AgreementKey, rows: Sequence[Row], children: Count) -> bool:
    """Tell whether the components of a company's agreement may stand apart."""
    shared = scope.scenario.regole.posti_riservati.condivisione_tra_aziende
    agreement = next(row for row in scope.own("accordi") if agreement_of(row) == key)
    if children is None or shared or not steady(agreement["usati_mese"].values(), scope.threshold):
        return False
    served = [row["bambino"] for row in scope.own("assegnazioni") if agreement_of(row) == key]
    whole = Cell(len(served), scope.behind(served))
    groups: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if row["bambino"] is not None:
            groups[row["componente"], row["fonte"]][row["data"]].add(row["bambino"])
    for months in groups.values():
        for inside in months.values():
            if part_of(Cell(len(inside), scope.behind(inside)), whole, scope.threshold) is None:
                return False
        # The same children all along: who comes or leaves would be told by the difference.
        if len({frozenset(inside) for inside in months.values()}) > 1:
            return False
    return True


def totals_of(scope: Scope, money: Money) -> Totals:
    """Add up what concerns an audience; by month and provider only where every line may be read."""
    companies = scope.companies()
    lines, every = money.lines, money.whole
    complete = len(lines) == len(every)
    providers = scope.providers() if complete else ()
    months = sorted({_month(line) for line in every}) if complete else []
    payers = sorted({line.pagatore for line in every}, key=lambda name: _payer_order(scope, name))
    own = [line for line in every if line.pagatore == f"{COMPANY}:{line.azienda}"]
    production = scope.document["registro"]["totali"]["costo_produzione_cent"]
    return Totals(
        listino_cent=sum(line.importo_cent for line in every),
        per_payer=_named(payers, ((line.pagatore, line.importo_cent) for line in every)),
        per_company=_named(companies, ((line.azienda, line.importo_cent) for line in every)),
        per_provider=_named(providers, ((line.gestore, line.importo_cent) for line in every)),
        per_month=_named(months, ((_month(line), line.importo_cent) for line in every)),
        per_company_month=tuple(
            CompanyMonth(company, month, cents)
            for company in companies
            for month in months
            if (
                cents := sum(
                    line.importo_cent for line in own if (line.azienda, _month(line)) == (company, month)
                )
            )
        ),
        costo_produzione_cent=production if scope.audience == "distretto" else None,
    )


def _month(line: Line) -> str:
    return f"{line.data:%Y-%m}"


def _payer_order(scope: Scope, name: str) -> tuple[int, int, str]:
    """Companies first, in the order of the scenario, then the payers of the stack, then whoever else."""
    companies = [f"{COMPANY}:{company.id}" for company in scope.scenario.aziende]
    stack = [payer.id for payer in scope.scenario.pagatori]
    if name in companies:
        return 0, companies.index(name), name
    return (1, stack.index(name), name) if name in stack else (2, 0, name)


def _named(names: Iterable[str], pairs: Iterable[tuple[str, int]]) -> tuple[NamedCents, ...]:
    sums: dict[str, int] = defaultdict(int)
    for name, cents in pairs:
        sums[name] += cents
    return tuple(NamedCents(name, sums[name]) for name in names if name in sums)

"""The ledger as an audience may read it: no line of one child, no payer that tells a family's ISEE class.

For the district the lines are those of the result. For everybody else:

- whoever pays and is no company is `OTHER_PAYERS`, one payer;
- what a company pays is replaced by its flat share of the list price where a payer before it depends on a
  family (INPS): the rest of that payer's amount would tell the family's ISEE class. The public side balances;
- a company reads one line a month for each agreement, unless the children of every component, in every month,
  are enough: quantity times price would tell how many there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from nido.accordi.money import half_up
from nido.accordi.pagatori import COMPANY, is_company, revealing
from nido.report.privacy.cells import Cell, part_of, steady
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import (
    OTHER_PAYERS,
    WHOLE_AGREEMENT,
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
    """Visible lines, and whether a company's part was replaced by its flat share."""

    lines: tuple[Line, ...]
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
        return Money(tuple(_as_it_is(row) for row in rows), False)
    flat = any(_replaced(scope, _taxed(row["componente"], row["fonte"])) for row in rows)
    lines: list[Line] = []
    for key in dict.fromkeys(map(agreement_of, rows)):
        mine = [row for row in rows if agreement_of(row) == key]
        parts = _grouped(_company_and_others(scope, mine))
        apart = scope.audience == "gestore" or _tells_nobody(scope, key, mine, children.get(key))
        lines += parts if apart else _months_together(parts)
    return Money(tuple(lines), flat)


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
    """Reckon the company's share of the list price, as if nobody had paid before it.

    A sum per child, or a price less the fee, has the company's own share in its place; what is co-financed is
    taken off.
    """
    company = next(item for item in scope.scenario.aziende if item.id == line.azienda)
    component = _taxed(line.componente, line.fonte or "")
    found, parts = 0, dict[str, int]()
    for payer in scope.scenario.pagatori:
        there = (payer.dal or line.data) <= line.data <= (payer.al or line.data)
        if component not in payer.voci or not there:
            continue
        if is_company(payer):
            share = payer.quota if payer.modo == "quota" else company.quota
            parts[payer.id] = half_up(share * (whole - found))
            found += parts[payer.id]
        elif payer.modo == "cofinanziamento":
            further = payer.quota_certificata if company.certificata else Decimal(0)
            parts[payer.di or ""] = parts.get(payer.di or "", 0)
            parts[payer.di or ""] -= half_up(min(Decimal(1), payer.quota + further) * parts[payer.di or ""])
    return sum(parts.values())


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


def _months_together(lines: Iterable[Line]) -> list[Line]:
    """Make one line for each month and payer."""
    found: dict[Line, int] = defaultdict(int)
    for line in lines:
        key = replace(
            line,
            componente=WHOLE_AGREEMENT,
            quantita=None,
            unita=None,
            prezzo_cent=None,
            fonte=None,
            importo_cent=0,
        )
        found[key] += line.importo_cent
    # Cents that a flat share moved from one payer to the other may leave nothing.
    merged = [replace(key, importo_cent=cents) for key, cents in found.items() if cents]
    return sorted(merged, key=lambda line: (line.data, line.pagatore == OTHER_PAYERS))


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


def totals_of(scope: Scope, lines: Sequence[Line]) -> Totals:
    """Add up the visible lines."""
    companies, providers = scope.companies(), scope.providers()
    payers = sorted({line.pagatore for line in lines}, key=lambda name: _payer_order(scope, name))
    own = [line for line in lines if line.pagatore == f"{COMPANY}:{line.azienda}"]
    months = sorted({_month(line) for line in lines})
    production = scope.document["registro"]["totali"]["costo_produzione_cent"]
    return Totals(
        listino_cent=sum(line.importo_cent for line in lines),
        per_payer=_named(payers, ((line.pagatore, line.importo_cent) for line in lines)),
        per_company=_named(companies, ((line.azienda, line.importo_cent) for line in lines)),
        per_provider=_named(providers, ((line.gestore, line.importo_cent) for line in lines)),
        per_month=_named(months, ((_month(line), line.importo_cent) for line in lines)),
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

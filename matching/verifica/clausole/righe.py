"""Lines and totals of a path against those that its replay gives (docs/clausole.md, section 9)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from nido.data.lingua import text
from nido.matching.verifica.clausole.casi import Amounts
from nido.matching.verifica.clausole.pagati import Settled
from nido.matching.verifica.forma import Table
from nido.matching.verifica.pagatori import total_by_payer
from nido.matching.verifica.violazione import Violation, euro_text, half_up

NAME = "accordi"


class Line(NamedTuple):
    """A line of a ledger, its quantity exact."""

    data: str
    azienda: str
    gestore: str
    stagione: str
    componente: str
    bambino: str | None
    quantita: Fraction
    unita: str
    prezzo_cent: int
    importo_cent: int
    pagatore: str
    fonte: str

    @property
    def where(self) -> tuple[str, ...]:
        """What the line is about."""
        names = (self.data, self.azienda, self.gestore, self.componente, self.bambino)
        return tuple(name for name in names if name is not None)


def expected_lines(settled: Iterable[Settled]) -> Iterable[Line]:
    """Write the lines of a path: one for each item and payer."""
    for owed, parts in ((one.owed, one.parts) for one in settled):
        item = owed.item
        for payer, amount in total_by_payer(parts).items():
            yield Line(
                data=item.day.isoformat(),
                azienda=owed.convention[0],
                gestore=owed.convention[1],
                stagione=owed.stagione,
                componente=item.componente,
                bambino=item.bambino,
                quantita=item.quantity,
                unita=item.unita,
                prezzo_cent=half_up(item.price),
                importo_cent=amount,
                pagatore=payer,
                fonte=item.fonte,
            )


def stated_line(row: Table) -> Line:
    """Read a line of a document."""
    values = {name: row[name] for name in Line._fields}
    return Line(**{**values, "quantita": Fraction(Decimal(row["quantita"]))})


def check_rows(where: str, rows: Iterable[Table], settled: Iterable[Settled]) -> list[Violation]:
    """Compare the lines of a path, whatever their order."""
    stated = Counter(stated_line(row) for row in rows)
    wanted = Counter(expected_lines(settled))
    wrong: dict[tuple[str, ...], tuple[list[Line], list[Line]]] = {}
    for line in (stated - wanted).elements():
        wrong.setdefault(line.where, ([], []))[0].append(line)
    for line in (wanted - stated).elements():
        wrong.setdefault(line.where, ([], []))[1].append(line)
    return [
        Violation(NAME, "/".join((where, "righe", *names)), _difference(said, true))
        for names, (said, true) in sorted(wrong.items())
    ]


def _difference(said: Sequence[Line], true: Sequence[Line]) -> str:
    return text(
        "scritto {said}, risulta {true}", "states {said}, is {true}", said=_shown(said), true=_shown(true)
    )


def _shown(lines: Sequence[Line]) -> str:
    """Write lines of the same thing in short."""
    return ", ".join(
        f"{float(line.quantita):g} {line.unita} × {euro_text(line.prezzo_cent)}: "
        f"{line.pagatore} {euro_text(line.importo_cent)} ({line.stagione}, {line.fonte})"
        for line in lines
    ) or text("nessuna riga", "no line")


def sums(settled: Iterable[Settled]) -> dict[str, dict[str, int]]:
    """Add up what is paid by payer, company, provider and component."""
    payers: dict[str, int] = {}
    companies: dict[str, int] = {}
    providers: dict[str, int] = {}
    components: dict[str, int] = {}
    for one in settled:
        if not one.parts:
            continue
        whole = 0
        for (payer, _), amount in one.parts.items():
            payers[payer] = payers.get(payer, 0) + amount
            whole += amount
        (azienda, gestore), componente = one.owed.convention, one.owed.item.componente
        companies[azienda] = companies.get(azienda, 0) + whole
        providers[gestore] = providers.get(gestore, 0) + whole
        components[componente] = components.get(componente, 0) + whole
    return {
        "per_pagatore": payers,
        "per_azienda": companies,
        "per_gestore": providers,
        "per_componente": components,
    }


def amounts_of(totals: Mapping[str, Mapping[str, int]]) -> Amounts:
    """Give what every payer pays and every provider is paid, of the sums of a path."""
    return Amounts(totals["per_pagatore"], totals["per_gestore"])


def check_totals(where: str, stated: Table, wanted: Mapping[str, Mapping[str, int]]) -> list[Violation]:
    """Compare the totals of a path with the sums of its replay."""
    total = sum(wanted["per_pagatore"].values())
    found = _compare(f"{where}/totali/totale_cent", {"": stated["totale_cent"]}, {"": total})
    for name, amounts in wanted.items():
        found += _compare(f"{where}/totali/{name}", stated[name], amounts)
    return found


def _compare(where: str, stated: Mapping[str, int], true: Mapping[str, Any]) -> list[Violation]:
    return [
        Violation(
            NAME,
            f"{where}/{key}".rstrip("/"),
            text(
                "scritto {stated}, risulta {true}",
                "states {stated}, is {true}",
                stated=euro_text(stated.get(key, 0)),
                true=euro_text(true.get(key, 0)),
            ),
        )
        for key in sorted({*stated, *true})
        if stated.get(key, 0) != true.get(key, 0)
    ]

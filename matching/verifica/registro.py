"""Ledger of a document: every line, payer and total recomputed (docs/modello.md, section 10)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from nido.data.lingua import text
from nido.matching.verifica.costi import exact_cost
from nido.matching.verifica.documento import unknown_names
from nido.matching.verifica.finestre import window
from nido.matching.verifica.forma import Table
from nido.matching.verifica.iva import with_vat
from nido.matching.verifica.pagatori import (
    UNPAID,
    Attended,
    Bill,
    Part,
    Purse,
    payer_name,
    split,
    total_by_payer,
)
from nido.matching.verifica.piano import Agreement, Plan
from nido.matching.verifica.posti import PriceItem, minimum_places, price_items
from nido.matching.verifica.presenze import covered_minutes
from nido.matching.verifica.tempo import month_of, request_months, season_months
from nido.matching.verifica.violazione import Violation, euro_text, half_up

NAME = "registro"
POOLED = ("posto", "vuoto")


class ItemKey(NamedTuple):
    """What tells an item of the ledger from the others; the child is None for places of the agreement."""

    data: str
    azienda: str
    gestore: str
    stagione: str
    componente: str
    bambino: str | None
    fonte: str


def _key(row: Table) -> ItemKey:
    child = None if row["componente"] in POOLED else row["bambino"]
    names = (row["data"], row["azienda"], row["gestore"], row["stagione"], row["componente"])
    return ItemKey(*names, child, row["fonte"])


def _where(names: Iterable[str | None]) -> str:
    return "/".join(name for name in names if name is not None)


def settled_items(plan: Plan) -> dict[ItemKey, tuple[PriceItem, Mapping[Part, int]]]:
    """List what the agreements owe and who pays it, in the order in which limited payers are used up."""
    seasons = list(plan.case.stagioni)
    purse, attended = Purse(), attendance(plan)
    found: dict[ItemKey, tuple[PriceItem, Mapping[Part, int]]] = {}
    for agreement in sorted(plan.agreements(), key=lambda names: seasons.index(names[2])):
        items = price_items(plan, agreement, minimum_places(plan, agreement))
        for item in with_vat(plan.case, agreement[1], items):
            key = ItemKey(item.day.isoformat(), *agreement, item.componente, item.bambino, item.fonte)
            found[key] = (item, split(plan.case, bill_of(plan, agreement, item, attended), purse))
    return found


def attendance(plan: Plan) -> Attended:
    """Count the days on which every child of a plan has a window at its provider, in each month enrolled."""
    found: dict[tuple[str, str], int] = {}
    for (bambino, stagione), gestore in plan.assigned.items():
        days = Counter(month_of(day) for day in window(plan.case, bambino, gestore, stagione))
        for month in request_months(plan.case, bambino, stagione):
            found[bambino, month] = days[month]
    return found


def bill_of(plan: Plan, agreement: Agreement, item: PriceItem, attended: Attended) -> Bill:
    """Write the bill of an item: its children are the one it names, or those enrolled in its month."""
    azienda, gestore, stagione = agreement
    children: tuple[str, ...] = () if item.bambino is None else (item.bambino,)
    if item.bambino is None:
        (month,) = item.months
        members = plan.members(agreement)
        children = tuple(child for child in members if month in request_months(plan.case, child, stagione))
    by_child = item.bambino is not None
    hours = item.quantity if item.componente == "ora" else Fraction(0)
    return Bill(
        azienda,
        item.componente,
        children,
        by_child,
        item.months,
        item.due,
        hours,
        item.day,
        gestore,
        item.fascia,
        item.taxed,
        attended,
    )


def check_lines(plan: Plan, lines: Iterable[Table]) -> list[Violation]:
    """Check names, amounts, sources and payers of every line, and that no line is left out."""
    found: list[Violation] = []
    expected = settled_items(plan)
    stated: dict[ItemKey, list[Table]] = {}
    for place, row in enumerate(lines):
        wrong = unknown_names(plan.case, row, f"righe[{place}]")
        found += wrong
        if not wrong:
            key, problems = _known_source(_key(row), expected)
            found += problems
            stated.setdefault(key, []).append(row)
    for key in sorted({*stated, *expected}, key=str):
        found += _item(key, stated.get(key, []), expected.get(key))
    return found


def _known_source(key: ItemKey, expected: Iterable[ItemKey]) -> tuple[ItemKey, list[Violation]]:
    """Refuse a source that is not that of the price; the line then counts for the only item it can be of."""
    sources = [other.fonte for other in expected if other[:-1] == key[:-1]]
    if not sources or key.fonte in sources:
        return key, []
    sentence = text(
        "fonte del prezzo «{stated}», attesa {true}",
        "source of the price “{stated}”, expected {true}",
        stated=key.fonte,
        true=", ".join(sources),
    )
    where = f"{_where(key[:-1])}/fonte"
    return (key._replace(fonte=sources[0]) if len(sources) == 1 else key), [Violation(NAME, where, sentence)]


def _item(
    key: ItemKey, lines: list[Table], expected: tuple[PriceItem, Mapping[Part, int]] | None
) -> list[Violation]:
    total = sum(line["importo_cent"] for line in lines)
    due = expected[0].due if expected else 0
    if total != due:
        sentence = text(
            "righe per {total}, dovuti {due}",
            "lines for {total}, {due} due",
            total=euro_text(total),
            due=euro_text(due),
        )
        return [Violation(NAME, _where(key[:-1]), sentence)]
    if expected is None:
        return []
    item, parts = expected
    found = _payers(key, lines, parts)
    return found + [problem for line in lines for problem in _price(key, line, item)]


def _payers(key: ItemKey, lines: list[Table], parts: Mapping[Part, int]) -> list[Violation]:
    """Compare the payers of one item; lines that name a child also with that child's part."""
    paid: Counter[str] = Counter()
    by_child: Counter[tuple[str, str]] = Counter()
    for line in lines:
        paid[line["pagatore"]] += line["importo_cent"]
        if line["bambino"] is not None:
            by_child[line["pagatore"], line["bambino"]] += line["importo_cent"]
    wanted = total_by_payer(parts)
    found: list[Violation] = []
    for payer in sorted({*paid, *wanted}):
        if paid[payer] != wanted.get(payer, 0):
            found.append(_wrong_part((*key[:-1], payer), paid[payer], wanted.get(payer, 0)))
    if not found:
        for (payer, child), amount in sorted(by_child.items()):
            if amount != parts.get((payer, child), 0):
                found.append(_wrong_part((*key[:-1], payer, child), amount, parts.get((payer, child), 0)))
    return found


def _wrong_part(where: tuple[str | None, ...], stated: int, true: int) -> Violation:
    sentence = text(
        "paga {stated}, gli tocca {true}",
        "pays {stated}, owes {true}",
        stated=euro_text(stated),
        true=euro_text(true),
    )
    return Violation(NAME, _where(where), sentence)


def _price(key: ItemKey, line: Table, item: PriceItem) -> list[Violation]:
    """Check quantity, unit and unit price of a line."""
    quantity, price = Fraction(Decimal(line["quantita"])), line["prezzo_cent"]
    found: list[Violation] = []
    if quantity != item.quantity or price != half_up(item.price):
        sentence = text(
            "quantità {quantity} a {price} non è del listino",
            "quantity {quantity} at {price} is not of the price list",
            quantity=line["quantita"],
            price=euro_text(price),
        )
        found.append(Violation(NAME, _where(key[:-1]), sentence))
    if line["unita"] != item.unita:
        sentence = text(
            "unità «{stated}», attesa {true}",
            "unit “{stated}”, expected {true}",
            stated=line["unita"],
            true=item.unita,
        )
        found.append(Violation(NAME, f"{_where(key[:-1])}/unita", sentence))
    return found


def check_totals(plan: Plan, ledger: Table) -> list[Violation]:
    """Check every total against the lines, and the exact production cost."""
    sums: dict[str, Counter[Any]] = {
        name: Counter() for name in ("pagatore", "azienda", "gestore", "accordo", "mese")
    }
    total = 0
    for row in ledger["righe"]:
        amount = row["importo_cent"]
        total += amount
        sums["pagatore"][row["pagatore"]] += amount
        sums["azienda"][row["azienda"]] += amount
        sums["gestore"][row["gestore"]] += amount
        sums["accordo"][row["azienda"], row["gestore"], row["stagione"]] += amount
        if row["pagatore"] == f"azienda:{row['azienda']}":
            sums["mese"][row["azienda"], row["data"][:7]] += amount
    stated = ledger["totali"]
    by_agreement: Counter[Any] = Counter()
    for row in stated["per_accordo"]:
        by_agreement[row["azienda"], row["gestore"], row["stagione"]] += row["totale_cent"]
    by_month = {
        (azienda, month): amount
        for azienda, months in stated["per_azienda_mese"].items()
        for month, amount in months.items()
    }
    pairs: list[tuple[str, Mapping[Any, int], Mapping[Any, int]]] = [
        ("totale_cent", {"": stated["totale_cent"]}, {"": total}),
        ("per_pagatore", stated["per_pagatore"], sums["pagatore"]),
        ("per_azienda", stated["per_azienda"], sums["azienda"]),
        ("per_gestore", stated["per_gestore"], sums["gestore"]),
        ("per_accordo", by_agreement, sums["accordo"]),
        ("per_azienda_mese", by_month, sums["mese"]),
        (
            "costo_produzione_cent",
            {"": stated["costo_produzione_cent"]},
            {"": half_up(exact_cost(plan))},
        ),
    ]
    found = [problem for name, one, other in pairs for problem in _compare(name, one, other)]
    return found + _unit_costs(plan, stated, total)


def _unit_costs(plan: Plan, stated: Table, total: int) -> list[Violation]:
    """Check what a covered hour and a reserved place of a month cost; null where there is none."""
    case = plan.case
    minutes = sum(
        covered_minutes(case, bambino, gestore, stagione, plan.fasce(bambino, stagione))
        for (bambino, stagione), gestore in plan.assigned.items()
    )
    places = sum(
        minimum_places(plan, agreement) * len(season_months(case, agreement[2]))
        for agreement in plan.agreements()
    )
    wanted = {
        "costo_per_ora_coperta_cent": half_up(Fraction(total * 60, minutes)) if minutes else None,
        "costo_per_posto_cent": half_up(Fraction(total, places)) if places else None,
    }
    return [
        Violation(
            NAME,
            f"totali/{name}",
            text(
                "scritto {stated}, risulta {true}",
                "states {stated}, is {true}",
                stated=_amount(stated[name]),
                true=_amount(true),
            ),
        )
        for name, true in wanted.items()
        if stated[name] != true
    ]


def _amount(cent: int | None) -> str:
    return text("nessuno", "none") if cent is None else euro_text(cent)


def _compare(name: str, stated: Mapping[Any, int], true: Mapping[Any, int]) -> list[Violation]:
    """Compare two tables of amounts; an amount of nothing may be left out."""
    found: list[Violation] = []
    for key in sorted({*stated, *true}, key=str):
        if stated.get(key, 0) != true.get(key, 0):
            names = key if isinstance(key, tuple) else (key,)
            sentence = text(
                "scritto {stated}, risulta {true}",
                "states {stated}, is {true}",
                stated=euro_text(stated.get(key, 0)),
                true=euro_text(true.get(key, 0)),
            )
            found.append(Violation(NAME, "/".join(("totali", name, *names)).rstrip("/"), sentence))
    return found


def known_payers(plan: Plan) -> frozenset[str]:
    """Names that may pay: those of the stack, and what nobody pays."""
    scenario = plan.case.scenario
    names = {payer_name(payer, company.id) for payer in scenario.pagatori for company in scenario.aziende}
    return frozenset({*names, UNPAID})


def unpaid(lines: Iterable[Table]) -> bool:
    """Tell whether some line is paid by nobody."""
    return any(row["pagatore"] == UNPAID and row["importo_cent"] for row in lines)

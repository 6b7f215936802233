"""Ledger of a document: every line, payer and total recomputed (docs/risultato.md, section Registro)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nido.data.lingua import text
from nido.matching.verifica.costi import exact_cost
from nido.matching.verifica.documento import unknown_names
from nido.matching.verifica.forma import Table
from nido.matching.verifica.pagatori import UNPAID, Bill, payer_name, split, total_by_payer
from nido.matching.verifica.piano import Agreement, Plan
from nido.matching.verifica.posti import PriceItem, minimum_places, price_items, used_by_month
from nido.matching.verifica.tempo import month_of, request_months
from nido.matching.verifica.violazione import Violation, cents, euro_text, half_up

NAME = "registro"
POOLED = ("posto", "vuoto")

# Day, azienda, gestore, stagione, component, child (None for the places of the agreement).
ItemKey = tuple[str, str, str, str, str, str | None]


def _key(row: Table) -> ItemKey:
    child = None if row["componente"] in POOLED else row["bambino"]
    return (row["data"], row["azienda"], row["gestore"], row["stagione"], row["componente"], child)


def _where(key: tuple[str | None, ...]) -> str:
    return "/".join(name for name in key if name is not None)


def _item_key(agreement: Agreement, item: PriceItem) -> ItemKey:
    return (item.day.isoformat(), *agreement, item.componente, item.bambino)


def expected_items(plan: Plan) -> dict[ItemKey, list[PriceItem]]:
    """List what the agreements owe at the full price list, by line key."""
    found: dict[ItemKey, list[PriceItem]] = {}
    for agreement in plan.agreements():
        for item in price_items(plan, agreement, minimum_places(plan, agreement)):
            found.setdefault(_item_key(agreement, item), []).append(item)
    return found


def _bill(plan: Plan, key: ItemKey, item: PriceItem, amount: int) -> Bill:
    if item.bambino is not None:
        return Bill(key[1], item.componente, (item.bambino,), True, item.months, amount)
    month = month_of(item.day)
    members = plan.members((key[1], key[2], key[3]))
    enrolled = tuple(child for child in members if month in request_months(plan.case, child, key[3]))
    return Bill(key[1], item.componente, enrolled, False, item.months, amount)


def check_lines(plan: Plan, lines: Iterable[Table]) -> list[Violation]:
    """Check names, amounts and payers of every line, and that no line is left out."""
    found: list[Violation] = []
    stated: dict[ItemKey, list[Table]] = {}
    for place, row in enumerate(lines):
        wrong = unknown_names(plan.case, row, f"righe[{place}]")
        found += wrong
        if not wrong:
            stated.setdefault(_key(row), []).append(row)
    expected = expected_items(plan)
    for key in sorted({*stated, *expected}, key=lambda item: tuple(str(part) for part in item)):
        found += _item(plan, key, stated.get(key, []), expected.get(key, []))
    return found + _shared(plan, stated)


def _item(plan: Plan, key: ItemKey, lines: list[Table], items: list[PriceItem]) -> list[Violation]:
    total = sum(line["importo_cent"] for line in lines)
    due = [half_up(item.amount) for item in items]
    shared = plan.case.scenario.regole.posti_riservati.condivisione_tra_aziende and key[4] in POOLED
    if total > sum(due) or (total != sum(due) and not shared):
        sentence = text(
            "righe per {total}, dovuti {due}",
            "lines for {total}, {due} due",
            total=euro_text(total),
            due=euro_text(sum(due)),
        )
        return [Violation(NAME, _where(key), sentence)]
    if not items:
        return []
    if shared:
        due = [total]
    parts: Counter[tuple[str, str | None]] = Counter()
    for item, amount in zip(items, due, strict=True):
        parts.update(split(plan.case, _bill(plan, key, item, amount)))
    found = _payers(key, lines, parts)
    if not shared:
        found += [problem for line in lines for problem in _price(key, line, items)]
    return found


def _payers(key: ItemKey, lines: list[Table], parts: Mapping[tuple[str, str | None], int]) -> list[Violation]:
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
            found.append(_wrong_part((*key, payer), paid[payer], wanted.get(payer, 0)))
    if not found:
        for (payer, child), amount in sorted(by_child.items()):
            if amount != parts.get((payer, child), 0):
                found.append(_wrong_part((*key, payer, child), amount, parts.get((payer, child), 0)))
    return found


def _wrong_part(where: tuple[str | None, ...], stated: int, true: int) -> Violation:
    sentence = text(
        "paga {stated}, gli tocca {true}",
        "pays {stated}, owes {true}",
        stated=euro_text(stated),
        true=euro_text(true),
    )
    return Violation(NAME, _where(where), sentence)


def _price(key: ItemKey, line: Table, items: list[PriceItem]) -> list[Violation]:
    """Check quantity and unit price, except on a child's part of the places of an agreement."""
    if key[4] in POOLED and line["bambino"] is not None:
        return []
    quantity, price = Fraction(Decimal(line["quantita"])), line["prezzo_cent"]
    if key[4] == "vuoto":
        # An empty place may be written as a part of a place or at a part of its price: the product counts.
        tolerance = max(quantity, Fraction(1)) / 2
        if any(abs(quantity * price - item.amount) <= tolerance for item in items):
            return []
    elif any(quantity == item.quantity and price == item.price for item in items):
        return []
    sentence = text(
        "quantità {quantity} a {price} non è del listino",
        "quantity {quantity} at {price} is not of the price list",
        quantity=line["quantita"],
        price=euro_text(price),
    )
    return [Violation(NAME, _where(key), sentence)]


def _shared(plan: Plan, stated: Mapping[ItemKey, list[Table]]) -> list[Violation]:
    """Where companies share places, check that the places used together are paid at least once."""
    if not plan.case.scenario.regole.posti_riservati.condivisione_tra_aziende:
        return []
    found: list[Violation] = []
    for gestore, stagione in plan.taking_part():
        price = cents(plan.case.gestori[gestore].prezzi.posto_mese)
        children = plan.children_at(gestore, stagione)
        for month, used in used_by_month(plan, gestore, stagione, children).items():
            paid = sum(
                line["importo_cent"]
                for key, lines in stated.items()
                if (key[0][:7], key[2], key[3], key[4]) == (month, gestore, stagione, "posto")
                for line in lines
            )
            if paid < half_up(price * used):
                sentence = text(
                    "{used} posti usati insieme, pagati solo {paid}",
                    "{used} places used together, only {paid} paid",
                    used=used,
                    paid=euro_text(paid),
                )
                found.append(Violation(NAME, f"{gestore}/{stagione}/{month}", sentence))
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
    return [problem for name, one, other in pairs for problem in _compare(name, one, other)]


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

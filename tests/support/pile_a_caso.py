"""Random stacks of payers and items of a family, split by each half."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from casi_verifica import azienda, bambino, fascia, gestore, scenario

from nido.accordi.amount import Amount
from nido.accordi.pagatori import Allowances, Facts, settle
from nido.matching.checker import build_case
from nido.matching.verifica.pagatori import Bill, Purse, split, total_by_payer
from nido.scenari.schema import Scenario

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
MODES = [
    "quota",
    "quota_azienda",
    "fisso_mese",
    "fisso_azienda",
    "differenza_azienda",
    "fisso_ora",
    "trasferimento",
    "buoni",
    "retta",
    "inps",
    "irpef",
    "cofinanziamento",
    "residuo",
]
COMPANY = ("quota_azienda", "fisso_azienda", "differenza_azienda")
MONTHS = ["2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
TARIFF = {
    "id": "mia",
    "fonte": "prova",
    "minima": "50.05",
    "massima": "400",
    "icef_minimo": "0.1",
    "icef_massimo": "0.37",
    "giornaliera": "1.15",
    "riduzione_fratello": "0.333",
    "riduzione_gemello": "0.5",
}
FASCE = [
    fascia("anticipo", "06:30-08:00", prezzo_mese=60),
    fascia("dentro", "16:00-18:00", prezzo_mese=60),
    fascia("sabato", "09:00-12:00", "sab", prezzo_mese=60),
    fascia("agosto", "08:00-16:00", in_chiusura=True, prezzo_mese=60),
]


def _share(lot: Random) -> str:
    return lot.choice(["0", "1", "0.5", "0.35", f"0.{lot.randrange(1, 1000):03d}"])


def _euro(lot: Random, most: int) -> str:
    return lot.choice(["0", str(lot.randrange(most)), f"{lot.randrange(most)}.{lot.randrange(100):02d}"])


def random_payer(lot: Random, id: str, before: list[dict[str, Any]]) -> dict[str, Any]:
    """Draw a payer that may follow those before it in a stack."""
    modo = lot.choice(MODES)
    companies = [one["id"] for one in before if one["modo"] in COMPANY]
    if (modo == "irpef" and not before) or (modo == "cofinanziamento" and not companies):
        modo = "quota_azienda"
    found: dict[str, Any] = {
        "id": id,
        "modo": modo,
        "voci": [name for name in EVERY if lot.random() < 0.75] or ["posto"],
        "quota": _share(lot),
        "importo_mese": _euro(lot, 900),
        "importo_ora": _euro(lot, 9),
    }
    if modo == "irpef":
        found["di"] = lot.choice(before)["id"]
    if modo == "cofinanziamento":
        found |= {"di": lot.choice(companies), "quota_certificata": lot.choice(["0", "0.05", "0.8"])}
    if modo == "inps":
        found["fasce_ammesse"] = lot.random() < 0.4
        if before and lot.random() < 0.6:
            found["di"] = lot.choice(before)["id"]
    if modo == "trasferimento":
        found["ammesso"] = lot.random() < 0.8
    if modo in ("retta", "differenza_azienda"):
        found["tariffa"] = lot.choice(["trento", "primiero", "pergine", "mia"])
    if modo == "buoni":
        found |= {"valore_buono": lot.choice(["900", "123.45"]), "buoni_anno": lot.choice([1, 3, 7])}
        found["orario_comunale"] = lot.choice(["solo_esclusi", "ammesso"])
    if modo != "irpef":
        found |= {"massimo_mese": _euro(lot, 400)} if lot.random() < 0.25 else {}
        found |= {"massimo_quota": _share(lot)} if lot.random() < 0.25 else {}
    if lot.random() < 0.15:
        found["dal"] = lot.choice(["2026-11-01", "2027-01-01"])
    if lot.random() < 0.15:
        found["al"] = lot.choice(["2026-11-30", "2027-01-31"])
    return found


def _child(lot: Random, number: int) -> dict[str, Any]:
    more: dict[str, Any] = {
        "nascita": lot.choice(["2025-05-01", "2025-05-01", "2023-11-01", "2023-12-20", "2024-02-10"]),
        "tempo": lot.choice(["pieno", "parziale"]),
        "nido_comunale": lot.choice(["disponibile", "escluso", "assente"]),
    }
    more |= {"isee": lot.choice(["20000", "30000", "50000"])} if lot.random() < 0.6 else {}
    more |= {"icef": lot.choice(["0.05", "0.07", "0.255", "0.44", "0.9"])} if lot.random() < 0.8 else {}
    more |= {"beneficio": lot.choice(["inps", "irpef"])} if lot.random() < 0.5 else {}
    if number > 1 and lot.random() < 0.5:
        more["fratello_di"] = f"B{lot.randrange(1, number)}"
    return bambino(f"B{number}", **more)


def _item(lot: Random, names: list[str]) -> dict[str, Any]:
    kind = lot.choice(EVERY)
    pooled = kind in ("posto", "vuoto")
    children = sorted(lot.sample(names, lot.randrange(len(names) + 1))) if pooled else [lot.choice(names)]
    first = lot.randrange(len(MONTHS))
    months = MONTHS[first : first + (lot.randrange(1, 5) if kind in ("ora", "pasto") else 1)]
    return {
        "kind": kind,
        "taxed": lot.random() < 0.25,
        "children": children,
        "months": months,
        "hours": lot.randrange(1, 90) if kind == "ora" else 1,
        "euro": _euro(lot, 9 if kind == "ora" else 1500),
        "fascia": lot.choice(FASCE)["id"] if kind == "fascia" else None,
    }


def random_stack(seed: int) -> tuple[Scenario, list[dict[str, Any]], dict[tuple[str, str], int]]:
    """Draw a scenario with payers of every mode, items in the order of their settlement, and days attended.

    Parameters
    ----------
    seed
        Of the lot.
    """
    lot = Random(seed)
    stack: list[dict[str, Any]] = []
    for place in range(lot.randrange(1, 7)):
        stack.append(random_payer(lot, f"p{place}", stack))
    children = [_child(lot, number) for number in range(1, lot.randrange(2, 6))]
    more = {"importo_mese": _euro(lot, 500)} if lot.random() < 0.5 else {}
    plain = scenario(
        children,
        pagatori=stack,
        aziende=[azienda("alfa", quota=_share(lot), certificata=lot.random() < 0.5, **more)],
        gestori=[gestore(fasce=FASCE, elenco_buoni=lot.random() < 0.85)],
        tariffe=[TARIFF],
    )
    names = [child["id"] for child in children]
    items = [_item(lot, names) for _ in range(lot.randrange(1, 14))]
    enrolled = {(name, month) for name in names for month in MONTHS if lot.random() < 0.7}
    # Who is in an item is enrolled in its months.
    enrolled |= {(name, month) for item in items for name in item["children"] for month in item["months"]}
    attended = {key: lot.randrange(23) for key in sorted(enrolled)}
    return plain, items, attended


def both(
    plain: Scenario, items: list[dict[str, Any]], attended: Mapping[tuple[str, str], int]
) -> tuple[list[dict[str, int]], list[dict[str, int]]]:
    """Let each half split the same items among the same stack."""
    case, purse = build_case(plain), Purse()
    known = replace(Facts.of(plain), giorni=attended)
    allowances = Allowances(known.bambini, known)
    mine, checked = [], []
    for item in items:
        kind, taxed = item["kind"], item["taxed"]
        single = kind in ("fascia", "ora", "pasto")
        one = Amount(
            data=date.fromisoformat(f"{item['months'][0]}-01"),
            azienda="alfa",
            gestore="uno",
            stagione="autunno",
            bambino=item["children"][0] if single else None,
            componente="iva" if taxed else kind,
            quantita=Decimal(item["hours"]),
            unita="",
            prezzo=Decimal(item["euro"]),
            fonte="",
            bambini=tuple(item["children"]),
            mesi=tuple(item["months"]),
            fascia=item["fascia"],
            tassata=kind if taxed else None,
        )
        ((_, payments),) = settle([one], plain.pagatori, plain.aziende[0], allowances)
        added: dict[str, int] = {}
        for payment in payments:
            added[payment.pagatore] = added.get(payment.pagatore, 0) + payment.importo_cent
        mine.append(added)
        bill = Bill(
            "alfa",
            one.componente,
            item["children"],
            single,
            item["months"],
            one.importo_cent,
            Fraction(item["hours"]),
            one.data,
            "uno",
            item["fascia"],
            kind if taxed else None,
            attended,
        )
        checked.append(total_by_payer(split(case, bill, purse)))
    return mine, checked

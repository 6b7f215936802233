"""Scenarios with every payer, and plans of them, drawn from a seed; and what must hold of their ledgers."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nido.accordi.amount import Amount, season_months
from nido.accordi.ledger import Ledger, amounts_owed, build_ledger
from nido.accordi.pagatori import Allowances, Facts, split
from nido.matching.solution import Agreement, Assignment, Solution
from nido.scenari.domanda import Bambino
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario
from nido.scenari.semantica_contesto import context
from nido.scenari.semantica_pagatori import check_pagatori, check_tariffe
from nido.scenari.validation import SemanticProblems

SEASONS = [
    {"id": "autunno", "inizio": "2026-10-01", "fine": "2026-12-31"},
    {"id": "inverno", "inizio": "2027-01-01", "fine": "2027-02-28"},
]
DAYS: Sequence[tuple[str | None, str | None]] = (
    (None, None),
    (None, None),
    ("2026-11-01", None),
    (None, "2026-12-31"),
    ("2027-01-01", "2027-01-31"),
)
FEE = {
    "id": "pergine",
    "fonte": "inventata",
    "minima": 90,
    "massima": 410,
    "icef_minimo": "0.1",
    "icef_massimo": "0.6",
    "giornaliera": "1.35",
    "riduzione_fratello": "0.33",
    "riduzione_gemello": "0.5",
}
MONTHS_IN_YEAR = 12


def generated(seed: int) -> tuple[Scenario, Solution]:
    """Draw a valid scenario and a plan of it; the same seed gives the same."""
    draw = random.Random(seed)
    while True:
        scenario = Scenario.model_validate(_scenario(draw))
        found = SemanticProblems()
        derived = context(scenario)
        check_tariffe(derived, found)
        check_pagatori(derived, found)
        if not found.entries:
            return scenario, _plan(draw, scenario)


def _euro(draw: random.Random, most: int) -> str:
    return f"{draw.randint(0, most)}.{draw.randint(0, 99):02d}"


def _share(draw: random.Random) -> str:
    return f"0.{draw.randint(1, 999):03d}"


def _scenario(draw: random.Random) -> dict[str, Any]:
    children = [_child(draw, number) for number in range(1, draw.randint(2, 6))]
    return {
        "formato": "nido-scenario/1",
        "nome": "generato",
        "dati_sintetici": True,
        "stagioni": SEASONS,
        "aziende": [_company(draw, name) for name in ("alfa", "beta")],
        "gestori": [_provider(draw, "girasole", "nido"), _provider(draw, "gruppo", "tagesmutter")],
        "bambini": children,
        "tariffe": [FEE] if draw.random() < 0.5 else [],
        "pagatori": _stack(draw),
    }


def _child(draw: random.Random, number: int) -> dict[str, Any]:
    before = f"B{number - 1}" if number > 1 and draw.random() < 0.3 else None
    return {
        "id": f"B{number}",
        "azienda": draw.choice(("alfa", "beta")),
        "nascita": draw.choice(("2023-11-15", "2024-03-01", "2024-03-01", "2025-06-30")),
        "comune": "Pergine Valsugana",
        "fratello_di": before,
        "isee": draw.choice((None, "12000", "30000", "60000")),
        "icef": draw.choice((None, "0.05", _share(draw), _share(draw))),
        "tempo": draw.choice(("pieno", "parziale")),
        "beneficio": draw.choice((None, "inps", "irpef")),
        "nido_comunale": draw.choice(("disponibile", "escluso", "assente")),
    }


def _company(draw: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "nome": name,
        "sede": {"comune": "Pergine Valsugana"},
        "quota": _share(draw),
        "certificata": draw.random() < 0.5,
    }


def _provider(draw: random.Random, name: str, kind: str) -> dict[str, Any]:
    hourly = kind == "tagesmutter"
    prices = {"ora_bambino": _euro(draw, 12)} if hourly else {"posto_mese": _euro(draw, 1400)}
    fasce = [
        {"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00", "prezzo_mese": _euro(draw, 120)},
        {"id": "sera", "giorni": "lun-ven", "orario": "16:00-18:00", "prezzo_mese": _euro(draw, 120)},
    ]
    return {
        "id": name,
        "nome": name,
        "tipo": kind,
        "comune": "Pergine Valsugana",
        "posti": 20,
        "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
        "fasce": [] if hourly else fasce,
        "vuoto_per_pieno": _share(draw),
        "elenco_buoni": draw.random() < 0.8,
        "regime_iva": draw.choice(("esente", "esente", "cinque_percento", "ventidue_percento")),
        "prezzi": {**prices, "pasto_giorno": _euro(draw, 6)},
    }


def _stack(draw: random.Random) -> list[dict[str, Any]]:
    """Draw a stack in a sensible order; what does not fit together is refused, and it is drawn anew."""
    every = ["posto", "vuoto", "fascia", "ora", "pasto"]

    def some() -> list[str]:
        return draw.sample(every, draw.randint(1, 5))

    company = draw.choice(("quota_azienda", "fisso_azienda", "differenza_azienda"))
    fee = draw.choice(("trento", "primiero", "pergine"))
    own = {"tariffa": fee} if company == "differenza_azienda" else {}
    if company != "quota_azienda":
        own["importo_mese"] = _euro(draw, 800)
    family = draw.choice(("residuo", "retta"))
    wanted: list[tuple[float, dict[str, Any]]] = [
        (0.4, _transfer(draw)),
        (0.4, {"id": "ore", "modo": "fisso_ora", "importo_ora": _euro(draw, 9), "voci": ["ora"]}),
        (0.8, {"id": "datore", "modo": company, "voci": some(), **own, **_limits(draw)}),
        (0.5, _grant(draw, some())),
        (0.5, {"id": "azienda_vuoti", "modo": "quota", "quota": _share(draw), "voci": ["vuoto"]}),
        (0.4, {"id": "comune", "modo": "quota", "quota": _share(draw), "voci": some(), **_limits(draw)}),
        (0.5, _vouchers(draw)),
        (0.2, {"id": "fondo", "modo": "fisso_mese", "importo_mese": _euro(draw, 300), "voci": some()}),
        (1.0, _family(draw, family, fee)),
        (0.6, _benefit(draw, "inps", ["posto"])),
        (0.6, _benefit(draw, "irpef", some())),
        (0.8, {"id": "asif", "modo": "residuo", "voci": every}),
    ]
    return [entry for chance, entry in wanted if draw.random() < chance]


def _transfer(draw: random.Random) -> dict[str, Any]:
    return {"id": "provincia", "modo": "trasferimento", "ammesso": draw.random() < 0.8, "voci": ["posto"]}


def _limits(draw: random.Random) -> dict[str, Any]:
    since, until = draw.choice(DAYS)
    return {
        "massimo_mese": draw.choice((None, None, _euro(draw, 400))),
        "massimo_quota": draw.choice((None, None, _share(draw))),
        "dal": since,
        "al": until,
    }


def _grant(draw: random.Random, components: list[str]) -> dict[str, Any]:
    shares = {"quota": "0.5", "quota_certificata": "0.05"}
    limits = {"massimo_mese": draw.choice((None, _euro(draw, 200)))}
    return {"id": "ente", "modo": "cofinanziamento", "di": "datore", "voci": components, **shares, **limits}


def _vouchers(draw: random.Random) -> dict[str, Any]:
    return {
        "id": "buoni",
        "modo": "buoni",
        "voci": draw.sample(["posto", "fascia", "ora", "pasto"], draw.randint(1, 4)),
        "importo_mese": _euro(draw, 500),
        "valore_buono": "900",
        "buoni_anno": draw.choice((1, 2, 7)),
        "orario_comunale": draw.choice(("solo_esclusi", "ammesso")),
    }


def _family(draw: random.Random, modo: str, fee: str) -> dict[str, Any]:
    every = ["posto", "vuoto", "fascia", "ora", "pasto"]
    own = {"tariffa": fee} if modo == "retta" else {"massimo_quota": draw.choice((None, "0.35"))}
    return {"id": "famiglia", "modo": modo, "voci": every, **own}


def _benefit(draw: random.Random, modo: str, components: list[str]) -> dict[str, Any]:
    fasce = modo == "inps" and draw.random() < 0.3
    return {"id": modo, "modo": modo, "di": "famiglia", "voci": components, "fasce_ammesse": fasce}


def _plan(draw: random.Random, scenario: Scenario) -> Solution:
    """Draw who is where, with which fasce, and the places that each agreement uses and reserves."""
    served: list[Assignment] = []
    for season in scenario.stagioni:
        months = season_months(season)
        for bambino in scenario.bambini:
            if draw.random() < 0.8:
                served.append(_served(draw, scenario, bambino, season.id, months))
    return Solution(
        stato="ottimo",
        unita_costo_cent=1,
        arrotondamento_massimo_cent=0,
        livelli=(),
        assegnazioni=tuple(served),
        non_assegnati=(),
        aperture=(),
        personale=(),
        accordi=tuple(_agreements(draw, scenario, served)),
        capienza=(),
        avvisi=(),
        ordine_domanda=(),
        ordine_sorteggiato=False,
        costo_produzione_cent=0,
    )


def _served(
    draw: random.Random, scenario: Scenario, bambino: Bambino, stagione: str, months: tuple[str, ...]
) -> Assignment:
    gestore = draw.choice(scenario.gestori)
    enrolled = months[draw.randint(0, len(months) - 1) :]
    days = {month: draw.randint(0, 23) for month in enrolled}
    booked = tuple(one.id for one in gestore.fasce if draw.random() < 0.5)
    minutes = 15 * draw.randint(0, 1200)
    return Assignment(
        bambino=bambino.id,
        azienda=bambino.azienda,
        gestore=gestore.id,
        stagione=stagione,
        minuti_richiesti=minutes + 60,
        minuti_scoperti=60,
        fasce=booked,
        giorni=sum(days.values()),
        giorni_pasto=draw.randint(0, 60),
        deviazione_minuti=0,
        mesi=enrolled,
        mesi_fascia={one: enrolled[: draw.randint(0, len(enrolled))] for one in booked},
        giorni_mese=days,
    )


def _agreements(draw: random.Random, scenario: Scenario, served: list[Assignment]) -> Iterator[Agreement]:
    members: dict[tuple[str, str, str], list[Assignment]] = defaultdict(list)
    for one in served:
        members[one.azienda, one.gestore, one.stagione].append(one)
    months = {season.id: season_months(season) for season in scenario.stagioni}
    for key, group in members.items():
        # Sometimes nobody is enrolled in a month, or several children share a place.
        enrolled = {month: sum(month in one.mesi for one in group) for month in months[key[2]]}
        used = {month: draw.randint(min(1, count), count) for month, count in enrolled.items()}
        places = max(used.values()) + draw.randint(0, 2)
        yield Agreement(*key, posti=places, bambini=len(group), usati_mese=used)


def problems(seed: int) -> list[str]:
    """List what does not hold of the ledger of a generated plan; nothing when all is well."""
    scenario, plan = generated(seed)
    ledger = build_ledger(scenario, plan)
    found = list(_sums(scenario, plan, ledger))
    replay = Replay(scenario, plan)
    return [*found, *replay.problems, *replay.beyond_caps()]


def _sums(scenario: Scenario, plan: Solution, ledger: Ledger) -> Iterator[str]:
    due = sum(amount.importo_cent for _, amounts in amounts_owed(scenario, plan) for amount in amounts)
    by_component = sum(line.importo_cent for line in ledger.righe)
    by_payer = sum(ledger.totali.per_pagatore.values())
    if not due == by_component == by_payer == ledger.totali.totale_cent:
        yield f"sums differ: {due}, {by_component}, {by_payer}, {ledger.totali.totale_cent}"
    if any(line.importo_cent <= 0 for line in ledger.righe):
        yield "a line is not above 0"


class Replay:
    """Splits every amount of a plan anew, child by child, and keeps what each payer gave to whom."""

    def __init__(self, scenario: Scenario, plan: Solution) -> None:
        self.scenario = scenario
        self.facts = Facts.of(scenario, plan)
        self.problems: list[str] = []
        self.by_year: dict[tuple[str, str, str], int] = defaultdict(int)
        self.by_season: dict[tuple[str, str, str], int] = defaultdict(int)
        self.months: dict[tuple[str, str], set[str]] = defaultdict(set)
        allowances = Allowances(self.facts.bambini, self.facts)
        companies = {azienda.id: azienda for azienda in scenario.aziende}
        seasons = [season.id for season in scenario.stagioni]
        owed = sorted(amounts_owed(scenario, plan), key=lambda entry: seasons.index(entry[0][2]))
        for key, amounts in owed:
            for amount in amounts:
                taken, rest = split(amount, scenario.pagatori, companies[key[0]], allowances)
                self._keep(amount, taken, rest)

    def _keep(self, amount: Amount, taken: Mapping[str, Sequence[int]], rest: int) -> None:
        parts = [part for row in taken.values() for part in row]
        if min([rest, *parts]) < 0 or sum(parts) + rest != amount.importo_cent:
            self.problems.append(f"{amount.componente}: {taken} and {rest} of {amount.importo_cent}")
        for payer in self.scenario.pagatori:
            row = taken.get(payer.id, ())
            self._share(payer, amount, row)
            for child, given in zip(amount.bambini, row, strict=False):
                self.by_year[payer.id, child, amount.mesi[0][:4]] += given
                self.by_season[payer.id, child, amount.stagione] += given
                self.months[child, amount.stagione] |= set(amount.mesi)
        for child in amount.bambini:
            if self.by_all("inps", child) and self.by_all("irpef", child):
                self.problems.append(f"{child}: bonus and tax credit together")

    def by_all(self, mode: str, child: str) -> int:
        """Add up what the payers of a mode gave a child."""
        ids = {payer.id for payer in self.scenario.pagatori if payer.modo == mode}
        return sum(given for (payer, one, _), given in self.by_year.items() if payer in ids and one == child)

    def _share(self, payer: Pagatore, amount: Amount, row: Sequence[int]) -> None:
        most = payer.massimo_quota
        if most is not None and sum(row) > Fraction(most) * amount.importo_cent:
            self.problems.append(f"{payer.id}: {sum(row)} of {amount.importo_cent} is above {most}")

    def beyond_caps(self) -> Iterator[str]:
        """Tell which payers gave a child more than their months or their year allow.

        A payer whose part another took over is counted at what it has left: never above its limits either.
        """
        for payer in self.scenario.pagatori:
            for (name, child, season), given in self.by_season.items():
                if name == payer.id:
                    most = self._monthly(payer, child, season)
                    if most is not None and given > most:
                        yield f"{payer.id}: {given} for {child} in {season}, at most {most}"
            for (name, child, year), given in self.by_year.items():
                if name == payer.id and payer.modo in ("irpef", "buoni"):
                    # No amount of a generated plan has months of two years.
                    year_most = 12_008 if payer.modo == "irpef" else 90_000 * payer.buoni_anno
                    if given > year_most:
                        yield f"{payer.id}: {given} for {child} in {year}, at most {year_most}"

    def _monthly(self, payer: Pagatore, child: str, season: str) -> int | None:
        """Give the most of a season by its months, from figures found here by other means."""
        months = len(self.months[child, season])
        each: list[Decimal] = []
        if payer.massimo_mese is not None:
            each.append(payer.massimo_mese)
        if payer.modo in ("fisso_mese", "fisso_azienda", "differenza_azienda", "buoni"):
            each.append(payer.importo_mese)
        if payer.modo == "trasferimento":
            part = Decimal("0.75") if self.facts.bambini[child].tempo == "parziale" else Decimal(1)
            each.append(8000 * part / MONTHS_IN_YEAR if payer.ammesso else Decimal(0))
        if payer.modo == "inps":
            each.append(Decimal("327.27"))
        return None if not each else int(min(each) * 100 * months)

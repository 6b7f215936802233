"""Random cases full of marked secrets: a scenario, a result of it, and what each audience may not read."""

import copy
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from leaks import Secret, money_secrets

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.ledger import build_ledger
from nido.accordi.pareggio import break_even
from nido.accordi.risultato.documento import Costing, Manifest, result_document
from nido.matching.solution import (
    Agreement,
    Assignment,
    CapacityUse,
    Notice,
    Opening,
    PartlyServed,
    Reason,
    Solution,
    StaffLine,
    Tier,
    TogetherUse,
    Unserved,
)
from nido.report.privacy.audience import Audience
from nido.scenari.load import Loaded, canonical_json, load_canonical
from nido.scenari.schema import Scenario

COMPANIES = ("alfa", "vicina_beta", "vicina_gamma")
PROVIDERS = ("nido_uno", "nido_due", "nido_tre")
SEASONS = {"autunno": ("2026-09", "2026-10"), "inverno": ("2026-11", "2026-12")}
TOWNS = ("Pergine Valsugana", "Levico Terme", "Civezzano", "Baselga di Pinè")
SURNAME = "Quintavàlloni"
PAYERS: tuple[dict[str, Any], ...] = (
    {"id": "inps", "modo": "inps", "voci": ["posto"]},
    {"id": "azienda", "modo": "quota_azienda", "voci": ["posto", "fascia", "ora"]},
    {"id": "azienda_vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
    {"id": "famiglia", "modo": "residuo", "voci": ["posto", "fascia", "ora", "pasto"]},
)

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Marked:
    """A case.

    Attributes
    ----------
    loaded, document
        The scenario and a result of it, sound in money, not in everything that the checker looks at.
    """

    loaded: Loaded
    document: Document

    @property
    def subjects(self) -> Iterator[tuple[Audience, str]]:
        """Companies and gestori: everybody who may read little."""
        yield from (("azienda", company.id) for company in self.loaded.scenario.aziende)
        yield from (("gestore", provider.id) for provider in self.loaded.scenario.gestori)

    def secrets(self) -> list[Secret]:
        """Give what neither companies nor gestori may read, whoever they are."""
        found: list[Secret] = [Secret("surname", SURNAME), Secret("surname", "Quintav\\u00e0lloni")]
        for child in self.loaded.scenario.bambini:
            found.append(Secret(f"id of {child.id}", child.id))
            found += money_secrets(f"ISEE of {child.id}", child.isee or Decimal(0))
            found.append(Secret(f"ICEF of {child.id}", str(child.icef)))
            if child.casa is not None:
                found += [
                    Secret(f"home of {child.id}", str(degrees))
                    for degrees in (child.casa.latitudine, child.casa.longitudine)
                ]
        return found

    def for_subject(self, audience: Audience, subject: str) -> tuple[Document, list[Secret]]:
        """Give the result with every number of others marked, and all that the subject may not read."""
        marks = (f"{number}" for number in count(8_123_457, 1013))
        document = copy.deepcopy(self.document)
        planted = list(_plant(document, audience, subject, lambda: int(next(marks))))
        return document, [*self.secrets(), *self._others(audience, subject), *planted]

    def _others(self, audience: Audience, subject: str) -> Iterator[Secret]:
        """Give names and budgets of companies and gestori that a subject has nothing to do with."""
        mine = [row for row in self.document["accordi"] if row[audience] == subject]
        known = {subject, *(row["azienda"] for row in mine), *(row["gestore"] for row in mine)}
        for company in self.loaded.scenario.aziende:
            if company.id != subject and company.budget_annuo is not None:
                yield from money_secrets(f"budget of {company.id}", company.budget_annuo)
        for one in (*self.loaded.scenario.aziende, *self.loaded.scenario.gestori):
            if one.id not in known:
                yield Secret(f"id of {one.id}", one.id)
                yield Secret(f"name of {one.id}", one.nome)


def marked_case(seed: int, *, children: int | None = None, isee_first: bool | None = None) -> Marked:
    """Draw a case; the same seed gives the same one.

    Parameters
    ----------
    seed
        Seed of the draws.
    children
        How many there are; drawn when left out.
    isee_first
        Whether INPS pays before the company; drawn when left out.
    """
    draw = random.Random(seed)
    first = draw.random() < 0.5 if isee_first is None else isee_first
    size = draw.choice((1, 4, 9, 16, 30)) if children is None else children
    loaded = load_canonical(canonical_json(Scenario.model_validate(_scenario(draw, size, first))), "marked")
    return Marked(loaded, _document(draw, loaded.scenario))


def with_other_isee(case: Marked) -> Marked:
    """Give the same case, with families as poor as can be: only what they get from INPS differs."""
    poor = [
        child.model_copy(update={"isee": Decimal(1), "icef": None}) for child in case.loaded.scenario.bambini
    ]
    scenario = case.loaded.scenario.model_copy(update={"bambini": tuple(poor)})
    loaded = load_canonical(canonical_json(scenario), "marked")
    plan = _plan_of(case.document)
    return Marked(loaded, _as_result(loaded.scenario, plan, case.document))


def _scenario(draw: random.Random, size: int, isee_first: bool) -> dict[str, Any]:
    payers = list(PAYERS) if isee_first else [*PAYERS[1:3], PAYERS[0], PAYERS[3]]
    return {
        "formato": "nido-scenario/1",
        "nome": "Caso segnato",
        "dati_sintetici": True,
        "passo_minuti": 30,
        "stagioni": [
            {"id": "autunno", "inizio": "2026-09-01", "fine": "2026-10-31"},
            {"id": "inverno", "inizio": "2026-11-01", "fine": "2026-12-31"},
        ],
        "rotazioni": [
            {"id": "mattina", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "06:00-14:00"}]}
        ],
        "aziende": [
            {
                "id": name,
                "nome": f"Società {name.upper()} di prova",
                "sede": {"comune": "Pergine Valsugana"},
                "quota": draw.choice((0, 0.35, 0.5)),
                "budget_annuo": f"7345{index}1.9{index}",
                "ipotesi": [{"nota": f"budget di {name}: 7345{index}1.9{index}", "chiavi": []}],
            }
            for index, name in enumerate(COMPANIES)
        ],
        "gestori": [_provider(draw, name) for name in PROVIDERS],
        "bambini": [_child(draw, index) for index in range(size)],
        "pagatori": payers,
    }


def _provider(draw: random.Random, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "nome": f"Struttura {name.upper()}",
        "tipo": "nido",
        "comune": draw.choice(TOWNS),
        "posti": 40,
        "base": {"giorni": "lun-ven", "orario": "07:30-16:30"},
        "fasce": [
            {"id": "anticipo", "giorni": "lun-ven", "orario": "06:00-07:30", "prezzo_mese": 60},
            {"id": "posticipo", "giorni": "lun-ven", "orario": "16:30-19:00", "prezzo_mese": 45},
        ],
        "prezzi": {"posto_mese": draw.choice((600, 815)), "pasto_giorno": 5},
    }


def marked_values(draw: random.Random) -> dict[str, Any]:
    """Draw the reserved values of a child: figures that nothing else has."""
    return {
        "casa": {
            "latitudine": float(f"46.0{draw.randint(30001, 89999)}7"),
            "longitudine": float(f"11.2{draw.randint(30001, 89999)}3"),
        },
        "isee": f"{draw.randint(11000, 60000)}.{draw.randint(11, 99)}",
        "icef": f"0.{draw.randint(10001, 99999)}7",
    }


def _child(draw: random.Random, index: int) -> dict[str, Any]:
    company = COMPANIES[0] if draw.random() < 0.5 else draw.choice(COMPANIES)
    child: dict[str, Any] = {
        "id": f"ZQ{7001 + index}-{draw.randint(100, 999)}",
        "azienda": company,
        "nascita": f"2025-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        "comune": draw.choice(TOWNS),
        **marked_values(draw),
        "assenze": [{"inizio": "2026-09-14", "fine": "2026-09-15", "motivo": f"visita di {SURNAME}"}],
        "adulti": [{"azienda": company, "turni": [{"rotazione": "mattina"}]}],
    }
    return child


def _document(draw: random.Random, scenario: Scenario) -> Document:
    served: list[Assignment] = []
    missed: list[Unserved] = []
    for child in scenario.bambini:
        for season, months in SEASONS.items():
            where = draw.choice((*PROVIDERS[:2], draw.choice(PROVIDERS), None))
            reasons = (
                Reason(draw.choice(PROVIDERS), "orari", f"{child.id}: {SURNAME}", "impossibile_da_solo"),
            )
            if where is None:
                missed.append(Unserved(child.id, child.azienda, season, 20_000, reasons))
                continue
            booked = tuple(fascia for fascia in ("anticipo", "posticipo") if draw.random() < 0.5)
            short = draw.choice((0, 0, 600))
            served.append(
                Assignment(
                    *(child.id, child.azienda, where, season, 20_000, short, booked, 40, 40, 7, months),
                    dict.fromkeys(booked, months),
                )
            )
    partly = tuple(
        PartlyServed(one.bambino, one.azienda, one.stagione, one.gestore, one.minuti_scoperti, ())
        for one in served
        if one.minuti_scoperti
    )
    solution = _solution(tuple(served), tuple(missed), partly, tuple(one.id for one in scenario.bambini))
    return _as_result(scenario, solution, None)


def _solution(
    served: tuple[Assignment, ...],
    missed: tuple[Unserved, ...],
    partly: tuple[PartlyServed, ...],
    order: tuple[str, ...],
) -> Solution:
    groups: dict[tuple[str, str, str], list[Assignment]] = defaultdict(list)
    booked: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    sites: dict[tuple[str, str], int] = defaultdict(int)
    for one in served:
        groups[one.azienda, one.gestore, one.stagione].append(one)
        sites[one.gestore, one.stagione] += 1
        for fascia in one.fasce:
            booked[one.gestore, fascia, one.stagione].append(one.bambino)
    return Solution(
        stato="ottimo",
        unita_costo_cent=1,
        arrotondamento_massimo_cent=0,
        livelli=(Tier("costo_totale", "cent", "min", 777, 777, 777, 0.0, "0", "dimostrato", False),),
        assegnazioni=served,
        non_assegnati=missed,
        parziali=partly,
        aperture=tuple(
            Opening(*key, len(ids), 40, 50_000, tuple(ids), 1_000, None) for key, ids in booked.items()
        ),
        personale=tuple(
            StaffLine(gestore, season, "base", None, 450, 990, "piccoli", number, 0, 40)
            for (gestore, season), number in sites.items()
        ),
        accordi=tuple(
            Agreement(*key, len(ones) + 1, len(ones), dict.fromkeys(SEASONS[key[2]], len(ones)))
            for key, ones in sorted(groups.items())
        ),
        capienza=tuple(CapacityUse(*key, number, number, 40) for key, number in sites.items()),
        avvisi=(Notice("budget", "vicina_beta", f"{SURNAME} paga 73451.91"),),
        ordine_domanda=order,
        ordine_sorteggiato=True,
        costo_produzione_cent=1_234_560,
        uso_insieme=tuple(
            TogetherUse(gestore, season, dict.fromkeys(SEASONS[season], number))
            for (gestore, season), number in sites.items()
        ),
    )


def _plan_of(document: Document) -> Solution:
    """Read the plan of a result back."""
    served = tuple(
        Assignment(**{**row, "fasce": tuple(row["fasce"]), "mesi": tuple(row["mesi"])})
        for row in document["assegnazioni"]
    )
    missed = tuple(
        Unserved(**{**row, "motivi": tuple(Reason(**one) for one in row["motivi"])})
        for row in document["non_assegnati"]
    )
    partly = tuple(PartlyServed(**{**row, "motivi": ()}) for row in document["parziali"])
    return _solution(served, missed, partly, tuple(document["ordine_domanda"]))


def _as_result(scenario: Scenario, solution: Solution, like: Document | None) -> Document:
    costing = Costing(build_ledger(scenario, solution), break_even(scenario, solution), assumptions(scenario))
    child = solution.ordine_domanda[0]
    digest = hashlib.sha256(canonical_json(scenario)).hexdigest()
    manifest = Manifest(digest, 7, ("aziende[vicina_beta].budget_annuo=73451.91",), {"spiega": child})
    document = result_document(scenario, solution, costing, manifest)
    found: Document = json.loads(json.dumps(document))
    return found


def _plant(document: Document, audience: Audience, subject: str, mark: Callable[[], int]) -> Iterator[Secret]:
    """Replace every number that a subject may not read by one that is found nowhere else."""
    rows = [
        (key, row)
        for key in ("assegnazioni", "non_assegnati", "parziali", "accordi", "aperture", "personale")
        for row in document[key]
    ]
    rows += [("capienza", row) for row in document["capienza"]]
    rows += [("obiettivi", row) for row in document["obiettivi"]]
    rows += [("registro", row) for row in document["registro"]["righe"]]
    for key, row in rows:
        if row.get(audience) == subject:
            continue
        # That a fascia is open, and on how many days, is part of what is agreed with its gestore.
        spared = {"giorni"} if (key, audience) == ("aperture", "azienda") else set[str]()
        yield from _marked(f"{key} of somebody else", row, spared, mark)
    yield from _marked("totals", document["registro"]["totali"], set(), mark)


def _marked(what: str, row: dict[str, Any], spared: set[str], mark: Callable[[], int]) -> Iterator[Secret]:
    for key, value in row.items():
        if isinstance(value, dict):
            yield from _marked(what, value, spared, mark)
        elif isinstance(value, int) and not isinstance(value, bool) and key not in spared:
            row[key] = mark()
            yield Secret(f"{what}: {key}", str(row[key]))

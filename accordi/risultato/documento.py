"""The result as a document: what is saved, checked and shown (docs/risultato.md)."""

import json
import platform
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Any, Protocol, cast

from nido.accordi.ipotesi.unverified import Ipotesi
from nido.accordi.ledger import Ledger
from nido.accordi.pareggio import Pareggio
from nido.accordi.risultato.schema_risultato import FORMATO
from nido.matching.solution import (
    Agreement,
    Explanation,
    Opening,
    PartlyServed,
    Solution,
    StaffLine,
    Unserved,
)
from nido.scenari.field_text import format_decimal, format_time
from nido.scenari.schema import SYNTHETIC, Scenario

DISTRIBUTION = "nido-diffuso"
SOLVER_DISTRIBUTION = "ortools"

Document = dict[str, Any]


class Finding(Protocol):
    """What the checker found: the rule, where, and what is wrong."""

    @property
    def regola(self) -> str: ...
    @property
    def dove(self) -> str: ...
    @property
    def dettaglio(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Costing:
    """What the costing room says of a plan: ledger, break-even of the openings, unverified figures."""

    ledger: Ledger
    pareggio: Sequence[Pareggio]
    ipotesi: Sequence[Ipotesi]


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a result was obtained: no clock, no duration, no path.

    Attributes
    ----------
    scenario_sha256
        Digest of the resolved scenario in canonical form.
    seme
        Seed of the draws and of the solver.
    sostituzioni
        ``key=value`` texts of ``--set``, in order.
    parametri
        Options of the solve, by name.
    """

    scenario_sha256: str
    seme: int
    sostituzioni: tuple[str, ...]
    parametri: Mapping[str, str | int | float | bool | None]


def result_document(scenario: Scenario, solution: Solution, costing: Costing, manifest: Manifest) -> Document:
    """Put a solved and costed plan into the form that is saved.

    Parameters
    ----------
    scenario, solution
        The scenario and its plan.
    costing
        Ledger, break-even and unverified figures of the plan.
    manifest
        How it was obtained.

    Returns
    -------
    dict
        The result, keys in the order of docs/risultato.md. It claims to be confirmed: the claim is to be
        tested by the checker and replaced by `with_verdict` before anybody sees it.
    """
    return {
        "formato": FORMATO,
        "nome": scenario.nome,
        "dati_sintetici": scenario.dati_sintetici,
        "avvertenza": SYNTHETIC if scenario.dati_sintetici else "",
        "stato": solution.stato,
        "unita_costo_cent": solution.unita_costo_cent,
        "arrotondamento_massimo_cent": solution.arrotondamento_massimo_cent,
        "obiettivi": [plain(tier) for tier in solution.livelli],
        "assegnazioni": [plain(served) for served in solution.assegnazioni],
        "non_assegnati": [_unserved(missed) for missed in solution.non_assegnati],
        "parziali": [_partly(served) for served in solution.parziali],
        "motivi_completi": solution.motivi_completi,
        "aperture": _openings(solution.aperture, costing.pareggio),
        "personale": [_staff(line) for line in solution.personale],
        "accordi": _agreements(solution.accordi, costing.ledger),
        "capienza": [plain(use) for use in solution.capienza],
        "registro": _ledger(costing.ledger),
        "verifica": verdict(()),
        "regole_spente": [name for name, rule in scenario.regole if not rule.attiva],
        "copertura_minima": _least_coverage(scenario),
        "avvisi": [plain(notice) for notice in (*solution.avvisi, *costing.ledger.avvisi)],
        "conflitti": [plain(found) for found in solution.conflitti],
        "spiegazioni": [_explained(found) for found in solution.spiegazioni],
        "ordine_domanda": list(solution.ordine_domanda),
        "ordine_sorteggiato": solution.ordine_sorteggiato,
        "ipotesi": [plain(row) for row in costing.ipotesi],
        "manifesto": _manifest(manifest, solution),
    }


def verdict(violations: Iterable[Finding]) -> Document:
    """Write the checker's answer."""
    found = [{"regola": one.regola, "dove": one.dove, "dettaglio": one.dettaglio} for one in violations]
    return {"esito": "rifiutata" if found else "confermata", "violazioni": found}


def with_verdict(document: Mapping[str, Any], violations: Iterable[Finding]) -> Document:
    """Give the same document with the checker's answer in its place."""
    return {**document, "verifica": verdict(violations)}


def dump(document: Mapping[str, Any]) -> bytes:
    """Write a document so that equal documents give equal bytes.

    Returns
    -------
    bytes
        JSON in UTF-8, keys in their order, one line end at the end.

    Raises
    ------
    ValueError
        If it holds a number that JSON does not know (infinite, not a number).
    """
    return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _least_coverage(scenario: Scenario) -> str | None:
    """Give the share of a request that must be covered, as text; None while its rule is off."""
    rule = scenario.regole.orari
    return format_decimal(rule.copertura_minima) if rule.attiva else None


def plain(item: Any) -> Document:
    """Turn a flat frozen type into a dictionary in the order of its fields."""
    return {name: _value(getattr(item, name)) for name in _field_names(cast(Hashable, type(item)))}


@cache
def _field_names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cast(Any, kind)))


def _value(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_value(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _value(part) for key, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


def _unserved(missed: Unserved) -> Document:
    return {**plain(missed), "motivi": [plain(reason) for reason in missed.motivi]}


def _partly(served: PartlyServed) -> Document:
    return {**plain(served), "motivi": [plain(reason) for reason in served.motivi]}


def _explained(found: Explanation) -> Document:
    return {**plain(found), "modifiche": [plain(change) for change in found.modifiche]}


def _openings(openings: Iterable[Opening], pareggio: Iterable[Pareggio]) -> list[Document]:
    by_key = {(row.gestore, row.fascia, row.stagione): row.bambini_pareggio for row in pareggio}
    return [
        {**plain(opening), "bambini_pareggio": by_key[opening.gestore, opening.fascia, opening.stagione]}
        for opening in openings
    ]


def _staff(line: StaffLine) -> Document:
    return {**plain(line), "inizio": format_time(line.inizio), "fine": format_time(line.fine)}


def _agreements(agreements: Iterable[Agreement], ledger: Ledger) -> list[Document]:
    prices = {(row.azienda, row.gestore, row.stagione): row.totale_cent for row in ledger.totali.per_accordo}
    return [
        {**plain(one), "costo_annuo_cent": prices[one.azienda, one.gestore, one.stagione]}
        for one in agreements
    ]


def _ledger(ledger: Ledger) -> Document:
    return {
        "righe": [plain(line) for line in ledger.righe],
        "totali": {
            **plain(ledger.totali),
            "per_accordo": [asdict(row) for row in ledger.totali.per_accordo],
        },
    }


def _manifest(manifest: Manifest, solution: Solution) -> Document:
    return {
        **plain(manifest),
        "versioni": {
            "nido": version(DISTRIBUTION),
            "ortools": version(SOLVER_DISTRIBUTION),
            "python": platform.python_version(),
        },
        "stato_solutore": list(solution.stato_solutore),
    }

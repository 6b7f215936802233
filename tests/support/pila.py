"""Builders for tests of the payers' stack: children, payers, amounts, and who pays what."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from nido.accordi.amount import Amount
from nido.accordi.pagatori import Allowances, Facts, settle
from nido.accordi.pagatori.facts import families
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Pagatore, Tariffa

EVERY = ("posto", "vuoto", "fascia", "ora", "pasto")
SINGLE = ("fascia", "ora", "pasto")
OWN_FASCE = [
    {"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00"},
    {"id": "dentro", "giorni": "lun-ven", "orario": "16:00-18:00"},
    {"id": "sabato", "giorni": "sab", "orario": "09:00-12:00"},
    {"id": "agosto", "giorni": "lun-ven", "orario": "08:00-16:00", "in_chiusura": True},
]


def child(id: str = "B1", **values: Any) -> Bambino:
    """Write a child of alfa."""
    plain = {"id": id, "azienda": "alfa", "nascita": "2025-05-01", "comune": "Pergine Valsugana"}
    return Bambino.model_validate(plain | values)


def company(**values: Any) -> Azienda:
    """Write alfa, whose share is one half."""
    plain = {"id": "alfa", "nome": "Alfa", "sede": {"comune": "Pergine Valsugana"}, "quota": "0.5"}
    return Azienda.model_validate(plain | values)


def provider(**values: Any) -> Gestore:
    """Write a nido that accepts vouchers."""
    plain = {
        "id": "girasole",
        "nome": "Girasole",
        "tipo": "nido",
        "comune": "Pergine Valsugana",
        "posti": 10,
        "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
        "fasce": OWN_FASCE,
        "elenco_buoni": True,
    }
    return Gestore.model_validate(plain | values)


def payer(id: str, modo: str, *voci: str, **values: Any) -> Pagatore:
    """Write a payer of all components, unless some are named."""
    return Pagatore.model_validate({"id": id, "modo": modo, "voci": list(voci or EVERY)} | values)


def due(
    euro: str,
    *bambini: str,
    componente: Any = "posto",
    month: str = "2026-10",
    months: tuple[str, ...] = (),
    **values: Any,
) -> Amount:
    """Write an amount due by alfa at girasole; without children's ids there is nobody."""
    plain: dict[str, Any] = {
        "data": date.fromisoformat(f"{months[0] if months else month}-01"),
        "azienda": "alfa",
        "gestore": "girasole",
        "stagione": "autunno",
        "bambino": bambini[0] if componente in SINGLE else None,
        "componente": componente,
        "quantita": Decimal(1),
        "unita": "",
        "prezzo": Decimal(euro),
        "fonte": "",
        "bambini": bambini,
        "mesi": months or (month,),
    }
    return Amount(**(plain | values))


def facts(
    bambini: Iterable[Bambino] = (),
    giorni: Mapping[tuple[str, str], int] | None = None,
    tariffe: Iterable[Tariffa] = (),
    **values: Any,
) -> Facts:
    """Gather what the payers must know; the provider is girasole."""
    children = {one.id: one for one in bambini or [child()]}
    stated: dict[str, Any] = {
        "gestori": {"girasole": provider()},
        "tariffe": {one.id: one for one in tariffe},
        "famiglie": families(children.values()),
        "giorni": giorni or {},
    }
    return Facts(children, **(stated | values))


def paid(
    amounts: Iterable[Amount], stack: Iterable[Pagatore], known: Facts, azienda: Azienda | None = None
) -> list[dict[str, int]]:
    """Settle some amounts and show who pays what of each, in cents."""
    allowances = Allowances(known.bambini, known)
    settled = settle(amounts, tuple(stack), azienda or company(), allowances)
    return [{one.pagatore: one.importo_cent for one in payments} for _, payments in settled]

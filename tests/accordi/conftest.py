"""A small case of two companies, a nido and a Tagesmutter, with plans written by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nido.accordi.amount import Amount
from nido.matching.solution import Agreement, Assignment, Opening, Solution
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario

# Autumn has two months, winter one. Prices: place 600.10, fascia 60 and 25, hour 8.50, meal 5.25.
CASE: dict[str, Any] = {
    "formato": "nido-scenario/1",
    "nome": "caso di prova",
    "dati_sintetici": True,
    "stagioni": [
        {"id": "autunno", "inizio": "2026-10-01", "fine": "2026-11-30"},
        {"id": "inverno", "inizio": "2026-12-01", "fine": "2026-12-31"},
    ],
    "aziende": [
        {"id": "alfa", "nome": "Alfa", "sede": {"comune": "Pergine Valsugana"}, "quota": "0.5"},
        {"id": "beta", "nome": "Beta", "sede": {"comune": "Levico Terme"}, "quota": "0.25"},
    ],
    "gestori": [
        {
            "id": "girasole",
            "nome": "Girasole",
            "tipo": "nido",
            "comune": "Pergine Valsugana",
            "posti": 10,
            "base": {"giorni": "lun-ven", "orario": "08:00-16:00"},
            "fasce": [
                {"id": "anticipo", "giorni": "lun-ven", "orario": "06:30-08:00", "prezzo_mese": 60},
                {"id": "sabato", "giorni": "sab", "orario": "08:00-12:00", "prezzo_mese": 25},
            ],
            "vuoto_per_pieno": "0.5",
            "prezzi": {"posto_mese": "600.10", "pasto_giorno": "5.25"},
        },
        {
            "id": "gruppo",
            "nome": "Gruppo",
            "tipo": "tagesmutter",
            "comune": "Levico Terme",
            "posti": 5,
            "base": {"giorni": "lun-ven", "orario": "07:00-19:00"},
            "prezzi": {"ora_bambino": "8.50"},
        },
    ],
    "bambini": [
        {"id": "B001", "azienda": "alfa", "nascita": "2025-05-01", "comune": "Pergine Valsugana"},
        {"id": "B002", "azienda": "alfa", "nascita": "2025-06-01", "comune": "Pergine Valsugana"},
        {"id": "B003", "azienda": "beta", "nascita": "2023-06-01", "comune": "Levico Terme"},
    ],
}
AUTUMN = ("2026-10", "2026-11")


class Make:
    """Builders of scenarios, plans and amounts."""

    def scenario(self, **changes: Any) -> Scenario:
        """Build the case, with top-level keys replaced."""
        return Scenario.model_validate(CASE | changes)

    def edited(self, group: str, owner: str, **changes: Any) -> list[dict[str, Any]]:
        """Copy a list of the case with some keys of one item replaced."""
        return [item | changes if item["id"] == owner else item for item in CASE[group]]

    def served(self, bambino: str, gestore: str = "girasole", **changes: Any) -> Assignment:
        """Serve a child in autumn: 60 hours asked and covered, 20 meals."""
        azienda = next(child["azienda"] for child in CASE["bambini"] if child["id"] == bambino)
        values: dict[str, Any] = {
            "stagione": "autunno",
            "minuti_richiesti": 3600,
            "minuti_scoperti": 0,
            "fasce": (),
            "giorni": 20,
            "giorni_pasto": 20,
            "deviazione_minuti": 5,
            "mesi": AUTUMN,
            "mesi_fascia": {},
        }
        return Assignment(bambino=bambino, azienda=azienda, gestore=gestore, **(values | changes))

    def agreement(
        self, azienda: str, gestore: str, posti: int, used: dict[str, int], **changes: Any
    ) -> Agreement:
        """Reserve places in autumn."""
        values: dict[str, Any] = {"stagione": "autunno", "bambini": 1}
        return Agreement(azienda, gestore, posti=posti, usati_mese=used, **(values | changes))

    def solution(
        self,
        assegnazioni: tuple[Assignment, ...] = (),
        accordi: tuple[Agreement, ...] = (),
        aperture: tuple[Opening, ...] = (),
    ) -> Solution:
        """Wrap assignments, agreements and openings into a plan."""
        return Solution(
            stato="ottimo",
            unita_costo_cent=1,
            arrotondamento_massimo_cent=0,
            livelli=(),
            assegnazioni=assegnazioni,
            non_assegnati=(),
            aperture=aperture,
            personale=(),
            accordi=accordi,
            capienza=(),
            avvisi=(),
            ordine_domanda=(),
            ordine_sorteggiato=False,
            costo_produzione_cent=123_456,
        )

    def payer(self, id: str, modo: str, *voci: str, **changes: Any) -> Pagatore:
        """Write one payer of the stack; without components it takes part in all."""
        every = ("posto", "vuoto", "fascia", "ora", "pasto")
        return Pagatore.model_validate({"id": id, "modo": modo, "voci": list(voci or every)} | changes)

    def amount(
        self,
        euro: str,
        *bambini: str,
        componente: Any = "posto",
        mesi: tuple[str, ...] = ("2026-10",),
    ) -> Amount:
        """Write an amount due by alfa at girasole."""
        return Amount(
            data=date(2026, 10, 1),
            azienda="alfa",
            gestore="girasole",
            stagione="autunno",
            bambino=bambini[0] if componente in ("fascia", "ora", "pasto") else None,
            componente=componente,
            quantita=Decimal(1),
            unita="posto_mese",
            prezzo=Decimal(euro),
            fonte="gestori.girasole.prezzi.posto_mese",
            bambini=bambini,
            mesi=mesi,
        )


@pytest.fixture(scope="session")
def make() -> Make:
    """Give the builders of this folder's cases."""
    return Make()

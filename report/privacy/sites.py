"""Providers, companies, openings and staff, as far as an audience sees them."""

from collections.abc import Mapping
from datetime import date

from nido.accordi.money import cents
from nido.matching.travel import point
from nido.report.privacy.audience import extent, sees
from nido.report.privacy.counts import SiteKey, opening_children
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import (
    Band,
    Company,
    Count,
    OpeningRow,
    Provider,
    Season,
    SeasonPlaces,
    StaffRow,
)
from nido.scenari.base import Luogo
from nido.scenari.domanda import Azienda
from nido.scenari.field_text import format_decimal, parse_time
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Scenario, Stagione

MONTHS_IN_YEAR = 12


def season_of(stagione: Stagione) -> Season:
    """Describe a season."""
    first, last = (day.year * MONTHS_IN_YEAR + day.month - 1 for day in (stagione.inizio, stagione.fine))
    months = (divmod(number, MONTHS_IN_YEAR) for number in range(first, last + 1))
    names = tuple(f"{year:04d}-{month + 1:02d}" for year, month in months)
    return Season(stagione.id, stagione.nome, stagione.inizio, stagione.fine, names)


def company_of(scope: Scope, azienda: Azienda) -> Company:
    """Describe a company; its terms only to those who see them."""
    latitude, longitude = point(azienda.sede)
    terms = sees("budget", scope.audience)
    return Company(
        id=azienda.id,
        nome=azienda.nome,
        comune=azienda.sede.comune,
        latitudine=latitude,
        longitudine=longitude,
        quota=format_decimal(azienda.quota) if terms else None,
        budget_cent=cents(azienda.budget_annuo) if terms and azienda.budget_annuo is not None else None,
        posti_massimi=azienda.posti_massimi if terms else None,
    )


def provider_of(scope: Scope, gestore: Gestore) -> Provider:
    """Describe a provider; what it offers to all companies together only to those who see it."""
    latitude, longitude = point(gestore.posizione or Luogo(comune=gestore.comune))
    whole = sees("posti_offerti", scope.audience)
    places = tuple(
        SeasonPlaces(season.id, gestore.posti_stagione.get(season.id, gestore.posti))
        for season in scope.scenario.stagioni
    )
    return Provider(
        id=gestore.id,
        nome=gestore.nome,
        tipo=gestore.tipo,
        comune=gestore.comune,
        latitudine=latitude,
        longitudine=longitude,
        base_giorni=gestore.base.giorni,
        base_inizio=gestore.base.orario.start,
        base_fine=gestore.base.orario.end,
        fasce=tuple(_band(scope.scenario, fascia) for fascia in gestore.fasce),
        posto_mese_cent=cents(gestore.prezzi.posto_mese),
        ora_bambino_cent=cents(gestore.prezzi.ora_bambino),
        pasto_giorno_cent=cents(gestore.prezzi.pasto_giorno),
        vuoto_per_pieno=format_decimal(gestore.vuoto_per_pieno),
        posti_minimi_accordo=gestore.posti_minimi_accordo,
        posti=places if whole else (),
        capienza=gestore.capienza if whole else None,
        esistenti=sum(gestore.esistenti.values()) if whole else None,
    )


def _band(scenario: Scenario, fascia: Fascia) -> Band:
    return Band(
        id=fascia.id,
        giorni=fascia.giorni,
        inizio=fascia.orario.start,
        fine=fascia.orario.end,
        stagioni=fascia.stagioni or tuple(season.id for season in scenario.stagioni),
        prezzo_mese_cent=cents(fascia.prezzo_mese),
        soglia_attivazione=_threshold(scenario, fascia),
        gia_aperta=fascia.gia_aperta,
        in_chiusura=fascia.in_chiusura,
    )


def _threshold(scenario: Scenario, fascia: Fascia) -> int:
    stated = fascia.soglia_attivazione
    return scenario.regole.attivazione.soglia if stated is None else stated


def opening_rows(scope: Scope, children: Mapping[SiteKey, Count]) -> tuple[OpeningRow, ...]:
    """List the open fasce that the audience sees; for a company, those where it has an agreement."""
    seen = set(scope.providers())
    sites = {(row["gestore"], row["stagione"]) for row in scope.own("accordi")}
    return tuple(
        _opening(scope, row, children)
        for row in scope.document["aperture"]
        if row["gestore"] in seen
        and (scope.audience != "azienda" or (row["gestore"], row["stagione"]) in sites)
    )


def _opening(scope: Scope, row: Row, children: Mapping[SiteKey, Count]) -> OpeningRow:
    provider = next(item for item in scope.scenario.gestori if item.id == row["gestore"])
    fascia = next(item for item in provider.fasce if item.id == row["fascia"])
    costs = sees("costi_produzione", scope.audience)
    return OpeningRow(
        gestore=row["gestore"],
        fascia=row["fascia"],
        stagione=row["stagione"],
        giorni=row["giorni"],
        inizio=fascia.orario.start,
        fine=fascia.orario.end,
        giorni_settimana=fascia.giorni,
        bambini=opening_children(scope, row, children),
        aziende=() if scope.audience == "azienda" else _concerned(scope, row),
        prezzo_mese_cent=cents(fascia.prezzo_mese),
        soglia_attivazione=_threshold(scope.scenario, fascia),
        costo_cent=row["costo_cent"] if costs else None,
        bambini_pareggio=row["bambini_pareggio"] if costs else None,
        # A result of an earlier version does not say it.
        costo_bambino_in_piu_cent=row.get("costo_bambino_in_piu_cent") if costs else None,
        banda_bambino_in_piu=row.get("banda_bambino_in_piu") if costs else None,
    )


def _concerned(scope: Scope, opening: Row) -> tuple[str, ...]:
    site = (opening["gestore"], opening["stagione"])
    booking = {
        row["azienda"]
        for row in scope.document["assegnazioni"]
        if (row["gestore"], row["stagione"]) == site and opening["fascia"] in row["fasce"]
    }
    return tuple(name for name in scope.companies() if name in booking)


def staff_rows(scope: Scope) -> tuple[StaffRow, ...]:
    """List the educators on duty, for those who see them."""
    if extent("personale", scope.audience) == "niente":
        return ()
    return tuple(
        StaffRow(
            gestore=row["gestore"],
            stagione=row["stagione"],
            fascia=row["fascia"],
            data=None if row["data"] is None else date.fromisoformat(row["data"]),
            inizio=parse_time(row["inizio"]),
            fine=parse_time(row["fine"]),
            banda=row["banda"],
            educatrici=row["educatrici"],
            esistenti=row["esistenti"],
            giorni=row["giorni"],
        )
        for row in scope.own("personale")
    )

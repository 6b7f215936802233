"""The content of a draft agreement for one company, as plain values that a template may use."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from nido.data.lingua import in_italian
from nido.report.numbers_local import euro, figure_text, integer, percent_text
from nido.report.privacy.view import Band, Commitment, Provider, View
from nido.report.state_words import COMPANY
from nido.report.word.articoli import Articolo, articles
from nido.report.word.corrispettivi import payments
from nido.scenari.accordo_quadro import AccordoQuadro, by_clauses, clauses_for
from nido.scenari.field_text import format_time, format_weekdays
from nido.scenari.offerta import VAT_ROWS
from nido.scenari.schema import Scenario
from nido.scenari.tabulated import table_number

KEPT = "non mostrato"
DRAFT = "BOZZA da far verificare a un legale prima della firma"
# Articles that the template itself writes before those of the clauses.
FIXED_ARTICLES = 6
# Unverified figures that a contract states, by the beginning of their key; what of a provider it does not.
AGREED = (
    "accordo_quadro.durata_mesi",
    "accordo_quadro.clausole.",
    "aziende.",
    "clausole.",
    "fisco.",
    "pagatori.",
    "tariffe.",
)
NOT_AGREED = frozenset({"esistenti", "capienza", "posizione", "ipotesi", "costo_fisso", "soglia_attivazione"})


@dataclass(frozen=True, slots=True)
class RigaPosti:
    """Reserved places at a provider in a season."""

    gestore: str
    stagione: str
    dal: str
    al: str
    posti: str


@dataclass(frozen=True, slots=True)
class RigaPacchetto:
    """A package: base hours or a fascia, with its price and where it is open."""

    gestore: str
    pacchetto: str
    giorni: str
    orario: str
    prezzo: str


@dataclass(frozen=True, slots=True)
class RigaVuoto:
    """Part of the price due for an empty place at a provider, where no clause says another one."""

    gestore: str
    quota: str


@dataclass(frozen=True, slots=True)
class RigaEconomica:
    """A month of an agreement: what its places cost if all used, the company's part of it, and if all empty.

    It follows from the contract alone, whoever uses the places (`nido.report.privacy.commitments`).
    """

    mese: str
    gestore: str
    posti: str
    listino: str
    azienda: str
    vuoti: str
    azienda_vuoti: str


@dataclass(frozen=True, slots=True)
class GruppoArticoli:
    """Articles that hold for some providers: all of them, or those with other clauses."""

    gestori: str
    articoli: tuple[Articolo, ...]


@dataclass(frozen=True, slots=True)
class Cifra:
    """A figure that nobody has verified."""

    chiave: str
    valore: str
    stato: str
    nota: str


@dataclass(frozen=True, slots=True)
class Bozza:
    """Everything that the template of an agreement may name (docs/guida.md, Documenti)."""

    bozza: str
    avvertenza: str
    scenario: str
    azienda: str
    gestori: tuple[str, ...]
    inizio: str
    durata: str
    posti: tuple[RigaPosti, ...]
    pacchetti: tuple[RigaPacchetto, ...]
    corrispettivi: tuple[str, ...]
    vuoti: tuple[RigaVuoto, ...]
    gruppi: tuple[GruppoArticoli, ...]
    economico: tuple[RigaEconomica, ...]
    impegno: RigaEconomica
    totale_listino: str
    totale_azienda: str
    ipotesi: tuple[Cifra, ...]
    osservazioni: tuple[str, ...]
    impronta: str

    def plain(self) -> dict[str, Any]:
        """Give what a template may name as text, lists and dictionaries: nothing with methods of ours."""
        return asdict(self)


def draft(view: View, scenario: Scenario) -> Bozza:
    """Write the content of the draft for the company of a view.

    Parameters
    ----------
    view
        The view of a company.
    scenario
        For its framework agreement, payers and VAT: terms that the parties know. Of the simulated life the
        draft writes nothing: beside the plan's total it would tell in which months a place is empty.

    Returns
    -------
    Bozza
        The content, in Italian whatever the language: it is a contract under Italian law.

    Raises
    ------
    ValueError
        If the view is not that of a company.
    """
    if view.audience != "azienda" or view.subject is None:
        raise ValueError("a draft agreement is made for a company")
    with in_italian():
        return _draft(view, view.subject, scenario)


def _draft(view: View, azienda: str, scenario: Scenario) -> Bozza:
    agreed = scenario.accordo_quadro
    providers = {provider.id: provider for provider in view.providers}
    used = tuple(dict.fromkeys(row.gestore for row in view.agreements))
    company = next(one for one in scenario.aziende if one.id == azienda)
    months = agreed.durata_mesi or sum(len(season.mesi) for season in view.seasons)
    return Bozza(
        bozza=DRAFT,
        avvertenza=view.notice,
        scenario=view.title,
        azienda=view.subject_name,
        gestori=tuple(providers[gestore].nome for gestore in used),
        inizio=_first_day(view, agreed),
        durata=_life(agreed, months),
        posti=_places(view, providers),
        pacchetti=tuple(row for gestore in used for row in _packages(view, providers[gestore], scenario)),
        corrispettivi=payments(scenario.pagatori, company),
        vuoti=_empty(azienda, [providers[gestore] for gestore in used], agreed),
        gruppi=_groups(azienda, used, providers, agreed),
        economico=tuple(_economic(view, providers)),
        impegno=_sums(view),
        totale_listino=euro(view.totals.listino_cent),
        totale_azienda=_in_euro(
            view, sum(one.importo_cent for one in view.totals.per_payer if one.nome.startswith(COMPANY))
        ),
        ipotesi=tuple(
            Cifra(breakable(row.chiave), figure_text(row.valore, row.unita), row.stato, row.nota)
            for row in view.assumptions
            if is_of_contract(row.chiave)
        ),
        osservazioni=view.remarks,
        impronta=(view.origin.scenario_sha256 or "")[:16],
    )


def is_of_contract(chiave: str) -> bool:
    """Tell whether an unverified figure is one that the contract itself states: who, what, at which price.

    What the plan rests on besides, such as the costs behind the prices or the times of travel, stands in the
    page and in the workbook.
    """
    parts = chiave.split(".")
    if parts[0] == "gestori":
        return not set(parts[2:]) & NOT_AGREED
    return any(chiave.startswith(prefix) for prefix in AGREED)


def breakable(chiave: str) -> str:
    """Let a long key break between its parts, and not inside a word."""
    return re.sub(r"([._])", "\\1\u200b", chiave)


def italian_date(day: date) -> str:
    """Write a date as a contract does: 01/09/2026."""
    return f"{day:%d/%m/%Y}"


def _first_day(view: View, agreed: AccordoQuadro) -> str:
    if agreed.inizio is None:
        return italian_date(view.horizon[0])
    year, month = agreed.inizio.split("-")
    return f"01/{month}/{year}"


def _places(view: View, providers: Mapping[str, Provider]) -> tuple[RigaPosti, ...]:
    seasons = {season.id: season for season in view.seasons}
    return tuple(
        RigaPosti(
            providers[row.gestore].nome,
            seasons[row.stagione].nome or row.stagione,
            italian_date(seasons[row.stagione].inizio),
            italian_date(seasons[row.stagione].fine),
            integer(row.posti),
        )
        for row in view.agreements
    )


def _life(agreed: AccordoQuadro, months: int) -> str:
    """Say how long it lasts: the first term where it is renewed, else all that was simulated."""
    renewal, least = agreed.clausole.rinnovo, agreed.clausole.durata_minima
    if renewal is None:
        return f"{months} mesi"
    first = least.mesi if least is not None else renewal.mesi
    return f"{first} mesi, e poi per i rinnovi previsti più avanti"


def _packages(view: View, provider: Provider, scenario: Scenario) -> list[RigaPacchetto]:
    base = RigaPacchetto(
        provider.nome,
        "orario base",
        format_weekdays(provider.base_giorni),
        f"{format_time(provider.base_inizio)}-{format_time(provider.base_fine)}",
        _base_price(provider),
    )
    opened = {row.fascia for row in view.openings if row.gestore == provider.id}
    bands = (_band(provider, band) for band in provider.fasce if band.id in opened)
    return [base, *bands, *_further(provider, scenario)]


def _base_price(provider: Provider) -> str:
    prices = (
        (provider.posto_mese_cent, "al mese per posto"),
        (provider.ora_bambino_cent, "per ora di bambino"),
    )
    return "; ".join(f"{euro(cents)} EUR {words}" for cents, words in prices if cents) or "senza prezzo"


def _band(provider: Provider, band: Band) -> RigaPacchetto:
    price = f"{euro(band.prezzo_mese_cent)} EUR al mese per bambino" if band.prezzo_mese_cent else ""
    if not price:
        price = "al prezzo dell'ora" if provider.ora_bambino_cent else "compreso"
    return RigaPacchetto(
        provider.nome,
        band.id.replace("_", " "),
        format_weekdays(band.giorni),
        f"{format_time(band.inizio)}-{format_time(band.fine)}",
        price,
    )


def _further(provider: Provider, scenario: Scenario) -> list[RigaPacchetto]:
    """Write meals and VAT, which are due beside the packages."""
    found: list[RigaPacchetto] = []
    if provider.pasto_giorno_cent:
        price = f"{euro(provider.pasto_giorno_cent)} EUR al giorno"
        found.append(RigaPacchetto(provider.nome, "pasto", "", "", price))
    regime = next(one.regime_iva for one in scenario.gestori if one.id == provider.id)
    rate = percent_text(Fraction(table_number(VAT_ROWS[regime]))) if regime in VAT_ROWS else ""
    due = f"{rate} in più sui prezzi" if rate else "prezzi esenti"
    found.append(RigaPacchetto(provider.nome, "IVA", "", "", due))
    return found


def _empty(azienda: str, providers: Sequence[Provider], agreed: AccordoQuadro) -> tuple[RigaVuoto, ...]:
    return tuple(
        RigaVuoto(provider.nome, percent_text(Fraction(provider.vuoto_per_pieno)))
        for provider in providers
        if provider.posto_mese_cent and clauses_for(agreed, azienda, provider.id).vuoto_per_pieno is None
    )


def _groups(
    azienda: str, used: tuple[str, ...], providers: Mapping[str, Provider], agreed: AccordoQuadro
) -> tuple[GruppoArticoli, ...]:
    """Gather the providers with the same clauses; articles go on counting from group to group."""
    found = by_clauses(agreed, ((azienda, gestore) for gestore in used))
    groups: list[GruppoArticoli] = []
    number = FIXED_ARTICLES + 1
    for clauses, pairs in found:
        written = articles(clauses, number)
        number += len(written)
        names = ", ".join(providers[gestore].nome for _, gestore in pairs)
        if written:
            groups.append(GruppoArticoli(names if len(found) > 1 else "", written))
    return tuple(groups)


def _economic(view: View, providers: Mapping[str, Provider]) -> Iterator[RigaEconomica]:
    """Write the commitment by month, then by provider in the order of the view."""
    order = list(providers)
    for one in sorted(view.commitments, key=lambda one: (one.mese, order.index(one.gestore))):
        month = f"{one.mese[5:]}/{one.mese[:4]}"
        yield _committed(view, month, providers[one.gestore].nome, (one,))


def _sums(view: View) -> RigaEconomica:
    return replace(_committed(view, "in tutto", "", view.commitments), posti="")


def _committed(view: View, month: str, provider: str, rows: Sequence[Commitment]) -> RigaEconomica:
    return RigaEconomica(
        mese=month,
        gestore=provider,
        posti=integer(sum(one.posti for one in rows)),
        listino=euro(sum(one.usati_cent for one in rows)),
        azienda=_own(view, sum(one.azienda_usati_cent for one in rows)),
        vuoti=euro(sum(one.vuoti_cent for one in rows)),
        azienda_vuoti=_own(view, sum(one.azienda_vuoti_cent for one in rows)),
    )


def _in_euro(view: View, cents: int) -> str:
    return KEPT if view.flat else f"{euro(cents)} EUR"


def _own(view: View, cents: int) -> str:
    """Write what the company pays, unless that would tell what a family earns."""
    return KEPT if view.flat else euro(cents)

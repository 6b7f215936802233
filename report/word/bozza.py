"""The content of a draft agreement for one company, as plain values that a template may use."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from nido.data.lingua import in_italian
from nido.report.numbers_local import decimal_text, euro, integer, percent_text
from nido.report.privacy.view import Band, Provider, View
from nido.report.word.articoli import Articolo, articles
from nido.scenari.accordo_quadro import AccordoQuadro, clauses_for
from nido.scenari.clausole import Clausole
from nido.scenari.field_text import format_time, format_weekdays

DRAFT = "BOZZA da far verificare a un legale prima della firma"
# Articles that the template itself writes before those of the clauses.
FIXED_ARTICLES = 6


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
    """A month of an agreement: the whole list price, and the company's part."""

    mese: str
    gestore: str
    listino: str
    azienda: str


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
    quota: str
    vuoti: tuple[RigaVuoto, ...]
    gruppi: tuple[GruppoArticoli, ...]
    economico: tuple[RigaEconomica, ...]
    totale_listino: str
    totale_azienda: str
    ipotesi: tuple[Cifra, ...]
    osservazioni: tuple[str, ...]
    impronta: str

    def plain(self) -> dict[str, Any]:
        """Give what a template may name as text, lists and dictionaries: nothing with methods of ours."""
        return asdict(self)


def draft(view: View, agreed: AccordoQuadro) -> Bozza:
    """Write the content of the draft for the company of a view.

    Parameters
    ----------
    view
        The view of a company.
    agreed
        Life and clauses of the framework agreements.

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
        return _draft(view, view.subject, agreed)


def _draft(view: View, azienda: str, agreed: AccordoQuadro) -> Bozza:
    providers = {provider.id: provider for provider in view.providers}
    used = tuple(dict.fromkeys(row.gestore for row in view.agreements))
    company = next(row for row in view.companies if row.id == azienda)
    months = agreed.durata_mesi or sum(len(season.mesi) for season in view.seasons)
    return Bozza(
        bozza=DRAFT,
        avvertenza=view.notice,
        scenario=view.title,
        azienda=view.subject_name,
        gestori=tuple(providers[gestore].nome for gestore in used),
        inizio=_first_day(view, agreed),
        durata=f"{months} mesi",
        posti=_places(view, providers),
        pacchetti=tuple(row for gestore in used for row in _packages(view, providers[gestore])),
        quota=percent_text(Fraction(company.quota or "0")),
        vuoti=_empty(azienda, [providers[gestore] for gestore in used], agreed),
        gruppi=_groups(azienda, used, providers, agreed),
        economico=_economic(view, providers),
        totale_listino=euro(view.totals.listino_cent),
        totale_azienda=euro(sum(row.importo_cent for row in view.totals.per_company_month)),
        ipotesi=tuple(
            Cifra(row.chiave, f"{decimal_text(row.valore)} {row.unita}".strip(), row.stato, row.nota)
            for row in view.assumptions
        ),
        osservazioni=view.remarks,
        impronta=(view.origin.scenario_sha256 or "")[:16],
    )


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


def _packages(view: View, provider: Provider) -> list[RigaPacchetto]:
    base = RigaPacchetto(
        provider.nome,
        "orario base",
        format_weekdays(provider.base_giorni),
        f"{format_time(provider.base_inizio)}-{format_time(provider.base_fine)}",
        _base_price(provider),
    )
    opened = {row.fascia for row in view.openings if row.gestore == provider.id}
    return [base, *(_band(provider, band) for band in provider.fasce if band.id in opened)]


def _base_price(provider: Provider) -> str:
    if provider.posto_mese_cent:
        return f"{euro(provider.posto_mese_cent)} EUR al mese per posto"
    return f"{euro(provider.ora_bambino_cent)} EUR per ora di bambino"


def _band(provider: Provider, band: Band) -> RigaPacchetto:
    price = f"{euro(band.prezzo_mese_cent)} EUR al mese per bambino" if band.prezzo_mese_cent else "compreso"
    return RigaPacchetto(
        provider.nome,
        band.id,
        format_weekdays(band.giorni),
        f"{format_time(band.inizio)}-{format_time(band.fine)}",
        price,
    )


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
    found: list[tuple[Clausole, list[str]]] = []
    for gestore in used:
        clauses = clauses_for(agreed, azienda, gestore)
        same = next((names for known, names in found if known == clauses), None)
        if same is None:
            found.append((clauses, same := []))
        same.append(providers[gestore].nome)
    groups: list[GruppoArticoli] = []
    number = FIXED_ARTICLES + 1
    for clauses, names in found:
        written = articles(clauses, number)
        number += len(written)
        if written:
            groups.append(GruppoArticoli(", ".join(names) if len(found) > 1 else "", written))
    return tuple(groups)


def _economic(view: View, providers: Mapping[str, Provider]) -> tuple[RigaEconomica, ...]:
    """Sum the lines by month and provider."""
    whole: dict[tuple[str, str], int] = defaultdict(int)
    own: dict[tuple[str, str], int] = defaultdict(int)
    for line in view.lines:
        key = (f"{line.data:%Y-%m}", line.gestore)
        whole[key] += line.importo_cent
        if line.pagatore == f"azienda:{view.subject}":
            own[key] += line.importo_cent
    order = list(providers)
    return tuple(
        RigaEconomica(
            f"{month[5:]}/{month[:4]}",
            providers[gestore].nome,
            euro(whole[month, gestore]),
            euro(own[month, gestore]),
        )
        for month, gestore in sorted(whole, key=lambda key: (key[0], order.index(key[1])))
    )

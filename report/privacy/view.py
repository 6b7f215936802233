"""What a document may show, and nothing else: the only thing that a writer of documents reads.

`nido.report.privacy.build_view.view_for` makes a `View` for one audience from the resolved scenario and a
result; a writer never touches either. Everything is frozen, already summed, already suppressed.

Reading it
----------
- ``Count = int | None``: a count of children, families, requests or presences. ``None`` = **suppressed**: it
  is below the threshold, or would betray one that is (so not every ``None`` is below it: write
  `HIDDEN_SIGN`, never ``<5``). Zero is a zero.
- ``... | None`` of money and other figures (``*_cent``, ``capienza``...): this audience does not see it, or
  there is none; write a dash. A table that an audience does not see at all is the empty tuple.
- Money is integer cents; times of day are minutes from midnight; days of the week 0 = Monday; months are
  ``2026-09``; shares and quantities are decimal text (``0.5``).
- Ids are those of the scenario; names stand in `View.companies`, `View.providers`, `View.seasons`.

Tables of a `View` (row type: fields)
-------------------------------------
============== ===================================================================================
seasons        Season: id, nome, inizio, fine, mesi
companies      Company: id, nome, comune, latitudine, longitudine, quota, budget_cent, posti_massimi
providers      Provider: id, nome, tipo, comune, latitudine, longitudine, base_giorni, base_inizio,
               base_fine, fasce (Band...), posto_mese_cent, ora_bambino_cent, pasto_giorno_cent,
               vuoto_per_pieno, posti_minimi_accordo, posti (SeasonPlaces...), capienza, esistenti
agreements     AgreementRow: azienda, gestore, stagione, posti, bambini, usati_mese (MonthCount...),
               listino_cent, azienda_cent
commitments    Commitment (a company's view only): azienda, gestore, stagione, mese, posti,
               prezzo_cent, vuoto (EmptyShare), iva, parti_usati, parti_vuoti (OwnPart...),
               usati_cent, vuoti_cent, azienda_usati_cent, azienda_vuoti_cent
lines          Line: data, azienda, gestore, stagione, bambino, componente, quantita, unita,
               prezzo_cent, importo_cent, pagatore, fonte
totals         Totals: listino_cent, per_payer, per_company, per_provider, per_month,
               per_company_month, costo_produzione_cent
openings       OpeningRow: gestore, fascia, stagione, giorni, inizio, fine, giorni_settimana, bambini,
               aziende, prezzo_mese_cent, soglia_attivazione, costo_cent, bambini_pareggio,
               costo_bambino_in_piu_cent, banda_bambino_in_piu
staff          StaffRow: gestore, stagione, fascia, data, inizio, fine, banda, educatrici, esistenti,
               giorni
occupancy      Occupancy: gestore, stagione, passo_minuti, presenti[weekday][slot],
               esistenti[weekday][slot], posti, capienza, presenti_massimi, iscritti
coverage       CoverageRow: azienda, piano (Served), standard (Served or None)
reasons        ReasonRow: azienda, esito, regola, richieste
requests       RequestRow (district only): bambino, azienda, stagione, gestore, esito,
               minuti_richiesti, minuti_scoperti, fasce, giorni, deviazione_minuti, motivi (ReasonText)
homes          HomeRow: comune, latitudine, longitudine, bambini
tiers          TierRow (district only): nome, unita, verso, valore, limite, gap, stato
notices        NoticeRow (district only): regola, dove, dettaglio
assumptions    AssumptionRow: chiave, valore, unita, fonte, stato, nota
unit_costs     UnitCosts: costo_per_ora_coperta_cent, costo_per_posto_cent
origin         Origin: scenario_sha256 (district only, else None), seme, versioni, sostituzioni
============== ===================================================================================
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from nido.report.privacy.audience import Audience

Count = int | None
Esito = Literal["non_servita", "parziale"]
EsitoRichiesta = Literal["piena", "parziale", "non_servita"]

# Written where a count is suppressed: "non disponibile" in Italian statistics, "not disclosed" in English.
HIDDEN_SIGN = "n.d."
# Whoever pays and is no company, for those who may not know who it is.
OTHER_PAYERS = "altri"
# The municipalities with few children, together.
OTHER_TOWNS = "altri"


@dataclass(frozen=True, slots=True)
class Season:
    """A season; `fine` is its last day, `mesi` its months."""

    id: str
    nome: str
    inizio: date
    fine: date
    mesi: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """A company and where its people work; its terms only for itself and the district."""

    id: str
    nome: str
    comune: str | None
    latitudine: float
    longitudine: float
    quota: str | None
    budget_cent: int | None
    posti_massimi: int | None


@dataclass(frozen=True, slots=True)
class Band:
    """A fascia that a provider offers; `stagioni` are those in which it may open."""

    id: str
    giorni: tuple[int, ...]
    inizio: int
    fine: int
    stagioni: tuple[str, ...]
    prezzo_mese_cent: int
    soglia_attivazione: int
    gia_aperta: bool
    in_chiusura: bool


@dataclass(frozen=True, slots=True)
class SeasonPlaces:
    """Places that a provider offers to companies in a season."""

    stagione: str
    posti: int


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: position, hours, fasce, price list, clauses; `posti` to `esistenti` not for a company."""

    id: str
    nome: str
    tipo: str
    comune: str
    latitudine: float
    longitudine: float
    base_giorni: tuple[int, ...]
    base_inizio: int
    base_fine: int
    fasce: tuple[Band, ...]
    posto_mese_cent: int
    ora_bambino_cent: int
    pasto_giorno_cent: int
    vuoto_per_pieno: str
    posti_minimi_accordo: int
    posti: tuple[SeasonPlaces, ...]
    capienza: int | None
    esistenti: int | None


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Most children present together in a month."""

    mese: str
    posti: Count


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An agreement: places, its children, places used by month, list total, the company's part of it.

    A company reads the two amounts only where they tell of nobody: they depend on who uses its places.
    """

    azienda: str
    gestore: str
    stagione: str
    posti: int
    bambini: Count
    usati_mese: tuple[MonthCount, ...]
    listino_cent: int | None
    azienda_cent: int | None


@dataclass(frozen=True, slots=True)
class OwnPart:
    """A part of an amount that a company pays of what its parts before have left.

    Attributes
    ----------
    chiave
        Where the scenario says it; none where the sum due for an empty place is no child's.
    valore
        A share from 0 to 1, or euro for each place where `somma` is true.
    rimborsi
        Shares of it that are given back, one after the other.
    """

    chiave: str
    valore: str
    somma: bool = False
    rimborsi: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmptyShare:
    """The part of its price due for an empty place: where the scenario says it, and how much."""

    chiave: str
    valore: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """What reserved places cost in a month, all of them used and all of them empty: whoever uses them.

    It follows from the contract alone (places, price, part due for an empty place, the company's part,
    VAT), so it tells nothing of the children. `nido.report.privacy.commitments` reckons it.

    Attributes
    ----------
    prezzo_cent
        Price of a place in a month.
    iva
        VAT on it, as a share; ``0`` where it is exempt.
    parti_usati, parti_vuoti
        How the company's part of a used and of an empty place is reckoned.
    usati_cent, vuoti_cent
        List price with VAT, whoever pays it.
    azienda_usati_cent, azienda_vuoti_cent
        The company's part of it, before what others pay and before limits per child.
    """

    azienda: str
    gestore: str
    stagione: str
    mese: str
    posti: int
    prezzo_cent: int
    vuoto: EmptyShare
    iva: str
    parti_usati: tuple[OwnPart, ...]
    parti_vuoti: tuple[OwnPart, ...]
    usati_cent: int
    vuoti_cent: int
    azienda_usati_cent: int
    azienda_vuoti_cent: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger; a company reads only those that tell of nobody, the rest is in `Totals`.

    Attributes
    ----------
    bambino
        For the district only, where the line belongs to one child.
    componente
        ``posto``, ``vuoto``, ``fascia``, ``ora``, ``pasto`` or ``iva``.
    pagatore
        ``azienda:<id>``, a payer's id, ``scoperto``, or `OTHER_PAYERS`.
    """

    data: date
    azienda: str
    gestore: str
    stagione: str
    bambino: str | None
    componente: str
    quantita: str | None
    unita: str | None
    prezzo_cent: int | None
    importo_cent: int
    pagatore: str
    fonte: str | None


@dataclass(frozen=True, slots=True)
class NamedCents:
    """An amount by name: a payer, a company, a provider, a month."""

    nome: str
    importo_cent: int


@dataclass(frozen=True, slots=True)
class CompanyMonth:
    """What a company pays in a month."""

    azienda: str
    mese: str
    importo_cent: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of what concerns the audience, over the whole plan.

    Attributes
    ----------
    listino_cent
        Everything at list price; equal to the sum of `per_payer` and of `per_company`, and, where a company
        reads them, of `per_provider`, of `per_month` and of the agreements' `listino_cent`.
    per_company, per_provider, per_month
        List price, whoever pays it. The last two are empty for a company where some agreement tells of too
        few: a part by month or provider would give away who uses a place, and when.
    per_company_month
        What each company pays itself; empty together with `per_month`.
    costo_produzione_cent
        District only.
    """

    listino_cent: int
    per_payer: tuple[NamedCents, ...]
    per_company: tuple[NamedCents, ...]
    per_provider: tuple[NamedCents, ...]
    per_month: tuple[NamedCents, ...]
    per_company_month: tuple[CompanyMonth, ...]
    costo_produzione_cent: int | None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An open fascia; for a company `bambini` are its own, and costs and break-even are None.

    `aziende` are the companies whose children book it (empty for a company).
    """

    gestore: str
    fascia: str
    stagione: str
    giorni: int
    inizio: int
    fine: int
    giorni_settimana: tuple[int, ...]
    bambini: Count
    aziende: tuple[str, ...]
    prezzo_mese_cent: int
    soglia_attivazione: int
    costo_cent: int | None
    bambini_pareggio: int | None
    costo_bambino_in_piu_cent: int | None
    banda_bambino_in_piu: str | None


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Educators on duty from `inizio` to `fine`; `data` None = every day of the season, `giorni` of them."""

    gestore: str
    stagione: str
    fascia: str
    data: date | None
    inizio: int
    fine: int
    banda: str
    educatrici: int
    esistenti: int
    giorni: int


@dataclass(frozen=True, slots=True)
class Occupancy:
    """How full a provider is over the week: for every weekday and interval, the peak over the season's days.

    Attributes
    ----------
    presenti
        Shape (7, intervals of a day): most children of the plan present together; interval ``k`` starts at
        minute ``k × passo_minuti``. For a company only its own children.
    esistenti
        Same shape: children who were there before the plan, in base hours; empty for a company.
    posti, capienza
        Places offered to companies, authorised capacity; None for a company.
    presenti_massimi, iscritti
        Peak presence and most enrolled, children of the plan only; None for a company.
    """

    gestore: str
    stagione: str
    passo_minuti: int
    presenti: tuple[tuple[Count, ...], ...]
    esistenti: tuple[tuple[int, ...], ...]
    posti: int | None
    capienza: int | None
    presenti_massimi: int | None
    iscritti: int | None


@dataclass(frozen=True, slots=True)
class Served:
    """Requests (bambino × stagione) and minutes; minutes are suppressed with the counts they belong to."""

    richieste: Count
    piene: Count
    parziali: Count
    non_servite: Count
    minuti_coperti: Count
    minuti_chiesti: Count


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """Coverage of a company, and the same at standard hours when it was compared and may be shown.

    For a gestore: the requests served at its site, company by company, without those served nowhere.
    """

    azienda: str
    piano: Served
    standard: Served | None


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How many requests of a company a rule stops (several rules may stop one request)."""

    azienda: str
    esito: Esito
    regola: str
    richieste: Count


@dataclass(frozen=True, slots=True)
class ReasonText:
    """Why one provider does not serve one request (better): rule, kind and detail."""

    gestore: str
    regola: str
    tipo: str
    dettaglio: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request, by the child's id: district only. `gestore` None when nobody serves it."""

    bambino: str
    azienda: str
    stagione: str
    gestore: str | None
    esito: EsitoRichiesta
    minuti_richiesti: int
    minuti_scoperti: int
    fasce: tuple[str, ...]
    giorni: int | None
    deviazione_minuti: int | None
    motivi: tuple[ReasonText, ...]


@dataclass(frozen=True, slots=True)
class HomeRow:
    """Children of a municipality, at its own point (never that of a home).

    Municipalities with few families stand together in one last row: `comune` is `OTHER_TOWNS`, no point.
    """

    comune: str
    latitudine: float | None
    longitudine: float | None
    bambini: int


@dataclass(frozen=True, slots=True)
class TierRow:
    """One objective tier: value of the plan shown, proven bound."""

    nome: str
    unita: str
    verso: str
    valore: int | None
    limite: int | None
    gap: float | None
    stato: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A limit that the plan exceeds, or what a reader must be told."""

    regola: str
    dove: str
    dettaglio: str


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """An unverified figure that the plan rests on."""

    chiave: str
    valore: str
    unita: str
    fonte: str
    stato: str
    nota: str


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """List price of the visible agreements by covered hour and by reserved place and month, in cents."""

    costo_per_ora_coperta_cent: int | None
    costo_per_posto_cent: int | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the figures come from; digest and `sostituzioni` for the district only.

    Whoever knows all but one value of a scenario could find that one by trying digests.
    """

    scenario_sha256: str | None
    seme: int
    versioni: tuple[tuple[str, str], ...]
    sostituzioni: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything that one audience may see of one result.

    Attributes
    ----------
    title
        Name of the scenario.
    notice
        ``DATI SINTETICI``, to be written wherever a figure is shown; empty when the demand is real.
    audience, subject, subject_name
        Whom it is for: ``distretto`` (subject None, name empty), ``azienda`` or ``gestore`` with its id.
    state, verified
        State of the result (docs/risultato.md), and whether its checker confirmed it.
    horizon
        First and last day.
    threshold
        Counts of fewer children or families are suppressed.
    standard_hours
        The hours of the comparison, ``08:30-16:30``; None when there is none.
    remarks
        Sentences that every document shows: what is suppressed, what was replaced and why.
    flat
        True where a company's amounts are its flat share of the list price and not what it is billed, since
        that would tell what a family earns.

    The tables are described in the module's text.
    """

    title: str
    notice: str
    audience: Audience
    subject: str | None
    subject_name: str
    state: str
    verified: bool
    horizon: tuple[date, date]
    threshold: int
    standard_hours: str | None
    remarks: tuple[str, ...]
    flat: bool
    seasons: tuple[Season, ...]
    companies: tuple[Company, ...]
    providers: tuple[Provider, ...]
    agreements: tuple[AgreementRow, ...]
    commitments: tuple[Commitment, ...]
    lines: tuple[Line, ...]
    totals: Totals
    openings: tuple[OpeningRow, ...]
    staff: tuple[StaffRow, ...]
    occupancy: tuple[Occupancy, ...]
    coverage: tuple[CoverageRow, ...]
    reasons: tuple[ReasonRow, ...]
    requests: tuple[RequestRow, ...]
    homes: tuple[HomeRow, ...]
    unit_costs: UnitCosts
    tiers: tuple[TierRow, ...]
    notices: tuple[NoticeRow, ...]
    assumptions: tuple[AssumptionRow, ...]
    origin: Origin

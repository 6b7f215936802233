"""A large view written by hand, with long names: what the page must cope with."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from nido.report.privacy.audience import Audience
from nido.report.privacy.view import (
    OTHER_PAYERS,
    AgreementRow,
    AssumptionRow,
    Band,
    Commitment,
    Company,
    CompanyMonth,
    CoverageRow,
    EmptyShare,
    HomeRow,
    Line,
    MonthCount,
    NamedCents,
    NoticeRow,
    Occupancy,
    OpeningRow,
    Origin,
    Provider,
    ReasonRow,
    ReasonText,
    RequestRow,
    Season,
    SeasonPlaces,
    Served,
    StaffRow,
    TierRow,
    Totals,
    UnitCosts,
    View,
)

COMPANIES, PROVIDERS = 6, 7
STEP = 30
SLOTS = 24 * 60 // STEP
KINDS = ("nido", "micronido", "tagesmutter")
SEASONS = (
    Season(
        "autunno", "Settembre-dicembre 2026", date(2026, 9, 1), date(2026, 12, 31), ("2026-09", "2026-10")
    ),
    Season("primavera", "Gennaio-giugno 2027", date(2027, 1, 1), date(2027, 6, 30), ("2027-01", "2027-02")),
    Season("estate", "Luglio-agosto 2027", date(2027, 7, 1), date(2027, 8, 31), ("2027-07", "2027-08")),
)


def company_name(place: int) -> str:
    """Name a company; the second has a name as long as a scenario allows, without a space."""
    return "Cooperativa" + "lunghissima" * 9 if place == 1 else f"Azienda {place} di prova società per azioni"


def provider_name(place: int) -> str:
    """Name a provider."""
    return f"Nido intercomunale numero {place} di via della Stazione"


def big_view(audience: Audience = "distretto") -> View:
    """Make the view of an audience: its first company or provider, where it is one of them."""
    whole = _district()
    if audience == "azienda":
        return _of_company(whole)
    return _of_provider(whole) if audience == "gestore" else whole


def _district() -> View:
    lines = tuple(_lines())
    return View(
        title="Distretto di prova, anno educativo 2026/27",
        notice="DATI SINTETICI",
        audience="distretto",
        subject=None,
        subject_name="",
        state="ottimo",
        verified=True,
        horizon=(date(2026, 9, 1), date(2027, 8, 31)),
        threshold=5,
        standard_hours="08:30-16:30",
        remarks=("I comuni con meno di 5 famiglie stanno insieme.",),
        flat=False,
        seasons=SEASONS,
        companies=tuple(_company(place) for place in range(COMPANIES)),
        providers=tuple(_provider(place) for place in range(PROVIDERS)),
        agreements=tuple(_agreement(*pair) for pair in _pairs()),
        commitments=(),
        lines=lines,
        totals=_totals(lines),
        openings=tuple(_opening(place, season.id) for season in SEASONS for place in (0, 3)),
        staff=tuple(_staff()),
        occupancy=tuple(_occupancy(place, season.id) for place in range(PROVIDERS) for season in SEASONS),
        coverage=tuple(
            CoverageRow(f"a{place}", Served(9, 5, 2, 2, 5000, 6000), Served(9, 1, 2, 6, 1000, 6000))
            for place in range(COMPANIES)
        ),
        reasons=tuple(_reasons()),
        requests=tuple(_requests()),
        homes=(
            HomeRow("Pergine Valsugana", 46.0605, 11.2407, 29),
            HomeRow("Levico Terme", 46.0117, 11.3037, 6),
            HomeRow("altri", None, None, 12),
        ),
        unit_costs=UnitCosts(830, 89696),
        tiers=(TierRow("copertura_piena", "U", "max", 86, 86, 0.0, "dimostrato"),),
        notices=(NoticeRow("ore_sede", "g1", "12 ore in un giorno, il limite è 11"),),
        assumptions=tuple(
            AssumptionRow(f"costi.voce.{place}", "26.75", "EUR/ora", "contratto", "stimato", "")
            for place in range(30)
        ),
        origin=Origin("0" * 64, 7, (("nido", "0.1.0"), ("python", "3.11")), ("gestori[g1].posti=2",)),
    )


def _company(place: int) -> Company:
    return Company(
        f"a{place}", company_name(place), None, 46.06 + place / 500, 11.24 - place / 600, "0.5", 4000000, None
    )


def _provider(place: int) -> Provider:
    bands = (
        Band("anticipo", (0, 1, 2, 3, 4), 390, 450, (), 7000, 4, False, False),
        Band("agosto_anticipo", (0, 1, 2, 3, 4), 390, 450, ("estate",), 4000, 4, False, True),
    )
    return Provider(
        id=f"g{place}",
        nome=provider_name(place),
        tipo=KINDS[place % 3],
        comune="Pergine Valsugana" if place % 2 else "Baselga di Pinè",
        latitudine=46.06 + place / 200,
        longitudine=11.24 + place / 150,
        base_giorni=(0, 1, 2, 3, 4),
        base_inizio=450,
        base_fine=1050,
        fasce=bands,
        posto_mese_cent=80000,
        ora_bambino_cent=0,
        pasto_giorno_cent=450,
        vuoto_per_pieno="0.5",
        posti_minimi_accordo=0,
        posti=tuple(SeasonPlaces(season.id, 6) for season in SEASONS),
        capienza=29,
        esistenti=18,
    )


def _pairs() -> Iterator[tuple[int, int, str]]:
    for company in range(COMPANIES):
        for provider in range(company, PROVIDERS, 3):
            for season in SEASONS:
                yield company, provider, season.id


def _agreement(company: int, provider: int, season: str) -> AgreementRow:
    used = (MonthCount("2026-09", 2), MonthCount("2026-10", None))
    return AgreementRow(f"a{company}", f"g{provider}", season, 2, 3, used, 200003, 100002)


def _lines() -> Iterator[Line]:
    starts = {season.id: season.inizio for season in SEASONS}
    for company, provider, season in _pairs():
        names = (f"a{company}", f"g{provider}", season)
        for payer, cents in ((f"azienda:a{company}", 100002), ("famiglia", 60001), ("provincia", 40000)):
            yield Line(
                starts[season], *names, None, "posto", "2", "posti-mese", 80000, cents, payer, "listino"
            )


def _totals(lines: tuple[Line, ...]) -> Totals:
    def named(key: str) -> tuple[NamedCents, ...]:
        sums: dict[str, int] = {}
        for line in lines:
            name = f"{line.data:%Y-%m}" if key == "data" else str(getattr(line, key))
            sums[name] = sums.get(name, 0) + line.importo_cent
        return tuple(NamedCents(name, cents) for name, cents in sums.items())

    months: dict[tuple[str, str], int] = {}
    for line in lines:
        if line.pagatore.startswith("azienda:"):
            months[line.azienda, f"{line.data:%Y-%m}"] = (
                months.get((line.azienda, f"{line.data:%Y-%m}"), 0) + line.importo_cent
            )
    return Totals(
        listino_cent=sum(line.importo_cent for line in lines),
        per_payer=named("pagatore"),
        per_company=named("azienda"),
        per_provider=named("gestore"),
        per_month=named("data"),
        per_company_month=tuple(CompanyMonth(*key, cents) for key, cents in months.items()),
        costo_produzione_cent=1234567,
    )


def _opening(place: int, season: str) -> OpeningRow:
    fascia = "agosto_anticipo" if season == "estate" else "anticipo"
    days = (0, 1, 2, 3, 4)
    return OpeningRow(
        *(f"g{place}", fascia, season, 80, 390, 450, days, 4, ("a0", "a1", "a3"), 7000, 4),
        *(663520, 31, 0, None),
    )


def _staff() -> Iterator[StaffRow]:
    for season in SEASONS:
        for place in range(PROVIDERS):
            provider = f"g{place}"
            yield StaffRow(provider, season.id, "base", None, 450, 510, "piccoli", 2, 3, 80)
            yield StaffRow(provider, season.id, "base", None, 450, 1050, "grandi", 2, 3, 80)
            if place in (0, 3):
                fascia = "agosto_anticipo" if season.id == "estate" else "anticipo"
                yield StaffRow(provider, season.id, fascia, None, 390, 450, "tutte", 2, 0, 80)


def _occupancy(place: int, season: str) -> Occupancy:
    week = tuple(
        tuple((place + slot + day) % 9 if day < 5 and 15 <= slot < 35 else 0 for slot in range(SLOTS))
        for day in range(7)
    )
    empty = tuple((0,) * SLOTS for _ in range(7))
    return Occupancy(f"g{place}", season, STEP, week, empty, 6, 29, 8, 9)


def _reasons() -> Iterator[ReasonRow]:
    for place in range(COMPANIES):
        yield ReasonRow(f"a{place}", "non_servita", "orari", 2)
        yield ReasonRow(f"a{place}", "parziale", "orari", 1)


def _requests() -> Iterator[RequestRow]:
    reason = ReasonText("g1", "orari", "impossibile_da_solo", "chiude prima")
    for place in range(20):
        yield RequestRow(
            *(f"B{place:03}", f"a{place % COMPANIES}", "autunno", None, "non_servita", 9000, 9000),
            *((), None, None, (reason,)),
        )


def _commitments(whole: View) -> Iterator[Commitment]:
    months = {season.id: season.mesi for season in SEASONS}
    empty = EmptyShare("gestori.g0.vuoto_per_pieno", "0.5")
    for row in whole.agreements:
        for month in months[row.stagione] if row.azienda == "a0" else ():
            yield Commitment(
                *("a0", row.gestore, row.stagione, month, 2, 80000, empty, "0", (), ()),
                *(160000, 80000, 80000, 80000),
            )


def _of_company(whole: View) -> View:
    hidden = tuple(
        replace(
            one,
            presenti=tuple(tuple(None if cell == 1 else cell for cell in day) for day in one.presenti),
            esistenti=(),
            posti=None,
            capienza=None,
            presenti_massimi=None,
            iscritti=None,
        )
        for one in whole.occupancy
    )
    lines = tuple(
        replace(line, pagatore=line.pagatore if line.pagatore == "azienda:a0" else OTHER_PAYERS)
        for line in whole.lines
        if line.azienda == "a0"
    )
    served = Served(None, None, None, None, None, None)
    return replace(
        whole,
        audience="azienda",
        subject="a0",
        subject_name=company_name(0),
        companies=whole.companies[:1],
        agreements=tuple(
            replace(row, bambini=None, usati_mese=(), listino_cent=None, azienda_cent=None)
            for row in whole.agreements
            if row.azienda == "a0"
        ),
        commitments=tuple(_commitments(whole)),
        lines=(),
        totals=replace(
            _totals(lines), per_provider=(), per_month=(), per_company_month=(), costo_produzione_cent=None
        ),
        openings=tuple(
            replace(
                row,
                bambini=None,
                aziende=(),
                costo_cent=None,
                bambini_pareggio=None,
                costo_bambino_in_piu_cent=None,
            )
            for row in whole.openings
        ),
        staff=(),
        occupancy=hidden,
        coverage=(CoverageRow("a0", served, None),),
        reasons=(ReasonRow("a0", "non_servita", "orari", None),),
        requests=(),
        tiers=(),
        notices=(),
        origin=replace(whole.origin, scenario_sha256=None, sostituzioni=()),
    )


def _of_provider(whole: View) -> View:
    lines = tuple(
        replace(line, pagatore=line.pagatore if line.pagatore.startswith("azienda:") else OTHER_PAYERS)
        for line in whole.lines
        if line.gestore == "g3"
    )
    return replace(
        whole,
        audience="gestore",
        subject="g3",
        subject_name=provider_name(3),
        providers=whole.providers[3:4],
        agreements=tuple(row for row in whole.agreements if row.gestore == "g3"),
        lines=lines,
        totals=replace(_totals(lines), costo_produzione_cent=None),
        openings=tuple(row for row in whole.openings if row.gestore == "g3"),
        staff=tuple(row for row in whole.staff if row.gestore == "g3"),
        occupancy=tuple(row for row in whole.occupancy if row.gestore == "g3"),
        reasons=(),
        requests=(),
        homes=(),
        tiers=(),
        notices=(),
        origin=replace(whole.origin, scenario_sha256=None, sostituzioni=()),
    )

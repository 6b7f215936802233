"""A result turned into what one audience may see of it: the only way from a result to a document."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from nido.accordi.money import half_up
from nido.accordi.pagatori import COMPANY, revealing
from nido.data.lingua import text
from nido.report.copertura import Comparison, Document
from nido.report.privacy.audience import Audience, check_subject, sees
from nido.report.privacy.cells import DEFAULT_THRESHOLD, check_threshold
from nido.report.privacy.commitments import commitment_rows
from nido.report.privacy.counts import (
    CompanyCounts,
    SiteKey,
    company_counts,
    coverage_rows,
    home_rows,
    reason_rows,
    used_months,
)
from nido.report.privacy.details import (
    assumption_rows,
    notice_rows,
    origin_of,
    request_rows,
    tier_rows,
)
from nido.report.privacy.money import Money, agreement_of, money_of, totals_of
from nido.report.privacy.presence import occupancy_rows
from nido.report.privacy.published import Shown, moved_lines
from nido.report.privacy.scope import Row, Scope, families
from nido.report.privacy.sites import (
    company_of,
    opening_rows,
    provider_of,
    season_of,
    staff_rows,
)
from nido.report.privacy.view import (
    HIDDEN_SIGN,
    AgreementRow,
    Count,
    CoverageRow,
    Line,
    Season,
    UnitCosts,
    View,
)
from nido.report.state_words import WITHOUT_PLAN
from nido.scenari.load import Loaded

MINUTES_IN_HOUR = 60
CONFIRMED = "confermata"


def view_for(
    loaded: Loaded,
    document: Document,
    audience: Audience = "distretto",
    subject: str | None = None,
    *,
    comparison: Comparison | None = None,
    threshold: int = DEFAULT_THRESHOLD,
    earlier: Sequence[Shown] = (),
) -> View:
    """Make what one audience may see of a result.

    Parameters
    ----------
    loaded
        The resolved scenario that the result comes from.
    document
        The result (docs/risultato.md).
    audience, subject
        Whom it is for: ``distretto``, or ``azienda`` or ``gestore`` with its id.
    comparison
        The same scenario at standard hours, when it was solved.
    threshold
        Counts with fewer families behind them are hidden, at least 3.
    earlier
        Counts that the same reader was shown before; what would differ from them by a few is hidden.

    Returns
    -------
    View
        All that a document for this audience may show.

    Raises
    ------
    AudienceError
        If the scenario has no such company or gestore.
    ThresholdError
        If the threshold is below the floor.
    """
    scenario = loaded.scenario
    check_threshold(threshold)
    known: dict[Audience, frozenset[str]] = {
        "azienda": frozenset(company.id for company in scenario.aziende),
        "gestore": frozenset(provider.id for provider in scenario.gestori),
    }
    check_subject(audience, subject, known)
    scope = Scope(loaded, document, audience, subject, threshold, families(scenario), tuple(earlier))
    counts = _company_counts(scope)
    children = _children(scope, counts)
    money = _money(scope, children)
    seasons = tuple(season_of(season) for season in scenario.stagioni)
    agreements = tuple(_agreement(scope, row, children, money) for row in scope.own("accordi"))
    at_site = {(gestore, stagione): count for (_, gestore, stagione), count in children.items()}
    coverage = coverage_rows(scope, comparison)
    compared = any(row.standard is not None for row in coverage)
    return View(
        title=scenario.nome,
        notice=document["avvertenza"],
        audience=audience,
        subject=subject,
        subject_name=_subject_name(scope),
        state=document["stato"],
        verified=document["verifica"]["esito"] == CONFIRMED,
        horizon=(scenario.stagioni[0].inizio, scenario.stagioni[-1].fine),
        threshold=threshold,
        standard_hours=comparison.orario if comparison is not None and compared else None,
        remarks=_remarks(scope, money),
        flat=audience != "distretto" and bool(revealing(scenario.pagatori)),
        seasons=seasons,
        companies=tuple(company_of(scope, one) for one in scenario.aziende if one.id in scope.companies()),
        providers=tuple(provider_of(scope, one) for one in scenario.gestori if one.id in scope.providers()),
        agreements=agreements,
        commitments=commitment_rows(scope),
        lines=money.lines,
        totals=totals_of(scope, money),
        openings=opening_rows(scope, at_site),
        staff=staff_rows(scope),
        occupancy=occupancy_rows(scope),
        coverage=coverage,
        reasons=reason_rows(scope, counts),
        requests=request_rows(scope),
        homes=home_rows(scope),
        unit_costs=_unit_costs(agreements, money.whole, coverage, seasons),
        tiers=tier_rows(scope),
        notices=notice_rows(scope),
        assumptions=assumption_rows(scope),
        origin=origin_of(scope),
    )


def _company_counts(scope: Scope) -> Mapping[str, CompanyCounts]:
    if scope.audience != "azienda":
        return {}
    return {company: company_counts(scope, scope.document, company) for company in scope.companies()}


def _children(scope: Scope, counts: Mapping[str, CompanyCounts]) -> Mapping[tuple[str, str, str], Count]:
    """Publish the children of every visible agreement."""
    found: dict[tuple[str, str, str], Count] = {}
    for row in scope.own("accordi"):
        site: SiteKey = (row["gestore"], row["stagione"])
        protected = scope.audience == "azienda"
        count: Count = counts[row["azienda"]].children.get(site) if protected else row["bambini"]
        found[agreement_of(row)] = count
    return found


def _money(scope: Scope, children: Mapping[tuple[str, str, str], Count]) -> Money:
    """Give the visible lines; those of an agreement stay together where an earlier delivery would tell."""
    money = money_of(scope, children)
    moved = moved_lines(scope.earlier, money.lines)
    if not moved:
        return money
    kept = {key: None if key[1:] in moved else count for key, count in children.items()}
    return money_of(scope, kept)


def _agreement(
    scope: Scope, row: Row, children: Mapping[tuple[str, str, str], Count], money: Money
) -> AgreementRow:
    key = agreement_of(row)
    mine = [line for line in money.lines if (line.azienda, line.gestore, line.stagione) == key]
    paid = sum(line.importo_cent for line in mine if line.pagatore == f"{COMPANY}:{line.azienda}")
    seen = bool(mine) or len(money.lines) == len(money.whole)
    return AgreementRow(
        azienda=row["azienda"],
        gestore=row["gestore"],
        stagione=row["stagione"],
        posti=row["posti"],
        bambini=children[key],
        usati_mese=used_months(scope, row, children[key]),
        listino_cent=row["costo_annuo_cent"] if seen else None,
        azienda_cent=paid if seen else None,
    )


def _subject_name(scope: Scope) -> str:
    named = [*scope.scenario.aziende] if scope.audience == "azienda" else [*scope.scenario.gestori]
    return next((one.nome for one in named if one.id == scope.subject), "")


def _unit_costs(
    agreements: Sequence[AgreementRow],
    lines: Sequence[Line],
    coverage: Sequence[CoverageRow],
    seasons: Sequence[Season],
) -> UnitCosts:
    """Reckon list price by covered hour and by place and month, on what is visible only."""
    whole = sum(line.importo_cent for line in lines)
    minutes = [row.piano.minuti_coperti for row in coverage]
    known = [count for count in minutes if count is not None]
    hours = sum(known) if len(known) == len(minutes) else 0
    months = {season.id: len(season.mesi) for season in seasons}
    places = sum(row.posti * months[row.stagione] for row in agreements)
    return UnitCosts(_ratio(whole * MINUTES_IN_HOUR, hours), _ratio(whole, places))


def _ratio(cents: int, units: int) -> int | None:
    return half_up(Decimal(cents) / units) if units else None


def _remarks(scope: Scope, money: Money) -> tuple[str, ...]:
    found: list[str] = []
    if scope.document["stato"] in WITHOUT_PLAN:
        return ()
    hidden = text(
        "{sign}: numero non mostrato, perché riguarda meno di {threshold} famiglie o farebbe ricavare un "
        "numero che ne riguarda meno.",
        "{sign}: a number that is not shown, because fewer than {threshold} families stand behind it, or it "
        "would tell one of those.",
        sign=HIDDEN_SIGN,
        threshold=scope.threshold,
    )
    again = text(
        "Lo stesso vale per la differenza da un numero già consegnato: non deve riguardare meno di "
        "{threshold} famiglie.",
        "The same holds for the difference from a number that was delivered before: it must not be that of "
        "fewer than {threshold} families.",
        threshold=scope.threshold,
    )
    towns = text(
        "I comuni con meno di {threshold} famiglie stanno insieme.",
        "Municipalities with fewer than {threshold} families stand together.",
        threshold=scope.threshold,
    )
    others = text(
        "Chi paga e non è un'azienda (famiglie, enti, INPS) sta in una voce sola: altri pagatori.",
        "Whoever pays and is no company (families, public bodies, INPS) is one entry: other payers.",
    )
    flat = text(
        "La parte dell'azienda è la sua quota fissa del listino: ciò che paga chi guarda al reddito di una "
        "famiglia la farebbe conoscere, e si conguaglia dal lato pubblico.",
        "The company's part is its flat share of the list price: what is paid by those who look at a "
        "family's income would tell it, and is settled on the public side.",
    )
    together = text(
        "Mese per mese e per accordo c'è l'impegno che viene dal contratto: i posti riservati, se sono tutti "
        "usati e se sono tutti vuoti. Quanto si paga davvero dipende da chi li usa, e c'è solo in tutto, sul "
        "piano intero: a pezzi direbbe in quali mesi e per quante ore un bambino c'è.",
        "Month by month and by agreement there is the commitment that follows from the contract: the "
        "reserved places, if all are used and if all are empty. What is really paid depends on who uses "
        "them, and is told only in all, over the whole plan: in parts it would tell in which months and for "
        "how many hours a child is there.",
    )
    if scope.audience == "azienda":
        found += [hidden, together] if len(money.lines) < len(money.whole) else [hidden]
    if scope.earlier:
        found.append(again)
    if sees("residenza", scope.audience):
        found.append(towns)
    if scope.audience != "distretto":
        found.append(others)
    if money.flat:
        found.append(flat)
    return tuple(found)

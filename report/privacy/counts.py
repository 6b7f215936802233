"""Counts of requests and children: exact for the district and a gestore, protected for a company."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nido.data.comuni import comune
from nido.report.copertura import Comparison, Coverage, Document, coverage
from nido.report.privacy.audience import sees
from nido.report.privacy.cells import Cell, Grid, Place, differences, part_of
from nido.report.privacy.published import (
    SERVED,
    Shown,
    homes_again,
    minutes_again,
    named,
    part_again,
    protect_again,
    sites_of,
    standard_in,
    steady_again,
)
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import (
    OTHER_TOWNS,
    Count,
    CoverageRow,
    Esito,
    HomeRow,
    MonthCount,
    ReasonRow,
    Served,
)
from nido.report.state_words import WITHOUT_PLAN

FULL, PARTLY, MISSED = range(3)
OUTCOMES: tuple[tuple[str, Esito], ...] = (("non_assegnati", "non_servita"), ("parziali", "parziale"))

SiteKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CompanyCounts:
    """What a company may read of one result.

    Attributes
    ----------
    served
        Its requests.
    children
        Its children by (gestore, stagione).
    """

    served: Served
    children: Mapping[SiteKey, Count]


def company_counts(scope: Scope, document: Document, company: str) -> CompanyCounts:
    """Protect the counts of one company, requests and children by agreement in one table.

    They are margins of the same table (agreements by outcome), so what one of them tells of another is known
    when it is decided what to hide. Its inner cells are never published.
    """
    served = [row for row in document["assegnazioni"] if row["azienda"] == company]
    missed = [row for row in document["non_assegnati"] if row["azienda"] == company]
    here = {(row["gestore"], row["stagione"]) for row in served}
    # Where nobody is served any more, everybody knows of a zero.
    gone = {site for shown in scope.earlier for site in sites_of(shown)} - here
    sites = sorted(here | gone)
    outcome: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in served:
        site = sites.index((row["gestore"], row["stagione"]))
        outcome[site, PARTLY if row["minuti_scoperti"] else FULL].append(row)
    outcome[len(sites), MISSED] = missed
    grid = _grid(scope, outcome, len(sites) + 1)
    zeros = {(index, column) for index, site in enumerate(sites) if site in gone for column in range(4)}
    grid = replace(grid, known=grid.known | zeros)
    earlier = [_places_of(shown, sites) for shown in scope.earlier]
    shown = protect_again(grid, scope.threshold, earlier)
    counts = shown[-1]
    minutes = _minutes(scope, served, missed, counts)
    found = Served(counts[3], counts[FULL], counts[PARTLY], counts[MISSED], *minutes)
    return CompanyCounts(found, {site: shown[index][3] for index, site in enumerate(sites) if site in here})


def _places_of(shown: Shown, sites: Sequence[SiteKey]) -> Mapping[Place, int]:
    """Find where the counts of an earlier delivery stand in the table; who is served nowhere stands twice."""
    last = len(sites) + 1
    places = {
        named("richieste"): [(last, 3)],
        named("piene"): [(last, FULL)],
        named("parziali"): [(last, PARTLY)],
        named("non_servite"): [(last, MISSED), (last - 1, 3)],
        **{named("bambini", *site): [(index, 3)] for index, site in enumerate(sites)},
    }
    before = set(sites_of(shown))
    # Where there was no agreement, everybody knows of a zero.
    zeros = {(index, 3): 0 for index, site in enumerate(sites) if site not in before}
    return zeros | {place: shown[name] for name, where in places.items() if name in shown for place in where}


def _grid(scope: Scope, outcome: Mapping[tuple[int, int], Sequence[Row]], rows: int) -> Grid:
    def cell(chosen_rows: range, chosen_columns: range) -> Cell:
        pairs = ((i, j) for i in chosen_rows for j in chosen_columns)
        return scope.cell(row for pair in pairs for row in outcome.get(pair, ()))

    def span(index: int, size: int) -> range:
        return range(size) if index == size else range(index, index + 1)

    cells = tuple(tuple(cell(span(i, rows), span(j, 3)) for j in range(4)) for i in range(rows + 1))
    inner = frozenset((i, j) for i in range(rows) for j in range(3))
    # Who has an agreement is served, and who has none is not.
    known = frozenset({(i, MISSED) for i in range(rows - 1)} | {(rows - 1, FULL), (rows - 1, PARTLY)})
    return Grid(cells, inner, known)


def _minutes(
    scope: Scope, served: Sequence[Row], missed: Sequence[Row], counts: Sequence[Count]
) -> tuple[Count, Count]:
    """Give minutes covered and asked, unless they tell the hours of a few."""
    short = [row["bambino"] for row in (*served, *missed) if row.get("minuti_scoperti", 1)]
    if counts[3] is None or counts[FULL] is None or scope.small(short):
        return None, None
    asked = sum(row["minuti_richiesti"] for row in served)
    uncovered = sum(row["minuti_scoperti"] for row in served)
    minutes = asked - uncovered, asked + sum(row["minuti_riferimento"] for row in missed)
    same = minutes_again(scope.earlier, scope.threshold, minutes, counts[FULL])
    return minutes if same else (None, None)


def coverage_rows(scope: Scope, comparison: Comparison | None) -> tuple[CoverageRow, ...]:
    """Give the coverage of every company that the audience sees."""
    other = comparison.documento if comparison is not None else None
    # A gestore sees who comes to it: at standard hours other children do, and the difference says nothing.
    if scope.audience == "gestore" or (other is not None and other["stato"] in WITHOUT_PLAN):
        other = None
    if scope.audience == "azienda":
        return tuple(_company_row(scope, company, other) for company in scope.companies())
    plan, standard = (_exact(scope, document) for document in (scope.document, other))
    return tuple(
        CoverageRow(company, plan.get(company, NOTHING), standard.get(company) if standard else None)
        for company in scope.companies()
    )


NOTHING = Served(0, 0, 0, 0, 0, 0)


def _exact(scope: Scope, document: Document | None) -> Mapping[str, Served]:
    if document is None:
        return {}
    mine: Document = document
    if scope.audience == "gestore":
        served = [row for row in document["assegnazioni"] if scope.mine(row)]
        mine = {"assegnazioni": served, "non_assegnati": []}
    return {company: _served(found) for company, found in coverage(mine).items()}


def _served(found: Coverage) -> Served:
    return Served(
        found.richieste,
        found.piene,
        found.parziali,
        found.non_servite,
        found.minuti_coperti,
        found.minuti_chiesti,
    )


def _company_row(scope: Scope, company: str, other: Document | None) -> CoverageRow:
    """Show the comparison only where the difference from the plan tells of nobody."""
    plan = company_counts(scope, scope.document, company).served
    if other is None:
        return CoverageRow(company, plan, None)
    standard = company_counts(scope, other, company).served
    now = _named(standard)
    others = (_named(plan), *(standard_in(shown) for shown in scope.earlier))
    leaking = any(differences(one, now, scope.threshold) for one in others)
    return CoverageRow(company, plan, None if leaking else standard)


def _named(served: Served) -> Mapping[str, Count]:
    return {name: getattr(served, name) for name in SERVED}


def used_months(scope: Scope, agreement: Row, children: Count) -> tuple[MonthCount, ...]:
    """Give the places that an agreement uses month by month; all or none of them for a company."""
    used: Mapping[str, int] = agreement["usati_mese"]
    site, values = (agreement["gestore"], agreement["stagione"]), list(used.values())
    calm = steady_again(scope.earlier, scope.threshold, site, values)
    seen = scope.audience != "azienda" or (children is not None and calm)
    return tuple(MonthCount(month, count if seen else None) for month, count in used.items())


def reason_rows(scope: Scope, counts: Mapping[str, CompanyCounts]) -> tuple[ReasonRow, ...]:
    """Count the requests that each rule stops, company by company.

    Parameters
    ----------
    scope
        What is seen.
    counts
        Published counts of the companies, when the audience is one; else empty.
    """
    if not sees("motivi", scope.audience):
        return ()
    found: list[ReasonRow] = []
    for company in scope.companies():
        for key, outcome in OUTCOMES:
            requests = [row for row in scope.own(key) if row["azienda"] == company]
            rules = Counter(rule for row in requests for rule in {one["regola"] for one in row["motivi"]})
            for rule in sorted(rules, key=lambda rule: (-rules[rule], rule)):
                stopped = [row for row in requests if any(one["regola"] == rule for one in row["motivi"])]
                count: Count = len(stopped)
                if scope.audience == "azienda":
                    whole = _whole(counts[company].served, outcome)
                    shown = None if whole[1] is None else _part(scope, stopped, requests)
                    part = (named("motivi", outcome, rule), shown)
                    count = part_again(scope.earlier, scope.threshold, part, whole)
                found.append(ReasonRow(company, outcome, rule, count))
    # Which rules stop a few is told by their names alone.
    return tuple(row for row in found if scope.audience != "azienda" or row.richieste is not None)


def _whole(served: Served, outcome: Esito) -> tuple[str, Count]:
    if outcome == "non_servita":
        return named("non_servite"), served.non_servite
    return named("parziali"), served.parziali


def _part(scope: Scope, part: Sequence[Row], whole: Sequence[Row]) -> Count:
    return part_of(scope.cell(part), scope.cell(whole), scope.threshold)


def home_rows(scope: Scope) -> tuple[HomeRow, ...]:
    """Count children by municipality; those with few families together, so that no count is small.

    The threshold holds for the district too: a map of homes travels easily.
    """
    if not sees("residenza", scope.audience):
        return ()
    by_town: dict[str, list[str]] = defaultdict(list)
    for child in scope.scenario.bambini:
        if scope.audience == "distretto" or child.azienda == scope.subject:
            by_town[child.comune].append(child.id)
    few = sorted(by_town, key=lambda town: (scope.families(by_town[town]), town))
    rest: list[str] = []
    while few and (scope.small(by_town[few[0]]) or scope.small(rest)):
        rest += by_town[few.pop(0)]
    shown = [HomeRow(town, *_point(town), len(by_town[town])) for town in few]
    shown.sort(key=lambda row: (-(row.bambini or 0), row.comune))
    if rest and not scope.small(rest):
        shown.append(HomeRow(OTHER_TOWNS, None, None, len(rest)))
    return tuple(shown) if homes_again(scope.earlier, scope.threshold, shown) else ()


def _point(town: str) -> tuple[float, float]:
    found = comune(town)
    return found.latitudine, found.longitudine


def opening_children(scope: Scope, opening: Row, children: Mapping[SiteKey, Count]) -> Count:
    """Count who books a fascia; for a company its own children only, as a part of its agreement."""
    if scope.audience != "azienda":
        count: int = opening["bambini"]
        return count
    site = (opening["gestore"], opening["stagione"])
    here = [row for row in scope.own("assegnazioni") if (row["gestore"], row["stagione"]) == site]
    if children.get(site) is None:
        return None
    booked = [row for row in here if opening["fascia"] in row["fasce"]]
    part = (named("fasce", *site, opening["fascia"]), _part(scope, booked, here))
    return part_again(scope.earlier, scope.threshold, part, (named("bambini", *site), children[site]))

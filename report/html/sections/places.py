"""Section: where companies, providers and families are."""

from collections.abc import Sequence

from nido.data.comuni import comuni
from nido.data.lingua import text
from nido.report.drawings.map import Site, Town, site_map
from nido.report.drawings.marks import COMPANY
from nido.report.html.blocks import Drawn, Section
from nido.report.html.context import Context
from nido.report.numbers_local import integer
from nido.report.privacy.view import HomeRow

# Least counts of the classes of a circle, after the smallest.
CLASSES = (10, 20, 40)


def build(context: Context) -> Section | None:
    """Draw the map."""
    view = context.view
    sites = [Site(COMPANY, one.nome, one.latitudine, one.longitudine) for one in view.companies]
    sites += [Site(one.tipo, one.nome, one.latitudine, one.longitudine) for one in view.providers]
    towns = {row.comune: town for row in view.homes if (town := _town(row)) is not None}
    known = comuni()
    named = [company.comune for company in view.companies]
    named += [provider.comune for provider in view.providers]
    for name in named:
        if name is not None and name not in towns and name in known:
            towns[name] = Town(name, known[name].latitudine, known[name].longitudine)
    if not sites and not towns:
        return None
    title = text("Aziende, gestori e famiglie", "Companies, gestori and families")
    if not view.homes:
        title = text("Aziende e gestori", "Companies and gestori")
    figure = site_map("mappa-luoghi", title, sites, list(towns.values()), _elsewhere(view.homes))
    return Section("luoghi", text("Dove", "Where"), (Drawn(figure),))


def _town(row: HomeRow) -> Town | None:
    """Give a comune with its circle; None for those that are not told apart, which have no point."""
    if row.latitudine is None or row.longitudine is None:
        return None
    size = 1 + sum(row.bambini >= least for least in CLASSES) if row.bambini else 0
    return Town(row.comune, row.latitudine, row.longitudine, _children(row) if size else "", size)


def _elsewhere(homes: Sequence[HomeRow]) -> str:
    rest = [row for row in homes if row.latitudine is None]
    return text("altri comuni: {words}", "other comuni: {words}", words=_children(rest[0])) if rest else ""


def _children(row: HomeRow) -> str:
    return text("{count} bambini", "{count} children", count=integer(row.bambini))

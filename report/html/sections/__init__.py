"""The sections of the page, in order. A new one is one file and one line here."""

from collections.abc import Callable

from nido.report.html.blocks import Section
from nido.report.html.context import Context
from nido.report.html.sections import (
    agreements,
    assumptions,
    coverage,
    glossary,
    money,
    openings,
    origin,
    places,
    presence,
    reasons,
    summary,
    unit_costs,
)
from nido.report.html.sections.further import place_for

# Sections that the caller brings along.
EVIDENCE, SHARES, PATHS, MARGIN = "progetto", "condivisione", "clausole", "margine"

SECTIONS: tuple[Callable[[Context], Section | None], ...] = (
    summary.build,
    place_for(EVIDENCE),
    coverage.build,
    agreements.build,
    money.build,
    place_for(SHARES),
    place_for(PATHS),
    openings.build,
    place_for(MARGIN),
    presence.build,
    places.build,
    unit_costs.build,
    reasons.build,
    assumptions.build,
    glossary.build,
    origin.build,
)

"""The table of who sees what, and that the views keep to it."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import get_args

import pytest
from marked import marked_case

from nido.report.copertura import Comparison
from nido.report.privacy.audience import AUDIENCES, DECISIONS, Audience, Topic, extent
from nido.report.privacy.build_view import view_for
from nido.report.privacy.view import OTHER_PAYERS, View

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guida.md"
START, END = "<!-- chi vede che cosa -->", "<!-- fine -->"
SUBJECTS: Mapping[Audience, str | None] = {"distretto": None, "azienda": "alfa", "gestore": "nido_uno"}

# What of a view belongs to each thing: something where it is seen, nothing where it is not.
PARTS: Mapping[Topic, Callable[[View], object]] = {
    "riservati": lambda view: [name for name in ("isee", "icef", "casa") if f"{name}=" in repr(view)],
    "sigle": lambda view: [*view.requests, *(line.bambino for line in view.lines if line.bambino)],
    "residenza": lambda view: view.homes,
    "copertura": lambda view: view.coverage,
    "motivi": lambda view: [*view.reasons, *(row.motivi for row in view.requests if row.motivi)],
    "bambini_accordo": lambda view: [row.bambini for row in view.agreements],
    "accordi": lambda view: view.agreements,
    "fasce": lambda view: view.openings,
    "costi_produzione": lambda view: [row for row in view.openings if row.costo_cent is not None],
    "personale": lambda view: view.staff,
    "presenze": lambda view: view.occupancy,
    "listino": lambda view: view.providers,
    "posti_offerti": lambda view: [one for one in view.providers if one.posti],
    "budget": lambda view: [one for one in view.companies if one.budget_cent or one.quota],
    "registro": lambda view: [one for one in view.totals.per_payer if one.nome.startswith("azienda:")],
    "altri_pagatori": lambda view: [
        one for one in view.totals.per_payer if not one.nome.startswith("azienda:")
    ],
    "avvisi": lambda view: [*view.notices, *view.tiers],
    "ipotesi": lambda view: view.assumptions,
    "manifesto": lambda view: view.origin.versioni,
}


# What stands beside a view, in sections of its own (tests/report/html/test_further.py).
BESIDE: frozenset[Topic] = frozenset({"clausole", "casi", "eventi_supposti", "impegno", "parti_eque"})


@pytest.fixture(scope="module")
def views() -> Mapping[Audience, View]:
    """Give the views of a case with many children."""
    case = marked_case(3, children=60)
    comparison = Comparison("08:30-16:30", case.document)
    return {
        audience: view_for(case.loaded, case.document, audience, SUBJECTS[audience], comparison=comparison)
        for audience in AUDIENCES
    }


def test_every_thing_is_decided_once() -> None:
    """The table holds each thing once, for every audience, with its reason in both languages."""
    assert [one.topic for one in DECISIONS] == list(get_args(Topic))
    for one in DECISIONS:
        assert tuple(one.extent) == AUDIENCES
        assert all((*one.words, *one.reason))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("topic", [topic for topic in get_args(Topic) if topic not in BESIDE])
def test_a_view_keeps_to_the_table(views: Mapping[Audience, View], topic: Topic, audience: Audience) -> None:
    """What an audience sees is in its view; what it does not see is not."""
    part = PARTS[topic](views[audience])
    assert bool(part) == (extent(topic, audience) != "niente")


@pytest.mark.parametrize("audience", ["azienda", "gestore"])
def test_own_is_only_own(views: Mapping[Audience, View], audience: Audience) -> None:
    """Agreements and lines of a company or gestore name itself."""
    shown = views[audience]
    rows = [*shown.agreements, *shown.lines]
    assert {getattr(row, audience) for row in rows} == {SUBJECTS[audience]}


@pytest.mark.parametrize("audience", ["azienda", "gestore"])
def test_the_sum_of_other_payers_is_one_payer(views: Mapping[Audience, View], audience: Audience) -> None:
    """Whoever pays and is no company has one name."""
    names = {line.pagatore for line in views[audience].lines}
    assert {name for name in names if not name.startswith("azienda:")} == {OTHER_PAYERS}


def test_a_company_with_many_children_does_read_counts(views: Mapping[Audience, View]) -> None:
    """From the threshold on, counts are shown: the rules hide the few, not everybody."""
    shown = views["azienda"]
    assert shown.coverage[0].piano.richieste is not None
    assert shown.coverage[0].standard is not None
    assert any(row.bambini is not None for row in shown.agreements)
    assert any(row.bambini is not None for row in shown.openings)
    assert shown.reasons


def test_the_guide_shows_this_very_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of docs/guida.md is that of the program (running this file writes it anew)."""
    monkeypatch.setenv("NIDO_LANG", "it")
    assert GUIDE.read_text(encoding="utf-8").count(guide_table()) == 1


def guide_table() -> str:
    """Write the table of the guide."""
    cells = [(one.words[0], *(one.extent[who] for who in AUDIENCES), one.reason[0]) for one in DECISIONS]
    head = ("che cosa", *AUDIENCES, "perché")
    rows = [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *(f"| {' | '.join(row)} |" for row in cells)]
    return f"{START}\n\n" + "".join(f"{row}\n" for row in rows) + f"\n{END}\n"


if __name__ == "__main__":
    page = GUIDE.read_text(encoding="utf-8")
    before, after = page.partition(START)[0], page.partition(f"{END}\n")[2]
    GUIDE.write_text(before + guide_table() + after, encoding="utf-8")

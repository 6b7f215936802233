"""Sections beside those of the view: shares, courses, evidence, margins, each audience its own."""

from pathlib import Path

import pytest
from html_checks import check

from nido.accordi.evidenza import evidence
from nido.accordi.gestore.margine import views_of
from nido.accordi.risultato import calcolo
from nido.accordi.risultato.documento import Document
from nido.accordi.sharing.shares import ShareOptions, shares_of
from nido.accordi.simulazione.casi import Caso
from nido.matching.options import SolveOptions
from nido.matching.replay import replay, saved_rows
from nido.matching.stored import plan_in
from nido.report.dossier.tables import realisation
from nido.report.html.blocks import Section, Tabled
from nido.report.html.evidence_section import evidence_section
from nido.report.html.margin_section import margin_section
from nido.report.html.page import page_for
from nido.report.html.paths_section import paths_section
from nido.report.html.shares_section import shares_section
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.scenari.load import Loaded, load_scenario

SCENARIO = Path(__file__).resolve().parents[3] / "scenari" / "turni-opposti.yaml"
SUBJECTS: dict[Audience, str | None] = {
    "distretto": None,
    "azienda": "meccanica",
    "gestore": "nido_due_turni",
}
SHOWN: dict[Audience, list[str]] = {
    "distretto": ["progetto", "condivisione", "clausole", "margine"],
    "azienda": ["condivisione", "clausole"],
    "gestore": ["clausole", "margine"],
}


@pytest.fixture(scope="module")
def solved() -> tuple[Loaded, Document]:
    """Solve a small scenario once."""
    loaded = load_scenario(SCENARIO, ("accordo_quadro.clausole.preavviso.giorni=60",))
    return loaded, calcolo.run(loaded, SolveOptions()).documento


def sections(loaded: Loaded, document: Document, audience: Audience) -> list[Section]:
    """Make every section that an audience has."""
    view = view_for(loaded, document, audience, SUBJECTS[audience])
    found = [
        Caso("azienda", "meccanica", 320_000, "nessuno_entra", 464_000, 464_001, "piano"),
        Caso("azienda", "conserve", 111_100, "nessuno_entra", 222_200, 333_300, "piano"),
        Caso("gestore", "nido_due_turni", 640_000, "nessuno_entra", 2_001_800, 2_001_800, "piano"),
    ]
    names = {"piano": "Il piano", "nessuno_entra": "Nessuno entra"}
    realised = evidence(loaded.scenario, plan_in(document).accordi)
    margins = views_of(replay(loaded.scenario, loaded.travel_matrix, saved_rows(document)))
    made = (
        evidence_section(view, realised, realisation(realised)),
        shares_section(view, shares_of(loaded, document, ShareOptions())),
        paths_section(view, loaded.scenario.accordo_quadro, 12, found, names),
        margin_section(view, margins),
    )
    return [one for one in made if one is not None]


@pytest.mark.parametrize("audience", list(SUBJECTS))
def test_every_audience_has_its_own_sections(solved: tuple[Loaded, Document], audience: Audience) -> None:
    """The page holds them in order and in form; a company sees neither the neighbour's case nor its share."""
    made = sections(*solved, audience)
    assert [one.key for one in made] == SHOWN[audience]
    view = view_for(*solved, audience, SUBJECTS[audience])
    root = check(page_for(view, made))
    keys = [one.attributes["id"] for one in root.every("section")]
    assert [key for key in keys if key in SHOWN["distretto"]] == SHOWN[audience]
    words = root.text()
    assert "60 giorni" in words
    assert ("3.333,00" in words) is (audience == "distretto")
    if audience == "azienda":
        assert "Conserve" not in words
        # Alone 24.129,09; the plan costs 58.335,39, and the two companies are alike.
        assert "24.129,09" in words
        assert "29.167,70" in words


def test_nothing_is_said_twice_about_a_missing_number(solved: tuple[Loaded, Document]) -> None:
    """Each missing number of this provider has one reason, with the figures of its own curve."""
    (margin,) = (one for one in sections(*solved, "gestore") if one.key == "margine")
    tables = [block.table for block in margin.blocks if isinstance(block, Tabled)]
    assert len(tables) == 2
    keys = [row[: tables[1].keys] for row in tables[1].rows]
    assert len(set(keys)) == len(keys) == sum(row.count("-") - (row[-3] == "-") for row in tables[0].rows)
    assert all("costo" in row[-1] and "ricavo" in row[-1] for row in tables[1].rows)


@pytest.mark.parametrize(
    ("spoken", "said", "unsaid"),
    [("it", "preavviso di 60 giorni", "60 days"), ("en", "60 days", "preavviso di 60 giorni")],
)
def test_the_clauses_speak_the_language_of_the_page(
    solved: tuple[Loaded, Document], monkeypatch: pytest.MonkeyPatch, spoken: str, said: str, unsaid: str
) -> None:
    """The contract is Italian; a page in English says its clauses in English."""
    monkeypatch.setenv("NIDO_LANG", spoken)
    view = view_for(*solved, "gestore", SUBJECTS["gestore"])
    words = check(page_for(view, sections(*solved, "gestore"))).text()
    assert said in words
    assert unsaid not in words

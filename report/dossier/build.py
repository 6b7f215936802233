"""Every document from one confirmed result: a view per audience, then pages, workbooks, drafts and tables."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nido.accordi.evidenza import Realizzazione, evidence
from nido.accordi.gestore.margine import VistaGestore, plain, views_of
from nido.accordi.risultato.documento import Document, Finding, dump, with_verdict
from nido.accordi.sharing.rows import Shares
from nido.accordi.simulazione.percorsi import NOBODY, PLAN
from nido.data.lingua import text
from nido.matching.replay import replay, saved_rows
from nido.matching.solution import Solution
from nido.matching.stored import plan_in
from nido.report.accordi import Origin, Played, play_agreements
from nido.report.copertura import Comparison
from nido.report.csv_provider import provider_tables
from nido.report.dossier.earlier import publication, readers, written
from nido.report.dossier.names import (
    AGREEMENTS_FILE,
    BOOK,
    DISTRICT,
    DRAFT,
    EVIDENCE_FILE,
    PAGE,
    PUBLISHED_FILE,
    SHARES_FILE,
    place,
)
from nido.report.dossier.second import Answer, Second, of_agreements, of_margins, of_shares
from nido.report.dossier.tables import evidence_table, realisation, shares_table
from nido.report.html.blocks import Section
from nido.report.html.evidence_section import evidence_section
from nido.report.html.margin_section import margin_section
from nido.report.html.page import page_for
from nido.report.html.paths_section import paths_section
from nido.report.html.shares_section import shares_section
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.life import Life, life_for
from nido.report.privacy.published import Publication, seen_by
from nido.report.privacy.view import View
from nido.report.word.bozza import draft
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.report.workbook.district import district_workbook
from nido.report.workbook.subject import subject_workbook
from nido.scenari.load import Loaded

AGREEMENTS_PLACE = f"{DISTRICT}/{AGREEMENTS_FILE}"
PUBLISHED_PLACE = f"{DISTRICT}/{PUBLISHED_FILE}"

Heard = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written.

    Attributes
    ----------
    threshold
        Counts of fewer families are hidden from those who are not the district.
    shares
        Fair shares of the cost; None when they were not asked for, or nobody is served.
    template
        The officer's own template of the agreement; None for that of nido.
    template_name
        Its name, for messages.
    earlier
        What was delivered before.
    comparison
        The same case at standard hours, when it was solved.
    """

    threshold: int
    shares: Shares | None = None
    template: bytes | None = None
    template_name: str = ""
    earlier: tuple[Publication, ...] = ()
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Worked:
    """What the documents say beside the plan.

    Attributes
    ----------
    solution
        The plan made again, as far as the price list asks.
    margins
        The providers' accounts.
    played
        The simulated agreements.
    confirmed
        Answers of the checker on the last two.
    """

    solution: Solution
    margins: tuple[VistaGestore, ...]
    played: Played
    confirmed: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The documents, or what the checker has against them.

    Attributes
    ----------
    files
        Content by place in the folder; empty when something was found.
    found
        What the checker does not confirm.
    agreements
        The simulated agreements, with the checker's answer.
    """

    files: Mapping[str, bytes]
    found: tuple[Finding, ...]
    agreements: Document


@dataclass(frozen=True, slots=True)
class _Parts:
    """What every document is made from."""

    loaded: Loaded
    document: Document
    wanted: Wanted
    worked: Worked
    realised: Realizzazione

    @property
    def agreements(self) -> Document:
        """The simulated agreements."""
        return self.worked.played.document


def work_out(loaded: Loaded, document: Document, second: Second, tell: Heard) -> Worked:
    """Work out what the documents say beside the plan, each part checked while the next one is made.

    Parameters
    ----------
    loaded, document
        The scenario and its result, with a plan.
    second
        Who checks.
    tell
        Called with the name of each step that begins.

    Raises
    ------
    CourseError
        If an event of a course cannot happen in this plan.
    """
    tell(text("conti dei gestori", "providers' accounts"))
    replayed = replay(loaded.scenario, loaded.travel_matrix, saved_rows(document))
    margins = views_of(replayed, document["ordine_domanda"])
    sound = second.ask(of_margins, document, plain(margins))
    tell(text("clausole", "clauses"))
    digest = hashlib.sha256(dump(document)).hexdigest()
    origin = Origin(loaded.sha256, digest, tuple(document["manifesto"]["sostituzioni"]))
    played = play_agreements(loaded, document, origin)
    confirmed = second.ask(of_agreements, document, played.document)
    return Worked(replayed.solution(), margins, played, (confirmed, sound))


def dossier(
    loaded: Loaded,
    document: Document,
    wanted: Wanted,
    worked: Worked,
    second: Second,
    tell: Heard,
) -> Dossier:
    """Make every document of a result.

    Parameters
    ----------
    loaded, document
        The scenario and its result, with a plan, confirmed by the checker.
    wanted
        What to write.
    worked
        What was worked out from them.
    second
        Who checks the shares.
    tell
        Called with the name of each step that begins.

    Returns
    -------
    Dossier
        The documents; none when the checker does not confirm what they would say.

    Raises
    ------
    InputError
        If the template of the agreement cannot be used.
    """
    checks = list(worked.confirmed)
    if wanted.shares is not None:
        checks.append(second.ask(of_shares, document, asdict(wanted.shares)))
    tell(text("documenti, e verifica accanto", "documents, and the check beside"))
    realised = evidence(loaded.scenario, plan_in(document).accordi)
    parts = _Parts(loaded, document, wanted, worked, realised)
    district, *subjects = views = _views(parts)
    files = {**dict(_district(parts, district)), **dict(_subjects(parts, subjects))}
    found = tuple(one for answer in checks for one in answer())
    agreements = with_verdict(worked.played.document, found)
    if found:
        return Dossier({}, found, agreements)
    published = written([*wanted.earlier, publication(document, views, wanted.threshold)])
    kept = {AGREEMENTS_PLACE: dump(agreements), PUBLISHED_PLACE: published}
    return Dossier({**files, **kept}, (), agreements)


def _views(parts: _Parts) -> list[View]:
    """Make the views of the district, and of every company and provider with an agreement."""
    return [_view(parts, audience, subject) for audience, subject in readers(parts.document)]


def _district(parts: _Parts, view: View) -> Iterator[tuple[str, bytes]]:
    synthetic = bool(parts.document["dati_sintetici"])
    life = _life(parts, view)
    yield place(view, PAGE), page_for(view, _sections(parts, view, life))
    yield place(view, BOOK), district_workbook(view, parts.loaded.scenario, parts.worked.solution, life)
    yield place(view, EVIDENCE_FILE), evidence_table(parts.realised, synthetic=synthetic)
    if parts.wanted.shares is not None:
        yield place(view, SHARES_FILE), shares_table(parts.wanted.shares, synthetic=synthetic)
    for name, content in provider_tables(parts.worked.margins, synthetic=synthetic).items():
        yield place(view, name), content


def _subjects(parts: _Parts, views: Sequence[View]) -> Iterator[tuple[str, bytes]]:
    """Write the documents of every company and provider with an agreement."""
    companies = [view for view in views if view.audience == "azienda"]
    providers = [view for view in views if view.audience == "gestore"]
    for view in views:
        life = _life(parts, view)
        yield place(view, PAGE), page_for(view, _sections(parts, view, life))
        yield place(view, BOOK), subject_workbook(view, parts.loaded.scenario.accordo_quadro, life)
    for view in providers:
        own = [one for one in parts.worked.margins if one.gestore == view.subject]
        synthetic = bool(parts.document["dati_sintetici"])
        for name, content in provider_tables(own, synthetic=synthetic).items():
            yield place(view, name), content
    contents = [draft(view, parts.loaded.scenario) for view in companies]
    source = parts.wanted.template_name or "accordo-quadro.docx"
    drafts = render(parts.wanted.template or template(), contents, source)
    for view, content in zip(companies, drafts, strict=True):
        yield place(view, DRAFT), content


def _view(parts: _Parts, audience: Audience, subject: str | None) -> View:
    before = seen_by(parts.wanted.earlier, audience, subject)
    return view_for(
        parts.loaded,
        parts.document,
        audience,
        subject,
        comparison=parts.wanted.comparison,
        threshold=parts.wanted.threshold,
        earlier=before,
    )


def _life(parts: _Parts, view: View) -> Life:
    return life_for(view, parts.worked.played.plan, parts.worked.played.corse, parts.worked.played.casi)


def _sections(parts: _Parts, view: View, life: Life) -> Iterator[Section]:
    """Give the sections that the page of an audience has beside those of its view."""
    names = {one["id"]: _course_name(one, view) for one in parts.agreements["percorsi"]}
    cases = parts.worked.played.casi
    framework = parts.loaded.scenario.accordo_quadro
    made = (
        evidence_section(view, parts.realised, realisation(parts.realised)),
        None if parts.wanted.shares is None else shares_section(view, parts.wanted.shares),
        paths_section(view, framework, parts.agreements["durata_mesi"], cases, names, life),
        margin_section(view, parts.worked.margins),
    )
    yield from (one for one in made if one is not None)


def _course_name(course: Mapping[str, Any], view: View) -> str:
    """Name a course; what an officer called it may tell of a family, and stays in the district."""
    name: str = course["nome"] or course["id"]
    if view.audience == "distretto" or course["id"] in (PLAN, NOBODY):
        return name
    return text("un percorso supposto", "a supposed course")

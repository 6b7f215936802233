"""No document of a company or of a provider holds what it may not read: every byte searched, unzipped too."""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import Secret, leaks
from marked import Marked, marked_case

from nido.accordi.evidenza import evidence
from nido.accordi.simulazione.casi import Caso
from nido.matching.stored import plan_in
from nido.report.dossier.tables import realisation
from nido.report.html.blocks import Section
from nido.report.html.evidence_section import evidence_section
from nido.report.html.page import page_for
from nido.report.html.paths_section import paths_section
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.view import View
from nido.report.word.bozza import Bozza, draft
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.report.workbook.subject import subject_workbook


def cases(case: Marked, audience: Audience, subject: str) -> tuple[list[Caso], list[Secret]]:
    """Give the cases of every party, those of others with amounts found nowhere else."""
    found: list[Caso] = []
    secrets: list[Secret] = []
    parties = [("azienda", one.id) for one in case.loaded.scenario.aziende]
    parties += [("gestore", one.id) for one in case.loaded.scenario.gestori]
    for place, (role, party) in enumerate([*parties, ("pagatore", "famiglia")]):
        amount = 9_345_671_000 + 7 * place
        found.append(Caso(role, party, amount, "piano", amount + 1, amount + 2, "piano"))  # type: ignore[arg-type]
        if (role, party) != (audience, subject):
            whole, cents = divmod(amount, 100)
            written = f"{whole:,}".replace(",", ".")
            secrets.append(Secret(f"case of {party}", f"{written},{cents:02d}"))
    return found, secrets


def sections(case: Marked, view: View, found: Sequence[Caso]) -> Iterator[Section]:
    """Make the sections that a page has beside those of its view."""
    realised = evidence(case.loaded.scenario, plan_in(case.document).accordi)
    made = (
        evidence_section(view, realised, realisation(realised)),
        paths_section(view, case.loaded.scenario.accordo_quadro, 12, found, {"piano": "Il piano"}),
    )
    yield from (one for one in made if one is not None)


@settings(derandomize=True, max_examples=3, deadline=None)
@given(st.integers(0, 10_000))
def test_no_document_of_a_company_or_provider_holds_a_secret(seed: int) -> None:
    """ISEE, ICEF, homes, ids, a surname, the neighbours' numbers: in no page, workbook or draft."""
    case = marked_case(seed)
    drafted: list[tuple[str, Bozza, list[Secret]]] = []
    for audience, subject in case.subjects:
        document, secrets = case.for_subject(audience, subject)
        view = view_for(case.loaded, document, audience, subject)
        found, others = cases(case, audience, subject)
        files = {
            f"{subject}.html": page_for(view, sections(case, view, found)),
            f"{subject}.xlsx": subject_workbook(view, case.loaded.scenario.accordo_quadro),
        }
        assert leaks(files, [*secrets, *others]) == []
        if audience == "azienda" and view.agreements:
            content = draft(view, case.loaded.scenario)
            drafted.append((subject, content, [*secrets, *others]))
    # One process fills them all.
    drafts = render(template(), [content for _, content, _ in drafted], "modello")
    for (subject, _, secrets), draft_file in zip(drafted, drafts, strict=True):
        assert leaks({f"{subject}.docx": draft_file}, secrets) == []


def test_the_search_of_documents_is_not_empty() -> None:
    """The district's page does hold what the others may not read: ids of children and everybody's cases."""
    case = marked_case(7, children=9)
    view = view_for(case.loaded, case.document)
    found, others = cases(case, "azienda", "nobody")
    page = {"distretto.html": page_for(view, sections(case, view, found))}
    held = {one.what for one in leaks(page, [*case.secrets(), *others])}
    assert {one.what for one in others} <= held
    assert {one.what for one in case.secrets() if one.what.startswith("id")} & held
    assert not [what for what in held if what.startswith(("ISEE", "ICEF", "home"))]

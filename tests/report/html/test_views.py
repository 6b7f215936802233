"""Pages of real views: whole, and without a secret of anybody else."""

from typing import Any

import pytest
from html_checks import check
from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import leaks
from marked import marked_case

from nido.report.copertura import Comparison
from nido.report.html.page import page_for
from nido.report.privacy.audience import AUDIENCES, Audience
from nido.report.privacy.build_view import view_for
from nido.scenari.load import Loaded

SUBJECTS: dict[Audience, str | None] = {"distretto": None, "azienda": "alfa", "gestore": "nido_uno"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_small_result_makes_a_whole_page(
    loaded: Loaded, document: dict[str, Any], audience: Audience
) -> None:
    """A plan of two children, most counts hidden, beside its own at standard hours."""
    comparison = Comparison("08:30-16:30", document)
    page = page_for(view_for(loaded, document, audience, SUBJECTS[audience], comparison=comparison))
    words = check(page).text()
    assert "Nido Uno" in words
    assert "DATI SINTETICI" in words


@settings(derandomize=True, max_examples=2, deadline=None)
@given(st.integers(0, 10_000))
def test_no_page_of_a_company_or_gestore_holds_a_secret(seed: int) -> None:
    """Ids, homes, incomes, names in texts and every number of somebody else: none is in the file."""
    case = marked_case(seed)
    for audience, subject in case.subjects:
        document, secrets = case.for_subject(audience, subject)
        comparison = Comparison("08:30-16:30", document)
        page = page_for(view_for(case.loaded, document, audience, subject, comparison=comparison))
        check(page)
        assert leaks({"pagina.html": page}, secrets) == []


@settings(derandomize=True, max_examples=2, deadline=None)
@given(st.integers(0, 10_000))
def test_the_district_reads_no_reserved_value_in_its_page(seed: int) -> None:
    """ISEE, ICEF and homes are in no page; the ids of children are in the district's."""
    case = marked_case(seed)
    page = {"pagina.html": page_for(view_for(case.loaded, case.document))}
    reserved = [one for one in case.secrets() if one.what.startswith(("ISEE", "ICEF", "home"))]
    assert reserved
    assert leaks(page, reserved) == []

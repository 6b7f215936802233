"""The page as bytes: whole, harmless, the same every time."""

import re
from dataclasses import replace

import pytest
from big_view import big_view
from html_checks import Malformed, check, read

from nido.report.html.blocks import Section, Words
from nido.report.html.page import css_string, page_for
from nido.report.html.sections.agreements import empty_months
from nido.report.numbers_local import euro
from nido.report.privacy.audience import AUDIENCES, Audience
from nido.report.privacy.view import AgreementRow, MonthCount, View

HOSTILE = "</style></title><script>alert(1)</script>\"'<!-- {{ 7*7 }} \x00\ud800 & \u202e"
MOST_BYTES = 3_000_000


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_page_keeps_to_its_form(audience: Audience, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Well formed, in its language, every drawing named, every table with its heads, nothing that loads."""
    monkeypatch.setenv("NIDO_LANG", lang)
    page = page_for(big_view(audience))
    root = check(page)
    assert next(root.every("html")).attributes["lang"] == lang
    assert len(page) <= MOST_BYTES
    assert b"http" not in re.sub(rb"http-equiv", b"", page)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_same_view_gives_the_same_bytes(audience: Audience) -> None:
    """No clock, no order of a set: two pages are one."""
    assert page_for(big_view(audience)) == page_for(big_view(audience))


def test_the_policy_forbids_every_request() -> None:
    """Nothing but the inline style and data images may be loaded."""
    root = read(page_for(big_view()))
    policy = next(one for one in root.every("meta") if "http-equiv" in one.attributes)
    assert policy.attributes["http-equiv"] == "Content-Security-Policy"
    assert policy.attributes["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def hostile(view: View) -> View:
    """Put a hostile text wherever a scenario has free text."""
    return replace(
        view,
        title=HOSTILE,
        notice=HOSTILE,
        subject_name=HOSTILE,
        remarks=(HOSTILE,),
        companies=tuple(replace(one, nome=HOSTILE) for one in view.companies),
        providers=tuple(replace(one, nome=HOSTILE) for one in view.providers),
        seasons=tuple(replace(one, nome=HOSTILE) for one in view.seasons),
        assumptions=tuple(replace(one, valore=HOSTILE, fonte=HOSTILE) for one in view.assumptions),
        notices=tuple(replace(one, dettaglio=HOSTILE) for one in view.notices),
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_text_stays_text(audience: Audience) -> None:
    """Names that look like markup, a template or the end of the style sheet are shown, not obeyed."""
    page = page_for(hostile(big_view(audience)))
    root = check(page)
    assert next(root.every("h1")).text().startswith("</style></title><script>alert(1)</script>")
    assert "{{ 7*7 }}" in next(root.every("h1")).text()
    assert page.count(b"</style>") == 1


def test_a_css_string_cannot_be_left() -> None:
    """Quotes, backslashes, line ends and tags are written by number."""
    assert css_string('a"\\\n<é') == '"a\\000022\\00005c\\00000a\\00003c\\0000e9"'


@pytest.mark.parametrize("audience", AUDIENCES)
def test_synthetic_data_is_said_everywhere(audience: Audience) -> None:
    """In the title, at the top, on every section and on every printed page; nowhere when demand is real."""
    view = big_view(audience)
    page = page_for(view).decode()
    root = read(page.encode())
    assert "DATI SINTETICI" in next(root.every("title")).text()
    assert all("DATI SINTETICI" in one.text() for one in root.every("h2"))
    assert '@top-right { content: "DATI SINTETICI"' in page
    assert "SINTETICI" not in page_for(replace(view, notice="")).decode()


def test_the_money_is_that_of_the_view() -> None:
    """Total, what companies pay and the sum of the months are those of the view, to the cent."""
    view = big_view()
    words = read(page_for(view)).text()
    own = sum(row.importo_cent for row in view.totals.per_payer if row.nome.startswith("azienda:"))
    assert words.count(euro(view.totals.listino_cent)) >= 5
    assert f"Dalle aziende: {euro(own)} EUR." in words


def test_a_company_reads_no_staff_and_no_cost() -> None:
    """What the view leaves out has no table, no column, no key in the page."""
    words = read(page_for(big_view("azienda"))).text()
    for absent in ("educatrici", "costo di produzione", "pareggio", "Richiesta per richiesta", "impronta"):
        assert absent not in words.replace("Il costo di produzione è un altro conto.", "")
    assert "n.d." in words


def test_sections_brought_along_stand_in_their_place() -> None:
    """The sharing of costs and the clauses come after the money; without them there is no gap."""
    shares = Section("condivisione", "Come si divide", (Words("Una frase."),))
    root = check(page_for(big_view("gestore"), [shares]))
    keys = [one.attributes["id"] for one in root.every("section")]
    assert keys.index("condivisione") == keys.index("soldi-chi") + 1
    plain = [one.attributes["id"] for one in read(page_for(big_view("gestore"))).every("section")]
    assert plain == [key for key in keys if key != "condivisione"]


def test_a_result_without_a_plan_is_a_page_too() -> None:
    """No agreements, no lines, nothing open: the page says so and stays whole."""
    view = big_view()
    empty = replace(
        view,
        state="infattibile",
        agreements=(),
        lines=(),
        openings=(),
        staff=(),
        occupancy=(),
        coverage=(),
        reasons=(),
        requests=(),
        homes=(),
        totals=replace(
            view.totals,
            listino_cent=0,
            per_payer=(),
            per_company=(),
            per_provider=(),
            per_month=(),
            per_company_month=(),
            costo_produzione_cent=None,
        ),
    )
    root = check(page_for(empty))
    assert "nessun piano" in root.text()


def test_the_check_of_pages_sees_faults() -> None:
    """A tag left open, a link to nowhere, an image from a host: each is refused."""
    whole = page_for(big_view("gestore"))
    for find, put in (
        (b"</figure>", b""),
        (b'href="#soldi-chi"', b'href="#altrove"'),
        (b"<h1>", b'<img src="https://example.org/x.png"><h1>'),
        (b"<caption>", b"<p></p><caption>"),
    ):
        assert find in whole
        with pytest.raises((AssertionError, Malformed)):
            check(whole.replace(find, put, 1))


def test_months_of_reserved_and_empty_places_are_summed() -> None:
    """Two places, used 2, 1 and 0: 0 + 1 + 2 = 3 months of a place are empty; with a hidden use, unknown."""
    months = tuple(MonthCount(f"2026-{number:02d}", used) for number, used in ((9, 2), (10, 1), (11, 0)))
    row = AgreementRow("alfa", "uno", "autunno", 2, 2, months, 100, 50)
    assert empty_months(row) == 3
    assert empty_months(replace(row, usati_mese=(*months, MonthCount("2026-12", None)))) is None
    assert empty_months(replace(row, usati_mese=())) is None

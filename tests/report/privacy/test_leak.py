"""Nothing of what a company or a gestore may not read is in what is made for them."""

import base64
import dataclasses
import gzip
import html
import io
import json
import zipfile
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import Leak, Secret, leaks
from marked import Marked, marked_case, with_other_isee

from nido.report.copertura import Comparison
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.view import View
from nido.scenari.load import Loaded

SECRET = Secret("surname", "Quintavàlloni")


def written(view: View) -> dict[str, bytes]:
    """Write a view in two ways."""
    plain = json.dumps(dataclasses.asdict(view), default=str, ensure_ascii=False)
    return {"view.txt": repr(view).encode(), "view.json": plain.encode()}


def zipped(name: str, content: bytes) -> bytes:
    """Pack one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@settings(derandomize=True, max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_no_view_of_a_company_or_gestore_holds_a_secret(seed: int) -> None:
    """ISEE, ICEF, homes, ids, names in texts, budgets and every number of somebody else: none is found."""
    case = marked_case(seed)
    for audience, subject in case.subjects:
        document, secrets = case.for_subject(audience, subject)
        comparison = Comparison("08:30-16:30", document)
        view = view_for(case.loaded, document, audience, subject, comparison=comparison)
        assert leaks(written(view), secrets) == []


@settings(derandomize=True, max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_the_district_reads_no_reserved_value(seed: int) -> None:
    """The district reads ids; ISEE, ICEF and homes are in no view at all."""
    case = marked_case(seed)
    view = written(view_for(case.loaded, case.document))
    reserved = [one for one in case.secrets() if one.what.startswith(("ISEE", "ICEF", "home"))]
    assert reserved
    assert leaks(view, reserved) == []
    ids = [one for one in case.secrets() if one.what.startswith("id")]
    assert {found.what for found in leaks(view, ids)} == {one.what for one in ids}


@settings(derandomize=True, max_examples=6, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_what_a_family_earns_changes_nothing(seed: int, isee_first: bool) -> None:
    """With every family's ISEE changed, and the bonus with it, companies and gestori read the same."""
    case = marked_case(seed, isee_first=isee_first)
    other = with_other_isee(case)
    for audience, subject in case.subjects:
        one = view_for(case.loaded, case.document, audience, subject)
        assert one == view_for(other.loaded, other.document, audience, subject)


def test_the_digest_of_a_scenario_stays_in_the_district() -> None:
    """A digest of everything but one value tells that value to whoever tries them all."""
    case = marked_case(5, children=4)
    digest = [Secret("digest", case.loaded.sha256)]
    assert leaks(written(view_for(case.loaded, case.document)), digest)
    for audience, subject in case.subjects:
        assert not leaks(written(view_for(case.loaded, case.document, audience, subject)), digest)


def test_the_bonus_does_change_the_ledger() -> None:
    """The test before is not empty: the district's ledger does differ by ISEE."""
    case = marked_case(3, children=9, isee_first=True)
    assert case.document["registro"] != with_other_isee(case).document["registro"]


def without(document: dict[str, Any], audience: Audience, subject: str) -> dict[str, Any]:
    """Take everybody else out of a result."""
    keys = ("assegnazioni", "non_assegnati", "parziali", "accordi")
    found = {key: [row for row in document[key] if row.get(audience) == subject] for key in keys}
    lines = [row for row in document["registro"]["righe"] if row[audience] == subject]
    return {**document, **found, "registro": {**document["registro"], "righe": lines}}


@settings(derandomize=True, max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_a_company_reads_the_same_whoever_else_there_is(seed: int) -> None:
    """With the children, agreements and money of all others taken away, nothing in its view changes."""
    case = marked_case(seed)
    for company in (one.id for one in case.loaded.scenario.aziende):
        alone = without(case.document, "azienda", company)
        assert view_for(case.loaded, alone, "azienda", company) == view_for(
            case.loaded, case.document, "azienda", company
        )


def hide(form: str) -> bytes:
    """Hide the secret in one of the forms in which files hold text."""
    name = SECRET.text
    forms: dict[str, bytes] = {
        "utf-8": f"visita di {name} alle 9".encode(),
        "upper case": name.upper().encode(),
        "utf-16": f"x{name}".encode("utf-16"),
        "utf-16 odd": b"\x01" + name.encode("utf-16-be"),
        "latin-1": name.encode("latin-1"),
        "percent": f"?q={quote(name)}&z=1".encode(),
        "entities": f"<p>{html.escape(name).replace('à', '&agrave;')}</p>".encode(),
        "numeric entities": "".join(f"&#{ord(letter)};" for letter in name).encode(),
        "json": json.dumps({"a": name}).encode(),
        "split by tags": f"<w:t>{name[:5]}</w:t></w:r><w:r><w:t>{name[5:]}</w:t>".encode(),
        "zip": zipped("word/document.xml", name.encode()),
        "zip in zip": zipped("inner.zip", zipped("a.xml", name.encode())),
        "zip member's name": zipped(f"{name}.xml", b""),
        "gzip": gzip.compress(name.encode()),
        "base64": b"src='data:;base64," + base64.b64encode(f"{name} e altre parole".encode()) + b"'",
    }
    return forms[form]


@pytest.mark.parametrize(
    "form",
    [
        "utf-8",
        "upper case",
        "utf-16",
        "utf-16 odd",
        "latin-1",
        "percent",
        "entities",
        "numeric entities",
        "json",
        "split by tags",
        "zip",
        "zip in zip",
        "zip member's name",
        "gzip",
        "base64",
    ],
)
def test_the_search_finds_a_secret_in_every_form(form: str) -> None:
    """A secret planted in a file is found, however the file holds it."""
    assert [found.what for found in leaks({"file": hide(form)}, [SECRET])][:1] == ["surname"]


def test_the_search_finds_a_secret_in_a_name_of_a_file() -> None:
    """The name of a file is read as well."""
    assert leaks({"quintavàlloni.csv": b""}, [SECRET]) == [Leak("quintavàlloni.csv", "surname")]


def test_a_number_is_found_only_as_a_whole_one() -> None:
    """12345 is not in 9123456, but is in «12345 EUR»."""
    number = Secret("count", "12345")
    assert leaks({"a": b"9123456 112345"}, [number]) == []
    assert leaks({"a": b"sono 12345 EUR"}, [number]) == [Leak("a", "count")]


def test_numbers_of_two_cells_are_not_one_number() -> None:
    """30 and 00 in two cells are not 3000, but a number that a document splits within a word is."""
    number = Secret("count", "3000")
    assert leaks({"a": b"<td>30</td><td>00</td>"}, [number]) == []
    assert leaks({"a": b"<w:t>30</w:t></w:r><w:r><w:t>00</w:t>"}, [number]) == [Leak("a", "count")]


def test_a_marked_case_is_the_same_every_time() -> None:
    """A failure can be looked at again from its seed."""
    one, other = marked_case(11), marked_case(11)
    assert (one.document, one.loaded.canonical) == (other.document, other.loaded.canonical)
    assert isinstance(one, Marked)
    assert isinstance(one.loaded, Loaded)

"""nido accordi on generated scenarios: every byte of what companies and gestori get, unzipped too."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner, Result
from leaks import Secret, leaks
from marked import SURNAME
from marked_run import Written, secrets, written

from nido.cli import build

GIVEN = ("rapporto.html", "cartella.xlsx")
TABLES = ("margini.csv", "curve.csv", "componenti.csv")


def run(*arguments: object) -> Result:
    """Run a command line in this process."""
    return CliRunner().invoke(build(), [str(one) for one in arguments], prog_name="nido")


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Written]:
    """Return a function that draws, solves and writes a case once; costs of groups are kept among them."""
    folder = tmp_path_factory.mktemp("segnati")
    known: dict[tuple[int, Any], Written] = {}

    def made(seed: int, change: Callable[[dict[str, Any]], object] | None = None) -> Written:
        if (seed, change) not in known:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
                patch.delenv("NIDO_LANG", raising=False)
                known[seed, change] = written(seed, folder / str(len(known)), run, change)
        return known[seed, change]

    return made


def apart(scenario: dict[str, Any]) -> None:
    """Keep the neighbour and everybody else at different providers."""
    for child in scenario["bambini"]:
        gamma = child["azienda"] == "vicina_gamma"
        child["esclusi"] = ["nido_uno", "nido_due"] if gamma else ["nido_tre"]


@pytest.mark.parametrize(("seed", "change"), [(1, None), (6, apart)])
def test_nothing_that_leaves_the_district_holds_a_secret(
    make: Callable[..., Written], seed: int, change: Callable[[dict[str, Any]], object] | None
) -> None:
    """Pages, workbooks, drafts, the gestori's tables, fair shares: none of the secrets is in any of them.

    `make prove` tries many more.
    """
    case = make(seed, change)
    kinds = set()
    for kind, subject in case.readers:
        kinds.add(kind)
        names = set(case.files(kind, subject))
        wanted = (*GIVEN, "accordo-quadro.docx") if kind == "azienda" else (*GIVEN, *TABLES)
        assert names == {f"{subject}-{name}" for name in wanted}
        assert case.found(kind, subject) == []
    assert kinds == {"azienda", "gestore"}


def test_the_search_would_find_them(make: Callable[..., Written]) -> None:
    """The district's folder holds ids, the others' amounts and what an officer called a course; no ISEE."""
    case = make(1)
    district = {path.name: path.read_bytes() for path in (case.out / "distretto").iterdir()}
    for kind, subject in case.readers:
        wanted = [one for one in secrets(case, kind, subject) if not one.what.startswith(("home", "ISEE"))]
        held = {one.what.partition(" ")[0] for one in leaks(district, wanted)}
        assert {"id", "surname", "disability", "amount"} <= held
    reserved = [
        one for one in secrets(case, "azienda", "alfa") if one.what.startswith(("ISEE", "ICEF", "home"))
    ]
    assert leaks(district, reserved) == []
    company = case.files("azienda", "alfa")
    assert leaks(company, [Secret("own name", "Società ALFA di prova")])
    assert leaks({"x.docx": company["alfa-accordo-quadro.docx"]}, [Secret("surname", SURNAME)]) == []


def one_more_neighbour(scenario: dict[str, Any]) -> None:
    """Give the neighbour one more child where the others have none, other incomes, homes and a budget."""
    children = scenario["bambini"]
    for index, child in enumerate(one for one in children if one["azienda"] == "vicina_gamma"):
        child["isee"], child["icef"] = f"{9000 + index}.17", f"0.2{index}1"
        child["assenze"][0]["motivo"] = "altro"
    last = [one for one in children if one["azienda"] == "vicina_gamma"][-1]
    children.append({**last, "id": "ZQ8888-1", "nascita": "2025-05-05"})
    neighbour = next(one for one in scenario["aziende"] if one["id"] == "vicina_gamma")
    neighbour["budget_annuo"] = str(Decimal(neighbour["budget_annuo"]) + 1)
    neighbour["ipotesi"] = []


def apart_and_one_more(scenario: dict[str, Any]) -> None:
    """Do both."""
    apart(scenario)
    one_more_neighbour(scenario)


def test_the_neighbour_s_count_changes_no_byte(make: Callable[..., Written]) -> None:
    """One more child of another company, elsewhere: what alfa and its gestore read is the same, byte by byte.

    A count of a few is no number that can be searched for: that nothing depends on it says more.
    """
    first, second = make(6, apart), make(6, apart_and_one_more)
    counts = [
        sum(row["azienda"] == "vicina_gamma" for row in one.document["assegnazioni"])
        for one in (first, second)
    ]
    assert counts[1] == counts[0] + 1
    for kind, subject in first.readers:
        if subject not in ("vicina_gamma", "nido_tre"):
            assert first.files(kind, subject) == second.files(kind, subject), subject
    assert first.files("azienda", "vicina_gamma") != second.files("azienda", "vicina_gamma")

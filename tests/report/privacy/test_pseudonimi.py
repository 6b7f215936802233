"""Pseudonyms: the same with the same key, nothing of the old ids left, and the same plan and money."""

import hashlib
import hmac
import os
import re
import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import Secret, leaks
from marked import marked_case

from nido.accordi.inps import monthly_bonus
from nido.cli import build
from nido.report.files import OutputRefused
from nido.report.privacy.chiave import make_key, read_key
from nido.report.privacy.pseudonimi import child_ids, isee_class, pseudonymise, pseudonyms
from nido.scenari.field_text import BAMBINO_ID_PATTERN
from nido.scenari.load import Loaded, load_canonical, load_scenario

KEY = bytes(range(32))
IDS = st.sets(
    st.from_regex(BAMBINO_ID_PATTERN, fullmatch=True).filter(lambda one: len(one) < 20), max_size=40
)


@pytest.fixture(autouse=True)
def italian(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak Italian."""
    monkeypatch.setenv("NIDO_LANG", "it")
    yield


@settings(derandomize=True, max_examples=30, deadline=None)
@given(IDS)
def test_pseudonyms_are_ids_and_all_different(ids: set[str]) -> None:
    """Each has the pattern of an id, none is given twice, none is an id that was there."""
    found = pseudonyms(ids, KEY)
    assert set(found) == ids
    assert len({*found.values(), *ids}) == 2 * len(ids)
    assert all(re.fullmatch(BAMBINO_ID_PATTERN, one) for one in found.values())


def test_a_pseudonym_is_that_of_hmac_sha256() -> None:
    """Last 15 decimal digits of HMAC-SHA256(key, "nido-bambino/1:B001")."""
    number = int(hmac.new(KEY, b"nido-bambino/1:B001", hashlib.sha256).hexdigest(), 16)
    assert pseudonyms(["B001"], KEY)["B001"].replace("-", "") == f"P{number % 10**15:015d}"


def test_another_key_gives_other_pseudonyms() -> None:
    """Without the key an id leads to no pseudonym."""
    assert pseudonyms(["B001"], KEY) != pseudonyms(["B001"], bytes(32))


def test_an_id_that_looks_like_its_neighbours_pseudonym_gives_longer_ones() -> None:
    """A pseudonym is never an id of the scenario: where it would be, all of them get longer."""
    first = pseudonyms(["B001"], KEY)["B001"]
    found = pseudonyms(["B001", first], KEY)
    assert len(set(found.values()) | {"B001", first}) == 4
    assert len(found["B001"]) > len(first)


def test_nothing_reserved_is_left() -> None:
    """No id, ISEE, ICEF, home, nor a surname beside an absence stands in any byte of the new scenario."""
    case = marked_case(4, children=16)
    content = pseudonymise(case.loaded.scenario, KEY).content
    assert leaks({"scenario.json": content}, case.secrets()) == []


def test_homes_stay_only_when_asked_for() -> None:
    """With homes, the positions are there; everything else is still out."""
    case = marked_case(4, children=9)
    content = pseudonymise(case.loaded.scenario, KEY, homes=True).content
    kinds = {found.what.split()[0] for found in leaks({"scenario.json": content}, case.secrets())}
    assert kinds == {"home"}


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.decimals(Decimal(0), Decimal(60_000), places=2),
    st.dates(date(2023, 1, 1), date(2026, 6, 1)),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_the_class_of_an_isee_gives_the_same_bonus(isee: Decimal, born: date, month: date) -> None:
    """INPS pays the same, to the cent, for an ISEE and for its class."""
    child = marked_case(1, children=1).loaded.scenario.bambini[0]
    exact = child.model_copy(update={"isee": isee, "nascita": born})
    rough = child.model_copy(update={"isee": isee_class(isee), "nascita": born})
    assert monthly_bonus(exact, month) == monthly_bonus(rough, month)


def test_relations_survive(tmp_path: Path) -> None:
    """Siblings, the order of applications and measured ways still speak of the same children."""
    loaded = relations(tmp_path)
    found = pseudonymise(loaded.scenario, KEY, homes=True)
    one, two = found.table["A001"], found.table["A002"]
    scenario = load_canonical(found.content, "x").scenario
    by_id = {child.id: child for child in scenario.bambini}
    assert by_id[two].fratello_di == one
    assert scenario.obiettivo.ordine_domanda == (two, one)
    assert [(way.da, way.a, way.minuti) for way in scenario.viaggio.matrice] == [(one, "nido_uno", 9)]
    assert list(by_id) == sorted(by_id)
    assert pseudonymise(loaded.scenario, KEY).content.count(b'"minuti": 9') == 0


def test_ids_are_found_wherever_they_stand(tmp_path: Path) -> None:
    """A child who only enters in a course of events, and ids within a sentence, get pseudonyms too."""
    loaded = relations(tmp_path)
    assert child_ids(loaded.scenario) == ("A001", "A002", "A900")
    content = pseudonymise(loaded.scenario, KEY).content
    assert leaks({"out": content}, [Secret("id", one) for one in ("A001", "A002", "A900")]) == []


def relations(folder: Path) -> Loaded:
    """Read a scenario in which children are named in every place where they can be."""
    path = folder / "famiglia.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    (folder / "bambini.csv").write_text(
        "id;azienda;nascita;comune;giorni;fratello_di\r\n"
        "A001;alfa;10/01/2025;Pergine Valsugana;lun-ven;\r\n"
        "A002;alfa;10/01/2026;Pergine Valsugana;lun-ven;A001\r\n",
        encoding="utf-8",
    )
    return load_scenario(path)


SCENARIO = """
formato: nido-scenario/1
nome: Famiglia di prova
dati_sintetici: true
stagioni: [{id: autunno, inizio: 2026-09-01, fine: 2026-10-31}]
aziende: [{id: alfa, nome: Alfa, sede: {comune: Pergine Valsugana}}]
gestori:
  - {id: nido_uno, nome: Uno, tipo: nido, comune: Pergine Valsugana, posti: 2,
     base: {giorni: lun-ven, orario: "07:30-16:30"}}
bambini_csv: bambini.csv
viaggio: {matrice: [{da: A001, a: nido_uno, minuti: 9}]}
obiettivo: {ordine_domanda: [A002, A001]}
accordo_quadro:
  percorsi:
    - {id: prova, nome: "A001 esce, A900 entra", eventi: [
        {tipo: esce, mese: 2026-10, bambino: A001},
        {tipo: entra, mese: 2026-10, bambino: A900, azienda: alfa, gestore: nido_uno, come: A002}]}
"""


def run(*arguments: object) -> tuple[int, str]:
    """Run nido; give its exit code and all that it said."""
    found = CliRunner().invoke(build(), [str(one) for one in arguments])
    return found.exit_code, found.output


def folders(place: Path) -> tuple[Path, Path, Path]:
    """Make a scenario, a folder for secrets and one to give away."""
    relations(place)
    for name in ("segreti", "fuori"):
        (place / name).mkdir()
    return place / "famiglia.yaml", place / "segreti" / "chiave", place / "fuori" / "scenario.json"


def test_the_command_makes_the_key_and_the_copy(tmp_path: Path) -> None:
    """Key and table are readable by their owner only, the copy is a scenario, and what is left is told."""
    scenario, key, out = folders(tmp_path)
    table = key.with_name("tabella.csv")
    code, said = run("pseudonimizza", scenario, "--chiave", key, "--out", out, "--tabella", table)
    assert code == 0
    assert "dati personali" in said
    for path in (key, out, table):
        assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert leaks({"out": out.read_bytes()}, [Secret("id", "A001"), Secret("id", "A002")]) == []
    names = dict(line.split(";") for line in table.read_text().splitlines()[1:])
    assert {child.id for child in load_scenario(out).scenario.bambini} == {names["A001"], names["A002"]}
    assert set(names) == {"A001", "A002", "A900"}


def test_the_same_key_gives_the_same_copy(tmp_path: Path) -> None:
    """A second run with the key that is there writes the same bytes."""
    scenario, key, out = folders(tmp_path)
    assert run("pseudonimizza", scenario, "--chiave", key, "--out", out)[0] == 0
    first = out.read_bytes()
    assert run("pseudonimizza", scenario, "--chiave", key, "--out", out)[0] == 2
    assert run("pseudonimizza", scenario, "--chiave", key, "--out", out, "--force")[0] == 0
    assert out.read_bytes() == first


def test_a_key_beside_the_copy_is_refused(tmp_path: Path) -> None:
    """The key would be given away with what it opens; so would the table."""
    scenario, key, out = folders(tmp_path)
    beside = out.with_name("chiave")
    assert run("pseudonimizza", scenario, "--chiave", beside, "--out", out)[0] == 2
    below = out.parent / "altro"
    below.mkdir()
    assert run("pseudonimizza", scenario, "--chiave", below / "k", "--out", out)[0] == 2
    table = out.with_name("t.csv")
    assert run("pseudonimizza", scenario, "--chiave", key, "--out", out, "--tabella", table)[0] == 2
    assert not any(path.exists() for path in (beside, below / "k", table, key, out))


def test_the_scenario_itself_is_not_replaced(tmp_path: Path) -> None:
    """Neither the scenario nor its CSV is written over, even with force."""
    scenario, key, _ = folders(tmp_path)
    for target in (scenario, tmp_path / "bambini.csv"):
        before = target.read_bytes()
        code, _said = run("pseudonimizza", scenario, "--chiave", key, "--out", target, "--force")
        assert code == 2
        assert target.read_bytes() == before
    assert not key.exists()


def test_an_invalid_scenario_makes_no_key(tmp_path: Path) -> None:
    """A mistake in the scenario leaves nothing behind."""
    scenario, key, out = folders(tmp_path)
    scenario.write_text("formato: altro\n")
    assert run("pseudonimizza", scenario, "--chiave", key, "--out", out)[0] == 3
    assert not key.exists()
    assert not out.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """Mode 0640 is too wide."""
    key = tmp_path / "chiave"
    make_key(key)
    key.chmod(0o640)
    with pytest.raises(OutputRefused, match="chmod 600"):
        read_key(key)


@pytest.mark.parametrize("content", [b"", b"short", bytes(33)])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    """A key has 32 bytes: a file of something else is not used by mistake."""
    path = tmp_path / "chiave"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(OutputRefused, match="32"):
        read_key(path)


def test_a_folder_or_a_pipe_is_no_key(tmp_path: Path) -> None:
    """Neither is waited for nor read."""
    with pytest.raises(OutputRefused):
        read_key(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe", 0o600)
        with pytest.raises(OutputRefused):
            read_key(tmp_path / "pipe")

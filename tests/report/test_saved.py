"""Saved results read back: what is refused before the checker even looks."""

import json
from pathlib import Path
from typing import Any

import pytest

from nido.accordi.risultato.documento import dump
from nido.data.problems import InputError
from nido.report import saved
from nido.report.saved import check_saved, read_result, read_scenario
from nido.scenari.load import Loaded

Document = dict[str, Any]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "JSON non leggibile"),
        (b'{"formato": }', "JSON non leggibile"),
        (b"[1]", "non è un oggetto JSON"),
        (b'{"formato": "nido-scenario/1"}', "non è un risultato"),
        (b'{"a": 1, "a": 2}', "ambiguo"),
        (b'{"gap": NaN}', "ambiguo"),
        (b"[" * 100_000, "ambiguo"),
        (b'{"nome": "\xe8"}', "UTF-8"),
    ],
)
def test_what_is_no_result(tmp_path: Path, content: bytes, message: str) -> None:
    """Whatever is in the file, one sentence says what is wrong with it."""
    path = tmp_path / "risultato.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        read_result(path)
    assert error.value.exit_code == 3


def test_a_missing_or_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not there or is too large is refused."""
    with pytest.raises(InputError, match="non si può leggere: il file o la cartella non esiste"):
        read_result(tmp_path / "no.json")
    with pytest.raises(InputError, match="non si può leggere: è una cartella"):
        read_result(tmp_path)
    monkeypatch.setattr(saved, "MAX_BYTES", 10)
    path = tmp_path / "risultato.json"
    path.write_bytes(b"x" * 11)
    with pytest.raises(InputError, match="troppo grande"):
        read_result(path)


def test_scenario_beside_the_result_or_named(tmp_path: Path, loaded: Loaded, document: Document) -> None:
    """The canonical scenario beside the result, or the original file with the result's own --set values."""
    result = tmp_path / "out" / "risultato.json"
    result.parent.mkdir()
    result.write_bytes(dump(document))
    result.with_name("scenario.json").write_bytes(loaded.canonical)
    assert read_result(result) == json.loads(dump(document))
    assert read_scenario(result, None, document).sha256 == loaded.sha256
    original = tmp_path / "carta.yaml"
    assert read_scenario(result, original, document).sha256 == loaded.sha256
    document["manifesto"]["sostituzioni"] = ["gestori[nido_uno].posti=3", 4]
    assert read_scenario(result, original, document).scenario.gestori[0].posti == 3
    assert read_scenario(result, original, {"manifesto": None}).sha256 == loaded.sha256


def test_a_masked_value_needs_the_saved_scenario(tmp_path: Path, loaded: Loaded, document: Document) -> None:
    """A reserved value of --set is not in the result: the original file alone will not do."""
    document["manifesto"]["sostituzioni"] = ["gestori[nido_uno].posti=3", "bambini[A001].isee=***"]
    result, original = tmp_path / "risultato.json", tmp_path / "carta.yaml"
    with pytest.raises(InputError, match=r"--scenario lo scenario\.json") as refused:
        read_scenario(result, original, document)
    assert "(bambini[A001].isee)" in str(refused.value)
    beside = tmp_path / "scenario.json"
    beside.write_bytes(loaded.canonical)
    assert read_scenario(result, beside, document).sha256 == loaded.sha256


def test_without_a_scenario_the_option_is_named(tmp_path: Path, document: Document) -> None:
    """A result that lost its scenario says how to name one."""
    with pytest.raises(InputError, match=r"scenario\.json: .*indica lo scenario con --scenario"):
        read_scenario(tmp_path / "risultato.json", None, document)


def test_a_result_of_another_scenario(
    loaded: Loaded, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result whose digest is not that of the scenario is refused, whatever else holds."""
    monkeypatch.setattr(saved, "check_document", lambda scenario, found, matrix, *, saved: ())
    (found,) = check_saved(document, loaded)
    assert (found.regola, found.dove) == ("manifesto", "scenario_sha256")
    document["manifesto"]["scenario_sha256"] = loaded.sha256
    assert check_saved(document, loaded) == ()
    assert len(check_saved({**document, "manifesto": None}, loaded)) == 1

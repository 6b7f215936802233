"""From a path to a scenario that is complete in itself, and back from its canonical form."""

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import pytest

from nido.data.problems import InputError, Problem
from nido.scenari.load import Loaded, canonical_json, load_canonical, load_scenario
from nido.scenari.schema import Scenario

BASE = (Path(__file__).parent / "scenario_base.yaml").read_text(encoding="utf-8")
CHILDREN = (
    "id;azienda;nascita;comune;giorni;desideri\nC001;alfa;10/04/2025;Baselga di Pinè;lun-ven;sole, luna\n"
)
ORDER = "  ordine_domanda: [B001, B002, B003]\n"


def write(folder: Path, content: str, **files: str | bytes) -> Path:
    """Write a scenario and the files beside it; a double underscore in a name stands for a point."""
    for name, body in files.items():
        raw = body.encode() if isinstance(body, str) else body
        (folder / name.replace("__", ".")).write_bytes(raw)
    path = folder / "scenario.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def with_csv(name: str = "bambini.csv") -> str:
    """Return the base scenario with children from a CSV too, and no declared order."""
    return BASE.replace(ORDER, "").replace("regole:\n", f"bambini_csv: {name}\nregole:\n")


def problems_of(path: Path, *overrides: str) -> tuple[Problem, ...]:
    """Return everything that loading finds."""
    with pytest.raises(InputError) as caught:
        load_scenario(path, overrides)
    return caught.value.problems


def test_canonical_form_loads_to_an_equal_scenario(tmp_path: Path) -> None:
    """The canonical bytes are a scenario file and a JSON document, both of the same scenario."""
    loaded = load_scenario(write(tmp_path, BASE))
    copy = tmp_path / "copy.json"
    copy.write_bytes(loaded.canonical)
    again = load_scenario(copy)
    assert again == dataclasses.replace(loaded, source=str(copy))
    assert load_canonical(loaded.canonical, "x") == dataclasses.replace(loaded, source="x")
    assert loaded.canonical == canonical_json(loaded.scenario)
    first, *others = json.loads(loaded.canonical)
    assert first == "avvertenza"
    assert others == sorted(others)
    assert len(loaded.sha256) == 64


def test_written_and_default_values_give_the_same_bytes(tmp_path: Path) -> None:
    """Writing out a default, or an amount with other zeros, does not change the canonical form."""
    plain = load_scenario(write(tmp_path, BASE))
    content = BASE.replace("prezzi: {posto_mese: 700}", "prezzi: {posto_mese: 700.00, ora_bambino: 0}")
    content = content.replace("passo_minuti: 30", "passo_minuti: 30\npagatori_x: 1").replace(
        "\npagatori_x: 1", ""
    )
    assert load_scenario(write(tmp_path, content)).sha256 == plain.sha256
    changed = content.replace("posto_mese: 700.00", "posto_mese: 700.01")
    assert load_scenario(write(tmp_path, changed)).sha256 != plain.sha256


def test_result_is_frozen(tmp_path: Path) -> None:
    """Neither the result nor its matrix can be changed."""
    loaded = load_scenario(write(tmp_path, BASE))
    assert loaded.travel_matrix == {("Pergine Valsugana", "sole"): 5, ("sole", "alfa"): 7}
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.source = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        loaded.travel_matrix["a", "b"] = 1  # type: ignore[index]


def test_canonical_form_that_is_none() -> None:
    """Other bytes are refused without showing what they hold."""
    with pytest.raises(InputError) as caught:
        load_canonical(b'{"nome": "Rossi"}', "risultato/scenario.json")
    (problem,) = caught.value.problems
    assert problem.file == "risultato/scenario.json"
    assert "forma canonica" in problem.message
    assert "Rossi" not in str(problem)


def test_children_of_file_and_csv_stand_together(tmp_path: Path) -> None:
    """Children of the CSV follow those of the file, and the resolved scenario needs the CSV no more."""
    loaded = load_scenario(write(tmp_path, with_csv(), bambini__csv=CHILDREN))
    assert [child.id for child in loaded.scenario.bambini] == ["B001", "B002", "B003", "C001"]
    assert loaded.scenario.bambini[3].desideri == ("sole", "luna")
    assert loaded.scenario.bambini_csv is None
    assert load_canonical(loaded.canonical, loaded.source) == loaded


def test_contradiction_of_a_csv_row_is_told_in_the_csv(tmp_path: Path) -> None:
    """A provider unknown to the scenario is named by file, line and column of the CSV."""
    path = write(tmp_path, with_csv(), bambini__csv=CHILDREN.replace("luna", "lunna"))
    (problem,) = problems_of(path)
    # The sixth cell starts after «C001;alfa;10/04/2025;Baselga di Pinè;lun-ven;»: 5 + 5 + 11 + 16 + 8 = 45.
    assert (problem.file, problem.line, problem.column) == (str(tmp_path / "bambini.csv"), 2, 46)
    assert problem.where == "bambini[C001].desideri"
    assert "gestore sconosciuto: lunna" in problem.message
    assert problem.hint == "forse volevi luna?"


def test_csv_and_scenario_problems_come_together(tmp_path: Path) -> None:
    """A bad cell does not hide what is wrong in the scenario, and the other way round."""
    content = with_csv().replace("capienza: 20", "capienza: 9")
    path = write(tmp_path, content, bambini__csv=CHILDREN.replace("10/04/2025", "40/04/2025"))
    assert [problem.where for problem in problems_of(path)] == [
        "bambini[C001].nascita",
        "gestori[sole].capienza",
    ]


def test_same_id_in_file_and_csv(tmp_path: Path) -> None:
    """A code used in the file and again in the CSV is told where it comes the second time."""
    (problem,) = problems_of(write(tmp_path, with_csv(), bambini__csv=CHILDREN.replace("C001", "B002")))
    assert (problem.line, problem.column) == (2, 1)
    assert problem.message == "id ripetuto: B002"


def test_matrix_from_csv_joins_that_of_the_file(tmp_path: Path) -> None:
    """Times of the CSV follow those of the file; municipalities get their official name."""
    content = BASE.replace("viaggio:\n", "viaggio:\n  matrice_csv: viaggi.csv\n")
    times = "da;a;minuti\nbaselga di piné;luna;25\nluna;alfa;12\n"
    loaded = load_scenario(write(tmp_path, content, viaggi__csv=times))
    assert loaded.travel_matrix["Baselga di Pinè", "luna"] == 25
    assert len(loaded.travel_matrix) == 4
    assert load_canonical(loaded.canonical, loaded.source) == loaded


def test_bad_times_are_told_in_the_csv(tmp_path: Path) -> None:
    """Unknown place, minutes that are none, and a leg that comes twice, each on its row."""
    content = BASE.replace("viaggio:\n", "viaggio:\n  matrice_csv: viaggi.csv\n")
    path = write(tmp_path, content, viaggi__csv="da;a;minuti\nlunna;alfa;12\nsole;alfa;7\n")
    assert [(problem.line, problem.message) for problem in problems_of(path)] == [
        (2, "luogo sconosciuto"),
        (3, "tratta ripetuta: sole - alfa"),
    ]
    path = write(tmp_path, content, viaggi__csv="da;a;minuti\nluna;alfa;12,5\nsole;alfa;-7\n")
    assert [problem.where for problem in problems_of(path)] == [
        "matrice[#1].minuti",
        "matrice[#2].minuti",
        "matrice[#2].da",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "../bambini.csv",
        "sotto/../../bambini.csv",
        "/etc/hostname",
        "C:\\dati\\bambini.csv",
        "C:bambini.csv",
        "\\\\server\\dati\\bambini.csv",
        "//server/dati/bambini.csv",
        "",
    ],
)
def test_files_outside_the_folder_are_refused(name: str, tmp_path: Path) -> None:
    """A path that leads out of the folder, on any system, is refused before anything is opened."""
    (tmp_path / "bambini.csv").write_text(CHILDREN, encoding="utf-8")
    folder = tmp_path / "caso"
    folder.mkdir()
    (problem,) = problems_of(write(folder, with_csv(json.dumps(name))))
    assert problem.where == "bambini_csv"
    assert "nella cartella dello scenario" in problem.message


def test_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A link inside the folder that points outside is refused too."""
    (tmp_path / "bambini.csv").write_text(CHILDREN, encoding="utf-8")
    folder = tmp_path / "caso"
    folder.mkdir()
    (folder / "bambini.csv").symlink_to(tmp_path / "bambini.csv")
    (problem,) = problems_of(write(folder, with_csv()))
    assert "nella cartella dello scenario" in problem.message


def test_files_below_the_folder_are_read(tmp_path: Path) -> None:
    """A file in a folder below is read."""
    (tmp_path / "dati").mkdir()
    (tmp_path / "dati" / "bambini.csv").write_text(CHILDREN, encoding="utf-8")
    loaded = load_scenario(write(tmp_path, with_csv("dati/bambini.csv")))
    assert len(loaded.scenario.bambini) == 4


def test_missing_files(tmp_path: Path) -> None:
    """A file that is not there is one problem, with its path as the user knows it."""
    (problem,) = problems_of(tmp_path / "manca.yaml")
    assert problem.file == str(tmp_path / "manca.yaml")
    assert "non si può leggere" in problem.message
    (problem,) = problems_of(write(tmp_path, with_csv()))
    assert problem.file == str(tmp_path / "bambini.csv")


def test_folder_instead_of_a_file(tmp_path: Path) -> None:
    """A folder is no scenario."""
    (problem,) = problems_of(tmp_path)
    assert "non si può leggere" in problem.message


def test_too_large_files(tmp_path: Path) -> None:
    """Files are read up to their limit and no further."""
    path = tmp_path / "scenario.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert len(problems_of(path)) == 1
    path = write(tmp_path, with_csv())
    with (tmp_path / "bambini.csv").open("wb") as stream:
        stream.truncate(50_000_000)
    (problem,) = problems_of(path)
    assert problem.file == str(tmp_path / "bambini.csv")


def test_overrides_change_single_values(tmp_path: Path) -> None:
    """Values of the command line win over the file and are part of the canonical form."""
    path = write(tmp_path, BASE)
    loaded = load_scenario(path, ["gestori[sole].posti=2", "bambini[B002].peso=3"])
    assert loaded.scenario.gestori[0].posti == 2
    assert loaded.scenario.bambini[1].peso == 3
    assert loaded.sha256 != load_scenario(path).sha256


def test_contradiction_of_an_override_is_told_for_it(tmp_path: Path) -> None:
    """What a value of the command line contradicts is told for it, not for a line of the file."""
    (problem,) = problems_of(write(tmp_path, BASE), "gestori[sole].capienza=9")
    assert (problem.file, problem.line, problem.where) == ("--set", 0, "gestori[sole].capienza")


def test_overrides_reach_children_of_a_csv(tmp_path: Path) -> None:
    """A child of the CSV is named like any other; an unknown one is refused."""
    path = write(tmp_path, with_csv(), bambini__csv=CHILDREN)
    assert load_scenario(path, ["bambini[C001].peso=5"]).scenario.bambini[3].peso == 5
    (problem,) = problems_of(path, "bambini[C001].azienda=beta")
    assert (problem.file, problem.where) == ("--set", "bambini[C001].azienda")
    (problem,) = problems_of(path, "bambini[C009].peso=5")
    assert "nessun elemento ha id C009" in problem.message


def test_override_of_a_child_that_could_not_be_read(tmp_path: Path) -> None:
    """When the CSV is wrong, its problems are told, and not that its children are missing."""
    path = write(tmp_path, with_csv(), bambini__csv=CHILDREN.replace("10/04/2025", "40/04/2025"))
    assert [item.where for item in problems_of(path, "bambini[C001].peso=5")] == ["bambini[C001].nascita"]


def test_comune_has_one_spelling(tmp_path: Path) -> None:
    """Accents and capitals of a municipality do not matter, and the scenario holds the official name."""
    content = BASE.replace("comune: Levico Terme\n    posti", "comune: levico terme\n    posti")
    loaded = load_scenario(write(tmp_path, content.replace("comune: Tenna", "comune: baselga di piné")))
    assert loaded.scenario.gestori[1].comune == "Levico Terme"
    assert loaded.scenario.bambini[2].comune == "Baselga di Pinè"


def test_unknown_comune_gets_a_suggestion(tmp_path: Path) -> None:
    """A short or mistyped name of a municipality is refused, with the closest one."""
    (problem,) = problems_of(write(tmp_path, BASE.replace("comune: Tenna", "comune: Levico")))
    assert "comune sconosciuto" in problem.message
    assert problem.hint == "forse volevi Levico Terme?"


def test_loading_imports_neither_solver_nor_arrays() -> None:
    """Loading a scenario costs no import of numpy or ortools."""
    code = (
        "import sys; from nido.scenari.load import load_scenario, shipped_path; "
        "load_scenario(shipped_path('minimo')); "
        "print(sorted({'numpy', 'ortools', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loaded_holds_what_it_says() -> None:
    """The fields that other rooms rely on."""
    names = [field.name for field in dataclasses.fields(Loaded)]
    assert names == ["scenario", "travel_matrix", "source", "canonical", "sha256", "locate", "files"]
    assert Loaded.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert Scenario.model_config["frozen"]

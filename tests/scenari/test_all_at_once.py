"""Every mistake of a scenario and of its CSV files comes at once; none brings another that only follows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from nido.data.problems import InputError, Problem, render
from nido.scenari.load import load_scenario
from nido.scenari.schema import Scenario
from nido.scenari.strict_yaml import parse
from nido.scenari.unread import UNREAD, Unread, UnreadError, given, unless_unread, where_read
from nido.scenari.validation import validate
from nido.scenari.yaml_tree import Place

HERE = Path(__file__).parent
BASE = (HERE / "scenario_base.yaml").read_text(encoding="utf-8")
SEMANTIC = yaml.safe_load((HERE / "casi_semantica.yaml").read_text(encoding="utf-8"))
DATA = parse(BASE.encode(), "base.yaml").data
ORDER = "  ordine_domanda: [B001, B002, B003]\n"
HEADER = "id;azienda;nascita;comune;giorni"


def problems_of(folder: Path, content: str, *overrides: str, **files: str) -> list[Problem]:
    """Return what loading a scenario finds; a double underscore in a file's name stands for a point."""
    path = folder / "scenario.yaml"
    path.write_text(content, encoding="utf-8")
    for name, body in files.items():
        (folder / name.replace("__", ".")).write_text(body, encoding="utf-8")
    try:
        load_scenario(path, overrides)
    except InputError as error:
        return list(error.problems)
    return []


def places_of(folder: Path, content: str, *overrides: str, **files: str) -> list[str]:
    """Return the names of the places that loading finds wrong."""
    return [problem.where for problem in problems_of(folder, content, *overrides, **files)]


def edited(*changes: tuple[str, str]) -> str:
    """Return the base scenario with each text, which occurs once, replaced."""
    content = BASE
    for old, new in changes:
        assert content.count(old) == 1, (content.count(old), old)
        content = content.replace(old, new)
    return content


def with_csv(*changes: tuple[str, str]) -> str:
    """Return the base scenario with children from a CSV too, and no declared order."""
    return edited((ORDER, ""), ("regole:\n", "bambini_csv: bambini.csv\nregole:\n"), *changes)


NEGATIVE = ("    posti: 5\n", "    posti: -3\n")
MISTYPED = ("    comune: Tenna\n", "    comune: Levicco\n")
HALF = ("rotazione: due", "rotazione: meza")
SHORT = ("fine: 2027-06-30", "fine: 2027-06-29")


def test_limits_names_and_dates_come_together(tmp_path: Path) -> None:
    """A negative number, an unknown municipality and rota, a season that ends a day early: all four."""
    assert places_of(tmp_path, edited(NEGATIVE, MISTYPED, HALF, SHORT)) == [
        "gestori[luna].posti",
        "bambini[B003].comune",
        "stagioni[inverno].fine",
        "bambini[B001].adulti[#1].turni[#1].rotazione",
    ]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("nome: Prova\n", "nome: Prova\nnome: Prova\n"), "nome"),
        (("nome: Luna\n", "nome: Luna\n    nome: Stella\n"), "gestori[].nome"),
        (("nome: Luna\n", "nome: &l Luna\n"), "gestori[].nome"),
        (("nome: Luna\n", "nome: !!str Luna\n"), "gestori[].nome"),
        (("nome: Luna\n", 'nome: "\\e"\n'), "gestori[].nome"),
        (("nome: Luna\n", "nome:\tLuna\n"), ""),
        (("nome: Luna\n", "nome: .nan\n"), "gestori[luna].nome"),
        (("nome: Luna\n", "nome: Luna\n    1: x\n"), "gestori[]"),
        (("quota: 0.5\n    bud", "quota: .nan\n    bud"), "aziende[alfa].quota"),
        (
            ("esistenti: {grandi: 10}", "esistenti: {grandi: 1234567890123456789}"),
            "gestori[sole].esistenti.grandi",
        ),
    ],
)
def test_yaml_problems_hide_nothing(change: tuple[str, str], where: str, tmp_path: Path) -> None:
    """What strict YAML refuses in one place is told once, with what is wrong elsewhere."""
    found = places_of(tmp_path, edited(change, MISTYPED, HALF, SHORT))
    assert sorted(found) == sorted(
        [
            where,
            "bambini[B003].comune",
            "stagioni[inverno].fine",
            "bambini[B001].adulti[#1].turni[#1].rotazione",
        ]
    )


def test_both_values_of_a_repeated_key_are_looked_at(tmp_path: Path) -> None:
    """The first value is checked by itself, the second one for numbers; no contradiction rests on either."""
    budget = "quota: 0.5\n    budget_annuo: 1000"
    content = edited((budget, "quota: 50\n    quota: .nan\n    budget_annuo: 1000"))
    assert places_of(tmp_path, content) == ["aziende[alfa].quota", "aziende[].quota", "aziende[].quota"]
    content = edited((budget, "quota: 0\n    quota: 1\n    budget_annuo: 1000"))
    assert places_of(tmp_path, content) == ["aziende[].quota"]


def test_a_repeated_section_is_not_trusted(tmp_path: Path) -> None:
    """Which of two lists is meant is unknown: what names their items is not called unknown."""
    content = edited(
        ("gestori:\n", "aziende:\n  - {id: beta}\ngestori:\n"),
        HALF,
        ("desideri: [sole, luna]", "desideri: [x]"),
    )
    assert places_of(tmp_path, content) == [
        "aziende",
        "bambini[B001].adulti[#1].turni[#1].rotazione",
        "bambini[B001].desideri[#1]",
    ]


def test_csv_files_are_read_whatever_the_scenario_holds(tmp_path: Path) -> None:
    """A wrong type and a YAML problem in the scenario hide neither cells nor rows of the CSV files."""
    content = with_csv(
        NEGATIVE,
        ("nome: Prova\n", "nome: Prova\nnome: Prova\n"),
        ("viaggio:\n", "viaggio:\n  matrice_csv: viaggi.csv\n"),
    )
    rows = f"{HEADER};isee\nC001;alfa;10/04/2025;Tenna;lun-ven;nan\n"
    times = "da;a;minuti\nluna;alfa;x\nlunna;alfa;5\n"
    assert places_of(tmp_path, content, bambini__csv=rows, viaggi__csv=times) == [
        "nome",
        "gestori[luna].posti",
        "bambini[C001].isee",
        "matrice[#1].minuti",
        "matrice[#2].da",
    ]


def test_a_row_of_the_wrong_length_hides_no_other(tmp_path: Path) -> None:
    """One row too short: cells and names of the others are checked, and nobody is missed for it."""
    rows = (
        f"{HEADER};isee;desideri;fratello_di\n"
        "C001;alfa;10/04/2025;Tenna\n"
        "C002;alfa;10/04/2025;Tenna;lun-ven;12,345;;\n"
        "C003;alfa;10/04/2025;Tenna;lun-ven;;lunna;\n"
        "C004;alfa;10/04/2025;Tenna;lun-ven;;;C001\n"
    )
    found = problems_of(tmp_path, with_csv(), bambini__csv=rows)
    assert [(problem.line, problem.where) for problem in found] == [
        (2, ""),
        (3, "bambini[C002].isee"),
        (4, "bambini[C003].desideri"),
    ]


def test_a_wrong_header_hides_no_cell(tmp_path: Path) -> None:
    """A mistyped column is told by itself and as missing; the other cells are checked."""
    rows = "id;azienda;nascta;comune\nC001;alfa;10/04/2025;Tena\nC001;beta;10/04/2025;Tenna\n"
    found = problems_of(tmp_path, with_csv(HALF), bambini__csv=rows)
    assert [(problem.line, problem.column, problem.where) for problem in found][:3] == [
        (1, 1, "nascita"),
        (1, 12, "nascta"),
        (2, 22, "bambini[C001].comune"),
    ]
    assert [problem.where for problem in found][3:] == ["bambini[B001].adulti[#1].turni[#1].rotazione"]


def test_a_csv_number_is_written_with_a_comma(tmp_path: Path) -> None:
    """What a CSV cell must be is said as a CSV writes it, in both languages."""
    rows = f"{HEADER};icef\nC001;alfa;10/04/2025;Tenna;lun-ven;tanto\n"
    (problem,) = problems_of(tmp_path, with_csv(), bambini__csv=rows)
    assert problem.message == (
        "serve un numero, senza unità di misura e con la virgola decimale, da 0 a 1 compresi"
    )


def test_values_of_the_command_line_hide_nothing(tmp_path: Path) -> None:
    """A `--set` for something that is not there comes with what is wrong in the file."""
    assert places_of(tmp_path, edited(NEGATIVE, HALF), "gestori[solle].posti=3") == [
        "gestori[solle].posti",
        "gestori[luna].posti",
        "bambini[B001].adulti[#1].turni[#1].rotazione",
    ]


@pytest.mark.parametrize("name", SEMANTIC)
def test_contradictions_are_told_beside_wrong_values(name: str, tmp_path: Path) -> None:
    """An unknown key, a number that is none and a bad item elsewhere take no contradiction away."""
    case = SEMANTIC[name]
    content = edited((case["togli"], case["metti"]))
    before = [problem.message for problem in problems_of(tmp_path, content)]
    content = content.replace("nome: Prova\n", "nome: .nan\nzzz: 1\n").replace(
        "rotazioni:\n", "rotazioni:\n  - {id: rotta, tipo: nessuno}\n"
    )
    after = [problem.message for problem in problems_of(tmp_path, content)]
    assert set(before) <= set(after)
    assert len(after) == len(before) + 3


def paths(content: Any, path: Place = ()) -> Iterator[Place]:
    """Give the place of every value inside a content."""
    if path:
        yield path
    if isinstance(content, dict):
        for key, inner in content.items():
            yield from paths(inner, (*path, key))
    elif isinstance(content, list):
        for number, inner in enumerate(content):
            yield from paths(inner, (*path, number))


def spoiled(content: Any, path: Place, value: Any) -> Any:
    """Return a copy of a content with one value replaced."""
    if not path:
        return value
    copy: Any = dict(content) if isinstance(content, dict) else list(content)
    copy[path[0]] = spoiled(content[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("section", DATA)
def test_a_value_that_cannot_be_read_brings_no_other_problem(section: str, tmp_path: Path) -> None:
    """Whatever value is spoiled in a good scenario, only what is wrong with it by itself is told."""
    file = tmp_path / "scenario.yaml"
    checked = 0
    for path in [(section,), *((section, *inner) for inner in paths(DATA[section]))]:
        for junk in ("@@", [None, None]):
            file.write_text(json.dumps(spoiled(DATA, path, junk)), encoding="utf-8")
            try:
                validate(parse(file.read_bytes(), str(file)), Scenario)
            except InputError as error:
                checked += 1
                assert places_of(tmp_path, file.read_text(encoding="utf-8")) == [
                    problem.where for problem in error.problems
                ], (path, junk)
    assert checked


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("nome: Prova\n", "nome: Prova\ntelefono: x\n"), "telefono"),
        (("nome: Luna\n", "nome: Luna\n    telefono: x\n"), "gestori[luna].telefono"),
        (("    comune: Tenna\n", "    comune: Tenna\n    telefono: x\n"), "bambini[B003].telefono"),
        (("{id: sera,", "{id: sera, zzz: 1,"), "gestori[sole].fasce[sera].zzz"),
        (("tipo: settimanale", "tipo: settimanale\n    zzz: 1"), "rotazioni[due].zzz"),
        (("{stagioni_libere: [inverno]}", "{stagioni_libere: [inverno], zzz: 1}"), "regole.continuita.zzz"),
        (("{nome: copertura_piena}", "{nome: copertura_piena, zzz: 1}"), "obiettivo.livelli[#1].zzz"),
    ],
)
def test_an_unknown_key_hides_nothing(change: tuple[str, str], where: str, tmp_path: Path) -> None:
    """A key that stands for none, at any level, spoils nothing beside itself and adds nothing."""
    grid = ('orario: "07:30-17:30"', 'orario: "07:40-17:30"')
    found = places_of(tmp_path, edited(change, grid, HALF, SHORT))
    assert sorted(found) == sorted(
        [
            where,
            "gestori[sole].base.orario",
            "stagioni[inverno].fine",
            "bambini[B001].adulti[#1].turni[#1].rotazione",
        ]
    )


def test_an_unknown_key_of_the_command_line_hides_nothing(tmp_path: Path) -> None:
    """A `--set` of a key that does not exist is told alone, or with what else is wrong."""
    assert places_of(tmp_path, BASE, "regole.foo=1") == ["regole.foo"]
    found = places_of(tmp_path, edited(HALF), "regole.foo=1")
    assert found == ["regole.foo", "bambini[B001].adulti[#1].turni[#1].rotazione"]


def test_swapped_dates_of_a_season_are_told_alone(tmp_path: Path) -> None:
    """Which of the two dates is wrong is unknown, so nothing is said of the horizon."""
    swapped = (
        "inizio: 2027-01-01, fine: 2027-06-30",
        "inizio: 2027-06-30, fine: 2027-01-01",
    )
    late = ("    ingresso: 2026-10-01\n", "    ingresso: 2027-02-01\n")
    assert places_of(tmp_path, edited(swapped, late)) == ["stagioni[inverno].fine"]


def test_a_mistyped_key_may_be_the_one_that_is_missed(tmp_path: Path) -> None:
    """Under a wrong name a section is not called empty, nor are its items unknown."""
    assert places_of(tmp_path, edited(("rotazioni:\n", "rotazione:\n"))) == ["rotazione"]
    assert places_of(tmp_path, edited(("    adulti:\n", "    adlti:\n"))) == ["bambini[B001].adlti"]
    content = edited((ORDER, ""), ("bambini:\n", "bambin:\n"))
    assert places_of(tmp_path, content) == ["bambin"]


def test_an_item_without_its_kind_still_has_its_name(tmp_path: Path) -> None:
    """A rota of an unknown kind is known by name, so another that is unknown is told."""
    content = edited(
        ("tipo: settimanale", "tipo: settimana"),
        ("giorni: lun-ven\nregole", "adulti: [{azienda: alfa, turni: [{rotazione: tre}]}]\nregole"),
    )
    assert places_of(tmp_path, content) == [
        "rotazioni[due].tipo",
        "bambini[B003].adulti[#1].turni[#1].rotazione",
    ]


@pytest.mark.parametrize(
    "field", ["isee: .nan", "isee: 1234567890123456789012", "icef: .inf", "casa: {latitudine: .nan}"]
)
def test_reserved_numbers_stay_hidden(field: str, tmp_path: Path) -> None:
    """A number that YAML refuses is named and bounded but never shown where its field is reserved."""
    found = problems_of(tmp_path, edited(("    comune: Tenna\n", f"    comune: Tenna\n    {field}\n")))
    shown = "\n".join(render(problem) for problem in found)
    assert found
    assert all(
        problem.where.startswith(f"bambini[B003].{field[:4]}")
        for problem in found
        if ".casa" in problem.where
    )
    assert not any(secret in shown for secret in (".nan", "123456", ".inf"))


def test_nothing_but_its_names_can_be_asked_of_an_unread_value() -> None:
    """Whatever looks at the value ends the check, in the middle of a list too."""
    for look in (
        lambda: bool(UNREAD),
        lambda: len(UNREAD.any.thing),
        lambda: UNREAD == 1,
        lambda: UNREAD < 1,
        lambda: "a" in ("b", UNREAD),
        lambda: f"{UNREAD}",
        lambda: {UNREAD},
        lambda: isinstance(UNREAD, Scenario),
        lambda: UNREAD(),
        lambda: given(UNREAD),
    ):
        with pytest.raises(UnreadError):
            look()
        assert unless_unread(look) is UNREAD
    assert "a" in ("a", UNREAD)
    assert Unread({"id": "due"}).id == "due"
    assert where_read(lambda: UNREAD > 3)() is False
    assert not hasattr(UNREAD, "__deepcopy__")

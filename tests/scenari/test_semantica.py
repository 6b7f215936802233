"""What is wrong with a scenario: each told once, in Italian, at the line and column where it stands."""

from pathlib import Path

import pytest
import yaml

from nido.accordi.inps import bonus_keys
from nido.data.problems import InputError, Problem
from nido.scenari.load import load_scenario

HERE = Path(__file__).parent
BASE = (HERE / "scenario_base.yaml").read_text(encoding="utf-8")
CASES = {
    name: case
    for file in ("casi_semantica.yaml", "casi_forma.yaml", "casi_accordo.yaml")
    for name, case in yaml.safe_load((HERE / file).read_text(encoding="utf-8")).items()
}


def problems_of(folder: Path, content: str) -> tuple[Problem, ...]:
    """Return everything that loading a scenario finds, in Italian."""
    file = folder / "scenario.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(file)
    return caught.value.problems


def edited(*changes: tuple[str, str]) -> str:
    """Return the base scenario with each text, which occurs once, replaced."""
    content = BASE
    for old, new in changes:
        assert content.count(old) == 1, (content.count(old), old)
        content = content.replace(old, new)
    return content


def test_base_is_valid(tmp_path: Path) -> None:
    """The scenario that the cases spoil has nothing wrong of its own."""
    file = tmp_path / "scenario.yaml"
    file.write_text(BASE, encoding="utf-8")
    assert len(load_scenario(file).scenario.bambini) == 3


@pytest.mark.parametrize("name", CASES)
def test_mistake_is_told_where_it_stands(name: str, tmp_path: Path) -> None:
    """One mistake gives one problem, at its line and column, saying in Italian what is wrong."""
    case = CASES[name]
    content = edited((case["togli"], case["metti"]))
    line = content[: content.rindex(case["riga"])].count("\n") + 1
    problems = problems_of(tmp_path, content)
    found = [problem for problem in problems if case["dice"] in problem.message]
    assert [(problem.line, problem.column) for problem in found] == [(line, case["colonna"])], problems
    assert found[0].file == str(tmp_path / "scenario.yaml")
    assert bool(found[0].where) == case.get("campo", True)
    assert (len(problems) > 1) == case.get("altri", False), problems


def test_siblings_in_a_circle_are_told_once(tmp_path: Path) -> None:
    """Three children that name each other in turn are one problem, with all three codes."""
    circle = (
        ("    desideri: [sole, luna]", "    fratello_di: B003\n    desideri: [sole, luna]"),
        ("    giorni: lun-ven\nregole", "    giorni: lun-ven\n    fratello_di: B002\nregole"),
    )
    (problem,) = problems_of(tmp_path, edited(*circle))
    assert "fratelli in cerchio: B001 → B003 → B002 → B001" in problem.message
    assert problem.where == "bambini[B001].fratello_di"


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    """Contradictions in different parts come together, in the order of the file within each part."""
    content = edited(
        ("rotazione: due", "rotazione: tre"),
        ("capienza: 20", "capienza: 9"),
        ("fine: 2027-06-30", "fine: 2027-06-29"),
        ("stagioni_libere: [inverno]", "stagioni_libere: [estate]"),
    )
    where = [problem.where for problem in problems_of(tmp_path, content)]
    assert where == [
        "stagioni[inverno].fine",
        "gestori[sole].capienza",
        "regole.continuita.stagioni_libere[#1]",
        "bambini[B001].adulti[#1].turni[#1].rotazione",
    ]


def test_names_come_with_a_suggestion(tmp_path: Path) -> None:
    """A mistyped name brings the closest one that exists."""
    (problem,) = problems_of(tmp_path, edited(("desideri: [sole, luna]", "desideri: [sole, lunna]")))
    assert problem.hint == "forse volevi luna?"


def test_reserved_home_is_never_shown(tmp_path: Path) -> None:
    """The problem of a child's home names the field, and shows neither the place nor the line."""
    home = (
        "    comune: Tenna\n",
        "    comune: Tenna\n    casa: {comune: Baselga di Pinè, latitudine: 46.1}\n",
    )
    (problem,) = problems_of(tmp_path, edited(home))
    assert problem.where == "bambini[B003].casa"
    assert "Baselga" not in str(problem) + problem.excerpt + problem.hint
    (problem,) = problems_of(
        tmp_path, edited((home[0], "    comune: Tenna\n    casa: {comune: Baselgona}\n"))
    )
    assert "comune sconosciuto" in problem.message
    assert "Baselg" not in str(problem) + problem.excerpt + problem.hint


def test_no_child_at_all(tmp_path: Path) -> None:
    """A scenario without children says where they could come from."""
    content = BASE[: BASE.index("bambini:")] + BASE[BASE.index("regole:") :]
    content = content.replace("  ordine_domanda: [B001, B002, B003]\n", "")
    (problem,) = problems_of(tmp_path, content)
    assert "servono bambini, bambini_csv oppure domanda_generata" in problem.message


def test_synthetic_child_needs_the_label(tmp_path: Path) -> None:
    """A generated child may not stand in a scenario that claims real data."""
    content = edited(
        ("dati_sintetici: true", "dati_sintetici: false"),
        ("- id: B003\n", "- id: B003\n    sintetico: true\n"),
    )
    (problem,) = problems_of(tmp_path, content)
    assert problem.where == "bambini[B003].sintetico"


def test_years_without_holidays(tmp_path: Path) -> None:
    """Before the holidays that the tables know, the horizon is refused and nothing else is made of it."""
    content = BASE.replace("2026-", "2000-").replace("2027-", "2001-").replace("2025-", "1999-")
    found = [problem.message for problem in problems_of(tmp_path, content)]
    assert found == ["le festività sono note dal 2001"]


@pytest.mark.parametrize(
    ("changes", "figures"),
    [
        # A nido without costs of its own needs the educator's hour and that of the auxiliaries.
        ((), ["costi.educatore.ora", "costi.ausiliario.ora"]),
        (
            (("    vuoto_per_pieno", "    costi: {ora_educatrice: 25}\n    vuoto_per_pieno"),),
            ["costi.ausiliario.ora"],
        ),
        # Staff paid by the child-hour needs neither.
        ((("    vuoto_per_pieno", "    costi: {ora_bambino: 8}\n    vuoto_per_pieno"),), []),
    ],
)
def test_figures_that_the_tables_do_not_have_yet(
    changes: tuple[tuple[str, str], ...], figures: list[str], tmp_path: Path
) -> None:
    """Before the labour costs are known, each figure that is needed is named with its first day."""
    content = edited(*changes)
    for year in (2023, 2024, 2025, 2026, 2027):
        content = content.replace(f"{year}-", f"{year - 1}-")
    file = tmp_path / "scenario.yaml"
    file.write_text(content, encoding="utf-8")
    if not figures:
        assert load_scenario(file).scenario.stagioni[0].inizio.year == 2025
        return
    found = problems_of(tmp_path, content)
    assert [(problem.line, problem.column, problem.where) for problem in found] == [
        (10, 27, "stagioni[autunno].inizio")
    ] * len(figures)
    for problem, figure in zip(found, figures, strict=True):
        assert f"serve la cifra {figure} per il 2025-09-01, ma è nota dal 2026-01-01" in problem.message
    assert ("scrivi costi.ora_educatrice" in found[0].message) == (figures[0] == "costi.educatore.ora")


def test_bonus_of_months_that_the_tables_do_not_have(tmp_path: Path) -> None:
    """A scenario that uses the INPS bonus before its amounts are known names each of them once."""
    content = edited(
        ("  - {id: famiglia", "  - {id: inps, modo: inps, voci: [posto]}\n  - {id: famiglia"),
        ("    vuoto_per_pieno", "    costi: {ora_bambino: 8}\n    vuoto_per_pieno"),
    )
    for year in (2023, 2024, 2025, 2026, 2027):
        content = content.replace(f"{year}-", f"{year - 2}-")
    found = [problem.message for problem in problems_of(tmp_path, content)]
    keys = [key for key in bonus_keys() if sum(f"serve la cifra {key} per" in text for text in found) == 1]
    assert set(keys) == set(bonus_keys())
    assert all("è nota dal 2025-01-01" in text for text in found)
    # The Tagesmutter's hour is known from 2025 too.
    assert len(found) == len(bonus_keys()) + 1


def test_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NIDO_LANG=en the same problem comes in English."""
    monkeypatch.setenv("NIDO_LANG", "en")
    (problem,) = problems_of(tmp_path, edited(("capienza: 20", "capienza: 9")))
    assert problem.message == "the capacity (9) is less than the existing children (10)"

"""The pages tell the truth: links lead somewhere, commands exist, every output shown is what comes out today.

A block of output stands under a comment that says how it is made::

    <!-- nido solve scenari/minimo.yaml -q --larghezza 80
    cambia: posti: 6 => posti: 7
    mostra: inizio | FASCE APERTE -->

``cambia`` changes a text of the starter scenario, which is there as ``prova.yaml``; ``mostra`` chooses
sections by the start of their title. Tables that a command writes in Markdown stand between
``<!-- tabella: nido ... -->`` and ``<!-- /tabella -->``. ``python tests/test_docs.py`` writes both anew.
"""

import functools
import itertools
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from nido import cli
from nido.data.indagine import parse_survey
from nido.data.italian_csv import parse_sheet
from nido.data.problems import EXIT_INVALID_INPUT
from nido.matching.objective import TIERS
from nido.matching.process import SolverCrash
from nido.matching.rules import RULES
from nido.report.files import EXIT_USAGE
from nido.report.modelli import starter
from nido.report.pipeline import folder_names
from nido.scenari.load import load_scenario

ROOT = Path(__file__).resolve().parent.parent
README, GUIDE, MODEL = ROOT / "README.md", ROOT / "docs" / "guida.md", ROOT / "docs" / "modello.md"
PAGES = (README, ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))
STARTER = "prova.yaml"
BEGINNING = "inizio"
CUT = "[...]"

BLOCK = re.compile(r"<!-- nido (?P<how>(?:(?!-->).)*?) -->\n\n?```text\n(?P<shown>.*?)```\n", re.DOTALL)
TABLE = re.compile(r"<!-- tabella: nido (?P<how>.+?) -->\n\n(?P<shown>.*?)\n?<!-- /tabella -->", re.DOTALL)
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
INLINE = re.compile(r"`((?:nido|make|py -m nido|python -m nido) [^`]+)`")
PROGRAM = re.compile(r"^(?:py(?:thon3?)? -m )?nido ")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a block of output is made.

    Attributes
    ----------
    command
        Command line without the program's name.
    changes
        Texts of the starter scenario and what stands in their place.
    sections
        Starts of the titles to show; empty shows everything.
    """

    command: str
    changes: tuple[tuple[str, str], ...]
    sections: tuple[str, ...]

    @classmethod
    def read(cls, how: str) -> "Recipe":
        """Read the comment above a block."""
        command, *lines = how.split("\n")
        stated = [line.partition(": ")[::2] for line in lines]
        assert {key for key, _ in stated} <= {"cambia", "mostra"}, how
        changes = [value.partition(" => ")[::2] for key, value in stated if key == "cambia"]
        shown = [part.strip() for key, value in stated if key == "mostra" for part in value.split("|")]
        return cls(command, tuple(changes), tuple(shown))

    def output(self) -> str:
        """Make the block anew."""
        found = printed(self.command, self.changes)
        return chosen(found, self.sections) if self.sections else found


@functools.cache
def printed(command: str, changes: tuple[tuple[str, str], ...] = ()) -> str:
    """Run a command beside the shipped scenarios and the starter; give what it prints, or else its errors."""
    content = starter().decode("utf-8")
    for old, new in changes:
        assert content.count(old) == 1, old
        content = content.replace(old, new)
    environment = {name: value for name, value in os.environ.items() if name != "NIDO_LANG"}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(
            ROOT / "scenari", Path(folder, "scenari"), ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
        Path(folder, STARTER).write_text(content, encoding="utf-8", newline="\n")
        done = subprocess.run(
            [sys.executable, "-m", "nido", *shlex.split(command)],
            cwd=folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    return done.stdout or done.stderr


def chosen(output: str, titles: tuple[str, ...]) -> str:
    """Keep some sections of a report, and mark what is left out when there are several."""
    sections = output.rstrip("\n").split("\n\n")
    starts = {title: 0 if title == BEGINNING else None for title in titles}
    for place, section in enumerate(sections):
        for title in titles:
            if section.startswith(title):
                starts[title] = place
    missing = [title for title, place in starts.items() if place is None]
    assert not missing, f"{missing} is no section of:\n{output}"
    kept = sorted(place for place in starts.values() if place is not None)
    parts: list[str] = []
    for before, place in itertools.pairwise([-1, *kept]):
        if parts and place > before + 1:
            parts.append(CUT)
        parts.append(sections[place])
    if len(kept) > 1 and kept[-1] < len(sections) - 1:
        parts.append(CUT)
    return "\n\n".join(parts) + "\n"


def content(page: Path) -> str:
    """Return a page."""
    return page.read_text(encoding="utf-8")


def blocks() -> list[tuple[Path, str, str]]:
    """Return every block of output: page, how it is made, what is shown."""
    return [(page, one["how"], one["shown"]) for page in PAGES for one in BLOCK.finditer(content(page))]


def tables() -> list[tuple[Path, str, str]]:
    """Return every table that a command writes: page, command, what is shown."""
    return [(page, one["how"], one["shown"]) for page in PAGES for one in TABLE.finditer(content(page))]


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", content(page)), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def links() -> list[tuple[Path, str]]:
    """Return every link of the pages that does not leave the repository."""
    found = [(page, one["target"]) for page in PAGES for one in LINK.finditer(FENCE.sub("", content(page)))]
    return [(page, target) for page, target in found if "://" not in target]


def commands() -> list[str]:
    """Return every command line of the pages, in code blocks or inside the text."""
    found: set[str] = set()
    for page in PAGES:
        written = content(page)
        for fence in FENCE.finditer(written):
            if fence["language"] in ("sh", "bat"):
                found |= {line.partition("  #")[0].strip() for line in fence["body"].splitlines()}
        found |= set(INLINE.findall(FENCE.sub("", written)))
        found |= {f"nido {how.partition(chr(10))[0]}" for _, how, _ in (*blocks(), *tables())}
    return sorted(line for line in found if line and not line.startswith("#"))


def nido_commands() -> list[list[str]]:
    """Return the arguments of every command line that calls nido."""
    return [shlex.split(PROGRAM.sub("", line)) for line in commands() if PROGRAM.match(line)]


def option_names(command: click.Command) -> set[str]:
    """Return the options of a command as they are written."""
    context = click.Context(command)
    return {name for parameter in command.get_params(context) for name in parameter.opts if name[0] == "-"}


def table_keys(page: Path, heading: str) -> set[str]:
    """Return the code words that begin a row in a section of a page."""
    section = content(page).partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| `(\w+)`", section, re.MULTILINE))


@pytest.mark.parametrize(("page", "how", "shown"), blocks())
def test_output_is_what_comes_out_today(page: Path, how: str, shown: str) -> None:
    """Every block of output in the pages equals what its command prints now."""
    assert shown == Recipe.read(how).output(), f"{page.name}: python tests/test_docs.py"


@pytest.mark.parametrize(("page", "how", "shown"), tables())
def test_tables_are_what_comes_out_today(page: Path, how: str, shown: str) -> None:
    """Every table that a command writes into a page equals what it writes now."""
    assert shown == printed(how), f"{page.name}: python tests/test_docs.py"


def test_the_measures_hold_the_calibration() -> None:
    """The page of measures shows the calibration against the published cost."""
    assert ("misure.md", "calibra --markdown") in {(page.name, how) for page, how, _ in tables()}


def test_readme_and_guide_show_real_output() -> None:
    """The README and the guide hold blocks of output made by a command."""
    assert {README, GUIDE} <= {page for page, _, _ in blocks()}


@pytest.mark.parametrize(("page", "target"), links())
def test_links_lead_somewhere(page: Path, target: str) -> None:
    """Every link inside the repository leads to a file, and to a heading of it when it names one."""
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    assert file.exists()
    assert file.is_relative_to(ROOT)
    assert not anchor or anchor in anchors(file)


@pytest.mark.parametrize("words", nido_commands(), ids=" ".join)
def test_commands_shown_exist(words: list[str]) -> None:
    """Every nido command in the pages exists, and so do its options."""
    group = cli.build()
    options = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    if words[0].startswith("-"):
        assert options <= option_names(group)
    else:
        assert words[0] in group.commands
        assert options <= option_names(group.commands[words[0]])


def test_make_targets_shown_exist() -> None:
    """Every make target in the pages is one of the Makefile, and a scenario that it is given exists."""
    targets = set(re.findall(r"^([a-z]+):", content(ROOT / "Makefile"), re.MULTILINE))
    lines = [shlex.split(line)[1:] for line in commands() if line.startswith("make ")]
    assert lines
    for words in lines:
        assert words[0] in targets
        for scenario in (word.partition("=")[2] for word in words if word.startswith("SCENARIO=scenari/")):
            assert (ROOT / scenario).is_file()


def test_changes_shown_are_accepted(tmp_path: Path) -> None:
    """Every `--set` in the pages is one that its scenario takes, unless the page shows how it is refused."""
    prova = tmp_path / STARTER
    prova.write_bytes(starter())
    refused = [
        shlex.split(Recipe.read(how).command) for _, how, shown in blocks() if shown.startswith("--set")
    ]
    changing = [words for words in nido_commands() if "--set" in words and words not in refused]
    assert changing
    for words in changing:
        overrides = [after for word, after in itertools.pairwise(words) if word == "--set"]
        load_scenario(prova if words[1] == STARTER else ROOT / words[1], overrides)


def test_sample_of_the_survey_is_accepted() -> None:
    """The sample file of the page on figures is one that `nido indagine` takes."""
    page = content(ROOT / "docs" / "dati.md")
    lines = re.findall(r"^    (anno;organizzazione;.*(?:\n    .+)+)", page, re.MULTILINE)
    (sample,) = (re.sub(r"^    ", "", found, flags=re.MULTILINE) for found in lines)
    survey = parse_survey(parse_sheet("indagine.csv", sample.encode("utf-8")))
    # Of two organisations one says nothing about the last question.
    assert [found.risposte for found in survey.risposte] == [2, 2, 2, 2, 1]


def test_guide_names_every_command_and_every_option_of_solve() -> None:
    """An officer finds every command in the guide, and every option of `nido solve`."""
    guide = content(GUIDE)
    group = cli.build()
    assert [name for name in group.commands if f"`nido {name}" not in guide] == []
    solve = {name for name in option_names(group.commands["solve"]) if name.startswith("--")}
    assert [name for name in sorted(solve) if f"`{name}" not in guide] == []


def test_guide_explains_every_exit_code() -> None:
    """The table of exit codes in the guide has a row for each code that nido can end with."""
    codes = {
        *cli.EXIT_BY_STATE.values(),
        *(cli.EXIT_UNEXPECTED, cli.EXIT_REFUSED, cli.EXIT_INTERRUPTED),
        *(EXIT_USAGE, EXIT_INVALID_INPUT, SolverCrash.exit_code),
    }
    assert {int(code) for code in table_keys(GUIDE, "### I codici di uscita")} == codes


def test_guide_says_of_every_saved_file_who_may_see_it() -> None:
    """The table on what may be sent around has a row for each file of a result's folder."""
    section = content(GUIDE).partition("\n## Che cosa si può mandare in giro\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    named = [name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])]
    assert sorted(named) == sorted(folder_names())


def test_every_rule_and_tier_is_in_the_model() -> None:
    """The page of the model has one row for each rule family and for each tier, and for nothing else."""
    assert table_keys(MODEL, "## 7. Regole") == {rule.name for rule in RULES}
    assert table_keys(MODEL, "## 11. Livelli") == set(TIERS)


def test_changelog_names_the_version_to_come() -> None:
    """The changelog has a section for what is not released yet."""
    assert "\n## [Unreleased]\n" in content(ROOT / "CHANGELOG.md")


def rewrite() -> None:
    """Write every block of output and every table in the pages anew."""

    def renewed(found: re.Match[str]) -> str:
        output = Recipe.read(found["how"]).output()
        return found[0].replace(f"```text\n{found['shown']}```", f"```text\n{output}```")

    def redrawn(found: re.Match[str]) -> str:
        return f"<!-- tabella: nido {found['how']} -->\n\n{printed(found['how'])}\n<!-- /tabella -->"

    for page in PAGES:
        before = content(page)
        after = TABLE.sub(redrawn, BLOCK.sub(renewed, before))
        if after != before:
            page.write_text(after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()

"""How nido starts: nothing heavy for a help, and a help that can be followed to the letter."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from nido.cli import build
from nido.report.help_texts import COMMANDS

HEAVY = {
    "numpy",
    "ortools",
    "pandas",
    "pydantic",
    "pydantic_core",
    "python_calamine",
    "rich",
    "xlsxwriter",
    "yaml",
}
EXAMPLE = re.compile(r"^ +(nido .+)$", re.MULTILINE)


def start(*arguments: str) -> tuple[str, set[str]]:
    """Run `python -m nido`, and give what it printed and the top names of every module that it loaded."""
    command = [sys.executable, "-X", "importtime", "-m", "nido", *arguments]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    # import time:   self [us] | cumulative | imported package
    names = {
        line.split("|")[2].strip() for line in run.stderr.splitlines() if line.startswith("import time:")
    }
    assert {"click", "nido.cli"} <= names
    return run.stdout, {name.split(".")[0] for name in names}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("solve", "--help")])
def test_a_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    """No solver, no tables, no schema: a help or the version answers at once."""
    shown, loaded = start(*arguments)
    assert shown
    assert not HEAVY & loaded


def test_a_check_loads_no_solver() -> None:
    """A scenario is checked without the solver and without the tables of its numbers."""
    scenario = Path(__file__).resolve().parents[1] / "scenari" / "minimo.yaml"
    shown, loaded = start("check", str(scenario))
    assert "valido" in shown or "valid" in shown
    assert not {"ortools", "pandas", "numpy", "python_calamine", "xlsxwriter"} & loaded


def helped(*words: str) -> str:
    """Show the help of a command in this process."""
    group = build()
    command: click.Command = group
    context = click.Context(group, info_name="nido")
    for word in words:
        command = group.commands[word]
        context = click.Context(command, info_name=word, parent=context)
    return command.get_help(context)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_works(
    name: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help of a command holds an example of it, and its options and arguments are those that exist."""
    monkeypatch.setenv("NIDO_LANG", lang)
    examples = EXAMPLE.findall(helped(name))
    assert any(example.split()[1] == name for example in examples)
    for example in examples:
        # What follows a redirection is the shell's business.
        words = shlex.split(example.split(" > ")[0])
        command = build().commands[words[1]]
        assert command.make_context(words[1], words[2:]).params is not None


def test_the_program_has_an_example_of_commands_that_exist() -> None:
    """The first help shows how to begin, with commands that exist."""
    examples = [shlex.split(example) for example in EXAMPLE.findall(helped())]
    assert examples
    assert {words[1] for words in examples} <= set(build().commands)

"""click's own words in Italian, compared with the click that is installed."""

import ast
import gettext
from pathlib import Path

import click
import pytest

from nido.report.click_it import WORDS, install, translate, translate_count

SOURCES = {path.name: path for path in Path(click.__file__).parent.glob("*.py")}
# Texts that no command of nido can bring up: prompts, editors, completion, mistakes of the programmer.
ELSEWHERE = {"_termui_impl.py", "_winconsole.py", "termui.py", "shell_completion.py", "utils.py"}
UNREACHABLE = {
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "deprecated",
    "Value must be an iterable.",
    "Name '{name}' defined twice",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
    "Could not determine name for option with declarations {decls!r}",
    "No options defined but a name was passed ({name})."
    " Did you mean to declare an argument instead? Did you mean to pass '--{name}'?",
    "Could not determine name for argument with declarations {decls!r}",
    "(dynamic)",
    "Do you want to continue?",
    "Confirm the action without prompting.",
    "unknown error",
    "Invalid start character for option ({option})",
    "Choice({choices})",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "{value!r} is not a valid UUID.",
    "{name} {filename!r} is not executable.",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
}


def marked_texts() -> set[str]:
    """Return the texts that click hands to gettext, in the modules that matter."""
    found: set[str] = set()
    for name, path in SOURCES.items():
        if name in ELSEWHERE:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "ngettext")
            ):
                texts = node.args[: 1 if node.func.id == "_" else 2]
                found |= {text.value for text in texts if isinstance(text, ast.Constant)}
    return found


def test_every_text_of_click_is_translated() -> None:
    """Each text that the installed click marks is translated here or known to be out of reach."""
    assert marked_texts() - set(WORDS) <= UNREACHABLE


def test_no_translation_is_stale() -> None:
    """Each text translated here still exists in the installed click."""
    # "required" reaches gettext through a variable.
    assert set(WORDS) - marked_texts() <= {"required"}


def test_fields_survive_translation() -> None:
    """A translation uses only fields that the text has."""
    for english, italian in WORDS.items():
        fields = {part.split("}")[0].split("!")[0] for part in english.split("{")[1:]}
        assert {part.split("}")[0].split("!")[0] for part in italian.split("{")[1:]} <= fields


def test_language_is_that_of_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """NIDO_LANG decides, not the locale of the machine."""
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.delenv("NIDO_LANG", raising=False)
    assert translate("Usage:") == "Uso:"
    assert translate("What is new in click 9") == "What is new in click 9"
    assert translate_count("Got unexpected extra argument ({args})", "...", 1).startswith(
        "Argomento di troppo"
    )
    monkeypatch.setenv("NIDO_LANG", "en")
    assert translate("Usage:") == "Usage:"


def test_only_click_is_changed() -> None:
    """The standard gettext stays as it was, for every other library."""
    before = (gettext.gettext, gettext.ngettext)
    install()
    install()
    assert (gettext.gettext, gettext.ngettext) == before
    assert click.core._ is translate
    assert click.core.ngettext is translate_count

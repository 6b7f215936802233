"""Pieces of which the commands are made: options with their help in both languages."""

import math
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.types import OptionHelpExtra

from nido.data import tables
from nido.data.lingua import text
from nido.data.row import STATI
from nido.matching.options import MOST_SEARCHES
from nido.report.help_texts import COMMANDS, command_help, option_help
from nido.report.privacy.cells import DEFAULT_THRESHOLD, LEAST_THRESHOLD

DEBUG = "nido.debug"
LARGEST_SEED = 2**31 - 1
LEAST_MEMORY_MB = 256


class _Option(click.Option):
    """An option whose help does not show the limits of a number in click's own notation."""

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


def command(name: str, callback: Callable[..., None], *params: click.Parameter) -> click.Command:
    """Make a command with its help and the options that every command has."""
    found = COMMANDS[name]
    return click.Command(
        name,
        callback=callback,
        params=[*params, _debug()],
        help=command_help(found),
        short_help=text(found.it.partition("\n")[0], found.en.partition("\n")[0]),
        options_metavar=text("[OPZIONI]", "[OPTIONS]"),
    )


def option(
    name: str, *names: str, key: str = "", metavar: tuple[str, str] = ("", ""), **settings: Any
) -> click.Option:
    """Make the option ``--name``.

    Parameters
    ----------
    name
        Long name without hyphens.
    names
        Name of the value in Python, other spellings.
    key
        Name of its help text, when it is not `name`.
    metavar
        What stands for the value, in Italian and in English.
    settings
        Any other argument of `click.Option`.
    """
    shown = text(*metavar) or None
    return _Option([f"--{name}", *names], help=option_help(key or name), metavar=shown, **settings)


def flag(name: str, *names: str) -> click.Option:
    """Make an option without value."""
    return option(name, *names, is_flag=True)


def file_argument(metavar: tuple[str, str] = ("SCENARIO", "SCENARIO")) -> click.Argument:
    """Make the argument that names a file; whether it can be read is said by what reads it.

    Parameters
    ----------
    metavar
        What the file is, in Italian and in English; in square brackets when it may be left out.
    """
    shown = text(*metavar)
    required = not shown.startswith("[")
    return click.Argument(["file"], type=click.Path(path_type=Path), metavar=shown, required=required)


def overrides() -> click.Option:
    """Make ``--set``."""
    return option("set", "overrides", multiple=True, metavar=("CHIAVE=VALORE", "KEY=VALUE"))


def width() -> click.Option:
    """Make ``--larghezza``."""
    return option("larghezza", "width", type=click.IntRange(40, 400), metavar=("N", "N"))


def solve_options() -> list[click.Parameter]:
    """Make the options of ``nido solve``."""
    positive = click.FloatRange(min=0, min_open=True)
    seed, workers = click.IntRange(0, LARGEST_SEED), click.IntRange(1, MOST_SEARCHES)
    memory, number = click.IntRange(LEAST_MEMORY_MB), ("N", "N")
    default: dict[str, Any] = {"show_default": True}
    return [
        file_argument(),
        option("json", "json_file", metavar=("FILE|-", "FILE|-")),
        option("out", type=click.Path(path_type=Path), metavar=("CARTELLA", "FOLDER")),
        overrides(),
        option("seed", type=seed, default=0, metavar=number, **default),
        option("time-limit", type=positive, callback=_finite, metavar=("SECONDI", "SECONDS")),
        option(
            "gap", type=click.FloatRange(0, 1), default=0.0, callback=_finite, metavar=("X", "X"), **default
        ),
        option("workers", type=workers, metavar=number),
        option("memoria", "memory", type=memory, default=4096, metavar=("MB", "MB"), **default),
        flag("deterministico", "deterministic"),
        option("spiega", metavar=("BAMBINO", "CHILD")),
        flag("senza-confronto", "no_comparison"),
        flag("force"),
        flag("quiet", "-q"),
        flag("no-color"),
        width(),
    ]


def pseudonimizza_options() -> list[click.Parameter]:
    """Make the options of ``nido pseudonimizza``."""
    path, file = click.Path(path_type=Path), ("FILE", "FILE")
    return [
        file_argument(),
        option("chiave", "key", type=path, metavar=file, required=True),
        option("out", key="out-pseudonimizza", type=path, metavar=file, required=True),
        option("tabella", "table", key="tabella-pseudonimizza", type=path, metavar=file),
        flag("con-case", "homes"),
        flag("force"),
    ]


def purge_options() -> list[click.Parameter]:
    """Make the options of ``nido purge``."""
    path = click.Path(path_type=Path)
    shown = text("[CARTELLA]...", "[FOLDER]...")
    return [
        click.Argument(["places"], type=path, nargs=-1, metavar=shown),
        option("chiave", "key", key="chiave-purge", type=path, metavar=("FILE", "FILE")),
        flag("cache"),
        flag("si", "yes"),
    ]


def import_options() -> list[click.Parameter]:
    """Make the options of ``nido importa``."""
    path = click.Path(path_type=Path)
    name = ("NOME", "NAME")
    return [
        file_argument(("FILE", "FILE")),
        option("azienda", required=True, metavar=("ID", "ID")),
        option("out", key="out-importa", type=path, required=True, metavar=("CSV", "CSV")),
        option("scenario", key="scenario-importa", type=path, metavar=("FILE", "FILE")),
        option("foglio", "sheet", metavar=name),
        option("colonna", "columns", multiple=True, metavar=("NOME=CAMPO", "NAME=FIELD")),
        option("turno", "shifts", multiple=True, metavar=("TURNO=ROTAZIONE", "SHIFT=ROTAZIONE")),
        option("prefisso", "prefix", default="B", callback=_capitals, metavar=("B", "B"), show_default=True),
        option("profilo", "profile", default="", callback=_file_name, metavar=name),
        flag("accetta", "accept"),
        flag("force"),
        width(),
    ]


def _capitals(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not re.fullmatch("[A-Z]{1,4}", value):
        raise click.BadParameter(
            text("servono da una a quattro maiuscole", "one to four capitals are needed"), ctx, param
        )
    return value


def _file_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    if not re.fullmatch("[A-Za-z0-9_-]{0,60}", value):
        raise click.BadParameter(
            text("servono lettere, cifre, - e _", "letters, digits, - and _ are needed"), ctx, param
        )
    return value


def confirm() -> None:
    """Ask once whether what was shown is right, where somebody can answer.

    Raises
    ------
    click.UsageError
        If it is not, or nobody can answer.
    """
    if not sys.stdin.isatty():
        raise click.UsageError(
            text("se le colonne sono giuste, ripeti con --accetta", "if the columns are right, add --accetta")
        )
    if not click.confirm(text("Va bene così?", "Is this right?"), err=True):
        raise click.UsageError(
            text(
                'correggi con --colonna "Nome=campo" e --turno "Turno=rotazione"',
                'correct it with --colonna "Name=field" and --turno "Shift=rotazione"',
            )
        )


def params_options() -> list[click.Parameter]:
    """Make the options of ``nido params``."""
    return [
        option("tabella", type=click.Choice(tables()), metavar=("NOME", "NAME")),
        option("stato", type=click.Choice(STATI), metavar=("|".join(STATI), "|".join(STATI))),
        option("scenario", key="scenario-params", type=click.Path(path_type=Path), metavar=("FILE", "FILE")),
        width(),
    ]


def accordi_options() -> list[click.Parameter]:
    """Make the options of ``nido accordi``."""
    path, name = click.Path(path_type=Path), ("FILE", "FILE")
    least, default = click.IntRange(min=LEAST_THRESHOLD), DEFAULT_THRESHOLD
    return [
        file_argument(("[RISULTATO]", "[RESULT]")),
        option("out", key="out-accordi", type=path, metavar=("CARTELLA", "FOLDER")),
        option("scenario", key="scenario-verify", type=path, metavar=name),
        option("modello", "template", type=path, metavar=name),
        option("scrivi-modello", "template_out", type=path, metavar=name),
        option(
            "pubblicato",
            "published",
            multiple=True,
            type=path,
            metavar=("RISULTATO|CARTELLA", "RESULT|FOLDER"),
        ),
        option("soglia", "threshold", type=least, default=default, metavar=("N", "N"), show_default=True),
        flag("senza-parti", "no_shares"),
        flag("force"),
        flag("quiet", "-q"),
        width(),
    ]


def _debug() -> click.Option:
    def remember(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        ctx.meta[DEBUG] = value

    return option("debug", is_flag=True, expose_value=False, is_eager=True, callback=remember)


def _finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(text("serve un numero finito", "a finite number is needed"), ctx, param)
    return value

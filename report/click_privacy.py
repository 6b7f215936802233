"""Commands that protect persons: ``nido pseudonimizza``, ``nido purge``. What is heavy is imported late."""

import sys
from pathlib import Path
from typing import Any

import click

from nido.data.lingua import text
from nido.report import click_parts
from nido.report.click_show import leave

EXIT_USAGE = 2


def pseudonimizza() -> click.Command:
    """Make ``nido pseudonimizza``."""

    def callback(**values: Any) -> None:
        from nido.report.privacy.commands import Pseudonimizza

        click.echo(Pseudonimizza(**values).run(), err=True)

    return click_parts.command("pseudonimizza", callback, *click_parts.pseudonimizza_options())


def purge() -> click.Command:
    """Make ``nido purge``."""

    def callback(places: tuple[Path, ...], key: Path | None, cache: bool, yes: bool) -> None:
        from nido.report.privacy import commands, purge

        if not places and key is None and not cache:
            raise click.UsageError(text("che cosa va cancellato?", "what is to be deleted?"))
        found = purge.doomed(places, key, cache=cache)
        click.echo(commands.listing(found))
        if not yes and not _agreed():
            leave(EXIT_USAGE)
        purge.delete(found)
        click.echo(commands.farewell(), err=True)

    return click_parts.command("purge", callback, *click_parts.purge_options())


def _agreed() -> bool:
    """Ask on a terminal; elsewhere nobody can answer."""
    if sys.stdin is not None and sys.stdin.isatty():
        question = text("Cancellare per sempre? Scrivi sì: ", "Delete for good? Write yes: ")
        click.echo(question, nl=False, err=True)
        if sys.stdin.readline().strip().casefold() in ("sì", "si", "yes"):
            return True
    nothing = text(
        "Niente cancellato: per farlo, ripeti con --si.", "Nothing deleted: to do it, repeat with --si."
    )
    click.echo(nothing, err=True)
    return False

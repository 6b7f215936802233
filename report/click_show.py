"""What several commands do: leave with a code, find the width of the screen, show what a checker refuses."""

import shutil
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from nido.data.lingua import text

if TYPE_CHECKING:
    from nido.accordi.risultato.documento import Finding

EXIT_REFUSED = 7
DEFAULT_WIDTH, WIDEST = 100, 160


def shown_width(asked: int | None) -> int:
    """Give the width to write in: what was asked for, or that of the terminal."""
    return asked or min(WIDEST, shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns)


def leave(code: int) -> None:
    """End the command with an exit code."""
    click.get_current_context().exit(code)


def show_refusal(violations: "Sequence[Finding]") -> None:
    """Show on standard error what the checker does not confirm."""
    one = text("Rifiutato dal controllore: 1 violazione.", "Refused by the checker: 1 violation.")
    many = text(
        "Rifiutato dal controllore: {count} violazioni.",
        "Refused by the checker: {count} violations.",
        count=len(violations),
    )
    click.echo(one if len(violations) == 1 else many, err=True)
    for found in violations:
        click.echo(f"- {found.regola}, {found.dove}: {found.dettaglio}", err=True)

"""Command line of nido: parse, call one function, print. What is heavy is imported when it is needed."""

import contextlib
import errno
import io
import sys
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nido.data.lingua import text
from nido.data.problems import NidoError, render
from nido.report import click_documents, click_it, click_parts, click_privacy
from nido.report.click_show import EXIT_REFUSED, leave, show_refusal, shown_width
from nido.report.help_texts import PROGRAM, command_help

if TYPE_CHECKING:
    from nido.accordi.risultato.calcolo import Outcome
    from nido.accordi.risultato.documento import Finding
    from nido.matching.options import SolveOptions
    from nido.report.copertura import Comparison
    from nido.report.progress import Listener
    from nido.scenari.load import Loaded

EXIT_UNEXPECTED = 1
EXIT_INTERRUPTED = 130
EXIT_BY_STATE = {"ottimo": 0, "entro_gap": 0, "infattibile": 4, "interrotto": 5, "nessuna_soluzione": 6}
NO_PLAN = "nessuna_soluzione"
DISTRIBUTION = "nido-diffuso"
STDOUT = "-"
WRITING = ("solve", "accordi", "new", "importa", "pseudonimizza")


def main(args: Sequence[str] | None = None, prog_name: str = "nido") -> None:
    """Run the command line and exit.

    Parameters
    ----------
    args
        Arguments; None for those of the process.
    prog_name
        Name shown in the help.
    """
    for stream in (sys.stdout, sys.stderr):
        # A redirected stream on Windows is cp1252 and would fail at the first sign that it lacks.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    build()(args, prog_name=prog_name)


def build() -> click.Group:
    """Make the commands, in the language that NIDO_LANG asks for now."""
    click_it.install()
    group = _Guarded(
        name="nido",
        help=command_help(PROGRAM),
        subcommand_metavar=text("COMANDO [ARGOMENTI]...", "COMMAND [ARGS]..."),
        options_metavar=text("[OPZIONI]", "[OPTIONS]"),
        context_settings={"help_option_names": ["-h", "--help"]},
        params=[_version_option()],
    )
    makers = (
        _solve,
        _check,
        _verify,
        click_documents.accordi,
        _indagine,
        _params,
        _calibra,
        _schema,
        click_documents.new,
        click_documents.importa,
    )
    for make in (*makers, click_privacy.pseudonimizza, click_privacy.purge, _doctor):
        group.add_command(make())
    return group


class _Guarded(click.Group):
    """Turns every error into a message and an exit code: no traceback reaches a user."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except NidoError as error:
            _show_error(error, writes=ctx.invoked_subcommand in WRITING)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo(text("\nInterrotto.", "\nInterrupted."), err=True)
            ctx.exit(EXIT_INTERRUPTED)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            _show_unexpected(error, debug=bool(ctx.meta.get(click_parts.DEBUG)))
            ctx.exit(EXIT_UNEXPECTED)


def _show_error(error: NidoError, *, writes: bool) -> None:
    problems = getattr(error, "problems", ())
    if not problems:
        click.echo(text("Errore: {error}", "Error: {error}", error=error), err=True)
        return
    for problem in problems:
        click.echo(render(problem), err=True)
    many = text("{count} problemi trovati.", "{count} problems found.", count=len(problems))
    one = text("1 problema trovato.", "1 problem found.")
    nothing = text(" Niente è stato scritto.", " Nothing was written.") if writes else ""
    click.echo(f"{one if len(problems) == 1 else many}{nothing}", err=True)


def _show_unexpected(error: Exception, *, debug: bool) -> None:
    """Name only the kind of error: its text may hold values of a scenario."""
    if debug:
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        return
    sentence = text(
        "Errore inatteso ({kind}), un difetto di nido. Ripeti il comando con --debug per i dettagli.",
        "Unexpected error ({kind}): a fault of nido. Repeat the command with --debug for the details.",
        kind=type(error).__name__,
    )
    click.echo(sentence, err=True)


def _version_option() -> click.Option:
    def show(ctx: click.Context, param: click.Parameter, value: bool) -> None:
        if value:
            click.echo(
                text("nido, versione {number}", "nido, version {number}", number=version(DISTRIBUTION))
            )
            ctx.exit()

    shown = text("Mostra la versione ed esce.", "Show the version and exit.")
    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help=shown
    )


# --- solve -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What `nido solve` was asked."""

    file: Path
    json_file: str | None
    out: Path | None
    overrides: tuple[str, ...]
    seed: int
    time_limit: float | None
    gap: float
    workers: int | None
    memory: int
    deterministic: bool
    spiega: str | None
    no_comparison: bool
    force: bool
    quiet: bool
    no_color: bool
    width: int | None

    def options(self) -> "SolveOptions":
        """Give the options of the engine."""
        from nido.matching.options import SolveOptions

        return SolveOptions(
            time_limit=self.time_limit,
            gap=self.gap,
            workers=self.workers,
            seed=self.seed,
            deterministic=self.deterministic,
            memory_mb=self.memory,
        )

    def json_path(self) -> Path | None:
        """Give the file for the JSON, when there is one."""
        return Path(self.json_file) if self.json_file and self.json_file != STDOUT else None


def _solve() -> click.Command:
    def callback(**values: Any) -> None:
        leave(_run_solve(_Asked(**values)))

    return click_parts.command("solve", callback, *click_parts.solve_options())


def _run_solve(asked: _Asked) -> int:
    """Load, solve, cost, check, save, show: nothing is saved or shown before the checker agrees.

    What cannot be saved is shown all the same: a full disk must not lose the answer to a long solve.
    """
    from nido.accordi.risultato import calcolo
    from nido.report import pipeline
    from nido.report.saving import Places
    from nido.scenari.load import load_scenario

    places = Places(asked.json_path(), asked.out, asked.force)
    places.spare((str(asked.file),))
    places.check()
    started = pipeline.now()
    loaded = load_scenario(asked.file, asked.overrides)
    places.spare(loaded.files)
    if asked.spiega is not None:
        calcolo.check_child(loaded, asked.spiega)
    with _progress(asked, text("piano", "plan")) as listener:
        outcome = calcolo.run(loaded, asked.options(), asked.overrides, listener, asked.spiega)
    if outcome.violazioni:
        show_refusal(outcome.violazioni)
        return EXIT_REFUSED
    comparison, other = _compare(asked, loaded, outcome)
    try:
        if outcome.documento["stato"] != NO_PLAN:
            measures = pipeline.measures(started, outcome, other)
            places.save(pipeline.folder_files(loaded, outcome, measures, comparison))
    finally:
        _show(asked, outcome, comparison)
    _show_notes(asked, outcome)
    return EXIT_INTERRUPTED if outcome.interrotto else EXIT_BY_STATE[outcome.documento["stato"]]


@contextlib.contextmanager
def _progress(asked: _Asked, title: str) -> "Iterator[Listener | None]":
    from nido.report.progress import Style, shown

    with shown(sys.stderr, Style(asked.quiet, not asked.no_color), title) as listener:
        yield listener


def _compare(
    asked: _Asked, loaded: "Loaded", outcome: "Outcome"
) -> "tuple[Comparison | None, Outcome | None]":
    """Solve at standard hours; a comparison that the checker refuses is not shown."""
    from nido.report import pipeline

    if asked.no_comparison or outcome.interrotto or not outcome.documento["assegnazioni"]:
        return None, None
    with _progress(asked, text("orario standard", "standard hours")) as listener:
        found = pipeline.compare(loaded, asked.options(), sum(outcome.secondi.values()), listener)
    if found is None:
        click.echo(
            text(
                "Nessun confronto con l'orario standard: tempo finito.",
                "No comparison with standard hours: out of time.",
            ),
            err=True,
        )
        return None, None
    comparison, other = found
    if other.violazioni:
        click.echo(
            text(
                "Nessun confronto con l'orario standard: rifiutato.",
                "No comparison with standard hours: refused.",
            ),
            err=True,
        )
        show_refusal(other.violazioni)
        return None, other
    return comparison, other


def _show(asked: _Asked, outcome: "Outcome", comparison: "Comparison | None") -> None:
    if asked.json_file == STDOUT:
        from nido.accordi.risultato.documento import dump

        click.echo(dump(outcome.documento), nl=False)
        return
    from nido.report.terminale import render as render_report

    click.echo(
        render_report(outcome.documento, width=shown_width(asked.width), comparison=comparison), nl=False
    )


def _show_notes(asked: _Asked, outcome: "Outcome") -> None:
    """Say where the answer is, and what became of ``--spiega``."""
    document = outcome.documento
    to_terminal = asked.json_file != STDOUT and not asked.quiet
    if asked.out is not None and to_terminal and document["stato"] != NO_PLAN:
        click.echo(text("Salvato in {out}", "Saved in {out}", out=asked.out), err=True)
    if not asked.spiega or not document["assegnazioni"]:
        return
    nothing = text(
        "--spiega: niente da spiegare, ogni richiesta è coperta per intero.",
        "--spiega: nothing to explain, every request is covered in full.",
    )
    stopped = text(
        "--spiega: interrotto, la ricerca non è finita.", "--spiega: interrupted, the search did not end."
    )
    if outcome.interrotto:
        click.echo(stopped, err=True)
    elif not document["spiegazioni"]:
        click.echo(nothing, err=True)


# --- the other commands ----------------------------------------------------------------------------------


def _check() -> click.Command:
    def callback(file: Path, overrides: tuple[str, ...]) -> None:
        from nido.report.listings import valid_scenario
        from nido.scenari.load import load_scenario

        click.echo(valid_scenario(load_scenario(file, overrides)), nl=False)

    return click_parts.command("check", callback, click_parts.file_argument(), click_parts.overrides())


def _verify() -> click.Command:
    def callback(file: Path, scenario: Path | None, result: Path | None) -> None:
        violations = _checked(file, scenario, result)
        if violations:
            show_refusal(violations)
            leave(EXIT_REFUSED)
        click.echo(text("{file}: confermato", "{file}: confirmed", file=file))

    path = click.Path(path_type=Path)
    where = click_parts.option("scenario", key="scenario-verify", type=path, metavar=("FILE", "FILE"))
    plan = click_parts.option(
        "risultato", "result", key="risultato-verify", type=path, metavar=("FILE", "FILE")
    )
    argument = click_parts.file_argument(("RISULTATO", "RESULT"))
    return click_parts.command("verify", callback, argument, where, plan)


def _checked(file: Path, scenario: Path | None, result: Path | None) -> "tuple[Finding, ...]":
    """Check a saved result, or simulated agreements with the result that they come from."""
    from nido.report import saved

    document = saved.read_saved(file)
    if not saved.is_agreements(document):
        return saved.check_saved(document, saved.read_scenario(file, scenario, document))
    if result is None:
        raise click.UsageError(
            text("serve anche il risultato: --risultato FILE", "the result is needed too: --risultato FILE")
        )
    origin = saved.read_result(result)
    return saved.check_saved_agreements(document, origin, saved.read_scenario(result, scenario, origin))


def _indagine() -> click.Command:
    def callback(file: Path | None, width: int | None) -> None:
        from nido.data.indagine import load_survey
        from nido.report.listings import survey

        click.echo(survey(load_survey(file), shown_width(width)), nl=False)

    argument = click_parts.file_argument(("[RISPOSTE]", "[ANSWERS]"))
    return click_parts.command("indagine", callback, argument, click_parts.width())


def _params() -> click.Command:
    def callback(tabella: str | None, stato: str | None, scenario: Path | None, width: int | None) -> None:
        from nido.report.listings import figures, rows_of_scenario, rows_of_tables

        rows = rows_of_scenario(scenario) if scenario else rows_of_tables(tabella)
        chosen = [row for row in rows if stato in (None, row.stato)]
        click.echo(figures(chosen, shown_width(width)), nl=False)

    return click_parts.command("params", callback, *click_parts.params_options())


def _calibra() -> click.Command:
    def callback(markdown: bool, width: int | None) -> None:
        from nido.accordi.calibrazione import calibrations, figures_used
        from nido.report import calibra

        found, figures = calibrations(), figures_used()
        shown = (
            calibra.markdown(found, figures)
            if markdown
            else calibra.render(found, figures, shown_width(width))
        )
        click.echo(shown, nl=False)

    return click_parts.command("calibra", callback, click_parts.flag("markdown"), click_parts.width())


def _schema() -> click.Command:
    def callback(risultato: bool) -> None:
        from nido.report.schemas import schema_bytes

        click.echo(schema_bytes(result=risultato), nl=False)

    return click_parts.command("schema", callback, click_parts.flag("risultato"))


def _doctor() -> click.Command:
    def callback() -> None:
        from nido.report.doctor import examine
        from nido.report.listings import examination

        checks = examine()
        click.echo(examination(checks), nl=False)
        if not all(check.ok for check in checks):
            leave(EXIT_UNEXPECTED)

    return click_parts.command("doctor", callback)

"""Commands on documents: ``nido accordi``, ``nido new``, ``nido importa``. What is heavy is imported late."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from nido.data.lingua import text
from nido.report import click_parts
from nido.report.click_show import EXIT_REFUSED, leave, show_refusal, shown_width


def accordi() -> click.Command:
    """Make ``nido accordi``."""

    def callback(file: Path | None, template_out: Path | None, **values: Any) -> None:
        from nido.report.dossier import deliver

        if template_out is not None:
            deliver.write_template(template_out, force=values["force"])
            click.echo(text("Scritto {file}", "Written {file}", file=template_out), err=True)
        elif file is None or values["out"] is None:
            raise click.UsageError(
                text("servono RISULTATO e --out CARTELLA", "RESULT and --out FOLDER are needed")
            )
        else:
            leave(_deliver(file, values))

    return click_parts.command("accordi", callback, *click_parts.accordi_options())


def _deliver(file: Path, values: Mapping[str, Any]) -> int:
    """Check the result, make the documents, check them, write them, show what they say."""
    from nido.report.dossier import deliver

    asked = deliver.Asked(file=file, **values)

    def tell(words: str) -> None:
        if not asked.quiet:
            click.echo(words, err=True)

    made = deliver.deliver(asked, tell)
    if made.found:
        show_refusal(made.found)
        return EXIT_REFUSED
    click.echo(deliver.shown(made, shown_width(asked.width)), nl=False)
    count = len(made.files)
    tell(
        text(
            "Scritti {count} documenti in {out}",
            "{count} documents written in {out}",
            count=count,
            out=asked.out,
        )
    )
    return 0


def new() -> click.Command:
    """Make ``nido new``."""

    def callback(file: Path, xlsx: bool, source: Path | None, force: bool) -> None:
        from nido.report import files
        from nido.report.new_scenario import is_workbook, new_scenario

        workbook = is_workbook(file, asked=xlsx)
        files.check_file(file, force=force)
        if source is not None:
            files.check_spared(file, (source,))
        files.write_file(file, new_scenario(workbook=workbook, source=source))
        click.echo(text("Scritto {file}", "Written {file}", file=file), err=True)

    source = click_parts.option(
        "da", "source", type=click.Path(path_type=Path), metavar=("SCENARIO", "SCENARIO")
    )
    params = (click_parts.file_argument(), click_parts.flag("xlsx"), source, click_parts.flag("force"))
    return click_parts.command("new", callback, *params)


def importa() -> click.Command:
    """Make ``nido importa``."""

    def callback(force: bool, accept: bool, width: int | None, **asked: Any) -> None:
        from nido.report import files
        from nido.report.import_demand import Request, make_demand, plan_import, remembered, shown, told

        request = Request(**asked)
        files.check_file(request.out, force=force)
        files.check_spared(request.out, (request.file,))
        plan = plan_import(request)
        if not plan.agreed:
            click.echo(shown(plan, shown_width(width)), err=True)
        if not plan.agreed and not accept:
            click_parts.confirm()
        demand = make_demand(plan)
        files.write_file(request.profile_path, remembered(plan))
        files.write_file(request.out, demand.content)
        click.echo(text("Scritto {file}", "Written {file}", file=request.out), err=True)
        click.echo(told(demand), err=True)

    return click_parts.command("importa", callback, *click_parts.import_options())

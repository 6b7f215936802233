"""The shorter listings: figures, the survey, a valid scenario, the state of the installation."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from nido.accordi.ipotesi.unverified import assumptions
from nido.data import Voce, voci
from nido.data.indagine import Indagine, survey_rows
from nido.data.lingua import text
from nido.report.doctor import Check
from nido.report.numbers_local import day, decimal_text, figure_text, integer
from nido.report.text_table import number_column, table, text_column, wrap
from nido.scenari.load import Loaded, load_scenario

INDENT = "    "


class Figure(Protocol):
    """A figure with its source and state: a row of the tables, or an assumption of a scenario."""

    @property
    def chiave(self) -> str: ...
    @property
    def valore(self) -> str: ...
    @property
    def unita(self) -> str: ...
    @property
    def fonte(self) -> str: ...
    @property
    def stato(self) -> str: ...
    @property
    def nota(self) -> str: ...


def rows_of_tables(tabella: str | None) -> tuple[Voce, ...]:
    """Give the figures of one table, or of all."""
    return voci(tabella)


def rows_of_scenario(path: Path) -> tuple[Figure, ...]:
    """Give the unverified figures that a scenario rests on.

    Raises
    ------
    InputError
        If the scenario is not valid.
    """
    return assumptions(load_scenario(path).scenario)


def figures(rows: Sequence[Figure], width: int) -> str:
    """List figures with source and state, then count them by state.

    Parameters
    ----------
    rows
        The figures, in the order in which they are to be shown.
    width
        Characters per line.

    Returns
    -------
    str
        One paragraph per figure.
    """
    lines: list[str] = []
    for row in rows:
        period = f"  {_period(row)}" if isinstance(row, Voce) else ""
        heading = f"{row.chiave} = {figure_text(row.valore, row.unita)}  [{row.stato}]{period.rstrip()}"
        lines += wrap(heading, width, indent=INDENT)
        lines += wrap(f"{INDENT}{text('fonte', 'source')}: {row.fonte}", width, indent=INDENT)
        if row.nota:
            lines += wrap(f"{INDENT}{text('nota', 'note')}: {row.nota}", width, indent=INDENT)
    states = sorted({row.stato for row in rows})
    counts = ", ".join(f"{state} {integer(sum(row.stato == state for row in rows))}" for state in states)
    total = _counted(len(rows), ("cifra", "cifre"), ("figure", "figures"))
    return "\n".join([*lines, f"{total}: {counts}" if counts else total]) + "\n"


def _period(row: Voce) -> str:
    if row.valido_dal is None and row.valido_al is None:
        return ""
    ends = (row.valido_dal, row.valido_al)
    return " - ".join("..." if end is None else day(end) for end in ends)


def _counted(count: int, it: tuple[str, str], en: tuple[str, str]) -> str:
    """Write how many there are of something, given its name for one and for many."""
    place = 0 if count == 1 else 1
    return f"{integer(count)} {text(it[place], en[place])}"


def survey(indagine: Indagine, width: int) -> str:
    """Write the table of a survey: one row per need."""
    columns = [
        text_column(text("bisogno", "need")),
        number_column("%"),
        text_column(text("organizzazioni", "organisations")),
        text_column(text("conseguenza", "consequence")),
        text_column(text("evidenza", "evidence")),
    ]
    rows = [
        (row.bisogno, decimal_text(str(row.percento)), row.organizzazioni, row.conseguenza, row.evidenza)
        for row in survey_rows(indagine)
    ]
    title = text(
        "Indagine {year}: {count}",
        "Survey of {year}: {count}",
        year=indagine.anno,
        count=_counted(
            len(indagine.organizzazioni),
            ("organizzazione", "organizzazioni"),
            ("organisation", "organisations"),
        ),
    )
    source = wrap(f"{text('Fonte', 'Source')}: {indagine.fonte}", width)
    return "\n".join([title, "", *table(columns, rows, width), "", *source]) + "\n"


def valid_scenario(loaded: Loaded) -> str:
    """Say that a scenario is valid, and what is in it."""
    scenario = loaded.scenario
    counts = ", ".join(
        (
            _counted(len(scenario.aziende), ("azienda", "aziende"), ("company", "companies")),
            _counted(len(scenario.gestori), ("gestore", "gestori"), ("gestore", "gestori")),
            _counted(len(scenario.bambini), ("bambino", "bambini"), ("child", "children")),
            _counted(len(scenario.stagioni), ("stagione", "stagioni"), ("season", "seasons")),
        )
    )
    period = text(
        "dal {first} al {last}",
        "{first} to {last}",
        first=day(scenario.stagioni[0].inizio),
        last=day(scenario.stagioni[-1].fine),
    )
    sentence = text("{source}: valido", "{source}: valid", source=loaded.source)
    return f"{sentence} ({counts}; {period})\n"


def examination(checks: Iterable[Check]) -> str:
    """List what `nido doctor` found, what to do beside what is wrong."""
    lines: list[str] = []
    for check in checks:
        mark = text("bene ", "good ") if check.ok else text("MALE ", "BAD  ")
        lines.append(f"{mark} {check.name}: {check.detail}")
        if check.advice and not check.ok:
            lines.append(f"{INDENT}  {check.advice}")
    return "\n".join(lines) + "\n"

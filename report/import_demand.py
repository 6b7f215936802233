"""Turn a company's own sheet into the demand of a scenario: match, show, remember, write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nido.data.lingua import text
from nido.data.problems import InputError, NidoError, Problem
from nido.report import files
from nido.report.text_table import table, text_column
from nido.scenari.field_text import IDENTIFIER_PATTERN
from nido.scenari.importa.children import FIELDS, Demand, demand, shift_names, shift_of
from nido.scenari.importa.foreign import Foreign, read_foreign
from nido.scenari.importa.profile import MAX_BYTES, Profile, digest, profile_bytes, read_profile
from nido.scenari.importa.suggest import Suggestion, suggest
from nido.scenari.load import load_scenario
from nido.scenari.source import read_bytes
from nido.scenari.workbook.headed import plain

PROFILE = "{name}.importa.json"
LEFT_OUT = "-"


class UsageError(NidoError):
    """An option of the command is not written well."""

    exit_code = files.EXIT_USAGE


@dataclass(frozen=True, slots=True)
class Request:
    """What ``nido importa`` was asked.

    Attributes
    ----------
    file, out
        The company's sheet, and the CSV to write.
    azienda
        Id of the company.
    profile
        Name of the profile; empty for the company's id.
    sheet
        Which sheet of a workbook.
    columns, shifts
        Texts ``Name=field`` and ``Shift=rotazione`` that decide what a name stands for.
    scenario
        The scenario, whose rotazioni and aziende are then known.
    prefix
        Capitals that new codes of children start with.
    """

    file: Path
    out: Path
    azienda: str
    profile: str = ""
    sheet: str | None = None
    columns: Sequence[str] = ()
    shifts: Sequence[str] = ()
    scenario: Path | None = None
    prefix: str = "B"

    @property
    def profile_path(self) -> Path:
        """Where the profile is: beside the CSV."""
        return self.out.parent / PROFILE.format(name=self.profile or self.azienda)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a sheet would be read.

    Attributes
    ----------
    request
        What was asked.
    sheet
        The sheet.
    columns
        What each column is taken for.
    shifts
        Rotazione by name of shift; empty where none is close.
    agreed
        Whether all of it was confirmed before.
    """

    request: Request
    sheet: Foreign
    columns: Mapping[int, Suggestion]
    shifts: Mapping[str, str]
    agreed: bool

    @property
    def fields(self) -> dict[str, int]:
        """Position of the column of each field."""
        return {found.field: position for position, found in self.columns.items() if found.field}


def plan_import(request: Request) -> Plan:
    """Read a company's sheet and match its columns and shifts.

    Raises
    ------
    UsageError
        If an option is not written well, or names a column or a rotazione that is not there.
    InputError
        If the sheet, the profile or the scenario cannot be read.
    """
    rotas = _rotas(request)
    sheet = read_foreign(request.file, request.sheet)
    names = {position: entry.words for position, entry in sheet.header.items()}
    before = _profile(request)
    said = {plain(name): field for name, field in _pairs(request.columns, FIELDS)}
    if unknown := [name for name in said if name not in map(plain, names.values())]:
        raise UsageError(
            text(
                "--colonna: nessuna colonna si chiama {name}",
                "--colonna: no column is called {name}",
                name=unknown[0],
            )
        )
    columns = suggest(names, {plain(name): field for name, field in before.colonne.items()} | said)
    plan = Plan(request, sheet, columns, {}, agreed=False)
    if not plan.fields:
        message = text("nessuna colonna riconosciuta", "no column was recognised")
        hint = text("c'è la riga delle intestazioni?", "is there a row with the names of the columns?")
        raise InputError([Problem(sheet.file, 0, 0, "", message, hint)])
    decided = dict(_pairs(request.shifts, rotas))
    known = {**before.turni, **decided}
    names_of_shifts = shift_names(sheet, plan.fields)
    if unknown := [name for name in decided if name not in names_of_shifts]:
        raise UsageError(
            text(
                "--turno: nessun turno si chiama {name}",
                "--turno: no shift is called {name}",
                name=unknown[0],
            )
        )
    found = {name: shift_of(name, known, rotas) for name in names_of_shifts}
    sure = all(name in before.turni for name in found)
    same = before.intestazioni == digest(names.values()) and not said and not decided
    return replace(plan, shifts={name: rota for name, (rota, _) in found.items()}, agreed=same and sure)


def _rotas(request: Request) -> tuple[str, ...]:
    if not re.fullmatch(IDENTIFIER_PATTERN, request.azienda):
        raise UsageError(
            text(
                "--azienda vuole l'id dell'azienda nello scenario: minuscole, cifre e _",
                "--azienda takes the id of the company in the scenario: small letters, digits and _",
            )
        )
    if request.scenario is None:
        return ()
    scenario = load_scenario(request.scenario).scenario
    if request.azienda not in {company.id for company in scenario.aziende}:
        message = text("lo scenario non ha questa azienda", "the scenario has no such company")
        raise InputError([Problem(str(request.scenario), 0, 0, "aziende", message)])
    return tuple(rota.id for rota in scenario.rotazioni)


def _profile(request: Request) -> Profile:
    path = request.profile_path
    if not path.exists():
        return Profile(request.azienda)
    return read_profile(str(path), read_bytes(path, MAX_BYTES), request.azienda)


def _pairs(assignments: Sequence[str], allowed: Sequence[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for assignment in assignments:
        name, _, value = (part.strip() for part in assignment.rpartition("="))
        value = "" if value == LEFT_OUT else value
        if not name or (value and allowed and value not in allowed):
            raise UsageError(
                text(
                    "serve Nome={kind}; ammessi: {allowed}",
                    "Name={kind} is needed; allowed: {allowed}",
                    kind=text("campo", "field"),
                    allowed=", ".join((*allowed, LEFT_OUT)),
                )
            )
        found.append((name, value))
    return found


def shown(plan: Plan, width: int) -> str:
    """Show what each column is taken for, which shifts are which rotazioni, and what is left out."""
    how = {
        "uguale": text("nome noto", "known name"),
        "simile": text("nome simile: controlla", "close name: check it"),
        "profilo": text("deciso", "decided"),
        "persona": text("dato della persona: non si porta", "about the person: never carried"),
        "": text("non riconosciuta", "not recognised"),
    }
    names = {position: entry.words for position, entry in plan.sheet.header.items()}
    columns = [text_column(text("colonna", "column")), text_column(text("campo", "field")), text_column("")]
    rows = [(names[position], found.field or "-", how[found.how]) for position, found in plan.columns.items()]
    lines = table(columns, rows, width)
    if plan.shifts:
        shift_columns = [text_column(text("turno", "shift")), text_column("rotazione")]
        lines += [
            "",
            *table(shift_columns, [(name, rota or "?") for name, rota in plan.shifts.items()], width),
        ]
    return "\n".join(lines) + "\n"


def make_demand(plan: Plan) -> Demand:
    """Make the CSV of a plan.

    Raises
    ------
    InputError
        With every problem of the sheet.
    """
    request = plan.request
    shifts = {name: rota for name, rota in plan.shifts.items() if rota}
    return demand(plan.sheet, request.azienda, plan.fields, shifts, request.prefix, str(request.out))


def told(made: Demand) -> str:
    """Say what was written, and how a code leads back to its row."""
    if not made.codes:
        return text(
            "{count} bambini, con le loro sigle", "{count} children, with their codes", count=made.count
        )
    return text(
        "{count} bambini; le sigle seguono l'ordine delle righe del file: tieni tu la corrispondenza",
        "{count} children; the codes follow the order of the rows: the correspondence is yours to keep",
        count=made.count,
    )


def remembered(plan: Plan) -> bytes:
    """Write the profile of a plan: names of the columns that are used, and of the shifts."""
    names = {position: entry.words for position, entry in plan.sheet.header.items()}
    used = {names[position]: found.field for position, found in plan.columns.items() if found.field}
    shifts = {name: rota for name, rota in plan.shifts.items() if rota}
    return profile_bytes(Profile(plan.request.azienda, digest(names.values()), used, shifts))

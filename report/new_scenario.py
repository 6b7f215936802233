"""A scenario to start from, or another one in another form: YAML or workbook, by the name of the file."""

from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from nido.data.lingua import text
from nido.report.files import OutputRefused
from nido.report.modelli import STARTER, starter
from nido.scenari.load import load_scenario
from nido.scenari.schema import Scenario

WORKBOOK, YAML = ".xlsx", (".yaml", ".yml")
_NOTHING: tuple[object, ...] = (None, "", [], {})


def is_workbook(path: Path, *, asked: bool) -> bool:
    """Tell whether a new scenario is a workbook.

    Parameters
    ----------
    path
        The file to write.
    asked
        Whether a workbook was asked for by name.

    Raises
    ------
    OutputRefused
        If the name of the file says otherwise.
    """
    suffix = path.suffix.lower()
    if asked and suffix != WORKBOOK:
        raise OutputRefused(
            text(
                "con --xlsx il nome del file finisce in .xlsx, non in «{suffix}»",
                "with --xlsx the name of the file ends in .xlsx, not in “{suffix}”",
                suffix=suffix,
            )
        )
    if suffix in (".xls", ".xlsm", ".xlsb", ".ods"):
        raise OutputRefused(
            text(
                "nido scrive .yaml o .xlsx, non {suffix}",
                "nido writes .yaml or .xlsx, not {suffix}",
                suffix=suffix,
            )
        )
    return suffix == WORKBOOK


def new_scenario(*, workbook: bool, source: Path | None = None) -> bytes:
    """Make a scenario to start from, or write another one anew.

    Parameters
    ----------
    workbook
        Whether to write a workbook; otherwise YAML.
    source
        The scenario to write anew, with its children and travel times all in one file. Without it, the
        starter.

    Returns
    -------
    bytes
        The file. What it is read back to is the same scenario, to the last figure.

    Raises
    ------
    InputError
        If `source` is not valid.
    """
    if source is None and not workbook:
        return starter()
    if workbook:
        # The library of workbooks is loaded for a workbook only.
        from nido.report.modello_xlsx.book import workbook_bytes

        return workbook_bytes(load_scenario(source or _starter_path()).scenario)
    return yaml_bytes(load_scenario(source or _starter_path()).scenario)


def yaml_bytes(scenario: Scenario) -> bytes:
    """Write a scenario as YAML, reserved fields included: it belongs beside the input."""
    written = yaml.safe_dump(
        _stated(scenario), allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    return written.encode()


def _starter_path() -> Path:
    return Path(str(resources.files("nido.report.modelli").joinpath(STARTER)))


def _stated(part: BaseModel) -> dict[str, Any]:
    """Write a group without what is empty and would be empty anyway."""
    dumped = part.model_dump(mode="json")
    kept: dict[str, Any] = {}
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        empty = dumped[name] in _NOTHING and not info.is_required()
        if empty and info.get_default(call_default_factory=True) in (None, "", (), {}):
            continue
        kept[name] = _inner(value, dumped[name])
    return kept


def _inner(value: Any, dumped: Any) -> Any:
    if isinstance(value, BaseModel):
        return _stated(value)
    if isinstance(value, tuple) and isinstance(dumped, list):
        return [_inner(item, written) for item, written in zip(value, dumped, strict=True)]
    return dumped

"""What every part of the scenario schema shares."""

import difflib
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from nido.data.comuni import comune, comuni
from nido.data.row import DataError
from nido.scenari.field_text import refusal


def official_name(nome: str) -> str:
    """Give the official name of a municipality, whatever the accents and the case it is written in.

    Raises
    ------
    PydanticCustomError
        If there is no such municipality; the name is only in the suggestion.
    """
    try:
        return comune(nome).nome
    except DataError:
        near = _closest_comune(nome)
    hint = ("forse volevi {near}?", "did you mean {near}?") if near else ("", "")
    raise refusal(
        "nido_comune",
        "comune sconosciuto: serve il nome di un comune del Trentino",
        "unknown municipality: the name of a municipality of Trentino is needed",
        hint=hint,
        near=near,
    )


def _closest_comune(nome: str) -> str:
    plain = {name.casefold(): name for name in comuni()}
    wanted = " ".join(nome[:100].casefold().split())
    longer = [name for name in plain if wanted and name.startswith(f"{wanted} ")]
    near = longer or difflib.get_close_matches(wanted, list(plain), n=1, cutoff=0.6)
    return plain[near[0]] if near else ""


# One spelling from here on: the comune of a child and that of a provider are compared as text.
NomeComune = Annotated[str, Field(min_length=1, max_length=80), AfterValidator(official_name)]


class Frozen(BaseModel):
    """A frozen part of a scenario; unknown keys are errors."""

    # Defaults are read as if they were written, so that a default amount is dumped like any other.
    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False, validate_default=True
    )


class Luogo(Frozen):
    """A place: a municipality of the tables, or coordinates."""

    comune: NomeComune | None = Field(default=None, description="Comune, come nelle tabelle.")
    latitudine: float | None = Field(default=None, ge=45.0, le=47.5, description="Gradi nord.")
    longitudine: float | None = Field(default=None, ge=9.5, le=13.0, description="Gradi est.")

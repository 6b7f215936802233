"""Defaults of a scenario are figures of the tables: none stands in two places."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel

from nido.data import voce
from nido.scenari.domanda import Azienda
from nido.scenari.generata import DomandaGenerata
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Attivazione, Domanda, Idoneita, Obiettivo, Orari, Viaggio
from nido.scenari.schema_docs import json_schema, markdown
from nido.scenari.tabulated import table_number

# Per cent of the tables are shares of a scenario: 80 is 0.8.
DEFAULTS: list[tuple[type[BaseModel], str, str, Any]] = [
    (Viaggio, "velocita_km_h", "spostamenti.velocita", 45),
    (Viaggio, "fattore_strada", "spostamenti.fattore_deviazione", Decimal("1.44")),
    (Viaggio, "minuti_fissi", "spostamenti.minuti_fissi", 3),
    (Azienda, "quota", "clausole.quota_azienda", Decimal("0.4")),
    (Gestore, "vuoto_per_pieno", "clausole.vuoto_per_pieno", Decimal("0.8")),
    (Attivazione, "soglia", "clausole.soglia_attivazione", 4),
    (Idoneita, "deviazione_massima_minuti", "scelte.deviazione_massima", 45),
    (Orari, "copertura_minima", "scelte.copertura_minima", Decimal("0.8")),
    (Domanda, "riposo_notte_minuti", "scelte.riposo_notte", 420),
    (Obiettivo, "minuti_per_rango", "scelte.minuti_per_rango", 10),
    (DomandaGenerata, "figli_per_100_dipendenti", "aziende.figli_0_3_per_100_dipendenti", 4),
    (DomandaGenerata, "quota_secondo_adulto", "scelte.generata.quota_secondo_adulto", Decimal("0.7")),
    (DomandaGenerata, "chilometri_casa", "scelte.generata.chilometri_casa", 8),
    (DomandaGenerata, "quota_fratelli", "scelte.generata.quota_fratelli", Decimal("0.08")),
    (DomandaGenerata, "desideri_massimi", "scelte.generata.desideri_massimi", 3),
]


@pytest.mark.parametrize(("model", "field", "key", "value"), DEFAULTS)
def test_default_is_the_figure_of_its_row(model: type[BaseModel], field: str, key: str, value: Any) -> None:
    """The default equals the row, in the type of the field, and the schema and its page name the row."""
    info = model.model_fields[field]
    assert info.default == value == table_number(key)
    assert isinstance(info.default, Decimal) or type(info.default) is int
    assert json_schema()["definitions"][model.__name__]["properties"][field]["tabella"] == key
    assert f"| `{field}` |" in markdown()
    assert f"(riga `{key}`)" in markdown()


def test_every_table_row_of_choices_is_a_default() -> None:
    """No choice of the project is a row that nothing reads."""
    read = {
        part["tabella"]
        for definition in json_schema()["definitions"].values()
        for part in definition.get("properties", {}).values()
        if "tabella" in part
    }
    from_choices = {key for key in read if key.startswith("scelte.")}
    assert len(from_choices) == 10
    assert all(voce(key).stato == "ipotesi" for key in from_choices)


def test_school_entry_is_dated_and_sourced() -> None:
    """The last day of birth of the school year 2026/27 is published; for other years it is carried over."""
    key = "calendario.infanzia.nati_entro"
    assert [voce(key, date(year, 9, 1)).stato for year in (2025, 2026, 2027)] == [
        "stimato",
        "verificato",
        "stimato",
    ]
    assert voce(key, date(2026, 9, 1)).valore == "01-31"

"""Field types: what they read, what they refuse, what they write back."""

import json
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from nido.scenari.field_text import bounded, format_euro, format_weekdays, parse_weekdays
from nido.scenari.fields import (
    BambinoId,
    Euro,
    Identifier,
    IsoDate,
    Percent,
    ScenarioJsonSchema,
    Share,
    ShiftRange,
    TimeOfDay,
    TimeRange,
    Weekdays,
    riservato,
)
from nido.scenari.yaml_tree import SourceFloat


class Example(BaseModel):
    """Holds one field of each type."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    ora: TimeOfDay = "07:30"  # type: ignore[assignment]
    orario: TimeRange = TimeRange(390, 1200)
    turno: ShiftRange = ShiftRange(1320, 1800)
    giorni: Weekdays = (0, 1, 2, 3, 4)
    data: IsoDate = date(2026, 9, 1)
    importo: Euro = Decimal("12.5")
    percento: Percent = Decimal("2.50")
    parte: Share = Decimal("0.125")
    id: Identifier = "girasole"
    bambino: BambinoId = "B001"
    isee: Euro | None = riservato(default=None, description="ISEE, in euro.")
    turni: tuple[ShiftRange, ...] = Field(default=())


def read(kind: Any, value: object) -> Any:
    """Validate one value."""
    return TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: object) -> str:
    """Give the type of the error with which a value is refused."""
    with pytest.raises(ValidationError) as caught:
        read(kind, value)
    return caught.value.errors()[0]["type"]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("7:30", 450),  # 7 * 60 + 30
        ("07:30", 450),
        ("7.30", 450),
        ("00:00", 0),
        ("23:59", 1439),  # 23 * 60 + 59
        ("24:00", 1440),
    ],
)
def test_time_of_day_is_read_as_minutes(written: str, minutes: int) -> None:
    """A time of day becomes minutes since midnight."""
    assert read(TimeOfDay, written) == minutes


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (7.5, "nido_time_number"),
        (SourceFloat("7.30"), "nido_time_number"),
        (450, "nido_time_number"),
        (True, "nido_time_number"),
        ("25:00", "nido_time_bounds"),
        ("24:01", "nido_time_bounds"),
        ("7:60", "nido_time_bounds"),
        ("7", "nido_time_format"),
        ("7:5", "nido_time_format"),
        ("07:30:00", "nido_time_format"),
        (" 7:30", "nido_time_format"),
        ("٠٧:٣٠", "nido_time_format"),
        (None, "nido_time_format"),
    ],
)
def test_what_is_no_time_of_day_is_refused(value: object, kind: str) -> None:
    """Numbers, times that do not exist and other spellings are refused."""
    assert refused(TimeOfDay, value) == kind


def test_time_range_is_read_measured_and_written() -> None:
    """06:30-20:00 lasts 13 h 30 min = 810 minutes."""
    orario = read(TimeRange, "6:30 - 20.00")
    assert orario == TimeRange(390, 1200)
    assert orario.minutes == 810
    assert str(orario) == "06:30-20:00"
    assert str(read(TimeRange, "00:00–24:00")) == "00:00-24:00"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("20:00-06:30", "nido_range_order"),
        ("08:00-08:00", "nido_range_order"),
        ("08:00", "nido_range_format"),
        ("8-12", "nido_time_format"),
        ("08:00-26:00", "nido_time_bounds"),
        (8.5, "nido_range_format"),
        (["08:00", "12:00"], "nido_range_format"),
        (ShiftRange(1320, 1800), "nido_range_format"),
    ],
)
def test_what_is_no_time_range_is_refused(value: object, kind: str) -> None:
    """A range ends after its start, on the same day."""
    assert refused(TimeRange, value) == kind


@pytest.mark.parametrize(
    ("written", "start", "end", "canonical"),
    [
        ("06:00-14:00", 360, 840, "06:00-14:00"),
        ("22:00-06:00", 1320, 1800, "22:00-06:00"),  # 6 * 60 + 1440 = 1800
        ("22:00-24:00", 1320, 1440, "22:00-24:00"),
        ("22:00-00:00", 1320, 1440, "22:00-24:00"),
        ("00:00-24:00", 0, 1440, "00:00-24:00"),
    ],
)
def test_shift_may_cross_midnight(written: str, start: int, end: int, canonical: str) -> None:
    """A shift that ends before it starts ends on the next day."""
    shift = read(ShiftRange, written)
    assert (shift.start, shift.end, str(shift)) == (start, end, canonical)


@pytest.mark.parametrize("written", ["06:00-06:00", "24:00-06:00"])
def test_shift_without_a_clear_length_is_refused(written: str) -> None:
    """Equal ends may mean nothing or a whole day; a day does not start at 24:00."""
    assert refused(ShiftRange, written) == "nido_shift_empty"


def test_ranges_cannot_be_made_wrong_or_changed() -> None:
    """Even code cannot build a range that ends before it starts, nor change one."""
    with pytest.raises(ValueError, match="minutes"):
        TimeRange(600, 540)
    with pytest.raises(ValueError, match="minutes"):
        TimeRange(600, 1500)
    with pytest.raises(ValueError, match="minutes"):
        ShiftRange(360, 1800)
    with pytest.raises(FrozenInstanceError):
        TimeRange(0, 60).end = 90  # type: ignore[misc]


@pytest.mark.parametrize(
    ("value", "days", "canonical"),
    [
        ("lun-ven", (0, 1, 2, 3, 4), "lun-ven"),
        ("sab", (5,), "sab"),
        ("lun,mer,ven", (0, 2, 4), "lun,mer,ven"),
        ("ven, lun", (0, 4), "lun,ven"),
        ("tutti", (0, 1, 2, 3, 4, 5, 6), "tutti"),
        ("lun-dom", (0, 1, 2, 3, 4, 5, 6), "tutti"),
        (["lun-mer", "sab"], (0, 1, 2, 5), "lun-mer,sab"),
        (["sab", "dom"], (5, 6), "sab,dom"),
        ((0, 4), (0, 4), "lun,ven"),
        (("lun", "mar"), (0, 1), "lun,mar"),
    ],
)
def test_weekdays_are_read_and_written(value: object, days: tuple[int, ...], canonical: str) -> None:
    """Spans, lists and single days become numbers, Monday first, and the shortest text again."""
    assert read(Weekdays, value) == days
    assert format_weekdays(days) == canonical


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("lunedi", "nido_weekday"),
        ("", "nido_weekday"),
        ([], "nido_weekday"),
        ([0, 1], "nido_weekday"),
        (3, "nido_weekday"),
        ((7,), "nido_weekday"),
        ("lun-mer-ven", "nido_weekday"),
        ("ven-lun", "nido_weekday_order"),
        ("lun-lun", "nido_weekday_order"),
        ("lun-mer,mar", "nido_weekday_repeated"),
    ],
)
def test_what_are_no_weekdays_is_refused(value: object, kind: str) -> None:
    """Other spellings, numbers in a file, spans backwards and repetitions are refused."""
    assert refused(Weekdays, value) == kind


@given(st.sets(st.integers(0, 6), min_size=1))
def test_weekdays_survive_writing_and_reading(days: set[int]) -> None:
    """Any set of days is read back from its own text."""
    ordered = tuple(sorted(days))
    assert parse_weekdays(format_weekdays(ordered)) == ordered


@pytest.mark.parametrize("written", ["2026-09-01", "01/09/2026", "1/9/2026"])
def test_dates_are_read_in_both_forms(written: str) -> None:
    """The ISO form and the Italian one give the same day."""
    assert read(IsoDate, written) == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("2026-02-30", "nido_date_missing"),
        ("31/11/2026", "nido_date_missing"),
        ("0206-09-01", "nido_date_year"),
        ("01-09-2026", "nido_date_format"),
        ("2026-9-1", "nido_date_format"),
        ("1/9/26", "nido_date_format"),
        ("2026-09-01T00:00:00", "nido_date_format"),
        (20260901, "nido_date_format"),
    ],
)
def test_what_is_no_date_is_refused(value: object, kind: str) -> None:
    """Other forms, days that do not exist and years that are slips of the finger are refused."""
    assert refused(IsoDate, value) == kind


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (12, "12.00"),
        (12.5, "12.50"),
        (0.1, "0.10"),
        ("12.50", "12.50"),
        (SourceFloat("1234.56"), "1234.56"),
        (SourceFloat("1e3"), "1000.00"),
        (Decimal("7.1"), "7.10"),
        (0, "0.00"),
    ],
)
def test_euro_are_read_to_the_cent(value: object, amount: str) -> None:
    """An amount is exactly what was written, with two decimals."""
    euro = read(Euro, value)
    assert format_euro(euro) == str(euro) == amount


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("12,5", "nido_number"),
        ("12 euro", "nido_number"),
        ("12.", "nido_number"),
        ("", "nido_number"),
        (None, "nido_number"),
        (True, "nido_number"),
        (float("nan"), "nido_number"),
        (float("inf"), "nido_number"),
        (Decimal("NaN"), "nido_number"),
        (-3, "nido_number_bounds"),
        ("-0.01", "nido_number_bounds"),
        (10**10, "nido_number_bounds"),
        (12.3456, "nido_euro_decimals"),
        (SourceFloat("1e-300"), "nido_number_decimals"),
        (SourceFloat("1e-99999999999999999999"), "nido_number"),
        (SourceFloat("1.000"), "nido_euro_thousands"),
        ("1.000", "nido_euro_thousands"),
        ("1.000.000", "nido_euro_thousands"),
        (SourceFloat("12.500"), "nido_euro_thousands"),
    ],
)
def test_what_are_no_euro_is_refused(value: object, kind: str) -> None:
    """Commas, units, negative amounts, fractions of a cent and points for thousands are refused."""
    assert refused(Euro, value) == kind


def test_no_amount_is_rounded_when_written() -> None:
    """Writing a fraction of a cent is an error, not a rounding."""
    with pytest.raises(ValueError, match="cents"):
        format_euro(Decimal("1.005"))


def test_percent_and_share_have_bounds() -> None:
    """A percentage goes to 100 and a share to 1, both ends included."""
    assert read(Percent, 100) == Decimal(100)
    assert read(Share, SourceFloat("0.125")) == Decimal("0.125")
    assert read(Share, 1) == Decimal(1)
    assert refused(Percent, 100.5) == "nido_number_bounds"
    assert refused(Share, 50) == "nido_number_bounds"
    assert refused(Percent, "12%") == "nido_number"


@pytest.mark.parametrize("value", ["Girasole", "gira sole", "1nido", "età", "", 3, None])
def test_what_is_no_identifier_is_refused(value: object) -> None:
    """Identifiers are lower-case ASCII."""
    assert refused(Identifier, value) == "nido_identifier"


def test_a_refused_child_code_is_not_in_the_message() -> None:
    """What was typed instead of a code may be a name and is not repeated."""
    assert read(BambinoId, "AB2021-03") == "AB2021-03"
    with pytest.raises(ValidationError) as caught:
        read(BambinoId, "Mario Rossi")
    error = caught.value.errors()[0]
    assert error["type"] == "nido_bambino_id"
    assert "Rossi" not in error["msg"] + str(error["ctx"])


def test_a_dump_is_canonical_and_loads_again() -> None:
    """What a model writes as JSON, or as Python values, is read back as the same model."""
    example = Example.model_validate({"ora": "7.30", "data": "01/09/2026", "turni": ["22:00-06:00"]})
    dumped = example.model_dump(mode="json")
    assert dumped == {
        "ora": "07:30",
        "orario": "06:30-20:00",
        "turno": "22:00-06:00",
        "giorni": "lun-ven",
        "data": "2026-09-01",
        "importo": "12.50",
        "percento": "2.5",
        "parte": "0.125",
        "id": "girasole",
        "bambino": "B001",
        "isee": None,
        "turni": ["22:00-06:00"],
    }
    assert Example.model_validate(dumped) == example
    assert Example.model_validate_json(example.model_dump_json()) == example
    assert Example.model_validate(example.model_dump()) == example


def test_json_schema_is_valid_in_draft_7() -> None:
    """Editors read draft 7: no later keyword is used, and a dump and its defaults satisfy the schema."""
    schema = Example.model_json_schema(schema_generator=ScenarioJsonSchema)
    jsonschema.Draft7Validator.check_schema(schema)
    assert "prefixItems" not in json.dumps(schema)
    validator = jsonschema.Draft7Validator(schema)
    dumped = Example().model_dump(mode="json")
    validator.validate(dumped)
    assert not validator.is_valid({**dumped, "ora": "25:00"})
    assert not validator.is_valid({**dumped, "bambino": "Mario"})
    properties = schema["properties"]
    assert properties["giorni"]["default"] == "lun-ven"
    assert properties["orario"]["default"] == "06:30-20:00"
    assert properties["importo"]["default"] == "12.50"
    assert properties["isee"]["riservato"] is True
    for name, declared in properties.items():
        assert jsonschema.Draft7Validator(declared).is_valid(declared["default"]), name


@given(st.integers(0, 1439), st.integers(1, 1439))
def test_any_shift_survives_writing_and_reading(start: int, minutes: int) -> None:
    """A shift shorter than a day is read back from its own text."""
    shift = ShiftRange(start, start + minutes)
    assert read(ShiftRange, str(shift)) == shift


@pytest.mark.parametrize(
    ("written", "last", "hint"),
    [
        ("NaN", 1, ""),
        # 50 / 100 = 0.5
        ("50%", 1, "scrivi 0.5"),
        ("50 %", 100, "scrivi 50"),
        ("0,25", 1, "scrivi 0.25"),
        ("0,250", 1, "scrivi 0.250"),
        ("12,5", 1, ""),
        ("12,5", 100, "scrivi 12.5"),
        ("12 ore", 100, "scrivi 12"),
        ("-3,5", 100, ""),
        ("dodici", 100, ""),
        ("30.000 EUR", 100_000, "scrivi 30000"),
        ("€ 1.234,50", 100_000, "scrivi 1234.50"),
        ("1,234.50", 100_000, "scrivi 1234.50"),
        ("1.000.000", 10_000_000, "scrivi 1000000"),
        # Thirty thousand, or thirty with three decimals.
        ("30,000", 100_000, ""),
        ("30.000 ore", 100_000, ""),
        ("30 mila", 100_000, ""),
        ("2026-09-01", 100_000, ""),
    ],
)
def test_a_suggested_number_is_the_one_that_was_meant(written: str, last: int, hint: str) -> None:
    """The number without unit and with a point when it is clear and allowed; no other number otherwise."""
    with pytest.raises(PydanticCustomError) as caught:
        bounded(written, Decimal(last))
    context = caught.value.context or {}
    assert context["hint_it"] == hint
    assert context["it"].endswith(f"da 0 a {last} compresi")

"""Field types of a scenario: strict to read, written back to the same text.

Each type validates what the strict YAML loader hands over (text, numbers, lists) and serialises in
``mode="json"`` to text that validates again, so that a dumped scenario is canonical. The JSON Schema of every
type stays within draft 7, the newest that the YAML editors understand.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from nido.scenari.field_text import (
    BAMBINO_ID_PATTERN,
    IDENTIFIER_PATTERN,
    MAX_EURO,
    MINUTES_IN_DAY,
    MONTH_PATTERN,
    bounded,
    format_decimal,
    format_euro,
    format_time,
    format_weekdays,
    parse_bambino_id,
    parse_bounds,
    parse_date,
    parse_euro,
    parse_identifier,
    parse_month,
    parse_time,
    parse_weekdays,
    refusal,
)

_TIME_JSON = r"(([01]?[0-9]|2[0-3])[:.][0-5][0-9]|24[:.]00)"


@dataclass(frozen=True, slots=True)
class Unechoed:
    """Marks a type whose refused values may identify a person and are never shown."""


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a group about persons: a text in it is shown only when it is close to a known one."""


def riservato(default: Any = ..., **settings: Any) -> Any:
    """Declare a field that is never shown: not in messages, not in excerpts, not in logs.

    Parameters
    ----------
    default
        Default value; left out, the field is required.
    settings
        Any other argument of `pydantic.Field`.

    Returns
    -------
    Any
        The field, with ``riservato: true`` in its JSON Schema.
    """
    extra = {**settings.pop("json_schema_extra", {}), "riservato": True}
    return Field(default, json_schema_extra=extra, **settings)


class ScenarioJsonSchema(GenerateJsonSchema):
    """Writes the defaults of a JSON Schema as a scenario would: ``lun-ven``, not a list of numbers.

    For use as ``Model.model_json_schema(schema_generator=ScenarioJsonSchema)``.
    """

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Write a default by the serializer of its type, which pydantic leaves out in validation mode."""
        written = super().default_schema(schema)
        serializer: dict[str, Any] = dict(schema["schema"].get("serialization") or {})
        default = schema.get("default")
        if (
            default is not None
            and not isinstance(default, str)
            and serializer.get("type") == "function-plain"
        ):
            written["default"] = serializer["function"](default)
        return written


@dataclass(frozen=True, slots=True, order=True)
class TimeRange:
    """Part of one day, written ``06:30-20:00``.

    Attributes
    ----------
    start, end
        Minutes since midnight, ``0 <= start < end <= 1440``.
    """

    start: int
    end: int

    _example: ClassVar[str] = "06:30-20:00"
    _last_end: ClassVar[int] = MINUTES_IN_DAY

    def __post_init__(self) -> None:
        inside = 0 <= self.start < min(self.end, MINUTES_IN_DAY) and self.end <= self._last_end
        # From 06:00 to 06:00 could be nothing or a whole day: only 00:00-24:00 can be written.
        if not inside or (self.minutes >= MINUTES_IN_DAY and self.start > 0):
            raise ValueError(f"not a range of minutes: {self.start}-{self.end}")

    @property
    def minutes(self) -> int:
        """Length in minutes."""
        return self.end - self.start

    def __str__(self) -> str:
        return f"{format_time(self.start)}-{format_time(self.end)}"

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read ``06:30-20:00``.

        Raises
        ------
        PydanticCustomError
            If it is not a range or does not end after its start.
        """
        start, end = parse_bounds(value)
        if end <= start:
            raise refusal(
                "nido_range_order",
                "la fine deve venire dopo l'inizio, nello stesso giorno",
                "the end must come after the start, on the same day",
            )
        return cls(start, end)

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: value if type(value) is cls else cls.parse(value),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        pattern = rf"^{_TIME_JSON}\s*[-–]\s*{_TIME_JSON}$"
        return {"type": "string", "pattern": pattern, "examples": [cls._example]}


@dataclass(frozen=True, slots=True, order=True)
class ShiftRange(TimeRange):
    """A shift, which may end on the next day: ``22:00-06:00``.

    Attributes
    ----------
    start
        Minutes since midnight, 0 to 1439.
    end
        Minutes since the same midnight, less than 1440 after `start`: 1800 is 06:00 of the next day. Only
        00:00-24:00 lasts the whole day.
    """

    _example: ClassVar[str] = "22:00-06:00"
    _last_end: ClassVar[int] = 2 * MINUTES_IN_DAY

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read ``06:00-14:00`` or, across midnight, ``22:00-06:00``.

        Raises
        ------
        PydanticCustomError
            If it is not a range, is empty, or starts at 24:00.
        """
        start, end = parse_bounds(value)
        if start in (end, MINUTES_IN_DAY):
            raise refusal(
                "nido_shift_empty",
                "inizio e fine devono essere diversi e l'inizio prima delle 24:00",
                "start and end must differ, and the start be before 24:00",
            )
        return cls(start, end if end > start else end + MINUTES_IN_DAY)


# A number is refused wherever it comes from: a model that validates its defaults writes them as text.
TimeOfDay = Annotated[
    int,
    PlainValidator(parse_time),
    PlainSerializer(format_time, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_TIME_JSON}$", "examples": ["07:30"]}),
]


def _date_json_schema() -> JsonSchemaValue:
    return {
        "type": "string",
        "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$",
        "examples": ["2026-09-01"],
    }


Weekdays = Annotated[
    tuple[int, ...],
    PlainValidator(parse_weekdays),
    PlainSerializer(format_weekdays, return_type=str, when_used="json"),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
            "examples": ["lun-ven"],
        }
    ),
]

IsoDate = Annotated[
    date,
    PlainValidator(parse_date),
    PlainSerializer(date.isoformat, return_type=str, when_used="json"),
    WithJsonSchema(_date_json_schema()),
]


Month = Annotated[
    str,
    PlainValidator(parse_month),
    WithJsonSchema({"type": "string", "pattern": f"^{MONTH_PATTERN}$", "examples": ["2026-09"]}),
]


def _number_json_schema(last: int, digits: str) -> JsonSchemaValue:
    return {
        "anyOf": [
            {"type": "number", "minimum": 0, "maximum": last},
            {"type": "string", "pattern": rf"^[0-9]+(\.{digits})?$"},
        ]
    }


Euro = Annotated[
    Decimal,
    PlainValidator(parse_euro),
    PlainSerializer(format_euro, return_type=str, when_used="json"),
    WithJsonSchema(_number_json_schema(int(MAX_EURO), "[0-9]{1,2}")),
]

Percent = Annotated[
    Decimal,
    PlainValidator(lambda value: bounded(value, Decimal(100))),
    PlainSerializer(format_decimal, return_type=str, when_used="json"),
    WithJsonSchema(_number_json_schema(100, "[0-9]+")),
]

Share = Annotated[
    Decimal,
    PlainValidator(lambda value: bounded(value, Decimal(1))),
    PlainSerializer(format_decimal, return_type=str, when_used="json"),
    WithJsonSchema(_number_json_schema(1, "[0-9]+")),
]


Identifier = Annotated[
    str,
    PlainValidator(parse_identifier),
    WithJsonSchema({"type": "string", "pattern": f"^{IDENTIFIER_PATTERN}$"}),
]

BambinoId = Annotated[
    str,
    Unechoed(),
    PlainValidator(parse_bambino_id),
    WithJsonSchema({"type": "string", "pattern": f"^{BAMBINO_ID_PATTERN}$"}),
]

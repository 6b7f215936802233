"""Every field of the schema has one place in the workbook, also one that nobody has thought of yet."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import Field

from nido.scenari.base import Frozen
from nido.scenari.schema import Scenario
from nido.scenari.workbook.layout import KeySheet, Layout, layout

EXCEL_NAME = 31


class Nuovo(Frozen):
    """A group that no schema has today."""

    id: str = Field(description="Nome.")
    quanti: int = Field(default=0, description="Quanti.")


class Futuro(Scenario):
    """A schema with fields that no schema has today."""

    novita: bool = Field(default=False, description="Una novità.")
    nuovi: tuple[Nuovo, ...] = Field(default=(), description="Cose nuove.")


def leaves(schema: Mapping[str, Any], part: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Any]:
    """Yield the paths of all values that a JSON Schema allows, list items without a step of their own."""
    if "$ref" in part:
        yield from leaves(schema, schema["$defs"][part["$ref"].rpartition("/")[2]], path)
        return
    inner = [item for key in ("anyOf", "oneOf", "allOf") for item in part.get(key, ())]
    groups = [found for item in inner for found in leaves(schema, item, path)]
    if part.get("properties"):
        for name, item in part["properties"].items():
            yield from leaves(schema, item, (*path, name))
    elif isinstance(part.get("items"), Mapping) and part["items"].get("type") != "string":
        yield from leaves(schema, part["items"], path)
    elif groups:
        # Nothing at all, and a sentence in place of a list, are not places of their own.
        yield from set(groups) - {path} or {path}
    else:
        yield path


def homes(found: Layout) -> list[tuple[str, ...]]:
    """List the paths of every value that the workbook has a cell for."""
    paths = [column.path for sheet in found.key_sheets for column in sheet.columns]
    for table in found.tables:
        for home in table.homes:
            upper = tuple(step for one in home.steps for step in one.path)
            for column in home.columns:
                inside = () if column.upper else home.path
                paths.append((*upper, *inside, *column.path))
    return paths


def test_every_field_of_the_schema_has_a_place() -> None:
    """What the JSON Schema allows and what the workbook holds are the same paths."""
    schema = Scenario.model_json_schema()
    assert set(leaves(schema, schema, ())) == set(homes(layout()))


def test_a_new_field_finds_a_place_by_itself() -> None:
    """A new value is a new key, and a new list a new sheet, without a line of code."""
    found = layout(Futuro)
    assert ("novita",) in homes(found)
    assert ("nuovi", "quanti") in homes(found)
    assert "Nuovi" in [table.name for table in found.tables]


def test_sheet_names_are_short_and_different() -> None:
    """Excel takes no name longer than 31 characters, and none twice."""
    names = [sheet.name for sheet in layout().sheets]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= EXCEL_NAME for name in names)


def test_rows_of_a_shared_sheet_can_be_told_apart() -> None:
    """Lists that share a sheet differ by the columns that name their holder, or by its kind."""
    for table in layout().tables:
        ways = [
            (frozenset(step.header for step in home.steps if not step.numbered), kind)
            if not any(step.numbered for step in home.steps)
            else (frozenset(step.header for step in home.steps), kind)
            for home in table.homes
            for kind in (home.kinds or {""})
        ]
        assert len(set(ways)) == len(ways), table.name


def test_no_column_has_two_meanings() -> None:
    """In a sheet every header stands once, the columns that name the holder included."""
    for sheet in layout().sheets:
        headers = [column.header for column in sheet.columns]
        headers += [] if isinstance(sheet, KeySheet) else list(sheet.keys)
        assert len(set(headers)) == len(headers), sheet.name


def test_reserved_fields_stay_reserved() -> None:
    """Home, ISEE and ICEF are marked, the parts of the home too."""
    children = next(table for table in layout().tables if table.name == "Bambini")
    reserved = {column.header for column in children.columns if column.reserved}
    assert reserved == {"casa.comune", "casa.latitudine", "casa.longitudine", "isee", "icef"}

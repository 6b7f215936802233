"""The glossary is closed: keys are made of its words, and none of its words is without a key."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from nido.accordi.risultato.schema_risultato import result_schema
from nido.scenari.demand_csv import COLUMNS
from nido.scenari.schema import Scenario

GLOSSARY = Path(__file__).resolve().parent.parent / "docs" / "glossario.md"
TERM_COLUMNS = ("termine", "nelle chiavi", "significato", "fonte", "inglese")
VALUE_COLUMNS = ("valore", "dove", "significato", "inglese")
CODE = re.compile(r"`([^`]+)`")

Schema = Mapping[str, Any]


def glossary() -> str:
    """Return the page."""
    return GLOSSARY.read_text(encoding="utf-8")


def rows(columns: tuple[str, ...]) -> list[list[str]]:
    """Return the rows of every table of the page that has these columns."""
    found: list[list[str]] = []
    header: list[str] = []
    for line in glossary().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            header = []
        elif not header:
            header = cells
        elif tuple(header) == columns and not set(line) <= set("|- "):
            found.append(cells)
    return found


def codes(cell: str) -> list[str]:
    """Return what stands between backticks."""
    return CODE.findall(cell)


def terms() -> list[str]:
    """Return every form of every term."""
    return [form for row in rows(TERM_COLUMNS) for form in codes(row[1])]


def plain_words() -> list[str]:
    """Return the words with their everyday meaning."""
    section = glossary().partition("## Parole comuni")[2].partition("\n## ")[0]
    return codes(section)


def subschemas(schema: Schema) -> Iterator[Schema]:
    """Yield a JSON Schema and everything inside it that is a schema too."""
    yield schema
    inside = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    inside += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    inside += [one for key in ("anyOf", "oneOf", "prefixItems") for one in schema.get(key, [])]
    for one in inside:
        yield from subschemas(one)


def schemas() -> list[Schema]:
    """Return every schema of a scenario and of a result."""
    return [*subschemas(Scenario.model_json_schema()), *subschemas(result_schema())]


def keys() -> set[str]:
    """Return the keys of a scenario, of its CSV of children and of a result."""
    columns = {re.sub(r"\d", "", name) for name in COLUMNS}
    return columns | {name for schema in schemas() for name in schema.get("properties", {})}


def values() -> set[str]:
    """Return the words that a key may be set to, format names apart."""
    stated = {value for schema in schemas() for value in (*schema.get("enum", ()), schema.get("const"))}
    return {value for value in stated if isinstance(value, str) and "/" not in value}


def split_key(key: str, known: set[str]) -> list[str]:
    """Split a key into known words, several of them taken as one term when that is longer.

    Raises
    ------
    AssertionError
        If a word of the key is not known.
    """
    words, parts = key.split("_"), list[str]()
    while words:
        sizes = [size for size in range(len(words), 0, -1) if "_".join(words[:size]) in known]
        assert sizes, f"«{words[0]}» (chiave {key}) manca in docs/glossario.md"
        parts.append("_".join(words[: sizes[0]]))
        words = words[sizes[0] :]
    return parts


@pytest.mark.parametrize("key", sorted(keys()))
def test_every_key_is_made_of_words_of_the_glossary(key: str) -> None:
    """A key of the scenario, of the CSV of children or of the result uses only words that are explained."""
    assert split_key(key, {*terms(), *plain_words()})


def test_no_word_is_without_a_key() -> None:
    """Every form of a term and every plain word is part of some key."""
    known = {*terms(), *plain_words()}
    used = {part for key in keys() for part in split_key(key, known)}
    assert known - used == set()


def test_no_word_stands_twice() -> None:
    """A word has one explanation, as a term or as a plain word."""
    words = [*terms(), *plain_words()]
    assert sorted(words) == sorted(set(words))


def test_every_row_is_complete() -> None:
    """Every term has its forms, a meaning, a source and its English; no table has another shape."""
    tables = rows(TERM_COLUMNS), rows(VALUE_COLUMNS)
    for columns, table in zip((TERM_COLUMNS, VALUE_COLUMNS), tables, strict=True):
        assert table
        for row in table:
            assert len(row) == len(columns), row
            assert all(row), row
    lines = [line for line in glossary().splitlines() if line.startswith("|")]
    rulers = sum(set(line) <= set("|-") for line in lines)
    assert len(lines) == 2 * rulers + sum(len(table) for table in tables)


def test_every_value_is_explained_and_no_other() -> None:
    """The table of values holds just the words that the two schemas allow somewhere."""
    explained = [value for row in rows(VALUE_COLUMNS) for value in codes(row[0])]
    assert set(explained) == values()


def test_values_and_their_english_agree_in_number() -> None:
    """A row of the table of values has as many English words as values."""
    for row in rows(VALUE_COLUMNS):
        assert len(codes(row[0])) == len(row[3].split(", ")), row

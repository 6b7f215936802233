"""The reference tables: every row is well formed, sourced and found by its key."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

import nido.data
from nido.data import DataError, Voce, tables, voce, voci
from nido.data.row import NUMERIC_UNITS
from nido.data.tabelle import HEADER, index_rows, parse_table

HEAD = ",".join(HEADER)
GOOD = "costi.prova,12.50,EUR/ora,2026-01-01,,una fonte,verificato,"


def problems_of(*lines: str) -> list[str]:
    """Return the problems of a table made of the given rows."""
    with pytest.raises(DataError) as caught:
        parse_table("prova", "\n".join([HEAD, *lines]) + "\n")
    return str(caught.value).splitlines()


def test_the_names_of_the_package_are_the_published_ones() -> None:
    """The package offers the loader, the row type and the error under fixed names."""
    assert set(nido.data.__all__) == {"DataError", "Stato", "Voce", "tables", "voce", "voci"}


def test_every_shipped_table_is_listed() -> None:
    """Each CSV file of the room is a table of figures or the table of municipalities."""
    files = {path.name for path in resources.files("nido.data").iterdir() if path.name.endswith(".csv")}
    assert files == {f"{name}.csv" for name in tables()} | {"comuni.csv"}


@pytest.mark.parametrize("tabella", tables())
def test_every_row_parses_and_has_a_source(tabella: str) -> None:
    """Every row has a non-empty value, source and known state, and no space at its ends."""
    rows = voci(tabella)
    assert rows
    for row in rows:
        assert row.tabella == tabella
        assert row.valore and row.fonte.strip() == row.fonte != ""
        assert row.stato in ("verificato", "stimato", "ipotesi")


def test_every_row_of_a_numeric_unit_is_a_number() -> None:
    """A row with a numeric unit gives a finite, non-negative number; any other row refuses."""
    for row in voci():
        if row.unita in NUMERIC_UNITS:
            assert row.numero.is_finite() and row.numero >= 0
        else:
            with pytest.raises(DataError, match=row.chiave):
                _ = row.numero


def test_keys_are_unique_in_every_validity_period() -> None:
    """No key has two rows that are valid on the same day, within or across tables."""
    starts = Counter((row.chiave, row.valido_dal) for row in voci())
    assert [key for key, count in starts.items() if count > 1] == []
    for row in voci():
        if row.valido_dal is not None:
            assert voce(row.chiave, row.valido_dal) == row


def test_an_assumption_says_why() -> None:
    """A derived figure shows its derivation in the note or names the sources that it combines."""
    for row in voci():
        if row.stato == "stimato" and row.unita in NUMERIC_UNITS:
            assert row.nota or "elaborazione" in row.fonte, row.chiave


def test_a_row_with_a_dated_source_says_since_when() -> None:
    """What a page of a known day states holds from that day, not since ever."""
    for row in voci():
        found = re.search(r"\b(\d\d)/(\d\d)/(\d{4})\b", row.fonte)
        if found is not None and row.tabella in ("aziende", "clausole", "offerta"):
            assert row.valido_dal == date(*map(int, reversed(found.groups()))), row.chiave


def test_no_source_is_an_internal_file() -> None:
    """Sources are publications or choices of the project, never a path or a host of this machine."""
    for row in voci():
        for word in ("http", "://", "/work", "domain.md", ".md"):
            assert word not in row.fonte + row.nota, row.chiave


def test_all_rows_are_the_tables_in_order() -> None:
    """Without a name, the rows of all tables come in the order of the list of tables."""
    assert voci() == tuple(row for name in tables() for row in voci(name))


def test_the_right_period_is_found() -> None:
    """The transfer for a Tagesmutter hour is 4.60 to the end of 2025 and 5.20 from 2026."""
    key = "trasferimenti.tagesmutter.ora"
    assert voce(key, date(2025, 12, 31)).numero == Decimal("4.60")
    assert voce(key, date(2026, 1, 1)).numero == Decimal("5.20")
    assert voce(key, date(2030, 6, 1)).numero == Decimal("5.20")
    assert voce(key) == voce(key, date(2026, 1, 1))


def test_a_day_outside_every_period_is_refused() -> None:
    """Between 2020 and 2024 no source gives the Tagesmutter hour, so there is no answer."""
    with pytest.raises(DataError, match=r"2022-01-01.*2015-01-01 - 2019-12-31"):
        voce("trasferimenti.tagesmutter.ora", date(2022, 1, 1))


def test_an_unknown_key_suggests_the_closest() -> None:
    """A slip in a key is answered with the key that exists."""
    with pytest.raises(DataError, match=r"chiave inesistente.*forse.*costi\.educatore\.ora"):
        voce("costi.educatori.ora")


def test_an_unknown_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message follows the language of the environment."""
    with pytest.raises(DataError, match="tabella inesistente: cost; forse costi"):
        voci("cost")
    monkeypatch.setenv("NIDO_LANG", "en")
    with pytest.raises(DataError, match=r"no such table: zzz$"):
        voci("zzz")


def test_a_good_row_becomes_a_voce() -> None:
    """Every column of a row reaches its field, empty ends of validity as None."""
    (row,) = parse_table("prova", f"{HEAD}\n{GOOD}\n")
    expected = Voce(
        "costi.prova", "12.50", "EUR/ora", date(2026, 1, 1), None, "una fonte", "verificato", "", "prova"
    )
    assert row == expected
    assert row.numero == Decimal("12.5")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("Costi.prova,1,EUR,,,f,ipotesi,", "prova.csv:2: Costi.prova.chiave"),
        ("prova,1,EUR,,,f,ipotesi,", "prova.csv:2: prova.chiave"),
        ("a.b,,EUR,,,f,ipotesi,", "prova.csv:2: a.b.valore: vuoto"),
        ('a.b,"1,5",EUR,,,f,ipotesi,', "prova.csv:2: a.b.valore: atteso un numero"),
        ("a.b,NaN,EUR,,,f,ipotesi,", "prova.csv:2: a.b.valore: atteso un numero"),
        ("a.b,-3,EUR,,,f,ipotesi,", "prova.csv:2: a.b.valore: atteso un numero"),
        ("a.b,1e3,EUR,,,f,ipotesi,", "prova.csv:2: a.b.valore: atteso un numero"),
        ("a.b,1,lire,,,f,ipotesi,", "prova.csv:2: a.b.unita: unità sconosciuta: lire"),
        ("a.b,25:00,orario,,,f,ipotesi,", "prova.csv:2: a.b.valore: non è valido per l'unità orario"),
        ("a.b,02-30,mese-giorno,,,f,ipotesi,", "prova.csv:2: a.b.valore: non è valido"),
        ("a.b,2026-02-30,data,,,f,ipotesi,", "prova.csv:2: a.b.valore: non è valido"),
        ("a.b,Per Banda,scelta,,,f,ipotesi,", "prova.csv:2: a.b.valore: non è valido"),
        ("a.b,1,EUR,1/1/2026,,f,ipotesi,", "prova.csv:2: a.b.valido_dal: attesa una data"),
        ("a.b,1,EUR,2026-01-02,2026-01-01,f,ipotesi,", "prova.csv:2: a.b.valido_al: prima di valido_dal"),
        ("a.b,1,EUR,,,,ipotesi,", "prova.csv:2: a.b.fonte: vuota"),
        ("a.b,1,EUR,,,f,sicuro,", "prova.csv:2: a.b.stato: atteso uno fra verificato, stimato, ipotesi"),
        ("a.b,1,EUR,,,f,ipotesi", "prova.csv:2: 7 colonne, attese 8"),
        ('a.b,"1,EUR,,,f,ipotesi,', "prova.csv:2: "),
    ],
)
def test_a_bad_row_is_named_with_its_line(row: str, problem: str) -> None:
    """Each kind of bad row gives one problem with file, line, key and column."""
    (found,) = problems_of(row)
    assert found.startswith(problem)


def test_all_problems_of_a_table_come_at_once() -> None:
    """Three bad rows give three problems in the order of the file; the good one gives none."""
    found = problems_of("a.b,x,EUR,,,f,ipotesi,", GOOD, "a.c,1,EUR,,,,boh,")
    assert [line.split(":")[1] for line in found] == ["2", "4", "4"]


def test_two_rows_valid_on_one_day_are_refused() -> None:
    """Periods that touch on one day overlap; periods that follow each other do not."""
    first = "a.b,1,EUR,2025-01-01,2025-12-31,f,ipotesi,"
    assert problems_of(first, "a.b,2,EUR,2025-12-31,,f,ipotesi,") == [
        "prova.csv:3: a.b: valida negli stessi giorni della riga 2"
    ]
    assert len(parse_table("prova", "\n".join([HEAD, first, "a.b,2,EUR,2026-01-01,,f,ipotesi,"]))) == 2


def test_a_wrong_header_is_refused() -> None:
    """A table with other columns is not read at all."""
    with pytest.raises(DataError, match=r"prova\.csv:1: attesa l'intestazione chiave,valore"):
        parse_table("prova", "key,value\n")
    with pytest.raises(DataError, match=r"prova\.csv:1"):
        parse_table("prova", "")


def test_a_key_belongs_to_one_table() -> None:
    """The same key in two tables is refused, naming both."""
    rows = [row for name in ("prova", "altra") for row in parse_table(name, f"{HEAD}\n{GOOD}\n")]
    with pytest.raises(DataError, match=r"altra\.csv: costi\.prova: chiave già in prova\.csv"):
        index_rows(rows)

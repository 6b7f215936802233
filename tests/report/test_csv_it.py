"""Italian CSV: bytes that Excel opens, numbers that stay numbers, text that runs nothing."""

import csv
import io
from typing import Any

import pytest

from nido.accordi.risultato.schema_risultato import result_schema
from nido.report.copertura import Comparison
from nido.report.csv_it import TABLES, file_names, guard, tables

Document = dict[str, Any]


def rows(content: bytes) -> list[list[str]]:
    """Read a table back."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_bytes_of_a_table(document: Document) -> None:
    """Byte-order mark, synthetic label, keys as headings, semicolons, decimal comma, CRLF."""
    assert (
        tables(document)["accordi.csv"]
        == (
            "\ufeffDATI SINTETICI\r\n"
            "azienda;gestore;stagione;posti;bambini;usati_mese;costo_annuo_euro\r\n"
            "alfa;nido_uno;autunno;1;1;2026-09: 1, 2026-10: 1;1320,00\r\n"
            "beta;nido_uno;autunno;1;1;2026-09: 1, 2026-10: 1;1200,00\r\n"
        ).encode()
    )


def test_real_data_has_no_label(document: Document) -> None:
    """Only synthetic data carry the label."""
    found = tables({**document, "dati_sintetici": False})
    assert all(b"SINTETICI" not in content for content in found.values())
    assert set(found) == set(file_names())


def test_a_row_per_reason(document: Document) -> None:
    """A child that is not served has one row per reason, or one row without reason."""
    found = rows(tables(document)["non_assegnati.csv"])[2:]
    assert [row[:6] for row in found] == [
        ["A002", "alfa", "autunno", "10000", "nido_uno", "capienza"],
        ["A002", "alfa", "autunno", "10000", "nido_due", "idoneita"],
    ]
    document["non_assegnati"][0]["motivi"] = []
    assert rows(tables(document)["non_assegnati.csv"])[2:] == [
        ["A002", "alfa", "autunno", "10000", *[""] * 4]
    ]


def test_partly_served(document: Document) -> None:
    """Who is served in part has one row per reason, with the provider that serves and that of the reason."""
    found = rows(tables(document)["parziali.csv"])[1:]
    assert found[0] == [
        *("bambino", "azienda", "stagione", "gestore", "minuti_scoperti"),
        *("presso", "regola", "dettaglio", "tipo"),
    ]
    assert [row[:7] for row in found[1:]] == [
        ["B001", "beta", "autunno", "nido_uno", "5000", "nido_uno", "capienza"],
        ["B001", "beta", "autunno", "nido_uno", "5000", "nido_due", "idoneita"],
    ]
    document["parziali"][0]["motivi"] = []
    assert rows(tables(document)["parziali.csv"])[2:] == [
        ["B001", "beta", "autunno", "nido_uno", "5000", *[""] * 4]
    ]
    del document["parziali"]
    assert rows(tables(document)["parziali.csv"])[2:] == []


def test_totals(document: Document) -> None:
    """Payers, companies and providers each add up to the whole list price."""
    # alfa: 600 + 60 in each of two months, half paid by the company; beta: 600, 40 % paid by the company.
    assert rows(tables(document)["totali.csv"])[1:] == [
        ["per", "nome", "importo_euro"],
        ["pagatore", "azienda:alfa", "660,00"],
        ["pagatore", "azienda:beta", "480,00"],
        ["pagatore", "famiglia", "1380,00"],
        ["azienda", "alfa", "1320,00"],
        ["azienda", "beta", "1200,00"],
        ["gestore", "nido_uno", "2520,00"],
    ]


def test_openings(document: Document) -> None:
    """An opening names its children in one cell, and what one more would cost as a number."""
    document["aperture"][0]["bambini_dipendenti"].append("B001")
    (found,) = rows(tables(document)["aperture.csv"])[2:]
    assert found[5:] == ["500,00", "A001, B001", "1824,68", "piccoli", "5"]


def test_coverage_and_payments(document: Document) -> None:
    """Coverage stands for the plan and for the standard hours; payments have a row per month."""
    other = Comparison("08:30-16:30", {**document, "assegnazioni": []})
    found = tables(document, other)
    assert rows(found["copertura.csv"])[2:] == [
        ["alfa", "piano", "2", "1", "0", "1", "20000", "30000"],
        ["beta", "piano", "1", "0", "1", "0", "15000", "20000"],
        ["alfa", "08:30-16:30", "1", "0", "0", "1", "0", "10000"],
    ]
    # alfa: half of 600 + 60; beta: 40 % of 600.
    assert rows(found["pagamenti.csv"])[2:] == [
        ["alfa", "2026-09", "330,00"],
        ["alfa", "2026-10", "330,00"],
        ["beta", "2026-09", "240,00"],
        ["beta", "2026-10", "240,00"],
    ]


def test_cells(document: Document) -> None:
    """Lists, groups, nothing, truth and fractions are written as an Italian reader expects them."""
    found = tables(document)
    assigned = rows(found["assegnazioni.csv"])[2]
    assert assigned[6] == "anticipo"
    assert assigned[-3:] == ["2026-09, 2026-10", "anticipo: 2026-09 2026-10", "2026-09: 22, 2026-10: 22"]
    tiers = rows(found["obiettivi.csv"])[2:]
    assert tiers[1][6:8] == ["0,027994427", "0,01"]
    assert (tiers[2][3], tiers[2][-1]) == ("", "vero")
    document["registro"]["righe"] = [
        {**document["registro"]["righe"][0], "quantita": "13.5", "importo_cent": -5}
    ]
    line = rows(tables(document)["registro.csv"])[2]
    assert (line[6], line[9]) == ("13,5", "-0,05")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝", "\n@"])
def test_formulas_are_disarmed(document: Document, start: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe, in every table."""
    assert guard(f"{start}1+1") == f"'{start}1+1"
    document["registro"]["righe"][0]["fonte"] = f"{start}HYPERLINK(1)"
    cell = rows(tables(document)["registro.csv"])[2][-1]
    # A line end is replaced by a blank, after which plain text is harmless.
    assert cell.startswith("'") or cell == " HYPERLINK(1)"


def test_plain_text_is_left_alone() -> None:
    """Ids, dates and words keep their form."""
    assert [guard(word) for word in ("B001", "2026-09-01", "", "a=b")] == ["B001", "2026-09-01", "", "a=b"]


def test_tables_hold_every_key_of_the_result() -> None:
    """No key of a table of the result is lost in its CSV."""
    properties = result_schema()["properties"]
    for name, (keys, _) in TABLES.items():
        if name in ("pagamenti", "totali"):
            continue
        schema = properties["registro"]["properties"]["righe"] if name == "registro" else properties[name]
        wanted = dict(schema["items"]["properties"])
        if name == "non_assegnati":
            wanted |= wanted.pop("motivi")["items"]["properties"]
        if name == "parziali":
            # `gestore` is the one that serves: that of a reason has another name.
            reason = wanted.pop("motivi")["items"]["properties"]
            wanted |= {"presso" if key == "gestore" else key: reason[key] for key in reason}
        assert list(keys) == list(wanted)

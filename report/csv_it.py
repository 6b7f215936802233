"""The tables of a result as Italian CSV: opened with a double click, safe in a spreadsheet.

Semicolons, decimal comma, CRLF, UTF-8 with a byte-order mark: what an Italian Excel opens without asking.
Headings are the keys of the result (docs/risultato.md) whatever the language of the messages; amounts are in
euro, and their key ends in ``_euro`` instead of ``_cent``. Text that a spreadsheet would take for a formula
gets an apostrophe in front (CWE-1236); numbers are typed as numbers, so a negative amount stays a number.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from nido.report.copertura import Comparison, Document, coverage
from nido.report.numbers_local import CENTS_IN_EURO
from nido.report.state_words import WITHOUT_PLAN
from nido.scenari.schema import SYNTHETIC

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CENT, _EURO = "_cent", "_euro"

Rows = Iterable[Mapping[str, Any]]


def _items(key: str) -> Callable[[Document], Rows]:
    def rows(document: Document) -> Rows:
        found: Rows = document[key]
        return found

    return rows


def _ledger(document: Document) -> Rows:
    rows: Rows = document["registro"]["righe"]
    return rows


def _payments(document: Document) -> Rows:
    """Give what each company pays, month by month."""
    for azienda, paid in document["registro"]["totali"]["per_azienda_mese"].items():
        for mese, cents in paid.items():
            yield {"azienda": azienda, "mese": mese, "importo_cent": cents}


def _coverage(document: Document, comparison: Comparison | None) -> Rows:
    """Give the counts of every company, for the plan and at standard hours."""
    views = [("piano", document)]
    if comparison is not None and comparison.documento["stato"] not in WITHOUT_PLAN:
        views.append((comparison.orario, comparison.documento))
    for orario, shown in views:
        for azienda, found in coverage(shown).items():
            counts = {key: getattr(found, key) for key in COVERAGE[2:]}
            yield {"azienda": azienda, "orario": orario, **counts}


def _unserved(document: Document) -> Rows:
    """Give one row per reason, and one without reason for a child that has none."""
    nothing = {"gestore": None, "regola": None, "dettaglio": None, "tipo": None}
    for request in document["non_assegnati"]:
        for reason in request["motivi"] or [nothing]:
            yield {**request, **reason}


def _partly(document: Document) -> Rows:
    """Give one row per reason; `presso` is its provider, since `gestore` is the one that serves."""
    nothing = {"presso": None, "regola": None, "dettaglio": None, "tipo": None}
    # A result of an earlier version does not list them.
    for request in document.get("parziali", ()):
        for reason in [{**one, "presso": one["gestore"]} for one in request["motivi"]] or [nothing]:
            yield {**reason, **{key: request[key] for key in PARTLY}}


def _totals(document: Document) -> Rows:
    """Give the list price of every payer, company and provider."""
    totals = document["registro"]["totali"]
    for per in ("pagatore", "azienda", "gestore"):
        for name, cents in totals[f"per_{per}"].items():
            yield {"per": per, "nome": name, "importo_cent": cents}


PARTLY = ("bambino", "azienda", "stagione", "gestore", "minuti_scoperti")
TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Document], Rows]]] = {
    "obiettivi": (
        (
            *("nome", "unita", "verso", "valore", "valore_piano", "limite"),
            *("gap", "tolleranza", "stato", "condizionato"),
        ),
        _items("obiettivi"),
    ),
    "assegnazioni": (
        (
            *("bambino", "azienda", "gestore", "stagione", "minuti_richiesti", "minuti_scoperti", "fasce"),
            *("giorni", "giorni_pasto", "deviazione_minuti", "mesi", "mesi_fascia"),
            "giorni_mese",
        ),
        _items("assegnazioni"),
    ),
    "non_assegnati": (
        (
            *("bambino", "azienda", "stagione", "minuti_riferimento"),
            *("gestore", "regola", "dettaglio", "tipo"),
        ),
        _unserved,
    ),
    "parziali": ((*PARTLY, "presso", "regola", "dettaglio", "tipo"), _partly),
    "aperture": (
        (
            *("gestore", "fascia", "stagione", "bambini", "giorni", "costo_cent", "bambini_dipendenti"),
            *("costo_bambino_in_piu_cent", "banda_bambino_in_piu", "bambini_pareggio"),
        ),
        _items("aperture"),
    ),
    "personale": (
        (
            *("gestore", "stagione", "fascia", "data", "inizio", "fine"),
            *("banda", "educatrici", "esistenti", "giorni"),
        ),
        _items("personale"),
    ),
    "accordi": (
        ("azienda", "gestore", "stagione", "posti", "bambini", "usati_mese", "costo_annuo_cent"),
        _items("accordi"),
    ),
    "capienza": (("gestore", "stagione", "presenti_massimi", "iscritti", "posti"), _items("capienza")),
    "totali": (("per", "nome", "importo_cent"), _totals),
    "pagamenti": (("azienda", "mese", "importo_cent"), _payments),
    "avvisi": (("regola", "dove", "dettaglio"), _items("avvisi")),
    "ipotesi": (("chiave", "valore", "unita", "fonte", "stato", "nota"), _items("ipotesi")),
    "registro": (
        (
            *("data", "azienda", "gestore", "stagione", "bambino", "componente", "quantita", "unita"),
            *("prezzo_cent", "importo_cent", "pagatore", "fonte"),
        ),
        _ledger,
    ),
}
COVERAGE_FILE = "copertura.csv"
COVERAGE = (
    *("azienda", "orario", "richieste", "piene", "parziali", "non_servite"),
    *("minuti_coperti", "minuti_chiesti"),
)
# Text in the result because it must stay exact; a number in a spreadsheet.
_DECIMAL_TEXT = frozenset({"quantita", "tolleranza"})


def tables(document: Document, comparison: Comparison | None = None) -> dict[str, bytes]:
    """Write every table of a result.

    Parameters
    ----------
    document
        A result (docs/risultato.md).
    comparison
        The same scenario at standard hours, for the table of the coverage.

    Returns
    -------
    dict[str, bytes]
        Content by file name, such as ``assegnazioni.csv``.
    """
    synthetic = bool(document["dati_sintetici"])
    found = {
        f"{name}.csv": sheet(keys, rows(document), synthetic=synthetic)
        for name, (keys, rows) in TABLES.items()
    }
    return {**found, COVERAGE_FILE: sheet(COVERAGE, _coverage(document, comparison), synthetic=synthetic)}


def file_names() -> tuple[str, ...]:
    """Give the names of the files that `tables` writes."""
    return (*(f"{name}.csv" for name in TABLES), COVERAGE_FILE)


def sheet(keys: Sequence[str], rows: Rows, *, synthetic: bool) -> bytes:
    """Write one table; a first line labels synthetic data."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    if synthetic:
        writer.writerow([SYNTHETIC])
    writer.writerow([_heading(key) for key in keys])
    writer.writerows([_cell(key, row[key]) for key in keys] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _heading(key: str) -> str:
    return key.removesuffix(_CENT) + _EURO if key.endswith(_CENT) else key


def _cell(key: str, value: Any) -> str:
    """Write one value: numbers as numbers with a comma, everything else as guarded text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "vero" if value else "falso"
    if key.endswith(_CENT):
        return _comma(format(Decimal(value) / CENTS_IN_EURO, ".2f"))
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _comma(format(Decimal(repr(value)), "f"))
    if key in _DECIMAL_TEXT:
        return _comma(format(Decimal(value), "f"))
    return guard(_text(value))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_inner(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return " ".join(str(value).splitlines())


def _inner(value: Any) -> str:
    return " ".join(str(part) for part in value) if isinstance(value, list | tuple) else str(value)


def _comma(number: str) -> str:
    return number.replace(".", ",")


def guard(words: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    starts = words.startswith(_FORMULA_STARTS) or words.lstrip().startswith(_FORMULA_STARTS)
    return f"'{words}" if starts else words

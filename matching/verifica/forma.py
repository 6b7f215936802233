"""Shape of a result document: keys, types and closed lists (docs/risultato.md).

What passes here can be read without further care by the rest of the checker.
"""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from nido.data.lingua import text
from nido.matching.verifica.violazione import Violation

NAME = "forma"
FORMATO = "nido-risultato/1"
WITH_PLAN = ("ottimo", "entro_gap", "interrotto")
INFEASIBLE = "infattibile"
WITHOUT_PLAN = (INFEASIBLE, "nessuna_soluzione")
# What only a plan has, the ledger apart.
PLAN_TABLES = ("assegnazioni", "parziali", "aperture", "personale", "accordi", "capienza", "spiegazioni")
MAX_DIGITS = 18
# Reserved fields of the scenario: no key of a result may be called so.
RESERVED = frozenset({"icef", "isee", "disabilita", "casa"})

Table = Mapping[str, Any]
Test = Callable[[object, str], list[Violation]]

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DECIMAL = re.compile(r"\d{1,18}(\.\d{1,18})?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def _wrong(where: str, it: str, en: str) -> list[Violation]:
    return [Violation(NAME, where, text("atteso {what}", "expected {what}", what=text(it, en)))]


def _test(accepts: Callable[[Any], bool], it: str, en: str) -> Test:
    def look(value: object, where: str) -> list[Violation]:
        return [] if accepts(value) else _wrong(where, it, en)

    return look


def _is_int(value: object) -> bool:
    # bool is an int for Python; a number beyond any amount would only cost time.
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**MAX_DIGITS


def _is_number(value: object) -> bool:
    return _is_int(value) or (isinstance(value, float) and math.isfinite(value))


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def by_pattern(pattern: re.Pattern[str], it: str, en: str) -> Test:
    """Accept a text that matches a whole pattern."""
    return _test(_matches(pattern), it, en)


TEXT = _test(lambda value: isinstance(value, str), "un testo", "a text")
IDENT = _test(lambda value: isinstance(value, str) and value != "", "un nome", "a name")
FLAG = _test(lambda value: isinstance(value, bool), "vero o falso", "true or false")
WHOLE = _test(_is_int, "un intero", "an integer")
COUNT = _test(lambda value: _is_int(value) and value >= 0, "un intero non negativo", "an integer from 0")
NUMBER = _test(_is_number, "un numero finito", "a finite number")
DAY = _test(_is_date, "una data AAAA-MM-GG", "a date YYYY-MM-DD")
MONTH = by_pattern(_MONTH, "un mese AAAA-MM", "a month YYYY-MM")
TIME = by_pattern(_TIME, "un'ora HH:MM", "a time HH:MM")
DECIMAL = by_pattern(_DECIMAL, "un numero decimale scritto come testo", "a decimal number as text")
DIGEST = by_pattern(_SHA256, "un'impronta SHA-256", "a SHA-256 digest")
ANYTHING = _test(lambda value: True, "", "")


def one_of(*allowed: object) -> Test:
    """Accept only some values, of the same type."""

    def accepts(value: object) -> bool:
        return any(type(value) is type(item) and value == item for item in allowed)

    names = ", ".join(str(item) for item in allowed)
    return _test(accepts, f"uno fra: {names}", f"one of: {names}")


def optional(test: Test) -> Test:
    """Accept null too."""
    return lambda value, where: [] if value is None else test(value, where)


def either(one: Test, other: Test) -> Test:
    """Accept what one of two tests accepts."""
    return lambda value, where: one(value, where) and other(value, where)


def list_of(test: Test) -> Test:
    """Accept a list of what passes a test."""

    def look(value: object, where: str) -> list[Violation]:
        if not isinstance(value, list):
            return _wrong(where, "una lista", "a list")
        return [found for place, item in enumerate(value) for found in test(item, f"{where}[{place}]")]

    return look


def group_of(key: Test, test: Test) -> Test:
    """Accept a group whose keys and values pass two tests."""

    def look(value: object, where: str) -> list[Violation]:
        if not isinstance(value, dict):
            return _wrong(where, "un gruppo di chiavi", "a group of keys")
        return [
            found
            for name, item in value.items()
            for found in (*key(name, f"{where}.{name}"), *test(item, f"{where}.{name}"))
        ]

    return look


def record(may_miss: tuple[str, ...] = (), **fields: Test) -> Test:
    """Accept a group with these keys; other keys are left alone."""

    def look(value: object, where: str) -> list[Violation]:
        if not isinstance(value, dict):
            return _wrong(where, "un gruppo di chiavi", "a group of keys")
        found: list[Violation] = []
        for name, test in fields.items():
            place = f"{where}.{name}" if where else name
            if name in value:
                found += test(value[name], place)
            elif name not in may_miss:
                found.append(Violation(NAME, place, text("manca la chiave", "the key is missing")))
        return found

    return look


_TIER = record(
    nome=IDENT,
    unita=IDENT,
    verso=one_of("max", "min"),
    valore=optional(WHOLE),
    valore_piano=optional(WHOLE),
    limite=optional(WHOLE),
    gap=optional(NUMBER),
    tolleranza=either(NUMBER, DECIMAL),
    stato=one_of("dimostrato", "non_dimostrato", "non_raggiunto"),
    condizionato=FLAG,
)
_ASSIGNMENT = record(
    bambino=IDENT,
    azienda=IDENT,
    gestore=IDENT,
    stagione=IDENT,
    minuti_richiesti=COUNT,
    minuti_scoperti=COUNT,
    fasce=list_of(IDENT),
    giorni=COUNT,
    giorni_pasto=COUNT,
    deviazione_minuti=COUNT,
    mesi=list_of(MONTH),
    mesi_fascia=group_of(IDENT, list_of(MONTH)),
    giorni_mese=group_of(MONTH, COUNT),
)
_REASON = record(
    gestore=optional(IDENT),
    regola=IDENT,
    dettaglio=TEXT,
    tipo=one_of("impossibile_da_solo", "posto_preso_da_altri", "altro_gestore"),
)
_NOT_SERVED = record(
    bambino=IDENT, azienda=IDENT, stagione=IDENT, minuti_riferimento=COUNT, motivi=list_of(_REASON)
)
_PARTLY_SERVED = record(
    bambino=IDENT,
    azienda=IDENT,
    stagione=IDENT,
    gestore=IDENT,
    minuti_scoperti=COUNT,
    motivi=list_of(_REASON),
)
_OPENING = record(
    gestore=IDENT,
    fascia=IDENT,
    stagione=IDENT,
    bambini=COUNT,
    giorni=COUNT,
    costo_cent=COUNT,
    bambini_dipendenti=list_of(IDENT),
    costo_bambino_in_piu_cent=optional(COUNT),
    banda_bambino_in_piu=optional(IDENT),
    bambini_pareggio=optional(COUNT),
)
_STAFF = record(
    gestore=IDENT,
    stagione=IDENT,
    fascia=IDENT,
    data=optional(DAY),
    inizio=TIME,
    fine=TIME,
    banda=IDENT,
    educatrici=COUNT,
    esistenti=COUNT,
    giorni=COUNT,
)
_AGREEMENT = record(
    azienda=IDENT,
    gestore=IDENT,
    stagione=IDENT,
    posti=COUNT,
    bambini=COUNT,
    usati_mese=group_of(MONTH, COUNT),
    costo_annuo_cent=COUNT,
)
_CAPACITY = record(gestore=IDENT, stagione=IDENT, presenti_massimi=COUNT, iscritti=COUNT, posti=COUNT)
LINE = record(
    data=DAY,
    azienda=IDENT,
    gestore=IDENT,
    stagione=IDENT,
    bambino=optional(IDENT),
    componente=one_of("posto", "vuoto", "fascia", "ora", "pasto", "iva"),
    quantita=DECIMAL,
    unita=TEXT,
    prezzo_cent=COUNT,
    importo_cent=COUNT,
    pagatore=IDENT,
    fonte=TEXT,
)
_TOTALS = record(
    totale_cent=COUNT,
    per_pagatore=group_of(IDENT, COUNT),
    per_azienda=group_of(IDENT, COUNT),
    per_gestore=group_of(IDENT, COUNT),
    per_accordo=list_of(record(azienda=IDENT, gestore=IDENT, stagione=IDENT, totale_cent=COUNT)),
    per_azienda_mese=group_of(IDENT, group_of(MONTH, COUNT)),
    costo_produzione_cent=COUNT,
    costo_per_ora_coperta_cent=optional(COUNT),
    costo_per_posto_cent=optional(COUNT),
)
NOTICE = record(regola=IDENT, dove=TEXT, dettaglio=TEXT)
FIGURE = record(
    chiave=IDENT, valore=ANYTHING, unita=TEXT, fonte=TEXT, stato=one_of("stimato", "ipotesi"), nota=TEXT
)
_CONFLICT = record(
    gruppo=COUNT,
    regola=IDENT,
    dove=TEXT,
    dettaglio=TEXT,
    rimedio=optional(TEXT),
    minimo=FLAG,
    percorso=list_of(TEXT),
    file=optional(TEXT),
    riga=optional(COUNT),
    colonna=optional(COUNT),
)
_EXPLANATION = record(
    bambino=IDENT,
    stagione=IDENT,
    chiesto=one_of("posto", "copertura_piena"),
    modifiche=list_of(record(modifica=TEXT, gestore=IDENT, costo_aggiuntivo_cent=WHOLE)),
    provate=COUNT,
    completa=FLAG,
)
_MANIFEST = record(
    scenario_sha256=DIGEST,
    seme=WHOLE,
    sostituzioni=list_of(TEXT),
    parametri=group_of(IDENT, ANYTHING),
    versioni=record(nido=IDENT, ortools=IDENT, python=IDENT),
    stato_solutore=list_of(ANYTHING),
)
_KEYS: Mapping[str, Test] = dict(
    formato=one_of(FORMATO),
    nome=TEXT,
    dati_sintetici=FLAG,
    avvertenza=TEXT,
    stato=one_of(*WITH_PLAN, *WITHOUT_PLAN),
    unita_costo_cent=one_of(1, 10, 100),
    arrotondamento_massimo_cent=COUNT,
    obiettivi=list_of(_TIER),
    assegnazioni=list_of(_ASSIGNMENT),
    non_assegnati=list_of(_NOT_SERVED),
    parziali=list_of(_PARTLY_SERVED),
    aperture=list_of(_OPENING),
    personale=list_of(_STAFF),
    accordi=list_of(_AGREEMENT),
    capienza=list_of(_CAPACITY),
    registro=record(righe=list_of(LINE), totali=_TOTALS),
    motivi_completi=FLAG,
    verifica=record(esito=one_of("confermata", "rifiutata"), violazioni=list_of(NOTICE)),
    regole_spente=list_of(IDENT),
    copertura_minima=optional(DECIMAL),
    avvisi=list_of(NOTICE),
    conflitti=list_of(_CONFLICT),
    spiegazioni=list_of(_EXPLANATION),
    ordine_domanda=list_of(IDENT),
    ordine_sorteggiato=FLAG,
    ipotesi=list_of(FIGURE),
    manifesto=_MANIFEST,
)
_SAVED = record((), **_KEYS)
# The verdict is written after the checker has spoken.
_UNJUDGED = record(("verifica",), **_KEYS)


def shape(document: object, *, saved: bool = False) -> list[Violation]:
    """Check keys, types and closed lists of a whole document.

    Parameters
    ----------
    document
        Anything that JSON can hold.
    saved
        True for a document that was saved: it has its verdict.
    """
    found = (_SAVED if saved else _UNJUDGED)(document, "")
    found += no_reserved(document)
    if found or not isinstance(document, dict):
        return found
    if document["stato"] in WITHOUT_PLAN:
        found += _no_plan(document)
    if document["stato"] != INFEASIBLE and document["conflitti"]:
        sentence = text("solo di uno scenario infattibile", "only of an infeasible scenario")
        found.append(Violation(NAME, "conflitti", sentence))
    return found


def no_reserved(document: object) -> list[Violation]:
    """Refuse keys called like a reserved field, wherever they are."""
    found: list[Violation] = []
    pending = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            names = RESERVED & {str(name) for name in value}
            sentence = text("campo riservato nel risultato", "reserved field in the result")
            found += [Violation(NAME, name, sentence) for name in sorted(names)]
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
    return found


def _no_plan(document: Table) -> list[Violation]:
    rows = {name: document[name] for name in PLAN_TABLES}
    rows["registro.righe"] = document["registro"]["righe"]
    sentence = text("senza un piano deve essere vuoto", "must be empty when there is no plan")
    found = [Violation(NAME, name, sentence) for name, value in rows.items() if value]
    reached = [tier["nome"] for tier in document["obiettivi"] if tier["stato"] != "non_raggiunto"]
    sentence = text("livello raggiunto senza un piano", "tier reached with no plan")
    return found + [Violation(NAME, f"obiettivi.{nome}", sentence) for nome in reached]

"""Shape of the document of the agreements (docs/risultato.md, accordi.json)."""

import re
from collections.abc import Mapping

from nido.matching.verifica.forma import (
    ANYTHING,
    COUNT,
    DIGEST,
    FIGURE,
    FLAG,
    IDENT,
    LINE,
    MONTH,
    NOTICE,
    TEXT,
    WHOLE,
    Test,
    by_pattern,
    group_of,
    list_of,
    no_reserved,
    one_of,
    record,
)
from nido.matching.verifica.violazione import Violation

FORMATO = "nido-accordi/1"
ROLES = ("azienda", "gestore", "pagatore")
COMPONENTS = ("posto", "vuoto", "fascia", "ora", "pasto", "iva")

FRACTION = by_pattern(
    re.compile(r"(0|[1-9]\d{0,17})(/[1-9]\d{0,17})?"),
    "una frazione scritta come testo",
    "a fraction as text",
)
# The product of two shares may have as many digits as both.
SHARE = by_pattern(
    re.compile(r"[01](\.\d{1,60})?"), "una quota da 0 a 1 scritta come testo", "a share from 0 to 1 as text"
)

_MONTH = record(
    mese=MONTH,
    azienda=IDENT,
    gestore=IDENT,
    stagione=IDENT,
    riservati=COUNT,
    residenti=COUNT,
    usati=COUNT,
    ammessi=list_of(IDENT),
    in_attesa=list_of(IDENT),
    ospiti=list_of(record(bambino=IDENT, azienda=IDENT, gestore=IDENT)),
    vuoti=list_of(record(quota=SHARE, posti=COUNT)),
    rivenduti=COUNT,
    bloccati=COUNT,
    prestati=COUNT,
)
_TOTALS = record(
    totale_cent=COUNT,
    per_pagatore=group_of(IDENT, COUNT),
    per_azienda=group_of(IDENT, COUNT),
    per_gestore=group_of(IDENT, COUNT),
    per_componente=group_of(one_of(*COMPONENTS), COUNT),
)
_COURSE = record(
    id=IDENT,
    nome=TEXT,
    probabilita=FRACTION,
    eventi=list_of(group_of(IDENT, ANYTHING)),
    nuovi_bambini=COUNT,
    mesi_attesa=COUNT,
    mesi=list_of(_MONTH),
    righe=list_of(LINE),
    totali=_TOTALS,
    deposito=list_of(record(mese=MONTH, azienda=IDENT, gestore=IDENT, importo_cent=WHOLE, saldo_cent=COUNT)),
)
_CASE = record(
    ruolo=one_of(*ROLES),
    parte=IDENT,
    minimo_cent=COUNT,
    minimo_percorso=IDENT,
    atteso_cent=COUNT,
    massimo_cent=COUNT,
    massimo_percorso=IDENT,
)
_KEYS: Mapping[str, Test] = dict(
    formato=one_of(FORMATO),
    nome=TEXT,
    dati_sintetici=FLAG,
    avvertenza=TEXT,
    inizio=MONTH,
    durata_mesi=COUNT,
    convenzioni=list_of(record(azienda=IDENT, gestore=IDENT, clausole=group_of(IDENT, ANYTHING))),
    percorsi=list_of(_COURSE),
    casi=list_of(_CASE),
    ipotesi=list_of(FIGURE),
    verifica=record(esito=one_of("confermata", "rifiutata"), violazioni=list_of(NOTICE)),
    manifesto=record(
        scenario_sha256=DIGEST,
        risultato_sha256=DIGEST,
        sostituzioni=list_of(TEXT),
        versioni=record(nido=IDENT, python=IDENT),
    ),
)
_SAVED = record((), **_KEYS)
# The verdict is written after the checker has spoken.
_UNJUDGED = record(("verifica",), **_KEYS)


def agreements_shape(document: object, *, saved: bool = False) -> list[Violation]:
    """Check keys, types and closed lists of a whole document of agreements.

    Parameters
    ----------
    document
        Anything that JSON can hold.
    saved
        True for a document that was saved: it has its verdict.
    """
    return [*(_SAVED if saved else _UNJUDGED)(document, ""), *no_reserved(document)]

"""The JSON Schema of a result (docs/risultato.md). Keys may be added within a format, never renamed."""

from typing import Any

FORMATO = "nido-risultato/1"

Schema = dict[str, Any]

STATI = ("ottimo", "entro_gap", "interrotto", "infattibile", "nessuna_soluzione")
COMPONENTI = ("posto", "vuoto", "fascia", "ora", "pasto", "iva")

_COUNT: Schema = {"type": "integer", "minimum": 0}
_CENTS: Schema = {"type": "integer"}
_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_MONTH: Schema = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
_TIME: Schema = {"type": "string", "pattern": r"^([01]\d|2[0-4]):[0-5]\d$"}
_CHILD: Schema = {"type": "string", "pattern": r"^[A-Z]{1,4}[0-9-]+$"}
_SHARE: Schema = {"type": "string", "pattern": r"^\d+(\.\d+)?$"}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _choice(*values: str) -> Schema:
    return {"enum": list(values)}


def _list(items: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": items, **({"description": description} if description else {})}


def _map(values: Schema, keys: Schema | None = None) -> Schema:
    found: Schema = {"type": "object", "additionalProperties": values}
    return {**found, "propertyNames": keys} if keys else found


def _object(properties: Schema, description: str = "") -> Schema:
    found: Schema = {"type": "object", "required": list(properties), "properties": properties}
    return {**found, "description": description} if description else found


def _says(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description}


def _tiers() -> Schema:
    return _list(
        _object(
            {
                "nome": _TEXT,
                "unita": _TEXT,
                "verso": _choice("max", "min"),
                "valore": _says(_or_null({"type": "integer"}), "Il migliore trovato per il livello."),
                "valore_piano": _says(_or_null({"type": "integer"}), "Quello del piano mostrato."),
                "limite": _or_null({"type": "integer"}),
                "gap": _or_null({"type": "number", "minimum": 0}),
                "tolleranza": _SHARE,
                "stato": _choice("dimostrato", "non_dimostrato", "non_raggiunto"),
                "condizionato": _FLAG,
            }
        ),
        "Livelli dell'obiettivo, in ordine; null se non raggiunti.",
    )


def _assignments() -> Schema:
    return _list(
        _object(
            {
                "bambino": _CHILD,
                "azienda": _TEXT,
                "gestore": _TEXT,
                "stagione": _TEXT,
                "minuti_richiesti": _says(_COUNT, "Finestra di accudimento nella stagione, in minuti."),
                "minuti_scoperti": _says(_COUNT, "Parte della finestra non coperta, in minuti."),
                "fasce": _list(_TEXT, "Fasce prenotate."),
                "giorni": _says(_COUNT, "Giorni con finestra non vuota."),
                "giorni_pasto": _COUNT,
                "deviazione_minuti": _says(_COUNT, "Minuti di viaggio in più al giorno."),
                "mesi": _list(_MONTH, "Mesi della stagione con almeno un giorno della richiesta."),
                "mesi_fascia": _map(_list(_MONTH)),
                "giorni_mese": _says(_map(_COUNT, _MONTH), "I giorni, mese per mese."),
            }
        ),
        "Richieste (bambino e stagione) servite.",
    )


def _reasons() -> Schema:
    reason = _object(
        {
            "gestore": _or_null(_TEXT),
            "regola": _TEXT,
            "dettaglio": _TEXT,
            "tipo": _choice("impossibile_da_solo", "posto_preso_da_altri", "altro_gestore"),
        }
    )
    return _list(reason)


def _unserved() -> Schema:
    request = _object(
        {
            "bambino": _CHILD,
            "azienda": _TEXT,
            "stagione": _TEXT,
            "minuti_riferimento": _says(_COUNT, "Minuti richiesti calcolati senza viaggio."),
            "motivi": _reasons(),
        }
    )
    return _list(
        request, "Richieste non servite, con il motivo presso ogni gestore, fermo il resto del piano."
    )


def _partly() -> Schema:
    request = _object(
        {
            "bambino": _CHILD,
            "azienda": _TEXT,
            "stagione": _TEXT,
            "gestore": _says(_TEXT, "Quello che serve la richiesta."),
            "minuti_scoperti": _says(_COUNT, "Parte della finestra non coperta, in minuti."),
            "motivi": _reasons(),
        }
    )
    return _list(request, "Richieste servite in parte: che cosa ferma ogni gestore che coprirebbe di più.")


def _openings() -> Schema:
    return _list(
        _object(
            {
                "gestore": _TEXT,
                "fascia": _TEXT,
                "stagione": _TEXT,
                "bambini": _says(_COUNT, "Bambini che prenotano la fascia."),
                "giorni": _COUNT,
                "costo_cent": _says(_CENTS, "Personale aggiuntivo e costo fisso, in centesimi."),
                "bambini_dipendenti": _list(_CHILD, "Chi la prenota: senza, perderebbe copertura."),
                "costo_bambino_in_piu_cent": _says(
                    _or_null(_COUNT),
                    "Quanto costerebbe in più un altro bambino che la usasse tutta, nella banda più cara.",
                ),
                "banda_bambino_in_piu": _says(
                    _or_null(_TEXT), "La banda più cara; null se costano tutte uguale."
                ),
                "bambini_pareggio": _says(
                    _or_null(_COUNT), "Bambini con cui il prezzo copre il costo; null se nessun numero basta."
                ),
            }
        ),
        "Fasce aperte.",
    )


def _staff() -> Schema:
    return _list(
        _object(
            {
                "gestore": _TEXT,
                "stagione": _TEXT,
                "fascia": _says(_TEXT, "Fascia, oppure base."),
                "data": _or_null(_DAY),
                "inizio": _TIME,
                "fine": _TIME,
                "banda": _says(_TEXT, "Banda di età, oppure tutte."),
                "educatrici": _COUNT,
                "esistenti": _says(_COUNT, "Già in servizio nell'intervallo, in tutto."),
                "giorni": _COUNT,
            }
        ),
        "Educatrici in servizio.",
    )


def _agreements() -> Schema:
    return _list(
        _object(
            {
                "azienda": _TEXT,
                "gestore": _TEXT,
                "stagione": _TEXT,
                "posti": _says(_COUNT, "Posti riservati."),
                "bambini": _says(_COUNT, "Bambini serviti."),
                "usati_mese": _map(_COUNT, _MONTH),
                "costo_annuo_cent": _says(_CENTS, "Totale a listino nella stagione, in centesimi."),
            }
        ),
        "Accordi quadro fra azienda e gestore.",
    )


def _capacity() -> Schema:
    keys: Schema = {"gestore": _TEXT, "stagione": _TEXT}
    counts = {name: _COUNT for name in ("presenti_massimi", "iscritti", "posti")}
    return _list(_object({**keys, **counts}), "Presenza massima e iscritti: non si sa quale conti.")


def _ledger() -> Schema:
    line = _object(
        {
            "data": _DAY,
            "azienda": _TEXT,
            "gestore": _TEXT,
            "stagione": _TEXT,
            "bambino": _or_null(_CHILD),
            "componente": _choice(*COMPONENTI),
            "quantita": _says({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, "Testo decimale."),
            "unita": _TEXT,
            "prezzo_cent": {"type": "integer"},
            "importo_cent": _CENTS,
            "pagatore": _TEXT,
            "fonte": _TEXT,
        }
    )
    agreement = _object({"azienda": _TEXT, "gestore": _TEXT, "stagione": _TEXT, "totale_cent": _CENTS})
    totals = _object(
        {
            "totale_cent": _CENTS,
            "per_pagatore": _map(_CENTS),
            "per_azienda": _map(_CENTS),
            "per_gestore": _map(_CENTS),
            "per_accordo": _list(agreement),
            "per_azienda_mese": _says(
                _map(_map(_CENTS, _MONTH)), "A carico di ogni azienda, mese per mese, in centesimi."
            ),
            "costo_produzione_cent": _CENTS,
            "costo_per_ora_coperta_cent": _or_null(_CENTS),
            "costo_per_posto_cent": _or_null(_CENTS),
        }
    )
    return _object({"righe": _list(line), "totali": totals}, "Somma dei pagatori = totale, al centesimo.")


def _notes() -> Schema:
    return _list(_object({"regola": _TEXT, "dove": _TEXT, "dettaglio": _TEXT}))


def _conflicts() -> Schema:
    place = {"file": _or_null(_TEXT), "riga": _or_null(_COUNT), "colonna": _or_null(_COUNT)}
    found = _object(
        {
            "gruppo": _says(_COUNT, "I requisiti di un gruppo non stanno insieme."),
            "regola": _TEXT,
            "dove": _says(_TEXT, "Chiave dello scenario."),
            "dettaglio": _TEXT,
            "rimedio": _says(_or_null(_TEXT), "La modifica minima di questo solo requisito, se basta."),
            "minimo": _says(_FLAG, "Vero: dimostrato che non c'è un gruppo più piccolo."),
            "percorso": _list(_TEXT),
            **place,
        }
    )
    return _list(found, "Perché lo scenario è infattibile; vuoto se non lo è.")


def _explanations() -> Schema:
    cost = _says({"type": "integer"}, "Costo di produzione in più rispetto al piano, in centesimi.")
    change = _object({"modifica": _TEXT, "gestore": _TEXT, "costo_aggiuntivo_cent": cost})
    found = _object(
        {
            "bambino": _CHILD,
            "stagione": _TEXT,
            "chiesto": _choice("posto", "copertura_piena"),
            "modifiche": _list(change, "La meno costosa per prima; nessun altro bambino perde copertura."),
            "provate": _COUNT,
            "completa": _says(_FLAG, "Falso: la ricerca si è fermata prima di provarle tutte."),
        }
    )
    return _list(found, "Con --spiega: quali singole modifiche servirebbero il bambino.")


def _assumptions() -> Schema:
    keys = ("chiave", "valore", "unita", "fonte", "stato", "nota")
    return _list(_object({key: _TEXT for key in keys}), "Cifre non verificate su cui il risultato si regge.")


def _manifest() -> Schema:
    return _object(
        {
            "scenario_sha256": _SHA256,
            "seme": {"type": "integer"},
            "sostituzioni": _list({"type": "string", "pattern": "="}),
            "parametri": {"type": "object"},
            "versioni": _object({"nido": _TEXT, "ortools": _TEXT, "python": _TEXT}),
            "stato_solutore": _list(_TEXT),
        },
        "Come è stato ottenuto: niente orologio, durate o percorsi.",
    )


def result_schema() -> Schema:
    """Give the JSON Schema (draft 7) of a result.

    Returns
    -------
    dict
        A new schema at each call. The order of the properties is the order of the keys in a result.
    """
    properties: Schema = {
        "formato": {"const": FORMATO},
        "nome": _TEXT,
        "dati_sintetici": _FLAG,
        "avvertenza": _says(_TEXT, "DATI SINTETICI se la domanda è sintetica, altrimenti vuota."),
        "stato": _choice(*STATI),
        "unita_costo_cent": _says({"enum": [1, 10, 100]}, "Centesimi di un'unità di costo del modello."),
        "arrotondamento_massimo_cent": _COUNT,
        "obiettivi": _tiers(),
        "assegnazioni": _assignments(),
        "non_assegnati": _unserved(),
        "parziali": _partly(),
        "motivi_completi": _says(
            _FLAG, "Falso: mancano motivi, perché non c'è un piano o il tempo è finito prima."
        ),
        "aperture": _openings(),
        "personale": _staff(),
        "accordi": _agreements(),
        "capienza": _capacity(),
        "registro": _ledger(),
        "verifica": _object({"esito": _choice("confermata", "rifiutata"), "violazioni": _notes()}),
        "regole_spente": _list(_TEXT),
        "copertura_minima": _says(
            _or_null(_SHARE), "Parte di una richiesta che va coperta perché sia servita; null se non c'è."
        ),
        "avvisi": _notes(),
        "conflitti": _conflicts(),
        "spiegazioni": _explanations(),
        "ordine_domanda": _list(_CHILD),
        "ordine_sorteggiato": _FLAG,
        "ipotesi": _assumptions(),
        "manifesto": _manifest(),
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": FORMATO,
        "description": "Risultato di nido solve.",
        **_object(properties),
    }

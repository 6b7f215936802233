"""Who sees what: the only place where it is decided, with the reason of every line.

Three audiences read what nido writes. The **distretto** runs the engine and holds the data; an **azienda**
gets the files that leave for one company, a **gestore** those for one provider. `build_view` asks `sees`
before it puts anything into a view, and docs/guida.md shows `DECISIONS` as its table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from nido.data.lingua import text
from nido.data.problems import NidoError

Audience = Literal["distretto", "azienda", "gestore"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)

# How much of a thing an audience sees: all of it, only what is its own, its own counts only from the
# threshold on, only sums over everybody else, nothing.
Extent = Literal["tutto", "proprio", "soglia", "somma", "niente"]

Topic = Literal[
    "riservati",
    "sigle",
    "residenza",
    "copertura",
    "motivi",
    "bambini_accordo",
    "accordi",
    "fasce",
    "costi_produzione",
    "personale",
    "presenze",
    "listino",
    "posti_offerti",
    "budget",
    "registro",
    "altri_pagatori",
    "avvisi",
    "ipotesi",
    "manifesto",
    "clausole",
    "casi",
    "eventi_supposti",
    "impegno",
    "parti_eque",
]


@dataclass(frozen=True, slots=True)
class Decision:
    """What each audience sees of one thing.

    Attributes
    ----------
    topic
        Name of the thing, in code.
    words
        What it is, in Italian and in English.
    extent
        How much each audience sees.
    reason
        Why, with its source, in Italian and in English.
    """

    topic: Topic
    words: tuple[str, str]
    extent: Mapping[Audience, Extent]
    reason: tuple[str, str]


def _decision(
    topic: Topic,
    words: tuple[str, str],
    extents: tuple[Extent, Extent, Extent],
    reason: tuple[str, str],
) -> Decision:
    """Write a decision; the extents are in the order of `AUDIENCES`."""
    return Decision(topic, words, MappingProxyType(dict(zip(AUDIENCES, extents, strict=True))), reason)


DECISIONS: tuple[Decision, ...] = (
    _decision(
        "riservati",
        ("ICEF, ISEE, disabilità, posizione della casa", "ICEF, ISEE, disability, position of a home"),
        ("niente", "niente", "niente"),
        (
            "nessun documento ne ha bisogno: GDPR art. 5(1)(c) e 9, provvedimento del Garante 273/2013",
            "no document needs them: GDPR art. 5(1)(c) and 9, decision 273/2013 of the Garante",
        ),
    ),
    _decision(
        "sigle",
        ("sigle dei bambini, una richiesta alla volta", "ids of the children, one request at a time"),
        ("tutto", "niente", "niente"),
        (
            "all'azienda bastano i numeri (L. 300/1970 art. 8: niente indagini sui dipendenti); il gestore "
            "riceve gli iscritti dal distretto, non da questi file",
            "a company needs numbers only (Law 300/1970 art. 8: no inquiry into employees); a gestore gets "
            "its enrolled children from the district, not from these files",
        ),
    ),
    _decision(
        "residenza",
        ("bambini per comune di residenza", "children by municipality of residence"),
        ("soglia", "soglia", "niente"),
        (
            "una mappa gira facilmente fuori dal distretto: soglia anche lì",
            "a map easily travels outside the district: the threshold holds there too",
        ),
    ),
    _decision(
        "copertura",
        ("richieste servite, in parte, non servite; ore coperte", "requests served, in part, not; hours"),
        ("tutto", "soglia", "proprio"),
        (
            "conteggi di bambini: Regole deontologiche Sistan, all. 1, art. 5 (GU 14/01/2019): minimo 3",
            "counts of children: Sistan ethical rules, annex 1, art. 5 (GU 14/01/2019): at least 3",
        ),
    ),
    _decision(
        "motivi",
        ("perché una richiesta non è servita, per regola", "why a request is not served, by rule"),
        ("tutto", "soglia", "niente"),
        (
            "un motivo descrive una famiglia: solo conteggi, sopra la soglia",
            "a reason describes a family: counts only, from the threshold on",
        ),
    ),
    _decision(
        "bambini_accordo",
        ("bambini e posti usati di un accordo", "children and used places of an agreement"),
        ("tutto", "soglia", "proprio"),
        (
            "conteggi di bambini; il gestore li accoglie e li conosce",
            "counts of children; the gestore looks after them and knows them",
        ),
    ),
    _decision(
        "accordi",
        (
            "posti riservati, e quanto impegnano tutti usati e tutti vuoti",
            "reserved places, and what they commit to all used and all empty",
        ),
        ("tutto", "proprio", "proprio"),
        ("è il contratto fra le due parti", "it is the contract between the two parties"),
    ),
    _decision(
        "fasce",
        ("fasce aperte: orario, giorni, prezzo", "open fasce: hours, days, price"),
        ("tutto", "proprio", "proprio"),
        (
            "un'azienda vede quelle dei gestori con cui ha un accordo, con i soli bambini suoi",
            "a company sees those of the gestori it has an agreement with, and its own children only",
        ),
    ),
    _decision(
        "costi_produzione",
        ("costi di produzione, pareggio, bambino in più", "production costs, break-even, a further child"),
        ("tutto", "niente", "proprio"),
        ("sono conti del gestore", "they are the gestore's own accounts"),
    ),
    _decision(
        "personale",
        ("educatrici in servizio", "educators on duty"),
        ("tutto", "niente", "proprio"),
        (
            "dal personale per banda di età si risale a quanti bambini ci sono",
            "staff by age band tells how many children there are",
        ),
    ),
    _decision(
        "presenze",
        ("presenze per giorno e ora", "presence by weekday and time"),
        ("tutto", "niente", "proprio"),
        (
            "una scomposizione per orario rivela il turno di una persona",
            "a breakdown by hours reveals the shift of a person",
        ),
    ),
    _decision(
        "listino",
        ("prezzi e clausole del gestore", "prices and clauses of the gestore"),
        ("tutto", "proprio", "proprio"),
        ("è il contratto fra le due parti", "it is the contract between the two parties"),
    ),
    _decision(
        "posti_offerti",
        (
            "posti offerti, capienza, bambini già presenti",
            "places offered, capacity, children already there",
        ),
        ("tutto", "niente", "proprio"),
        (
            "con i posti offerti e i propri un'azienda calcola quelli delle altre",
            "from the places offered and its own a company reckons those of the others",
        ),
    ),
    _decision(
        "budget",
        ("quota e budget di un'azienda", "share and budget of a company"),
        ("tutto", "proprio", "niente"),
        ("sono conti dell'azienda", "they are the company's own accounts"),
    ),
    _decision(
        "registro",
        ("importi a carico dell'azienda", "amounts paid by the company"),
        ("tutto", "proprio", "proprio"),
        (
            "un importo da cui si risale alla retta di una famiglia è sostituito dalla quota fissa "
            "dell'azienda; sotto la soglia solo il totale del piano, per tutti gli accordi: accanto al "
            "prezzo, quello di un mese dice se un posto è usato",
            "an amount that tells a family's fee is replaced by the company's flat share; below the "
            "threshold only the total of the plan, over all agreements: beside the price, that of a month "
            "tells whether a place is used",
        ),
    ),
    _decision(
        "altri_pagatori",
        ("quanto paga chi non è un'azienda", "what payers other than companies pay"),
        ("tutto", "somma", "somma"),
        (
            "il bonus INPS dice la fascia ISEE: chi non è un'azienda è una riga sola",
            "the INPS bonus tells the ISEE class: whoever is no company is one line",
        ),
    ),
    _decision(
        "avvisi",
        ("avvisi e valori dell'obiettivo", "notices and values of the objective"),
        ("tutto", "niente", "niente"),
        ("parlano di tutte le aziende insieme", "they speak of all companies together"),
    ),
    _decision(
        "ipotesi",
        ("cifre non verificate", "unverified figures"),
        ("tutto", "proprio", "proprio"),
        (
            "quelle comuni a tutti e le proprie, non quelle degli altri",
            "those common to all and one's own, not those of the others",
        ),
    ),
    _decision(
        "manifesto",
        ("versioni, seme, impronta, sostituzioni", "versions, seed, digest, substitutions"),
        ("tutto", "proprio", "proprio"),
        (
            "solo versioni e seme: le sostituzioni possono contenere valori di altri, e dall'impronta, a "
            "tentativi, si ricava un valore se si conoscono tutti gli altri",
            "versions and seed only: substitutions may hold values of others, and whoever knows all other "
            "values may find one from the digest by trying",
        ),
    ),
    _decision(
        "clausole",
        ("clausole, come sono state pattuite", "clauses, as they were agreed"),
        ("tutto", "proprio", "proprio"),
        (
            "ciascuno conosce i suoi patti; quelli di un altro, e i nomi dei percorsi che si suppongono, no",
            "everybody knows its own terms; not those of others, nor the names of the supposed courses",
        ),
    ),
    _decision(
        "casi",
        (
            "minimo, atteso e massimo nella vita dell'accordo",
            "least, expected and most over the agreement's life",
        ),
        ("tutto", "proprio", "proprio"),
        (
            "all'azienda non si mostrano dove ciò che paga dipende dalle rette: con pochi bambini le "
            "direbbero",
            "a company does not read them where what it pays depends on fees: with few children they "
            "would tell",
        ),
    ),
    _decision(
        "eventi_supposti",
        (
            "quanti entrano, escono, cambiano turno nei casi estremi; posti vuoti",
            "how many enter, leave or change shift in the extreme cases; empty places",
        ),
        ("tutto", "proprio", "proprio"),
        (
            "sono supposizioni, senza sigle né mesi; all'azienda i posti vuoti solo se tutti i suoi posti "
            "usati sono sopra la soglia",
            "they are suppositions, without ids or months; a company reads empty places only where all its "
            "used ones reach the threshold",
        ),
    ),
    _decision(
        "impegno",
        ("impegno per i posti riservati, mese per mese", "commitment for reserved places, month by month"),
        ("tutto", "proprio", "proprio"),
        (
            "segue solo dal contratto: posti, prezzi, indicizzazione, parte dovuta se vuoti; nessun bambino",
            "it follows from the contract alone: places, prices, indexation, part due when empty; no child",
        ),
    ),
    _decision(
        "parti_eque",
        ("parti eque del costo di produzione", "fair shares of the production cost"),
        ("tutto", "proprio", "niente"),
        (
            "l'azienda vede quanto spenderebbe da sola e la sua parte, non i costi dei gestori né le "
            "altre; mai "
            "le parti per bambini o per ore, che direbbero quanti ne ha",
            "a company sees its cost alone and its part, neither the providers' costs nor the others; "
            "never the "
            "parts by children or hours, which would tell how many it has",
        ),
    ),
)

_BY_TOPIC: Mapping[Topic, Decision] = MappingProxyType({one.topic: one for one in DECISIONS})


def extent(topic: Topic, audience: Audience) -> Extent:
    """Tell how much of a thing an audience sees."""
    return _BY_TOPIC[topic].extent[audience]


def sees(topic: Topic, audience: Audience) -> bool:
    """Tell whether an audience sees anything of a thing."""
    return extent(topic, audience) != "niente"


def audience_words(audience: Audience) -> str:
    """Name an audience as a reader would."""
    words = {
        "distretto": text("il distretto", "the district"),
        "azienda": text("un'azienda", "one company"),
        "gestore": text("un gestore", "one gestore"),
    }
    return words[audience]


class AudienceError(NidoError):
    """An audience without its subject, or with one that the scenario does not have."""

    exit_code = 2


def check_subject(audience: Audience, subject: str | None, known: Mapping[Audience, frozenset[str]]) -> None:
    """Refuse a view of a company or gestore that does not exist, and one of nobody.

    Parameters
    ----------
    audience, subject
        Whom the view is for; the district is one, so it has no subject.
    known
        Ids of companies and gestori of the scenario.

    Raises
    ------
    AudienceError
        If they do not go together.
    """
    if audience == "distretto":
        if subject is not None:
            raise AudienceError(
                text("il distretto è uno solo: niente id", "there is one district: no id is needed")
            )
        return
    if subject not in known[audience]:
        raise AudienceError(
            text(
                "{audience}: id sconosciuto; ci sono {names}",
                "{audience}: unknown id; there are {names}",
                audience=audience,
                names=", ".join(sorted(known[audience])),
            )
        )

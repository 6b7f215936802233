"""What a course of events does to the agreements: frozen, month by month and line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from nido.accordi.ledger import Riga
from nido.accordi.simulazione.orizzonte import Mese
from nido.scenari.accordo_quadro import Evento


@dataclass(frozen=True, slots=True)
class Corso:
    """A course of events to be played.

    Attributes
    ----------
    id, nome
        Its name, short and long.
    peso
        Its weight in the expected case.
    eventi
        In order of month.
    vuoto
        True when none of the plan's children turns up.
    per_esteso
        Whether its months and lines are kept, beside its totals.
    """

    id: str
    nome: str
    peso: Fraction
    eventi: tuple[Evento, ...] = ()
    vuoto: bool = False
    per_esteso: bool = True


@dataclass(frozen=True, slots=True)
class Ospite:
    """A waiting child who uses a place lent by another convention, for a month."""

    bambino: str
    azienda: str
    gestore: str


class ConvenzioneMese(NamedTuple):
    """A convention in a month in which it is in force (docs/risultato.md, accordi.json).

    Attributes
    ----------
    mese
        The month.
    convenzione
        Position of the convention.
    azienda, gestore, stagione
        The agreement.
    riservati, residenti, usati, prestati
        Reserved places, the residents' part of them, those in use, those lent to guests.
    ammessi, in_attesa
        Children, in the order of the file, then of entry; who is a guest elsewhere waits too.
    ospiti
        Its waiting children who are guests, and where.
    vuoti
        (part of the price due, places), the highest part first.
    rivenduti, bloccati
        How many of those are resold, or blocked.
    fonti
        For each child admitted or guest, the child of the plan whose hours it has.
    minuti
        Covered minutes of the admitted.
    insieme
        Peak of the admitted of all companies at the provider.
    """

    mese: Mese
    convenzione: int
    azienda: str
    gestore: str
    stagione: str
    riservati: int
    residenti: int
    usati: int
    prestati: int
    ammessi: tuple[str, ...]
    in_attesa: tuple[str, ...]
    ospiti: tuple[Ospite, ...]
    vuoti: tuple[tuple[Decimal, int], ...]
    rivenduti: int
    bloccati: int
    fonti: Mapping[str, str]
    minuti: int
    insieme: int


@dataclass(frozen=True, slots=True)
class Movimento:
    """Cash of a deposit: positive when the company pays; `saldo_cent` is what is then held."""

    mese: str
    azienda: str
    gestore: str
    importo_cent: int
    saldo_cent: int


@dataclass(frozen=True, slots=True)
class TotaliCorsa:
    """Totals of the lines of a course, in cents; only who has lines.

    Attributes
    ----------
    totale_cent
        Everything; equal to the sum of `per_pagatore` and to that of `per_componente`.
    per_pagatore
        In the order of the stack, ``scoperto`` last.
    per_azienda, per_gestore
        Whole price of the agreements, whoever pays it, in the order of the scenario.
    per_componente
        In the order of the ledger.
    """

    totale_cent: int
    per_pagatore: Mapping[str, int]
    per_azienda: Mapping[str, int]
    per_gestore: Mapping[str, int]
    per_componente: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SommeAnno:
    """What is paid in a year of the agreements, in cents; only who has amounts."""

    per_pagatore: Mapping[str, int]
    per_gestore: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Uso:
    """The places of a convention over a course.

    Attributes
    ----------
    azienda, gestore
        The convention.
    mesi
        Months in force.
    riservati, usati, vuoti
        Places times months: reserved, used (also by guests), empty.
    ultimo
        Last month in force.
    """

    azienda: str
    gestore: str
    mesi: int
    riservati: int
    usati: int
    vuoti: int
    ultimo: str


@dataclass(frozen=True, slots=True)
class Corsa:
    """A course of events, played.

    Attributes
    ----------
    corso
        The course.
    nuovi_bambini
        Children who enter.
    mesi_attesa
        Months of waiting, over all children; months as a guest are among them.
    mesi
        Every convention and month in force; empty unless `corso.per_esteso`.
    righe
        Ledger lines; empty unless `corso.per_esteso`.
    totali
        Their totals.
    deposito
        Movements of the deposits; empty unless `corso.per_esteso`.
    anni
        What is paid year by year; in all, `totali`.
    usi
        The places of every convention that is ever in force.
    """

    corso: Corso
    nuovi_bambini: int
    mesi_attesa: int
    mesi: tuple[ConvenzioneMese, ...]
    righe: tuple[Riga, ...]
    totali: TotaliCorsa
    deposito: tuple[Movimento, ...]
    anni: tuple[SommeAnno, ...] = ()
    usi: tuple[Uso, ...] = ()

"""What a solve gives back, in the scenario's own names: pure frozen types, no logic of the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Stato = Literal["ottimo", "entro_gap", "interrotto", "infattibile", "nessuna_soluzione"]
StatoLivello = Literal["dimostrato", "non_dimostrato", "non_raggiunto"]
BASE = "base"
EVERY_BAND = "tutte"


@dataclass(frozen=True, slots=True)
class Tier:
    """One objective tier as solved.

    Attributes
    ----------
    nome, unita, verso
        Name, unit of value and bound, and whether it is maximised or minimised.
    valore, limite
        Best value found when the tier was solved, and proven bound; None when it was not reached.
    valore_piano
        Value of the returned plan, which may give up to `tolleranza` of `valore` to later tiers.
    gap
        ``|valore - limite| / max(1, |valore|)``, rounded to 9 decimals.
    tolleranza
        Slack granted to later tiers, 0 to 1, as text.
    condizionato
        True when an earlier tier is unproven, so that the bound holds only given its value.
    """

    nome: str
    unita: str
    verso: Literal["max", "min"]
    valore: int | None
    valore_piano: int | None
    limite: int | None
    gap: float | None
    tolleranza: str
    stato: StatoLivello
    condizionato: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """A request served by a provider.

    Attributes
    ----------
    minuti_richiesti, minuti_scoperti
        Length of the care window in the season, and the part that is not covered, in minutes.
    fasce
        Booked fasce, in the provider's order.
    giorni
        Days of the season with a care window.
    giorni_pasto
        Days of presence at lunch time, for which a meal is served.
    mesi
        Months (``2026-09``) of the season that hold at least one day of the request.
    mesi_fascia
        For each booked fascia, the months with at least one of its days inside the request.
    giorni_mese
        `giorni` by month; months without such a day are left out.
    """

    bambino: str
    azienda: str
    gestore: str
    stagione: str
    minuti_richiesti: int
    minuti_scoperti: int
    fasce: tuple[str, ...]
    giorni: int
    giorni_pasto: int
    deviazione_minuti: int
    mesi: tuple[str, ...]
    mesi_fascia: Mapping[str, tuple[str, ...]]
    giorni_mese: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a provider does not serve a request, the rest of the plan being fixed."""

    gestore: str
    regola: str
    dettaglio: str
    tipo: Literal["impossibile_da_solo", "posto_preso_da_altri", "altro_gestore"]


@dataclass(frozen=True, slots=True)
class Unserved:
    """A request that nobody serves; `minuti_riferimento` is its length with no travel, in minutes."""

    bambino: str
    azienda: str
    stagione: str
    minuti_riferimento: int
    motivi: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class PartlyServed:
    """A served request with uncovered minutes, and why no provider covers more of them."""

    bambino: str
    azienda: str
    stagione: str
    gestore: str
    minuti_scoperti: int
    motivi: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """An open fascia.

    Attributes
    ----------
    bambini, bambini_dipendenti
        How many children book it, and who: without it each would lose covered minutes.
    giorni
        Days open in the season.
    costo_cent
        Additional staff plus the fixed cost (docs/modello.md, section 9), rounded once.
    costo_bambino_in_piu_cent
        What one more child who used all of it would add (docs/modello.md, section 10), in the dearest band;
        None where neither staff nor child-hours are counted.
    banda_bambino_in_piu
        That band; None where all cost the same.
    """

    gestore: str
    fascia: str
    stagione: str
    bambini: int
    giorni: int
    costo_cent: int
    bambini_dipendenti: tuple[str, ...] = ()
    costo_bambino_in_piu_cent: int | None = None
    banda_bambino_in_piu: str | None = None


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Educators of one band on duty between two clock minutes on every day of a fascia (or on one date)."""

    gestore: str
    stagione: str
    fascia: str
    data: date | None
    inizio: int
    fine: int
    banda: str
    educatrici: int
    esistenti: int
    giorni: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """Places reserved by a company at a provider in a season; `usati_mese` = peak presence per month."""

    azienda: str
    gestore: str
    stagione: str
    posti: int
    bambini: int
    usati_mese: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CapacityUse:
    """Peak presence and enrolment at a provider in a season: the law does not say which one counts."""

    gestore: str
    stagione: str
    presenti_massimi: int
    iscritti: int
    posti: int


@dataclass(frozen=True, slots=True)
class TogetherUse:
    """Peak presence per month of the children of all companies at a provider in a season."""

    gestore: str
    stagione: str
    insieme_mese: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Notice:
    """A limit that the scenario wants signalled, not enforced."""

    regola: str
    dove: str
    dettaglio: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A requirement of an infeasible scenario that cannot hold together with the others of its group.

    Attributes
    ----------
    gruppo
        Number of the group, from 1; groups share no requirement.
    dove, percorso
        Key of the scenario, as text and step by step.
    dettaglio
        What it asks for.
    rimedio
        The least change of this requirement alone that settles the group; None when none was found.
    minimo
        True when it is proven that no group of fewer requirements is in conflict.
    file, riga, colonna
        Where it is written, from 1; None when it is written nowhere or replaced by ``--set``.
    """

    gruppo: int
    regola: str
    dove: str
    dettaglio: str
    rimedio: str | None
    minimo: bool
    percorso: tuple[str, ...]
    file: str | None = None
    riga: int | None = None
    colonna: int | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """A single change that serves a request with nobody else covered less; the cost is that of production."""

    modifica: str
    gestore: str
    costo_aggiuntivo_cent: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Single changes that would serve a request (`posto`) or cover it wholly, the cheapest first.

    Attributes
    ----------
    provate
        How many single changes were tried.
    completa
        False when the search stopped before it had tried every one.
    """

    bambino: str
    stagione: str
    chiesto: Literal["posto", "copertura_piena"]
    modifiche: tuple[Remedy, ...]
    provate: int
    completa: bool


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan and the proof of how good it is (docs/risultato.md)."""

    stato: Stato
    unita_costo_cent: int
    arrotondamento_massimo_cent: int
    livelli: tuple[Tier, ...]
    assegnazioni: tuple[Assignment, ...]
    non_assegnati: tuple[Unserved, ...]
    aperture: tuple[Opening, ...]
    personale: tuple[StaffLine, ...]
    accordi: tuple[Agreement, ...]
    capienza: tuple[CapacityUse, ...]
    avvisi: tuple[Notice, ...]
    ordine_domanda: tuple[str, ...]
    ordine_sorteggiato: bool
    costo_produzione_cent: int
    stato_solutore: tuple[str, ...] = field(default=())
    interrotto_da_utente: bool = False
    conflitti: tuple[Conflict, ...] = ()
    spiegazioni: tuple[Explanation, ...] = ()
    uso_insieme: tuple[TogetherUse, ...] = ()
    parziali: tuple[PartlyServed, ...] = ()
    motivi_completi: bool = True

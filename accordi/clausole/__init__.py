"""Clauses of a framework agreement: one file each, in the order in which they act on a month.

A new clause is a file with its hooks, its class in `nido.scenari.clausole`, a test and a line here.
"""

from nido.accordi.clausole import (
    deposito,
    durata_minima,
    indicizzazione,
    ore_minime,
    posti_massimi,
    posti_minimi,
    posto_nuovo,
    preavviso,
    prenotazioni_minime,
    quota_residenti,
    rifiuto,
    rilascio_annuale,
    rilascio_mercato,
    rinnovo,
    sconto_volume,
    solo_stagioni,
    sostituzione,
    trasferimento,
    vuoto_per_pieno,
)
from nido.accordi.clausole.base import Clause

CLAUSES: tuple[Clause, ...] = (
    durata_minima.CLAUSE,
    rinnovo.CLAUSE,
    preavviso.CLAUSE,
    solo_stagioni.CLAUSE,
    posti_minimi.CLAUSE,
    posti_massimi.CLAUSE,
    quota_residenti.CLAUSE,
    trasferimento.CLAUSE,
    posto_nuovo.CLAUSE,
    rifiuto.CLAUSE,
    # What an empty place owes: the agreed part, less the credit; inside the window its own part.
    vuoto_per_pieno.CLAUSE,
    rilascio_mercato.CLAUSE,
    sostituzione.CLAUSE,
    rilascio_annuale.CLAUSE,
    indicizzazione.CLAUSE,
    sconto_volume.CLAUSE,
    prenotazioni_minime.CLAUSE,
    ore_minime.CLAUSE,
    deposito.CLAUSE,
)

"""The scenario: everything a user writes, in human units, frozen and strict."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.base import Frozen
from nido.scenari.domanda import Azienda, Bambino, Periodo, Rotazione
from nido.scenari.fields import Identifier, IsoDate, Personal, TimeRange
from nido.scenari.generata import DomandaGenerata
from nido.scenari.offerta import Gestore
from nido.scenari.regole import (
    Alternativa,
    Calendario,
    Domanda,
    Obiettivo,
    Pagatore,
    Regole,
    Tariffa,
    Viaggio,
    default_payers,
)

FORMATO = "nido-scenario/1"
SYNTHETIC = "DATI SINTETICI"


class Stagione(Frozen):
    """A part of the horizon for which places are agreed; whole months, since fees are monthly."""

    id: Identifier = Field(description="Nome breve: autunno, primavera, estate.")
    nome: str = Field(default="", max_length=120, description="Nome esteso.")
    inizio: IsoDate = Field(description="Primo giorno: il primo di un mese.")
    fine: IsoDate = Field(description="Ultimo giorno, compreso: l'ultimo di un mese.")


class Scenario(Frozen):
    """A district's case: calendar, demand, supply, rules, objective and payers."""

    formato: Literal["nido-scenario/1"] = Field(description="Versione del formato.")
    nome: str = Field(min_length=1, max_length=200, description="Titolo, mostrato su ogni uscita.")
    avvertenza: str = Field(
        default="",
        max_length=200,
        description="La scrive nido nello scenario risolto: DATI SINTETICI se lo sono.",
    )
    dati_sintetici: bool = Field(description="Vero: la domanda è sintetica, e ogni uscita lo dice.")
    passo_minuti: Literal[15, 30] = Field(default=15, description="Griglia del tempo, in minuti.")
    profilo: str = Field(default="trentino", max_length=40, description="Profilo regionale delle regole.")
    orario_standard: TimeRange = Field(
        default=TimeRange(8 * 60 + 30, 16 * 60 + 30),
        description="Orario ordinario con cui si confronta il piano.",
    )
    calendario: Calendario = Field(default_factory=Calendario, description="Giorni di chiusura generali.")
    stagioni: tuple[Stagione, ...] = Field(min_length=1, max_length=24, description="Stagioni, in ordine.")
    viaggio: Viaggio = Field(default_factory=Viaggio, description="Tempi di viaggio.")
    domanda: Domanda = Field(default_factory=Domanda, description="Che cosa si chiede ai gestori.")
    rotazioni: tuple[Rotazione, ...] = Field(default=(), description="Rotazioni di turno.")
    aziende: tuple[Azienda, ...] = Field(min_length=1, max_length=500, description="Aziende.")
    gestori: tuple[Gestore, ...] = Field(min_length=1, max_length=2000, description="Gestori.")
    bambini: Annotated[tuple[Bambino, ...], Personal()] = Field(
        default=(), max_length=20_000, description="Bambini."
    )
    bambini_csv: str | None = Field(
        default=None,
        max_length=200,
        description="CSV con un bambino per riga, nella cartella dello scenario.",
    )
    domanda_generata: DomandaGenerata | None = Field(
        default=None, description="Bambini sintetici generati dal numero di dipendenti delle aziende."
    )
    generata_da: DomandaGenerata | None = Field(
        default=None,
        description="La scrive nido nello scenario risolto: i numeri da cui i bambini sono già nati; "
        "non ne fa nascere altri.",
    )
    regole: Regole = Field(default_factory=Regole, description="Regole.")
    obiettivo: Obiettivo = Field(default_factory=Obiettivo, description="Obiettivo.")
    tariffe: tuple[Tariffa, ...] = Field(
        default=(), max_length=50, description="Rette delle famiglie, oltre a quelle delle tabelle."
    )
    pagatori: tuple[Pagatore, ...] = Field(
        default_factory=default_payers, min_length=1, max_length=20, description="Chi paga, in ordine."
    )
    accordo_quadro: AccordoQuadro = Field(
        default_factory=AccordoQuadro, description="Durata, clausole e percorsi degli accordi quadro."
    )
    alternativa: Alternativa = Field(
        default_factory=Alternativa, description="Che cosa farebbe un'azienda senza le altre."
    )


def closed_in(periods: tuple[Periodo, ...], day: date) -> bool:
    """Tell whether a day falls in one of some closed periods.

    Parameters
    ----------
    periods
        Periods, both ends included.
    day
        A `datetime.date`.

    Returns
    -------
    bool
        True when some period holds the day.
    """
    return any(period.inizio <= day <= period.fine for period in periods)

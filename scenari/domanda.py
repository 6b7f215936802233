"""Demand side of a scenario: companies, rotas, adults and children."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from nido.data import Voce, voce
from nido.scenari.base import Frozen, Luogo, NomeComune
from nido.scenari.fields import (
    BambinoId,
    Euro,
    Identifier,
    IsoDate,
    Share,
    ShiftRange,
    TimeRange,
    Weekdays,
    riservato,
)
from nido.scenari.named_figures import OR_SENTENCE, Ipotizzate
from nido.scenari.tabulated import tabulated

Riposo = Literal["riposo"]


class Periodo(Frozen):
    """A closed interval of days."""

    inizio: IsoDate = Field(description="Primo giorno, compreso.")
    fine: IsoDate = Field(description="Ultimo giorno, compreso.")
    motivo: str = Field(default="", max_length=200, description="Perché: chiusura, ferie, manutenzione.")


class Azienda(Frozen):
    """A company whose employees ask for places."""

    id: Identifier = Field(description="Nome breve, usato in tutto lo scenario.")
    nome: str = Field(min_length=1, max_length=120, description="Nome esteso.")
    sede: Luogo = Field(description="Dove si lavora: comune, oppure coordinate.")
    chiusure: tuple[Periodo, ...] = Field(default=(), description="Giorni senza turni per tutta l'azienda.")
    quota: Share = tabulated(
        "clausole.quota_azienda", description="Parte del prezzo a carico dell'azienda, da 0 a 1."
    )
    budget_annuo: Euro | None = Field(
        default=None,
        description="Massimo di spesa nell'orizzonte, in euro: limita il listino (posto, vuoto, fascia, ora) "
        "per quota. Quanto l'azienda paga davvero lo dice la pila dei pagatori; se è di più, c'è un avviso.",
    )
    importo_mese: Euro | None = Field(
        default=None,
        description="Euro per bambino e mese a suo carico, per il modo fisso_azienda; assente = quello del "
        "pagatore.",
    )
    certificata: bool = Field(
        default=False,
        description="Vero: ha la certificazione (audit famiglia e lavoro) che alza un cofinanziamento.",
    )
    posti_massimi: int | None = Field(
        default=None, ge=0, le=10_000, description="Massimo di posti riservati per stagione, in tutto."
    )
    ipotesi: Annotated[tuple[Ipotizzate, ...], *OR_SENTENCE] = Field(
        default=(),
        max_length=100,
        description="Che cosa di questa azienda è ipotesi: cifre per nome, o una frase.",
    )


class TurnoSettimanale(Frozen):
    """Hours worked on some weekdays."""

    giorni: Weekdays = Field(description="Giorni: lun-ven, sab, lun,mer,ven, tutti.")
    orario: ShiftRange = Field(description="Da-a, per esempio 06:00-14:00; 22:00-06:00 passa la mezzanotte.")


class TurnoData(Frozen):
    """Hours worked on one date."""

    data: IsoDate = Field(description="Giorno in cui il turno comincia.")
    orario: ShiftRange = Field(description="Da-a.")


class RotazioneFissa(Frozen):
    """The same hours every week."""

    id: Identifier = Field(description="Nome breve della rotazione.")
    tipo: Literal["fissa"] = Field(description="Gli stessi orari ogni settimana.")
    turni: tuple[TurnoSettimanale, ...] = Field(min_length=1, description="Turni della settimana.")
    lavora_festivi: bool = Field(default=False, description="Si lavora anche nei giorni festivi.")


class RotazioneSettimanale(Frozen):
    """A cycle of weeks (2x8, 3x8); week one starts on the Monday of ``inizio_ciclo``."""

    id: Identifier = Field(description="Nome breve della rotazione.")
    tipo: Literal["settimanale"] = Field(description="Un ciclo di settimane (2x8, 3x8).")
    inizio_ciclo: IsoDate = Field(description="Un giorno della prima settimana del ciclo.")
    settimane: tuple[tuple[TurnoSettimanale, ...], ...] = Field(
        min_length=1, max_length=53, description="Una lista di turni per settimana; lista vuota = riposo."
    )
    lavora_festivi: bool = Field(default=False, description="Si lavora anche nei giorni festivi.")


class RotazioneGiorni(Frozen):
    """A cycle of n days (hospital *turno in quinta*)."""

    id: Identifier = Field(description="Nome breve della rotazione.")
    tipo: Literal["giorni"] = Field(description="Un ciclo di giorni (turno in quinta).")
    inizio_ciclo: IsoDate = Field(description="Primo giorno del ciclo.")
    ciclo: tuple[ShiftRange | Riposo, ...] = Field(
        min_length=1, max_length=366, description="Un orario o «riposo» per ogni giorno del ciclo."
    )
    lavora_festivi: bool = Field(default=True, description="Si lavora anche nei giorni festivi.")


class RotazioneDate(Frozen):
    """Explicit dates."""

    id: Identifier = Field(description="Nome breve della rotazione.")
    tipo: Literal["date"] = Field(description="Turni scritti data per data.")
    turni: tuple[TurnoData, ...] = Field(min_length=1, description="Turni, uno per data.")
    lavora_festivi: bool = Field(default=True, description="Valgono anche nei giorni festivi.")


Rotazione = Annotated[
    RotazioneFissa | RotazioneSettimanale | RotazioneGiorni | RotazioneDate, Field(discriminator="tipo")
]


class TurnoAdulto(Frozen):
    """A rota followed by an adult, possibly for a part of the year (seasonal peaks)."""

    rotazione: Identifier = Field(description="Id di una rotazione.")
    fase: int = Field(
        default=0, ge=0, le=365, description="Di quante settimane (o giorni) si è avanti nel ciclo."
    )
    dal: IsoDate | None = Field(default=None, description="Primo giorno in cui vale; assente = da sempre.")
    al: IsoDate | None = Field(default=None, description="Ultimo giorno in cui vale; assente = per sempre.")


class Adulto(Frozen):
    """An adult who cares for the child and is not free while at work."""

    azienda: Identifier | None = Field(default=None, description="Azienda dello scenario in cui lavora.")
    sede: Luogo | None = Field(
        default=None, description="Luogo di lavoro, se non è un'azienda dello scenario."
    )
    turni: tuple[TurnoAdulto, ...] = Field(min_length=1, description="Le rotazioni seguite.")


class Finestra(Frozen):
    """A care window given by hand: travel is not added."""

    giorni: Weekdays = Field(description="Giorni della settimana.")
    orario: TimeRange = Field(description="Da-a, nello stesso giorno.")
    dal: IsoDate | None = Field(default=None, description="Primo giorno in cui vale.")
    al: IsoDate | None = Field(default=None, description="Ultimo giorno in cui vale.")


class Assegnazione(Frozen):
    """A pinned assignment."""

    gestore: Identifier = Field(description="Gestore fissato.")
    stagione: Identifier | None = Field(default=None, description="Stagione; assente = tutte quelle chieste.")


class Bambino(Frozen):
    """A child for whom an employee asks a place. Ids only: never a name."""

    id: BambinoId = Field(description="Sigla, per esempio B001: mai un nome.")
    azienda: Identifier = Field(description="Azienda che chiede il posto.")
    nascita: IsoDate = Field(description="Data di nascita.")
    comune: NomeComune = Field(description="Comune di residenza.")
    casa: Luogo | None = riservato(default=None, description="Casa, se diversa dal punto del comune.")
    ingresso: IsoDate | None = Field(default=None, description="Primo giorno chiesto; assente = da subito.")
    uscita: IsoDate | None = Field(
        default=None,
        description="Primo giorno non più chiesto; assente = ingresso alla scuola dell'infanzia.",
    )
    adulti: tuple[Adulto, ...] = Field(
        default=(), max_length=4, description="Adulti che lo accudiscono; il posto serve se nessuno è libero."
    )
    finestre: tuple[Finestra, ...] = Field(
        default=(), description="Finestre di accudimento scritte a mano, al posto degli adulti."
    )
    giorni: Weekdays | None = Field(
        default=None,
        description="Posto intero: giorni in cui sta al nido per l'orario base, senza adulti né finestre.",
    )
    assenze: tuple[Periodo, ...] = Field(default=(), description="Giorni in cui il posto non serve (ferie).")
    desideri: tuple[Identifier, ...] = Field(default=(), description="Gestori graditi, dal più gradito.")
    esclusi: tuple[Identifier, ...] = Field(default=(), description="Gestori non accettati.")
    peso: int = Field(default=1, ge=1, le=1000, description="Peso nell'obiettivo di copertura.")
    priorita: int = Field(default=1, ge=1, le=99, description="Classe di priorità: 1 viene prima di 2.")
    fratello_di: BambinoId | None = Field(default=None, description="Altro bambino della stessa famiglia.")
    assegnato_a: tuple[Assegnazione, ...] = Field(default=(), description="Assegnazioni già decise.")
    gia_iscritto: Identifier | None = Field(default=None, description="Gestore che già frequenta.")
    sintetico: bool = Field(default=False, description="Vero: bambino generato, che non esiste.")
    isee: Euro | None = riservato(default=None, description="ISEE in euro, per il bonus INPS.")
    icef: Share | None = riservato(
        default=None, description="ICEF, per le rette e i buoni di servizio; senza, la retta è la massima."
    )
    tempo: Literal["pieno", "parziale"] = Field(
        default="pieno", description="Posto a tempo pieno o parziale, per il trasferimento provinciale."
    )
    beneficio: Literal["inps", "irpef"] | None = Field(
        default=None,
        description="Bonus INPS o detrazione IRPEF, mai tutti e due; assente = il primo nella pila.",
    )
    nido_comunale: Literal["disponibile", "escluso", "assente"] = Field(
        default="disponibile",
        description="Per i buoni di servizio: il nido comunale c'è, ha escluso il bambino, o non esiste.",
    )


def last_day(child: Bambino) -> date:
    """Tell the first day on which a child no longer asks for a place.

    Without an explicit ``uscita`` a child leaves on the day on which it may enter the scuola dell'infanzia:
    in the year of its third birthday, or the year before for those born early enough in their year (rows
    ``calendario.infanzia`` of the tables, with their source and validity).

    Parameters
    ----------
    child
        The child.

    Returns
    -------
    date
        First day without request (exclusive end of the request).
    """
    if child.uscita is not None:
        return child.uscita
    born, age = child.nascita, int(voce("calendario.infanzia.anni").numero)
    entry = voce("calendario.infanzia.ingresso")
    early = _day_of(entry, born.year + age - 1)
    last_born = voce("calendario.infanzia.nati_entro", early)
    return early if born <= _day_of(last_born, born.year) else _day_of(entry, born.year + age)


def _day_of(row: Voce, year: int) -> date:
    return date.fromisoformat(f"{year:04d}-{row.valore}")

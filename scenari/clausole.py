"""Clauses of a framework agreement as a scenario states them: one class per clause, absent = not agreed."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from nido.scenari.base import Frozen
from nido.scenari.fields import Identifier, Share
from nido.scenari.tabulated import tabulated

MONTHS_IN_YEAR = 12


class DurataMinima(Frozen):
    """Months before which neither a place nor the agreement can be given up."""

    mesi: int = Field(ge=1, le=120, description="Mesi dall'inizio; prima nessuna disdetta ha effetto.")


class Rinnovo(Frozen):
    """What happens at the end of the minimum term: the agreement goes on by periods."""

    mesi: int = Field(ge=1, le=60, description="Durata di ogni rinnovo, in mesi.")
    volte: int = Field(ge=0, le=20, description="Quante volte si rinnova da solo.")
    preavviso_mesi: int = Field(default=0, ge=0, le=24, description="Mesi prima della fine per recedere.")


class Preavviso(Frozen):
    """Notice with which a single place is given up."""

    giorni: int = tabulated(
        "clausole.preavviso",
        whole=True,
        ge=0,
        le=720,
        description="Giorni fra la disdetta di un posto e il suo effetto.",
    )


class VuotoPerPieno(Frozen):
    """Take-or-pay: the part of the price due for an empty reserved place, instead of the provider's own."""

    quota: Share = tabulated(
        "clausole.vuoto_per_pieno", description="Parte del prezzo dovuta per un posto vuoto."
    )


class Sostituzione(Frozen):
    """Window in which the company may propose another child for a place that has become empty."""

    giorni: int = tabulated(
        "clausole.sostituzione",
        whole=True,
        ge=0,
        le=360,
        description="Giorni in cui il posto vuoto resta all'azienda.",
    )
    quota: Share | None = Field(
        default=None,
        description="Parte del prezzo dovuta in questi giorni; assente = quella del posto vuoto.",
    )


class RilascioMercato(Frozen):
    """After the window an empty place may be given to others, and the company is credited."""

    mesi_rivendita: int = Field(
        ge=0, le=24, description="Mesi, dopo la finestra, in cui il gestore trova un'altra famiglia."
    )
    credito: Share = Field(
        default=Decimal(1),
        description="Parte del dovuto che l'azienda non paga più quando il posto è rivenduto.",
    )


class RilascioAnnuale(Frozen):
    """Date by which places without a child are given back for the next September, without notice."""

    mese: int = Field(
        default=5, ge=1, le=8, description="Mese, da 1 a 8, alla fine del quale si contano i posti vuoti."
    )


class Trasferimento(Frozen):
    """Who may use an empty place in the place of its child."""

    tra_dipendenti: bool = Field(default=True, description="Un altro bambino della stessa azienda.")
    tra_gestori: bool = Field(
        default=False,
        description="Un bambino della stessa azienda che non trova posto presso un altro gestore.",
    )
    tra_aziende: bool = Field(default=False, description="Un bambino di un'altra azienda, che paga il posto.")


class PostoNuovo(Frozen):
    """Whether a company's further child has a right to a place."""

    modo: Literal["garantito", "prioritario"] = Field(
        default="garantito",
        description="garantito: si riserva un posto in più; prioritario: aspetta il primo posto libero.",
    )


class PostiMinimi(Frozen):
    """Places below which an agreement never falls while it lasts."""

    posti: int = Field(ge=1, le=500, description="Posti riservati minimi.")


class PostiMassimi(Frozen):
    """Places above which an agreement never rises."""

    posti: int = Field(ge=1, le=500, description="Posti riservati massimi.")


class Scaglione(Frozen):
    """A step of a volume discount."""

    posti: int = Field(ge=1, le=10_000, description="Da quanti posti riservati vale.")
    sconto: Share = Field(description="Parte del prezzo del posto tolta, da 0 a 1.")


class ScontoVolume(Frozen):
    """Discount on the price of a place that grows with the reserved places."""

    conta: Literal["accordo", "azienda", "gestore"] = Field(
        default="accordo",
        description="Quali posti si contano: dell'accordo, dell'azienda presso tutti, di tutte lì.",
    )
    scaglioni: tuple[Scaglione, ...] = Field(min_length=1, max_length=20, description="Scaglioni, in ordine.")


class Indicizzazione(Frozen):
    """Yearly change of the prices."""

    quota: Share = tabulated(
        "clausole.indicizzazione", description="Parte della variazione dei prezzi che si applica."
    )
    variazione_annua: Decimal = Field(
        ge=Decimal("-0.2"),
        le=Decimal("0.5"),
        description="Variazione annua dei prezzi che si suppone: 0.02 = 2 %.",
    )


class Deposito(Frozen):
    """Deposit per reserved place, given back when the place is given up: cash, not a cost."""

    mensilita: Decimal = Field(gt=0, le=12, description="Mesi di prezzo del posto versati in deposito.")


class SoloStagioni(Frozen):
    """The agreement holds only in some seasons: summer-only places."""

    stagioni: tuple[Identifier, ...] = Field(min_length=1, max_length=24, description="Stagioni in cui vale.")


class PrenotazioniMinime(Frozen):
    """Bookings of a fascia that the company pays for in any case: take-or-pay of an opening."""

    fascia: Identifier = Field(description="Fascia del gestore.")
    bambini: int = Field(ge=1, le=100, description="Prenotazioni pagate anche se i bambini sono meno.")


class OreMinime(Frozen):
    """Child-hours a month that the company pays for in any case (flexible hours, Tagesmutter)."""

    ore_mese: int = Field(ge=1, le=10_000, description="Ore di bambino al mese pagate anche se usate meno.")


class QuotaResidenti(Frozen):
    """Part of the reserved places left to residents: the company neither uses nor pays them."""

    quota: Share = Field(description="Parte dei posti riservati lasciata ai residenti, arrotondata in giù.")


class Rifiuto(Frozen):
    """How many offered places a waiting family may decline before it goes to the end of the list."""

    massimo: int = Field(
        ge=1, le=20, description="Al rifiuto con questo numero il bambino va in fondo alla lista."
    )


class Clausole(Frozen):
    """One entry per clause; what is absent is not agreed (docs/clausole.md)."""

    durata_minima: DurataMinima | None = Field(default=None, description="Durata minima.")
    rinnovo: Rinnovo | None = Field(
        default=None, description="Rinnovi; senza, l'accordo dura quanto la simulazione."
    )
    preavviso: Preavviso | None = Field(
        default=None, description="Preavviso per posto; senza, ha effetto subito."
    )
    vuoto_per_pieno: VuotoPerPieno | None = Field(
        default=None, description="Quota del posto vuoto; senza, quella del gestore."
    )
    sostituzione: Sostituzione | None = Field(default=None, description="Finestra di sostituzione.")
    rilascio_mercato: RilascioMercato | None = Field(default=None, description="Rivendita del posto vuoto.")
    rilascio_annuale: RilascioAnnuale | None = Field(default=None, description="Rilascio per settembre.")
    trasferimento: Trasferimento | None = Field(
        default=None, description="Chi può usare un posto vuoto; senza, solo la stessa azienda."
    )
    posto_nuovo: PostoNuovo | None = Field(
        default=None, description="Diritto a un posto in più; senza, garantito."
    )
    posti_minimi: PostiMinimi | None = Field(default=None, description="Minimo di posti.")
    posti_massimi: PostiMassimi | None = Field(default=None, description="Massimo di posti.")
    sconto_volume: ScontoVolume | None = Field(default=None, description="Sconto per numero di posti.")
    indicizzazione: Indicizzazione | None = Field(default=None, description="Variazione annua dei prezzi.")
    deposito: Deposito | None = Field(default=None, description="Deposito.")
    solo_stagioni: SoloStagioni | None = Field(default=None, description="Accordo di sole alcune stagioni.")
    prenotazioni_minime: PrenotazioniMinime | None = Field(
        default=None, description="Minimo di prenotazioni di una fascia."
    )
    ore_minime: OreMinime | None = Field(default=None, description="Minimo di ore di bambino.")
    quota_residenti: QuotaResidenti | None = Field(default=None, description="Posti lasciati ai residenti.")
    rifiuto: Rifiuto | None = Field(default=None, description="Rifiuti ammessi.")

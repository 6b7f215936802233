"""What a scenario states about demand generated from company head counts."""

from decimal import Decimal

from pydantic import Field

from nido.scenari.base import Frozen, NomeComune
from nido.scenari.domanda import Periodo
from nido.scenari.fields import Identifier, Share
from nido.scenari.tabulated import tabulated


class AziendaGenerata(Frozen):
    """Head count and shifts of one company, from which children are generated."""

    azienda: Identifier = Field(description="Azienda dello scenario.")
    dipendenti: int = Field(ge=1, le=100_000, description="Dipendenti.")
    figli_per_100_dipendenti: Decimal | None = Field(
        default=None, ge=0, le=100, description="Bambini per 100 dipendenti; assente = il valore comune."
    )
    rotazioni: dict[Identifier, int] = Field(
        min_length=1, description="Peso di ogni rotazione fra i genitori dipendenti."
    )
    ipotesi: str = Field(default="", max_length=500, description="Che cosa di questi numeri è ipotesi.")


class FerieGenerate(Periodo):
    """A closed interval of days in which some of the families stay at home."""

    quota: Share = Field(default=Decimal(1), description="Parte delle famiglie che non chiede il posto.")


class DomandaGenerata(Frozen):
    """Synthetic demand: the same numbers and seed always give the same children."""

    seme: int = Field(default=0, ge=0, le=2_147_483_647, description="Seme del sorteggio.")
    figli_per_100_dipendenti: Decimal = tabulated(
        "aziende.figli_0_3_per_100_dipendenti",
        ge=0,
        le=100,
        description="Bambini da 0 a 2 anni per 100 dipendenti.",
    )
    nati: Periodo = Field(description="Primo e ultimo giorno di nascita possibili.")
    aziende: tuple[AziendaGenerata, ...] = Field(min_length=1, max_length=500, description="Aziende.")
    quota_secondo_adulto: Share = tabulated(
        "scelte.generata.quota_secondo_adulto",
        description="Parte delle famiglie con un secondo adulto, da 0 a 1.",
    )
    rotazioni_secondo_adulto: dict[Identifier, int] = Field(
        default_factory=dict, description="Peso di ogni rotazione fra i secondi adulti."
    )
    comuni_secondo_adulto: dict[NomeComune, int] = Field(
        default_factory=dict, description="Peso di ogni comune di lavoro dei secondi adulti."
    )
    comuni: tuple[NomeComune, ...] = Field(
        min_length=1,
        max_length=200,
        description="Comuni di residenza possibili, pesati con i bambini 0-2 residenti.",
    )
    chilometri_casa: Decimal = tabulated(
        "scelte.generata.chilometri_casa",
        gt=0,
        le=200,
        description="Distanza casa-azienda, in km, a cui il peso di un comune scende a circa un terzo.",
    )
    eta_ingresso_mesi: tuple[int, ...] = Field(
        default=(6, 7, 8, 9, 10, 11, 12),
        min_length=1,
        max_length=36,
        description="Età d'ingresso possibili, in mesi.",
    )
    quota_ingressi_in_corso_anno: Share = tabulated(
        "scelte.generata.quota_ingressi_in_corso_anno",
        description="Parte dei bambini già grandi che entra in un mese successivo al primo.",
    )
    quota_uscite_anticipate: Share = tabulated(
        "scelte.generata.quota_uscite_anticipate",
        description="Parte dei bambini che esce prima della scuola dell'infanzia.",
    )
    quota_fratelli: Share = tabulated(
        "scelte.generata.quota_fratelli",
        description="Parte dei bambini che è fratello di un altro bambino generato.",
    )
    ferie: tuple[FerieGenerate, ...] = Field(
        default=(), max_length=20, description="Periodi in cui una parte delle famiglie è a casa."
    )
    desideri_massimi: int = tabulated(
        "scelte.generata.desideri_massimi",
        whole=True,
        ge=0,
        le=20,
        description="Massimo di gestori graditi per famiglia, scelti fra i più vicini.",
    )

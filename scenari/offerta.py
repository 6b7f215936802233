"""Supply side of a scenario: providers, their hours, fasce, prices and costs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from nido.scenari.base import Frozen, Luogo, NomeComune
from nido.scenari.domanda import Periodo
from nido.scenari.fields import Euro, Identifier, IsoDate, TimeRange, Weekdays
from nido.scenari.named_figures import OR_SENTENCE, Ipotizzate
from nido.scenari.tabulated import tabulated

TipoGestore = Literal["nido", "micronido", "tagesmutter"]
RegimeIva = Literal["esente", "cinque_percento", "ventidue_percento"]
# VAT scheme -> row of its rate; an exempt provider charges none.
VAT_ROWS: Mapping[RegimeIva, str] = {
    "cinque_percento": "costi.iva.cooperative_sociali",
    "ventidue_percento": "costi.iva.ludoteca",
}


class OrarioBase(Frozen):
    """Hours that are open anyway on the provider's ordinary days."""

    giorni: Weekdays = Field(description="Giorni di apertura ordinari.")
    orario: TimeRange = Field(description="Da-a.")


class Fascia(Frozen):
    """Further opening that a provider may offer: early, late, Saturday, summer."""

    id: Identifier = Field(description="Nome breve: anticipo, posticipo, sabato, agosto.")
    giorni: Weekdays = Field(description="Giorni della settimana in cui è aperta.")
    orario: TimeRange = Field(description="Da-a; non si sovrappone all'orario base né ad altre fasce.")
    stagioni: tuple[Identifier, ...] = Field(
        default=(), description="Stagioni in cui si può aprire; vuoto = tutte."
    )
    in_chiusura: bool = Field(
        default=False, description="Vero: funziona solo nei giorni di chiusura del gestore (agosto)."
    )
    gia_aperta: bool = Field(default=False, description="Vero: è aperta comunque, non è una decisione.")
    prezzo_mese: Euro = Field(default=Decimal(0), description="Prezzo per bambino e mese, in euro.")
    costo_fisso: Euro = Field(
        default=Decimal(0), description="Costo fisso per stagione di apertura, in euro."
    )
    soglia_attivazione: int | None = Field(
        default=None, ge=1, le=100, description="Minimo di bambini; assente = quello delle regole."
    )


class Prezzi(Frozen):
    """Price list of a provider."""

    posto_mese: Euro = Field(default=Decimal(0), description="Prezzo di un posto per mese, in euro.")
    ora_bambino: Euro = Field(
        default=Decimal(0), description="Prezzo di un'ora-bambino (Tagesmutter), in euro."
    )
    pasto_giorno: Euro = Field(
        default=Decimal(0), description="Prezzo del pasto per giorno di pasto (presenza alle 12:00), in euro."
    )


class Costi(Frozen):
    """Additional production costs of a provider; absent figures come from the tables."""

    ora_educatrice: Euro | None = Field(default=None, description="Costo di un'ora lavorata, in euro.")
    ora_bambino: Euro | None = Field(
        default=None,
        description="Costo di un'ora-bambino: se c'è, il personale non si conta a ore (Tagesmutter).",
    )
    pasto_giorno: Euro | None = Field(
        default=None, description="Costo del pasto per giorno di pasto (presenza alle 12:00), in euro."
    )
    bambino_mese: Euro = Field(default=Decimal(0), description="Altri costi per bambino e mese, in euro.")
    partecipazione: Euro = Field(
        default=Decimal(0),
        description="Costo fisso per stagione in cui il gestore ha almeno un bambino, in euro.",
    )


class Gestore(Frozen):
    """A provider, or a group of Tagesmutter."""

    id: Identifier = Field(description="Nome breve, usato in tutto lo scenario.")
    nome: str = Field(min_length=1, max_length=120, description="Nome esteso.")
    tipo: TipoGestore = Field(description="nido, micronido o tagesmutter.")
    comune: NomeComune = Field(description="Comune in cui si trova.")
    posizione: Luogo | None = Field(default=None, description="Coordinate, se diverse dal punto del comune.")
    posti: int = Field(ge=0, le=500, description="Posti offerti alle aziende, in presenza contemporanea.")
    posti_stagione: dict[Identifier, int] = Field(
        default_factory=dict, description="Posti offerti in una stagione, se diversi."
    )
    posti_banda: dict[Identifier, int] = Field(
        default_factory=dict, description="Massimo per banda di età (bande del profilo), oltre al totale."
    )
    capienza: int | None = Field(
        default=None, ge=0, le=500, description="Capienza autorizzata, compresi i bambini già presenti."
    )
    esistenti: dict[Identifier, int] = Field(
        default_factory=dict, description="Bambini già presenti per banda di età, in tutto l'orario base."
    )
    operatrici: int = Field(
        default=1, ge=1, le=50, description="Tagesmutter del gruppo (solo tipo tagesmutter)."
    )
    eta_minima_mesi: int | None = Field(
        default=None, ge=0, le=36, description="Età minima all'ingresso, in mesi."
    )
    accreditato_dal: IsoDate | None = Field(default=None, description="Primo giorno di accreditamento.")
    accreditato_al: IsoDate | None = Field(default=None, description="Ultimo giorno di accreditamento.")
    accreditato: bool = Field(default=True, description="Il gestore è accreditato.")
    base: OrarioBase = Field(description="Orario base.")
    fasce: tuple[Fascia, ...] = Field(default=(), description="Aperture ulteriori possibili.")
    chiusure: tuple[Periodo, ...] = Field(default=(), description="Giorni di chiusura, oltre ai festivi.")
    posti_minimi_accordo: int = Field(
        default=0, ge=0, le=500, description="Minimo di posti per azienda e stagione, se c'è un accordo."
    )
    vuoto_per_pieno: Decimal = tabulated(
        "clausole.vuoto_per_pieno",
        ge=0,
        le=1,
        description="Parte del prezzo dovuta per un posto riservato vuoto, da 0 a 1.",
    )
    elenco_buoni: bool = Field(
        default=False, description="Vero: è nell'elenco di chi accetta i buoni di servizio."
    )
    regime_iva: RegimeIva = Field(
        default="esente",
        description="IVA sui prezzi, che sono senza: esente (nido), cinque_percento (cooperative sociali), "
        "ventidue_percento (ludoteche).",
    )
    prezzi: Prezzi = Field(default_factory=Prezzi, description="Listino, senza IVA.")
    costi: Costi = Field(default_factory=Costi, description="Costi di produzione aggiuntivi.")
    ipotesi: Annotated[tuple[Ipotizzate, ...], *OR_SENTENCE] = Field(
        default=(),
        max_length=100,
        description="Che cosa di questo gestore è ipotesi: cifre per nome, o una frase.",
    )

"""Rules, objective and payers as a scenario states them; every rule can be set or switched off by name."""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from nido.scenari.base import Frozen, NomeComune
from nido.scenari.domanda import Periodo
from nido.scenari.fields import BambinoId, Euro, Identifier, IsoDate, Share, TimeRange, Weekdays
from nido.scenari.tabulated import tabulated


class Regola(Frozen):
    """Common part: a rule can be switched off, and the result then says so."""

    attiva: bool = Field(default=True, description="Falso: la regola non vale, e il risultato lo dice.")


class Idoneita(Regola):
    deviazione_massima_minuti: int | None = tabulated(
        "scelte.deviazione_massima",
        whole=True,
        ge=0,
        le=600,
        description="Massima deviazione casa-gestore-lavoro; assente = nessun limite.",
    )
    solo_desideri: bool = Field(default=False, description="Vero: solo i gestori scritti nei desideri.")
    solo_accreditati: bool = Field(default=True, description="Vero: solo gestori accreditati.")


class Orari(Regola):
    copertura_minima: Share = tabulated(
        "scelte.copertura_minima",
        description="Parte minima della finestra di accudimento che deve essere coperta.",
    )


class Capienza(Regola):
    base: Literal["presenti", "iscritti"] | None = Field(
        default=None, description="Contano i presenti o gli iscritti; assente = quello del profilo."
    )


class Rapporto(Regola):
    base: Literal["presenti", "iscritti"] | None = Field(default=None, description="Assente = profilo.")
    arrotondamento: Literal["per_banda", "somma_mista"] | None = Field(
        default=None, description="Educatrici intere per banda o sulla somma; assente = profilo."
    )
    copresenza: int | None = Field(
        default=None, ge=0, le=10, description="Educatrici minime quando è aperto; assente = profilo."
    )
    personale: Literal["stagione", "giorno"] = Field(
        default="stagione",
        description="stagione: il personale di un momento è il massimo sui giorni; giorno: solo dove serve.",
    )


class OreBambino(Regola):
    massimo_ore: Decimal | None = Field(default=None, ge=0, le=24, description="Assente = profilo.")
    modo: Literal["vieta", "avvisa"] = Field(default="vieta", description="Vietare o solo avvisare.")


class OreSede(Regola):
    massimo_ore: Decimal | None = Field(default=None, ge=0, le=24, description="Assente = profilo.")
    modo: Literal["vieta", "avvisa"] = Field(default="avvisa", description="Vietare o solo avvisare.")


class Attivazione(Regola):
    soglia: int = tabulated(
        "clausole.soglia_attivazione",
        whole=True,
        ge=1,
        le=100,
        description="Bambini minimi per aprire una fascia in una stagione.",
    )
    costo_massimo_per_bambino: Euro | None = Field(
        default=None, description="Costo massimo di una fascia per bambino e mese di fascia, in euro."
    )


class PostiRiservati(Regola):
    condivisione_tra_aziende: bool = Field(
        default=False, description="Vero: due aziende possono usare lo stesso posto in ore diverse."
    )


class Budget(Regola):
    """Company budgets and caps; the figures stand with each azienda."""


class Residenti(Regola):
    quota: Share = Field(
        default=Decimal(0),
        description="Parte dei posti offerti tenuta per i residenti nel comune del gestore.",
    )


class Continuita(Regola):
    stagioni_libere: tuple[Identifier, ...] = Field(
        default=(), description="Stagioni in cui si può cambiare gestore (per esempio l'estate)."
    )
    gia_iscritti: Literal["mantiene", "garantito"] = Field(
        default="mantiene",
        description="mantiene: se servito resta al suo gestore; garantito: deve essere servito lì.",
    )


class Fratelli(Regola):
    modo: Literal["insieme_o_nessuno", "insieme_se_serviti"] = Field(
        default="insieme_se_serviti",
        description="Stesso gestore o nessuno; oppure stesso gestore se serviti entrambi.",
    )


class Fissati(Regola):
    """Pinned assignments; they stand with each bambino."""


class Priorita(Regola):
    attiva: bool = Field(
        default=False, description="Vero: nessuno passa davanti a una classe di priorità più alta."
    )


class Regole(Frozen):
    """One entry per rule family, in the order in which they are explained."""

    idoneita: Idoneita = Field(default_factory=Idoneita, description="Chi può stare dove.")
    orari: Orari = Field(default_factory=Orari, description="Aperture e copertura minima.")
    capienza: Capienza = Field(default_factory=Capienza, description="Posti in presenza contemporanea.")
    rapporto: Rapporto = Field(default_factory=Rapporto, description="Educatrici per bambini.")
    ore_bambino: OreBambino = Field(default_factory=OreBambino, description="Ore al giorno di un bambino.")
    ore_sede: OreSede = Field(default_factory=OreSede, description="Ore al giorno di una sede.")
    attivazione: Attivazione = Field(default_factory=Attivazione, description="Quando una fascia si apre.")
    posti_riservati: PostiRiservati = Field(default_factory=PostiRiservati, description="Posti per accordo.")
    budget: Budget = Field(default_factory=Budget, description="Limiti di spesa e di posti delle aziende.")
    residenti: Residenti = Field(default_factory=Residenti, description="Quota per i residenti.")
    continuita: Continuita = Field(default_factory=Continuita, description="Stesso gestore nel tempo.")
    fratelli: Fratelli = Field(default_factory=Fratelli, description="Fratelli insieme.")
    fissati: Fissati = Field(default_factory=Fissati, description="Assegnazioni già decise.")
    priorita: Priorita = Field(default_factory=Priorita, description="Classi di priorità.")


NomeLivello = Literal[
    "copertura_piena",
    "minuti_coperti",
    "costo_totale",
    "desideri_viaggio",
    "equita",
    "ordine_domanda",
    "valore_netto",
]


class Livello(Frozen):
    """One objective tier."""

    nome: NomeLivello = Field(description="Che cosa si ottimizza.")
    tolleranza: Share = Field(
        default=Decimal(0), description="Quanto i livelli seguenti possono peggiorare questo, da 0 a 1."
    )


def _default_tiers() -> tuple[Livello, ...]:
    return (
        Livello(nome="copertura_piena"),
        Livello(nome="minuti_coperti"),
        Livello(nome="costo_totale", tolleranza=Decimal("0.01")),
        Livello(nome="desideri_viaggio"),
        Livello(nome="equita"),
        Livello(nome="ordine_domanda"),
    )


class Obiettivo(Frozen):
    """Ordered tiers and the prices that some of them use."""

    livelli: tuple[Livello, ...] = Field(
        default_factory=_default_tiers, min_length=1, max_length=7, description="Livelli, dal primo."
    )
    minuti_per_rango: int = tabulated(
        "scelte.minuti_per_rango",
        whole=True,
        ge=0,
        le=240,
        description="Un posto in meno nei desideri vale questi minuti di viaggio al giorno.",
    )
    valore_bambino_coperto: Euro = Field(
        default=Decimal(0),
        description="Solo per valore_netto: euro per unità di peso coperta in una stagione.",
    )
    euro_minuto_viaggio: Euro = Field(
        default=Decimal(0), description="Solo per valore_netto: euro per minuto di viaggio e giorno."
    )
    ordine_domanda: tuple[BambinoId, ...] = Field(
        default=(), description="Ordine delle domande per gli spareggi; vuoto = sorteggio dal seme, mostrato."
    )


class Domanda(Frozen):
    """What part of the care windows the scenario asks of the providers."""

    finestra: TimeRange = Field(
        default=TimeRange(5 * 60, 23 * 60), description="Ore del giorno in cui si chiede accudimento."
    )
    giorni: Weekdays = Field(
        default=(0, 1, 2, 3, 4, 5), description="Giorni della settimana in cui si chiede."
    )
    festivi: bool = Field(default=False, description="Vero: si chiede accudimento anche nei festivi.")
    riposo_notte_minuti: int = tabulated(
        "scelte.riposo_notte",
        whole=True,
        ge=0,
        le=720,
        description="Riposo dopo un turno di notte in cui l'adulto non è libero.",
    )


class Tratta(Frozen):
    """A measured travel time, for both ways unless the way back is stated too."""

    da: str = Field(min_length=1, max_length=80, description="Id di gestore, azienda o bambino, o un comune.")
    a: str = Field(min_length=1, max_length=80, description="Id di gestore, azienda o bambino, o un comune.")
    minuti: int = Field(ge=0, le=600, description="Minuti di viaggio.")


class Viaggio(Frozen):
    """Travel times: a loaded matrix always wins over coordinates."""

    velocita_km_h: Decimal = tabulated("spostamenti.velocita", gt=0, le=130, description="Velocità media.")
    fattore_strada: Decimal = tabulated(
        "spostamenti.fattore_deviazione", ge=1, le=5, description="Strada su linea d'aria."
    )
    minuti_fissi: int = tabulated(
        "spostamenti.minuti_fissi",
        whole=True,
        ge=0,
        le=60,
        description="Minuti in più a viaggio (parcheggio, consegna).",
    )
    matrice_csv: str | None = Field(
        default=None,
        max_length=200,
        description="CSV con colonne da;a;minuti, nella cartella dello scenario.",
    )
    matrice: tuple[Tratta, ...] = Field(
        default=(), max_length=100_000, description="Tempi misurati, al posto o in aggiunta al CSV."
    )


class Calendario(Frozen):
    """Days on which nobody opens."""

    festivita: bool = Field(default=True, description="Si tolgono le festività nazionali.")
    patrono: NomeComune | None = Field(default=None, description="Comune del santo patrono.")
    chiusure: tuple[Periodo, ...] = Field(default=(), description="Chiusure di tutti i gestori.")


class Alternativa(Frozen):
    """What the care of a child costs outside the plan, for the fair shares among companies."""

    ora_bambino: Euro = tabulated(
        "costi.tagesmutter.ora",
        description="Euro per un'ora di un bambino comprata fuori dal piano, da chi farebbe da solo.",
    )
    uso: Literal["se_serve", "se_conviene"] = Field(
        default="se_serve",
        description="se_serve: fuori solo chi nessuno può servire; se_conviene: anche chi fuori costa meno.",
    )


ModoPagatore = Literal[
    "quota",
    "quota_azienda",
    "fisso_mese",
    "fisso_azienda",
    "differenza_azienda",
    "fisso_ora",
    "trasferimento",
    "buoni",
    "retta",
    "inps",
    "irpef",
    "cofinanziamento",
    "residuo",
]
VoceRegistro = Literal["posto", "fascia", "pasto", "ora", "vuoto"]
# VAT has lines of its own in the ledger, paid by who pays the taxed entry.
Componente = Literal["posto", "fascia", "pasto", "ora", "vuoto", "iva"]


class Tariffa(Frozen):
    """The family fees of a service, linear in the ICEF."""

    id: Identifier = Field(description="Nome breve, per esempio pergine; vince su quella delle tabelle.")
    fonte: str = Field(min_length=1, max_length=200, description="Da dove vengono le cifre.")
    minima: Euro = Field(description="Retta al mese fino a icef_minimo, in euro.")
    massima: Euro = Field(description="Retta al mese da icef_massimo in su, e di chi non ha ICEF, in euro.")
    icef_minimo: Share = Field(description="ICEF fino a cui si paga la minima.")
    icef_massimo: Share = Field(description="ICEF da cui si paga la massima.")
    giornaliera: Euro = Field(default=Decimal(0), description="In più per giorno frequentato, in euro.")
    riduzione_fratello: Share = Field(
        default=Decimal(0), description="Parte tolta a chi ha un fratello più grande iscritto, da 0 a 1."
    )
    riduzione_gemello: Share = Field(
        default=Decimal(0), description="Parte tolta al secondo gemello e ai seguenti, da 0 a 1."
    )


class Pagatore(Frozen):
    """One payer of the stack; each takes its part of what is left."""

    id: Identifier = Field(
        description="Nome breve: provincia, azienda, buoni, inps, famiglia. Un quota con id azienda o "
        "azienda_vuoti lo paga l'azienda dell'accordo; con ogni altro id, chi porta quell'id."
    )
    modo: ModoPagatore = Field(
        description="quota del resto; quota_azienda (quella di ogni azienda); fisso_mese per bambino; "
        "fisso_azienda, lo stesso a carico dell'azienda; differenza_azienda, un prezzo meno la retta; "
        "fisso_ora per ora di un bambino; trasferimento provinciale; buoni di servizio; retta della "
        "famiglia; inps; irpef; cofinanziamento, una parte di ciò che l'azienda ha preso; residuo (ciò che "
        "rimane)."
    )
    voci: tuple[VoceRegistro, ...] = Field(
        min_length=1, description="Voci del registro a cui partecipa, ognuna con la sua IVA."
    )
    di: Identifier | None = Field(
        default=None,
        description="Il pagatore, più su nella pila, da cui prende: per cofinanziamento, irpef e inps.",
    )
    dal: IsoDate | None = Field(default=None, description="Primo giorno in cui paga: il primo di un mese.")
    al: IsoDate | None = Field(default=None, description="Ultimo giorno in cui paga: l'ultimo di un mese.")
    quota: Share = Field(
        default=Decimal(0),
        description="Parte del resto (modo quota) o di ciò che ha preso «di» (cofinanziamento).",
    )
    quota_certificata: Share = Field(
        default=Decimal(0),
        description="Parte in più se l'azienda è certificata, solo per cofinanziamento.",
    )
    importo_mese: Euro = Field(
        default=Decimal(0),
        description="Euro per bambino e mese, solo per fisso_mese, fisso_azienda, buoni e, come prezzo "
        "di un posto, differenza_azienda.",
    )
    importo_ora: Euro = Field(
        default=Decimal(0), description="Euro per ora di un bambino, solo per fisso_ora."
    )
    importo_tabella: str | None = Field(
        default=None,
        max_length=100,
        description="Solo per fisso_ora, al posto di importo_ora: riga delle tabelle in EUR/ora_bambino, per "
        "esempio trasferimenti.tagesmutter.ora; vale quella del primo giorno della stagione.",
    )
    massimo_mese: Euro | None = Field(default=None, description="Massimo per bambino e mese.")
    massimo_quota: Share | None = Field(
        default=None, description="Massimo come parte di ogni voce, da 0 a 1: 0.35 = mai più del 35 %."
    )
    tariffa: Identifier | None = Field(
        default=None,
        description="Retta delle famiglie, per retta e differenza_azienda: trento, primiero, pergine "
        "(segnaposto) o una di tariffe.",
    )
    ammesso: bool = Field(
        default=False,
        description="Solo per trasferimento. Vero: un posto riservato dà diritto al trasferimento; è da "
        "chiedere alla Provincia, e senza questa parola non si paga.",
    )
    fasce_ammesse: bool = Field(
        default=False, description="Solo per inps. Vero: il bonus paga anche le fasce fatturate a parte."
    )
    valore_buono: Euro = Field(
        default=Decimal(0), description="Valore nominale di un buono di servizio, in euro, solo per buoni."
    )
    buoni_anno: int = tabulated(
        "buoni.numero_anno_sotto_3_anni",
        whole=True,
        ge=1,
        le=100,
        description="Buoni che un bambino può avere al più in un anno solare, solo per buoni.",
    )
    orario_comunale: Literal["solo_esclusi", "ammesso"] = Field(
        default="solo_esclusi",
        description="Solo per buoni. solo_esclusi: nelle ore del nido comunale pagano solo per chi ne è "
        "escluso o non ce l'ha; ammesso: sempre (Buoni aziendali).",
    )


def default_payers() -> tuple[Pagatore, ...]:
    """Give the stack used when a scenario states none: company share, then the family."""
    every: tuple[VoceRegistro, ...] = ("posto", "fascia", "pasto", "ora", "vuoto")
    return (
        Pagatore(id="azienda", modo="quota_azienda", voci=("posto", "fascia", "ora")),
        Pagatore(id="azienda_vuoti", modo="quota", quota=Decimal(1), voci=("vuoto",)),
        Pagatore(id="famiglia", modo="residuo", voci=every),
    )

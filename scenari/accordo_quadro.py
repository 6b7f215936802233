"""The framework agreement: how long it lasts, its clauses, and the courses of events that try it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from nido.scenari.base import Frozen
from nido.scenari.clausole import Clausole
from nido.scenari.fields import BambinoId, Identifier, IsoDate, Month, Personal, Share


class Eccezione(Frozen):
    """Other clauses for one company, one provider, or both; later entries win over earlier ones."""

    azienda: Identifier | None = Field(default=None, description="Azienda; assente = tutte.")
    gestore: Identifier | None = Field(default=None, description="Gestore; assente = tutti.")
    clausole: Clausole = Field(
        default_factory=Clausole, description="Clausole che sostituiscono quelle comuni."
    )
    senza: tuple[Identifier, ...] = Field(
        default=(), description="Clausole comuni che qui non valgono, per nome."
    )


class Esce(Frozen):
    """A child leaves."""

    tipo: Literal["esce"] = Field(description="Il bambino lascia il posto.")
    mese: Month = Field(description="Primo mese in cui non c'è più.")
    bambino: BambinoId = Field(description="Bambino servito dal piano o entrato prima.")


class Entra(Frozen):
    """A child of a company enters, with the hours of a child whom the plan serves there."""

    tipo: Literal["entra"] = Field(description="Un bambino in più.")
    mese: Month = Field(description="Primo mese in cui c'è.")
    bambino: BambinoId = Field(description="Sigla nuova.")
    azienda: Identifier = Field(description="Azienda che lo chiede.")
    gestore: Identifier = Field(description="Gestore.")
    come: BambinoId = Field(description="Bambino servito lì dal piano di cui ha orari, fasce e mesi.")


class CambiaTurno(Frozen):
    """A child takes the hours of another one whom the plan serves at the same provider."""

    tipo: Literal["cambia_turno"] = Field(description="Il bambino cambia orari.")
    mese: Month = Field(description="Primo mese con gli orari nuovi.")
    bambino: BambinoId = Field(description="Bambino servito dal piano o entrato prima.")
    come: BambinoId = Field(description="Bambino servito lì dal piano di cui prende orari, fasce e mesi.")


class Assume(Frozen):
    """A company hires: several children enter together."""

    tipo: Literal["assume"] = Field(description="L'azienda assume: più bambini in più.")
    mese: Month = Field(description="Primo mese in cui ci sono.")
    azienda: Identifier = Field(description="Azienda che assume.")
    gestore: Identifier = Field(description="Gestore.")
    come: BambinoId = Field(description="Bambino servito lì dal piano di cui hanno orari, fasce e mesi.")
    numero: int = Field(ge=1, le=50, description="Quanti bambini.")


class Disdice(Frozen):
    """A company gives notice of some places."""

    tipo: Literal["disdice"] = Field(description="L'azienda disdice dei posti.")
    mese: Month = Field(description="Mese della disdetta.")
    azienda: Identifier = Field(description="Azienda.")
    gestore: Identifier = Field(description="Gestore.")
    posti: int = Field(ge=1, le=500, description="Quanti posti.")


class Recede(Frozen):
    """A company will not renew."""

    tipo: Literal["recede"] = Field(description="L'azienda non rinnova.")
    mese: Month = Field(description="Mese in cui lo comunica.")
    azienda: Identifier = Field(description="Azienda.")
    gestore: Identifier = Field(description="Gestore.")


class Rifiuta(Frozen):
    """A waiting family declines the place offered in a month."""

    tipo: Literal["rifiuta"] = Field(description="La famiglia in attesa rifiuta il posto di quel mese.")
    mese: Month = Field(description="Mese dell'offerta.")
    bambino: BambinoId = Field(description="Bambino in attesa.")


Evento = Annotated[
    Esce | Entra | CambiaTurno | Assume | Disdice | Recede | Rifiuta, Field(discriminator="tipo")
]


class Percorso(Frozen):
    """A course of events."""

    id: Identifier = Field(description="Nome breve.")
    nome: str = Field(default="", max_length=120, description="Nome esteso.")
    probabilita: Share = Field(default=Decimal(0), description="Probabilità, per il caso atteso.")
    eventi: Annotated[tuple[Evento, ...], Personal()] = Field(
        default=(), max_length=1000, description="Eventi, in ordine di mese."
    )


class PercorsiGenerati(Frozen):
    """Courses of events drawn from yearly rates."""

    numero: int = Field(default=50, ge=1, le=2000, description="Quanti percorsi si sorteggiano.")
    seme: int = Field(default=1, ge=0, le=2**31 - 1, description="Seme del sorteggio.")
    uscite_anno: Share = Field(description="Parte dei bambini che esce prima, in un anno.")
    ingressi_anno: Share = Field(description="Bambini in più in un anno, per bambino servito.")
    cambi_anno: Share = Field(
        default=Decimal(0), description="Parte dei bambini che cambia turno, in un anno."
    )
    disdetta: Share = Field(
        default=Decimal(0),
        description="Probabilità che l'azienda disdica il posto di chi esce, se resta vuoto.",
    )


class Firma(Frozen):
    """A company that has signed: the evidence for the district's project."""

    azienda: Identifier = Field(description="Azienda che ha firmato.")
    data: IsoDate = Field(description="Giorno della firma.")
    gestori: tuple[Identifier, ...] = Field(
        default=(), max_length=100, description="Gestori con cui ha firmato; vuoto = quelli del piano."
    )
    atto: str = Field(default="", max_length=120, description="Protocollo o numero dell'atto.")


class AccordoQuadro(Frozen):
    """Life, clauses and courses of events of the framework agreements (docs/clausole.md)."""

    inizio: Month | None = Field(default=None, description="Primo mese; assente = il primo delle stagioni.")
    durata_mesi: int | None = Field(
        default=None, ge=1, le=120, description="Mesi simulati; assente = quelli delle stagioni."
    )
    clausole: Clausole = Field(default_factory=Clausole, description="Clausole comuni.")
    eccezioni: tuple[Eccezione, ...] = Field(
        default=(), max_length=500, description="Clausole diverse per alcuni."
    )
    percorsi: tuple[Percorso, ...] = Field(default=(), max_length=100, description="Percorsi di eventi.")
    percorsi_generati: PercorsiGenerati | None = Field(default=None, description="Percorsi sorteggiati.")
    firme: tuple[Firma, ...] = Field(default=(), max_length=500, description="Accordi già firmati.")
    aziende_attese: int | None = Field(
        default=None,
        ge=1,
        le=500,
        description="Aziende che il progetto vuole far firmare; assente = quelle dello scenario.",
    )


def clauses_for(agreed: AccordoQuadro, azienda: str, gestore: str) -> Clausole:
    """Give the clauses of one company with one provider: the common ones, changed by the exceptions in order.

    Parameters
    ----------
    agreed
        The framework agreement.
    azienda, gestore
        Ids of the two parties.

    Returns
    -------
    Clausole
        The clauses in force between them.
    """
    found = agreed.clausole
    for exception in agreed.eccezioni:
        if exception.azienda in (None, azienda) and exception.gestore in (None, gestore):
            changed = {name: clause for name, clause in exception.clausole if clause is not None}
            found = found.model_copy(update={**dict.fromkeys(exception.senza), **changed})
    return found


def by_clauses(
    agreed: AccordoQuadro, pairs: Iterable[tuple[str, str]]
) -> tuple[tuple[Clausole, tuple[tuple[str, str], ...]], ...]:
    """Gather the pairs of company and provider that have the same clauses, in order of appearance.

    Parameters
    ----------
    agreed
        The framework agreement.
    pairs
        Ids of company and provider, each pair once.
    """
    found: list[tuple[Clausole, list[tuple[str, str]]]] = []
    for azienda, gestore in pairs:
        clauses = clauses_for(agreed, azienda, gestore)
        same = next((together for known, together in found if known == clauses), None)
        if same is None:
            found.append((clauses, same := []))
        same.append((azienda, gestore))
    return tuple((clauses, tuple(together)) for clauses, together in found)

"""The clauses of an agreement as articles of a contract, in Italian; a lawyer must check the wording.

Every clause of `nido.scenari.clausole` has one writer here; what is not agreed has no article.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nido.report.numbers_local import decimal_text, percent_text, with_article
from nido.scenari import clausole
from nido.scenari.clausole import Clausole
from nido.scenari.field_text import format_decimal


@dataclass(frozen=True, slots=True)
class Articolo:
    """An article: number, heading, paragraphs."""

    numero: int
    titolo: str
    commi: tuple[str, ...]


Writer = Callable[[Any], tuple[str, ...]]


def _percent(share: Decimal) -> str:
    return percent_text(Fraction(share))


def _the(share: Decimal) -> str:
    return with_article(Fraction(share))


def _of_the(share: Decimal) -> str:
    return with_article(Fraction(share), "di")


def _months(count: int | Decimal) -> str:
    number = decimal_text(format_decimal(Decimal(count)))
    return f"{number} mese" if count == 1 else f"{number} mesi"


def _days(count: int) -> str:
    return "un giorno" if count == 1 else f"{count} giorni"


def _places(count: int) -> str:
    return "un posto" if count == 1 else f"{count} posti"


def _durata_minima(clause: clausole.DurataMinima) -> tuple[str, ...]:
    return (
        f"L'accordo ha una durata minima di {_months(clause.mesi)} dal suo inizio.",
        "Nessuna disdetta, di singoli posti o dell'intero accordo, ha effetto prima di questo termine.",
    )


def _rinnovo(clause: clausole.Rinnovo) -> tuple[str, ...]:
    times = "una volta" if clause.volte == 1 else f"fino a {clause.volte} volte"
    first = f"Alla scadenza l'accordo si rinnova da solo per {_months(clause.mesi)}, {times}."
    if not clause.volte:
        first = "L'accordo non si rinnova da solo."
    before = f"almeno {_months(clause.preavviso_mesi)} prima" if clause.preavviso_mesi else "prima"
    return (first, f"L'Azienda può impedire il rinnovo dandone comunicazione {before} della scadenza.")


def _preavviso(clause: clausole.Preavviso) -> tuple[str, ...]:
    return (
        f"L'Azienda può rinunciare a singoli posti, senza sciogliere l'accordo, con un preavviso di "
        f"{_days(clause.giorni)}.",
        "Fino al termine del preavviso il posto resta riservato all'Azienda; se è vuoto, si paga come "
        "posto vuoto.",
    )


def _vuoto_per_pieno(clause: clausole.VuotoPerPieno) -> tuple[str, ...]:
    return (
        f"Per ogni mese in cui un posto riservato resta vuoto è dovuto {_the(clause.quota)} del suo prezzo.",
    )


def _sostituzione(clause: clausole.Sostituzione) -> tuple[str, ...]:
    due = "si paga come vuoto" if clause.quota is None else f"si paga per {_the(clause.quota)} del prezzo"
    return (
        f"Quando un posto resta senza bambino, l'Azienda può proporne uno entro {_days(clause.giorni)}. "
        f"In questo termine il Gestore non assegna il posto ad altri, e il posto {due}.",
        "Trascorso il termine senza un bambino, il posto resta riservato all'Azienda e si paga come "
        "vuoto, finché l'Azienda non vi rinuncia o il Gestore, dove l'accordo lo permette, non lo assegna "
        "ad altri.",
    )


def _rilascio_mercato(clause: clausole.RilascioMercato) -> tuple[str, ...]:
    return (
        "Trascorso il periodo per la sostituzione, il Gestore può assegnare il posto a un'altra famiglia "
        "fino al mese di agosto compreso.",
        f"Dal mese in cui il posto è così assegnato l'Azienda non paga più {_the(clause.credito)} di ciò "
        "che dovrebbe per il posto vuoto; per i conti di questa bozza si suppone che al Gestore servano "
        f"{_months(clause.mesi_rivendita)}.",
    )


MONTH_NAMES = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto")


def _rilascio_annuale(clause: clausole.RilascioAnnuale) -> tuple[str, ...]:
    return (
        f"I posti che alla fine di {MONTH_NAMES[clause.mese - 1]} non hanno un bambino tornano liberi dal "
        "settembre "
        "seguente, senza altro preavviso.",
    )


def _trasferimento(clause: clausole.Trasferimento) -> tuple[str, ...]:
    found = [
        "Il posto lasciato da un bambino può essere usato da un altro bambino della stessa Azienda."
        if clause.tra_dipendenti
        else "Il posto lasciato da un bambino non passa a un altro bambino della stessa Azienda prima di "
        "settembre."
    ]
    if clause.tra_gestori:
        found.append(
            "Chi non trova posto presso un Gestore può usare un posto vuoto che l'Azienda ha presso un "
            "altro Gestore."
        )
    if clause.tra_aziende:
        found.append(
            "Un posto vuoto può essere usato da un bambino di un'altra Azienda che aderisce all'accordo "
            "quadro con la "
            "stessa clausola; in quei mesi il posto lo paga l'altra Azienda."
        )
    return tuple(found)


def _posto_nuovo(clause: clausole.PostoNuovo) -> tuple[str, ...]:
    if clause.modo == "garantito":
        return (
            "Se i posti riservati non bastano a un altro bambino, il Gestore ne riserva uno in più, "
            "finché ne ha di "
            "disponibili per le aziende.",
        )
    return (
        "Se i posti riservati non bastano a un altro bambino, questi ha la precedenza sul primo posto "
        "che si libera; "
        "il Gestore non è tenuto a riservarne altri.",
    )


def _posti_minimi(clause: clausole.PostiMinimi) -> tuple[str, ...]:
    return (
        f"Finché l'accordo dura l'Azienda riserva almeno {_places(clause.posti)} presso ogni Gestore "
        "indicato.",
    )


def _posti_massimi(clause: clausole.PostiMassimi) -> tuple[str, ...]:
    return (f"L'Azienda non riserva più di {_places(clause.posti)} presso ogni Gestore indicato.",)


COUNTED: Mapping[str, str] = {
    "accordo": "dall'Azienda presso lo stesso Gestore",
    "azienda": "dall'Azienda presso tutti i Gestori",
    "gestore": "da tutte le Aziende dell'accordo quadro presso lo stesso Gestore",
}


def _sconto_volume(clause: clausole.ScontoVolume) -> tuple[str, ...]:
    steps = "; ".join(f"da {_places(step.posti)}: {_percent(step.sconto)}" for step in clause.scaglioni)
    return (
        "Il prezzo del posto è ridotto secondo il numero dei posti riservati nel mese "
        f"{COUNTED[clause.conta]}: {steps}.",
    )


def _indicizzazione(clause: clausole.Indicizzazione) -> tuple[str, ...]:
    return (
        f"A ogni anniversario i prezzi cambiano {_of_the(clause.quota)} della variazione dell'indice "
        "ISTAT FOI dei dodici mesi precedenti, con arrotondamento al centesimo.",
        f"Per i conti di questa bozza si suppone una variazione annua {_of_the(clause.variazione_annua)}.",
    )


def _deposito(clause: clausole.Deposito) -> tuple[str, ...]:
    return (
        f"Per ogni posto riservato l'Azienda versa in deposito {_months(clause.mensilita)} del prezzo in "
        "vigore "
        "all'inizio dell'accordo.",
        "Il deposito è reso quando il posto non è più riservato; non produce interessi e non è un "
        "corrispettivo.",
    )


def _solo_stagioni(clause: clausole.SoloStagioni) -> tuple[str, ...]:
    return (f"L'accordo vale soltanto in queste stagioni: {', '.join(clause.stagioni)}.",)


def _prenotazioni_minime(clause: clausole.PrenotazioniMinime) -> tuple[str, ...]:
    return (
        f"Nei mesi in cui la fascia «{clause.fascia}» è aperta l'Azienda paga almeno {clause.bambini} "
        "prenotazioni, "
        "anche se i bambini che la usano sono meno.",
    )


def _ore_minime(clause: clausole.OreMinime) -> tuple[str, ...]:
    return (
        f"Presso i Gestori pagati a ore l'Azienda paga almeno {clause.ore_mese} ore di bambino al mese, "
        "anche se ne "
        "usa meno.",
    )


def _quota_residenti(clause: clausole.QuotaResidenti) -> tuple[str, ...]:
    return (
        f"{_the(clause.quota).capitalize()} dei posti riservati, arrotondato per difetto, "
        "resta ai bambini residenti nel comune del Gestore: l'Azienda non lo usa e non lo paga.",
    )


def _rifiuto(clause: clausole.Rifiuto) -> tuple[str, ...]:
    times = "Al primo rifiuto" if clause.massimo == 1 else f"Al rifiuto numero {clause.massimo}"
    return (f"{times} di un posto offerto la famiglia in attesa passa in fondo alla lista dell'Azienda.",)


WRITERS: Mapping[str, tuple[str, Writer]] = {
    "durata_minima": ("Durata minima", _durata_minima),
    "rinnovo": ("Rinnovo", _rinnovo),
    "preavviso": ("Rinuncia a singoli posti", _preavviso),
    "solo_stagioni": ("Stagioni", _solo_stagioni),
    "posti_minimi": ("Posti minimi", _posti_minimi),
    "posti_massimi": ("Posti massimi", _posti_massimi),
    "posto_nuovo": ("Altri bambini", _posto_nuovo),
    "vuoto_per_pieno": ("Posti vuoti", _vuoto_per_pieno),
    "sostituzione": ("Sostituzione", _sostituzione),
    "rilascio_mercato": ("Assegnazione ad altre famiglie", _rilascio_mercato),
    "rilascio_annuale": ("Rilascio annuale", _rilascio_annuale),
    "trasferimento": ("Trasferimento dei posti", _trasferimento),
    "rifiuto": ("Rifiuto di un posto", _rifiuto),
    "quota_residenti": ("Posti ai residenti", _quota_residenti),
    "prenotazioni_minime": ("Prenotazioni minime", _prenotazioni_minime),
    "ore_minime": ("Ore minime", _ore_minime),
    "sconto_volume": ("Sconto per numero di posti", _sconto_volume),
    "indicizzazione": ("Revisione dei prezzi", _indicizzazione),
    "deposito": ("Deposito", _deposito),
}


def articles(agreed: Clausole, first: int) -> tuple[Articolo, ...]:
    """Write the clauses that were agreed.

    Parameters
    ----------
    agreed
        The clauses of the agreement; those that are None have no article.
    first
        Number of the first article.

    Returns
    -------
    tuple of Articolo
        In the order of `WRITERS`, numbered from `first`.
    """
    chosen = [(title, write, getattr(agreed, name)) for name, (title, write) in WRITERS.items()]
    present = [(title, write(clause)) for title, write, clause in chosen if clause is not None]
    return tuple(Articolo(number, title, commi) for number, (title, commi) in enumerate(present, first))

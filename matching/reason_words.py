"""The words of a reason: what a broken requirement lacks, with its figure."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from nido.data.lingua import local_number, text
from nido.matching.draft import Draft
from nido.matching.linear import Subject
from nido.matching.objective import TIERS
from nido.matching.prepare import STAFF_TIERS


def lacking(draft: Draft, rule: str, about: Subject, amount: int, alone: bool) -> str:
    """Say what stops a child, and by how much.

    Parameters
    ----------
    draft
        The model.
    rule, about, amount
        Rule and requirement that would be broken, and by how much in the unit of its rows.
    alone
        True when the child would break it with nobody else there.
    """
    key = about[2] if len(about) > 2 else ""
    if key == "fasce":
        return _threshold(draft, about, amount, alone)
    if key == "costo_massimo_per_bambino":
        return text(
            "la fascia {fascia} costerebbe {euros} EUR oltre il massimo per bambino",
            "fascia {fascia} would cost {euros} EUR over the limit per child",
            fascia=about[4],
            euros=_euros(draft, amount),
        )
    if rule == "fratelli" and alone:
        return text("va servito insieme al fratello", "to be served together with its sibling")
    if key in _PLACES:
        return _places(amount) + _PLACES[key](about)
    if rule in ("capienza", "posti_riservati"):
        return _places(amount)
    return _measured(draft, rule, amount)


def worse(draft: Draft, tier: str, loss: int) -> str:
    """Say that a request could be served, and what the objective would lose (or gain, when negative)."""
    words = {
        "copertura_piena": text("copertura piena", "full coverage"),
        "minuti_coperti": text("minuti coperti", "covered minutes"),
        "costo_totale": text("costo totale", "total cost"),
        "desideri_viaggio": text("desideri e viaggio", "wishes and travel"),
        "equita": text("equità fra aziende", "fairness among companies"),
        "ordine_domanda": text("ordine delle domande", "order of applications"),
        "valore_netto": text("valore netto", "net value"),
    }
    size = abs(loss)
    how_much = f"{_euros(draft, size)} EUR" if tier in STAFF_TIERS else f"{size} {TIERS[tier].unit(draft)}"
    if loss > 0:
        return text(
            "possibile, ma peggiora l'obiettivo «{name}» di {much}",
            "possible, but it worsens the objective “{name}” by {much}",
            name=words[tier],
            much=how_much,
        )
    return text(
        "possibile, e migliora l'obiettivo «{name}» di {much}: il piano trovato non è il migliore",
        "possible, and it improves the objective “{name}” by {much}: the plan found is not the best",
        name=words[tier],
        much=how_much,
    )


def counted(count: int, one: tuple[str, str], many: tuple[str, str]) -> str:
    """Choose the singular or the plural of a sentence with ``{n}``, each in Italian and English."""
    return text(*(one if count == 1 else many), n=count)


def minutes(count: int) -> str:
    """Write some minutes."""
    return counted(count, ("{n} minuto", "{n} minute"), ("{n} minuti", "{n} minutes"))


def _places(count: int) -> str:
    return counted(count, ("manca {n} posto", "{n} place short"), ("mancano {n} posti", "{n} places short"))


_PLACES: Mapping[str, Callable[[Subject], str]] = {
    "posti_banda": lambda about: text(" per la banda {band}", " for band {band}", band=about[3]),
    "capienza": lambda about: text(
        " nella capienza autorizzata, contati i bambini già presenti",
        " in the authorised capacity, children already there included",
    ),
    "operatrici": lambda about: text(
        " per il numero di operatrici", " for the number of operatrici"
    ),
    "posti_massimi": lambda about: text(
        " oltre i posti massimi dell'azienda", " over the most places of the company"
    ),
}  # fmt: skip


def _threshold(draft: Draft, about: Subject, missing: int, alone: bool) -> str:
    scenario = draft.instance.scenario
    provider = next(entry for entry in scenario.gestori if entry.id == about[1])
    fascia = next(entry for entry in provider.fasce if entry.id == about[3])
    least = fascia.soglia_attivazione or scenario.regole.attivazione.soglia
    short = counted(
        missing,
        ("manca {n} bambino", "{n} child short"),
        ("mancano {n} bambini", "{n} children short"),
    )
    if alone:
        return text(
            "da solo non raggiunge i {least} bambini minimi della fascia {fascia}: {short}",
            "alone it does not reach the {least} children that fascia {fascia} needs: {short}",
            least=least,
            fascia=fascia.id,
            short=short,
        )
    return text(
        "la fascia {fascia} non raggiunge i {least} bambini minimi: {short}",
        "fascia {fascia} does not reach the {least} children that it needs: {short}",
        least=least,
        fascia=fascia.id,
        short=short,
    )


def _measured(draft: Draft, rule: str, amount: int) -> str:
    sentences = {
        "residenti": counted(
            amount,
            ("{n} bambino oltre la quota per i non residenti", "{n} child over the non-residents' share"),
            ("{n} bambini oltre la quota per i non residenti", "{n} children over the non-residents' share"),
        ),
        "budget": text(
            "{euros} EUR oltre il budget", "{euros} EUR over the budget", euros=_euros(draft, amount)
        ),
        "ore_bambino": minutes(amount)
        + text(" oltre il massimo di un giorno", " over the daily limit"),
        "ore_sede": minutes(amount)
        + text(" di apertura oltre il massimo di un giorno", " of opening over the daily limit"),
        "orari": minutes(amount) + text(" sotto la copertura minima", " below the least coverage"),
        "continuita": text("è servito da un altro gestore", "served by another provider"),
        "fratelli": text("separerebbe due fratelli", "it would separate siblings"),
        "priorita": text(
            "passerebbe davanti a una classe di priorità più alta", "it would pass a higher priority class"
        ),
        "fissati": text("contro un'assegnazione già decisa", "against a pinned assignment"),
    }  # fmt: skip
    return sentences.get(rule, text("non ammesso, di {n}", "not allowed, by {n}", n=amount))


def _euros(draft: Draft, amount: int) -> str:
    return local_number(f"{Decimal(amount * draft.instance.unit) / 100:,.2f}")

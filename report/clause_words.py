"""The clauses of an agreement in words, one sentence each."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from nido.data.lingua import text
from nido.report.numbers_local import decimal_text, integer, percent_text

Agreed = Mapping[str, Any]


def clause_words(nome: str, agreed: Agreed) -> str:
    """Say what a clause means.

    Parameters
    ----------
    nome
        Name of the clause.
    agreed
        What was agreed, as accordi.json holds it.

    Returns
    -------
    str
        One sentence; the name alone for a clause without words here.
    """
    return WORDS[nome](agreed) if nome in WORDS else nome


def _share(value: Any) -> str:
    return percent_text(Fraction(Decimal(str(value))))


def _months(value: int) -> str:
    return text("un mese", "a month") if value == 1 else text("{n} mesi", "{n} months", n=integer(value))


def _minimum(agreed: Agreed) -> str:
    return text(
        "Dura almeno {months}: prima nessuna disdetta ha effetto.",
        "It lasts at least {months}: before, no notice takes effect.",
        months=_months(agreed["mesi"]),
    )


def _renewal(agreed: Agreed) -> str:
    return text(
        "Si rinnova da sola {times} volte, di {months}; si recede {notice} prima.",
        "It renews itself {times} times, for {months}; to withdraw, {notice} before.",
        times=integer(agreed["volte"]),
        months=_months(agreed["mesi"]),
        notice=_months(agreed["preavviso_mesi"]),
    )


def _notice(agreed: Agreed) -> str:
    return text(
        "Un posto si disdice con {days} giorni di preavviso.",
        "A place is given up with {days} days' notice.",
        days=integer(agreed["giorni"]),
    )


def _empty(agreed: Agreed) -> str:
    return text(
        "Di un posto vuoto si paga una parte del prezzo: {share}.",
        "Of an empty place a part of the price is paid: {share}.",
        share=_share(agreed["quota"]),
    )


def _window(agreed: Agreed) -> str:
    days = integer(agreed["giorni"])
    if agreed["quota"] is None:
        return text(
            "Un posto che si svuota si paga come vuoto e per {days} giorni non va ad altri; poi lo stesso, "
            "finché l'azienda non lo disdice.",
            "A place that empties is paid as empty and for {days} days goes to nobody else; then the same, "
            "until the company gives it up.",
            days=days,
        )
    return text(
        "Un posto che si svuota resta all'azienda per {days} giorni, e se ne paga {share}; poi si paga come "
        "vuoto, finché l'azienda non lo disdice.",
        "A place that empties stays with the company for {days} days, and {share} of it is paid; then it is "
        "paid as empty, until the company gives it up.",
        days=days,
        share=_share(agreed["quota"]),
    )


def _market(agreed: Agreed) -> str:
    return text(
        "Poi il gestore lo può dare ad altri, dopo {months}; parte del dovuto tolta: {share}.",
        "Then the gestore may give it to others, after {months}; part of the due taken off: {share}.",
        months=_months(agreed["mesi_rivendita"]),
        share=_share(agreed["credito"]),
    )


def _annual(agreed: Agreed) -> str:
    return text(
        "I posti vuoti alla fine del mese {month} si lasciano per settembre, senza preavviso.",
        "Places empty at the end of month {month} are given back for September, without notice.",
        month=agreed["mese"],
    )


def _transfer(agreed: Agreed) -> str:
    users = [
        (agreed["tra_dipendenti"], text("un collega", "a colleague")),
        (agreed["tra_gestori"], text("chi aspetta altrove", "who waits elsewhere")),
        (agreed["tra_aziende"], text("un'altra azienda", "another company")),
    ]
    named = [name for allowed, name in users if allowed]
    if not named:
        return text("Il posto di chi esce resta vuoto.", "The place of who leaves stays empty.")
    return text(
        "Il posto di chi esce lo può usare: {who}.",
        "The place of who leaves may be used by: {who}.",
        who=", ".join(named),
    )


def _further(agreed: Agreed) -> str:
    if agreed["modo"] == "garantito":
        return text("Un bambino in più ha diritto a un posto.", "A further child has a right to a place.")
    return text(
        "Un bambino in più aspetta il primo posto libero.", "A further child waits for the first free place."
    )


def _least(agreed: Agreed) -> str:
    return text(
        "I posti non scendono sotto {n}.", "The places never fall below {n}.", n=integer(agreed["posti"])
    )


def _most(agreed: Agreed) -> str:
    return text(
        "I posti non salgono sopra {n}.", "The places never rise above {n}.", n=integer(agreed["posti"])
    )


def _discount(agreed: Agreed) -> str:
    steps = ", ".join(
        text("da {n} posti {share}", "from {n} places {share}", n=step["posti"], share=_share(step["sconto"]))
        for step in agreed["scaglioni"]
    )
    counted = {
        "accordo": text("dell'accordo", "of the agreement"),
        "azienda": text("dell'azienda presso tutti", "of the company everywhere"),
        "gestore": text("di tutte le aziende lì", "of all companies there"),
    }
    return text(
        "Sconto sui posti ({counted}): {steps}.",
        "Discount by places ({counted}): {steps}.",
        counted=counted[agreed["conta"]],
        steps=steps,
    )


def _index(agreed: Agreed) -> str:
    return text(
        "Prezzi ogni anno secondo un indice che si suppone vari di {change}; parte che si applica: {share}.",
        "Prices every year by an index assumed to change by {change}; part that is applied: {share}.",
        share=_share(agreed["quota"]),
        change=_share(agreed["variazione_annua"]),
    )


def _deposit(agreed: Agreed) -> str:
    return text(
        "Deposito di {n} mensilità per posto, reso alla fine: non è un costo.",
        "Deposit of {n} monthly prices per place, given back in the end: not a cost.",
        n=decimal_text(str(agreed["mensilita"])),
    )


def _seasons(agreed: Agreed) -> str:
    return text(
        "Vale solo in: {seasons}.", "It holds only in: {seasons}.", seasons=", ".join(agreed["stagioni"])
    )


def _bookings(agreed: Agreed) -> str:
    return text(
        "Della fascia {fascia} si pagano almeno {n} prenotazioni al mese.",
        "Of the fascia {fascia} at least {n} bookings a month are paid.",
        fascia=agreed["fascia"],
        n=integer(agreed["bambini"]),
    )


def _hours(agreed: Agreed) -> str:
    return text(
        "Si pagano almeno {n} ore di bambino al mese.",
        "At least {n} child-hours a month are paid.",
        n=integer(agreed["ore_mese"]),
    )


def _residents(agreed: Agreed) -> str:
    return text(
        "Ai residenti va una parte dei posti, arrotondata in giù: {share}.",
        "Residents get a part of the places, rounded down: {share}.",
        share=_share(agreed["quota"]),
    )


def _decline(agreed: Agreed) -> str:
    return text(
        "Chi rifiuta {n} volte un posto va in fondo alla lista.",
        "Who declines a place {n} times goes to the end of the list.",
        n=integer(agreed["massimo"]),
    )


WORDS: Mapping[str, Callable[[Agreed], str]] = {
    "durata_minima": _minimum,
    "rinnovo": _renewal,
    "preavviso": _notice,
    "vuoto_per_pieno": _empty,
    "sostituzione": _window,
    "rilascio_mercato": _market,
    "rilascio_annuale": _annual,
    "trasferimento": _transfer,
    "posto_nuovo": _further,
    "posti_minimi": _least,
    "posti_massimi": _most,
    "sconto_volume": _discount,
    "indicizzazione": _index,
    "deposito": _deposit,
    "solo_stagioni": _seasons,
    "prenotazioni_minime": _bookings,
    "ore_minime": _hours,
    "quota_residenti": _residents,
    "rifiuto": _decline,
}

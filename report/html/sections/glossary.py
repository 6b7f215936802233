"""Section: the words of the page, for who reads it once."""

from nido.data.lingua import text
from nido.report.html.blocks import Section, Terms
from nido.report.html.context import Context


def build(context: Context) -> Section:
    """Explain the terms; only those that this audience meets."""
    view = context.view
    terms = [
        (
            text("accordo quadro", "framework agreement"),
            text(
                "Contratto fra un'azienda e un gestore per una stagione.",
                "Contract between a company and a gestore for a season.",
            ),
        ),
        (
            "gestore",
            text(
                "Chi offre il servizio: nido, micronido, gruppo di Tagesmutter.",
                "Who offers the service: nursery, small nursery, group of childminders.",
            ),
        ),
        (
            text("posto riservato", "reserved place"),
            text(
                "Spazio per un bambino presente: due bambini in ore diverse usano lo stesso posto.",
                "Room for one child present: two children at different hours use the same place.",
            ),
        ),
        (
            "fascia",
            text(
                "Apertura oltre l'orario base: presto, tardi, sabato, agosto.",
                "Opening beyond the base hours: early, late, Saturday, August.",
            ),
        ),
        (
            text("richiesta", "request"),
            text(
                "Un bambino in una stagione: è l'unità che si conta.",
                "One child in one season: the unit that is counted.",
            ),
        ),
        (
            text("copertura", "coverage"),
            text(
                "La parte delle ore chieste in cui il gestore è aperto per quel bambino.",
                "The part of the hours asked in which the gestore is open for that child.",
            ),
        ),
        (
            text("listino", "list price"),
            text("Quanto il gestore fattura, ai suoi prezzi.", "What the gestore bills, at its prices."),
        ),
    ]
    if (
        any(row.costo_cent is not None for row in view.openings)
        or view.totals.costo_produzione_cent is not None
    ):
        terms += [
            (
                text("costo di produzione", "cost of production"),
                text(
                    "Quanto costa al gestore ciò che il piano aggiunge al servizio che c'è già.",
                    "What it costs the gestore to make what the plan adds to the service that is there.",
                ),
            ),
            *_break_evens(),
        ]
    if view.staff:
        terms.append(
            (
                text("educatrici in servizio", "educators on duty"),
                text(
                    "Quante ne servono momento per momento, secondo il rapporto con i bambini e la "
                    "copresenza minima.",
                    "How many are needed moment by moment, by the ratio to children and the least "
                    "co-presence.",
                ),
            )
        )
    terms.append(
        (
            text("ipotesi", "assumption"),
            text("Cifra che nessuna fonte conferma.", "Figure that no source confirms."),
        )
    )
    if view.notice:
        terms.append(
            (
                text("dati sintetici", "synthetic data"),
                text(
                    "Inventati, per provare: non sono bambini veri.",
                    "Invented, to try: they are no real children.",
                ),
            )
        )
    return Section("parole", text("Le parole", "The words"), (Terms(tuple(terms)),))


def _break_evens() -> list[tuple[str, str]]:
    """Tell apart the three numbers of children that pay for something."""
    return [
        (
            text("pareggio a personale invariato", "break-even, same staff"),
            text(
                "Numero di bambini con cui il prezzo di una fascia ne copre il costo di apertura, con le "
                "educatrici del piano e senza pasti.",
                "Number of children at which the price of a fascia pays the cost of opening it, with the "
                "plan's educators and without meals.",
            ),
        ),
        (
            text("pareggio, personale che cresce", "break-even, growing staff"),
            text(
                "Numero dei bambini veri del piano da cui in poi il ricavo del gestore copre il suo costo, "
                "pasti compresi.",
                "Number of the plan's real children from which on the provider's revenue pays its cost, "
                "meals included.",
            ),
        ),
        (
            text("minimo sicuro", "safe minimum"),
            text(
                "Prenotazioni da cui in poi il gestore non perde, qualunque sia l'età dei bambini.",
                "Bookings from which on the provider loses nothing, whatever the children's ages.",
            ),
        ),
    ]

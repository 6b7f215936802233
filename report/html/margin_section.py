"""Section: what the agreements leave to a provider, and how many bookings make an opening safe."""

from collections.abc import Sequence

from nido.accordi.gestore.margine import VistaGestore
from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.sections import MARGIN
from nido.report.numbers_local import euro, integer
from nido.report.privacy.view import View
from nido.report.provider_things import (
    Thing,
    number_or_dash,
    runs_words,
    safe_margin,
    things,
    why_missing,
)
from nido.report.sections_provider import package_words

# Longer tables are folded away.
MOST_ROWS = 40


def margin_section(view: View, found: Sequence[VistaGestore]) -> Section | None:
    """Write the section for the district, or for one provider about itself.

    Parameters
    ----------
    view
        Whom it is for.
    found
        The providers' view of the plan.
    """
    own = [one for one in found if view.audience == "distretto" or one.gestore == view.subject]
    if view.audience == "azienda" or not own:
        return None
    title = text("Conviene al gestore?", "Does it pay for the provider?")
    table = _table(view, own)
    blocks: list[Block] = [Words(words) for words in _intro()]
    blocks.append(Tabled(table, folded=len(table.rows) > MOST_ROWS))
    reasons = _reasons(view, own)
    if reasons.rows:
        blocks.append(Tabled(reasons, folded=True))
    return Section(MARGIN, title, tuple(blocks))


def _intro() -> tuple[str, ...]:
    return (
        text(
            "Il costo è ciò che il gestore spende in più per questi bambini, pasti compresi; il ricavo è il "
            "listino. Il margine, con i bambini veri del piano, dice se conviene aggiungerli, non se il nido "
            "è in pareggio.",
            "The cost is what the provider spends in addition for these children, meals included; the "
            "revenue is the list price. The margin, with the plan's real children, tells whether adding them "
            "pays, not whether the nido breaks even.",
        ),
        text(
            "Il pareggio è di quegli stessi bambini, che entrano uno alla volta nell'ordine delle domande, "
            "con il personale che cresce con loro; oltre quelli del piano ne entrano altri uguali a loro. "
            "Da quel numero in su, fino ai posti (o ai bambini del piano, se dividono i posti), il ricavo "
            "paga il costo: con i bambini del piano il margine è quello della riga. Di un pacchetto si "
            "dice quanto quei bambini aggiungono agli altri, che restano. Non è il pareggio a personale "
            "invariato delle fasce aperte, che conta il solo prezzo della fascia contro il costo di "
            "apertura, senza pasti.",
            "The break-even is of those same children, who enter one at a time in the order of "
            "applications, with staff that grows with them; beyond those of the plan come others like "
            "them. From that number on, up to the places (or to the plan's children, where they share "
            "places), revenue pays the cost: with the plan's children the margin is that of the row. Of a "
            "package it is told what those children add to the others, who stay. It is not the break-even "
            "with the same staff of the open fasce, which counts only the price of the fascia against the "
            "cost of opening, without meals.",
        ),
        text(
            "Il minimo sicuro risponde a un'altra domanda: quante prenotazioni per tutta la stagione "
            "chiedere nell'accordo perché non si perda qualunque sia l'età dei bambini. Li suppone "
            "presenti tutto l'orario e delle età che chiedono più educatrici; un pacchetto da solo, senza "
            "gli altri bambini. L'ultima colonna è il margine di altrettanti bambini come quelli: non si "
            "confronta con il margine del piano, in cui contano età, presenze e mesi veri.",
            "The safe minimum answers another question: how many bookings for the whole season to ask for "
            "in the agreement so that nothing is lost whatever the children's ages. It supposes them there "
            "all the hours and of the ages that ask for most educators; a package alone, without the other "
            "children. The last column is the margin of as many children like those: it is not to be "
            "compared with the plan's margin, in which real ages, presences and months count.",
        ),
    )


def _table(view: View, own: Sequence[VistaGestore]) -> Table:
    """Write season, fasce and packages with their figures."""
    keys = _keys(view)
    heads = [
        text("bambini", "children"),
        text("costo EUR", "cost EUR"),
        text("ricavo EUR", "revenue EUR"),
        text("margine EUR", "margin EUR"),
        text("pareggio, personale che cresce", "break-even, growing staff"),
        text("non si perde con", "nothing lost with"),
        text("minimo sicuro, qualunque età", "safe minimum, whatever the ages"),
        text("margine alle età più care EUR", "margin at the dearest ages EUR"),
    ]
    rows = tuple((*_names(view, one, thing), *_cells(thing)) for one in own for thing in _shown(one))
    columns = (*text_columns(keys), *number_columns(heads))
    caption = text(
        "Costo aggiunto (pasti compresi), ricavo di listino, margine",
        "Added cost (meals included), list-price revenue, margin",
    )
    return Table(caption, columns, rows, keys=len(keys))


def _reasons(view: View, own: Sequence[VistaGestore]) -> Table:
    """Say why a break-even or a safe minimum is missing, with the numbers of its own curve."""
    keys = _keys(view)
    sought = (text("pareggio", "break-even"), text("minimo sicuro", "safe minimum"))
    rows = tuple(
        (*_names(view, one, thing), number, why_missing(curve))
        for one in own
        for thing in _shown(one)
        for number, curve in zip(sought, (thing.curve, thing.safe), strict=True)
        if curve.motivo is not None
    )
    columns = text_columns([*keys, text("numero", "number"), text("perché manca (EUR)", "why not (EUR)")])
    caption = text("Dove un numero manca, e perché", "Where a number is missing, and why")
    return Table(caption, columns, rows, keys=len(keys) + 1)


def _shown(one: VistaGestore) -> list[Thing]:
    """Leave out the fasce that nobody uses."""
    return [thing for thing in things(one) if thing.children]


def _keys(view: View) -> list[str]:
    """Name the first columns; the provider only where there are several."""
    before = [text("gestore", "provider")] if view.audience == "distretto" else []
    return [*before, text("stagione", "season"), text("che cosa", "what")]


def _names(view: View, one: VistaGestore, thing: Thing) -> tuple[str, ...]:
    names = {provider.id: provider.nome for provider in view.providers}
    seasons = {season.id: season.nome or season.id for season in view.seasons}
    several = (names.get(one.gestore, one.gestore),) if view.audience == "distretto" else ()
    words = {
        "stagione": text("tutta la stagione", "whole season"),
        "fascia": text("fascia {name}", "fascia {name}", name=", ".join(thing.fasce)),
        "pacchetto": package_words(thing.fasce),
    }
    return (*several, seasons.get(one.stagione, one.stagione), words[thing.voce])


def _cells(thing: Thing) -> tuple[str, ...]:
    return (
        integer(thing.children),
        *(euro(thing.cost), euro(thing.income), euro(thing.income - thing.cost)),
        number_or_dash(thing.curve.minimo),
        runs_words(thing.curve),
        number_or_dash(thing.safe.minimo),
        safe_margin(thing.safe),
    )

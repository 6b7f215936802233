"""Section: what a hurried officer must know, on one screen."""

from nido.data.lingua import text
from nido.report.html.blocks import Block, Card, Cards, Listed, Section
from nido.report.html.context import Context
from nido.report.html.wording import amount_sign, count, joined
from nido.report.numbers_local import euro_sign, integer, percent
from nido.report.privacy.view import Served
from nido.report.state_words import COMPANY, WITHOUT_PLAN, stato_words


def build(context: Context) -> Section:
    """Write what is asked, what it costs, what is certain and what is assumed."""
    view = context.view
    asked = {"azienda": _asked_of_company, "gestore": _asked_of_provider}.get(
        view.audience, _asked_of_district
    )
    cards = (asked(context), _money(context), _certain(context), _assumed(context))
    blocks: list[Block] = [Cards(cards)]
    if view.remarks:
        blocks.append(Listed(view.remarks))
    return Section("in-breve", text("In breve", "At a glance"), tuple(blocks))


def _places(context: Context) -> tuple[str, ...]:
    """Write the reserved places season by season."""
    found: dict[str, int] = {}
    for row in context.view.agreements:
        found[row.stagione] = found.get(row.stagione, 0) + row.posti
    return tuple(f"{context.season(season)}: {integer(places)}" for season, places in found.items())


def _asked_of_company(context: Context) -> Card:
    view = context.view
    names = list(dict.fromkeys(context.provider(row.gestore) for row in view.agreements))
    title = text("Che cosa ci si chiede", "What is asked of us")
    if not names:
        return Card(
            title,
            text("niente", "nothing"),
            (text("Nessun accordo nel piano.", "No agreement in the plan."),),
        )
    value = text("{count} accordi", "{count} agreements", count=integer(len(view.agreements)))
    one = text("1 accordo", "1 agreement")
    signed = text("Posti da riservare con {names}:", "Places to reserve with {names}:", names=joined(names))
    return Card(
        title, one if len(view.agreements) == 1 else value, (signed, *_places(context), *_coverage(context))
    )


def _asked_of_provider(context: Context) -> Card:
    view = context.view
    fasce = list(dict.fromkeys(row.fascia for row in view.openings))
    names = list(dict.fromkeys(context.company(row.azienda) for row in view.agreements))
    title = text("Che cosa ci si chiede", "What is asked of us")
    if not names:
        return Card(
            title,
            text("niente", "nothing"),
            (text("Nessun accordo nel piano.", "No agreement in the plan."),),
        )
    said = [
        text("Posti riservati da {names}:", "Places reserved by {names}:", names=joined(names)),
        *_places(context),
    ]
    if fasce:
        said.append(text("Fasce da aprire: {names}.", "Openings to add: {names}.", names=joined(fasce)))
    else:
        said.append(text("Nessuna fascia da aprire.", "No opening to add."))
    value = text("{count} accordi", "{count} agreements", count=integer(len(view.agreements)))
    one = text("1 accordo", "1 agreement")
    return Card(title, one if len(view.agreements) == 1 else value, tuple(said))


def _asked_of_district(context: Context) -> Card:
    view = context.view
    served = [row.piano for row in view.coverage]
    asked = sum(one.richieste or 0 for one in served)
    title = text("Che cosa si chiede e si dà", "What is asked and given")
    said = (
        text(
            "Coperte per intero {full}, in parte {partly}, non servite {missed}.",
            "Covered in full {full}, in part {partly}, not served {missed}.",
            full=integer(sum(one.piene or 0 for one in served)),
            partly=integer(sum(one.parziali or 0 for one in served)),
            missed=integer(sum(one.non_servite or 0 for one in served)),
        ),
        text(
            "Accordi: {count}, con {names}.",
            "Agreements: {count}, with {names}.",
            count=integer(len(view.agreements)),
            names=joined(list(dict.fromkeys(context.company(row.azienda) for row in view.agreements))) or "-",
        ),
        *_hours_covered(served, [row.standard for row in view.coverage], view.standard_hours),
    )
    return Card(title, text("{count} richieste", "{count} requests", count=integer(asked)), said)


def _coverage(context: Context) -> tuple[str, ...]:
    served = [row.piano for row in context.view.coverage]
    if len(served) != 1:
        return ()
    one = served[0]
    counts = text(
        "Richieste {asked}: per intero {full}, in parte {partly}, non servite {missed}.",
        "Requests {asked}: in full {full}, in part {partly}, not served {missed}.",
        asked=count(one.richieste),
        full=count(one.piene),
        partly=count(one.parziali),
        missed=count(one.non_servite),
    )
    return (counts, *_hours_covered(served, [context.view.coverage[0].standard], context.view.standard_hours))


def _hours_covered(plan: list[Served], standard: list[Served | None], hours: str | None) -> tuple[str, ...]:
    share = _share(plan)
    if share is None:
        return ()
    said = text("Ore coperte: {share}.", "Hours covered: {share}.", share=share)
    known = [one for one in standard if one is not None]
    other = _share(known) if hours and known and len(known) == len(plan) else None
    if other is None:
        return (said,)
    beside = text(
        "Con l'orario standard {hours}: {share}.",
        "At standard hours {hours}: {share}.",
        hours=hours,
        share=other,
    )
    return (f"{said} {beside}",)


def _share(served: list[Served]) -> str | None:
    covered = [one.minuti_coperti for one in served]
    asked = [one.minuti_chiesti for one in served]
    if not served or None in covered or None in asked:
        return None
    return percent(sum(one or 0 for one in covered), sum(one or 0 for one in asked))


def _money(context: Context) -> Card:
    view = context.view
    totals = view.totals
    own = sum(row.importo_cent for row in totals.per_payer if row.nome.startswith(COMPANY))
    rest = sum(row.importo_cent for row in totals.per_payer if not row.nome.startswith(COMPANY))
    listed = text(
        "Prezzo di listino in tutto: {cents}.",
        "List price in all: {cents}.",
        cents=euro_sign(totals.listino_cent),
    )
    if view.audience == "azienda":
        budget = next((one.budget_cent for one in view.companies if one.id == view.subject), None)
        said = [
            listed,
            text(
                "Il resto ({cents}) lo pagano altri.",
                "The rest ({cents}) is paid by others.",
                cents=euro_sign(rest),
            ),
        ]
        if budget is not None:
            said.append(
                text("Budget dichiarato: {cents}.", "Budget stated: {cents}.", cents=amount_sign(budget))
            )
        title = text("Quanto paghiamo", "What we pay")
        if view.flat:
            title = text("La nostra parte del listino", "Our part of the list price")
            said.append(
                text(
                    "Non è l'importo in fattura: quello dipende anche dalle rette delle famiglie.",
                    "It is not the amount billed: that depends on the families' fees too.",
                )
            )
        return Card(title, euro_sign(own), tuple(said))
    said = [
        text("Dalle aziende: {cents}.", "From companies: {cents}.", cents=euro_sign(own)),
        text("Da altri pagatori: {cents}.", "From other payers: {cents}.", cents=euro_sign(rest)),
    ]
    if totals.costo_produzione_cent is not None:
        said.append(
            text(
                "Costo di produzione, un altro conto: {cents}.",
                "Cost of production, another account: {cents}.",
                cents=euro_sign(totals.costo_produzione_cent),
            )
        )
    title = (
        text("Quanto si fattura", "What is billed")
        if view.audience == "gestore"
        else text("Quanto costa", "What it costs")
    )
    return Card(title, euro_sign(totals.listino_cent), tuple(said))


def _certain(context: Context) -> Card:
    view = context.view
    if view.state in WITHOUT_PLAN:
        return Card(
            text("Che cosa è certo", "What is certain"),
            text("nessun piano", "no plan"),
            (stato_words(view.state),),
        )
    checked = (
        text(
            "Un controllo indipendente ha rifatto tutti i conti e li conferma.",
            "An independent check has redone every figure and confirms it.",
        )
        if view.verified
        else text(
            "Il controllo indipendente NON conferma il piano.",
            "The independent check does NOT confirm the plan.",
        )
    )
    proven = text("Risultato: {state}.", "Result: {state}.", state=stato_words(view.state))
    rounded = text(
        "La somma dei pagatori è il totale, al centesimo.", "The payers add up to the total, to the cent."
    )
    value = (
        text("conti verificati", "figures verified")
        if view.verified
        else text("da rivedere", "to be reviewed")
    )
    return Card(text("Che cosa è certo", "What is certain"), value, (checked, proven, rounded))


def _assumed(context: Context) -> Card:
    view = context.view
    said = []
    if view.notice:
        said.append(
            text(
                "La domanda è inventata: nessun numero di bambini è vero.",
                "The demand is invented: no number of children is real.",
            )
        )
    said.append(
        text(
            "Prezzi, orari e costi senza una fonte sono elencati in fondo.",
            "Prices, hours and costs without a source are listed at the end.",
        )
    )
    number = len(view.assumptions)
    value = text("{count} cifre", "{count} figures", count=integer(number))
    return Card(
        text("Che cosa è ipotesi", "What is assumed"),
        text("1 cifra", "1 figure") if number == 1 else value,
        tuple(said),
    )

"""Section: how the cost of the plan can be shared, for the district whole, for a company its own part."""

from collections.abc import Sequence

from nido.accordi.sharing.rows import CompanyShare, Metodo, Shares
from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.sections import SHARES
from nido.report.numbers_local import euro, euro_sign, hours, integer
from nido.report.privacy.audience import sees
from nido.report.privacy.view import View
from nido.report.sections_shares import least_words, method_words, par_words, pooling_words

FEWEST_TOGETHER = 2
# By children and by hours a company's part over the whole would tell how many children it has.
FOR_A_COMPANY: tuple[Metodo, ...] = ("shapley", "nucleo")


def shares_section(view: View, shares: Shares) -> Section | None:
    """Write the section for an audience.

    Parameters
    ----------
    view
        Whom it is for; a provider has no part in the sharing.
    shares
        The shares of the plan's cost.

    Returns
    -------
    Section or None
        None for a provider, and for a company without a served child.
    """
    if not sees("parti_eque", view.audience):
        return None
    if view.audience == "distretto":
        return _section(_for_district(view, shares))
    own = next((one for one in shares.aziende if one.azienda == view.subject), None)
    if own is None or not own.bambini:
        return None
    return _section(_for_company(shares, own))


def _section(blocks: Sequence[Block]) -> Section:
    return Section(SHARES, text("Come si divide il costo", "How the cost is shared"), tuple(blocks))


def _methods(shares: Shares) -> list[Metodo]:
    return [check.metodo for check in shares.metodi]


def _intro() -> Words:
    return Words(
        text(
            "Il costo di produzione del piano diviso fra le aziende in più modi, accanto a quanto ognuna "
            "spenderebbe da sola per servire gli stessi bambini. Non è ciò che si paga: quello sta in "
            "«Chi paga».",
            "The plan's production cost divided among the companies in several ways, beside what each "
            "would spend alone to serve the same children. It is not what is paid: that stands under "
            "“Who pays”.",
        )
    )


def _for_district(view: View, shares: Shares) -> list[Block]:
    names = {one.id: one.nome for one in view.companies}
    methods = _methods(shares)
    heads = [
        text("bambini", "children"),
        text("ore", "hours"),
        text("da sola EUR", "alone EUR"),
        *(f"{method_words(shares, method)} EUR" for method in methods),
        text("risparmio (Shapley) EUR", "saving (Shapley) EUR"),
    ]
    rows = tuple(
        (
            names.get(one.azienda, one.azienda),
            integer(one.bambini),
            hours(one.minuti),
            euro(one.da_sola_cent),
            *(euro(one.parti_cent[method]) for method in methods),
            euro(one.risparmio_cent["shapley"]),
        )
        for one in shares.aziende
    )
    totals = (euro(sum(one.parti_cent[method] for one in shares.aziende)) for method in methods)
    saved = euro(sum(one.risparmio_cent["shapley"] for one in shares.aziende))
    footer = (text("tutte", "all"), "", "", "", *totals, saved)
    columns = (*text_columns([text("azienda", "company")]), *number_columns(heads))
    caption = text("Parti del costo di produzione", "Shares of the production cost")
    sentences = [
        _core_words(shares),
        _check_words(shares, names),
        *pooling_words(shares),
        *least_words(shares),
        _proof_words(shares),
    ]
    return [
        _intro(),
        Tabled(Table(caption, columns, rows, (footer,))),
        *(Words(sentence, "note") for sentence in sentences if sentence),
        Tabled(_groups(shares, names), folded=True),
        *([Tabled(opened, folded=True)] if (opened := _opened(view, shares, names)) else []),
    ]


def _for_company(shares: Shares, own: CompanyShare) -> list[Block]:
    methods = [method for method in _methods(shares) if method in FOR_A_COMPANY]
    rows = [(text("da sola", "alone"), euro(own.da_sola_cent), "")]
    rows += [
        (method_words(shares, method), euro(own.parti_cent[method]), euro(own.risparmio_cent[method]))
        for method in methods
    ]
    heads = [text("EUR", "EUR"), text("risparmio EUR", "saving EUR")]
    columns = (*text_columns([text("modo", "way")]), *number_columns(heads))
    caption = text(
        "La parte dell'azienda nel costo di produzione", "The company's part of the production cost"
    )
    return [
        _intro(),
        Tabled(Table(caption, columns, tuple(rows))),
        Words(_alone_words(shares), "note"),
        *(Words(words, "note") for words in _par_words(shares)),
        Words(_core_words(shares), "note"),
        Words(_proof_words(shares), "note"),
    ]


def _alone_words(shares: Shares) -> str:
    return text(
        "Da sola vuol dire con tutti i posti liberi e il personale già in servizio a sua disposizione, e con "
        "le ore che nessuno può coprire comprate fuori a {price} l'una, anche prima delle 08:00 e dopo le "
        "18:00. Non tutte le aziende possono essere sole insieme, e nessuna ha la certezza di trovare quelle "
        "ore: per questo la parte può superare quel costo.",
        "Alone means with every place free and the staff on duty at its disposal, and with the hours that "
        "nobody can cover bought outside at {price} each, also before 08:00 and after 18:00. The companies "
        "cannot all be alone at once, and none is sure to find those hours: this is why the part may exceed "
        "that cost.",
        price=euro_sign(shares.ora_alternativa_cent),
    )


def _par_words(shares: Shares) -> list[str]:
    """Give the price for all: between two companies one could reckon the other's part of it."""
    together = sum(bool(one.bambini) for one in shares.aziende)
    return par_words(shares) if together > FEWEST_TOGETHER else []


def _core_words(shares: Shares) -> str:
    if shares.nucleo is None:
        return text(
            "Le aziende sono troppe per risolvere ogni gruppo: le parti sono stimate.",
            "The companies are too many to solve every group: the shares are estimated.",
        )
    if shares.nucleo.vuoto:
        return text(
            "Nessuna divisione tiene insieme tutti i gruppi: qualche gruppo di aziende starebbe meglio "
            "da solo, "
            "al più di {excess} EUR nella divisione migliore.",
            "No way of sharing keeps every group in: some group of companies would be better off alone, "
            "by at most {excess} EUR under the best one.",
            excess=euro(shares.nucleo.eccesso_cent),
        )
    return text(
        "C'è una divisione in cui nessun gruppo di aziende starebbe meglio da solo: la colonna «nel nucleo».",
        "There is a way of sharing under which no group of companies is better off alone: the column “in "
        "the core”.",
    )


def _check_words(shares: Shares, names: dict[str, str]) -> str:
    worst = next((one for one in shares.metodi if one.metodo == "shapley" and one.peggiore), None)
    if worst is None or worst.peggiore is None:
        return ""
    group = ", ".join(names.get(one, one) for one in worst.peggiore.aziende)
    return text(
        "Con Shapley starebbe meglio da solo, di {gain} EUR, il gruppo: {group}.",
        "Under Shapley the group that would gain most alone, {gain} EUR, is: {group}.",
        gain=euro(worst.peggiore.guadagno_cent),
        group=group,
    )


def _proof_words(shares: Shares) -> str:
    if shares.dimostrato and shares.esatto:
        return text(
            "Ogni gruppo di aziende è stato risolto davvero, e il suo costo è dimostrato minimo.",
            "Every group of companies was really solved, and its cost is proven to be the least.",
        )
    if not shares.esatto:
        return text(
            "Parti stimate da {orders} ordini sorteggiati.",
            "Shares estimated from {orders} drawn orders.",
            orders=integer(shares.permutazioni or 0),
        )
    return text(
        "Il costo di qualche gruppo non è dimostrato minimo: le parti possono cambiare.",
        "The cost of some group is not proven to be the least: the shares may change.",
    )


def _groups(shares: Shares, names: dict[str, str]) -> Table:
    rows = tuple(
        (
            ", ".join(names.get(one, one) for one in row.aziende) or "-",
            euro(row.costo_cent),
            euro(row.alternativa_cent),
            integer(row.fuori),
            text("dimostrato", "proven")
            if row.stato == "dimostrato"
            else text("non dimostrato", "not proven"),
        )
        for row in shares.coalizioni
    )
    heads = number_columns(
        [
            text("costo EUR", "cost EUR"),
            text("di cui fuori EUR", "of it outside EUR"),
            text("richieste fuori", "requests outside"),
        ]
    )
    columns = (
        *text_columns([text("gruppo", "group")]),
        *heads,
        *text_columns([text("stato", "state")]),
    )
    return Table(text("Costo di ogni gruppo di aziende", "Cost of every group of companies"), columns, rows)


def _opened(view: View, shares: Shares, names: dict[str, str]) -> Table | None:
    """Divide the cost of each opened fascia alone, the rest of the plan left out."""
    providers = {one.id: one.nome for one in view.providers}
    rows = tuple(
        (
            *(providers.get(one.gestore, one.gestore), one.fascia, one.stagione),
            names.get(part.azienda, part.azienda),
            *(integer(part.bambini), hours(part.minuti)),
            *(euro(part.per_bambini_cent), euro(part.per_ore_cent)),
        )
        for one in shares.fasce
        if one.costo_cent
        for part in one.parti
    )
    heads = [
        text("bambini", "children"),
        text("ore", "hours"),
        text("per bambini EUR", "by children EUR"),
        text("per ore EUR", "by hours EUR"),
    ]
    named = ["gestore", "fascia", text("stagione", "season"), text("azienda", "company")]
    caption = text("Il costo delle sole fasce aperte, diviso", "The cost of the open fasce alone, divided")
    return Table(caption, (*text_columns(named), *number_columns(heads)), rows, keys=3) if rows else None

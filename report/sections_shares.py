"""Report sections: fair shares of the plan's cost among the companies, side by side."""

from collections.abc import Sequence

from nido.accordi.sharing.rows import CoalitionRow, CompanyShare, MethodCheck, Metodo, Shares
from nido.accordi.sharing.solving import Step
from nido.data.lingua import text
from nido.report.numbers_local import euro, euro_sign, hours, integer
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap

# More groups than this are counted, not listed.
MOST_GROUPS = 300


def shares_report(shares: Shares, *, width: int) -> str:
    """Write everything about fair shares as text (see `nido.report.terminale` for the width)."""
    blocks = [part(shares, width) for part in (side_by_side, savings, core, groups, opened)]
    labelled = [
        [*wrap(f"{block[0]} [{shares.avvertenza}]", width), *block[1:]] if shares.avvertenza else block
        for block in blocks
        if block
    ]
    return "\n\n".join("\n".join(block) for block in labelled) + "\n"


def side_by_side(shares: Shares, width: int) -> Lines:
    """Write what each company would pay under every method, beside its cost alone."""
    methods = _methods(shares)
    columns = [
        text_column(text("azienda", "company")),
        number_column(text("bambini", "children")),
        number_column(text("ore", "hours")),
        number_column(text("da sola EUR", "alone EUR")),
        *(number_column(_heading(shares, method)) for method in methods),
    ]
    if not shares.esatto:
        columns.append(number_column("± EUR"))
    rows: list[Row] = [_share_row(shares, one, methods) for one in shares.aziende]
    totals = [euro(sum(one.parti_cent[method] for one in shares.aziende)) for method in methods]
    footer = [
        (
            text("tutte", "all"),
            integer(sum(one.bambini for one in shares.aziende)),
            hours(sum(one.minuti for one in shares.aziende)),
            "",
            *totals,
            *([] if shares.esatto else [""]),
        )
    ]
    title = text("Parti eque del costo di produzione del piano", "Fair shares of the plan's production cost")
    body = table(columns, rows, width, footer=footer)
    return section(title, [*body, *(line for note in _notes(shares) for line in wrap(note, width))])


def _share_row(shares: Shares, one: CompanyShare, methods: Sequence[Metodo]) -> Row:
    width = [] if shares.esatto else [euro(one.piu_o_meno_cent or 0)]
    return (
        one.azienda,
        integer(one.bambini),
        hours(one.minuti),
        euro(one.da_sola_cent),
        *(euro(one.parti_cent[method]) for method in methods),
        *width,
    )


def _methods(shares: Shares) -> list[Metodo]:
    return [check.metodo for check in shares.metodi]


def method_words(shares: Shares, method: Metodo) -> str:
    """Name a method."""
    if method == "nucleo" and shares.nucleo is not None and shares.nucleo.vuoto:
        return text("nucleolo", "nucleolus")
    return {
        "bambini": text("per bambini", "by children"),
        "ore": text("per ore", "by hours"),
        "shapley": "Shapley",
        "nucleo": text("nel nucleo", "in the core"),
    }[method]


def _heading(shares: Shares, method: Metodo) -> str:
    return f"{method_words(shares, method)} EUR"


def _notes(shares: Shares) -> list[str]:
    notes = [
        text(
            "Da sola: quanto costerebbe servire gli stessi bambini con tutti i posti liberi e le stesse "
            "regole; chi resta fuori compra ogni ora coperta a {price} EUR. Non tutte possono essere sole "
            "insieme: i posti sono gli stessi.",
            "Alone: what serving the same children would cost with every place free and the same rules; who "
            "is left out buys each covered hour at {price} EUR. They cannot all be alone at once: the places"
            " are the same.",
            price=euro(shares.ora_alternativa_cent),
        ),
        text(
            "Shapley: quanto ogni azienda aggiunge al costo, in media su tutti gli ordini di arrivo.",
            "Shapley: what each company adds to the cost, on average over every order of arrival.",
        ),
    ]
    if shares.uso_alternativa == "se_conviene":
        notes.append(
            text(
                "Un gruppo compra fuori anche quando costa meno.",
                "A group buys outside also where that costs less.",
            )
        )
    return [*notes, *least_words(shares), *_warnings(shares)]


def least_words(shares: Shares) -> list[str]:
    """Say why the plan may cost more than serving the same children at the least cost."""
    least = shares.costo_minimo_cent
    notes: list[str] = []
    if least is not None and least < shares.costo_piano_cent:
        notes.append(
            text(
                "Si divide il costo del piano, {plan}. Servire gli stessi bambini al minor costo costerebbe "
                "{least}: la differenza, {difference}, è ciò che il piano spende per gli altri livelli del "
                "suo obiettivo.",
                "What is divided is the cost of the plan, {plan}. To serve the same children at the least "
                "cost would cost {least}: the difference, {difference}, is what the plan spends for the "
                "other tiers of its objective.",
                plan=euro_sign(shares.costo_piano_cent),
                least=euro_sign(least),
                difference=euro_sign(shares.costo_piano_cent - least),
            )
        )
    return notes


def _warnings(shares: Shares) -> list[str]:
    notes: list[str] = []
    if shares.permutazioni is not None:
        notes.append(
            text(
                "Troppe aziende per provare tutti i gruppi: Shapley è stimato su {count} ordini sorteggiati;"
                " ± è metà dell'intervallo di confidenza al 95 %.",
                "Too many companies to try every group: Shapley is estimated from {count} orders drawn; ± is"
                " half of the 95 % confidence interval.",
                count=integer(shares.permutazioni),
            )
        )
    if not shares.dimostrato:
        notes.append(
            text(
                "ATTENZIONE: il costo di qualche gruppo non è dimostrato (*): le parti possono cambiare.",
                "WARNING: the cost of some group is not proven (*): the shares may change.",
            )
        )
    return notes


def savings(shares: Shares, width: int) -> Lines:
    """Write what each company saves against going alone."""
    methods = _methods(shares)
    columns = [
        text_column(text("azienda", "company")),
        *(number_column(_heading(shares, method)) for method in methods),
    ]
    rows = [
        (one.azienda, *(euro(one.risparmio_cent[method]) for method in methods)) for one in shares.aziende
    ]
    title = text("Risparmio rispetto a fare da sola", "Saving against going alone")
    note = text("Con il segno meno: paga più che da sola.", "With a minus: it pays more than alone.")
    loses = any(saved < 0 for one in shares.aziende for saved in one.risparmio_cent.values())
    return section(title, [*table(columns, rows, width), *(wrap(note, width) if loses else [])])


def core(shares: Shares, width: int) -> Lines:
    """Say in words whether some group of companies would be better off alone."""
    body: Lines = []
    for check in shares.metodi:
        body += wrap(f"- {_check_words(shares, check)}", width, indent="  ")
    if not shares.esatto:
        looked = text(
            "Guardati solo i gruppi risolti: un altro potrebbe stare meglio da solo.",
            "Only the groups that were solved were looked at: another one may be better off alone.",
        )
        body += wrap(looked, width)
    return section(
        text("Qualche gruppo starebbe meglio da solo?", "Would some group be better off alone?"),
        [*body, *(line for note in _core_notes(shares) for line in wrap(note, width))],
    )


def _core_notes(shares: Shares) -> list[str]:
    return [*([] if shares.nucleo is None else [_core_words(shares)]), *pooling_words(shares)]


def pooling_words(shares: Shares) -> list[str]:
    """Say why the companies alone can cost less than the plan, and up to which price outside they do."""
    apart = sum(one.da_sola_cent for one in shares.aziende)
    notes: list[str] = []
    if apart < shares.costo_piano_cent:
        notes.append(
            text(
                "Il piano costa più della somma delle aziende da sole ({apart}): da sola ognuna ha tutti i "
                "posti e il personale già in servizio, e chi non raggiunge la soglia di una fascia compra "
                "ore fuori invece di pagare l'apertura. Quanto conta lo dice il prezzo di un'ora fuori.",
                "The plan costs more than the companies alone taken together ({apart}): alone each has every"
                " place and the staff already on duty, and who does not reach the threshold of a fascia buys"
                " hours outside instead of paying for the opening. How much that matters depends on the "
                "price of an hour outside.",
                apart=euro_sign(apart),
            )
        )
    return [*notes, *par_words(shares)]


def par_words(shares: Shares) -> list[str]:
    """Say at which price outside the companies alone would cost together what the plan costs."""
    par = shares.prezzo_pari_cent
    notes: list[str] = []
    if par is not None and par > 0:
        notes.append(
            text(
                "Un'ora fuori costa {price} nello scenario. A {par} le aziende da sole costerebbero insieme "
                "quanto il piano; se prima delle 08:00 e dopo le 18:00 fuori si paga di più, o nessuno "
                "apre, il piano costa meno.",
                "An hour outside costs {price} in the scenario. At {par} the companies alone would cost "
                "together what the plan costs; if before 08:00 and after 18:00 more is paid outside, or "
                "nobody opens, the plan costs less.",
                price=euro_sign(shares.ora_alternativa_cent),
                par=euro_sign(round(par)),
            )
        )
    return notes


def _check_words(shares: Shares, check: MethodCheck) -> str:
    name = method_words(shares, check.metodo)
    if check.peggiore is None:
        return text("{name}: no, nessuno.", "{name}: no, none.", name=name)
    return text(
        "{name}: sì, {count}. Quello che guadagna di più, {gain}: {group}.",
        "{name}: yes, {count}. The one that gains most, {gain}: {group}.",
        name=name,
        count=integer(check.gruppi),
        gain=euro_sign(check.peggiore.guadagno_cent),
        group=" + ".join(check.peggiore.aziende),
    )


def _core_words(shares: Shares) -> str:
    assert shares.nucleo is not None
    if shares.nucleo.vuoto:
        return text(
            "Il nucleo è vuoto: nessuna divisione accontenta ogni gruppo. Nel nucleolo il gruppo che sta "
            "peggio paga {excess} più che da solo, e nessuna divisione fa meglio.",
            "The core is empty: no division satisfies every group. In the nucleolus the group that is worst "
            "off pays {excess} more than alone, and no division does better.",
            excess=euro_sign(shares.nucleo.eccesso_cent),
        )
    if shares.nucleo.punto == "shapley":
        return text(
            "Shapley è nel nucleo: nessun gruppo ha interesse a staccarsi.",
            "Shapley is in the core: no group gains by leaving.",
        )
    return text(
        "Shapley è fuori dal nucleo, che non è vuoto: la colonna «nel nucleo» è il suo punto più vicino, in "
        "cui la modifica più grande chiesta a un'azienda è la più piccola possibile.",
        "Shapley is outside the core, which is not empty: the column “in the core” is its nearest point, "
        "where the largest change asked of a company is as small as it can be.",
    )


def groups(shares: Shares, width: int) -> Lines:
    """Write the cost of every group."""
    columns = [
        number_column(text("aziende", "companies")),
        text_column(text("gruppo", "group")),
        number_column(text("costo EUR", "cost EUR")),
        number_column(text("prodotto EUR", "produced EUR")),
        number_column(text("fuori EUR", "outside EUR")),
        number_column(text("richieste fuori", "requests outside")),
    ]
    listed = sorted((row for row in shares.coalizioni if row.aziende), key=lambda row: len(row.aziende))
    rows = [_group_row(row) for row in listed[:MOST_GROUPS]]
    title = text("Quanto costa servire ogni gruppo", "What serving each group costs")
    notes: list[str] = []
    if len(listed) > MOST_GROUPS:
        notes.append(
            text(
                "Altri {count} gruppi non sono elencati.",
                "{count} more groups are not listed.",
                count=integer(len(listed) - MOST_GROUPS),
            )
        )
    if shares.costo_minimo_cent is not None and shares.costo_minimo_cent != shares.costo_piano_cent:
        notes.append(
            text(
                "Per tutte insieme è il costo minimo, non quello del piano.",
                "For all together it is the least cost, not that of the plan.",
            )
        )
    return section(title, [*table(columns, rows, width, keys=2), *(w for n in notes for w in wrap(n, width))])


def _group_row(row: CoalitionRow) -> Row:
    mark = "" if row.stato == "dimostrato" else " *"
    return (
        integer(len(row.aziende)),
        " + ".join(row.aziende),
        euro(row.costo_cent) + mark,
        euro(row.produzione_cent),
        euro(row.alternativa_cent),
        integer(row.fuori),
    )


def opened(shares: Shares, width: int) -> Lines:
    """Write who has what of the cost of each opened fascia."""
    columns = [
        text_column("gestore"),
        text_column("fascia"),
        text_column(text("stagione", "season")),
        text_column(text("azienda", "company")),
        number_column(text("bambini", "children")),
        number_column(text("ore", "hours")),
        number_column(text("per bambini EUR", "by children EUR")),
        number_column(text("per ore EUR", "by hours EUR")),
    ]
    rows = [
        (
            *(one.gestore, one.fascia, one.stagione, part.azienda),
            *(integer(part.bambini), hours(part.minuti)),
            *(euro(part.per_bambini_cent), euro(part.per_ore_cent)),
        )
        for one in shares.fasce
        if one.costo_cent
        for part in one.parti
    ]
    title = text("Il costo di ogni fascia aperta, diviso", "The cost of each open fascia, divided")
    return section(title, table(columns, rows, width, keys=4) if rows else [])


def step_words(step: Step) -> str:
    """Tell a coalition done, for the progress on stderr."""
    return text(
        "parti eque: {done}/{all} gruppi, {seconds} s",
        "fair shares: {done}/{all} groups, {seconds} s",
        done=integer(step.fatte),
        all=integer(step.tutte),
        seconds=integer(round(step.secondi)),
    )

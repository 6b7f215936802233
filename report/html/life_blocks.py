"""The life of the agreements on the page: cases by year, what happens in them, pledges, the plan's months."""

from collections.abc import Iterator, Mapping, Sequence

from nido.data.lingua import text
from nido.report.drawings.bars import Bar, bars
from nido.report.drawings.figure import Figure, Table, number_columns, text_columns
from nido.report.drawings.palette import CATEGORIES
from nido.report.drawings.patterns import Look
from nido.report.drawings.ranges import Range, ranges
from nido.report.html.blocks import Block, Drawn, Heading, Listed, Tabled, Words
from nido.report.html.life_months import month_tables
from nido.report.html.life_words import count_words, course_name, happening_words
from nido.report.life_calendar import month_words, year_words
from nido.report.numbers_local import euro, euro_sign, integer
from nido.report.privacy.life import Happening, Life, PartyLife
from nido.report.privacy.pledge import Pledge
from nido.report.privacy.view import View
from nido.report.state_words import payer_words

KEY = "vita"
LEAST, EXPECTED, MOST = Look(CATEGORIES[2], 2), Look(CATEGORIES[1], 0), Look(CATEGORIES[0], 1)
FULL, EMPTY = Look(CATEGORIES[0], 0), Look(CATEGORIES[1], 1)
Names = Mapping[str, str]


def life_blocks(view: View, life: Life) -> Iterator[Block]:
    """Give the blocks of the section, for the district or for one party.

    Parameters
    ----------
    view
        Whom it is for.
    life
        What it may see of the agreements' life.
    """
    names: Names = {one.id: one.nome for one in view.companies} | {one.id: one.nome for one in view.providers}
    shown = [one for one in life.parties if one.most]
    if shown:
        yield Drawn(_cases(view, life, shown, names), open_table=True)
    yield from _happenings(view, life, names)
    if life.pledges:
        yield Heading(text("Che cosa impegna il contratto", "What the contract binds to"))
        yield Words(_pledge_words(view, life))
        yield Drawn(_pledge_figure(view, life), open_table=True)
        yield Tabled(_pledge_table(life, names), folded=True)
    if life.months:
        yield Heading(text("Il piano, mese per mese", "The plan, month by month"))
        yield Words(
            text(
                "Se i bambini restano quelli del piano. L'importo è tutto il dovuto con la data del mese, "
                "chiunque paghi: ore e pasti stanno nel primo mese della stagione, come nel registro.",
                "If the children stay those of the plan. The amount is all that is due with the date of the "
                "month, whoever pays: hours and meals stand in the first month of their season, as in the "
                "ledger.",
            )
        )
        yield from (Tabled(table, folded=True) for table in month_tables(life.months, names))


def _party_name(one: PartyLife, names: Names) -> str:
    return names.get(one.party) or payer_words(one.party)


def _cases(view: View, life: Life, shown: Sequence[PartyLife], names: Names) -> Figure:
    title = text(
        "Anno per anno: il percorso minimo, il valore atteso, il percorso massimo",
        "Year by year: the least course, the mean, the most",
    )
    alone = view.audience != "distretto"
    note = text(
        "Gli anni sono quelli dell'accordo: cominciano con il suo primo mese, e con loro cambiano i prezzi. "
        "La riga del minimo, e quella del massimo, è tutta di un solo percorso, quello che dà il minimo o il "
        "massimo nell'intera durata: la somma degli anni è il totale. In un anno preso da solo un altro "
        "percorso può dare meno o più. Ogni importo sta nell'anno della sua data.",
        "Years are those of the agreement: they begin with its first month, and prices change with them. The "
        "row of the least, and that of the most, is all of one course, the one with the least or the most "
        "over the whole life: the years sum to the total. In a year by itself another course may cost less "
        "or more. Every amount stands in the year of its date.",
    )
    table = _case_table(life, shown, names, alone=alone)
    if alone:
        summary = _alone_summary(life, shown[0])
        return bars(f"{KEY}-casi", title, summary, _by_year(life, shown[0]), table, note)
    found = [_range(_party_name(one, names), one) for one in shown]
    return ranges(f"{KEY}-casi", title, _district_summary(life, shown, names), found, table, note)


def _range(name: str, one: PartyLife) -> Range:
    least, expected, most = sum(one.least), sum(one.expected), sum(one.most)
    return Range(name, least, expected, most, f"{euro(least)} – {euro(most)}")


def _by_year(life: Life, one: PartyLife) -> list[Bar]:
    """Give a bar for each year and case."""
    cases = (
        (text("percorso minimo", "least course"), one.least, LEAST),
        (text("atteso", "expected"), one.expected, EXPECTED),
        (text("percorso massimo", "most course"), one.most, MOST),
    )
    return [
        Bar(f"{year_words(year)}, {case}", cents[place], euro(cents[place]), look)
        for place, year in enumerate(life.years)
        for case, cents, look in cases
    ]


def _alone_summary(life: Life, one: PartyLife) -> str:
    return text(
        "Nell'intera durata ({months} mesi, {first}–{last}) si va da {least} a {most}; atteso {mean}.",
        "Over the whole life ({months} months, {first} to {last}) from {least} to {most}; expected {mean}.",
        months=integer(sum(year.mesi for year in life.years)),
        first=month_words(life.years[0].primo),
        last=month_words(life.years[-1].ultimo),
        least=euro_sign(sum(one.least)),
        most=euro_sign(sum(one.most)),
        mean=euro_sign(sum(one.expected)),
    )


def _district_summary(life: Life, shown: Sequence[PartyLife], names: Names) -> str:
    companies = [one for one in shown if one.role == "azienda"] or list(shown)
    widest = max(companies, key=lambda one: sum(one.most) - sum(one.least))
    return text(
        "Nell'intera durata ({months} mesi, {first}–{last}), su {courses} percorsi. Fra le aziende la "
        "differenza più grande è di {name}: da {least} a {most}.",
        "Over the whole life ({months} months, {first} to {last}), over {courses} courses. Among companies "
        "the widest range is that of {name}: from {least} to {most}.",
        months=integer(sum(year.mesi for year in life.years)),
        first=month_words(life.years[0].primo),
        last=month_words(life.years[-1].ultimo),
        courses=integer(life.courses),
        name=_party_name(widest, names),
        least=euro_sign(sum(widest.least)),
        most=euro_sign(sum(widest.most)),
    )


def _case_table(life: Life, shown: Sequence[PartyLife], names: Names, *, alone: bool) -> Table:
    columns = (
        *text_columns([text("parte", "party"), text("caso", "case")]),
        *number_columns(
            [*(f"{year_words(year)} EUR" for year in life.years), text("in tutto EUR", "in all EUR")]
        ),
    )
    rows: list[tuple[str, ...]] = []
    for one in shown:
        takes = text(" (incassa)", " (takes)") if one.role == "gestore" else ""
        for case, cents in (
            (text("percorso minimo", "least course"), one.least),
            (text("atteso", "expected"), one.expected),
            (text("percorso massimo", "most course"), one.most),
        ):
            rows.append((f"{_party_name(one, names)}{takes}", case, *map(euro, cents), euro(sum(cents))))
        for case, cents in _by_themselves(one) if alone else ():
            rows.append((f"{_party_name(one, names)}{takes}", case, *map(euro, cents), "-"))
    caption = text("Minimo, atteso e massimo anno per anno", "Least, expected and most year by year")
    return Table(caption, columns, tuple(rows), keys=2)


def _by_themselves(one: PartyLife) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield text("il meno di ogni anno da solo", "least of each year by itself"), one.lowest
    yield text("il più di ogni anno da solo", "most of each year by itself"), one.highest


def _happenings(view: View, life: Life, names: Names) -> Iterator[Block]:
    yield Heading(text("Che cosa succede nei casi estremi", "What happens in the extreme cases"))
    if view.audience == "distretto":
        yield Tabled(_happening_table(life, names))
        yield Words(
            text(
                "Posti-mese: ogni posto contato in ogni mese. Gli eventi sono quelli che toccano la parte.",
                "Place-months: every place counted every month. The events are those of the party.",
            ),
            "note",
        )
        return
    sentences = [
        f"{label} ({course_name(course)}): {happening_words(course, names)}"
        for one in life.parties
        for label, course in (
            (text("Il minimo", "The least"), one.least_course),
            (text("Il massimo", "The most"), one.most_course),
        )
    ]
    yield Listed(tuple(sentences))
    yield Words(
        text(
            "I percorsi sono supposti: {courses}, scritti dal distretto o sorteggiati da tassi annui. "
            "Nessuno descrive bambini veri, e fasce, ore e pasti seguono i bambini del percorso.",
            "The courses are supposed: {courses}, written by the district or drawn from yearly rates. None "
            "describes real children, and fasce, hours and meals follow the children of the course.",
            courses=integer(life.courses),
        ),
        "note",
    )


def _happening_table(life: Life, names: Names) -> Table:
    columns = (
        *text_columns([text("parte", "party"), text("caso", "case"), text("percorso", "course")]),
        *number_columns(
            [
                text("entrano", "enter"),
                text("escono", "leave"),
                text("cambiano turno", "change shift"),
                text("posti disdetti", "places given up"),
                text("posti-mese riservati", "place-months reserved"),
                text("posti-mese vuoti", "place-months empty"),
            ]
        ),
        *text_columns([text("finisce prima", "ends early")]),
    )
    rows = [
        (_party_name(one, names), case, *_happening_cells(course, names))
        for one in life.parties
        for case, course in (
            (text("minimo", "least"), one.least_course),
            (text("massimo", "most"), one.most_course),
        )
    ]
    caption = text("Eventi e posti nei casi estremi", "Events and places in the extreme cases")
    return Table(caption, columns, tuple(rows), keys=2)


def _happening_cells(one: Happening, names: Names) -> tuple[str, ...]:
    counts = (one.entered, one.left, one.changed, one.given_up, one.reserved, one.empty)
    ended = ", ".join(
        f"{names.get(azienda, azienda)} – {names.get(gestore, gestore)}: {month_words(last)}"
        for azienda, gestore, last in one.withdrawn
    )
    return (course_name(one), *map(count_words, counts), ended or "-")


def _totals(pledges: Sequence[Pledge]) -> tuple[int, int]:
    return sum(one.pieni_cent for one in pledges), sum(one.vuoti_cent for one in pledges)


def _years(life: Life) -> list[tuple[str, list[Pledge]]]:
    return [
        (year_words(year), [one for one in life.pledges if year.primo <= one.mese <= year.ultimo])
        for year in life.years
    ]


def _pledge_words(view: View, life: Life) -> str:
    full, empty = _totals(life.pledges)
    amounts = {"full": euro_sign(full), "empty": euro_sign(empty)}
    what = text(
        "Con i posti del piano riservati per tutta la durata, senza disdette né rilasci, prezzi indicizzati: "
        "{full} se sono tutti usati, {empty} se restano tutti vuoti.",
        "With the plan's places reserved for the whole life, none given up or released, at indexed prices: "
        "{full} when all are used, {empty} when all stay empty.",
        **amounts,
    )
    if view.audience == "gestore":
        return what + text(
            " È l'incasso a listino per i soli posti: fasce, ore, pasti, garanzie e IVA si aggiungono.",
            " It is what is taken at list price for places alone: fasce, hours, meals, minimums and VAT come "
            "on top.",
        )
    return what + text(
        " È la parte dell'azienda, al massimo, per i soli posti: fasce, ore, pasti, garanzie, IVA e i posti "
        "in più che chiedesse si aggiungono.",
        " It is the company's part, at most, for places alone: fasce, hours, meals, minimums, VAT and "
        "further places that it may ask for come on top.",
    )


def _pledge_figure(view: View, life: Life) -> Figure:
    found: list[Bar] = []
    rows: list[tuple[str, ...]] = []
    for name, pledges in _years(life):
        full, empty = _totals(pledges)
        rows.append((name, euro(full), euro(empty)))
        found.append(Bar(f"{name}, {text('pieni', 'used')}", full, euro(full), FULL))
        found.append(Bar(f"{name}, {text('vuoti', 'empty')}", empty, euro(empty), EMPTY))
    total = tuple(map(euro, _totals(life.pledges)))
    table = Table(
        text("Impegno per anno", "Commitment by year"),
        (
            *text_columns([text("anno", "year")]),
            *number_columns(
                [text("tutti usati EUR", "all used EUR"), text("tutti vuoti EUR", "all empty EUR")]
            ),
        ),
        tuple(rows),
        ((text("in tutto", "in all"), *total),),
    )
    title = text(
        "Impegno per i posti riservati, anno per anno", "Commitment for reserved places, year by year"
    )
    who = (
        text("Il gestore incassa", "The gestore takes")
        if view.audience == "gestore"
        else text("Se nessun posto si lascia, l'azienda paga", "If no place is given up, the company pays")
    )
    summary = text(
        "{who} {full} EUR con tutti i posti usati, {empty} EUR con tutti i posti vuoti, in {months} mesi.",
        "{who} {full} EUR with every place used, {empty} EUR with every place empty, in {months} months.",
        who=who,
        full=total[0],
        empty=total[1],
        months=integer(sum(year.mesi for year in life.years)),
    )
    return bars(f"{KEY}-impegno", title, summary, found, table)


def _pledge_table(life: Life, names: Names) -> Table:
    """Write the commitment contract by contract, one row for each stretch of months that are alike."""
    columns = (
        *text_columns([text("contratto", "contract"), text("anno", "year")]),
        *number_columns(
            [
                text("mesi", "months"),
                text("posti", "places"),
                text("prezzo del posto EUR", "price of a place EUR"),
                text("tutti usati EUR", "all used EUR"),
                text("tutti vuoti EUR", "all empty EUR"),
            ]
        ),
    )
    rows: list[tuple[str, ...]] = []
    pairs = dict.fromkeys((one.azienda, one.gestore) for one in life.pledges)
    for pair in pairs:
        for name, pledges in _years(life):
            mine = [one for one in pledges if (one.azienda, one.gestore) == pair]
            if mine:
                contract = f"{names.get(pair[0], pair[0])} – {names.get(pair[1], pair[1])}"
                rows.append(
                    (
                        contract,
                        name,
                        integer(len(mine)),
                        _span([one.posti for one in mine]),
                        euro(int(mine[0].listino * 100)),
                        *map(euro, _totals(mine)),
                    )
                )
    return Table(text("Contratto per contratto", "Contract by contract"), columns, tuple(rows), keys=2)


def _span(counts: Sequence[int]) -> str:
    low, high = min(counts), max(counts)
    return integer(low) if low == high else f"{integer(low)}–{integer(high)}"

"""Report of the simulated agreements: clauses in words, cases of each party, places month by month."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from nido.data.lingua import text
from nido.report.clause_words import clause_words
from nido.report.copertura import Document
from nido.report.numbers_local import euro, integer, percent_text
from nido.report.state_words import payer_words
from nido.report.text_table import Lines, Row, number_column, section, table, text_column, wrap
from nido.scenari.schema import SYNTHETIC

NARROWEST = 60
PLAN, NOBODY, DRAWN = "piano", "nessuno_entra", "sorteggio-"
INDENT = "  "


def render_agreements(document: Document, *, width: int, percorso: str = PLAN) -> str:
    """Write the report of the simulated agreements.

    Parameters
    ----------
    document
        The document (docs/risultato.md, accordi.json), already judged by the checker.
    width
        Characters per line; below 60 the report is written as for 60.
    percorso
        The course whose places are shown; one that was drawn has none.

    Returns
    -------
    str
        Plain text with a line end at the end.
    """
    width = max(width, NARROWEST)
    tables = (
        clauses(document, width),
        courses(document, width),
        cases(document, width),
        places(document, width, percorso),
        conventions(document, width, percorso),
    )
    mark = f" [{SYNTHETIC}]" if document["dati_sintetici"] else ""
    blocks = [_head(document, width)]
    blocks += [[*wrap(f"{lines[0]}{mark}", width), *lines[1:]] for lines in tables if lines]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def _head(document: Document, width: int) -> Lines:
    lines = wrap(document["nome"], width)
    if document["dati_sintetici"]:
        note = text("la domanda è inventata", "the demand is invented")
        lines.append(f"*** {SYNTHETIC} *** {note}")
    lines.append(text("Uso interno del distretto.", "For internal use of the district."))
    life = text(
        "Accordi dal {first}, per {months} mesi.",
        "Agreements from {first}, for {months} months.",
        first=_month(document["inizio"]),
        months=document["durata_mesi"],
    )
    confirmed = document["verifica"]["esito"] == "confermata"
    verdict = text("confermata", "confirmed") if confirmed else text("RIFIUTATA", "REFUSED")
    check = text("Verifica indipendente: {verdict}.", "Independent check: {verdict}.", verdict=verdict)
    return [*lines, *wrap(life, width), *wrap(check, width)]


def _month(month: str) -> str:
    return f"{month[5:]}/{month[:4]}"


def clauses(document: Document, width: int) -> Lines:
    """Write what was agreed: the clauses of most conventions, then those of the others."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in document["convenzioni"]:
        sentences = tuple(clause_words(name, agreed) for name, agreed in one["clausole"].items())
        groups.setdefault(sentences, []).append(f"{one['azienda']} - {one['gestore']}")
    ranked = sorted(groups.items(), key=lambda group: len(group[1]))
    body: Lines = []
    for place, (sentences, names) in enumerate(ranked, start=1):
        # The exceptions come first; what is true of most comes last, and names nobody.
        who = f"{', '.join(names)}:"
        if place == len(ranked):
            who = text("Le altre convenzioni:", "The other conventions:")
        if len(ranked) == 1:
            who = text("Tutte le convenzioni:", "Every convention:")
        found = sentences or (text("nessuna clausola.", "no clause."),)
        body += [*wrap(who, width), *(line for one in found for line in wrap(f"- {one}", width, INDENT))]
    return section(text("Clausole", "Clauses"), body)


def courses(document: Document, width: int) -> Lines:
    """Write what happens in each course, and what it costs at the price list."""
    columns = [
        text_column(text("percorso", "course")),
        number_column(text("peso", "weight")),
        number_column(text("bambini in più", "more children")),
        number_column(text("mesi di attesa", "months of waiting")),
        number_column(text("listino EUR", "list price EUR")),
    ]
    rows = [_course_row(one) for one in document["percorsi"] if not one["id"].startswith(DRAWN)]
    drawn = [one for one in document["percorsi"] if one["id"].startswith(DRAWN)]
    if drawn:
        rows.append(_drawn_row(drawn))
    note = text(
        "Con più bambini può servire più personale di quello del piano: qui non è contato.",
        "More children may need more staff than the plan's: it is not counted here.",
    )
    more = any(one["nuovi_bambini"] for one in document["percorsi"])
    body = [*table(columns, rows, width), *(wrap(note, width) if more else [])]
    return section(text("Percorsi", "Courses of events"), body)


def _course_row(one: Mapping[str, Any]) -> Row:
    return (
        course_words(one),
        percent_text(Fraction(one["probabilita"])),
        integer(one["nuovi_bambini"]),
        integer(one["mesi_attesa"]),
        euro(one["totali"]["totale_cent"]),
    )


def _drawn_row(drawn: Sequence[Mapping[str, Any]]) -> Row:
    """Sum up the courses that were drawn: total weight, and the mean of each number."""
    weight = sum((Fraction(one["probabilita"]) for one in drawn), Fraction(0))
    means = [
        round(Fraction(sum(numbers), len(drawn)))
        for numbers in (
            [one["nuovi_bambini"] for one in drawn],
            [one["mesi_attesa"] for one in drawn],
            [one["totali"]["totale_cent"] for one in drawn],
        )
    ]
    name = text("{n} sorteggiati, in media", "{n} drawn, on average", n=integer(len(drawn)))
    return (name, percent_text(weight), integer(means[0]), integer(means[1]), euro(means[2]))


def course_words(one: Mapping[str, Any]) -> str:
    """Name a course as a reader would."""
    known = {
        PLAN: text("il piano com'è", "the plan as it is"),
        NOBODY: text("nessuno entra", "nobody enters"),
    }
    return known.get(one["id"]) or one["nome"] or one["id"]


def cases(document: Document, width: int) -> Lines:
    """Write the least, the expected and the most of each party, and where it happens."""
    names = {one["id"]: course_words(one) for one in document["percorsi"]}
    columns = [
        text_column(text("parte", "party")),
        number_column(text("meno EUR", "least EUR")),
        number_column(text("atteso EUR", "expected EUR")),
        number_column(text("più EUR", "most EUR")),
        text_column(text("il meno con", "least with")),
        text_column(text("il più con", "most with")),
    ]
    rows = [
        (
            _party(one),
            *(euro(one[key]) for key in ("minimo_cent", "atteso_cent", "massimo_cent")),
            *(names[one[key]] for key in ("minimo_percorso", "massimo_percorso")),
        )
        for one in document["casi"]
    ]
    note = text(
        "Aziende e altri pagatori: quanto pagano in tutta la durata. Gestori: quanto incassano. "
        "«nessuno entra» non pesa nell'atteso.",
        "Companies and other payers: what they pay over the whole life. Gestori: what they take. "
        "`nobody enters` has no weight in the expected.",
    )
    return section(text("Casi", "Cases"), [*table(columns, rows, width), *wrap(note, width)] if rows else [])


def _party(one: Mapping[str, Any]) -> str:
    if one["ruolo"] == "gestore":
        return text("gestore {name}", "gestore {name}", name=one["parte"])
    return payer_words(f"azienda:{one['parte']}" if one["ruolo"] == "azienda" else one["parte"])


def places(document: Document, width: int, percorso: str = PLAN) -> Lines:
    """Write the places of a course month by month, over all conventions."""
    found = _of(document, percorso)
    by_month: dict[str, list[Mapping[str, Any]]] = {}
    for month in found["mesi"]:
        by_month.setdefault(month["mese"], []).append(month)
    columns = [
        text_column(text("mese", "month")),
        number_column(text("riservati", "reserved")),
        number_column(text("residenti", "residents")),
        number_column(text("usati", "used")),
        number_column(text("vuoti", "empty")),
        number_column(text("rivenduti", "resold")),
        number_column(text("in attesa", "waiting")),
        number_column(text("ospiti", "guests")),
    ]
    rows = [
        (_month(name), *(integer(sum(one)) for one in _counts(months))) for name, months in by_month.items()
    ]
    title = text("Posti mese per mese: {name}", "Places month by month: {name}", name=course_words(found))
    return section(title, table(columns, rows, width) if rows else [])


def _counts(months: Sequence[Mapping[str, Any]]) -> Iterator[list[int]]:
    yield [month["riservati"] for month in months]
    yield [month["residenti"] for month in months]
    yield [month["usati"] + month["prestati"] for month in months]
    yield [sum(empty["posti"] for empty in month["vuoti"]) for month in months]
    yield [month["rivenduti"] for month in months]
    yield [len(month["in_attesa"]) for month in months]
    yield [len(month["ospiti"]) for month in months]


def conventions(document: Document, width: int, percorso: str = PLAN) -> Lines:
    """Write the places of each convention over the whole life: first and last month, empty, waiting."""
    found = _of(document, percorso)
    by_pair: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for month in found["mesi"]:
        by_pair.setdefault((month["azienda"], month["gestore"]), []).append(month)
    columns = [
        text_column(text("azienda", "company")),
        text_column("gestore"),
        number_column(text("mesi", "months")),
        number_column(text("posti all'inizio", "places first")),
        number_column(text("posti alla fine", "places last")),
        number_column(text("mesi vuoti", "empty months")),
        number_column(text("mesi attesa", "waiting months")),
    ]
    rows = []
    for one in document["convenzioni"]:
        months = by_pair.get((one["azienda"], one["gestore"]), [])
        if months:
            counts = [sum(found) for found in _counts(months)]
            numbers = (len(months), months[0]["riservati"], months[-1]["riservati"], counts[3], counts[5])
            rows.append((one["azienda"], one["gestore"], *map(integer, numbers)))
    title = text("Convenzioni: {name}", "Conventions: {name}", name=course_words(found))
    return section(title, table(columns, rows, width, keys=2) if rows else [])


def _of(document: Document, percorso: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(one for one in document["percorsi"] if one["id"] == percorso)
    return found

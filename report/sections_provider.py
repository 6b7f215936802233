"""Report sections of the provider's view: margins, what they are made of, how many children are safe."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nido.accordi.gestore.curva import Curva
from nido.accordi.gestore.margine import VistaGestore, VistaParte
from nido.data.lingua import text
from nido.report.numbers_local import euro, integer
from nido.report.provider_things import (
    Thing,
    number_or_dash,
    runs_words,
    safe_margin,
    things,
    why_missing,
)
from nido.report.text_table import Column, Lines, Row, number_column, section, table, text_column, wrap
from nido.scenari.schema import SYNTHETIC

NARROWEST = 60
# Marks a break-even of more children than there are places.
BEYOND = " *"

Views = Sequence[VistaGestore]


def render(views: Views, *, width: int, synthetic: bool) -> str:
    """Write every section of the provider's view.

    Parameters
    ----------
    views
        The view, already confirmed by the checker.
    width
        Characters per line; below 60 it is written as for 60.
    synthetic
        Whether to label every table as synthetic data.

    Returns
    -------
    str
        Plain text with a line end at the end. It shows the provider's own money: for the district and that
        provider, not for the companies.
    """
    width = max(width, NARROWEST)
    parts = (margins, fasce, packages, costs, revenues)
    blocks = [block for part in parts if (block := _labelled(part(views, width), width, synthetic))]
    whom = text(
        "Per il distretto e per il gestore, non per le aziende: qui ci sono i conti del gestore e pochi "
        "bambini alla volta.",
        "For the district and the gestore, not for the companies: these are the gestore's accounts, and "
        "a few "
        "children at a time.",
    )
    heads = [wrap(whom, width)] if blocks else []
    return "\n\n".join("\n".join(block) for block in [*heads, *blocks]) + "\n"


def margins(views: Views, width: int) -> Lines:
    """Write cost, revenue, margin and the two numbers of children, provider by provider."""
    columns = [
        text_column("gestore"),
        text_column(text("stagione", "season")),
        number_column(text("posti", "places")),
        number_column(text("bambini", "children")),
        *_money_columns(),
        *_curve_columns(),
    ]
    found = [(view, one) for view in views for one in things(view) if one.voce == "stagione"]
    rows = [
        (*_where(view), integer(view.posti), integer(view.bambini), *_figures(one)) for view, one in found
    ]
    whole = _money(sum(view.costo_cent for view in views), sum(view.ricavo_cent for view in views))
    footer = [(text("tutti", "all"), "", "", "", *whole, "", "", "", "")]
    title = text(
        "Margine dei gestori (contributo degli accordi)", "Margin of the gestori (of the agreements)"
    )
    notes = [
        text(
            "Costo: solo quello che si aggiunge al servizio già presente, pasti compresi. Ricavo: il "
            "listino, chiunque paghi. Il margine dice se l'accordo conviene, non se il nido è in pareggio.",
            "Cost: only what comes on top of the existing service, meals included. Revenue: list price, "
            "whoever pays. The margin says whether the agreement pays, not whether the nido breaks even.",
        ),
        *_curve_notes([(" ".join(_where(view)), one) for view, one in found]),
    ]
    return _section(title, table(columns, rows, width, keys=2, footer=footer), notes, width) if rows else []


def fasce(views: Views, width: int) -> Lines:
    """Write the same of every fascia that somebody uses, or that some number of children would pay."""
    columns = [
        text_column("gestore"),
        text_column(text("stagione", "season")),
        text_column("fascia"),
        number_column(text("bambini", "children")),
        *_money_columns(),
        *_curve_columns(),
    ]
    every = [(view, one) for view in views for one in things(view) if one.voce == "fascia"]
    found = [(view, one) for view, one in every if one.children or _can_pay(one.safe)]
    rows = [(*_where(view), *one.fasce, integer(one.children), *_figures(one)) for view, one in found]
    title = text(
        "Margine delle fasce (solo la fascia, senza il posto)", "Margin of the fasce (without the place)"
    )
    notes = _curve_notes([(" ".join((*_where(view), *one.fasce)), one) for view, one in found])
    if len(found) < len(every):
        notes.append(
            text(
                "Mancano {count} fasce che nessuno usa e che nessun numero di bambini pagherebbe.",
                "Left out: {count} fasce that nobody uses and no number of children would pay.",
                count=integer(len(every) - len(found)),
            )
        )
    return _section(title, table(columns, rows, width, keys=3), notes, width) if every else []


def packages(views: Views, width: int) -> Lines:
    """Write what every package of the plan brings, and what it takes alone."""
    columns = [
        text_column("gestore"),
        text_column(text("stagione", "season")),
        text_column(text("pacchetto", "package")),
        number_column(text("bambini", "children")),
        *_money_columns(),
        *_curve_columns(),
    ]
    found = [(view, one) for view in views for one in things(view) if one.voce == "pacchetto"]
    rows = [
        (*_where(view), package_words(one.fasce), integer(one.children), *_figures(one))
        for view, one in found
    ]
    title = text(
        "Pacchetti (ciò che mancherebbe senza quei bambini)", "Packages (what would be lost without them)"
    )
    notes = [
        text(
            "Posti ed educatrici sono in comune fra i pacchetti: queste righe non sommano al totale. Il "
            "pareggio è accanto agli altri bambini del piano; il minimo sicuro è di quei bambini da soli.",
            "Places and educators are common to the packages: these rows do not sum to the total. The "
            "break-even is beside the plan's other children; the safe minimum is of those children alone.",
        ),
        *_curve_notes([(f"{' '.join(_where(view))} {package_words(one.fasce)}", one) for view, one in found]),
    ]
    return _section(title, table(columns, rows, width, keys=3), notes, width) if rows else []


def costs(views: Views, width: int) -> Lines:
    """Write the additional cost by component; a row for the base hours and one for each fascia in use."""
    title = text("Costo aggiuntivo per componente (EUR)", "Additional cost by component (EUR)")
    return _components(
        title, views, [(view, part, part.costi) for view, part in _parts(views)], width, _COSTS
    )


def revenues(views: Views, width: int) -> Lines:
    """Write the revenue by component of the price list."""
    title = text("Ricavo per componente (EUR)", "Revenue by component (EUR)")
    found = [(view, part, part.ricavi) for view, part in _parts(views)]
    return _components(title, views, found, width, _REVENUES)


def curve_section(title: str, curve: Curva, width: int) -> Lines:
    """Write one curve, a row for each number of children."""
    columns = [number_column(text("bambini", "children")), *_money_columns()]
    rows = [(integer(one.bambini), *_money(one.costo_cent, one.ricavo_cent)) for one in curve.punti]
    reasons = [f"-: {why_missing(curve)}."] if curve.motivo is not None else []
    return _section(title, table(columns, rows, width), reasons, width)


def package_words(booked: Sequence[str]) -> str:
    """Name a package: the place, and its fasce."""
    return " + ".join((text("posto", "place"), *booked))


# --- pieces ----------------------------------------------------------------------------------------------

_COSTS = (
    *("educatrici", "non_frontali", "ausiliarie", "generali", "ore_bambino", "pasti"),
    *("bambino_mese", "costo_fisso", "partecipazione"),
)
_REVENUES = ("posto", "vuoto", "fascia", "ora", "pasto")


def component_words(component: str) -> str:
    """Name a component as a reader would."""
    words = {
        "educatrici": text("educatrici", "educators"),
        "non_frontali": text("ore non frontali", "non-contact hours"),
        "ausiliarie": text("ausiliarie", "auxiliaries"),
        "generali": text("spese generali", "overheads"),
        "ore_bambino": text("ore-bambino", "child-hours"),
        "pasti": text("pasti", "meals"),
        "bambino_mese": text("per bambino e mese", "per child and month"),
        "costo_fisso": text("fisso fascia", "fixed, fascia"),
        "partecipazione": text("fisso gestore", "fixed, gestore"),
        "posto": text("posto", "place"),
        "vuoto": text("vuoto", "empty"),
        "ora": text("ore", "hours"),
        "pasto": text("pasti", "meals"),
    }
    return words.get(component, component)


def _labelled(lines: Lines, width: int, synthetic: bool) -> Lines:
    """Mark the title of a table of synthetic data: it is copied without the rest."""
    if not lines or not synthetic:
        return lines
    return [*wrap(f"{lines[0]} [{SYNTHETIC}]", width), *lines[1:]]


def _can_pay(curve: Curva) -> bool:
    return bool(curve.in_attivo) or curve.oltre_i_posti is not None


def _section(title: str, body: Lines, notes: Iterable[str], width: int) -> Lines:
    return section(title, [*body, *(line for note in notes for line in wrap(note, width))])


def _money_columns() -> list[Column]:
    return [
        number_column(text("costo EUR", "cost EUR")),
        number_column(text("ricavo EUR", "revenue EUR")),
        number_column(text("margine EUR", "margin EUR")),
    ]


def _curve_columns() -> list[Column]:
    return [
        number_column(text("pareggio", "break-even")),
        number_column(text("non perde con", "loses not with")),
        number_column(text("minimo sicuro", "safe minimum")),
        number_column(text("margine età più care", "margin dearest ages")),
    ]


def _money(cost: int, income: int) -> Row:
    return (euro(cost), euro(income), euro(income - cost))


def _where(view: VistaGestore) -> Row:
    return (view.gestore, view.stagione)


def _figures(one: Thing) -> Row:
    """Write the money of a thing, and what its two curves say."""
    beyond, safe = one.safe.oltre_i_posti, number_or_dash(one.safe.minimo)
    return (
        *_money(one.cost, one.income),
        number_or_dash(one.curve.minimo),
        runs_words(one.curve),
        safe if beyond is None else integer(beyond) + BEYOND,
        safe_margin(one.safe),
    )


def _curve_notes(found: Sequence[tuple[str, Thing]]) -> list[str]:
    """Say how the numbers of children are found, and why some are missing."""
    notes: list[str] = []
    if any(one.curve.punti or one.safe.punti for _, one in found):
        notes += [
            text(
                "Pareggio e «non perde con»: i bambini veri del piano nell'ordine delle domande, poi altri "
                "uguali a loro; personale rifatto per ogni numero. Dal pareggio in poi, fino ai posti, non "
                "si perde. Con i bambini del piano il margine è quello della riga.",
                "Break-even and 'loses not with': the plan's real children in the order of applications, "
                "then others like them; staff found anew for every number. From the break-even on, up to the "
                "places, nothing is lost. With the plan's children the margin is that of the row.",
            ),
            text(
                "Minimo sicuro: prenotazioni per tutta la stagione da cui in poi, fino ai posti, non si "
                "perde qualunque sia l'età; bambini presenti tutto l'orario, delle età che chiedono più "
                "educatrici. L'ultima colonna è il margine di altrettanti bambini come quelli: non si "
                "confronta con quello del piano.",
                "Safe minimum: bookings for the whole season from which on, up to the places, nothing is "
                "lost whatever the ages; children there all the hours, of the ages that ask for most "
                "educators. The last column is the margin of as many children like those: it is not to be "
                "compared with the plan's.",
            ),
        ]
    if any(one.safe.oltre_i_posti is not None for _, one in found):
        notes.append(text("* Più bambini dei posti offerti.", "* More children than places offered."))
    names = (text("pareggio", "break-even"), text("minimo sicuro", "safe minimum"))
    reasons: dict[str, list[str]] = {}
    for where, one in found:
        for name, curve in zip(names, (one.curve, one.safe), strict=True):
            if curve.motivo is not None:
                reasons.setdefault(why_missing(curve), []).append(f"{where} ({name})")
    return notes + [f"-: {', '.join(where)}: {why}." for why, where in reasons.items()]


def _parts(views: Views) -> list[tuple[VistaGestore, VistaParte]]:
    """Give the base hours and the fasce that somebody uses."""
    return [(view, part) for view in views for part in view.parti if part.bambini]


def _components(
    title: str,
    views: Views,
    found: Sequence[tuple[VistaGestore, VistaParte, Mapping[Any, int]]],
    width: int,
    order: Sequence[str],
) -> Lines:
    used = [name for name in order if any(name in amounts for _, _, amounts in found)]
    columns = [
        text_column("gestore"),
        text_column(text("stagione", "season")),
        text_column(text("parte", "part")),
        *(number_column(component_words(name)) for name in used),
        number_column(text("totale", "total")),
    ]
    rows = [
        (view.gestore, view.stagione, part.parte, *_amounts(amounts, used)) for view, part, amounts in found
    ]
    sums = {name: sum(amounts.get(name, 0) for _, _, amounts in found) for name in used}
    footer = [(text("tutti", "all"), "", "", *_amounts(sums, used))]
    return section(title, table(columns, rows, width, keys=3, footer=footer)) if views and used else []


def _amounts(amounts: Mapping[str, int], used: Sequence[str]) -> Row:
    return (*(euro(amounts.get(name, 0)) for name in used), euro(sum(amounts.values())))

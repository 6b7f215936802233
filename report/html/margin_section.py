"""Section: what the agreements leave to a provider, and how many bookings make an opening safe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nido.accordi.gestore.curva import Curva
from nido.accordi.gestore.margine import VistaGestore
from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Listed, Section, Tabled, Words
from nido.report.html.sections import MARGIN
from nido.report.numbers_local import euro, integer
from nido.report.privacy.view import View
from nido.report.sections_provider import package_words, reason_words

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
    blocks: list[Block] = [Words(_intro()), Tabled(table, folded=len(table.rows) > MOST_ROWS)]
    reasons = _reasons(own)
    if reasons:
        blocks += [Words(text("Dove un numero manca:", "Where a number is missing:")), Listed(reasons)]
    return Section(MARGIN, title, tuple(blocks))


def _intro() -> str:
    return text(
        "Il costo è ciò che il gestore spende in più per questi bambini; il margine, con i bambini veri "
        "del piano, dice se conviene aggiungerli, non se il nido è in pareggio. Pareggio e minimo sicuro "
        "guardano invece alle età che chiedono più educatrici, con il personale rifatto a ogni bambino: "
        "il minimo sicuro sono le prenotazioni da chiedere nell'accordo perché, da lì in su, il ricavo "
        "non scenda mai sotto il costo. Per questo un margine può essere positivo dove un minimo manca.",
        "The cost is what the provider spends in addition for these children; the margin, with the plan's "
        "real children, tells whether adding them pays, not whether the nido breaks even. Break-even and "
        "safe minimum look at the ages that ask for most educators, with the staff reckoned anew for "
        "every child: the safe minimum is the bookings to ask for in the agreement so that from there on "
        "revenue never falls below cost. This is why a margin may be positive where a minimum is missing.",
    )


def _table(view: View, own: Sequence[VistaGestore]) -> Table:
    """Write season, fasce and packages; the provider's name only where there are several."""
    names = {one.id: one.nome for one in view.providers}
    seasons = {one.id: one.nome or one.id for one in view.seasons}
    several = view.audience == "distretto"
    keys = [text("stagione", "season"), text("che cosa", "what")]
    heads = [
        text("bambini", "children"),
        text("costo EUR", "cost EUR"),
        text("ricavo EUR", "revenue EUR"),
        text("margine EUR", "margin EUR"),
        text("pareggio", "break-even"),
        text("minimo sicuro", "safe minimum"),
    ]
    rows = tuple(
        (
            *((names.get(one.gestore, one.gestore),) if several else ()),
            seasons.get(one.stagione, one.stagione),
            *_cells(thing),
        )
        for one in own
        for thing in _things(one)
    )
    before = [text("gestore", "provider")] if several else []
    columns = (*text_columns([*before, *keys]), *number_columns(heads))
    caption = text("Costo aggiunto, ricavo di listino, margine", "Added cost, list-price revenue, margin")
    return Table(caption, columns, rows, keys=len(before) + len(keys))


def _reasons(own: Sequence[VistaGestore]) -> tuple[str, ...]:
    """Say why a break-even or a safe minimum is missing, each reason once."""
    curves = [thing.curve for one in own for thing in _things(one)]
    return tuple(dict.fromkeys(reason_words(curve.motivo) for curve in curves if curve.motivo is not None))


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a row is about: a season, a fascia, a package."""

    name: str
    children: int
    cost: int
    income: int
    curve: Curva


def _things(one: VistaGestore) -> Iterator[_Thing]:
    whole = text("tutta la stagione", "whole season")
    yield _Thing(whole, one.bambini, one.costo_cent, one.ricavo_cent, one.curva)
    for part in one.parti:
        if part.curva is not None and part.bambini:
            costs, incomes = sum(part.costi.values()), sum(part.ricavi.values())
            name = text("fascia {name}", "fascia {name}", name=part.parte)
            yield _Thing(name, part.bambini, costs, incomes, part.curva)
    for package in one.pacchetti:
        cost, income = package.costo_evitabile_cent, package.ricavo_evitabile_cent
        yield _Thing(package_words(package.fasce), package.bambini, cost, income, package.curva)


def _cells(thing: _Thing) -> tuple[str, ...]:
    money = euro(thing.cost), euro(thing.income), euro(thing.income - thing.cost)
    numbers = (thing.curve.pareggio, thing.curve.minimo_sicuro)
    shown = ("-" if number is None else integer(number) for number in numbers)
    return thing.name, integer(thing.children), *money, *shown

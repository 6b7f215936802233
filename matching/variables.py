"""All decision variables of a plan, built once from the instance."""

from collections.abc import Mapping
from dataclasses import dataclass

from nido.matching.instance import Group, Instance, Site
from nido.matching.linear import LinearModel, Term


@dataclass(frozen=True, slots=True)
class Variables:
    """Positions of the variables in the linear model (docs/modello.md, section 6).

    Attributes
    ----------
    serve
        ``x`` of each pair.
    book
        ``w`` by (pair, unit position); only fasce that touch the care window.
    full
        1 only if the pair is served with nothing uncovered; None where that cannot be.
    open
        ``o`` by (site, unit position), fasce only.
    part
        1 if the provider serves at least one child in the season, by site.
    places
        ``u`` by (company, site).
    """

    serve: tuple[int, ...]
    book: Mapping[tuple[int, int], int]
    full: tuple[int | None, ...]
    open: Mapping[tuple[int, int], int]
    part: tuple[int | None, ...]
    places: Mapping[tuple[int, int], int]

    def attend(self, pair: int, unit: int) -> int | None:
        """Variable that puts a pair's child into a unit: ``x`` for base hours, ``w`` for a fascia."""
        return self.serve[pair] if unit == 0 else self.book.get((pair, unit))

    def covered(self, instance: Instance, pair: int) -> list[Term]:
        """Covered minutes of a pair as an expression."""
        entry = instance.pairs[pair]
        terms = [(self.serve[pair], entry.base)]
        terms += [(self.book[pair, unit], minutes) for unit, minutes in entry.unit_minutes.items()]
        return terms

    def present(self, site: Site, unit: int, members: tuple[int, ...]) -> list[Term]:
        """Number of children of a set (positions in the site) that attend a unit, as an expression."""
        found = (self.attend(site.pairs[member], unit) for member in members)
        return [(variable, 1) for variable in found if variable is not None]


@dataclass(frozen=True, slots=True)
class StaffGroup:
    """Staff of one group of moments.

    Attributes
    ----------
    site, unit, group
        Positions in the instance.
    existing, already
        Existing children by band, and the educators on duty for them anyway.
    bands
        Educators as a variable per band (one in all when the sum is rounded); empty if the need is constant.
    on
        1 if the moments are staffed at all; None when existing children settle it.
    extra
        Additional educators, as an expression.
    cost
        Units of money per additional educator.
    seats
        Most children of each band that can be there together, whatever the set.
    """

    site: int
    unit: int
    group: Group
    existing: tuple[int, ...]
    already: int
    bands: tuple[int, ...]
    on: int | None
    extra: tuple[Term, ...]
    cost: int
    seats: tuple[int, ...]


def build_variables(instance: Instance, model: LinearModel) -> Variables:
    """Create the variables and the rows that define them.

    These rows hold in every plan, whatever rules are on: one provider per request, bookings inside
    assignments and openings, no opening that nobody books.
    """
    model.label = "piano"
    serve = tuple(model.variable() for _ in instance.pairs)
    book = {
        (index, unit): model.variable()
        for index, pair in enumerate(instance.pairs)
        for unit in pair.unit_minutes
    }
    opened = {
        (site_index, unit): model.variable()
        for site_index, site in enumerate(instance.sites)
        for unit in range(1, len(site.units))
    }
    for variables in instance.pairs_by_request():
        model.at_most_one(serve[index] for index in variables)
    for index, pair in enumerate(instance.pairs):
        if not pair.base:
            model.add([(serve[index], 1), *((book[index, unit], -1) for unit in pair.unit_minutes)], high=0)
    for (index, unit), variable in book.items():
        model.implies(variable, serve[index])
        model.implies(variable, opened[instance.pairs[index].site, unit])
    for (site_index, unit), variable in opened.items():
        bookings = [book[p, unit] for p in instance.sites[site_index].pairs if (p, unit) in book]
        model.add([(variable, 1), *((b, -1) for b in bookings)], high=0)
    part = tuple(_participation(site, serve, model) for site in instance.sites)
    full = tuple(_full(instance, index, serve, book, model) for index in range(len(instance.pairs)))
    places = _places(instance, serve, model)
    return Variables(serve, book, full, opened, part, places)


def _participation(site: Site, serve: tuple[int, ...], model: LinearModel) -> int | None:
    if not site.pairs:
        return None
    part = model.variable()
    for pair in site.pairs:
        model.implies(serve[pair], part)
    model.add([(part, 1), *((serve[pair], -1) for pair in site.pairs)], high=0)
    return part


def _full(
    instance: Instance,
    index: int,
    serve: tuple[int, ...],
    book: Mapping[tuple[int, int], int],
    model: LinearModel,
) -> int | None:
    pair = instance.pairs[index]
    if pair.reachable < pair.needed:
        return None
    if not pair.unit_minutes:
        return serve[index]
    bookings = [book[index, unit] for unit in pair.unit_minutes]
    if len(bookings) == 1:
        return bookings[0]
    full = model.variable()
    for booking in bookings:
        model.implies(full, booking)
    return full


def _places(instance: Instance, serve: tuple[int, ...], model: LinearModel) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for site_index, site in enumerate(instance.sites):
        heads: dict[int, int] = {}
        for pair in site.pairs:
            company = instance.requests[instance.pairs[pair].request].company
            heads[company] = heads.get(company, 0) + 1
        least = instance.scenario.gestori[site.provider].posti_minimi_accordo
        for company, count in sorted(heads.items()):
            found[company, site_index] = model.variable(0, max(count, least))
    return found

"""Map without tiles: comuni, companies, providers, and how many families live where, by classes."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nido.data.lingua import text
from nido.report.drawings.figure import NARROW, WIDE, Drawing, Figure, Shown, Table, text_columns
from nido.report.drawings.marks import COMPANY, HALF, kind_words, kinds_words, mark
from nido.report.drawings.palette import CATEGORIES, INK, LINE, PAPER, SOFT_INK
from nido.report.drawings.patterns import Look, definitions, fill
from nido.report.drawings.placing import place_beside, place_near
from nido.report.drawings.svg import (
    SMALL,
    Box,
    circle,
    fold,
    hover,
    line,
    lines_at,
    picture,
    rect,
    text_width,
    words_at,
)
from nido.report.numbers_local import integer

WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))
KEY_WIDTH, KEY_LINE = 246, 14
MARGIN, TALLEST = 34, 520
KM_NORTH, KM_EAST = 110.57, 111.32
# The least that a map shows from side to side.
SMALLEST_KM = 4.0
SCALES_KM = (20, 10, 5, 2, 1)
HOME_LOOK = Look(CATEGORIES[1], 2)
HOME_RADIUS = (0, 12, 18, 24, 30)


@dataclass(frozen=True, slots=True)
class Site:
    """A company or a provider: what it is, its name, where (degrees, WGS 84)."""

    kind: str
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Town:
    """A comune.

    Attributes
    ----------
    name, latitude, longitude
        Its name, and a point of it in degrees (WGS 84).
    homes
        How many children live there, in words that may be shown; empty for none.
    size
        Class of that number, from 1 (fewest, or not shown) to 4; 0 for none.
    """

    name: str
    latitude: float
    longitude: float
    homes: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class _View:
    """How degrees become pixels."""

    north: float
    west: float
    squeeze: float
    scale: float
    left: float
    top: float

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        x = (longitude - self.west) * self.squeeze * KM_EAST * self.scale + self.left
        return x, (self.north - latitude) * KM_NORTH * self.scale + self.top


def site_map(
    key: str, title: str, sites: Sequence[Site], towns: Sequence[Town], elsewhere: str = ""
) -> Figure:
    """Draw the map.

    Parameters
    ----------
    key, title
        Prefix of the ids, and title.
    sites
        Companies get a letter, providers a number, in this order.
    towns
        The comuni to be named.
    elsewhere
        How many children live in comuni that are not told apart, in words.
    """
    coded = list(zip(_codes(sites), sites, strict=True))
    summary = _summary(sites, towns, elsewhere)
    drawings = tuple(
        Drawing(_draw(f"{key}-{shown[0]}", (title, summary), coded, (towns, elsewhere), width), shown)
        for shown, width in WIDTHS
    )
    return Figure(key, title, summary, drawings, _table(title, coded, towns, elsewhere), _note(towns))


def _note(towns: Sequence[Town]) -> str:
    words = text(
        "Punti e distanze in linea d'aria; il nord è in alto. Dove i segni sono fitti, una riga li lega al "
        "loro punto.",
        "Points and distances as the crow flies; north is up. Where marks are crowded, a line ties each "
        "to its "
        "point.",
    )
    if not any(town.size for town in towns):
        return words
    return words + text(
        " I cerchi a puntini: quanti bambini abitano in ogni comune.",
        " Dotted circles: how many children live in each comune.",
    )


def _codes(sites: Sequence[Site]) -> list[str]:
    letters = numbers = 0
    codes: list[str] = []
    for site in sites:
        if site.kind == COMPANY:
            codes.append(_letters(letters))
            letters += 1
        else:
            numbers += 1
            codes.append(str(numbers))
    return codes


def _letters(place: int) -> str:
    first, last = divmod(place, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def _summary(sites: Sequence[Site], towns: Sequence[Town], elsewhere: str) -> str:
    companies = sum(site.kind == COMPANY for site in sites)
    providers = len(sites) - companies
    homes = [town for town in towns if town.size]
    words = text(
        "{companies} e {providers}, in {towns}.",
        "{companies} and {providers}, in {towns}.",
        companies=_number(companies, text("azienda", "company"), text("aziende", "companies")),
        providers=_number(providers, "gestore", "gestori"),
        towns=_number(len(towns), "comune", "comuni"),
    )
    if not homes:
        return words
    listed = [f"{town.name}, {town.homes}" for town in homes] + ([elsewhere] if elsewhere else [])
    said = "; ".join(listed)
    return words + text(" Dove abitano: {said}.", " Where they live: {said}.", said=said)


def _number(count: int, one: str, many: str) -> str:
    return f"{integer(count)} {one if count == 1 else many}"


def _fit(points: Sequence[tuple[float, float]], width: float) -> tuple[_View, Box]:
    """Choose the scale: all points inside the frame, no higher than `TALLEST`."""
    points = points or [(0.0, 0.0)]
    north, south = max(lat for lat, _ in points), min(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    squeeze = math.cos(math.radians((north + south) / 2))
    wide = max((east - west) * squeeze * KM_EAST, SMALLEST_KM)
    tall = max((north - south) * KM_NORTH, SMALLEST_KM)
    inner = width - 2 * MARGIN
    scale = min(inner / wide, (TALLEST - 2 * MARGIN) / tall)
    frame = Box(0, 0, width, tall * scale + 2 * MARGIN + 22)
    left = MARGIN + (inner - (east - west) * squeeze * KM_EAST * scale) / 2
    top = MARGIN + (tall - (north - south) * KM_NORTH) * scale / 2
    return _View(north, west, squeeze, scale, left, top), frame


def _draw(
    key: str,
    names: tuple[str, str],
    sites: Sequence[tuple[str, Site]],
    homes: tuple[Sequence[Town], str],
    width: int,
) -> str:
    towns, elsewhere = homes
    beside = width >= WIDE
    points = [(town.latitude, town.longitude) for town in towns]
    points += [(site.latitude, site.longitude) for _, site in sites]
    view, frame = _fit(points, width - KEY_WIDTH if beside else width)
    parts = [definitions(key, [("home", HOME_LOOK)], 18), rect(frame, fill=PAPER, stroke=LINE)]
    parts += _homes(key, towns, view)
    marks, taken = _marks(sites, view, frame)
    scale = _scale(view, frame)
    if elsewhere:
        wide = text_width(elsewhere, SMALL) + 20
        taken.append(Box(frame.right - wide, frame.bottom - 30, wide, 30))
        scale.append(words_at(frame.right - 10, frame.bottom - 14, elsewhere, size=SMALL, anchor="end"))
    taken += [_round(town, view) for town in towns if town.size]
    parts += [*_towns(towns, view, frame, [*taken, Box(0, frame.bottom - 34, 150, 34)]), *marks, *scale]
    left, top = (frame.right + 14, 0.0) if beside else (2.0, frame.bottom + 8)
    listed, bottom = _key(key, sites, any(town.size for town in towns), Box(left, top, width - left, 0))
    return picture(key, *names, width, max(frame.bottom, bottom) + 2, [*parts, *listed])


def _round(town: Town, view: _View) -> Box:
    """Give the square inside the circle of a comune: a name may touch its rim, not cover it."""
    x, y = view.point(town.latitude, town.longitude)
    half = _radius(town) * 0.8
    return Box(x - half, y - half, 2 * half, 2 * half)


def _radius(town: Town) -> int:
    return HOME_RADIUS[min(town.size, len(HOME_RADIUS) - 1)]


def _homes(key: str, towns: Sequence[Town], view: _View) -> list[str]:
    parts: list[str] = []
    for town in sorted(towns, key=lambda one: -one.size):
        if town.size:
            x, y = view.point(town.latitude, town.longitude)
            shape = circle(x, y, _radius(town), fill=fill(key, "home"), stroke=HOME_LOOK.colour)
            parts.append(hover(f"{town.name}: {town.homes}", shape))
    return parts


def _marks(sites: Sequence[tuple[str, Site]], view: _View, frame: Box) -> tuple[list[str], list[Box]]:
    """Place the marks; one that had to give way is tied to its point."""
    taken: list[Box] = []
    ties: list[str] = []
    shapes: list[str] = []
    side = 2 * HALF + 3
    for code, site in sites:
        x, y = view.point(site.latitude, site.longitude)
        box = place_near(x, y, side, side, taken, frame) or Box(x - side / 2, y - side / 2, side, side)
        taken.append(box)
        middle_x, middle_y = box.left + side / 2, box.top + side / 2
        if math.hypot(middle_x - x, middle_y - y) > 1:
            ties.append(line(x, y, middle_x, middle_y, stroke=SOFT_INK))
            ties.append(circle(x, y, 2, fill=SOFT_INK))
        shapes.append(hover(f"{code}: {site.name}", mark(site.kind, code, middle_x, middle_y)))
    return [*ties, *shapes], taken


def _towns(towns: Sequence[Town], view: _View, frame: Box, taken: Sequence[Box]) -> list[str]:
    """Name the comuni, those with most homes first; a name that finds no place is in the table alone."""
    full = list(taken)
    parts: list[str] = []
    for town in sorted(towns, key=lambda one: (-one.size, one.name)):
        x, y = view.point(town.latitude, town.longitude)
        parts.append(circle(x, y, 2.5, fill=INK))
        lines = [town.name, town.homes] if town.homes else [town.name]
        size = (max(text_width(words, SMALL, bold=True) for words in lines) + 4, 14.0 * len(lines) + 2)
        box = place_beside(x, y, _radius(town) + 4, size, full, frame)
        if box is None:
            continue
        full.append(box)
        parts.append(words_at(box.left + 2, box.top + 12, town.name, size=SMALL, bold=True, halo=True))
        if town.homes:
            parts.append(words_at(box.left + 2, box.top + 26, town.homes, size=SMALL, halo=True))
    return parts


def _scale(view: _View, frame: Box) -> list[str]:
    km = next((km for km in SCALES_KM if km * view.scale <= 110), SCALES_KM[-1])
    long = km * view.scale
    x, y = 14.0, frame.bottom - 14
    return [
        line(x, y, x + long, y, stroke=INK),
        line(x, y - 4, x, y + 4, stroke=INK),
        line(x + long, y - 4, x + long, y + 4, stroke=INK),
        words_at(x + 4, y - 6, f"{km} km", size=SMALL, halo=True),
    ]


def _key(key: str, sites: Sequence[tuple[str, Site]], homes: bool, room: Box) -> tuple[list[str], float]:
    """List every mark with its name, under the name of its kind."""
    parts: list[str] = []
    y = room.top
    kinds = dict.fromkeys(site.kind for _, site in sites)
    for kind in kinds:
        parts.append(
            words_at(room.left, y + 12, kinds_words(kind).upper(), size=SMALL, bold=True, fill=SOFT_INK)
        )
        y += 20
        for code, site in sites:
            if site.kind == kind:
                lines = fold(site.name, room.width - 34, 2, SMALL)
                tall = max(24, KEY_LINE * len(lines) + 6)
                parts.append(mark(kind, code, room.left + 13, y + tall / 2 - 1))
                first = y + tall / 2 + 3 - KEY_LINE * (len(lines) - 1) / 2
                parts.append(lines_at(room.left + 32, first, lines, size=SMALL))
                y += tall
        y += 6
    if homes:
        parts.append(circle(room.left + 13, y + 11, 10, fill=fill(key, "home"), stroke=HOME_LOOK.colour))
        parts.append(
            words_at(
                room.left + 32, y + 15, text("dove abitano i bambini", "where children live"), size=SMALL
            )
        )
        y += 26
    return parts, y


def _table(title: str, sites: Sequence[tuple[str, Site]], towns: Sequence[Town], elsewhere: str) -> Table:
    comune = text("comune", "comune")
    rows = [(code, kind_words(site.kind), site.name, "") for code, site in sites]
    rows += [("", comune, town.name, town.homes) for town in towns]
    rows += [("", comune, text("altri comuni", "other comuni"), elsewhere)] if elsewhere else []
    heads = [
        text("segno", "mark"),
        text("che cosa", "what"),
        text("nome", "name"),
        text("bambini", "children"),
    ]
    return Table(title, text_columns(heads), tuple(rows), keys=3)

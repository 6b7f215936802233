"""Heatmap: how many children are there at most, half hour by half hour, on each day of the week."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nido.data.lingua import text
from nido.report.drawings.figure import (
    NARROW,
    WIDE,
    Drawing,
    Figure,
    Shown,
    Table,
    number_columns,
    text_columns,
)
from nido.report.drawings.legend import legend
from nido.report.drawings.palette import HEAT, INK, LINE, SOFT_INK, WHITE, ink_on
from nido.report.drawings.patterns import CLOSED, closed, fill
from nido.report.drawings.svg import (
    SMALL,
    Box,
    attributes,
    cut,
    element,
    group,
    line,
    lines_at,
    picture,
    rect,
    words_at,
)
from nido.report.numbers_local import integer
from nido.scenari.field_text import format_time

HOUR = 60
ROW, HOURS_WIDTH, TOP = 15, 40, 74
PANEL, SPACE, ACROSS = 240, 20, 3
STRONG_HOURS = 3

# How many, or the words that stand for a number which is not shown; None where it is closed.
Cell = int | str | None


@dataclass(frozen=True, slots=True)
class HeatPanel:
    """A provider's week in one season.

    Attributes
    ----------
    season, detail
        Name of the season, and a line about it.
    days
        Headings of the columns.
    start, step
        First minute of the day, and minutes of a row.
    rows
        One tuple a row, one cell a day.
    """

    season: str
    detail: str
    days: tuple[str, ...]
    start: int
    step: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class HeatProvider:
    """A provider with its seasons."""

    name: str
    panels: tuple[HeatPanel, ...]


@dataclass(frozen=True, slots=True)
class _Fullest:
    count: int
    provider: HeatProvider
    panel: HeatPanel
    day: str
    minute: int


_WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))


def heatmap(key: str, title: str, providers: Sequence[HeatProvider]) -> Figure:
    """Draw the weeks of each provider side by side, all with the same colours.

    Parameters
    ----------
    key, title
        Prefix of the ids, and title.
    providers
        The providers, each with its seasons.
    """
    cells = [cell for one in providers for panel in one.panels for row in panel.rows for cell in row]
    most = max((cell for cell in cells if isinstance(cell, int)), default=0)
    hidden = sorted({cell for cell in cells if isinstance(cell, str)})
    drawings = [
        Drawing(_key_drawing(f"{key}-k{shown[0]}", title, most, hidden, width), shown)
        for shown, width in _WIDTHS
    ]
    drawings += [Drawing(svg) for svg in _weeks(key, providers, most)]
    return Figure(key, title, _summary(providers), tuple(drawings), _table(title, providers), _note())


def _note() -> str:
    return text(
        "Ogni casella è mezz'ora di un giorno della settimana: il numero dice quanti bambini del piano sono "
        "presenti insieme, al massimo, in tutta la stagione.",
        "Each cell is half an hour of a day of the week: the number tells how many children of the plan are "
        "there together, at most, over the season.",
    )


def _counts(providers: Sequence[HeatProvider]) -> Iterator[_Fullest]:
    for one in providers:
        for panel in one.panels:
            for place, row in enumerate(panel.rows):
                for day, cell in zip(panel.days, row, strict=True):
                    if isinstance(cell, int):
                        yield _Fullest(cell, one, panel, day, panel.start + place * panel.step)


def _summary(providers: Sequence[HeatProvider]) -> str:
    fullest = max(_counts(providers), key=lambda found: found.count, default=None)
    if fullest is None or fullest.count == 0:
        return text("Nessuna presenza da mostrare.", "No presence to show.")
    return text(
        "Il momento più pieno: {count} insieme da {name}, {season}, {day} alle {moment}.",
        "The fullest moment: {count} together at {name}, {season}, {day} at {moment}.",
        count=integer(fullest.count),
        name=fullest.provider.name,
        season=fullest.panel.season,
        day=fullest.day,
        moment=format_time(fullest.minute),
    )


def shade(count: int, most: int) -> str:
    """Choose the colour of a count: nobody is white, the largest count is the darkest."""
    steps = len(HEAT) - 1
    if count <= 0:
        return HEAT[0]
    if most <= 1:
        return HEAT[steps]
    if most <= steps:
        # Few children: every count its own colour, spread over the whole range.
        return HEAT[1 + (count - 1) * (steps - 1) // (most - 1)]
    return HEAT[-(-count * steps // most)]


def _classes(most: int) -> list[tuple[str, str]]:
    found: dict[str, list[int]] = {}
    for count in range(1, most + 1):
        found.setdefault(shade(count, most), []).append(count)
    return [
        (colour, integer(counts[0]) if len(counts) == 1 else f"{integer(counts[0])}-{integer(counts[-1])}")
        for colour, counts in found.items()
    ]


def _key_drawing(key: str, title: str, most: int, hidden: Sequence[str], width: int) -> str:
    entries = [(fill(key, CLOSED), text("chiuso", "closed")), (WHITE, text("nessuno", "nobody"))]
    entries += [*_classes(most), *((HEAT[1], words) for words in hidden)]
    parts, height = legend(entries, 1, 2, width - 2)
    said = text("Legenda: {title}", "Key: {title}", title=title)
    about = ", ".join(words for _, words in entries)
    return picture(key, said, about, width, height + 2, [closed(key), *parts])


def _weeks(key: str, providers: Sequence[HeatProvider], most: int) -> Iterator[str]:
    """Draw the weeks of every provider, as many in a row as a sheet of paper holds."""
    for place, one in enumerate(providers):
        for start in range(0, len(one.panels), ACROSS):
            panels = one.panels[start : start + ACROSS]
            inner = f"{key}-{place}-{start}"
            wide = PANEL * len(panels) + SPACE * (len(panels) - 1)
            tall = TOP + ROW * max(len(panel.rows) for panel in panels) + 6
            parts = [closed(inner), words_at(2, 13, cut(one.name, wide - 4, bold=True), bold=True)]
            parts += [_panel(inner, panel, most, (PANEL + SPACE) * side) for side, panel in enumerate(panels)]
            shown = HeatProvider(one.name, panels)
            yield picture(inner, one.name, _summary([shown]), wide, tall, parts)


def _panel(key: str, panel: HeatPanel, most: int, left: float) -> str:
    wide = (PANEL - HOURS_WIDTH - 2) // max(1, len(panel.days))
    said = [cut(words, PANEL - 4, SMALL) for words in (panel.season, panel.detail)]
    heads = (
        words_at(left + HOURS_WIDTH + wide * (day + 0.5), TOP - 6, words, size=SMALL)
        for day, words in enumerate(panel.days)
    )
    return "".join(
        (
            lines_at(left + 2, 32, said, size=SMALL, fill=SOFT_INK),
            group(heads, text_anchor="middle", fill=SOFT_INK),
            _hours(panel, left),
            _cells(key, panel, most, left + HOURS_WIDTH, wide),
        )
    )


def _hours(panel: HeatPanel, left: float) -> str:
    marks: list[str] = []
    for place in range(len(panel.rows)):
        moment = panel.start + place * panel.step
        if moment % HOUR == 0 or place == 0:
            marks.append(
                words_at(left + HOURS_WIDTH - 5, TOP + place * ROW + 11, format_time(moment), size=SMALL)
            )
    return group(marks, text_anchor="end", fill=SOFT_INK)


def _cells(key: str, panel: HeatPanel, most: int, left: float, wide: float) -> str:
    """Draw the cells over a ground that says closed; each has its number."""
    ground = Box(left, TOP, wide * len(panel.days), ROW * len(panel.rows))
    boxes: dict[str, list[str]] = {}
    numbers: dict[str, list[str]] = {INK: [], WHITE: []}
    for place, row in enumerate(panel.rows):
        for day, cell in enumerate(row):
            if cell is None:
                continue
            colour = shade(cell, most) if isinstance(cell, int) else HEAT[1]
            box = Box(left + wide * day, TOP + ROW * place, wide, ROW)
            boxes.setdefault(colour, []).append(rect(box))
            words = cell if isinstance(cell, str) else integer(cell) if cell else ""
            if words:
                shown = element("text", attributes(x=box.left + wide / 2, y=box.top + 11.5), words)
                numbers[ink_on(colour)].append(shown)
    shades = [group(shown, fill=colour) for colour, shown in boxes.items()]
    inks = [group(shown, fill=ink) for ink, shown in numbers.items() if shown]
    rules = [
        line(left, TOP + ROW * place, ground.right, TOP + ROW * place, stroke=SOFT_INK)
        for place in range(1, len(panel.rows))
        if (panel.start + place * panel.step) % (STRONG_HOURS * HOUR) == 0
    ]
    return "".join(
        (
            group([rect(ground, fill=fill(key, CLOSED)), *shades], stroke=LINE, stroke_width="0.7"),
            group(rules, opacity="0.5"),
            group(inks, text_anchor="middle", font_size=SMALL),
        )
    )


def _table(title: str, providers: Sequence[HeatProvider]) -> Table:
    """Write the same numbers; half hours that are alike share a row."""
    panels = [(one.name, panel) for one in providers for panel in one.panels]
    days = panels[0][1].days if panels else ()
    rows: list[tuple[str, ...]] = []
    for name, panel in panels:
        start = 0
        for place in range(1, len(panel.rows) + 1):
            if place < len(panel.rows) and panel.rows[place] == panel.rows[start]:
                continue
            if any(cell is not None for cell in panel.rows[start]):
                span = f"{_time(panel, start)}-{_time(panel, place)}"
                rows.append((name, panel.season, span, *map(_words, panel.rows[start])))
            start = place
    heads = text_columns(["gestore", text("stagione", "season"), text("ore", "hours")])
    return Table(title, (*heads, *number_columns(days)), tuple(rows), keys=3)


def _time(panel: HeatPanel, place: int) -> str:
    return format_time(panel.start + place * panel.step)


def _words(cell: Cell) -> str:
    if cell is None:
        return text("chiuso", "closed")
    return integer(cell) if isinstance(cell, int) else cell

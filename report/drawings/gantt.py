"""Gantt: when each provider is open along the day, and how many educators are there."""

from collections.abc import Collection, Sequence
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
from nido.report.drawings.palette import CATEGORIES, GRID, INK, LINE, SOFT_INK, WHITE, tint
from nido.report.drawings.patterns import Look, definitions, fill
from nido.report.drawings.svg import (
    LINE_HEIGHT,
    SMALL,
    Box,
    attributes,
    element,
    fold,
    group,
    line,
    lines_at,
    picture,
    rect,
    text_width,
    words_at,
)
from nido.report.numbers_local import integer
from nido.scenari.field_text import format_time

HOUR = 60
BAR, STAFF, ROW_SPACE = 18, 16, 12
LABELS, SPARE = 206, 12
WIDTHS: tuple[tuple[Shown, int], ...] = (("wide", WIDE), ("narrow", NARROW))

BASE_LOOK = Look(CATEGORIES[0], 0)
EXTRA_LOOK = Look(CATEGORIES[1], 1)
MORE_LOOK = Look(CATEGORIES[2], 2)


@dataclass(frozen=True, slots=True)
class Span:
    """An opening: from and to in minutes of the day; `extra` tells a fascia from the base hours."""

    start: int
    end: int
    name: str
    extra: bool


@dataclass(frozen=True, slots=True)
class Staff:
    """Educators on duty between two minutes of the day, and how many of them would be there anyway."""

    start: int
    end: int
    educators: int
    existing: int


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A provider on a class of days."""

    name: str
    detail: str
    spans: tuple[Span, ...]
    staff: tuple[Staff, ...]


def gantt(key: str, title: str, rows: Sequence[GanttRow], first: int, last: int) -> Figure:
    """Draw the openings along the day.

    Parameters
    ----------
    key, title
        Prefix of the ids, and title.
    rows
        One for each provider and class of days.
    first, last
        Ends of the axis, in minutes of the day.
    """
    summary = _summary(rows)
    drawings = tuple(
        Drawing(_draw(f"{key}-{shown[0]}", (title, summary), rows, (first, last), width), shown)
        for shown, width in WIDTHS
    )
    return Figure(key, title, summary, drawings, _table(title, rows), _note(rows))


def _note(rows: Sequence[GanttRow]) -> str:
    if not any(row.staff for row in rows):
        return ""
    return text(
        "Sopra, quando è aperto: l'orario base e le fasce aggiunte. Sotto, le educatrici in servizio: il "
        "numero dice quante, e dove ne servono più di quelle che ci sono già la casella ha i puntini.",
        "Above, when it is open: base hours and the openings added. Below, the educators on duty: the number "
        "tells how many, and where more are needed than are there already the box is dotted.",
    )


def _summary(rows: Sequence[GanttRow]) -> str:
    spans = [span for row in rows for span in row.spans]
    if not spans:
        return text("Nessuna apertura da mostrare.", "No opening to show.")
    extra = sum(1 for span in spans if span.extra)
    words = text(
        "Si apre alle {first} al più presto e si chiude alle {last} al più tardi",
        "The earliest opening is at {first}, the latest closing at {last}",
        first=format_time(min(span.start for span in spans)),
        last=format_time(max(span.end for span in spans)),
    )
    added = (
        text("; una fascia aggiunta all'orario base.", "; one opening beyond the base hours.")
        if extra == 1
        else text(
            "; {count} fasce aggiunte all'orario base.",
            "; {count} openings beyond the base hours.",
            count=integer(extra),
        )
    )
    return words + added


@dataclass(frozen=True, slots=True)
class _Track:
    """Where a minute of the day falls."""

    left: float
    width: float
    first: int
    last: int

    def x(self, minute: int) -> float:
        inside = min(max(minute, self.first), self.last) - self.first
        return self.left + self.width * inside / max(1, self.last - self.first)


def _draw(
    key: str, names: tuple[str, str], rows: Sequence[GanttRow], ends: tuple[int, int], width: int
) -> str:
    beside = width >= WIDE
    track = _Track(LABELS if beside else 14, width - (LABELS if beside else 14) - 18, *ends)
    entries = [
        (fill(key, "base"), text("orario base", "base hours")),
        (fill(key, "extra"), text("fascia aggiunta", "opening added")),
    ]
    if any(row.staff for row in rows):
        entries.append((WHITE, text("educatrici già in servizio", "educators there already")))
        entries.append((fill(key, "more"), text("ne servono di più", "more are needed")))
    parts = [definitions(key, (("base", BASE_LOOK), ("extra", EXTRA_LOOK), ("more", MORE_LOOK)))]
    shown, used = legend(entries, 1, 2, width - 2)
    parts += shown
    top = used + 24.0
    bands: list[str] = []
    start = top
    for row in rows:
        drawn, tall = _row(key, row, track, top, beside)
        bands += drawn
        top += tall
    return picture(key, *names, width, top + 4, [*parts, _axis(track, start, top), *bands])


def _axis(track: _Track, top: float, bottom: float) -> str:
    """Draw the hours: every hour a line, and a number where there is room for it."""
    step = 2 if track.width > 400 else 3
    lines_, marks = [], []
    for minute in range(-(-track.first // HOUR) * HOUR, track.last + 1, HOUR):
        x = track.x(minute)
        strong = (minute // HOUR) % step == 0
        lines_.append(line(x, top, x, bottom, stroke=LINE if strong else GRID))
        if strong:
            marks.append(words_at(x, top - 6, format_time(minute), size=SMALL))
    return group(lines_) + group(marks, text_anchor="middle", fill=SOFT_INK)


def _row(key: str, row: GanttRow, track: _Track, top: float, beside: bool) -> tuple[list[str], float]:
    room = LABELS - 18 if beside else track.width
    inside = _Names(row.spans, track)
    name = fold(row.name, room, 2, bold=True)
    details = [
        *fold(row.detail, room, 2, SMALL),
        *(fold(", ".join(inside.left_over), room, 2, SMALL) if inside.left_over else []),
    ]
    label = [lines_at(2, top + 14, name, bold=True, halo=not beside)]
    under = top + 14 + LINE_HEIGHT * len(name)
    label.append(lines_at(2, under, details, size=SMALL, fill=SOFT_INK, halo=not beside))
    label_height = LINE_HEIGHT * (len(name) + len(details)) + 6
    y = top + 4 if beside else top + label_height
    parts = [*label, *_spans(key, row.spans, track, y, inside.apart), *inside.beside(y)]
    parts += _staff(key, row.staff, track, y + BAR + 2)
    body = BAR + 2 + (STAFF if row.staff else 0)
    tall = max(label_height, body + 4) if beside else label_height + body
    end = top + tall + ROW_SPACE / 2
    return [*parts, line(2, end, track.left + track.width, end, stroke=GRID)], tall + ROW_SPACE


def _spans(key: str, spans: Sequence[Span], track: _Track, y: float, apart: Collection[Span]) -> list[str]:
    """Draw the bars, each with its name inside unless it stands apart."""
    parts: list[str] = []
    for span in spans:
        look = EXTRA_LOOK if span.extra else BASE_LOOK
        box = Box(track.x(span.start), y, track.x(span.end) - track.x(span.start), BAR)
        parts.append(rect(box, fill=fill(key, "extra" if span.extra else "base"), stroke=look.colour))
        words = "" if span in apart else _inside(span, track)
        if words:
            middle = box.left + box.width / 2
            wide = text_width(words, SMALL) + 4
            if span.extra:
                parts.append(rect(Box(middle - wide / 2, y + 2, wide, BAR - 4), fill=tint(look.colour, 10)))
            parts.append(words_at(middle, y + 13, words, size=SMALL, anchor="middle"))
    return parts


def _inside(span: Span, track: _Track) -> str:
    """Give the fullest text that fits in a bar; none where its name does not."""
    room = track.x(span.end) - track.x(span.start) - 8
    return next((said for said in _sayings(span) if text_width(said, SMALL) <= room), "")


def _all_or_none(spans: Sequence[Span], track: _Track) -> list[Span]:
    """Give the bars of one side whose names go beside them: all, as soon as one name does not fit."""
    return list(spans) if any(not _inside(span, track) for span in spans) else []


class _Names:
    """Where names go that do not fit in their bars: left of the first, right of the last, or apart."""

    def __init__(self, spans: Sequence[Span], track: _Track) -> None:
        noon = (track.first + track.last) / 2
        ordered = sorted(spans, key=lambda one: one.start)
        early = _all_or_none([span for span in ordered if span.end <= noon], track)
        late = _all_or_none([span for span in ordered if span.start >= noon], track)
        self._left = min((track.x(span.start) for span in spans), default=0) - 5
        self._right = max((track.x(span.end) for span in spans), default=0) + 5
        self._before, self._after = (", ".join(span.name for span in side) for side in (early, late))
        left_over = [span for span in ordered if span.start < noon < span.end and not _inside(span, track)]
        if text_width(self._before, SMALL) > self._left - track.left + SPARE:
            self._before = ""
            left_over += early
        if text_width(self._after, SMALL) > track.left + track.width + SPARE - self._right:
            self._after = ""
            left_over += late
        self.apart = frozenset((*early, *late))
        self.left_over = [_sayings(span)[0] for span in left_over]

    def beside(self, y: float) -> list[str]:
        """Write the names that have room beside the bars."""
        parts: list[str] = []
        if self._before:
            parts.append(words_at(self._left, y + 13, self._before, size=SMALL, anchor="end", halo=True))
        if self._after:
            parts.append(words_at(self._right, y + 13, self._after, size=SMALL, halo=True))
        return parts


def _sayings(span: Span) -> tuple[str, ...]:
    """Give what may be written in a bar, the fullest first."""
    hours = f"{format_time(span.start)}-{format_time(span.end)}"
    return f"{span.name} {hours}", hours, span.name


def _staff(key: str, staff: Sequence[Staff], track: _Track, y: float) -> list[str]:
    parts: list[str] = []
    numbers: list[str] = []
    for one in staff:
        more = one.educators > one.existing
        box = Box(track.x(one.start), y, track.x(one.end) - track.x(one.start), STAFF)
        paper = fill(key, "more") if more else WHITE
        parts.append(rect(box, fill=paper, stroke=MORE_LOOK.colour if more else SOFT_INK))
        words = integer(one.educators)
        wide = text_width(words, SMALL)
        if wide + 2 <= box.width:
            middle = box.left + box.width / 2
            if more:
                ground = Box(middle - wide / 2 - 1, y + 2, wide + 2, STAFF - 4)
                parts.append(rect(ground, fill=tint(MORE_LOOK.colour, 10)))
            numbers.append(element("text", attributes(x=middle, y=y + 12), words))
    return [*parts, group(numbers, text_anchor="middle", font_size=SMALL, fill=INK)]


def _table(title: str, rows: Sequence[GanttRow]) -> Table:
    heads = text_columns(
        [
            text("gestore", "provider"),
            text("giorni", "days"),
            text("che cosa", "what"),
            text("ore", "hours"),
        ]
    )
    staffed = any(row.staff for row in rows)
    counts = number_columns([text("educatrici", "educators"), text("già in servizio", "there already")])
    blank = ("", "") if staffed else ()
    found: list[tuple[str, ...]] = []
    for row in rows:
        for span in row.spans:
            words = text("aperto: {name}", "open: {name}", name=span.name)
            found.append((row.name, row.detail, words, _clock(span.start, span.end), *blank))
        for one in row.staff:
            words = text("personale", "staff")
            numbers = (integer(one.educators), integer(one.existing))
            found.append((row.name, row.detail, words, _clock(one.start, one.end), *numbers))
    return Table(title, (*heads, *(counts if staffed else ())), tuple(found), keys=4)


def _clock(start: int, end: int) -> str:
    return f"{format_time(start)}-{format_time(end)}"

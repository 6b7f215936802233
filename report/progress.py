"""Progress of a solve on standard error: a live line on a terminal, one line per improvement elsewhere."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from nido.data.lingua import text
from nido.report.numbers_local import ratio_percent
from nido.report.tier_words import CENTS, tier_name, tier_number, tier_unit

if TYPE_CHECKING:
    from rich.console import Console

    from nido.matching.options import Progress

DRAWS_PER_SECOND = 4

Listener = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Style:
    """How progress is shown: not at all, and on a terminal with or without colour."""

    quiet: bool = False
    color: bool = True


def sentence(progress: "Progress") -> str:
    """Write one state of the solve on one line."""
    parts = [
        text(
            "livello {number}/{count} {name}",
            "tier {number}/{count} {name}",
            number=progress.numero,
            count=progress.livelli,
            name=tier_name(progress.livello),
        ),
        text("trovato {value}", "found {value}", value=_figure(progress, progress.valore)),
        text("limite {bound}", "bound {bound}", bound=_figure(progress, progress.limite)),
    ]
    if progress.gap is not None and progress.gap > 1:
        parts.append(text("ancora lontano", "still far off"))
    elif progress.gap is not None:
        parts.append(f"gap {ratio_percent(progress.gap)}")
    return "  ".join(parts)


def _figure(progress: "Progress", value: int | None) -> str:
    """Write a value with its unit; the weight of the requests, most often their number, has none."""
    number = tier_number(progress.livello, value, CENTS.get(progress.unita, 1))
    return number if value is None else f"{number} {tier_unit(progress.livello, '')}".rstrip()


@contextlib.contextmanager
def shown(stream: TextIO, style: Style, title: str) -> Iterator[Listener | None]:
    """Show what `solve` reports while the block runs.

    Parameters
    ----------
    stream
        Standard error. Nothing is ever drawn on standard output, which holds the result.
    style
        Quiet or not, coloured or not.
    title
        What is being solved.

    Yields
    ------
    Listener or None
        To be passed to `solve`; None when nothing is shown.
    """
    if style.quiet:
        yield None
    elif stream.isatty():
        with _live(stream, style, title) as listener:
            yield listener
    else:
        yield _plain(stream, title)


def _plain(stream: TextIO, title: str) -> Listener:
    """Write a line each time a better plan is found: a log keeps only what is news."""
    last: list[tuple[str, int]] = []

    def listen(progress: "Progress") -> None:
        if progress.valore is not None and last != [(progress.livello, progress.valore)]:
            last[:] = [(progress.livello, progress.valore)]
            stream.write(f"{title}: {sentence(progress)}\n")
            stream.flush()

    return listen


class _Line:
    """The live line: the newest state, written by the solve and read by rich's only drawing thread."""

    def __init__(self, title: str) -> None:
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._title = title
        self._state = ""

    def listen(self, progress: "Progress") -> None:
        with self._lock:
            self._state = sentence(progress)

    def __rich__(self) -> str:
        with self._lock:
            state = self._state or text("preparo il modello", "building the model")
        elapsed = int(time.monotonic() - self._started)
        return f"{self._title}  {elapsed} s  {state}"


@contextlib.contextmanager
def _live(stream: TextIO, style: Style, title: str) -> Iterator[Listener]:
    from rich.live import Live

    line = _Line(title)
    with Live(
        line,
        console=_console(stream, style),
        refresh_per_second=DRAWS_PER_SECOND,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        vertical_overflow="crop",
    ):
        yield line.listen


def _console(stream: TextIO, style: Style) -> "Console":
    from rich.console import Console

    return Console(file=stream, no_color=not style.color, highlight=style.color, markup=False, emoji=False)

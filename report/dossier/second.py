"""The check in a process of its own, while this one makes the documents; nothing is written before it."""

import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

from nido.matching.checker import check_agreements, check_margins
from nido.report.documento import Document, Finding
from nido.scenari.schema import Scenario

Answer = Callable[[], tuple[Finding, ...]]
Margins = Sequence[Mapping[str, Any]]
Question = tuple[Scenario, Mapping[tuple[str, str], int], Document, Document, Margins]


def check(
    scenario: Scenario,
    matrix: Mapping[tuple[str, str], int],
    document: Document,
    agreements: Document,
    margins: Margins,
) -> tuple[Finding, ...]:
    """Check the simulated agreements and the providers' accounts, each from scenario and result alone."""
    return (
        *check_agreements(scenario, document, agreements, matrix),
        *check_margins(scenario, document["assegnazioni"], margins, matrix),
    )


@contextlib.contextmanager
def checking(
    scenario: Scenario,
    matrix: Mapping[tuple[str, str], int],
    document: Document,
    agreements: Document,
    margins: Margins,
) -> Iterator[Answer]:
    """Check beside what the block does; the answer waits for the end.

    A process that could not be started, or died, costs only time: the check is then done here.
    """
    question = (scenario, dict(matrix), document, agreements, margins)
    # A fork would share the locks of whatever runs here; Windows has none.
    pool = ProcessPoolExecutor(1, get_context("spawn"), _deaf)
    try:
        asked = _asked(pool, question)

        def answer() -> tuple[Finding, ...]:
            if asked is not None:
                with contextlib.suppress(BrokenProcessPool):
                    return asked.result()
            return check(*question)

        yield answer
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _asked(pool: ProcessPoolExecutor, question: Question) -> Future[tuple[Finding, ...]] | None:
    try:
        return pool.submit(check, *question)
    except (OSError, BrokenProcessPool):
        return None


def _deaf() -> None:
    """Leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

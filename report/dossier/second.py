"""The check in a process of its own, while this one makes the documents; nothing is written before it."""

import contextlib
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from nido.accordi.risultato.documento import Document, Finding
from nido.matching.checker import check_agreements, check_margins, check_shares
from nido.scenari.schema import Scenario

Answer = Callable[[], tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is checked, as the documents will say it.

    Attributes
    ----------
    scenario, matrix
        The scenario and its travel times.
    document
        Its result, confirmed.
    agreements
        The simulated agreements.
    margins
        The providers' view.
    shares
        The fair shares; None when there are none.
    """

    scenario: Scenario
    matrix: Mapping[tuple[str, str], int]
    document: Document
    agreements: Document
    margins: Sequence[Mapping[str, Any]]
    shares: Mapping[str, Any] | None


def check(asked: Question) -> tuple[Finding, ...]:
    """Check agreements, providers' accounts and shares, each from scenario and result alone."""
    scenario, matrix, document = asked.scenario, asked.matrix, asked.document
    shares = () if asked.shares is None else check_shares(scenario, document, asked.shares, matrix)
    return (
        *check_agreements(scenario, document, asked.agreements, matrix),
        *check_margins(scenario, document["assegnazioni"], asked.margins, matrix, document["ordine_domanda"]),
        *shares,
    )


@contextlib.contextmanager
def checking(question: Question) -> Iterator[Answer]:
    """Check beside what the block does; the answer waits for the end.

    A process that could not be started, or died, costs only time: the check is then done here.
    """
    # A fork would share the locks of whatever runs here; Windows has none.
    pool = ProcessPoolExecutor(1, get_context("spawn"), _deaf)
    try:
        asked = _asked(pool, question)

        def answer() -> tuple[Finding, ...]:
            if asked is not None:
                with contextlib.suppress(BrokenProcessPool):
                    return asked.result()
            return check(question)

        yield answer
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _asked(pool: ProcessPoolExecutor, question: Question) -> Future[tuple[Finding, ...]] | None:
    try:
        return pool.submit(check, question)
    except (OSError, BrokenProcessPool):
        return None


def _deaf() -> None:
    """Leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

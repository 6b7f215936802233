"""The checks, in a process of their own while this one makes the documents; nothing is written before."""

import contextlib
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self

from nido.accordi.risultato.documento import Document, Finding
from nido.matching.checker import check_agreements, check_document, check_margins, check_shares
from nido.scenari.schema import Scenario

Matrix = Mapping[tuple[str, str], int]
Findings = tuple[Finding, ...]
Answer = Callable[[], Findings]
# A check of something, given the scenario and its travel times.
Check = Callable[..., Findings]

_HELD: list[tuple[Scenario, Matrix]] = []


class Second:
    """A process that checks beside this one; leaving the block ends it.

    The scenario goes there once, so that what is worked out from it for one check serves the next. A process
    that could not be started, or died, costs only time: the check is then done here.

    Parameters
    ----------
    scenario, matrix
        The scenario and its travel times.
    """

    def __init__(self, scenario: Scenario, matrix: Matrix) -> None:
        self._scenario, self._matrix = scenario, dict(matrix)
        # A fork would share the locks of whatever runs here; Windows has none.
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _begin, (scenario, self._matrix))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def ask(self, check: Check, *about: Any) -> Answer:
        """Begin a check there; the answer waits for its end, or does it here where it has not begun."""
        asked = self._asked(check, about)

        def answer() -> Findings:
            if asked is not None and not asked.cancel():
                with contextlib.suppress(BrokenProcessPool):
                    return asked.result()
            return check(self._scenario, self._matrix, *about)

        return answer

    def _asked(self, check: Check, about: tuple[Any, ...]) -> "Future[Findings] | None":
        try:
            return self._pool.submit(_there, check, *about)
        except (OSError, BrokenProcessPool):
            return None


def of_result(scenario: Scenario, matrix: Matrix, document: Document) -> Findings:
    """Check a saved result."""
    return tuple(check_document(scenario, document, matrix, saved=True))


def of_another(scenario: Scenario, matrix: Matrix, other: Scenario, document: Document) -> Findings:
    """Check a saved result of another scenario, with the same travel times."""
    return of_result(other, matrix, document)


def of_margins(scenario: Scenario, matrix: Matrix, document: Document, margins: Any) -> Findings:
    """Check the providers' accounts."""
    return check_margins(scenario, document["assegnazioni"], margins, matrix, document["ordine_domanda"])


def of_agreements(scenario: Scenario, matrix: Matrix, document: Document, agreements: Document) -> Findings:
    """Check the simulated agreements."""
    return tuple(check_agreements(scenario, document, agreements, matrix))


def of_shares(scenario: Scenario, matrix: Matrix, document: Document, shares: Mapping[str, Any]) -> Findings:
    """Check the fair shares."""
    return check_shares(scenario, document, shares, matrix)


def _begin(scenario: Scenario, matrix: Matrix) -> None:
    """Keep the scenario, and leave Ctrl-C to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HELD.append((scenario, matrix))


def _there(check: Check, *about: Any) -> Findings:
    scenario, matrix = _HELD[0]
    return check(scenario, matrix, *about)

"""One question to several solvers at once, and what is known of its answer so far."""

import time
from queue import Empty, Queue

from nido.data.lingua import text
from nido.matching.bounds import dual_bound
from nido.matching.linear import LinearModel
from nido.matching.process import Flag, Heard, SolverCrash, SolverDisagreement
from nido.matching.query import UNKNOWN, Outcome, Request
from nido.matching.runners import LAST_WORDS_SECONDS, Crowd, Lead, News, Prover, Runner

# With less than this left another search would find nothing that is not known.
LEAST_SECONDS = 1.0


class Heat:
    """One question to all the runners, and what is known of its answer so far."""

    def __init__(
        self, lead: Lead, prover: Prover | None, request: Request, interrupted: Flag, heard: Heard | None
    ) -> None:
        self.runners: list[Runner] = []
        self.crowd: Crowd | None = None
        self.crashed: list[Runner] = []
        self.notes: list[str] = []
        self._lead, self._prover = lead, prover
        self._request = request
        self._interrupted = interrupted
        self._heard = heard
        self._news: Queue[News] = Queue()
        self._answers: dict[Runner, Outcome] = {}
        self._value: int | None = None
        self._bound: int | None = None
        self._started = time.monotonic()
        self._ending: float | None = None

    def join(self, runner: Runner, model: LinearModel, request: Request) -> None:
        """Let one more runner search."""
        self.runners.append(runner)
        runner.start(model, request, self._news)

    def over(self) -> bool:
        """Tell whether nothing more is to be waited for."""
        mine = self._answers.get(self._lead)
        if mine is not None and mine.verdict in ("optimal", "infeasible"):
            return True
        if self._interrupted.is_set() or self._time_is_up():
            # HiGHS does not hear the one, and may look late at the other.
            heard = all(runner in self._answers for runner in self.runners if runner is not self._prover)
            return heard or self._deaf()
        if len(self._answers) == len(self.runners):
            return True
        if mine is None:
            return False
        return self._met() or any(answer.verdict == "optimal" for answer in self._answers.values())

    def seconds_left(self) -> float | None:
        """Seconds until the limit of the question; None without one."""
        limit = self._request.seconds
        return None if limit is None else max(0.0, limit - (time.monotonic() - self._started))

    def _time_is_up(self) -> bool:
        left = self.seconds_left()
        return left is not None and left <= 0

    def _deaf(self) -> bool:
        """Tell whether a search that should have ended has had long enough for it."""
        self._ending = self._ending or time.monotonic()
        return time.monotonic() - self._ending > LAST_WORDS_SECONDS

    def given_up(self) -> bool:
        """Tell whether every search ended without a proof, and not for lack of time."""
        proven = any(answer.verdict in ("optimal", "infeasible") for answer in self._answers.values())
        left = self.seconds_left()
        late = left is not None and left < LEAST_SECONDS
        return not (proven or self._met() or self._interrupted.is_set() or late)

    def listen(self, seconds: float) -> None:
        """Take the next news.

        Raises
        ------
        SolverCrash
            If the leading search is lost.
        """
        try:
            runner, kind, body = self._news.get(timeout=seconds)
        except Empty:
            return
        self._take(runner, kind, body)

    def last_words(self) -> None:
        """Take the news that is already there."""
        while not self._news.empty():
            self._take(*self._news.get())

    def _take(self, runner: Runner, kind: str, body: object) -> None:
        if kind == "heard":
            assert isinstance(body, tuple)
            self._hear(*body)
        elif isinstance(body, Outcome):
            self._answers[runner] = body
        elif self.over():
            return
        elif runner is self._lead:
            assert isinstance(body, SolverCrash)
            raise body
        else:
            self._answers[runner] = UNKNOWN
            self.crashed.append(runner)
            self.notes.append("un altro solutore è finito da solo")

    def _hear(self, value: int | None, bound: int | None) -> None:
        best = max if self._request.maximise else min
        tightest = min if self._request.maximise else max
        known = (self._value, self._bound)
        if value is not None:
            self._value = value if self._value is None else best(value, self._value)
        if bound is not None:
            self._bound = bound if self._bound is None else tightest(bound, self._bound)
        if self._heard is not None and (self._value, self._bound) != known:
            self._heard(self._value, self._bound)

    def _met(self) -> bool:
        """Tell whether the best value of one search is at the bound of another."""
        return self.crowd is not None and self._value is not None and self._value == self._bound

    def outcome(self, model: LinearModel) -> Outcome:
        """Give the answer.

        Raises
        ------
        SolverDisagreement
            If two proofs differ: one of the solvers is wrong, and nobody knows which.
        """
        answers = list(self._answers.values())
        proofs = [answer for answer in answers if answer.verdict == "optimal"]
        for proof in proofs:
            for answer in answers:
                _compare(answer, proof, self._request)
        mine = self._answers.get(self._lead, UNKNOWN)
        if mine.verdict in ("optimal", "infeasible"):
            return mine
        return proofs[0] if proofs else self._best(model)

    def _best(self, model: LinearModel) -> Outcome:
        """Join the best point and the tightest bound of all the searches."""
        found = [answer for answer in self._answers.values() if answer.values is not None]
        points = [(answer.objective, answer.values) for answer in found]
        hint, request = self._request.hint, self._request
        if hint and len(hint) == len(model.lower) and model.broken_row(hint) is None:
            points.append((model.value(request.objective, hint), hint))
        if not points:
            return UNKNOWN
        best, tightest = (max, min) if request.maximise else (min, max)
        value, values = best(points, key=lambda point: point[0] or 0)
        if value is None:
            return UNKNOWN
        bounds = [b for b in (self._bound, *(answer.bound for answer in found)) if b is not None]
        ranges = dual_bound(model, request.objective, request.maximise, [0.0] * len(model.rows))
        bound = tightest([ranges, *bounds])
        return Outcome("optimal" if bound == value else "feasible", value, bound, values)


def _compare(found: Outcome, proof: Outcome, request: Request) -> None:
    """Refuse a proof that another answer contradicts.

    Raises
    ------
    SolverDisagreement
        If the other says that there is no plan, has a better one, or a bound that the proven value passes.
    """
    sign = 1 if request.maximise else -1
    value = sign * (proof.objective or 0)
    better = request.gap == 0 and found.objective is not None and sign * found.objective > value
    passed = found.bound is not None and sign * found.bound < value
    if found.verdict == "infeasible" or better or passed:
        raise SolverDisagreement(
            text(
                "i due solutori si contraddicono: {mine} e {other}",
                "the two solvers contradict each other: {mine} and {other}",
                mine=found.verdict if found.objective is None else found.objective,
                other=proof.objective,
            )
        )

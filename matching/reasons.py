"""Why a request is not served, or only in part: the rule that stops it at each provider, and by how much."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Literal

from nido.data.lingua import text
from nido.matching.beside import Beside
from nido.matching.draft import Draft
from nido.matching.extract import assignments
from nido.matching.linear import Subject
from nido.matching.objective import TIERS
from nido.matching.plan import Plan
from nido.matching.reason_words import lacking, minutes, worse
from nido.matching.row_check import RowCheck
from nido.matching.solution import PartlyServed, Reason, Unserved

Kind = Literal["impossibile_da_solo", "posto_preso_da_altri", "altro_gestore"]
MOST_BOOKINGS = 8
# Reasons get this long even when the time limit has passed.
LEAST_SECONDS = 5.0
ELSEWHERE = frozenset({"continuita", "fratelli", "fissati"})


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A pair tried with some fasce: the rules it breaks, each with its worst requirement and excess."""

    plan: Plan
    broken: dict[str, tuple[int, Subject]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A pair to try, in the place of another and better covered than it, when the request has one."""

    pair: int
    instead_of: int | None = None
    below: int | None = None

    @property
    def moved(self) -> tuple[int, ...]:
        return (self.pair,) if self.instead_of in (None, self.pair) else (self.pair, self.instead_of)


class Reasons:
    """Reasons for one plan.

    Parameters
    ----------
    draft
        The model, with every rule posted.
    plan
        The plan to explain.
    """

    def __init__(self, draft: Draft, plan: Plan) -> None:
        self._draft = draft
        self._plan = plan
        needs_staff = draft.instance.scenario.regole.attivazione.costo_massimo_per_bambino is not None
        # Staff follows from the plan, unless its cost is limited; tiers are the objective.
        silent = frozenset(TIERS) if needs_staff else frozenset({"rapporto", *TIERS})
        decided = {*draft.variables.serve, *draft.variables.book.values()}
        self._rows = RowCheck(draft.model, silent, decided)
        nobody = Plan(draft.instance, (), ())
        self._alone = Beside(draft, self._rows, nobody, needs_staff)
        self._beside = Beside(draft, self._rows, plan, needs_staff)
        self._order = {name: k for k, name in enumerate(type(draft.instance.scenario.regole).model_fields)}
        self._pairs = draft.instance.pairs_by_request()
        self._refusals = defaultdict(list)
        for refusal in draft.instance.refusals:
            self._refusals[refusal.pair.request].append(refusal)

    def of(self, request: int) -> tuple[Reason, ...]:
        """Explain one request that nobody serves, provider by provider in the scenario's order."""
        found = [(self._provider(pair), self._at(_Asked(pair))) for pair in self._pairs[request]]
        return self._with_refusals(request, found)

    def of_part(self, served: int) -> tuple[Reason, ...]:
        """Explain, for a served pair with uncovered minutes, why no provider covers more of them."""
        request, uncovered = self._draft.instance.pairs[served].request, self._plan.uncovered(served)
        found = [
            (
                self._provider(pair),
                self._too_short(pair, uncovered) or self._at(_Asked(pair, served, uncovered)),
            )
            for pair in self._pairs[request]
        ]
        return self._with_refusals(request, found)

    def _with_refusals(self, request: int, found: Iterable[tuple[int, Reason]]) -> tuple[Reason, ...]:
        refused = [
            (r.provider, Reason(self._name(r.provider), r.rule, r.reason, "impossibile_da_solo"))
            for r in self._refusals[request]
        ]
        return tuple(reason for _, reason in sorted([*refused, *found], key=lambda entry: entry[0]))

    def _provider(self, pair: int) -> int:
        return self._draft.instance.sites[self._draft.instance.pairs[pair].site].provider

    def _name(self, provider: int) -> str:
        return self._draft.instance.scenario.gestori[provider].id

    def _too_short(self, pair: int, uncovered: int) -> Reason | None:
        """Tell when the openings of a provider are too short to cover more, whatever is booked."""
        entry = self._draft.instance.pairs[pair]
        least = entry.needed - entry.reachable
        if least < uncovered:
            return None
        sentence = text(
            "con tutte le sue aperture resterebbero scoperti {minutes}",
            "with all its openings {minutes} would stay uncovered",
            minutes=minutes(least),
        )
        return Reason(self._name(self._provider(pair)), "orari", sentence, "impossibile_da_solo")

    def _at(self, asked: _Asked) -> Reason:
        provider = self._name(self._provider(asked.pair))
        if self._rows.barred(self._draft.variables.serve[asked.pair]):
            sentence = text("è già iscritto a un altro gestore", "already enrolled at another provider")
            return Reason(provider, "continuita", sentence, "altro_gestore")
        beside = _best(self._attempts(asked, self._beside))
        if not beside.broken:
            return self._by_choice(provider, asked, beside)
        alone = _best(self._attempts(_Asked(asked.pair, None, asked.below), self._alone))
        # What others may make up for, such as a threshold, counts only if with them it is broken too.
        if alone.broken.keys() & beside.broken.keys():
            both = {rule: worst for rule, worst in alone.broken.items() if rule in beside.broken}
            return self._reason(provider, both, beside, "impossibile_da_solo")
        kind: Kind = "altro_gestore" if beside.broken.keys() <= ELSEWHERE else "posto_preso_da_altri"
        return self._reason(provider, beside.broken, beside, kind)

    def _attempts(self, asked: _Asked, among: Beside) -> Iterator[_Attempt]:
        """Try a pair with every set of its fasce that covers enough, the largest first."""
        pair = self._draft.instance.pairs[asked.pair]
        units = sorted(pair.unit_minutes)
        tried = 0
        for size in range(len(units), -1, -1):
            for chosen in combinations(units, size):
                uncovered = pair.needed - pair.base - sum(pair.unit_minutes[unit] for unit in chosen)
                if asked.below is not None and uncovered >= asked.below:
                    continue
                if tried == MOST_BOOKINGS:
                    return
                tried += 1
                together = among.with_pair(asked.pair, chosen, asked.instead_of)
                yield _Attempt(together, self._by_rule(among.broken(together, asked.moved)))

    def _by_rule(self, rows: dict[int, int]) -> dict[str, tuple[int, Subject]]:
        found: dict[str, tuple[int, Subject]] = {}
        for row, size in rows.items():
            label, about = self._rows.labels[row], self._rows.subjects[row]
            # Requirements of one rule may count different things: only excesses of the same one compare.
            worst, of = found.get(label, (0, about))
            if of == about:
                found[label] = (max(worst, size), about)
        return found

    def _reason(
        self, provider: str, broken: dict[str, tuple[int, Subject]], beside: _Attempt, kind: Kind
    ) -> Reason:
        rule = min(broken, key=lambda name: self._order.get(name, len(self._order)))
        size, about = broken[rule]
        sentence = lacking(self._draft, rule, about, size, alone=kind == "impossibile_da_solo")
        others = sorted((broken.keys() | beside.broken.keys()) - {rule})
        if others:
            sentence += text("; anche: {names}", "; also: {names}", names=", ".join(others))
        return Reason(provider, rule, sentence, kind)

    def _by_choice(self, provider: str, asked: _Asked, attempt: _Attempt) -> Reason:
        """Name the tier that serving would worsen: nothing forbids it."""
        for level in self._draft.instance.scenario.obiettivo.livelli:
            loss = self._beside.loss(level.nome, attempt.plan, asked.moved)
            # A tier with a tolerance may give up some of its value to the next ones.
            if loss > 0 or (loss < 0 and level.tolleranza == Decimal(0)):
                sentence = worse(self._draft, level.nome, loss)
                return Reason(provider, level.nome, sentence, "posto_preso_da_altri")
        sentence = text("possibile a pari merito", "possible, at a tie")
        return Reason(provider, "obiettivo", sentence, "posto_preso_da_altri")


@dataclass(frozen=True, slots=True)
class Explained:
    """Requests left out and partly served with their reasons; a note when some reasons are missing."""

    left_out: tuple[Unserved, ...]
    partly: tuple[PartlyServed, ...]
    note: tuple[str, ...]


def with_reasons(
    draft: Draft, plan: Plan, left_out: tuple[Unserved, ...], seconds: float | None = None
) -> Explained:
    """Attach the reasons to the requests that nobody serves, and list those served in part.

    Parameters
    ----------
    draft, plan, left_out
        The model, the plan, and its requests left out in the order of the instance.
    seconds
        Time that may be spent, never less than `LEAST_SECONDS`; None = no limit. When it passes, or at
        Ctrl-C, the other requests stay without reasons.
    """
    of = {draft.instance.pairs[pair].request: pair for pair in plan.served}
    requests = [k for k in range(len(draft.instance.requests)) if k not in of]
    covered = zip((of[request] for request in sorted(of)), assignments(plan), strict=True)
    partly = {pair: entry for pair, entry in covered if entry.minuti_scoperti}
    found = _in_time(draft, plan, requests, list(partly), seconds)
    missed = tuple(
        replace(entry, motivi=found.get(("none", request), ()))
        for entry, request in zip(left_out, requests, strict=True)
    )
    parts = tuple(
        PartlyServed(
            bambino=entry.bambino,
            azienda=entry.azienda,
            stagione=entry.stagione,
            gestore=entry.gestore,
            minuti_scoperti=entry.minuti_scoperti,
            motivi=found.get(("part", pair), ()),
        )
        for pair, entry in partly.items()
    )
    wanted = len(requests) + len(partly)
    note = (
        text(
            "richieste con i motivi: {found} su {wanted}; tempo finito o interrotto",
            "requests with their reasons: {found} of {wanted}; out of time or interrupted",
            found=len(found),
            wanted=wanted,
        ),
    )
    return Explained(missed, parts, note if len(found) < wanted else ())


def _in_time(
    draft: Draft, plan: Plan, requests: list[int], partly: list[int], seconds: float | None
) -> dict[tuple[str, int], tuple[Reason, ...]]:
    until = None if seconds is None else time.monotonic() + max(seconds, LEAST_SECONDS)
    found: dict[tuple[str, int], tuple[Reason, ...]] = {}
    try:
        reasons = Reasons(draft, plan)
        tasks = [("none", request) for request in requests] + [("part", pair) for pair in partly]
        for kind, which in tasks:
            if until is not None and time.monotonic() > until:
                break
            found[kind, which] = reasons.of(which) if kind == "none" else reasons.of_part(which)
    except KeyboardInterrupt:
        # Only the second Ctrl-C gets here: the plan is worth more than its reasons.
        pass
    return found


def _best(attempts: Iterator[_Attempt]) -> _Attempt:
    best: _Attempt | None = None
    for attempt in attempts:
        if not attempt.broken:
            return attempt
        if best is None or _size(attempt) < _size(best):
            best = attempt
    assert best is not None
    return best


def _size(attempt: _Attempt) -> tuple[bool, int, int]:
    # Too few minutes for want of a booking is no reason: what forbids the booking is.
    sizes = [size for size, _ in attempt.broken.values()]
    return "orari" in attempt.broken, len(attempt.broken), sum(sizes)

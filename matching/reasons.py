"""Why a request is not served: the rule that stops it at each provider, by how much, the rest being fixed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from nido.data.lingua import text
from nido.matching.draft import Draft
from nido.matching.objective import TIERS
from nido.matching.plan import Plan
from nido.matching.row_check import RowCheck
from nido.matching.solution import Reason, Unserved

Kind = Literal["impossibile_da_solo", "posto_preso_da_altri", "altro_gestore"]
MOST_BOOKINGS = 8
# Rows of these say nothing on whether a child fits: staff follows from the plan, tiers are the objective.
SILENT = frozenset({"rapporto", *TIERS})
ELSEWHERE = frozenset({"continuita", "fratelli"})


@dataclass(frozen=True, slots=True)
class _Attempt:
    booked: frozenset[tuple[int, int]]
    broken: dict[str, int]


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
        per_child = draft.instance.scenario.regole.attivazione.costo_massimo_per_bambino
        self._needs_staff = per_child is not None
        self._rows = RowCheck(draft.model, SILENT - {"rapporto"} if self._needs_staff else SILENT)
        self._nobody = Plan(draft.instance, (), ())
        self._broken_by_nobody = self._rows.excess(draft.complete(self._nobody))
        self._pairs = draft.instance.pairs_by_request()
        self._refusals = defaultdict(list)
        for refusal in draft.instance.refusals:
            self._refusals[refusal.pair.request].append(refusal)

    def of(self, request: int) -> tuple[Reason, ...]:
        """Explain one request that nobody serves, provider by provider in the scenario's order."""
        scenario = self._draft.instance.scenario
        found = [
            (r.provider, Reason(scenario.gestori[r.provider].id, r.rule, r.reason, "impossibile_da_solo"))
            for r in self._refusals[request]
        ]
        for pair in self._pairs[request]:
            site = self._draft.instance.sites[self._draft.instance.pairs[pair].site]
            found.append((site.provider, self._at(pair, scenario.gestori[site.provider].id)))
        return tuple(reason for _, reason in sorted(found, key=lambda entry: entry[0]))

    def _at(self, pair: int, provider: str) -> Reason:
        if self._rows.barred(self._draft.variables.serve[pair]):
            sentence = text("è già iscritto a un altro gestore", "already enrolled at another provider")
            return Reason(provider, "continuita", sentence, "altro_gestore")
        alone = _best(self._attempts(pair, self._nobody))
        if alone.broken:
            return self._reason(provider, alone, "impossibile_da_solo")
        beside = _best(self._attempts(pair, self._plan))
        if beside.broken:
            kind: Kind = "altro_gestore" if set(beside.broken) <= ELSEWHERE else "posto_preso_da_altri"
            return self._reason(provider, beside, kind)
        return self._by_choice(pair, provider, beside)

    def _attempts(self, pair: int, plan: Plan) -> Iterator[_Attempt]:
        """Try a pair beside a plan with every set of its fasce, the largest first."""
        units = sorted(self._draft.instance.pairs[pair].unit_minutes)
        served = (*plan.served, pair)
        tried = 0
        for size in range(len(units), -1, -1):
            for chosen in combinations(units, size):
                if tried == MOST_BOOKINGS:
                    return
                tried += 1
                booked = plan.booked | {(pair, unit) for unit in chosen}
                together = Plan(self._draft.instance, served, booked)
                yield _Attempt(frozenset(booked), self._broken(together))

    def _broken(self, plan: Plan) -> dict[str, int]:
        by_rule: dict[str, int] = {}
        for row, size in self._rows.excess(self._draft.complete(plan, staff=self._needs_staff)).items():
            # What an empty plan breaks too (other children's pins) is not this child's doing.
            if row not in self._broken_by_nobody:
                label = self._rows.labels[row]
                by_rule[label] = max(by_rule.get(label, 0), size)
        return by_rule

    def _reason(self, provider: str, attempt: _Attempt, kind: Kind) -> Reason:
        order = list(type(self._draft.instance.scenario.regole).model_fields)
        rule = min(attempt.broken, key=lambda name: order.index(name) if name in order else len(order))
        others = sorted(set(attempt.broken) - {rule})
        sentence = _sentence(rule, attempt.broken[rule], self._draft.instance.unit)
        if others:
            sentence += text("; anche: {names}", "; also: {names}", names=", ".join(others))
        return Reason(provider, rule, sentence, kind)

    def _by_choice(self, pair: int, provider: str, attempt: _Attempt) -> Reason:
        """Name the tier that serving would worsen: nothing forbids it."""
        instance = self._draft.instance
        served = Plan(instance, (*self._plan.served, pair), attempt.booked)
        for level in instance.scenario.obiettivo.livelli:
            tier = TIERS[level.nome]
            before, after = tier.value(self._draft, self._plan), tier.value(self._draft, served)
            loss = before - after if tier.maximise else after - before
            if loss > 0:
                sentence = text(
                    "possibile, ma peggiora l'obiettivo {name} di {loss} {unit}",
                    "possible, but it worsens the objective {name} by {loss} {unit}",
                    name=level.nome,
                    loss=loss,
                    unit=tier.unit(self._draft),
                )
                return Reason(provider, level.nome, sentence, "posto_preso_da_altri")
        sentence = text("possibile a pari merito", "possible, at a tie")
        return Reason(provider, "obiettivo", sentence, "posto_preso_da_altri")


def with_reasons(draft: Draft, plan: Plan, left_out: tuple[Unserved, ...]) -> tuple[Unserved, ...]:
    """Attach the reasons to the requests that nobody serves."""
    served = {draft.instance.pairs[pair].request for pair in plan.served}
    requests = [k for k in range(len(draft.instance.requests)) if k not in served]
    reasons = Reasons(draft, plan)
    return tuple(
        replace(entry, motivi=reasons.of(request)) for entry, request in zip(left_out, requests, strict=True)
    )


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
    return "orari" in attempt.broken, len(attempt.broken), sum(attempt.broken.values())


def _sentence(rule: str, size: int, unit: int) -> str:
    places = text("mancano {n} posti", "{n} places short", n=size)
    euros = f"{size * unit / 100:.2f}"
    sentences = {
        "capienza": places,
        "posti_riservati": places,
        "residenti": text(
            "{n} oltre la quota per i non residenti", "{n} over the share of non-residents", n=size
        ),
        "budget": text("{euros} EUR oltre il budget", "{euros} EUR over the budget", euros=euros),
        "ore_bambino": text(
            "{n} minuti oltre il massimo di un giorno", "{n} minutes over the daily limit", n=size
        ),
        "ore_sede": text(
            "sede aperta {n} minuti oltre il massimo", "site open {n} minutes over the limit", n=size
        ),
        "attivazione": text(
            "una fascia non raggiunge la soglia: mancano {n} bambini",
            "a fascia misses its threshold: {n} children short",
            n=size,
        ),
        "orari": text("{n} minuti sotto la copertura minima", "{n} minutes below the least coverage", n=size),
        "continuita": text("è servito da un altro gestore", "served by another provider"),
        "fratelli": text("separerebbe due fratelli", "it would separate siblings"),
        "priorita": text(
            "passerebbe davanti a una classe di priorità più alta", "it would pass a higher priority class"
        ),
        "fissati": text("contro un'assegnazione già decisa", "against a pinned assignment"),
    }
    return sentences.get(rule, text("non ammesso, di {n}", "not allowed, by {n}", n=size))

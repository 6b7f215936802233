"""Lexicographic solve: each tier is optimised, then kept as a row for the next ones."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from nido.data.lingua import text
from nido.matching.draft import Draft
from nido.matching.linear import LinearModel
from nido.matching.objective import TIERS
from nido.matching.options import Progress, SolveOptions
from nido.matching.plan import Plan
from nido.matching.prepare import STAFF_TIERS
from nido.matching.process import Heard, SolverDisagreement
from nido.matching.query import Bounds, Narrowing, Outcome, Request
from nido.matching.result import empty_solution, solution_of
from nido.matching.solution import Solution, Stato, Tier
from nido.scenari.regole import Livello

STAFF_ROWS = frozenset({"rapporto"})
# A tier that settles a smaller part of the variables than this is the last one that is used to settle any.
LEAST_GAIN = 0.01
RACED = "fra piani di pari valore la scelta può cambiare da una volta all'altra"
Ask = Callable[[LinearModel, Request, Heard | None], Outcome]
Narrow = Callable[[LinearModel, Narrowing, float | None], Bounds | None]


class TierRun:
    """One lexicographic solve: each tier is optimised, then kept as a row for the next ones."""

    def __init__(
        self,
        draft: Draft,
        options: SolveOptions,
        ask: Ask,
        on_progress: Callable[[Progress], None] | None,
        interrupted: threading.Event,
        narrow: Narrow | None = None,
    ) -> None:
        self.draft = draft
        self.options = options
        self.on_progress = on_progress
        self.interrupted = interrupted
        self.started = time.monotonic()
        self.ask = ask
        self.narrow = narrow
        self.bounds: Bounds | None = None
        self.canonical = True
        self.work = 0.0
        self.plan: Plan | None = None
        self.needs_staff = draft.instance.scenario.regole.attivazione.costo_massimo_per_bambino is not None
        self.tiers: list[Tier] = []
        self.notes: list[str] = []

    def all_tiers(self) -> Solution:
        """Solve every tier in turn, as far as time and the user allow."""
        levels = self.draft.instance.scenario.obiettivo.livelli
        for number, level in enumerate(levels, start=1):
            if self._over():
                break
            outcome = self._tier(number, level)
            if outcome.verdict == "infeasible":
                return empty_solution(self.draft, self._confirm_infeasible(), self.notes)
            if outcome.values is None:
                break
        if self.plan is None:
            return empty_solution(self.draft, "nessuna_soluzione", self.notes)
        if self._state() == "ottimo" and not self.canonical:
            self.notes.append(RACED)
        shown = self._all_tiers_shown(self.plan)
        return solution_of(self.draft, self.plan, shown, self._state(), self.notes, self._clock_left())

    def _over(self) -> bool:
        left = self._seconds_left()
        return self.interrupted.is_set() or (left is not None and left <= 0)

    def _seconds_left(self) -> float | None:
        if self.options.time_limit is None:
            return None
        # What is promised to be the same every time can look at no clock.
        spent = self.work if self.options.deterministic else time.monotonic() - self.started
        return self.options.time_limit - spent

    def _clock_left(self) -> float | None:
        return None if self.options.deterministic else self._seconds_left()

    def _tier(self, number: int, level: Livello) -> Outcome:
        tier = TIERS[level.nome]
        terms = tuple(tier.terms(self.draft))
        self.draft.model.label = level.nome
        self.draft.model.check_size(terms)
        self.needs_staff = self.needs_staff or level.nome in STAFF_TIERS
        heard = self._heard(number, level.nome)
        outcome = self.ask(self._model(), self._request(terms, tier.maximise), heard)
        self.work += outcome.work
        if outcome.values is not None and not terms:
            # Nothing can change this tier: any plan has its only value.
            outcome = replace(outcome, objective=0, bound=0)
        if outcome.values is None or outcome.objective is None or outcome.bound is None:
            return outcome
        plan = self.draft.plan(outcome.values)
        value = tier.value(self.draft, plan)
        better = value >= outcome.objective if tier.maximise else value <= outcome.objective
        if not better or (
            outcome.verdict == "optimal" and self.options.gap == 0 and value != outcome.objective
        ):
            raise SolverDisagreement(self._disagreement(level.nome, value, outcome.objective))
        limit = self._keep(level, terms, value, outcome)
        self._check(plan)
        if number < len(self.draft.instance.scenario.obiettivo.livelli):
            self._narrow(Narrowing(terms, tier.maximise, limit))
        if heard is not None:
            # A proof by the solver that reports nothing on the way still ends in a line.
            heard(value, self.tiers[-1].limite)
        self.plan = plan
        self.canonical = self.canonical and outcome.canonical
        return outcome

    def _check(self, plan: Plan) -> None:
        """Refuse a plan whose own completion breaks a row: the model and its reading would disagree."""
        broken = self.draft.model.broken_row(self.draft.complete(plan))
        if broken is not None:
            raise SolverDisagreement(
                text(
                    "il piano del solutore viola la regola {rule} del modello",
                    "the solver's plan breaks rule {rule} of the model",
                    rule=broken,
                )
            )

    def _keep(self, level: Livello, terms: tuple[tuple[int, int], ...], value: int, outcome: Outcome) -> int:
        tier = TIERS[level.nome]
        assert outcome.bound is not None
        bound = outcome.bound
        if value > bound if tier.maximise else value < bound:
            raise SolverDisagreement(self._disagreement(level.nome, value, bound))
        slack = int(Fraction(level.tolleranza) * abs(value))
        limit = value - slack if tier.maximise else value + slack
        if tier.maximise:
            self.draft.model.add(terms, low=limit)
        else:
            self.draft.model.add(terms, high=limit)
        earlier = any(entry.stato != "dimostrato" for entry in self.tiers)
        self.tiers.append(
            Tier(
                nome=level.nome,
                unita=tier.unit(self.draft),
                verso="max" if tier.maximise else "min",
                valore=value,
                valore_piano=value,
                limite=bound,
                gap=gap_of(value, bound),
                tolleranza=str(level.tolleranza),
                stato="dimostrato" if value == bound else "non_dimostrato",
                condizionato=earlier,
            )
        )
        return limit

    def _narrow(self, question: Narrowing) -> None:
        """Leave out what no plan that keeps a tier can do, before the next tier is asked."""
        if self.narrow is None or self._over():
            return
        model = self._model()
        found = self.narrow(model, question, self._clock_left())
        if found is None:
            return
        before = model.free()
        self.bounds = found
        # Later tiers settle less and less.
        if before - model.within(found.lower, found.upper).free() < LEAST_GAIN * before:
            self.narrow = None

    def _model(self) -> LinearModel:
        # Staff can always be completed: until its cost counts, its rows would only slow the search down.
        model = self.draft.model if self.needs_staff else self.draft.model.without(STAFF_ROWS)
        return model if self.bounds is None else model.within(self.bounds.lower, self.bounds.upper)

    def _request(self, terms: tuple[tuple[int, int], ...], maximise: bool) -> Request:
        left = self._seconds_left()
        return Request(
            objective=terms,
            maximise=maximise,
            hint=() if self.plan is None else self.draft.complete(self.plan),
            seconds=self._clock_left(),
            deterministic_seconds=left if self.options.deterministic else None,
            gap=self.options.gap,
            seed=self.options.seed,
        )

    def _heard(self, number: int, name: str) -> Heard | None:
        if self.on_progress is None:
            return None
        tell, count = self.on_progress, {"solutions": 0, "value": None}
        levels = len(self.draft.instance.scenario.obiettivo.livelli)

        def heard(value: int | None, bound: int | None) -> None:
            if value != count["value"]:
                count["solutions"] = (count["solutions"] or 0) + 1
                count["value"] = value
            gap = None if value is None or bound is None else gap_of(value, bound)
            elapsed = time.monotonic() - self.started
            tell(Progress(name, number, levels, elapsed, value, bound, gap, count["solutions"] or 0))

        return heard

    def _confirm_infeasible(self) -> Stato:
        """Believe infeasibility only when a solve without presolve agrees (measured wrong verdicts)."""
        if self.plan is not None:
            raise SolverDisagreement(self._contradiction())
        again = self.ask(
            self._model(),
            Request((), maximise=False, presolve=False, seed=self.options.seed, seconds=self._clock_left()),
            None,
        )
        if again.verdict in ("optimal", "feasible"):
            raise SolverDisagreement(self._contradiction())
        self.notes.append(f"infattibile, seconda opinione: {again.verdict}")
        return "infattibile" if again.verdict == "infeasible" else "nessuna_soluzione"

    def _contradiction(self) -> str:
        return text(
            "il solutore si contraddice: infattibile, ma un piano c'è",
            "the solver contradicts itself: infeasible, but there is a plan",
        )

    def _all_tiers_shown(self, plan: Plan) -> tuple[Tier, ...]:
        levels = self.draft.instance.scenario.obiettivo.livelli
        shown = [
            replace(entry, valore_piano=TIERS[entry.nome].value(self.draft, plan)) for entry in self.tiers
        ]
        for level in levels[len(shown) :]:
            tier = TIERS[level.nome]
            verso = "max" if tier.maximise else "min"
            shown.append(
                Tier(
                    nome=level.nome,
                    unita=tier.unit(self.draft),
                    verso="max" if verso == "max" else "min",
                    valore=None,
                    valore_piano=TIERS[level.nome].value(self.draft, plan),
                    limite=None,
                    gap=None,
                    tolleranza=str(level.tolleranza),
                    stato="non_raggiunto",
                    condizionato=any(entry.stato != "dimostrato" for entry in shown),
                )
            )
        return tuple(shown)

    def _state(self) -> Stato:
        levels = self.draft.instance.scenario.obiettivo.livelli
        if len(self.tiers) < len(levels):
            return "interrotto"
        if all(entry.stato == "dimostrato" for entry in self.tiers):
            return "ottimo"
        within = all(entry.gap is not None and entry.gap <= self.options.gap for entry in self.tiers)
        return "entro_gap" if within and not self.interrupted.is_set() else "interrotto"

    def _disagreement(self, name: str, value: int, claimed: int) -> str:
        return text(
            "livello {name}: il solutore dichiara {claimed}, il piano vale {value}",
            "tier {name}: the solver claims {claimed}, the plan is worth {value}",
            name=name,
            claimed=claimed,
            value=value,
        )


def gap_of(value: int, bound: int) -> float:
    """Relative gap between a value and its bound, rounded to 9 decimals."""
    return round(abs(value - bound) / max(1, abs(value)), 9)

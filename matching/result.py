"""A plan assembled into a Solution."""

from collections.abc import Sequence

from nido.matching.draft import Draft
from nido.matching.extract import (
    agreements,
    assignments,
    capacity_use,
    openings,
    production_cents,
    rounding_cents,
    together_use,
    unserved,
)
from nido.matching.notices import notices
from nido.matching.objective import TIERS
from nido.matching.plan import Plan
from nido.matching.reasons import with_reasons
from nido.matching.solution import Solution, Stato, Tier
from nido.matching.staff_lines import staff_lines


def solution_of(
    draft: Draft,
    plan: Plan,
    tiers: tuple[Tier, ...],
    state: Stato,
    notes: Sequence[str],
    seconds: float | None = None,
) -> Solution:
    """Describe a plan in the scenario's names; `seconds` is the time left to look for reasons."""
    reasons = with_reasons(draft, plan, unserved(plan), seconds)
    return Solution(
        stato=state,
        unita_costo_cent=draft.instance.unit,
        arrotondamento_massimo_cent=rounding_cents(draft, plan),
        livelli=tiers,
        assegnazioni=assignments(plan),
        non_assegnati=reasons.left_out,
        parziali=reasons.partly,
        aperture=openings(draft, plan),
        personale=staff_lines(draft, plan),
        accordi=agreements(plan),
        capienza=capacity_use(plan),
        avvisi=notices(plan),
        ordine_domanda=order_of(draft),
        ordine_sorteggiato=not draft.instance.scenario.obiettivo.ordine_domanda,
        costo_produzione_cent=production_cents(draft, plan),
        stato_solutore=(*notes, *reasons.note),
        uso_insieme=together_use(plan),
        motivi_completi=not reasons.note,
    )


def empty_solution(draft: Draft, state: Stato, notes: Sequence[str]) -> Solution:
    """Describe a run that found no plan: nobody is served, no tier has a value."""
    tiers = tuple(
        Tier(
            nome=level.nome,
            unita=TIERS[level.nome].unit(draft),
            verso="max" if TIERS[level.nome].maximise else "min",
            valore=None,
            valore_piano=None,
            limite=None,
            gap=None,
            tolleranza=str(level.tolleranza),
            stato="non_raggiunto",
            condizionato=False,
        )
        for level in draft.instance.scenario.obiettivo.livelli
    )
    left_out = unserved(Plan(draft.instance, (), ()))
    return Solution(
        stato=state,
        unita_costo_cent=draft.instance.unit,
        arrotondamento_massimo_cent=0,
        livelli=tiers,
        assegnazioni=(),
        non_assegnati=left_out,
        aperture=(),
        personale=(),
        accordi=(),
        capienza=(),
        avvisi=(),
        ordine_domanda=order_of(draft),
        ordine_sorteggiato=not draft.instance.scenario.obiettivo.ordine_domanda,
        costo_produzione_cent=0,
        stato_solutore=tuple(notes),
        # Nobody looks for reasons where there is no plan to be held fixed.
        motivi_completi=not left_out,
    )


def order_of(draft: Draft) -> tuple[str, ...]:
    """Ids in the order of applications; equal positions follow the file."""
    children = draft.instance.scenario.bambini
    ranked = sorted(range(len(children)), key=lambda k: draft.instance.order[k])
    return tuple(children[k].id for k in ranked)

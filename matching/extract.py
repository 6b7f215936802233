"""A plan in integers turned back into the scenario's names, with the smallest staff and places."""

from collections import defaultdict
from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.further import further_child
from nido.matching.instance import Instance, Site
from nido.matching.money import exact_pair_cents, fascia_of, half_up, hour_cost_cents
from nido.matching.plan import Plan
from nido.matching.solution import (
    Agreement,
    Assignment,
    CapacityUse,
    Opening,
    TogetherUse,
    Unserved,
)


def assignments(plan: Plan) -> tuple[Assignment, ...]:
    """List the served requests in the order of the scenario."""
    instance = plan.instance
    ordered = sorted(plan.served, key=lambda index: instance.pairs[index].request)
    return tuple(_assignment(plan, index) for index in ordered)


def _assignment(plan: Plan, index: int) -> Assignment:
    instance = plan.instance
    pair = instance.pairs[index]
    child, company, season = _names(instance, pair.request)
    site = instance.sites[pair.site]
    booked = [unit for unit in pair.unit_minutes if plan.attends(index, unit)]
    return Assignment(
        bambino=child,
        azienda=company,
        gestore=instance.scenario.gestori[site.provider].id,
        stagione=season,
        minuti_richiesti=pair.needed,
        minuti_scoperti=plan.uncovered(index),
        fasce=tuple(site.units[unit].fascia for unit in booked),
        giorni=pair.days,
        giorni_pasto=sum(pair.meal_days.get(unit, 0) for unit in (0, *booked)),
        deviazione_minuti=pair.detour,
        mesi=pair.months,
        giorni_mese=dict(pair.month_days),
        mesi_fascia={site.units[unit].fascia: pair.unit_months[unit] for unit in booked},
    )


def unserved(plan: Plan) -> tuple[Unserved, ...]:
    """List the requests that nobody serves."""
    served = {plan.instance.pairs[index].request for index in plan.served}
    return tuple(
        Unserved(*_names(plan.instance, position), request.reference)
        for position, request in enumerate(plan.instance.requests)
        if position not in served
    )


def _names(instance: Instance, request: int) -> tuple[str, str, str]:
    entry, scenario = instance.requests[request], instance.scenario
    return (
        scenario.bambini[entry.child].id,
        scenario.aziende[entry.company].id,
        scenario.stagioni[entry.season].id,
    )


def openings(draft: Draft, plan: Plan) -> tuple[Opening, ...]:
    """List the open fasce; those already open appear even when nobody books them."""
    instance = plan.instance
    booked: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pair, unit in plan.booked:
        booked[instance.pairs[pair].site, unit].append(instance.requests[instance.pairs[pair].request].child)
    found: list[Opening] = []
    for site_index, site in enumerate(instance.sites):
        for unit in range(1, len(site.units)):
            if (site_index, unit) in booked or fascia_of(instance, site, unit).gia_aperta:
                children = sorted(booked.get((site_index, unit), ()))
                found.append(_opening(draft, plan, site_index, unit, children))
    return tuple(found)


def _opening(draft: Draft, plan: Plan, site_index: int, unit: int, children: list[int]) -> Opening:
    instance = plan.instance
    site = instance.sites[site_index]
    fascia = fascia_of(instance, site, unit)
    fixed = Fraction(fascia.costo_fisso) * 100 if children else Fraction(0)
    further, band = further_child(draft, plan, site_index, unit)
    return Opening(
        gestore=instance.scenario.gestori[site.provider].id,
        fascia=fascia.id,
        stagione=instance.scenario.stagioni[site.season].id,
        bambini=len(children),
        giorni=len(site.units[unit].days),
        costo_cent=half_up(staff_cents(draft, plan, site_index, unit) + fixed),
        bambini_dipendenti=tuple(instance.scenario.bambini[child].id for child in children),
        costo_bambino_in_piu_cent=further,
        banda_bambino_in_piu=band,
    )


def staff_cents(draft: Draft, plan: Plan, site_index: int, unit: int) -> Fraction:
    """Exact cost of the additional staff of one unit, in cents."""
    entries = [entry for entry in draft.staff if (entry.site, entry.unit) == (site_index, unit)]
    if not entries:
        # Staff paid by the child-hour has no hourly cost, and needs none from the tables.
        return Fraction(0)
    instance = plan.instance
    site = instance.sites[site_index]
    provider = instance.scenario.gestori[site.provider]
    per_slot = Fraction(instance.scenario.passo_minuti * hour_cost_cents(instance.scenario, provider), 60)
    days = len(site.units[unit].days)
    return sum(
        (
            plan.extra(entry)
            * (entry.group.size * days if instance.staffing.by_season else entry.group.size)
            * per_slot
            for entry in entries
        ),
        Fraction(0),
    )


def production_cents(draft: Draft, plan: Plan) -> int:
    """Exact additional production cost, in cents (docs/modello.md, section 9)."""
    instance = plan.instance
    total = Fraction(0)
    for index in plan.served:
        pair = instance.pairs[index]
        provider = instance.scenario.gestori[instance.sites[pair.site].provider]
        for unit in (0, *(k for k in pair.unit_minutes if plan.attends(index, k))):
            total += exact_pair_cents(instance.scenario, provider, pair, unit)
    for site_index in plan.by_site:
        site = instance.sites[site_index]
        total += Fraction(instance.scenario.gestori[site.provider].costi.partecipazione) * 100
        total += sum((staff_cents(draft, plan, site_index, k) for k in range(len(site.units))), Fraction(0))
    for site_index, unit in plan.open_units:
        total += Fraction(fascia_of(instance, instance.sites[site_index], unit).costo_fisso) * 100
    return half_up(total)


def agreements(plan: Plan) -> tuple[Agreement, ...]:
    """List the agreements that the plan needs, with the peak of each month."""
    instance, scenario = plan.instance, plan.instance.scenario
    found: list[tuple[tuple[int, int, int], Agreement]] = []
    for site_index, pairs in plan.by_site.items():
        site = instance.sites[site_index]
        provider = scenario.gestori[site.provider]
        for company in sorted({instance.company(pair) for pair in pairs}):
            used = {month: plan.peak(site_index, company, (month,)) for month in site.months}
            agreement = Agreement(
                azienda=scenario.aziende[company].id,
                gestore=provider.id,
                stagione=scenario.stagioni[site.season].id,
                posti=plan.places(site_index, company),
                bambini=sum(instance.company(pair) == company for pair in pairs),
                usati_mese=used,
            )
            found.append(((company, site.provider, site.season), agreement))
    return tuple(agreement for _, agreement in sorted(found, key=lambda entry: entry[0]))


def together_use(plan: Plan) -> tuple[TogetherUse, ...]:
    """Give the monthly peak of all companies together at every site that takes part."""
    instance = plan.instance
    return tuple(
        TogetherUse(
            gestore=instance.scenario.gestori[site.provider].id,
            stagione=instance.scenario.stagioni[site.season].id,
            insieme_mese={month: _most_present(plan, site, month) for month in site.months},
        )
        for site in (instance.sites[site_index] for site_index in sorted(plan.by_site))
    )


def _most_present(plan: Plan, site: Site, month: str) -> int:
    sets = (
        (unit, members)
        for unit, entry in enumerate(site.units)
        for members in entry.month_peaks.get(month, ())
    )
    return max((len(plan.present(site, unit, members)) for unit, members in sets), default=0)


def capacity_use(plan: Plan) -> tuple[CapacityUse, ...]:
    """Give both numbers of every site that takes part: peak presence and enrolled children."""
    return tuple(_capacity(plan, site_index, pairs) for site_index, pairs in sorted(plan.by_site.items()))


def _capacity(plan: Plan, site_index: int, pairs: list[int]) -> CapacityUse:
    instance, site = plan.instance, plan.instance.sites[site_index]
    peaks = [
        len(plan.present(site, unit, members))
        for unit, entry in enumerate(site.units)
        for members in entry.peaks
    ]
    return CapacityUse(
        gestore=instance.scenario.gestori[site.provider].id,
        stagione=instance.scenario.stagioni[site.season].id,
        presenti_massimi=max(peaks, default=0),
        iscritti=_most_enrolled(instance, pairs),
        posti=site.places,
    )


def _most_enrolled(instance: Instance, pairs: list[int]) -> int:
    requests = [instance.requests[instance.pairs[pair].request] for pair in pairs]
    return max(sum(r.first <= day < r.last for r in requests) for day in {r.first for r in requests})


def rounding_cents(draft: Draft, plan: Plan) -> int:
    """Bound the difference between tier value and exact cost: half a unit per rounded coefficient."""
    instance = plan.instance
    coefficients = len(plan.served) + len(plan.booked) + len(plan.open_units) + len(plan.by_site)
    intervals = sum(plan.extra(entry) * entry.group.size for entry in draft.staff)
    return -(-(coefficients + intervals) * instance.unit // 2)

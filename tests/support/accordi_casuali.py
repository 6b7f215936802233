"""Random plans, clauses and courses of events, and what must hold of every one of them."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from accordi_finti import CASE, COMPANIES, HOURS, SEASONS, plan_for, scenario_of

from nido.accordi.inps import monthly_bonus
from nido.accordi.money import cents
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese, Corsa, Corso
from nido.accordi.simulazione.orizzonte import month_name, month_number
from nido.accordi.simulazione.presenti import hired_id
from nido.scenari.accordo_quadro import Percorso

PROVIDERS = ("girasole", "papavero", "tate")
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
SHARES = (0, 0.25, 0.333, 0.5, 0.8, 1)


def random_case(seed: int) -> tuple[Plan, Corso]:
    """Draw a plan with its clauses, and a course of events that it allows."""
    draw = random.Random(f"accordi {seed}")
    children = _children(draw)
    posti = {
        (company, provider): draw.randint(1, 3)
        for company in COMPANIES.values()
        for provider in PROVIDERS
        if draw.random() < 0.4
    }
    framework = random_framework(draw)
    events = random_events(draw, children, framework)
    percorso = Percorso.model_validate({"id": "prova", "eventi": events})
    changes: dict[str, Any] = {
        "gestori": random_providers(draw),
        "pagatori": random_payers(draw),
        "regole": {
            "posti_riservati": {
                "attiva": draw.random() < 0.9,
                "condivisione_tra_aziende": draw.random() < 0.3,
            }
        },
    }
    plan = plan_for(scenario_of(children, framework, **changes), children, posti)
    # A plan reserves no more than what is offered.
    for gestore in changes["gestori"]:
        most = max((_reserved(plan, gestore["id"], season) for season in SEASONS), default=0)
        gestore["posti"] = max(gestore["posti"], most)
        for season in gestore.get("posti_stagione", {}):
            needed = _reserved(plan, gestore["id"], season)
            gestore["posti_stagione"] = {season: max(gestore["posti_stagione"][season], needed)}
    plan = plan_for(scenario_of(children, framework, **changes), children, posti)
    return plan, Corso("prova", "", Fraction(1), percorso.eventi, vuoto=draw.random() < 0.05)


def _reserved(plan: Plan, gestore: str, season: str) -> int:
    """Count the places that a plan reserves at a provider in a season."""
    return sum(one.base.get(season, 0) for one in plan.convenzioni if one.gestore.id == gestore)


def _children(draw: random.Random) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number in range(draw.randint(1, 6)):
        seasons = SEASONS if draw.random() < 0.7 else tuple(draw.sample(SEASONS, draw.randint(1, 2)))
        provider = draw.choice(PROVIDERS)
        hours = draw.choice(tuple(HOURS))
        fasce = ("anticipo",) if provider != "tate" and hours != "mai" and draw.random() < 0.4 else ()
        ordered = tuple(season for season in SEASONS if season in seasons)
        found[f"{draw.choice('AB')}{number}"] = (provider, hours, ordered, fasce)
    return found


def random_providers(draw: random.Random, places: tuple[int, ...] = (2, 4, 7)) -> list[dict[str, Any]]:
    """Draw the places and the part of an empty one of every provider."""
    found = []
    for provider in CASE["gestori"]:
        changes: dict[str, Any] = {"posti": draw.choice(places)}
        if draw.random() < 0.3:
            changes["posti_stagione"] = {draw.choice(SEASONS): 3}
        changes["vuoto_per_pieno"] = draw.choice(SHARES)
        found.append(provider | changes)
    return found


def random_payers(draw: random.Random) -> list[dict[str, Any]]:
    """Draw a stack of payers of every mode, with a remainder."""
    some: list[dict[str, Any]] = [
        {"id": "provincia", "modo": "fisso_ora", "importo_ora": draw.choice((0.5, 5.2)), "voci": ["ora"]},
        {"id": "azienda", "modo": "quota_azienda", "voci": draw.sample(EVERY, draw.randint(1, 5))},
        {
            "id": "buoni",
            "modo": "fisso_mese",
            "importo_mese": draw.choice((33.33, 100, 250)),
            "voci": ["posto", "fascia"],
        },
        {
            "id": "comune",
            "modo": "quota",
            "quota": draw.choice(SHARES),
            "voci": EVERY,
            "massimo_mese": draw.choice((50, 120.5)),
        },
        {"id": "inps", "modo": "inps", "voci": ["posto"]},
    ]
    draw.shuffle(some)
    last = [{"id": "famiglia", "modo": "residuo", "voci": draw.sample(EVERY, draw.randint(1, 5))}]
    return some[: draw.randint(0, 5)] + last


def random_framework(draw: random.Random) -> dict[str, Any]:
    """Draw length, clauses and exceptions."""
    framework: dict[str, Any] = {"durata_mesi": draw.choice((6, 12, 15, 26)), "clausole": _clauses(draw, 0.4)}
    if draw.random() < 0.3:
        framework["inizio"] = draw.choice(("2026-12", "2027-04", "2028-08"))
    if draw.random() < 0.3:
        framework["eccezioni"] = [
            {
                "azienda": draw.choice((None, "alfa", "beta")),
                "gestore": draw.choice((None, *PROVIDERS)),
                "clausole": _clauses(draw, 0.15),
                "senza": draw.sample(sorted(framework["clausole"]), min(1, len(framework["clausole"]))),
            }
        ]
    return framework


def _clauses(draw: random.Random, chance: float) -> dict[str, Any]:
    flag = lambda: draw.random() < 0.6  # noqa: E731
    every: dict[str, dict[str, Any]] = {
        "durata_minima": {"mesi": draw.choice((1, 5, 12))},
        "rinnovo": {
            "mesi": draw.choice((3, 7)),
            "volte": draw.choice((0, 2)),
            "preavviso_mesi": draw.choice((0, 2)),
        },
        "preavviso": {"giorni": draw.choice((0, 31, 90))},
        "vuoto_per_pieno": {"quota": draw.choice(SHARES)},
        "sostituzione": {"giorni": draw.choice((0, 30, 70)), "quota": draw.choice((None, *SHARES))},
        "rilascio_mercato": {"mesi_rivendita": draw.choice((0, 1, 3)), "credito": draw.choice(SHARES)},
        "rilascio_annuale": {"mese": draw.randint(1, 8)},
        "trasferimento": {"tra_dipendenti": flag(), "tra_gestori": flag(), "tra_aziende": flag()},
        "posto_nuovo": {"modo": draw.choice(("garantito", "prioritario", "prioritario"))},
        "posti_minimi": {"posti": draw.choice((1, 2))},
        "posti_massimi": {"posti": draw.choice((2, 4))},
        "sconto_volume": {
            "conta": draw.choice(("accordo", "azienda", "gestore")),
            "scaglioni": [{"posti": 2, "sconto": 0.033}, {"posti": 4, "sconto": draw.choice(SHARES)}],
        },
        "indicizzazione": {"quota": draw.choice(SHARES), "variazione_annua": draw.choice((-0.03, 0, 0.017))},
        "deposito": {"mensilita": draw.choice((0.5, 1.25))},
        "solo_stagioni": {"stagioni": draw.sample(SEASONS, draw.randint(1, 2))},
        "prenotazioni_minime": {"fascia": "anticipo", "bambini": draw.choice((1, 3))},
        "ore_minime": {"ore_mese": draw.choice((50, 333))},
        "quota_residenti": {"quota": draw.choice((0.1, 0.3, 0.5, 1))},
        "rifiuto": {"massimo": draw.choice((1, 2))},
    }
    likely = {"solo_stagioni": 0.5, "quota_residenti": 0.5, "posti_massimi": 0.5, "trasferimento": 1.8}
    return {name: value for name, value in every.items() if draw.random() < chance * likely.get(name, 1.0)}


def random_events(
    draw: random.Random, children: Mapping[str, Any], framework: Mapping[str, Any]
) -> list[dict[str, Any]]:
    start = month_number(framework.get("inizio", "2026-09"))
    months = sorted(draw.randrange(framework["durata_mesi"]) for _ in range(draw.choice((0, 1, 3, 6, 10))))
    pairs = sorted({(COMPANIES[name[0]], child[0]) for name, child in children.items()})
    there = {name: child[0] for name, child in children.items()}
    gone: set[str] = set()
    hirings = 0
    found: list[dict[str, Any]] = []
    for number, t in enumerate(months):
        azienda, gestore = draw.choice(pairs)
        like = draw.choice([name for name, child in children.items() if child[0] == gestore])
        pair = {"azienda": azienda, "gestore": gestore}
        kinds = ("esce", "entra", "cambia_turno", "assume", "disdice", "recede", "rifiuta", "rifiuta")
        kind = draw.choice(kinds)
        event: dict[str, Any] = {"tipo": kind, "mese": month_name(start + t)}
        if kind in ("esce", "rifiuta", "cambia_turno"):
            alive = sorted(there.keys() - gone)
            if not alive:
                continue
            name = draw.choice(alive)
            event["bambino"] = name
            if kind == "esce":
                gone.add(name)
            if kind == "cambia_turno":
                same = [one for one, child in children.items() if child[0] == there[name]]
                event["come"] = draw.choice(same)
        elif kind == "entra":
            event |= {"bambino": f"E{number}", **pair, "come": like}
            there[f"E{number}"] = gestore
        elif kind == "assume":
            hirings += 1
            count = draw.randint(1, 3)
            event |= {**pair, "come": like, "numero": count}
            there |= {hired_id(hirings, k): gestore for k in range(1, count + 1)}
        elif kind == "disdice":
            event |= {**pair, "posti": draw.randint(1, 3)}
        else:
            event |= pair
        found.append(event)
        if kind in ("entra", "assume") and draw.random() < 0.5:
            # A place offered at once is declined at once.
            name = event.get("bambino") or hired_id(hirings, 1)
            found.append({"tipo": "rifiuta", "mese": event["mese"], "bambino": name})
    return found


def broken(plan: Plan, corsa: Corsa) -> list[str]:
    """Say what does not hold of a course, in a few words each; nothing when all is well."""
    return [*_money(corsa), *_limits(plan, corsa), *_places(plan, corsa), *_children_once(corsa)]


def _money(corsa: Corsa) -> Iterator[str]:
    total = corsa.totali.totale_cent
    groups = (
        corsa.totali.per_pagatore,
        corsa.totali.per_componente,
        corsa.totali.per_azienda,
        corsa.totali.per_gestore,
    )
    if any(sum(group.values()) != total for group in groups):
        yield "the parts do not sum to the total"
    if sum(riga.importo_cent for riga in corsa.righe) != total:
        yield "the lines do not sum to the total"
    for field in ("pagatore", "componente", "azienda", "gestore"):
        sums: Counter[str] = Counter()
        for riga in corsa.righe:
            sums[getattr(riga, field)] += riga.importo_cent
        if dict(sums) != dict(getattr(corsa.totali, f"per_{field}")):
            yield f"the lines and the totals by {field} differ"
    if any(riga.importo_cent <= 0 for riga in corsa.righe):
        yield "a line is zero or negative"
    if any(amount < 0 for group in groups for amount in group.values()):
        yield "a payer pays less than nothing"
    if sum(move.importo_cent for move in corsa.deposito) or any(
        move.saldo_cent < 0 for move in corsa.deposito
    ):
        yield "a deposit is not given back, or is negative"


def _limits(plan: Plan, corsa: Corsa) -> Iterator[str]:
    """No payer with a limit for each child and month pays more than it, whatever the amounts."""
    stays = {
        (name, month.mese.mese)
        for month in corsa.mesi
        for name in (*month.ammessi, *(guest.bambino for guest in month.ospiti))
    }
    for payer in plan.scenario.pagatori:
        paid = corsa.totali.per_pagatore.get(payer.id, 0)
        limits = [one for one in (payer.massimo_mese, payer.importo_mese or None) if one is not None]
        if payer.modo == "inps":
            bonus = monthly_bonus(plan.scenario.bambini[0], plan.scenario.stagioni[0].inizio)
            years = Counter((name, month[:4]) for name, month in stays)
            if paid > sum(min(11, count) * bonus for count in years.values()):
                yield "the bonus exceeds eleven months a year"
        elif limits and paid > len(stays) * cents(min(limits)):
            yield f"{payer.id} exceeds its limit"


def _places(plan: Plan, corsa: Corsa) -> Iterator[str]:
    rule = plan.scenario.regole.posti_riservati
    by_site: dict[tuple[str, str], list[ConvenzioneMese]] = defaultdict(list)
    for month in corsa.mesi:
        by_site[month.mese.mese, month.gestore].append(month)
        convenzione = plan.convenzioni[month.convenzione]
        empty = sum(places for _, places in month.vuoti)
        if month.riservati != month.residenti + month.usati + month.prestati + empty:
            yield "places do not sum to those reserved"
        if min(month.riservati, month.residenti, month.usati, month.prestati, empty) < 0:
            yield "places are negative"
        if month.rivenduti + month.bloccati > empty:
            yield "more places are resold or blocked than are empty"
        most = convenzione.terms.agreed.get("posti_massimi")
        if most is not None and month.riservati > most.posti:
            yield "more places than the maximum"
        site = plan.site(month.gestore, month.mese)
        peak = site.peak(month.fonti[name] for name in month.ammessi) if site is not None else 0
        if peak != month.usati:
            yield "the places used are not the peak"
        if any(not 0 <= share <= 1 for share, _ in month.vuoti):
            yield "an empty place owes more than its price"
    for months in by_site.values():
        gestore = plan.convenzioni[months[0].convenzione].gestore
        offered = plan.offered(gestore, months[0].stagione)
        if not rule.attiva:
            continue
        if not rule.condivisione_tra_aziende and sum(month.riservati for month in months) > offered:
            yield "more places are reserved than offered"
        if rule.condivisione_tra_aziende:
            guests = sum(month.prestati for month in months)
            if months[0].insieme > offered or (guests and months[0].insieme + guests > offered):
                yield "more children are there together than places offered"


def _children_once(corsa: Corsa) -> Iterator[str]:
    by_month: dict[str, list[str]] = defaultdict(list)
    for month in corsa.mesi:
        by_month[month.mese.mese] += [*month.ammessi, *month.in_attesa]
        guests = [guest.bambino for guest in month.ospiti]
        if not set(guests) <= set(month.in_attesa) or len(set(guests)) < len(guests):
            yield "a guest does not wait, or is a guest twice"
    if any(len(set(names)) < len(names) for names in by_month.values()):
        yield "a child is in two places at once"
    paid = Counter(
        (riga.bambino, riga.componente, riga.data, riga.fonte, riga.pagatore)
        for riga in corsa.righe
        if riga.componente in ("fascia", "ora", "pasto")
    )
    if paid and max(paid.values()) > 1:
        yield "a payer pays the same thing twice for a child"

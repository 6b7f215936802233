"""Reasons of the requests left out or served in part: names, rules, what can be told without the solver."""

from collections.abc import Iterable

from nido.data.lingua import text
from nido.matching.verifica import idoneita, orari
from nido.matching.verifica.caso import Case
from nido.matching.verifica.forma import Table
from nido.matching.verifica.piano import Request
from nido.matching.verifica.presenze import bookable, covered_minutes, requested_minutes
from nido.matching.verifica.violazione import Violation

NOT_SERVED = "non_assegnati"
PARTLY = "parziali"
ALONE = "impossibile_da_solo"
TAKEN = "posto_preso_da_altri"
ELSEWHERE = "altro_gestore"
# What holds whatever rules are off (section 6), and a choice between equals, have names of their own.
PRESENCE = "piano"
CHOICE = "obiettivo"
OTHER_PROVIDER = ("continuita", "fratelli", "fissati")


def rules_of(case: Case) -> frozenset[str]:
    """Name what a reason may state: rules in force, presence, tiers of the scenario, a choice."""
    rules = case.scenario.regole
    on = {name for name in type(rules).model_fields if getattr(rules, name).attiva}
    # A provider that covers nothing is refused for its hours, whatever is off.
    return frozenset({*on, orari.name, PRESENCE, CHOICE, *_tiers(case)})


def _tiers(case: Case) -> tuple[str, ...]:
    return tuple(tier.nome for tier in case.scenario.obiettivo.livelli)


def refused_by(case: Case, request: Request, gestore: str, below: int | None = None) -> str | None:
    """Name the rule that keeps a request out of a provider by itself: its hours or who may be there.

    Parameters
    ----------
    case, request, gestore
        The request and the provider.
    below
        Minutes of which fewer must stay uncovered, for a request that is served in part already.
    """
    bambino, stagione = request
    every = frozenset(bookable(case, bambino, gestore, stagione))
    covered = covered_minutes(case, bambino, gestore, stagione, every)
    if not covered:
        return orari.name
    if idoneita.applies(case.scenario) and idoneita.obstacles(case, bambino, gestore, stagione):
        return idoneita.name
    if orari.applies(case.scenario) and not orari.reachable(case, bambino, gestore, stagione):
        return orari.name
    if below is not None and requested_minutes(case, bambino, gestore, stagione) - covered >= below:
        return orari.name
    return None


def check_reasons(
    case: Case, request: Request, reasons: Iterable[Table], where: str, below: int | None = None
) -> list[Violation]:
    """Check the reasons of a request: one for each provider, or none at all (see `complete_reasons`).

    Parameters
    ----------
    case, request, reasons
        The request and its reasons.
    where
        Its row in the document.
    below
        For a request served in part its uncovered minutes: who would serve it instead must leave fewer.
    """
    table = NOT_SERVED if below is None else PARTLY
    found: list[Violation] = []
    seen: set[str] = set()
    for reason in reasons:
        gestore = reason["gestore"]
        if gestore not in case.gestori:
            sentence = text("motivo con gestore sconosciuto", "reason with an unknown provider")
            found.append(Violation(table, where, sentence))
            continue
        place = f"{'/'.join(request)}/{gestore}"
        if gestore in seen:
            sentence = text("due motivi per lo stesso gestore", "two reasons for the same provider")
            found.append(Violation(table, place, sentence))
        seen.add(gestore)
        found += [Violation(table, place, wrong) for wrong in _reason(case, request, reason, below)]
    if seen and len(seen) < len(case.gestori):
        missing = ", ".join(name for name in case.gestori if name not in seen)
        sentence = text("nessun motivo per: {names}", "no reason for: {names}", names=missing)
        found.append(Violation(table, "/".join(request), sentence))
    return found


def complete_reasons(document: Table) -> list[Violation]:
    """Check that a request goes without reasons only where the document says that some are missing."""
    without = [
        Violation(
            table,
            f"{row['bambino']}/{row['stagione']}",
            text("nessun motivo, ma motivi_completi è vero", "no reason, but motivi_completi is true"),
        )
        for table in (NOT_SERVED, PARTLY)
        for row in document[table]
        if not row["motivi"]
    ]
    if document["motivi_completi"]:
        return without
    sentence = text("falso, ma non manca nessun motivo", "false, but no reason is missing")
    return [] if without else [Violation("forma", "motivi_completi", sentence)]


def _reason(case: Case, request: Request, reason: Table, below: int | None) -> list[str]:
    """Say what is wrong with a reason; at most one sentence."""
    rule, kind = reason["regola"], reason["tipo"]
    if rule not in rules_of(case):
        sentence = text(
            "motivo con una regola che non vale: {rule}", "reason with a rule not in force: {rule}", rule=rule
        )
        return [sentence]
    true = refused_by(case, request, reason["gestore"], below)
    if (true or rule) != rule or (true is None and rule in (idoneita.name, orari.name)):
        sentence = text(
            "motivo scritto {stated}, da solo risulta {true}",
            "reason states {stated}, by itself it is {true}",
            stated=rule,
            true=true or text("ammesso", "admitted"),
        )
        return [sentence]
    if _kind_follows(case, rule, kind, alone=true is not None):
        return []
    sentence = text(
        "tipo {kind} con il motivo {rule}", "kind {kind} with the reason {rule}", kind=kind, rule=rule
    )
    return [sentence]


def _kind_follows(case: Case, rule: str, kind: str, *, alone: bool) -> bool:
    if alone:
        return kind == ALONE
    if rule == CHOICE or rule in _tiers(case):
        return kind == TAKEN
    return kind != ELSEWHERE or rule in OTHER_PROVIDER

"""Report sections: who is not served and why, notices, and what the result rests on."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from nido.data.lingua import text
from nido.report.copertura import Document
from nido.report.numbers_local import figure_text, hours, integer
from nido.report.state_words import rule_words
from nido.report.text_table import Column, Lines, number_column, section, table, text_column, wrap
from nido.report.tier_words import TIER_NAMES

LONGEST_VALUE = 80
# Rooms of a scenario in which every item is a part of its own.
OWNERS = frozenset({"aziende", "gestori", "pagatori"})
# Beginnings of the figures' names, the ones on which most money depends first.
WEIGHTY = ("costi.", "pagatori.", "trasferimenti.", "rette.", "inps.", "gestori.", "aziende.")
STATED = re.compile(r"(?P<room>\w+)\.(?P<name>\w+)\.ipotesi")
# Kinds of reason that a reader is told apart.
TOO_FEW, TOO_FEW_TOGETHER, BY_CHOICE = "pochi", "pochi_insieme", "scelta"
# Reasons that name no rule but what the plan aims at.
OBJECTIVE = frozenset({*TIER_NAMES, "obiettivo"})


def unserved(document: Document, width: int) -> Lines:
    """Write who is not served, and which rules stop it."""
    missed = document["non_assegnati"]
    if not missed:
        return []
    words = text(
        "Che cosa ferma le richieste, anche più cose insieme: {{counts}}.",
        "What stops the requests, several things at once too: {{counts}}.",
    )
    columns: list[Column] = [
        text_column(text("bambino", "child")),
        text_column(text("azienda", "company")),
        text_column(text("stagione", "season")),
        number_column(text("ore chieste", "hours asked")),
        text_column(text("perché (presso quanti gestori)", "why (at how many gestori)")),
    ]
    rows = [
        (
            *(request["bambino"], request["azienda"], request["stagione"]),
            *(hours(request["minuti_riferimento"]), _why(request["motivi"])),
        )
        for request in missed
    ]
    title = text("Non serviti: {count}", "Not served: {count}", count=integer(len(missed)))
    body = [*_stops(missed, words, width), *table(columns, rows, width, keys=4)]
    return section(title, [*body, *_without_reasons(document, missed, width)])


def partly_served(document: Document, width: int) -> Lines:
    """Write who is served in part, and what stops its own provider from covering more."""
    # A result of an earlier version does not list them.
    found = document.get("parziali", [])
    if not found:
        return []
    words = text(
        "Che cosa impedisce di coprirli di più, lì o altrove: {{counts}}.",
        "What keeps them from being covered more, there or elsewhere: {{counts}}.",
    )
    columns: list[Column] = [
        text_column(text("bambino", "child")),
        text_column(text("stagione", "season")),
        text_column("gestore"),
        number_column(text("ore scoperte", "hours missing")),
        text_column(text("perché lì non di più", "why not more there")),
    ]
    rows = [
        (
            *(request["bambino"], request["stagione"], request["gestore"]),
            *(hours(request["minuti_scoperti"]), _own_reason(request)),
        )
        for request in found
    ]
    title = text("Serviti in parte: {count}", "Served in part: {count}", count=integer(len(found)))
    body = [*_stops(found, words, width), *table(columns, rows, width, keys=4)]
    return section(title, [*body, *_without_reasons(document, found, width)])


def _own_reason(request: Mapping[str, Any]) -> str:
    """Name what stops the provider that serves a request from covering more of it."""
    own = (one["regola"] for one in request["motivi"] if one["gestore"] == request["gestore"])
    return next((_stop_words(rule) for rule in own), "-")


def _stops(requests: Sequence[Mapping[str, Any]], words: str, width: int) -> Lines:
    """Write in one sentence how many requests each rule stops; nothing when no reason is known."""
    by_rule = Counter(
        rule for request in requests for rule in {reason["regola"] for reason in request["motivi"]}
    )
    counts = ", ".join(f"{_stop_words(rule)} {integer(count)}" for rule, count in _most_first(by_rule))
    return wrap(words.format(counts=counts), width) if by_rule else []


def _without_reasons(document: Document, requests: Sequence[Mapping[str, Any]], width: int) -> Lines:
    """Say why some requests have no reason: the document admits it only when time ran out."""
    if document.get("motivi_completi", True) or all(request["motivi"] for request in requests):
        return []
    note = text(
        "-: il tempo è finito prima di trovare il motivo.", "-: time ran out before the reason was found."
    )
    return wrap(note, width)


def _stop_words(rule: str) -> str:
    return text("obiettivo del piano", "aim of the plan") if rule in OBJECTIVE else rule_words(rule)


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _why(reasons: Sequence[Mapping[str, str]]) -> str:
    """Write the reasons by kind, and within a kind by rule, each with the number of its providers."""
    words = {
        "impossibile_da_solo": text("impossibile da solo", "impossible on its own"),
        TOO_FEW: text(
            "da solo non raggiunge i bambini minimi della fascia",
            "alone it does not reach the fewest children of the fascia",
        ),
        TOO_FEW_TOGETHER: text(
            "anche con gli altri, pochi bambini per la fascia",
            "with the others too, too few children for the fascia",
        ),
        "posto_preso_da_altri": text("posto preso da altri", "place taken by others"),
        BY_CHOICE: text("possibile, ma il piano non lo sceglie", "possible, but the plan does not choose it"),
        "altro_gestore": text("legato a un altro gestore", "tied to another gestore"),
    }
    by_kind: dict[str, Counter[str]] = {kind: Counter() for kind in words}
    for reason in reasons:
        by_kind.setdefault(_kind(reason), Counter())[reason["regola"]] += 1
    parts: list[str] = []
    for kind, counts in by_kind.items():
        rules = ", ".join(f"{rule_words(rule)} ({integer(count)})" for rule, count in _most_first(counts))
        label = words.get(kind, kind.replace("_", " "))
        if kind in (TOO_FEW, TOO_FEW_TOGETHER, BY_CHOICE) and counts:
            parts.append(f"{label} ({integer(counts.total())})")
        elif counts:
            parts.append(f"{label}: {rules}")
    return "; ".join(parts) or "-"


def _kind(reason: Mapping[str, str]) -> str:
    """Tell the kinds of reason apart as far as a reader needs it: the codes know three."""
    kind, rule = reason["tipo"], reason["regola"]
    if rule == "attivazione":
        return TOO_FEW if kind == "impossibile_da_solo" else TOO_FEW_TOGETHER
    return BY_CHOICE if kind == "posto_preso_da_altri" and rule in OBJECTIVE else kind


def notices(document: Document, width: int) -> Lines:
    """Write the limits that the scenario wants signalled."""
    body = [
        line
        for notice in document["avvisi"]
        for line in wrap(
            f"- {rule_words(notice['regola'])}, {notice['dove']}: {notice['dettaglio']}", width, indent="  "
        )
    ]
    return section(text("Avvisi: {count}", "Notices: {count}", count=integer(len(document["avvisi"]))), body)


def assumptions(document: Document, width: int) -> Lines:
    """Write every unverified figure on which the result rests, those of one part and state together."""
    found = document["ipotesi"]
    if not found:
        return []
    intro = text(
        "Fonte e nota di ciascuna: ipotesi.csv, o «nido params --scenario».",
        "Source and note of each: ipotesi.csv, or “nido params --scenario”.",
    )
    body = wrap(intro, width)
    figures = [row for row in found if not STATED.fullmatch(row["chiave"])]
    parts: dict[tuple[str, str], list[str]] = {}
    for row in sorted(figures, key=_weight):
        part, inner = _split_key(row["chiave"])
        said = f"{inner} {_short(figure_text(row['valore'], row['unita']))}".strip()
        parts.setdefault((part, row["stato"]), []).append(said)
    for (part, stato), words in parts.items():
        body += wrap(f"- {part} ({stato}): {'; '.join(words)}", width, indent="  ")
    body += _stated(found, width)
    one = text("Si regge su una cifra non verificata", "Rests on one unverified figure")
    many = text(
        "Si regge su {count} cifre non verificate",
        "Rests on {count} unverified figures",
        count=integer(len(found)),
    )
    return section(one if len(found) == 1 else many, body)


def _split_key(key: str) -> tuple[str, str]:
    """Split a key into the part of tables or scenario that it belongs to, and what it is there."""
    steps = key.split(".")
    size = 2 if steps[0] in OWNERS else 1
    return ".".join(steps[:size]), ".".join(steps[size:])


def _short(words: str) -> str:
    """Cut long words: lists of places and sentences are whole in the file."""
    return words if len(words) <= LONGEST_VALUE else f"{words[: LONGEST_VALUE - 1].rstrip()}…"


def _stated(found: Sequence[Mapping[str, str]], width: int) -> Lines:
    """Name in one line the companies and providers for which the scenario itself says what is assumed."""
    names: dict[str, list[str]] = {}
    for row in found:
        place = STATED.fullmatch(row["chiave"])
        if place is not None:
            names.setdefault(place["room"], []).append(place["name"])
    rooms = {"gestori": "gestori", "aziende": text("aziende", "companies")}
    parts = [f"{rooms.get(room, room)} {', '.join(listed)}" for room, listed in names.items()]
    if not parts:
        return []
    sentence = text(
        "- dichiarate nello scenario ({count}): {names}",
        "- stated in the scenario ({count}): {names}",
        count=integer(sum(map(len, names.values()))),
        names="; ".join(parts),
    )
    return wrap(sentence, width, indent="  ")


def _weight(row: Mapping[str, str]) -> int:
    """Rank a figure: what decides money first, then rules, then places and travel."""
    ranks = [rank for rank, start in enumerate(WEIGHTY) if row["chiave"].startswith(start)]
    return min(ranks, default=len(WEIGHTY))


def switched_off(document: Document, width: int) -> Lines:
    """Write the rules that are not in force."""
    names = document["regole_spente"]
    body = wrap(", ".join(map(rule_words, names)), width) if names else []
    return section(text("Regole spente", "Rules switched off"), body)

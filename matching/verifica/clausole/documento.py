"""The document of the agreements against the plan: every path replayed (docs/risultato.md, accordi.json)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import ValidationError

from nido.data.lingua import text
from nido.matching.verifica.clausole.casi import Amounts, Course, courses, parties, range_of
from nido.matching.verifica.clausole.conti import standing_alone
from nido.matching.verifica.clausole.eventi import drawn_problems, event_problems, read_events
from nido.matching.verifica.clausole.gioco import Story, play
from nido.matching.verifica.clausole.mesi import first_month
from nido.matching.verifica.clausole.pagati import Settled, deposits, settle
from nido.matching.verifica.clausole.patti import Frame
from nido.matching.verifica.clausole.righe import amounts_of, check_rows, check_totals, sums
from nido.matching.verifica.forma import Table
from nido.matching.verifica.prospetti import differing
from nido.matching.verifica.violazione import Violation
from nido.scenari.accordo_quadro import Evento
from nido.scenari.clausole import Clausole

NAME = "accordi"
STORED = ("mesi", "righe", "deposito")
# Months of conventions in the drawn paths that are replayed: some 8 seconds (measured, 25 conventions).
REPLAYED = 80_000


def check_frame(frame: Frame, document: Table) -> list[Violation]:
    """Check what a document says around its paths: title, months, conventions and their clauses."""
    scenario = frame.case.scenario
    wanted: dict[str, Any] = {
        "nome": scenario.nome,
        "dati_sintetici": scenario.dati_sintetici,
        "avvertenza": "DATI SINTETICI" if scenario.dati_sintetici else "",
        "inizio": first_month(frame.case),
        "durata_mesi": len(frame.months),
    }
    found = differing(NAME, "testata", document, wanted)
    stated = [(row["azienda"], row["gestore"]) for row in document["convenzioni"]]
    if stated != list(frame.clauses):
        sentence = text("non sono quelle del piano", "are not those of the plan")
        return [*found, Violation(NAME, "convenzioni", sentence)]
    for row, (convention, clauses) in zip(document["convenzioni"], frame.clauses.items(), strict=True):
        agreed = {name for name in Clausole.model_fields if getattr(clauses, name) is not None}
        if set(row["clausole"]) != agreed or _read_clauses(row["clausole"]) != clauses:
            sentence = text("non sono quelle pattuite", "are not those agreed")
            found.append(Violation(NAME, f"convenzioni/{'/'.join(convention)}/clausole", sentence))
    return found


def _read_clauses(row: Mapping[str, Any]) -> Clausole | None:
    try:
        return Clausole.model_validate(dict(row))
    except ValidationError:
        return None


def check_paths(frame: Frame, document: Table) -> list[Violation]:
    """Replay the paths of a document, and compare the cases with what the replays give.

    Every path of the scenario is replayed. Of the drawn ones too, unless they are so many that it would take
    minutes: then the extremes of the cases and a sample spread evenly (see `replayed_paths`); of the others
    only what can be checked without a replay, and the cases rest on the totals that they state.
    """
    expected, stated = courses(frame.case), document["percorsi"]
    names = [row["id"] for row in stated]
    if names != [course.id for course in expected]:
        sentence = text("non sono quelli dello scenario", "are not those of the scenario")
        return [Violation(NAME, "percorsi", sentence)]
    found: list[Violation] = []
    amounts: list[tuple[Course, Amounts]] = []
    wanted = replayed_paths(frame, expected, document["casi"])
    for course, row in zip(expected, stated, strict=True):
        found += standing_alone(frame, row)
        events, wrong = _events(frame, course, row)
        found += wrong
        if events is None:
            continue
        if course.id not in wanted:
            amounts.append((course, Amounts(row["totali"]["per_pagatore"], row["totali"]["per_gestore"])))
            continue
        replay = _replay(frame, course, events)
        amounts.append((course, amounts_of(replay.totals)))
        found += _check_path(frame, course, row, replay)
    if len(amounts) == len(expected):
        found += _check_cases(frame, document["casi"], amounts)
    return found


def replayed_paths(frame: Frame, paths: Sequence[Course], cases: Sequence[Table]) -> frozenset[str]:
    """Choose the paths to replay: all, or those of the scenario, the extremes and an even sample.

    Parameters
    ----------
    frame
        What was agreed.
    paths
        All paths.
    cases
        The cases of the document, which name the paths of the least and of the most.
    """
    drawn = [course.id for course in paths if course.events is None]
    most = max(1, REPLAYED // max(1, len(frame.months) * len(frame.clauses)))
    step = -(-len(drawn) // most)
    extremes = {row[name] for row in cases for name in ("minimo_percorso", "massimo_percorso")}
    others = {course.id for course in paths if course.events is not None}
    return frozenset({*others, *extremes, *drawn[:: max(1, step)]})


def _events(frame: Frame, course: Course, row: Table) -> tuple[Sequence[Evento] | None, list[Violation]]:
    """Give the events to replay: those of the scenario, or for a drawn path those of the document."""
    where = f"percorsi/{course.id}"
    stated = read_events(row["eventi"])
    if course.events is not None:
        problems = event_problems(frame, where, course.events)
        if stated != course.events:
            sentence = text("non sono quelli dello scenario", "are not those of the scenario")
            problems.append(Violation(NAME, f"{where}/eventi", sentence))
        return (None if problems else course.events), problems
    if stated is None:
        sentence = text("non sono eventi", "are not events")
        return None, [Violation(NAME, f"{where}/eventi", sentence)]
    problems = [*drawn_problems(frame, where, stated), *event_problems(frame, where, stated)]
    return (None if problems else stated), problems


class _Replay(NamedTuple):
    """A path played again: what happened, who pays it unless the path is a drawn one, and the sums."""

    story: Story
    settled: Sequence[Settled]
    totals: Mapping[str, Mapping[str, int]]


def _replay(frame: Frame, course: Course, events: Sequence[Evento]) -> _Replay:
    story = play(frame, events, nobody=course.nobody)
    if course.events is None:
        # Nothing is kept of items whose lines no document holds.
        return _Replay(story, (), sums(settle(frame, story)))
    settled = list(settle(frame, story))
    return _Replay(story, settled, sums(settled))


def _check_path(frame: Frame, course: Course, row: Table, replay: _Replay) -> list[Violation]:
    where, story = f"percorsi/{course.id}", replay.story
    wanted: dict[str, Any] = {
        "probabilita": str(course.weight),
        "nuovi_bambini": len(story.roll.home),
        "mesi_attesa": sum(len(facts.waiting) for facts in story.facts.values()),
    }
    if course.nome is not None:
        wanted["nome"] = course.nome
    found = differing(NAME, where, row, wanted)
    found += check_totals(where, row["totali"], replay.totals)
    if course.events is None:
        sentence = text("di un sorteggio non si scrive", "is not written for a drawn path")
        return found + [Violation(NAME, f"{where}/{name}", sentence) for name in STORED if row[name]]
    found += _check_months(where, row["mesi"], months_of_story(frame, story))
    found += check_rows(where, row["righe"], replay.settled)
    return found + _check_deposit(where, row["deposito"], deposit_rows(frame, story))


def months_of_story(frame: Frame, story: Story) -> list[dict[str, Any]]:
    """Write the months of a path as the document does; empty places as (number, exact share due)."""
    found = []
    for month in frame.months:
        for convention in frame.clauses:
            facts = story.facts.get((month.index, convention))
            if facts is None:
                continue
            found.append(
                {
                    "mese": month.name,
                    "azienda": convention[0],
                    "gestore": convention[1],
                    "stagione": month.stagione,
                    "riservati": facts.reserved,
                    "residenti": facts.residents,
                    "usati": facts.used,
                    "ammessi": list(facts.admitted),
                    "in_attesa": list(facts.waiting),
                    "ospiti": [
                        {"bambino": guest.child, "azienda": guest.lender[0], "gestore": guest.lender[1]}
                        for guest in facts.guests
                    ],
                    "vuoti": [(facts.dues[share], share) for share in sorted(facts.dues, reverse=True)],
                    "rivenduti": facts.resold,
                    "bloccati": facts.blocked,
                    "prestati": facts.lent,
                }
            )
    return found


def _check_months(
    where: str, stated: Sequence[Table], wanted: Sequence[Mapping[str, Any]]
) -> list[Violation]:
    names = [(row["mese"], row["azienda"], row["gestore"]) for row in stated]
    expected = {(row["mese"], row["azienda"], row["gestore"]): row for row in wanted}
    if names != list(expected):
        sentence = text("non sono quelli in vita", "are not those alive")
        return [Violation(NAME, f"{where}/mesi", sentence)]
    found: list[Violation] = []
    for row, name in zip(stated, names, strict=True):
        empty = [(one["posti"], Fraction(Decimal(one["quota"]))) for one in row["vuoti"]]
        true = {**expected[name], "vuoti": _shares(expected[name]["vuoti"])}
        found += differing(NAME, "/".join((where, "mesi", *name)), {**row, "vuoti": _shares(empty)}, true)
    return found


def _shares(empty: Iterable[tuple[int, Fraction]]) -> str:
    return ", ".join(f"{places} × {share}" for places, share in empty)


def deposit_rows(frame: Frame, story: Story) -> list[dict[str, Any]]:
    """Write the movements of the deposits as the document does."""
    order = list(frame.clauses)
    moves = sorted(deposits(frame, story), key=lambda move: (move[0], order.index(move[1])))
    held = dict.fromkeys(order, 0)
    found = []
    for month, convention, amount in moves:
        held[convention] += amount
        found.append(
            {
                "mese": month,
                "azienda": convention[0],
                "gestore": convention[1],
                "importo_cent": amount,
                "saldo_cent": held[convention],
            }
        )
    return found


def _check_deposit(
    where: str, stated: Sequence[Table], wanted: Sequence[Mapping[str, Any]]
) -> list[Violation]:
    names = [(row["mese"], row["azienda"], row["gestore"]) for row in stated]
    expected = {(row["mese"], row["azienda"], row["gestore"]): row for row in wanted}
    if names != list(expected):
        sentence = text("i movimenti non sono quelli dovuti", "the movements are not those due")
        return [Violation(NAME, f"{where}/deposito", sentence)]
    return [
        problem
        for row, name in zip(stated, names, strict=True)
        for problem in differing(NAME, "/".join((where, "deposito", *name)), row, expected[name])
    ]


def _check_cases(
    frame: Frame, stated: Sequence[Table], paths: Sequence[tuple[Course, Amounts]]
) -> list[Violation]:
    wanted = parties(frame, [amounts for _, amounts in paths])
    if [(row["ruolo"], row["parte"]) for row in stated] != [tuple(party) for party in wanted]:
        sentence = text("le parti non sono quelle del piano", "the parties are not those of the plan")
        return [Violation(NAME, "casi", sentence)]
    return [
        problem
        for row, party in zip(stated, wanted, strict=True)
        for problem in differing(NAME, "/".join(("casi", *party)), row, range_of(party, paths)._asdict())
    ]

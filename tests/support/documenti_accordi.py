"""Plans with clauses for the checker of the agreements, and correct documents to spoil."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from casi_verifica import azienda, bambino, gestore, scenario
from documenti_verifica import document_of

from nido.matching.checker import build_case, check_agreements
from nido.matching.verifica.caso import Case
from nido.matching.verifica.clausole.casi import courses, parties, range_of
from nido.matching.verifica.clausole.documento import deposit_rows, months_of_story
from nido.matching.verifica.clausole.eventi import read_events
from nido.matching.verifica.clausole.gioco import Story, play
from nido.matching.verifica.clausole.mesi import first_month
from nido.matching.verifica.clausole.pagati import settle
from nido.matching.verifica.clausole.patti import Frame, build_frame
from nido.matching.verifica.clausole.righe import amounts_of, expected_lines, sums
from nido.matching.verifica.documento import read_plan
from nido.matching.verifica.ipotesi import figures
from nido.scenari.clausole import Clausole

Document = dict[str, Any]
EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
# A company pays all: the lines are then the items.
ALL_PAID = [{"id": "azienda", "modo": "quota", "quota": 1, "voci": EVERY}]
YEAR = [{"id": "anno", "inizio": "2026-09-01", "fine": "2027-08-31"}]


def framed(
    children: Iterable[Mapping[str, Any]],
    assigned: Mapping[Any, str],
    booked: Mapping[Any, Iterable[str]] | None = None,
    *,
    quadro: Mapping[str, Any] | None = None,
    places: Mapping[tuple[str, str, str], int] | None = None,
    **more: Any,
) -> Frame:
    """Join a plan of the year 2026/27 to its clauses.

    Parameters
    ----------
    children, more
        As for `casi_verifica.scenario`.
    assigned, booked
        Child, or (child, stagione) -> provider, and -> fasce. A child alone stands for every season.
    quadro
        The group `accordo_quadro`.
    places
        Places of the plan, where they are to be more than the fewest.
    """
    settings: dict[str, Any] = {
        "stagioni": YEAR,
        "aziende": [azienda("alfa"), azienda("beta")],
        "gestori": [gestore(prezzi={"posto_mese": 800}, vuoto_per_pieno="0.5")],
        "pagatori": ALL_PAID,
        "accordo_quadro": dict(quadro or {}),
    }
    plain = scenario([dict(child) for child in children], **{**settings, **more})
    case = build_case(plain)
    document = result_of(case, assigned, booked, places)
    plan, wrong = read_plan(case, document)
    assert not wrong
    return build_frame(plan)


def result_of(
    case: Case,
    assigned: Mapping[Any, str],
    booked: Mapping[Any, Iterable[str]] | None = None,
    places: Mapping[tuple[str, str, str], int] | None = None,
) -> Document:
    """Write the result of a plan."""
    seasons = list(case.stagioni)
    everywhere = {
        (key, season): value for key, value in assigned.items() if isinstance(key, str) for season in seasons
    } | {key: value for key, value in assigned.items() if not isinstance(key, str)}
    fasce = {
        request: frozenset(names)
        for key, names in (booked or {}).items()
        for request in ([(key, season) for season in seasons] if isinstance(key, str) else [key])
    }
    document = document_of(case, everywhere, fasce)
    for row in document["accordi"]:
        key = (row["azienda"], row["gestore"], row["stagione"])
        row["posti"] = (places or {}).get(key, row["posti"])
    return document


def played(frame: Frame, *events: Mapping[str, Any], nobody: bool = False) -> Story:
    """Play a path."""
    read = read_events(list(events))
    assert read is not None
    return play(frame, read, nobody=nobody)


def lines_of(frame: Frame, story: Story, *fields: str) -> list[tuple[Any, ...]]:
    """List some fields of the lines of a path, in their order."""
    return [tuple(getattr(line, field) for field in fields) for line in expected_lines(settle(frame, story))]


def decimal_text(number: Fraction) -> str:
    """Write a decimal number as a document does."""
    return format(Decimal(number.numerator) / Decimal(number.denominator), "f")


def agreements_of(frame: Frame, drawn: Sequence[Sequence[Mapping[str, Any]]] = ()) -> Document:
    """Write the document of agreements of a plan, as docs/risultato.md describes it.

    Parameters
    ----------
    frame
        The plan and its clauses.
    drawn
        Events of the drawn paths.
    """
    case = frame.case
    paths, rows = [], []
    for place, course in enumerate(courses(case)):
        number = place - (len(courses(case)) - len(drawn))
        raw = list(drawn[number]) if course.events is None else _written(course.events)
        events = read_events(raw)
        assert events is not None
        story = play(frame, events, nobody=course.nobody)
        settled = settle(frame, story)
        paths.append((course, amounts_of(sums(settled))))
        rows.append(_path(frame, course, raw, story))
    amounts = [one for _, one in paths]
    return {
        "formato": "nido-accordi/1",
        "nome": case.scenario.nome,
        "dati_sintetici": case.scenario.dati_sintetici,
        "avvertenza": "DATI SINTETICI" if case.scenario.dati_sintetici else "",
        "inizio": first_month(case),
        "durata_mesi": len(frame.months),
        "convenzioni": [
            {"azienda": company, "gestore": provider, "clausole": _agreed(clauses)}
            for (company, provider), clauses in frame.clauses.items()
        ],
        "percorsi": rows,
        "casi": [
            {**party._asdict(), **range_of(party, paths)._asdict()} for party in parties(frame, amounts)
        ],
        "ipotesi": [_figure(figure) for figure in figures(case).values()],
        "manifesto": {
            "scenario_sha256": "0" * 64,
            "risultato_sha256": "0" * 64,
            "sostituzioni": [],
            "versioni": {"nido": "0", "python": "0"},
        },
    }


def _written(events: Iterable[Any]) -> list[dict[str, Any]]:
    return [event.model_dump(mode="json") for event in events]


def _agreed(clauses: Clausole) -> dict[str, Any]:
    return {name: value for name, value in clauses.model_dump(mode="json").items() if value is not None}


def _figure(figure: Any) -> dict[str, Any]:
    names = ("chiave", "valore", "unita", "fonte", "stato", "nota")
    row = {name: getattr(figure, name) for name in names}
    return {**row, "nota": row["nota"] or ""}


def _path(frame: Frame, course: Any, events: list[Any], story: Story) -> dict[str, Any]:
    settled = list(settle(frame, story))
    lines = list(expected_lines(settled))
    drawn = course.events is None
    return {
        "id": course.id,
        "nome": course.nome or "",
        "probabilita": str(course.weight),
        "eventi": events,
        "nuovi_bambini": len(story.roll.home),
        "mesi_attesa": sum(len(facts.waiting) for facts in story.facts.values()),
        "mesi": [] if drawn else [_month(row) for row in months_of_story(frame, story)],
        "righe": []
        if drawn
        else [{**line._asdict(), "quantita": decimal_text(line.quantita)} for line in lines],
        "totali": {
            "totale_cent": sum(line.importo_cent for line in lines),
            **{name: dict(amounts) for name, amounts in sums(settled).items()},
        },
        "deposito": [] if drawn else deposit_rows(frame, story),
    }


def _month(row: Mapping[str, Any]) -> dict[str, Any]:
    empty = [{"quota": decimal_text(share), "posti": places} for places, share in row["vuoti"]]
    return {**row, "vuoti": empty}


def refused(frame: Frame, result: object, document: object) -> list[str]:
    """Name what the checker refuses in a document of agreements, as rule and place."""
    found = check_agreements(frame.case.scenario, result, document)
    return [f"{one.regola}:{one.dove}" for one in found]


def child(id: str, hours: str = "08:00-12:00", **more: Any) -> dict[str, Any]:
    """Describe a child who may ask for a place in the whole of the year 2026/27."""
    return bambino(id, hours, **{"nascita": "2025-06-10", **more})


def by_month(story: Story, field: str, convention: tuple[str, str] = ("alfa", "uno")) -> list[Any]:
    """List a field of the facts of a convention, in the months of its life."""
    return [getattr(facts, field) for (_, name), facts in story.facts.items() if name == convention]


def alive(story: Story, convention: tuple[str, str] = ("alfa", "uno")) -> list[int]:
    """List the months of the life of a convention."""
    return [index for index, name in story.facts if name == convention]


def dues(story: Story, convention: tuple[str, str] = ("alfa", "uno")) -> list[dict[str, int]]:
    """List the empty places of a convention, month by month: share due -> places."""
    return [
        {str(share): number for share, number in facts.items()}
        for facts in by_month(story, "dues", convention)
    ]


def leaves(name: str, month: str) -> dict[str, Any]:
    """Write the event of a child who leaves."""
    return {"tipo": "esce", "mese": month, "bambino": name}


def enters(name: str, month: str, like: str, company: str = "alfa", provider: str = "uno") -> dict[str, Any]:
    """Write the event of a child who enters."""
    return {
        "tipo": "entra",
        "mese": month,
        "bambino": name,
        "azienda": company,
        "gestore": provider,
        "come": like,
    }


def gives_up(month: str, places: int, company: str = "alfa", provider: str = "uno") -> dict[str, Any]:
    """Write the event of a company that gives notice of some places."""
    return {"tipo": "disdice", "mese": month, "azienda": company, "gestore": provider, "posti": places}


def resigns(month: str, company: str = "alfa", provider: str = "uno") -> dict[str, Any]:
    """Write the event of a company that does not renew."""
    return {"tipo": "recede", "mese": month, "azienda": company, "gestore": provider}


def declines(name: str, month: str) -> dict[str, Any]:
    """Write the event of a family that declines the place of a month."""
    return {"tipo": "rifiuta", "mese": month, "bambino": name}

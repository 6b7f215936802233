"""The simulated agreements as document and on screen: keys in order, both languages, lines that fit."""

import json
from fractions import Fraction
from typing import Any

import pytest
from accordi_finti import CLAUSES_WRITTEN, plan_of

from nido.accordi.clausole import CLAUSES
from nido.accordi.risultato.documento import dump
from nido.accordi.simulazione.percorsi import courses
from nido.accordi.simulazione.play import simulate
from nido.report.accordi import FORMATO, Origin, agreements_document
from nido.report.clause_words import WORDS, clause_words
from nido.report.sections_clausole import render_agreements

KEYS = (
    "formato nome dati_sintetici avvertenza inizio durata_mesi convenzioni percorsi casi ipotesi verifica "
    "manifesto"
)
COURSE_KEYS = "id nome probabilita eventi nuovi_bambini mesi_attesa mesi righe totali deposito"
MONTH_KEYS = (
    "mese azienda gestore stagione riservati residenti usati ammessi in_attesa ospiti vuoti rivenduti "
    "bloccati prestati"
)
FRAMEWORK: dict[str, Any] = {
    "durata_mesi": 18,
    "clausole": {"preavviso": {}, "deposito": {"mensilita": 1}, "posto_nuovo": {"modo": "prioritario"}},
    "eccezioni": [{"azienda": "beta", "clausole": {"vuoto_per_pieno": {}}}],
    "percorsi": [
        {
            "id": "in_piu",
            "nome": "Un bambino in più",
            "probabilita": 0.25,
            "eventi": [
                {
                    "tipo": "entra",
                    "mese": "2026-11",
                    "bambino": "A9",
                    "azienda": "alfa",
                    "gestore": "girasole",
                    "come": "A1",
                }
            ],
        }
    ],
    "percorsi_generati": {"numero": 3, "uscite_anno": 0.3, "ingressi_anno": 0.3},
}


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """Return the document of two companies, with a course of their own and three drawn."""
    children = {"A1": ("girasole", "giorno"), "B1": ("girasole", "giorno"), "B2": ("tate", "giorno")}
    plan = plan_of(children, {("beta", "girasole"): 2}, FRAMEWORK)
    corse = [simulate(plan, corso) for corso in courses(plan)]
    document = agreements_document(plan, corse, Origin("0" * 64, "1" * 64, ("durata=18",)))
    read: dict[str, Any] = json.loads(dump(document))
    return read


def test_keys_stand_in_their_order(shown: dict[str, Any]) -> None:
    """Those of docs/risultato.md, at every level."""
    assert " ".join(shown) == KEYS
    assert shown["formato"] == FORMATO
    assert (shown["inizio"], shown["durata_mesi"]) == ("2026-09", 18)
    assert all(" ".join(course) == COURSE_KEYS for course in shown["percorsi"])
    assert all(" ".join(month) == MONTH_KEYS for course in shown["percorsi"] for month in course["mesi"])
    assert [course["id"] for course in shown["percorsi"]] == [
        "piano",
        "nessuno_entra",
        "in_piu",
        "sorteggio-1",
        "sorteggio-2",
        "sorteggio-3",
    ]


def test_weights_are_exact_fractions(shown: dict[str, Any]) -> None:
    """0.25 for the scenario's own; the rest in three equal parts."""
    assert [course["probabilita"] for course in shown["percorsi"]] == ["0", "0", "1/4", "1/4", "1/4", "1/4"]
    assert sum(Fraction(course["probabilita"]) for course in shown["percorsi"]) == 1


def test_drawn_courses_keep_events_and_totals_only(shown: dict[str, Any]) -> None:
    """Months, lines and deposits are made again from the events."""
    for course in shown["percorsi"]:
        drawn = course["id"].startswith("sorteggio-")
        assert bool(course["mesi"]) == bool(course["righe"]) == bool(course["deposito"]) != drawn
        assert course["totali"]["totale_cent"] > 0
        if not drawn:
            lines = sum(line["importo_cent"] for line in course["righe"])
            assert lines == course["totali"]["totale_cent"]
            assert sum(move["importo_cent"] for move in course["deposito"]) == 0
        for month in course["mesi"]:
            empty = sum(found["posti"] for found in month["vuoti"])
            parts = month["residenti"] + month["usati"] + month["prestati"] + empty
            assert parts == month["riservati"]


def test_conventions_say_what_was_agreed(shown: dict[str, Any]) -> None:
    """Beta's exception stands beside the common clauses."""
    agreed = {(one["azienda"], one["gestore"]): list(one["clausole"]) for one in shown["convenzioni"]}
    assert "vuoto_per_pieno" not in agreed["alfa", "girasole"]
    assert set(agreed["beta", "tate"]) == {"preavviso", "deposito", "posto_nuovo", "vuoto_per_pieno"}


@pytest.mark.parametrize("width", [20, 60, 80, 120])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_lines_fit(shown: dict[str, Any], monkeypatch: pytest.MonkeyPatch, width: int, lang: str) -> None:
    """No line is wider than asked (60 at least); every table says that the data are synthetic."""
    monkeypatch.setenv("NIDO_LANG", lang)
    report = render_agreements(shown, width=width)
    assert max(map(len, report.splitlines())) <= max(width, 60)
    assert report.count("DATI SINTETICI") == 6


def test_the_report_says_who_pays_what_and_where(shown: dict[str, Any]) -> None:
    """Cases with their courses, clauses in words, months of the course that was asked for."""
    report = " ".join(render_agreements(shown, width=120, percorso="in_piu").split())
    assert "Un posto si disdice con 60 giorni di preavviso." in report
    assert "alfa - girasole: - Un posto si disdice" in report
    assert "Le altre convenzioni: - Un posto si disdice" in report
    assert "Un bambino in più 25 % 1 16" in report
    assert "3 sorteggiati, in media 75 %" in report
    assert "POSTI MESE PER MESE: UN BAMBINO IN PIÙ" in report
    # One of alfa's and two of beta's are reserved at girasole, one of beta's at tate; A9 waits.
    assert "11/2026 4 0 3 1 0 1 0" in report


def test_every_clause_has_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """In both languages, with what was agreed in them; a clause without words keeps its name."""
    assert set(WORDS) == {clause.nome for clause in CLAUSES}
    plan = plan_of({"A1": ("girasole", "giorno")}, None, {"clausole": CLAUSES_WRITTEN})
    played = [simulate(plan, corso) for corso in courses(plan)]
    agreed = agreements_document(plan, played, Origin("", ""))["convenzioni"][0]["clausole"]
    assert agreed.keys() == CLAUSES_WRITTEN.keys()
    for lang in ("it", "en"):
        monkeypatch.setenv("NIDO_LANG", lang)
        said = {name: clause_words(name, value) for name, value in agreed.items()}
        assert all(words.endswith(".") and "{" not in words for words in said.values())
    assert said["indicizzazione"].endswith("change by 2 %; part that is applied: 100 %.")
    assert clause_words("nuova", {}) == "nuova"


def test_a_blocked_place_and_free_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody may use the place of who leaves; a single renewal of a month; a window without its part."""
    monkeypatch.setenv("NIDO_LANG", "it")
    nobody = {"tra_dipendenti": False, "tra_gestori": False, "tra_aziende": False}
    assert clause_words("trasferimento", nobody) == "Il posto di chi esce resta vuoto."
    assert "un mese" in clause_words("durata_minima", {"mesi": 1})
    assert "parte" not in clause_words("sostituzione", {"giorni": 30, "quota": None})

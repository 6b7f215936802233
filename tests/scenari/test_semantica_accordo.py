"""Mistakes in the framework agreement: all at once, no name of a person, nothing that only follows."""

from pathlib import Path

import pytest

from nido.data.problems import InputError, Problem
from nido.scenari.load import load_scenario

BASE = (Path(__file__).parent / "scenario_base.yaml").read_text(encoding="utf-8")


def problems_of(folder: Path, framework: str) -> list[Problem]:
    """Return what loading the base scenario with a framework agreement finds."""
    file = folder / "scenario.yaml"
    indented = "".join(f"  {line}\n" for line in framework.splitlines())
    file.write_text(f"{BASE}accordo_quadro:\n{indented}", encoding="utf-8")
    try:
        load_scenario(file)
    except InputError as error:
        return list(error.problems)
    return []


def test_a_rich_agreement_is_valid(tmp_path: Path) -> None:
    """Clauses, exceptions, every kind of event and draws together."""
    framework = """
durata_mesi: 36
clausole:
  durata_minima: {mesi: 12}
  rinnovo: {mesi: 12, volte: 2, preavviso_mesi: 3}
  preavviso: {}
  sconto_volume: {scaglioni: [{posti: 3, sconto: 0.05}, {posti: 6, sconto: 0.1}]}
  prenotazioni_minime: {fascia: sera, bambini: 2}
eccezioni:
  - {gestore: luna, clausole: {ore_minime: {ore_mese: 40}}, senza: [prenotazioni_minime]}
percorsi:
  - id: strada
    probabilita: 0.3
    eventi:
      - {tipo: entra, mese: 2026-10, bambino: B008, azienda: alfa, gestore: sole, come: B001}
      - {tipo: assume, mese: 2026-11, azienda: alfa, gestore: sole, come: B001, numero: 2}
      - {tipo: cambia_turno, mese: 2026-11, bambino: N1-2, come: B002}
      - {tipo: rifiuta, mese: 2026-12, bambino: B008}
      - {tipo: esce, mese: 2027-02, bambino: N1-1}
      - {tipo: disdice, mese: 2027-03, azienda: alfa, gestore: sole, posti: 1}
      - {tipo: recede, mese: 2028-01, azienda: alfa, gestore: sole}
percorsi_generati: {uscite_anno: 0.1, ingressi_anno: 0.1}
"""
    assert problems_of(tmp_path, framework.strip()) == []


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    """Clauses and events, each at its place; what could not be read brings nothing else."""
    framework = """
durata_mesi: 0
clausole:
  posti_minimi: {posti: 5}
  posti_massimi: {posti: x}
  solo_stagioni: {stagioni: [estate]}
percorsi:
  - id: piano
    eventi:
      - {tipo: esce, mese: 2099-13, bambino: B001}
      - {tipo: salta, mese: 2026-10}
      - {tipo: recede, mese: 2026-10, azienda: alba, gestore: sole}
"""
    where = [problem.where for problem in problems_of(tmp_path, framework.strip())]
    assert sorted(where) == sorted(
        [
            "accordo_quadro.durata_mesi",
            "accordo_quadro.clausole.posti_massimi.posti",
            "accordo_quadro.clausole.solo_stagioni.stagioni[#1]",
            "accordo_quadro.percorsi[piano].id",
            "accordo_quadro.percorsi[piano].eventi[#1].mese",
            "accordo_quadro.percorsi[piano].eventi[#2].tipo",
            "accordo_quadro.percorsi[piano].eventi[#3].azienda",
        ]
    )


def test_a_name_of_a_person_is_not_repeated(tmp_path: Path) -> None:
    """What stands for a company or a child in an event, and is close to no known name, stays unsaid."""
    framework = """
percorsi:
  - id: strada
    eventi:
      - {tipo: recede, mese: 2026-10, azienda: maria_bianchi, gestore: sole}
      - {tipo: esce, mese: 2026-11, bambino: Maria Bianchi}
      - {tipo: esce, mese: Maria Bianchi, bambino: B001}
"""
    problems = problems_of(tmp_path, framework.strip())
    assert len(problems) == 3
    said = " ".join(f"{problem.message} {problem.hint} {problem.excerpt}" for problem in problems)
    assert "maria" not in said.casefold()


def test_a_closed_agreement_of_unknown_length_tells_only_that(tmp_path: Path) -> None:
    """It begins after the stagioni: its months are unknown, and no event is called outside them."""
    framework = """
inizio: 2028-01
percorsi:
  - id: strada
    eventi: [{tipo: esce, mese: 2028-02, bambino: B001}]
"""
    where = [problem.where for problem in problems_of(tmp_path, framework.strip())]
    assert where == ["accordo_quadro.inizio"]


VOUCHERS = (
    ("    posti: 4\n", "    posti: 4\n    elenco_buoni: true\n"),
    (
        "  - {id: famiglia",
        "  - {id: buoni, modo: buoni, importo_mese: 100, valore_buono: 900, voci: [posto]%s}\n"
        "  - {id: famiglia",
    ),
)


@pytest.mark.parametrize(
    ("months", "until", "told"),
    [
        # From September 2026, 16 months end with December 2027, the last month of the vouchers' rows.
        (16, "", None),
        (
            17,
            "",
            "anche a 2028-01, e la cifra buoni.icef_massimo non è nota in quel mese: scrivi al: 2027-12-31",
        ),
        (36, ", al: 2027-12-31", None),
    ],
)
def test_a_payer_without_figures_late_in_the_agreement(
    tmp_path: Path, months: int, until: str, told: str | None
) -> None:
    """What the tables do not know after the horizon is told at the payer, with the last day it can pay."""
    content = BASE
    for old, new in VOUCHERS:
        content = content.replace(old, new.replace("%s", until))
    file = tmp_path / "scenario.yaml"
    file.write_text(f"{content}accordo_quadro:\n  durata_mesi: {months}\n", encoding="utf-8")
    problems: tuple[Problem, ...] = ()
    try:
        load_scenario(file)
    except InputError as error:
        problems = error.problems
    assert [problem.where for problem in problems] == (["pagatori[buoni].al"] if told else [])
    assert told is None or told in problems[0].message

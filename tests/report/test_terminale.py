"""The report on the screen: goldens at two widths, two languages, and what must never be missing."""

import re
from pathlib import Path
from typing import Any

import pytest

from nido.report.copertura import Comparison
from nido.report.terminale import render
from nido.report.tier_words import best_found

GOLDEN = Path(__file__).parent / "golden"

Document = dict[str, Any]


@pytest.fixture
def comparison(document: Document) -> Comparison:
    """Return the same case at standard hours: nobody is fully served."""
    served = [{**row, "minuti_scoperti": 8000, "fasce": []} for row in document["assegnazioni"]]
    return Comparison("08:30-16:30", {**document, "assegnazioni": served, "stato": "ottimo"})


@pytest.mark.parametrize(("width", "lang"), [(80, "it"), (120, "it"), (80, "en")])
def test_golden(
    document: Document, comparison: Comparison, monkeypatch: pytest.MonkeyPatch, width: int, lang: str
) -> None:
    """The whole report of the handmade plan, as it was read and approved."""
    monkeypatch.setenv("NIDO_LANG", lang)
    shown = render(document, width=width, comparison=comparison)
    assert shown == (GOLDEN / f"rapporto-{lang}-{width}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [20, 60, 72, 100, 160])
def test_lines_fit(document: Document, comparison: Comparison, width: int) -> None:
    """No line is wider than asked (60 at least), and no control code is in the text."""
    shown = render(document, width=width, comparison=comparison)
    assert max(map(len, shown.splitlines())) <= max(width, 60)
    assert shown.isprintable() or set(shown) - set("\n") == {sign for sign in shown if sign.isprintable()}


def test_a_year_of_payments_comes_in_blocks(document: Document) -> None:
    """Twelve months do not fit 80 characters: they continue below, none is lost."""
    months = [f"2026-{month:02d}" for month in range(1, 13)]
    document["registro"]["totali"]["per_azienda_mese"] = {"alfa": dict.fromkeys(months, 123456789)}
    shown = render(document, width=80)
    assert max(map(len, shown.splitlines())) <= 80
    assert all(f"{month:02d}/2026" in shown for month in range(1, 13))
    # 12 x 1.234.567,89 = 14.814.814,68
    assert shown.count("14.814.814,68") == 2


def test_no_plan_shows_no_numbers(document: Document) -> None:
    """An infeasible scenario says so and shows neither coverage nor costs."""
    shown = render({**document, "stato": "infattibile"}, width=80)
    assert "infattibile" in shown
    plan, _, assumed = shown.partition("SI REGGE SU 2 CIFRE NON VERIFICATE")
    assert "COPERTURA" not in shown and "EUR" not in plan
    assert "- costi (stimato): educatore.ora 26,75 EUR/ora\n" in assumed
    assert "Verifica indipendente: nessun piano da verificare." in shown
    refused = {**document, "stato": "infattibile", "verifica": {"esito": "rifiutata", "violazioni": []}}
    assert "RIFIUTATA" in render(refused, width=80)


def test_a_comparison_without_plan_is_told(document: Document) -> None:
    """When the standard hours allow no plan, the report says it instead of showing zeros."""
    other = Comparison("08:30-16:30", {**document, "stato": "infattibile"})
    shown = render(document, width=120, comparison=other)
    assert "Con l'orario standard 08:30-16:30: infattibile" in shown
    assert shown.count("08:30-16:30") == 1


def test_real_data_carry_no_banner(document: Document) -> None:
    """The synthetic banner stands only on synthetic data; the audience is always named."""
    shown = render({**document, "dati_sintetici": False}, width=80)
    assert "SINTETICI" not in shown
    assert "Uso interno del distretto." in shown


def test_empty_sections_are_left_out(document: Document) -> None:
    """Nothing is shown of what there is none of; that no fascia opens is said."""
    empty: Document = {"non_assegnati": [], "avvisi": [], "ipotesi": [], "regole_spente": [], "aperture": []}
    shown = render({**document, **empty}, width=80)
    for title in ("NON SERVITI", "AVVISI", "SI REGGE", "REGOLE SPENTE"):
        assert title not in shown
    assert "FASCE APERTE (COSTO DI PRODUZIONE) [DATI SINTETICI]\nNessuna." in shown


def test_hours_and_meals_are_explained(document: Document) -> None:
    """A company that pays meals is told why they all stand in one month."""
    assert "primo mese" not in render(document, width=80)
    document["registro"]["righe"].append({"componente": "pasto", "pagatore": "azienda:alfa"})
    assert "primo mese" in render(document, width=80)


def test_a_refused_result_says_so(document: Document) -> None:
    """The checker's refusal cannot be overlooked."""
    document["verifica"] = {"esito": "rifiutata", "violazioni": []}
    assert "Verifica indipendente: RIFIUTATA." in render(document, width=80)


def test_drawn_children_are_said_to_be_drawn(document: Document) -> None:
    """Where a code says that a child was drawn, the header says what that means; elsewhere it does not."""
    assert "sorteggiati" not in render(document, width=80)
    document["ordine_domanda"] = ["A001", "SINT-1-001"]
    assert "Le sigle SINT-... sono bambini sorteggiati dal programma: non esistono." in render(
        document, width=80
    )


def test_a_fascia_paid_by_the_hour_shows_no_zero(document: Document) -> None:
    """A Tagesmutter's fascia costs nothing to open and is paid by the hour: 0,00 would look like a gift."""
    free = {**document["aperture"][0], "costo_cent": 0, "bambini_pareggio": None}
    del free["costo_bambino_in_piu_cent"]
    document["aperture"] = [free]
    assert "a ore" not in render(document, width=80)
    document["registro"]["righe"].append(
        {"componente": "ora", "pagatore": "famiglia", "gestore": free["gestore"]}
    )
    shown = render(document, width=80)
    assert re.search(r" a ore +- +-\n", shown)
    assert "si paga ogni ora di ogni bambino" in " ".join(shown.split())


def test_reasons_are_told_apart_in_words(document: Document) -> None:
    """No code of a rule stands in the table: neither for a rule nor for a tier of the objective."""
    kinds = [
        ("impossibile_da_solo", "attivazione"),
        ("impossibile_da_solo", "attivazione"),
        ("impossibile_da_solo", "idoneita"),
        ("posto_preso_da_altri", "attivazione"),
        ("posto_preso_da_altri", "minuti_coperti"),
        ("altro_gestore", "continuita"),
        ("tipo_nuovo", "regola_nuova"),
    ]
    document["non_assegnati"][0]["motivi"] = [
        {"gestore": "nido_uno", "regola": rule, "dettaglio": "", "tipo": kind} for kind, rule in kinds
    ]
    shown = render(document, width=400)
    assert (
        "impossibile da solo: distanza o requisiti (1); "
        "da solo non raggiunge i bambini minimi della fascia (2); "
        "anche con gli altri, pochi bambini per la fascia (1); "
        "possibile, ma il piano non lo sceglie (1); "
        "legato a un altro gestore: stesso gestore fra le stagioni (1); "
        "tipo nuovo: regola_nuova (1)"
    ) in shown
    assert "attivazione" not in shown and "minuti_coperti" not in shown


def test_what_the_scenario_states_is_one_line(document: Document) -> None:
    """Sentences of companies and providers are counted and named together, beside the figures."""
    stated = [
        {"chiave": f"{place}.ipotesi", "valore": "Inventato.", "unita": "testo", "stato": "ipotesi"}
        for place in ("gestori.nido_uno", "gestori.nido_due", "aziende.alfa")
    ]
    document["ipotesi"] += stated
    shown = render(document, width=80)
    assert "SI REGGE SU 5 CIFRE NON VERIFICATE" in shown
    assert "- dichiarate nello scenario (3): gestori nido_uno, nido_due; aziende alfa" in shown
    document["ipotesi"] = stated[:1]
    assert "SI REGGE SU UNA CIFRA NON VERIFICATA" in render(document, width=80)


def test_every_unverified_figure_is_on_the_screen(document: Document) -> None:
    """Fifty figures of one part stand in one paragraph, each with its key and value; long words are cut."""
    document["ipotesi"] = [
        {"chiave": f"gestori.nido.c{n}", "valore": str(n), "unita": "posti", "stato": "ipotesi"}
        for n in range(50)
    ]
    long = {"chiave": "comuni", "valore": "a" * 100, "unita": "testo", "stato": "stimato"}
    document["ipotesi"].append(long)
    shown = " ".join(render(document, width=80).split())
    assert "- gestori.nido (ipotesi): c0 0 posti; c1 1 posti; " in shown
    assert [n for n in range(50) if f"c{n} {n} posti" not in shown] == []
    assert f"- comuni (stimato): {'a' * 79}…" in shown.replace("a a", "aa")


def test_every_table_of_synthetic_data_says_so(document: Document) -> None:
    """A table that is copied alone still says what its numbers are; real data carry no label."""
    blocks = render(document, width=120).rstrip("\n").split("\n\n")[1:]
    titles = [block.splitlines()[0] for block in blocks if block[:2].isupper()]
    notes = ("AVVISI", "SI REGGE", "REGOLE SPENTE")
    tables = [title for title in titles if not title.startswith(notes)]
    assert len(tables) > 5
    assert all(title.endswith("[DATI SINTETICI]") for title in tables)
    document["dati_sintetici"] = False
    assert "DATI SINTETICI" not in render(document, width=120)


def test_weights_are_not_called_requests(document: Document) -> None:
    """A child that counts twice makes the value a weight."""
    assert "copertura piena (richieste)" in render(document, width=120)
    document["obiettivi"][0]["valore_piano"] = 2
    assert "copertura piena (peso)" in render(document, width=120)


def test_a_gap_above_the_value_and_a_plan_within_tolerance(document: Document) -> None:
    """A gap of more than the value is not spelled out; a plan other than the best is explained."""
    document["obiettivi"][1] |= {"gap": 12.5, "valore_piano": 123500}
    shown = render(document, width=80)
    assert "> 100 %" in shown
    assert "cede qualcosa ai livelli seguenti" in " ".join(shown.split())


def test_a_result_without_least_coverage(document: Document) -> None:
    """A result of an earlier version, or with the rule off, has no line on the least coverage."""
    assert "Copertura minima: 80 % delle ore di una richiesta" in render(document, width=120)
    for absent in ({**document, "copertura_minima": None}, {**document}):
        if absent["copertura_minima"] is not None:
            del absent["copertura_minima"]
        assert "Copertura minima" not in render(absent, width=120)


def test_more_enrolled_than_places(document: Document) -> None:
    """That more children are enrolled than there are places is not left for the reader to find."""
    assert "Più iscritti che posti" not in render(document, width=80)
    document["capienza"][0]["iscritti"] = 3
    assert "Più iscritti che posti" in render(document, width=80)


def test_a_break_even_beyond_the_places_is_marked(document: Document) -> None:
    """More children than places cannot be there at once: the number says so, and on what staff it rests."""
    # 500 euro at 60 a month for two months: 5 children, and 2 places.
    shown = render(document, width=80)
    assert re.search(r" 1\.824,68 +5 \*\n", shown)
    assert "* Più bambini dei posti offerti" in shown and "a personale invariato" in shown
    document["capienza"][0]["posti"] = 5
    shown = render(document, width=80)
    assert re.search(r" 1\.824,68 +5\n", shown) and "* Più bambini" not in shown


def test_who_is_served_in_part_is_listed_with_the_reasons(document: Document) -> None:
    """Who serves, how many hours are missing, what stops the others; without any, no section."""
    shown = render(document, width=120)
    assert "SERVITI IN PARTE: 1" in shown
    # 5,000 minutes are 83.3 hours.
    assert "Che cosa impedisce di coprirli di più, lì o altrove: posti 1, distanza o requisiti 1." in shown
    assert re.search(r"B001 +autunno +nido_uno +83,3 +posti\n", shown)
    for absent in ({**document, "parziali": []}, {k: v for k, v in document.items() if k != "parziali"}):
        assert "SERVITI IN PARTE" not in render(absent, width=120)


def test_missing_reasons_are_told(document: Document) -> None:
    """A dash in the place of the reasons is explained where the result says that time ran out."""
    document["parziali"][0]["motivi"] = []
    note = "-: il tempo è finito prima di trovare il motivo."
    assert note not in render(document, width=80)
    document["motivi_completi"] = False
    assert render(document, width=80).count(note) == 1


@pytest.mark.parametrize(
    ("verso", "value", "shown", "bound", "best", "gap"),
    [
        ("max", 5066, 5134, 5300, 5134, 166 / 5134),
        ("max", 5134, 5066, 5300, 5134, 166 / 5134),
        ("min", 120, 110, 100, 110, 10 / 110),
        ("min", 110, 120, 100, 110, 10 / 110),
    ],
)
def test_the_best_is_the_better_of_two(
    verso: str, value: int, shown: int, bound: int, best: int, gap: float
) -> None:
    """A plan better than what its tier found is the best found; the gap is the one of the number shown."""
    tier = {"verso": verso, "valore": value, "valore_piano": shown, "limite": bound}
    found, found_gap = best_found({**tier, "gap": abs(value - bound) / value})
    assert found == best
    assert found_gap == pytest.approx(gap)


def test_only_what_was_found_is_conditional(document: Document) -> None:
    """A proof after an unproven tier is marked and explained; a tier not reached has nothing to mark."""
    assert "ondizionato" not in render(document, width=120)
    document["obiettivi"][1]["condizionato"] = True
    shown = render(document, width=120)
    assert "non dimostrato, condizionato" in shown
    assert "Condizionato: vale a partire da un livello precedente non dimostrato." in shown

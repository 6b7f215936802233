"""Courses of events: what each event does, which are refused, which are drawn, the cases of each party."""

from decimal import Decimal
from fractions import Fraction

import pytest
from accordi_finti import due, months_of, plan_of, play

from nido.accordi.simulazione.casi import cases
from nido.accordi.simulazione.corsa import Corsa
from nido.accordi.simulazione.percorsi import CourseError, courses
from nido.accordi.simulazione.play import simulate
from nido.accordi.simulazione.presenti import Presenti
from nido.scenari.accordo_quadro import CambiaTurno, Entra, Esce

PAIR = {"azienda": "alfa", "gestore": "girasole"}
EVERY = ("autunno", "primavera", "estate")
ONE = {"A1": ("girasole", "giorno")}


def run_all(plan: object) -> dict[str, Corsa]:
    """Play every course of a scenario, by id."""
    return {corso.id: simulate(plan, corso) for corso in courses(plan)}  # type: ignore[arg-type]


def test_who_leaves_is_not_paid_for_any_more() -> None:
    """From January no place in use, no meal; the empty place at one half."""
    corsa = play(plan_of(ONE), {"tipo": "esce", "mese": "2027-01", "bambino": "A1"})
    assert list(due(corsa, "posto")) == ["2026-09", "2026-10", "2026-11", "2026-12"]
    # Four months of twenty meals at 5.00.
    assert due(corsa, "pasto") == {"2026-09": 400_00}
    assert sum(due(corsa, "vuoto").values()) == 8 * 400_00


def test_who_enters_has_the_hours_of_another() -> None:
    """Place, early opening and meals as A1, from March: 6 x 60.00, meals 4 x 100.00 and 2 x 100.00."""
    children = {"A1": ("girasole", "giorno", EVERY, ("anticipo",))}
    corsa = play(
        plan_of(children), {"tipo": "entra", "mese": "2027-03", "bambino": "A9", **PAIR, "come": "A1"}
    )
    lines = [riga for riga in corsa.righe if riga.bambino == "A9"]
    assert sum(riga.importo_cent for riga in lines if riga.componente == "fascia") == 6 * 60_00
    meals = {riga.data.isoformat(): riga.importo_cent for riga in lines if riga.componente == "pasto"}
    # Meals have one line for each period, dated as that of the season.
    assert meals == {"2027-01-01": 400_00, "2027-07-01": 200_00}
    assert corsa.nuovi_bambini == 1


def test_who_enters_like_somebody_who_left_keeps_those_hours() -> None:
    """A1 leaves, A9 came as A1: the presence is that of the plan."""
    events = [
        {"tipo": "entra", "mese": "2026-10", "bambino": "A9", **PAIR, "come": "A1"},
        {"tipo": "esce", "mese": "2026-11", "bambino": "A1"},
    ]
    assert months_of(play(plan_of(ONE), *events))["2026-12"].ammessi == ("A9",)


def test_who_enters_is_there_only_when_its_like_would_be() -> None:
    """A1 is served in autumn only: in January nobody is there, nor is there an agreement."""
    children = {"A1": ("girasole", "giorno", ("autunno",)), "A2": ("girasole", "giorno", ("primavera",))}
    found = months_of(
        play(plan_of(children), {"tipo": "entra", "mese": "2026-10", "bambino": "A9", **PAIR, "come": "A1"})
    )
    assert found["2026-10"].ammessi == ("A1", "A9")
    assert found["2027-01"].ammessi == ("A2",)


def test_a_change_of_shift_frees_a_place() -> None:
    """Two of the morning need two places; when one takes the evening, one is enough and one is empty."""
    children = {
        "A1": ("girasole", "mattina"),
        "A2": ("girasole", "mattina"),
        "B1": ("girasole", "sera"),
    }
    change = {"tipo": "cambia_turno", "mese": "2026-11", "bambino": "A2", "come": "B1"}
    found = months_of(play(plan_of(children), change))
    assert [found[month].usati for month in ("2026-10", "2026-11")] == [2, 1]


def test_a_hiring_brings_children_with_names_of_their_own() -> None:
    """The second hiring's children are N2-1 and so on, in the order of entry."""
    hires = {"tipo": "assume", **PAIR, "come": "A1"}
    corsa = play(
        plan_of(ONE),
        hires | {"mese": "2026-10", "numero": 1},
        hires | {"mese": "2026-11", "numero": 2},
    )
    assert months_of(corsa)["2026-11"].ammessi == ("A1", "N1-1", "N2-1", "N2-2")


def test_who_left_stays_out_in_later_years() -> None:
    """The years after the plan have the same children, without those who left."""
    corsa = play(
        plan_of(ONE, None, {"durata_mesi": 24}), {"tipo": "esce", "mese": "2026-10", "bambino": "A1"}
    )
    assert [month.mese.mese for month in corsa.mesi if month.ammessi] == ["2026-09"]


def test_an_agreement_may_begin_in_the_middle_and_last_beyond_the_plan() -> None:
    """From March 2027 for a year: spring, summer, then September to February as the last ones of the plan."""
    found = months_of(play(plan_of(ONE, None, {"inizio": "2027-03", "durata_mesi": 12})))
    assert (min(found), max(found), len(found)) == ("2027-03", "2028-02", 12)
    assert found["2027-09"].mese.riferimento == "2026-09"
    assert [found[month].stagione for month in ("2027-08", "2027-09", "2028-01")] == [
        "estate",
        "autunno",
        "primavera",
    ]


def test_months_without_a_season_are_empty() -> None:
    """A plan of autumn only: from January nothing lives, in the next September it does."""
    seasons = [{"id": "autunno", "inizio": "2026-09-01", "fine": "2026-12-31"}]
    plan = plan_of({"A1": ("girasole", "giorno", ("autunno",))}, None, {"durata_mesi": 14}, stagioni=seasons)
    assert list(months_of(play(plan))) == [
        "2026-09",
        "2026-10",
        "2026-11",
        "2026-12",
        "2027-09",
        "2027-10",
    ]


def test_for_the_payers_a_newcomer_has_no_reserved_data() -> None:
    """No ISEE, no ICEF, no siblings: what is known of the child it resembles is not its own."""
    plan = plan_of(ONE)
    family = plan.scenario.bambini[0].model_copy(update={"isee": Decimal(9000), "fratello_di": "A2"})
    plan = plan_of(ONE, None, None, bambini=[family.model_dump(mode="json")])
    presenti = Presenti(plan, nobody=False, entered=lambda azienda, gestore, bambino: None)
    presenti.play(Entra(tipo="entra", mese="2026-10", bambino="A9", **PAIR, come="A1"))
    child = presenti.for_payers()["A9"]
    assert (child.id, child.isee, child.icef, child.fratello_di) == ("A9", None, None, None)
    assert child.nascita == family.nascita


def refused(*events: dict[str, object], **changes: object) -> str:
    """Give the message that refuses a course."""
    framework = {"percorsi": [{"id": "strada", "eventi": list(events)}]}
    with pytest.raises(CourseError) as caught:
        courses(plan_of(ONE | {"B1": ("tate", "giorno")}, None, framework, **changes))  # type: ignore[arg-type]
    return str(caught.value)


def test_what_the_plan_does_not_allow_is_refused_at_once() -> None:
    """A child not served, a pair without an agreement, hours of somebody who is elsewhere: all told."""
    told = refused(
        {"tipo": "esce", "mese": "2026-10", "bambino": "Z1"},
        {"tipo": "disdice", "mese": "2026-10", "azienda": "beta", "gestore": "girasole", "posti": 1},
        {"tipo": "cambia_turno", "mese": "2026-10", "bambino": "A1", "come": "B1"},
        {"tipo": "entra", "mese": "2026-10", "bambino": "A9", **PAIR, "come": "B1"},
    ).splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        f"accordo_quadro.percorsi[strada].eventi[#{number}]" for number in (1, 2, 3, 4)
    ]
    assert "il piano non serve Z1" in told[0]
    assert "nel piano beta non ha un accordo con girasole" in told[1]
    assert "il piano non serve B1 presso girasole" in told[2]


def test_weights_sum_to_one() -> None:
    """What the scenario's courses leave goes to the plan, or in equal parts to those drawn."""
    stated = {"percorsi": [{"id": "uno", "probabilita": 0.25}]}
    weights = {corso.id: corso.peso for corso in courses(plan_of(ONE, None, stated))}
    assert weights == {"piano": Fraction(3, 4), "nessuno_entra": 0, "uno": Fraction(1, 4)}
    drawn = stated | {"percorsi_generati": {"numero": 3, "uscite_anno": 0.5, "ingressi_anno": 0.5}}
    weights = {corso.id: corso.peso for corso in courses(plan_of(ONE, None, drawn))}
    assert weights["piano"] == 0
    assert weights["sorteggio-3"] == Fraction(1, 4)
    assert sum(weights.values()) == 1


def test_draws_are_repeatable_and_apart() -> None:
    """The same seed and number give the same events; fewer draws do not change the first ones."""
    rates = {"uscite_anno": 0.4, "ingressi_anno": 0.4, "cambi_anno": 0.4, "disdetta": 0.5, "seme": 7}
    children = {f"A{k}": ("girasole", "giorno") for k in range(4)}
    many, few = (
        courses(plan_of(children, None, {"durata_mesi": 24, "percorsi_generati": rates | {"numero": n}}))
        for n in (5, 2)
    )
    assert [corso.eventi for corso in many[:4]] == [corso.eventi for corso in few]
    kinds = {type(event) for corso in many for event in corso.eventi}
    assert kinds >= {Esce, Entra, CambiaTurno}
    assert all(event.mese > "2026-09" for corso in many for event in corso.eventi)


def test_newcomers_drawn_do_not_take_a_code_of_the_scenario() -> None:
    """A child called NG1 is there already: the first who enters is NG2."""
    plan = plan_of(ONE)
    child = plan.scenario.bambini[0].model_dump(mode="json")
    framework = {"percorsi_generati": {"numero": 1, "uscite_anno": 0, "ingressi_anno": 1}}
    drawn = courses(plan_of(ONE, None, framework, bambini=[child, child | {"id": "NG1"}]))[-1]
    assert next(event.bambino for event in drawn.eventi if isinstance(event, Entra)) == "NG2"


def test_cases_of_every_party() -> None:
    """One child at 800.00 with alfa paying one half; empty places wholly alfa's.

    piano: 12 x 400 = 4800.00; nessuno_entra: 12 x 400 = 4800.00; esce in September (t = 0 counts too):
    the same 4800.00; raddoppia: 2 x 4800 = 9600.00. Expected: 4800 x 3/4 + 9600 x 1/4 = 6000.00.
    The provider takes 12 x 800 + 12 x 100 of meals = 10800.00 in the plan, 12 x 400 = 4800.00 with nobody.
    """
    hires = {"tipo": "assume", "mese": "2026-09", **PAIR, "come": "A1", "numero": 1}
    framework = {"percorsi": [{"id": "raddoppia", "probabilita": 0.25, "eventi": [hires]}]}
    plan = plan_of(ONE, None, framework)
    found = {(one.ruolo, one.parte): one for one in cases(plan, list(run_all(plan).values()))}
    company = found["azienda", "alfa"]
    assert (company.minimo_cent, company.minimo_percorso) == (4_800_00, "piano")
    assert (company.massimo_cent, company.massimo_percorso) == (9_600_00, "raddoppia")
    assert company.atteso_cent == 6_000_00
    provider = found["gestore", "girasole"]
    assert (provider.minimo_cent, provider.minimo_percorso) == (4_800_00, "nessuno_entra")
    assert provider.atteso_cent == 10_800_00 * 3 // 4 + 21_600_00 // 4
    # The family pays its half of the place and the meals: 4800 + 1200.
    assert found["pagatore", "famiglia"].atteso_cent == 6_000_00 * 5 // 4
    assert list(found) == [("azienda", "alfa"), ("gestore", "girasole"), ("pagatore", "famiglia")]


def test_the_expected_case_is_rounded_once() -> None:
    """Weights of one third: a mean of thirds of a cent is rounded at the end only."""
    rates = {"numero": 3, "uscite_anno": 0.5, "ingressi_anno": 0.5, "seme": 3}
    children = {f"A{k}": ("girasole", "giorno") for k in range(3)}
    plan = plan_of(children, None, {"durata_mesi": 24, "percorsi_generati": rates})
    runs = list(run_all(plan).values())
    paid = [run.totali.per_pagatore["azienda:alfa"] for run in runs if run.corso.peso]
    mean = Fraction(sum(paid), 3)
    assert cases(plan, runs)[0].atteso_cent == int(mean + Fraction(1, 2))


def test_places_shared_among_companies_are_paid_in_proportion() -> None:
    """Morning and evening share one place: half each, 400.00 instead of 800.00."""
    children = {"A1": ("girasole", "mattina"), "B1": ("girasole", "sera")}
    rules = {"posti_riservati": {"condivisione_tra_aziende": True}}
    corsa = play(plan_of(children, regole=rules))
    assert due(corsa, "posto")["2026-09"] == due(corsa, "posto", "beta")["2026-09"] == 400_00
    # When B1 leaves in spring, alfa uses the place alone.
    leaves = {"tipo": "esce", "mese": "2027-01", "bambino": "B1"}
    assert due(play(plan_of(children, regole=rules), leaves), "posto")["2027-01"] == 800_00


def test_together_no_more_children_than_places() -> None:
    """One place offered, shared: a second child of the morning waits, whatever alfa may reserve."""
    children = {"A1": ("girasole", "mattina"), "B1": ("girasole", "sera")}
    rules = {"posti_riservati": {"condivisione_tra_aziende": True}}
    providers = plan_of(children).scenario.model_dump(mode="json")["gestori"]
    providers[0]["posti"] = 1
    enters = {"tipo": "entra", "mese": "2026-10", "bambino": "A9", **PAIR, "come": "A1"}
    found = months_of(play(plan_of(children, regole=rules, gestori=providers), enters))["2026-10"]
    assert (found.in_attesa, found.riservati) == (("A9",), 1)


def test_a_limit_is_used_up_period_by_period() -> None:
    """A voucher of 300.00 a month pays no more in the second year than in the first: 12 x 300 x 2."""
    payers = [
        {"id": "buoni", "modo": "fisso_mese", "importo_mese": 300, "voci": ["posto", "fascia"]},
        {"id": "famiglia", "modo": "residuo", "voci": ["posto", "fascia", "pasto", "vuoto"]},
    ]
    children = {"A1": ("girasole", "giorno", EVERY, ("anticipo",))}
    corsa = play(plan_of(children, None, {"durata_mesi": 24}, pagatori=payers))
    assert corsa.totali.per_pagatore["buoni"] == 24 * 300_00

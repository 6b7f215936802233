"""Why a request is not served, or only in part: each rule once, with its amount."""

import random
from typing import Any

import numpy as np
import pytest
from casi_verifica import azienda, bambino, fascia, gestore, scenario
from oracle import solve_here
from tiny import tiny_scenario

from nido.matching import reasons as reasons_module
from nido.matching.beside import Beside
from nido.matching.extract import unserved
from nido.matching.objective import TIERS
from nido.matching.plan import Plan
from nido.matching.prepare import prepare
from nido.matching.reasons import Reasons, with_reasons
from nido.matching.row_check import RowCheck
from nido.matching.solution import Reason, Solution


def reasons(*children: dict[str, Any], **more: Any) -> dict[str, tuple[Reason, ...]]:
    """Solve and give the reasons of each request left out."""
    solution: Solution = solve_here(scenario(children, **more))
    return {entry.bambino: entry.motivi for entry in solution.non_assegnati}


def only(found: dict[str, tuple[Reason, ...]], child: str) -> tuple[str, str, str]:
    """Give rule, kind and detail of a child's only reason."""
    (reason,) = found[child]
    return reason.regola, reason.tipo, reason.dettaglio


def test_a_place_taken_by_others() -> None:
    """One place, two children together: the lighter one is a place short."""
    children = (bambino("B1", peso=2), bambino("B2"))
    found = reasons(*children, gestori=[gestore(posti=1)])
    assert only(found, "B2") == ("posti_riservati", "posto_preso_da_altri", "manca 1 posto")


def test_hours_that_no_opening_covers() -> None:
    """A window 05:00-09:00 against 08:00-16:00 has 60 of 240 minutes a day; 80 % of 22 x 240 is 4,224."""
    found = reasons(bambino("B1", "05:00-09:00"))
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("orari", "impossibile_da_solo")
    # 22 x 60 = 1,320 covered; 4,224 - 1,320 = 2,904 short.
    assert detail == "al massimo 1320 minuti coperti su 5280, ne servono 4224: mancano 2904"


def test_a_threshold_that_one_child_cannot_reach() -> None:
    """A fascia asks for three children; the one who needs it is two short."""
    provider = gestore(fasce=[fascia("anticipo", "06:00-08:00")])
    found = reasons(bambino("B1", "06:00-10:00"), gestori=[provider], regole={"attivazione": {"soglia": 3}})
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("attivazione", "impossibile_da_solo")
    assert detail == "da solo non raggiunge i 3 bambini minimi della fascia anticipo: mancano 2 bambini"


def test_a_threshold_that_others_reach() -> None:
    """The fascia is open for two children on the only two places: what stops the third is the place."""
    provider = gestore(posti=2, fasce=[fascia("anticipo", "06:00-08:00")])
    children = [bambino(f"B{number}", "06:00-10:00", peso=number) for number in (1, 2, 3)]
    found = reasons(*children, gestori=[provider], regole={"attivazione": {"soglia": 2}})
    assert only(found, "B1") == ("posti_riservati", "posto_preso_da_altri", "manca 1 posto")


def test_a_threshold_with_no_place_either() -> None:
    """Nobody opens the fascia, and the only place is taken: both are named, the threshold first."""
    provider = gestore(posti=1, fasce=[fascia("anticipo", "06:00-08:00")])
    children = (bambino("B1", "06:00-10:00"), bambino("B2", peso=2))
    found = reasons(*children, gestori=[provider], regole={"attivazione": {"soglia": 2}})
    assert only(found, "B1") == (
        "attivazione",
        "impossibile_da_solo",
        "da solo non raggiunge i 2 bambini minimi della fascia anticipo: manca 1 bambino"
        "; anche: posti_riservati",
    )


def test_a_fascia_that_costs_too_much_for_each_child() -> None:
    """Two hours on 22 days with two educators: 22 x 2 x 2 x 41.47 = 3,649.36 EUR, 649.36 over 3,000."""
    provider = gestore(fasce=[fascia("anticipo", "06:00-08:00")])
    limit = {"attivazione": {"soglia": 1, "costo_massimo_per_bambino": 3000}}
    found = reasons(bambino("B1", "06:00-10:00"), gestori=[provider], regole=limit)
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("attivazione", "impossibile_da_solo")
    assert detail == "la fascia anticipo costerebbe 649,36 EUR oltre il massimo per bambino"


def test_the_most_places_of_a_company() -> None:
    """A company that may hold one place lacks one for its second child: places, not euro."""
    children = (bambino("B1", peso=2), bambino("B2"))
    found = reasons(*children, aziende=[azienda("alfa", posti_massimi=1)])
    wanted = ("budget", "posto_preso_da_altri", "manca 1 posto oltre i posti massimi dell'azienda")
    assert only(found, "B2") == wanted


def test_a_budget_that_the_place_exceeds() -> None:
    """A place of 600 EUR at a share of one half against a budget of 250 EUR: 50 EUR too much."""
    provider = gestore(prezzi={"posto_mese": 600})
    companies = [azienda("alfa", quota=0.5, budget_annuo=250), azienda("beta")]
    found = reasons(bambino("B1"), gestori=[provider], aziende=companies)
    assert only(found, "B1") == ("budget", "impossibile_da_solo", "50,00 EUR oltre il budget")


def test_distance_and_exclusion() -> None:
    """Eligibility names what stops the child, with the minutes over the limit."""
    found = reasons(
        bambino("B1", esclusi=["uno"]),
        bambino("B2", comune="Trento"),
        regole={"idoneita": {"deviazione_massima_minuti": 10}},
    )
    assert only(found, "B1")[0] == only(found, "B2")[0] == "idoneita"
    assert "non accettato" in only(found, "B1")[2]
    assert "massimo 10" in only(found, "B2")[2]


def test_siblings_are_not_separated() -> None:
    """The elder is pinned at one provider, the younger accepts only the other: it would separate them."""
    pin = [{"gestore": "uno", "stagione": "autunno"}]
    children = (bambino("B1", assegnato_a=pin), bambino("B2", fratello_di="B1", esclusi=["uno"]))
    found = reasons(*children, gestori=[gestore(), gestore("due")])
    by_provider = {reason.gestore: (reason.regola, reason.tipo) for reason in found["B2"]}
    assert by_provider == {
        "uno": ("idoneita", "impossibile_da_solo"),
        "due": ("fratelli", "altro_gestore"),
    }


def test_an_allowed_request_left_out_by_the_objective() -> None:
    """With cost first nobody is served, and the reason is the tier, not a rule."""
    found = reasons(bambino("B1"), obiettivo={"livelli": [{"nome": "costo_totale"}]})
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("costo_totale", "posto_preso_da_altri")
    # Eight hours on 22 days with two educators: 22 x 8 x 2 x 41.47 = 14,597.44 EUR.
    assert detail == "possibile, ma peggiora l'obiettivo «costo totale» di 14.597,44 EUR"


# --- served in part --------------------------------------------------------------------------------------


def parts(*children: dict[str, Any], **more: Any) -> dict[str, tuple[Reason, ...]]:
    """Solve and give the reasons of each request served in part."""
    return {entry.bambino: entry.motivi for entry in solve_here(scenario(children, **more)).parziali}


def test_openings_too_short() -> None:
    """07:30-11:30 against 08:00-16:00: half an hour on 22 days stays uncovered, 660 minutes, at both."""
    case = scenario([bambino("B1", "07:30-11:30")], gestori=[gestore(), gestore("due")])
    (found,) = solve_here(case).parziali
    assert (found.bambino, found.minuti_scoperti) == ("B1", 660)
    sentence = "con tutte le sue aperture resterebbero scoperti 660 minuti"
    assert found.motivi == tuple(
        Reason(name, "orari", sentence, "impossibile_da_solo") for name in ("uno", "due")
    )


def test_a_fascia_missed_and_a_place_taken_elsewhere() -> None:
    """B1 is covered by 80 % at "uno", whose fascia needs two; "due" would cover it all but is full.

    07:00-12:00 against 08:00-16:00 is four hours of five. "due" opens at 07:00 and has one place.
    """
    pin = [{"gestore": "due", "stagione": "autunno"}]
    early = {"giorni": "lun-ven", "orario": "07:00-15:00"}
    providers = [gestore(fasce=[fascia("anticipo", "07:00-08:00")]), gestore("due", posti=1, base=early)]
    children = (bambino("B1", "07:00-12:00"), bambino("B2", assegnato_a=pin))
    found = parts(*children, gestori=providers, regole={"attivazione": {"soglia": 2}})
    assert [(r.gestore, r.regola, r.tipo, r.dettaglio) for r in found["B1"]] == [
        (
            "uno",
            "attivazione",
            "impossibile_da_solo",
            "da solo non raggiunge i 2 bambini minimi della fascia anticipo: manca 1 bambino",
        ),
        ("due", "posti_riservati", "posto_preso_da_altri", "manca 1 posto"),
    ]


def test_a_pin_holds_a_child_where_it_is_covered_in_part() -> None:
    """Only the decision already taken keeps the child from the provider that opens earlier."""
    pin = [{"gestore": "uno", "stagione": "autunno"}]
    early = {"giorni": "lun-ven", "orario": "07:00-15:00"}
    child = bambino("B1", "07:30-11:30", assegnato_a=pin)
    found = parts(child, gestori=[gestore(), gestore("due", base=early)])
    assert [(r.regola, r.tipo) for r in found["B1"]] == [
        ("orari", "impossibile_da_solo"),
        ("fissati", "altro_gestore"),
    ]


def test_full_coverage_that_costs_too_much() -> None:
    """With cost first the cheap part is chosen; the fascia would cost 22 x 0.5 x 2 x 41.47 = 912.34 EUR."""
    provider = gestore(fasce=[fascia("anticipo", "07:30-08:00")])
    pin = [{"gestore": "uno", "stagione": "autunno"}]
    aim = {"livelli": [{"nome": "costo_totale"}]}
    found = parts(bambino("B1", "07:30-11:30", assegnato_a=pin), gestori=[provider], obiettivo=aim)
    (reason,) = found["B1"]
    assert reason.regola == "costo_totale"
    assert reason.dettaglio == "possibile, ma peggiora l'obiettivo «costo totale» di 912,34 EUR"


# --- how they are reckoned -------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
def test_rows_reckoned_from_a_change_are_those_of_the_whole_plan(seed: int) -> None:
    """Moving one request gives the excess of every row that the whole new plan, completed anew, has."""
    draft = prepare(tiny_scenario(seed), {})
    draw, instance = random.Random(seed), draft.instance
    decided = {*draft.variables.serve, *draft.variables.book.values()}
    rows = RowCheck(draft.model, frozenset(TIERS), decided)
    for _ in range(10):
        served = [
            draw.choice(pairs) for pairs in instance.pairs_by_request() if pairs and draw.random() < 0.5
        ]
        booked = [(p, u) for p in served for u in instance.pairs[p].unit_minutes if draw.random() < 0.5]
        plan = Plan(instance, served, booked)
        if not instance.pairs:
            return
        new = draw.randrange(len(instance.pairs))
        old = next((p for p in served if instance.pairs[p].request == instance.pairs[new].request), None)
        beside = Beside(draft, rows, plan, needs_staff=True)
        together = beside.with_pair(
            new, [u for u in instance.pairs[new].unit_minutes if draw.random() < 0.5], old
        )
        moved = (new,) if old is None else (new, old)
        before, after = (rows.at(draft.complete(one)).outside for one in (plan, together))
        wanted = {int(k): int(after[k]) for k in np.flatnonzero(after > before)}
        assert beside.broken(together, moved) == wanted
        for level in instance.scenario.obiettivo.livelli:
            tier = TIERS[level.nome]
            loss = tier.value(draft, plan) - tier.value(draft, together)
            assert beside.loss(level.nome, together, moved) == (loss if tier.maximise else -loss)


def test_reasons_stop_when_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time that they always get, the other requests stay without a reason, and a note says so."""
    draft = prepare(scenario([bambino("B1", "05:00-09:00"), bambino("B2", "05:00-09:00")]), {})
    plan = Plan(draft.instance, (), ())
    monkeypatch.setattr(reasons_module, "LEAST_SECONDS", -1.0)
    found = with_reasons(draft, plan, unserved(plan), -1.0)
    assert [entry.motivi for entry in found.left_out] == [(), ()]
    assert found.note == ("richieste con i motivi: 0 su 2; tempo finito o interrotto",)
    assert with_reasons(draft, plan, unserved(plan)).note == ()


def test_a_second_ctrl_c_keeps_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reasons found before it stay; the rest is skipped."""
    draft = prepare(scenario([bambino("B1", "05:00-09:00"), bambino("B2", "05:00-09:00")]), {})
    plan, whole = Plan(draft.instance, (), ()), Reasons.of

    def interrupted(self: Reasons, request: int) -> tuple[Reason, ...]:
        if request:
            raise KeyboardInterrupt
        return whole(self, request)

    monkeypatch.setattr(Reasons, "of", interrupted)
    found = with_reasons(draft, plan, unserved(plan))
    assert [len(entry.motivi) for entry in found.left_out] == [1, 0]
    assert found.note == ("richieste con i motivi: 1 su 2; tempo finito o interrotto",)

"""The ledger of a plan."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.accordi import ledger as ledger_module
from nido.accordi.components import COMPONENTS
from nido.accordi.ledger import build_ledger
from nido.accordi.pagatori import Payment

USED = {"2026-10": 1, "2026-11": 1}


def small_plan(make: Any) -> Any:
    """Serve two children of alfa at girasole (one with a fascia) and one of beta at the Tagesmutter."""
    return make.solution(
        (
            make.served("B003", "gruppo", giorni_pasto=0),
            make.served("B002", mesi=("2026-11",), giorni_pasto=10),
            make.served("B001", fasce=("anticipo",), mesi_fascia={"anticipo": ("2026-10", "2026-11")}),
        ),
        (
            make.agreement("beta", "gruppo", 1, USED),
            make.agreement("alfa", "girasole", 2, {"2026-10": 1, "2026-11": 2}, bambini=2),
        ),
    )


def test_lines_of_a_small_plan(make: Any) -> None:
    """Every line of a plan by the default payers, in order, with its arithmetic."""
    found = build_ledger(make.scenario(), small_plan(make))
    shown = [
        (
            riga.data.month,
            riga.azienda,
            riga.bambino,
            riga.componente,
            riga.quantita,
            riga.prezzo_cent,
            riga.pagatore,
            riga.importo_cent,
        )
        for riga in found.righe
    ]
    assert shown == [
        # October: one place 600.10, half each; one empty place 300.05 to the company
        (10, "alfa", None, "posto", "1", 60_010, "azienda:alfa", 30_005),
        (10, "alfa", None, "posto", "1", 60_010, "famiglia", 30_005),
        (10, "alfa", None, "vuoto", "1", 30_005, "azienda:alfa", 30_005),
        (10, "alfa", "B001", "fascia", "1", 6_000, "azienda:alfa", 3_000),
        (10, "alfa", "B001", "fascia", "1", 6_000, "famiglia", 3_000),
        # meals of the season: 20 × 5.25 and 10 × 5.25, no company share
        (10, "alfa", "B001", "pasto", "20", 525, "famiglia", 10_500),
        (10, "alfa", "B002", "pasto", "10", 525, "famiglia", 5_250),
        # November: two places 1200.20, half each; no empty place
        (11, "alfa", None, "posto", "2", 60_010, "azienda:alfa", 60_010),
        (11, "alfa", None, "posto", "2", 60_010, "famiglia", 60_010),
        (11, "alfa", "B001", "fascia", "1", 6_000, "azienda:alfa", 3_000),
        (11, "alfa", "B001", "fascia", "1", 6_000, "famiglia", 3_000),
        # 60 hours × 8.50 = 510.00, a quarter by beta
        (10, "beta", "B003", "ora", "60", 850, "azienda:beta", 12_750),
        (10, "beta", "B003", "ora", "60", 850, "famiglia", 38_250),
    ]
    assert found.righe[0].data == date(2026, 10, 1)
    assert found.avvisi == ()


def test_order_does_not_depend_on_the_plan(make: Any) -> None:
    """The same plan with its parts in another order gives the same lines."""
    plan = small_plan(make)
    turned = make.solution(plan.assegnazioni[::-1], plan.accordi[::-1])
    assert build_ledger(make.scenario(), plan).righe == build_ledger(make.scenario(), turned).righe


def test_seasons_follow_the_scenario(make: Any) -> None:
    """Within a company and a provider the seasons come in the order of the scenario."""
    accordi = (
        make.agreement("alfa", "girasole", 1, {"2026-12": 1}, stagione="inverno"),
        make.agreement("alfa", "girasole", 1, USED),
    )
    plan = make.solution((), accordi)
    seasons = [riga.stagione for riga in build_ledger(make.scenario(), plan).righe]
    assert seasons == ["autunno"] * 4 + ["inverno"] * 2


def test_two_fasce_of_one_month_are_told_apart(make: Any) -> None:
    """Lines of two fasce in the same month differ by the source of their price."""
    months = {"anticipo": ("2026-10",), "sabato": ("2026-10",)}
    child = make.served("B001", fasce=("anticipo", "sabato"), mesi_fascia=months)
    plan = make.solution((child,), (make.agreement("alfa", "girasole", 1, USED),))
    fasce = [riga for riga in build_ledger(make.scenario(), plan).righe if riga.componente == "fascia"]
    sources = list(dict.fromkeys(riga.fonte for riga in fasce))
    assert sources == [f"gestori.girasole.fasce.{name}.prezzo_mese" for name in ("anticipo", "sabato")]


def test_uncovered_amounts_are_announced(make: Any, monkeypatch: Any) -> None:
    """Without a residual payer the rest has its lines and one notice per agreement and component."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    stack = [{"id": "azienda", "modo": "quota_azienda", "voci": ["posto"]}]
    plan = make.solution((make.served("B001"),), (make.agreement("alfa", "girasole", 1, USED),))
    found = build_ledger(make.scenario(pagatori=stack), plan)
    # places: 2 months × 600.10 × 0.5 = 600.10; meals: 20 × 5.25 = 105.00
    assert [(notice.regola, notice.dove, notice.dettaglio) for notice in found.avvisi] == [
        ("pagatori", "alfa/girasole/autunno", "posto: 600,10 EUR restano senza pagatore"),
        ("pagatori", "alfa/girasole/autunno", "pasto: 105,00 EUR restano senza pagatore"),
    ]
    assert found.totali.per_pagatore["scoperto"] == 60_010 + 10_500


FLORENCE = {"id": "datore", "modo": "differenza_azienda", "importo_mese": 750, "tariffa": "trento"}
SHARE = {"id": "datore", "modo": "quota_azienda"}
FEE = {"id": "madre", "modo": "retta", "tariffa": "trento"}


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ([FLORENCE | {"voci": ["posto"]}], True),
        ([FEE | {"voci": ["posto"]}, SHARE | {"voci": ["posto"]}], True),
        ([{"id": "inps", "modo": "inps", "voci": ["posto"]}, SHARE | {"voci": ["posto"]}], True),
        ([FEE | {"voci": ["posto"]}, SHARE | {"voci": ["fascia"]}], False),
        ([SHARE | {"voci": ["posto"]}, FEE | {"voci": ["posto"]}], False),
    ],
)
def test_a_part_that_gives_away_what_is_reserved_is_announced(
    make: Any, monkeypatch: Any, first: Any, told: bool
) -> None:
    """A price less the fee, or a share of what a fee or bonus has left; the notice names no child."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    every = ["posto", "fascia", "ora", "pasto", "vuoto"]
    stack = [*first, {"id": "famiglia", "modo": "residuo", "voci": every}]
    found = build_ledger(make.scenario(pagatori=stack), small_plan(make)).avvisi
    assert [(notice.regola, notice.dove) for notice in found] == [("pagatori", "datore")] * told
    assert all("fisso_azienda" in notice.dettaglio for notice in found)


@pytest.mark.parametrize(("budget", "told"), [("1260.20", False), ("1260.19", True)])
def test_a_company_that_pays_more_than_its_budget_is_announced(
    make: Any, monkeypatch: Any, budget: str, told: bool
) -> None:
    """The budget bounds half the list price; the stack has the company pay empty places in full."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    scenario = make.scenario(aziende=make.edited("aziende", "alfa", budget_annuo=budget))
    found = build_ledger(scenario, small_plan(make))
    # alfa: October 300.05 + 300.05 (empty place) + 30.00, November 600.10 + 30.00: 1260.20
    sentence = (
        "nel registro paga 1260,20 EUR, più del suo budget_annuo di 1260,19 EUR, "
        "che limita il listino per quota"
    )
    shown = [(notice.regola, notice.dove, notice.dettaglio) for notice in found.avvisi]
    assert shown == ([("budget", "alfa", sentence)] if told else [])


def test_assignment_without_agreement_is_refused(make: Any) -> None:
    """No child is left out of the ledger in silence."""
    with pytest.raises(ValueError, match="B001: no agreement alfa/girasole/autunno"):
        build_ledger(make.scenario(), make.solution((make.served("B001"),)))


def test_agreement_written_twice_is_refused(make: Any) -> None:
    """No place is charged twice in silence."""
    accordo = make.agreement("alfa", "girasole", 1, USED)
    with pytest.raises(ValueError, match="twice"):
        build_ledger(make.scenario(), make.solution((), (accordo, accordo)))


def test_a_lost_cent_is_refused(make: Any, monkeypatch: Any) -> None:
    """Payments that do not sum to the amounts stop the costing."""

    def careless(amounts: Any, *others: Any) -> Any:
        return [(amount, (Payment("famiglia", amount.importo_cent - 1),)) for amount in amounts]

    monkeypatch.setattr(ledger_module, "settle", careless)
    with pytest.raises(ArithmeticError):
        build_ledger(make.scenario(), small_plan(make))


def test_plan_without_agreements_costs_nothing(make: Any) -> None:
    """An empty plan has an empty ledger and no unit costs."""
    found = build_ledger(make.scenario(), make.solution())
    assert found.righe == ()
    assert found.totali.totale_cent == 0
    assert found.totali.costo_per_ora_coperta_cent is None
    assert found.totali.costo_per_posto_cent is None


@settings(max_examples=60, deadline=None)
@given(
    used=st.lists(st.integers(0, 3), min_size=2, max_size=2),
    empty=st.integers(0, 3),
    minutes=st.integers(0, 400).map(lambda steps: steps * 15),
    meals=st.integers(0, 45),
    price=st.integers(0, 150_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}"),
    share=st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}"),
    company=st.integers(0, 100).map(lambda hundredths: f"{hundredths / 100:.2f}"),
)
def test_ledger_balances(
    make: Any, used: Any, empty: Any, minutes: Any, meals: Any, price: Any, share: Any, company: Any
) -> None:
    """Payers, companies, providers and agreements all sum to the amounts of the components, to the cent."""
    prices = {"posto_mese": price, "ora_bambino": "7.77", "pasto_giorno": "5.25"}
    scenario = make.scenario(
        aziende=make.edited("aziende", "alfa", quota=company),
        gestori=make.edited("gestori", "girasole", prezzi=prices, vuoto_per_pieno=share),
    )
    child = make.served("B001", minuti_richiesti=minutes, giorni_pasto=meals)
    months = dict(zip(USED, used, strict=True))
    plan = make.solution((child,), (make.agreement("alfa", "girasole", max(used) + empty, months),))
    found = build_ledger(scenario, plan)
    due = sum(amount.importo_cent for part in COMPONENTS for amount in part.amounts(scenario, plan))
    totals = found.totali
    assert due == totals.totale_cent == sum(totals.per_pagatore.values())
    assert due == sum(totals.per_azienda.values()) == sum(totals.per_gestore.values())
    assert due == sum(total.totale_cent for total in totals.per_accordo)
    assert all(riga.importo_cent > 0 for riga in found.righe)
    assert found == build_ledger(scenario, plan)

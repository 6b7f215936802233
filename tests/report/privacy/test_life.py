"""The life of the agreements as each audience may see it: cases by year, pledges, what stays hidden."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from vite import CLAUSES, lived

from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.life import life_for
from nido.report.privacy.pledge import company_part
from nido.scenari.domanda import Azienda
from nido.scenari.regole import Pagatore

INDEXED = {"durata_mesi": 26, "clausole": {"indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"}}}
DRAWN = {
    "percorsi_generati": {
        "numero": 3,
        "seme": 7,
        "uscite_anno": "0.3",
        "ingressi_anno": "0.4",
        "cambi_anno": "0.3",
    }
}
EVERYBODY: list[tuple[Audience, str | None]] = [
    ("distretto", None),
    ("azienda", "meccanica"),
    ("gestore", "nido_due_turni"),
]


@pytest.mark.parametrize(("audience", "subject"), EVERYBODY)
def test_the_years_of_a_case_sum_to_that_of_the_whole_life(audience: Audience, subject: str | None) -> None:
    """Least, expected and most: those of accordi.json, to the cent, divided among years."""
    loaded, document, _, played = lived(INDEXED | DRAWN)
    life = life_for(view_for(loaded, document, audience, subject), played.plan, played.corse, played.casi)
    whole = {(one.ruolo, one.parte): one for one in played.casi}
    assert len(life.parties) == (len(whole) if subject is None else 1)
    for one in life.parties:
        case = whole[one.role, one.party]
        sums = (sum(one.least), sum(one.expected), sum(one.most))
        assert sums == (case.minimo_cent, case.atteso_cent, case.massimo_cent)
        assert all(
            low <= part <= high for low, part, high in zip(one.lowest, one.most, one.highest, strict=True)
        )
        assert (one.least_course.course, one.most_course.course) == (
            case.minimo_percorso,
            case.massimo_percorso,
        )


def test_a_pledge_is_what_the_contract_says() -> None:
    """Two places, September to December of every year, 26 months: 4 + 4 + 2 months.

    Prices: 800.00; 800.00 x 1.015 = 812.00; 812.00 x 1.015 = 824.18. The company pays one half of a used
    place, all that is due for an empty one, which is one half of the price:
    2 x 800.00 x 0.5 x 4 = 3,200.00; 2 x 812.00 x 0.5 x 4 = 3,248.00; 2 x 824.18 x 0.5 x 2 = 1,648.36.
    """
    loaded, document, _, played = lived(INDEXED)
    life = life_for(
        view_for(loaded, document, "azienda", "meccanica"), played.plan, played.corse, played.casi
    )
    for year, wanted in zip(life.years, (3_200_00, 3_248_00, 1_648_36), strict=True):
        mine = [one for one in life.pledges if year.primo <= one.mese <= year.ultimo]
        assert sum(one.pieni_cent for one in mine) == wanted
        assert sum(one.vuoti_cent for one in mine) == wanted
    # Nothing is released here: when nobody enters the company pays just that.
    nobody = next(one for one in played.corse if one.corso.vuoto)
    assert [year.per_pagatore["azienda:meccanica"] for year in nobody.anni] == [3_200_00, 3_248_00, 1_648_36]


def test_the_first_month_of_an_empty_place_may_cost_more() -> None:
    """In the window the whole price, then 60 %: 3 x 800.00 x 0.95 = 2,280.00, then 1,368.00."""
    loaded, document, _, played = lived({"durata_mesi": 26, "clausole": CLAUSES})
    view = view_for(loaded, document, "gestore", "nido_due_turni")
    first, second = life_for(view, played.plan, played.corse, played.casi).pledges[:2]
    # Both companies' places count for the discount of the gestore: 6 of at least 3.
    assert (first.sconto, second.sconto) == (Decimal("0.05"), Decimal("0.05"))
    assert (first.pieni_cent, first.vuoti_cent, second.vuoti_cent) == (2_280_00, 2_280_00, 1_368_00)


def test_a_company_s_discount_counts_no_neighbour() -> None:
    """Three places of its own reach no step of four: the neighbour's three are not told by a price."""
    steps = {"conta": "gestore", "scaglioni": [{"posti": 4, "sconto": "0.05"}]}
    loaded, document, _, played = lived({"durata_mesi": 26, "clausole": CLAUSES | {"sconto_volume": steps}})
    view = view_for(loaded, document, "azienda", "meccanica")
    assert {one.sconto for one in life_for(view, played.plan, played.corse, played.casi).pledges} == {
        Decimal(0)
    }


def test_amounts_that_tell_a_family_are_left_out_and_the_pledge_stays() -> None:
    """No case in cents, no use of places; what follows from the contract is there."""
    loaded, document, _, played = lived(INDEXED)
    view = replace(view_for(loaded, document, "azienda", "meccanica"), flat=True)
    life = life_for(view, played.plan, played.corse, played.casi)
    (own,) = life.parties
    assert (own.least, own.expected, own.most, own.lowest, own.highest) == ((), (), (), (), ())
    assert own.most_course.empty is None
    assert life.pledges
    assert life.months == ()


def test_a_withdrawal_is_told_with_its_last_month() -> None:
    """Twelve months and a renewal that the company stops in May, three months before."""
    events = [{"tipo": "recede", "mese": "2027-05", "azienda": "conserve", "gestore": "nido_due_turni"}]
    loaded, document, _, played = lived(
        {
            "durata_mesi": 24,
            "clausole": {"rinnovo": {"mesi": 12, "volte": 1, "preavviso_mesi": 3}},
            "percorsi": [{"id": "via", "nome": "via", "probabilita": "0.5", "eventi": events}],
        }
    )
    life = life_for(view_for(loaded, document), played.plan, played.corse, played.casi)
    ended = {one.party: one.least_course.withdrawn for one in life.parties if one.role == "pagatore"}
    assert ended == {"famiglia": ()}
    course = next(one for one in played.corse if one.corso.id == "via")
    assert course.corso.peso == Fraction(1, 2)
    # September to December 2026 alone: the second autumn is gone.
    assert {use.azienda: use.mesi for use in course.usi} == {"meccanica": 8, "conserve": 4}


@pytest.mark.parametrize(
    ("payers", "wanted"),
    [
        ([{"id": "azienda", "modo": "quota_azienda"}], "0.4"),
        ([{"id": "inps", "modo": "inps"}, {"id": "azienda", "modo": "quota_azienda"}], "0.4"),
        ([{"id": "azienda", "modo": "fisso_azienda", "importo_mese": "200"}], "1"),
        ([{"id": "azienda", "modo": "quota", "quota": "0.7"}], "0.7"),
        ([{"id": "famiglia", "modo": "residuo"}], "0"),
        # Half of what the company pays is given back: 0.4 x 0.5.
        (
            [
                {"id": "azienda", "modo": "quota_azienda"},
                {"id": "pat", "modo": "cofinanziamento", "di": "azienda", "quota": "0.5"},
            ],
            "0.2",
        ),
    ],
)
def test_the_company_s_part_is_the_most_that_it_may_pay(payers: list[dict[str, str]], wanted: str) -> None:
    """Its share; everything where it pays a sum; less what is co-financed."""
    stack = [Pagatore.model_validate({"voci": ["posto"], **payer}) for payer in payers]
    azienda = Azienda.model_validate(
        {"id": "a", "nome": "A", "sede": {"comune": "Pergine Valsugana"}, "quota": "0.4"}
    )
    day = lived(INDEXED)[0].scenario.stagioni[0].inizio
    assert company_part(stack, azienda, "posto", day) == Decimal(wanted)
    assert company_part(stack, azienda, "vuoto", day) == 0

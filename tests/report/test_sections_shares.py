"""Fair shares on the screen: what is shown side by side, and what is said in words."""

from dataclasses import replace
from typing import Any

import pytest

from nido.accordi.sharing.fasce import OpeningPart, OpeningShares
from nido.accordi.sharing.rows import CoalitionRow, CompanyShare, Core, Group, MethodCheck, Shares
from nido.accordi.sharing.solving import Step
from nido.report.sections_shares import shares_report, step_words

# The example of docs/modello.md, section 17: 2, 3 and 5 children; 60, 80, 100 alone; 110, 130, 150; 180.
COSTS = {"a": 6000, "b": 8000, "ab": 11000, "c": 10000, "ac": 13000, "bc": 15000, "abc": 17500}
PARTS: dict[str, dict[Any, int]] = {
    "a": {"bambini": 3600, "ore": 2000, "shapley": 4000, "nucleo": 4000},
    "b": {"bambini": 5400, "ore": 6000, "shapley": 6000, "nucleo": 6000},
    "c": {"bambini": 9000, "ore": 10000, "shapley": 8000, "nucleo": 8000},
}
HEADS = {"a": 2, "b": 3, "c": 5}


def company(name: str) -> CompanyShare:
    """Write one company of the example."""
    alone = COSTS[name]
    saved = {method: alone - part for method, part in PARTS[name].items()}
    return CompanyShare(name, HEADS[name], HEADS[name] * 6000, alone, PARTS[name], saved, None)


def example(**changes: Any) -> Shares:
    """Write the shares of the example: by hours, b and c pay 160 for what costs them 150."""
    rows = [CoalitionRow((), 0, 0, 0, 0, 0, 0, "dimostrato")]
    rows += [CoalitionRow(tuple(n), c, c - 810, 810, 1, 60, c, "dimostrato") for n, c in COSTS.items()]
    found = Shares(
        avvertenza="DATI SINTETICI",
        costo_piano_cent=18000,
        costo_minimo_cent=17500,
        ora_alternativa_cent=810,
        uso_alternativa="se_serve",
        aziende=tuple(company(name) for name in "abc"),
        metodi=(
            MethodCheck("bambini", 0, None),
            MethodCheck("ore", 1, Group(("b", "c"), 1000)),
            MethodCheck("shapley", 0, None),
            MethodCheck("nucleo", 0, None),
        ),
        nucleo=Core(False, "shapley", -1000),
        coalizioni=tuple(rows),
        fasce=(
            OpeningShares(
                "nido_uno",
                "anticipo",
                "autunno",
                9000,
                (OpeningPart("a", 1, 600, 3000, 1800), OpeningPart("b", 2, 2400, 6000, 7200)),
            ),
        ),
        esatto=True,
        permutazioni=None,
        dimostrato=True,
        arrotondamento_cent=3,
    )
    return replace(found, **changes)


def shown(shares: Shares, width: int = 120) -> str:
    """Write the report on one line, so that sentences can be looked for."""
    return " ".join(shares_report(shares, width=width).split())


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize(
    "shares",
    [
        example(),
        example(nucleo=Core(True, "nucleolo", 4000)),
        example(nucleo=None, esatto=False, permutazioni=60, dimostrato=False),
    ],
    ids=["exact", "empty core", "sampled"],
)
def test_lines_fit(monkeypatch: pytest.MonkeyPatch, width: int, lang: str, shares: Shares) -> None:
    """No line is wider than asked, in both languages."""
    monkeypatch.setenv("NIDO_LANG", lang)
    assert max(map(len, shares_report(shares, width=width).splitlines())) <= width


def test_methods_stand_side_by_side() -> None:
    """One row of a company holds its cost alone and its part by every method."""
    rows = [line.split() for line in shares_report(example(), width=120).splitlines()]
    assert ["b", "3", "300,0", "80,00", "54,00", "60,00", "60,00", "60,00"] in rows
    assert ["b", "26,00", "20,00", "20,00", "20,00"] in rows
    assert ["tutte", "10", "1.000,0", "180,00", "180,00", "180,00", "180,00"] in rows


def test_every_table_is_marked_synthetic() -> None:
    """A table is copied without the head of the report."""
    blocks = shares_report(example(), width=120).split("\n\n")
    assert len(blocks) == 5
    assert all("DATI SINTETICI" in block.splitlines()[0] for block in blocks)
    assert "SINTETICI" not in shares_report(example(avvertenza=""), width=120)


def test_a_group_that_would_leave_is_named() -> None:
    """Words say which group gains most by leaving, and how much; or that none does."""
    report = shown(example())
    assert "per ore: sì, 1. Quello che guadagna di più, 10,00 EUR: b + c." in report
    assert "Shapley: no, nessuno." in report
    assert "Shapley è nel nucleo" in report


def test_the_difference_from_the_least_cost_is_told() -> None:
    """The plan costs 180, the least is 175: the 5 are visible."""
    assert "175,00 EUR: la differenza, 5,00 EUR," in shown(example())


def test_an_empty_core_and_a_dear_plan_are_explained() -> None:
    """Without a core the least excess is told; a plan above the sum of all alone is told too."""
    report = shown(example(costo_piano_cent=30000, nucleo=Core(True, "nucleolo", 4000)))
    assert "Il nucleo è vuoto" in report
    assert "40,00 EUR più che da solo" in report
    # 60 + 80 + 100 = 240 < 300
    assert "somma delle aziende da sole (240,00 EUR)" in report
    assert "somma delle aziende da sole" not in shown(example())


def test_a_point_beside_shapley_is_explained() -> None:
    """When Shapley is outside a core that is not empty, the words say what the other column is."""
    assert "fuori dal nucleo, che non è vuoto" in shown(example(nucleo=Core(False, "nucleo_piu_vicino", 0)))


def test_what_is_not_proven_is_marked() -> None:
    """A group without proof has a mark, and a warning says that the shares may change."""
    first, *rows = example().coalizioni
    rows[0] = replace(rows[0], stato="non_dimostrato", limite_cent=None)
    report = shown(example(coalizioni=(first, *rows), dimostrato=False))
    assert "60,00 *" in report
    assert "ATTENZIONE" in report
    assert "ATTENZIONE" not in shown(example())


def test_a_sample_says_so() -> None:
    """A sampled value shows its interval, how many orders were drawn, and claims nothing about the core."""
    companies = tuple(replace(one, piu_o_meno_cent=123) for one in example().aziende)
    report = shown(example(aziende=companies, esatto=False, permutazioni=60, nucleo=None))
    assert "60 ordini sorteggiati" in report
    assert report.count(" 1,23 ") == 3
    assert "solo i gruppi risolti" in report


def test_buying_outside_by_choice_is_told() -> None:
    """With `se_conviene` a group may buy outside what it could have."""
    assert "anche quando costa meno" in shown(example(uso_alternativa="se_conviene"))


def test_progress_in_words() -> None:
    """A step says how many groups are done."""
    assert step_words(Step(3, 63, 12.4, ("a",))) == "parti eque: 3/63 gruppi, 12 s"


def test_the_price_outside_at_which_pooling_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the three alone buys one hour outside, at 8,10."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    # Produced alone: 60,00 + 80,00 + 100,00 less 8,10 each = 215,70. The plan costs 180,00: pooling pays at
    # any price, and nothing is said.
    assert example().prezzo_pari_cent == (18000 - 21570) * 60 / 180
    assert "quanto il piano" not in shown(example())
    # A plan of 300,00: (300,00 - 215,70) / 3 hours = 28,10 an hour.
    dear = example(costo_piano_cent=30000)
    assert dear.prezzo_pari_cent == 2810
    assert "A 28,10 EUR le aziende da sole" in shown(dear)
    assert example(uso_alternativa="se_conviene").prezzo_pari_cent is None

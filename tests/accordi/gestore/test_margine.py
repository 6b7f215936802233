"""The provider's view of small plans, by hand; October 2026 has 22 days from Monday to Friday."""

from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, azienda, bambino, fascia, gestore, scenario

from nido.accordi.gestore.margine import VistaGestore, provider_view
from nido.accordi.gestore.voci_costo import spread
from nido.matching.replay import SavedRow
from nido.scenari.schema import Scenario


def views(
    plain: Scenario, booked: Mapping[str, Iterable[str]], where: str = "uno", stagione: str = "autunno"
) -> tuple[VistaGestore, ...]:
    """View a plan in which one provider serves some children with their fasce."""
    rows = [SavedRow(child, stagione, where, tuple(fasce)) for child, fasce in booked.items()]
    return provider_view(plain, {}, rows)


def early_provider(**more: Any) -> dict[str, Any]:
    """Describe a nido with a fascia 06:30-08:00 at 60 EUR a month, places at 400 EUR."""
    one = fascia("anticipo", "06:30-08:00", prezzo_mese=60, costo_fisso=100)
    return gestore(fasce=[one], prezzi={"posto_mese": 400}, **more)


def early_case(count: int = 1, **more: Any) -> Scenario:
    """Put some children who come at 06:30 before that nido."""
    children = [bambino(f"B{number}", "06:30-13:00") for number in range(1, count + 1)]
    return scenario(children, gestori=[early_provider(**more)])


def test_cost_of_a_fascia_by_component() -> None:
    """Two educators for an hour and a half are 80.25 EUR a day at 26.75: 1,765.50 EUR in 22 days."""
    (view,) = views(early_case(), {"B1": ["anticipo"]})
    part = view.parti[1]
    # 66 h: x 26.75 = 1,765.50; x 26.75 x 0.09 = 158.895; x 0.44 x 21 = 609.84; 66 x 41.47 = 2,737.02, so
    # that overheads are 202.785. The base hours come before it with 352 h: whole cents
    # (352 x 26.75 x 0.09 = 847.44), so the running total rounds 158.895 up and 202.785 down.
    assert part.costi == {
        "educatrici": 176_550,
        "non_frontali": 15_890,
        "ausiliarie": 60_984,
        "generali": 20_278,
        "costo_fisso": 10_000,
    }
    assert sum(part.costi.values()) == 66 * HOUR_CENTS + 10_000


def test_margin_is_revenue_less_additional_cost() -> None:
    """A place 400 and a fascia 60 EUR against 2 educators for 9.5 hours a day and 100 EUR fixed."""
    (view,) = views(early_case(), {"B1": ["anticipo"]})
    # 2 x 22 x 9.5 = 418 h x 41.47 = 17,334.46; + 100 = 17,434.46; 460.00 - 17,434.46 = -16,974.46
    assert (view.ricavo_cent, view.costo_cent, view.margine_cent) == (46_000, 1_743_446, -1_697_446)
    assert view.ricavi == {"posto": 40_000, "fascia": 6_000}
    assert [part.ricavi for part in view.parti] == [{"posto": 40_000}, {"fascia": 6_000}]


def test_existing_service_leaves_only_what_is_added() -> None:
    """Beside eight older children the base hours cost nothing more: the margin of the place is its price."""
    (view,) = views(early_case(esistenti={"grandi": 8}), {"B1": []})
    assert (view.costi, view.margine_cent) == ({}, 40_000)
    assert view.parti[0].costi == {}


def test_what_a_package_brings_and_costs() -> None:
    """Without the child who comes early the fascia closes; without the other the base hours stay."""
    plain = early_case(2)
    (view,) = views(plain, {"B1": ["anticipo"], "B2": []})
    alone, early = view.pacchetti
    assert (alone.fasce, early.fasce) == ((), ("anticipo",))
    # Two educators serve both in the base hours; each child's place is 400 EUR a month.
    assert (alone.costo_evitabile_cent, alone.ricavo_evitabile_cent) == (0, 40_000)
    # 66 h x 41.47 + 100 = 2,837.02
    assert (early.costo_evitabile_cent, early.ricavo_evitabile_cent) == (283_702, 46_000)


def test_a_shared_place_is_not_avoidable() -> None:
    """Two children of one company who are never there together use one place: neither alone frees it."""
    children = [bambino("B1", "08:00-11:00"), bambino("B2", "12:00-15:00")]
    plain = scenario(children, gestori=[early_provider()])
    rows = {"B1": [], "B2": []}
    (view,) = views(plain, rows)
    assert view.ricavi == {"posto": 40_000}


def test_curve_of_a_package_has_its_base_hours() -> None:
    """Place and fascia of one child: 418 h of two educators and 100 EUR against 460 EUR."""
    (view,) = views(early_case(), {"B1": ["anticipo"]})
    (package,) = view.pacchetti
    point = package.curva.punti[1]
    assert (point.costo_cent, point.ricavo_cent) == (1_743_446, 46_000)
    assert view.curva == package.curva
    # 10 places at 460 EUR are 4,600 EUR.
    assert (package.curva.minimo, package.curva.motivo) == (None, "sempre_in_perdita")
    assert package.curva_sicura.punti[1] == point


def test_season_curve_keeps_the_mix_of_the_plan() -> None:
    """Of three children two come early: of 3 children 2 do, of 6 children 4."""
    (view,) = views(early_case(3), {"B1": ["anticipo"], "B2": ["anticipo"], "B3": []})
    incomes = {point.bambini: point.ricavo_cent for point in view.curva_sicura.punti}
    # 3 x 400 + 2 x 60 and 6 x 400 + 4 x 60; one child is of the larger group.
    assert (incomes[3], incomes[6], incomes[1]) == (132_000, 264_000, 46_000)


def test_hours_of_a_tagesmutter_are_divided_between_base_hours_and_fascia() -> None:
    """22 days of 3 + 1 hours: cost 8.10 and price 9.00 EUR an hour, 534.60 + 178.20 against 594 + 198."""
    home = gestore(
        tipo="tagesmutter",
        posti=3,
        costi={},
        prezzi={"ora_bambino": 9},
        fasce=[fascia("sera", "16:00-18:00")],
    )
    (view,) = views(scenario([bambino("B1", "13:00-17:00")], gestori=[home]), {"B1": ["sera"]})
    assert [part.costi for part in view.parti] == [{"ore_bambino": 53_460}, {"ore_bambino": 17_820}]
    assert [part.ricavi for part in view.parti] == [{"ora": 59_400}, {"ora": 19_800}]
    # Every hour earns 0.90 EUR: one child is enough, and no number loses.
    assert (view.curva.minimo, view.curva_sicura.minimo) == (1, 1)


def test_without_the_ratio_no_break_even() -> None:
    """With the rule off the staff is not counted, and the curves say so."""
    plain = scenario(
        [bambino("B1", "06:30-13:00")],
        gestori=[early_provider()],
        regole={"attivazione": {"soglia": 1}, "rapporto": {"attiva": False}},
    )
    (view,) = views(plain, {"B1": ["anticipo"]})
    owners = (view, view.pacchetti[0], view.parti[1])
    curves = [curve for one in owners for curve in (one.curva, one.curva_sicura)]
    assert {one.motivo for one in curves if one} == {"personale_non_contato"}


def test_reserved_places_that_stay_empty_are_revenue() -> None:
    """Four places at least, one used: three empty at half the price, 600 EUR."""
    plain = early_case(posti_minimi_accordo=4, vuoto_per_pieno="0.5")
    (view,) = views(plain, {"B1": []})
    assert view.ricavi == {"posto": 40_000, "vuoto": 60_000}


def test_two_companies_have_one_view() -> None:
    """The view is the provider's: agreements of all companies together."""
    children = [bambino("B1"), bambino("B2", azienda="beta")]
    plain = scenario(children, gestori=[early_provider()], aziende=[azienda("alfa"), azienda("beta")])
    (view,) = views(plain, {"B1": [], "B2": []})
    assert (view.bambini, view.ricavi) == (2, {"posto": 80_000})


@pytest.mark.parametrize(
    "row",
    [
        SavedRow("B9", "autunno", "uno", ()),
        SavedRow("B1", "inverno", "uno", ()),
        SavedRow("B1", "autunno", "due", ()),
        SavedRow("B1", "autunno", "uno", ("sera",)),
    ],
)
def test_a_row_of_another_plan_is_refused(row: SavedRow) -> None:
    """A child, season, provider or fascia that the scenario does not have is no plan of it."""
    with pytest.raises(ValueError):
        provider_view(early_case(), {}, [row])


def test_a_request_served_twice_is_refused() -> None:
    """The same row twice would count a child twice."""
    row = SavedRow("B1", "autunno", "uno", ())
    with pytest.raises(ValueError):
        provider_view(early_case(), {}, [row, row])


def test_nobody_served_is_no_view() -> None:
    """A plan without children has no provider to look at."""
    assert provider_view(early_case(), {}, []) == ()


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    # 33.33 -> 33; 66.67 -> 67; 100
    [(100, [1, 1, 1], [33, 34, 33]), (7, [0, 0], [7, 0]), (5, [3], [5]), (0, [1, 2], [0, 0]), (9, [], [])],
)
def test_cents_divided_by_running_totals(total: int, weights: list[int], expected: list[int]) -> None:
    """The parts sum to the whole, each within a cent of its share."""
    assert spread(total, weights) == expected

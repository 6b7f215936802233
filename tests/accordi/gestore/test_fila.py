"""The curve through the plan, by hand; October 2026 has 22 days from Monday to Friday."""

from typing import Any

import pytest
from casi_verifica import HOUR_CENTS, azienda, bambino, fascia, gestore, scenario

from nido.accordi.gestore.curva import Punto
from nido.accordi.gestore.margine import VistaGestore, provider_view
from nido.matching.replay import SavedRow


def view_of(
    children: list[dict[str, Any]], *order: str, fasce: tuple[str, ...] = (), **more: Any
) -> VistaGestore:
    """View some children at a nido with 10 places and 18 older children of its own."""
    early = fascia("anticipo", "06:30-08:00", prezzo_mese=420)
    provider = gestore(**{"fasce": [early], "esistenti": {"grandi": 18}, **more})
    given = scenario(children, gestori=[provider], aziende=[azienda("alfa"), azienda("beta")])
    rows = [SavedRow(child["id"], "autunno", "uno", fasce) for child in children]
    (view,) = provider_view(given, {}, rows, order)
    return view


def test_children_enter_in_the_order_of_applications() -> None:
    """One more older child asks for a third educator while it is there, beside 18 who have two.

    B1 stays 3 hours a day and B2 4: 66 and 88 h; together from 09:00 to 15:00, 132 h. At 2,000 EUR a place:
    one place for one, two for both since they meet at 11:00. The third is a copy of the first.
    """
    children = [bambino("B1", "09:00-12:00"), bambino("B2", "11:00-15:00")]
    prices = {"prezzi": {"posto_mese": 2_000}}
    first, second = view_of(children, "B1", "B2", **prices), view_of(children, "B2", "B1", **prices)
    assert first.curva.punti[:4] == (
        Punto(0, 0, 0),
        Punto(1, 66 * HOUR_CENTS, 200_000),
        Punto(2, 132 * HOUR_CENTS, 400_000),
        Punto(3, 132 * HOUR_CENTS, 600_000),
    )
    assert second.curva.punti[1] == Punto(1, 88 * HOUR_CENTS, 200_000)
    # 2,000.00 - 2,737.02; 4,000.00 - 5,474.04; 6,000.00 - 5,474.04 = 525.96. With ten, 28 older children
    # meet at 11:00 and need four educators for an hour: 154 h, 6,386.38 against 20,000.00.
    assert first.curva.minimo == 3
    assert first.curva.punti[10] == Punto(10, 154 * HOUR_CENTS, 2_000_000)
    assert first.curva.piano == Punto(2, first.costo_cent, first.ricavo_cent)


def test_copies_of_children_who_share_a_place() -> None:
    """B1 leaves before B2 comes: one place for both, half its price each. A copy of B1 takes another."""
    children = [bambino("B1", "09:00-11:00"), bambino("B2", "12:00-14:00", azienda="beta")]
    view = view_of(children, "B1", "B2", prezzi={"posto_mese": 400}, posti_minimi_accordo=0)
    assert [point.ricavo_cent for point in view.curva.punti[:5]] == [0, 40_000, 80_000, 120_000, 160_000]
    shared = scenario(
        children,
        gestori=[gestore(esistenti={"grandi": 18}, prezzi={"posto_mese": 400})],
        aziende=[azienda("alfa"), azienda("beta")],
        regole={"attivazione": {"soglia": 1}, "posti_riservati": {"condivisione_tra_aziende": True}},
    )
    rows = [SavedRow(name, "autunno", "uno", ()) for name in ("B1", "B2")]
    (view,) = provider_view(shared, {}, rows, ("B1", "B2"))
    # Together 1, 1, 2, 2 places: with three, alfa 2 and beta 1 of them would be three alone.
    assert [point.ricavo_cent for point in view.curva.punti[:5]] == [0, 40_000, 40_000, 80_000, 80_000]


def test_a_fascia_with_children_of_the_plan() -> None:
    """Three older children: two educators up to 18 of them, 66 h; 7 x 420 = 2,940 pay 2,737.02."""
    children = [bambino(f"B{number}", "06:30-13:00") for number in range(1, 4)]
    view = view_of(children, fasce=("anticipo",), esistenti={})
    fascia_part = view.parti[1]
    assert fascia_part.curva is not None
    assert fascia_part.curva_sicura is not None
    assert [fascia_part.curva.punti[n].margine_cent for n in (3, 6, 7, 10)] == [
        126_000 - 273_702,
        252_000 - 273_702,
        294_000 - 273_702,
        420_000 - 273_702,
    ]
    assert (fascia_part.curva.minimo, fascia_part.curva_sicura.minimo) == (7, 10)
    assert fascia_part.curva.piano == Punto(3, 273_702, 126_000)


def test_a_package_beside_the_others() -> None:
    """Two children have two educators anyway: the early one adds 66 h and its prices; nine fit beside B2."""
    children = [bambino("B1", "06:30-13:00"), bambino("B2")]
    early = fascia("anticipo", "06:30-08:00", prezzo_mese=60, costo_fisso=100)
    given = scenario(children, gestori=[gestore(fasce=[early], prezzi={"posto_mese": 400})])
    rows = [SavedRow("B1", "autunno", "uno", ("anticipo",)), SavedRow("B2", "autunno", "uno", ())]
    (view,) = provider_view(given, {}, rows)
    curve = view.pacchetti[1].curva
    # 66 h x 41.47 + 100.00 = 2,837.02, for each number up to nine older children; 460.00 each.
    assert curve.punti[:3] == (Punto(0, 0, 0), Punto(1, 283_702, 46_000), Punto(2, 283_702, 92_000))
    assert (len(curve.punti), curve.minimo) == (10, 7)


@pytest.mark.parametrize(("places", "last"), [(1, 2), (5, 5)])
def test_the_curve_reaches_the_plan_also_beyond_the_places(places: int, last: int) -> None:
    """Two children who share one place: the curve goes to two."""
    children = [bambino("B1", "09:00-11:00"), bambino("B2", "12:00-14:00")]
    view = view_of(children, posti=places, prezzi={"posto_mese": 400})
    assert view.curva.punti[-1].bambini == last
    assert view.curva.piano == Punto(2, view.costo_cent, view.ricavo_cent)

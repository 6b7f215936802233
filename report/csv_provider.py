"""The provider's view as Italian CSV."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nido.accordi.gestore.curva import Curva
from nido.accordi.gestore.margine import VistaGestore
from nido.report.csv_it import sheet

MARGINS = (
    *("gestore", "stagione", "voce", "fasce", "posti", "bambini"),
    *("costo_cent", "ricavo_cent", "margine_cent"),
    *("pareggio", "minimo_sicuro", "pareggio_oltre_i_posti", "motivo"),
)
COMPONENTS = ("gestore", "stagione", "parte", "conto", "componente", "importo_cent")
CURVES = ("gestore", "stagione", "voce", "fasce", "bambini", "costo_cent", "ricavo_cent", "margine_cent")

Row = Mapping[str, Any]


def provider_tables(views: Sequence[VistaGestore], *, synthetic: bool) -> dict[str, bytes]:
    """Write the view as tables.

    Returns
    -------
    dict[str, bytes]
        ``margini.csv`` (a row for each season, fascia and package), ``componenti.csv`` (every component of
        cost and revenue) and ``curve.csv`` (a row for each number of children).
    """
    return {
        "margini.csv": sheet(MARGINS, list(_margins(views)), synthetic=synthetic),
        "componenti.csv": sheet(COMPONENTS, list(_components(views)), synthetic=synthetic),
        "curve.csv": sheet(CURVES, list(_points(views)), synthetic=synthetic),
    }


def _things(view: VistaGestore) -> Iterator[tuple[str, Sequence[str], int, int, int, Curva]]:
    """Give season, fasce and packages: kind, fasce, children, cost, revenue, curve."""
    yield "stagione", (), view.bambini, view.costo_cent, view.ricavo_cent, view.curva
    for part in view.parti:
        if part.curva is not None:
            cost, income = sum(part.costi.values()), sum(part.ricavi.values())
            yield "fascia", (part.parte,), part.bambini, cost, income, part.curva
    for one in view.pacchetti:
        cost, income = one.costo_evitabile_cent, one.ricavo_evitabile_cent
        yield "pacchetto", one.fasce, one.bambini, cost, income, one.curva


def _margins(views: Sequence[VistaGestore]) -> Iterator[Row]:
    for view in views:
        for kind, booked, children, cost, income, curve in _things(view):
            yield {
                "gestore": view.gestore,
                "stagione": view.stagione,
                "voce": kind,
                "fasce": booked,
                "posti": view.posti,
                "bambini": children,
                "costo_cent": cost,
                "ricavo_cent": income,
                "margine_cent": income - cost,
                "pareggio": curve.pareggio,
                "minimo_sicuro": curve.minimo_sicuro,
                "pareggio_oltre_i_posti": curve.pareggio_oltre_i_posti,
                "motivo": curve.motivo,
            }


def _components(views: Sequence[VistaGestore]) -> Iterator[Row]:
    for view in views:
        for part in view.parti:
            accounts: tuple[tuple[str, Mapping[Any, int]], ...] = (
                ("costo", part.costi),
                ("ricavo", part.ricavi),
            )
            for conto, amounts in accounts:
                for component, cents in amounts.items():
                    yield {
                        "gestore": view.gestore,
                        "stagione": view.stagione,
                        "parte": part.parte,
                        "conto": conto,
                        "componente": component,
                        "importo_cent": cents,
                    }


def _points(views: Sequence[VistaGestore]) -> Iterator[Row]:
    for view in views:
        for kind, booked, *_, curve in _things(view):
            for point in curve.punti:
                yield {
                    "gestore": view.gestore,
                    "stagione": view.stagione,
                    "voce": kind,
                    "fasce": booked,
                    "bambini": point.bambini,
                    "costo_cent": point.costo_cent,
                    "ricavo_cent": point.ricavo_cent,
                    "margine_cent": point.margine_cent,
                }

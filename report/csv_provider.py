"""The provider's view as Italian CSV."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nido.accordi.gestore.curva import Punto
from nido.accordi.gestore.margine import VistaGestore
from nido.report.csv_it import sheet
from nido.report.provider_things import things

MARGINS = (
    *("gestore", "stagione", "voce", "fasce", "posti", "bambini"),
    *("costo_cent", "ricavo_cent", "margine_cent"),
    *("pareggio", "pareggio_motivo"),
    *("minimo_sicuro", "minimo_sicuro_motivo", "minimo_sicuro_oltre_i_posti"),
    *("costo_sicuro_cent", "ricavo_sicuro_cent", "margine_sicuro_cent"),
)
COMPONENTS = ("gestore", "stagione", "parte", "conto", "componente", "importo_cent")
CURVES = (
    *("gestore", "stagione", "voce", "fasce", "curva", "bambini"),
    *("costo_cent", "ricavo_cent", "margine_cent"),
)

Row = Mapping[str, Any]


def provider_tables(views: Sequence[VistaGestore], *, synthetic: bool) -> dict[str, bytes]:
    """Write the view as tables.

    Returns
    -------
    dict[str, bytes]
        ``margini.csv`` (a row for each season, fascia and package; ``*_sicuro`` is what the plan's children
        would be at the ages that ask for most staff), ``componenti.csv`` (components of cost and revenue)
        and ``curve.csv`` (a row for each number of children of each curve: ``piano`` or ``sicura``).
    """
    return {
        "margini.csv": sheet(MARGINS, list(_margins(views)), synthetic=synthetic),
        "componenti.csv": sheet(COMPONENTS, list(_components(views)), synthetic=synthetic),
        "curve.csv": sheet(CURVES, list(_points(views)), synthetic=synthetic),
    }


def _margins(views: Sequence[VistaGestore]) -> Iterator[Row]:
    for view in views:
        for one in things(view):
            yield {
                "gestore": view.gestore,
                "stagione": view.stagione,
                "voce": one.voce,
                "fasce": one.fasce,
                "posti": view.posti,
                "bambini": one.children,
                "costo_cent": one.cost,
                "ricavo_cent": one.income,
                "margine_cent": one.income - one.cost,
                "pareggio": one.curve.minimo,
                "pareggio_motivo": one.curve.motivo,
                "minimo_sicuro": one.safe.minimo,
                "minimo_sicuro_motivo": one.safe.motivo,
                "minimo_sicuro_oltre_i_posti": one.safe.oltre_i_posti,
                **_safe(one.safe.piano),
            }


def _safe(point: Punto | None) -> Row:
    names = ("costo_sicuro_cent", "ricavo_sicuro_cent", "margine_sicuro_cent")
    if point is None:
        return dict.fromkeys(names)
    return dict(zip(names, (point.costo_cent, point.ricavo_cent, point.margine_cent), strict=True))


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
        for one in things(view):
            for name, curve in (("piano", one.curve), ("sicura", one.safe)):
                for point in curve.punti:
                    yield {
                        "gestore": view.gestore,
                        "stagione": view.stagione,
                        "voce": one.voce,
                        "fasce": one.fasce,
                        "curva": name,
                        "bambini": point.bambini,
                        "costo_cent": point.costo_cent,
                        "ricavo_cent": point.ricavo_cent,
                        "margine_cent": point.margine_cent,
                    }

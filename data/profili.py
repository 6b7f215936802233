"""Regional rule profiles: ratios per age band, hours, capacity, as read from the table `profili`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Literal, cast

from nido.data.lingua import text
from nido.data.row import DataError, Voce
from nido.data.tabelle import unknown, voce, voci

Base = Literal["presenti", "iscritti"]
Arrotondamento = Literal["per_banda", "somma_mista"]

TIPI_GESTORE = ("nido", "micronido", "tagesmutter")


@dataclass(frozen=True, slots=True)
class Banda:
    """An age band and its educator ratio.

    Attributes
    ----------
    id
        Name of the band, for example ``piccoli``.
    da_mesi, a_mesi
        Age in completed months: ``da_mesi`` included, ``a_mesi`` excluded.
    bambini_per_educatore
        Children that one educator may look after.
    """

    id: str
    da_mesi: int
    a_mesi: int
    bambini_per_educatore: int


@dataclass(frozen=True, slots=True)
class Profilo:
    """The rules of one region or province.

    Attributes
    ----------
    id
        Name of the profile, for example ``trentino``.
    bande
        Age bands, youngest first, with neither gaps nor overlaps.
    ratio_base
        Children on which the ratio is computed: those present or those enrolled.
    arrotondamento_gruppi
        Whole educators for each band, or for the sum over the bands.
    copresenza_minima
        Adults present together whenever the site is open.
    ore_massime_bambino, ore_massime_sede
        Hours a day of one child, and of one open site.
    sovraiscrizione_percento
        Children that may be enrolled beyond the places, percent of the places.
    capienza_base
        Children on which the capacity is counted.
    capienza_massima
        Children at once, by kind of service; a kind with no known limit is absent.
    eta_minima_mesi, eta_massima_mesi
        Age in completed months: minimum included, maximum excluded.
    chiavi
        Field -> key of the row that backs it, so that a run can list its assumed figures.
    """

    id: str
    bande: tuple[Banda, ...]
    ratio_base: Base
    arrotondamento_gruppi: Arrotondamento
    copresenza_minima: int
    ore_massime_bambino: Decimal
    ore_massime_sede: Decimal
    sovraiscrizione_percento: Decimal
    capienza_base: Base
    capienza_massima: Mapping[str, int]
    eta_minima_mesi: int
    eta_massima_mesi: int
    chiavi: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "capienza_massima", MappingProxyType(dict(self.capienza_massima)))
        object.__setattr__(self, "chiavi", MappingProxyType(dict(self.chiavi)))

    def __reduce__(self) -> tuple[type["Profilo"], tuple[object, ...]]:
        # A read-only mapping cannot be pickled, and the profile travels to the solver's child process.
        values = (getattr(self, field.name) for field in fields(self))
        return (Profilo, tuple(dict(value) if isinstance(value, Mapping) else value for value in values))


# Field -> end of the key; the key starts with the name of the profile.
FIELDS: Mapping[str, str] = {
    "ratio_base": "rapporto.base",
    "arrotondamento_gruppi": "rapporto.arrotondamento_gruppi",
    "copresenza_minima": "rapporto.copresenza_minima",
    "ore_massime_bambino": "orario.ore_massime_bambino",
    "ore_massime_sede": "orario.ore_massime_sede",
    "sovraiscrizione_percento": "capienza.sovraiscrizione_percento",
    "capienza_base": "capienza.base",
    "eta_minima_mesi": "eta.minima_mesi",
    "eta_massima_mesi": "eta.massima_mesi",
}

BAND_PARTS = ("da_mesi", "a_mesi", "bambini_per_educatore")


def _choice(row: Voce, allowed: tuple[str, ...]) -> str:
    if row.valore not in allowed:
        choices = ", ".join(allowed)
        message = text(
            "{chiave}: {valore}, atteso uno fra {choices}",
            "{chiave}: {valore}, expected one of {choices}",
            chiave=row.chiave,
            valore=row.valore,
            choices=choices,
        )
        raise DataError(message)
    return row.valore


def _whole(row: Voce) -> int:
    if row.numero != row.numero.to_integral_value():
        message = text("{chiave}: atteso un intero", "{chiave}: expected an integer", chiave=row.chiave)
        raise DataError(message)
    return int(row.numero)


def _bande(id: str) -> tuple[Banda, ...]:
    prefix = f"{id}.banda."
    keys = [row.chiave.removeprefix(prefix) for row in voci("profili") if row.chiave.startswith(prefix)]
    names = dict.fromkeys(key.split(".")[0] for key in keys)

    def whole(name: str, field: str) -> int:
        return _whole(voce(f"{prefix}{name}.{field}"))

    bande = [Banda(name, *(whole(name, part) for part in BAND_PARTS)) for name in names]
    return tuple(sorted(bande, key=lambda banda: banda.da_mesi))


def check_bande(id: str, bande: tuple[Banda, ...], eta_minima_mesi: int, eta_massima_mesi: int) -> None:
    """Refuse bands that leave an age without a ratio or give it two.

    Raises
    ------
    DataError
        If the bands do not cover the ages from minimum to maximum exactly once, or a ratio is below 1.
    """
    edges = [eta_minima_mesi, *(banda.a_mesi for banda in bande)]
    starts = [*(banda.da_mesi for banda in bande), eta_massima_mesi]
    whole_ratios = all(banda.bambini_per_educatore >= 1 for banda in bande)
    if edges != starts or edges != sorted(set(edges)) or not whole_ratios:
        message = text(
            "{id}: le bande non coprono una volta sola le età da {low} a {high} mesi",
            "{id}: the bands do not cover the ages from {low} to {high} months exactly once",
            id=id,
            low=eta_minima_mesi,
            high=eta_massima_mesi,
        )
        raise DataError(message)


def _capienza_keys(id: str) -> dict[str, str]:
    known = {row.chiave for row in voci("profili")}
    keys = {tipo: f"{id}.capienza.massima.{tipo}" for tipo in TIPI_GESTORE}
    return {tipo: key for tipo, key in keys.items() if key in known}


def profili() -> tuple[str, ...]:
    """Names of the profiles, in the order of the table."""
    return tuple(dict.fromkeys(row.chiave.split(".")[0] for row in voci("profili")))


@cache
def profilo(id: str) -> Profilo:
    """Read one profile.

    Parameters
    ----------
    id
        Name of the profile (see `profili`).

    Raises
    ------
    DataError
        If there is no such profile, or a row of it is missing or wrong.
    """
    if id not in profili():
        raise DataError(unknown(text("profilo", "profile"), id, profili()))
    rows = {field: voce(f"{id}.{end}") for field, end in FIELDS.items()}
    capienza_keys = _capienza_keys(id)
    bande = _bande(id)
    chiavi = {field: row.chiave for field, row in rows.items()}
    for banda in bande:
        chiavi |= {f"bande.{banda.id}.{part}": f"{id}.banda.{banda.id}.{part}" for part in BAND_PARTS}
    chiavi |= {f"capienza_massima.{tipo}": key for tipo, key in capienza_keys.items()}
    eta_minima, eta_massima = _whole(rows["eta_minima_mesi"]), _whole(rows["eta_massima_mesi"])
    check_bande(id, bande, eta_minima, eta_massima)
    bases = ("presenti", "iscritti")
    return Profilo(
        id=id,
        bande=bande,
        ratio_base=cast(Base, _choice(rows["ratio_base"], bases)),
        arrotondamento_gruppi=cast(
            Arrotondamento, _choice(rows["arrotondamento_gruppi"], ("per_banda", "somma_mista"))
        ),
        copresenza_minima=_whole(rows["copresenza_minima"]),
        ore_massime_bambino=rows["ore_massime_bambino"].numero,
        ore_massime_sede=rows["ore_massime_sede"].numero,
        sovraiscrizione_percento=rows["sovraiscrizione_percento"].numero,
        capienza_base=cast(Base, _choice(rows["capienza_base"], bases)),
        capienza_massima={tipo: _whole(voce(key)) for tipo, key in capienza_keys.items()},
        eta_minima_mesi=eta_minima,
        eta_massima_mesi=eta_massima,
        chiavi=chiavi,
    )

"""The unverified figures on which a run rests: rows of the tables, and what the scenario itself assumes."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from nido.accordi.inps import bonus_keys
from nido.accordi.ipotesi.assumed import ASSUMED, VERIFIED, Ipotesi, from_scenario, from_table
from nido.accordi.ipotesi.scenario import scenario_figures
from nido.data import Voce, voce, voci
from nido.data.comuni import comune
from nido.data.lingua import text
from nido.data.profili import profilo
from nido.scenari.offerta import Gestore
from nido.scenari.payer_rows import payer_keys, present_days, vat_keys
from nido.scenari.schema import Scenario

__all__ = ["Ipotesi", "assumptions"]

STAFF_KEYS = (
    "costi.ore_non_frontali.fattore",
    "costi.ausiliari_per_educatore",
    "costi.ausiliario.ora",
    "costi.generali.percento",
)

SCHOOL_KEYS = ("calendario.infanzia.ingresso", "calendario.infanzia.anni", "calendario.infanzia.nati_entro")

# Field of the scenario -> unit and row of the tables from which its default comes.
TRAVEL_FIELDS: Mapping[str, tuple[str, str]] = {
    "velocita_km_h": ("km/h", "spostamenti.velocita"),
    "fattore_strada": ("rapporto", "spostamenti.fattore_deviazione"),
    "minuti_fissi": ("minuti", "spostamenti.minuti_fissi"),
}

# Field of the profile (or its first part) -> whether the scenario uses it; a field not listed here is used.
PROFILE_USE: Mapping[str, Callable[[Scenario], bool]] = {
    "ratio_base": lambda s: s.regole.rapporto.attiva and s.regole.rapporto.base is None,
    "arrotondamento_gruppi": lambda s: s.regole.rapporto.attiva and s.regole.rapporto.arrotondamento is None,
    "copresenza_minima": lambda s: s.regole.rapporto.attiva and s.regole.rapporto.copresenza is None,
    "ore_massime_bambino": lambda s: s.regole.ore_bambino.attiva and s.regole.ore_bambino.massimo_ore is None,
    "ore_massime_sede": lambda s: s.regole.ore_sede.attiva and s.regole.ore_sede.massimo_ore is None,
    "sovraiscrizione_percento": lambda s: (
        s.regole.capienza.attiva and any(gestore.capienza is not None for gestore in s.gestori)
    ),
    "capienza_base": lambda s: s.regole.capienza.attiva and s.regole.capienza.base is None,
}


def assumptions(scenario: Scenario) -> tuple[Ipotesi, ...]:
    """List every figure that is not ``verificato`` and on which the run rests.

    Rows of the tables that the scenario replaces with its own figure, or whose rule is off, are left out.
    Nothing depends on the single children: the points of the municipalities are one row without names, and
    the rows of the INPS bonus are all that may apply.

    Parameters
    ----------
    scenario
        The scenario.

    Returns
    -------
    tuple[Ipotesi, ...]
        Profile, costs, calendar, INPS, travel, rules, payers, companies, providers, what children were
        drawn from; each key once.

    Raises
    ------
    DataError
        If the tables lack a row for the first day of the horizon.
    """
    start = scenario.stagioni[0].inizio
    rows = [
        *_profile_rows(scenario),
        *(voce(key, start) for key in _cost_keys(scenario)),
        *_calendar_rows(scenario),
        *_rows_at(SCHOOL_KEYS, scenario.stagioni[-1].fine),
        *_inps_rows(scenario),
        *_payer_rows(scenario),
    ]
    found = [from_table(row) for row in rows if row.stato != VERIFIED]
    found += [*_travel(scenario), *_points(scenario), *scenario_figures(scenario)]
    return tuple({row.chiave: row for row in found}.values())


def _profile_rows(scenario: Scenario) -> Iterator[Voce]:
    kinds = {gestore.tipo for gestore in scenario.gestori}
    for field, key in profilo(scenario.profilo).chiavi.items():
        group, _, kind = field.partition(".")
        wanted = PROFILE_USE.get(group)
        if wanted is not None and not wanted(scenario):
            continue
        if group == "capienza_massima" and kind not in kinds:
            continue
        yield voce(key)


def _cost_keys(scenario: Scenario) -> list[str]:
    keys: list[str] = []
    by_staff = [gestore for gestore in scenario.gestori if not _by_child_hour(gestore)]
    if any(gestore.costi.ora_educatrice is None for gestore in by_staff):
        keys.append("costi.educatore.ora")
    if by_staff:
        keys += STAFF_KEYS
    if any(_by_child_hour(gestore) and gestore.costi.ora_bambino is None for gestore in scenario.gestori):
        keys.append("costi.tagesmutter.ora")
    if any(
        gestore.costi.pasto_giorno is None and gestore.tipo != "tagesmutter" for gestore in scenario.gestori
    ):
        keys.append("costi.pasto")
    return keys


def _by_child_hour(gestore: Gestore) -> bool:
    return gestore.costi.ora_bambino is not None or gestore.tipo == "tagesmutter"


def _calendar_rows(scenario: Scenario) -> list[Voce]:
    prefixes: list[str] = []
    if scenario.calendario.festivita:
        prefixes += ["calendario.festa.", "calendario.festa_mobile."]
    if scenario.calendario.patrono is not None:
        name = comune(scenario.calendario.patrono).nome
        patrons = [row for row in voci("calendario") if row.chiave.startswith("calendario.patrono.")]
        prefixes += [
            row.chiave.removesuffix("comune")
            for row in patrons
            if row.chiave.endswith(".comune") and row.valore == name
        ]
    return [row for row in voci("calendario") if row.chiave.startswith(tuple(prefixes))]


def _inps_rows(scenario: Scenario) -> Iterator[Voce]:
    if any(payer.modo == "inps" and "posto" in payer.voci for payer in scenario.pagatori):
        for season in scenario.stagioni:
            yield from _rows_at(bonus_keys(), season.inizio)


def _payer_rows(scenario: Scenario) -> Iterator[Voce]:
    for payer in scenario.pagatori:
        for day in present_days(payer, scenario.stagioni):
            yield from _rows_at(payer_keys(scenario, payer), day)
    for season in scenario.stagioni:
        yield from _rows_at(vat_keys(scenario), season.inizio)


def _rows_at(keys: tuple[str, ...], day: date) -> list[Voce]:
    return [voce(key, day) for key in keys]


def _travel(scenario: Scenario) -> Iterator[Ipotesi]:
    note = _matrix_note(scenario)
    for field, (unit, row) in TRAVEL_FIELDS.items():
        value = Decimal(getattr(scenario.viaggio, field))
        yield from from_scenario(f"viaggio.{field}", value, unit, row, note)


def _matrix_note(scenario: Scenario) -> str:
    if not scenario.viaggio.matrice and scenario.viaggio.matrice_csv is None:
        return ""
    return text("solo per le coppie fuori dalla matrice", "only for the pairs outside the matrix")


def _points(scenario: Scenario) -> Iterator[Ipotesi]:
    """One row for all the municipalities whose point stands for an address, without naming them."""
    names = [child.comune for child in scenario.bambini if child.casa is None]
    names += [gestore.comune for gestore in scenario.gestori if gestore.posizione is None]
    places = [azienda.sede for azienda in scenario.aziende]
    places += [adult.sede for child in scenario.bambini for adult in child.adulti if adult.sede is not None]
    places += [child.casa for child in scenario.bambini if child.casa is not None]
    places += [gestore.posizione for gestore in scenario.gestori if gestore.posizione is not None]
    names += [place.comune for place in places if place.comune is not None]
    used = {comune(name).nome: comune(name) for name in names}
    unsure = [used[name] for name in sorted(used) if used[name].stato != VERIFIED]
    if unsure:
        note = text(
            "il punto del comune sta per l'indirizzo", "the municipality's point stands for the address"
        )
        sources = "; ".join(dict.fromkeys(place.fonte for place in unsure))
        weakest = ASSUMED if any(place.stato == ASSUMED for place in unsure) else unsure[0].stato
        yield Ipotesi("comuni", str(len(unsure)), "comuni", sources, weakest, note)

"""The unverified figures on which a scenario rests, listed again (docs/modello.md, section 15)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nido.data import Voce, voce, voci
from nido.data.comuni import Comune, comune
from nido.data.lingua import text
from nido.matching.verifica.caso import Case
from nido.matching.verifica.costi import paid_by_child_hour
from nido.matching.verifica.forma import Table
from nido.matching.verifica.ipotesi_accordo import framework_figures
from nido.matching.verifica.ipotesi_pagatori import payer_figures
from nido.matching.verifica.ipotesi_scenario import ROWS, SUPPOSED, SURE, Figure, compared, scenario_figures
from nido.matching.verifica.violazione import Violation
from nido.scenari.schema import Scenario

NAME = "ipotesi"

# End of a profile's key -> whether the scenario leaves it in force; the bands and the ages always are.
IN_FORCE: Mapping[str, Callable[[Scenario], bool]] = {
    "rapporto.base": lambda s: s.regole.rapporto.attiva and s.regole.rapporto.base is None,
    "rapporto.arrotondamento_gruppi": lambda s: (
        s.regole.rapporto.attiva and s.regole.rapporto.arrotondamento is None
    ),
    "rapporto.copresenza_minima": lambda s: s.regole.rapporto.attiva and s.regole.rapporto.copresenza is None,
    "orario.ore_massime_bambino": lambda s: (
        s.regole.ore_bambino.attiva and s.regole.ore_bambino.massimo_ore is None
    ),
    "orario.ore_massime_sede": lambda s: s.regole.ore_sede.attiva and s.regole.ore_sede.massimo_ore is None,
    "capienza.sovraiscrizione_percento": lambda s: (
        s.regole.capienza.attiva and not all(provider.capienza is None for provider in s.gestori)
    ),
    "capienza.base": lambda s: s.regole.capienza.attiva and s.regole.capienza.base is None,
    "eta.minima_mesi": lambda s: True,
    "eta.massima_mesi": lambda s: True,
}


def _row(found: Voce) -> Iterator[Figure]:
    if found.stato != SURE:
        yield Figure(found.chiave, found.valore, found.unita, found.fonte, found.stato, found.nota)


def _profile(case: Case) -> Iterator[Figure]:
    prefix, kinds = f"{case.scenario.profilo}.", {provider.tipo for provider in case.gestori.values()}
    keys = dict.fromkeys(row.chiave for row in voci("profili") if row.chiave.startswith(prefix))
    for key in keys:
        end = key.removeprefix(prefix)
        most, _, kind = end.rpartition(".")
        always = end.startswith("banda.") or (most == "capienza.massima" and kind in kinds)
        if always or (end in IN_FORCE and IN_FORCE[end](case.scenario)):
            yield from _row(voce(key))


def _costs(case: Case) -> Iterator[Figure]:
    by_hour = [provider for provider in case.gestori.values() if paid_by_child_hour(case, provider.id)]
    by_staff = [provider for provider in case.gestori.values() if provider not in by_hour]
    wanted = {
        "costi.educatore.ora": any(provider.costi.ora_educatrice is None for provider in by_staff),
        "costi.ore_non_frontali.fattore": bool(by_staff),
        "costi.ausiliari_per_educatore": bool(by_staff),
        "costi.ausiliario.ora": bool(by_staff),
        "costi.generali.percento": bool(by_staff),
        "costi.tagesmutter.ora": any(provider.costi.ora_bambino is None for provider in by_hour),
        "costi.pasto": any(
            provider.costi.pasto_giorno is None
            for provider in case.gestori.values()
            if provider.tipo != "tagesmutter"
        ),
    }
    for key in (key for key, needed in wanted.items() if needed):
        yield from _row(voce(key, case.first_day))


def _calendar(case: Case) -> Iterator[Figure]:
    settings = case.scenario.calendario
    town = None if settings.patrono is None else comune(settings.patrono).nome
    table = voci("calendario")
    patron = "calendario.patrono."
    places = {
        row.chiave.split(".")[2]
        for row in table
        if row.chiave.startswith(patron) and row.chiave.endswith(".comune") and row.valore == town
    }
    for row in table:
        parts = row.chiave.split(".")
        feast = settings.festivita and parts[1] in ("festa", "festa_mobile") and len(parts) > 2
        if feast or (row.chiave.startswith(patron) and parts[2] in places):
            yield from _row(row)


def _bonus(case: Case) -> Iterator[Figure]:
    if not any(payer.modo == "inps" and "posto" in payer.voci for payer in case.scenario.pagatori):
        return
    ends = ["nati_dal", "mensilita"]
    for table, steps in (("nati_dal_2024", ("alto",)), ("nati_prima_2024", ("alto", "medio"))):
        ends += [f"{table}.{name}_{step}" for step in steps for name in ("isee_massimo", "mese")]
        ends.append(f"{table}.mese_base")
    for stagione in case.stagioni.values():
        for end in ends:
            yield from _row(voce(f"inps.bonus.{end}", stagione.inizio))


def _school(case: Case) -> Iterator[Figure]:
    """Rows of the entry to the scuola dell'infanzia, as they are on the last day of the horizon."""
    for end in ("ingresso", "anni", "nati_entro"):
        yield from _row(voce(f"calendario.infanzia.{end}", case.last_day))


def _travel(case: Case) -> Iterator[Figure]:
    for key in (key for key in ROWS if key.startswith("viaggio.")):
        stated = getattr(case.scenario.viaggio, key.removeprefix("viaggio."))
        yield from compared(key, stated, voce(ROWS[key]).unita, ROWS[key], None)


def _towns(case: Case) -> Iterator[Comune]:
    """Municipalities whose point stands for an address, in the order of their names."""
    scenario = case.scenario
    sites = [company.sede for company in scenario.aziende]
    sites += [provider.posizione for provider in scenario.gestori if provider.posizione is not None]
    names = [provider.comune for provider in scenario.gestori if provider.posizione is None]
    for child in scenario.bambini:
        sites += [adult.sede for adult in child.adulti if adult.sede is not None]
        if child.casa is None:
            names.append(child.comune)
        else:
            sites.append(child.casa)
    names += [site.comune for site in sites if site.comune is not None]
    towns = {town.nome: town for town in map(comune, names)}
    return (towns[name] for name in sorted(towns))


def _points(case: Case) -> Iterator[Figure]:
    unsure = [town for town in _towns(case) if town.stato != SURE]
    if unsure:
        sources = "; ".join(dict.fromkeys(town.fonte for town in unsure))
        states = [town.stato for town in unsure]
        state = SUPPOSED if SUPPOSED in states else states[0]
        yield Figure("comuni", str(len(unsure)), "comuni", sources, state, None)


def figures(case: Case) -> Mapping[str, Figure]:
    """List by key every figure that is not verified and on which the scenario rests."""
    parts: Sequence[Callable[[Case], Iterator[Figure]]] = (
        _profile,
        _costs,
        _calendar,
        _school,
        _bonus,
        _travel,
        _points,
        scenario_figures,
        payer_figures,
        framework_figures,
    )
    return {figure.chiave: figure for part in parts for figure in part(case)}


def check_figures(case: Case, table: Iterable[Table]) -> list[Violation]:
    """Check that a document lists exactly these figures, each once and as it is."""
    expected, seen = figures(case), set()
    found: list[Violation] = []
    for row in table:
        key = row["chiave"]
        true = expected.get(key)
        if key in seen:
            found.append(Violation(NAME, key, text("compare due volte", "appears twice")))
        elif true is None:
            sentence = text("cifra da cui nulla dipende", "figure on which nothing rests")
            found.append(Violation(NAME, key, sentence))
        else:
            found += _differing(true, row)
        seen.add(key)
    sentence = text("cifra non verificata taciuta", "unverified figure left out")
    return [*found, *(Violation(NAME, key, sentence) for key in expected if key not in seen)]


def _differing(true: Figure, row: Table) -> list[Violation]:
    wanted = {"valore": true.valore, "unita": true.unita, "fonte": true.fonte, "stato": true.stato}
    if true.nota is not None:
        wanted["nota"] = true.nota
    return [
        Violation(
            NAME,
            f"{true.chiave}/{field}",
            text(
                "scritto {stated}, risulta {true}",
                "states {stated}, is {true}",
                stated=row[field],
                true=value,
            ),
        )
        for field, value in wanted.items()
        if row[field] != value
    ]

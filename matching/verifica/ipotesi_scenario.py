"""The figures of the scenario that no source verifies, listed again (docs/modello.md, section 15)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nido.data import Stato, voce
from nido.matching.verifica.caso import Case
from nido.scenari.named_figures import unit_of
from nido.scenari.schema import Scenario

SURE: Stato = "verificato"
SUPPOSED: Stato = "ipotesi"
FROM_SCENARIO = "scenario"
WORDS = "testo"
MIDNIGHT = 1440

# Key of the scenario -> row of its default; the row may be per cent where the scenario has a share.
ROWS: Mapping[str, str] = {
    "viaggio.velocita_km_h": "spostamenti.velocita",
    "viaggio.fattore_strada": "spostamenti.fattore_deviazione",
    "viaggio.minuti_fissi": "spostamenti.minuti_fissi",
    "domanda.riposo_notte_minuti": "scelte.riposo_notte",
    "regole.idoneita.deviazione_massima_minuti": "scelte.deviazione_massima",
    "regole.orari.copertura_minima": "scelte.copertura_minima",
    "regole.attivazione.soglia": "clausole.soglia_attivazione",
    "obiettivo.minuti_per_rango": "scelte.minuti_per_rango",
    "domanda_generata.figli_per_100_dipendenti": "aziende.figli_0_3_per_100_dipendenti",
    "domanda_generata.quota_secondo_adulto": "scelte.generata.quota_secondo_adulto",
    "domanda_generata.chilometri_casa": "scelte.generata.chilometri_casa",
    "domanda_generata.quota_ingressi_in_corso_anno": "scelte.generata.quota_ingressi_in_corso_anno",
    "domanda_generata.quota_uscite_anticipate": "scelte.generata.quota_uscite_anticipate",
    "domanda_generata.quota_fratelli": "scelte.generata.quota_fratelli",
    "domanda_generata.desideri_massimi": "scelte.generata.desideri_massimi",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is not verified; `nota` is None where its words depend on the language."""

    chiave: str
    valore: str
    unita: str
    fonte: str
    stato: str
    nota: str | None


def plain(number: Decimal) -> str:
    """Write a number with no exponent and no zeros at its end."""
    whole, _, fraction = format(number, "f").partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def compared(
    key: str, stated: Decimal | int, unit: str, row: str, own_note: str | None = ""
) -> Iterator[Figure]:
    """Give a figure that may come from a row: with the source of the row when it is the same."""
    number, found = Decimal(stated), voce(row)
    usual = found.numero / 100 if found.unita == "percento" else found.numero
    if number != usual:
        yield Figure(key, plain(number), unit, FROM_SCENARIO, SUPPOSED, own_note)
    elif found.stato != SURE:
        yield Figure(key, plain(number), unit, found.fonte, found.stato, found.nota)


def _own(key: str, value: Decimal | int | str, unit: str, note: str | None = "") -> Figure:
    said = value if isinstance(value, str) else plain(Decimal(value))
    return Figure(key, said, unit, FROM_SCENARIO, SUPPOSED, note)


def scenario_figures(case: Case) -> Iterator[Figure]:
    """List what the scenario states and no source verifies, apart from travel."""
    scenario = case.scenario
    yield from _with_row(scenario)
    yield from _without_row(scenario)
    if scenario.aziende[1:]:
        price = scenario.alternativa.ora_bambino
        yield from compared("alternativa.ora_bambino", price, "EUR/ora_bambino", "costi.tagesmutter.ora")
    for company in scenario.aziende:
        key = f"aziende.{company.id}"
        terms = list(compared(f"{key}.quota", company.quota, "rapporto", "clausole.quota_azienda"))
        if company.importo_mese is not None:
            terms.append(_own(f"{key}.importo_mese", company.importo_mese, "EUR/mese"))
        yield from _declared("aziende", company.model_dump(mode="json"), terms)
    for provider in scenario.gestori:
        key, empty = f"gestori.{provider.id}.vuoto_per_pieno", provider.vuoto_per_pieno
        due = compared(key, empty, "rapporto", "clausole.vuoto_per_pieno")
        priced = provider.prezzi.posto_mese > 0
        yield from _declared("gestori", provider.model_dump(mode="json"), due if priced else ())
    if scenario.generata_da is not None:
        yield from _drawn(scenario.generata_da.model_dump(mode="json"))


def _with_row(scenario: Scenario) -> Iterator[Figure]:
    rules, goal = scenario.regole, scenario.obiettivo
    wanted: list[tuple[str, Decimal | int, str]] = []
    if _night_shift(scenario):
        wanted.append(("domanda.riposo_notte_minuti", scenario.domanda.riposo_notte_minuti, "minuti"))
    most = rules.idoneita.deviazione_massima_minuti
    if most is not None and rules.idoneita.attiva:
        wanted.append(("regole.idoneita.deviazione_massima_minuti", most, "minuti"))
    if rules.orari.attiva:
        wanted.append(("regole.orari.copertura_minima", rules.orari.copertura_minima, "rapporto"))
    rests_on_rule = any(
        fascia.soglia_attivazione is None and not fascia.gia_aperta
        for provider in scenario.gestori
        for fascia in provider.fasce
    )
    if rests_on_rule and rules.attivazione.attiva:
        wanted.append(("regole.attivazione.soglia", rules.attivazione.soglia, "bambini"))
    if any(tier.nome == "desideri_viaggio" for tier in goal.livelli):
        wanted.append(("obiettivo.minuti_per_rango", goal.minuti_per_rango, "minuti"))
    for key, value, unit in wanted:
        yield from compared(key, value, unit, ROWS[key])


def _night_shift(scenario: Scenario) -> bool:
    """Tell whether some rota has a shift that ends on the day after it begins, later than at midnight."""
    ends: list[int] = []
    for rota in scenario.rotazioni:
        if rota.tipo == "giorni":
            ends += [hours.end for hours in rota.ciclo if hours != "riposo"]
        elif rota.tipo == "settimanale":
            ends += [shift.orario.end for week in rota.settimane for shift in week]
        else:
            ends += [shift.orario.end for shift in rota.turni]
    return max(ends, default=0) > MIDNIGHT


def _without_row(scenario: Scenario) -> Iterator[Figure]:
    rules, goal = scenario.regole, scenario.obiettivo
    instead: list[tuple[bool, str, Decimal | int | str | None, str]] = [
        (rules.capienza.attiva, "capienza.base", rules.capienza.base, "scelta"),
        (rules.rapporto.attiva, "rapporto.base", rules.rapporto.base, "scelta"),
        (rules.rapporto.attiva, "rapporto.arrotondamento", rules.rapporto.arrotondamento, "scelta"),
        (rules.rapporto.attiva, "rapporto.copresenza", rules.rapporto.copresenza, "persone"),
        (rules.ore_bambino.attiva, "ore_bambino.massimo_ore", rules.ore_bambino.massimo_ore, "ore/giorno"),
        (rules.ore_sede.attiva, "ore_sede.massimo_ore", rules.ore_sede.massimo_ore, "ore/giorno"),
        (rules.residenti.attiva, "residenti.quota", rules.residenti.quota or None, "rapporto"),
    ]
    dearest = rules.attivazione.costo_massimo_per_bambino
    instead.append((rules.attivazione.attiva, "attivazione.costo_massimo_per_bambino", dearest, "EUR/mese"))
    for in_force, key, value, unit in instead:
        if in_force and value is not None:
            yield _own(f"regole.{key}", value, unit)
    if any(tier.nome == "valore_netto" for tier in goal.livelli):
        yield _own("obiettivo.valore_bambino_coperto", goal.valore_bambino_coperto, "EUR")
        yield _own("obiettivo.euro_minuto_viaggio", goal.euro_minuto_viaggio, "EUR")
    patron = scenario.calendario.patrono
    if patron is not None and {provider.comune for provider in scenario.gestori} != {patron}:
        yield _own("calendario.patrono", patron, WORDS, None)


def _declared(room: str, owner: Mapping[str, Any], terms: Iterable[Figure]) -> Iterator[Figure]:
    """Give the terms of a company or a provider, unless it names them, what it names, and what it says."""
    start = f"{room}.{owner['id']}"
    notes = {f"{start}.{key}": group["nota"] for group in owner["ipotesi"] for key in group["chiavi"]}
    yield from (term for term in terms if term.chiave not in notes)
    for key, note in notes.items():
        inner = key.removeprefix(f"{start}.")
        said = said_of(_reached(owner, inner.split(".")))
        if said:
            yield _own(key, said, unit_of(inner), note)
    sentences = [group["nota"] for group in owner["ipotesi"] if not group["chiavi"] and group["nota"]]
    if sentences:
        yield _own(f"{start}.ipotesi", " ".join(sentences), WORDS)


def _reached(here: Any, steps: list[str]) -> Any:
    """Follow the steps of a key; in a list, an item by its id or a key of every item."""
    if not steps:
        return here
    first, rest = steps[0], steps[1:]
    if here == []:
        return None
    if isinstance(here, list):
        one = [item for item in here if item["id"] == first]
        return _reached(one[0], rest) if one else _reached({i["id"]: i[first] for i in here}, rest)
    return _reached(here[first], rest)


def said_of(value: Any) -> str:
    """Write a value of the canonical form: numbers plainly, groups by key, periods by their ends."""
    match value:
        case None:
            return ""
        case bool():
            return "vero" if value else "falso"
        case dict() if "inizio" in value and "fine" in value:
            return f"{value['inizio']} - {value['fine']}"
        case dict():
            pairs = [(key, said_of(value[key])) for key in sorted(value) if key not in ("id", "motivo")]
            return ", ".join(f"{key} {said}" for key, said in pairs if said)
        case list():
            return "; ".join(f"{i['id']} ({said_of(i)})" if "id" in i else said_of(i) for i in value)
    said = str(value)
    digits = said.removeprefix("-").replace(".", "", 1)
    return plain(Decimal(said)) if digits.isascii() and digits.isdecimal() else said


def _drawn(demand: Mapping[str, Any]) -> Iterator[Figure]:
    """Give the numbers from which children were drawn."""
    room, companies = "domanda_generata", demand["aziende"]
    units = {"figli_per_100_dipendenti": "numero", "chilometri_casa": "km", "desideri_massimi": "numero"}
    for key in (key for key in ROWS if key.startswith(f"{room}.")):
        field = key.removeprefix(f"{room}.")
        used = field != "figli_per_100_dipendenti" or any(c[field] is None for c in companies)
        if used:
            yield from compared(key, Decimal(str(demand[field])), units.get(field, "rapporto"), ROWS[key])
    for company in companies:
        start = f"{room}.aziende.{company['azienda']}"
        yield _own(f"{start}.dipendenti", company["dipendenti"], "persone")
        if company["figli_per_100_dipendenti"] is not None:
            rate = Decimal(str(company["figli_per_100_dipendenti"]))
            yield _own(f"{start}.figli_per_100_dipendenti", rate, "numero")
        yield _own(f"{start}.rotazioni", said_of(company["rotazioni"]), WORDS)
        if company["ipotesi"]:
            yield _own(f"{start}.ipotesi", company["ipotesi"], WORDS)
    holidays = [f"{said_of(period)} {said_of(period['quota'])}" for period in demand["ferie"]]
    told = {
        "nati": said_of(demand["nati"]),
        "comuni": ", ".join(demand["comuni"]),
        "eta_ingresso_mesi": ", ".join(str(months) for months in demand["eta_ingresso_mesi"]),
        "ferie": "; ".join(holidays),
    }
    if Decimal(str(demand["quota_secondo_adulto"])):
        told |= {key: said_of(demand[key]) for key in ("rotazioni_secondo_adulto", "comuni_secondo_adulto")}
    yield from (_own(f"{room}.{key}", said, WORDS) for key, said in told.items() if said)

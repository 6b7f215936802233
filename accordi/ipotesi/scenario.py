"""Unverified figures that the scenario itself states, or takes from the tables as a default.

Nothing here looks at single children; docs/modello.md, section 15, says when a figure is in use.
"""

from collections.abc import Iterator

from nido.accordi.ipotesi.accordo import framework_figures
from nido.accordi.ipotesi.assumed import ASSUMED, Ipotesi, from_scenario
from nido.data import voce
from nido.data.lingua import text
from nido.scenari.domanda import Azienda, Rotazione
from nido.scenari.field_text import MINUTES_IN_DAY, format_decimal
from nido.scenari.fields import ShiftRange
from nido.scenari.generata import AziendaGenerata, DomandaGenerata
from nido.scenari.named_figures import TEXT_UNIT, canonical, figure_words, find, unit_of
from nido.scenari.offerta import Gestore
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario

SHARE, CHOICE, HOURLY = "rapporto", "scelta", "EUR/ora_bambino"
GENERATED = "domanda_generata"


def scenario_figures(scenario: Scenario) -> Iterator[Ipotesi]:
    """List the figures in use that the scenario states and no source verifies.

    Parameters
    ----------
    scenario
        The scenario.

    Yields
    ------
    Ipotesi
        Demand, rules, objective, patron, payers, fees, companies, providers, what children were drawn from,
        the framework agreement.
    """
    yield from _rules(scenario)
    yield from _stated_rules(scenario)
    yield from _objective(scenario)
    yield from _patron(scenario)
    for payer in scenario.pagatori:
        yield from _payer(scenario, payer)
    if len(scenario.aziende) > 1:
        outside = scenario.alternativa.ora_bambino
        yield from from_scenario("alternativa.ora_bambino", outside, HOURLY, "costi.tagesmutter.ora")
    for tariffa in scenario.tariffe:
        figures = tariffa.model_dump(mode="json", exclude={"id", "fonte"})
        yield from from_scenario(
            f"tariffe.{tariffa.id}", figure_words(figures), TEXT_UNIT, nota=tariffa.fonte
        )
    for azienda in scenario.aziende:
        yield from _owner("aziende", azienda)
    for gestore in scenario.gestori:
        yield from _owner("gestori", gestore)
    if scenario.generata_da is not None:
        yield from _generated(scenario.generata_da)
    yield from framework_figures(scenario)


def _rules(scenario: Scenario) -> Iterator[Ipotesi]:
    """Go through what the demand and the rules take from the tables unless the scenario says otherwise."""
    rules = scenario.regole
    if any(map(_passes_midnight, scenario.rotazioni)):
        rest = scenario.domanda.riposo_notte_minuti
        yield from from_scenario("domanda.riposo_notte_minuti", rest, "minuti", "scelte.riposo_notte")
    detour = rules.idoneita.deviazione_massima_minuti
    if rules.idoneita.attiva and detour is not None:
        key = "regole.idoneita.deviazione_massima_minuti"
        yield from from_scenario(key, detour, "minuti", "scelte.deviazione_massima")
    if rules.orari.attiva:
        least = rules.orari.copertura_minima
        yield from from_scenario("regole.orari.copertura_minima", least, SHARE, "scelte.copertura_minima")
    decided = [fascia for gestore in scenario.gestori for fascia in gestore.fasce if not fascia.gia_aperta]
    if rules.attivazione.attiva and any(fascia.soglia_attivazione is None for fascia in decided):
        key, row = "regole.attivazione.soglia", "clausole.soglia_attivazione"
        yield from from_scenario(key, rules.attivazione.soglia, "bambini", row)


def _passes_midnight(rotazione: Rotazione) -> bool:
    if rotazione.tipo == "settimanale":
        hours: list[ShiftRange | str] = [shift.orario for week in rotazione.settimane for shift in week]
    elif rotazione.tipo == "giorni":
        hours = list(rotazione.ciclo)
    else:
        hours = [shift.orario for shift in rotazione.turni]
    return any(isinstance(item, ShiftRange) and item.end > MINUTES_IN_DAY for item in hours)


def _stated_rules(scenario: Scenario) -> Iterator[Ipotesi]:
    """Go through what the scenario states in the place of its profile, or adds."""
    rules = scenario.regole
    stated = (
        ("capienza", "base", CHOICE),
        ("rapporto", "base", CHOICE),
        ("rapporto", "arrotondamento", CHOICE),
        ("rapporto", "copresenza", "persone"),
        ("ore_bambino", "massimo_ore", "ore/giorno"),
        ("ore_sede", "massimo_ore", "ore/giorno"),
        ("attivazione", "costo_massimo_per_bambino", "EUR/mese"),
    )
    for name, field, unit in stated:
        rule = getattr(rules, name)
        value = getattr(rule, field)
        if rule.attiva and value is not None:
            yield from from_scenario(f"regole.{name}.{field}", value, unit)
    if rules.residenti.attiva and rules.residenti.quota > 0:
        yield from from_scenario("regole.residenti.quota", rules.residenti.quota, SHARE)


def _objective(scenario: Scenario) -> Iterator[Ipotesi]:
    goal = scenario.obiettivo
    tiers = {tier.nome for tier in goal.livelli}
    if "desideri_viaggio" in tiers:
        row = "scelte.minuti_per_rango"
        yield from from_scenario("obiettivo.minuti_per_rango", goal.minuti_per_rango, "minuti", row)
    if "valore_netto" in tiers:
        yield from from_scenario("obiettivo.valore_bambino_coperto", goal.valore_bambino_coperto, "EUR")
        yield from from_scenario("obiettivo.euro_minuto_viaggio", goal.euro_minuto_viaggio, "EUR")


def _patron(scenario: Scenario) -> Iterator[Ipotesi]:
    patron = scenario.calendario.patrono
    if patron is not None and any(gestore.comune != patron for gestore in scenario.gestori):
        note = text(
            "la sua festa chiude anche i gestori degli altri comuni",
            "its feast closes the gestori of the other municipalities too",
        )
        yield from from_scenario("calendario.patrono", patron, TEXT_UNIT, nota=note)


def _payer(scenario: Scenario, payer: Pagatore) -> Iterator[Ipotesi]:
    key = f"pagatori.{payer.id}"
    if payer.modo in ("quota", "cofinanziamento"):
        yield from from_scenario(f"{key}.quota", payer.quota, SHARE)
    if payer.modo == "cofinanziamento":
        yield from from_scenario(f"{key}.quota_certificata", payer.quota_certificata, SHARE)
    if payer.modo in ("fisso_mese", "fisso_azienda", "differenza_azienda", "buoni"):
        yield from from_scenario(f"{key}.importo_mese", payer.importo_mese, "EUR/mese")
    if payer.modo == "buoni":
        row = "buoni.numero_anno_sotto_3_anni"
        yield from from_scenario(f"{key}.valore_buono", payer.valore_buono, "EUR")
        yield from from_scenario(f"{key}.buoni_anno", payer.buoni_anno, "numero", row)
    if payer.modo == "fisso_ora" and payer.importo_tabella is None:
        yield from from_scenario(f"{key}.importo_ora", payer.importo_ora, HOURLY)
    if payer.importo_tabella is not None:
        # That this payer pays it is the scenario's assumption, even where the figure is published.
        found = [voce(payer.importo_tabella, season.inizio) for season in scenario.stagioni]
        values = ", ".join(dict.fromkeys(format_decimal(row.numero) for row in found))
        yield Ipotesi(f"{key}.importo_tabella", values, HOURLY, found[0].fonte, ASSUMED, found[0].nota)
    if payer.massimo_mese is not None:
        yield from from_scenario(f"{key}.massimo_mese", payer.massimo_mese, "EUR/mese")
    if payer.massimo_quota is not None:
        yield from from_scenario(f"{key}.massimo_quota", payer.massimo_quota, SHARE)
    if payer.modo == "trasferimento":
        yield from from_scenario(f"{key}.ammesso", figure_words(payer.ammesso), CHOICE)


def _owner(room: str, owner: Azienda | Gestore) -> Iterator[Ipotesi]:
    """Go through the terms of a company or a provider, the figures that it names, and its sentences."""
    key, written = f"{room}.{owner.id}", canonical(owner)
    named = {name: group.nota for group in owner.ipotesi for name in group.chiavi}
    if isinstance(owner, Azienda) and owner.importo_mese is not None and "importo_mese" not in named:
        yield from from_scenario(f"{key}.importo_mese", owner.importo_mese, "EUR/mese")
    if isinstance(owner, Azienda) and "quota" not in named:
        yield from from_scenario(f"{key}.quota", owner.quota, SHARE, "clausole.quota_azienda")
    elif isinstance(owner, Gestore) and owner.prezzi.posto_mese and "vuoto_per_pieno" not in named:
        row = "clausole.vuoto_per_pieno"
        yield from from_scenario(f"{key}.vuoto_per_pieno", owner.vuoto_per_pieno, SHARE, row)
    for name, note in named.items():
        words = figure_words(find(written, name))
        if words:
            yield from from_scenario(f"{key}.{name}", words, unit_of(name), nota=note)
    sentence = " ".join(group.nota for group in owner.ipotesi if group.nota and not group.chiavi)
    if sentence:
        yield from from_scenario(f"{key}.ipotesi", sentence, TEXT_UNIT)


def _generated(demand: DomandaGenerata) -> Iterator[Ipotesi]:
    """Go through what children were drawn from: their number, their families, their days."""
    if any(company.figli_per_100_dipendenti is None for company in demand.aziende):
        key, row = "figli_per_100_dipendenti", "aziende.figli_0_3_per_100_dipendenti"
        yield from from_scenario(f"{GENERATED}.{key}", demand.figli_per_100_dipendenti, "numero", row)
    for company in demand.aziende:
        yield from _head_count(company)
    for field, unit in (
        ("quota_secondo_adulto", SHARE),
        ("chilometri_casa", "km"),
        ("quota_ingressi_in_corso_anno", SHARE),
        ("quota_uscite_anticipate", SHARE),
        ("quota_fratelli", SHARE),
        ("desideri_massimi", "numero"),
    ):
        row = f"scelte.generata.{field}"
        yield from from_scenario(f"{GENERATED}.{field}", getattr(demand, field), unit, row)
    words = {
        "nati": f"{demand.nati.inizio} - {demand.nati.fine}",
        "comuni": ", ".join(demand.comuni),
        "eta_ingresso_mesi": ", ".join(map(str, demand.eta_ingresso_mesi)),
        "ferie": "; ".join(
            f"{period.inizio} - {period.fine} {format_decimal(period.quota)}" for period in demand.ferie
        ),
    }
    if demand.quota_secondo_adulto > 0:
        words["rotazioni_secondo_adulto"] = _weights(demand.rotazioni_secondo_adulto)
        words["comuni_secondo_adulto"] = _weights(demand.comuni_secondo_adulto)
    for field, said in words.items():
        if said:
            yield from from_scenario(f"{GENERATED}.{field}", said, TEXT_UNIT)


def _head_count(company: AziendaGenerata) -> Iterator[Ipotesi]:
    key = f"{GENERATED}.aziende.{company.azienda}"
    yield from from_scenario(f"{key}.dipendenti", company.dipendenti, "persone")
    if company.figli_per_100_dipendenti is not None:
        yield from from_scenario(
            f"{key}.figli_per_100_dipendenti", company.figli_per_100_dipendenti, "numero"
        )
    yield from from_scenario(f"{key}.rotazioni", _weights(company.rotazioni), TEXT_UNIT)
    if company.ipotesi:
        yield from from_scenario(f"{key}.ipotesi", company.ipotesi, TEXT_UNIT)


def _weights(weights: dict[str, int]) -> str:
    return figure_words(weights)

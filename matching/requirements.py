"""Requirements of a scenario in its own words: what a path of keys asks for, and where it is written."""

from nido.data.lingua import local_number, text
from nido.matching.linear import Subject
from nido.matching.rules import ore_bambino, ore_sede
from nido.matching.rules.orari import ABOUT as COVERAGE
from nido.scenari.domanda import Azienda, Bambino
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Scenario

LISTS = ("aziende", "bambini", "gestori", "fasce")


def stated_at(scenario: Scenario, about: Subject) -> Subject:
    """Give the place in the scenario at which a requirement is written, or would be."""
    kind, name, key, *rest = about
    if key == "posti_stagione":
        stated = rest[0] in _provider(scenario, name).posti_stagione
        return about if stated else (kind, name, "posti")
    if key == "fasce":
        fascia = next(entry for entry in _provider(scenario, name).fasce if entry.id == rest[0])
        return about if fascia.soglia_attivazione is not None else ("regole", "attivazione", "soglia")
    if key == "continuita":
        return ("regole", "continuita")
    return about if key == "posti_banda" else (kind, name, key)


def dotted(path: Subject) -> str:
    """Write a path as in ``--set``: ``gestori[nido_uno].posti``."""
    found, inside = "", False
    for step in path:
        found += f"[{step}]" if inside else f".{step}" if found else step
        inside = not inside and step in LISTS
    return found


def requirement(scenario: Scenario, about: Subject) -> str:
    """Say what a requirement asks for, with its figure."""
    kind, name, *rest = about
    if kind == "gestori":
        return _of_provider(scenario, _provider(scenario, name), rest)
    if kind == "aziende":
        company = next(entry for entry in scenario.aziende if entry.id == name)
        return _of_company(company, rest)
    if kind == "bambini":
        return _of_child(scenario, next(entry for entry in scenario.bambini if entry.id == name), rest)
    return _of_rule(scenario, about)


def _provider(scenario: Scenario, name: str) -> Gestore:
    return next(entry for entry in scenario.gestori if entry.id == name)


def _of_provider(scenario: Scenario, provider: Gestore, rest: list[str]) -> str:
    key, name = rest[0], provider.id
    if key == "posti_stagione":
        count = provider.posti_stagione.get(rest[1], provider.posti)
        return text(
            "posti: {name} in {season}, {count}", "places: {name} in {season}, {count}",
            name=name, season=rest[1], count=count,
        )  # fmt: skip
    if key == "posti_banda":
        count = provider.posti_banda[rest[1]]
        return text(
            "posti per la banda {band}: {name}, {count}", "places for band {band}: {name}, {count}",
            band=rest[1], name=name, count=count,
        )  # fmt: skip
    if key == "capienza":
        return text(
            "capienza: {name}, {count} con {there} già presenti",
            "capacity: {name}, {count} with {there} already there",
            name=name,
            count=provider.capienza,
            there=sum(provider.esistenti.values()),
        )
    if key == "fasce":
        return _threshold(scenario, provider, rest[1])
    words = {
        "operatrici": text("operatrici: {name}, {value}", "operatrici: {name}, {value}",
                           name=name, value=provider.operatrici),
        "eta_minima_mesi": text("età minima: {name}, {value} mesi", "minimum age: {name}, {value} months",
                                name=name, value=provider.eta_minima_mesi),
        "accreditato": text("accreditamento: {name}", "accreditation: {name}", name=name),
        "posti_minimi_accordo": text(
            "posti minimi per accordo: {name}, {value}", "least places of an agreement: {name}, {value}",
            name=name, value=provider.posti_minimi_accordo,
        ),
    }  # fmt: skip
    return words[key]


def _threshold(scenario: Scenario, provider: Gestore, name_of_fascia: str) -> str:
    fascia = next(entry for entry in provider.fasce if entry.id == name_of_fascia)
    count = fascia.soglia_attivazione or scenario.regole.attivazione.soglia
    return text(
        "soglia di attivazione: {fascia} a {name}, {count} bambini",
        "opening threshold: {fascia} at {name}, {count} children",
        fascia=fascia.id,
        name=provider.id,
        count=count,
    )


def _of_company(company: Azienda, rest: list[str]) -> str:
    if rest[0] == "budget_annuo":
        return text("budget: {name}, {value} EUR", "budget: {name}, {value} EUR",
                    name=company.id, value=local_number(f"{company.budget_annuo:,.2f}"))  # fmt: skip
    return text(
        "posti massimi: {name} in {season}, {value}", "most places: {name} in {season}, {value}",
        name=company.id, season=rest[1], value=company.posti_massimi,
    )  # fmt: skip


def _of_child(scenario: Scenario, child: Bambino, rest: list[str]) -> str:
    key, name = rest[0], child.id
    if key == "assegnato_a":
        return text(
            "fissati: {name} a {provider} in {season}", "pinned: {name} at {provider} in {season}",
            name=name, provider=rest[1], season=rest[2],
        )  # fmt: skip
    if key == "gia_iscritto":
        kept = scenario.regole.continuita.gia_iscritti == "garantito"
        note = text(", posto garantito", ", place guaranteed") if kept else ""
        return text(
            "già iscritto: {name} a {provider}", "already enrolled: {name} at {provider}",
            name=name, provider=child.gia_iscritto,
        ) + note  # fmt: skip
    if key == "fratello_di":
        return text("fratelli: {name} e {other} insieme", "siblings: {name} and {other} together",
                    name=name, other=child.fratello_di)  # fmt: skip
    words = {
        "continuita": text("continuità: {name} sempre allo stesso gestore",
                           "continuity: {name} always at the same provider", name=name),
        "priorita": text("priorità: nessuno passa davanti a {name}",
                         "priority: nobody passes ahead of {name}", name=name),
    }  # fmt: skip
    if key in words:
        return words[key]
    provider = rest[1]
    if key == "esclusi":
        return text("esclusi: {name} non accetta {provider}", "excluded: {name} does not accept {provider}",
                    name=name, provider=provider)  # fmt: skip
    return text("desideri: {name} non chiede {provider}", "wishes: {name} does not ask for {provider}",
                name=name, provider=provider)  # fmt: skip


def _of_rule(scenario: Scenario, about: Subject) -> str:
    rules = scenario.regole
    if about == COVERAGE:
        return text("orari: copertura minima {value}", "hours: least coverage {value}",
                    value=local_number(str(rules.orari.copertura_minima)))  # fmt: skip
    key = about[2]
    if key == "massimo_ore":
        return _hours(scenario, about)
    if key == "deviazione_massima_minuti":
        return text("idoneità: deviazione massima {value} minuti",
                    "eligibility: detour of at most {value} minutes",
                    value=rules.idoneita.deviazione_massima_minuti)  # fmt: skip
    if key == "quota":
        return text("residenti: quota {value} a {provider}", "residents: share {value} at {provider}",
                    value=local_number(str(rules.residenti.quota)), provider=about[3])  # fmt: skip
    return text(
        "attivazione: al massimo {value} EUR per bambino, {fascia} a {provider}",
        "opening: at most {value} EUR per child, {fascia} at {provider}",
        value=local_number(f"{rules.attivazione.costo_massimo_per_bambino:,.2f}"),
        fascia=about[4],
        provider=about[3],
    )


def _hours(scenario: Scenario, about: Subject) -> str:
    name = about[1]
    minutes = (ore_bambino if name == "ore_bambino" else ore_sede).limit_minutes(scenario)
    where = "".join(f" {text('a', 'at')} {provider}" for provider in about[3:])
    return text(
        "{name}: al massimo {hours} ore al giorno{where}",
        "{name}: at most {hours} hours a day{where}",
        name=name, hours=local_number(f"{minutes / 60:g}"), where=where,
    )  # fmt: skip

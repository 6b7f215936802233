"""Single changes of a scenario: a requirement relaxed by an amount, as pure data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from nido.data.lingua import local_number, text
from nido.matching.linear import Subject
from nido.matching.rules import ore_bambino, ore_sede
from nido.matching.seats import tagesmutter_limits
from nido.scenari.schema import Scenario

Item = TypeVar("Item", bound=BaseModel)
HOUR = Decimal(60)


@dataclass(frozen=True, slots=True)
class Change:
    """A scenario with one value changed, and what was changed in words."""

    scenario: Scenario
    testo: str


def relaxed(scenario: Scenario, about: Subject, amount: int, unit: int) -> Change | None:
    """Relax one requirement of a scenario.

    Parameters
    ----------
    scenario
        The scenario; it is not changed.
    about
        The requirement, as a path of keys and ids.
    amount
        By how much, in the unit of its rows: places, children, minutes, months, units of money.
    unit
        Cents of one unit of money.

    Returns
    -------
    Change or None
        None for a requirement that no single value relaxes.
    """
    kind, name, *rest = about
    if kind == "gestori":
        return _provider(scenario, name, rest, amount)
    if kind == "aziende":
        return _company(scenario, name, rest, amount, unit)
    if kind == "bambini":
        return _child(scenario, name, rest)
    return _rule(scenario, name, rest, amount)


# Numbers of a provider: title in Italian and English, and which way they relax.
_NUMBERS: Mapping[str, tuple[str, str, int]] = {
    "capienza": ("capienza di {name}", "capacity of {name}", 1),
    "operatrici": ("operatrici di {name}", "operatrici of {name}", 1),
    "eta_minima_mesi": ("età minima in mesi di {name}", "minimum age in months of {name}", -1),
    "posti_minimi_accordo": (
        "posti minimi per accordo di {name}",
        "least places of an agreement with {name}",
        -1,
    ),
}
# Numbers of a provider that are stated season by season or band by band.
_NUMBERS_BY_NAME: Mapping[str, tuple[str, str]] = {
    "posti_stagione": ("posti di {name} in {of}", "places of {name} in {of}"),
    "posti_banda": ("posti {of} di {name}", "places for {of} of {name}"),
}


def _provider(scenario: Scenario, name: str, rest: list[str], amount: int) -> Change:
    provider = next(entry for entry in scenario.gestori if entry.id == name)
    key = rest[0]
    update: dict[str, Any]
    if key == "fasce":
        return _threshold(scenario, name, rest[1], amount)
    if key == "accreditato":
        update = {"accreditato": True, "accreditato_dal": None, "accreditato_al": None}
        words = text("accreditare {name}", "accredit {name}", name=name)
    elif key in _NUMBERS_BY_NAME:
        stated = getattr(provider, key)
        before = stated.get(rest[1], provider.posti)
        update = {key: {**stated, rest[1]: before + amount}}
        title = text(*_NUMBERS_BY_NAME[key], name=name, of=rest[1])
        words = _from_to(title, before, before + amount)
    else:
        it, en, sign = _NUMBERS[key]
        # Each operatrice brings several places.
        more = -(-amount // tagesmutter_limits(scenario)[0]) if key == "operatrici" else amount
        update, words = _number(text(it, en, name=name), key, getattr(provider, key) or 0, sign * more)
    return Change(_with(scenario, "gestori", name, lambda entry: entry.model_copy(update=update)), words)


def _threshold(scenario: Scenario, name: str, fascia_id: str, amount: int) -> Change:
    provider = next(entry for entry in scenario.gestori if entry.id == name)
    stated = next(entry.soglia_attivazione for entry in provider.fasce if entry.id == fascia_id)
    before = stated or scenario.regole.attivazione.soglia
    after = max(1, before - amount)
    fasce = tuple(
        entry.model_copy(update={"soglia_attivazione": after}) if entry.id == fascia_id else entry
        for entry in provider.fasce
    )
    words = _from_to(
        text("soglia di {fascia} a {name}", "threshold of {fascia} at {name}", fascia=fascia_id, name=name),
        before,
        after,
    )
    update = {"fasce": fasce}
    return Change(_with(scenario, "gestori", name, lambda entry: entry.model_copy(update=update)), words)


def _company(scenario: Scenario, name: str, rest: list[str], amount: int, unit: int) -> Change:
    company = next(entry for entry in scenario.aziende if entry.id == name)
    update: dict[str, Any]
    if rest[0] == "budget_annuo":
        before = company.budget_annuo or Decimal(0)
        more = Decimal(amount * unit) / 100
        update = {"budget_annuo": before + more}
        words = _from_to(
            text("budget di {name}", "budget of {name}", name=name), _euro(before), _euro(before + more)
        )
    else:
        update, words = _number(
            text("posti massimi di {name}", "most places of {name}", name=name),
            "posti_massimi",
            company.posti_massimi or 0,
            amount,
        )
    return Change(_with(scenario, "aziende", name, lambda entry: entry.model_copy(update=update)), words)


def _child(scenario: Scenario, name: str, rest: list[str]) -> Change | None:
    child = next(entry for entry in scenario.bambini if entry.id == name)
    key = rest[0]
    update: dict[str, Any]
    if key == "assegnato_a":
        provider, season = rest[1:]
        kept = tuple(
            pin
            for pin in child.assegnato_a
            if not (pin.gestore == provider and pin.stagione in (None, season))
        )
        update = {key: kept}
        words = text(
            "togliere {name} a {provider}", "unpin {name} at {provider}", name=name, provider=provider
        )
    elif key == "esclusi":
        update = {key: tuple(entry for entry in child.esclusi if entry != rest[1])}
        words = text("{name} accetta {other}", "{name} accepts {other}", name=name, other=rest[1])
    elif key == "desideri":
        update = {key: (*child.desideri, rest[1])}
        words = text("{name} chiede anche {other}", "{name} asks {other} too", name=name, other=rest[1])
    elif key in ("gia_iscritto", "fratello_di"):
        update = {key: None}
        words = text("togliere {key} di {name}", "remove {key} of {name}", key=key, name=name)
    else:
        return None
    return Change(_with(scenario, "bambini", name, lambda entry: entry.model_copy(update=update)), words)


def _rule(scenario: Scenario, name: str, rest: list[str], amount: int) -> Change | None:
    rules = scenario.regole
    key = rest[0]
    value: Any
    if key == "deviazione_massima_minuti":
        before: Any = rules.idoneita.deviazione_massima_minuti or 0
        value = before + amount
    elif key == "massimo_ore":
        limit = (ore_bambino if name == "ore_bambino" else ore_sede).limit_minutes(scenario)
        before, value = Decimal(limit) / HOUR, Decimal(limit + amount) / HOUR
    elif key == "quota":
        places = max(1, next(entry.posti for entry in scenario.gestori if entry.id == rest[1]))
        before = rules.residenti.quota
        taken = int((1 - before) * places) + amount
        value = max(Decimal(0), (Decimal(places - taken) / places).quantize(Decimal("0.01"), ROUND_FLOOR))
    else:
        return None
    return with_rule(scenario, name, key, before, value)


def with_rule(scenario: Scenario, name: str, key: str, before: Any, value: Any) -> Change:
    """Change one value of a rule."""
    rule = getattr(scenario.regole, name).model_copy(update={key: value})
    rules = scenario.regole.model_copy(update={name: rule})
    words = _from_to(f"regole.{name}.{key}", _short(before), _short(value))
    return Change(scenario.model_copy(update={"regole": rules}), words)


def _number(title: str, key: str, before: int, more: int) -> tuple[dict[str, Any], str]:
    return {key: before + more}, _from_to(title, before, before + more)


def _with(scenario: Scenario, key: str, name: str, change: Callable[[Any], Any]) -> Scenario:
    entries: Iterable[Any] = getattr(scenario, key)
    return scenario.model_copy(
        update={key: tuple(change(entry) if entry.id == name else entry for entry in entries)}
    )


def _from_to(title: str, before: object, after: object) -> str:
    return text(
        "{title}: da {before} a {after}",
        "{title}: from {before} to {after}",
        title=title,
        before=before,
        after=after,
    )


def _short(value: Any) -> str:
    if not isinstance(value, Decimal):
        return str(value)
    return local_number(f"{value:.4f}".rstrip("0").rstrip("."))


def _euro(value: Decimal) -> str:
    return f"{local_number(f'{value:,.2f}')} EUR"

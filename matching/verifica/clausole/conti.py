"""What must hold in a path whatever its events, apart from its replay: sums, places, deposits, ceilings."""

from collections import Counter
from collections.abc import Iterator

from nido.data.lingua import text
from nido.matching.verifica.clausole.patti import Frame
from nido.matching.verifica.forma import Table
from nido.matching.verifica.violazione import Violation, cents, euro_text, half_up

NAME = "accordi"
GROUPS = ("per_pagatore", "per_azienda", "per_gestore", "per_componente")


def standing_alone(frame: Frame, row: Table) -> list[Violation]:
    """Check a path by itself."""
    where = f"percorsi/{row['id']}"
    found = [*_sums(where, row), *_places(where, row), *_deposits(where, row)]
    return [*found, *_ceilings(frame, where, row)] if row["mesi"] else found


def _unequal(where: str, said: int, true: int) -> Iterator[Violation]:
    if said != true:
        sentence = text(
            "la somma è {true}, non {said}",
            "the sum is {true}, not {said}",
            said=euro_text(said),
            true=euro_text(true),
        )
        yield Violation(NAME, where, sentence)


def _sums(where: str, row: Table) -> Iterator[Violation]:
    """Add up payers, companies, providers, components and lines: each gives the total."""
    stated = row["totali"]
    for name in GROUPS:
        yield from _unequal(f"{where}/totali/{name}", stated["totale_cent"], sum(stated[name].values()))
    if row["mesi"]:
        amount = sum(line["importo_cent"] for line in row["righe"])
        yield from _unequal(f"{where}/righe", stated["totale_cent"], amount)


def _places(where: str, row: Table) -> Iterator[Violation]:
    """Every reserved place is left to residents, used, lent or empty."""
    for month in row["mesi"]:
        empty = sum(one["posti"] for one in month["vuoti"])
        held = month["residenti"] + month["usati"] + month["prestati"] + empty
        waiting = set(month["in_attesa"])
        lodged = {guest["bambino"] for guest in month["ospiti"]}
        if (
            month["riservati"] != held
            or month["rivenduti"] + month["bloccati"] > empty
            or waiting & set(month["ammessi"])
            or not lodged <= waiting
        ):
            place = "/".join((where, "mesi", month["mese"], month["azienda"], month["gestore"]))
            sentence = text("i posti non tornano", "the places do not add up")
            yield Violation(NAME, place, sentence)


def _deposits(where: str, row: Table) -> Iterator[Violation]:
    """What is paid in is held, and all of it is given back."""
    held: Counter[tuple[str, str]] = Counter()
    for move in row["deposito"]:
        convention = (move["azienda"], move["gestore"])
        held[convention] += move["importo_cent"]
        if held[convention] != move["saldo_cent"]:
            place = "/".join((where, "deposito", move["mese"], *convention))
            yield from _unequal(place, move["saldo_cent"], held[convention])
    for convention, amount in held.items():
        if amount:
            yield from _unequal("/".join((where, "deposito", *convention)), 0, amount)


def _ceilings(frame: Frame, where: str, row: Table) -> Iterator[Violation]:
    """No payer with a ceiling gives more than it for the children admitted or lodged in a month."""
    children: Counter[str] = Counter()
    for month in row["mesi"]:
        children[month["mese"]] += len(month["ammessi"]) + len(month["ospiti"])
    monthly: Counter[tuple[str, str]] = Counter()
    for line in row["righe"]:
        if line["componente"] in ("posto", "vuoto", "fascia"):
            monthly[line["pagatore"], line["data"][:7]] += line["importo_cent"]
    for payer in frame.case.scenario.pagatori:
        ceilings = [payer.importo_mese] if payer.modo == "fisso_mese" else []
        ceilings += [] if payer.massimo_mese is None else [payer.massimo_mese]
        # What the income tax gives is bounded by the year; other names stand for several payers.
        if not ceilings or payer.modo == "irpef" or _several(frame, payer.id):
            continue
        most = half_up(cents(min(ceilings)))
        for (name, day), amount in sorted(monthly.items()):
            if name == payer.id and amount > most * children[day]:
                sentence = text(
                    "paga {amount}, al massimo {most}",
                    "pays {amount}, at most {most}",
                    amount=euro_text(amount),
                    most=euro_text(most * children[day]),
                )
                yield Violation(NAME, "/".join((where, "righe", day, name)), sentence)


def _several(frame: Frame, name: str) -> bool:
    """Tell whether other payers of the stack have the same name."""
    return sum(payer.id == name for payer in frame.case.scenario.pagatori) > 1

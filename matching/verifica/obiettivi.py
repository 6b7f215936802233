"""Tiers of a document: value, bound, gap and state against the recomputed plan (docs/modello.md, 11)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from nido.data.lingua import text
from nido.matching.verifica.forma import Table
from nido.matching.verifica.livelli import COST_UNITS, UNITA, VERSO, slack
from nido.matching.verifica.violazione import Violation
from nido.scenari.regole import Livello
from nido.scenari.schema import Scenario

NAME = "livelli"
GAP_ROUNDING = Fraction(1, 10**9)


def _say(nome: str, it: str, en: str, **values: object) -> Violation:
    return Violation(NAME, nome, text(it, en, **values))


def tiers(scenario: Scenario, document: Table, values: Mapping[str, int]) -> list[Violation]:
    """Check every tier of a document of the right shape.

    Parameters
    ----------
    scenario
        The scenario.
    document
        The document.
    values
        Recomputed value of every tier for the plan shown.
    """
    stated = document["obiettivi"]
    wanted = [tier.nome for tier in scenario.obiettivo.livelli]
    if [row["nome"] for row in stated] != wanted:
        return [_say("obiettivi", "attesi i livelli {names}", "expected the tiers {names}", names=wanted)]
    found: list[Violation] = []
    proven = reached = True
    for position, (row, tier) in enumerate(zip(stated, scenario.obiettivo.livelli, strict=True)):
        found += _header(row, tier, document["unita_costo_cent"])
        if row["stato"] == "non_raggiunto":
            found += _not_reached(row, values)
            proven = reached = False
            continue
        if not reached:
            found.append(_say(tier.nome, "raggiunto dopo uno non raggiunto", "reached after one not reached"))
        last = position == len(stated) - 1
        found += _reached(row, tier, values[tier.nome], last)
        if row["condizionato"] == proven:
            found.append(_say(tier.nome, "condizionato non torna", "condizionato does not follow"))
        proven = proven and row["stato"] == "dimostrato"
    return found + _status(document, stated)


def _header(row: Table, tier: Livello, unit_cents: int) -> list[Violation]:
    found: list[Violation] = []
    unit = UNITA[tier.nome] or COST_UNITS[unit_cents]
    if row["unita"] != unit:
        found.append(
            _say(
                f"{tier.nome}/unita",
                "unità «{stated}», attesa {true}",
                "unit “{stated}”, expected {true}",
                stated=row["unita"],
                true=unit,
            )
        )
    if row["verso"] != VERSO[tier.nome]:
        found.append(_say(tier.nome, "verso sbagliato", "wrong direction"))
    if Decimal(str(row["tolleranza"])) != tier.tolleranza:
        found.append(
            _say(tier.nome, "tolleranza diversa dallo scenario", "tolerance differs from the scenario")
        )
    return found


def _not_reached(row: Table, values: Mapping[str, int]) -> list[Violation]:
    nome = row["nome"]
    found = [
        _say(nome, "{field} di un livello non raggiunto", "{field} of a tier not reached", field=field)
        for field in ("valore", "limite", "gap")
        if row[field] is not None
    ]
    true = values[nome]
    if row["valore_piano"] not in (None, true):
        found.append(
            _say(
                nome,
                "valore del piano scritto {stated}, risulta {true}",
                "value of the plan states {stated}, is {true}",
                stated=row["valore_piano"],
                true=true,
            )
        )
    return found


def _reached(row: Table, tier: Livello, true: int, last: bool) -> list[Violation]:
    nome, value, shown, bound = row["nome"], row["valore"], row["valore_piano"], row["limite"]
    if value is None or shown is None or bound is None or row["gap"] is None:
        return [
            _say(nome, "manca un numero di un livello raggiunto", "a number of a tier reached is missing")
        ]
    found: list[Violation] = []
    if shown != true:
        found.append(
            _say(
                nome,
                "valore del piano scritto {stated}, risulta {true}",
                "value of the plan states {stated}, is {true}",
                stated=shown,
                true=true,
            )
        )
    # Towards better is up for both directions from here on.
    sign = 1 if VERSO[tier.nome] == "max" else -1
    if sign * bound < sign * max(value, shown, key=lambda number: sign * number):
        found.append(
            _say(
                nome,
                "limite {bound} dalla parte sbagliata di {value}",
                "bound {bound} on the wrong side of {value}",
                bound=bound,
                value=value if sign * bound < sign * value else shown,
            )
        )
    allowed = 0 if last else slack(value, Fraction(tier.tolleranza))
    if sign * shown < sign * value - allowed:
        found.append(
            _say(
                nome,
                "il piano vale {shown}: più della tolleranza sotto {value}",
                "the plan is worth {shown}: beyond the tolerance from {value}",
                shown=shown,
                value=value,
            )
        )
    return found + _gap(row)


def _gap(row: Table) -> list[Violation]:
    nome, value, bound = row["nome"], row["valore"], row["limite"]
    found: list[Violation] = []
    true = Fraction(abs(value - bound), max(1, abs(value)))
    if abs(Fraction(row["gap"]) - true) > GAP_ROUNDING:
        found.append(
            _say(
                nome,
                "gap {stated} che non segue da valore e limite ({true})",
                "gap {stated} does not follow from value and bound ({true})",
                stated=row["gap"],
                true=round(float(true), 9),
            )
        )
    if (row["stato"] == "dimostrato") != (value == bound):
        found.append(
            _say(nome, "lo stato non segue da valore e limite", "state does not follow from the numbers")
        )
    return found


def _status(document: Table, stated: Sequence[Table]) -> list[Violation]:
    proven = [row for row in stated if row["stato"] == "dimostrato" and row["gap"] == 0]
    optimal = len(proven) == len(stated)
    found: list[Violation] = []
    if (document["stato"] == "ottimo") != optimal:
        found.append(
            _say(
                "stato",
                "«{state}» non segue dai livelli (dimostrati: {proven} su {all})",
                "“{state}” does not follow from the tiers (proven: {proven} out of {all})",
                state=document["stato"],
                proven=len(proven),
                all=len(stated),
            )
        )
    if document["stato"] == "entro_gap" and any(row["stato"] == "non_raggiunto" for row in stated):
        found.append(
            _say("stato", "entro_gap con un livello non raggiunto", "entro_gap with a tier not reached")
        )
    return found

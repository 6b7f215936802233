"""Corrupted tiers, header and form."""

import math
from typing import Any

import pytest
from documenti_verifica import Corruptions, Document

CORRUPTIONS = Corruptions()
corruption = CORRUPTIONS.register


def tier(document: Document, nome: str) -> dict[str, Any]:
    """Find a tier."""
    found: dict[str, Any] = next(row for row in document["obiettivi"] if row["nome"] == nome)
    return found


def figure(document: Document, chiave: str) -> dict[str, Any]:
    """Find an unverified figure."""
    found: dict[str, Any] = next(row for row in document["ipotesi"] if row["chiave"] == chiave)
    return found


@corruption("livelli:minuti_coperti")
def value_too_good(document: Document) -> None:
    """State a better value, with its bound."""
    row = tier(document, "minuti_coperti")
    row.update(valore=row["valore"] + 1, valore_piano=row["valore"] + 1, limite=row["valore"] + 1)


@corruption("livelli:copertura_piena")
def bound_below_a_maximum(document: Document) -> None:
    """State a bound below a value that is maximised."""
    row = tier(document, "copertura_piena")
    row.update(limite=row["valore"] - 1, gap=0.5, stato="non_dimostrato")
    document["stato"] = "interrotto"
    for later in document["obiettivi"][1:]:
        later["condizionato"] = True


@corruption("livelli:costo_totale")
def bound_above_a_minimum(document: Document) -> None:
    """State a bound above a value that is minimised."""
    row = tier(document, "costo_totale")
    row.update(limite=row["valore"] + 1, gap=round(1 / row["valore"], 9), stato="non_dimostrato")
    document["stato"] = "interrotto"
    for later in document["obiettivi"][3:]:
        later["condizionato"] = True


@corruption("livelli:costo_totale")
def bound_above_the_plan(document: Document) -> None:
    """State a bound between the plan's cost and a worse value found before."""
    row = tier(document, "costo_totale")
    plan = row["valore_piano"]
    row.update(valore=plan + 10, limite=plan + 5, gap=round(5 / (plan + 10), 9), stato="non_dimostrato")
    document["stato"] = "interrotto"
    for later in document["obiettivi"][3:]:
        later["condizionato"] = True


@corruption("livelli:minuti_coperti")
def gap_does_not_follow(document: Document) -> None:
    """State a gap of nothing between a value and another bound."""
    row = tier(document, "minuti_coperti")
    row.update(limite=row["valore"] + 100, stato="non_dimostrato")
    document["stato"] = "interrotto"
    for later in document["obiettivi"][2:]:
        later["condizionato"] = True


@corruption("livelli:stato")
def optimal_with_a_gap(document: Document) -> None:
    """Call a document optimal whose tier has a gap."""
    row = tier(document, "ordine_domanda")
    row.update(limite=row["valore"] * 2, gap=1.0, stato="non_dimostrato")


@corruption("livelli:ordine_domanda")
def proven_with_a_gap(document: Document) -> None:
    """Call a tier proven whose bound is not its value."""
    row = tier(document, "ordine_domanda")
    row.update(limite=row["valore"] * 2, gap=1.0)


@corruption("livelli:desideri_viaggio")
def condition_hidden(document: Document) -> None:
    """Hide that the tier before is not proven."""
    row = tier(document, "costo_totale")
    row.update(limite=0, gap=1.0, stato="non_dimostrato")
    document["stato"] = "interrotto"


@corruption("livelli:equita")
def plan_beyond_the_tolerance(document: Document) -> None:
    """State a value that the plan does not reach, in a tier with no tolerance."""
    tier(document, "equita").update(valore=400, limite=400)


@corruption("livelli:costo_totale")
def tolerance_off(document: Document) -> None:
    """State another tolerance."""
    tier(document, "costo_totale")["tolleranza"] = 0.05


@corruption("livelli:copertura_piena")
def direction_turned(document: Document) -> None:
    """Turn the direction of a tier."""
    tier(document, "copertura_piena")["verso"] = "min"


@corruption("livelli:obiettivi")
def tiers_swapped(document: Document) -> None:
    """Swap two tiers."""
    document["obiettivi"][0], document["obiettivi"][1] = document["obiettivi"][1], document["obiettivi"][0]


@corruption("livelli:costo_totale")
def wrong_unit(document: Document) -> None:
    """State the cost in cents and name ten cents as its unit."""
    document["unita_costo_cent"] = 10


@corruption("forma:unita_costo_cent")
def unknown_unit(document: Document) -> None:
    """Name a unit that does not exist."""
    document["unita_costo_cent"] = 5


@corruption("forma:arrotondamento_massimo_cent")
def rounding_hidden(document: Document) -> None:
    """State a rounding difference below the true one."""
    document["arrotondamento_massimo_cent"] = -1


@corruption("forma:accordi")
def key_missing(document: Document) -> None:
    """Drop a key."""
    del document["accordi"]


@corruption("forma:assegnazioni[0].minuti_scoperti")
def row_key_missing(document: Document) -> None:
    """Drop a key of a row."""
    del document["assegnazioni"][0]["minuti_scoperti"]


@corruption("forma:obiettivi[0].gap")
def not_a_number(document: Document) -> None:
    """State a gap that is not a number."""
    document["obiettivi"][0]["gap"] = math.nan


@corruption("forma:accordi[0].posti")
def true_for_one(document: Document) -> None:
    """State true for one place."""
    document["accordi"][0]["posti"] = True


@corruption("forma:formato")
def other_format(document: Document) -> None:
    """Name another version of the format."""
    document["formato"] = "nido-risultato/2"


@corruption("forma:avvertenza")
def warning_removed(document: Document) -> None:
    """Take away the warning of synthetic data."""
    document["avvertenza"] = ""


@corruption("forma:regole_spente")
def rule_off_hidden(document: Document) -> None:
    """Hide a rule that is off."""
    document["regole_spente"] = []


@corruption("forma:ordine_domanda")
def order_changed(document: Document) -> None:
    """Change the declared order."""
    document["ordine_domanda"].reverse()


@corruption("forma:ordine_domanda")
def order_incomplete(document: Document) -> None:
    """Leave a child out of the order."""
    document["ordine_domanda"].pop()


@corruption("forma:verifica")
def verdict_disagrees(document: Document) -> None:
    """Call a document confirmed that lists a violation."""
    document["verifica"]["violazioni"] = [{"regola": "orari", "dove": "B1", "dettaglio": "no"}]


@corruption("forma:isee")
def reserved_field(document: Document) -> None:
    """Add a reserved field."""
    document["assegnazioni"][0]["isee"] = "10000"


@corruption("forma:avvisi/ore_sede")
def notice_invented(document: Document) -> None:
    """Add a notice of a limit that is kept."""
    document["avvisi"].append({"regola": "ore_sede", "dove": "uno", "dettaglio": "oltre"})


@corruption("livelli:ordine_domanda")
def number_of_a_tier_not_reached(document: Document) -> None:
    """State a bound of a tier that was not reached."""
    tier(document, "ordine_domanda").update(valore=None, gap=None, stato="non_raggiunto")
    document["stato"] = "interrotto"


@corruption("livelli:ordine_domanda")
def plan_value_of_a_tier_not_reached(document: Document) -> None:
    """State a wrong value of the plan in a tier that was not reached."""
    row = tier(document, "ordine_domanda")
    row.update(valore=None, limite=None, gap=None, stato="non_raggiunto", valore_piano=1)
    document["stato"] = "interrotto"


@corruption("livelli:equita")
def value_missing(document: Document) -> None:
    """Leave out the value of a tier that was reached."""
    tier(document, "equita")["valore"] = None


@corruption("forma:assegnazioni")
def table_of_another_type(document: Document) -> None:
    """Write a group where a list belongs."""
    document["assegnazioni"] = {"B1": "uno"}


@corruption("forma:registro.righe[0].data")
def day_that_does_not_exist(document: Document) -> None:
    """Date a line on the 31st of a month of 30 days."""
    document["registro"]["righe"][0]["data"] = "2026-11-31"


@corruption("forma:accordi[0].usati_mese.2026-13")
def month_that_does_not_exist(document: Document) -> None:
    """State the places of a thirteenth month."""
    document["accordi"][0]["usati_mese"]["2026-13"] = 0


@corruption("livelli:minuti_coperti/unita")
def tier_in_another_unit(document: Document) -> None:
    """Call minutes hours."""
    tier(document, "minuti_coperti")["unita"] = "ore"


@corruption("livelli:costo_totale/unita")
def cost_in_another_unit(document: Document) -> None:
    """Call cents euro."""
    tier(document, "costo_totale")["unita"] = "EUR"


@corruption("ipotesi:costi.educatore.ora")
def figure_hidden(document: Document) -> None:
    """Leave out an unverified figure."""
    document["ipotesi"] = [row for row in document["ipotesi"] if row["chiave"] != "costi.educatore.ora"]


@corruption("ipotesi:costi.cuoco.ora")
def figure_invented(document: Document) -> None:
    """List a figure on which nothing rests."""
    document["ipotesi"].append({**document["ipotesi"][0], "chiave": "costi.cuoco.ora"})


@corruption("ipotesi:costi.educatore.ora/valore")
def figure_changed(document: Document) -> None:
    """State another wage."""
    figure(document, "costi.educatore.ora")["valore"] = "20.00"


@corruption("ipotesi:costi.educatore.ora/stato")
def figure_upgraded(document: Document) -> None:
    """Call an estimate an assumption."""
    row = figure(document, "costi.educatore.ora")
    row["stato"] = "ipotesi" if row["stato"] == "stimato" else "stimato"


@corruption("ipotesi:costi.educatore.ora/fonte")
def figure_from_elsewhere(document: Document) -> None:
    """Name another source."""
    figure(document, "costi.educatore.ora")["fonte"] = "un amico"


@corruption("ipotesi:costi.educatore.ora/nota")
def figure_annotated(document: Document) -> None:
    """Change what a reader must know of a row of the tables."""
    figure(document, "costi.educatore.ora")["nota"] = "verificata"


@corruption("ipotesi:comuni/valore")
def towns_off(document: Document) -> None:
    """Count another number of municipalities."""
    figure(document, "comuni")["valore"] = "9"


@corruption("ipotesi:costi.educatore.ora")
def figure_twice(document: Document) -> None:
    """List a figure twice."""
    document["ipotesi"].append(dict(figure(document, "costi.educatore.ora")))


@pytest.mark.parametrize("name", list(CORRUPTIONS.known))
def test_corrupted_document_is_refused(name: str) -> None:
    """The corruption is refused, and its place is among those named."""
    expected, found = CORRUPTIONS.refuse(name)
    assert any(place.startswith(expected) for place in found), found

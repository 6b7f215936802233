"""What a document says around its plan: title, rules off, order, notices, verdict."""

from decimal import Decimal

from nido.data.lingua import text
from nido.matching.verifica import ore_bambino, ore_sede
from nido.matching.verifica.caso import Case
from nido.matching.verifica.forma import Table
from nido.matching.verifica.pagatori import is_company
from nido.matching.verifica.piano import Plan
from nido.matching.verifica.sorteggio import drawn_positions
from nido.matching.verifica.tetti import components
from nido.matching.verifica.violazione import Violation

NAME = "forma"
SYNTHETIC = "DATI SINTETICI"
# Modes whose amounts depend on the ICEF of a family.
OF_FAMILIES = frozenset({"retta", "buoni", "differenza_azienda"})


def header(case: Case, document: Table) -> list[Violation]:
    """Check what does not depend on the plan."""
    scenario = case.scenario
    off = [name for name in type(scenario.regole).model_fields if not getattr(scenario.regole, name).attiva]
    wanted = {
        "nome": scenario.nome,
        "dati_sintetici": scenario.dati_sintetici,
        "avvertenza": SYNTHETIC if scenario.dati_sintetici else "",
        "ordine_sorteggiato": not scenario.obiettivo.ordine_domanda,
    }
    found = [
        Violation(NAME, name, text("non corrisponde allo scenario", "differs from the scenario"))
        for name, value in wanted.items()
        if document[name] != value
    ]
    if sorted(document["regole_spente"]) != sorted(off):
        names = ", ".join(off) or text("nessuna", "none")
        sentence = text("le regole spente sono: {names}", "the rules that are off are: {names}", names=names)
        found.append(Violation(NAME, "regole_spente", sentence))
    return found + _least_coverage(case, document) + verdict(document)


def _least_coverage(case: Case, document: Table) -> list[Violation]:
    """Check the share of a request that must be covered: that of the rule, nothing while the rule is off."""
    rule, stated = case.scenario.regole.orari, document["copertura_minima"]
    true = rule.copertura_minima if rule.attiva else None
    if (None if stated is None else Decimal(stated)) == true:
        return []
    sentence = text("non corrisponde allo scenario", "differs from the scenario")
    return [Violation(NAME, "copertura_minima", sentence)]


def verdict(document: Table) -> list[Violation]:
    """Refuse a document that calls itself refused."""
    stated = document.get("verifica")
    if stated is None or (stated["esito"] == "confermata" and not stated["violazioni"]):
        return []
    # Only a confirmed document can be right: one that calls itself refused is, or is refused in error.
    sentence = text("il documento si dice rifiutato", "the document calls itself refused")
    if (stated["esito"] == "rifiutata") != bool(stated["violazioni"]):
        sentence = text("esito e violazioni non concordano", "verdict and violations disagree")
    return [Violation(NAME, "verifica", sentence)]


def order(case: Case, document: Table) -> list[Violation]:
    """Check that the order names every child once and is the declared one, or the one that the seed draws."""
    stated, declared = document["ordine_domanda"], case.scenario.obiettivo.ordine_domanda
    if sorted(stated) != sorted(case.bambini):
        sentence = text("non nomina ogni bambino una volta", "does not name every child once")
        return [Violation(NAME, "ordine_domanda", sentence)]
    if declared and tuple(stated) != declared:
        sentence = text("diverso da quello dichiarato", "differs from the declared one")
        return [Violation(NAME, "ordine_domanda", sentence)]
    seed = document["manifesto"]["seme"]
    # Children whom the lot cannot tell apart may stand in any order: only their positions count.
    positions = drawn_positions(case, seed)
    drawn = [positions[bambino] for bambino in stated]
    if declared or drawn == sorted(drawn):
        return []
    sentence = text(
        "diverso da quello sorteggiato con il seme {seed}",
        "differs from the one drawn with seed {seed}",
        seed=seed,
    )
    return [Violation(NAME, "ordine_domanda", sentence)]


def revealing(case: Case) -> set[str]:
    """Find the company's payers whose part lets the fee, the vouchers or the bonus of a family be known."""
    found: set[str] = set()
    families: set[str] = set()
    for payer in case.scenario.pagatori:
        paid = set(payer.voci) & components(payer)
        of_families = payer.modo in OF_FAMILIES or (payer.modo == "inps" and payer.di is None)
        if is_company(payer) and (payer.modo == "differenza_azienda" or families & paid):
            found.add(payer.id)
        if of_families:
            families |= paid
    return found


def notices(plan: Plan, document: Table, unpaid: bool) -> list[Violation]:
    """Check that a limit that only warns has a notice when, and only when, the plan is beyond it."""
    rules = plan.case.scenario.regole
    stated = {row["regola"] for row in document["avvisi"]}
    found: list[Violation] = []
    for half, rule in ((ore_bambino, rules.ore_bambino), (ore_sede, rules.ore_sede)):
        beyond = rule.attiva and rule.modo == "avvisa" and bool(half.excesses(plan))
        if beyond != (half.name in stated):
            sentence = text("l'avviso non segue dal piano", "the notice does not follow from the plan")
            found.append(Violation(NAME, f"avvisi/{half.name}", sentence))
    payers = {payer.id for payer in plan.case.scenario.pagatori}
    told = {row["dove"] for row in document["avvisi"] if row["regola"] == "pagatori"} & payers
    for name in sorted(told ^ revealing(plan.case)):
        sentence = text("l'avviso non segue dalla pila", "the notice does not follow from the stack")
        found.append(Violation(NAME, f"avvisi/pagatori/{name}", sentence))
    if unpaid and not document["avvisi"]:
        sentence = text("nessun avviso di importi scoperti", "no notice of amounts that nobody pays")
        found.append(Violation(NAME, "avvisi", sentence))
    return found

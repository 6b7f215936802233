"""Why a request is not served: each rule once, with its amount."""

from typing import Any

from casi_verifica import azienda, bambino, fascia, gestore, scenario
from oracle import solve_here

from nido.matching.solution import Reason, Solution


def reasons(*children: dict[str, Any], **more: Any) -> dict[str, tuple[Reason, ...]]:
    """Solve and give the reasons of each request left out."""
    solution: Solution = solve_here(scenario(children, **more))
    return {entry.bambino: entry.motivi for entry in solution.non_assegnati}


def only(found: dict[str, tuple[Reason, ...]], child: str) -> tuple[str, str, str]:
    """Give rule, kind and detail of a child's only reason."""
    (reason,) = found[child]
    return reason.regola, reason.tipo, reason.dettaglio


def test_a_place_taken_by_others() -> None:
    """One place, two children together: the lighter one is a place short."""
    children = (bambino("B1", peso=2), bambino("B2"))
    found = reasons(*children, gestori=[gestore(posti=1)])
    assert only(found, "B2") == ("posti_riservati", "posto_preso_da_altri", "mancano 1 posti")


def test_hours_that_no_opening_covers() -> None:
    """A window 05:00-09:00 against 08:00-16:00 has 60 of 240 minutes a day; 80 % of 22 x 240 is 4,224."""
    found = reasons(bambino("B1", "05:00-09:00"))
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("orari", "impossibile_da_solo")
    # 22 x 60 = 1,320 covered; 4,224 - 1,320 = 2,904 short.
    assert detail == "al massimo 1320 minuti coperti su 5280, ne servono 4224: mancano 2904"


def test_a_threshold_that_one_child_cannot_reach() -> None:
    """A fascia asks for three children; the one who needs it is two short."""
    provider = gestore(fasce=[fascia("anticipo", "06:00-08:00")])
    found = reasons(bambino("B1", "06:00-10:00"), gestori=[provider], regole={"attivazione": {"soglia": 3}})
    rule, kind, detail = only(found, "B1")
    assert (rule, kind) == ("attivazione", "impossibile_da_solo")
    assert "mancano 2 bambini" in detail


def test_a_budget_that_the_place_exceeds() -> None:
    """A place of 600 EUR at a share of one half against a budget of 250 EUR: 50 EUR too much."""
    provider = gestore(prezzi={"posto_mese": 600})
    companies = [azienda("alfa", quota=0.5, budget_annuo=250), azienda("beta")]
    found = reasons(bambino("B1"), gestori=[provider], aziende=companies)
    assert only(found, "B1") == ("budget", "impossibile_da_solo", "50.00 EUR oltre il budget")


def test_distance_and_exclusion() -> None:
    """Eligibility names what stops the child, with the minutes over the limit."""
    found = reasons(
        bambino("B1", esclusi=["uno"]),
        bambino("B2", comune="Trento"),
        regole={"idoneita": {"deviazione_massima_minuti": 10}},
    )
    assert only(found, "B1")[0] == only(found, "B2")[0] == "idoneita"
    assert "non accettato" in only(found, "B1")[2]
    assert "massimo 10" in only(found, "B2")[2]


def test_siblings_are_not_separated() -> None:
    """The elder is pinned at one provider, the younger accepts only the other: it would separate them."""
    pin = [{"gestore": "uno", "stagione": "autunno"}]
    children = (bambino("B1", assegnato_a=pin), bambino("B2", fratello_di="B1", esclusi=["uno"]))
    found = reasons(*children, gestori=[gestore(), gestore("due")])
    by_provider = {reason.gestore: (reason.regola, reason.tipo) for reason in found["B2"]}
    assert by_provider == {
        "uno": ("idoneita", "impossibile_da_solo"),
        "due": ("fratelli", "altro_gestore"),
    }


def test_an_allowed_request_left_out_by_the_objective() -> None:
    """With cost first nobody is served, and the reason is the tier, not a rule."""
    found = reasons(bambino("B1"), obiettivo={"livelli": [{"nome": "costo_totale"}]})
    rule, kind, detail = only(found, "B1")
    assert rule == "costo_totale" and "peggiora" in detail
    assert kind == "posto_preso_da_altri"

"""The rule `posti_riservati`: just satisfied and just violated."""

from dataclasses import replace

from casi_verifica import bambino, broken, case_of, gestore, plan_of

AGREEMENT = ("alfa", "uno", "autunno")


def test_places_hold_those_present_together() -> None:
    """Two together need two places."""
    plan = plan_of(case_of(bambino("B1"), bambino("B2")), {"B1": "uno", "B2": "uno"})
    assert broken(replace(plan, places={AGREEMENT: 2})) == []
    assert broken(replace(plan, places={AGREEMENT: 1})) == ["posti_riservati"]


def test_smallest_agreement_of_the_provider() -> None:
    """A provider that agrees on three places at least refuses two."""
    case = case_of(bambino("B1"), gestori=[gestore(posti_minimi_accordo=3)])
    plan = plan_of(case, {"B1": "uno"})
    assert broken(plan) == []
    assert broken(replace(plan, places={AGREEMENT: 2})) == ["posti_riservati"]


def test_companies_share_places_only_if_the_rule_says_so() -> None:
    """Morning and afternoon of two companies need two of two places; with one place they must share it."""
    children = [bambino("B1", "08:00-12:00"), bambino("B2", "12:00-16:00", azienda="beta")]
    everybody = {"B1": "uno", "B2": "uno"}
    two = case_of(*children, gestori=[gestore(posti=2)])
    one = case_of(*children, gestori=[gestore(posti=1)])
    shared = case_of(
        *children,
        gestori=[gestore(posti=1)],
        regole={"posti_riservati": {"condivisione_tra_aziende": True}},
    )
    off = case_of(*children, gestori=[gestore(posti=1)], regole={"posti_riservati": {"attiva": False}})
    assert broken(plan_of(two, everybody)) == []
    assert broken(plan_of(one, everybody)) == ["posti_riservati"]
    assert broken(plan_of(shared, everybody)) == []
    assert broken(plan_of(off, everybody)) == []

"""Simulator and checker of the agreements follow the same page: equal on random plans and courses."""

from accordi_a_caso import agreements_document, differences
from documenti_accordi import child, declines, enters, framed, gestore, leaves, result_of
from hypothesis import given, settings
from hypothesis import strategies as st

from nido.matching.checker import check_agreements


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_both_halves_agree(seed: int) -> None:
    """Months, lines, totals, deposits and cases of every path, to the cent."""
    assert differences(seed) == []


def test_declining_what_is_not_offered_does_nothing() -> None:
    """No place for N1 at uno and an empty one at due: N1, who declines nothing, is a guest."""
    served = {"B1": "uno", "B2": "due"}
    events = [
        enters("N1", "2026-10", "B1"),
        leaves("B2", "2026-11"),
        declines("N1", "2026-11"),
    ]
    frame = framed(
        [child("B1"), child("B2")],
        served,
        gestori=[gestore("uno", prezzi={"posto_mese": 800}), gestore("due", prezzi={"posto_mese": 700})],
        quadro={
            "clausole": {"posto_nuovo": {"modo": "prioritario"}, "trasferimento": {"tra_gestori": True}},
            "percorsi": [{"id": "rifiuto", "eventi": events}],
        },
    )
    plain, result = frame.case.scenario, result_of(frame.case, served)
    assert check_agreements(plain, result, agreements_document(plain, result)) == ()

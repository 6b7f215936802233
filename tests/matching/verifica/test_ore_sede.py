"""The rule `ore_sede`: just satisfied and just violated."""

from typing import Any

import pytest
from casi_verifica import bambino, broken, case_of, fascia, gestore, plan_of

from nido.matching.verifica import ore_sede

PROVIDER = gestore(fasce=[fascia("anticipo", "06:30-08:00"), fascia("tardi", "16:00-17:30", "lun")])


@pytest.mark.parametrize(
    ("fasce", "rule", "kept"),
    [
        # 8 hours of base and 1.5 + 1.5: 11 hours on Mondays are the profile's limit.
        (["anticipo", "tardi"], {}, True),
        (["anticipo", "tardi"], {"massimo_ore": "10.9"}, False),
        (["anticipo"], {"massimo_ore": "9.5"}, True),
        (["anticipo"], {"massimo_ore": "9.4"}, False),
        (["anticipo", "tardi"], {"massimo_ore": 1, "modo": "avvisa"}, True),
        (["anticipo", "tardi"], {"massimo_ore": 1, "attiva": False}, True),
    ],
)
def test_open_hours_of_a_day(fasce: list[str], rule: dict[str, Any], kept: bool) -> None:
    """Base hours and open fasce of one day together are within the limit."""
    case = case_of(
        bambino("B1", "06:30-17:30"),
        gestori=[PROVIDER],
        regole={
            "ore_sede": {"modo": "vieta", **rule},
            "ore_bambino": {"attiva": False},
            "attivazione": {"soglia": 1},
            "orari": {"copertura_minima": "0.5"},
        },
    )
    assert broken(plan_of(case, {"B1": "uno"}, {"B1": fasce})) == ([] if kept else ["ore_sede"])


def test_a_fascia_open_anyway_counts_and_a_provider_without_children_does_not() -> None:
    """A fascia that is open anyway counts even when nobody books it, where the provider takes part."""
    open_anyway = [fascia("anticipo", "06:30-08:00", gia_aperta=True)]
    case = case_of(
        bambino("B1"),
        gestori=[gestore(fasce=open_anyway), gestore("due", fasce=open_anyway)],
        regole={"ore_sede": {"modo": "vieta", "massimo_ore": 9}},
    )
    found = ore_sede.check(plan_of(case, {"B1": "uno"}))
    assert [violation.dove for violation in found] == ["uno/autunno/2026-10-01"]

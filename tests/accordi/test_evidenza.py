"""Evidence for the project: signatures, terms, and the percentage of realisation."""

from datetime import date
from typing import Any

import pytest

from nido.accordi.evidenza import evidence
from nido.matching.solution import Agreement

AGREEMENTS = (
    Agreement("alfa", "girasole", "autunno", 3, 4, {}),
    Agreement("alfa", "gruppo", "autunno", 1, 1, {}),
    Agreement("alfa", "girasole", "inverno", 2, 2, {}),
    Agreement("beta", "girasole", "autunno", 2, 2, {}),
)


@pytest.fixture
def framework() -> dict[str, Any]:
    """Alfa has signed with one of its two providers; the project wants three companies."""
    return {
        "clausole": {"preavviso": {"giorni": 60}},
        "eccezioni": [{"gestore": "gruppo", "clausole": {"ore_minime": {"ore_mese": 20}}}],
        "firme": [
            {"azienda": "alfa", "data": "2026-10-05", "gestori": ["girasole"], "atto": "prot. 12/2026"}
        ],
        "aziende_attese": 3,
    }


def test_a_signature_counts_and_its_terms_are_told(make: Any, framework: dict[str, Any]) -> None:
    """One of three companies is 333 per mille; alfa's places are those where it signed."""
    found = evidence(make.scenario(accordo_quadro=framework), AGREEMENTS)
    # 1000 × 1 / 3 = 333.33
    assert (found.firmate, found.attese, found.per_mille) == (1, 3, 333)
    alfa, beta = found.aziende
    assert (alfa.firmato, alfa.atto, alfa.gestori) == (date(2026, 10, 5), "prot. 12/2026", ("girasole",))
    # 3 places in autumn, 2 in winter.
    assert (alfa.posti, alfa.clausole) == (3, ("preavviso",))
    assert (beta.firmato, beta.gestori, beta.posti) == (None, ("girasole",), 2)


def test_without_a_target_all_companies_are_wanted(make: Any, framework: dict[str, Any]) -> None:
    """Two companies in the scenario, one signed without naming providers: half done, all its places."""
    framework = framework | {"aziende_attese": None, "firme": [{"azienda": "alfa", "data": "2026-10-05"}]}
    found = evidence(make.scenario(accordo_quadro=framework), AGREEMENTS)
    assert (found.attese, found.per_mille) == (2, 500)
    # 3 + 1 in autumn; both providers' clauses.
    assert (found.aziende[0].posti, found.aziende[0].clausole) == (4, ("preavviso", "ore_minime"))


def test_more_signatures_than_wanted_is_done(make: Any) -> None:
    """The percentage stops at a hundred."""
    framework = {
        "firme": [{"azienda": name, "data": "2026-10-05"} for name in ("alfa", "beta")],
        "aziende_attese": 1,
    }
    assert evidence(make.scenario(accordo_quadro=framework), AGREEMENTS).per_mille == 1000

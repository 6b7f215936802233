"""The section of the agreements' life: what the page says to the district, a company and a gestore."""

from dataclasses import replace
from typing import Any

import pytest
from html_checks import check
from leaks import Secret, leaks
from vite import lived

from nido.report.html.page import page_for
from nido.report.html.paths_section import paths_section
from nido.report.privacy.audience import Audience
from nido.report.privacy.build_view import view_for
from nido.report.privacy.life import life_for
from nido.report.privacy.view import View

FRAMEWORK: dict[str, Any] = {
    "durata_mesi": 26,
    "clausole": {
        "indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"},
        "rinnovo": {"mesi": 12, "volte": 2, "preavviso_mesi": 11},
    },
    "percorsi": [
        {
            "id": "segreto",
            "nome": "La famiglia Segreta",
            "probabilita": "0.5",
            "eventi": [
                {
                    "tipo": "assume",
                    "mese": "2027-09",
                    "numero": 2,
                    "azienda": "meccanica",
                    "gestore": "nido_due_turni",
                    "come": "T001",
                }
            ],
        }
    ],
}


def page(audience: Audience, subject: str | None, *, flat: bool = False) -> tuple[bytes, View]:
    """Write the page of an audience with the section alone."""
    loaded, document, _, played = lived(_framework())
    view = view_for(loaded, document, audience, subject)
    view = replace(view, flat=True) if flat else view
    life = life_for(view, played.plan, played.corse, played.casi)
    found = played.casi
    names = {one.corso.id: "percorso" for one in played.corse}
    section = paths_section(view, loaded.scenario.accordo_quadro, 26, found, names, life)
    assert section is not None
    return page_for(view, [section]), view


def _framework() -> dict[str, Any]:
    """Hire like a child whom the plan does serve."""
    document = lived({})[1]
    served = next(one["bambino"] for one in document["assegnazioni"] if one["azienda"] == "meccanica")
    (course,) = FRAMEWORK["percorsi"]
    events = [course["eventi"][0] | {"come": served}]
    return FRAMEWORK | {"percorsi": [course | {"eventi": events}]}


def test_the_district_reads_years_courses_and_months() -> None:
    """Every party by year, the course with its name, the plan's months with their steps."""
    words = check(page("distretto", None)[0]).text()
    for said in (
        "anno 1: 09/2026–08/2027",
        "anno 3: 09/2028–10/2028",
        "La famiglia Segreta",
        "Conserve di prova – Nido",
        "10/2028",
        "824,18",
        "ultimo mese",
    ):
        assert said in words, said


def test_a_company_reads_its_commitment_and_no_neighbour() -> None:
    """The contract: 3.200,00, 3.248,00 and 1.648,36 make 8.096,36; two children more, nobody's name."""
    content, _ = page("azienda", "meccanica")
    words = check(content).text()
    for said in ("8.096,36", "1.648,36", "Entrano 2 bambini in più", "un percorso supposto"):
        assert said in words, said
    secrets = [Secret("neighbour", "Conserve"), Secret("course", "Segreta")]
    secrets += [Secret("child", one.id) for one in lived({})[0].scenario.bambini]
    assert leaks({"azienda.html": content}, secrets) == []


def test_a_company_whose_amounts_tell_a_family_reads_the_commitment_alone() -> None:
    """The cases are hidden, and it says why; the contract is shown."""
    words = check(page("azienda", "meccanica", flat=True)[0]).text()
    assert "Gli importi non si mostrano" in words
    assert "Anno per anno" not in words
    assert "8.096,36" in words


def test_a_gestore_reads_list_prices() -> None:
    """Four places at list price: 4 x 800.00 x 4 = 12.800,00 in the first year, empty one half of it."""
    words = check(page("gestore", "nido_due_turni")[0]).text()
    assert "12.800,00" in words
    assert "6.400,00" in words


@pytest.mark.parametrize(("audience", "subject"), [("distretto", None), ("azienda", "meccanica")])
def test_the_section_speaks_english(
    monkeypatch: pytest.MonkeyPatch, audience: Audience, subject: str | None
) -> None:
    """No Italian heading is left."""
    monkeypatch.setenv("NIDO_LANG", "en")
    words = check(page(audience, subject)[0]).text()
    assert "What happens in the extreme cases" in words
    assert "Anno per anno" not in words

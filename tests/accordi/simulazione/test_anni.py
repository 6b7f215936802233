"""Years of the agreements, what is paid in each, and what happens in a course."""

from accordi_finti import plan_of, play

from nido.accordi.simulazione.anni import Anno, years_of
from nido.accordi.simulazione.corsa import Corso
from nido.accordi.simulazione.fatti import Fatto, facts_of
from nido.scenari.accordo_quadro import Percorso

ONE = {"A1": ("girasole", "giorno")}
PAIR = {"azienda": "alfa", "gestore": "girasole"}


def test_the_years_begin_with_the_agreement() -> None:
    """26 months from September 2026: twelve, twelve and two."""
    assert years_of("2026-09", 26) == (
        Anno(1, "2026-09", "2027-08", 12),
        Anno(2, "2027-09", "2028-08", 12),
        Anno(3, "2028-09", "2028-10", 2),
    )


def test_what_is_paid_stands_in_the_year_of_its_date_and_sums_to_the_whole() -> None:
    """24 months, the second year 2 % dearer, the company pays one half.

    First year: 12 places at 800.00, half: 4,800.00. Second: 12 at 816.00, half: 4,896.00.
    """
    framework = {
        "durata_mesi": 24,
        "clausole": {"indicizzazione": {"quota": "1", "variazione_annua": "0.02"}},
    }
    corsa = play(plan_of(ONE, framework=framework))
    assert [year.per_pagatore["azienda:alfa"] for year in corsa.anni] == [4_800_00, 4_896_00]
    for name, whole in corsa.totali.per_pagatore.items():
        assert sum(year.per_pagatore.get(name, 0) for year in corsa.anni) == whole
    for name, whole in corsa.totali.per_gestore.items():
        assert sum(year.per_gestore.get(name, 0) for year in corsa.anni) == whole


def test_the_use_of_places_is_counted_month_by_month() -> None:
    """Two places for twelve months, one child who leaves in January: 24 reserved, 4 used, 20 empty."""
    leaving = {"tipo": "esce", "mese": "2027-01", "bambino": "A1"}
    (use,) = play(plan_of(ONE, {("alfa", "girasole"): 2}), leaving).usi
    assert (use.mesi, use.riservati, use.usati, use.vuoti, use.ultimo) == (12, 24, 4, 20, "2027-08")


def test_what_happens_is_told_without_names() -> None:
    """Two are hired, one of them leaves; the company withdraws."""
    events = [
        {"tipo": "assume", "mese": "2026-10", "numero": 2, "come": "A1", **PAIR},
        {"tipo": "esce", "mese": "2026-11", "bambino": "N1-2"},
        {"tipo": "cambia_turno", "mese": "2026-12", "bambino": "A1", "come": "A1"},
        {"tipo": "recede", "mese": "2027-01", **PAIR},
    ]
    course = Percorso.model_validate({"id": "prova", "eventi": events})
    key = (("alfa", "girasole"),)
    assert facts_of(plan_of(ONE), Corso("prova", "", 0, course.eventi)) == (  # type: ignore[arg-type]
        Fatto("entra", "2026-10", 2, key),
        Fatto("esce", "2026-11", 1, key),
        Fatto("cambia_turno", "2026-12", 1, key),
        Fatto("recede", "2027-01", 1, key),
    )

"""indicizzazione: prices follow a part of an index, year by year."""

from accordi_finti import due, plan_of, play

TERMS = {"durata_mesi": 36, "clausole": {"indicizzazione": {"quota": 0.75, "variazione_annua": 0.02}}}


def test_the_example_of_the_page() -> None:
    """820 x 1.015 = 832.30; 832.30 x 1.015 = 844.7845, that is 844.78."""
    child = {"A1": ("girasole", "giorno")}
    providers = plan_of(child).scenario.model_dump(mode="json")["gestori"]
    providers[0]["prezzi"]["posto_mese"] = "820"
    found = due(play(plan_of(child, None, TERMS, gestori=providers)), "posto")
    assert [found[month] for month in ("2027-08", "2027-09", "2028-09", "2029-08")] == [
        820_00,
        832_30,
        844_78,
        844_78,
    ]


def test_fasce_and_meals_follow_too() -> None:
    """60 x 1.015 = 60.90. Meals: 80 in autumn 2027, at 5 x 1.015 = 5.075, that is 5.08: 406.40."""
    child = {"A1": ("girasole", "giorno", ("autunno", "primavera", "estate"), ("anticipo",))}
    corsa = play(plan_of(child, None, TERMS))
    assert due(corsa, "fascia")["2027-09"] == 60_90
    assert due(corsa, "pasto")["2027-09"] == 406_40


def test_a_period_with_an_anniversary_has_two_lines() -> None:
    """One season of twelve months, begun in March: the price changes in March 2027, inside the period."""
    child = {"A1": ("tate", "giorno", ("tutto",))}
    season = [{"id": "tutto", "inizio": "2026-09-01", "fine": "2027-08-31"}]
    terms = TERMS | {"inizio": "2026-09", "durata_mesi": 14}
    corsa = play(plan_of(child, None, terms, stagioni=season))
    lines = [(riga.data.isoformat(), riga.quantita, riga.prezzo_cent) for riga in corsa.righe]
    # 6000 minutes a month are 100 hours; two payers each; 8.00 x 1.015 = 8.12.
    assert sorted(set(lines)) == [("2026-09-01", "1200", 8_00), ("2027-09-01", "200", 8_12)]

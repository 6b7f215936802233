"""What holds for every payer: dates, the greatest share, VAT."""

from dataclasses import replace

from pila import child, due, facts, paid, payer

FAMILY = payer("famiglia", "residuo")


def test_a_payer_is_there_from_a_day_to_a_day() -> None:
    """Both ends included, by the date of the amount."""
    town = payer("comune", "quota", quota="0.5", dal="2026-10-01", al="2026-10-31")
    amounts = [due("100", "B1", month=month) for month in ("2026-09", "2026-10", "2026-11")]
    assert [row.get("comune", 0) for row in paid(amounts, (town, FAMILY), facts())] == [0, 5_000, 0]


def test_greatest_share_of_every_amount() -> None:
    """Families at most 35 %: 500.01 of 1,000.01 by the company, 175.00 for each child (175.0035, 175.00)."""
    known = facts([child("B1"), child("B2")])
    capped = payer("famiglia", "residuo", massimo_quota="0.35")
    stack = (payer("datore", "quota_azienda"), capped)
    rest = {"azienda:alfa": 50_001, "famiglia": 35_000}
    assert paid([due("1000.01", "B1", "B2")], stack, known) == [rest | {"scoperto": 15_000}]
    followed = (*stack, payer("comune", "residuo"))
    assert paid([due("1000.01", "B1", "B2")], followed, known) == [rest | {"comune": 15_000}]


def test_greatest_share_of_a_place_of_nobody() -> None:
    """Without children it is a share of the amount: 0.35 x 100.01 = 35.0035."""
    half = payer("comune", "quota", quota="0.5", massimo_quota="0.35")
    assert paid([due("100.01", componente="vuoto")], (half,), facts()) == [
        {"comune": 3_500, "scoperto": 6_501}
    ]


def test_who_pays_an_entry_pays_its_vat() -> None:
    """Of the VAT of a fascia only those of the fascia pay, within what their limits have left."""
    stack = (
        payer("comune", "quota", "posto", quota="0.5"),
        payer("buoni", "fisso_mese", "fascia", importo_mese=82),
        FAMILY,
    )
    taxed = due("80", "B1", componente="fascia")
    vat = replace(taxed, componente="iva", prezzo=taxed.prezzo / 20, tassata="fascia")
    # 80 of 82 for the fascia, 2 of the 4 of its VAT
    assert paid([taxed, vat], stack, facts()) == [{"buoni": 8_000}, {"buoni": 200, "famiglia": 200}]


def test_hours_are_not_counted_again_for_their_vat() -> None:
    """A payer by the hour has paid the hours: their VAT goes to who follows."""
    stack = (payer("provincia", "fisso_ora", "ora", importo_ora=5), FAMILY)
    taxed = due("8", "B1", componente="ora")
    vat = replace(taxed, componente="iva", prezzo=taxed.prezzo / 20, tassata="ora")
    assert paid([taxed, vat], stack, facts()) == [{"provincia": 500, "famiglia": 300}, {"famiglia": 40}]

"""The sections of the provider's view: both languages, no line too wide, no child named."""

from typing import Any

import pytest
from casi_verifica import bambino, fascia, gestore, scenario

from nido.accordi.gestore.margine import VistaGestore, provider_view
from nido.matching.replay import SavedRow
from nido.report.csv_provider import provider_tables
from nido.report.provider_things import why_missing
from nido.report.sections_provider import curve_section, package_words, render


def views(price: Any = 60, **rules: Any) -> tuple[VistaGestore, ...]:
    """View two children at a nido with a fascia 06:30-08:00, one of whom comes early."""
    one = fascia("anticipo", "06:30-08:00", prezzo_mese=price)
    late = fascia("sera", "18:00-20:00", prezzo_mese=1)
    plain = scenario(
        [bambino("B1", "06:30-13:00"), bambino("B2")],
        gestori=[gestore("nido_con_un_nome_molto_lungo", fasce=[one, late], prezzi={"posto_mese": 400})],
        regole={"attivazione": {"soglia": 1}, **rules},
    )
    where = "nido_con_un_nome_molto_lungo"
    rows = [SavedRow("B1", "autunno", where, ("anticipo",)), SavedRow("B2", "autunno", where, ())]
    return provider_view(plain, {}, rows)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_too_wide(monkeypatch: pytest.MonkeyPatch, lang: str, width: int) -> None:
    """Every width and language keeps its lines, and nothing of a child is shown."""
    monkeypatch.setenv("NIDO_LANG", lang)
    shown = render(views(), width=width, synthetic=True)
    assert max(map(len, shown.splitlines())) <= width
    assert "B1" not in shown
    assert " ".join(shown.split()).count("DATI SINTETICI") == 5


def test_money_and_numbers_of_children() -> None:
    """Two places 800 and a fascia 420 EUR; 418 h of educators: margin 1,220.00 - 17,334.46."""
    lines = render(views(420), width=120, synthetic=False).splitlines()
    assert lines[0].startswith("Per il distretto e per il gestore, non per le aziende")
    assert "MARGINE DEI GESTORI (CONTRIBUTO DEGLI ACCORDI)" in lines
    # The long name goes on in the next line.
    whole = ["autunno", "10", "2", "17.334,46", "1.220,00", "-16.114,46", "-", "-", "-", "-16.114,46"]
    assert any(line.split()[1:] == whole for line in lines)
    (early,) = (line.split() for line in lines if " anticipo " in line and "7-10" in line)
    # 66 h x 41.47 = 2,737.02 up to 18 older children: 7 x 420 = 2,940 pay; of whatever ages, safe from 10
    assert early[3:] == ["1", "2.737,02", "420,00", "-2.317,02", "7", "7-10", "10", "-2.317,02"]


def test_a_closed_fascia_that_cannot_pay_is_only_counted() -> None:
    """At one euro a month no number of children pays the evening: it is left out, and that is said."""
    shown = render(views(), width=120, synthetic=False)
    assert "Mancano 1 fasce" in shown
    assert not any(line.split()[2:3] == ["sera"] for line in shown.splitlines())


def test_a_break_even_beyond_the_places_is_marked() -> None:
    """At 250 EUR it takes 55 children; ten places are offered."""
    shown = render(views(250), width=120, synthetic=False)
    assert "55 *" in shown
    assert "* Più bambini dei posti offerti." in shown


def test_without_staff_the_reason_is_told() -> None:
    """With the rule off there is no curve, and the section says why."""
    shown = render(views(rapporto={"attiva": False}), width=120, synthetic=False)
    assert "la regola rapporto è spenta" in shown


def test_nobody_served_shows_nothing() -> None:
    """A view of no provider has no section."""
    assert render((), width=80, synthetic=False) == "\n"


def test_the_curve_has_a_row_for_each_number() -> None:
    """From nobody to the ten places."""
    (view,) = views(420)
    curve = view.parti[1].curva
    assert curve is not None
    lines = curve_section("Anticipo", curve, 80)
    assert lines[0] == "ANTICIPO"
    assert lines[4].split() == ["0", "0,00", "0,00", "0,00"]
    assert lines[11].split() == ["7", "2.737,02", "2.940,00", "202,98"]


def test_why_a_number_is_missing_is_said_with_its_own_curve() -> None:
    """At 400 EUR seven children pay two educators, ten not three: 4,000.00 against 4,105.53."""
    (view,) = views(400)
    early = view.parti[1].curva_sicura
    assert early is not None
    assert why_missing(early).startswith(
        "con 10 si perde: costo 4.105,53, ricavo 4.000,00; non si perde con 7:"
    )
    # Nobody comes in the evening at one euro: the fascia alone, ten of them, 10.00 EUR.
    late = view.parti[2]
    assert late.curva is not None
    assert late.curva_sicura is not None
    assert why_missing(late.curva) == "nel piano non la usa nessuno"
    # 18:00-20:00: 44 h of three educators = 132 h x 41.47 = 5,474.04
    assert "con 10 costo 5.474,04, ricavo 10,00" in why_missing(late.curva_sicura)


def test_packages_are_named_by_what_is_in_them() -> None:
    """The place alone, and with its fasce."""
    assert (package_words(()), package_words(("anticipo", "sera"))) == ("posto", "posto + anticipo + sera")


def test_tables_hold_every_row() -> None:
    """One row for the season, each fascia and each package; 11 points each; a label for synthetic data."""
    found = provider_tables(views(420), synthetic=True)
    rows = {name: content.decode("utf-8-sig").split("\r\n") for name, content in found.items()}
    assert set(rows) == {"margini.csv", "componenti.csv", "curve.csv"}
    assert all(lines[0] == "DATI SINTETICI" for lines in rows.values())
    assert rows["margini.csv"][1].startswith("gestore;stagione;voce;fasce;posti;bambini;costo_euro")
    # season, anticipo, sera, two packages
    assert len(rows["margini.csv"]) == 2 + 5 + 1
    # Two curves each; the packages of one child end at nine beside the other, nobody uses the evening.
    assert len(rows["curve.csv"]) == 2 + 5 * 11 + 2 * 11 + 2 * 10 + 1
    early = "nido_con_un_nome_molto_lungo;autunno;fascia;anticipo;10;1;2737,02;420,00;-2317,02"
    assert f"{early};7;;10;;;2737,02;420,00;-2317,02" in rows["margini.csv"]
    assert "nido_con_un_nome_molto_lungo;autunno;anticipo;costo;educatrici;1765,50" in rows["componenti.csv"]

"""Views of a small result: sums that agree, and what each audience does not get."""

from typing import Any

import pytest

from nido.report.privacy.audience import AUDIENCES, Audience, AudienceError
from nido.report.privacy.build_view import view_for
from nido.report.privacy.cells import ThresholdError
from nido.report.privacy.view import OTHER_PAYERS, Served, View
from nido.scenari.load import Loaded

SUBJECTS: dict[Audience, str | None] = {"distretto": None, "azienda": "alfa", "gestore": "nido_uno"}


def view(loaded: Loaded, document: dict[str, Any], audience: Audience) -> View:
    """Give the view of an audience's first subject."""
    return view_for(loaded, document, audience, SUBJECTS[audience])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_sum_of_a_view_is_the_same(
    loaded: Loaded, document: dict[str, Any], audience: Audience
) -> None:
    """Lines, payers, companies, providers, months and agreements add up to one amount, to the cent."""
    shown = view(loaded, document, audience)
    whole, totals = shown.totals.listino_cent, shown.totals
    assert whole
    named = [totals.per_payer, totals.per_company]
    if audience == "azienda":
        # Two children: no part of the total by line, agreement, provider or month.
        assert not (shown.lines or totals.per_provider or totals.per_month or totals.per_company_month)
        assert [(row.listino_cent, row.azienda_cent) for row in shown.agreements] == [(None, None)]
    else:
        assert whole == sum(line.importo_cent for line in shown.lines)
        assert whole == sum(row.listino_cent or 0 for row in shown.agreements)
        named += [totals.per_provider, totals.per_month]
    for amounts in named:
        assert whole == sum(one.importo_cent for one in amounts)


def test_the_district_gets_the_result_as_it_is(loaded: Loaded, document: dict[str, Any]) -> None:
    """Every line of the ledger, every request, every exact count."""
    shown = view(loaded, document, "distretto")
    assert len(shown.lines) == len(document["registro"]["righe"])
    assert [row.bambino for row in shown.requests] == ["A001", "B001", "A002"]
    assert [row.bambini for row in shown.agreements] == [1, 1]
    assert {one.id for one in shown.companies} == {"alfa", "beta"}
    assert shown.totals.costo_produzione_cent == 1234560


def test_a_company_reads_of_itself_only(loaded: Loaded, document: dict[str, Any]) -> None:
    """Its own agreement, its commitment and its totals; its two children are too few for any count."""
    shown = view(loaded, document, "azienda")
    assert [one.id for one in shown.companies] == ["alfa"]
    assert [(row.azienda, row.posti, row.bambini) for row in shown.agreements] == [("alfa", 1, None)]
    assert [row.piano for row in shown.coverage] == [Served(None, None, None, None, None, None)]
    # 600 a month and 60 for the fascia, half of both: 330 in each of two months.
    assert [(one.nome, one.importo_cent) for one in shown.totals.per_payer] == [
        ("azienda:alfa", 66000),
        (OTHER_PAYERS, 66000),
    ]
    # One place at 600, half of it the company's; empty, 80 % of it is due.
    assert [
        (one.mese, one.usati_cent, one.azienda_usati_cent, one.vuoti_cent) for one in shown.commitments
    ] == [("2026-09", 60000, 30000, 48000), ("2026-10", 60000, 30000, 48000)]
    assert [(row.bambini, row.aziende) for row in shown.openings] == [(None, ())]
    empty = (shown.staff, shown.occupancy, shown.requests, shown.reasons, shown.homes, shown.notices)
    assert not any(empty)
    assert (shown.providers[0].posti, shown.providers[0].esistenti) == ((), None)


def test_a_gestore_knows_its_children_but_not_who_pays_for_them(
    loaded: Loaded, document: dict[str, Any]
) -> None:
    """Exact counts at its site and component by component; one payer besides the companies."""
    shown = view(loaded, document, "gestore")
    assert [row.bambini for row in shown.agreements] == [1, 1]
    assert {line.componente for line in shown.lines} == {"posto", "fascia"}
    assert {line.pagatore for line in shown.lines} == {"azienda:alfa", "azienda:beta", OTHER_PAYERS}
    assert all(line.bambino is None for line in shown.lines)
    assert [(one.quota, one.budget_cent) for one in shown.companies] == [(None, None)] * 2
    assert not shown.requests
    # 06:00-14:00 shifts next door: both children there when the base hours begin, one in the fascia.
    monday = shown.occupancy[0].presenti[0]
    assert (monday[12], monday[15], monday[27], monday[28]) == (1, 2, 2, 0)


@pytest.mark.parametrize(
    ("audience", "subject"),
    [("azienda", "gamma"), ("azienda", None), ("gestore", "alfa"), ("distretto", "x")],
)
def test_a_view_of_nobody_is_refused(
    loaded: Loaded, document: dict[str, Any], audience: Audience, subject: str | None
) -> None:
    """A company or gestore must exist in the scenario; the district has no id."""
    with pytest.raises(AudienceError):
        view_for(loaded, document, audience, subject)


def test_the_threshold_has_a_floor(loaded: Loaded, document: dict[str, Any]) -> None:
    """Nobody can ask for a threshold of two."""
    with pytest.raises(ThresholdError, match="3"):
        view_for(loaded, document, "azienda", "alfa", threshold=2)

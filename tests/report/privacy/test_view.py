"""Views of a small result: sums that agree, and what each audience does not get."""

from typing import Any

import pytest

from nido.report.privacy.audience import AUDIENCES, Audience, AudienceError
from nido.report.privacy.build_view import view_for
from nido.report.privacy.cells import ThresholdError
from nido.report.privacy.view import OTHER_PAYERS, WHOLE_AGREEMENT, Served, View
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
    whole = shown.totals.listino_cent
    assert whole == sum(line.importo_cent for line in shown.lines)
    assert whole == sum(row.listino_cent for row in shown.agreements)
    named = (
        shown.totals.per_payer,
        shown.totals.per_company,
        shown.totals.per_provider,
        shown.totals.per_month,
    )
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
    """Its own agreement and money in whole months; its two children are too few for any count."""
    shown = view(loaded, document, "azienda")
    assert [one.id for one in shown.companies] == ["alfa"]
    assert [(row.azienda, row.posti, row.bambini) for row in shown.agreements] == [("alfa", 1, None)]
    assert [row.piano for row in shown.coverage] == [Served(None, None, None, None, None, None)]
    assert {line.componente for line in shown.lines} == {WHOLE_AGREEMENT}
    assert {line.pagatore for line in shown.lines} == {"azienda:alfa", OTHER_PAYERS}
    assert [row.azienda_cent for row in shown.agreements] == [66000]
    # 600 a month and 60 for the fascia, half of both: 330 in each of two months.
    assert [one.importo_cent for one in shown.totals.per_company_month] == [33000, 33000]
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

"""What a company reads month by month follows from its contract alone; lines tell of nobody."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked_case

from nido.report.privacy import money
from nido.report.privacy.build_view import view_for
from nido.report.privacy.company_part import own_cents, own_parts
from nido.report.privacy.money import agreement_of
from nido.report.privacy.scope import families
from nido.report.privacy.view import Commitment
from nido.scenari.load import Loaded

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
SHARE = {"id": "azienda", "modo": "quota_azienda", "voci": ["posto"]}
SUM = {"id": "datore", "modo": "fisso_azienda", "importo_mese": "100.55", "voci": ["posto", "vuoto"]}
GRANT = {"id": "ente", "modo": "cofinanziamento", "di": "datore", "quota": "0.333", "voci": ["posto"]}
FAMILY = {"id": "famiglia", "modo": "residuo", "voci": EVERY}
PLACES = {"id": "azienda_vuoti", "modo": "quota", "quota": "0.9", "voci": ["vuoto"]}


def with_stack(loaded: Loaded, stack: list[dict[str, Any]], **provider: Any) -> Loaded:
    """Give the scenario with other payers and other terms of its provider."""
    plain = loaded.scenario.model_dump(mode="json")
    plain["gestori"][0] |= provider
    return replace(loaded, scenario=type(loaded.scenario).model_validate(plain | {"pagatori": stack}))


def first(loaded: Loaded, document: dict[str, Any]) -> Commitment:
    """Give the first month of alfa's commitment."""
    return view_for(loaded, document, "azienda", "alfa").commitments[0]


def test_a_commitment_is_places_price_and_share(loaded: Loaded, document: dict[str, Any]) -> None:
    """600.45: half is 300.225, 300.23; empty, 33 % is 198.1485, 198.15, of which 90 % is 178.335, 178.34."""
    prices = {"posto_mese": "600.45", "ora_bambino": "0", "pasto_giorno": "0"}
    found = first(
        with_stack(loaded, [SHARE, PLACES, FAMILY], prezzi=prices, vuoto_per_pieno="0.33"), document
    )
    assert (found.usati_cent, found.azienda_usati_cent) == (60_045, 30_023)
    assert (found.vuoti_cent, found.azienda_vuoti_cent) == (19_815, 17_834)


def test_a_sum_for_a_child_is_due_for_a_place_and_partly_given_back(
    loaded: Loaded, document: dict[str, Any]
) -> None:
    """100.55, 33.3 % of it (33.48) given back: 67.07; then half of the 499.45 left, 249.725, 249.73."""
    found = first(with_stack(loaded, [SUM, GRANT, SHARE, FAMILY]), document)
    assert found.azienda_usati_cent == 6_707 + 24_973
    assert found.azienda_vuoti_cent == 0


def test_vat_is_reckoned_apart(loaded: Loaded, document: dict[str, Any]) -> None:
    """22 % of 600 is 132, and half of both is the company's; empty, 80 % of 600 is 480, and 105.60 on it."""
    taxed = with_stack(loaded, [SHARE, PLACES, FAMILY], regime_iva="ventidue_percento")
    found = first(taxed, document)
    assert (found.iva, found.usati_cent, found.azienda_usati_cent) == ("0.22", 73_200, 36_600)
    # 90 % of 480 is 432, of 105.60 it is 95.04.
    assert (found.vuoti_cent, found.azienda_vuoti_cent) == (58_560, 52_704)


def test_a_payer_takes_part_only_in_its_days(loaded: Loaded) -> None:
    """A share that begins in October is none in September."""
    stack = [{**SHARE, "dal": "2026-10-01"}, FAMILY]
    scenario = with_stack(loaded, stack).scenario
    months = (date(2026, 9, 1), date(2026, 10, 1))
    paid = [own_cents(own_parts(scenario, "alfa", "posto", day, flat=True), 60_000) for day in months]
    assert paid == [0, 30_000]


@pytest.mark.parametrize("audience", ["distretto", "gestore"])
def test_a_commitment_is_a_company_s(loaded: Loaded, document: dict[str, Any], audience: Any) -> None:
    """The district and the gestore read the plan itself."""
    subject = "nido_uno" if audience == "gestore" else None
    assert view_for(loaded, document, audience, subject).commitments == ()


@settings(derandomize=True, max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 6))
def test_what_is_not_in_the_lines_is_of_many_or_of_nobody(seed: int, threshold: int) -> None:
    """The totals less the lines that are shown never leave the amounts of too few families."""
    case = marked_case(seed, children=60)
    family = families(case.loaded.scenario)
    for company in (one.id for one in case.loaded.scenario.aziende):
        shown = view_for(case.loaded, case.document, "azienda", company, threshold=threshold)
        apart = {(line.gestore, line.stagione) for line in shown.lines}
        served = [row for row in case.document["assegnazioni"] if row["azienda"] == company]
        inside, rest = (
            {family[row["bambino"]] for row in served if ((row["gestore"], row["stagione"]) in apart) == here}
            for here in (True, False)
        )
        assert not apart or (len(inside) >= threshold and not 0 < len(rest) < threshold)
        parts = (shown.totals.per_month, shown.totals.per_provider, shown.totals.per_company_month)
        assert not rest or not any(parts)


def test_the_rest_of_a_few_keeps_the_lines_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines of all agreements but one would tell of its few children, by difference from the total."""
    case = marked_case(7, children=30)
    served: dict[tuple[str, str, str], set[str]] = {}
    for row in case.document["assegnazioni"]:
        if row["azienda"] == "alfa":
            served.setdefault(agreement_of(row), set()).add(row["bambino"])
    (few, children), *_ = sorted(served.items(), key=lambda pair: len(pair[1]))
    assert 0 < len(children) < 5
    shown = {}
    for left in (few, None):
        monkeypatch.setattr(money, "_tells_nobody", lambda _scope, key, *_rest, left=left: key != left)
        shown[left] = view_for(case.loaded, case.document, "azienda", "alfa")
    assert not shown[few].lines
    assert shown[None].lines
    assert sum(line.importo_cent for line in shown[None].lines) == shown[few].totals.listino_cent


def test_lines_are_shown_where_there_are_many() -> None:
    """The test before is not empty: with many children some agreements do have their lines."""
    cases = [marked_case(seed, children=60) for seed in range(4)]
    views = [view_for(case.loaded, case.document, "azienda", "alfa", threshold=3) for case in cases]
    assert any(view.lines for view in views)
    assert any(not view.totals.per_month for view in views)

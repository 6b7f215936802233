"""Two publications laid side by side: no difference of a few can be told."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from big_view import big_view
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import marked_case

from nido.report.privacy.build_view import view_for
from nido.report.privacy.cells import Cell, Grid, Place, differences, protect
from nido.report.privacy.published import (
    counts_of,
    homes_again,
    minutes_again,
    part_again,
    protect_again,
    standard_in,
    steady_again,
)
from nido.report.privacy.view import OTHER_TOWNS, CoverageRow, HomeRow, Served

# Requests: 15 in full, 6 in part, 9 not served; minutes are hidden.
PLAN = Served(30, 15, 6, 9, None, None)

Row = Sequence[int | None]


def row_of(values: Sequence[int]) -> Grid:
    """Make a table of one line and its sum, each child of a family of its own; the sums below are its own."""
    cells = [Cell(value, frozenset(f"{j}/{n}" for n in range(value))) for j, value in enumerate(values)]
    whole = Cell(sum(values), frozenset[str]().union(*(cell.families for cell in cells)))
    line = (*cells, whole)
    inner = frozenset((0, j) for j in range(len(line)))
    return Grid((line, line), never=inner)


def shown(values: Sequence[int], earlier: Sequence[Row], threshold: int = 5) -> Row:
    """Publish a line and its sum after earlier ones, None where they hid a count."""
    places: list[Mapping[Place, int]] = [
        {(1, j): count for j, count in enumerate(row) if count is not None} for row in earlier
    ]
    return protect_again(row_of(values), threshold, places)[-1]


@pytest.mark.parametrize(
    ("values", "earlier", "expected"),
    [
        # Nothing was published before: 20 + 9 + 6 = 35.
        ((20, 9, 6), [], [20, 9, 6, 35]),
        # The same again: every difference is zero.
        ((20, 9, 6), [(20, 9, 6, 35)], [20, 9, 6, 35]),
        # 7 then, 9 now: 2 < 5; 8 then, 6 now: 2 < 5. 35 - 20 = 15 stays to divide between the two.
        ((20, 9, 6), [(20, 7, 8, 35)], [20, None, None, 35]),
        # 7 then, 9 now, and with it the sum, 33 then and 35 now.
        ((20, 9, 6), [(20, 7, 6, 33)], [20, None, 6, None]),
        # Only the 7 was shown, with a sum of 40: 46 - 25 - 12 = 9 would be told, so the 12 goes as well.
        ((25, 9, 12), [(None, 7, None, 40)], [25, None, None, 46]),
        # 10 and a sum of 20 left 10 for two hidden ones, who are 5 + 6 = 11 now: of the three, one is shown,
        # so that neither that 11 nor 26 - 15 can be told.
        ((15, 5, 6), [(10, None, None, 20)], [None, None, 6, 26]),
        # Five more, five less: 12 - 7 = 5 is not a few.
        ((20, 12, 6), [(25, 7, 6, 38)], [20, 12, 6, 38]),
        # Two deliveries, each with its own difference: 9 - 7 = 2, 9 - 6 = 3 (sums 35 and 32), 20 - 23 = -3.
        ((20, 9, 6), [(20, 7, 6, 33), (23, 6, 6, 35)], [None, None, 6, None]),
    ],
)
def test_what_differs_by_a_few_is_hidden(
    values: Sequence[int], earlier: Sequence[Row], expected: Row
) -> None:
    """By hand, threshold 5."""
    assert shown(values, earlier) == expected


@settings(derandomize=True, max_examples=150, deadline=None)
@given(
    st.lists(st.integers(0, 7), min_size=3, max_size=3),
    st.lists(st.integers(0, 7), min_size=3, max_size=3),
)
def test_nobody_reckons_the_difference_of_a_few(then: Sequence[int], now: Sequence[int]) -> None:
    """Every pair of tables with the same published counts is tried: no difference of a few is the only one.

    Counts that were shown both times are left out of the groups: their differences are known, and not few.
    """
    threshold = 3
    first = protect(row_of(then), threshold)[-1]
    second = shown(now, [first], threshold)
    tables = [(*one, sum(one)) for one in itertools.product(range(12), repeat=3)]
    before = [one for one in tables if all(a in (b, None) for b, a in zip(one, first, strict=True))]
    after = [one for one in tables if all(a in (b, None) for b, a in zip(one, second, strict=True))]
    known = {j for j in range(3) if first[j] is not None and second[j] is not None}
    for size in (1, 2, 3):
        for group in itertools.combinations(range(3), size):
            if set(group) & known and (size > 1 or second[group[0]] is None):
                continue
            sums = (
                {sum(one[j] for j in group) for one in before},
                {sum(one[j] for j in group) for one in after},
            )
            difference = sum(now[j] - then[j] for j in group)
            if len(sums[0]) == len(sums[1]) == 1:
                assert not 0 < abs(difference) < threshold


def test_a_part_and_what_is_left_of_it() -> None:
    """Of 20 children 12 booked then; 12 of 22 now leave 10 for 8: two more. And 14 of 20 are two more."""
    then = [{"bambini/uno/estate": 20, "fasce/uno/estate/anticipo": 12}]

    def booked(count: int, children: int | None) -> int | None:
        part, whole = ("fasce/uno/estate/anticipo", count), ("bambini/uno/estate", children)
        return part_again(then, 5, part, whole)

    assert booked(12, 20) == 12
    assert booked(14, 20) is None
    assert booked(12, 22) is None
    assert booked(17, 30) == 17
    assert booked(12, None) is None


def test_months_minutes_and_homes() -> None:
    """Months 7 then, 9 now differ by 2; other minutes of the same requests tell the hours of somebody."""
    months = [{"usati/uno/estate/2027-07": 7}]
    assert steady_again(months, 5, ("uno", "estate"), [7, 7])
    assert not steady_again(months, 5, ("uno", "estate"), [9, 9])
    assert steady_again(months, 5, ("uno", "estate"), [12, 12])
    assert steady_again(months, 5, ("due", "estate"), [9, 9])
    minutes = [{"piene": 20, "minuti_coperti": 6000, "minuti_chiesti": 7000}]
    assert minutes_again(minutes, 5, (6000, 7000), 20)
    assert not minutes_again(minutes, 5, (6060, 7000), 20)
    assert minutes_again(minutes, 5, (9000, 9900), 26)
    homes = [{"comuni/Levico Terme": 11, f"comuni/{OTHER_TOWNS}": 7}]

    def seen(*towns: tuple[str, int]) -> bool:
        return homes_again(homes, 5, [HomeRow(name, None, None, count) for name, count in towns])

    assert seen(("Levico Terme", 11), (OTHER_TOWNS, 7))
    assert not seen(("Levico Terme", 13), (OTHER_TOWNS, 7))
    # Civezzano came out of the others: 6 + 5 for the 7 of before, four more.
    assert not seen(("Levico Terme", 11), ("Civezzano", 6), (OTHER_TOWNS, 5))
    assert seen(("Levico Terme", 16), ("Civezzano", 7))


@pytest.mark.parametrize("seed", range(6))
def test_the_same_plan_again_hides_nothing_more(seed: int) -> None:
    """Delivered twice, a result shows the same numbers to the same company."""
    case = marked_case(seed, children=30)
    for audience, subject in case.subjects:
        first = view_for(case.loaded, case.document, audience, subject)
        again = view_for(case.loaded, case.document, audience, subject, earlier=[counts_of(first)])
        assert counts_of(again) == counts_of(first)
        assert again.lines == first.lines
        assert bool(counts_of(first)) is (audience == "azienda")


@pytest.mark.parametrize("seed", range(12))
def test_another_plan_shows_no_difference_of_a_few(seed: int) -> None:
    """Whole views: whatever both publications show differs by nothing or by five, and lines by nothing."""
    case, other = marked_case(seed, children=30), marked_case(seed + 100, children=30)
    for company in ("alfa", "vicina_beta", "vicina_gamma"):
        first = counts_of(view_for(case.loaded, case.document, "azienda", company))
        again = counts_of(view_for(other.loaded, other.document, "azienda", company, earlier=[first]))
        both = {name: (first[name], again[name]) for name in first.keys() & again.keys()}
        # Two rows of others may be those of other towns: they are compared with the towns beside them.
        marks = {name for name in both if name.startswith(("righe/", "posti/", "minuti_", "comuni/altri"))}
        assert [name for name in both.keys() - marks if 0 < abs(both[name][0] - both[name][1]) < 5] == []
        assert [name for name in marks if name.startswith("righe/") and len(set(both[name])) > 1] == []


def test_standard_hours_are_remembered_too() -> None:
    """At standard hours 7 were served in full: a later 9 would tell of two children, a later 12 of five."""
    view = replace(big_view("azienda"), coverage=(CoverageRow("alfa", PLAN, replace(PLAN, piene=7)),))
    then = standard_in(counts_of(view))
    assert then == {"richieste": 30, "piene": 7, "parziali": 6, "non_servite": 9}
    assert differences({**then, "piene": 9}, then, 5) == {"piene"}
    assert not differences({**then, "piene": 12}, then, 5)
    assert not differences(then, standard_in({}), 5)

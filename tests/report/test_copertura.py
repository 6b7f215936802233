"""Counts of what each company asks and gets."""

from typing import Any

from nido.report.copertura import Coverage, coverage, total


def test_counts_by_company(document: dict[str, Any]) -> None:
    """Full, partial and not served add up to the requests; minutes asked include those of nobody's child."""
    found = coverage(document)
    # A001 asks 20000 and gets all; A002 asks 10000 and gets none; B001 gets 20000 - 5000.
    assert found["alfa"] == Coverage(1, 0, 1, 20000, 30000)
    assert found["beta"] == Coverage(0, 1, 0, 15000, 20000)
    assert total(found) == Coverage(1, 1, 1, 35000, 50000)
    assert total(found).richieste == 3
    assert total({}) == Coverage()

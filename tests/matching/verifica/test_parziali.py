"""The list of requests served in part: whole, true, and with reasons that can be."""

from typing import Any

import pytest
from casi_verifica import bambino, case_of, gestore
from documenti_verifica import document_of

from nido.matching.checker import check_document

REASON = {"gestore": "uno", "regola": "orari", "dettaglio": "", "tipo": "impossibile_da_solo"}
# 07:30-11:30 against 08:00-16:00 leaves half an hour on each of 22 days uncovered.
ROW = {"bambino": "B1", "azienda": "alfa", "stagione": "autunno", "gestore": "uno", "minuti_scoperti": 660}


def refused(table: list[dict[str, Any]] | None) -> list[str]:
    """Check a plan that covers B1 in part and B2 wholly, with some list of those served in part."""
    case = case_of(bambino("B1", "07:30-11:30"), bambino("B2"), gestori=[gestore()])
    document = document_of(case, {("B1", "autunno"): "uno", ("B2", "autunno"): "uno"}, {})
    if table is not None:
        document["parziali"] = table
    return [f"{found.regola}:{found.dove}" for found in check_document(case.scenario, document)]


def test_a_true_list() -> None:
    """The one request served in part, with or without its reasons; earlier results have no list."""
    assert refused([{**ROW, "motivi": [REASON]}]) == []
    assert refused([{**ROW, "motivi": []}]) == []
    assert refused(None) == []


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ([], "parziali:B1/autunno"),
        ([{**ROW, "motivi": []}, {**ROW, "bambino": "B2", "motivi": []}], "parziali:parziali[1]"),
        ([{**ROW, "motivi": []}, {**ROW, "motivi": []}], "parziali:parziali[1]"),
        ([{**ROW, "minuti_scoperti": 630, "motivi": []}], "parziali:parziali[0]"),
        ([{**ROW, "motivi": [{**REASON, "gestore": "due"}]}], "parziali:parziali[0]/due"),
        ([{**ROW, "motivi": [REASON, REASON]}], "parziali:parziali[0]/uno"),
        ([{**ROW, "motivi": [{**REASON, "regola": "priorita"}]}], "parziali:parziali[0]/uno"),
        ([{**ROW, "minuti_scoperti": -1, "motivi": []}], "forma:parziali[0].minuti_scoperti"),
    ],
)
def test_a_false_list(table: list[dict[str, Any]], where: str) -> None:
    """A request missing, too many, twice, with other minutes, or with a reason that cannot be."""
    assert refused(table) == [where]

"""The list of requests served in part: whole, true, and with reasons that can be."""

from typing import Any

import pytest
from casi_verifica import bambino, case_of, gestore
from documenti_verifica import document_of

from nido.matching.checker import check_document

REASON = {"gestore": "uno", "regola": "orari", "dettaglio": "", "tipo": "impossibile_da_solo"}
# 07:30-11:30 against 08:00-16:00 leaves half an hour on each of 22 days uncovered.
ROW = {"bambino": "B1", "azienda": "alfa", "stagione": "autunno", "gestore": "uno", "minuti_scoperti": 660}


def refused(table: list[dict[str, Any]] | None, *, complete: bool = True) -> list[str]:
    """Check a plan that covers B1 in part and B2 wholly, with some list of those served in part."""
    case = case_of(bambino("B1", "07:30-11:30"), bambino("B2"), gestori=[gestore()])
    document = document_of(case, {("B1", "autunno"): "uno", ("B2", "autunno"): "uno"}, {})
    document["motivi_completi"] = complete
    if table is None:
        del document["parziali"]
    else:
        document["parziali"] = table
    return [f"{found.regola}:{found.dove}" for found in check_document(case.scenario, document)]


def test_a_true_list() -> None:
    """The one request served in part, with its reasons, or without where the document says so."""
    assert refused([{**ROW, "motivi": [REASON]}]) == []
    assert refused([{**ROW, "motivi": []}], complete=False) == []
    assert refused([{**ROW, "motivi": []}]) == ["parziali:B1/autunno"]
    assert refused([{**ROW, "motivi": [REASON]}], complete=False) == ["forma:motivi_completi"]
    assert refused(None) == ["forma:parziali"]


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"minuti_scoperti": 630}, "parziali:parziali[0]"),
        ({"motivi": [{**REASON, "gestore": "due"}]}, "parziali:parziali[0]"),
        ({"motivi": [REASON, REASON]}, "parziali:B1/autunno/uno"),
        ({"motivi": [{**REASON, "regola": "priorita"}]}, "parziali:B1/autunno/uno"),
        ({"motivi": [{**REASON, "tipo": "posto_preso_da_altri"}]}, "parziali:B1/autunno/uno"),
        ({"motivi": [{**REASON, "regola": "capienza"}]}, "parziali:B1/autunno/uno"),
        ({"minuti_scoperti": -1}, "forma:parziali[0].minuti_scoperti"),
    ],
)
def test_a_false_row(row: dict[str, Any], where: str) -> None:
    """A request with other minutes, or with a reason that cannot be."""
    assert where in refused([{**ROW, "motivi": [REASON], **row}])


@pytest.mark.parametrize(
    ("more", "where"),
    [(None, "parziali:B1/autunno"), ("B2", "parziali:parziali[1]"), ("B1", "parziali:parziali[1]")],
)
def test_a_false_list(more: str | None, where: str) -> None:
    """A request missing, too many, or twice."""
    row = {**ROW, "motivi": [REASON]}
    assert refused([row, {**row, "bambino": more}] if more else []) == [where]


def test_hours_are_the_reason_where_no_booking_leaves_fewer_minutes() -> None:
    """A second provider with the same hours cannot cover more; one that opens at 07:00 can."""
    child = bambino("B1", "07:30-11:30")
    early = {"giorni": "lun-ven", "orario": "07:00-15:00"}
    for other, regola, tipo in (
        (gestore("due"), "orari", "impossibile_da_solo"),
        (gestore("due", base=early), "capienza", "posto_preso_da_altri"),
    ):
        case = case_of(child, gestori=[gestore(), other])
        document = document_of(case, {("B1", "autunno"): "uno"}, {})
        second = {"gestore": "due", "regola": regola, "dettaglio": "", "tipo": tipo}
        document["parziali"][0]["motivi"] = [REASON, second]
        assert check_document(case.scenario, document) == ()
        # The reason of the other case does not hold here.
        second.update(
            {"regola": "capienza", "tipo": "posto_preso_da_altri"}
            if regola == "orari"
            else {"regola": "orari", "tipo": "impossibile_da_solo"}
        )
        (found,) = check_document(case.scenario, document)
        assert (found.regola, found.dove) == ("parziali", "B1/autunno/due")

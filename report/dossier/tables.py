"""Tables of the dossier as Italian CSV: who has signed, and how the cost is shared."""

from collections.abc import Iterator, Mapping
from typing import Any

from nido.accordi.evidenza import Realizzazione
from nido.accordi.sharing.rows import Shares
from nido.data.lingua import text
from nido.report.csv_it import sheet
from nido.report.numbers_local import percent

EVIDENCE = ("azienda", "nome", "firmato", "atto", "gestori", "posti", "clausole")
SHARES = ("azienda", "bambini", "minuti", "da_sola_cent", "modo", "parte_cent", "risparmio_cent")


def evidence_table(found: Realizzazione, *, synthetic: bool) -> bytes:
    """Write the evidence for the district's project, its percentage in the last row."""
    return sheet(EVIDENCE, list(_evidence(found)), synthetic=synthetic)


def _evidence(found: Realizzazione) -> Iterator[Mapping[str, Any]]:
    for row in found.aziende:
        yield {name: getattr(row, name) for name in EVIDENCE}
    yield {**dict.fromkeys(EVIDENCE), "azienda": "realizzazione", "nome": realisation(found)}


def realisation(found: Realizzazione) -> str:
    """Say how much of the project is done."""
    return text(
        "{percent}: hanno firmato {signed} aziende delle {wanted} attese"
        if found.firmate != 1
        else "{percent}: ha firmato {signed} azienda delle {wanted} attese",
        "{percent}: {signed} of {wanted} companies wanted have signed",
        percent=percent(found.per_mille, 1000),
        signed=found.firmate,
        wanted=found.attese,
    )


def shares_table(shares: Shares, *, synthetic: bool) -> bytes:
    """Write every company's part under every method."""
    return sheet(SHARES, list(_shares(shares)), synthetic=synthetic)


def _shares(shares: Shares) -> Iterator[Mapping[str, Any]]:
    for one in shares.aziende:
        own = {name: getattr(one, name) for name in SHARES[:4]}
        for method, part in one.parti_cent.items():
            saved = one.risparmio_cent[method]
            yield {**own, "modo": method, "parte_cent": part, "risparmio_cent": saved}

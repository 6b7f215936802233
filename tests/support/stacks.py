"""Random amounts of one company, for what divides them among payers."""

from datetime import date
from decimal import Decimal
from typing import Any

from casi_verifica import bambino
from hypothesis import strategies as st

from nido.accordi.amount import Amount

EVERY = ["posto", "vuoto", "fascia", "ora", "pasto"]
CHILDREN = [
    bambino("B1", nascita="2025-05-01", isee="30000"),
    bambino("B2", nascita="2025-06-01"),
    bambino("B3", nascita="2023-11-01", isee="20000"),
]
MONTHS = [f"2027-{month:02d}" for month in range(1, 13)]

EURO = st.integers(0, 90_000).map(lambda cents: f"{cents // 100}.{cents % 100:02d}")
PAYER = st.fixed_dictionaries(
    {
        "modo": st.sampled_from(["quota", "quota_azienda", "fisso_mese", "fisso_ora", "inps", "residuo"]),
        "quota": st.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000:.3f}"),
        "importo_mese": EURO,
        "massimo_mese": st.none() | EURO,
        "voci": st.lists(st.sampled_from(EVERY), min_size=1, unique=True),
    }
)
NAMES = st.lists(st.sampled_from(["B1", "B2", "B3"]), unique=True).map(sorted)
DUE = st.one_of(
    st.tuples(st.sampled_from(["posto", "vuoto"]), EURO, NAMES, st.sampled_from(MONTHS).map(lambda m: [m])),
    st.tuples(
        st.sampled_from(["fascia", "ora", "pasto"]),
        EURO,
        st.sampled_from([["B1"], ["B2"], ["B3"]]),
        st.lists(st.sampled_from(MONTHS[:3]), min_size=1, unique=True).map(sorted),
    ),
)


def amount(componente: Any, euro: str, children: list[str], months: list[str]) -> Amount:
    """Write an amount of alfa."""
    single = children[0] if componente in ("fascia", "ora", "pasto") else None
    return Amount(
        data=date.fromisoformat(f"{months[0]}-01"),
        azienda="alfa",
        gestore="uno",
        stagione="autunno",
        bambino=single,
        componente=componente,
        quantita=Decimal(1),
        unita="",
        prezzo=Decimal(euro),
        fonte="",
        bambini=tuple(children),
        mesi=tuple(months),
    )

"""Rows of the tables that make up the family fees known to them."""

from collections.abc import Mapping

# Fee -> where its own rows stand; the other rows have the same name in all of them.
TABULATED: Mapping[str, Mapping[str, str]] = {
    "trento": {"minima": "tempo_pieno_minima", "massima": "tempo_pieno_massima"},
    "primiero": {
        "minima": "quota_fissa_minima",
        "massima": "quota_fissa_massima",
        "giornaliera": "quota_giornaliera",
    },
    "pergine": {
        "minima": "quota_fissa_minima",
        "massima": "quota_fissa_massima",
        "giornaliera": "quota_giornaliera",
    },
}
COMMON = ("icef_minimo", "icef_massimo", "riduzione_fratello", "riduzione_gemello")


def fee_rows(name: str) -> Mapping[str, str]:
    """Give the rows of a fee of the tables.

    Parameters
    ----------
    name
        One of `TABULATED`.

    Returns
    -------
    Mapping
        Figure -> key of its row.
    """
    own = {field: f"rette.{name}.{row}" for field, row in TABULATED[name].items()}
    return own | {field: f"rette.{name}.{field}" for field in COMMON}

"""Defaults that are figures of the tables, so that every figure stands in one place."""

from decimal import Decimal
from typing import Any

from pydantic import Field

from nido.data import voce

PERCENT = "percento"


def table_number(key: str) -> Decimal:
    """Give a figure of the tables as a scenario writes it.

    Parameters
    ----------
    key
        Key of a row; the most recent period counts.

    Returns
    -------
    Decimal
        The figure; a share from 0 to 1 where the table has per cent.
    """
    row = voce(key)
    return row.numero / 100 if row.unita == PERCENT else row.numero


def tabulated(key: str, *, whole: bool = False, **settings: Any) -> Any:
    """Declare a field whose default is a figure of the tables.

    Parameters
    ----------
    key
        Key of the row; the schema names it beside the default.
    whole
        Whether the field is a whole number.
    settings
        Any other argument of `pydantic.Field`.

    Returns
    -------
    Any
        The field.
    """
    number = table_number(key)
    default = int(number) if whole else number
    return Field(default=default, json_schema_extra={"tabella": key}, **settings)

"""The number that was meant by a text which is none: ``30.000 EUR``, ``12,5``, ``50%``."""

import re
from decimal import Decimal

_WITH_UNIT = re.compile(r"(?:€\s*)?([0-9](?:[0-9.,]*[0-9])?)\s*(€|eur|euro|%|h|ora|ore)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3})+")
_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
_MONEY = frozenset({"€", "eur", "euro"})


def meant_number(written: str, last: Decimal | None) -> str:
    """Write the number that a text most likely stands for.

    Parameters
    ----------
    written
        What was written.
    last
        Greatest number allowed after 0; None when there is no limit.

    Returns
    -------
    str
        The number with a decimal point and without unit; empty when it cannot be told, or is not allowed.
    """
    match = _WITH_UNIT.fullmatch(written.strip())
    if match is None:
        return ""
    unit = (match[2] or "").casefold()
    money = unit in _MONEY or "€" in written
    digits = _with_point(match[1], money)
    if not _PLAIN.fullmatch(digits):
        return ""
    number = Decimal(digits)
    if unit == "%" and last == 1:
        number /= 100
        digits = format(number, "f")
    return digits if last is None or number <= last else ""


def _with_point(digits: str, money: bool) -> str:
    """Write digits without marks of thousands; empty when a mark may be of thousands or of decimals."""
    if "." in digits and "," in digits:
        thousands = min(".,", key=digits.rindex)
        return digits.replace(thousands, "").replace(",", ".")
    if _THOUSANDS.fullmatch(digits):
        marks = sum(digits.count(mark) for mark in ".,")
        return re.sub("[.,]", "", digits) if money or marks > 1 else ""
    return digits.replace(",", ".")

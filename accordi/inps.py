"""The INPS nursery bonus of a child, from the reference tables."""

from datetime import date

from nido.accordi.money import cents
from nido.data import voce
from nido.scenari.domanda import Bambino

FIRST_BIRTH_DATE = "inps.bonus.nati_dal"
INSTALMENTS = "inps.bonus.mensilita"
BASE = "base"

# Births of the two tables: key of the table, then the steps with an ISEE limit, lowest limit first.
TABLES: dict[bool, tuple[str, tuple[str, ...]]] = {
    True: ("inps.bonus.nati_dal_2024", ("alto",)),
    False: ("inps.bonus.nati_prima_2024", ("alto", "medio")),
}


def monthly_bonus(bambino: Bambino, month: date) -> int:
    """Tell the bonus that INPS pays at most for a child in a month.

    The amount depends on the birth date and on the ISEE (limits included); without an ISEE it is the base
    amount. How many months of a year are paid is another question: see `instalments_a_year`.

    Parameters
    ----------
    bambino
        The child.
    month
        A day of the month: the amounts are those valid on it.

    Returns
    -------
    int
        Cents per month.

    Raises
    ------
    DataError
        If the tables hold no amount for that day.

    Notes
    -----
    INPS circulars 60/2025 and 123/2025, as given by the sources of the table `inps`.
    """
    return cents(voce(bonus_row(bambino, month), month).numero)


def bonus_row(bambino: Bambino, month: date) -> str:
    """Name the row of the table with the monthly amount of a child; see `monthly_bonus`."""
    recent = bambino.nascita >= date.fromisoformat(voce(FIRST_BIRTH_DATE, month).valore)
    table, steps = TABLES[recent]
    if bambino.isee is not None:
        for step in steps:
            if bambino.isee <= voce(f"{table}.isee_massimo_{step}", month).numero:
                return f"{table}.mese_{step}"
    return f"{table}.mese_{BASE}"


def instalments_a_year(month: date) -> int:
    """Tell how many monthly amounts INPS pays at most for a child in a calendar year.

    Parameters
    ----------
    month
        A day of the month that would be paid.

    Returns
    -------
    int
        Months; eleven since the amounts of a year are divided in eleven parts.

    Raises
    ------
    DataError
        If the tables hold no number for that day.

    Notes
    -----
    INPS circulars 60/2025 and 123/2025, as given by the sources of the table `inps`.
    """
    return int(voce(INSTALMENTS, month).numero)


def bonus_keys() -> tuple[str, ...]:
    """List every table row on which the bonus of some child may rest, whatever the children's data."""
    keys = [FIRST_BIRTH_DATE, INSTALMENTS]
    for table, steps in TABLES.values():
        keys += [f"{table}.isee_massimo_{step}" for step in steps]
        keys += [f"{table}.mese_{step}" for step in (*steps, BASE)]
    return tuple(keys)

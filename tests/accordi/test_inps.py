"""The INPS bonus of a child."""

from datetime import date

import pytest

from nido.accordi.inps import bonus_keys, instalments_a_year, monthly_bonus
from nido.data import DataError, voce
from nido.scenari.domanda import Bambino

OCTOBER = date(2026, 10, 1)


def child(nascita: str, isee: str | None) -> Bambino:
    """Write a child with a birth date and an ISEE."""
    values = {
        "id": "B001",
        "azienda": "alfa",
        "nascita": nascita,
        "comune": "Pergine Valsugana",
        "isee": isee,
    }
    return Bambino.model_validate(values)


@pytest.mark.parametrize(
    ("nascita", "isee", "expected"),
    [
        ("2024-01-01", "40000.00", 32_727),  # 3600 / 11
        ("2024-01-01", "40000.01", 13_636),  # 1500 / 11
        ("2024-01-01", None, 13_636),
        ("2023-12-31", "25000", 27_273),  # 3000 / 11
        ("2023-12-31", "25000.01", 22_727),  # 2500 / 11
        ("2023-12-31", "40000", 22_727),
        ("2023-12-31", "40000.01", 13_636),
        ("2023-12-31", None, 13_636),
        ("2024-01-01", "0", 32_727),
    ],
)
def test_bonus_by_birth_and_isee(nascita: str, isee: str | None, expected: int) -> None:
    """The limits are included, and without an ISEE the base amount holds."""
    assert monthly_bonus(child(nascita, isee), OCTOBER) == expected


def test_no_bonus_before_the_tables() -> None:
    """A month that the tables do not know is refused, not guessed."""
    with pytest.raises(DataError):
        monthly_bonus(child("2024-01-01", None), date(2024, 10, 1))


def test_instalments_of_a_year() -> None:
    """The amounts of a year are divided in eleven monthly parts: 3600 / 11 = 327.27."""
    assert instalments_a_year(OCTOBER) == 11


def test_listed_keys_exist() -> None:
    """Every row that the bonus may read is in the tables, once."""
    keys = bonus_keys()
    assert len(set(keys)) == len(keys) == 10
    for key in keys:
        assert voce(key, OCTOBER).tabella == "inps"

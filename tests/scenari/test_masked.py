"""Changed values without what may not be shown."""

import pytest

from nido.scenari.masked import is_masked, without_reserved


@pytest.mark.parametrize(
    "assignment",
    [
        "passo_minuti=30",
        "gestori[girasole].fasce[anticipo].orario=05:30-07:30",
        "gestori.girasole.esistenti={grandi: 3}",
        "aziende[alfa].ipotesi=[{chiavi: [quota]}]",
        "aziende[alfa].ipotesi=una frase",
        "aziende[alfa].sede.comune=Trento",
        "rotazioni[mattina].settimane=[[{giorni: lun-ven, orario: '06:00-14:00'}]]",
        "bambini[B001].adulti=[{azienda: alfa, turni: [{rotazione: mattina}]}]",
        "regole.fissati.attiva=false",
    ],
)
def test_what_may_be_shown_stays(assignment: str) -> None:
    """A value of a field that is not reserved is written as it was typed."""
    assert without_reserved(assignment) == assignment
    assert not is_masked(assignment)


@pytest.mark.parametrize(
    "assignment",
    [
        "bambini[B001].isee=12345.67",
        "bambini.B001.icef = 0.123",
        "bambini[B001].casa.longitudine=11.2401",
        "bambini[B001].casa={latitudine: 46.0671, longitudine: 11.2401}",
        "bambini=[{id: B001, casa: {comune: Trento}}]",
        # What cannot be read, or what the schema does not know, may be anything.
        "bambini[B001].ise=12345.67",
        "bambini[B001].peso=[",
        "[=12345.67",
    ],
)
def test_what_may_not_be_shown_is_masked(assignment: str) -> None:
    """Reserved, inside something reserved, holding something reserved, or not known to be none of these."""
    shown = without_reserved(assignment)
    assert shown == f"{assignment.partition('=')[0]}=***"
    assert is_masked(shown)

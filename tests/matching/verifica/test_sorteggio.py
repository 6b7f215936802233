"""The lot, by hand."""

from hashlib import sha256

from casi_verifica import bambino, case_of, finestra

from nido.matching.order import imprint
from nido.matching.verifica.sorteggio import drawn_order, drawn_positions, facts

ROTAS = [{"id": "presto", "tipo": "fissa", "turni": [{"giorni": "lun-ven", "orario": "06:00-14:00"}]}]


def test_the_text_that_is_hashed() -> None:
    """The text is that of docs/modello.md, to the byte, and so is the imprint of the other half."""
    child = bambino(
        "B1",
        ingresso="2026-10-05",
        peso=3,
        finestre=[finestra("09:00-12:00", "lun-mer"), finestra("08:00-09:30", "sab", dal="2026-10-10")],
        assenze=[{"inizio": "2026-12-24", "fine": "2026-12-31"}],
    )
    case = case_of(child)
    # Sorted as text: «finestra 0» before «finestra 5».
    told = (
        "nascita 2025-01-10\n"
        "ingresso 2026-10-05\n"
        "uscita -\n"
        "comune Pergine Valsugana\n"
        "peso 3\n"
        "priorita 1\n"
        "giorni -\n"
        "finestra 0,1,2 540 720 - -\n"
        "finestra 5 480 570 2026-10-10 -\n"
        "assenza 2026-12-24 2026-12-31"
    )
    assert facts(case, "B1") == told
    expected = sha256(f"seme 7\n{told}".encode()).hexdigest()
    assert imprint(case.bambini["B1"], 7) == expected


def test_adults_and_their_shifts() -> None:
    """An adult is a line, its shifts side by side in the order of text; a whole place has its days."""
    turns = [{"rotazione": "presto", "fase": 1}, {"rotazione": "presto", "dal": "2026-10-11"}]
    case = case_of(
        bambino("B1", adulti=[{"turni": turns}, {"turni": [{"rotazione": "presto", "al": "2026-10-10"}]}]),
        bambino("B2", giorni="lun-mer"),
        rotazioni=ROTAS,
    )
    assert facts(case, "B1").splitlines()[-2:] == ["adulto 0 - 2026-10-10", "adulto 0 2026-10-11 -; 1 - -"]
    assert facts(case, "B2").splitlines()[-1] == "giorni 0,1,2"


def test_positions_follow_the_imprints() -> None:
    """A position is the number of smaller imprints; equal children share it and follow the file."""
    case = case_of(bambino("B1"), bambino("B2", peso=2), bambino("B3"))
    imprints = {name: imprint(child, 5) for name, child in case.bambini.items()}
    assert imprints["B1"] == imprints["B3"] != imprints["B2"]
    before = imprints["B2"] < imprints["B1"]
    assert drawn_positions(case, 5) == (
        {"B1": 1, "B2": 0, "B3": 1} if before else {"B1": 0, "B2": 2, "B3": 0}
    )
    assert drawn_order(case, 5) == (("B2", "B1", "B3") if before else ("B1", "B3", "B2"))

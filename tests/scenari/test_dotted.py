"""Changing single values from the command line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nido.data.problems import InputError, Problem
from nido.scenari.dotted import override, set_value
from nido.scenari.strict_yaml import parse
from nido.scenari.yaml_tree import SourceFloat

CONTENT = """\
nome: Prova
aziende:
  lincotek: {budget_annuo: 500}
gestori:
  - id: girasole
    posti: 3
    fasce: [{id: alba, giorni: lun-ven}]
  - id: papavero
    posti: 4
  - nome: senza id
bambini:
  - {id: B001, peso: 1}
  - {id: B002, peso: 1}
doppi: [{id: a}, {id: a}]
viaggio:
"""


def data() -> Any:
    """Read the content anew."""
    return parse(CONTENT.encode(), "s.yaml").data


def refused(key: str, value: str) -> Problem:
    """Give the problem of an assignment that must be refused."""
    with pytest.raises(InputError) as caught:
        set_value(data(), key, value)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("key", "value_text", "place", "value"),
    [
        ("nome", "Nuova prova", ["nome"], "Nuova prova"),
        ("aziende.lincotek.budget_annuo", "1000", ["aziende", "lincotek", "budget_annuo"], 1000),
        ("aziende[lincotek].budget_annuo", "1000", ["aziende", "lincotek", "budget_annuo"], 1000),
        ("gestori[girasole].posti", "12", ["gestori", 0, "posti"], 12),
        ("gestori.papavero.posti", " -1 ", ["gestori", 1, "posti"], -1),
        ("bambini.B001.peso", "2", ["bambini", 0, "peso"], 2),
        (
            "gestori[girasole].fasce[alba].giorni",
            "[lun, mar]",
            ["gestori", 0, "fasce", 0, "giorni"],
            ["lun", "mar"],
        ),
        ("gestori[girasole].orario", "6:30-20:00", ["gestori", 0, "orario"], "6:30-20:00"),
        ("gestori[papavero].base", "{a: 1}", ["gestori", 1, "base"], {"a": 1}),
        ("gestori[girasole].aperto", "true", ["gestori", 0, "aperto"], True),
        ("gestori[girasole].massimo", "null", ["gestori", 0, "massimo"], None),
        ("obiettivo.pesi.viaggio", "3", ["obiettivo", "pesi", "viaggio"], 3),
        ("viaggio.velocita", "45", ["viaggio", "velocita"], 45),
        ("nome", '"a: b # c"', ["nome"], "a: b # c"),
    ],
)
def test_one_value_changes_and_nothing_else(
    key: str, value_text: str, place: list[str | int], value: object
) -> None:
    """The value at the place is the new one; the content that was given is untouched."""
    before = data()
    after = set_value(before, key, value_text)
    assert before == data()
    found = after
    for step in place:
        found = found[step]
    assert found == value
    untouched = [name for name in before if name != place[0]]
    assert all(after[name] == before[name] for name in untouched)


def test_numbers_keep_how_they_were_written() -> None:
    """An amount from the command line is as exact as one from the file."""
    changed = set_value(data(), "aziende.lincotek.budget_annuo", "1.000")
    budget = changed["aziende"]["lincotek"]["budget_annuo"]
    assert isinstance(budget, SourceFloat)
    assert budget.written == "1.000"


BAD = [
    (
        "gestori[girasol].posti",
        "1",
        "gestori[girasol].posti",
        "nessun elemento ha id girasol",
        "forse volevi girasole?",
    ),
    ("gestori.xyz.posti", "1", "gestori.xyz.posti", "nessun elemento", "ammessi qui: girasole, papavero"),
    ("bambini.B01.peso", "1", "bambini.B01.peso", "nessun elemento ha id B01", "forse volevi B001?"),
    (
        "gestori[0].posti",
        "1",
        "gestori[0].posti",
        "con il loro id, non con la posizione",
        "girasole, papavero",
    ),
    ("gestori.1.posti", "1", "gestori.1.posti", "con il loro id", "girasole"),
    ("gestori[#1].posti", "1", "gestori[…].posti", "con il loro id", "girasole"),
    ("gestori[-1].posti", "1", "gestori[…].posti", "con il loro id", "girasole"),
    ("doppi[a].x", "1", "doppi[a].x", "più elementi hanno questo id", ""),
    ("nome.lungo", "1", "nome.lungo", "lungo sta in un valore che non ha chiavi", ""),
    ("gestori[girasole].posti.x", "1", "gestori[girasole].posti.x", "non ha chiavi", ""),
    ("bambini.Mario Rossi.peso", "1", "bambini.….peso", "nessun elemento ha id …", "B001, B002"),
    ("", "1", "", "chiave non valida", "gestori[girasole].posti=12"),
    (".nome", "1", ".nome", "chiave non valida", "esempio"),
    ("gestori[]", "1", "gestori[]", "chiave non valida", "esempio"),
    ("gestori[girasole", "1", "gestori[girasole", "chiave non valida", "esempio"),
    ("gestori[girasole]posti", "1", "gestori[girasole]posti", "chiave non valida", "esempio"),
    ("gestori..posti", "1", "gestori..posti", "chiave non valida", "esempio"),
    ("nome", "", "nome", "serve un valore", ""),
    ("nome", "a\nb", "nome", "su una riga", ""),
    ("nome", "a: b", "nome", "serve un valore singolo", "virgolette"),
    ("nome", "- a", "nome", "serve un valore singolo", "virgolette"),
    ("nome", "|", "nome", "serve un valore singolo", "virgolette"),
    ("nome", "--- a", "nome", "serve un valore singolo", "virgolette"),
    ("nome", "Nido # 2", "nome", "serve un valore singolo", "virgolette"),
    ("nome", "[1, 2", "nome", "manca qualcosa", "virgolette"),
    ("nome", "*x", "nome", "richiamo (*) non ammesso", "virgolette"),
    ("nome", "{a: 1, a: 2}", "nome", "chiave ripetuta", "virgolette"),
    ("nome", ".nan", "nome", "numero finito", "virgolette"),
    ("nome", "\ud800", "nome", "non è in UTF-8", "virgolette"),
]


@pytest.mark.parametrize(("key", "value_text", "where", "message", "hint"), BAD)
def test_bad_assignments_are_refused(key: str, value_text: str, where: str, message: str, hint: str) -> None:
    """Unknown ids get a suggestion, positions are refused, values follow the rules of the file."""
    problem = refused(key, value_text)
    assert (problem.file, problem.line, problem.where) == ("--set", 0, where)
    assert message in problem.message
    assert hint in problem.hint


def test_a_refused_value_is_not_shown() -> None:
    """The key may be that of a reserved field: the value stays out of the message."""
    problem = refused("bambini.B001.isee", "[31234")
    assert "31234" not in f"{problem}{problem.hint}{problem.excerpt}"


def test_beside_codes_other_ids_are_not_suggested() -> None:
    """In a list of children an id that is no code may be a name."""
    content = {"bambini": [{"id": "B001"}, {"id": "mario"}]}
    with pytest.raises(InputError) as caught:
        set_value(content, "bambini.B9.peso", "1")
    assert "mario" not in caught.value.problems[0].hint


def test_assignments_apply_in_order_and_remember_their_places() -> None:
    """The last assignment wins; the document knows which places no longer hold the file's values."""
    document = parse(CONTENT.encode(), "s.yaml")
    changed = override(document, ["gestori[girasole].posti=5", "gestori.girasole.posti=6", "nome=a=b"])
    assert changed.data["gestori"][0]["posti"] == 6
    assert changed.data["nome"] == "a=b"
    assert changed.is_overridden(("gestori", 0, "posti"))
    assert not changed.is_overridden(("gestori", 0))
    assert document.data["gestori"][0]["posti"] == 3
    assert override(document, []).data == document.data


def test_problems_of_all_assignments_come_at_once() -> None:
    """One wrong assignment does not hide the next."""
    document = parse(CONTENT.encode(), "s.yaml")
    with pytest.raises(InputError) as caught:
        override(document, ["nome", "gestori[0].posti=1", "nome=giusto", "gestori[zz].posti=1"])
    assert [problem.where for problem in caught.value.problems] == [
        "",
        "gestori[0].posti",
        "gestori[zz].posti",
    ]


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_applied_or_refused(key: str, value_text: str) -> None:
    """Whatever is typed, the outcome is new content or an input error."""
    try:
        set_value(data(), key, value_text)
    except InputError as error:
        assert all(problem.file == "--set" for problem in error.problems)

"""From a document to a model: every problem with its place and reason, and nothing that names a person."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from nido.data.problems import InputError, Problem, render
from nido.scenari.dotted import override
from nido.scenari.fields import (
    BambinoId,
    Euro,
    Identifier,
    IsoDate,
    Share,
    ShiftRange,
    TimeOfDay,
    TimeRange,
    Weekdays,
    riservato,
)
from nido.scenari.strict_yaml import parse, read
from nido.scenari.validation import SemanticProblems, check_semantics, examine, validate


class Frozen(BaseModel):
    """Base of the small schema of these tests."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)


class Casa(Frozen):
    """A home."""

    via: str
    latitudine: float


class Fascia(Frozen):
    """An opening."""

    id: Identifier
    orario: TimeRange
    giorni: Weekdays = (0, 1, 2, 3, 4)


class Gestore(Frozen):
    """A provider."""

    id: Identifier
    nome: str = Field(default="", min_length=1, max_length=20)
    posti: int = Field(ge=0, le=500)
    aperto: bool = True
    apertura: TimeOfDay | None = None
    prezzo: Euro = Decimal(0)
    quota: Share = Decimal(1)
    fattore: float = Field(default=1.0, gt=0, lt=5)
    base: Literal["presenti", "iscritti"] = "presenti"
    fasce: tuple[Fascia, ...] = Field(default=(), max_length=3)
    esistenti: dict[Identifier, int] = Field(default_factory=dict)


class Fissa(Frozen):
    """A fixed rota."""

    id: Identifier
    tipo: Literal["fissa"]
    orario: ShiftRange


class Ciclo(Frozen):
    """A rota by days."""

    id: Identifier
    tipo: Literal["ciclo"]
    ciclo: tuple[ShiftRange | Literal["riposo"], ...] = Field(min_length=1)


class Bambino(Frozen):
    """A child."""

    id: BambinoId
    nascita: IsoDate
    isee: Euro | None = riservato(default=None)
    casa: Casa | None = riservato(default=None)
    disabilita: bool = riservato(default=False)
    fratelli: tuple[BambinoId, ...] = ()

    @model_validator(mode="after")
    def _not_its_own_sibling(self) -> Self:
        found = SemanticProblems()
        for number, other in enumerate(self.fratelli):
            if other == self.id:
                found.add(("fratelli", number), "è il bambino stesso", "it is the child itself")
        found.raise_if_any()
        return self


def _kind(value: object) -> str:
    return "testo" if isinstance(value, str) else "gruppo"


class Misto(Frozen):
    """Unusual shapes that a schema may still use."""

    coppia: tuple[int, Identifier] | None = None
    luogo: Annotated[
        Annotated[Identifier, Tag("testo")] | Annotated[Casa, Tag("gruppo")], Discriminator(_kind)
    ] | (None) = None
    gruppo: Fascia | Casa | None = riservato(default=None)
    durata: timedelta | None = None
    figlio: Literal["nessuno"] | BambinoId = "nessuno"
    soprannome: str = Field(default="", alias="detto", max_length=5)


class Scenario(Frozen):
    """A small scenario."""

    nome: str
    passo: Literal[15, 30] = 15
    gestori: tuple[Gestore, ...] = Field(min_length=1)
    rotazioni: tuple[Annotated[Fissa | Ciclo, Field(discriminator="tipo")], ...] = ()
    bambini: tuple[Bambino, ...] = ()
    pesi: dict[BambinoId, int] = Field(default_factory=dict)
    misto: Misto | None = None


HEAD = "nome: Prova\n"
GESTORE = "gestori:\n  - id: girasole\n    posti: 3\n"  # lines 2-4 after HEAD
GOOD = HEAD + GESTORE  # what is added starts on line 5
CHILD = GOOD + "bambini:\n  - id: B001\n    nascita: 2024-03-01\n"  # lines 5-7; added from line 8


def problems(content: str, *assignments: str) -> tuple[Problem, ...]:
    """Give the problems of a scenario that must be refused."""
    document, reading = read(content.encode(), "s.yaml")
    _, found = examine(override(document, assignments), Scenario, reading)
    assert found
    return tuple(found)


def test_a_good_document_gives_the_model() -> None:
    """What is right is returned, frozen and typed."""
    scenario = validate(parse((CHILD + "    isee: 12.50\n").encode(), "s.yaml"), Scenario)
    assert scenario.gestori[0].posti == 3
    assert scenario.bambini[0].isee == Decimal("12.50")


# Content, line, column, place, part of the Italian message or suggestion.
BAD = [
    # keys
    (GESTORE, 1, 1, "nome", "manca, ed è obbligatorio"),
    (HEAD + "gestori:\n  - posti: 3\n", 3, 5, "gestori[#1].id", "manca"),
    (HEAD + "gestori:\n  - id: girasole\n", 3, 5, "gestori[girasole].posti", "manca"),
    (GOOD + "    fasse: []\n", 5, 5, "gestori[girasole].fasse", "forse volevi fasce?"),
    (GOOD + "    Posti: 3\n", 5, 5, "gestori[girasole].Posti", "forse volevi posti?"),
    (GOOD + "    xyz: 3\n", 5, 5, "gestori[girasole].xyz", "ammessi qui: id, nome, posti"),
    (GOOD + "gestor: 3\n", 5, 1, "gestor", "forse volevi gestori?"),
    (GOOD + "    esistenti: {Medi: 3}\n", 5, 17, "gestori[girasole].esistenti.Medi", "lettere minuscole"),
    # structure
    ("- a\n", 1, 1, "", "serve un gruppo di chiavi"),
    ("42\n", 1, 1, "", "serve un gruppo di chiavi"),
    (HEAD + "gestori: girasole\n", 2, 10, "gestori", "serve un elenco"),
    (HEAD + "gestori: {id: girasole}\n", 2, 10, "gestori", "serve un elenco"),
    (HEAD + "gestori:\n", 2, 9, "gestori", "serve un elenco"),
    (HEAD + "gestori: []\n", 2, 10, "gestori", "elementi: almeno 1"),
    (HEAD + "gestori: [girasole]\n", 2, 11, "gestori[#1]", "serve un gruppo di chiavi"),
    (GOOD + "    esistenti: 3\n", 5, 16, "gestori[girasole].esistenti", "serve un gruppo di chiavi"),
    (
        GOOD + f"    fasce: [{', '.join(['{id: f, orario: 7:00-8:00}'] * 4)}]\n",
        5,
        12,
        "gestori[girasole].fasce",
        "elementi: al più 3",
    ),
    # types, never converted in silence
    (GOOD.replace("3", '"3"'), 4, 12, "gestori[girasole].posti", '«"3"» non va: serve un numero intero'),
    (GOOD.replace("3", '"3"'), 4, 12, "gestori[girasole].posti", "togli le virgolette"),
    (GOOD.replace("3", "3.0"), 4, 12, "gestori[girasole].posti", "«3.0» non va: serve un numero intero"),
    (GOOD.replace("3", "true"), 4, 12, "gestori[girasole].posti", "serve un numero intero"),
    (GOOD.replace("3", "tre"), 4, 12, "gestori[girasole].posti", "«tre» non va: serve un numero intero"),
    (GOOD.replace("3", ""), 4, 11, "gestori[girasole].posti", "«vuoto» non va: serve un numero intero"),
    (GOOD.replace("3", "[1]"), 4, 12, "gestori[girasole].posti", "serve un numero intero"),
    (GOOD + "    aperto: 1\n", 5, 13, "gestori[girasole].aperto", "serve true (vero) o false (falso)"),
    (GOOD + "    aperto: si\n", 5, 13, "gestori[girasole].aperto", "«si» non va: serve true"),
    (GOOD + '    fattore: "2"\n', 5, 14, "gestori[girasole].fattore", "serve un numero"),
    (GOOD.replace("Prova", "2026"), 1, 7, "nome", 'scrivi "2026"'),
    # bounds
    (GOOD.replace("3", "-3"), 4, 12, "gestori[girasole].posti", "«-3» non va: deve essere almeno 0"),
    (GOOD.replace("3", "501"), 4, 12, "gestori[girasole].posti", "deve essere al più 500"),
    (GOOD + "    fattore: 0.0\n", 5, 14, "gestori[girasole].fattore", "deve essere maggiore di 0"),
    (GOOD + "    fattore: 5\n", 5, 14, "gestori[girasole].fattore", "deve essere minore di 5"),
    (GOOD + '    nome: ""\n', 5, 11, "gestori[girasole].nome", "caratteri: almeno 1"),
    (GOOD + f"    nome: {'x' * 60}\n", 5, 11, "gestori[girasole].nome", "x…» non va: caratteri: al più 20"),
    (GOOD + "    quota: 50\n", 5, 12, "gestori[girasole].quota", "«50» non va: da 0 a 1 compresi"),
    # numbers that are none
    (
        GOOD.replace("3", ".nan"),
        4,
        12,
        "gestori[girasole].posti",
        "serve un numero finito, da 0 a 500",
    ),
    (
        GOOD + "    fattore: .inf\n",
        5,
        14,
        "gestori[girasole].fattore",
        "serve un numero finito, maggiore di 0 e minore di 5",
    ),
    (
        GOOD + "    quota: .nan\n",
        5,
        12,
        "gestori[girasole].quota",
        "il punto decimale, da 0 a 1 compresi",
    ),
    (
        GOOD + "    esistenti: {medi: 1234567890123456789}\n",
        5,
        23,
        "gestori[girasole].esistenti.medi",
        "al più 18 cifre",
    ),
    # closed lists
    (GOOD + "    base: presente\n", 5, 11, "gestori[girasole].base", "valori ammessi: presenti, iscritti"),
    (GOOD + "    base: presente\n", 5, 11, "gestori[girasole].base", "forse volevi presenti?"),
    (GOOD + "passo: 20\n", 5, 8, "passo", "«20» non va: valori ammessi: 15, 30"),
    # times, days, dates, money
    (
        GOOD + "    apertura: 7.30\n",
        5,
        15,
        "gestori[girasole].apertura",
        "«7.30» non va: un'ora non si scrive",
    ),
    (GOOD + "    apertura: 7.5\n", 5, 15, "gestori[girasole].apertura", 'per esempio "7:30"'),
    (GOOD + "    apertura: 25:00\n", 5, 15, "gestori[girasole].apertura", "«25:00» non va: ora inesistente"),
    (
        GOOD + "    fasce:\n      - id: alba\n        orario: 8:00-7:00\n",
        7,
        17,
        "gestori[girasole].fasce[alba].orario",
        "la fine deve venire dopo l'inizio",
    ),
    (
        GOOD + "    fasce:\n      - id: alba\n        orario: 6:00-7:00\n        giorni: lunedì\n",
        8,
        17,
        "gestori[girasole].fasce[alba].giorni",
        "«lunedì» non va: giorni ammessi: lun, mar",
    ),
    (
        GOOD + "bambini:\n  - {id: B001, nascita: 2026-02-30}\n",
        6,
        25,
        "bambini[B001].nascita",
        "data non esiste",
    ),
    (GOOD + "    prezzo: 12,5\n", 5, 13, "gestori[girasole].prezzo", "scrivi 12.5"),
    (GOOD + "    prezzo: 1.000\n", 5, 13, "gestori[girasole].prezzo", "per mille euro scrivi 1000"),
    (GOOD + "    prezzo: -1\n", 5, 13, "gestori[girasole].prezzo", "«-1» non va: da 0 a"),
    # unions
    (GOOD + "rotazioni:\n  - {id: r, orario: 6:00-14:00}\n", 6, 5, "rotazioni[r]", "manca la chiave 'tipo'"),
    (
        GOOD + "rotazioni:\n  - {id: r, tipo: fisso}\n",
        6,
        19,
        "rotazioni[r].tipo",
        "valori ammessi: fissa, ciclo",
    ),
    (GOOD + "rotazioni:\n  - {id: r, tipo: fisso}\n", 6, 19, "rotazioni[r].tipo", "forse volevi fissa?"),
    (
        GOOD + "rotazioni:\n  - {id: r, tipo: ciclo, ciclo: [6:00-14:00, ferie]}\n",
        6,
        46,
        "rotazioni[r].ciclo[#2]",
        'serve un intervallo come "06:30-20:00"; oppure valori ammessi: riposo',
    ),
    (
        GOOD + "rotazioni:\n  - {id: r, tipo: ciclo, ciclo: [riposo], turno: 1}\n",
        6,
        43,
        "rotazioni[r].turno",
        "ammessi qui: id, tipo, ciclo",
    ),
    (GOOD + "rotazioni:\n  - {id: r, tipo: ciclo}\n", 6, 5, "rotazioni[r].ciclo", "manca"),
    (
        GOOD + "misto: {luogo: {via: x, latitudine: nord}}\n",
        5,
        37,
        "misto.luogo.latitudine",
        "serve un numero",
    ),
    (GOOD + "misto: {luogo: Levico}\n", 5, 16, "misto.luogo", "lettere minuscole"),
    (
        GOOD + "misto: {coppia: [1, Uno]}\n",
        5,
        21,
        "misto.coppia[#2]",
        "«Uno» non va: servono lettere minuscole",
    ),
    (GOOD + "misto: {durata: ieri}\n", 5, 17, "misto.durata", "valore non ammesso (time_delta_parsing)"),
    (
        GOOD + "misto: {figlio: Mario}\n",
        5,
        17,
        "misto.figlio",
        "valori ammessi: nessuno; oppure serve un codice",
    ),
    (GOOD + "misto: {detto: troppo lungo}\n", 5, 16, "misto.detto", "caratteri: al più 5"),
    (GOOD + "misto: {soprannome: x}\n", 5, 9, "misto.soprannome", "ammessi qui: coppia"),
    # what a validator of a model finds
    (CHILD + "    fratelli: [B002, B001]\n", 8, 22, "bambini[B001].fratelli[#2]", "è il bambino stesso"),
]


@pytest.mark.parametrize(("content", "line", "column", "where", "fragment"), BAD)
def test_bad_input_is_explained_where_it_is(
    content: str, line: int, column: int, where: str, fragment: str
) -> None:
    """Each kind of bad input gives one problem: line, column, name of the place, reason or suggestion."""
    found = problems(content)
    assert [(problem.line, problem.column, problem.where) for problem in found] == [(line, column, where)]
    assert fragment in f"{found[0].message} {found[0].hint}"


@pytest.mark.parametrize(
    "content", [case[0] for case in BAD if not any(odd in case[0] for odd in (".inf", ".nan", "1234567890"))]
)
def test_validation_alone_raises_the_same_problems(content: str) -> None:
    """What is told beside an instance with gaps is what is raised where only a whole one will do."""
    with pytest.raises(InputError) as caught:
        validate(parse(content.encode(), "s.yaml"), Scenario)
    assert caught.value.problems == problems(content)


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    """Five mistakes of five kinds give five problems, by line."""
    content = (
        "nome: 7\ngestori:\n  - id: A\n    posti: -1\n    prezo: 3\n"
        "bambini:\n  - id: B001\n    nascita: ieri\n"
    )
    found = problems(content)
    assert [problem.line for problem in found] == [1, 3, 4, 5, 8]


def test_the_excerpt_shows_three_lines_and_a_caret() -> None:
    """The line, its neighbours, and a mark under the value; comments are left out."""
    content = GOOD.replace("posti: 3", "posti: -3  # chiesto da Rossi") + "passo: 15\n"
    (problem,) = problems(content)
    assert problem.excerpt.splitlines() == [
        "  3 |   - id: girasole",
        "  4 |     posti: -3",
        "    |            ^",
        "  5 | passo: 15",
    ]
    assert render(problem).splitlines()[0] == (
        "s.yaml:4:12: gestori[girasole].posti: «-3» non va: deve essere almeno 0"
    )


def test_long_lines_are_cut_around_the_caret() -> None:
    """A file on one line still gives a short excerpt, the caret under the value."""
    many = ", ".join(f"{{id: g{number}, posti: 3}}" for number in range(100))
    content = f"{{nome: Prova, gestori: [{many}, {{id: ultimo, posti: -7}}]}}"
    (problem,) = problems(content)
    shown, caret = problem.excerpt.splitlines()
    assert len(shown) < 120
    assert shown[caret.index("^") :].startswith("-7")


SECRET = [
    CHILD + "    isee: 31234,5\n",
    CHILD + "    isee: [31234]\n",
    CHILD + "    isse: 31234\n",
    CHILD + "    disabilita: 31234\n",
    CHILD + "    casa: {via: 31234, latitudine: 31234x}\n",
    CHILD + "    casa: 31234\n",
    CHILD + "    casa: {vai: 31234, latitudine: 46.0}\n",
    CHILD + "    fratelli: [31234 Rossi]\n",
    CHILD + "    fratelli: 31234 Rossi\n",
    GOOD + "bambini:\n  - id: 31234 Rossi\n    nascita: 2024-03-01\n",
    GOOD + "bambini:\n  - id: 31234\n    nascita: ieri\n",
    GOOD + "bambini:\n  - 31234 Rossi\n",
    GOOD + "bambini: 31234 Rossi\n",
    GOOD + "bambino:\n  - {id: B001, isee: 31234}\n",
    GOOD + "pesi: {31234 Rossi: 3}\n",
    GOOD + "pesi: {31234 Rossi: x}\n",
    GOOD + "Rossi 31234: 5\n",
    GOOD + "misto: {figlio: 31234 Rossi}\n",
    GOOD + "misto: {gruppo: {via: 31234, latitudine: Rossi}}\n",
    CHILD.replace("2024-03-01", "ieri  # 31234") + "    isee: 31234\n",
    CHILD.replace("2024-03-01", "ieri") + "    isee: >-\n      31234\n",
    CHILD.replace("2024-03-01", "ieri") + "    casa:\n      latitudine: 31234.5\n      via: Rossi\n",
]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("content", SECRET)
def test_what_may_name_a_person_is_never_shown(
    content: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither message, place, suggestion nor excerpt holds a reserved value, a refused code or a comment."""
    monkeypatch.setenv("NIDO_LANG", language)
    shown = "\n".join(render(problem) for problem in problems(content))
    assert "31234" not in shown
    assert "Rossi" not in shown


def test_a_neighbour_that_is_reserved_is_masked() -> None:
    """The excerpt of another field keeps its lines, without the reserved values, the caret still in place."""
    content = GOOD + "bambini:\n  - {id: B001, isee: 1234567, nascita: ieri}\n"
    (problem,) = problems(content)
    assert problem.excerpt.splitlines()[1:3] == [
        "  6 |   - {id: B001, isee: ***, nascita: ieri}",
        "    |                                    ^",
    ]


def test_a_reserved_field_still_says_what_is_allowed() -> None:
    """The reason is given, the value, its suggestion and the excerpt are not."""
    (problem,) = problems(CHILD + "    isee: 12,5\n")
    assert (problem.line, problem.column, problem.where) == (8, 11, "bambini[B001].isee")
    assert problem.message.startswith("serve un numero")
    assert (problem.hint, problem.excerpt) == ("", "")


def test_messages_follow_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same errors in English, from their type, not from pydantic's text."""
    monkeypatch.setenv("NIDO_LANG", "en")
    content = GOOD.replace("3", "-3") + "    apertura: 7.5\n    fasse: 1\n"
    messages = [problem.message for problem in problems(content)]
    assert messages == [
        "“-3” is wrong: must be at least 0",
        "“7.5” is wrong: a time is not a number",
        "unknown key",
    ]


def test_problems_of_command_line_values_name_the_command_line() -> None:
    """A value that replaced the file's is reported for --set, with no line of the file."""
    (problem,) = problems(GOOD, "gestori[girasole].posti=tre")
    assert str(problem) == "--set: gestori[girasole].posti: «tre» non va: serve un numero intero"
    (problem,) = problems(CHILD, "bambini.B001.isee=tanto")
    assert "tanto" not in render(problem)
    (problem,) = problems(GOOD, "gestori.girasole.pposti=4")
    assert (problem.file, problem.hint) == ("--set", "forse volevi posti?")


def check_places(scenario: Scenario, found: SemanticProblems) -> None:
    """Refuse more than ten places."""
    for gestore in scenario.gestori:
        if gestore.posti > 10:
            path = ("gestori", gestore.id, "posti")
            found.add(path, "troppi posti", "too many places", "al più 10")


def check_incomes(scenario: Scenario, found: SemanticProblems) -> None:
    """Refuse an income above a thousand, and a child without home."""
    for number, bambino in enumerate(scenario.bambini):
        if bambino.isee and bambino.isee > 1000:
            found.add(("bambini", number, "isee"), "troppo alto", "too high")
        if bambino.casa is None:
            found.add(("bambini", bambino.id, "casa"), "serve la casa", "a home is needed")


def test_checks_across_the_document_are_placed_and_collected() -> None:
    """All checks run; their problems are in the order of the file, reserved fields without excerpt."""
    content = CHILD.replace("posti: 3", "posti: 30") + "    isee: 31234\n"
    document = parse(content.encode(), "s.yaml")
    scenario = validate(document, Scenario)
    with pytest.raises(InputError) as caught:
        check_semantics(document, scenario, [check_incomes, check_places])
    assert [(p.line, p.column, p.where, p.message) for p in caught.value.problems] == [
        (4, 12, "gestori[girasole].posti", "troppi posti"),
        (6, 5, "bambini[B001].casa", "serve la casa"),
        (8, 11, "bambini[B001].isee", "troppo alto"),
    ]
    assert caught.value.problems[0].excerpt
    assert "31234" not in "".join(render(problem) for problem in caught.value.problems)
    check_semantics(document, scenario, [])


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 1000)
    | st.floats(allow_nan=False, allow_infinity=False, width=32)
    | st.sampled_from(["girasole", "B001", "fissa", "ciclo", "7:30", "7:00-8:00", "lun-ven", "2026-09-01"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "nome",
                    "gestori",
                    "bambini",
                    "rotazioni",
                    "pesi",
                    "id",
                    "tipo",
                    "ciclo",
                    "posti",
                    "isee",
                    "casa",
                    "x",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(VALUES)
def test_any_structure_is_read_or_refused(value: object) -> None:
    """Whatever the structure, the outcome is a model or problems inside the file."""
    document = parse(json.dumps(value).encode(), "s.yaml")
    try:
        validate(document, Scenario)
    except InputError as error:
        assert all(problem.line == 1 and problem.column >= 1 for problem in error.problems)

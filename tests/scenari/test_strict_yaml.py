"""Strict YAML: what is read as what, what is refused where, and that nothing else can happen."""

import math

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from nido.data.problems import InputError, Problem
from nido.scenari import strict_yaml
from nido.scenari.strict_yaml import parse, read
from nido.scenari.yaml_tree import SourceFloat, comment_start

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


def problems(content: str | bytes) -> tuple[Problem, ...]:
    """Give the problems of a text that must be refused."""
    with pytest.raises(InputError) as caught:
        parse(content if isinstance(content, bytes) else content.encode(), "s.yaml")
    return caught.value.problems


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("7:30", "7:30"),
        ("22:00", "22:00"),
        ("06:30", "06:30"),
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("2026-09-01", "2026-09-01"),
        ("038010", "038010"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("00.5", "00.5"),
        ("12,5", "12,5"),
        ("1.000.000", "1.000.000"),
        ("-x", "-x"),
        ("=", "="),
        ('"12"', "12"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("38010", 38010),
        ("-3", -3),
        ("+5", 5),
        ("0", 0),
        ("7.30", 7.3),
        (".5", 0.5),
        ("1e3", 1000.0),
    ],
)
def test_values_are_those_of_yaml_1_2(written: str, value: object) -> None:
    """Times, dates, country codes and post codes stay text; only decimal numbers are numbers."""
    read = parse(f"a: {written}\n".encode(), "s.yaml").data["a"]
    assert read == value
    assert type(read) is type(value) or (isinstance(value, float) and isinstance(read, SourceFloat))


def test_floats_remember_how_they_were_written() -> None:
    """1.000 may be a thousand, and 7.30 a time: the digits are kept."""
    data = parse(b"[1.000, 7.30]", "s.yaml").data
    assert [number.written for number in data] == ["1.000", "7.30"]


def test_a_document_knows_where_everything_stands() -> None:
    """Lines and columns count from 1, list items are found by position or id, the rest by its parent."""
    document = parse("# è\ngestori:\n  - id: girasole\n    posti: 3\n    è: [1, 2]\n".encode(), "s.yaml")
    assert document.locate(("gestori",)) == (3, 3)
    assert document.locate(("gestori",), at_key=True) == (2, 1)
    assert document.locate(("gestori", 0, "posti")) == (4, 12)
    assert document.locate(("gestori", "girasole", "posti"), at_key=True) == (4, 5)
    assert document.locate(("gestori", 0, "è", 1)) == (5, 12)
    assert document.locate(("gestori", 0, "orario", "inizio"), at_key=True) == (3, 5)
    assert document.locate(("gestori", "papavero", "posti")) == (3, 3)
    assert document.locate(("gestori", 7)) == (3, 3)
    assert document.locate(()) == (2, 1)
    assert document.find(("gestori", 0, "orario")) is None


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"a: 1\rb: 2", b"---\na: 1\nb: 2\n...\n"]
)
def test_byte_order_mark_and_foreign_line_ends_are_read(content: bytes) -> None:
    """Files from Windows and old Macs are read, with the same positions."""
    document = parse(content, "s.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert document.lines[-1] in ("", "b: 2")


BAD = [
    ("a: 1\nb: 2\na: 3\n", 3, 1, "chiave ripetuta: è già alla riga 1"),
    ("g:\n  - posti: 1\n    posti: 1\n", 3, 5, "è già alla riga 2"),
    ('a: 1\n"a": 2\n', 2, 1, "chiave ripetuta"),
    ("{a: 1, a: 2}", 1, 8, "chiave ripetuta"),
    ("a: &x 1\n", 1, 4, "ancora (&) non ammessa"),
    ("a: *x\n", 1, 4, "richiamo (*) non ammesso"),
    ("a:\n  <<: {b: 1}\n", 2, 3, "unione (<<) non ammessa"),
    ("a: !!python/object:os.system 1\n", 1, 4, "etichetta di tipo (!) non ammessa"),
    ("a: !!str 1\n", 1, 4, "etichetta di tipo"),
    ("a: ! ciao\n", 1, 4, "etichetta di tipo"),
    ("a: .nan\n", 1, 4, "numero finito"),
    ("a: -.INF\n", 1, 4, "numero finito"),
    ("a: 1e999\n", 1, 4, "numero finito"),
    (f"a: {'9' * 19}\n", 1, 4, "numero troppo grande"),
    (f"a: {'9' * 5000}\n", 1, 4, "numero troppo grande"),
    ("1: x\n", 1, 1, "una chiave deve essere testo"),
    ("true: x\n", 1, 1, "una chiave deve essere testo"),
    ("? [a, b]\n: x\n", 1, 3, "una chiave deve essere testo"),
    ("{[a]: x}\n", 1, 2, "una chiave deve essere testo"),
    ("a: 1\n---\nb: 2\n", 2, 1, "secondo documento"),
    ("a: 1\n---\n", 2, 1, "secondo documento"),
    ("a:\t1\n", 1, 3, "tabulazione"),
    ("a: 1\t# nota\n", 1, 5, "tabulazione"),
    ("a: x\ty\n", 1, 5, "tabulazione"),
    ("a:\n\tb: 1\n", 2, 1, "tabulazione"),
    ("a: b: c\n", 1, 5, "due punti fuori posto"),
    ("a: 1\n b: 2\n", 2, 3, "due punti fuori posto"),
    ("a: @casa\n", 1, 4, "comincia con @ va tra virgolette"),
    ("a: `x`\n", 1, 4, "comincia con ` va tra virgolette"),
    ("- a\nb: 1\n", 2, 1, "YAML non valido"),
    ("a: }\n", 1, 4, "YAML non valido"),
    ("a: 1\nb: *\n", 2, 4, "comincia con * va tra virgolette"),
    ("a: *molto*\n", 1, 4, "comincia con * va tra virgolette"),
    ("a: |x\n", 1, 4, "comincia con | va tra virgolette"),
    ('a: "x\u0000"\n', 1, 6, "carattere di controllo"),
    ("a: x\u0085y\n", 1, 5, "carattere di controllo"),
    ('a: "\\e[31m"\n', 1, 4, "carattere di controllo"),
    (b"a: 1\nb: Pergin\xe8\n", 2, 10, "non è in UTF-8"),
    ("a: perché\n".encode("cp1252"), 1, 9, "Windows-1252"),
    ("a: 1\n".encode("utf-16"), 0, 0, "UTF-16"),
    ("a: 1\n".encode("utf-16-le"), 0, 0, "UTF-16"),
    (b"", 0, 0, "il file è vuoto"),
    (b"# solo un commento\n", 0, 0, "il file è vuoto"),
    ("[" * 51, 1, 51, "troppo annidato"),
    ("{a: " * 60, 1, 4 * 50 + 1, "troppo annidato"),
]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(("content", "line", "column", "fragment"), BAD)
def test_bad_input_is_refused_where_it_is(
    content: str | bytes,
    line: int,
    column: int,
    fragment: str,
    loader: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each kind of bad input gives its line, column and reason, whichever loader is installed."""
    monkeypatch.setattr(strict_yaml, "LOADER", loader)
    found = [problem for problem in problems(content) if fragment in problem.message]
    assert [(problem.line, problem.column) for problem in found] == [(line, column)]
    assert found[0].file == "s.yaml"


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("content", ["a: [1, 2\n", "a: {b: 1\n", 'a: "x\n', "a: [1,\n  2\nb: 3\n"])
def test_what_was_never_closed_is_reported(
    content: str, loader: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open bracket or quote is reported near its end; the loaders differ by a line."""
    monkeypatch.setattr(strict_yaml, "LOADER", loader)
    (problem,) = problems(content)
    assert 1 <= problem.line <= 3
    assert (
        "manca qualcosa" in problem.message
        or "parentesi" in problem.message
        or "due punti" in problem.message
    )


@pytest.mark.parametrize("loader", LOADERS)
def test_tabs_are_allowed_where_they_mean_nothing(loader: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside quotes, text blocks and comments a tab is harmless."""
    monkeypatch.setattr(strict_yaml, "LOADER", loader)
    content = "a: \"x\ty\"  # nota\tfinale\n#\tnota\nb: |\n  uno\tdue\nc: 'p\tq'\n"
    assert parse(content.encode(), "s.yaml").data == {"a": "x\ty", "b": "uno\tdue\n", "c": "p\tq"}


def test_everything_is_reported_at_once_in_order() -> None:
    """One reading finds the alias, the tag, the repeated key, the bad number and the tab."""
    content = "a: &x 1\nb: *x\nc: !!int 2\na: 3\nd: .inf\ne:\t1\n"
    assert [problem.line for problem in problems(content)] == [1, 2, 3, 4, 5, 6]


def test_what_was_found_before_a_syntax_error_is_kept() -> None:
    """A syntax error ends the reading, not the report."""
    assert [problem.line for problem in problems("a: &x 1\nb: c: d\n")] == [1, 2]


def test_places_are_named_without_positions_or_names() -> None:
    """The open keys name the place; what may be a person's name is left out."""
    content = "gestori:\n  - orario:\n      base: .nan\nbambini:\n  Mario Rossi:\n    peso: .nan\n"
    assert [problem.where for problem in problems(content)] == ["gestori[].orario.base", "bambini.….peso"]


def test_no_problem_shows_a_value() -> None:
    """The loader does not know which fields are reserved, so it shows none."""
    content = "isee: !!int 31234\nisee: 31235\nnome: &a Rossi\ncasa: 31236e9999\n"
    shown = "".join(f"{problem.message}{problem.hint}{problem.excerpt}" for problem in problems(content))
    assert "3123" not in shown
    assert "Rossi" not in shown


def test_an_alias_bomb_is_refused_at_once() -> None:
    """Nine levels of nine aliases each would be 387 million values (9 ** 9); none is expanded."""
    levels = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    found = problems("\n".join(levels))
    # 10 anchors and 9 levels of 9 aliases.
    assert len(found) == 10 + 9 * 9


def test_a_large_file_is_refused_unread() -> None:
    """More than 5 MB are refused before decoding."""
    (problem,) = problems(b"a" * (strict_yaml.MAX_BYTES + 1))
    assert "al più 5242880" in problem.message
    assert "supera i 5 MB" in problem.message


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The count stops at the cap."""
    monkeypatch.setattr(strict_yaml, "MAX_NODES", 10)
    (problem,) = problems("[" + "1, " * 20 + "]")
    # The list is the first value, so the tenth number is the eleventh: it starts at column 2 + 9 * 3.
    assert (problem.column, "troppo grande" in problem.message) == (29, True)


def test_the_report_itself_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file made of errors does not make an endless list."""
    monkeypatch.setattr(strict_yaml, "MAX_PROBLEMS", 5)
    assert len(problems("[" + "*a, " * 20 + "]")) == 5


def test_the_rest_is_kept_where_it_can_be_walked() -> None:
    """Repeated keys, tags, anchors and bad numbers leave a document; their places are remembered."""
    document, reading = read(b"a: 1\na: 2\nb: [x, !!int 3]\nc: &d 4\ne: {f: .nan}\n", "s.yaml")
    assert document.data["a"] == 1
    assert document.data["c"] == 4
    assert [(problem.line, problem.column) for problem in reading.problems] == [(2, 1), (3, 8), (4, 4)]
    assert (reading.spoiled, reading.doubtful) == ({("b", 1)}, {("a",)})
    assert list(reading.numbers) == [("e", "f")]


@pytest.mark.parametrize(
    "content", ["a: &x 1\nb: *x\n", "a: {<<: {b: 1}}\n", "a: .nan\n---\n", "a: .nan\nb: c: d\n"]
)
def test_what_means_nothing_without_the_rest_is_told_alone(content: str) -> None:
    """An alias, a merge, a second document and a syntax error leave no document, and lose no problem."""
    with pytest.raises(InputError) as caught:
        read(content.encode(), "s.yaml")
    assert caught.value.problems == problems(content)


def test_a_number_in_a_repeated_value_is_told() -> None:
    """What is refused inside a value that is not kept is told all the same."""
    assert [problem.line for problem in problems("a: 1\na: {b: .nan}\n")] == [2, 2]


def test_fifty_levels_are_allowed() -> None:
    """The cap on depth refuses level 51, not level 50."""
    assert parse(b"[" * 50 + b"]" * 50, "s.yaml").data


def test_messages_follow_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """English on request."""
    monkeypatch.setenv("NIDO_LANG", "en")
    assert problems("a: 1\na: 2\n")[0].message == "repeated key: it is already on line 1"


def test_comments_start_outside_values() -> None:
    """A hash inside a value, or stuck to one, starts no comment."""
    assert comment_start('a: "x # y" # z', [(0, 1), (3, 10)]) == 11
    assert comment_start("a: x#y", [(0, 1), (3, 6)]) == 6


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200))
@example(b"a: \xff")
@example(b"%YAML 9999999999999999999.1\n---\na: 1")
@example(b'"\\U99999999"')
@example(b"!%ff x")
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """Whatever the bytes, the outcome is a document or an input error."""
    for loader in LOADERS:
        outcome(content, loader)


ALPHABET = st.sampled_from(
    [*"ab1.:-,[]{}\"'#&*!|>%@`?~<= \n\t\\", "è", "\ufeff", "\u2028", "- ", ": ", "\n  "]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ALPHABET, max_size=40).map("".join))
@example("{a: 1}: 2")
@example("? |\n  x\n: 1")
@example('"\\ud800": 1')
def test_any_text_is_read_or_refused_without_surprises(content: str) -> None:
    """Texts full of YAML signs: a document of plain finite values, or an input error in the file."""
    for loader in LOADERS:
        outcome(content.encode(), loader)


def outcome(content: bytes, loader: object) -> None:
    """Read with one loader and check that the result is plain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "LOADER", loader)
        try:
            document = parse(content, "s.yaml")
        except InputError as error:
            lines = content.count(b"\n") + content.count(b"\r") + 2
            assert all(0 <= problem.line <= lines for problem in error.problems)
            return
    pending = [document.data]
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            assert all(isinstance(key, str) for key in value)
            pending.extend(value.values())
        elif isinstance(value, list):
            pending.extend(value)
        else:
            assert value is None or isinstance(value, str | bool | int) or math.isfinite(value)

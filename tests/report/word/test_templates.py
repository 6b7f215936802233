"""A template that an officer edited: every mistake in a sentence of its own, nothing written with a gap."""

import io
import re
from collections.abc import Callable
from dataclasses import fields

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from drafts import refused, sample, with_text, words_of

from nido.report.word.bozza import Bozza
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.report.word.required import REQUIRED, probe


def changed(change: Callable[[WordDocument], object]) -> bytes:
    """Return nido's template after a change."""
    word = Document(io.BytesIO(template()))
    change(word)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def without(pattern: str) -> bytes:
    """Return nido's template without the words that a pattern matches, header and footer included."""

    def cut(word: WordDocument) -> None:
        section = word.sections[0]
        for part in (word.element, section.header._element, section.footer._element):
            for words in part.iter(qn("w:t")):
                words.text = re.sub(pattern, "", words.text or "")

    return changed(cut)


def test_a_template_without_any_field_is_told_all_that_it_lacks() -> None:
    """Every field in double braces deleted: all the required ones are named at once."""
    said = refused(without(r"\{\{.*?\}\}"))
    assert f"non scrive {len(REQUIRED)} dei campi" in said
    assert [name for name in REQUIRED if name not in said] == []


@pytest.mark.parametrize(
    ("pattern", "lost"),
    [
        (r"\{\{ azienda \}\}", ["azienda"]),
        (r"\{\{ bozza \}\}", ["bozza"]),
        (r"\{\{ riga\.posti \}\}", ["posti.posti", "economico.posti"]),
        (r"\{\{ comma \}\}", ["gruppi.articoli.commi"]),
        (
            r"\{\{ riga\.(prezzo|azienda|quota) \}\}",
            ["pacchetti.prezzo", "vuoti.quota", "economico.azienda"],
        ),
    ],
)
def test_a_required_field_that_is_not_there_is_named(pattern: str, lost: list[str]) -> None:
    """The company, the draft's warning, a column of places, the articles; several of them together."""
    said = refused(without(pattern))
    assert f"non scrive {len(lost)} dei campi che un accordo deve avere: {', '.join(lost)};" in said


def test_a_field_behind_a_condition_that_never_holds_is_not_there() -> None:
    """What counts is what gets written, not what stands in the template."""
    hidden = without(r"\{\{ durata \}\}")
    word = Document(io.BytesIO(hidden))
    word.add_paragraph("{% if False %}{{ durata }}{% endif %}")
    buffer = io.BytesIO()
    word.save(buffer)
    assert "deve avere: durata;" in refused(buffer.getvalue())


def test_what_an_agreement_can_do_without_may_be_deleted() -> None:
    """The name of the scenario and its digest, of use to the district only."""
    own = without(r"\{\{ (scenario|impronta) \}\}")
    assert "36 mesi" in words_of(render(own, [sample()], "modello")[0])


def test_required_fields_exist() -> None:
    """Each of them is a text of the draft, and every text of the draft has a sign of its own."""
    signs = probe().signs
    assert set(REQUIRED) <= signs.keys()
    assert len(set(signs.values())) == len(signs)
    assert {name.split(".")[0] for name in signs} == {one.name for one in fields(Bozza)}


@pytest.mark.parametrize(
    "words", ["{ azienda }", "{{ azienda }", "{ azienda }}", "{{ azienda }}}", "{% if vuoti }", "}"]
)
def test_a_stray_brace_is_told_by_its_place(words: str) -> None:
    """The sentence says which paragraph, never what is written in it."""
    said = refused(with_text(f"Il signor Rossi {words}"))
    count = sum(bool(paragraph.text.strip()) for paragraph in Document(io.BytesIO(template())).paragraphs)
    assert f"paragrafo {count + 1} del testo" in said
    assert "Rossi" not in said


def test_stray_braces_are_told_together() -> None:
    """One in a cell, one in the header, one in the footer: three places."""

    def spoil(word: WordDocument) -> None:
        word.tables[1].rows[2].cells[3].text = "{{ riga.orario }"
        word.sections[0].header.add_paragraph("{ bozza }")
        word.sections[0].footer.paragraphs[0].add_run(" {")

    said = refused(changed(spoil))
    assert "tabella 2 del testo, riga 3, cella 4; " in said
    assert "paragrafo 1 del piè di pagina; " in said
    assert "paragrafo 2 dell'intestazione" in said


def test_a_field_cut_in_pieces_by_word_is_one_field() -> None:
    """Word cuts what was typed at different times into runs: braces are matched over the whole paragraph."""

    def add(word: WordDocument) -> None:
        paragraph = word.add_paragraph("Firma: {")
        for piece in ("{ azi", "enda }", "}."):
            paragraph.add_run(piece)

    assert 'Firma: Rossi & figli "srl".' in words_of(render(changed(add), [sample()], "modello")[0])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{{ azeinda }}", "«azeinda» (forse azienda), che non esiste"),
        ("{% for x in gestor %}{{ x }}{% endfor %}", "«gestor» (forse gestori)"),
        ("{% for r in osservazioni %}{{ r.testo }}{% endfor %}", "«testo»"),
        ("{% for r in posti %}{{ r.gestre }}{% endfor %}", "«gestre» (forse gestore)"),
        ("{% if False %}{{ prezo }}{% endif %}", "«prezo» (forse prezzo)"),
        ("{{ azeinda }} e {{ durat }}", "usa 2 campi che non esistono: «azeinda» (forse azienda), «durat»"),
    ],
)
def test_an_unknown_name_is_told_with_the_closest_one(words: str, expected: str) -> None:
    """In a row, in a loop, behind a condition: wherever it stands, and all of them together."""
    assert expected in refused(with_text(words))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{% for i in range(999999999) %}x{% endfor %}", "troppe volte: range() arriva a 100000"),
        ("{{ 'a' * 10 ** 10 }}", "troppa memoria"),
        ("{{ 'a' * 10 ** 30 }}", "troppa memoria"),
        ("{% include 'altro.docx' %}", "un altro file con il comando «include»"),
        ("{% import 'altro' as a %}", "un altro file con il comando «import»"),
        ("{% from 'altro' import a %}", "un altro file con il comando «from»"),
        ("{% extends 'altro' %}", "un altro file con il comando «extends»"),
        ("{{ ''.__class__ }}", "l'attributo riservato «__class__»"),
        ("{{ posti.append(1) }}", "non permessa a un modello: «append»"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "richiama se stesso senza fine"),
        ("{{ 1 / 0 }}", "non si può eseguire (ZeroDivisionError)"),
        ("{{ 7 | foo }}", "comando non valido"),
    ],
)
def test_every_hostile_command_has_a_sentence_of_its_own(words: str, expected: str) -> None:
    """Loops, memory, other files, reserved attributes: none of them is called a bad Word document."""
    said = refused(with_text(words))
    assert expected in said
    assert "documento Word" not in said

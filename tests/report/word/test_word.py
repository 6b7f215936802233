"""Word drafts: every clause in words, a sandboxed template, names that spoil nothing."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from drafts import EVERY_CLAUSE, refused, sample, with_member, with_text, words_of

from nido.report.privacy.build_view import view_for
from nido.report.word import rendering
from nido.report.word.articoli import WRITERS, articles
from nido.report.word.bozza import (
    DRAFT,
    RigaEconomica,
    RigaPosti,
    RigaVuoto,
    breakable,
    draft,
    is_of_contract,
)
from nido.report.word.corrispettivi import payments
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.scenari.accordo_quadro import AccordoQuadro
from nido.scenari.clausole import Clausole
from nido.scenari.domanda import Azienda
from nido.scenari.load import Loaded
from nido.scenari.regole import Pagatore
from nido.scenari.schema import Scenario


def test_every_clause_has_words() -> None:
    """No clause of a scenario is without an article, and none is left over."""
    assert set(WRITERS) == set(Clausole.model_fields) == set(EVERY_CLAUSE)


def test_only_agreed_clauses_have_an_article() -> None:
    """Two clauses give two articles, numbered from where they are told."""
    agreed = Clausole.model_validate({"preavviso": {"giorni": 60}, "vuoto_per_pieno": {"quota": "0.5"}})
    first, second = articles(agreed, 7)
    assert (first.numero, second.numero) == (7, 8)
    assert "60 giorni" in first.commi[0]
    assert "50 %" in second.commi[0]


def test_every_paragraph_is_a_whole_sentence() -> None:
    """A contract has no half sentence: each paragraph ends with a full stop and names its figures."""
    every = Clausole.model_validate(EVERY_CLAUSE)
    written = [comma for article in articles(every, 1) for comma in article.commi]
    assert [comma for comma in written if not comma.endswith(".") or "  " in comma] == []
    joined = " ".join(written)
    for figure in (
        "12 mesi",
        "fino a 2 volte",
        "almeno 3 mesi prima",
        "60 giorni",
        "50 %",
        "75 %",
        "2 mesi",
        "maggio",
        "2 posti",
        "6 posti",
        "da 5 posti: 5 %",
        "2 %",
        "1,5 mesi",
        "estate",
        "anticipo",
        "4 prenotazioni",
        "40 ore",
        "10 %",
        "rifiuto numero 2",
    ):
        assert figure in joined, figure


def test_the_draft_holds_all_that_it_was_given() -> None:
    """Parties, places, packages, articles, amounts, figures and warnings are there, whole."""
    words = words_of(render(template(), [sample()], "modello")[0])
    for expected in (
        'Rossi & figli "srl"',
        "Nido <A>",
        "36 mesi",
        "06:30-07:30",
        "Art. 7 - Durata minima",
        "Art. 25 - Deposito",
        "1.640,00",
        "820,00",
        "205,00",
        "19.680,00",
        "gestori.nido_a.posti",
        DRAFT,
        "DATI SINTETICI",
        "Prova <1> & 2",
        "Conteggi sotto 5",
    ):
        assert expected in words
    assert "{" not in words


def test_equal_drafts_give_equal_bytes() -> None:
    """Nothing of the clock or of the machine is in the file."""
    first, second = render(template(), [sample(), sample()], "modello")
    (third,) = render(template(), [sample()], "modello")
    assert first == second == third


def test_a_name_with_a_command_stays_text() -> None:
    """A name that looks like a command of the template is written, not run."""
    (document,) = render(template(), [replace(sample(), azienda="{{ 7 * 7 }}")], "modello")
    assert "{{ 7 * 7 }}" in words_of(document)


def test_a_field_that_does_not_exist_is_named() -> None:
    """The message names the field and those that there are."""
    message = refused(with_text("{{ prezzo_segreto }}"))
    assert "«prezzo_segreto»" in message
    assert "azienda" in message


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ posti.append(1) }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
    ],
)
def test_a_hostile_template_runs_nothing(hostile: str) -> None:
    """What reaches for Python or changes what it was given is refused."""
    message = refused(with_text(hostile))
    assert "non permessa" in message or "non esiste" in message


def test_a_broken_command_is_told() -> None:
    """An unclosed command is a sentence, not a traceback."""
    assert "ogni {% for %} vuole il suo {% endfor %}" in refused(with_text("{% for x in posti %}"))
    assert "comando non valido" in refused(with_text("{% for x posti %}{% endfor %}"))


def test_an_endless_template_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loops in loops end when the time is over."""
    monkeypatch.setattr(rendering, "MOST_SECONDS", 3.0)
    loops = "".join(f"{{% for a{depth} in range(99999) %}}" for depth in range(4)) + "x" + "{% endfor %}" * 4
    said = refused(with_text(loops))
    assert "fermato dopo 3 secondi" in said or "troppa memoria" in said


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: b"not a zip", "non è un documento Word"),
        (lambda: template()[:5000], "non è un documento Word"),
        (lambda: with_member("word/vbaProject.bin", b"x"), "macro"),
        (lambda: with_member("word/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "entità"),
        (
            lambda: with_member("word/_rels/x.rels", b'<R TargetMode="External" Target="http://x"/>'),
            "esterni",
        ),
        (lambda: with_member("word/_rels/y.rels", b"<R TargetMode = 'External'/>"), "esterni"),
        (lambda: with_member("word/_rels/z.rels", '<R TargetMode="External"/>'.encode("utf-16")), "esterni"),
        (lambda: with_member("word/u.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>".encode("utf-16")), "entità"),
        (
            lambda: with_member(
                "word/f.xml",
                b'<w><w:instrText>INCLUDE</w:instrText><w:instrText>PICTURE "http://x"</w:instrText></w>',
            ),
            "INCLUDEPICTURE",
        ),
        (lambda: with_member("word/s.xml", b"<w><w:fldSimple w:instr=' link x '/></w>"), "LINK"),
        (lambda: with_member("word/large.bin", b"0" * 60_000_000), "troppo grande"),
    ],
)
def test_what_is_no_plain_word_document_is_refused(make: Callable[[], bytes], expected: str) -> None:
    """Other files, halves, macros, entities, links elsewhere and bombs are refused with a sentence."""
    assert expected in refused(make())


def test_a_page_number_and_the_word_link_do_no_harm() -> None:
    """Only commands are looked at: a field for the page and a sentence about a link are fine."""
    plain = b"<w><w:instrText> PAGE </w:instrText><w:t>si veda il link</w:t></w>"
    assert render(with_member("word/ok.xml", plain), [sample()], "modello")


def test_a_damaged_document_is_told() -> None:
    """A document whose XML is not well formed is refused with a sentence."""
    source, buffer = zipfile.ZipFile(io.BytesIO(template())), io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, b"<a>" if name == "word/document.xml" else source.read(name))
    assert "non è un documento Word valido" in refused(buffer.getvalue())


def terms(loaded: Loaded, **agreed: Any) -> Scenario:
    """Give the terms of a scenario, with other clauses."""
    framework = AccordoQuadro.model_validate(agreed)
    scenario = loaded.scenario.model_copy(update={"accordo_quadro": framework})
    return scenario


def test_the_draft_of_a_company_tells_its_own_agreement(loaded: Loaded, document: dict[str, Any]) -> None:
    """Places, prices, share and totals of the company come from its view; the other company is not named."""
    content = draft(view_for(loaded, document, "azienda", "alfa"), terms(loaded))
    assert content.posti == (RigaPosti("Nido Uno", "autunno", "01/09/2026", "31/10/2026", "1"),)
    prices = [row.prezzo for row in content.pacchetti]
    assert prices == ["600,00 EUR al mese per posto", "60,00 EUR al mese per bambino", "prezzi esenti"]
    # 600 + 60 a month for two months, half of it paid by the company.
    assert (content.totale_listino, content.totale_azienda) == ("1.320,00", "660,00 EUR")
    # One place at 600, half of it the company's; empty, 80 % of it is due, and the company pays it all.
    assert content.economico[0] == RigaEconomica(
        "09/2026", "Nido Uno", "1", "600,00", "300,00", "480,00", "480,00"
    )
    assert (content.impegno.listino, content.impegno.azienda_vuoti) == ("1.200,00", "960,00")
    assert content.corrispettivi[0].startswith("il 50 % di quanto è dovuto per i posti usati")
    # No clause on empty places: the provider's own part is due, 80 % where it states none.
    assert content.vuoti == (RigaVuoto("Nido Uno", "80 %"),)
    assert "Beta" not in words_of(render(template(), [content], "modello")[0])


def test_a_contract_is_italian(
    loaded: Loaded, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The language of messages does not change a contract under Italian law."""
    italian = draft(view_for(loaded, document, "azienda", "alfa"), terms(loaded))
    monkeypatch.setenv("NIDO_LANG", "en")
    english = draft(view_for(loaded, document, "azienda", "alfa"), terms(loaded))
    assert (english.posti, english.totale_listino, english.durata) == (
        italian.posti,
        "1.320,00",
        italian.durata,
    )


def test_providers_with_other_clauses_have_articles_of_their_own(
    loaded: Loaded, document: dict[str, Any]
) -> None:
    """An exception for one provider replaces the common clause there, and takes away another."""
    agreed = terms(
        loaded,
        clausole={"preavviso": {"giorni": 60}, "posti_minimi": {"posti": 2}},
        eccezioni=[
            {"gestore": "nido_uno", "clausole": {"preavviso": {"giorni": 30}}, "senza": ["posti_minimi"]}
        ],
    )
    content = draft(view_for(loaded, document, "azienda", "alfa"), agreed)
    ((article,),) = (group.articoli for group in content.gruppi)
    assert "30 giorni" in article.commi[0]


def test_a_clause_on_empty_places_replaces_the_provider_s_part(
    loaded: Loaded, document: dict[str, Any]
) -> None:
    """What is due for an empty place is written once: in the clause."""
    agreed = terms(loaded, clausole={"vuoto_per_pieno": {"quota": "0.3"}})
    content = draft(view_for(loaded, document, "azienda", "alfa"), agreed)
    assert content.vuoti == ()
    assert "30 %" in content.gruppi[0].articoli[0].commi[0]


def test_a_renewed_agreement_states_its_first_term(loaded: Loaded, document: dict[str, Any]) -> None:
    """Simulated for three years, agreed for one and renewed: article 2 says one year."""
    clauses = {"durata_minima": {"mesi": 12}, "rinnovo": {"mesi": 12, "volte": 2}}
    agreed = terms(loaded, durata_mesi=36, clausole=clauses)
    assert draft(view_for(loaded, document, "azienda", "alfa"), agreed).durata.startswith("12 mesi")


def test_what_would_tell_a_fee_is_not_written(loaded: Loaded, document: dict[str, Any]) -> None:
    """Where the company pays a price less the family's fee, the draft says the rule and no amount."""
    payer = {
        "id": "azienda",
        "modo": "differenza_azienda",
        "importo_mese": 800,
        "tariffa": "trento",
        "voci": ["posto"],
    }
    stack = (Pagatore.model_validate(payer),)
    scenario = loaded.scenario.model_copy(update={"pagatori": stack})
    flat = replace(loaded, scenario=scenario)
    content = draft(view_for(flat, document, "azienda", "alfa"), scenario)
    assert content.totale_azienda == "non mostrato"
    written = {(row.azienda, row.azienda_vuoti) for row in (*content.economico, content.impegno)}
    assert written == {("non mostrato", "non mostrato")}
    assert content.corrispettivi == (
        "la differenza fra 800,00 EUR al mese e la retta della famiglia, per i posti usati;",
        "niente per le fasce, le ore e i pasti, a carico delle famiglie o di altri;",
    )


def test_what_a_company_pays_names_who_pays_before_and_what_it_does_not_pay() -> None:
    """The order of the stack is said by name; all of something is all of what is due for it."""
    azienda = Azienda.model_validate(
        {
            "id": "alfa",
            "nome": "Alfa",
            "sede": {"comune": "Tenna"},
            "quota": "0.5",
            "certificata": True,
        }
    )
    stack = [
        Pagatore.model_validate(one)
        for one in (
            {"id": "provincia", "modo": "fisso_ora", "importo_ora": "5.2", "voci": ["ora"]},
            {"id": "azienda", "modo": "quota_azienda", "voci": ["posto", "ora"]},
            {"id": "azienda_vuoti", "modo": "quota", "quota": 1, "voci": ["vuoto"]},
        )
    ]
    assert payments(stack, azienda) == (
        "il 50 % di quanto è dovuto per i posti usati e le ore, tolto ciò che paga prima: provincia;",
        "tutto quanto è dovuto per i posti riservati e vuoti;",
        "niente per le fasce e i pasti, a carico delle famiglie o di altri;",
    )


def test_the_figures_of_a_contract_are_its_own() -> None:
    """What the contract states is listed; the costs behind the prices, and who is there already, are not."""
    kept = ["gestori.uno.prezzi.posto_mese", "aziende.alfa.quota", "accordo_quadro.clausole.preavviso.giorni"]
    left = ["costi.educatore.ora", "trentino.rapporto.base", "gestori.uno.esistenti", "viaggio.minuti_fissi"]
    assert [key for key in kept + left if is_of_contract(key)] == kept
    assert breakable("gestori.uno.posti") == "gestori.\u200buno.\u200bposti"


def test_only_a_company_has_an_agreement_to_sign(loaded: Loaded, document: dict[str, Any]) -> None:
    """The views of the district and of a provider make no draft."""
    with pytest.raises(ValueError, match="company"):
        draft(view_for(loaded, document, "distretto"), terms(loaded))

"""Templates with one thing changed, a draft with every clause, and the sentence of a refusal."""

import io
import zipfile

import pytest
from docx import Document

from nido.data.problems import InputError
from nido.report.word.articoli import articles
from nido.report.word.bozza import (
    DRAFT,
    Bozza,
    Cifra,
    GruppoArticoli,
    RigaEconomica,
    RigaPacchetto,
    RigaPosti,
    RigaVuoto,
)
from nido.report.word.modello import template
from nido.report.word.rendering import render
from nido.scenari.clausole import Clausole

EVERY_CLAUSE = {
    "durata_minima": {"mesi": 12},
    "rinnovo": {"mesi": 12, "volte": 2, "preavviso_mesi": 3},
    "preavviso": {"giorni": 60},
    "vuoto_per_pieno": {"quota": "0.5"},
    "sostituzione": {"giorni": 30, "quota": "1"},
    "rilascio_mercato": {"mesi_rivendita": 2, "credito": "0.75"},
    "rilascio_annuale": {"mese": 5},
    "trasferimento": {"tra_dipendenti": True, "tra_gestori": True, "tra_aziende": True},
    "posto_nuovo": {"modo": "prioritario"},
    "posti_minimi": {"posti": 2},
    "posti_massimi": {"posti": 6},
    "sconto_volume": {"conta": "gestore", "scaglioni": [{"posti": 5, "sconto": "0.05"}]},
    "indicizzazione": {"quota": "0.75", "variazione_annua": "0.02"},
    "deposito": {"mensilita": "1.5"},
    "solo_stagioni": {"stagioni": ["estate"]},
    "prenotazioni_minime": {"fascia": "anticipo", "bambini": 4},
    "ore_minime": {"ore_mese": 40},
    "quota_residenti": {"quota": "0.1"},
    "rifiuto": {"massimo": 2},
}


def sample() -> Bozza:
    """Return a draft with every clause and names that XML does not like."""
    every = Clausole.model_validate(EVERY_CLAUSE)
    return Bozza(
        bozza=DRAFT,
        avvertenza="DATI SINTETICI",
        scenario="Prova <1> & 2",
        azienda='Rossi & figli "srl"',
        gestori=("Nido <A>", "Nido B"),
        inizio="01/09/2026",
        durata="36 mesi",
        posti=(RigaPosti("Nido <A>", "Estate", "01/07/2027", "31/08/2027", "3"),),
        pacchetti=(RigaPacchetto("Nido B", "anticipo", "lun-ven", "06:30-07:30", "70,00 EUR al mese"),),
        corrispettivi=("il 35 % di quanto è dovuto per i posti usati;",),
        vuoti=(RigaVuoto("Nido B", "50 %"),),
        gruppi=(GruppoArticoli("", articles(every, 7)),),
        economico=(RigaEconomica("09/2026", "Nido <A>", "2", "1.640,00", "820,00", "410,00", "205,00"),),
        impegno=RigaEconomica("in tutto", "", "", "19.680,00", "9.840,00", "4.920,00", "2.460,00"),
        totale_listino="1.640,00",
        totale_azienda="820,00",
        ipotesi=(Cifra("gestori.nido_a.posti", "7", "ipotesi", "Nessun dato pubblico."),),
        osservazioni=("Conteggi sotto 5: n.d.",),
        impronta="abcd",
    )


def words_of(document: bytes) -> str:
    """Return everything written in a Word document."""
    word = Document(io.BytesIO(document))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    edges = [
        paragraph.text
        for paragraph in (*word.sections[0].header.paragraphs, *word.sections[0].footer.paragraphs)
    ]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells, *edges])


def with_text(words: str) -> bytes:
    """Return the template with one more paragraph."""
    word = Document(io.BytesIO(template()))
    word.add_paragraph(words)
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def with_member(name: str, content: bytes) -> bytes:
    """Return the template with one more part."""
    buffer = io.BytesIO(template())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def refused(document: bytes) -> str:
    """Return the sentence with which a template is refused."""
    with pytest.raises(InputError) as caught:
        render(document, [sample()], "modello.docx")
    (problem,) = caught.value.problems
    assert problem.file == "modello.docx"
    return problem.message

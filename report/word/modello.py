"""The template that comes with nido, as a Word file that an officer may save, edit and hand back."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

from nido.report.word.archivio import same_bytes

RED = RGBColor(0xA6, 0x1C, 0x00)
GREY = RGBColor(0x55, 0x55, 0x55)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT

# Headings and widths in centimetres; a page has 16.6 of them.
PLACES = (("Gestore", 5.6), ("Stagione", 5.0), ("Dal", 2.3), ("Al", 2.3), ("Posti", 1.4))
PACKAGES = (("Gestore", 5.0), ("Pacchetto", 2.8), ("Giorni", 1.8), ("Orario", 2.6), ("Prezzo", 4.4))
ECONOMIC = (
    ("Mese", 2.1),
    ("Gestore", 4.3),
    ("Posti", 1.4),
    ("Tutti usati: prezzo (EUR)", 2.2),
    ("Tutti usati: Azienda (EUR)", 2.2),
    ("Tutti vuoti: prezzo (EUR)", 2.2),
    ("Tutti vuoti: Azienda (EUR)", 2.2),
)
COMMITMENT = ("mese", "gestore", "posti", "listino", "azienda", "vuoti", "azienda_vuoti")
FIGURES = (("Cifra", 5.2), ("Valore", 2.8), ("Stato", 1.8), ("Nota", 6.8))


def template() -> bytes:
    """Write the template.

    Returns
    -------
    bytes
        A .docx whose fields are those of `nido.report.word.bozza.Bozza`; always the same bytes.
    """
    word = Document()
    _style(word)
    _front(word)
    _fixed_articles(word)
    _clauses(word)
    _signatures(word)
    _annexes(word)
    buffer = io.BytesIO()
    word.save(buffer)
    return same_bytes(buffer.getvalue())


def _style(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 14), (2, 12)):
        heading = word.styles[f"Heading {level}"]
        heading.font.name, heading.font.size = "Calibri", Pt(size)
        heading.font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F)
        heading.paragraph_format.keep_with_next = True
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    header = section.header.paragraphs[0]
    header.alignment = CENTRE
    run = header.add_run("{{ bozza }}{% if avvertenza %} · {{ avvertenza }}{% endif %}")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(9), RED
    footer = section.footer.paragraphs[0]
    footer.alignment = CENTRE
    run = footer.add_run("{{ scenario }}{% if impronta %} · scenario {{ impronta }}{% endif %}")
    run.font.size, run.font.color.rgb = Pt(8), GREY


def _front(word: WordDocument) -> None:
    title = word.add_paragraph()
    title.alignment = CENTRE
    run = title.add_run("ACCORDO QUADRO\nper posti riservati nei servizi per la prima infanzia (0-3 anni)")
    run.bold, run.font.size = True, Pt(16)
    word.add_paragraph("{{ azienda }}").alignment = CENTRE
    word.add_heading("Fra le parti", 2)
    _list(word, "ASIF Chimelli, per il Distretto Family Audit Alta Valsugana («il Distretto»);")
    _list(word, "{{ azienda }} («l'Azienda»);")
    word.add_paragraph("{%p for gestore in gestori %}")
    _list(word, "{{ gestore }} («il Gestore»);")
    word.add_paragraph("{%p endfor %}")
    word.add_heading("Premesso che", 2)
    _list(
        word,
        "l'Azienda ha dipendenti con figli da 0 a 3 anni e orari di lavoro che il servizio ordinario non "
        "copre;",
    )
    _list(word, "i Gestori offrono posti e orari ulteriori, descritti in questo accordo;")
    _list(word, "il Distretto raccoglie la domanda e tiene i rapporti con le famiglie;")
    word.add_paragraph("le parti convengono quanto segue.")


def _list(word: WordDocument, words: str) -> None:
    word.add_paragraph(words, style="List Bullet")


def _fixed_articles(word: WordDocument) -> None:
    word.add_heading("Art. 1 - Oggetto", 2)
    word.add_paragraph(
        "L'accordo stabilisce quanti posti l'Azienda riserva per i figli dei suoi dipendenti, presso "
        "quali Gestori, con quali orari e a quali"
        " condizioni economiche. Ogni famiglia sottoscrive con il Gestore il proprio "
        "contratto di iscrizione."
    )
    word.add_heading("Art. 2 - Inizio e durata", 2)
    word.add_paragraph(
        "L'accordo comincia il {{ inizio }} e dura {{ durata }}, salvo quanto previsto negli articoli "
        "seguenti."
    )
    word.add_heading("Art. 3 - Posti riservati", 2)
    word.add_paragraph(
        "L'Azienda riserva i posti della tabella. Un posto è una presenza contemporanea: due bambini con "
        "orari che non si sovrappongono possono usare lo stesso posto. Negli anni seguenti, finché l'accordo "
        "dura, valgono gli stessi posti negli stessi periodi dell'anno, salvo le rinunce, i rilasci e i "
        "posti in più previsti più avanti."
    )
    _table(
        word,
        PLACES,
        "riga in posti",
        ("riga.gestore", "riga.stagione", "riga.dal", "riga.al", "riga.posti"),
        1,
    )
    word.add_heading("Art. 4 - Orari e pacchetti", 2)
    word.add_paragraph("Il posto comprende l'orario base; le fasce si prenotano e si pagano in aggiunta.")
    _table(
        word,
        PACKAGES,
        "riga in pacchetti",
        ("riga.gestore", "riga.pacchetto", "riga.giorni", "riga.orario", "riga.prezzo"),
        0,
    )
    word.add_heading("Art. 5 - Corrispettivi", 2)
    word.add_paragraph("Di quanto è dovuto per i suoi bambini e i suoi posti l'Azienda paga:")
    word.add_paragraph("{%p for riga in corrispettivi %}")
    _list(word, "{{ riga }}")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{%p if vuoti %}")
    word.add_paragraph(
        "Per ogni mese in cui un posto riservato resta vuoto è dovuta questa parte del suo prezzo:"
    )
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p for riga in vuoti %}")
    _list(word, "{{ riga.gestore }}: {{ riga.quota }};")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph(
        "L'allegato economico mostra, mese per mese, quanto impegnano i posti riservati. La fattura "
        "all'Azienda "
        "riporta importi complessivi e mai la retta o la condizione economica di una famiglia."
    )
    word.add_heading("Art. 6 - Dati personali", 2)
    word.add_paragraph(
        "I dati dei bambini e delle famiglie li trattano il Distretto e i Gestori. L'Azienda riceve il "
        "numero dei posti, il diritto "
        "al posto e gli importi; conteggi di bambini sotto la soglia non le sono comunicati."
    )


def _clauses(word: WordDocument) -> None:
    word.add_paragraph("{%p for gruppo in gruppi %}")
    word.add_paragraph("{%p if gruppo.gestori %}")
    word.add_paragraph().add_run("Per {{ gruppo.gestori }}:").bold = True
    word.add_paragraph("{%p endif %}")
    word.add_paragraph("{%p for articolo in gruppo.articoli %}")
    word.add_heading("Art. {{ articolo.numero }} - {{ articolo.titolo }}", 2)
    word.add_paragraph("{%p for comma in articolo.commi %}")
    word.add_paragraph("{{ loop.index }}. {{ comma }}")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{%p endfor %}")
    word.add_paragraph("{%p endfor %}")


def _signatures(word: WordDocument) -> None:
    word.add_heading("Firme", 2)
    for party in ("Luogo e data", "Per il Distretto", "Per l'Azienda"):
        line = word.add_paragraph(f"{party}: ______________________________")
        line.paragraph_format.keep_with_next = True
    word.add_paragraph("{%p for gestore in gestori %}")
    line = word.add_paragraph("Per {{ gestore }}: ______________________________")
    line.paragraph_format.keep_with_next = True
    word.add_paragraph("{%p endfor %}")


def _annexes(word: WordDocument) -> None:
    # python-docx has no types for this one.
    word.add_page_break()  # type: ignore[no-untyped-call]
    word.add_heading("Allegato A - Importi previsti", 1)
    word.add_paragraph(
        "Quanto impegnano i posti riservati dell'art. 3, mese per mese, IVA compresa: se sono tutti usati, "
        "e se sono tutti vuoti. La parte dell'Azienda è calcolata prima di ciò che pagano altri e dei "
        "limiti per bambino; sconti, rilasci, sostituzioni e indici degli articoli si applicano poi. Fasce, "
        "ore e pasti si aggiungono secondo l'uso."
    )
    fields = tuple(f"riga.{name}" for name in COMMITMENT)
    _table(word, ECONOMIC, "riga in economico + [impegno]", fields, 5)
    total = word.add_paragraph()
    total.add_run(
        "Con l'uso previsto dal piano, a prezzo di listino e fasce, ore e pasti compresi: {{ totale_listino "
        "}} EUR in tutto; a carico dell'Azienda: {{ totale_azienda }}."
    ).bold = True
    word.add_paragraph(
        "È un importo solo per tutto il piano: a pezzi direbbe in quali mesi e per quante ore un bambino c'è."
    )
    word.add_paragraph("{%p for riga in osservazioni %}")
    _list(word, "{{ riga }}")
    word.add_paragraph("{%p endfor %}")
    word.add_heading("Allegato B - Cifre non verificate", 1)
    word.add_paragraph(
        "Queste cifre dell'accordo nessuna fonte le conferma: vanno verificate prima della firma. Le altre "
        "su cui il piano si regge stanno nella cartella di lavoro e nel rapporto che accompagnano la bozza."
    )
    _table(
        word, FIGURES, "cifra in ipotesi", ("cifra.chiave", "cifra.valore", "cifra.stato", "cifra.nota"), 0
    )


def _table(
    word: WordDocument,
    titles: tuple[tuple[str, float], ...],
    loop: str,
    fields: tuple[str, ...],
    numbers: int,
) -> None:
    """Add a table with one row per element of a loop; its last `numbers` columns are aligned right."""
    table: Table = word.add_table(rows=4, cols=len(titles), style="Light Grid Accent 1")
    table.autofit = False
    # Word reads the widths of the cells, LibreOffice those of the columns.
    for column, (_, width) in zip(table.columns, titles, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, titles, strict=True):
            cell.width = Cm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, (title, _) in zip(table.rows[0].cells, titles, strict=True):
        cell.paragraphs[0].add_run(title).bold = True
    table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
    for place, (cell, field) in enumerate(zip(table.rows[2].cells, fields, strict=True)):
        cell.text = f"{{{{ {field} }}}}"
        if place >= len(fields) - numbers:
            cell.paragraphs[0].alignment = RIGHT
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(9)
    word.add_paragraph()

"""The calibration shown: on screen, and as Markdown for docs/misure.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nido.accordi.calibrazione import Calibrazione, Prova
from nido.data import Voce
from nido.data.lingua import local_number, text
from nido.matching.money import half_up
from nido.report.listings import figures as figure_list
from nido.report.numbers_local import decimal_text, figure_text, integer
from nido.report.numbers_local import percent as share_of
from nido.report.text_table import Column, Row, number_column, section, table, text_column, wrap

NARROWEST = 60


@dataclass(frozen=True, slots=True)
class _Shown:
    """A table with its title and what must be said under it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    footer: Sequence[Row]
    notes: Sequence[str]


def render(found: Sequence[Calibrazione], figures: Sequence[Voce], width: int) -> str:
    """Write the calibration for the screen, the figures behind it last."""
    width = max(width, NARROWEST)
    blocks = [
        section(
            shown.title,
            [
                *table(shown.columns, shown.rows, width, footer=shown.footer),
                *(line for note in shown.notes for line in wrap(note, width)),
            ],
        )
        for shown in _tables(found)
    ]
    behind = [_behind().upper(), *figure_list(figures, width).splitlines()]
    return "\n\n".join("\n".join(block) for block in [*blocks, behind]) + "\n"


def markdown(found: Sequence[Calibrazione], figures: Sequence[Voce]) -> str:
    """Write the calibration as Markdown."""
    lines: list[str] = []
    for shown in _tables(found):
        lines += [f"**{shown.title}.**", ""]
        lines += _markdown_table(shown.columns, [*shown.rows, *shown.footer])
        lines += [part for note in shown.notes for part in ("", *wrap(note, 128))]
        lines.append("")
    columns = [
        text_column(text("chiave", "key")),
        text_column(text("valore", "value")),
        text_column(text("anno", "year")),
        text_column(text("stato", "state")),
        text_column(text("fonte", "source")),
        text_column(text("nota", "note")),
    ]
    rows = [
        (
            *(f"`{row.chiave}`", figure_text(row.valore, row.unita)),
            "" if row.valido_dal is None else str(row.valido_dal.year),
            *(row.stato, row.fonte, row.nota),
        )
        for row in figures
    ]
    lines += [f"**{_behind()}.**", "", *_markdown_table(columns, rows)]
    return "\n".join(lines) + "\n"


def _markdown_table(columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    lines = [
        "| " + " | ".join(column.title for column in columns) + " |",
        "|" + "|".join("---:" if column.number else "---" for column in columns) + "|",
    ]
    return [*lines, *("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)]


def _behind() -> str:
    return text("Cifre usate", "Figures in use")


def _tables(found: Sequence[Calibrazione]) -> list[_Shown]:
    return [_summary(found), *(_components(one) for one in found), _trials(found)]


def _summary(found: Sequence[Calibrazione]) -> _Shown:
    columns = [
        number_column(text("anno", "year")),
        text_column(text("bambini", "children")),
        number_column(text("ore di educatrice al giorno", "educator-hours a day")),
        number_column(text("modello EUR", "model EUR")),
        number_column(text("per bambino EUR", "per child EUR")),
        number_column(text("pubblicato EUR", "published EUR")),
        number_column(text("pubblicato per bambino EUR", "published per child EUR")),
        number_column(text("scarto", "deviation")),
    ]
    rows = [
        (
            str(one.anno),
            f"{' + '.join(map(str, one.bambini))} = {sum(one.bambini)}",
            _decimal(one.ore_giorno),
            integer(one.totale),
            integer(one.per_bambino),
            "-" if one.pubblicato_totale is None else integer(one.pubblicato_totale),
            integer(one.pubblicato_per_bambino),
            _signed(one.scarto, one.pubblicato),
        )
        for one in found
    ]
    title = text("Costo dei tre nidi pubblici di Pergine", "Cost of the three public nidi of Pergine")
    return _Shown(title, columns, rows, (), [_caution(), _growth(found[0], found[-1])])


def _caution() -> str:
    return text(
        "Le cifre sono state scelte prima del conto, e nessuna è stata cambiata per avvicinarlo. Uno scarto "
        "piccolo non prova il modello: le cifre senza fonte lo spostano di più (ultima tabella). L'anno del "
        "consuntivo, pubblicato nel 2018, è dedotto. Non ci sono sostegno, affitto, IVA, né le ore di "
        "Tagesmutter, che il consuntivo può comprendere; si contano tutti presenti ogni giorno.",
        "The figures were chosen before the reckoning, and none was changed to bring it closer. A small "
        "deviation does not prove the model: figures without a source move it more (last table). The year of "
        "the accounts, published in 2018, is inferred. Support educators, rent, VAT and the hours of "
        "Tagesmutter, which the accounts may hold, are left out; everybody is taken as present every day.",
    )


def _growth(first: Calibrazione, last: Calibrazione) -> str:
    before = last.pubblicato_prima or first.pubblicato_per_bambino
    return text(
        "La cifra del {after} è di tutto il Trentino, non di Pergine: la stessa fonte dice che era circa "
        "{old} (cresciuta del {published}). Nel modello, dal {before} al {after}, il costo per bambino "
        "cresce del {model}: cambiano soltanto le paghe e i bambini.",
        "The figure of {after} is that of all Trentino, not of Pergine: the same source says that it was "
        "about {old} (grown by {published}). In the model the cost per child grows by {model} from "
        "{before} to {after}: only pay and children change.",
        before=first.anno,
        after=last.anno,
        old=f"{integer(before)} EUR",
        published=share_of(last.pubblicato_per_bambino - before, before),
        model=share_of(last.per_bambino - first.per_bambino, first.per_bambino),
    )


def _components(one: Calibrazione) -> _Shown:
    number = sum(one.bambini)
    columns = [
        text_column(text("componente", "component")),
        number_column("EUR"),
        number_column(text("per bambino EUR", "per child EUR")),
        number_column(text("parte", "share")),
        number_column(text("annullerebbe lo scarto", "would close the deviation")),
    ]
    # What the whole model is short of, in EUR of the total.
    short = -one.scarto * (1 if one.pubblicato_totale is not None else number)
    rows = [
        (
            _component_words(name),
            integer(euro),
            integer(half_up(Fraction(euro, number))),
            share_of(euro, one.totale),
            _signed(short, euro),
        )
        for name, euro in one.componenti.items()
    ]
    footer = [(text("totale", "total"), integer(one.totale), integer(one.per_bambino), "", "")]
    note = text(
        "Del costo pubblicato non si conoscono le parti. L'ultima colonna dice di quanto dovrebbe cambiare "
        "quella componente, da sola, perché lo scarto fosse zero.",
        "The parts of the published cost are not known. The last column says by how much that component "
        "alone would have to change for the deviation to be nil.",
    )
    title = text("Componenti, {year}", "Components, {year}", year=one.anno)
    return _Shown(title, columns, rows, footer, [note])


def _trials(found: Sequence[Calibrazione]) -> _Shown:
    columns = [
        text_column(text("cifra", "figure")),
        text_column(text("da - a", "from - to")),
        *(number_column(f"{one.anno} EUR") for one in found),
        *(number_column(text("scarto {year}", "deviation {year}", year=one.anno)) for one in found),
    ]
    rows = []
    for trials in zip(*(one.prove for one in found), strict=True):
        one: Prova = trials[0]
        low_high = [(trial.per_bambino_basso, trial.per_bambino_alto) for trial in trials]
        rows.append(
            (
                _trial_words(one.nome),
                f"{decimal_text(one.basso)} - {decimal_text(one.alto)}",
                *(f"{integer(low)} - {integer(high)}" for low, high in low_high),
                *(
                    " / ".join(_off(value, at) for value in pair)
                    for pair, at in zip(low_high, found, strict=True)
                ),
            )
        )
    title = text(
        "Una cifra alla volta (EUR per bambino e anno)", "One figure at a time (EUR per child and year)"
    )
    note = text(
        "Le educatrici sono intere: più piccoli, o più presenti nelle ore estreme, cambiano il costo a "
        "gradini.",
        "Educators are whole: more small children, or more in the edge hours, move the cost in steps.",
    )
    return _Shown(title, columns, rows, (), [note])


def _component_words(name: str) -> str:
    return {
        "educatrici": text("educatrici, ore con i bambini", "educators, contact hours"),
        "non_frontali": text("educatrici, ore non frontali", "educators, non-contact hours"),
        "ausiliarie": text("ausiliarie", "auxiliaries"),
        "cuochi": text("cuochi", "cooks"),
        "pasti": text("pasti", "meals"),
        "coordinamento": text("coordinamento", "coordination"),
        "generali": text("spese generali", "overheads"),
    }[name]


def _trial_words(name: str) -> str:
    return {
        "paghe": text("paghe, %", "pay, %"),
        "generali": text("spese generali, %", "overheads, %"),
        "piccoli": text("bambini piccoli, %", "small children, %"),
        "estreme": text("presenti nelle ore estreme, %", "present in the edge hours, %"),
        "giorni": text("giorni di apertura", "opening days"),
    }[name]


def _signed(part: int, whole: int) -> str:
    shown = share_of(part, whole)
    return f"+{shown}" if part > 0 else shown


def _off(per_child: int, at: Calibrazione) -> str:
    return _signed(per_child - at.pubblicato_per_bambino, at.pubblicato_per_bambino)


def _decimal(value: Fraction) -> str:
    return local_number(f"{float(value):g}")

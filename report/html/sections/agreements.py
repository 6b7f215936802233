"""Section: the agreements, places and price."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from nido.data.lingua import text
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Section, Tabled, Words
from nido.report.html.context import Context
from nido.report.html.wording import amount, count, month
from nido.report.numbers_local import euro, integer
from nido.report.privacy.view import AgreementRow, Commitment, View


def build(context: Context) -> Section:
    """Write the agreements, and folded away the places used month by month."""
    title = text("Accordi quadro", "Framework agreements")
    rows = context.view.agreements
    if not rows:
        return Section(
            "accordi", title, (Words(text("Nessun accordo nel piano.", "No agreement in the plan.")),)
        )
    intro = text(
        "Un accordo lega un'azienda a un gestore per una stagione: quanti posti riserva, e quanto costano.",
        "An agreement ties a company to a gestore for a season: how many places it reserves, at what cost.",
    )
    if context.view.audience == "azienda":
        blocks: list[Block] = [Words(intro), Words(commitment_words()), Tabled(_committed(context))]
    else:
        blocks = [Words(intro), Tabled(_table(context))]
    if any(row.usati_mese for row in rows):
        known = [empty for row in rows if (empty := empty_months(row)) is not None]
        if any(known):
            blocks.append(Words(_empty_words(sum(known)), "note"))
        blocks.append(Tabled(_used(context), folded=True))
    return Section("accordi", title, tuple(blocks))


@dataclass(slots=True)
class _Pair:
    """What a company and a provider agree on, over the seasons."""

    seasons: dict[str, AgreementRow] = field(default_factory=dict)

    @property
    def listed(self) -> int:
        return sum(row.listino_cent or 0 for row in self.seasons.values())

    @property
    def paid(self) -> int | None:
        known = [row.azienda_cent for row in self.seasons.values() if row.azienda_cent is not None]
        return sum(known) if len(known) == len(self.seasons) else None


def _table(context: Context) -> Table:
    """Write one row for a company and a provider, with the places and children of each season."""
    pairs: dict[tuple[str, str], _Pair] = {}
    for row in context.view.agreements:
        pairs.setdefault((row.azienda, row.gestore), _Pair()).seasons[row.stagione] = row
    seasons = [one for one in context.seasons if any(one in pair.seasons for pair in pairs.values())]
    own = any(pair.paid is not None for pair in pairs.values())
    body = tuple(
        (
            *_parties(context, azienda, gestore),
            *(_places(pair.seasons.get(one)) for one in seasons),
            euro(pair.listed),
            *((amount(pair.paid),) if own else ()),
        )
        for (azienda, gestore), pair in pairs.items()
    )
    heads = [*map(context.season, seasons), text("listino EUR", "list price EUR")]
    heads += [text("a carico dell'azienda EUR", "paid by the company EUR")] if own else []
    paid = [pair.paid for pair in pairs.values()]
    every = "-" if None in paid else euro(sum(one or 0 for one in paid))
    listed = euro(sum(pair.listed for pair in pairs.values()))
    names = _parties(context, None, None)
    footer = (
        text("tutti", "all"),
        *("" for _ in names[1:]),
        *("" for _ in seasons),
        listed,
        *((every,) if own else ()),
    )
    caption = text(
        "Posti riservati (e bambini) in ogni stagione, e prezzo di listino",
        "Places reserved (and children) in each season, and list price",
    )
    columns = (*text_columns(names), *number_columns(heads))
    return Table(caption, columns, body, (footer,), keys=len(names))


def commitment_words() -> str:
    """Say what a commitment is."""
    return text(
        "L'impegno viene dal contratto e non da chi usa i posti: quanto costano se sono tutti usati, e se "
        "sono tutti vuoti. La nostra parte è calcolata prima di ciò che pagano altri e dei limiti per "
        "bambino. Fasce, ore e pasti sono a parte: stanno nel totale del piano, in «Chi paga che cosa».",
        "The commitment follows from the contract, not from who uses the places: what they cost if all are "
        "used, and if all are empty. Our part is reckoned before what others pay and before limits per "
        "child. Fasce, hours and meals are apart: they are in the total of the plan, under “Who pays what”.",
    )


def commitment_heads(view: View) -> list[str]:
    """Head the four amounts of a commitment."""
    own = text("parte nostra", "our part") if view.flat else text("a nostro carico", "paid by us")
    return [
        text("tutti usati: listino EUR", "all used: list price EUR"),
        text("tutti usati: {own} EUR", "all used: {own} EUR", own=own),
        text("tutti vuoti: listino EUR", "all empty: list price EUR"),
        text("tutti vuoti: {own} EUR", "all empty: {own} EUR", own=own),
    ]


def commitment_cells(rows: Iterable[Commitment]) -> tuple[str, ...]:
    """Add up the four amounts of some commitments."""
    found = list(rows)
    return (
        euro(sum(one.usati_cent for one in found)),
        euro(sum(one.azienda_usati_cent for one in found)),
        euro(sum(one.vuoti_cent for one in found)),
        euro(sum(one.azienda_vuoti_cent for one in found)),
    )


def _committed(context: Context) -> Table:
    """Write one row for a provider: places (and children) of each season, and the commitment."""
    view = context.view
    by_provider: dict[str, dict[str, AgreementRow]] = {}
    for row in view.agreements:
        by_provider.setdefault(row.gestore, {})[row.stagione] = row
    seasons = [one for one in context.seasons if any(one in found for found in by_provider.values())]
    body = tuple(
        (
            context.provider(gestore),
            *(_places(found.get(one)) for one in seasons),
            *commitment_cells(one for one in view.commitments if one.gestore == gestore),
        )
        for gestore, found in by_provider.items()
    )
    caption = text(
        "Posti riservati (e bambini) in ogni stagione, e quanto impegnano in tutto il piano",
        "Places reserved (and children) in each season, and the commitment over the whole plan",
    )
    columns = number_columns([*map(context.season, seasons), *commitment_heads(view)])
    footer = (text("tutti", "all"), *("" for _ in seasons), *commitment_cells(view.commitments))
    return Table(caption, (*text_columns(["gestore"]), *columns), body, (footer,))


def _parties(context: Context, azienda: str | None, gestore: str | None) -> list[str]:
    """Name the parties of an agreement, or head their columns."""
    names: list[str] = []
    if context.view.audience != "azienda":
        names.append(text("azienda", "company") if azienda is None else context.company(azienda))
    if context.view.audience != "gestore":
        names.append("gestore" if gestore is None else context.provider(gestore))
    return names


def _places(row: AgreementRow | None) -> str:
    return "" if row is None else f"{integer(row.posti)} ({count(row.bambini)})"


def empty_months(row: AgreementRow) -> int | None:
    """Months in which a reserved place stays empty, over all places; None where the use is not shown."""
    known = [one.posti for one in row.usati_mese if one.posti is not None]
    return sum(row.posti - used for used in known) if known and len(known) == len(row.usati_mese) else None


def _empty_words(months: int) -> str:
    """Say how long reserved places stay empty: who comes late, or leaves early, has one all season."""
    return text(
        "Un posto si riserva per tutta la stagione, anche per chi arriva dopo o esce prima: in tutto "
        "{months} mesi di posto restano vuoti; dove il posto ha un prezzo, se ne paga la quota del posto "
        "vuoto.",
        "A place is reserved for the whole season, also for who comes later or leaves earlier: in all "
        "{months} months of a place stay empty; where the place has a price, the share for an empty place "
        "is paid.",
        months=integer(months),
    )


def _used(context: Context) -> Table:
    rows = tuple(
        (
            *_parties(context, row.azienda, row.gestore),
            context.season(row.stagione),
            ", ".join(f"{month(one.mese)}: {count(one.posti)}" for one in row.usati_mese),
            count(empty_months(row)),
        )
        for row in context.view.agreements
    )
    names = _parties(context, None, None)
    heads = [*names, text("stagione", "season"), text("posti usati", "places used")]
    caption = text(
        "Posti usati mese per mese, nel momento più pieno",
        "Places used month by month, at the fullest moment",
    )
    columns = (*text_columns(heads), *number_columns([text("mesi vuoti", "empty months")]))
    return Table(caption, columns, rows, keys=len(names) + 1)

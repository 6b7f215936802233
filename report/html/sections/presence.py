"""Section: how full each provider is, half hour by half hour, day by day."""

from nido.data.lingua import text
from nido.report.drawings.heatmap import Cell, HeatPanel, HeatProvider, heatmap
from nido.report.html.blocks import Block, Drawn, Section, Words
from nido.report.html.context import Context
from nido.report.html.wording import WEEK, count, weekday
from nido.report.numbers_local import integer
from nido.report.privacy.view import HIDDEN_SIGN, Occupancy

HALF_HOUR = 30
DAY = 24 * 60


def build(context: Context) -> Section | None:
    """Draw the week of every provider."""
    view = context.view
    if not view.occupancy:
        return None
    first, last = _ends(context)
    days = _days(context)
    providers = [
        HeatProvider(
            context.provider(gestore),
            tuple(
                _panel(context, one, first, last, days) for one in view.occupancy if one.gestore == gestore
            ),
        )
        for gestore in dict.fromkeys(one.gestore for one in view.occupancy)
    ]
    whose = text("Bambini presenti insieme, al massimo", "Most children present together")
    if view.audience == "azienda":
        whose = text(
            "Bambini dell'azienda presenti insieme, al massimo",
            "Most children of the company present together",
        )
    blocks: list[Block] = [Drawn(heatmap("presenze-settimana", whose, providers))]
    if any(cell is None for one in view.occupancy for day in one.presenti for cell in day):
        said = text(
            "{sign}: numero non mostrato, perché da solo o con altri direbbe qualcosa di poche famiglie.",
            "{sign}: number not shown, because alone or with others it would tell about few families.",
            sign=HIDDEN_SIGN,
        )
        blocks.append(Words(said, "note"))
    return Section("presenze", text("Quanto è pieno", "How full it is"), tuple(blocks))


def _spans(context: Context, one: Occupancy) -> list[tuple[tuple[int, ...], int, int]]:
    """Give the openings of a provider in a season: days of the week, from, to."""
    found = [
        (provider.base_giorni, provider.base_inizio, provider.base_fine)
        for provider in context.view.providers
        if provider.id == one.gestore
    ]
    found += [
        (row.giorni_settimana, row.inizio, row.fine)
        for row in context.view.openings
        if (row.gestore, row.stagione) == (one.gestore, one.stagione)
    ]
    return found


def _ends(context: Context) -> tuple[int, int]:
    """Give the whole hours between which somebody is open."""
    spans = [span for one in context.view.occupancy for span in _spans(context, one)]
    first = min((start for _, start, _ in spans), default=7 * 60)
    last = max((end for _, _, end in spans), default=18 * 60)
    return first // 60 * 60, min(DAY, -(-last // 60) * 60)


def _days(context: Context) -> list[int]:
    """Give the days of the week on which somebody is open, Monday to Friday always."""
    found = {day for one in context.view.occupancy for days, _, _ in _spans(context, one) for day in days}
    return [day for day in range(WEEK) if day < 5 or day in found]


def _panel(context: Context, one: Occupancy, first: int, last: int, days: list[int]) -> HeatPanel:
    spans = _spans(context, one)
    rows = tuple(
        tuple(_cell(one, spans, day, moment) for day in days) for moment in range(first, last, HALF_HOUR)
    )
    detail = context.season(one.stagione)
    facts = []
    if one.posti is not None:
        facts.append(text("posti {count}", "places {count}", count=integer(one.posti)))
    if one.presenti_massimi is not None:
        facts.append(text("presenti {count}", "present {count}", count=integer(one.presenti_massimi)))
    if one.iscritti is not None:
        facts.append(text("iscritti {count}", "enrolled {count}", count=integer(one.iscritti)))
    return HeatPanel(detail, ", ".join(facts), tuple(map(weekday, days)), first, HALF_HOUR, rows)


def _cell(one: Occupancy, spans: list[tuple[tuple[int, ...], int, int]], day: int, moment: int) -> Cell:
    """Give the fullest interval of a half hour; nothing where it is closed."""
    end = moment + HALF_HOUR
    if not any(day in days and start < end and moment < stop for days, start, stop in spans):
        return None
    step = one.passo_minuti
    slots = range(moment // step, max(moment // step + 1, end // step))
    week = one.presenti[day] if day < len(one.presenti) else ()
    cells = [week[slot] for slot in slots if slot < len(week)]
    if None in cells:
        return count(None)
    return max((cell or 0 for cell in cells), default=0)

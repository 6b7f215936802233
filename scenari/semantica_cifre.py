"""Check that the tables hold the figures that a scenario needs and does not state, from its first day on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from nido.data import voce
from nido.data.row import DataError
from nido.data.tabelle import periods
from nido.scenari.offerta import Gestore
from nido.scenari.payer_rows import payer_keys, vat_keys
from nido.scenari.regole import Pagatore
from nido.scenari.semantica_contesto import Context
from nido.scenari.unread import WHERE_READ, given, where_read
from nido.scenari.validation import SemanticProblems

MONTHS_IN_YEAR = 12
EDUCATOR, CHILD_HOUR, MEAL = "costi.educatore.ora", "costi.tagesmutter.ora", "costi.pasto"
STAFF = (
    "costi.ausiliario.ora",
    "costi.ausiliari_per_educatore",
    "costi.ore_non_frontali.fattore",
    "costi.generali.percento",
)
# Figure of the tables -> field of a provider that takes its place.
STATED = {EDUCATOR: "costi.ora_educatrice", CHILD_HOUR: "costi.ora_bambino", MEAL: "costi.pasto_giorno"}
BONUS = (
    "inps.bonus.nati_dal",
    "inps.bonus.mensilita",
    "inps.bonus.nati_dal_2024.isee_massimo_alto",
    "inps.bonus.nati_dal_2024.mese_alto",
    "inps.bonus.nati_dal_2024.mese_base",
    "inps.bonus.nati_prima_2024.isee_massimo_alto",
    "inps.bonus.nati_prima_2024.isee_massimo_medio",
    "inps.bonus.nati_prima_2024.mese_alto",
    "inps.bonus.nati_prima_2024.mese_medio",
    "inps.bonus.nati_prima_2024.mese_base",
)


@where_read
def check_cifre(context: Context, problems: SemanticProblems) -> None:
    """Check the costs on the first day of the horizon, and what the payers rest on in each of its months."""
    if not context.days:
        return
    needed: dict[str, None] = {}
    for gestore in context.scenario.gestori:
        with WHERE_READ:
            needed |= dict.fromkeys(_costs(gestore))
    for key in needed:
        _check_figure(problems, 0, key, context.start)
    if _pays_bonus(context):
        _check_months(context, problems, BONUS, context.start, context.end)
    with WHERE_READ:
        _check_months(context, problems, vat_keys(context.scenario), context.start, context.end)
    for payer in context.scenario.pagatori:
        with WHERE_READ:
            since, until = payer.dal or context.start, payer.al or context.end
            _check_months(context, problems, payer_keys(context.scenario, payer), since, until)


def _costs(gestore: Gestore) -> Iterator[str]:
    """Give the figures that the cost of a provider takes from the tables."""
    by_hour = gestore.costi.ora_bambino is not None or gestore.tipo == "tagesmutter"
    if by_hour and gestore.costi.ora_bambino is None:
        yield CHILD_HOUR
    if not by_hour:
        if gestore.costi.ora_educatrice is None:
            yield EDUCATOR
        yield from STAFF
    if gestore.costi.pasto_giorno is None and gestore.tipo != "tagesmutter":
        yield MEAL


@where_read
def _pays_bonus(context: Context) -> bool:
    return any(payer.modo == "inps" and "posto" in payer.voci for payer in context.scenario.pagatori)


def _check_months(
    context: Context, problems: SemanticProblems, keys: Iterable[str], since: date, until: date
) -> None:
    """Check some figures on the first day of every month of a part of the horizon."""
    months = [
        (index, day)
        for index, season in enumerate(context.scenario.stagioni)
        for day in context.days
        if day.day == 1 and season.inizio <= day <= season.fine and since <= day <= until
    ]
    for key in keys:
        # The first month without a value stands for those that follow.
        for index, day in months:
            if not _check_figure(problems, index, key, day):
                break


@where_read
def check_cifre_accordo(context: Context, problems: SemanticProblems) -> None:
    """Check what the payers rest on in the months of the agreement that come after the horizon."""
    framework = context.scenario.accordo_quadro
    stated = given(framework.durata_mesi)
    if stated is None:
        return
    begin = given(framework.inizio) or f"{context.start:%Y-%m}"
    first = int(begin[:4]) * MONTHS_IN_YEAR + int(begin[5:]) - 1
    months = [
        date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)
        for number in range(first, first + stated)
    ]
    later = [day for day in months if day > context.end]
    for index, payer in enumerate(context.scenario.pagatori):
        with WHERE_READ:
            own = [day for day in later if (payer.dal or day) <= day <= (payer.al or day)]
            _check_agreement_months(problems, index, payer, payer_keys(context.scenario, payer), own)


def _check_agreement_months(
    problems: SemanticProblems, index: int, payer: Pagatore, keys: Sequence[str], months: Sequence[date]
) -> None:
    """Say the first month in which a row of a payer has no value."""
    for key in (*keys, *filter(None, [payer.importo_tabella])):
        missing = next((day for day in months if not _held(key, day)), None)
        if missing is not None:
            last = missing - timedelta(days=1)
            problems.add(
                ("pagatori", index, "al"),
                f"l'accordo dura anche a {missing:%Y-%m}, e la cifra {key} non è nota in quel mese: "
                f"scrivi al: {last} o una durata_mesi più breve",
                f"the agreement also covers {missing:%Y-%m}, a month in which the figure {key} is not known: "
                f"write al: {last} or a shorter durata_mesi",
            )
            return


def _held(key: str, day: date) -> bool:
    try:
        voce(key, day)
    except DataError:
        return False
    return True


def _check_figure(problems: SemanticProblems, season: int, key: str, day: date) -> bool:
    if _held(key, day):
        return True
    _tell(problems, season, key, day)
    return False


def _tell(problems: SemanticProblems, season: int, key: str, day: date) -> None:
    later = [since for since, _ in periods(key) if since is not None and since > day]
    ended = [until for _, until in periods(key) if until is not None and until < day]
    if later:
        when, when_en = f"è nota dal {min(later)}", f"it is known from {min(later)} on"
    else:
        when, when_en = f"è nota fino al {max(ended)}", f"it is known up to {max(ended)}"
    field = STATED.get(key)
    other = f", oppure scrivi {field} di ogni gestore che la usa" if field else ""
    other_en = f", or write {field} of every provider that uses it" if field else ""
    problems.add(
        ("stagioni", season, "inizio"),
        f"serve la cifra {key} per il {day}, ma {when}: cambia le date{other}",
        f"the figure {key} is needed for {day}, but {when_en}: change the dates{other_en}",
    )

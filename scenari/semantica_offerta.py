"""Checks of companies and providers: names, places, hours and fasce."""

from datetime import date
from decimal import Decimal

from pydantic_core import PydanticSerializationError

from nido.scenari import messages
from nido.scenari.domanda import Azienda
from nido.scenari.field_text import WEEKDAY_NAMES
from nido.scenari.named_figures import NoSuchFigure, canonical, find
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import Stagione, closed_in
from nido.scenari.semantica_contesto import (
    Context,
    check_ids,
    check_known,
    check_luogo,
    check_order,
    check_periods,
    check_repeated,
    no_effect,
)
from nido.scenari.semantica_tempo import check_grid
from nido.scenari.unread import WHERE_READ, given, unless_unread, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

BASE = "base"


@where_read
def check_aziende(context: Context, problems: SemanticProblems) -> None:
    """Check the companies."""
    check_ids(problems, ("aziende",), [azienda.id for azienda in context.scenario.aziende])
    for index, azienda in enumerate(context.scenario.aziende):
        path = ("aziende", index)
        check_luogo(problems, (*path, "sede"), azienda.sede)
        check_periods(problems, context, (*path, "chiusure"), azienda.chiusure)
        with WHERE_READ:
            if given(azienda.budget_annuo) is not None and azienda.quota == 0:
                it = "l'azienda ha quota 0 e non spende nulla"
                no_effect(problems, (*path, "budget_annuo"), it, "the company has share 0 and spends nothing")
        _check_assumed(problems, path, azienda)


@where_read
def check_gestori(context: Context, problems: SemanticProblems) -> None:
    """Check the providers."""
    check_ids(problems, ("gestori",), [gestore.id for gestore in context.scenario.gestori])
    for index, gestore in enumerate(context.scenario.gestori):
        path = ("gestori", index)
        with WHERE_READ:
            if gestore.id in context.aziende:
                problems.add(
                    (*path, "id"),
                    f"anche un'azienda si chiama {gestore.id}: i nomi devono essere diversi",
                    f"a company is called {gestore.id} too: the names must differ",
                )
        check_luogo(problems, (*path, "posizione"), gestore.posizione)
        check_periods(problems, context, (*path, "chiusure"), gestore.chiusure)
        check_grid(context, problems, (*path, "base", "orario"), gestore.base.orario)
        _check_places(context, problems, path, gestore)
        _check_terms(context, problems, path, gestore)
        _check_fasce(context, problems, path, gestore)
        _check_assumed(problems, path, gestore)


@where_read
def _check_assumed(problems: SemanticProblems, path: Place, owner: Azienda | Gestore) -> None:
    """Refuse the name of an assumed figure that leads nowhere, or comes twice."""
    try:
        written, seen = canonical(owner), set[str]()
    except PydanticSerializationError:
        # A value that could not be read stands among the others.
        return
    for index, group in enumerate(owner.ipotesi):
        for number, key in enumerate(group.chiavi):
            where = (*path, "ipotesi", index, "chiavi", number)
            try:
                find(written, key)
            except NoSuchFigure as error:
                hint = messages.did_you_mean(error.step, error.known) if error.known else ""
                problems.add(where, f"chiave sconosciuta: {key}", f"unknown key: {key}", hint)
            if key in seen:
                problems.add(where, f"{key} è scritta due volte", f"{key} comes twice")
            seen.add(key)


@where_read
def _check_places(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    _check_season_places(context, problems, path, gestore)
    _check_bands(context, problems, path, gestore)
    with WHERE_READ:
        if gestore.tipo != "tagesmutter" and gestore.operatrici != 1:
            it, en = "conta solo per il tipo tagesmutter", "only counts for the type tagesmutter"
            no_effect(problems, (*path, "operatrici"), it, en)
    offered = max(gestore.posti_stagione.get(season, gestore.posti) for season in context.stagioni)
    with WHERE_READ:
        if gestore.posti_minimi_accordo > offered:
            problems.add(
                (*path, "posti_minimi_accordo"),
                f"chiede più posti ({gestore.posti_minimi_accordo}) di quelli offerti ({offered})",
                f"asks for more places ({gestore.posti_minimi_accordo}) than are offered ({offered})",
            )
    with WHERE_READ:
        if gestore.capienza is not None:
            _check_capacity(context, problems, path, gestore, offered)
    with WHERE_READ:
        if gestore.tipo == "tagesmutter" and context.profilo is not None:
            allowed = context.profilo.capienza_massima.get("tagesmutter")
            if allowed is not None and offered > allowed * gestore.operatrici:
                problems.add(
                    (*path, "posti"),
                    f"{offered} posti per {gestore.operatrici} Tagesmutter: al più {allowed} ciascuna",
                    f"{offered} places for {gestore.operatrici} Tagesmutter: at most {allowed} each",
                )


@where_read
def _check_season_places(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    for name, count in gestore.posti_stagione.items():
        where = (*path, "posti_stagione", name)
        check_known(problems, where, name, context.stagioni, "stagione sconosciuta", "unknown stagione")
        with WHERE_READ:
            if count < 0:
                it, en = "un numero di posti non è negativo", "a number of places is not negative"
                problems.add(where, it, en)


@where_read
def _check_bands(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    bands = unless_unread(lambda: [band.id for band in context.profilo.bande] if context.profilo else None)
    for key in ("posti_banda", "esistenti"):
        with WHERE_READ:
            for name, count in getattr(gestore, key).items():
                where = (*path, key, name)
                if bands is not None:
                    check_known(problems, where, name, bands, "banda di età sconosciuta", "unknown age band")
                _check_count(problems, where, count)


@where_read
def _check_count(problems: SemanticProblems, where: Place, count: int) -> None:
    if count < 0:
        it, en = "un numero di bambini non è negativo", "a number of children is not negative"
        problems.add(where, it, en)


@where_read
def _check_capacity(
    context: Context, problems: SemanticProblems, path: Place, gestore: Gestore, offered: int
) -> None:
    assert gestore.capienza is not None
    over = context.profilo.sovraiscrizione_percento if context.profilo is not None else Decimal(0)
    allowed = int(gestore.capienza * (100 + over) / 100)
    present = sum(gestore.esistenti.values())
    if present > allowed:
        problems.add(
            (*path, "capienza"),
            f"la capienza ({allowed}) è minore dei bambini esistenti ({present})",
            f"the capacity ({allowed}) is less than the existing children ({present})",
        )
    elif offered > allowed:
        problems.add(
            (*path, "posti"),
            f"i posti offerti ({offered}) superano la capienza ({allowed})",
            f"the places offered ({offered}) exceed the capacity ({allowed})",
        )


@where_read
def _check_terms(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    check_order(problems, (*path, "accreditato_al"), gestore.accreditato_dal, gestore.accreditato_al)
    with WHERE_READ:
        if not gestore.accreditato and (gestore.accreditato_dal or gestore.accreditato_al):
            it, en = "il gestore non è accreditato", "the provider is not accredited"
            key = "accreditato_dal" if gestore.accreditato_dal else "accreditato_al"
            no_effect(problems, (*path, key), it, en)
    with WHERE_READ:
        usual = Gestore.model_fields["vuoto_per_pieno"].default
        if gestore.vuoto_per_pieno not in (0, usual) and gestore.prezzi.posto_mese == 0:
            it, en = "il posto non ha un prezzo al mese", "the place has no monthly price"
            no_effect(problems, (*path, "vuoto_per_pieno"), it, en)
    with WHERE_READ:
        by_hour = given(gestore.costi.ora_bambino) is not None or gestore.tipo == "tagesmutter"
        if given(gestore.costi.ora_educatrice) is not None and by_hour:
            it, en = "il personale si paga a ore-bambino", "staff is paid by the child-hour"
            no_effect(problems, (*path, "costi", "ora_educatrice"), it, en)
    with WHERE_READ:
        if gestore.tipo == "tagesmutter" and gestore.esistenti and gestore.capienza is None:
            it = "senza capienza i bambini esistenti non contano"
            no_effect(problems, (*path, "esistenti"), it, "without capienza existing children do not count")
    with WHERE_READ:
        least = context.profilo.eta_minima_mesi if context.profilo is not None else 0
        if gestore.eta_minima_mesi is not None and gestore.eta_minima_mesi < least:
            it = f"il profilo ammette i bambini da {least} mesi"
            en = f"the profile admits children from {least} months"
            no_effect(problems, (*path, "eta_minima_mesi"), it, en)


@where_read
def _check_fasce(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    check_ids(problems, (*path, "fasce"), [fascia.id for fascia in gestore.fasce])
    for index, fascia in enumerate(gestore.fasce):
        _check_fascia(context, problems, (*path, "fasce", index), gestore, fascia)
        _check_overlaps(problems, (*path, "fasce", index), gestore, index)


@where_read
def _check_fascia(
    context: Context, problems: SemanticProblems, where: Place, gestore: Gestore, fascia: Fascia
) -> None:
    with WHERE_READ:
        if fascia.id == BASE:
            problems.add(
                (*where, "id"),
                "«base» è il nome dell'orario base: serve un altro nome",
                "“base” is the name of the ordinary hours: another name is needed",
            )
    check_grid(context, problems, (*where, "orario"), fascia.orario)
    with WHERE_READ:
        if fascia.gia_aperta and given(fascia.soglia_attivazione) is not None:
            it, en = "la fascia è già aperta", "the fascia is already open"
            no_effect(problems, (*where, "soglia_attivazione"), it, en)
    known = True
    for number, name in enumerate(fascia.stagioni):
        place = (*where, "stagioni", number)
        it, en = "stagione sconosciuta", "unknown stagione"
        known &= check_known(problems, place, name, context.stagioni, it, en)
    check_repeated(problems, (*where, "stagioni"), fascia.stagioni)
    if known and context.days and not any(_runs(context, gestore, fascia, day) for day in context.days):
        problems.add(
            where,
            "non ha nessun giorno in nessuna delle sue stagioni",
            "has no day in any of its stagioni",
        )


def opens(context: Context, gestore: Gestore, season: Stagione) -> bool:
    """Tell whether a provider may be open on some day of a stagione, at its ordinary hours or in a fascia."""
    days = [day for day in context.days if season.inizio <= day <= season.fine]
    further = (_runs(context, gestore, fascia, day) for day in days for fascia in gestore.fasce)
    return any(_ordinary(context, gestore, day) for day in days) or any(further)


def _ordinary(context: Context, gestore: Gestore, day: date) -> bool:
    shut = context.free_day(day) or closed_in(gestore.chiusure, day)
    return not shut and day.weekday() in gestore.base.giorni


def _runs(context: Context, gestore: Gestore, fascia: Fascia, day: date) -> bool:
    """Tell whether a fascia, if open, runs on a day."""
    season = context.season_of(day)
    if season is None or (fascia.stagioni and season.id not in fascia.stagioni):
        return False
    open_day = closed_in(gestore.chiusure, day) == fascia.in_chiusura and not context.free_day(day)
    return open_day and day.weekday() in fascia.giorni


@where_read
def _check_overlaps(problems: SemanticProblems, where: Place, gestore: Gestore, index: int) -> None:
    fascia = gestore.fasce[index]
    hours = fascia.orario
    with WHERE_READ:
        common = sorted(set(fascia.giorni) & set(gestore.base.giorni))
        base = gestore.base.orario
        if common and not fascia.in_chiusura and hours.start < base.end and base.start < hours.end:
            problems.add(
                (*where, "orario"),
                f"{hours} si sovrappone all'orario base {base} ({_days(common)})",
                f"{hours} overlaps the ordinary hours {base} ({_days(common)})",
            )
    for other in gestore.fasce[:index]:
        with WHERE_READ:
            common = sorted(set(fascia.giorni) & set(other.giorni))
            seasons = not fascia.stagioni or not other.stagioni or set(fascia.stagioni) & set(other.stagioni)
            overlapping = hours.start < other.orario.end and other.orario.start < hours.end
            if common and seasons and overlapping and fascia.in_chiusura == other.in_chiusura:
                problems.add(
                    (*where, "orario"),
                    f"{hours} si sovrappone alla fascia {other.id} {other.orario} ({_days(common)})",
                    f"{hours} overlaps the fascia {other.id} {other.orario} ({_days(common)})",
                )


def _days(weekdays: list[int]) -> str:
    return ", ".join(WEEKDAY_NAMES[day] for day in weekdays)

"""Checks of companies and providers: names, places, hours and fasce."""

from decimal import Decimal

from nido.scenari import messages
from nido.scenari.domanda import Azienda
from nido.scenari.field_text import WEEKDAY_NAMES
from nido.scenari.named_figures import NoSuchFigure, canonical, find
from nido.scenari.offerta import Fascia, Gestore
from nido.scenari.schema import closed_in
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
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

BASE = "base"


def check_aziende(context: Context, problems: SemanticProblems) -> None:
    """Check the companies."""
    check_ids(problems, ("aziende",), context.aziende)
    for index, azienda in enumerate(context.scenario.aziende):
        path = ("aziende", index)
        check_luogo(problems, (*path, "sede"), azienda.sede)
        check_periods(problems, context, (*path, "chiusure"), azienda.chiusure)
        if azienda.budget_annuo is not None and azienda.quota == 0:
            it, en = "l'azienda ha quota 0 e non spende nulla", "the company has share 0 and spends nothing"
            no_effect(problems, (*path, "budget_annuo"), it, en)
        _check_assumed(problems, path, azienda)


def check_gestori(context: Context, problems: SemanticProblems) -> None:
    """Check the providers."""
    check_ids(problems, ("gestori",), context.gestori)
    for index, gestore in enumerate(context.scenario.gestori):
        path = ("gestori", index)
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


def _check_assumed(problems: SemanticProblems, path: Place, owner: Azienda | Gestore) -> None:
    """Refuse the name of an assumed figure that leads nowhere, or comes twice."""
    written, seen = canonical(owner), set[str]()
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


def _check_places(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    for name in gestore.posti_stagione:
        where = (*path, "posti_stagione", name)
        check_known(problems, where, name, context.stagioni, "stagione sconosciuta", "unknown stagione")
    _check_bands(context, problems, path, gestore)
    offered = [gestore.posti_stagione.get(season, gestore.posti) for season in context.stagioni]
    if gestore.posti_minimi_accordo > max(offered):
        problems.add(
            (*path, "posti_minimi_accordo"),
            f"chiede più posti ({gestore.posti_minimi_accordo}) di quelli offerti ({max(offered)})",
            f"asks for more places ({gestore.posti_minimi_accordo}) than are offered ({max(offered)})",
        )
    if gestore.capienza is not None:
        _check_capacity(context, problems, path, gestore, max(offered))
    if gestore.tipo == "tagesmutter" and context.profilo is not None:
        allowed = context.profilo.capienza_massima.get("tagesmutter")
        if allowed is not None and max(offered) > allowed * gestore.operatrici:
            problems.add(
                (*path, "posti"),
                f"{max(offered)} posti per {gestore.operatrici} Tagesmutter: al più {allowed} ciascuna",
                f"{max(offered)} places for {gestore.operatrici} Tagesmutter: at most {allowed} each",
            )
    elif gestore.tipo != "tagesmutter" and gestore.operatrici != 1:
        no_effect(
            problems,
            (*path, "operatrici"),
            "conta solo per il tipo tagesmutter",
            "only counts for the type tagesmutter",
        )


def _check_bands(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    if context.profilo is None:
        return
    bands = [band.id for band in context.profilo.bande]
    for key, counts in (("posti_banda", gestore.posti_banda), ("esistenti", gestore.esistenti)):
        for name, count in counts.items():
            where = (*path, key, name)
            check_known(problems, where, name, bands, "banda di età sconosciuta", "unknown age band")
            if count < 0:
                problems.add(
                    where, "un numero di bambini non è negativo", "a number of children is not negative"
                )
    for name, count in gestore.posti_stagione.items():
        if count < 0:
            where = (*path, "posti_stagione", name)
            problems.add(where, "un numero di posti non è negativo", "a number of places is not negative")


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


def _check_terms(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    check_order(problems, (*path, "accreditato_al"), gestore.accreditato_dal, gestore.accreditato_al)
    if not gestore.accreditato and (gestore.accreditato_dal or gestore.accreditato_al):
        it, en = "il gestore non è accreditato", "the provider is not accredited"
        key = "accreditato_dal" if gestore.accreditato_dal else "accreditato_al"
        no_effect(problems, (*path, key), it, en)
    usual = Gestore.model_fields["vuoto_per_pieno"].default
    if gestore.vuoto_per_pieno not in (0, usual) and gestore.prezzi.posto_mese == 0:
        it, en = "il posto non ha un prezzo al mese", "the place has no monthly price"
        no_effect(problems, (*path, "vuoto_per_pieno"), it, en)
    by_hour = gestore.tipo == "tagesmutter" or gestore.costi.ora_bambino is not None
    if gestore.costi.ora_educatrice is not None and by_hour:
        it, en = "il personale si paga a ore-bambino", "staff is paid by the child-hour"
        no_effect(problems, (*path, "costi", "ora_educatrice"), it, en)
    if gestore.tipo == "tagesmutter" and gestore.esistenti and gestore.capienza is None:
        it, en = (
            "senza capienza i bambini esistenti non contano",
            "without capienza existing children do not count",
        )
        no_effect(problems, (*path, "esistenti"), it, en)
    least = context.profilo.eta_minima_mesi if context.profilo is not None else 0
    if gestore.eta_minima_mesi is not None and gestore.eta_minima_mesi < least:
        it, en = (
            f"il profilo ammette i bambini da {least} mesi",
            f"the profile admits children from {least} months",
        )
        no_effect(problems, (*path, "eta_minima_mesi"), it, en)


def _check_fasce(context: Context, problems: SemanticProblems, path: Place, gestore: Gestore) -> None:
    check_ids(problems, (*path, "fasce"), [fascia.id for fascia in gestore.fasce])
    for index, fascia in enumerate(gestore.fasce):
        where = (*path, "fasce", index)
        if fascia.id == BASE:
            problems.add(
                (*where, "id"),
                "«base» è il nome dell'orario base: serve un altro nome",
                "“base” is the name of the ordinary hours: another name is needed",
            )
        check_grid(context, problems, (*where, "orario"), fascia.orario)
        known = True
        for number, name in enumerate(fascia.stagioni):
            place = (*where, "stagioni", number)
            known &= check_known(
                problems, place, name, context.stagioni, "stagione sconosciuta", "unknown stagione"
            )
        check_repeated(problems, (*where, "stagioni"), fascia.stagioni)
        if known and context.days and not _has_day(context, gestore, fascia):
            problems.add(
                where,
                "non ha nessun giorno in nessuna delle sue stagioni",
                "has no day in any of its stagioni",
            )
        if fascia.gia_aperta and fascia.soglia_attivazione is not None:
            it, en = "la fascia è già aperta", "the fascia is already open"
            no_effect(problems, (*where, "soglia_attivazione"), it, en)
        _check_overlaps(problems, where, gestore, index)


def _has_day(context: Context, gestore: Gestore, fascia: Fascia) -> bool:
    for day in context.days:
        season = context.season_of(day)
        if season is None or (fascia.stagioni and season.id not in fascia.stagioni):
            continue
        open_day = closed_in(gestore.chiusure, day) == fascia.in_chiusura and not context.free_day(day)
        if open_day and day.weekday() in fascia.giorni:
            return True
    return False


def _check_overlaps(problems: SemanticProblems, where: Place, gestore: Gestore, index: int) -> None:
    fascia = gestore.fasce[index]
    hours = fascia.orario
    common = sorted(set(fascia.giorni) & set(gestore.base.giorni))
    base = gestore.base.orario
    if common and not fascia.in_chiusura and hours.start < base.end and base.start < hours.end:
        problems.add(
            (*where, "orario"),
            f"{hours} si sovrappone all'orario base {base} ({_days(common)})",
            f"{hours} overlaps the ordinary hours {base} ({_days(common)})",
        )
    for other in gestore.fasce[:index]:
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

"""Checks of the payers one by one, and of the family fees that they name."""

from collections.abc import Mapping
from datetime import timedelta
from typing import get_args

from nido.data import voci
from nido.scenari.domanda import Azienda
from nido.scenari.regole import ModoPagatore, Pagatore, Tariffa, VoceRegistro
from nido.scenari.semantica_contesto import (
    Context,
    check_ids,
    check_known,
    check_order,
    check_repeated,
    no_effect,
)
from nido.scenari.semantica_pila import check_pila
from nido.scenari.tariffe import TABULATED
from nido.scenari.unread import WHERE_READ, given, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

UNCOVERED = "scoperto"
HOURLY = "EUR/ora_bambino"
SEASONAL: tuple[VoceRegistro, ...] = ("ora", "pasto")

# Key of a payer -> modes in which it counts. Those of the first table must be above 0 there.
AMOUNTS: Mapping[str, tuple[ModoPagatore, ...]] = {
    "quota": ("quota", "cofinanziamento"),
    "importo_mese": ("fisso_mese", "fisso_azienda", "differenza_azienda", "buoni"),
    "importo_ora": ("fisso_ora",),
    "valore_buono": ("buoni",),
}
CHOICES: Mapping[str, tuple[ModoPagatore, ...]] = {
    "quota_certificata": ("cofinanziamento",),
    "tariffa": ("retta", "differenza_azienda"),
    "di": ("cofinanziamento", "irpef", "inps"),
    "ammesso": ("trasferimento",),
    "fasce_ammesse": ("inps",),
    "buoni_anno": ("buoni",),
    "orario_comunale": ("buoni",),
}
NEEDED: Mapping[str, tuple[ModoPagatore, ...]] = {
    "tariffa": ("retta", "differenza_azienda"),
    "di": ("cofinanziamento", "irpef"),
}
# Mode -> the only components that it pays.
PAID: Mapping[ModoPagatore, tuple[VoceRegistro, ...]] = {
    "inps": ("posto",),
    "fisso_ora": ("ora",),
    "trasferimento": ("posto",),
    "buoni": ("posto", "fascia", "ora", "pasto"),
}


@where_read
def check_tariffe(context: Context, problems: SemanticProblems) -> None:
    """Check the family fees that the scenario writes."""
    check_ids(problems, ("tariffe",), [tariffa.id for tariffa in context.scenario.tariffe])
    for index, tariffa in enumerate(context.scenario.tariffe):
        _check_tariffa(problems, ("tariffe", index), tariffa)


@where_read
def _check_tariffa(problems: SemanticProblems, path: Place, tariffa: Tariffa) -> None:
    with WHERE_READ:
        if tariffa.massima < tariffa.minima:
            it, en = "la massima è sotto la minima", "the highest fee is below the lowest"
            problems.add((*path, "massima"), it, en)
    with WHERE_READ:
        if tariffa.icef_massimo <= tariffa.icef_minimo:
            it, en = "deve essere sopra icef_minimo", "must be above icef_minimo"
            problems.add((*path, "icef_massimo"), it, en)


@where_read
def check_pagatori(context: Context, problems: SemanticProblems) -> None:
    """Check every payer, then the stack that they form."""
    payers = context.scenario.pagatori
    check_ids(problems, ("pagatori",), [payer.id for payer in payers])
    for index, payer in enumerate(payers):
        path = ("pagatori", index)
        check_repeated(problems, (*path, "voci"), payer.voci)
        with WHERE_READ:
            if payer.id == UNCOVERED:
                problems.add(
                    (*path, "id"),
                    f"«{UNCOVERED}» è ciò che nessuno paga: serve un altro nome",
                    f"“{UNCOVERED}” is what nobody pays: another name is needed",
                )
        _check_amounts(context, problems, path, payer)
        _check_choices(problems, path, payer)
        _check_maximum(problems, path, payer)
        _check_components(problems, path, payer)
        _check_row(context, problems, path, payer)
        _check_fee(context, problems, path, payer)
        _check_dates(context, problems, path, payer)
    check_pila(context, problems)
    for index, azienda in enumerate(context.scenario.aziende):
        _check_company(context, problems, ("aziende", index), azienda)


def _modes(modes: tuple[ModoPagatore, ...]) -> str:
    return ", ".join(modes)


@where_read
def _check_amounts(context: Context, problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    for key, modes in AMOUNTS.items():
        with WHERE_READ:
            amount = getattr(payer, key)
            if payer.modo in modes and amount == 0 and not _stated_elsewhere(context, payer, key):
                problems.add(
                    (*path, key),
                    f"con modo {payer.modo} serve {key} maggiore di 0",
                    f"modo {payer.modo} needs {key} above 0",
                )
            elif payer.modo not in modes and amount != 0:
                it, en = f"conta solo con modo {_modes(modes)}", f"only counts with modo {_modes(modes)}"
                no_effect(problems, (*path, key), it, en)
    with WHERE_READ:
        if payer.modo == "cofinanziamento" and payer.quota + payer.quota_certificata > 1:
            it, en = "quota e quota_certificata superano 1", "quota and quota_certificata are above 1"
            problems.add((*path, "quota_certificata"), it, en)


def _stated_elsewhere(context: Context, payer: Pagatore, key: str) -> bool:
    if key == "importo_ora":
        return given(payer.importo_tabella) is not None
    if key == "importo_mese" and payer.modo == "fisso_azienda":
        return all(given(azienda.importo_mese) is not None for azienda in context.scenario.aziende)
    return False


@where_read
def _check_choices(problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    """Refuse what only counts in other modes, and ask for what a mode cannot do without."""
    for key, modes in CHOICES.items():
        with WHERE_READ:
            stated = given(getattr(payer, key)) != Pagatore.model_fields[key].default
            if stated and payer.modo not in modes:
                it, en = f"conta solo con modo {_modes(modes)}", f"only counts with modo {_modes(modes)}"
                no_effect(problems, (*path, key), it, en)
            elif not stated and payer.modo in NEEDED.get(key, ()):
                problems.add(path, f"con modo {payer.modo} serve {key}", f"modo {payer.modo} needs {key}")


@where_read
def _check_maximum(problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    for key, modes in (("massimo_mese", ("inps", "residuo", "irpef")), ("massimo_quota", ("irpef",))):
        with WHERE_READ:
            if given(getattr(payer, key)) is not None and payer.modo in modes:
                it, en = f"con modo {payer.modo} non c'è un massimo", f"modo {payer.modo} has no maximum"
                no_effect(problems, (*path, key), it, en)


@where_read
def _check_components(problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    paid: tuple[VoceRegistro, ...] = PAID.get(payer.modo, get_args(VoceRegistro))
    if payer.modo == "inps" and payer.fasce_ammesse:
        paid = (*paid, "fascia")
    name = "il bonus INPS" if payer.modo == "inps" else payer.modo
    name_en = "the INPS bonus" if payer.modo == "inps" else payer.modo
    words = f"{'la voce' if len(paid) == 1 else 'le voci'} {', '.join(paid)}"
    for index, voce in enumerate(payer.voci):
        with WHERE_READ:
            if voce not in paid:
                it, en = f"{name} paga solo {words}", f"{name_en} only pays {', '.join(paid)}"
                no_effect(problems, (*path, "voci", index), it, en)


@where_read
def _check_row(context: Context, problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    """Check the row of the tables that a payer by the hour takes its amount from."""
    key = given(payer.importo_tabella)
    if key is None:
        return
    where, rows = (*path, "importo_tabella"), [row for row in voci() if row.unita == HOURLY]
    known = tuple(dict.fromkeys(row.chiave for row in rows))
    if payer.modo != "fisso_ora":
        it, en = "conta solo con modo fisso_ora", "only counts with modo fisso_ora"
        no_effect(problems, where, it, en)
    elif payer.importo_ora != 0:
        it, en = "c'è già importo_ora: serve l'uno o l'altra", "importo_ora is there too: one or the other"
        problems.add(where, it, en)
    elif check_known(
        problems, where, key, known, f"riga in {HOURLY} sconosciuta", f"unknown row in {HOURLY}"
    ):
        for season in context.scenario.stagioni:
            if not any(row.chiave == key and row.vale(season.inizio) for row in rows):
                it = f"nelle tabelle {key} non vale il {season.inizio}"
                problems.add(where, it, f"in the tables {key} does not hold on {season.inizio}")


@where_read
def _check_fee(context: Context, problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    name = given(payer.tariffa)
    if name is not None:
        known = (*TABULATED, *(tariffa.id for tariffa in context.scenario.tariffe))
        check_known(problems, (*path, "tariffa"), name, known, "tariffa sconosciuta", "unknown fee")


@where_read
def _check_dates(context: Context, problems: SemanticProblems, path: Place, payer: Pagatore) -> None:
    """Check that a payer is there for whole months, and whole stagioni for what has one line a stagione."""
    since, until = given(payer.dal), given(payer.al)
    if not check_order(problems, (*path, "al"), since, until):
        return
    seasons = context.scenario.stagioni
    within = any(voce in payer.voci for voce in SEASONAL)
    if since is not None and since.day != 1:
        it, en = "serve il primo giorno di un mese", "the first day of a month is needed"
        problems.add((*path, "dal"), it, en)
    elif since is not None and within and any(one.inizio < since <= one.fine for one in seasons):
        _inside(problems, (*path, "dal"))
    if until is not None and (until + timedelta(days=1)).day != 1:
        it, en = "serve l'ultimo giorno di un mese", "the last day of a month is needed"
        problems.add((*path, "al"), it, en)
    elif until is not None and within and any(one.inizio <= until < one.fine for one in seasons):
        _inside(problems, (*path, "al"))
    if (since is not None and since > context.end) or (until is not None and until < context.start):
        it = f"paga solo fuori dall'orizzonte ({context.start} - {context.end})"
        en = f"it only pays outside the horizon ({context.start} - {context.end})"
        no_effect(problems, path, it, en)


def _inside(problems: SemanticProblems, where: Place) -> None:
    it = "cade in mezzo a una stagione, e ora e pasto hanno una voce per stagione"
    en = "falls inside a stagione, and ora and pasto have one entry a stagione"
    problems.add(where, it, en)


@where_read
def _check_company(context: Context, problems: SemanticProblems, path: Place, azienda: Azienda) -> None:
    modes = [payer.modo for payer in context.scenario.pagatori]
    if given(azienda.importo_mese) is not None and "fisso_azienda" not in modes:
        it, en = "nessun pagatore ha modo fisso_azienda", "no payer has modo fisso_azienda"
        no_effect(problems, (*path, "importo_mese"), it, en)

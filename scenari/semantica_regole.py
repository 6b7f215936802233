"""Checks of rules, objective, payers and of the numbers from which demand is generated."""

from collections.abc import Mapping, Sequence

from nido.scenari.generata import AziendaGenerata
from nido.scenari.generator import most_children
from nido.scenari.semantica_contesto import (
    Context,
    check_known,
    check_order,
    check_periods,
    check_repeated,
    no_effect,
)
from nido.scenari.unread import WHERE_READ, given, unless_unread, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

MAX_CHILDREN = 20_000


@where_read
def check_regole(context: Context, problems: SemanticProblems) -> None:
    """Check the names that rules refer to."""
    free = context.scenario.regole.continuita.stagioni_libere
    path = ("regole", "continuita", "stagioni_libere")
    check_repeated(problems, path, free)
    for index, name in enumerate(free):
        where = (*path, index)
        check_known(problems, where, name, context.stagioni, "stagione sconosciuta", "unknown stagione")


@where_read
def check_obiettivo(context: Context, problems: SemanticProblems) -> None:
    """Check the tiers and the prices that only some of them use."""
    obiettivo = context.scenario.obiettivo
    names = [livello.nome for livello in obiettivo.livelli]
    for index, name in enumerate(names):
        with WHERE_READ:
            if name in names[:index]:
                where = ("obiettivo", "livelli", index, "nome")
                problems.add(where, f"livello ripetuto: {name}", f"repeated tier: {name}")
    net = unless_unread(lambda: "valore_netto" in names)
    with WHERE_READ:
        if net and len(set(names)) > 1:
            problems.add(
                ("obiettivo", "livelli", names.index("valore_netto"), "nome"),
                "valore_netto mette tutto in euro: deve essere l'unico livello",
                "valore_netto prices everything in euro: it must be the only tier",
            )
    with WHERE_READ:
        if net and obiettivo.valore_bambino_coperto == 0:
            problems.add(
                ("obiettivo", "valore_bambino_coperto"),
                "con valore_netto serve un valore: senza, il piano migliore è non servire nessuno",
                "valore_netto needs a value: without it the best plan is to serve nobody",
            )
    for key in ("valore_bambino_coperto", "euro_minuto_viaggio"):
        with WHERE_READ:
            if not net and getattr(obiettivo, key) != 0:
                it, en = "serve il livello valore_netto", "the tier valore_netto is needed"
                no_effect(problems, ("obiettivo", key), it, en)
    with WHERE_READ:
        if obiettivo.livelli[-1].tolleranza != 0:
            it, en = "dopo l'ultimo livello non ce n'è un altro", "no tier follows the last one"
            no_effect(problems, ("obiettivo", "livelli", len(names) - 1, "tolleranza"), it, en)


@where_read
def check_generata(context: Context, problems: SemanticProblems) -> None:
    """Check the numbers from which children are generated."""
    demand = given(context.scenario.domanda_generata)
    if demand is None:
        return
    path = ("domanda_generata",)
    with WHERE_READ:
        if given(context.scenario.generata_da) is not None:
            problems.add(
                path,
                "i bambini sono già nati da generata_da: serve l'una o l'altra",
                "the children were already drawn from generata_da: one or the other is needed",
            )
    with WHERE_READ:
        if not context.scenario.dati_sintetici:
            it, en = "deve essere vero: la domanda è generata", "must be true: the demand is generated"
            problems.add(("dati_sintetici",), it, en)
    check_order(problems, (*path, "nati", "fine"), demand.nati.inizio, demand.nati.fine)
    check_periods(problems, context, (*path, "ferie"), demand.ferie)
    check_repeated(problems, (*path, "comuni"), demand.comuni)
    _check_ages(problems, (*path, "eta_ingresso_mesi"), demand.eta_ingresso_mesi)
    _check_companies(context, problems, (*path, "aziende"), demand.aziende)
    _check_second_adults(context, problems)
    most = most_children(demand)
    if most > MAX_CHILDREN:
        it, en = (
            f"i bambini sarebbero più di {MAX_CHILDREN}",
            f"there would be more than {MAX_CHILDREN} children",
        )
        problems.add(path, it, en)
    if most == 0:
        problems.add(path, "con questi numeri non nasce nessun bambino", "these numbers give no child at all")


@where_read
def _check_ages(problems: SemanticProblems, path: Place, ages: Sequence[int]) -> None:
    for index, months in enumerate(ages):
        with WHERE_READ:
            if not 0 <= months <= 36:
                it, en = "serve un'età da 0 a 36 mesi", "an age from 0 to 36 months is needed"
                problems.add((*path, index), it, en)


@where_read
def _check_companies(
    context: Context, problems: SemanticProblems, path: Place, companies: Sequence[AziendaGenerata]
) -> None:
    names = [item.azienda for item in companies]
    for index, item in enumerate(companies):
        where, name = (*path, index), item.azienda
        it, en = "azienda sconosciuta", "unknown company"
        check_known(problems, (*where, "azienda"), name, context.aziende, it, en)
        with WHERE_READ:
            if name in names[:index]:
                problems.add((*where, "azienda"), f"{name} è scritta due volte", f"{name} comes twice")
        _check_weights(context, problems, (*where, "rotazioni"), item.rotazioni)


@where_read
def _check_second_adults(context: Context, problems: SemanticProblems) -> None:
    demand = context.scenario.domanda_generata
    assert demand is not None
    path = ("domanda_generata",)
    _check_weights(context, problems, (*path, "rotazioni_secondo_adulto"), demand.rotazioni_secondo_adulto)
    with WHERE_READ:
        for name, weight in demand.comuni_secondo_adulto.items():
            _check_weight(problems, (*path, "comuni_secondo_adulto", name), weight)
    for key in ("rotazioni_secondo_adulto", "comuni_secondo_adulto"):
        with WHERE_READ:
            if demand.quota_secondo_adulto > 0 and not getattr(demand, key):
                it = f"quota_secondo_adulto è maggiore di 0: serve {key}"
                en = f"quota_secondo_adulto is above 0: {key} is needed"
                problems.add((*path, key), it, en)


@where_read
def _check_weights(
    context: Context, problems: SemanticProblems, path: Place, weights: Mapping[str, int]
) -> None:
    for name, weight in weights.items():
        where = (*path, name)
        check_known(problems, where, name, context.rotazioni, "rotazione sconosciuta", "unknown rota")
        _check_weight(problems, where, weight)


@where_read
def _check_weight(problems: SemanticProblems, where: Place, weight: int) -> None:
    if not 1 <= weight <= 1000:
        problems.add(where, "un peso va da 1 a 1000", "a weight goes from 1 to 1000")

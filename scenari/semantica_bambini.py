"""Checks of the children one by one: who they are, when they ask, when their adults are at work."""

from nido.scenari.domanda import Adulto, Bambino, TurnoAdulto, last_day
from nido.scenari.semantica_contesto import (
    Context,
    check_ids,
    check_known,
    check_luogo,
    check_order,
    check_periods,
    completed_months,
    no_effect,
)
from nido.scenari.semantica_tempo import cycle_length
from nido.scenari.unread import WHERE_READ, given, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place


@where_read
def check_bambini(context: Context, problems: SemanticProblems) -> None:
    """Check every child by itself."""
    children = context.scenario.bambini
    with WHERE_READ:
        if not children and context.complete:
            problems.add(
                ("bambini",),
                "nessun bambino: servono bambini, bambini_csv oppure domanda_generata",
                "no child: bambini, bambini_csv or domanda_generata is needed",
            )
    check_ids(problems, ("bambini",), [child.id for child in children])
    for index, child in enumerate(children):
        path = ("bambini", index)
        check_known(
            problems,
            (*path, "azienda"),
            child.azienda,
            context.aziende,
            "azienda sconosciuta",
            "unknown company",
        )
        check_luogo(problems, (*path, "casa"), child.casa)
        check_periods(problems, context, (*path, "assenze"), child.assenze)
        with WHERE_READ:
            if child.sintetico and not context.scenario.dati_sintetici:
                it = "bambino sintetico in uno scenario che dice dati_sintetici: false"
                en = "synthetic child in a scenario that says dati_sintetici: false"
                problems.add((*path, "sintetico"), it, en)
        _check_need(context, problems, path, child)
        if _check_dates(context, problems, path, child):
            _check_request(context, problems, path, child)


@where_read
def _check_need(context: Context, problems: SemanticProblems, path: Place, child: Bambino) -> None:
    with WHERE_READ:
        given = [key for key in ("adulti", "finestre", "giorni") if getattr(child, key)]
        if len(given) != 1:
            listed = ", ".join(given)
            it, en = (f"qui ci sono {listed}", f"here are {listed}") if given else ("manca", "missing")
            problems.add(
                path if not given else (*path, given[1]),
                f"serve uno solo fra adulti, finestre e giorni: {it}",
                f"exactly one of adulti, finestre and giorni is needed: {en}",
            )
    with WHERE_READ:
        for number, adulto in enumerate(child.adulti):
            _check_adulto(context, problems, (*path, "adulti", number), adulto)
    with WHERE_READ:
        for number, window in enumerate(child.finestre):
            check_order(problems, (*path, "finestre", number, "al"), window.dal, window.al)


@where_read
def _check_adulto(context: Context, problems: SemanticProblems, path: Place, adulto: Adulto) -> None:
    with WHERE_READ:
        if (given(adulto.azienda) is None) == (given(adulto.sede) is None):
            problems.add(
                path,
                "serve l'azienda oppure la sede di lavoro, non tutte e due",
                "the company or the place of work is needed, not both",
            )
    if adulto.azienda is not None:
        where = (*path, "azienda")
        check_known(
            problems, where, adulto.azienda, context.aziende, "azienda sconosciuta", "unknown company"
        )
    check_luogo(problems, (*path, "sede"), adulto.sede)
    for number, turno in enumerate(adulto.turni):
        _check_turno(context, problems, (*path, "turni", number), turno)


@where_read
def _check_turno(context: Context, problems: SemanticProblems, where: Place, turno: TurnoAdulto) -> None:
    it, en = "rotazione sconosciuta", "unknown rota"
    check_known(problems, (*where, "rotazione"), turno.rotazione, context.rotazioni, it, en)
    with WHERE_READ:
        if check_order(problems, (*where, "al"), turno.dal, turno.al):
            late = turno.dal is not None and turno.dal > context.end
            if late or (turno.al is not None and turno.al < context.start):
                it, en = "il periodo è fuori dall'orizzonte", "the period lies outside the horizon"
                no_effect(problems, (*where, "dal" if late else "al"), it, en)
    rota = context.rota(turno.rotazione)
    if rota is not None and turno.fase >= max(cycle_length(rota), 1):
        last = cycle_length(rota) - 1
        problems.add(
            (*where, "fase"),
            f"la fase di {rota.id} va da 0 a {last}",
            f"the phase of {rota.id} goes from 0 to {last}",
        )


@where_read
def _check_dates(context: Context, problems: SemanticProblems, path: Place, child: Bambino) -> bool:
    """Check the dates against each other; False when the request makes no sense."""
    with WHERE_READ:
        if child.nascita > context.end:
            problems.add(
                (*path, "nascita"),
                f"nasce dopo l'orizzonte, che finisce il {context.end}",
                f"is born after the horizon, which ends on {context.end}",
            )
            return False
    with WHERE_READ:
        if child.ingresso is not None and child.ingresso < child.nascita:
            problems.add((*path, "ingresso"), "viene prima della nascita", "comes before the birth")
            return False
    with WHERE_READ:
        if child.uscita is not None and child.uscita <= (child.ingresso or child.nascita):
            problems.add(
                (*path, "uscita"),
                "deve venire dopo l'ingresso: è il primo giorno non più chiesto",
                "must come after the ingresso: it is the first day no longer asked for",
            )
            return False
    return True


@where_read
def _check_request(context: Context, problems: SemanticProblems, path: Place, child: Bambino) -> None:
    first, last = context.request(child)
    leaves = last_day(child)
    if leaves <= context.start and child.uscita is None:
        problems.add(
            (*path, "nascita"),
            f"ha diritto alla scuola dell'infanzia dal {leaves}, prima dell'orizzonte",
            f"is entitled to the scuola dell'infanzia from {leaves}, before the horizon",
        )
    elif leaves <= context.start:
        problems.add(
            (*path, "uscita"),
            f"esce prima dell'orizzonte, che comincia il {context.start}",
            f"leaves before the horizon, which starts on {context.start}",
        )
    elif child.ingresso is not None and child.ingresso > context.end:
        problems.add(
            (*path, "ingresso"),
            f"entra dopo l'orizzonte, che finisce il {context.end}",
            f"enters after the horizon, which ends on {context.end}",
        )
    elif context.days and not context.requested(child):
        problems.add(
            path,
            f"non chiede il posto in nessuna stagione: lo chiede dal {first} al {last}",
            f"asks for a place in no stagione: it asks from {first} to {last}",
        )
    elif context.profilo is not None and _too_old(context, child):
        months = context.profilo.eta_massima_mesi
        problems.add(
            (*path, "nascita"),
            f"all'inizio della richiesta ha già {months} mesi, l'età massima del profilo",
            f"at the start of the request it already is {months} months old, the profile's limit",
        )


def _too_old(context: Context, child: Bambino) -> bool:
    assert context.profilo is not None
    first = max(context.request(child)[0], context.start)
    return completed_months(child.nascita, first) >= context.profilo.eta_massima_mesi

"""Checks of what children refer to: siblings, wishes, pins, the declared order, travel times."""

from collections.abc import Mapping, Sequence

from nido.data.comuni import comuni
from nido.scenari import messages
from nido.scenari.domanda import Assegnazione, Bambino
from nido.scenari.offerta import Gestore
from nido.scenari.schema import Stagione
from nido.scenari.semantica_contesto import Context, check_known, check_repeated, no_effect
from nido.scenari.semantica_offerta import opens
from nido.scenari.unread import UNREAD, WHERE_READ, unless_unread, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place


@where_read
def check_fratelli(context: Context, problems: SemanticProblems) -> None:
    """Check that siblings exist and that nobody comes back to himself."""
    children: dict[str, Bambino] = {}
    for child in context.scenario.bambini:
        with WHERE_READ:
            children[child.id] = child
    told: set[str] = set()
    for index, child in enumerate(context.scenario.bambini):
        with WHERE_READ:
            path = ("bambini", index, "fratello_di")
            _check_fratello(context, problems, path, child, (children, told))


def _check_fratello(
    context: Context,
    problems: SemanticProblems,
    path: Place,
    child: Bambino,
    seen: tuple[Mapping[str, Bambino], set[str]],
) -> None:
    children, told = seen
    other = child.fratello_di
    if other is None:
        return
    if other == child.id:
        problems.add(path, "un bambino non è fratello di sé stesso", "a child is not its own sibling")
    elif other not in children:
        if context.complete:
            check_known(problems, path, other, children, "bambino sconosciuto", "unknown child")
    elif child.id not in told:
        circle = _circle(children, child)
        told |= set(circle)
        if circle:
            shown = " → ".join([*circle, circle[0]])
            problems.add(
                path,
                f"fratelli in cerchio: {shown}; basta scriverlo una volta per coppia",
                f"siblings in a circle: {shown}; once per pair is enough",
            )


def _circle(children: Mapping[str, Bambino], start: Bambino) -> list[str]:
    """Give the children from one back to itself, or none."""
    seen: list[str] = []
    child: Bambino | None = start
    while child is not None and child.id not in seen:
        seen.append(child.id)
        child = children.get(child.fratello_di or "")
    return seen if child is not None and child.id == start.id else []


@where_read
def check_desideri(context: Context, problems: SemanticProblems) -> None:
    """Check wishes, exclusions and the provider already attended."""
    for index, child in enumerate(context.scenario.bambini):
        path = ("bambini", index)
        _check_names(context, problems, (*path, "desideri"), child.desideri)
        _check_names(context, problems, (*path, "esclusi"), child.esclusi)
        _check_wanted(context, problems, (*path, "desideri"), child)
        if child.gia_iscritto is not None:
            where = (*path, "gia_iscritto")
            known = _check_gestore(context, problems, where, child.gia_iscritto)
            with WHERE_READ:
                if known and child.gia_iscritto in child.esclusi:
                    name = child.gia_iscritto
                    problems.add(where, f"{name} è fra gli esclusi", f"{name} is among the esclusi")


@where_read
def _check_names(context: Context, problems: SemanticProblems, path: Place, names: Sequence[str]) -> None:
    check_repeated(problems, path, names, context.gestori)
    for number, name in enumerate(names):
        _check_gestore(context, problems, (*path, number), name)


@where_read
def _check_wanted(context: Context, problems: SemanticProblems, path: Place, child: Bambino) -> None:
    for number, name in enumerate(child.desideri):
        with WHERE_READ:
            if name in context.gestori and name in child.esclusi:
                it, en = f"{name} è anche fra gli esclusi", f"{name} is among the esclusi too"
                problems.add((*path, number), it, en)


@where_read
def _check_gestore(context: Context, problems: SemanticProblems, path: Place, name: str) -> bool:
    return check_known(problems, path, name, context.gestori, "gestore sconosciuto", "unknown provider")


@where_read
def check_fissati(context: Context, problems: SemanticProblems) -> None:
    """Check that every pinned assignment is one that could be made."""
    for index, child in enumerate(context.scenario.bambini):
        with WHERE_READ:
            for number, pin in enumerate(child.assegnato_a):
                _check_pin(context, problems, ("bambini", index, "assegnato_a", number), child, pin)
        _check_pins_agree(context, problems, ("bambini", index, "assegnato_a"), child)


def _pinned(context: Context, child: Bambino, pin: Assegnazione) -> tuple[Stagione, ...]:
    return tuple(season for season in context.requested(child) if pin.stagione in (None, season.id))


@where_read
def _check_pin(
    context: Context, problems: SemanticProblems, path: Place, child: Bambino, pin: Assegnazione
) -> None:
    known = _check_gestore(context, problems, (*path, "gestore"), pin.gestore)
    if pin.stagione is not None:
        it, en = "stagione sconosciuta", "unknown stagione"
        known &= check_known(problems, (*path, "stagione"), pin.stagione, context.stagioni, it, en)
    if not known:
        return
    with WHERE_READ:
        if pin.gestore in child.esclusi:
            it, en = f"{pin.gestore} è fra gli esclusi", f"{pin.gestore} is among the esclusi"
            problems.add((*path, "gestore"), it, en)
    seasons = _pinned(context, child, pin) if context.days else ()
    if context.days and not seasons and context.requested(child):
        problems.add(
            (*path, "stagione"),
            f"il bambino non chiede il posto nella stagione {pin.stagione}",
            f"the child does not ask for a place in the stagione {pin.stagione}",
        )
    gestore = context.gestore(pin.gestore)
    if gestore is None:
        return
    for season in seasons:
        _check_served(context, problems, (*path, "gestore"), child, gestore, season)


@where_read
def _check_served(
    context: Context,
    problems: SemanticProblems,
    where: Place,
    child: Bambino,
    gestore: Gestore,
    season: Stagione,
) -> None:
    """Check that a provider can serve a child in a stagione at all; the first reason is enough."""
    if gestore.posti_stagione.get(season.id, gestore.posti) == 0:
        problems.add(
            where,
            f"{gestore.id} non offre posti nella stagione {season.id}",
            f"{gestore.id} offers no places in the stagione {season.id}",
        )
    elif not opens(context, gestore, season):
        problems.add(
            where,
            f"{gestore.id} è chiuso per tutta la stagione {season.id}: né orario base né fasce",
            f"{gestore.id} is closed for the whole stagione {season.id}: neither ordinary hours nor fasce",
        )
    elif not _accredited(context, child, gestore, season):
        problems.add(
            where,
            f"{gestore.id} non è accreditato per tutta la richiesta nella stagione {season.id}",
            f"{gestore.id} is not accredited for the whole request in the stagione {season.id}",
        )


def _accredited(context: Context, child: Bambino, gestore: Gestore, season: Stagione) -> bool:
    rule = context.scenario.regole.idoneita
    if not (rule.attiva and rule.solo_accreditati):
        return True
    first, last = context.request(child)
    first, last = max(first, season.inizio), min(last, season.fine)
    begins = gestore.accreditato_dal is None or gestore.accreditato_dal <= first
    lasts = gestore.accreditato_al is None or last <= gestore.accreditato_al
    return gestore.accreditato and begins and lasts


@where_read
def _check_pins_agree(context: Context, problems: SemanticProblems, path: Place, child: Bambino) -> None:
    taken: dict[str, str] = {}
    for number, pin in enumerate(child.assegnato_a):
        if pin.gestore not in context.gestori:
            continue
        for season in _pinned(context, child, pin):
            other = taken.setdefault(season.id, pin.gestore)
            if other != pin.gestore:
                problems.add(
                    (*path, number),
                    f"nella stagione {season.id} è già fissato presso {other}",
                    f"in the stagione {season.id} it is already pinned to {other}",
                )
                break


@where_read
def check_ordine(context: Context, problems: SemanticProblems) -> None:
    """Check that a declared order of requests names every child once."""
    path = ("obiettivo", "ordine_domanda")
    order = context.scenario.obiettivo.ordine_domanda
    if not order:
        return
    with WHERE_READ:
        if not any(livello.nome == "ordine_domanda" for livello in context.scenario.obiettivo.livelli):
            it, en = "manca il livello ordine_domanda", "the tier ordine_domanda is missing"
            no_effect(problems, path, it, en)
    check_repeated(problems, path, order)
    if not context.complete:
        return
    children = dict.fromkeys(child.id for child in context.scenario.bambini)
    named = set(order)
    for index, name in enumerate(order):
        check_known(problems, (*path, index), name, children, "bambino sconosciuto", "unknown child")
    missing = [name for name in children if name not in named]
    if missing:
        shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        problems.add(
            path,
            f"mancano {len(missing)} bambini: {shown}; l'ordine li nomina tutti, oppure resta vuoto",
            f"{len(missing)} children are missing: {shown}; the order names them all, or stays empty",
        )


@where_read
def check_matrice(context: Context, problems: SemanticProblems) -> None:
    """Check the names of places in the travel matrix; the municipalities were already made official."""
    children = [child.id for child in context.scenario.bambini] if context.complete else [UNREAD]
    shown = [*context.gestori, *context.aziende, *comuni()]
    places = unless_unread(lambda: {*shown, *children})
    told: set[tuple[str, str]] = set()
    for index, leg in enumerate(context.scenario.viaggio.matrice):
        path = ("viaggio", "matrice", index)
        for key, name in (("da", leg.da), ("a", leg.a)):
            with WHERE_READ:
                if name not in places:
                    # The name is not shown: it may be that of a family.
                    hint = messages.did_you_mean(name, shown)
                    problems.add((*path, key), "luogo sconosciuto", "unknown place", hint)
        with WHERE_READ:
            if (leg.da, leg.a) in told:
                it, en = f"tratta ripetuta: {leg.da} - {leg.a}", f"repeated leg: {leg.da} - {leg.a}"
                problems.add(path, it, en)
            told.add((leg.da, leg.a))

"""Checks of the framework agreement: its length, its clauses, its exceptions, and the courses of events."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from nido.scenari.accordo_quadro import Assume, CambiaTurno, Eccezione, Entra, Esce, Evento, Percorso
from nido.scenari.clausole import Clausole
from nido.scenari.offerta import Gestore
from nido.scenari.semantica_contesto import Context, check_ids, check_known, check_repeated, no_effect
from nido.scenari.unread import WHERE_READ, given, unless_unread, where_read
from nido.scenari.validation import SemanticProblems
from nido.scenari.yaml_tree import Place

ROOM = "accordo_quadro"
MONTHS_IN_YEAR = 12
# Courses that are always played.
TAKEN = ("piano", "nessuno_entra")


@where_read
def check_accordo(context: Context, problems: SemanticProblems) -> None:
    """Check length, common clauses and exceptions."""
    framework = context.scenario.accordo_quadro
    with WHERE_READ:
        if given(framework.durata_mesi) is None and _length(context) < 1:
            last = f"{context.end:%Y-%m}"
            problems.add(
                (ROOM, "inizio"),
                f"viene dopo le stagioni, che finiscono a {last}: serve durata_mesi",
                f"comes after the stagioni, which end in {last}: durata_mesi is needed",
            )
    with WHERE_READ:
        _check_start(context, problems)
    _check_signatures(context, problems)
    every = unless_unread(lambda: tuple(context.scenario.gestori))
    _check_clauses(context, problems, (ROOM, "clausole"), framework.clausole, every)
    for index, other in enumerate(framework.eccezioni):
        with WHERE_READ:
            _check_exception(context, problems, (ROOM, "eccezioni", index), other)


def _check_start(context: Context, problems: SemanticProblems) -> None:
    """Refuse a start outside the stagioni: an agreement begins with places that the plan has."""
    stated = given(context.scenario.accordo_quadro.inizio)
    first, last = f"{context.start:%Y-%m}", f"{context.end:%Y-%m}"
    too_late = stated is not None and stated > last and given(context.scenario.accordo_quadro.durata_mesi)
    if stated is not None and (stated < first or too_late):
        problems.add(
            (ROOM, "inizio"),
            f"deve stare nelle stagioni, da {first} a {last}",
            f"must be inside the stagioni, from {first} to {last}",
        )


def _check_signatures(context: Context, problems: SemanticProblems) -> None:
    """Refuse signatures of strangers, and two of one company."""
    seen: set[str] = set()
    for index, one in enumerate(context.scenario.accordo_quadro.firme):
        path = (ROOM, "firme", index)
        with WHERE_READ:
            it, en = "azienda sconosciuta", "unknown company"
            known = check_known(problems, (*path, "azienda"), one.azienda, context.aziende, it, en)
            if known and one.azienda in seen:
                it, en = "ha già firmato: basta una riga", "has signed already: one row is enough"
                problems.add((*path, "azienda"), f"{one.azienda} {it}", f"{one.azienda} {en}")
            seen.add(one.azienda)
        with WHERE_READ:
            check_repeated(problems, (*path, "gestori"), one.gestori, context.gestori)
            for number, name in enumerate(one.gestori):
                it, en = "gestore sconosciuto", "unknown provider"
                check_known(problems, (*path, "gestori", number), name, context.gestori, it, en)


def _length(context: Context) -> int:
    """Give the months of the agreement: stated, or from its start to the end of the stagioni."""
    framework = context.scenario.accordo_quadro
    if given(framework.durata_mesi) is not None:
        return int(framework.durata_mesi or 0)
    return _number(f"{context.end:%Y-%m}") - _start(context) + 1


def _start(context: Context) -> int:
    stated = given(context.scenario.accordo_quadro.inizio)
    return _number(stated if stated is not None else f"{context.start:%Y-%m}")


def _number(month: str) -> int:
    return int(given(month)[:4]) * MONTHS_IN_YEAR + int(month[5:])


@where_read
def _check_exception(context: Context, problems: SemanticProblems, path: Place, other: Eccezione) -> None:
    with WHERE_READ:
        if given(other.azienda) is not None:
            it, en = "azienda sconosciuta", "unknown company"
            check_known(problems, (*path, "azienda"), str(other.azienda), context.aziende, it, en)
    with WHERE_READ:
        if given(other.gestore) is not None:
            it, en = "gestore sconosciuto", "unknown provider"
            check_known(problems, (*path, "gestore"), str(other.gestore), context.gestori, it, en)
    names = tuple(Clausole.model_fields)
    with WHERE_READ:
        check_repeated(problems, (*path, "senza"), other.senza, names)
        for number, name in enumerate(other.senza):
            it, en = "clausola sconosciuta", "unknown clause"
            check_known(problems, (*path, "senza", number), name, names, it, en)
    with WHERE_READ:
        if not other.senza and all(given(value) is None for _, value in given(other.clausole)):
            no_effect(problems, path, "non porta né toglie clausole", "it brings and takes out no clause")
    concerned = unless_unread(
        lambda: tuple(one for one in context.scenario.gestori if given(other.gestore) in (None, one.id))
    )
    _check_clauses(context, problems, (*path, "clausole"), other.clausole, concerned, other)


@where_read
def _check_clauses(
    context: Context,
    problems: SemanticProblems,
    path: Place,
    clauses: Clausole,
    gestori: Sequence[Gestore],
    exception: Eccezione | None = None,
) -> None:
    """Check clauses against each other and against the providers that they concern."""
    with WHERE_READ:
        _check_bounds(context, problems, path, clauses, exception)
    with WHERE_READ:
        _check_offered(problems, path, clauses, gestori)
    with WHERE_READ:
        _check_renewal(context, problems, path, clauses)
    with WHERE_READ:
        if given(clauses.sconto_volume) is not None and clauses.sconto_volume is not None:
            _check_steps(problems, (*path, "sconto_volume", "scaglioni"), clauses)
    with WHERE_READ:
        if given(clauses.solo_stagioni) is not None and clauses.solo_stagioni is not None:
            where = (*path, "solo_stagioni", "stagioni")
            check_repeated(problems, where, clauses.solo_stagioni.stagioni, context.stagioni)
            for index, name in enumerate(clauses.solo_stagioni.stagioni):
                it, en = "stagione sconosciuta", "unknown stagione"
                check_known(problems, (*where, index), name, context.stagioni, it, en)
    with WHERE_READ:
        if given(clauses.prenotazioni_minime) is not None and clauses.prenotazioni_minime is not None:
            where = (*path, "prenotazioni_minime", "fascia")
            known = [fascia.id for gestore in gestori for fascia in gestore.fasce]
            it, en = "nessun gestore ha questa fascia", "no provider has this fascia"
            check_known(
                problems, where, clauses.prenotazioni_minime.fascia, tuple(dict.fromkeys(known)), it, en
            )
    with WHERE_READ:
        hourly = any(gestore.prezzi.ora_bambino > 0 for gestore in gestori)
        if given(clauses.ore_minime) is not None and gestori and not hourly:
            it, en = "nessun gestore ha un prezzo a ora", "no provider has a price by the hour"
            no_effect(problems, (*path, "ore_minime"), it, en)


def _check_bounds(
    context: Context,
    problems: SemanticProblems,
    path: Place,
    clauses: Clausole,
    exception: Eccezione | None,
) -> None:
    """Refuse a minimum above the maximum, the common clauses standing for what an exception leaves."""
    common = context.scenario.accordo_quadro.clausole
    least, most = given(clauses.posti_minimi), given(clauses.posti_massimi)
    if exception is not None and (least is None) != (most is None):
        if least is None and "posti_minimi" not in exception.senza:
            least = given(common.posti_minimi)
        elif most is None and "posti_massimi" not in exception.senza:
            most = given(common.posti_massimi)
    if least is not None and most is not None and least.posti > most.posti:
        own = "posti_minimi" if given(clauses.posti_minimi) is not None else "posti_massimi"
        problems.add(
            (*path, own, "posti"),
            f"il minimo di {least.posti} posti supera il massimo di {most.posti}",
            f"the minimum of {least.posti} places exceeds the maximum of {most.posti}",
        )


def _check_offered(
    problems: SemanticProblems, path: Place, clauses: Clausole, gestori: Sequence[Gestore]
) -> None:
    """Refuse a minimum that no provider concerned has to offer, in any stagione."""
    least = given(clauses.posti_minimi)
    offered = [max(one.posti, *one.posti_stagione.values(), 0) for one in gestori]
    if least is not None and offered and least.posti > max(offered):
        problems.add(
            (*path, "posti_minimi", "posti"),
            f"nessun gestore offre {least.posti} posti: al massimo {max(offered)}",
            f"no provider offers {least.posti} places: at most {max(offered)}",
        )


def _check_renewal(context: Context, problems: SemanticProblems, path: Place, clauses: Clausole) -> None:
    """Refuse a renewal whose first expiry comes after everything that is simulated."""
    renewal = given(clauses.rinnovo)
    if renewal is None:
        return
    common = context.scenario.accordo_quadro.clausole
    term = given(clauses.durata_minima) or given(common.durata_minima)
    expiry, length = term.mesi if term is not None else renewal.mesi, _length(context)
    if expiry >= length > 0:
        no_effect(
            problems,
            (*path, "rinnovo"),
            f"la prima scadenza è dopo {expiry} mesi, e se ne simulano {length}: serve durata_mesi",
            f"the first expiry is after {expiry} months, and {length} are simulated: durata_mesi is needed",
        )


def _check_steps(problems: SemanticProblems, path: Place, clauses: Clausole) -> None:
    assert clauses.sconto_volume is not None
    last = 0
    for index, step in enumerate(clauses.sconto_volume.scaglioni):
        with WHERE_READ:
            if step.posti <= last:
                problems.add(
                    (*path, index, "posti"),
                    f"gli scaglioni vanno in ordine: dopo {last} posti ne serve uno più alto",
                    f"the scaglioni go in order: after {last} places a higher one is needed",
                )
            last = max(last, step.posti)


@where_read
def check_percorsi(context: Context, problems: SemanticProblems) -> None:
    """Check ids and probabilities of the courses, and what needs no child of their events."""
    courses = context.scenario.accordo_quadro.percorsi
    check_ids(problems, (ROOM, "percorsi"), [one.id for one in courses])
    total = Decimal(0)
    for index, course in enumerate(courses):
        path = (ROOM, "percorsi", index)
        with WHERE_READ:
            if course.id in TAKEN:
                problems.add(
                    (*path, "id"),
                    f"{course.id} c'è sempre: serve un altro id",
                    f"{course.id} is always there: another id is needed",
                )
        with WHERE_READ:
            if total <= 1 < total + course.probabilita:
                problems.add(
                    (*path, "probabilita"),
                    "le probabilità dei percorsi sommano a più di 1",
                    "the probabilities of the percorsi sum to more than 1",
                )
            total += course.probabilita
        _check_months(context, problems, path, course)
        _check_parties(context, problems, path, course)


@where_read
def _check_months(context: Context, problems: SemanticProblems, path: Place, course: Percorso) -> None:
    start, length = _start(context), _length(context)
    previous = ""
    for number, event in enumerate(course.eventi):
        where = (*path, "eventi", number, "mese")
        with WHERE_READ:
            if length > 0 and not 0 <= _number(event.mese) - start < length:
                first, last = _name(start), _name(start + length - 1)
                problems.add(
                    where,
                    f"{event.mese} è fuori dall'accordo, che va da {first} a {last}",
                    f"{event.mese} is outside the agreement, which goes from {first} to {last}",
                )
            elif event.mese < previous:
                problems.add(
                    where,
                    f"gli eventi vanno in ordine di mese: il precedente è di {previous}",
                    f"events go in order of month: the one before is of {previous}",
                )
            previous = max(previous, event.mese)


def _name(number: int) -> str:
    year, month = divmod(number - 1, MONTHS_IN_YEAR)
    return f"{year:04d}-{month + 1:02d}"


@where_read
def _check_parties(context: Context, problems: SemanticProblems, path: Place, course: Percorso) -> None:
    for number, event in enumerate(course.eventi):
        for key, known, words in (
            ("azienda", context.aziende, ("azienda sconosciuta", "unknown company")),
            ("gestore", context.gestori, ("gestore sconosciuto", "unknown provider")),
        ):
            with WHERE_READ:
                name = getattr(given(event), key, None)
                if name is not None:
                    check_known(problems, (*path, "eventi", number, key), name, known, *words)


@where_read
def check_eventi(context: Context, problems: SemanticProblems) -> None:
    """Check the children of the events: those of the scenario, and those who enter on the way."""
    if not context.complete:
        return
    children = tuple(child.id for child in context.scenario.bambini)
    for index, course in enumerate(context.scenario.accordo_quadro.percorsi):
        with WHERE_READ:
            _check_course(problems, (ROOM, "percorsi", index, "eventi"), course, children)


def _check_course(
    problems: SemanticProblems, path: Place, course: Percorso, children: tuple[str, ...]
) -> None:
    there = list(children)
    gone: set[str] = set()
    hirings = 0
    for number, event in enumerate(course.eventi):
        where = (*path, number)
        with WHERE_READ:
            hirings += isinstance(event, Assume)
            for name in _newcomers(event, hirings):
                key = "bambino" if isinstance(event, Entra) else "numero"
                if name in there:
                    problems.add(
                        (*where, key), f"la sigla {name} c'è già", f"the code {name} is taken already"
                    )
                there.append(name)
            _check_children(problems, where, event, (children, there, gone))


def _newcomers(event: Evento, hirings: int) -> Iterator[str]:
    if isinstance(event, Entra):
        yield event.bambino
    elif isinstance(event, Assume):
        # As docs/clausole.md, section 5, names them.
        yield from (f"N{hirings}-{number}" for number in range(1, event.numero + 1))


def _check_children(
    problems: SemanticProblems,
    where: Place,
    event: Evento,
    names: tuple[Sequence[str], Sequence[str], set[str]],
) -> None:
    children, there, gone = names
    it, en = "bambino sconosciuto", "unknown child"
    name = getattr(event, "bambino", None)
    with WHERE_READ:
        if name is not None and not isinstance(event, Entra):
            known = check_known(problems, (*where, "bambino"), name, there, it, en)
            if known and name in gone:
                sentence = f"{name} è già uscito", f"{name} has left already"
                problems.add((*where, "bambino"), *sentence)
            if isinstance(event, Esce):
                gone.add(name)
    with WHERE_READ:
        like = getattr(event, "come", None)
        if like is not None:
            check_known(problems, (*where, "come"), like, children, it, en)
            if isinstance(event, CambiaTurno) and like == event.bambino:
                it, en = "sono già i suoi orari", "these are its own hours"
                no_effect(problems, (*where, "come"), it, en)

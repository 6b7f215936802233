"""A course of events played through the clauses, month by month (docs/clausole.md)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nido.accordi.simulazione.ammissione import Month
from nido.accordi.simulazione.anni import uses_of
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese, Corsa, Corso, Movimento, Ospite
from nido.accordi.simulazione.elenco import BLOCKED, RESOLD
from nido.accordi.simulazione.orizzonte import month_name, month_number
from nido.accordi.simulazione.ospiti import Guest, place_guests, waiting
from nido.accordi.simulazione.presenti import Presenti
from nido.accordi.simulazione.righe import ledger_of
from nido.accordi.simulazione.stato import Stato
from nido.scenari.accordo_quadro import Disdice, Evento


@dataclass(frozen=True, slots=True)
class Course:
    """What a course of events leaves before anything is priced: its months, and its children."""

    mesi: tuple[ConvenzioneMese, ...]
    presenti: Presenti


def simulate(plan: Plan, corso: Corso) -> Corsa:
    """Play a course of events.

    Parameters
    ----------
    plan
        The plan, laid out.
    corso
        The course; it must have passed `nido.accordi.simulazione.percorsi.check_courses`.

    Returns
    -------
    Corsa
        Months, lines, totals and deposits.

    Raises
    ------
    ArithmeticError
        If the parts of the payers do not sum to what is due, to the cent.
    """
    played = play(plan, corso)
    righe, totali, anni = ledger_of(plan, played.mesi, played.presenti, lines=corso.per_esteso)
    return Corsa(
        corso=corso,
        nuovi_bambini=len(played.presenti.newcomers),
        mesi_attesa=sum(len(month.in_attesa) for month in played.mesi),
        mesi=played.mesi if corso.per_esteso else (),
        righe=righe,
        totali=totali,
        deposito=tuple(deposits(plan, played.mesi)) if corso.per_esteso else (),
        anni=anni,
        usi=uses_of(played.mesi),
    )


def play(plan: Plan, corso: Corso) -> Course:
    """Go through the months: events, reserved places, admissions, guests."""
    months = plan.mesi
    start = month_number(months[0].mese)
    events = [(month_number(event.mese) - start, event) for event in corso.eventi]
    states = [Stato(convenzione, events, len(months)) for convenzione in plan.convenzioni]
    by_key = {state.convenzione.key: state for state in states}
    presenti = Presenti(
        plan,
        nobody=corso.vuoto,
        entered=lambda azienda, gestore, bambino: by_key[azienda, gestore].lista.append(bambino),
    )
    found: list[ConvenzioneMese] = []
    for mese in months:
        presenti.begin_month()
        for t, event in events:
            if t == mese.t:
                presenti.play(event)
                _give_notice(by_key, t, event)
        for state in states:
            state.begin(mese)
        month = Month(plan, mese, presenti, states)
        month.fit_places()
        month.admit_all()
        found += _records(month, place_guests(month))
    return Course(tuple(found), presenti)


def _give_notice(states: Mapping[tuple[str, str], Stato], t: int, event: Evento) -> None:
    if isinstance(event, Disdice):
        states[event.azienda, event.gestore].give_notice(t, event)


def _records(month: Month, guests: Sequence[Guest]) -> Iterator[ConvenzioneMese]:
    """Write down every convention in force at the end of a month."""
    lent = Counter(guest.lender.convenzione.key for guest in guests)
    position = month.presenti.position

    def by_position(guest: Guest) -> tuple[int, int]:
        return position(guest.bambino)

    together = {gestore: site.peak(site.load) for gestore, site in month.sites.items()}
    for state in month.states:
        azienda, gestore = state.convenzione.key
        site = month.sites[gestore]
        sources = month.present[azienda, gestore].sources
        mine = sorted((guest for guest in guests if guest.own is state), key=by_position)
        minutes = site.month.minutes if site.month is not None else {}
        priced = (*state.admitted, *(guest.bambino for guest in mine))
        yield ConvenzioneMese(
            mese=month.mese,
            convenzione=state.convenzione.posizione,
            azienda=azienda,
            gestore=gestore,
            stagione=month.mese.stagione or "",
            riservati=state.reserved,
            residenti=state.terms.residents(state.reserved),
            usati=state.used,
            prestati=lent[azienda, gestore],
            ammessi=state.admitted,
            in_attesa=tuple(sorted(waiting(month, state), key=position)),
            ospiti=tuple([Ospite(guest.bambino, *guest.lender.convenzione.key) for guest in mine]),
            vuoti=state.elenco.by_share(state.terms.share),
            rivenduti=state.elenco.count(RESOLD),
            bloccati=state.elenco.count(BLOCKED),
            fonti={name: sources[name] for name in priced},
            minuti=sum([minutes[sources[name]] for name in state.admitted]),
            insieme=together[gestore],
        )


def deposits(plan: Plan, mesi: Sequence[ConvenzioneMese]) -> Iterator[Movimento]:
    """Give the movements of the deposits, month by month, that of the end included."""
    months = plan.mesi
    held = {
        (month.mese.t, month.convenzione): plan.convenzioni[month.convenzione].terms.holds(month.riservati)
        for month in mesi
    }
    end = month_name(month_number(months[-1].mese) + 1)
    for t, name in enumerate([*(mese.mese for mese in months), end]):
        for convenzione in plan.convenzioni:
            key = convenzione.posizione
            before, now = held.get((t - 1, key), 0), held.get((t, key), 0)
            if now != before:
                yield Movimento(name, *convenzione.key, now - before, now)

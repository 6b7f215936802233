"""The life of the agreements as an audience may see it: years, cases, what happens in them, months.

- Amounts of a case: for the district everybody's; for a company or a gestore its own, and for a company none
  where they would tell what a family pays (`View.flat`).
- What happens in a course is supposed: how many enter, leave or change shift is told, who and when is not.
- Places used and empty of a company depend on its real children: told only where every month's use is.
- What follows from the contract alone (`nido.report.privacy.pledge`) is always told to its two parties.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nido.accordi.pagatori import COMPANY
from nido.accordi.simulazione.anni import Anno, years_of
from nido.accordi.simulazione.casi import Caso, Ruolo
from nido.accordi.simulazione.convenzione import Plan
from nido.accordi.simulazione.corsa import Corsa, SommeAnno
from nido.accordi.simulazione.fatti import Fatto, facts_of
from nido.accordi.simulazione.percorsi import NOBODY, PLAN
from nido.report.privacy.months import PlanMonth, plan_months
from nido.report.privacy.pledge import Pledge, pledges_of
from nido.report.privacy.view import Count, View


@dataclass(frozen=True, slots=True)
class Happening:
    """What a course means for a party.

    Attributes
    ----------
    course
        ``piano``, ``nessuno_entra``, or another id.
    name
        Its name; empty where the audience may not read it.
    entered, left, changed, declined
        Children of the party who enter, leave, change shift or decline in it: supposed, not real ones.
    given_up
        Places given up with notice.
    withdrawn
        (azienda, gestore, last month in force) of the conventions that end since the company withdraws.
    reserved
        Places times months reserved.
    used, empty
        Of those, used and empty; None where real children stand behind them.
    """

    course: str
    name: str
    entered: int
    left: int
    changed: int
    declined: int
    given_up: int
    withdrawn: tuple[tuple[str, str, str], ...]
    reserved: Count
    used: Count
    empty: Count


@dataclass(frozen=True, slots=True)
class PartyLife:
    """The cases of a party, year by year.

    Attributes
    ----------
    role, party
        What it is, and its id.
    least, expected, most
        Cents of every year; those of `least` and `most` are all of one course, that of the whole life's least
        and most. Empty where this audience may not see them.
    lowest, highest
        Least and most of every year taken by itself, each of whatever course has it; empty likewise.
    least_course, most_course
        What happens then.
    """

    role: Ruolo
    party: str
    least: tuple[int, ...]
    expected: tuple[int, ...]
    most: tuple[int, ...]
    lowest: tuple[int, ...]
    highest: tuple[int, ...]
    least_course: Happening
    most_course: Happening


@dataclass(frozen=True, slots=True)
class Life:
    """The life of the agreements of an audience.

    Attributes
    ----------
    years
        Years of the agreements.
    courses
        How many courses were supposed.
    parties
        Cases, in the order of accordi.json.
    pledges
        What the contracts of a company or gestore bind them to, month by month; none for the district.
    months
        The plan's course, month by month: district only.
    """

    years: tuple[Anno, ...]
    courses: int
    parties: tuple[PartyLife, ...]
    pledges: tuple[Pledge, ...]
    months: tuple[PlanMonth, ...]


def life_for(view: View, plan: Plan, corse: Sequence[Corsa], found: Sequence[Caso]) -> Life:
    """Make what an audience may see of the life of the agreements.

    Parameters
    ----------
    view
        What it may see of the plan.
    plan
        The plan, laid out.
    corse
        Every course, played, in order.
    found
        Least, expected and most of every party.
    """
    years = years_of(plan.mesi[0].mese, len(plan.mesi))
    district = view.audience == "distretto"
    by_id = {one.corso.id: one for one in corse}
    parties = tuple(
        _party(view, plan, one, by_id)
        for one in found
        if district or (one.ruolo, one.parte) == (view.audience, view.subject)
    )
    pledges = () if district else pledges_of(view, plan)
    months = plan_months(plan, by_id[PLAN]) if district else ()
    return Life(years, len(corse), parties, pledges, months)


def _party(view: View, plan: Plan, one: Caso, corse: Mapping[str, Corsa]) -> PartyLife:
    least, most = corse[one.minimo_percorso], corse[one.massimo_percorso]
    amounts: tuple[tuple[int, ...], ...] = ((), (), (), (), ())
    if not (view.audience == "azienda" and view.flat):
        every = list(zip(*(_years(one, corsa) for corsa in corse.values()), strict=True))
        amounts = (
            _years(one, least),
            _expected(one, corse.values()),
            _years(one, most),
            tuple(min(year) for year in every),
            tuple(max(year) for year in every),
        )
    return PartyLife(
        role=one.ruolo,
        party=one.parte,
        least=amounts[0],
        expected=amounts[1],
        most=amounts[2],
        lowest=amounts[3],
        highest=amounts[4],
        least_course=_happening(view, plan, one, least, corse[PLAN]),
        most_course=_happening(view, plan, one, most, corse[PLAN]),
    )


def _years(one: Caso, corsa: Corsa) -> tuple[int, ...]:
    def sums(year: SommeAnno) -> Mapping[str, int]:
        return year.per_gestore if one.ruolo == "gestore" else year.per_pagatore

    name = f"{COMPANY}:{one.parte}" if one.ruolo == "azienda" else one.parte
    return tuple(sums(year).get(name, 0) for year in corsa.anni)


def _expected(one: Caso, corse: Iterable[Corsa]) -> tuple[int, ...]:
    """Give the mean of every year; each is the step of the mean so far, so that they sum to the whole's."""
    weighted = [(_years(one, corsa), corsa.corso.peso) for corsa in corse if corsa.corso.peso]
    if not weighted:
        return ()
    found: list[int] = []
    so_far, before = Fraction(0), 0
    for year in range(len(weighted[0][0])):
        so_far += sum((years[year] * weight for years, weight in weighted), Fraction(0))
        reached = (2 * so_far.numerator + so_far.denominator) // (2 * so_far.denominator)
        found.append(reached - before)
        before = reached
    return tuple(found)


def _happening(view: View, plan: Plan, one: Caso, corsa: Corsa, planned: Corsa) -> Happening:
    facts = [fact for fact in facts_of(plan, corsa.corso) if any(_mine(one, pair) for pair in fact.coppie)]
    counts: Counter[str] = Counter()
    for fact in facts:
        counts[fact.tipo] += fact.quanti
    uses = [use for use in corsa.usi if _mine(one, (use.azienda, use.gestore))]
    nobody = corsa.corso.id == NOBODY
    told = nobody or view.audience != "azienda" or _use_is_told(view)
    known = view.audience == "distretto" or corsa.corso.id in (PLAN, NOBODY)
    return Happening(
        course=corsa.corso.id,
        name=(corsa.corso.nome or corsa.corso.id) if known else "",
        entered=counts["entra"],
        left=counts["esce"],
        changed=counts["cambia_turno"],
        declined=counts["rifiuta"],
        given_up=counts["disdice"],
        withdrawn=tuple(_ended(one, facts, corsa, planned)),
        reserved=sum(use.riservati for use in uses) if told else None,
        used=sum(use.usati for use in uses) if told else None,
        empty=sum(use.vuoti for use in uses) if told else None,
    )


def _mine(one: Caso, pair: tuple[str, str]) -> bool:
    place = {"azienda": 0, "gestore": 1}.get(one.ruolo)
    return place is None or pair[place] == one.parte


def _use_is_told(view: View) -> bool:
    return all(month.posti is not None for row in view.agreements for month in row.usati_mese)


def _ended(one: Caso, facts: Iterable[Fatto], corsa: Corsa, planned: Corsa) -> Iterator[tuple[str, str, str]]:
    """Give the conventions that a withdrawal ends earlier than the plan's course has them."""
    wholly = {(use.azienda, use.gestore): use.ultimo for use in planned.usi}
    here = {(use.azienda, use.gestore): use.ultimo for use in corsa.usi}
    for pair in dict.fromkeys(pair for fact in facts if fact.tipo == "recede" for pair in fact.coppie):
        if _mine(one, pair) and pair in here and here[pair] < wholly.get(pair, ""):
            yield (*pair, here[pair])

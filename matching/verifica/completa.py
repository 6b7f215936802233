"""Complete a bare plan with the smallest staff and the fewest places."""

from collections.abc import Mapping
from dataclasses import replace

from nido.matching.verifica.caso import Case
from nido.matching.verifica.personale import minimum_staff
from nido.matching.verifica.piano import Opening, Plan, Request
from nido.matching.verifica.posti import minimum_places
from nido.matching.verifica.tempo import fasce_of


def already_open(case: Case) -> frozenset[Opening]:
    """Fasce that are open whatever the plan."""
    return frozenset(
        (gestore, fascia, stagione)
        for gestore in case.gestori
        for stagione in case.stagioni
        for fascia in fasce_of(case, gestore, stagione)
        if case.fascia(gestore, fascia).gia_aperta
    )


def complete(case: Case, assigned: Mapping[Request, str], booked: Mapping[Request, frozenset[str]]) -> Plan:
    """Open what is booked or open anyway, and give the plan its smallest staff and places.

    Parameters
    ----------
    case
        The scenario.
    assigned
        (bambino, stagione) -> gestore, only for those served.
    booked
        (bambino, stagione) -> fasce booked.
    """
    wanted = {
        (gestore, fascia, request[1])
        for request, gestore in assigned.items()
        for fascia in booked.get(request, frozenset())
    }
    bare = Plan(case, dict(assigned), dict(booked), already_open(case) | wanted, {}, {})
    places = {agreement: minimum_places(bare, agreement) for agreement in bare.agreements()}
    return replace(bare, staff=minimum_staff(bare), places=places)

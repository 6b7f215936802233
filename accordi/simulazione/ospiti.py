"""Waiting children who use, for a month, a place lent by another convention (docs/clausole.md, section 7)."""

from collections.abc import Iterator
from dataclasses import dataclass

from nido.accordi.simulazione.ammissione import Month, Site
from nido.accordi.simulazione.stato import Stato


@dataclass(frozen=True, slots=True)
class Guest:
    """A child, its convention, and the one that lends it a place."""

    bambino: str
    own: Stato
    lender: Stato


def place_guests(month: Month) -> tuple[Guest, ...]:
    """Give lent places to waiting children, by convention and by list.

    Parameters
    ----------
    month
        The month, everybody admitted; lent places leave the lists of who lends them.
    """
    found: list[Guest] = []
    for state in month.states:
        for bambino in waiting(month, state):
            if bambino in month.declined:
                continue
            lender = next((one for one in _lenders(month, state) if _may_lend(month, one)), None)
            if lender is not None:
                lender.elenco.lend()
                month.sites[lender.convenzione.gestore.id].guests += 1
                found.append(Guest(bambino, state, lender))
    return tuple(found)


def waiting(month: Month, state: Stato) -> list[str]:
    """List the children of a convention who ask for a place and have none, in its order."""
    asking = month.present[state.convenzione.key].sources
    if len(asking) == len(state.admitted):
        return []
    return [name for name in asking if name not in state.admitted]


def _lenders(month: Month, state: Stato) -> Iterator[Stato]:
    azienda, gestore = state.convenzione.key
    if state.terms.lends.tra_gestori:
        for other in month.states:
            if other.convenzione.azienda.id == azienda and other.convenzione.gestore.id != gestore:
                yield other
    if state.terms.lends.tra_aziende:
        for other in month.sites[gestore].states:
            if other.convenzione.azienda.id != azienda and other.terms.lends.tra_aziende:
                yield other


def _may_lend(month: Month, lender: Stato) -> bool:
    site: Site = month.sites[lender.convenzione.gestore.id]
    full = site.shared and site.peak(site.load) + site.guests >= site.offered
    return lender.elenco.free > 0 and not full

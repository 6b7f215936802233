"""Who may use a place in the place of its child: colleagues, other sites, other companies."""

from nido.accordi.clausole.base import Clause, Lending
from nido.scenari.clausole import Trasferimento


def blocks(agreed: Trasferimento) -> bool:
    """Tell whether the place of who leaves stays empty until September."""
    return not agreed.tra_dipendenti


def lends(agreed: Trasferimento) -> Lending:
    """Tell where a waiting child may be a guest."""
    return Lending(agreed.tra_gestori, agreed.tra_aziende)


CLAUSE = Clause("trasferimento", "quellecreche.fr", blocks=blocks, lends=lends)

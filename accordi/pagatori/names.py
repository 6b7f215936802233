"""How payers are called in the ledger."""

from collections.abc import Sequence

from nido.accordi.pagatori.modes import MODES
from nido.scenari.domanda import Azienda
from nido.scenari.regole import Pagatore

SCOPERTO = "scoperto"
COMPANY = "azienda"
# A company pays twice where it pays empty places apart; any other id may be that of somebody else.
COMPANY_IDS = (COMPANY, "azienda_vuoti")


def is_company(payer: Pagatore) -> bool:
    """Tell whether the company of the agreement is who pays."""
    return MODES[payer.modo].company or (payer.modo == "quota" and payer.id in COMPANY_IDS)


def label(payer: Pagatore, azienda: Azienda) -> str:
    """Name a payer in the ledger: companies by their own id, whoever else by the payer's."""
    return f"{COMPANY}:{azienda.id}" if is_company(payer) else payer.id


def revealing(stack: Sequence[Pagatore]) -> tuple[Pagatore, ...]:
    """List the payers of the company whose part gives away what is reserved of a family.

    Parameters
    ----------
    stack
        Payers, the first one first.

    Returns
    -------
    tuple of Pagatore
        Those that are reckoned on the family's ICEF, or on what a payer so reckoned has left of an entry that
        both pay. A document for the company shows a flat share instead of theirs.
    """
    found: list[Pagatore] = []
    private: set[str] = set()
    for payer in stack:
        own = MODES[payer.modo].private
        if is_company(payer) and (own or private & set(payer.voci)):
            found.append(payer)
        if own and payer.di is None:
            private |= set(payer.voci)
    return tuple(found)

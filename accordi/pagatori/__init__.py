"""The payers of the stack: one file per mode, and the way in which they share an amount."""

from nido.accordi.pagatori.allowances import Allowances
from nido.accordi.pagatori.facts import Facts
from nido.accordi.pagatori.modes import MODES
from nido.accordi.pagatori.names import COMPANY, COMPANY_IDS, SCOPERTO, is_company, label, revealing
from nido.accordi.pagatori.stack import Payment, is_there, settle, split, takes_part

__all__ = [
    "COMPANY",
    "COMPANY_IDS",
    "MODES",
    "SCOPERTO",
    "Allowances",
    "Facts",
    "Payment",
    "is_company",
    "is_there",
    "label",
    "revealing",
    "settle",
    "split",
    "takes_part",
]

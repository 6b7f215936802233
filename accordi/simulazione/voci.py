"""What every convention owes in a course of events, before anybody pays (docs/clausole.md, section 9)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from nido.accordi.amount import Amount
from nido.accordi.components.iva import vat_of, vat_rows
from nido.accordi.simulazione.charges import Charges, Places, Stay
from nido.accordi.simulazione.convenzione import Convenzione, Plan
from nido.accordi.simulazione.corsa import ConvenzioneMese
from nido.accordi.simulazione.listino import Listino
from nido.accordi.simulazione.memory import Owed
from nido.accordi.simulazione.presenti import Presenti
from nido.scenari.regole import VoceRegistro

PeriodKey = tuple[int, int]

# In the order in which limits are used up; VAT comes after everything else, in the same order.
LISTED: tuple[VoceRegistro, ...] = ("posto", "vuoto", "fascia", "ora", "pasto")
TURN: Mapping[tuple[str, str | None], int] = {
    **{(name, None): place for place, name in enumerate(LISTED)},
    **{("iva", name): len(LISTED) + place for place, name in enumerate(LISTED)},
}


class Voci:
    """The amounts of a course, by period and convention.

    Parameters
    ----------
    plan
        The plan.
    mesi
        Every convention and month in force.
    presenti
        The children of the course.
    """

    def __init__(self, plan: Plan, mesi: Sequence[ConvenzioneMese], presenti: Presenti) -> None:
        self._plan, self._presenti = plan, presenti
        self._listino = Listino(plan, mesi)
        self._taxed = vat_rows(plan.scenario).keys()
        self._months: dict[PeriodKey, list[ConvenzioneMese]] = defaultdict(list)
        # (month, convention whose company pays) -> position of the lender -> guests.
        self._guests: dict[PeriodKey, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        keys = {convenzione.key: convenzione.posizione for convenzione in plan.convenzioni}
        for month in mesi:
            self._months[month.mese.periodo, month.convenzione].append(month)
            for guest in month.ospiti:
                payer = keys[month.azienda, guest.gestore]
                self._guests[month.mese.t, payer][keys[guest.azienda, guest.gestore]].append(guest.bambino)

    def periods(self) -> Iterator[tuple[PeriodKey, list[Amount]]]:
        """Give the amounts of every period and convention, none of them zero.

        Yields
        ------
        tuple
            (period, convention) in this order, and its amounts in the order in which limits are used up.
        """
        for key in sorted(self._months):
            convenzione, months = self._plan.convenzioni[key[1]], self._months[key]
            found: list[Amount] = []
            for month in months:
                found += self._of_places(convenzione, month)
            stays = _stays(months)
            for bambino in sorted(stays, key=self._presenti.position):
                found += self._of_stays(convenzione, bambino, tuple(stays[bambino]))
            found.sort(key=_turn)
            yield key, found

    def _of_places(self, convenzione: Convenzione, month: ConvenzioneMese) -> Owed:
        places = self._places_of(convenzione, month)
        known, key = self._plan.memory.places, (month.mese.t, convenzione.posizione, places)
        if key not in known:
            owed = Charges(self._plan, convenzione).of_places(month.mese, places)
            known[key] = self._with_vat(convenzione, owed)
        return known[key]

    def _places_of(self, convenzione: Convenzione, month: ConvenzioneMese) -> Places:
        t, price = month.mese.t, self._listino.price
        lent = self._guests.get((t, convenzione.posizione), {})
        minimum = convenzione.terms.has_minimum
        return Places(
            self._listino.places(month),
            price(t, convenzione.posizione),
            month.ammessi,
            month.vuoti,
            tuple(
                (lender, price(t, lender), tuple(sorted(lent[lender], key=self._presenti.position)))
                for lender in sorted(lent)
            ),
            tuple(month.fonti[bambino] for bambino in _staying(month)) if minimum else (),
        )

    def _of_stays(self, convenzione: Convenzione, bambino: str, stays: tuple[Stay, ...]) -> Owed:
        known, key = self._plan.memory.stays, (convenzione.posizione, bambino, stays)
        if key not in known:
            owed = Charges(self._plan, convenzione).of_stays(bambino, stays)
            known[key] = self._with_vat(convenzione, owed)
        return known[key]

    def _with_vat(self, convenzione: Convenzione, owed: Iterable[Amount]) -> Owed:
        amounts = tuple(amount for amount in owed if amount.importo_cent)
        if convenzione.gestore.id not in self._taxed:
            return amounts
        scenario = self._plan.scenario
        vat = [
            tax
            for name in LISTED
            for tax in vat_of(scenario, name, (one for one in amounts if one.componente == name))
        ]
        return (*amounts, *(tax for tax in vat if tax.importo_cent))


def _staying(month: ConvenzioneMese) -> list[str]:
    """List who pays fasce, hours and meals in a month: the admitted, and guests at their own provider."""
    here = (guest.bambino for guest in month.ospiti if guest.gestore == month.gestore)
    return [*month.ammessi, *here]


def _stays(months: Iterable[ConvenzioneMese]) -> Mapping[str, list[Stay]]:
    """Give the stays of every child, month by month."""
    found: dict[str, list[Stay]] = defaultdict(list)
    for month in months:
        for bambino in _staying(month):
            found[bambino].append(Stay(month.mese.t, month.fonti[bambino]))
    return found


def _turn(amount: Amount) -> int:
    return TURN[amount.componente, amount.tassata]

"""A fascia opens only for enough children, and only if each costs no more than the stated limit."""

from fractions import Fraction

from nido.matching.draft import Draft
from nido.matching.money import fascia_of, fixed_cost
from nido.scenari.schema import Scenario

name = "attivazione"
fonte = "soglie di attivazione in uso: Primiero, Verona, Vidor (tabella clausole)"


def applies(scenario: Scenario) -> bool:
    """Tell whether the scenario keeps the rule on."""
    return scenario.regole.attivazione.attiva


def post(draft: Draft) -> None:
    """Tie each opening to the children who book it."""
    rule = draft.instance.scenario.regole.attivazione
    for (site_index, unit), opened in draft.variables.open.items():
        site = draft.instance.sites[site_index]
        fascia = fascia_of(draft.instance, site, unit)
        if fascia.gia_aperta:
            continue
        bookings = {p: draft.variables.book[p, unit] for p in site.pairs if (p, unit) in draft.variables.book}
        provider = draft.instance.scenario.gestori[site.provider].id
        threshold = fascia.soglia_attivazione or rule.soglia
        about = ("gestori", provider, "fasce", fascia.id, "soglia_attivazione")
        if threshold > 1:
            draft.model.add([(opened, threshold), *((b, -1) for b in bookings.values())], high=0, about=about)
        if rule.costo_massimo_per_bambino is None:
            continue
        # Rounded against the opening, so that the exact cost never passes the exact limit.
        limit = Fraction(rule.costo_massimo_per_bambino) * 100 / draft.instance.unit
        terms = [(opened, fixed_cost(draft.instance, fascia.costo_fisso))]
        for entry in draft.staff:
            if (entry.site, entry.unit) == (site_index, unit):
                terms += [(variable, coefficient * entry.cost) for variable, coefficient in entry.extra]
        for pair, booking in bookings.items():
            months = len(draft.instance.pairs[pair].unit_months[unit])
            terms.append((booking, -int(limit * months)))
        about = ("regole", "attivazione", "costo_massimo_per_bambino", provider, fascia.id)
        draft.model.add(terms, high=0, about=about)

"""Evidence for the district's project: who has signed, when, on which terms, and how much is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nido.accordi.money import half_up
from nido.matching.solution import Agreement
from nido.scenari.accordo_quadro import clauses_for
from nido.scenari.schema import Scenario


@dataclass(frozen=True, slots=True)
class Evidenza:
    """A company of the project.

    Attributes
    ----------
    azienda, nome
        The company.
    firmato, atto
        Day and deed of the signature; None and empty when it has not signed.
    gestori
        Providers with which it signed, or with which the plan foresees places.
    posti
        Most places reserved together in a season, over those providers.
    clausole
        Names of the clauses in force with some of them.
    """

    azienda: str
    nome: str
    firmato: date | None
    atto: str
    gestori: tuple[str, ...]
    posti: int
    clausole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Realizzazione:
    """How much of the project is done.

    Attributes
    ----------
    aziende
        One per company of the scenario, in order.
    firmate, attese
        Companies that have signed, and that the project wants.
    per_mille
        Signed over wanted, in thousandths, half up, at most 1000.
    """

    aziende: tuple[Evidenza, ...]
    firmate: int
    attese: int
    per_mille: int


def evidence(scenario: Scenario, agreements: Iterable[Agreement]) -> Realizzazione:
    """Gather the evidence for project 8 of the district's 2026 programme.

    Its indicator is the number of companies that sign; monitoring is by evidence (company, date, terms) and
    percentage of realisation.

    Parameters
    ----------
    scenario
        The scenario, with the signatures.
    agreements
        Agreements of the plan.

    Returns
    -------
    Realizzazione
        The evidence.
    """
    planned = tuple(agreements)
    rows = tuple(_of_company(scenario, azienda.id, azienda.nome, planned) for azienda in scenario.aziende)
    wanted = scenario.accordo_quadro.aziende_attese or len(scenario.aziende)
    signed = sum(row.firmato is not None for row in rows)
    return Realizzazione(rows, signed, wanted, min(1000, half_up(Decimal(1000 * signed) / wanted)))


def _of_company(scenario: Scenario, azienda: str, nome: str, planned: tuple[Agreement, ...]) -> Evidenza:
    agreed = scenario.accordo_quadro
    signature = next((one for one in agreed.firme if one.azienda == azienda), None)
    own = [one for one in planned if one.azienda == azienda]
    foreseen = tuple(dict.fromkeys(one.gestore for one in own))
    gestori = signature.gestori if signature is not None and signature.gestori else foreseen
    seasons = dict.fromkeys(one.stagione for one in own)
    places = [
        sum(one.posti for one in own if one.stagione == season and one.gestore in gestori)
        for season in seasons
    ]
    clauses = [clauses_for(agreed, azienda, gestore) for gestore in gestori]
    names = [
        name
        for name in type(agreed.clausole).model_fields
        if any(getattr(one, name) is not None for one in clauses)
    ]
    return Evidenza(
        azienda=azienda,
        nome=nome,
        firmato=None if signature is None else signature.data,
        atto="" if signature is None else signature.atto,
        gestori=gestori,
        posti=max(places, default=0),
        clausole=tuple(names),
    )

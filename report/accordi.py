"""The simulated agreements as a document, saved, checked and shown (docs/risultato.md, accordi.json)."""

import gc
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from nido.accordi.ipotesi.unverified import assumptions
from nido.accordi.risultato.documento import DISTRIBUTION, Document, plain, verdict
from nido.accordi.simulazione.casi import Caso, cases
from nido.accordi.simulazione.convenzione import Convenzione, Plan, lay_out
from nido.accordi.simulazione.corsa import ConvenzioneMese, Corsa
from nido.accordi.simulazione.orizzonte import first_month, length
from nido.accordi.simulazione.percorsi import courses
from nido.accordi.simulazione.play import simulate
from nido.matching.presence import presence
from nido.matching.stored import plan_in
from nido.scenari.field_text import format_decimal
from nido.scenari.load import Loaded
from nido.scenari.schema import SYNTHETIC

FORMATO = "nido-accordi/1"
ACCORDI_FILE = "accordi.json"

Heard = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a document of agreements was made from.

    Attributes
    ----------
    scenario_sha256
        Digest of the resolved scenario in canonical form.
    risultato_sha256
        Digest of the bytes of the result.
    sostituzioni
        ``key=value`` texts of ``--set``, reserved values masked.
    """

    scenario_sha256: str
    risultato_sha256: str
    sostituzioni: tuple[str, ...] = ()


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Keep the collector of cycles from looking, over and over, for what a course never leaves behind."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Played:
    """The agreements of a plan, every course of events played.

    Attributes
    ----------
    plan
        The plan, laid out.
    corse
        Every course, in order.
    casi
        Least, expected and most of every party.
    document
        The same as a document.
    """

    plan: Plan
    corse: tuple[Corsa, ...]
    casi: tuple[Caso, ...]
    document: Document


@_no_cycles()
def play_agreements(
    loaded: Loaded, result: Mapping[str, Any], origin: Origin, heard: Heard | None = None
) -> Played:
    """Play every course of events of a scenario on the plan of a result.

    Parameters
    ----------
    loaded
        The scenario; its framework agreement may be another one than that of the solve.
    result
        A confirmed result with a plan.
    origin
        What both were read from.
    heard
        Called after each course with how many are done, and how many there are.

    Returns
    -------
    Played
        Plan, courses and document, its keys in the order of docs/risultato.md. It claims to be confirmed: the
        claim is to be tested by the checker and replaced by
        `nido.accordi.risultato.documento.with_verdict`.

    Raises
    ------
    CourseError
        If an event cannot happen in this plan.
    """
    stored = plan_in(result)
    found = presence(loaded.scenario, loaded.travel_matrix, stored.assegnazioni)
    plan = lay_out(loaded.scenario, stored, found)
    every = courses(plan)
    corse: list[Corsa] = []
    for corso in every:
        corse.append(simulate(plan, corso))
        if heard is not None:
            heard(len(corse), len(every))
    return Played(plan, tuple(corse), cases(plan, corse), agreements_document(plan, corse, origin))


def agreements_document(plan: Plan, corse: Sequence[Corsa], origin: Origin) -> Document:
    """Put played courses into the form that is saved.

    Parameters
    ----------
    plan
        The plan.
    corse
        Every course, played.
    origin
        What they were made from.
    """
    scenario = plan.scenario
    return {
        "formato": FORMATO,
        "nome": scenario.nome,
        "dati_sintetici": scenario.dati_sintetici,
        "avvertenza": SYNTHETIC if scenario.dati_sintetici else "",
        "inizio": first_month(scenario),
        "durata_mesi": length(scenario),
        "convenzioni": [_convention(one) for one in plan.convenzioni],
        "percorsi": [_course(corsa) for corsa in corse],
        "casi": [plain(one) for one in cases(plan, corse)],
        "ipotesi": [plain(row) for row in assumptions(scenario)],
        "verifica": verdict(()),
        "manifesto": {
            "scenario_sha256": origin.scenario_sha256,
            "risultato_sha256": origin.risultato_sha256,
            "sostituzioni": list(origin.sostituzioni),
            "versioni": {"nido": version(DISTRIBUTION), "python": platform.python_version()},
        },
    }


def _convention(one: Convenzione) -> Document:
    agreed = {name: value.model_dump(mode="json") for name, value in one.terms.agreed.items()}
    return {"azienda": one.azienda.id, "gestore": one.gestore.id, "clausole": agreed}


def _course(corsa: Corsa) -> Document:
    corso = corsa.corso
    return {
        "id": corso.id,
        "nome": corso.nome,
        "probabilita": str(corso.peso),
        "eventi": [event.model_dump(mode="json") for event in corso.eventi],
        "nuovi_bambini": corsa.nuovi_bambini,
        "mesi_attesa": corsa.mesi_attesa,
        "mesi": [_month(month) for month in corsa.mesi],
        "righe": [plain(riga) for riga in corsa.righe],
        "totali": plain(corsa.totali),
        "deposito": [plain(move) for move in corsa.deposito],
    }


def _month(month: ConvenzioneMese) -> Document:
    return {
        "mese": month.mese.mese,
        "azienda": month.azienda,
        "gestore": month.gestore,
        "stagione": month.stagione,
        "riservati": month.riservati,
        "residenti": month.residenti,
        "usati": month.usati,
        "ammessi": list(month.ammessi),
        "in_attesa": list(month.in_attesa),
        "ospiti": [plain(guest) for guest in month.ospiti],
        "vuoti": [{"quota": format_decimal(share), "posti": places} for share, places in month.vuoti],
        "rivenduti": month.rivenduti,
        "bloccati": month.bloccati,
        "prestati": month.prestati,
    }

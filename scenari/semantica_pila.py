"""Checks of the payers' stack as a whole: who follows whom, and that no cost is covered twice."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import get_args

from nido.scenari.regole import ModoPagatore, Pagatore, VoceRegistro
from nido.scenari.semantica_contesto import Context, check_known, no_effect
from nido.scenari.unread import WHERE_READ, given, where_read
from nido.scenari.validation import SemanticProblems

COMPANY: tuple[ModoPagatore, ...] = ("quota_azienda", "fisso_azienda", "differenza_azienda")
COMPANY_IDS = ("azienda", "azienda_vuoti")
FAMILY: tuple[ModoPagatore, ...] = ("residuo", "retta")
# Benefits of which a child has one, however often the stack names it.
ONCE: Mapping[ModoPagatore, tuple[str, str]] = {
    "inps": ("il bonus INPS si conta una volta sola", "the INPS bonus counts once only"),
    "irpef": ("la detrazione IRPEF si conta una volta sola", "the tax credit counts once only"),
    "trasferimento": ("il trasferimento si conta una volta sola", "the transfer counts once only"),
    "buoni": ("i buoni di servizio si contano una volta sola", "the vouchers count once only"),
}


@where_read
def check_pila(context: Context, problems: SemanticProblems) -> None:
    """Check the payers together."""
    payers = context.scenario.pagatori
    for voce in get_args(VoceRegistro):
        _check_stack(problems, voce, payers)
    for index in range(len(payers)):
        with WHERE_READ:
            _check_source(problems, index, payers)
        with WHERE_READ:
            _check_once(problems, index, payers)
        with WHERE_READ:
            _check_bonus(problems, index, payers)
        with WHERE_READ:
            _check_vouchers(context, problems, index, payers)


def _together(one: Pagatore, other: Pagatore) -> bool:
    """Tell whether two payers are ever there in the same month."""
    first = max(one.dal or date.min, other.dal or date.min)
    return first <= min(one.al or date.max, other.al or date.max)


@where_read
def _check_stack(problems: SemanticProblems, voce: str, payers: Sequence[Pagatore]) -> None:
    """Check the payers of one entry, in the order in which they pay."""
    stack = [
        (index, payer) for index, payer in enumerate(payers) if voce in payer.voci and given(payer.di) is None
    ]
    if not stack:
        problems.add(("pagatori",), f"nessuno paga la voce {voce}", f"nobody pays the entry {voce}")
    for place, (index, payer) in enumerate(stack):
        with WHERE_READ:
            if payer.modo == "residuo" and place < len(stack) - 1 and _takes_all(payer):
                after = stack[place + 1][1].id
                problems.add(
                    ("pagatori", index, "modo"),
                    f"per la voce {voce} non resta nulla a chi segue ({after}): il residuo va per ultimo",
                    f"for the entry {voce} nothing is left to who follows ({after}): residuo goes last",
                )


def _takes_all(payer: Pagatore) -> bool:
    return (payer.massimo_quota, payer.dal, payer.al) == (None, None, None)


def _check_source(problems: SemanticProblems, index: int, payers: Sequence[Pagatore]) -> None:
    """Check from whom a payer takes: who has paid before it, and of the right kind."""
    payer = payers[index]
    name = given(payer.di)
    if name is None or payer.modo not in ("cofinanziamento", "irpef", "inps"):
        return
    where = ("pagatori", index, "di")
    names = [other.id for other in payers]
    if not check_known(problems, where, name, names, "pagatore sconosciuto", "unknown payer"):
        return
    place = names.index(name)
    source = payers[place]
    if place >= index:
        it, en = f"{name} deve stare prima nella pila", f"{name} must come before it in the stack"
        problems.add(where, it, en)
    elif payer.modo == "cofinanziamento" and not _is_company(source):
        it = f"cofinanzia l'azienda, e {name} non è un suo pagatore"
        problems.add(where, it, f"it co-finances the company, and {name} is not one of its payers")
    elif payer.modo != "cofinanziamento" and source.modo not in FAMILY:
        it = f"va alla famiglia, e {name} non lo è: serve un residuo o una retta"
        problems.add(where, it, f"it goes to the family, which {name} is not: a residuo or a retta is needed")
    elif not set(payer.voci) & set(source.voci):
        it, en = f"{name} non paga nessuna delle sue voci", f"{name} pays none of its entries"
        no_effect(problems, where, it, en)
    elif payer.modo == "cofinanziamento" and any(
        other.modo == "cofinanziamento" and other.di == name and _together(payer, other)
        for other in payers[:index]
    ):
        it, en = f"la parte di {name} è già cofinanziata", f"the part of {name} is co-financed already"
        problems.add(where, it, en)


def _is_company(payer: Pagatore) -> bool:
    return payer.modo in COMPANY or (payer.modo == "quota" and payer.id in COMPANY_IDS)


def _check_once(problems: SemanticProblems, index: int, payers: Sequence[Pagatore]) -> None:
    """Refuse a benefit that the stack names twice, and two public supports of the same place."""
    payer = payers[index]
    where = ("pagatori", index, "modo")
    earlier = [other for other in payers[:index] if _together(payer, other)]
    if payer.modo in ONCE and any(other.modo == payer.modo for other in earlier):
        problems.add(where, *ONCE[payer.modo])
    pair = {"trasferimento": "buoni", "buoni": "trasferimento"}.get(payer.modo)
    for other in earlier:
        if other.modo == pair and "posto" in payer.voci and "posto" in other.voci:
            problems.add(
                where,
                f"{other.id} e {payer.id} coprono lo stesso posto: un posto ha il trasferimento (servizio "
                "educativo) o i buoni (servizio conciliativo)",
                f"{other.id} and {payer.id} cover the same place: a place has the transfer (educational "
                "service) or the vouchers (reconciliation service)",
            )


def _check_bonus(problems: SemanticProblems, index: int, payers: Sequence[Pagatore]) -> None:
    """Check that a bonus paid out of what is left cannot exceed the part of the family."""
    payer = payers[index]
    if payer.modo != "inps" or given(payer.di) is not None:
        return
    for voce in payer.voci:
        after = [other for other in payers[index + 1 :] if voce in other.voci and given(other.di) is None]
        after = [other for other in after if other.modo != "inps"]
        if len(after) > 1 or any(other.modo != "residuo" or other.massimo_quota for other in after):
            names = ", ".join(other.id for other in after)
            problems.add(
                ("pagatori", index, "modo"),
                f"per la voce {voce} il bonus può superare la parte della famiglia (dopo pagano {names}): "
                "mettilo dopo la famiglia, con di",
                f"for the entry {voce} the bonus may exceed the part of the family ({names} pay after it): "
                "put it after the family, with di",
            )
            return


def _check_vouchers(
    context: Context, problems: SemanticProblems, index: int, payers: Sequence[Pagatore]
) -> None:
    if payers[index].modo == "buoni" and not any(_listed(context)):
        it, en = "nessun gestore ha elenco_buoni: true", "no gestore has elenco_buoni: true"
        no_effect(problems, ("pagatori", index, "modo"), it, en)


def _listed(context: Context) -> Iterator[bool]:
    for gestore in context.scenario.gestori:
        yield given(gestore.elenco_buoni)

"""What a company pays, in the words of a contract: from the stack of payers, in its order."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from nido.accordi.money import cents
from nido.accordi.pagatori import is_company
from nido.accordi.pagatori.cofinanziamento import refunded_share
from nido.report.numbers_local import euro, with_article
from nido.scenari.domanda import Azienda
from nido.scenari.regole import Pagatore, VoceRegistro

WORDS: Mapping[VoceRegistro, str] = {
    "posto": "i posti usati",
    "vuoto": "i posti riservati e vuoti",
    "fascia": "le fasce",
    "ora": "le ore",
    "pasto": "i pasti",
}


def payments(stack: Sequence[Pagatore], azienda: Azienda) -> tuple[str, ...]:
    """Write what the company pays.

    Parameters
    ----------
    stack
        Payers, the first one first.
    azienda
        The company.

    Returns
    -------
    tuple of str
        One sentence for each payer that is the company, or gives a part back to it.
    """
    found: list[str] = []
    before: list[Pagatore] = []
    for payer in stack:
        if is_company(payer):
            found.append(f"{_part(payer, azienda)} {_things(payer)}{_rest(payer, before)};")
        elif payer.modo == "cofinanziamento":
            share = with_article(Fraction(refunded_share(payer, azienda)))
            found.append(f"di quanto paga l'Azienda {share} le è rimborsato ({payer.id});")
        if payer.di is None:
            before.append(payer)
    covered = {voce for payer in stack if is_company(payer) for voce in payer.voci}
    left = [words for voce, words in WORDS.items() if voce not in covered and voce != "vuoto"]
    if found and left:
        found.append(f"niente per {_joined(left)}, a carico delle famiglie o di altri;")
    return tuple(found)


def _part(payer: Pagatore, azienda: Azienda) -> str:
    if payer.modo == "differenza_azienda":
        return (
            f"la differenza fra {euro(cents(payer.importo_mese))} EUR al mese e la retta della famiglia, per"
        )
    if payer.modo == "fisso_azienda":
        amount = payer.importo_mese if azienda.importo_mese is None else azienda.importo_mese
        return f"{euro(cents(amount))} EUR al mese per bambino, al massimo quanto è dovuto, per"
    share = azienda.quota if payer.modo == "quota_azienda" else payer.quota
    of_it = "tutto quanto" if share == 1 else f"{with_article(Fraction(share))} di quanto"
    return f"{of_it} è dovuto per"


def _things(payer: Pagatore) -> str:
    return _joined([WORDS[voce] for voce in WORDS if voce in payer.voci])


def _joined(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} e {names[-1]}"


def _rest(payer: Pagatore, before: Sequence[Pagatore]) -> str:
    """Say what else bounds the part: other payers before, a limit per child."""
    names = [one.id for one in before if set(one.voci) & set(payer.voci)]
    found = f", tolto ciò che paga prima: {', '.join(names)}" if names else ""
    if payer.massimo_mese is not None:
        found += f", al massimo {euro(cents(payer.massimo_mese))} EUR al mese per bambino"
    return found

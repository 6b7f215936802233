"""What a course of events is, in words: who enters and leaves, which places stay empty, what ends."""

from collections.abc import Iterator, Mapping

from nido.accordi.simulazione.percorsi import NOBODY, PLAN
from nido.data.lingua import text
from nido.report.life_calendar import month_words
from nido.report.numbers_local import integer
from nido.report.privacy.life import Happening
from nido.report.privacy.view import HIDDEN_SIGN, Count

Names = Mapping[str, str]


def course_name(one: Happening) -> str:
    """Name a course; one whose name the audience may not read is just supposed."""
    return one.name or text("un percorso supposto", "a supposed course")


def count_words(count: Count) -> str:
    """Write a count, or that it is not told."""
    return HIDDEN_SIGN if count is None else integer(count)


def happening_words(one: Happening, names: Names) -> str:
    """Say in a sentence or two what happens in a course.

    Parameters
    ----------
    one
        The course, for one party.
    names
        Names of companies and gestori, by id.
    """
    sentences = [_events(one), *_ends(one, names), _places(one)]
    return " ".join(sentence for sentence in sentences if sentence)


def _events(one: Happening) -> str:
    if one.course == NOBODY:
        return text(
            "Nessuno dei bambini del piano si presenta, e nessun altro entra: i posti restano vuoti.",
            "None of the plan's children turns up, and no other enters: the reserved places stay empty.",
        )
    parts = [
        *_children(one.entered, ("entra un bambino in più", "a further child enters"), _ENTERED),
        *_children(one.left, ("un bambino esce prima", "a child leaves early"), _LEFT),
        *_children(one.changed, ("un bambino cambia turno", "a child changes shift"), _CHANGED),
        *_children(one.declined, ("una famiglia rifiuta il posto", "a family declines"), _DECLINED),
        *_children(one.given_up, ("si disdice un posto", "a place is given up"), _GIVEN_UP),
    ]
    if parts:
        said = "; ".join(parts)
        return f"{said[0].upper()}{said[1:]}."
    if one.course == PLAN:
        return text(
            "I bambini restano quelli del piano, anno dopo anno: nessuno entra, esce o cambia turno.",
            "The children stay those of the plan, year after year: nobody enters, leaves or changes shift.",
        )
    return text(
        "Qui nessun bambino entra, esce o cambia turno: succede altrove.",
        "Here no child enters, leaves or changes shift: it happens elsewhere.",
    )


_ENTERED = ("entrano {n} bambini in più", "{n} further children enter")
_LEFT = ("{n} bambini escono prima", "{n} children leave early")
_CHANGED = ("{n} bambini cambiano turno", "{n} children change shift")
_DECLINED = ("{n} famiglie rifiutano il posto", "{n} families decline")
_GIVEN_UP = ("si disdicono {n} posti", "{n} places are given up")


def _children(count: int, single: tuple[str, str], several: tuple[str, str]) -> Iterator[str]:
    if count == 1:
        yield text(*single)
    elif count:
        yield text(*several, n=integer(count))


def _ends(one: Happening, names: Names) -> Iterator[str]:
    for azienda, gestore, last in one.withdrawn:
        yield text(
            "{company} recede dalla convenzione con {provider}, non rinnovata: finisce nel mese {month}.",
            "{company} withdraws from its agreement with {provider}, not renewed: it ends in {month}.",
            company=names.get(azienda, azienda),
            provider=names.get(gestore, gestore),
            month=month_words(last),
        )


def _places(one: Happening) -> str:
    if one.empty is None or one.reserved is None:
        return text(
            "Quanti posti restano vuoti non si mostra: direbbe quanti bambini li usano.",
            "How many places stay empty is not told: it would tell how many children use them.",
        )
    return text(
        "Contando ogni posto ogni mese, restano vuoti {empty} posti-mese su {reserved} riservati.",
        "Counting every place every month, {empty} place-months of {reserved} reserved stay empty.",
        empty=integer(one.empty),
        reserved=integer(one.reserved),
    )

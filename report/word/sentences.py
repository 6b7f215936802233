"""What is wrong with a template, said to the officer who wrote it."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from nido.data.lingua import text
from nido.report.word.bozza import Bozza
from nido.report.word.required import known_names

CLOSE = 0.6
MOST_NAMED = 12


def sentence(answer: Mapping[str, Any]) -> str:
    """Say what the process that fills templates refuses.

    Parameters
    ----------
    answer
        Its answer: ``kind``, and a ``detail`` or the ``names`` it is about. Of the template's own words only
        names are repeated.
    """
    said = _SENTENCES.get(str(answer.get("kind")))
    return _not_valid() if said is None else said(answer)


def unknown(names: Sequence[str]) -> str:
    """Say that fields do not exist, each with the closest one that does."""
    known = known_names()
    said: list[str] = []
    for name in names[:MOST_NAMED]:
        near = difflib.get_close_matches(name, known, n=1, cutoff=CLOSE)
        hint = text(" (forse {near})", " (perhaps {near})", near=near[0]) if near else ""
        said.append(f"{text('«{name}»', '“{name}”', name=name)}{hint}")
    whole = ", ".join(field.name for field in fields(Bozza))
    if len(names) == 1:
        return text(
            "usa il campo {said}, che non esiste; ci sono: {known}",
            "uses the field {said}, which does not exist; there are: {known}",
            said=said[0],
            known=whole,
        )
    return text(
        "usa {count} campi che non esistono: {said}; ci sono: {known}",
        "uses {count} fields that do not exist: {said}; there are: {known}",
        count=len(names),
        said=", ".join(said),
        known=whole,
    )


def lacking(names: Sequence[str]) -> str:
    """Say which required fields a template does not write."""
    return text(
        "non scrive {count} dei campi che un accordo deve avere: {names}; si copiano dal modello di nido "
        "(nido accordi --scrivi-modello FILE)",
        "does not write {count} of the fields that an agreement must have: {names}; copy them from nido's "
        "own template (nido accordi --scrivi-modello FILE)",
        count=len(names),
        names=", ".join(names),
    )


def stray(places: Sequence[str]) -> str:
    """Say where a brace belongs to no field."""
    more = text(" e altri {count}", " and {count} more", count=len(places) - MOST_NAMED)
    return text(
        "ci sono graffe fuori posto: {places}; un campo si scrive {{{{ azienda }}}}, con due graffe per "
        "parte e in un paragrafo solo",
        "there are stray braces: {places}; a field is written {{{{ azienda }}}}, with two braces on each "
        "side and within one paragraph",
        places="; ".join(places[:MOST_NAMED]) + (more if len(places) > MOST_NAMED else ""),
    )


def too_slow(seconds: float) -> str:
    """Say that a template was stopped."""
    return text(
        "chiede troppo tempo, o non finisce mai: fermato dopo {seconds} secondi; guarda i comandi «for», uno "
        "dentro l'altro",
        "asks for too much time, or never ends: stopped after {seconds} seconds; look at the “for” commands, "
        "one inside the other",
        seconds=round(seconds),
    )


def _not_valid() -> str:
    return text("non è un documento Word valido", "not a valid Word document")


def _field(answer: Mapping[str, Any]) -> str:
    return unknown([str(name) for name in answer.get("names", ())] or ["?"])


def _syntax(answer: Mapping[str, Any]) -> str:
    """Say that the commands are not in order; what Jinja says of it is English, and stays in brackets."""
    detail = str(answer.get("detail", ""))
    if "end of template" in detail or "unknown tag 'end" in detail:
        return text(
            "un comando for o if non si chiude, o si chiude senza cominciare: ogni {{% for %}} vuole il suo "
            "{{% endfor %}}, ogni {{% if %}} il suo {{% endif %}}, nell'ordine",
            "a command for or if does not end, or ends without beginning: every {{% for %}} needs its "
            "{{% endfor %}}, every {{% if %}} its {{% endif %}}, in order",
        )
    return text("comando non valido ({detail})", "invalid command ({detail})", detail=detail)


def _security(answer: Mapping[str, Any]) -> str:
    name = str(answer.get("detail", ""))
    if name.startswith("_"):
        return text(
            "chiede un'operazione non permessa a un modello: l'attributo riservato «{name}»",
            "asks for what a template may not do: the reserved attribute “{name}”",
            name=name,
        )
    return text(
        "chiede un'operazione non permessa a un modello: «{name}»",
        "asks for what a template may not do: “{name}”",
        name=name or "?",
    )


def _include(answer: Mapping[str, Any]) -> str:
    return text(
        "chiede un altro file con il comando «{name}»: un modello sta in un file solo",
        "asks for another file with the command “{name}”: a template is one file",
        name=str(answer.get("detail", "")),
    )


def _loop(answer: Mapping[str, Any]) -> str:
    return text(
        "ripete un comando troppe volte: range() arriva a {most}",
        "repeats a command too many times: range() goes up to {most}",
        most=str(answer.get("detail", "")),
    )


def _memory(answer: Mapping[str, Any]) -> str:
    return text(
        "chiede troppa memoria: il testo che produce è troppo lungo",
        "asks for too much memory: the text that it makes is too long",
    )


def _depth(answer: Mapping[str, Any]) -> str:
    return text(
        "un comando richiama se stesso senza fine, o sono uno dentro l'altro a troppi livelli",
        "a command calls itself without end, or they stand inside one another too deeply",
    )


def _command(answer: Mapping[str, Any]) -> str:
    return text(
        "un comando non si può eseguire ({detail})",
        "a command cannot be carried out ({detail})",
        detail=str(answer.get("detail", "")),
    )


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "field": _field,
    "syntax": _syntax,
    "security": _security,
    "include": _include,
    "loop": _loop,
    "memory": _memory,
    "depth": _depth,
    "command": _command,
}

"""Fill a Word template: in a process of its own, in a sandbox, with limits; a template is a program.

A template is a Jinja program inside a zip of XML: unsandboxed it runs any code, unescaped an ``&`` in a name
spoils the file, and a loop may never end (docxtpl 0.20, issues 549, 557, 632).
"""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.report.word.bozza import Bozza
from nido.report.word.esame import Refused, examine

CHILD = (sys.executable, "-P", "-m", "nido.report.word.servo")
MOST_SECONDS = 60.0


def render(template: bytes, drafts: Sequence[Bozza], source: str) -> tuple[bytes, ...]:
    """Fill a template once per draft.

    Parameters
    ----------
    template
        A .docx with the fields of `nido.report.word.bozza.Bozza`.
    drafts
        The contents.
    source
        Name of the template, for messages.

    Returns
    -------
    tuple of bytes
        One .docx per draft, in their order; equal inputs give equal bytes.

    Raises
    ------
    InputError
        If the template is no Word document, holds macros or parts from elsewhere, names a field that does not
        exist, asks for what the sandbox forbids, or takes too long.
    """
    _examined(template, source)
    question = {
        "template": base64.b64encode(template).decode("ascii"),
        "drafts": [draft.plain() for draft in drafts],
    }
    answer = _ask(question, source)
    if "documents" not in answer:
        raise _problem(source, _sentence(answer))
    documents = tuple(base64.b64decode(document) for document in answer["documents"])
    # A template may put together, command by command, what it may not hold.
    for document in documents:
        _examined(document, source)
    return documents


def _examined(document: bytes, source: str) -> None:
    try:
        examine(document)
    except Refused as refusal:
        raise _problem(source, str(refusal)) from None


def _ask(question: dict[str, Any], source: str) -> dict[str, Any]:
    try:
        done = subprocess.run(
            CHILD,
            input=json.dumps(question).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            check=False,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise _problem(source, text("non finisce mai: fermato", "never ends: stopped")) from None
    except ValueError:
        message = text(
            "non si riesce a compilare: chiede troppa memoria o non è un documento valido",
            "cannot be filled in: it asks for too much memory or is no valid document",
        )
        raise _problem(source, message) from None
    return answer


def _sentence(answer: dict[str, Any]) -> str:
    """Say what is wrong with the template; its own words are shown only as far as they are a field's name."""
    kind, detail = answer.get("kind"), str(answer.get("detail", ""))
    if kind == "field":
        return text(
            "usa il campo «{detail}», che non esiste; ci sono: {known}",
            "uses the field “{detail}”, which does not exist; there are: {known}",
            detail=detail,
            known=", ".join(field.name for field in fields(Bozza)),
        )
    if kind == "syntax":
        return text("comando non valido: {detail}", "invalid command: {detail}", detail=detail)
    if kind == "security":
        return text(
            "chiede un'operazione non permessa a un modello: {detail}",
            "asks for what a template may not do: {detail}",
            detail=detail,
        )
    return text("non è un documento Word valido", "not a valid Word document")


def _problem(source: str, message: str) -> InputError:
    return InputError([Problem(source, 0, 0, "", message)])

"""Fill a Word template: in a process of its own, in a sandbox, with limits; a template is a program.

A template is a Jinja program inside a zip of XML: unsandboxed it runs any code, unescaped an ``&`` in a name
spoils the file, and a loop may never end (docxtpl 0.20, issues 549, 557, 632).
"""

import base64
import json
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from dataclasses import fields
from io import BytesIO
from typing import Any

from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.report.word.archivio import MOST_BYTES, MOST_MEMBERS
from nido.report.word.bozza import Bozza

CHILD = (sys.executable, "-P", "-m", "nido.report.word.servo")
MOST_SECONDS = 60.0
DOCUMENT_PART = "word/document.xml"


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
    _check(template, source)
    question = {
        "template": base64.b64encode(template).decode("ascii"),
        "drafts": [draft.plain() for draft in drafts],
    }
    answer = _ask(question, source)
    if "documents" not in answer:
        raise _problem(source, _sentence(answer))
    return tuple(base64.b64decode(document) for document in answer["documents"])


def _check(template: bytes, source: str) -> None:
    """Refuse what is no plain Word document before anything of it is read."""
    try:
        with zipfile.ZipFile(BytesIO(template)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            size = sum(member.file_size for member in members)
            if DOCUMENT_PART not in names:
                raise _problem(source, text("non è un documento Word (.docx)", "not a Word document (.docx)"))
            if len(members) > MOST_MEMBERS or size > MOST_BYTES:
                raise _problem(source, text("è troppo grande", "is too large"))
            if any("vbaproject" in name.lower() for name in names):
                raise _problem(source, text("contiene macro: non si usa", "holds macros: it is not used"))
            for name in sorted(names):
                if name.endswith((".xml", ".rels")):
                    _check_part(archive.read(name), source)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise _problem(
            source, text("non è un documento Word (.docx)", "not a Word document (.docx)")
        ) from None


def _check_part(content: bytes, source: str) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _problem(source, text("contiene entità XML: non si usa", "holds XML entities: it is not used"))
    if b'TargetMode="External"' in content or b"TargetMode='External'" in content:
        message = text(
            "contiene collegamenti a file o siti esterni: toglili e riprova",
            "holds links to files or sites elsewhere: remove them and try again",
        )
        raise _problem(source, message)


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

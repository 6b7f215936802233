"""Fill a Word template: in a process of its own, in a sandbox, with limits; a template is a program.

A template is a Jinja program inside a zip of XML: unsandboxed it runs any code, unescaped an ``&`` in a name
spoils the file, and a loop may never end (docxtpl 0.20, issues 549, 557, 632).
"""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from nido.data.problems import InputError, Problem
from nido.report.word.bozza import Bozza
from nido.report.word.braces import stray_braces
from nido.report.word.esame import Refused, examine
from nido.report.word.required import missing, probe
from nido.report.word.sentences import lacking, sentence, stray, too_slow

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
        If the template is no Word document, holds macros or parts from elsewhere or a stray brace, names a
        field that does not exist, leaves out one that an agreement must have, asks for what the sandbox
        forbids, or takes too long or too much memory.
    """
    _examined(template, source)
    places = stray_braces(template)
    if places:
        raise _problem(source, stray(places))
    # The first draft holds signs: those that do not come back are fields that the template left out.
    signs = probe()
    question = {
        "template": base64.b64encode(template).decode("ascii"),
        "drafts": [signs.draft, *(draft.plain() for draft in drafts)],
    }
    answer = _ask(question, source)
    if "documents" not in answer:
        raise _problem(source, sentence(answer))
    documents = tuple(base64.b64decode(document) for document in answer["documents"])
    # A template may put together, command by command, what it may not hold.
    for document in documents:
        _examined(document, source)
    lost = missing(documents[0], signs.signs)
    if lost:
        raise _problem(source, lacking(lost))
    return documents[1:]


def check_template(template: bytes, source: str) -> None:
    """Refuse a template that could not be filled, before anything else is done.

    Raises
    ------
    InputError
        See `render`.
    """
    render(template, (), source)


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
        raise _problem(source, too_slow(MOST_SECONDS)) from None
    except ValueError:
        # It died before it could say why: that is what happens to who asks for more than there is.
        raise _problem(source, sentence({"kind": "memory"})) from None
    return answer


def _problem(source: str, message: str) -> InputError:
    return InputError([Problem(source, 0, 0, "", message)])

"""The child process that fills templates: only plain text comes in, only documents go out."""

import base64
import io
import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment

from nido.report.word.archivio import same_bytes

MEMORY_BYTES = 1024 * 1024 * 1024
LONGEST_DETAIL = 120
MISSING = re.compile(r"'([^']*)' is undefined|has no attribute '([^']*)'")
FORBIDDEN = re.compile(r"access to attribute '([^']*)'|(\w+)\W* is not safely callable")
OTHER_FILES: dict[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from",
    nodes.Extends: "extends",
}
# What a command of the template gets wrong; a file that is not valid fails in other ways.
ARITHMETIC = (TypeError, ZeroDivisionError, LookupError)


class _Refused(Exception):
    """The template asks for what it may not have; `said` is the answer."""

    def __init__(self, **said: Any) -> None:
        super().__init__()
        self.said = said


def main() -> None:
    """Read a question from standard input and write its answer to standard output."""
    _limit_memory()
    try:
        said = json.dumps(answer(json.loads(sys.stdin.buffer.read())))
    except MemoryError:
        said = json.dumps({"kind": "memory"})
    sys.stdout.buffer.write(said.encode())


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Fill the template once per draft, or tell what is wrong with it."""
    template = base64.b64decode(question["template"])
    try:
        _look(template, question["drafts"][0])
        documents = [fill(template, draft) for draft in question["drafts"]]
    except _Refused as refusal:
        return refusal.said
    except Exception as error:
        return _why(error)
    return {"documents": [base64.b64encode(document).decode("ascii") for document in documents]}


def _why(error: Exception) -> dict[str, Any]:
    """Tell what an error of the template means; of its words only names are kept."""
    if isinstance(error, UndefinedError):
        return {"kind": "field", "names": [_first(MISSING, str(error))]}
    if isinstance(error, TemplateSyntaxError):
        return {"kind": "syntax", "detail": str(error.message)[:LONGEST_DETAIL]}
    if isinstance(error, SecurityError):
        return {"kind": "security", "detail": _first(FORBIDDEN, str(error))}
    if isinstance(error, OverflowError) and str(error).startswith("Range too big"):
        return {"kind": "loop", "detail": str(MAX_RANGE)}
    # A text of more characters than a machine has addresses overflows before it fills the memory.
    if isinstance(error, MemoryError | OverflowError):
        return {"kind": "memory"}
    if isinstance(error, RecursionError):
        return {"kind": "depth"}
    # Whatever else a strange file provokes: the parent says that the file is not valid.
    return {"kind": "other", "detail": type(error).__name__}


def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _look(template: bytes, draft: dict[str, Any]) -> None:
    """Refuse other files and names that do not exist, also where no draft would come across them."""
    environment = _environment()
    names = dict[str, None]()
    for part in _parts(template):
        tree = environment.parse(part)
        asking = next(tree.find_all(tuple(OTHER_FILES)), None)
        if asking is not None:
            raise _Refused(kind="include", detail=OTHER_FILES[type(asking)])
        found = meta.find_undeclared_variables(tree) - draft.keys() - environment.globals.keys()
        names |= dict.fromkeys(sorted(found))
    if names:
        raise _Refused(kind="field", names=[name[:LONGEST_DETAIL] for name in names])


def _parts(template: bytes) -> Iterator[str]:
    """Give the text, the headers and the footers as the template's language reads them."""
    word = DocxTemplate(io.BytesIO(template))
    word.init_docx()
    yield word.patch_xml(word.get_xml())
    for place in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(place):
            yield word.patch_xml(word.get_part_xml(part))


def fill(template: bytes, draft: dict[str, Any]) -> bytes:
    """Fill a template with one draft."""
    word = DocxTemplate(io.BytesIO(template))
    try:
        word.render(draft, _environment(), autoescape=True)
    except ARITHMETIC as error:
        raise _Refused(kind="command", detail=type(error).__name__) from None
    buffer = io.BytesIO()
    word.save(buffer)
    return same_bytes(buffer.getvalue())


def _first(pattern: re.Pattern[str], message: str) -> str:
    found = pattern.search(message)
    return next(part for part in found.groups() if part)[:LONGEST_DETAIL] if found else "?"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()

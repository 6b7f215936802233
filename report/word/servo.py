"""The child process that fills templates: only plain text comes in, only documents go out."""

import base64
import io
import json
import re
import sys
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nido.report.word.archivio import same_bytes

MEMORY_BYTES = 1024 * 1024 * 1024
LONGEST_DETAIL = 120
MISSING = re.compile(r"'([^']*)' is undefined|has no attribute '([^']*)'")


def main() -> None:
    """Read a question from standard input and write its answer to standard output."""
    _limit_memory()
    question = json.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer(question)).encode())


def answer(question: dict[str, Any]) -> dict[str, Any]:
    """Fill the template once per draft, or tell what is wrong with it."""
    template = base64.b64decode(question["template"])
    try:
        documents = [fill(template, draft) for draft in question["drafts"]]
    except UndefinedError as error:
        return {"kind": "field", "detail": _field(str(error))}
    except TemplateSyntaxError as error:
        return {"kind": "syntax", "detail": str(error.message)[:LONGEST_DETAIL]}
    except SecurityError as error:
        return {"kind": "security", "detail": str(error)[:LONGEST_DETAIL]}
    except Exception as error:
        # Whatever else a strange file provokes: the parent says that the file is not valid.
        return {"kind": "other", "detail": type(error).__name__}
    return {"documents": [base64.b64encode(document).decode("ascii") for document in documents]}


def fill(template: bytes, draft: dict[str, Any]) -> bytes:
    """Fill a template with one draft."""
    word = DocxTemplate(io.BytesIO(template))
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    word.render(draft, environment, autoescape=True)
    buffer = io.BytesIO()
    word.save(buffer)
    return same_bytes(buffer.getvalue())


def _field(message: str) -> str:
    found = MISSING.search(message)
    return (found.group(1) or found.group(2))[:LONGEST_DETAIL] if found else "?"


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main()

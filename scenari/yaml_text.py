"""The text of a YAML file before it is YAML: encoding, size, and what a syntax error means to its writer."""

import re
from typing import Any

import yaml

from nido.data.lingua import text
from nido.data.problems import InputError, Problem

MAX_BYTES = 5 * 1024 * 1024
MAX_PROBLEMS = 1000

# Control characters, the line ends that only YAML 1.1 knows, stray byte-order marks, half surrogate pairs.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(content: bytes, source: str) -> str:
    """Read the characters of a file, with one kind of line end.

    Raises
    ------
    InputError
        If the encoding is not UTF-8 or the text holds control characters.
    """
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.startswith(_UTF16_MARKS) or b"\0" in content[:4]:
        message = text("il file è in UTF-16: serve UTF-8", "the file is in UTF-16: UTF-8 is needed")
        raise InputError([whole_file(source, message, _save_hint())])
    try:
        decoded = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _line_ends(content[: error.start].decode("utf-8"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = text(
            "il file non è in UTF-8 (forse Windows-1252, di Excel o del Blocco note)",
            "the file is not in UTF-8 (perhaps Windows-1252, from Excel or Notepad)",
        )
        raise InputError([Problem(source, line, column, "", message, _save_hint())]) from None
    decoded = _line_ends(decoded)
    message = text("carattere di controllo nel file", "control character in the file")
    problems = [
        Problem(source, number, found.start() + 1, "", message)
        for number, line_text in enumerate(decoded.split("\n"), start=1)
        if (found := UNPRINTABLE.search(line_text))
    ]
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    return decoded


def _line_ends(source_text: str) -> str:
    return source_text.replace("\r\n", "\n").replace("\r", "\n")


def _save_hint() -> str:
    return text("salva con nome, scegliendo la codifica UTF-8", "use Save as, and choose the encoding UTF-8")


def whole_file(source: str, message: str, hint: str = "") -> Problem:
    """Give a problem of a file as a whole."""
    return Problem(source, 0, 0, "", message, hint)


def too_large() -> str:
    """Say that a file is larger than allowed; how large is not known, since the rest of it is not read."""
    return text(
        "il file supera i 5 MB: al più {most} byte",
        "the file exceeds 5 MB: at most {most} bytes",
        most=MAX_BYTES,
    )


def tab_message() -> tuple[str, str]:
    """Say that tabs are refused, and what to write instead."""
    return (
        text("tabulazione non ammessa", "tab not allowed"),
        text("usa spazi", "use spaces"),
    )


def syntax_problem(error: yaml.MarkedYAMLError, source: str, lines: tuple[str, ...]) -> Problem:
    """Explain a syntax error by the characters where it was found: PyYAML has sentences, no codes."""
    mark, opened = error.problem_mark or error.context_mark, error.context_mark
    if mark is None:
        return whole_file(source, text("YAML non leggibile", "this YAML cannot be read"))
    rest = _rest(lines, mark)
    hint = ""
    if opened is not None and opened.line != mark.line:
        hint = text("si è aperto alla riga {line}", "it was opened on line {line}", line=opened.line + 1)
    sign = next((sign for sign in (_rest(lines, opened)[:1], rest[:1]) if sign and sign in "*&!@`%|>"), "")
    if rest.startswith("\t"):
        message, hint = tab_message()
    elif sign:
        mark = opened if opened is not None and _rest(lines, opened).startswith(sign) else mark
        message, hint = _sign_message(sign), ""
    elif not rest.strip():
        message = text(
            "il testo finisce qui, ma manca qualcosa: una parentesi o le virgolette di chiusura",
            "the text ends here, but something is missing: a closing bracket or quote",
        )
    elif rest.startswith(":"):
        message = text("due punti fuori posto", "misplaced colon")
        hint = text(
            "controlla i rientri; un testo che contiene «: » va tra virgolette",
            "check the indentation; a text that holds “: ” goes between quotes",
        )
    else:
        message = text(
            "YAML non valido: controlla rientri, parentesi, virgole e virgolette",
            "not valid YAML: check indentation, brackets, commas and quotes",
        )
    return Problem(source, mark.line + 1, mark.column + 1, "", message, hint)


def _rest(lines: tuple[str, ...], mark: Any) -> str:
    """Give what follows a position: the rest of its line, or later text when only blanks follow."""
    if mark is None or mark.line >= len(lines):
        return ""
    here = lines[mark.line][mark.column :]
    return (
        here if here.strip() or here.startswith("\t") else "".join(["\n", *lines[mark.line + 1 :]]).rstrip()
    )


def _sign_message(sign: str) -> str:
    return text(
        "un testo che comincia con {sign} va tra virgolette",
        "a text that starts with {sign} goes between quotes",
        sign=sign,
    )

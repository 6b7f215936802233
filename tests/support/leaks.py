"""Search for secrets in every byte of some files: zipped, compressed, encoded or escaped."""

import base64
import binascii
import gzip
import html
import io
import json
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

DEEPEST = 6
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{24,}={0,2}")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TAG = re.compile(r"<[/!?]?([A-Za-z0-9:]*)[^<>]*>")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "em",
        "i",
        "mark",
        "r",
        "rph",
        "rpr",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "t",
        "u",
    ]
)
_APART = frozenset(["w:p", "w:tc", "w:tr", "w:tbl", "w:br", "w:tab"])
_GZIP = b"\x1f\x8b"
_NUMBER = re.compile(r"[0-9]+")
_DECIMAL = re.compile(r"[0-9][0-9.,]*")


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that a file may not hold, and what it is."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret that was found, and where: file, then member of the archive, and so on."""

    where: str
    what: str


def leaks(files: Mapping[str, bytes], secrets: Iterable[Secret]) -> list[Leak]:
    """Find secrets in some files.

    Parameters
    ----------
    files
        Content by name; the names are searched too.
    secrets
        What is not to be found, whatever the case of its letters. A number is found only as a whole one, so
        that ``12345`` does not count within ``9123456``.

    Returns
    -------
    list
        Every secret once for each place that holds it.
    """
    wanted = list(secrets)
    found: list[Leak] = []
    for name, content in files.items():
        for where, part in _parts(name, content, DEEPEST):
            texts = list(dict.fromkeys((*_readings(part), where.casefold())))
            numbers = {number for text in texts for number in _NUMBER.findall(text)}
            found += [
                Leak(where, secret.what) for secret in wanted if _stands_in(secret.text, texts, numbers)
            ]
    return found


def money_secrets(what: str, euro: Decimal) -> Iterator[Secret]:
    """Give the ways in which an amount may be written: in euro of either language, and in cents."""
    plain = f"{euro:.2f}"
    grouped = f"{euro:,.2f}"
    italian = grouped.translate(str.maketrans(",.", ".,"))
    for written in {plain, plain.replace(".", ","), grouped, italian, str(int(euro * 100))}:
        yield Secret(what, written)


def _stands_in(wanted: str, texts: Iterable[str], numbers: Container[str]) -> bool:
    """Tell whether a secret is in some texts, given their whole numbers."""
    if _NUMBER.fullmatch(wanted):
        return wanted in numbers
    plain = wanted.casefold()
    holding = (text for text in texts if plain in text)
    if not _DECIMAL.fullmatch(wanted):
        return any(True for _ in holding)
    return any(re.search(rf"(?<![0-9]){re.escape(plain)}(?![0-9])", text) for text in holding)


def _parts(name: str, content: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    """Go through a content and everything packed inside it."""
    yield name, content
    if not depth:
        return
    for inner, part in _unpacked(content):
        yield from _parts(f"{name}/{inner}", part, depth - 1)


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename, archive.read(member) + member.comment + member.extra
            yield "comment", archive.comment
        return
    if content.startswith(_GZIP):
        yield "gzip", gzip.decompress(content)
    for number, stream in enumerate(_STREAM.findall(content)):
        try:
            yield f"stream{number}", zlib.decompress(stream)
        except zlib.error:
            yield f"stream{number}", stream
    for number, run in enumerate(_BASE64.findall(content)):
        try:
            yield f"base64-{number}", base64.b64decode(run + b"=" * (-len(run) % 4))
        except (binascii.Error, ValueError):
            continue


def _readings(content: bytes) -> Iterator[str]:
    """Read bytes as text in every way in which a secret may be written, lower case."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        yield content.decode(encoding, errors="ignore").casefold()
        if encoding.startswith("utf-16"):
            # The other alignment of the pairs of bytes.
            yield content[1:].decode(encoding, errors="ignore").casefold()
    text = content.decode("utf-8", errors="ignore")
    yield html.unescape(text).casefold()
    yield urllib.parse.unquote_plus(text).casefold()
    yield _without_escapes(text).casefold()
    yield html.unescape(_TAG.sub(_joined, text)).casefold()


def _joined(tag: re.Match[str]) -> str:
    """Put together a word that a writer of documents split among tags, but not the numbers of two cells."""
    name = tag[1].casefold()
    within = name in _INLINE or (name.startswith("w:") and name not in _APART)
    return "" if within else " "


def _without_escapes(text: str) -> str:
    r"""Undo ``\u00e8`` and its like, as JSON, JavaScript and RTF write them."""

    def letter(found: re.Match[str]) -> str:
        return str(json.loads(f'"\\u{found[1]}"'))

    return re.sub(r"\\u([0-9a-fA-F]{4})", letter, text)

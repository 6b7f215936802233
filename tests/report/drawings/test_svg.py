"""The primitives: nothing that is written can leave its place."""

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from nido.report.drawings.svg import (
    ELLIPSIS,
    Box,
    clean,
    cut,
    fold,
    hover,
    number,
    picture,
    rect,
    text_width,
    words_at,
)

QUICK = settings(derandomize=True, deadline=None, max_examples=200)
ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@QUICK
@given(ANY_TEXT)
def test_any_text_stays_text(words: str) -> None:
    """Whatever is written is read back as text: no element more, no character lost but the forbidden ones."""
    shown = picture("k", words, words, 10, 10, [hover(words, words_at(1, 2, words))])
    root = ElementTree.fromstring(shown)
    assert [node.tag for node in root.iter()] == ["svg", "title", "desc", "g", "title", "text"]
    read = root.findtext("g/text") or ""
    # XML reads a carriage return as a line end.
    assert read == clean(words).replace("\r\n", "\n").replace("\r", "\n")


def test_a_number_is_short_and_never_minus_zero() -> None:
    """One decimal at most; -0.04 is written 0."""
    assert [number(value) for value in (1, 1.0, 1.25, -0.04, -3.26, 100)] == [
        *("1", "1", "1.2", "0", "-3.3", "100"),
    ]


def test_an_attribute_cannot_be_left() -> None:
    """A quote in a value does not end it."""
    shown = rect(Box(0, 0, 1, 1), fill='"><script>')
    assert ElementTree.fromstring(shown).attrib["fill"] == '"><script>'


@QUICK
@given(st.text(max_size=80), st.integers(20, 300), st.integers(1, 3))
def test_folded_text_fits(words: str, width: int, most: int) -> None:
    """No line is wider than asked, no more lines than asked; what is left out shows as an ellipsis."""
    lines = fold(words, width, most)
    assert 1 <= len(lines) <= most
    assert all(text_width(one) <= width or one == ELLIPSIS for one in lines)
    if not any(ELLIPSIS in one for one in lines):
        assert " ".join(lines) == " ".join(words.split())


def test_a_short_text_is_not_cut() -> None:
    """What fits stays as it is."""
    assert cut("Nido", 100) == "Nido"
    assert cut("Nido di Canale", 40).endswith(ELLIPSIS)

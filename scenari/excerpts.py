"""Lines of a scenario shown around a problem, without what may not be shown."""

from pydantic import BaseModel

from nido.data.problems import caret_excerpt
from nido.scenari.known_words import KnownWords
from nido.scenari.places import shown_scalars
from nido.scenari.yaml_text import MAX_BYTES
from nido.scenari.yaml_tree import Document, comment_start

MASK = "***"
WIDTH = 100


class Excerpts:
    """Cuts excerpts from one document.

    Parameters
    ----------
    document
        The document.
    model
        Its schema, which says what may be shown.
    words
        What a text about a person may be, to be shown.
    """

    def __init__(self, document: Document, model: type[BaseModel], words: KnownWords) -> None:
        self._document = document
        self._words = words
        # First and end column, whether the schema shows it, and the value where it is about a person.
        self._spans: dict[int, list[tuple[int, int, bool, object]]] = {}
        for scalar, shown, personal in shown_scalars(document.root, model):
            value = scalar.value if personal else None
            for number in range(scalar.line, scalar.end_line + 1):
                start = scalar.column if number == scalar.line else 0
                end = scalar.end_column if number == scalar.end_line else MAX_BYTES
                self._spans.setdefault(number, []).append((start, end, shown, value))

    def around(self, line: int, column: int) -> str:
        """Give a line with its neighbours, and a caret under a column; both count from 1."""
        shown: list[str] = []
        for number in range(max(0, line - 2), min(len(self._document.lines), line + 1)):
            masked, caret = self._masked(number, column - 1)
            if number == line - 1:
                column = caret + 1
            shown.append(masked)
        before = "\n" * max(0, line - 2)
        return caret_excerpt(before + "\n".join(shown), line, column)

    def _masked(self, number: int, column: int) -> tuple[str, int]:
        """Rewrite a line without what may not be shown; also tell where a column went."""
        line = self._document.lines[number]
        spans = sorted(
            (start, end, shown and self._words.may_show(value))
            for start, end, shown, value in self._spans.get(number, ())
        )
        end_of_line = comment_start(line, [(start, end) for start, end, _ in spans])
        masked, position, caret = "", 0, 0
        for start, end, shown in [*spans, (end_of_line, end_of_line, True)]:
            if position <= column:
                caret = len(masked) + min(column, start) - position
            masked += line[position:start]
            if start <= column < end:
                caret = len(masked) + (column - start if shown else 0)
            masked += line[start:end] if shown or start == end else MASK
            position = end
        return _window(masked.rstrip(), min(caret, len(masked)))


def _window(line: str, caret: int) -> tuple[str, int]:
    """Cut a long line around a column."""
    if len(line) <= WIDTH:
        return line, caret
    first = max(0, min(caret - WIDTH // 2, len(line) - WIDTH))
    return ("…" if first else "") + line[first : first + WIDTH], caret - first + (1 if first else 0)

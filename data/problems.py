"""Problems found in an input file: all of them at once, each with its place."""

from dataclasses import dataclass

from nido.data.lingua import text

EXIT_INVALID_INPUT = 3


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with an input file.

    Attributes
    ----------
    file
        File name as the user gave it.
    line, column
        Position, both counted from 1; 0 when the problem belongs to the whole file or line.
    where
        Name of the field, row or column, never a list position.
    message
        What is wrong and what is allowed. Never holds the value of a reserved field.
    hint
        Optional suggestion, shown on its own line.
    excerpt
        Optional lines of the file around the position, with a caret (see `caret_excerpt`).
    cell
        Place in a workbook (``Bambini!C7``), shown instead of line and column, which then only give an order.
    """

    file: str
    line: int
    column: int
    where: str
    message: str
    hint: str = ""
    excerpt: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(number) for number in (self.line, self.column) if number > 0)])
        if self.cell:
            place = f"{self.file}: {self.cell}"
        return f"{place}: {self.where}: {self.message}" if self.where else f"{place}: {self.message}"


class NidoError(Exception):
    """Base of every error that nido reports to its user without a traceback.

    Attributes
    ----------
    exit_code
        Exit code of the command that ends with this error.
    """

    exit_code: int = 1


class InputError(NidoError):
    """An input file is not valid; holds every problem found in it.

    Parameters
    ----------
    problems
        One or more problems, in the order of the file.

    Raises
    ------
    ValueError
        If `problems` is empty: an error with nothing wrong would hide a programming mistake.
    """

    exit_code: int = EXIT_INVALID_INPUT

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        if not problems:
            raise ValueError("InputError needs at least one problem")
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        # Errors cross the border of the solver's child process; Exception alone would replay the joined text.
        return (type(self), (self.problems,))


def render(problem: Problem) -> str:
    """Write one problem for a reader: position and message, then excerpt and hint.

    Parameters
    ----------
    problem
        The problem to show.

    Returns
    -------
    str
        One or more lines, with no line end after the last.
    """
    lines = [str(problem)]
    if problem.excerpt:
        lines.append(problem.excerpt.rstrip("\n"))
    if problem.hint:
        lines.append(text("  suggerimento: {hint}", "  hint: {hint}", hint=problem.hint))
    return "\n".join(lines)


def caret_excerpt(source: str, line: int, column: int, around: int = 1) -> str:
    """Cut the lines around a position and mark the position with a caret.

    Parameters
    ----------
    source
        Whole text of the file.
    line, column
        Position counted from 1; a column below 1 leaves the caret out.
    around
        Lines to show before and after (default 1: three lines in all).

    Returns
    -------
    str
        Numbered lines, the caret under the marked one; empty when the line does not exist.
    """
    lines = source.splitlines()
    if not 1 <= line <= len(lines):
        return ""
    first, last = max(1, line - around), min(len(lines), line + around)
    width = len(str(last))
    shown: list[str] = []
    for number in range(first, last + 1):
        content = lines[number - 1].replace("\t", " ")
        shown.append(f"  {number:>{width}} | {content}".rstrip())
        if number == line and column >= 1:
            shown.append(f"  {'':>{width}} | {'':>{column - 1}}^")
    return "\n".join(shown)

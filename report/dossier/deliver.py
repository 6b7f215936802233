"""``nido accordi``: read a result, have it checked, make the documents, write them all or none."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nido.accordi.risultato.documento import Document, Finding
from nido.accordi.sharing.rows import Shares
from nido.accordi.sharing.shares import ShareOptions, shares_of
from nido.accordi.sharing.solving import Step
from nido.data.lingua import text
from nido.data.problems import InputError, Problem
from nido.data.system_errors import reason
from nido.report import files
from nido.report.cache_folder import CacheFolder, cache_folder
from nido.report.dossier.build import Wanted, dossier, work_out
from nido.report.dossier.earlier import read_folder, read_published
from nido.report.dossier.names import Ours
from nido.report.dossier.second import Second, of_result
from nido.report.dossier.standard import standard_beside
from nido.report.privacy.published import Publication
from nido.report.saved import of_another_scenario, read_result, read_scenario, refuse_without_plan
from nido.report.sections_clausole import render_agreements
from nido.report.sections_shares import shares_report, step_words
from nido.report.word.modello import template
from nido.report.word.rendering import check_template
from nido.scenari.load import Loaded

MOST_TEMPLATE_BYTES = 20 * 1024 * 1024

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What `nido accordi` was asked."""

    file: Path
    out: Path
    scenario: Path | None
    template: Path | None
    published: tuple[Path, ...]
    threshold: int
    no_shares: bool
    force: bool
    quiet: bool
    width: int | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written.

    Attributes
    ----------
    files
        Places of the documents in the folder; none when something was found.
    found
        What the checker does not confirm.
    agreements
        The simulated agreements; None when the result itself is refused.
    shares
        Fair shares of the cost, where they were asked for.
    """

    files: tuple[str, ...]
    found: tuple[Finding, ...]
    agreements: Document | None
    shares: Shares | None


def deliver(asked: Asked, tell: Tell) -> Delivered:
    """Make every document of a saved result and write them.

    Parameters
    ----------
    asked
        Result, folder and options.
    tell
        Hears what is being done.

    Returns
    -------
    Delivered
        What was written.

    Raises
    ------
    NidoError
        If the result, the scenario or the template cannot be used, the folder may not be replaced, a solver
        fails, or writing fails; what was in the folder is then as it was.
    """
    files.check_folder(asked.out, Ours(), force=asked.force)
    document = read_result(asked.file)
    loaded = read_scenario(asked.file, asked.scenario, document)
    read = [asked.file, *(Path(name) for name in loaded.files)]
    read += [path for path in asked.published if not path.is_dir()]
    files.check_spared(asked.out, [path for path in (*read, asked.scenario, asked.template) if path])
    own = None if asked.template is None else _read(asked.template)
    if own is not None:
        check_template(own, str(asked.template))
    with Second(loaded.scenario, loaded.travel_matrix) as second:
        return _delivered(asked, loaded, document, own, second, tell)


def _delivered(
    asked: Asked, loaded: Loaded, document: Document, template: bytes | None, second: Second, tell: Tell
) -> Delivered:
    """Make the documents and write them, once the checks beside have confirmed what they say."""

    def step(words: str) -> None:
        tell(f"{words}...")

    foreign = of_another_scenario(document, loaded)
    if foreign:
        return Delivered((), foreign, None, None)
    confirmed = second.ask(of_result, document)
    try:
        refuse_without_plan(asked.file, document)
        standard = standard_beside(asked.file, loaded, second)
        worked = work_out(loaded, document, second, step)
    except Exception:
        # What is made of a result that does not hold may break anywhere: the reason is worth more.
        if found := confirmed():
            return Delivered((), found, None, None)
        raise
    found = (*confirmed(), *standard.confirmed())
    if found:
        return Delivered((), found, None, None)
    earlier, refused = _earlier(asked)
    if refused:
        return Delivered((), refused, None, None)
    shares = None if asked.no_shares else _shares(loaded, document, tell)
    name = "" if asked.template is None else str(asked.template)
    wanted = Wanted(asked.threshold, shares, template, name, earlier, standard.comparison)
    made = dossier(loaded, document, wanted, worked, second, step)
    if not made.found:
        files.write_folder(asked.out, made.files, force=asked.force, ours=Ours())
    return Delivered(tuple(made.files), made.found, made.agreements, shares)


def shown(made: Delivered, width: int) -> str:
    """Write what the screen shows: clauses and cases, then the fair shares, where they were asked for."""
    blocks = [] if made.agreements is None else [render_agreements(made.agreements, width=width)]
    blocks += [] if made.shares is None else [shares_report(made.shares, width=width)]
    return "\n".join(blocks)


def write_template(path: Path, *, force: bool) -> None:
    """Write the Word template that comes with nido.

    Raises
    ------
    OutputError
        If the file exists and `force` is false, or it cannot be written.
    """
    files.check_file(path, force=force)
    files.write_file(path, template())


def _earlier(asked: Asked) -> tuple[tuple[Publication, ...], tuple[Finding, ...]]:
    """Read what was delivered before: in the folder that is replaced, and as it was named."""
    deliveries = list(read_folder(asked.out, needed=False))
    found: list[Finding] = []
    for path in asked.published:
        known, refused = read_published(path, asked.threshold)
        deliveries += known
        found += refused
    return tuple(deliveries), tuple(found)


def _shares(loaded: Loaded, document: Document, tell: Tell) -> Shares:
    def heard(step: Step) -> None:
        tell(step_words(step))

    return shares_of(loaded, document, ShareOptions(), CacheFolder(cache_folder()), heard)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_TEMPLATE_BYTES + 1)
    except OSError as error:
        message = text("non si può leggere: {reason}", "cannot be read: {reason}", reason=reason(error))
        raise InputError([Problem(str(path), 0, 0, "", message)]) from None
    if len(content) > MOST_TEMPLATE_BYTES:
        raise InputError([Problem(str(path), 0, 0, "", text("è troppo grande", "is too large"))])
    return content

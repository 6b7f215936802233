"""The page: one view in, one HTML file out."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import jinja2
from markupsafe import Markup

from nido.data.lingua import language, text
from nido.report.drawings import palette
from nido.report.drawings.svg import clean
from nido.report.html import cells
from nido.report.html.blocks import Section
from nido.report.html.context import context_of
from nido.report.html.sections import SECTIONS
from nido.report.numbers_local import day
from nido.report.privacy.view import View

TEMPLATES = ("page.html", "blocks.html", "style.css")


def page_for(view: View, further: Iterable[Section] = ()) -> bytes:
    """Write the report of one audience.

    Parameters
    ----------
    view
        What the audience may see; nothing else is read.
    further
        Sections that other parts of the report made, such as the sharing of costs; the registry of sections
        says where each one stands.

    Returns
    -------
    bytes
        An HTML page in UTF-8 that asks nothing of any host; the same for the same view and language.
    """
    context = context_of(view, {one.key: one for one in further})
    sections = [one for build in SECTIONS if (one := build(context)) is not None]
    written = (
        _environment()
        .get_template("page.html")
        .render(
            language=language(),
            title=view.title,
            kicker=_kicker(view),
            lead=_lead(view),
            synthetic=view.notice,
            sections=sections,
            style=Markup(_style(view)),
            footer=_footer(view),
            words=_words(),
        )
    )
    return clean(written).encode()


def _kicker(view: View) -> str:
    if view.audience == "azienda":
        return text("Per l'azienda {name}", "For the company {name}", name=view.subject_name)
    if view.audience == "gestore":
        return text("Per il gestore {name}", "For the gestore {name}", name=view.subject_name)
    return text("Per il distretto, uso interno", "For the district, internal use")


def _lead(view: View) -> str:
    return text(
        "Posti riservati nei nidi, aperture e chi li paga, dal {first} al {last}.",
        "Places reserved in nurseries, openings and who pays for them, from {first} to {last}.",
        first=day(view.horizon[0]),
        last=day(view.horizon[1]),
    )


def _footer(view: View) -> str:
    return text(
        "Scritto da nido. Propone: non decide chi ha un posto, e non è un parere legale.",
        "Written by nido. It proposes: it does not decide who gets a place, and it is no legal advice.",
    )


def _words() -> Mapping[str, str]:
    """Give the words of the template itself."""
    return {
        "skip": text("Vai al contenuto", "Skip to the content"),
        "contents": text("Contenuto", "Contents"),
        "numbers": text("I numeri", "The numbers"),
        "synthetic": text(
            "La domanda è inventata, per provare: nessun numero riguarda bambini veri.",
            "The demand is invented, to try: no number is about real children.",
        ),
    }


def _style(view: View) -> str:
    """Write the style sheet; what comes from the view is in it only as escaped strings."""
    return (
        _environment()
        .get_template("style.css")
        .render(
            white=palette.WHITE,
            ink=palette.INK,
            soft=palette.SOFT_INK,
            line=palette.LINE,
            paper=palette.PAPER,
            accent=palette.ACCENT,
            warning_ink=palette.WARNING_INK,
            warning_paper=palette.WARNING_PAPER,
            print_title=Markup(css_string(f"{view.title} - {_kicker(view)}")),
            print_synthetic=Markup(css_string(view.notice)),
        )
    )


def css_string(words: str) -> str:
    """Write a text as a CSS string: whatever is no plain letter, digit or space by its number."""
    plain = clean(words)
    return (
        '"'
        + "".join(
            one if one.isascii() and (one.isalnum() or one == " ") else f"\\{ord(one):06x}" for one in plain
        )
        + '"'
    )


@cache
def _environment() -> jinja2.Environment:
    folder = files(__package__) / "templates"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in TEMPLATES}
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(sources), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    # The drawings escape what they are given; they are the only markup that does not come from a template.
    environment.filters["drawn"] = Markup
    environment.filters["body"] = cells.body
    environment.filters["footer"] = cells.footer
    return environment

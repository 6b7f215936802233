"""Section: what the clauses mean for each party, in the least, the expected and the worst case."""

from collections.abc import Iterator, Sequence

from nido.accordi.simulazione.casi import Caso
from nido.data.lingua import language, text
from nido.report.clause_words import clause_words
from nido.report.drawings.figure import Table, number_columns, text_columns
from nido.report.html.blocks import Block, Heading, Listed, Section, Tabled, Words
from nido.report.html.life_blocks import life_blocks
from nido.report.html.sections import PATHS
from nido.report.numbers_local import euro
from nido.report.privacy.life import Life
from nido.report.privacy.view import View
from nido.report.word.articoli import articles
from nido.scenari.accordo_quadro import AccordoQuadro, by_clauses
from nido.scenari.clausole import Clausole


def paths_section(
    view: View,
    framework: AccordoQuadro,
    months: int,
    found: Sequence[Caso],
    names: dict[str, str],
    life: Life | None = None,
) -> Section | None:
    """Write the section for an audience: its own case, or everybody's for the district.

    Parameters
    ----------
    view
        Whom it is for.
    framework
        Clauses and courses of events.
    months
        Months of the life that was simulated.
    found
        The cases of every party.
    names
        Name of every course, by id.
    life
        What the audience may see of the agreements' life; None for the cases alone.

    Returns
    -------
    Section or None
        None where no case concerns the audience.
    """
    shown = [
        one
        for one in found
        if view.audience == "distretto" or (one.ruolo, one.parte) == (view.audience, view.subject)
    ]
    if not shown:
        return None
    blocks: list[Block] = [_intro(months)]
    if view.audience == "azienda" and view.flat:
        blocks.append(Words(_kept(), "note"))
    else:
        blocks.append(Tabled(_table(view, shown, names)))
    if life is not None:
        blocks += life_blocks(view, life)
    for heading, clauses in _clauses(view, framework):
        blocks += [Heading(heading), Listed(clauses)]
    title = text("Nella vita dell'accordo", "Over the life of the agreement")
    return Section(PATHS, title, tuple(blocks))


def _kept() -> str:
    return text(
        "Gli importi non si mostrano: ciò che l'azienda paga dipende anche dalle rette delle famiglie, e con "
        "pochi bambini le farebbe conoscere.",
        "The amounts are not shown: what the company pays depends on the families' fees too, and with few "
        "children would tell them.",
    )


def _intro(months: int) -> Words:
    life = text("1 mese", "1 month") if months == 1 else text("{n} mesi", "{n} months", n=months)
    return Words(
        text(
            "Quanto si paga (i gestori: si incassa) in {life}, al minimo, in media e al massimo, se gli "
            "eventi sono quelli dei percorsi supposti. Il personale e le aperture restano quelli del piano.",
            "What is paid (providers: taken) over {life}, at least, on average and at most, if the events "
            "are those of the supposed courses. Staff and openings stay those of the plan.",
            life=life,
        )
    )


def _table(view: View, shown: Sequence[Caso], names: dict[str, str]) -> Table:
    parties = {one.id: one.nome for one in view.companies} | {one.id: one.nome for one in view.providers}
    rows = tuple(
        (
            parties.get(one.parte, one.parte),
            _role(one),
            euro(one.minimo_cent),
            names.get(one.minimo_percorso, one.minimo_percorso),
            euro(one.atteso_cent),
            euro(one.massimo_cent),
            names.get(one.massimo_percorso, one.massimo_percorso),
        )
        for one in shown
    )
    (least, mean, most) = number_columns(
        [text("minimo EUR", "least EUR"), text("atteso EUR", "expected EUR"), text("massimo EUR", "most EUR")]
    )
    (party, role, when, then) = text_columns(
        [text("parte", "party"), "", text("quando", "when"), text("quando", "when")]
    )
    caption = text("Minimo, atteso e massimo", "Least, expected and most")
    return Table(caption, (party, role, least, when, mean, most, then), rows)


def _role(one: Caso) -> str:
    return text("incassa", "takes") if one.ruolo == "gestore" else text("paga", "pays")


def _clauses(view: View, framework: AccordoQuadro) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the clauses in words, once for all pairs of company and provider that share them."""
    companies = {one.id: one.nome for one in view.companies}
    providers = {one.id: one.nome for one in view.providers}

    def named(azienda: str, gestore: str) -> str:
        company = companies.get(azienda, azienda) if view.audience != "azienda" else ""
        provider = providers.get(gestore, gestore) if view.audience != "gestore" else ""
        return " – ".join(name for name in (company, provider) if name)

    signed = dict.fromkeys((row.azienda, row.gestore) for row in view.agreements)
    groups = by_clauses(framework, signed)
    for agreed, pairs in groups:
        written = _written(agreed)
        if written:
            heading = text("Clausole", "Clauses")
            names = ", ".join(dict.fromkeys(named(*pair) for pair in pairs))
            yield heading if len(groups) == 1 else f"{heading}: {names}", written


def _written(agreed: Clausole) -> tuple[str, ...]:
    """Give the contract's own wording, which is Italian; a reader of English gets a sentence for each."""
    if language() == "it":
        return tuple(f"{one.titolo}. {' '.join(one.commi)}" for one in articles(agreed, 1))
    named = {nome: getattr(agreed, nome) for nome in type(agreed).model_fields}
    return tuple(
        clause_words(nome, clause.model_dump(mode="json"))
        for nome, clause in named.items()
        if clause is not None
    )

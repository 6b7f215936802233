"""What every section of the page is written from: the view of one audience, and names for its ids."""

from collections.abc import Mapping
from dataclasses import dataclass

from nido.report.html.blocks import Section
from nido.report.privacy.view import View


@dataclass(frozen=True, slots=True)
class Context:
    """A view with its look-ups.

    Attributes
    ----------
    view
        Everything that the audience may see; a section reads nothing else.
    companies, providers, seasons
        Names by id, in the order of the view.
    further
        Sections made by other parts of the report, by key, put where the registry places them.
    """

    view: View
    companies: Mapping[str, str]
    providers: Mapping[str, str]
    seasons: Mapping[str, str]
    further: Mapping[str, Section]

    def company(self, azienda: str) -> str:
        """Name a company."""
        return self.companies.get(azienda, azienda)

    def provider(self, gestore: str) -> str:
        """Name a provider."""
        return self.providers.get(gestore, gestore)

    def season(self, stagione: str) -> str:
        """Name a season."""
        return self.seasons.get(stagione, stagione)


def context_of(view: View, further: Mapping[str, Section]) -> Context:
    """Prepare the look-ups of a view."""
    return Context(
        view,
        {one.id: one.nome for one in view.companies},
        {one.id: one.nome for one in view.providers},
        {one.id: one.nome or one.id for one in view.seasons},
        further,
    )

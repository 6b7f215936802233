"""Where every document stands in the folder, and which names may be replaced."""

import re

from nido.report.privacy.view import View

DISTRICT, COMPANIES, PROVIDERS = "distretto", "aziende", "gestori"
AGREEMENTS_FILE, PUBLISHED_FILE = "accordi.json", "pubblicati.json"
SHARES_FILE, EVIDENCE_FILE = "parti.csv", "evidenza-progetto-8.csv"
PAGE, BOOK, DRAFT = "rapporto.html", "cartella.xlsx", "accordo-quadro.docx"

_SUBJECT = r"(?P<id>[a-z][a-z0-9_]*)"
_DISTRICT_FILE = r"[a-z0-9_-]+\.(html|xlsx|json|csv)"
_OURS = re.compile(
    rf"{DISTRICT}/{_DISTRICT_FILE}"
    rf"|{COMPANIES}/{_SUBJECT}/(?P=id)-(rapporto\.html|cartella\.xlsx|accordo-quadro\.docx)"
    rf"|{PROVIDERS}/(?P<gestore>[a-z][a-z0-9_]*)/(?P=gestore)-(rapporto\.html|cartella\.xlsx|[a-z]+\.csv)"
)


class Ours:
    """The names that this program gives to documents, whatever the scenario."""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and _OURS.fullmatch(name) is not None


def place(view: View, name: str) -> str:
    """Give the place of a document of an audience: the file's own name tells whose it is.

    Parameters
    ----------
    view
        Whom it is for.
    name
        `PAGE`, `BOOK`, `DRAFT`, or another file name.
    """
    if view.subject is None:
        return f"{DISTRICT}/{DISTRICT}-{name}"
    group = COMPANIES if view.audience == "azienda" else PROVIDERS
    return f"{group}/{view.subject}/{view.subject}-{name}"

"""Requests one by one, notices and tiers for the district; unverified figures and origin for everybody."""

from nido.report.privacy.audience import extent, sees
from nido.report.privacy.scope import Row, Scope
from nido.report.privacy.view import (
    AssumptionRow,
    EsitoRichiesta,
    NoticeRow,
    Origin,
    ReasonText,
    RequestRow,
    TierRow,
)

# Figures that belong to somebody start with the room and the name of their owner.
OWNED = ("aziende.", "gestori.", "domanda_generata.aziende.")
# What of a gestore a company sees in its contract.
CONTRACT = ("prezzi", "fasce", "vuoto_per_pieno", "posti_minimi_accordo")


def request_rows(scope: Scope) -> tuple[RequestRow, ...]:
    """List every request with its reasons, by the child's id."""
    if not sees("sigle", scope.audience):
        return ()
    partly = {(row["bambino"], row["stagione"]): row for row in scope.document.get("parziali", ())}
    served = [
        RequestRow(
            bambino=row["bambino"],
            azienda=row["azienda"],
            stagione=row["stagione"],
            gestore=row["gestore"],
            esito=_outcome(row),
            minuti_richiesti=row["minuti_richiesti"],
            minuti_scoperti=row["minuti_scoperti"],
            fasce=tuple(row["fasce"]),
            giorni=row["giorni"],
            deviazione_minuti=row["deviazione_minuti"],
            motivi=_reasons(partly.get((row["bambino"], row["stagione"]), {})),
        )
        for row in scope.document["assegnazioni"]
    ]
    missed = [
        RequestRow(
            bambino=row["bambino"],
            azienda=row["azienda"],
            stagione=row["stagione"],
            gestore=None,
            esito="non_servita",
            minuti_richiesti=row["minuti_riferimento"],
            minuti_scoperti=row["minuti_riferimento"],
            fasce=(),
            giorni=None,
            deviazione_minuti=None,
            motivi=_reasons(row),
        )
        for row in scope.document["non_assegnati"]
    ]
    return (*served, *missed)


def _outcome(row: Row) -> EsitoRichiesta:
    return "parziale" if row["minuti_scoperti"] else "piena"


def _reasons(row: Row) -> tuple[ReasonText, ...]:
    return tuple(
        ReasonText(one["gestore"], one["regola"], one["tipo"], one["dettaglio"])
        for one in row.get("motivi", ())
    )


def tier_rows(scope: Scope) -> tuple[TierRow, ...]:
    """List the objective's tiers."""
    if not sees("avvisi", scope.audience):
        return ()
    return tuple(
        TierRow(
            nome=row["nome"],
            unita=row["unita"],
            verso=row["verso"],
            valore=row["valore_piano"],
            limite=row["limite"],
            gap=row["gap"],
            stato=row["stato"],
        )
        for row in scope.document["obiettivi"]
    )


def notice_rows(scope: Scope) -> tuple[NoticeRow, ...]:
    """List the notices of the result."""
    if not sees("avvisi", scope.audience):
        return ()
    return tuple(NoticeRow(row["regola"], row["dove"], row["dettaglio"]) for row in scope.document["avvisi"])


def assumption_rows(scope: Scope) -> tuple[AssumptionRow, ...]:
    """List the unverified figures: those of nobody, and the audience's own."""
    keys = ("chiave", "valore", "unita", "fonte", "stato", "nota")
    return tuple(
        AssumptionRow(*(row[key] for key in keys))
        for row in scope.document["ipotesi"]
        if extent("ipotesi", scope.audience) == "tutto" or _may_see(scope, row["chiave"])
    )


# What an officer supposes of one company, one provider or one family; the common clauses are everybody's.
_OF_SOMEBODY = ("accordo_quadro.percorsi", "accordo_quadro.eccezioni", "accordo_quadro.firme")


def _may_see(scope: Scope, key: str) -> bool:
    if key.startswith(_OF_SOMEBODY):
        return False
    room = next((start for start in sorted(OWNED, key=len, reverse=True) if key.startswith(start)), None)
    if room is None:
        return True
    owner, _, rest = key.removeprefix(room).partition(".")
    if room == "gestori.":
        if scope.audience == "gestore":
            return owner == scope.subject
        return owner in scope.providers() and rest.startswith(CONTRACT)
    return scope.audience == "azienda" and owner == scope.subject


def origin_of(scope: Scope) -> Origin:
    """Tell where the figures come from; changed values may be those of somebody else."""
    manifest = scope.document["manifesto"]
    whole = extent("manifesto", scope.audience) == "tutto"
    changed = manifest["sostituzioni"] if whole else ()
    return Origin(
        scenario_sha256=manifest["scenario_sha256"] if whole else None,
        seme=manifest["seme"],
        versioni=tuple(manifest["versioni"].items()),
        sostituzioni=tuple(changed),
    )

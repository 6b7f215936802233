"""Report sections: why a scenario has no plan, and what would serve a child that was asked about."""

from collections.abc import Mapping
from typing import Any

from nido.data.lingua import text
from nido.report.copertura import Document
from nido.report.numbers_local import euro_sign, integer
from nido.report.state_words import rule_words
from nido.report.text_table import Lines, section, wrap


def conflicts(document: Document, width: int) -> Lines:
    """Write which requirements cannot hold together, and what would settle each group."""
    found = document.get("conflitti", [])
    if not found:
        return []
    body: Lines = []
    for number in dict.fromkeys(conflict["gruppo"] for conflict in found):
        members = [conflict for conflict in found if conflict["gruppo"] == number]
        body += wrap(_heading(members), width)
        for conflict in members:
            body += wrap(f"- {_requirement(conflict)} ({_place(conflict)})", width, indent="  ")
        remedies = [conflict["rimedio"] for conflict in members if conflict["rimedio"]]
        if remedies:
            body += wrap(text("Basta una di queste modifiche:", "Any one of these changes is enough:"), width)
        for remedy in remedies:
            body += wrap(f"- {remedy}", width, indent="  ")
    if len({conflict["gruppo"] for conflict in found}) > 1:
        body += wrap(text("Ogni gruppo va sciolto.", "Each group must be settled."), width)
    return section(text("Perché non c'è un piano", "Why there is no plan"), body)


def explanations(document: Document, width: int) -> Lines:
    """Write which single changes would serve the child that was asked about, the cheapest first."""
    body: Lines = []
    for found in document.get("spiegazioni", []):
        body += wrap(_asked(found), width)
        for change in found["modifiche"]:
            body += wrap(_change(change), width, indent="  ")
        tried = text(
            "Modifiche provate una alla volta: {count}; nessun altro bambino perde copertura.",
            "Changes tried one at a time: {count}; no other child loses coverage.",
            count=integer(found["provate"]),
        )
        body += wrap(tried, width)
        if not found["completa"]:
            body += wrap(
                text("La ricerca si è fermata prima di finire.", "The search stopped before its end."), width
            )
    return section(text("Che cosa servirebbe", "What it would take"), body) if body else []


def _asked(found: Mapping[str, Any]) -> str:
    names = {"child": found["bambino"], "season": found["stagione"]}
    if not found["modifiche"]:
        return text(
            "{child}, {season}: nessuna singola modifica trovata.",
            "{child}, {season}: no single change found.",
            **names,
        )
    if found["chiesto"] == "posto":
        return text("{child}, {season}, per avere un posto:", "{child}, {season}, to be served:", **names)
    return text(
        "{child}, {season}, per essere coperto del tutto:",
        "{child}, {season}, to be covered in full:",
        **names,
    )


def _change(change: Mapping[str, Any]) -> str:
    cents = change["costo_aggiuntivo_cent"]
    return text(
        "- {change} (a {provider}; costo di produzione {more} {cost})",
        "- {change} (at {provider}; cost of production {more} {cost})",
        change=change["modifica"],
        provider=change["gestore"],
        more=text("più basso di", "lower by") if cents < 0 else text("più alto di", "higher by"),
        cost=euro_sign(abs(cents)),
    )


def _heading(members: list[Mapping[str, Any]]) -> str:
    if len(members) == 1:
        return text("Questo requisito non può valere:", "This requirement cannot hold:")
    return text(
        "Questi {count} requisiti non possono valere insieme:",
        "These {count} requirements cannot hold together:",
        count=len(members),
    )


def _requirement(conflict: Mapping[str, Any]) -> str:
    """Write a requirement with its rule in words, where its own words begin with the rule's code."""
    code, colon, rest = str(conflict["dettaglio"]).partition(": ")
    return f"{rule_words(code)}{colon}{rest}" if code == conflict["regola"] else str(conflict["dettaglio"])


def _place(conflict: Mapping[str, Any]) -> str:
    if conflict["riga"] is None:
        return str(conflict["dove"])
    return f"{conflict['dove']}, {conflict['file']}:{conflict['riga']}:{conflict['colonna']}"

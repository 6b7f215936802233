"""What the codes of a result mean, in words: its states, the rules, the payers."""

from nido.data.lingua import text

WITHOUT_PLAN = frozenset({"infattibile", "nessuna_soluzione"})
COMPANY = "azienda:"


def stato_words(stato: str) -> str:
    """Say what the state of a result means."""
    words = {
        "ottimo": text("ottimo, dimostrato", "optimal, proven"),
        "entro_gap": text("entro il gap chiesto", "within the gap asked for"),
        "interrotto": text("interrotto: il piano migliore trovato", "stopped: the best plan found"),
        "infattibile": text(
            "infattibile: nessun piano rispetta tutte le regole", "infeasible: no plan keeps all rules"
        ),
        "nessuna_soluzione": text("nessun piano trovato entro il limite", "no plan found within the limit"),
    }
    return words[stato]


def rule_words(regola: str) -> str:
    """Name a rule as a reader would; a rule without words here keeps its code."""
    words = {
        "idoneita": text("distanza o requisiti", "distance or requirements"),
        "orari": text("orario", "hours"),
        "attivazione": text("bambini minimi della fascia", "fewest children of a fascia"),
        "capienza": text("posti", "places"),
        "posti_riservati": text("posti riservati", "reserved places"),
        "residenti": text("quota dei non residenti", "share of non-residents"),
        "budget": text("budget", "budget"),
        "priorita": text("precedenza per classi", "precedence by class"),
        "continuita": text("stesso gestore fra le stagioni", "same gestore from season to season"),
        "fratelli": text("fratelli insieme", "siblings together"),
        "fissati": text("assegnazioni già decise", "assignments already decided"),
        "rapporto": text("bambini per educatrice", "children per educator"),
        "ore_bambino": text("ore al giorno di un bambino", "hours a day of a child"),
        "ore_sede": text("ore di apertura al giorno", "opening hours a day"),
        "pagatori": text("chi paga", "who pays"),
    }
    return words.get(regola, regola)


def payer_words(pagatore: str) -> str:
    """Name a payer as a reader would: the companies without the colon, and what nobody pays."""
    if pagatore.startswith(COMPANY):
        return text("azienda {name}", "company {name}", name=pagatore.removeprefix(COMPANY))
    return text("scoperto (nessuno paga)", "unpaid (no payer)") if pagatore == "scoperto" else pagatore

"""What the states of a result mean, in words."""

from nido.data.lingua import text

WITHOUT_PLAN = frozenset({"infattibile", "nessuna_soluzione"})


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

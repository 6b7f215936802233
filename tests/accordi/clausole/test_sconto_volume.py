"""sconto_volume: a discount that grows with the reserved places."""

from accordi_finti import due, plan_of, play

STEPS = [{"posti": 2, "sconto": 0.05}, {"posti": 4, "sconto": 0.1}]
CHILDREN = {
    "A1": ("girasole", "giorno"),
    "A2": ("girasole", "giorno"),
    "A3": ("papavero", "giorno"),
    "B1": ("papavero", "giorno"),
}


def places_of(conta: str, gestore: str, posti: dict[tuple[str, str], int] | None = None) -> int:
    """Give what alfa's places at a provider cost in September."""
    terms = {"clausole": {"sconto_volume": {"conta": conta, "scaglioni": STEPS}}}
    return due(play(plan_of(CHILDREN, posti, terms)), "posto", gestore=gestore)["2026-09"]


def test_by_agreement() -> None:
    """Two places at girasole: 5 % off, 2 x 760.00; one at papavero: nothing off."""
    assert (places_of("accordo", "girasole"), places_of("accordo", "papavero")) == (1_520_00, 800_00)


def test_by_company() -> None:
    """Three places of alfa in all: 5 % everywhere."""
    assert (places_of("azienda", "girasole"), places_of("azienda", "papavero")) == (1_520_00, 760_00)


def test_by_provider() -> None:
    """At papavero alfa has one and beta three: four, 10 %."""
    assert places_of("gestore", "papavero", {("beta", "papavero"): 3}) == 720_00


def test_empty_places_are_discounted_too() -> None:
    """Three places, two used: 2 x 760.00, and 760.00 / 2 = 380.00 for the empty one."""
    terms = {"clausole": {"sconto_volume": {"scaglioni": STEPS}}}
    corsa = play(plan_of({"A1": ("girasole", "giorno")}, {("alfa", "girasole"): 2}, terms))
    assert due(corsa, "vuoto")["2026-09"] == 380_00

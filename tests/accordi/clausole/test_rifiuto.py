"""rifiuto: a family that declines too often goes to the end of the list."""

from accordi_finti import months_of, plan_of, play

PAIR = {"azienda": "alfa", "gestore": "girasole"}
CHILDREN = {"A1": ("girasole", "giorno")}
WAIT = {"posto_nuovo": {"modo": "prioritario"}}
ENTER = [{"tipo": "entra", "mese": "2026-10", "bambino": name, **PAIR, "come": "A1"} for name in ("A8", "A9")]
LEAVES = {"tipo": "esce", "mese": "2026-11", "bambino": "A1"}


def admitted(clauses: dict[str, object], *declining: str) -> list[tuple[str, ...]]:
    """Give who is admitted month by month when A8 declines in some months; A1 leaves in November."""
    events = [*ENTER, LEAVES, *({"tipo": "rifiuta", "mese": month, "bambino": "A8"} for month in declining)]
    events.sort(key=lambda event: str(event["mese"]))
    corsa = play(plan_of(CHILDREN, None, {"clausole": WAIT | clauses}), *events)
    return [month.ammessi for month in months_of(corsa).values()][1:5]


def test_who_declines_lets_the_next_one_in() -> None:
    """October: A1. From November A9, since A8 declined."""
    assert admitted({}, "2026-11") == [("A1",), ("A9",), ("A9",), ("A9",)]


def test_who_declines_nothing_is_first() -> None:
    """A8 stands before A9; declining in October, when nothing is offered, changes nothing."""
    assert admitted({}, "2026-10") == [("A1",), ("A8",), ("A8",), ("A8",)]


def test_who_was_admitted_cannot_decline() -> None:
    """In December A8 has the place already."""
    assert admitted({}, "2026-12") == [("A1",), ("A8",), ("A8",), ("A8",)]


def test_after_too_many_the_end_of_the_list() -> None:
    """A8 declines once of once: when A9 leaves in January, A7, entered in December, comes before A8."""
    later = [
        {"tipo": "rifiuta", "mese": "2026-11", "bambino": "A8"},
        {"tipo": "entra", "mese": "2026-10", "bambino": "A7", **PAIR, "come": "A1"},
        {"tipo": "esce", "mese": "2027-01", "bambino": "A9"},
    ]
    events = sorted([*ENTER, LEAVES, *later], key=lambda event: str(event["mese"]))
    found = {}
    for clauses in (WAIT, WAIT | {"rifiuto": {"massimo": 1}}):
        corsa = play(plan_of(CHILDREN, None, {"clausole": clauses}), *events)
        found["rifiuto" in clauses] = months_of(corsa)["2027-01"].ammessi
    # Without the clause A8 keeps its place before A7; with it A7 comes first.
    assert found == {False: ("A8",), True: ("A7",)}


def test_who_declines_is_no_guest_that_month_and_who_was_offered_nothing_may_be() -> None:
    """Papavero lends a place: A8 is a guest in October, nothing being offered, and not when it declines."""
    children = {"A1": ("girasole", "giorno"), "A3": ("papavero", "giorno")}
    terms = {"clausole": WAIT | {"trasferimento": {"tra_gestori": True}}}
    events = [
        ENTER[0],
        {"tipo": "rifiuta", "mese": "2026-10", "bambino": "A8"},
        LEAVES,
        {"tipo": "rifiuta", "mese": "2026-11", "bambino": "A8"},
    ]
    found = months_of(play(plan_of(children, {("alfa", "papavero"): 2}, terms), *events))
    guests = [[guest.bambino for guest in found[month].ospiti] for month in ("2026-10", "2026-11")]
    assert guests == [["A8"], []]
    assert found["2026-12"].ammessi == ("A8",)

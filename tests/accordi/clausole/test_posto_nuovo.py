"""posto_nuovo: a further place for a further child, or the first one that is free."""

from accordi_finti import due, months_of, plan_of, play

PAIR = {"azienda": "alfa", "gestore": "girasole"}
ENTERS = {"tipo": "entra", "mese": "2026-11", "bambino": "A9", **PAIR, "come": "A1"}
CHILD = {"A1": ("girasole", "giorno")}


def test_a_guaranteed_place_is_reserved() -> None:
    """One place in September and October, two from November."""
    corsa = play(plan_of(CHILD, None, {"clausole": {"posto_nuovo": {}}}), ENTERS)
    assert [month.riservati for month in months_of(corsa).values()] == [1, 1] + [2] * 10
    assert due(corsa, "posto")["2026-11"] == 2 * 800_00


def test_a_child_with_priority_waits() -> None:
    """Ten months of waiting, nothing reserved."""
    corsa = play(plan_of(CHILD, None, {"clausole": {"posto_nuovo": {"modo": "prioritario"}}}), ENTERS)
    assert corsa.mesi_attesa == 10
    assert {month.riservati for month in months_of(corsa).values()} == {1}


def test_opposite_shifts_need_no_further_place() -> None:
    """A child of the evening beside one of the morning."""
    shifts = {"A1": ("girasole", "mattina"), "B1": ("girasole", "sera")}
    corsa = play(plan_of(shifts, None, {"clausole": {"posto_nuovo": {}}}), ENTERS | {"come": "B1"})
    found = months_of(corsa)["2026-11"]
    assert (found.riservati, found.usati, found.ammessi) == (1, 1, ("A1", "A9"))


def test_no_place_is_reserved_beyond_those_offered() -> None:
    """Girasole offers six: beta has five of them, and nobody can have the seventh."""
    children = {"A1": ("girasole", "giorno"), "B1": ("girasole", "giorno")}
    corsa = play(plan_of(children, {("beta", "girasole"): 5}), ENTERS)
    assert months_of(corsa)["2026-11"].in_attesa == ("A9",)


def test_places_added_in_autumn_may_not_fit_in_summer() -> None:
    """Six offered, four in summer: of alfa's two only that of the plan is left, beside beta's three."""
    children = {"A1": ("girasole", "giorno"), "B1": ("girasole", "giorno")}
    providers = plan_of(children).scenario.model_dump(mode="json")["gestori"]
    providers[0]["posti_stagione"] = {"estate": 4}
    corsa = play(plan_of(children, {("beta", "girasole"): 3}, {"durata_mesi": 14}, gestori=providers), ENTERS)
    reserved = {month: found.riservati for month, found in months_of(corsa).items()}
    assert [reserved[month] for month in ("2027-06", "2027-07", "2027-08", "2027-09")] == [2, 1, 1, 2]

"""The rule `orari`: just satisfied and just violated."""

from casi_verifica import bambino, broken, case_of, finestra, gestore, plan_of


def test_smallest_part_of_the_window() -> None:
    """Opening at 08:00 covers 8 of 10 hours from 06:00, 80 %; of 10.5 hours from 05:30 only 76 %."""
    enough = case_of(bambino("B1", "06:00-16:00"))
    short = case_of(bambino("B1", "05:30-16:00"))
    assert broken(plan_of(enough, {"B1": "uno"})) == []
    assert broken(plan_of(short, {"B1": "uno"})) == ["orari"]


def test_the_minimum_is_rounded_up_to_a_minute() -> None:
    """A third of 22 x 180 = 3,960 minutes, 0.3334, is 1,320.26: 1,321 are needed, and 1,320 are covered."""
    windows = [finestra("07:00-10:00")]
    provider = gestore(base={"giorni": "lun-ven", "orario": "09:00-10:00"})
    for share, kept in (("0.3333", True), ("0.3334", False)):
        case = case_of(
            bambino("B1", finestre=windows),
            gestori=[provider],
            regole={"orari": {"copertura_minima": share}},
        )
        assert broken(plan_of(case, {"B1": "uno"})) == ([] if kept else ["orari"])


def test_off_leaves_only_presence() -> None:
    """With the rule off a tenth of the window is enough, but somebody served must be present once."""
    off = {"orari": {"attiva": False}}
    assert broken(plan_of(case_of(bambino("B1", "06:00-08:30"), regole=off), {"B1": "uno"})) == []
    never = case_of(bambino("B1", "06:00-08:00"), regole=off)
    assert broken(plan_of(never, {"B1": "uno"})) == ["decisioni"]


def test_a_share_of_zero_still_asks_for_presence() -> None:
    """With a minimum of 0 % a child that is never covered breaks the rule."""
    case = case_of(bambino("B1", "06:00-08:00"), regole={"orari": {"copertura_minima": 0}})
    assert broken(plan_of(case, {"B1": "uno"})) == ["decisioni", "orari"]

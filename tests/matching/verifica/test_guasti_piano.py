"""Corrupted plans: assignments, openings, staff, agreements, capacity."""

import pytest
from documenti_verifica import Corruptions, Document, correct_document, district, refused

CORRUPTIONS = Corruptions()
corruption = CORRUPTIONS.register


@corruption("accordi:alfa/tata/autunno")
def moved_child(document: Document) -> None:
    """Move a child to another provider."""
    document["assegnazioni"][1]["gestore"] = "tata"


@corruption("non_assegnati:")
def dropped_child(document: Document) -> None:
    """Leave a served child out."""
    document["assegnazioni"].pop(1)


@corruption("non_assegnati:")
def lost_request(document: Document) -> None:
    """Leave out a request that is not served."""
    document["non_assegnati"].clear()


@corruption("forma:assegnazioni[3]")
def child_twice(document: Document) -> None:
    """Serve a child twice in a stagione."""
    document["assegnazioni"].append({**document["assegnazioni"][0], "gestore": "tata", "fasce": []})


@corruption("non_assegnati:")
def served_and_not_served(document: Document) -> None:
    """List a served child as not served too."""
    document["non_assegnati"].append(
        {**document["non_assegnati"][0], "bambino": "B1", "azienda": "alfa", "minuti_riferimento": 43 * 330}
    )


@corruption("non_assegnati:")
def not_served_twice(document: Document) -> None:
    """List a request twice."""
    document["non_assegnati"] *= 2


@corruption("forma:assegnazioni[0]")
def unknown_child(document: Document) -> None:
    """Name a child that does not exist."""
    document["assegnazioni"][0]["bambino"] = "B99"


@corruption("forma:assegnazioni[0]")
def other_company(document: Document) -> None:
    """Give a child to another company."""
    document["assegnazioni"][0]["azienda"] = "beta"


@corruption("forma:assegnazioni[0]")
def unknown_provider(document: Document) -> None:
    """Name a provider that does not exist."""
    document["assegnazioni"][0]["gestore"] = "altrove"


@corruption("forma:non_assegnati[0]")
def unknown_season(document: Document) -> None:
    """Name a stagione that does not exist."""
    document["non_assegnati"][0]["stagione"] = "inverno"


@corruption("assegnazioni:B1/uno/autunno/minuti_richiesti")
def minutes_off(document: Document) -> None:
    """State a quarter of an hour too much."""
    document["assegnazioni"][0]["minuti_richiesti"] += 15


@corruption("assegnazioni:B3/tata/autunno/minuti_scoperti")
def uncovered_hidden(document: Document) -> None:
    """Hide uncovered minutes."""
    document["assegnazioni"][2]["minuti_scoperti"] = 0


@corruption("assegnazioni:B1/uno/autunno/giorni")
def days_off(document: Document) -> None:
    """State a day too many."""
    document["assegnazioni"][0]["giorni"] += 1


@corruption("assegnazioni:B1/uno/autunno/giorni_mese")
def days_of_a_month_off(document: Document) -> None:
    """Move a day to no month at all."""
    days = document["assegnazioni"][0]["giorni_mese"]
    days[min(days)] -= 1


@corruption("assegnazioni:B1/uno/autunno/giorni_pasto")
def meals_off(document: Document) -> None:
    """State a meal too few."""
    document["assegnazioni"][0]["giorni_pasto"] -= 1


@corruption("assegnazioni:B1/uno/autunno/deviazione_minuti")
def detour_off(document: Document) -> None:
    """State a longer detour."""
    document["assegnazioni"][0]["deviazione_minuti"] += 1


@corruption("assegnazioni:B2/uno/autunno/mesi")
def month_added(document: Document) -> None:
    """State a month after the exit."""
    document["assegnazioni"][1]["mesi"].append("2026-11")


@corruption("assegnazioni:B1/uno/autunno/mesi_fascia")
def fascia_month_dropped(document: Document) -> None:
    """Drop a month of a fascia."""
    document["assegnazioni"][0]["mesi_fascia"]["anticipo"].pop()


@corruption("non_assegnati:B4/autunno/minuti_riferimento")
def reference_off(document: Document) -> None:
    """State other minutes for who is not served."""
    document["non_assegnati"][0]["minuti_riferimento"] += 30


@corruption("decisioni:B1/anticipo/autunno")
def opening_dropped(document: Document) -> None:
    """Close a fascia that a child has booked."""
    document["aperture"].clear()


@corruption("forma:aperture[0]")
def opening_shifted(document: Document) -> None:
    """Open the fascia at another provider."""
    document["aperture"][0]["gestore"] = "tata"


@corruption("forma:aperture[1]")
def opening_twice(document: Document) -> None:
    """Open a fascia twice."""
    document["aperture"].append(dict(document["aperture"][0]))


@corruption("decisioni:uno/anticipo/autunno")
def opening_for_nobody(document: Document) -> None:
    """Open a fascia that nobody books any more."""
    document["assegnazioni"][0].update(fasce=[], mesi_fascia={})


@corruption("decisioni:B2/anticipo/autunno")
def useless_booking(document: Document) -> None:
    """Book a fascia that the window never touches."""
    document["assegnazioni"][1].update(fasce=["anticipo"], mesi_fascia={"anticipo": ["2026-10"]})


@corruption("forma:assegnazioni[1]")
def fascia_of_nobody(document: Document) -> None:
    """Book a fascia that the provider does not have."""
    document["assegnazioni"][1]["fasce"] = ["notte"]


@corruption("aperture:uno/anticipo/autunno/bambini")
def bookings_off(document: Document) -> None:
    """Count one child more in a fascia."""
    document["aperture"][0]["bambini"] += 1


@corruption("aperture:uno/anticipo/autunno/giorni")
def opening_days_off(document: Document) -> None:
    """Count one day fewer of a fascia."""
    document["aperture"][0]["giorni"] -= 1


@corruption("aperture:uno/anticipo/autunno/costo_cent")
def opening_cost_off(document: Document) -> None:
    """State a fascia one cent cheaper."""
    document["aperture"][0]["costo_cent"] -= 1


@corruption("aperture:uno/anticipo/autunno/bambini_pareggio")
def break_even_off(document: Document) -> None:
    """State one child fewer to break even."""
    document["aperture"][0]["bambini_pareggio"] -= 1


@corruption("aperture:uno/anticipo/autunno/bambini_pareggio")
def break_even_hidden(document: Document) -> None:
    """State that a fascia with a price never breaks even."""
    document["aperture"][0]["bambini_pareggio"] = None


@corruption("rapporto:uno/autunno/base")
def educator_dropped(document: Document) -> None:
    """Drop an educator."""
    document["personale"] = [
        row for row in document["personale"] if (row["fascia"], row["banda"]) != ("base", "grandi")
    ]


@corruption("rapporto:uno/autunno/anticipo")
def educator_leaves_early(document: Document) -> None:
    """Let an educator leave half an hour early."""
    next(row for row in document["personale"] if row["fascia"] == "anticipo")["fine"] = "07:30"


@corruption("personale:uno/autunno/base")
def educator_added(document: Document) -> None:
    """Add an educator beyond the smallest staff."""
    next(row for row in document["personale"] if row["fascia"] == "base")["educatrici"] += 1


@corruption("personale:uno/autunno/base")
def educator_of_another_band(document: Document) -> None:
    """Move the educator that completes the minimum to another band."""
    rows = [row for row in document["personale"] if row["fascia"] == "base"]
    small = next(row for row in rows if row["banda"] == "piccoli")
    document["personale"].remove(small)
    next(row for row in rows if row["banda"] == "grandi")["educatrici"] += 1


@corruption("forma:personale")
def staff_twice(document: Document) -> None:
    """Repeat a row of staff."""
    document["personale"].append(dict(document["personale"][0]))


@corruption("forma:personale[0]")
def staff_off_the_grid(document: Document) -> None:
    """Begin a row of staff off the grid."""
    document["personale"][0]["inizio"] = "08:10"


@corruption("personale:personale[0]/esistenti")
def existing_off(document: Document) -> None:
    """State other educators already in service."""
    document["personale"][0]["esistenti"] += 1


@corruption("personale:personale[0]/giorni")
def staff_days_off(document: Document) -> None:
    """State other days of staff."""
    document["personale"][0]["giorni"] += 1


@corruption("posti_riservati:alfa/uno/autunno")
def place_missing(document: Document) -> None:
    """Reserve one place too few."""
    document["accordi"][0]["posti"] -= 1


@corruption("accordi:alfa/uno/autunno/posti")
def place_added(document: Document) -> None:
    """Reserve one place too many."""
    document["accordi"][0]["posti"] += 1


@corruption("accordi:alfa/uno/autunno/usati_mese")
def use_off(document: Document) -> None:
    """State more places used in a month."""
    document["accordi"][0]["usati_mese"]["2026-11"] = 2


@corruption("accordi:alfa/uno/autunno/costo_annuo_cent")
def agreement_cost_off(document: Document) -> None:
    """State an agreement one cent dearer."""
    document["accordi"][0]["costo_annuo_cent"] += 1


@corruption("accordi:beta/tata/autunno")
def agreement_dropped(document: Document) -> None:
    """Leave out an agreement."""
    document["accordi"].pop()


@corruption("accordi:beta/uno/autunno")
def agreement_for_nobody(document: Document) -> None:
    """Add an agreement with no child."""
    document["accordi"].append({**document["accordi"][1], "gestore": "uno"})


@corruption("capienza:uno/autunno/presenti_massimi")
def capacity_off(document: Document) -> None:
    """State one present fewer."""
    document["capienza"][0]["presenti_massimi"] -= 1


@corruption("capienza:tata/autunno")
def capacity_dropped(document: Document) -> None:
    """Leave out a provider."""
    document["capienza"].pop()


@corruption("forma:personale[0]")
def staff_for_no_time(document: Document) -> None:
    """End a row of staff when it begins."""
    document["personale"][0]["fine"] = document["personale"][0]["inizio"]


@corruption("personale:tata/autunno/base")
def staff_of_a_tagesmutter(document: Document) -> None:
    """Add staff to a provider that is paid by the child-hour."""
    document["personale"].append({**document["personale"][0], "gestore": "tata", "esistenti": 0})


@corruption("forma:personale[0]")
def unknown_band(document: Document) -> None:
    """Name an age band that the profile does not have."""
    document["personale"][0]["banda"] = "medi"


@corruption("forma:accordi[2]")
def agreement_twice(document: Document) -> None:
    """Repeat an agreement."""
    document["accordi"].append(dict(document["accordi"][0]))


@corruption("capienza:capienza[2]")
def capacity_twice(document: Document) -> None:
    """Repeat a provider."""
    document["capienza"].append(dict(document["capienza"][0]))


@corruption("forma:capienza[0]")
def capacity_of_nobody(document: Document) -> None:
    """Name a provider that does not exist."""
    document["capienza"][0]["gestore"] = "altrove"


@corruption("forma:aperture[0]")
def opening_in_no_season(document: Document) -> None:
    """Open a fascia in a stagione that does not exist."""
    document["aperture"][0]["stagione"] = "inverno"


@corruption("non_assegnati:non_assegnati[0]")
def reason_of_nobody(document: Document) -> None:
    """Give a reason at a provider that does not exist."""
    reason = {"gestore": "altrove", "regola": "orari", "dettaglio": "", "tipo": "altro_gestore"}
    document["non_assegnati"][0]["motivi"].append(reason)


def reason(gestore: str | None, regola: str, tipo: str = "impossibile_da_solo") -> dict[str, str | None]:
    """Write a reason; B4 asks for 17:00-20:00, which neither provider covers: both fail `orari`."""
    return {"gestore": gestore, "regola": regola, "dettaglio": "", "tipo": tipo}


def give(document: Document, *reasons: dict[str, str | None]) -> None:
    """Give reasons to the only request that nobody serves."""
    document["non_assegnati"][0]["motivi"] = list(reasons)


@corruption("non_assegnati:non_assegnati[0]")
def reason_without_provider(document: Document) -> None:
    """Give a reason at no provider."""
    give(document, reason(None, "orari"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_of_no_rule(document: Document) -> None:
    """Give a reason that is no rule."""
    give(document, reason("uno", "simpatia"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_of_a_rule_off(document: Document) -> None:
    """Give as a reason a rule that is off: `priorita` is, unless a scenario switches it on."""
    give(document, reason("uno", "priorita", "posto_preso_da_altri"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_that_blames_others(document: Document) -> None:
    """Say that others took a place that the provider could never give."""
    give(document, reason("uno", "capienza", "posto_preso_da_altri"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_of_another_kind(document: Document) -> None:
    """Give the true rule with another kind."""
    give(document, reason("uno", "orari", "altro_gestore"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_of_a_wrong_rule(document: Document) -> None:
    """Call a provider unfit that is only closed."""
    give(document, reason("uno", "idoneita"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno/uno")
def reason_twice(document: Document) -> None:
    """Give two reasons for a provider."""
    give(document, reason("uno", "orari"), reason("uno", "orari"), reason("tata", "orari"))


@corruption("non_assegnati:B4/autunno")
def reason_left_out(document: Document) -> None:
    """Give a reason for one provider only."""
    give(document, reason("uno", "orari"))


def test_true_reasons_are_confirmed() -> None:
    """Both providers refuse B4 for their hours."""
    document = correct_document()
    give(document, reason("uno", "orari"), reason("tata", "orari"))
    assert refused(district(), document) == []


@pytest.mark.parametrize("name", list(CORRUPTIONS.known))
def test_corrupted_document_is_refused(name: str) -> None:
    """The corruption is refused, and its place is among those named."""
    expected, found = CORRUPTIONS.refuse(name)
    assert any(place.startswith(expected) for place in found), found

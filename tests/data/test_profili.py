"""The regional profiles: bands, ratios and the rows that back them."""

import pickle
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from nido.data import DataError, Voce, voce
from nido.data import profili as module
from nido.data.profili import FIELDS, Banda, check_bande, profili, profilo


def test_only_profiles_with_a_source_that_was_read_exist() -> None:
    """Trentino and Bolzano are there; a region whose law was not read is not."""
    assert profili() == ("trentino", "bolzano")


def test_trentino_has_two_bands() -> None:
    """One educator for 6 children up to the whole month 18, then for 9 up to the third birthday."""
    assert profilo("trentino").bande == (Banda("piccoli", 3, 19, 6), Banda("grandi", 19, 36, 9))


def test_trentino_has_its_limits() -> None:
    """60 children in a nido, 19 in a micronido, 5 with a Tagesmutter; 10 hours a child, 11 a site."""
    trentino = profilo("trentino")
    assert dict(trentino.capienza_massima) == {"nido": 60, "micronido": 19, "tagesmutter": 5}
    assert (trentino.ore_massime_bambino, trentino.ore_massime_sede) == (Decimal(10), Decimal(11))
    assert (trentino.copresenza_minima, trentino.sovraiscrizione_percento) == (2, Decimal(0))
    assert (trentino.ratio_base, trentino.capienza_base) == ("presenti", "presenti")
    assert trentino.arrotondamento_gruppi == "per_banda"
    assert (trentino.eta_minima_mesi, trentino.eta_massima_mesi) == (3, 36)


def test_the_tagesmutter_has_her_own_ratios() -> None:
    """Five children at once, three when all are under nine months."""
    assert voce("trentino.tagesmutter.bambini_per_educatore").numero == 5
    assert voce("trentino.tagesmutter.bambini_per_educatore_sotto_soglia").numero == 3
    assert voce("trentino.tagesmutter.soglia_mesi").numero == 9


def test_bolzano_has_one_band_and_no_unknown_capacity() -> None:
    """One educator for 5 at every age; the Tagesmutter's capacity depends on the home, so it is absent."""
    bolzano = profilo("bolzano")
    assert bolzano.bande == (Banda("tutti", 3, 36, 5),)
    assert dict(bolzano.capienza_massima) == {"nido": 60, "micronido": 30}


@pytest.mark.parametrize("id", profili())
def test_every_field_names_the_row_that_backs_it(id: str) -> None:
    """Each figure of a profile leads to a row with source and state."""
    found = profilo(id)
    wanted = set(FIELDS)
    for banda in found.bande:
        wanted |= {f"bande.{banda.id}.{part}" for part in ("da_mesi", "a_mesi", "bambini_per_educatore")}
    wanted |= {f"capienza_massima.{tipo}" for tipo in found.capienza_massima}
    assert set(found.chiavi) == wanted
    for key in found.chiavi.values():
        assert voce(key).fonte


def test_what_the_law_text_does_not_say_is_an_assumption() -> None:
    """Co-presence, over-enrolment, the bases and the edge between the bands wait for the district."""
    trentino = profilo("trentino")
    assumed = {field for field, key in trentino.chiavi.items() if voce(key).stato == "ipotesi"}
    assert assumed == {
        "ratio_base",
        "arrotondamento_gruppi",
        "copresenza_minima",
        "ore_massime_bambino",
        "ore_massime_sede",
        "sovraiscrizione_percento",
        "capienza_base",
        "bande.piccoli.a_mesi",
        "bande.grandi.da_mesi",
        "bande.grandi.a_mesi",
    }


def test_a_profile_survives_the_trip_to_another_process() -> None:
    """A changed profile keeps its change when it is pickled, and its mappings stay read-only."""
    changed = replace(profilo("trentino"), capienza_massima={"nido": 66})
    back = pickle.loads(pickle.dumps(changed))
    assert back == changed
    with pytest.raises(TypeError):
        back.capienza_massima["nido"] = 1


@pytest.mark.parametrize(
    ("end", "valore", "problem"),
    [
        ("rapporto.base", "tutti", "trentino.rapporto.base: tutti, atteso uno fra presenti, iscritti"),
        ("rapporto.copresenza_minima", "1.5", "trentino.rapporto.copresenza_minima: atteso un intero"),
    ],
)
def test_a_wrong_row_is_named(monkeypatch: pytest.MonkeyPatch, end: str, valore: str, problem: str) -> None:
    """A choice that does not exist or half a person is refused with the key of the row."""

    def changed(key: str) -> Voce:
        row = voce(key)
        return replace(row, valore=valore) if key.endswith(end) else row

    monkeypatch.setattr(module, "voce", changed)
    with pytest.raises(DataError, match=re.escape(problem)):
        profilo.__wrapped__("trentino")


def test_an_unknown_profile_suggests_the_closest() -> None:
    """A slip in the name of a profile is answered with the one that exists."""
    with pytest.raises(DataError, match="profilo inesistente: trentin; forse trentino"):
        profilo("trentin")


@pytest.mark.parametrize(
    "bande",
    [
        (),
        (Banda("a", 3, 19, 6), Banda("b", 20, 36, 9)),
        (Banda("a", 3, 19, 6), Banda("b", 18, 36, 9)),
        (Banda("a", 4, 36, 6),),
        (Banda("a", 3, 35, 6),),
        (Banda("a", 3, 3, 6), Banda("b", 3, 36, 9)),
        (Banda("a", 3, 36, 0),),
    ],
)
def test_bands_must_cover_each_age_once(bande: tuple[Banda, ...]) -> None:
    """A gap, an overlap, a missing end, an empty band or a ratio of zero is refused."""
    with pytest.raises(DataError, match="da 3 a 36 mesi"):
        check_bande("prova", bande, 3, 36)

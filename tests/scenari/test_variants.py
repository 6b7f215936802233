"""Variants of a scenario."""

from pathlib import Path

from nido.report.modelli import starter
from nido.scenari.load import Loaded, canonical_json, load_canonical, load_scenario
from nido.scenari.variants import standard_hours


def load(tmp_path: Path) -> Loaded:
    """Read the starter scenario with Saturdays, a Tagesmutter and an enrolled child."""
    path = tmp_path / "nuovo.yaml"
    path.write_bytes(starter())
    return load_scenario(
        path,
        [
            'gestori[nido_centro].base={giorni: lun-sab, orario: "07:30-17:30"}',
            'orario_standard="09:00-15:00"',
            "bambini[B005].gia_iscritto=nido_centro",
        ],
    )


def test_standard_hours_change_hours_and_nothing_else(tmp_path: Path) -> None:
    """Base hours become the standard ones on the same days, no fascia is left, the rest is equal."""
    scenario = load(tmp_path).scenario
    variant = standard_hours(scenario)
    gestore = variant.gestori[0]
    assert (str(gestore.base.orario), gestore.base.giorni) == ("09:00-15:00", (0, 1, 2, 3, 4, 5))
    assert gestore.fasce == ()
    assert scenario.gestori[0].fasce != ()
    back = variant.model_copy(update={"gestori": scenario.gestori})
    assert back == scenario
    left = gestore.model_copy(update={"base": scenario.gestori[0].base, "fasce": scenario.gestori[0].fasce})
    assert left == scenario.gestori[0]


def test_standard_hours_give_a_valid_scenario(tmp_path: Path) -> None:
    """The variant is a scenario like any other, and its own fixed point."""
    variant = standard_hours(load(tmp_path).scenario)
    assert load_canonical(canonical_json(variant), "variante").scenario == variant
    assert standard_hours(variant) == variant

"""A text about a child that may be someone's name or address is in no message and in no excerpt."""

from pathlib import Path

import pytest

from nido.data.problems import InputError, render
from nido.scenari.known_words import KnownWords, resembles
from nido.scenari.load import load_scenario

BASE = (Path(__file__).parent / "scenario_base.yaml").read_text(encoding="utf-8")
CHILD = "    comune: Tenna\n    giorni: lun-ven\n"
HEADER = "id;azienda;nascita;comune;giorni"
SECRETS = ("Giulia", "giulia", "Rossi", "rossi", "Roma")


def shown(folder: Path, content: str, *overrides: str, rows: str = "") -> str:
    """Return all that is shown of a wrong scenario."""
    path = folder / "scenario.yaml"
    path.write_text(content, encoding="utf-8")
    (folder / "bambini.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path, overrides)
    return "\n".join(render(problem) for problem in caught.value.problems)


def with_lines(*lines: str) -> str:
    """Return the base scenario with other lines for its last child."""
    assert BASE.count(CHILD) == 1
    return BASE.replace(CHILD, "".join(f"    {line}\n" for line in lines))


def with_csv() -> str:
    """Return the base scenario with children from a CSV too."""
    content = BASE.replace("  ordine_domanda: [B001, B002, B003]\n", "").replace(
        "    - {nome: ordine_domanda}\n", ""
    )
    return content.replace("regole:\n", "bambini_csv: bambini.csv\nregole:\n")


@pytest.mark.parametrize(
    "line",
    [
        "desideri: [Giulia Rossi]",
        "desideri: [giulia_rossi, giulia_rossi]",
        "esclusi: [giulia_rossi]",
        "gia_iscritto: giulia_rossi",
        "assegnato_a: [{gestore: giulia_rossi}]",
        "assegnato_a: [{gestore: sole, stagione: giulia_rossi}]",
        "fratello_di: Giulia",
        "ingresso: Giulia Rossi",
        "peso: Giulia Rossi",
        "sintetico: Giulia Rossi",
        "assenze: [{inizio: Giulia, fine: Rossi}]",
        "telefono: Giulia Rossi",
    ],
)
def test_names_in_a_child_are_not_repeated(line: str, tmp_path: Path) -> None:
    """Neither in the message of the value nor in the lines around it."""
    text = shown(tmp_path, with_lines("comune: Tenna", "giorni: lun-ven", line))
    assert not any(secret in text for secret in SECRETS), text
    assert "bambini[B003]" in text


@pytest.mark.parametrize(
    "lines",
    [
        ("comune: Via Roma 12 Pergine", "giorni: lun-ven"),
        ("comune: Tenna", "giorni: Giulia"),
        ("comune: Tenna", "finestre: [{giorni: lun, orario: Giulia Rossi}]"),
        ("comune: Tenna", "adulti: [{azienda: Giulia Rossi, turni: [{rotazione: due}]}]"),
        ("comune: Tenna", "adulti: [{azienda: alfa, turni: [{rotazione: giulia_rossi}]}]"),
        ("comune: Tenna", "adulti: [{sede: {comune: Via Roma 12}, turni: [{rotazione: due}]}]"),
    ],
)
def test_addresses_and_need_are_not_repeated(lines: tuple[str, str], tmp_path: Path) -> None:
    """The same for the municipality and for all that the need of a child is made of."""
    text = shown(tmp_path, with_lines(*lines))
    assert not any(secret in text for secret in SECRETS), text


def test_an_excerpt_around_another_problem_hides_them_too(tmp_path: Path) -> None:
    """The wrong weight is shown, the name on the next line is not."""
    text = shown(tmp_path, with_lines("comune: Tenna", "giorni: lun-ven", "peso: 0", "gia_iscritto: giulia"))
    assert "«0» non va" in text
    assert "gia_iscritto: ***" in text
    assert "giulia" not in text


@pytest.mark.parametrize(
    ("lines", "parts"),
    [
        (("comune: Tena", "giorni: lun-ven"), ("«Tena» non va", "comune: Tena", "forse volevi Tenna?")),
        (
            ("comune: Tenna", "giorni: lun-ven", "desideri: [lunna]"),
            ("gestore sconosciuto: lunna", "desideri: [lunna]", "forse volevi luna?"),
        ),
        (
            ("comune: Tenna", "giorni: lun-ven", "desideri: [zzzz]"),
            ("gestore sconosciuto\n", "desideri: [***]", "ammessi qui: sole, luna"),
        ),
        (
            ("comune: Tenna", "giorni: lun-ven", "ingresso: 31/02/2026"),
            ("«31/02/2026» non va", "giorni: lun-ven"),
        ),
    ],
)
def test_what_is_close_to_a_known_name_is_shown(
    lines: tuple[str, ...], parts: tuple[str, ...], tmp_path: Path
) -> None:
    """A slip of the pen is repeated with what was meant; for anything else the names allowed are listed."""
    text = shown(tmp_path, with_lines(*lines))
    assert [part for part in parts if part not in text] == []


@pytest.mark.parametrize(
    "row",
    [
        "C001;Giulia Rossi;10/04/2025;Tenna;lun-ven",
        "C001;giulia_rossi;10/04/2025;Tenna;lun-ven",
        "C001;alfa;Giulia Rossi;Tenna;lun-ven",
        "C001;alfa;10/04/2025;Via Roma 12 Pergine;lun-ven",
        "C001;alfa;10/04/2025;Tenna;Giulia Rossi",
        "Giulia;alfa;10/04/2025;Tenna;lun-ven",
    ],
)
def test_names_in_a_csv_are_not_repeated(row: str, tmp_path: Path) -> None:
    """Every cell of a child is treated as its YAML value is."""
    text = shown(tmp_path, with_csv(), rows=f"{HEADER}\n{row}\n")
    assert "bambini.csv:2:" in text
    assert not any(secret in text for secret in SECRETS), text


@pytest.mark.parametrize(
    "override",
    [
        "bambini[B003].azienda=Giulia Rossi",
        "bambini[B003].azienda=giulia_rossi",
        "bambini[B003].comune=Via Roma 12",
        "bambini[B003].desideri=[Giulia Rossi]",
        "bambini[B003].desideri=[giulia_rossi]",
    ],
)
def test_names_on_the_command_line_are_not_repeated(override: str, tmp_path: Path) -> None:
    """A `--set` is treated as the value in the file is."""
    text = shown(tmp_path, BASE, override)
    assert text.startswith("--set: bambini[B003].")
    assert not any(secret in text for secret in SECRETS), text


def test_what_resembles_a_known_word() -> None:
    """Codes, figures and days of the week do, and what is close to a name; a name of a person does not."""
    words = KnownWords({"aziende": [{"id": "officina"}, 3], "gestori": None})
    for value in (3, None, "", "B001", "2025-13-40", "7.30", "07:30 - 15", "lun, mar", "oficina", "Levicco"):
        assert words.may_show(value), value
    for value in ("Giulia", "Via Roma 12", "Maria Bianchi", "marta", "0461 123456"):
        assert not words.may_show(value), value
    assert not KnownWords(None).may_show("oficina")
    assert resembles("alfe", ["alfa"])

"""LibreOffice and Chromium as judges of documents: found, or a reason to skip."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

# CI installs the tools and sets this: a skip is then a failure.
REQUIRED = "NIDO_DOCUMENT_TOOLS"
SECONDS = 180

# LibreOffice trusts the figures stored by Excel unless told to reckon everything again; officers have it in
# Italian, with a decimal comma.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>it-IT</value></prop></item>
</oor:items>
"""

Cells = dict[tuple[str, str], object]


def tool(*names: str) -> str:
    """Give the path of a program; without it the test is skipped, or fails where the tools are required."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    reason = f"{names[0]} is not installed"
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(reason)
    pytest.skip(reason)


def converted(sources: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Open documents in LibreOffice, reckon them again, and save them in another format."""
    office = tool("soffice", "libreoffice")
    profile = folder / "profile"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(SETTINGS, encoding="utf-8")
    out = folder / "out"
    place = f"-env:UserInstallation={profile.as_uri()}"
    command = [office, place, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run(
        [*command, *map(str, sources)],
        check=True,
        timeout=SECONDS,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return [out / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]


def cells(path: Path, *, formulas: bool = False) -> Cells:
    """Read every cell that holds something: its value, or its formula."""
    book = load_workbook(path, data_only=not formulas)
    # An empty text is no content for LibreOffice.
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def differences(stored: Cells, reckoned: Cells, tolerance: float = 1e-7) -> list[str]:
    """List the cells whose stored value is not what is reckoned."""
    found: list[str] = []
    for key, value in stored.items():
        other = reckoned.get(key)
        numbers = isinstance(value, int | float) and isinstance(other, int | float)
        if value != other and not (numbers and abs(float(value) - float(other)) < tolerance):  # type: ignore[arg-type]
            found.append(f"{key[0]}!{key[1]}: {value!r} stored, {other!r} reckoned")
    return found

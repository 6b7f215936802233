"""Pictures of the HTML report and of the workbook for README.md: ``make pictures``.

Every picture holds the mark of synthetic data, since a picture travels without its page.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from chromium import ARGUMENTS, CHROMIUM
from office import converted
from playwright.sync_api import sync_playwright
from small_png import smaller

from nido.report.dossier.names import BOOK, DISTRICT, PAGE
from nido.report.pipeline import RESULT_FILE

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "immagini"
WIDTH, HEIGHT = 1280, 860
MARGIN = 16
MOST_BYTES = 300_000
# Left, top, width and height, in pixels of the printed page.
WORKBOOK_CLIP = (80, 80, 790, 880)
# Name of a picture: the section it shows, and the last thing of it that is in.
SECTIONS = {
    "pagina-soldi": ("#soldi-chi", "#soldi .panels"),
    "pagina-giornata": ("#aperture", "#giornata-autunno .panels"),
}


def main(arguments: list[str]) -> int:
    """Draw the district's page of a result.

    Parameters
    ----------
    arguments
        The folder that ``nido solve --out`` wrote.

    Returns
    -------
    int
        Exit code: 1 without Chromium, LibreOffice or poppler, or with a heavy picture; that of the documents
        where they are refused.
    """
    missing = [name for name in ("soffice", "pdftoppm", "pdftotext") if shutil.which(name) is None]
    missing += [] if CHROMIUM.exists() else [str(CHROMIUM)]
    if missing:
        print(f"not there: {', '.join(missing)}", file=sys.stderr)
        return 1
    path = Path(arguments[0]) / RESULT_FILE
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "documenti"
        command = [sys.executable, "-m", "nido", "accordi", path, "--out", out, "--senza-parti", "-q"]
        made = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL)
        if made.returncode:
            return made.returncode
        page, book = (out / DISTRICT / f"{DISTRICT}-{name}" for name in (PAGE, BOOK))
        pictures = {**draw(page), "cartella": draw_workbook(book, Path(folder))}
    pictures = {name: smaller(picture) for name, picture in pictures.items()}
    for name, picture in pictures.items():
        (FOLDER / f"{name}.png").write_bytes(picture)
        print(f"{FOLDER.relative_to(ROOT) / name}.png: {len(picture)} bytes")
    return int(any(len(picture) > MOST_BYTES for picture in pictures.values()))


def draw(page_file: Path) -> dict[str, bytes]:
    """Take the pictures of a page, by name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(page_file.as_uri())
        pictures = {"pagina": page.screenshot()}
        for name, (start, end) in SECTIONS.items():
            pictures[name] = page.screenshot(full_page=True, clip=_span(page, start, end))
        browser.close()
    return pictures


def draw_workbook(book: Path, folder: Path) -> bytes:
    """Take the picture of the workbook's totals, as LibreOffice prints them."""
    (pdf,) = converted([book], "pdf", folder)
    words = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    number = 1 + next(place for place, page in enumerate(words.split("\f")) if page.startswith("Totali"))
    across, down, width, height = WORKBOOK_CLIP
    clip = ["-x", across, "-y", down, "-W", width, "-H", height]
    command = ["pdftoppm", "-png", "-r", 140, "-f", number, "-l", number, *clip, pdf, folder / "cartella"]
    subprocess.run([str(part) for part in command], check=True)
    (picture,) = folder.glob("cartella-*.png")
    return picture.read_bytes()


def _span(page: Any, start: str, end: str) -> dict[str, float]:
    """Give the rectangle from the top of one element to the bottom of another, as wide as the latter."""
    first, last = page.locator(start).first.bounding_box(), page.locator(end).first.bounding_box()
    bottom = last["y"] + last["height"]
    drawn = page.locator(f"{end} .wide svg").first.bounding_box()
    return {
        "x": first["x"] - MARGIN,
        "y": first["y"] + 1,
        "width": drawn["width"] + 2 * MARGIN,
        "height": bottom - first["y"],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

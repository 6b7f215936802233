"""The page in a real browser: nothing requested, nothing cut off, the same without JavaScript, printable."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from big_view import big_view
from chromium import ARGUMENTS, CHROMIUM

from nido.report.html.page import page_for
from nido.report.privacy.audience import AUDIENCES

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not there")

WIDTHS = (1280, 390)
SMALLEST_LETTERS = 11
# Text of HTML wider than its own box, unless the box scrolls; text of a drawing outside its drawing.
STICKS_OUT = """() => {
  const found = [];
  const blocks = 'h1,h2,h3,p,li,dt,dd,summary,figcaption,.card,section,nav,main';
  for (const one of document.querySelectorAll(blocks)) {
    const inside = one.closest('.scroll, .drawing') !== null || getComputedStyle(one).display === 'inline';
    if (!inside && one.scrollWidth > one.clientWidth + 1)
      found.push(one.tagName + ': ' + one.textContent.slice(0, 60));
  }
  for (const one of document.querySelectorAll('svg text')) {
    const box = one.getBoundingClientRect(), around = one.ownerSVGElement.getBoundingClientRect();
    const beside = box.left < around.left - 1 || box.right > around.right + 1;
    if (box.width && (beside || box.bottom > around.bottom + 1)) found.push('text: ' + one.textContent);
  }
  return found;
}"""
# Size of the smallest letters; those of a drawing as they come out when it is scaled.
LETTERS = """() => {
  const written = (one) => [...one.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
  const scale = (svg) => svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  return Math.min(...[...document.querySelectorAll('body *')]
    .filter((one) => one.getClientRects().length && written(one))
    .map((one) => parseFloat(getComputedStyle(one).fontSize) * scale(one.ownerSVGElement)));
}"""
# Texts of one drawing that lie over each other.
COVERED = """() => {
  const found = [];
  const meet = (a, b) => a.width && b.width && a.left + 1 < b.right && b.left + 1 < a.right
    && a.top + 3 < b.bottom && b.top + 3 < a.bottom;
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')];
    const boxes = texts.map((one) => one.getBoundingClientRect());
    boxes.forEach((box, place) => boxes.slice(place + 1).forEach((other, after) => {
      const pair = [texts[place], texts[place + 1 + after]];
      if (meet(box, other)) found.push(pair.map((one) => one.textContent).join(' / '));
    }));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Chromium with a profile of its own."""
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each audience as a file."""
    folder = tmp_path_factory.mktemp("pagine")
    files = {audience: folder / f"{audience}.html" for audience in AUDIENCES}
    for audience, path in files.items():
        path.write_bytes(page_for(big_view(audience)))
    return files


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_quiet_and_readable(
    browser: Any, pages: dict[str, Path], audience: str, width: int
) -> None:
    """No request, no message, no sideways scrolling, nothing cut off or covered, no tiny letter."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(pages[audience].as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(COVERED) == []
    assert page.evaluate(LETTERS) >= SMALLEST_LETTERS
    context.close()


def test_the_measures_see_faults(browser: Any) -> None:
    """A text too wide, texts over each other, letters too small: each is found."""
    page = browser.new_page(viewport={"width": 390, "height": 900})
    words = "<text x='5' y='20'>uno</text><text x='8' y='21' font-size='9'>due</text>"
    words += "<text x='95' y='60'>tre</text>"
    svg = f"<svg width='100' height='100' viewBox='0 0 100 100'>{words}</svg>"
    page.set_content(f"<p style='white-space: nowrap'>{'parola ' * 40}</p>{svg}")
    assert len(page.evaluate(STICKS_OUT)) == 2
    assert page.evaluate(COVERED) == ["uno / due"]
    assert page.evaluate(LETTERS) == 9
    page.close()


def test_without_javascript_the_page_is_the_same(browser: Any, pages: dict[str, Path]) -> None:
    """The words shown do not depend on scripts, and a folded table opens."""
    shown: list[str] = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(pages["gestore"].as_uri())
        shown.append(page.locator("body").inner_text())
        context.close()
    assert shown[0] == shown[1]


def test_the_page_prints(browser: Any, pages: dict[str, Path]) -> None:
    """It becomes a PDF of several sheets; on paper the wide drawings show, and nothing scrolls."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(pages["distretto"].as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.locator(".narrow").first.is_hidden()
    assert page.locator(".wide").first.is_visible()
    assert page.locator("nav").is_hidden()
    context.close()

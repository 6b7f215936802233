"""Time and size of the documents of the district's case; rewrites a table of docs/misure.md.

``python tests/support/bench_documents.py [RUNS]`` (3 by default). Fails when a stated limit is passed. The
groups of companies are solved once, from an empty cache; then their costs are read from it.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import DISTRICT, NIDO, REPORT

from nido.accordi.sharing.shares import ShareOptions, shares_of
from nido.report.cache_folder import CacheFolder
from nido.report.saved import read_result, read_scenario
from nido.scenari.load import shipped_path

MARKS = ("<!-- bench-documenti -->", "<!-- /bench-documenti -->")
MOST_DOCUMENTS, MOST_GROUPS, MOST_CACHED, MOST_PAGE = 15.0, 600.0, 2.0, 3_000_000


def nido(*arguments: str, cache: Path) -> float:
    """Run a command with a cache of its own; its seconds come back."""
    started = time.monotonic()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    subprocess.run([*NIDO, *arguments], check=True, env=environment, capture_output=True)
    return time.monotonic() - started


def cached(result: Path, cache: Path) -> float:
    """Time the fair shares read from the cache."""
    document = read_result(result)
    loaded = read_scenario(result, None, document)
    started = time.monotonic()
    shares_of(loaded, document, ShareOptions(), CacheFolder(cache / "nido"))
    return time.monotonic() - started


def main() -> int:
    """Measure, rewrite the table, fail beyond a limit."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with tempfile.TemporaryDirectory() as place:
        folder, cache = Path(place), Path(place) / "cache"
        result = folder / "piano" / "risultato.json"
        plan = (
            "solve",
            str(shipped_path(DISTRICT)),
            "--senza-confronto",
            "-q",
            "--out",
            str(folder / "piano"),
        )
        nido(*plan, cache=cache)
        out = ("--out", str(folder / "documenti"), "-q", "--force")
        plain = [nido("accordi", str(result), *out, "--senza-parti", cache=cache) for _ in range(runs)]
        whole = nido("accordi", str(result), *out, cache=cache)
        groups = whole - median(plain)
        read = [cached(result, cache) for _ in range(runs)]
        files = [path for path in (folder / "documenti").rglob("*") if path.is_file()]
        largest = max(path.stat().st_size for path in files if path.suffix == ".html")
    rows = [
        (
            "tutti i documenti, senza parti eque",
            f"{median(plain):.1f} ({min(plain):.1f}–{max(plain):.1f})",
            MOST_DOCUMENTS,
        ),
        ("64 gruppi di aziende risolti, da una memoria vuota", f"{groups:.0f}", MOST_GROUPS),
        ("parti eque dalla memoria", f"{median(read):.1f} ({min(read):.1f}–{max(read):.1f})", MOST_CACHED),
    ]
    lines = [
        f"Comando: `make bench`, mediana di {runs}. {os.cpu_count()} processori, Python "
        f"{platform.python_version()}.",
        "",
        f"`nido accordi` su `{DISTRICT}`: {len(files)} documenti; il rapporto HTML più grande è di "
        f"{largest / 1e6:.1f} MB "
        f"(limite {MOST_PAGE / 1e6:.0f}).",
        "",
        "| che cosa | secondi | limite |",
        "|---|---|---|",
        *(f"| {what} | {seconds} | {limit:.0f} |" for what, seconds, limit in rows),
    ]
    _write(lines)
    print("\n".join(lines))
    within = median(plain) <= MOST_DOCUMENTS and groups <= MOST_GROUPS and median(read) <= MOST_CACHED
    return int(not within or largest > MOST_PAGE)


def _write(lines: list[str]) -> None:
    text = REPORT.read_text(encoding="utf-8")
    start, end = (text.index(mark) for mark in MARKS)
    inside = "\n".join(lines)
    REPORT.write_text(f"{text[: start + len(MARKS[0])]}\n{inside}\n{text[end:]}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

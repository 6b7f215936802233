"""Time and memory of the shipped scenarios, each as whole processes; rewrites the table of docs/misure.md.

``python tests/support/bench.py [RUNS]`` (3 by default). Memory is that of a run's largest single process.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "misure.md"
MARKS = ("<!-- bench -->", "<!-- /bench -->")
SCENARIOS = ("minimo", "turni-opposti", "estate", "pergine-2026")
NIDO = [sys.executable, "-m", "nido"]


def run(arguments: list[str]) -> tuple[float, float]:
    """Run a command to its end: seconds of wall time, MiB of its largest process."""
    started = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def scenario_row(name: str, runs: int) -> str:
    """Measure one scenario, without the comparison at standard hours."""
    times, memory, states = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(runs):
            target = Path(folder) / f"{number}.json"
            path = ROOT / "scenari" / f"{name}.yaml"
            seconds, mib = run([*NIDO, "solve", str(path), "--senza-confronto", "--json", str(target)])
            times.append(seconds)
            memory.append(mib)
            document = json.loads(target.read_text(encoding="utf-8"))
            proven = sum(tier["stato"] == "dimostrato" for tier in document["obiettivi"])
            states.append(f"{document['stato']}, {proven}/{len(document['obiettivi'])} livelli")
    spread = f"{min(times):.1f}–{max(times):.1f}"
    return f"| `{name}` | {median(times):.1f} | {spread} | {max(memory):.0f} | {states[-1]} |"


def main() -> None:
    """Measure everything and write the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    helps = [run([*NIDO, "--help"])[0] for _ in range(max(5, runs))]
    lines = [
        f"Comando: `make bench`, {runs} volte per riga. {os.cpu_count()} processori, Python "
        f"{platform.python_version()}, ortools {version('ortools')}, {platform.system()}.",
        "",
        "| scenario | secondi (mediana) | minimo–massimo | MiB | esito |",
        "|---|---|---|---|---|",
        *(scenario_row(name, runs) for name in SCENARIOS),
        "",
        f"`nido --help`: {median(helps):.2f} s (mediana di {len(helps)}).",
    ]
    text = REPORT.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    REPORT.write_text(before + MARKS[0] + "\n" + "\n".join(lines) + "\n" + MARKS[1] + after, encoding="utf-8")


if __name__ == "__main__":
    main()

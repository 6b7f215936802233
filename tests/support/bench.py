"""Time and memory of the shipped scenarios, and of each solver alone; rewrites the tables of docs/misure.md.

``python tests/support/bench.py [RUNS]`` (3 by default). A scenario is run as `make solve` does, in processes
of its own; memory is the largest sum over all of them at one moment. Fails when a stated limit is passed.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from statistics import median

from nido.matching.adapter import Relaxation, Solver, solve_as_mip
from nido.matching.linear import LinearModel
from nido.matching.narrow import narrow
from nido.matching.options import SolveOptions
from nido.matching.prepare import prepare
from nido.matching.process import Heard
from nido.matching.query import Bounds, Narrowing, Outcome, Request
from nido.matching.tiers import TierRun
from nido.scenari.load import load_scenario, shipped_path

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "misure.md"
MARKS = ("<!-- bench -->", "<!-- /bench -->")
SCENARIOS = ("minimo", "turni-opposti", "estate", "pergine-2026")
DISTRICT = SCENARIOS[-1]
NIDO = [sys.executable, "-m", "nido"]
MOST_SECONDS, MOST_MIB, MOST_HELP_SECONDS = 60.0, 1024.0, 0.3
ALONE_SECONDS = 30.0
SAMPLE_SECONDS = 0.05


def tree(root: int) -> Iterator[int]:
    """List a process and everything that it started."""
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for child in children:
        yield from tree(int(child))


def proportional_kib(pid: int) -> int:
    """Memory of a process, shared pages divided among those that share them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def run(arguments: list[str]) -> tuple[float, float]:
    """Run a command to its end: seconds of wall time, MiB of all its processes at their largest."""
    started = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0
    while child.poll() is None:
        most = max(most, sum(map(proportional_kib, tree(child.pid))))
        time.sleep(SAMPLE_SECONDS)
    return time.perf_counter() - started, most / 1024


def scenario_row(name: str, runs: int) -> tuple[str, list[str]]:
    """Measure one scenario, comparison at standard hours included: a row, and the limits that it passes."""
    times, memory, states, passed = [], [], set(), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(runs):
            out = Path(folder) / str(number)
            seconds, mib = run([*NIDO, "solve", str(shipped_path(name)), "--out", str(out)])
            times.append(seconds)
            memory.append(mib)
            document = json.loads((out / "risultato.json").read_text(encoding="utf-8"))
            proven = sum(tier["gap"] == 0 for tier in document["obiettivi"])
            states.add(f"{document['stato']}, {proven}/{len(document['obiettivi'])} livelli dimostrati")
            if proven < len(document["obiettivi"]):
                passed.append(f"{name}: {sorted(states)}")
    if name == DISTRICT and (median(times) > MOST_SECONDS or max(memory) > MOST_MIB):
        passed.append(f"{name}: {median(times):.1f} s, {max(memory):.0f} MiB")
    spread = f"{min(times):.1f}–{max(times):.1f}"
    said = "; ".join(sorted(states))
    return f"| `{name}` | {median(times):.1f} | {spread} | {max(memory):.0f} | {said} |", passed


def district_questions() -> list[tuple[str, LinearModel, LinearModel, Request]]:
    """Solve the district's case once and keep every question: plain model, narrowed model, request."""
    loaded = load_scenario(shipped_path(DISTRICT))
    draft = prepare(loaded.scenario, loaded.travel_matrix)
    names = [level.nome for level in loaded.scenario.obiettivo.livelli]
    asked: list[tuple[str, LinearModel, LinearModel, Request]] = []

    def ask(model: LinearModel, request: Request, heard: Heard | None) -> Outcome:
        found = Solver(model).solve(request)
        # The rows are shared, and grow with every tier.
        plain = model.within(draft.model.lower, draft.model.upper)
        asked.append((names[len(asked)], deepcopy(plain), deepcopy(model), request))
        return found

    def between(model: LinearModel, question: Narrowing, seconds: float | None) -> Bounds:
        return narrow(model, question, Relaxation(model))

    TierRun(draft, SolveOptions(), ask, None, threading.Event(), between).all_tiers()
    return asked


def alone(model: LinearModel, request: Request, engine: str, workers: int) -> str:
    """Give one solver a question: seconds to the proof, or the gap where it was stopped."""
    limited = replace(request, workers=workers, seconds=ALONE_SECONDS)
    started = time.perf_counter()
    found = Solver(model).solve(limited) if engine == "cp_sat" else solve_as_mip(model, limited, "highs")
    spent = time.perf_counter() - started
    if found.verdict == "optimal":
        return f"{spent:.1f}"
    if found.objective is None or found.bound is None:
        return f"> {ALONE_SECONDS:.0f}"
    gap = abs(found.objective - found.bound) / max(1, abs(found.objective))
    return f"> {ALONE_SECONDS:.0f} (gap {100 * gap:.0f} %)"


def solver_rows() -> list[str]:
    """Compare the solvers, each alone on the rows of every tier of the district's case."""
    rows = [
        "| livello | CP-SAT 1 | CP-SAT 1, senza restringere | CP-SAT 2 | CP-SAT 8 | HiGHS |",
        "|---|---|---|---|---|---|",
    ]
    for name, plain, narrowed, request in district_questions():
        cells = [
            alone(narrowed, request, "cp_sat", 1),
            alone(plain, request, "cp_sat", 1),
            alone(narrowed, request, "cp_sat", 2),
            alone(narrowed, request, "cp_sat", 8),
            alone(narrowed, request, "highs", 1),
        ]
        rows.append(f"| `{name}` | {' | '.join(cells)} |")
    return rows


def processor() -> str:
    """Name the processor, where the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def main() -> int:
    """Measure everything, write the tables, fail when a limit is passed."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    helps = [run([*NIDO, "--help"])[0] for _ in range(max(5, runs))]
    passed = [] if median(helps) <= MOST_HELP_SECONDS else [f"--help: {median(helps):.2f} s"]
    table = []
    for name in SCENARIOS:
        row, more = scenario_row(name, runs)
        table.append(row)
        passed += more
    lines = [
        f"Comando: `make bench`, {runs} volte per riga. {os.cpu_count()} processori ({processor()}), Python "
        f"{platform.python_version()}, ortools {version('ortools')}, {platform.system()}.",
        "",
        "Ogni scenario come lo risolve `make solve`: piano, orario standard, verifiche, tutti i file. Memoria"
        " di tutti i processi insieme.",
        "",
        "| scenario | secondi (mediana) | minimo–massimo | MiB | esito |",
        "|---|---|---|---|---|",
        *table,
        "",
        f"`nido --help`: {median(helps):.2f} s (mediana di {len(helps)}). Limiti: `{DISTRICT}` "
        f"{MOST_SECONDS:.0f} s e {MOST_MIB:.0f} MiB, `--help` {MOST_HELP_SECONDS} s.",
        "",
        f"Ogni solutore da solo, un livello di `{DISTRICT}` alla volta, con il piano del livello prima come "
        f"inizio; secondi fino alla dimostrazione, al massimo {ALONE_SECONDS:.0f}, in una sola esecuzione:",
        "",
        *solver_rows(),
    ]
    text = REPORT.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    REPORT.write_text(before + MARKS[0] + "\n" + "\n".join(lines) + "\n" + MARKS[1] + after, encoding="utf-8")
    for line in passed:
        print(f"oltre il limite: {line}", file=sys.stderr)
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main())

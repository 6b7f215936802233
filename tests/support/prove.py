"""The long proof: solver against brute force and others, compressed against plain, agreements, documents.

``python tests/support/prove.py [BRUTE [ENGINES [COMPRESSION [AGREEMENTS [PAYERS [HALVES [DOCUMENTS]]]]]]]``
reaches the given numbers of cases (600, 150, 200, 10000, 10000, 1000 and 200 by default). It can be stopped
and started again: finished cases are kept in ``out/prove.csv``, each with a digest of the code behind it, and
count only while that code is the same. At the end the tables between the markers of docs/misure.md are
rewritten; a run of the payers alone (0 0 0 0 PAYERS 0 0) leaves the first as it is, one of documents alone
leaves both.
"""

import csv
import hashlib
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from accordi_a_caso import differences
from accordi_casuali import broken, random_case
from accordi_generati import generated, problems
from click.testing import CliRunner, Result
from marked_run import written
from oracle import brute_force, optimum_of, solve_here
from tiny import tiny_scenario

from nido.accordi.pagatori import MODES
from nido.accordi.simulazione.play import simulate
from nido.cli import build
from nido.matching.rules import RULES

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "out" / "prove.csv"
REPORT = ROOT / "docs" / "misure.md"
MARKS = ("<!-- prove -->", "<!-- /prove -->")
PAYERS_MARKS = ("<!-- prove-pagatori -->", "<!-- /prove-pagatori -->")
PAYERS = "pagatori"
AGREEMENTS, HALVES = "accordi", "accordi_a_fronte"
DOCUMENTS = "documenti"
FIRST_SEED = {
    "forza_bruta": 100_000,
    "highs": 200_000,
    "scip": 300_000,
    "compressione": 400_000,
    AGREEMENTS: 500_000,
    PAYERS: 600_000,
    HALVES: 700_000,
    DOCUMENTS: 800_000,
}
TITLES = {
    "forza_bruta": "ottimo = forza bruta sulle verifiche, livello per livello",
    "highs": "ottimo = HiGHS sulle stesse righe",
    "scip": "ottimo = SCIP sulle stesse righe",
    "compressione": "ottimo compresso = ottimo esplicito",
    AGREEMENTS: "accordi e percorsi sorteggiati: somme al centesimo, nessun tetto o posto superato",
    HALVES: "accordi simulati = accordi rifatti dal controllo indipendente",
    DOCUMENTS: "nessun segreto nei file di aziende e gestori, cercato in ogni byte",
}


def digest_of_code(rooms: tuple[str, ...], cases: tuple[str, ...]) -> str:
    """Digest of everything that decides a case: the rooms behind it, and the cases themselves."""
    found = hashlib.sha256(version("ortools").encode())
    folders = (ROOT / room for room in rooms)
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".csv")]
    for path in sorted([*files, *(Path(__file__).with_name(name) for name in cases)]):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


SOLVER_CODE = digest_of_code(("data", "scenari", "matching"), ("tiny.py", "oracle.py"))
CODE = {
    **dict.fromkeys(TITLES, SOLVER_CODE),
    AGREEMENTS: digest_of_code(
        ("data", "scenari", "matching", "accordi"), ("accordi_casuali.py", "accordi_finti.py")
    ),
    PAYERS: digest_of_code(("data", "scenari", "accordi"), ("accordi_generati.py",)),
    HALVES: digest_of_code(
        ("data", "scenari", "matching", "accordi", "report"),
        ("accordi_a_caso.py", "casi_verifica.py", "documenti_accordi.py", "documenti_verifica.py"),
    ),
    DOCUMENTS: digest_of_code(
        ("data", "scenari", "matching", "accordi", "report"), ("marked_run.py", "marked.py", "leaks.py")
    ),
}


def compare(kind: str, seed: int) -> tuple[bool, bool]:
    """Judge one case: whether both sides agree, and whether it has a plan at all."""
    if kind == AGREEMENTS:
        plan, corso = random_case(seed)
        return broken(plan, simulate(plan, corso)) == [], True
    if kind == PAYERS:
        return not problems(seed), True
    if kind == HALVES:
        return differences(seed) == [], True
    if kind == DOCUMENTS:
        return _tells_nothing(seed), True
    # Every other case has Sundays, quarters of an hour or a travel matrix as well.
    scenario = tiny_scenario(seed, wide=seed % 2 == 1)
    mine = optimum_of(solve_here(scenario))
    others: dict[str, Callable[[], tuple[int, ...] | None]] = {
        "forza_bruta": lambda: brute_force(scenario).values,
        "highs": lambda: optimum_of(solve_here(scenario, "highs")),
        "scip": lambda: optimum_of(solve_here(scenario, "scip")),
        "compressione": lambda: optimum_of(solve_here(scenario, compress=False)),
    }
    return mine == others[kind](), mine is not None


def _tells_nothing(seed: int) -> bool:
    """Run nido on a case full of secrets, and search what leaves the district."""

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(build(), [str(one) for one in arguments], prog_name="nido")

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        case = written(seed, Path(folder) / "caso", run)
        return all(case.found(kind, subject) == [] for kind, subject in case.readers)


def main() -> int:
    """Run what is missing, write the table, fail if any case disagrees."""
    given = [int(word) for word in sys.argv[1:]]
    usual = [600, 150, 200, 10_000, 10_000, 1000, 200]
    brute, engines, compression, agreements, payers, halves, documents = (given + usual[len(given) :])[:7]
    wanted = {
        "forza_bruta": brute,
        "highs": engines,
        "scip": engines,
        "compressione": compression,
        AGREEMENTS: agreements,
        PAYERS: payers,
        HALVES: halves,
        DOCUMENTS: documents,
    }
    done = _read()
    STORE.parent.mkdir(exist_ok=True)
    for kind, count in wanted.items():
        for seed in range(FIRST_SEED[kind], FIRST_SEED[kind] + count):
            if (kind, seed) not in done:
                started = time.perf_counter()
                agree, solved = compare(kind, seed)
                done[kind, seed] = (agree, solved, time.perf_counter() - started)
                _append(kind, seed, *done[kind, seed])
        _tell(kind, done)
    if brute or engines or compression or agreements:
        _write(MARKS, _comparisons(done))
    if payers:
        _write(PAYERS_MARKS, _payers(done))
    return 0 if all(agree for agree, _, _ in done.values()) else 1


def _read() -> dict[tuple[str, int], tuple[bool, bool, float]]:
    if not STORE.exists():
        return {}
    with STORE.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream) if len(row) == 6 and row[0] == CODE.get(row[1])]
    return {
        (kind, int(seed)): (agree == "1", solved == "1", float(t)) for _, kind, seed, agree, solved, t in rows
    }


def _append(kind: str, seed: int, agree: bool, solved: bool, seconds: float) -> None:
    with STORE.open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerow([CODE[kind], kind, seed, int(agree), int(solved), f"{seconds:.2f}"])


def _tell(kind: str, done: dict[tuple[str, int], tuple[bool, bool, float]]) -> None:
    rows = [value for (name, _), value in done.items() if name == kind]
    wrong = [seed for (name, seed), value in done.items() if name == kind and not value[0]]
    print(f"{kind}: {len(rows)} casi, diversi {wrong or 'nessuno'}")


def _write(marks: tuple[str, str], lines: list[str]) -> None:
    text = REPORT.read_text(encoding="utf-8")
    before, rest = text.split(marks[0])
    after = rest.split(marks[1])[1]
    REPORT.write_text(before + marks[0] + "\n" + "\n".join(lines) + "\n" + marks[1] + after, encoding="utf-8")


def _payers(done: dict[tuple[str, int], tuple[bool, bool, float]]) -> list[str]:
    rows = {seed: value for (name, seed), value in done.items() if name == PAYERS}
    modes = Counter(payer.modo for seed in rows for payer in generated(seed)[0].pagatori)
    said = ", ".join(f"`{mode}` {modes[mode]}" for mode in MODES)
    wrong = sum(not agree for agree, _, _ in rows.values())
    return [
        "Accordi sorteggiati, ognuno con il suo piano e la sua pila: somma dei pagatori = somma delle voci =",
        "totale; nessuno sotto zero; nessun tetto di mese, anno o quota superato; mai bonus e detrazione",
        "IRPEF per un bambino.",
        "",
        "| accordi | con qualcosa che non torna | secondi |",
        "|---|---|---|",
        f"| {len(rows)} | {wrong} | {sum(spent for _, _, spent in rows.values()):.0f} |",
        "",
        f"Pile in cui c'è ogni modo: {said}.",
    ]


def _comparisons(done: dict[tuple[str, int], tuple[bool, bool, float]]) -> list[str]:
    lines = [
        f"Comando: `make prove`. Python {platform.python_version()}, ortools {version('ortools')}.",
        "",
        "| confronto | casi | con un piano | infattibili | diversi | secondi |",
        "|---|---|---|---|---|---|",
    ]
    for kind, title in TITLES.items():
        rows = [value for (name, _), value in done.items() if name == kind]
        if rows:
            plans = sum(solved for _, solved, _ in rows)
            wrong = sum(not agree for agree, _, _ in rows)
            seconds = sum(spent for _, _, spent in rows)
            lines.append(
                f"| {title} | {len(rows)} | {plans} | {len(rows) - plans} | {wrong} | {seconds:.0f} |"
            )
    return [*lines, "", _rules_in_play(done)]


def _rules_in_play(done: dict[tuple[str, int], tuple[bool, bool, float]]) -> str:
    """Count, rule by rule, the cases of brute force in which it holds."""
    scenarios = [tiny_scenario(seed, wide=seed % 2 == 1) for kind, seed in done if kind == "forza_bruta"]
    counts = {rule.name: sum(rule.applies(scenario) for scenario in scenarios) for rule in RULES}
    said = ", ".join(f"`{name}` {count}" for name, count in counts.items())
    return f"Casi di forza bruta in cui ogni regola vale: {said}."


if __name__ == "__main__":
    sys.exit(main())

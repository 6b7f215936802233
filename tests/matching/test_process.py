"""The solver process: killed, starved, interrupted, orphaned."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from market_split import market_split

from nido.cli import build
from nido.data.problems import NidoError
from nido.matching import process
from nido.matching.options import Progress, SolveOptions
from nido.matching.process import RestartingSolver, SolverCrash, SolverProcess
from nido.matching.query import Outcome, Request
from nido.matching.solution import Solution
from nido.matching.solve import solve
from nido.matching.worker import MESSAGE_HEAD, receive
from nido.scenari.load import load_scenario, shipped_path

MEMORY_MB = 4096
FIGURE = r"[\d.,]+( \w+| %)?"
LINE = re.compile(
    rf"livello \d/6 [\w ,]+  trovato {FIGURE}  limite {FIGURE}  (gap [\d.,]+ %|ancora lontano)$", re.MULTILINE
)
# A worker that dies in the middle of a solve, by the signal whose number stands in the place of {number}.
DIES = """
import os
from nido.matching import adapter, worker
def solve(self, request, report=None):
    report(1, 0)
    os.kill(os.getpid(), {number})
adapter.Solver.solve = solve
worker.main()
"""
KILLS = [signal.SIGKILL, signal.SIGSEGV]


class Recorder:
    """Stands before `SolverProcess` and keeps every process that is started and every request it gets."""

    def __init__(self) -> None:
        self.started: list[SolverProcess] = []
        self.requests: list[Request] = []

    def __call__(self, memory_mb: int, nice: int = 0) -> SolverProcess:
        """Start a process."""
        recorder = self

        class Watched(SolverProcess):
            def solve(self, model: Any, request: Request, *rest: Any) -> Outcome:
                recorder.requests.append(request)
                return super().solve(model, request, *rest)

        self.started.append(Watched(memory_mb, nice))
        return self.started[-1]


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """Keep the processes that a `RestartingSolver` starts."""
    found = Recorder()
    monkeypatch.setattr(process, "SolverProcess", found)
    return found


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that puts a worker that dies of a signal in the place of the real one."""

    def put(number: int) -> None:
        monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", DIES.format(number=int(number))))

    return put


def gone(pid: int) -> bool:
    """Tell whether a process ended and was waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


# --- crashes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", KILLS)
def test_a_killed_process_is_started_again_with_one_worker(number: int, recorder: Recorder) -> None:
    """A solve whose process dies is repeated in another one, with one worker and the time that is left."""
    stop = threading.Event()

    def heard(value: int | None, bound: int | None) -> None:
        if len(recorder.started) == 1:
            os.kill(recorder.started[0].pid, number)
        elif value is not None:
            stop.set()

    model, cost = market_split()
    solver = RestartingSolver(MEMORY_MB, stop)
    try:
        outcome = solver.solve(model, Request(cost, maximise=False, workers=2, seconds=600.0), heard)
    finally:
        solver.close()
    assert outcome.verdict == "feasible"
    assert outcome.values is not None and model.broken_row(outcome.values) is None
    assert [request.workers for request in recorder.requests] == [2, 1]
    first, second = (request.seconds for request in recorder.requests)
    assert first is not None and second is not None and 0 < second < first
    assert solver.notes == ["ripartito con un solo processo dopo un crash"]
    assert all(gone(started.pid) for started in recorder.started)


@pytest.mark.parametrize("number", KILLS)
def test_a_second_kill_is_a_crash(number: int, recorder: Recorder) -> None:
    """A solve whose process dies twice ends the run; nothing stays behind."""

    def kill(value: int | None, bound: int | None) -> None:
        os.kill(recorder.started[-1].pid, number)

    model, cost = market_split()
    solver = RestartingSolver(MEMORY_MB, threading.Event())
    try:
        with pytest.raises(SolverCrash, match=signal.Signals(number).name) as crash:
            solver.solve(model, Request(cost, maximise=False, workers=2), kill)
    finally:
        solver.close()
    assert crash.value.exit_code == 8
    assert "nessun risultato è stato scritto" in str(crash.value)
    assert [request.workers for request in recorder.requests] == [2, 1]
    assert len(recorder.started) == 2 and all(gone(started.pid) for started in recorder.started)


def test_one_crash_in_a_whole_run_is_survived(recorder: Recorder) -> None:
    """A process that dies between two solves is replaced; after that every solve has one worker."""
    # The crash may come from a race between workers: with one there is none.
    model, cost = market_split(columns=3, rows=1)
    request = Request(cost, maximise=False, workers=2)
    solver = RestartingSolver(MEMORY_MB, threading.Event())
    try:
        first = solver.solve(model, request, None)
        os.kill(recorder.started[0].pid, signal.SIGKILL)
        assert solver.solve(model, request, None).objective == first.objective
        assert solver.solve(model, request, None).objective == first.objective
        os.kill(recorder.started[1].pid, signal.SIGKILL)
        with pytest.raises(SolverCrash):
            solver.solve(model, request, None)
    finally:
        solver.close()
    assert [asked.workers for asked in recorder.requests] == [2, 2, 1, 1, 1]
    assert len(recorder.started) == 2


@pytest.mark.parametrize("number", KILLS)
def test_the_command_ends_with_8_and_writes_nothing(
    number: int, dying: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both processes die: exit code 8, one Italian sentence, the old folder as it was, no file beside it."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    out = tmp_path / "piano"
    assert nido("minimo", "--out", out).exit_code == 0
    before = snapshot(tmp_path)
    dying(number)
    result = nido("minimo", "--out", out, "--force", "--json", tmp_path / "r.json", "--quiet")
    assert result.exit_code == 8
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert sentence.startswith("Errore: il processo del solutore è finito da solo (segnale SIG")
    assert signal.Signals(number).name in sentence
    assert snapshot(tmp_path) == before


def test_the_crash_is_told_in_english(
    dying: Callable[[int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NIDO_LANG=en changes the sentence, not the exit code; without a folder none appears."""
    monkeypatch.setenv("NIDO_LANG", "en")
    dying(signal.SIGKILL)
    result = nido("minimo", "--out", tmp_path / "piano")
    assert result.exit_code == 8
    assert "Error: the solver process died (signal SIGKILL)" in result.stderr
    assert list(tmp_path.iterdir()) == []


def nido(name: str, *arguments: object) -> Result:
    """Solve a shipped scenario in this process, as the command does."""
    words = ["solve", str(shipped_path(name)), "--senza-confronto", *map(str, arguments)]
    return CliRunner().invoke(build(), words, prog_name="nido")


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Take every file below a folder: its time and content."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


# --- memory ----------------------------------------------------------------------------------------------


def test_a_process_without_memory_is_a_crash_that_says_so() -> None:
    """A limit in which not even the solver fits gives exit code 8 and names the option."""
    model, cost = market_split()
    solver = RestartingSolver(64, threading.Event())
    try:
        with pytest.raises(SolverCrash, match="--memoria") as crash:
            solver.solve(model, Request(cost, maximise=False), None)
    finally:
        solver.close()
    assert crash.value.exit_code == 8


def test_the_limit_binds_the_child_alone() -> None:
    """A process with a limit cannot take more than it; the one that started it can."""
    code = (
        "from nido.matching.worker import limit_memory\nlimit_memory(256)\n"
        "try:\n    bytearray(2**29)\nexcept MemoryError:\n    print('no')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "no\n"
    assert len(bytearray(2**29)) == 2**29


def test_a_model_that_does_not_fit_is_told_at_once() -> None:
    """A message larger than the memory gives an answer: a child that kept silent would be waited for."""
    with subprocess.Popen(
        [*process.WORKER, "2048", "0"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        child.stdin.write(MESSAGE_HEAD.pack(2**40))
        child.stdin.flush()
        assert [receive(child.stdout), receive(child.stdout)] == [("ready", None), ("memory", None)]


def test_running_out_of_memory_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that says that its memory is over ends the solve with a sentence about it."""
    code = (
        "from nido.matching import adapter, worker\n"
        "def solve(self, request, report=None):\n    raise MemoryError\n"
        "adapter.Solver.solve = solve\nworker.main()\n"
    )
    monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", code))
    model, cost = market_split()
    child = SolverProcess(MEMORY_MB)
    try:
        with pytest.raises(SolverCrash, match="esaurito la memoria"):
            child.solve(model, Request(cost, maximise=False), None, threading.Event())
    finally:
        child.close()


# --- interruption ----------------------------------------------------------------------------------------


def test_progress_holds_value_bound_and_the_stop_gives_the_best_point() -> None:
    """Values only fall, the bound never passes them, and what comes back is the last point heard."""
    stop = threading.Event()
    heard: list[tuple[int, int]] = []

    def listen(value: int | None, bound: int | None) -> None:
        if value is not None and bound is not None:
            heard.append((value, bound))
            stop.set()

    model, cost = market_split()
    child = SolverProcess(MEMORY_MB)
    try:
        outcome = child.solve(model, Request(cost, maximise=False, workers=2), listen, stop)
    finally:
        child.close()
    assert outcome.verdict == "feasible" and outcome.values is not None
    assert outcome.objective is not None and outcome.bound is not None
    assert all(bound <= value for value, bound in heard)
    assert outcome.bound <= outcome.objective <= heard[-1][0]
    assert model.value(cost, outcome.values) == outcome.objective
    assert model.broken_row(outcome.values) is None


def test_a_stop_before_the_start_is_heard() -> None:
    """A search that is told to stop before it begins ends by itself, with or without a point."""
    stop = threading.Event()
    stop.set()
    model, cost = market_split()
    child = SolverProcess(MEMORY_MB)
    try:
        outcome = child.solve(model, Request(cost, maximise=False, workers=2), None, stop)
        again = child.solve(model, Request(cost, maximise=False, workers=2), None, stop)
    finally:
        child.close()
    assert {outcome.verdict, again.verdict} <= {"feasible", "unknown"}


def test_a_first_stop_that_is_lost_is_said_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop that comes while the search is being set up would be lost for ever if it were said once."""
    heard = tmp_path / "heard"
    code = (
        "from nido.matching import adapter, worker\n"
        "stop, told = adapter.Solver.stop, []\n"
        "def deaf(self):\n"
        "    told.append(1)\n"
        f"    open({str(heard)!r}, 'a').write('x')\n"
        "    if len(told) > 1:\n        stop(self)\n"
        "adapter.Solver.stop = deaf\nworker.main()\n"
    )
    monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", code))
    stop = threading.Event()
    model, cost = market_split()
    child = SolverProcess(MEMORY_MB)
    try:
        # The limit only keeps a failing test from running for ever.
        request = Request(cost, maximise=False, workers=2, seconds=60.0)
        assert child.solve(model, request, lambda value, bound: stop.set(), stop).verdict == "feasible"
    finally:
        child.close()
    assert heard.read_text().startswith("xx")


def solve_minimo(listener: Callable[[Progress], None] | None) -> Solution:
    """Solve the smallest shipped scenario through its process."""
    loaded = load_scenario(shipped_path("minimo"))
    return solve(loaded.scenario, loaded.travel_matrix, SolveOptions(workers=2), listener)


def test_the_first_ctrl_c_keeps_the_plan() -> None:
    """The plan of the moment comes back, its tiers that were not reached say so."""
    heard: list[Progress] = []

    def press(progress: Progress) -> None:
        if not heard:
            signal.raise_signal(signal.SIGINT)
        heard.append(progress)

    before = signal.getsignal(signal.SIGINT)
    solution = solve_minimo(press)
    assert solution.stato in ("interrotto", "nessuna_soluzione")
    assert solution.livelli[-1].stato == "non_raggiunto"
    assert signal.getsignal(signal.SIGINT) is before


def test_the_second_ctrl_c_gives_up(recorder: Recorder) -> None:
    """Who presses again wants to leave: no plan, and no process left behind."""

    def press_twice(progress: Progress) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        solve_minimo(press_twice)
    assert signal.getsignal(signal.SIGINT) is before
    assert [gone(started.pid) for started in recorder.started] == [True]


def test_a_listener_that_fails_leaves_no_process(recorder: Recorder) -> None:
    """An error while progress is shown (a closed pipe) ends the run and its process."""

    def fail(progress: Progress) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        solve_minimo(fail)
    assert [gone(started.pid) for started in recorder.started] == [True]


def test_a_solve_outside_the_main_thread() -> None:
    """Signals belong to the main thread: elsewhere a solve runs without them."""
    found: list[Solution] = []
    thread = threading.Thread(target=lambda: found.append(solve_minimo(None)))
    thread.start()
    thread.join()
    assert [solution.stato for solution in found] == ["ottimo"]


@pytest.mark.lento
def test_ctrl_c_on_the_district_keeps_the_best_solution(tmp_path: Path) -> None:
    """Ctrl-C, sent to the whole foreground group as a terminal does: 130, files written, plan confirmed."""
    out = tmp_path / "piano"
    command = [sys.executable, "-m", "nido", "solve", str(shipped_path("pergine-2026")), "--out", str(out)]
    environment = {**os.environ, "NIDO_LANG": "it"}
    with subprocess.Popen(
        [*command, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as parent:
        assert parent.stderr is not None
        first = parent.stderr.readline()
        os.killpg(parent.pid, signal.SIGINT)
        shown, told = parent.communicate()
    assert LINE.search(first), first + told
    assert parent.returncode == 130, told
    assert "Traceback" not in told and "Stato: interrotto" in shown
    document = json.loads((out / "risultato.json").read_bytes())
    assert document["stato"] == "interrotto"
    assert document["verifica"] == {"esito": "confermata", "violazioni": []}
    assert document["assegnazioni"]
    # The child did not get the signal: it would have died of it and been started again.
    assert document["manifesto"]["stato_solutore"] == []
    tier = document["obiettivi"][0]
    assert 0 < tier["valore"] <= tier["limite"]
    verified = CliRunner().invoke(build(), ["verify", str(out / "risultato.json")])
    assert verified.exit_code == 0, verified.stderr


# --- the child's own life --------------------------------------------------------------------------------


@pytest.mark.lento
def test_the_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    """A solver whose parent was killed in the middle of a search ends by itself."""
    # The child holds the writing end of a pipe by name: end of file there means that no process holds it.
    # It searches for a point that it does not find, so nothing that it writes tells it that nobody listens.
    fifo = tmp_path / "vivo"
    os.mkfifo(fifo)
    worker = (
        "import os\nfrom nido.matching import adapter, worker\n"
        f"keep, solve = open({str(fifo)!r}, 'w'), adapter.Solver.solve\n"
        "def told(self, *arguments):\n"
        "    print(os.getpid(), file=keep, flush=True)\n    return solve(self, *arguments)\n"
        "adapter.Solver.solve = told\nworker.main()\n"
    )
    code = (
        "import sys, threading\n"
        "from nido.matching import process\nfrom nido.matching.query import Request\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[1] / 'support')!r})\n"
        "from market_split import market_split\n"
        f"process.WORKER = (sys.executable, '-P', '-c', {worker!r})\n"
        "model, cost = market_split()\nmodel.add(cost, high=0)\n"
        f"child = process.SolverProcess({MEMORY_MB})\n"
        "child.solve(model, Request((), maximise=False, workers=2), None, threading.Event())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent, fifo.open() as alive:
        pid = int(alive.readline())
        parent.kill()
        # The limit only keeps a failing test from waiting for ever.
        ended, _, _ = select.select([alive], [], [], 60)
        if not ended:
            os.kill(pid, signal.SIGKILL)
        assert ended and alive.read() == ""
    assert parent.returncode == -signal.SIGKILL


def test_a_module_in_the_users_folder_is_not_taken_for_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files named like modules of Python or of nido in the working folder are never imported by the child."""
    for name in ("pickle", "struct", "queue", "nido", "numpy", "ortools"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert solve_minimo(None).stato == "ottimo"


def test_what_a_solver_prints_does_not_disturb_the_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A native library that writes on standard output does not spoil the answer."""
    code = (
        "import os\nfrom nido.matching import adapter, worker\n"
        "solve = adapter.Solver.solve\n"
        "def loud(self, *arguments):\n    os.write(1, b'rumore' * 1000)\n    return solve(self, *arguments)\n"
        "adapter.Solver.solve = loud\nworker.main()\n"
    )
    monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", code))
    assert solve_minimo(None).stato == "ottimo"


def test_a_child_that_talks_nonsense_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no message ends the solve, even when the process that sent it lives on."""
    code = "import os, time\nos.write(1, b'rumore' * 1000)\ntime.sleep(3600)\n"
    monkeypatch.setattr(process, "WORKER", (sys.executable, "-P", "-c", code))
    model, cost = market_split()
    child = SolverProcess(MEMORY_MB)
    try:
        with pytest.raises(SolverCrash, match="SIGKILL"):
            child.solve(model, Request(cost, maximise=False), None, threading.Event())
    finally:
        child.close()
    assert gone(child.pid)


def test_the_parent_never_loads_the_solver() -> None:
    """A whole solve leaves the process of the command without ortools: no native crash can reach it."""
    code = (
        "import sys\nfrom nido.cli import main\n"
        f"try:\n    main(['solve', {str(shipped_path('minimo'))!r}, '--quiet', '--senza-confronto'])\n"
        "except SystemExit as ended:\n    code = ended.code\n"
        "print(code, 'ortools' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert run.stdout.splitlines()[-1] == "0 False"


def test_progress_lines_hold_value_bound_and_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside a terminal every improvement is a line with tier, value, bound and gap, and only there."""
    monkeypatch.delenv("NIDO_LANG", raising=False)
    result = nido("turni-opposti")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert lines and all(line.startswith("piano: livello ") for line in lines)
    assert sum(bool(LINE.search(line)) for line in lines) >= 1
    assert not LINE.search(result.stdout)


def test_both_crashes_have_their_exit_code() -> None:
    """A crash and a contradiction of the solver end with the same code: no result is shown."""
    assert issubclass(process.SolverDisagreement, NidoError)
    assert process.SolverDisagreement.exit_code == SolverCrash.exit_code == 8

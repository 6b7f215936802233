"""What `nido doctor` looks at: versions, readers, and whether the solver can be believed on this machine."""

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from nido.data.lingua import text
from nido.data.problems import NidoError

OLDEST_PYTHON = (3, 11)
PACKAGES = ("nido-diffuso", "ortools", "pydantic", "PyYAML", "click", "rich", "numpy")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, what was found, and what to do when it is wrong."""

    name: str
    ok: bool
    detail: str
    advice: str = ""


def examine() -> tuple[Check, ...]:
    """Look at everything; no check that fails stops the others."""
    return (
        _python(),
        *(_package(name) for name in PACKAGES),
        _yaml(),
        _guarded(text("soluzione di prova in un processo figlio", "trial solve in a child process"), _trial),
        _guarded(text("modello che smaschera il solutore", "model that unmasks the solver"), _canary),
    )


def _python() -> Check:
    return Check(
        "Python",
        sys.version_info >= OLDEST_PYTHON,
        f"{platform.python_version()} ({platform.system()} {platform.machine()})",
        text("serve Python 3.11 o successivo", "Python 3.11 or later is needed"),
    )


def _package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        advice = text("installa di nuovo: make solve", "install again: make solve")
        return Check(name, False, text("manca", "missing"), advice)


def _yaml() -> Check:
    import yaml

    fast = text("libyaml (veloce)", "libyaml (fast)")
    slow = text("senza libyaml: legge più lentamente", "without libyaml: reads more slowly")
    return Check(text("lettore YAML", "YAML reader"), True, fast if yaml.__with_libyaml__ else slow)


def _guarded(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    """Look at something that may fail in any way: the point is to tell, not to stop."""
    advice = text(
        "su Windows installa Microsoft Visual C++ Redistributable; altrove rifai l'ambiente con make",
        "on Windows install the Microsoft Visual C++ Redistributable; elsewhere make the environment again",
    )
    try:
        ok, detail = look()
    except NidoError as error:
        return Check(name, False, str(error), advice)
    except Exception as error:
        return Check(name, False, type(error).__name__, advice)
    return Check(name, ok, detail, advice)


def _trial() -> tuple[bool, str]:
    from nido.matching.canary import trial_faults

    return _verdict(trial_faults())


def _canary() -> tuple[bool, str]:
    from nido.matching.canary import canary_faults

    return _verdict(canary_faults())


def _verdict(faults: tuple[str, ...]) -> tuple[bool, str]:
    return not faults, "; ".join(faults) or text("superato", "passed")

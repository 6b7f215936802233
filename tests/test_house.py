"""The shape of the repository: rooms, links, wheel, locks and what a bare import may reach."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accordi", "data", "matching", "report", "scenari")
MODULES = ("__main__.py", "cli.py")
BARE_NAMES = (*ROOMS, "cli")
TOP_LEVEL = {
    *ROOMS,
    *MODULES,
    ".ci",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".src",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "publiccode.yml",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "tests",
}
# A registry, its file host, or any address at all: a lock must work with the reader's own registry.
HOST = re.compile(r"https?://|--(extra-)?index-url|--find-links|pypi\.|pythonhosted|npmjs", re.IGNORECASE)


def ignored_at_top() -> set[str]:
    """Return the top-level names that .gitignore keeps out of the repository."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip("/") for line in lines if line and not line.startswith("#")]
    return {path.name for path in ROOT.iterdir() if any(path.match(pattern) for pattern in patterns)}


def room_files() -> set[str]:
    """Return every file of the rooms as a path relative to the repository."""
    found = {path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*")}
    return {path for path in found if (ROOT / path).is_file() and "__pycache__" not in path}


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a command and return what it printed; its errors are part of the failure shown."""
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def run_python(*arguments: str, cwd: Path | None = None) -> str:
    """Run this interpreter, by default from where the tests were started."""
    return run(sys.executable, *arguments, cwd=cwd)


@pytest.fixture(scope="module")
def pyproject() -> dict[str, object]:
    """Return the parsed pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_links_lead_to_the_rooms() -> None:
    """Every room and root module has one relative link in .src/nido, and nothing else is there."""
    links = {path.name: path for path in (ROOT / ".src" / "nido").iterdir() if path.name != "__pycache__"}
    assert set(links) == {*ROOMS, *MODULES}
    for name, link in links.items():
        assert link.is_symlink()
        assert os.readlink(link) == f"../../{name}"
        assert link.resolve() == ROOT / name


def test_rooms_on_disk_are_the_declared_rooms() -> None:
    """Every top-level folder with an __init__.py is a room, and every room has one."""
    assert {path.parent.name for path in ROOT.glob("[!.]*/__init__.py")} == set(ROOMS)


def test_build_tables_name_the_same_rooms(pyproject: dict[str, object]) -> None:
    """The wheel, the banned bare imports and the import order all list the rooms of this test."""
    tool = pyproject["tool"]
    assert isinstance(tool, dict)
    assert set(tool["hatch"]["build"]["targets"]["wheel"]["only-include"]) == {*ROOMS, *MODULES}
    assert {*ROOMS, *MODULES} <= set(tool["hatch"]["build"]["targets"]["sdist"]["only-include"])
    assert set(tool["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]) == set(BARE_NAMES)
    layers = set(tool["importlinter"]["contracts"][0]["layers"]) - {"(nido.whatif)"}
    assert layers == {f"nido.{name}" for name in (*BARE_NAMES, "__main__")}


def test_wheel_holds_the_rooms(tmp_path: Path) -> None:
    """The wheel holds every file of the rooms under nido/ and nothing but them and the metadata."""
    run_python("-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path), cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        entry_points = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "nido = nido.cli:main" in archive.read(entry_points).decode()
    assert names == {f"nido/{name}" for name in room_files() | set(MODULES)}


def test_no_bare_room_is_importable_by_accident() -> None:
    """Importing all of nido leaves no module under a bare room name, so none is loaded twice."""
    code = (
        "import importlib, pkgutil, sys, nido\n"
        "for m in pkgutil.walk_packages(nido.__path__, 'nido.'):\n"
        "    m.name.endswith('__main__') or importlib.import_module(m.name)\n"
        f"print(sorted(set({BARE_NAMES!r}) & set(sys.modules)))\n"
    )
    assert run_python("-c", code).strip() == "[]"
    assert not set(BARE_NAMES) & set(sys.modules)


def test_checker_loads_neither_solver_nor_model() -> None:
    """Importing the checker and its halves loads no ortools and no other module of the engine."""
    paths = [*(ROOT / "matching").glob("checker.py"), *(ROOT / "matching").glob("verifica/**/*.py")]
    dotted = (".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths)
    modules = sorted(f"nido.{name}".removesuffix(".__init__") for name in dotted)
    code = (
        f"import importlib, sys\nfor name in {modules!r}:\n    importlib.import_module(name)\n"
        "print('\\n'.join(sys.modules))\n"
    )
    loaded = run_python("-c", code).split()
    allowed = ("nido.data", "nido.scenari", "nido.matching.verifica", "nido.matching.checker")
    strangers = [name for name in loaded if name.startswith("nido.") and not name.startswith(allowed)]
    assert set(strangers) <= {"nido.matching"}
    assert "ortools" not in loaded


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_are_hashed_and_name_no_host(name: str) -> None:
    """Every requirement of a lock is pinned and hashed, and no registry is named."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not HOST.search(text)
    lines = text.replace("\\\n", " ").splitlines()
    requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert requirements
    for line in requirements:
        assert re.match(r"[a-z0-9._-]+==\S+ ", line), line
        assert "--hash=sha256:" in line, line


def test_locks_agree() -> None:
    """What runs is tested in the very version that is installed: the runtime lock is part of the other."""
    pin = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    runtime, dev = (
        set(pin.findall((ROOT / name).read_text(encoding="utf-8")))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert "ortools==9.15.6755" in runtime
    assert runtime <= dev


def test_top_level_is_as_agreed() -> None:
    """The repository shows the agreed names at its top and no others (no uv.lock, no stray module)."""
    present = {path.name for path in ROOT.iterdir()} - {".git"} - ignored_at_top()
    assert present == TOP_LEVEL


def test_licence_is_whole() -> None:
    """The licence has its fifteen articles in order and ends with the appendix."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert [int(number) for number in re.findall(r"^(\d+)\.\w", text, re.MULTILINE)] == list(range(1, 16))
    assert "Appendix" in text
    assert text.rstrip().endswith("require the production of a new EUPL version.")


def test_both_commands_print_the_version(pyproject: dict[str, object]) -> None:
    """`nido --version` and `python -m nido --version` print the version of pyproject.toml."""
    project = pyproject["project"]
    assert isinstance(project, dict)
    script = run(str(Path(sys.executable).with_name("nido")), "--version")
    assert script == run_python("-m", "nido", "--version")
    assert script.split()[-1] == project["version"]


def test_publiccode_describes_this_version(pyproject: dict[str, object]) -> None:
    """publiccode.yml names the version and licence of pyproject.toml and keeps to the lengths allowed."""
    project = pyproject["project"]
    assert isinstance(project, dict)
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    assert public["softwareVersion"] == project["version"]
    assert public["legal"]["license"] == project["license"]
    assert set(public["description"]) == set(public["localisation"]["availableLanguages"]) == {"it", "en"}
    for text in public["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000


def lost_texts(path: Path) -> list[str]:
    """Return the places of texts that stand alone and are no docstring: half a sentence fell off."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0]) for node in ast.walk(tree) if isinstance(node, documented) and node.body}
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and id(node) not in docstrings
        if isinstance(node.value, ast.JoinedStr)
        or (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str))
    ]


def test_no_half_of_a_sentence_is_lost() -> None:
    """A text that nothing takes is the rest of a sentence that a reader will miss; linters let it pass."""
    files = [path for room in (*ROOMS, "tests") for path in sorted((ROOT / room).rglob("*.py"))]
    assert [place for path in (*files, ROOT / "cli.py") for place in lost_texts(path)] == []

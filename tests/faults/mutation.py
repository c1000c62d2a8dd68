"""Mutation testing: breaks the code in small ways and counts what the tests notice.

`.venv/bin/python -m tests.faults.mutation [SLICE...]` takes minutes for "domain" and "retry", an
hour for the others. Works on a copy in `build/mutation`, with a mutmut of its own there: it brings
a dozen packages nothing else needs, so it is no part of the lock files. What survives is left in
`build/mutation/SLICE.diff`.

mutmut leaves functions alone that have a decorator, and a third of the rules here are properties:
in the copy they are written as `name = property(_plain_name)`.
"""

import ast
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sysconfig import get_path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
BUILD: Final = ROOT / "build" / "mutation"
MUTMUT: Final = "mutmut==3.8.1"
LEFT_ALONE: Final = {"staticmethod", "classmethod", "overload"}
OUTCOMES: Final = {0: "survived", 33: "not reached", 5: "not reached", None: "not tried"}
TIMED_OUT: Final = {36, 24, 152, 255, -24}
UNHURRIED: Final = "PATIENCE_SECONDS: Final = 30.0"
HURRIED: Final = "PATIENCE_SECONDS: Final = 15.0"
COLUMNS: Final = ("module", "mutants", "noticed", "of these by time", "survived", "not reached")


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Modules below `beatra_desktop`, and the tests whose work it is to notice."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


def _twins(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/services/test_{name}.py" for name in names)


SLICES: Final = {
    "domain": Slice(modules=("domain/*.py",), tests=("tests/domain",)),
    "retry": Slice(modules=("api/retry.py",), tests=("tests/api/test_retry.py",)),
    "outbox": Slice(
        modules=("services/outbox.py", "services/once.py"),
        tests=_twins("outbox", "outbox_rests", "once"),
    ),
    "music": Slice(
        modules=("services/music.py",),
        tests=_twins(
            "music", "music_commits", "music_commands", "turns", "canceling", "following",
            "reconciling", "traffic",
        ),
    ),
    "turns": Slice(modules=("services/turns.py",), tests=_twins("turns")),
    "canceling": Slice(modules=("services/canceling.py",), tests=_twins("canceling")),
    "reconciling": Slice(
        modules=("services/reconciling.py",), tests=_twins("reconciling", "following")
    ),
    "polling": Slice(
        modules=("services/polling.py", "services/music_bodies.py"),
        tests=_twins("polling", "music_bodies"),
    ),
    "clips": Slice(
        modules=("services/deliveries.py", "services/downloads.py", "services/following.py"),
        tests=_twins("deliveries", "downloads", "following", "music"),
    ),
    "tasks": Slice(
        modules=("services/tasks.py", "services/expiry.py"), tests=_twins("tasks", "expiry")
    ),
}  # fmt: skip


def main(names: Sequence[str]) -> int:
    if unknown := set(names) - set(SLICES):
        sys.stderr.write(f"There is no {', '.join(sorted(unknown))}; take {', '.join(SLICES)}\n")
        return 2
    tool = _tool()
    for name in names or list(SLICES):
        folder = BUILD / name
        _copy(folder, SLICES[name])
        _run(tool, folder)
        sys.stdout.write(_table(folder))
        _tell_survivors(tool, folder)
    return 0


def _tool() -> Path:
    """mutmut in an environment of its own that also sees what the project's has."""
    environment = BUILD / "venv"
    tool = environment / "bin" / "mutmut"
    if not tool.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        python = environment / "bin" / "python"
        where = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        own = subprocess.run(where, check=True, capture_output=True, text=True).stdout.strip()
        Path(own, "project.pth").write_text(get_path("purelib"), encoding="utf-8")
        subprocess.run([python, "-m", "pip", "install", "--quiet", MUTMUT], check=True)
    return tool


def _copy(folder: Path, wanted: Slice) -> None:
    """What git knows of, with the decorated functions of the slice's modules taken apart."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True)
    for name in listed.stdout.decode().splitlines():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    for pattern in wanted.modules:
        for path in sorted((folder / "beatra_desktop").glob(pattern)):
            path.write_text(taken_apart(path.read_text("utf-8")), encoding="utf-8")
    _shorten_waiting(folder / "tests" / "running.py")
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(_settings(wanted))


def _shorten_waiting(path: Path) -> None:
    """What is broken keeps its tests waiting; on a slow machine half a minute may be needed."""
    source = path.read_text("utf-8")
    assert UNHURRIED in source, "the tests wait for another time"
    path.write_text(source.replace(UNHURRIED, HURRIED), encoding="utf-8")


def _settings(wanted: Slice) -> str:
    modules = [f"beatra_desktop/{module}" for module in wanted.modules]
    return f"""
[tool.mutmut]
source_paths = ["beatra_desktop"]
only_mutate = {json.dumps(modules)}
also_copy = ["resources"]
pytest_add_cli_args_test_selection = {json.dumps(wanted.tests)}
pytest_add_cli_args = ["-p", "no:cacheprovider", "-p", "no:xdist", "--timeout=60"]
track_dependencies = false
use_git_change_detection = false
use_setproctitle = false
"""


def taken_apart(source: str) -> str:
    """The same program, in which functions with one decorator are decorated after they are made."""
    tree = ast.parse(source)
    for owner in ast.walk(tree):
        if isinstance(owner, ast.Module | ast.ClassDef):
            owner.body = [each for statement in owner.body for each in _apart(statement)]
    return ast.unparse(ast.fix_missing_locations(tree))


def _apart(statement: ast.stmt) -> Iterator[ast.stmt]:
    yield statement
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        match statement.decorator_list:
            case [ast.Name(id=word) as decorator] if word not in LEFT_ALONE:
                name, statement.decorator_list = statement.name, []
                statement.name = f"_plain_{name}"
                made = ast.Call(func=decorator, args=[ast.Name(statement.name)], keywords=[])
                yield ast.Assign(targets=[ast.Name(name)], value=made)


def _run(tool: Path, folder: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONPATH", None)  # the copy has to be found, not the original
    subprocess.run([tool, "run"], cwd=folder, check=True, env=environment)


def _table(folder: Path) -> str:
    rows = [_row(path, codes) for path, codes in _results(folder)]
    sums = [sum(int(row[column]) for row in rows) for column in range(1, len(COLUMNS))]
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows, ("all", *map(str, sums))]
    share = f"noticed: {100 * sums[1] / max(1, sums[0]):.1f} %"
    return "\n".join(["", *(f"| {' | '.join(line)} |" for line in lines), share, ""])


def _row(path: str, codes: dict[str, int | None]) -> tuple[str, ...]:
    found = Counter(OUTCOMES.get(code, "noticed") for code in codes.values())
    by_time = sum(code in TIMED_OUT for code in codes.values())
    counts = (len(codes), found["noticed"], by_time, found["survived"], found["not reached"])
    return path, *map(str, counts)


def _results(folder: Path) -> Iterator[tuple[str, dict[str, int | None]]]:
    """Exit codes of the tests by mutant, for each module."""
    for path in sorted(folder.glob("mutants/beatra_desktop/**/*.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        if codes:
            yield str(path.relative_to(folder / "mutants/beatra_desktop").with_suffix("")), codes


def _tell_survivors(tool: Path, folder: Path) -> None:
    names = [
        name
        for _, codes in _results(folder)
        for name, code in codes.items()
        if OUTCOMES.get(code) == "survived"
    ]
    with folder.with_suffix(".diff").open("w", encoding="utf-8") as file:
        for name in names:
            file.flush()
            subprocess.run([tool, "show", name], cwd=folder, check=True, stdout=file)
    sys.stdout.write(f"{len(names)} survivors are in {folder.with_suffix('.diff')}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

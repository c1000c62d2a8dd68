"""One lock for every system and Python: complete, hashed, and naming no place to download from."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT: Final = Path(__file__).resolve().parents[1]
RUN: Final = ROOT / "requirements.lock"
DEV: Final = ROOT / "requirements-dev.lock"
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED: Final = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
TOOLS: Final = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]
PLATFORMS: Final = {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}

Pins = dict[str, Version]


def entries(lock: Path) -> list[str]:
    """Each requirement with its hashes on one line."""
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def environment(python: str, platform: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": platform,
        "platform_system": PLATFORMS[platform],
        "os_name": "nt" if platform == "win32" else "posix",
    }


def pins(lock: Path, python: str, platform: str) -> Pins:
    """What pip installs from the lock there; fails when it would meet a name twice."""
    chosen: Pins = {}
    for entry in entries(lock):
        requirement = Requirement(entry.split("--hash")[0])
        if requirement.marker and not requirement.marker.evaluate(environment(python, platform)):
            continue
        name = canonicalize_name(requirement.name)
        assert name not in chosen
        chosen[name] = Version(str(requirement.specifier).removeprefix("=="))
    return chosen


def unmet(requirements: list[Requirement], chosen: Pins, python: str, platform: str) -> list[str]:
    applying = (
        each
        for each in requirements
        if each.marker is None or each.marker.evaluate(environment(python, platform))
    )
    return [
        str(each)
        for each in applying
        if (found := chosen.get(canonicalize_name(each.name))) is None
        or found not in each.specifier
    ]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_the_locks_hold_what_the_project_asks_for(python: str, platform: str) -> None:
    run, dev = pins(RUN, python, platform), pins(DEV, python, platform)
    assert unmet(NEEDED, run, python, platform) == []
    assert unmet([*NEEDED, *TOOLS], dev, python, platform) == []
    assert run.items() <= dev.items()


def test_pyside_that_aborts_on_python_3_11_is_not_locked_there() -> None:
    assert pins(RUN, "3.11", "linux")["pyside6-essentials"] < Version("6.12")


@pytest.mark.parametrize("lock", [RUN, DEV], ids=lambda lock: lock.name)
def test_every_entry_is_pinned_and_hashed(lock: Path) -> None:
    for entry in entries(lock):
        assert re.fullmatch(r"[a-z0-9.-]+==[^ ]+( ; .+?)?( +--hash=sha256:[0-9a-f]{64})+", entry)


@pytest.mark.parametrize("lock", [RUN, DEV], ids=lambda lock: lock.name)
def test_the_lock_names_no_place_to_download_from(lock: Path) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|--trusted", lock.read_text("utf-8"))


@pytest.mark.parametrize(
    ("folder", "declared"), [("beatra_desktop", NEEDED), ("tests", [*NEEDED, *TOOLS])]
)
def test_every_library_imported_is_asked_for(folder: str, declared: list[Requirement]) -> None:
    asked = {canonicalize_name(requirement.name) for requirement in declared}
    homes = packages_distributions()
    ours = {*sys.stdlib_module_names, "beatra_desktop", "tests", "run"}
    undeclared = {
        name
        for path in (ROOT / folder).rglob("*.py")
        for name in imported_names(ast.parse(path.read_text("utf-8")))
        if name not in ours
        and not asked & {canonicalize_name(home) for home in homes.get(name, [])}
    }
    assert undeclared == set()


def imported_names(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names

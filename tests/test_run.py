"""The way in: which Python, what to install, what to say; and whole set-ups in small checkouts."""

import ast
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pytest

import run

ROOT: Final = Path(__file__).resolve().parents[1]
SCRIPT: Final = ROOT / "run.py"

TOUR: Final = """
import os, pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--tour") + 1])
folder.mkdir()
(folder / "chat.png").touch()
print(os.environ["QT_QPA_PLATFORM"], flush=True)
sys.exit(3)
"""

Checkout = Callable[..., subprocess.CompletedProcess[str]]


def test_old_pythons_can_read_the_script() -> None:
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))


def test_the_script_needs_the_standard_library_only() -> None:
    imports = [
        node
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in imports
        for alias in node.names
    }
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_help_explains_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("test", "check", "bench", "faults", "lock", "--data-dir"):
        assert command in said


def test_the_first_fitting_python_is_chosen() -> None:
    versions = {"old": (3, 10), "broken": None, "good": (3, 12), "newer": (3, 13)}
    chosen = run.choose_python(([name] for name in versions), lambda words: versions[words[0]])
    assert chosen == ["good"]


def test_without_a_fitting_python_it_says_what_it_found() -> None:
    versions = {"python3": (3, 10), "python": (3, 14)}
    with pytest.raises(run.SetupError, match=r"3\.10 \(python3\), 3\.14 \(python\)"):
        run.choose_python(([name] for name in versions), lambda words: versions[words[0]])


def test_the_running_python_is_the_first_candidate() -> None:
    candidates = list(run.python_candidates())
    assert run.version_of(candidates[0]) == sys.version_info[:2]


def test_what_starts_no_python_has_no_version(tmp_path: Path) -> None:
    assert run.version_of([str(tmp_path / "absent")]) is None
    assert run.version_of([sys.executable, "-c", "print('hello')"]) is None
    assert run.version_of([sys.executable, "-c", "raise SystemExit(1)"]) is None


def lay_out(folder: Path, *, lock: str = "", config: str = "version = 3.11.2") -> Path:
    (folder / ".venv").mkdir(parents=True)
    (folder / ".venv" / "pyvenv.cfg").write_text(config)
    (folder / "requirements.lock").write_text(lock)
    (folder / "requirements-dev.lock").write_text(lock)
    return folder


def test_the_stamp_changes_with_lock_python_place_and_level(tmp_path: Path) -> None:
    first = lay_out(tmp_path / "a")
    stamps = {
        run.stamp_of("run", first),
        run.stamp_of("dev", first),
        run.stamp_of("run", lay_out(tmp_path / "b")),
        run.stamp_of("run", lay_out(tmp_path / "c", lock="numpy==1")),
        run.stamp_of("run", lay_out(tmp_path / "d", config="version = 3.12.1")),
    }
    assert len(stamps) == 5
    (first / "requirements.lock").write_text("numpy==2")
    assert run.stamp_of("run", first) not in stamps


def test_only_missing_packages_are_named() -> None:
    table = "libgl1=libGL.so.1 libpulse0=libpulse.so.0 libegl1=libEGL.so.1"
    assert run.missing(table, lambda name: "pulse" in name) == ["libgl1", "libegl1"]
    assert run.missing("nothing=libbeatra-absent.so.9") == ["nothing"]


def test_the_apt_line_can_be_pasted() -> None:
    line = run.apt_line(["libgl1", "libxcb-cursor0"])
    assert line == "apt-get install -y --no-install-recommends libgl1 libxcb-cursor0"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a display is always there")
@pytest.mark.parametrize(
    ("environment", "display", "xcb"),
    [
        ({}, False, False),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, False, False),
        ({"DISPLAY": ":0"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, False),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, True, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, True, False),
    ],
)
def test_displays(environment: dict[str, str], *, display: bool, xcb: bool) -> None:
    assert run.has_display(environment) is display
    assert run.needs_xcb(environment) is xcb


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "differs from the lock"),
        (
            "after connection broken by 'NewConnectionError('...: Temporary failure in name "
            "resolution')'\nERROR: No matching distribution found for anyio==4.16.0",
            "could not be reached",
        ),
        (
            "after connection broken by 'SSLError(SSLCertVerificationError(1'",
            "could not be reached",
        ),
        ("ERROR: No matching distribution found for av==18.1.0", "for this machine"),
        ("ERROR: something new", "lines above"),
    ],
)
def test_trouble_with_packages_is_explained(said: str, sentence: str) -> None:
    assert sentence in run.explain_pip(said)
    assert run.explain_pip(said).endswith("call ./run.py again.")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout whose lock is empty and whose app and Qt are files of one line."""
    shutil.copy(SCRIPT, tmp_path)
    files = {
        "requirements.lock": "",
        "requirements-dev.lock": "",
        "PySide6/__init__.py": "",
        "PySide6/QtWidgets.py": "",
        "PySide6/QtMultimedia.py": "",
        "beatra_desktop/__init__.py": "",
        "beatra_desktop/__main__.py": "import os, sys; print(os.getcwd(), sys.argv[1:])",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    plugin = tmp_path / "PySide6/Qt/plugins/platforms/libqxcb.so"
    plugin.parent.mkdir(parents=True)
    shutil.copy(str(importlib.import_module("_ctypes").__file__), plugin)

    def call(
        *arguments: str, cwd: Path = tmp_path, platform: str = "offscreen"
    ) -> subprocess.CompletedProcess[str]:
        empty = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY"), "")
        environment = {**os.environ, **empty, "QT_QPA_PLATFORM": platform}
        command: Sequence[str] = [sys.executable, str(tmp_path / "run.py"), *arguments]
        return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)

    return call


def test_a_first_call_sets_up_and_later_ones_only_start(checkout: Checkout, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    first = checkout("--data-dir", "mine", cwd=elsewhere)
    assert first.stdout == f"{elsewhere} ['--data-dir', 'mine']\n"
    assert "making .venv" in first.stderr
    (tmp_path / "PySide6/QtWidgets.py").write_text("raise ImportError('looked at again')")
    second = checkout("--", "--help")
    assert (second.stdout, second.stderr) == (f"{tmp_path} ['--help']\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a display is always there")
def test_without_a_display_the_tour_is_played(checkout: Checkout, tmp_path: Path) -> None:
    tour = tmp_path / "build" / "tour"
    tour.mkdir(parents=True)
    (tour / "of-yesterday.png").touch()
    (tmp_path / "beatra_desktop/__main__.py").write_text(TOUR)
    played = checkout(platform="")
    assert played.returncode == 3
    assert played.stdout == f"offscreen\n1 picture(s) in {tour}\n  {tour / 'chat.png'}\n"
    assert "did not get to its end" in played.stderr
    assert "does not use them" not in played.stderr
    assert "does not use them" in checkout("--data-dir", "mine", platform="").stderr


def test_a_failed_install_is_explained_and_the_next_call_starts_over(
    checkout: Checkout, tmp_path: Path
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("./absent.whl --hash=sha256:" + "0" * 64)
    failed = checkout()
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.endswith("call ./run.py again.\n")
    leftover = tmp_path / ".venv" / "half-written"
    leftover.touch()
    lock.write_text("")
    again = checkout()
    assert (again.returncode, again.stdout) == (0, f"{tmp_path} []\n")
    assert not leftover.exists()


def test_qt_that_does_not_load_is_said(checkout: Checkout, tmp_path: Path) -> None:
    (tmp_path / "PySide6/QtWidgets.py").write_text("raise ImportError('libGL.so.1 is gone')")
    failed = checkout()
    assert (failed.returncode, failed.stdout) == (1, "")
    assert "libGL.so.1 is gone" in failed.stderr
    assert "libxcb-cursor0" in failed.stderr

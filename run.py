#!/usr/bin/env python3
"""The one way in from a checkout: sets up what is missing, then runs the app, the tests or a tool.

Standard library only, and Python 3.8 can read it, so that an old interpreter can still say which
one is needed. Nothing here names a package index: pip's own settings decide.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP: Final = VENV / "beatra-ready"
UNFINISHED: Final = "unfinished"
LOCKS: Final = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
OLDEST: Final = (3, 11)
BELOW: Final = (3, 14)
PROBE_TIMEOUT_S: Final = 60
WINDOWS: Final = os.name == "nt"
LINUX: Final = sys.platform.startswith("linux")
AGAIN: Final = "then call ./run.py again."

HELP: Final = """\
usage: ./run.py [COMMAND] [ARGUMENTS]

  ./run.py [ARGUMENTS]         open Beatra Desktop; arguments go to the app, e.g. --data-dir DIR
                               (with no display: play the tour off screen into build/tour)
  ./run.py test [ARGUMENTS]    all tests, off screen; arguments for pytest replace "-n 3"
  ./run.py check               lint, format, types, import contracts, dead code
  ./run.py bench [ARGUMENTS]   the measurements; writes build/bench.json
  ./run.py faults [ARGUMENTS]  the long campaigns against each promise; writes build/faults.json
  ./run.py lock [ARGUMENTS]    write both lock files anew (--upgrade: newest versions)
  ./run.py --help              this text (./run.py -- --help: the app's own)
The first call needs a network and some minutes: it makes .venv and fills it from the lock file.
"""

# Debian and Ubuntu package = the library it brings, by what does not work without it
WIDGET_LIBRARIES: Final = (
    "libgl1=libGL.so.1 libegl1=libEGL.so.1 libglib2.0-0=libglib-2.0.so.0 libx11-6=libX11.so.6 "
    "libdbus-1-3=libdbus-1.so.3 libfontconfig1=libfontconfig.so.1 libfreetype6=libfreetype.so.6 "
    "libxkbcommon0=libxkbcommon.so.0 libbrotli1=libbrotlidec.so.1"
)
SOUND_LIBRARIES: Final = "libpulse0=libpulse.so.0 libxrandr2=libXrandr.so.2"
SCREEN_LIBRARIES: Final = (
    "libxcb-cursor0=libxcb-cursor.so.0 libxcb-icccm4=libxcb-icccm.so.4 libxcb-xkb1=libxcb-xkb.so.1 "
    "libxcb-image0=libxcb-image.so.0 libxcb-keysyms1=libxcb-keysyms.so.1 "
    "libxcb-render-util0=libxcb-render-util.so.0 libxcb-shape0=libxcb-shape.so.0 "
    "libxkbcommon-x11-0=libxkbcommon-x11.so.0 libwayland-cursor0=libwayland-cursor.so.0"
)
TEST_PROGRAMS: Final = (
    "xvfb=Xvfb xauth=xauth dbus=dbus-run-session gnome-keyring=gnome-keyring-daemon "
    "pulseaudio=pulseaudio pulseaudio-utils=parec playerctl=playerctl "
    "at-spi2-core=/usr/libexec/at-spi2-registryd"
)

CHECKS: Final = (
    ("lint", ("-m", "ruff", "check", ".")),
    ("format", ("-m", "ruff", "format", "--check", ".")),
    ("types", ("-m", "mypy")),
    ("import contracts", ("-c", "import importlinter.cli as c; c.lint_imports_command()")),
    ("dead code", ("-m", "vulture")),
)

PIP_TROUBLE: Final = {
    "No space left|not enough space|Errno 28": "The disk is full. Free about 2 GB",
    "DO NOT MATCH THE HASHES": "A download differs from the lock file. Run `pip cache purge`",
    "ConnectionError|connection broken|NewConnection|Max retries|ProxyError|SSLError|[Tt]imed out"
    "|Timeout|name resolution|IncompleteRead|ConnectionReset": (
        "The package index could not be reached. Check the network and pip's settings"
    ),
    "No matching distribution|Could not find a version": (
        "No ready-made package for this machine. Use Linux x86_64 (glibc 2.34), Windows or macOS"
    ),
}

XCB: Final = "PySide6.__path__[0] + '/Qt/plugins/platforms/libqxcb.so'"
PROBES: Final = {
    "QtWidgets": "import PySide6.QtWidgets",
    "QtMultimedia": "import PySide6.QtMultimedia",
    **({"xcb": f"import ctypes, PySide6; ctypes.CDLL({XCB})"} if LINUX else {}),
}


class SetupError(Exception):
    """Something the person at the keyboard has to put right; the text says what."""


def say(text: str) -> None:
    print(f"run.py: {text}", file=sys.stderr, flush=True)


def python_candidates() -> Iterable[list[str]]:
    """Commands that may start a fitting Python, the running one first."""
    yield [getattr(sys, "_base_executable", sys.executable)]
    for minor in range(BELOW[1] - 1, OLDEST[1] - 1, -1):
        yield ["py", f"-3.{minor}"] if WINDOWS else [f"python3.{minor}"]
    yield ["python3"]


def version_of(command: Sequence[str]) -> tuple[int, int] | None:
    """Major and minor version, or None when the command does not start a Python."""
    try:
        answer = ask([*command, "-c", "import sys; print(*sys.version_info[:2])"])
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.fullmatch(r"(\d+) (\d+)\s*", answer.stdout)
    return (int(found[1]), int(found[2])) if found and answer.returncode == 0 else None


def ask(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=PROBE_TIMEOUT_S)


def choose_python(
    candidates: Iterable[list[str]],
    probe: Callable[[Sequence[str]], tuple[int, int] | None] = version_of,
) -> list[str]:
    seen = []
    for command in candidates:
        version = probe(command)
        if version and OLDEST <= version < BELOW:
            return command
        if version:
            seen.append("{}.{} ({})".format(*version, " ".join(command)))
    found = ", ".join(seen) or "none"
    raise SetupError(
        f"Beatra Desktop needs Python 3.11, 3.12 or 3.13; found {found}. Install one, {AGAIN}"
    )


def venv_is_sound() -> bool:
    """Whether packages can be added to `.venv`; else it has to be made anew."""
    script = f"import pip, sys; sys.exit(not {OLDEST} <= sys.version_info[:2] < {BELOW})"
    whole = UNFINISHED not in stamps() and PYTHON.exists()
    return whole and ask([str(PYTHON), "-c", script]).returncode == 0


def missing_venv_package(python: Sequence[str]) -> list[str]:
    """Debian splits off what `python -m venv` needs."""
    if not python or ask([*python, "-c", "import ensurepip"]).returncode == 0:
        return []
    return ["python{}.{}-venv".format(*version_of(python) or OLDEST)]


def stamps() -> tuple[str, ...]:
    return tuple(STAMP.read_text("utf-8").splitlines()) if STAMP.exists() else ()


def write_stamps(lines: Iterable[str]) -> None:
    STAMP.write_text("\n".join(lines) + "\n", "utf-8")


def stamp_of(level: str, root: Path) -> str:
    """Names what `.venv` was made from, so that a new lock, Python or place shows."""
    config = root / ".venv" / "pyvenv.cfg"
    python = config.read_bytes() if config.exists() else b""
    parts = ((root / LOCKS[level]).read_bytes(), python, str(root).encode())
    return f"{level} {hashlib.sha256(b''.join(parts)).hexdigest()}"


def install(level: str) -> None:
    """Installs the locked set; the stamp says "unfinished" until the last file is in place."""
    write_stamps([UNFINISHED])
    say("installing the locked packages (several hundred MB, once)")
    pip_install(["--require-hashes", "--no-deps", "-r", str(ROOT / LOCKS[level])])
    where = ask([str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    Path(where.stdout.strip(), "beatra-desktop.pth").write_text(f"{ROOT}\n", "utf-8")
    levels = ("run",) if level == "run" else tuple(LOCKS)
    write_stamps(stamp_of(each, ROOT) for each in levels)


def pip_install(arguments: Sequence[str]) -> None:
    fixed = ("-m", "pip", "install", "--only-binary=:all:", "--no-input")
    quiet = ("--disable-pip-version-check", *(() if sys.stdout.isatty() else ("--quiet",)))
    command = [str(PYTHON), *fixed, *quiet, *arguments]
    said = ""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as pip:
        for line in pip.stderr or ():
            sys.stderr.write(line)
            said += line
    if pip.returncode:
        raise SetupError(explain_pip(said))


def explain_pip(said: str) -> str:
    for pattern, sentence in PIP_TROUBLE.items():
        if re.search(pattern, said):
            return f"{sentence}, {AGAIN}"
    return f"The packages could not be installed. Mend what the lines above say, {AGAIN}"


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing(table: str, present: Callable[[str], object] = loads) -> list[str]:
    pairs = (pair.split("=") for pair in table.split())
    return [package for package, name in pairs if not present(name)]


def apt_line(packages: Iterable[str]) -> str:
    return f"apt-get install -y --no-install-recommends {' '.join(packages)}"


def has_display(environment: Mapping[str, str]) -> bool:
    return not LINUX or any(map(environment.get, ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")))


def needs_xcb(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("DISPLAY")) and not environment.get("WAYLAND_DISPLAY")


def provide_system_packages(level: str, needed: Sequence[str]) -> None:
    """Installs by apt as root; else stops for what cannot be done without, mentions the rest."""
    vital = [*needed, *missing(WIDGET_LIBRARIES)]
    useful = [*missing(SOUND_LIBRARIES), *missing(SCREEN_LIBRARIES)]
    if level == "dev":
        useful += missing(TEST_PROGRAMS, shutil.which)
    packages = [*vital, *useful]
    if packages and shutil.which("apt-get") and os.geteuid() == 0:
        apt_install(packages)
    elif vital or (useful and level == "run" and needs_xcb(os.environ)):
        raise SetupError(f"System packages are missing. {advice(packages)}")
    elif useful:
        say(f"going on, but without sound, screen or some tests. {advice(packages)}")


def advice(packages: Iterable[str]) -> str:
    if shutil.which("apt-get"):
        return f"Run this line, {AGAIN}\n  sudo {apt_line(packages)}"
    return f"Install what your system calls {', '.join(packages)}, {AGAIN}"


def apt_install(packages: Sequence[str]) -> None:
    say(f"installing system packages: {' '.join(packages)}")
    for command in ("apt-get update", apt_line(packages)):
        done = subprocess.run(
            [*shlex.split(command), "-qq"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    # only the last one counts: a dead third-party source fails `update` and harms nothing
    if done.returncode:
        raise SetupError(f"apt could not install them. {advice(packages)}")


def check_qt() -> bool:
    """Loads Qt in children. False when a part is missing that can be done without for now."""
    answers = {name: ask([str(PYTHON), "-c", script]) for name, script in PROBES.items()}
    failed = [name for name, answer in answers.items() if answer.returncode]
    for name in failed:
        say(f"{name} does not load: {answers[name].stderr.strip()[-400:]}")
    if "QtWidgets" in failed or ("xcb" in failed and needs_xcb(os.environ)):
        everything = f"{WIDGET_LIBRARIES} {SOUND_LIBRARIES} {SCREEN_LIBRARIES}"
        raise SetupError(f"No window opens like this. {advice(missing(everything, lambda _: 0))}")
    return not failed


def prepare(level: str) -> None:
    """Makes `.venv` and the system fit for "run" or "dev"; nearly free when they already are."""
    checked = f"{level} loads{' on xcb' if needs_xcb(os.environ) else ''}"
    installed = PYTHON.exists() and stamp_of(level, ROOT) in stamps()
    if installed and checked in stamps():
        return
    builder = [] if installed or venv_is_sound() else choose_python(python_candidates())
    if LINUX:
        provide_system_packages(level, missing_venv_package(builder))
    if builder:
        say("making .venv")
        if subprocess.run([*builder, "-m", "venv", "--clear", str(VENV)]).returncode:
            raise SetupError(f".venv could not be made. Mend what the lines above say, {AGAIN}")
    if not installed:
        install(level)
    if check_qt():
        write_stamps([*stamps(), checked])


def run_python(arguments: Sequence[str], **environment: str) -> int:
    """Becomes the command where the system can, so that signals and exit codes are its own."""
    command, wanted = [str(PYTHON), *arguments], {**os.environ, **environment}
    if not WINDOWS:
        os.execve(command[0], command, wanted)
    return subprocess.call(command, env=wanted)


def run_app(arguments: Sequence[str]) -> int:
    prepare("run")
    if has_display(os.environ):
        return run_python(["-m", "beatra_desktop", *arguments])
    if {"--tour", "--version", "--help"}.intersection(arguments):
        return run_python(["-m", "beatra_desktop", *arguments], QT_QPA_PLATFORM="offscreen")
    say("no display (DISPLAY and WAYLAND_DISPLAY are empty): playing the tour off screen")
    if arguments:
        say("the arguments are for the window: the tour does not use them")
    tour = ROOT / "build" / "tour"
    shutil.rmtree(tour, ignore_errors=True)  # pictures of an earlier tour would prove nothing
    command = [str(PYTHON), "-m", "beatra_desktop", "--tour", str(tour)]
    code = subprocess.call(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    pictures = sorted(tour.rglob("*.png"))
    print(f"{len(pictures)} picture(s) in {tour}", *pictures, sep="\n  ")
    if code:
        say("the tour did not get to its end; the lines above say why.")
    return code


def run_tests(arguments: Sequence[str]) -> int:
    prepare("dev")
    os.chdir(ROOT)
    chosen = arguments or ("-n", "3", "--dist", "loadfile")
    return run_python(["-m", "pytest", *chosen], QT_QPA_PLATFORM="offscreen")


def run_checks(_: Sequence[str]) -> int:
    prepare("dev")
    return max([run_check(name, command) for name, command in CHECKS])


def run_check(name: str, arguments: Sequence[str]) -> int:
    started = time.monotonic()
    command = [str(PYTHON), *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    verdict, seconds = "FAILED" if done.returncode else "ok", time.monotonic() - started
    print(f"{verdict:6} {name} ({seconds:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout.decode("utf-8", "replace"), flush=True)
    return int(done.returncode != 0)


def run_folder(folder: str, arguments: Sequence[str]) -> int:
    prepare("dev")
    platform = os.environ.get("QT_QPA_PLATFORM") or "offscreen"
    script = ROOT / "tests" / folder / "__main__.py"
    return run_python([str(script), *arguments], QT_QPA_PLATFORM=platform)


def run_lock(arguments: Sequence[str]) -> int:
    """Resolves for every system and Python at once, with a resolver that lives for this call."""
    python = choose_python(python_candidates())
    common = shlex.split(
        "pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --quiet "
        "--only-binary :all: --no-emit-index-url --no-annotate "
        "--custom-compile-command './run.py lock'"
    )
    run, dev = LOCKS["run"], LOCKS["dev"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.check_call([*python, "-m", "venv", folder])
        tools = Path(folder, "Scripts" if WINDOWS else "bin")
        subprocess.check_call([str(tools / "pip"), "install", "--quiet", "uv"])
        for output in (["-o", run], ["--group", "dev", "-c", run, "-o", dev]):
            subprocess.check_call([str(tools / "uv"), *common, *output, *arguments], cwd=ROOT)
    return 0


def main(arguments: Sequence[str]) -> int:
    commands: Mapping[str, Callable[[Sequence[str]], int]] = {
        "test": run_tests,
        "check": run_checks,
        "bench": partial(run_folder, "benchmarks"),
        "faults": partial(run_folder, "faults"),
        "lock": run_lock,
        "--": run_app,
    }
    command = arguments[0] if arguments else ""
    if command in ("-h", "--help"):
        print(HELP, end="")
        return 0
    try:
        return commands[command](arguments[1:]) if command in commands else run_app(arguments)
    except SetupError as error:
        say(str(error))
    except (OSError, subprocess.SubprocessError) as error:
        say(f"{error}. Put that right, {AGAIN}")
    except KeyboardInterrupt:
        say("stopped; the next call repairs what was left half done.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

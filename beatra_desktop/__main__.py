"""The entry point: reads the command line, refuses what would crash, runs the app."""

import builtins
import gc
import os
import sys
from collections.abc import Sequence
from typing import Any

from beatra_desktop import start_bytecode
from beatra_desktop.options import REFUSED, Options, parse
from beatra_desktop.paths import Paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the app, or the tour; returns the exit code."""
    with start_bytecode.used():
        return _run(parse(sys.argv[1:] if arguments is None else arguments))


def _run(options: Options) -> int:
    if problem := platform_problem(qt_version(), sys.version_info[:2]):
        print(problem, file=sys.stderr)
        return REFUSED
    if options.tour is not None:
        from beatra_desktop import tour

        return tour.run(options.tour)
    if is_handed_over(options):
        return 0
    load_quickly()
    from beatra_desktop import app

    return app.run(options)


def is_handed_over(options: Options) -> bool:
    """Whether an open window took over what was asked for.

    Looked at before the rest of the app is loaded, which takes some ten times as long.
    """
    from beatra_desktop.ui.single_instance import Call, hand_over, is_open

    data_dir = Paths.of(options.data_dir).data_dir
    if not is_open(data_dir):
        return False
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return hand_over(data_dir, Call(paths=options.files, links=options.links, token=token))


def load_quickly() -> None:
    """Spare what else takes a quarter of the time that loading the app takes.

    What is loaded stays: to look through it for garbage finds none. And PySide looks at every
    import after its own, to see whether the module wants other names for Qt's methods, and for that
    reads its source, which `linecache` would keep. None of ours does, so Python's own import is put
    back. It also makes up a text when a compiled function's documentation is asked for, as
    `contextlib` does at each use of one, and so psygnal at each emission.
    """
    gc.disable()
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    wording: Any = sys.modules.get("shibokensupport.signature.errorhandler")
    if hasattr(wording, "make_helptext"):
        wording.make_helptext = lambda _function: None


def qt_version() -> str:
    """Of the PySide in use; loaded after the command line was read, which needs no Qt."""
    from beatra_desktop import pyside_bytecode, pyside_enums

    pyside_enums.make_quickly()
    with pyside_bytecode.kept():
        import PySide6
    return PySide6.__version__


def platform_problem(qt: str, python: tuple[int, int]) -> str | None:
    """Why this Qt and this Python must not run together, if so.

    PySide6 6.12 miscounts references to None and True, which before Python 3.12 aborts the
    process after some hundred signals.
    """
    if python >= (3, 12) or tuple(map(int, qt.split(".")[:2])) < (6, 12):
        return None
    return (
        f"PySide6 {qt} crashes on Python {python[0]}.{python[1]}, so nothing was started. "
        "Install 'PySide6-Essentials<6.12' and 'PySide6-Addons<6.12', or use Python 3.12 or newer."
    )


if __name__ == "__main__":
    sys.exit(main())

"""Last-resort hooks: what nobody caught becomes a redacted report on this disk, and no more."""

import asyncio
import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

from msgspec import Struct

from beatra_desktop import __version__
from beatra_desktop.logs import redact

FAULT_LOG: Final = "fault.log"
REPORT_PATTERN: Final = "crash-*.txt"
KEPT_REPORTS: Final = 20
_QT_PACKAGE: Final = "PySide6-Essentials"

_log = logging.getLogger(__name__)


class CrashReport(Struct, frozen=True, kw_only=True):
    """`text` is redacted and may be shown; `path` is None when it could not be written."""

    text: str
    path: Path | None


class CrashReporter:
    """The installed hooks. Nothing here raises, and an error that repeats is reported once."""

    def __init__(
        self,
        report_dir: Path,
        on_report: Callable[[CrashReport], None],
        is_known: Callable[[BaseException], bool] = lambda _: False,
    ) -> None:
        self.previous_fault: Path | None = None
        self._is_known = is_known
        self._report_dir = report_dir
        self._on_report = on_report
        self._reported: set[tuple[str, str, int]] = set()
        self._fault_log: TextIO | None = None

    def report(self, error: BaseException, *, where: str) -> None:
        """Report an error nobody handled; `where` names the place in plain words."""
        if self._is_known(error):
            _log.error("In %s: %s", where, error)
            return
        origin = _origin(error)
        if origin in self._reported:
            _log.error("Unhandled again in %s: %s", where, origin[0])
            return
        self._reported.add(origin)
        _log.critical("Unhandled in %s", where, exc_info=error)
        text = describe(error, where=where)
        with _LoggedOnly():
            self._on_report(CrashReport(text=text, path=self._write(text)))

    def on_loop_exception(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For `loop.set_exception_handler`."""
        error = context.get("exception")
        message = str(context.get("message", ""))
        if isinstance(error, BaseException):
            self.report(error, where=f"the event loop: {message}")
        else:
            _log.error("The event loop says: %s", message)

    def watch(self) -> None:
        """Set the hooks of the interpreter, of threads, and for faults in native code."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        try:
            self._report_dir.mkdir(parents=True, exist_ok=True)
            self.previous_fault = _put_aside(self._report_dir / FAULT_LOG)
            self._fault_log = (self._report_dir / FAULT_LOG).open("w", encoding="utf-8")
            faulthandler.enable(self._fault_log)
        except (OSError, ValueError, RuntimeError):
            _log.exception("Faults in native code will leave no report")

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        if self._fault_log is not None:
            faulthandler.disable()
            self._fault_log.close()
            self._fault_log = None

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.report(error, where="the main thread")
            _forget_last()

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.report(args.exc_value, where=f"the thread {args.thread and args.thread.name}")

    def _write(self, text: str) -> Path | None:
        path = self._report_dir / _report_name()
        try:
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            _prune(self._report_dir)
        except OSError:
            _log.exception("A crash report could not be written")
            return None
        return path


class _LoggedOnly:
    """Any failure of the body is logged and ends here: a hook that raises hides the first error,
    and Python would print that one unredacted."""

    def __enter__(self) -> None:
        """Only the way out matters."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        if isinstance(error, Exception):
            _log.error("A crash report could not be passed on", exc_info=error)
        return isinstance(error, Exception)


def install(
    report_dir: Path,
    on_report: Callable[[CrashReport], None],
    *,
    is_known: Callable[[BaseException], bool] = lambda _: False,
) -> CrashReporter:
    """Catch what nobody else does from here on.

    No report is made of an error that `is_known`: the user is told of it where it comes from.
    `on_report` is called in the thread that failed. A native fault of the run before is at
    `previous_fault`. The event loop is hooked with `loop.set_exception_handler`.
    """
    reporter = CrashReporter(report_dir, on_report, is_known)
    reporter.watch()
    return reporter


def describe(error: BaseException, *, where: str) -> str:
    """The redacted report: versions, platform, place and traceback; no contents of variables."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = (
        f"Beatra Desktop {__version__}, {now}",
        f"Python {platform.python_version()}, Qt {qt_version()}, {platform.platform()}",
        f"Unhandled in {where}",
        "",
        "".join(traceback.format_exception(error)),
    )
    return redact("\n".join(lines))


def qt_version() -> str:
    from importlib import metadata  # only a report needs it, and it takes long to load

    try:
        return metadata.version(_QT_PACKAGE)
    except metadata.PackageNotFoundError:
        return "not installed"


def _forget_last() -> None:
    """Python keeps the last error of a slot for a debugger, and with it all its frames hold."""
    for name in ("last_exc", "last_type", "last_value", "last_traceback"):
        if hasattr(sys, name):
            delattr(sys, name)


def _origin(error: BaseException) -> tuple[str, str, int]:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = (last.filename, last.lineno or 0) if last else ("", 0)
    return (type(error).__name__, *place)


def _report_name() -> str:
    return f"crash-{datetime.now(UTC):%Y%m%dT%H%M%S%f}.txt"


def _put_aside(fault_log: Path) -> Path | None:
    """Keep the traces a native fault of an earlier run left."""
    if not fault_log.exists() or not fault_log.stat().st_size:
        return None
    kept = fault_log.with_name(_report_name())
    fault_log.replace(kept)
    return kept


def _prune(report_dir: Path) -> None:
    for old in sorted(report_dir.glob(REPORT_PATTERN))[:-KEPT_REPORTS]:
        old.unlink(missing_ok=True)

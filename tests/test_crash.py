"""Last-resort hooks, each in a real interpreter that really fails."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from beatra_desktop import crash
from beatra_desktop.crash import CrashReport, CrashReporter, describe

CANARY = "sk-canary-7d1f02c9e4b8"
PRELUDE = """
import asyncio, sys, threading
from pathlib import Path
from beatra_desktop import crash
folder = Path(sys.argv[1])
reporter = crash.install(folder, lambda report: print("REPORTED", report.path))
"""


def _fail(folder: Path, program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PRELUDE + program, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _only_report(folder: Path) -> str:
    (path,) = folder.glob(crash.REPORT_PATTERN)
    return path.read_text(encoding="utf-8")


def test_an_exception_of_the_main_thread_is_reported(tmp_path: Path) -> None:
    done = _fail(tmp_path, f"raise RuntimeError('lost with {CANARY}')")
    report = _only_report(tmp_path)
    assert done.returncode == 1
    assert "REPORTED" in done.stdout
    assert "RuntimeError: lost with sk-[redacted]" in report
    assert f"Python {sys.version_info.major}." in report
    assert "Qt " in report
    assert "the main thread" in report
    assert "canary" not in done.stdout + report


def test_an_exception_of_a_slot_is_reported_and_not_kept(tmp_path: Path) -> None:
    done = _fail(
        tmp_path,
        """
from PySide6.QtCore import QCoreApplication, QTimer
app = QCoreApplication([])
QTimer.singleShot(0, lambda: 1 / 0)
QTimer.singleShot(0, app.quit)
app.exec()
print("KEPT", hasattr(sys, "last_value"))
""",
    )
    assert "ZeroDivisionError" in _only_report(tmp_path)
    assert "KEPT False" in done.stdout


def test_an_exception_of_a_thread_is_reported(tmp_path: Path) -> None:
    _fail(
        tmp_path,
        "t = threading.Thread(target=lambda: 1 / 0, name='decoder'); t.start(); t.join()",
    )
    report = _only_report(tmp_path)
    assert "ZeroDivisionError" in report
    assert "the thread decoder" in report


def test_an_exception_of_the_loop_is_reported(tmp_path: Path) -> None:
    _fail(
        tmp_path,
        """
async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(reporter.on_loop_exception)
    loop.call_soon(lambda: 1 / 0)
    loop.call_exception_handler({"message": "no exception here"})
    await asyncio.sleep(0)
asyncio.run(main())
""",
    )
    assert "the event loop" in _only_report(tmp_path)


def test_a_native_fault_is_kept_for_the_next_start(tmp_path: Path) -> None:
    assert _fail(tmp_path, "import ctypes; ctypes.string_at(0)").returncode != 0
    done = _fail(tmp_path, "print('PREVIOUS', reporter.previous_fault)")
    assert "PREVIOUS None" not in done.stdout
    assert "most recent call first" in _only_report(tmp_path)
    assert "PREVIOUS None" in _fail(tmp_path, "print('PREVIOUS', reporter.previous_fault)").stdout


def test_ctrl_c_is_no_crash(tmp_path: Path) -> None:
    _fail(tmp_path, "raise KeyboardInterrupt")
    assert list(tmp_path.glob(crash.REPORT_PATTERN)) == []


def _raise() -> ValueError:
    try:
        raise ValueError(CANARY)
    except ValueError as error:
        return error


def test_the_same_error_is_reported_once(tmp_path: Path) -> None:
    reports: list[CrashReport] = []
    reporter = CrashReporter(tmp_path, reports.append)
    for _ in range(3):
        reporter.report(_raise(), where="a test")
    assert len(reports) == 1
    reporter.report(KeyError("another"), where="a test")
    assert len(reports) == 2


def test_a_folder_that_cannot_be_written_still_reports(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    reports: list[CrashReport] = []
    CrashReporter(tmp_path / "file", reports.append).report(_raise(), where="a test")
    assert [report.path for report in reports] == [None]
    assert "ValueError" in reports[0].text


def test_a_listener_that_fails_does_not_hide_the_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(report: CrashReport) -> None:
        raise RuntimeError("no window")

    CrashReporter(tmp_path, fail).report(_raise(), where="a test")
    assert "ValueError" in _only_report(tmp_path)
    assert "could not be passed on" in caplog.text


def test_old_reports_go(tmp_path: Path) -> None:
    reporter = CrashReporter(tmp_path, lambda report: None)
    for number in range(crash.KEPT_REPORTS + 5):
        reporter.report(type(f"Error{number}", (Exception,), {})(), where="a test")
    assert len(list(tmp_path.glob(crash.REPORT_PATTERN))) == crash.KEPT_REPORTS


def test_an_exception_that_cannot_be_printed_is_described() -> None:
    class RudeError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    assert "RudeError" in describe(RudeError(), where="a test")


def test_what_the_user_was_told_of_is_logged_and_leaves_no_report(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reports: list[CrashReport] = []
    reporter = CrashReporter(tmp_path, reports.append, lambda error: isinstance(error, ValueError))
    reporter.report(ValueError("the disk is full"), where="a slot")
    assert (reports, list(tmp_path.iterdir())) == ([], [])
    assert "the disk is full" in caplog.text
    caplog.clear()


def test_an_error_that_tells_half_a_character_is_reported(tmp_path: Path) -> None:
    done = _fail(tmp_path, r"raise RuntimeError('half \ud83d')")
    assert "REPORTED" in done.stdout
    assert r"half \ud83d" in _only_report(tmp_path)

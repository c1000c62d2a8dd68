"""What helps whoever helps: versions, connection, counts and the end of the log, redacted.

In English whatever the window's language is. It holds nothing that was written, no title, no file
name and no key; the home folder is written as `~`.
"""

import os
import platform
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from beatra_desktop import __version__, logs
from beatra_desktop.crash import qt_version
from beatra_desktop.domain.activity import Activity
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services.profiles import ProfilesService

LOG_BYTES: Final = 12_000
"""How much of the log's end is taken."""


def report(profiles: ProfilesService, settings: Settings, rows: Iterable[Activity]) -> str:
    """A line for each fact, then the log."""
    facts = [*_app(), *_service(profiles), *_work(settings, rows)]
    lines = "\n".join(f"{name}: {value}" for name, value in facts if value)
    text = f"{lines}\n\nEnd of the log:\n{_end_of_log() or '(empty)'}"
    return logs.redact(text).replace(str(Path.home()), "~")


def _app() -> Iterator[tuple[str, str]]:
    yield "App", f"Beatra Desktop {__version__}"
    yield "System", platform.platform()
    yield "Python", platform.python_version()
    yield "Qt", qt_version()


def _service(profiles: ProfilesService) -> Iterator[tuple[str, str]]:
    connection, store = profiles.connection.value, profiles.key_store.value
    yield "Profile", profiles.active.value.kind.value
    yield "Host", urlsplit(connection.base_url).netloc
    yield "Connection", connection.phase.value
    if connection.failure is not None:
        yield "Failure", connection.failure.code.value
        yield "Failure's request id", connection.failure.request_id or ""
    yield "Key store", f"{store.name or 'none'}, {store.state.value}"


def _work(settings: Settings, rows: Iterable[Activity]) -> Iterator[tuple[str, str]]:
    yield "Paused", "yes" if settings.is_paused else "no"
    yield "Attempts", str(settings.retry_attempts)
    yield "Uploads, songs at a time", f"{settings.parallel_uploads}, {settings.parallel_songs}"
    counts = Counter(f"{row.kind.value} {row.state.value}" for row in rows)
    yield "Activity", ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))


def _end_of_log() -> str:
    """The last whole lines; empty where nothing was or could be logged."""
    path = logs.current_file()
    if path is None or not path.exists():
        return ""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - LOG_BYTES))
        text = file.read().decode("utf-8", "replace")
    return text if size <= LOG_BYTES else text.partition("\n")[2]

"""The session's end: everything is on the disk before the system is told that it may go on."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from beatra_desktop.ui.application import Application
from beatra_desktop.ui.desktop.session import Session
from tests.ui.windows import filled_window


def _drafts(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "beatra.db")) as database:
        return [row[0] for row in database.execute("SELECT draft FROM conversations")]


def test_what_is_being_written_is_stored_before_the_session_ends(
    run_on_qt: Any, open_bench: Any, tmp_path: Path, qapp: Application
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            woken: list[str] = []
            store = partial(bench.database.settle, patience_seconds=20)
            session = Session(qapp, window, store=store, wake=lambda: woken.append("woken"))
            window.show()
            asked: list[str] = []
            qapp.quit_requested.connect(lambda: asked.append("quit"))
            window.interior.chat.composer.text_area.insertPlainText("Half a thought")
            assert _drafts(tmp_path) == []
            qapp.commitDataRequest.emit(None)
            assert _drafts(tmp_path) == ["Half a thought"]
            assert asked == ["quit"]
            session.sleep.woken.emit()
            assert woken == ["woken"]
            window.deleteLater()

    run_on_qt(work)

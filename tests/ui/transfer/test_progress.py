"""What runs is shown when it takes a while."""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.records import replace
from beatra_desktop.domain.transfer import ExportFormat, Transfer, TransferKind
from beatra_desktop.ui.transfer.progress import ProgressRow, TransferBar
from beatra_desktop.ui.transfer.words import export_words


def test_a_row_says_what_is_done_and_how_far(qtbot: Any) -> None:
    known = Transfer(id="t", kind=TransferKind.IMPORT, name="all.zip")
    row = ProgressRow(known)
    qtbot.addWidget(row)
    assert row.text == "Importing “all.zip”…"
    row.update_to(replace(known, done=12, total=100))
    assert row.text == "Importing “all.zip”… 12 of 100"
    assert row.cancel_button.isEnabled()
    row.update_to(replace(known, done=12, total=100, is_stopping=True))
    assert row.text.startswith("Ending…")
    assert not row.cancel_button.isEnabled()


def test_what_takes_long_is_shown_and_can_be_cancelled(
    run_on_qt: Any, open_bench: Any, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def print_slowly(_parts: Iterable[str]) -> bytes:
        go_on.wait()
        return b"%PDF"

    async def work() -> None:
        async with open_bench(ready=False) as bench:
            services = bench.services
            window = QWidget()
            bar = TransferBar(services.transfer, parent=window)
            window.show()
            conversation = services.chat.new_conversation()
            services.transfer.printer = print_slowly
            path = tmp_path / "x.pdf"
            services.transfer.export(
                conversation.id, path, format=ExportFormat.PDF, words=export_words()
            )
            [row] = bar.rows
            assert bar.isHidden()
            await bench.until(bar.isVisible)
            assert row.text == "Saving “x.pdf”…"
            row.cancel_button.click()
            assert row.text == "Ending…"
            go_on.set()
            await bench.until(lambda: bar.rows == [])
            assert bar.isHidden()
            assert not path.exists()
            assert len(services.notices.notices) == 0
            window.hide()
            window.deleteLater()

    run_on_qt(work)

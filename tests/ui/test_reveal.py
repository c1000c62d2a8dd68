"""The file manager is asked to mark the file; where there is none, the folder is opened."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from beatra_desktop.ui import reveal as module


def test_without_a_file_manager_on_the_bus_the_folder_is_opened(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "_ask_file_manager", lambda _path: False)
    module.reveal(Path("/songs/Night.mp3"))
    assert [url.toLocalFile() for url in opened] == ["/songs"]


def test_a_file_manager_that_marks_the_file_is_enough(
    qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(module, "_ask_file_manager", lambda _path: True)
    module.reveal(Path("/songs/Night.mp3"))
    assert opened == []

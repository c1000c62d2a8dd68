"""Files and pictures given to the chat, on real services: the message, the uploads, the words."""

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from beatra_desktop.domain.failures import FailureCode
from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose, UploadStatus
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat.quoting import MAX_QUOTED_BYTES
from beatra_desktop.ui.uploads.pictures import png
from tests.ui.chat.panes import InPane, bars_of, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


def _files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def _paste(pane: ChatPane, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(pane.composer.text_area, Qt.Key.Key_V, CONTROL)
    QGuiApplication.clipboard().clear()


def _undo(pane: ChatPane) -> str:
    QTest.keyClick(pane.composer.text_area, Qt.Key.Key_Z, CONTROL)
    return pane.composer.text


async def _ended(bench: Any) -> Any:
    """The uploads, once none is under way."""
    uploads = bench.services.uploads.uploads
    await bench.until(lambda: uploads and not any(u.status.is_live for u in uploads))
    return uploads


@pytest.fixture
def picture() -> QImage:
    made = QImage(40, 30, QImage.Format.Format_RGB32)
    made.fill(QColor("#0b6b7c"))
    return made


def test_pasted_text_files_are_quoted_as_one_step_to_undo(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        key, words = tmp_path / "key.md", tmp_path / "words.txt"
        key.write_bytes("Tonart\r\nd-Moll".encode("utf-16"))
        words.write_text("雨が降る")
        type_text(pane, "Look: ")
        _paste(pane, _files(key, words))
        quoted = "key.md\n```markdown\nTonart\nd-Moll\n```\nwords.txt\n```\n雨が降る\n```\n"
        assert pane.composer.text == f"Look: {quoted}"
        assert bars_of(pane) == ""
        assert _undo(pane) == "Look: "
        assert len(bench.services.uploads.uploads) == 0

    in_pane(work)


def test_files_dropped_on_the_text_are_taken_like_pasted_ones(
    in_pane: InPane, tmp_path: Path
) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        (tmp_path / "key.md").write_text("D minor")
        data, area = _files(tmp_path / "key.md"), pane.composer.text_area
        place, copy = area.viewport().rect().center(), Qt.DropAction.CopyAction
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(area.viewport(), QDragEnterEvent(place, copy, data, left, none))
        drop = QDropEvent(QPointF(place), copy, data, left, none)
        QApplication.sendEvent(area.viewport(), drop)
        assert pane.composer.text == "key.md\n```markdown\nD minor\n```\n"

    in_pane(work)


def test_what_is_too_long_for_a_message_is_uploaded_and_explained(
    in_pane: InPane, tmp_path: Path
) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        log = tmp_path / "long.log"
        log.write_text("la\n" * MAX_QUOTED_BYTES)
        pane.insert_files([log])
        assert "“long.log” is longer than the 128\u00a0kB" in bars_of(pane)
        assert "it is uploaded instead" in bars_of(pane)
        [upload] = await _ended(bench)
        assert (upload.status, upload.purpose) == (UploadStatus.UPLOADED, Purpose.MEDIA_INPUT)
        assert pane.composer.text == ""

    in_pane(work)


def test_what_the_service_does_not_take_is_refused_with_the_reason(
    in_pane: InPane, tmp_path: Path
) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        film = tmp_path / "film.mkv"
        film.touch()
        os.truncate(film, MAX_UPLOAD_BYTES + 1)
        pane.insert_files([film], links=["https://example.com/clip.mp3"])
        await bench.until(lambda: not bench.services.uploads.preflights[0].is_looking)
        [preflight] = bench.services.uploads.preflights
        assert {(each.name, each.failure.code) for each in preflight.refusals} == {
            ("film.mkv", FailureCode.FILE_TOO_LARGE),
            ("https://example.com/clip.mp3", FailureCode.NOT_LOCAL),
        }
        assert bars_of(pane) == ""
        assert len(bench.services.uploads.uploads) == 0
        assert await bench.posts("/uploads") == []

    in_pane(work)


def test_several_files_are_explained_together(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        for name in ("one.bin", "two.bin"):
            (tmp_path / name).write_bytes(os.urandom(64))
        (tmp_path / "key.md").write_text("D minor")
        pane.insert_files([tmp_path / name for name in ("one.bin", "key.md", "two.bin")])
        assert "2 files are no text or too long" in bars_of(pane)
        assert "D minor" in pane.composer.text
        assert len(await _ended(bench)) == 2

    in_pane(work)


def test_the_room_for_files_is_counted_in_bytes(in_pane: InPane, tmp_path: Path) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        for name in ("one.txt", "two.txt"):
            (tmp_path / name).write_text("雨" * (MAX_QUOTED_BYTES // 5))
        pane.insert_files([tmp_path / "one.txt", tmp_path / "two.txt"])
        assert pane.composer.text.startswith("one.txt\n")
        assert "two.txt" not in pane.composer.text
        [upload] = await _ended(bench)
        assert upload.name == "two.txt"

    in_pane(work)


def test_a_pasted_picture_is_uploaded_and_the_message_left_alone(
    in_pane: InPane, picture: QImage
) -> None:
    async def work(pane: ChatPane, bench: Any) -> None:
        started: list[str] = []
        pane.uploads_started.connect(lambda: started.append("uploads"))
        type_text(pane, "Look")
        data = QMimeData()
        data.setImageData(picture)
        _paste(pane, data)
        assert pane.composer.text == "Look"
        assert "Chat takes only text today, so the picture is not part" in bars_of(pane)
        assert started == ["uploads"]
        [upload] = await _ended(bench)
        assert (upload.status, upload.purpose) == (UploadStatus.UPLOADED, Purpose.MEDIA_INPUT)
        assert (upload.mime_type, upload.path.suffix) == ("image/png", ".png")
        assert upload.path.is_relative_to(bench.grounds.cache)
        assert QImage(str(upload.path)).convertedTo(picture.format()) == picture

    in_pane(work)


def test_a_picture_becomes_a_png_file(picture: QImage) -> None:
    assert QImage.fromData(png(picture)).convertedTo(picture.format()) == picture
    assert png(QImage()) == b""

"""Files brought into the whole window, on a sandbox of its own."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QDragMoveEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from beatra_desktop.domain.music import Delivery, MusicPrompt
from beatra_desktop.domain.uploads import Purpose, UploadStatus
from beatra_desktop.paths import resources
from beatra_desktop.ui import drag_out
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.drop_overlay import DropOverlay
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Part
from beatra_desktop.ui.single_instance import Call
from tests.ui.drags import DROP, HOVER, data_of, drag, leave, middle_of

RECORDING = resources() / "samples" / "riverside-sketch.mp3"
MOVE = (QDragMoveEvent,)
Work = Callable[[Any, MainWindow], Awaitable[None]]
InWindow = Callable[[Work], None]


def _overlay(window: MainWindow) -> DropOverlay:
    return window.interior.dropping.overlay


def _drop(window: MainWindow, target: QWidget, data: QMimeData) -> bool:
    return drag(window, middle_of(window, target), data, DROP)


def _paste(target: QWidget, data: QMimeData) -> None:
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()


def _names(bench: Any) -> set[str]:
    return {upload.name for upload in bench.services.uploads.uploads}


async def _all_sent(bench: Any, *names: str) -> None:
    uploads = bench.services.uploads.uploads
    await bench.until(lambda: _names(bench) == set(names))
    await bench.until(lambda: all(u.status is UploadStatus.UPLOADED for u in uploads))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.write_text("Key of D minor")
    return path


@pytest.fixture
def cover(tmp_path: Path) -> Path:
    path = tmp_path / "cover.bin"
    path.write_bytes(os.urandom(512))
    return path


def test_the_window_says_where_a_file_would_go_and_brings_it_there(
    in_window: InWindow, notes: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        data = data_of(notes)
        assert drag(window, middle_of(window, window.interior.chat), data, HOVER)
        assert _overlay(window).isVisible()
        assert _overlay(window).sentence == "Put the text of “notes.txt” into the message"
        assert drag(window, middle_of(window, window.interior.studio), data, MOVE)
        assert _overlay(window).sentence == "Upload “notes.txt”"
        leave(window)
        assert _overlay(window).isHidden()
        assert _drop(window, window.interior.chat, data)
        assert _overlay(window).isHidden()
        assert "Key of D minor" in window.interior.chat.composer.text
        assert len(bench.services.uploads.uploads) == 0

    in_window(work)


def test_files_are_taken_over_every_part_of_the_window(in_window: InWindow, tmp_path: Path) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        sent: list[str] = []
        for screen in (Screen.CHAT, Screen.LIBRARY, Screen.ACTIVITY):
            window.interior.centre.show_screen(screen)
            for pane in (
                window.interior.sidebar,
                window.interior.centre,
                window.interior.studio,
                window.interior.studio.parts,
            ):
                path = tmp_path / f"{len(sent)}.bin"
                path.write_bytes(os.urandom(64))
                sent.append(path.name)
                window.interior.studio.show_queue()
                assert _drop(window, pane, data_of(path))
                await bench.until(lambda: sent[-1] in _names(bench))
                assert window.interior.studio.part is Part.UPLOADS
        await _all_sent(bench, *sent)

    in_window(work)


def test_the_player_and_an_open_dialog_take_files_too(
    in_window: InWindow, cover: Path, notes: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.player.show()
        assert _drop(window, window.interior.player, data_of(cover))
        settings = window.interior.dialogs.open_settings()
        settings.activateWindow()
        await bench.until(lambda: settings.findChild(DropOverlay) is not None)
        place = QPoint(settings.width() // 2, settings.height() // 2)
        assert drag(settings, place, data_of(notes), HOVER)
        overlay = settings.findChild(DropOverlay)
        assert overlay is not None
        assert overlay.sentence == "Upload “notes.txt”"
        assert drag(settings, place, data_of(notes), DROP[2:])
        settings.close()
        await _all_sent(bench, "cover.bin", "notes.txt")

    in_window(work)


def test_a_recording_dropped_on_the_studio_becomes_the_reference(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.studio.show_music()
        assert _drop(window, window.interior.studio, data_of(RECORDING))
        [upload] = bench.services.uploads.uploads
        assert upload.purpose is Purpose.REFERENCE_AUDIO
        assert window.interior.studio.part is Part.MUSIC
        await bench.until(window.interior.studio.form.fields.reference.question.isVisible)

    in_window(work)


def test_a_song_of_ones_own_dropped_on_the_studio_becomes_the_reference(
    in_window: InWindow,
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        await bench.admin("POST", "settings", {"clip_seconds": 4})
        music = bench.services.music
        music.create(MusicPrompt(prompt="slow waltz", model="minimax-music-2.6", instrumental=True))
        await bench.until(lambda: len(music.clips) and music.clips[0].path is not None)
        await bench.until(lambda: music.clips[0].delivery is Delivery.SAVED)
        window.interior.studio.show_queue()
        data = drag_out.mime_data([drag_out.piece_of(music.clips[0], "Waltz")])
        assert _drop(window, window.interior.studio, data)
        assert window.interior.studio.part is Part.MUSIC
        reference = window.interior.studio.form.prompt.reference
        assert reference is not None
        assert reference.name == music.clips[0].path.name
        await _all_sent(bench, reference.name)

    in_window(work)


def test_a_folder_is_named_as_one_and_looked_through(
    in_window: InWindow, tmp_path: Path, cover: Path
) -> None:
    folder = tmp_path / "album"
    (folder / "deep").mkdir(parents=True)
    (folder / ".hidden").write_text("not for you")
    (folder / "deep" / "track.bin").write_bytes(os.urandom(64))
    (folder / "empty.bin").touch()

    async def work(bench: Any, window: MainWindow) -> None:
        data, place = data_of(folder, cover), middle_of(window, window.interior.sidebar)
        drag(window, place, data, HOVER)
        wanted = "Look through a folder and add a file"
        await bench.until(lambda: _overlay(window).sentence == wanted)
        assert drag(window, place, data, DROP[2:])
        await _all_sent(bench, "track.bin", "cover.bin")
        card = window.interior.preflight_card
        await bench.until(lambda: card.list.names == ["empty.bin"])
        assert "A hidden or system file was passed over." in card.words

    in_window(work)


def test_links_are_refused_by_the_pointer_and_listed_when_files_come_along(
    in_window: InWindow, cover: Path
) -> None:
    link = "https://example.com/song.mp3"

    async def work(bench: Any, window: MainWindow) -> None:
        assert not drag(window, middle_of(window, window.interior.chat), data_of(link), HOVER)
        assert _overlay(window).sentence == "Links to the web can't be uploaded"
        leave(window)
        assert _drop(window, window.interior.sidebar, data_of(link, cover))
        await _all_sent(bench, "cover.bin")
        assert window.interior.preflight_card.list.names == [link]
        assert _drop(window, window.interior.chat, data_of(link, cover))
        await bench.until(lambda: len(bench.services.uploads.uploads) == 2)

    in_window(work)


def test_a_service_without_uploads_says_so_before_anything_is_dropped(
    in_window: InWindow, notes: Path, cover: Path, chat_only_url: str
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        profiles = bench.services.profiles
        profiles.activate(profiles.add("Elsewhere", chat_only_url).id)
        await bench.until(lambda: not profiles.catalog.value.offers_uploads)
        place = middle_of(window, window.interior.chat)
        assert not drag(window, place, data_of(cover), HOVER)
        assert _overlay(window).sentence == "The service of this profile takes no files"
        leave(window)
        assert drag(window, place, data_of(notes), DROP)
        assert "Key of D minor" in window.interior.chat.composer.text

    in_window(work)


def test_files_are_pasted_anywhere_outside_fields(
    in_window: InWindow, notes: Path, cover: Path, tmp_path: Path
) -> None:
    third = tmp_path / "third.bin"
    third.write_bytes(os.urandom(32))

    async def work(bench: Any, window: MainWindow) -> None:
        _paste(window.interior.chat.transcript, data_of(notes))
        assert "Key of D minor" in window.interior.chat.composer.text
        window.interior.centre.show_screen(Screen.LIBRARY)
        _paste(window, data_of(cover))
        await _all_sent(bench, "cover.bin")
        window.interior.studio.show_uploads()
        window.interior.studio.drop_zone.list.setFocus()
        _paste(window.interior.studio.drop_zone.list, data_of(third))
        await _all_sent(bench, "cover.bin", "third.bin")

    in_window(work)


def test_a_pasted_picture_is_uploaded_and_pasted_text_is_written(in_window: InWindow) -> None:
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0b6b7c"))

    async def work(bench: Any, window: MainWindow) -> None:
        words, image = QMimeData(), QMimeData()
        words.setText("In D minor")
        image.setImageData(picture)
        _paste(window.interior.chat.transcript, words)
        assert window.interior.chat.composer.text == "In D minor"
        window.interior.centre.show_screen(Screen.ACTIVITY)
        _paste(window, image)
        await bench.until(lambda: len(bench.services.uploads.uploads) == 1)
        [upload] = bench.services.uploads.uploads
        assert upload.name.endswith(".png")
        await _all_sent(bench, upload.name)
        assert window.interior.studio.part is Part.UPLOADS

    in_window(work)


def test_fields_paste_for_themselves(in_window: InWindow, cover: Path) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        field = window.interior.sidebar.findChild(QLineEdit)
        assert field is not None
        _paste(field, data_of(cover))
        assert "cover.bin" in field.text()
        assert len(bench.services.uploads.preflights) == 0
        assert len(bench.services.uploads.uploads) == 0
        window.interior.commands[Command.PASTE_FILES].trigger()  # nothing is there any more

    in_window(work)


def test_a_link_on_the_clipboard_is_refused_in_words(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.centre.show_screen(Screen.ACTIVITY)
        _paste(window, data_of("https://example.com/song.mp3"))
        await bench.until(lambda: window.interior.preflight_card.list.names)
        assert window.interior.preflight_card.words == "This can't be sent:"

    in_window(work)


def test_files_given_from_outside_go_to_the_studio(in_window: InWindow, cover: Path) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.panes.show_studio(shown=False)
        window.interior.arrivals.answer(Call(paths=(cover,)))
        assert window.panes.is_studio_shown
        assert window.interior.studio.part is Part.UPLOADS
        await _all_sent(bench, "cover.bin")

    in_window(work)


def test_a_folder_can_be_chosen_in_the_systems_dialog(
    in_window: InWindow, tmp_path: Path, cover: Path
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        window.interior.commands[Command.ADD_FOLDER].trigger()
        dialog = window.findChild(QFileDialog)
        assert dialog is not None
        assert dialog.fileMode() is QFileDialog.FileMode.Directory
        dialog.filesSelected.emit([str(tmp_path)])
        dialog.close()
        await bench.until(lambda: "cover.bin" in _names(bench))

    in_window(work)

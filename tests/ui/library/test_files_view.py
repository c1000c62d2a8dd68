"""The library's files, with real services on a sandbox of their own."""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from beatra_desktop.domain.music import MusicPrompt, Reference
from beatra_desktop.domain.uploads import KnownFile, Purpose
from beatra_desktop.paths import resources
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.centre import Screen
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.dragged import UPLOADS_FORMAT, read
from beatra_desktop.ui.library.files import file_text
from beatra_desktop.ui.library.files.file_filter import Show
from beatra_desktop.ui.library.files.file_panel import FileDeed
from beatra_desktop.ui.library.files.file_text import Column
from beatra_desktop.ui.library.files_view import FilesView
from beatra_desktop.ui.library.library_page import LibraryPage, Section
from beatra_desktop.ui.list_model import record_of
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.music.studio import Part
from tests.ui.drags import DROP, drag, middle_of

RECORDING = resources() / "samples" / "riverside-sketch.mp3"
Work = Callable[[Any, MainWindow], Awaitable[None]]
InWindow = Callable[[Work], None]


def _view(window: MainWindow) -> FilesView:
    window.interior.centre.show_screen(Screen.LIBRARY)
    page = window.interior.centre.page(Screen.LIBRARY)
    assert isinstance(page, LibraryPage)
    page.show_section(Section.FILES)
    return page.files


def _shown(view: FilesView) -> list[KnownFile]:
    model = view.table.model()
    return [record_of(model.index(row, 0), KnownFile) for row in range(model.rowCount())]


def _names(view: FilesView) -> list[str]:
    return [file.upload.name for file in _shown(view)]


def _choose(view: FilesView, name: str) -> None:
    view.table.choose(next(file.id for file in _shown(view) if file.upload.name == name))


def _press(view: FilesView, deed: FileDeed) -> None:
    button = view.panel.buttons[deed]
    assert button.isVisible()
    button.click()


def _pick(view: FilesView, show: Show) -> None:
    view.filter.show_choice.choose(show.value)
    view.filter.show_choice.chosen.emit(show.value)


async def _upload(bench: Any, *paths: Path) -> None:
    """Bring files into the library, with the rights to recordings confirmed."""
    uploads = bench.services.uploads
    for path in paths:
        is_audio = path.suffix == ".mp3"
        purpose = Purpose.REFERENCE_AUDIO if is_audio else Purpose.MEDIA_INPUT
        [upload_id] = uploads.add([path], purpose=purpose)
        await bench.until(lambda: not _is_busy(bench))
        if is_audio:
            uploads.confirm_rights(upload_id)
    files = bench.services.files.files
    await bench.until(lambda: {path.name for path in paths} <= {f.upload.name for f in files})


def _is_busy(bench: Any) -> bool:
    uploads = bench.services.uploads.uploads
    return any(upload.status.is_live and upload.status != "asking" for upload in uploads)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    small, large = tmp_path / "b small.bin", tmp_path / "A large.bin"
    small.write_bytes(os.urandom(100))
    large.write_bytes(os.urandom(5000))
    return [small, large]


def test_files_are_listed_with_what_they_became(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        assert not view.table.isVisible()
        await _upload(bench, *paths, RECORDING)
        assert _names(view) == [RECORDING.name, "A large.bin", "b small.bin"]
        await bench.until(view.table.isVisible)
        _choose(view, RECORDING.name)
        assert "Reference · MP3 audio" in view.panel.facts
        assert "you may use it, as you said" in view.panel.facts
        [file] = view.table.selected
        model = view.table.model()
        row = view.table.currentIndex().row()
        cells = {column: model.index(row, column).data() for column in Column}
        assert cells[Column.ARTIFACT] == file.upload.artifact_id
        assert cells[Column.HASH] == file.upload.sha256
        assert cells[Column.PROFILE] == "Sandbox"
        assert cells[Column.STATE] == "Uploaded"
        spoken = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert RECORDING.name in spoken
        assert "Uploaded" in spoken

    in_window(work)


def test_files_are_found_filtered_and_ordered(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths, RECORDING)
        header = view.table.horizontalHeader()
        for column, order, names in (
            (Column.NAME, Qt.SortOrder.AscendingOrder, ["A large.bin", "b small.bin"]),
            (Column.NAME, Qt.SortOrder.DescendingOrder, ["b small.bin", "A large.bin"]),
            (Column.SIZE, Qt.SortOrder.AscendingOrder, ["b small.bin", "A large.bin"]),
        ):
            header.setSortIndicator(column, order)
            assert [name for name in _names(view) if name.endswith("bin")] == names
        view.filter.purpose.choose(Purpose.REFERENCE_AUDIO.value)
        assert _names(view) == [RECORDING.name]
        view.filter.purpose.choose("")
        view.filter.search.setText("large bin")
        await bench.until(lambda: _names(view) == ["A large.bin"])
        view.filter.search.setText("no such thing")
        await bench.until(view.show_all.isVisible)
        view.show_all.click()
        await bench.until(lambda: len(_names(view)) == 3)

    in_window(work)


def test_files_are_ordered_by_keys_alone(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths)
        head = view.table.head
        head.setFocus(Qt.FocusReason.TabFocusReason)
        for sign in (Qt.Key.Key_Return, Qt.Key.Key_Return):
            QTest.keyClick(head, sign)
        assert view.table.order == (Column.NAME, True)
        assert _names(view) == ["b small.bin", "A large.bin"]
        before = view.table.columnWidth(Column.NAME)
        QTest.keyClick(head, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert view.table.columnWidth(Column.NAME) > before

    in_window(work)


def test_larger_text_gets_wider_columns(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths)
        view.table.columns_menu().actions()[Column.HASH - 1].trigger()
        before = view.table.columnWidth(Column.SIZE)
        theme.set_zoom_percent(200)
        assert view.table.columnWidth(Column.SIZE) == 2 * before
        view.table.columns_menu().actions()[Column.KIND - 1].trigger()
        assert view.table.columnWidth(Column.KIND) > before

    in_window(work)


def test_the_date_is_short_in_the_table_and_whole_in_the_details(
    in_window: InWindow, paths: list[Path]
) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths)
        _choose(view, "A large.bin")
        [file] = view.table.selected
        assert file.upload.uploaded_at is not None
        day = format.short_date(file.upload.uploaded_at)
        row = view.table.currentIndex().row()
        assert view.table.model().index(row, Column.UPLOADED).data() == day
        details = file_text.details(file, lambda _profile: "Sandbox")
        told = {detail.label: detail.value for detail in details}
        assert told["Uploaded at"] == format.absolute(file.upload.uploaded_at)

    in_window(work)


def test_missing_gone_and_unused_files_are_marked_and_found(
    in_window: InWindow, paths: list[Path]
) -> None:
    small, large = paths

    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, small, large)
        small.unlink()
        _choose(view, small.name)
        _press(view, FileDeed.CHECK)
        await bench.until(lambda: view.table.selected[0].is_missing)
        await bench.until(lambda: "not where it was" in view.panel.advice)
        assert not view.panel.buttons[FileDeed.AGAIN].isVisible()
        _pick(view, Show.MISSING)
        assert _names(view) == [small.name]
        await bench.until(lambda: "Missing 1" in _choices(view))
        _pick(view, Show.UNUSED)
        assert len(_names(view)) == 2
        _pick(view, Show.GONE)
        assert _names(view) == []

    in_window(work)


def _choices(view: FilesView) -> str:
    buttons = view.filter.show_choice.findChildren(type(view.show_all))
    return " ".join(button.text() for button in buttons)


def test_a_file_is_uploaded_again(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, paths[0])
        before = _shown(view)[0].upload.artifact_id
        _choose(view, paths[0].name)
        _press(view, FileDeed.AGAIN)
        await bench.until(lambda: _shown(view)[0].upload.artifact_id != before)
        assert len(await bench.posts("/uploads")) == 2
        assert len(_names(view)) == 1

    in_window(work)


def test_forgetting_can_be_undone_until_it_is_done(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths)
        _choose(view, paths[0].name)
        view.table.setFocus()
        QTest.keyClick(view.table, Qt.Key.Key_Delete)
        assert _names(view) == [paths[1].name]
        assert "stays where it is" in view.undo_line.words
        view.undo_line.button.click()
        assert len(_names(view)) == 2
        view.table.selectAll()
        _press(view, FileDeed.FORGET)
        assert "2 files are out of the library" in view.undo_line.words
        window.interior.centre.show_screen(Screen.CHAT)
        await bench.until(lambda: len(bench.services.files.files) == 0)
        assert all(path.is_file() for path in paths)

    in_window(work)


def test_a_recording_goes_to_the_form_by_button_key_and_drag(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, RECORDING)
        _choose(view, RECORDING.name)
        upload_id = view.table.selected[0].upload.id

        def reference() -> str:
            chosen = window.interior.studio.form.prompt.reference
            return chosen.upload_id if chosen else ""

        def by_drag() -> None:
            data = view.table.model().mimeData([view.table.currentIndex()])
            assert read(data).paths == (RECORDING,)
            assert data.hasFormat(UPLOADS_FORMAT)
            assert not drag(window, middle_of(window, window.interior.sidebar), data, DROP[:2])
            assert drag(window, middle_of(window, window.interior.studio), data, DROP[1:])

        ways: list[Callable[[], object]] = [
            lambda: _press(view, FileDeed.USE),
            lambda: QTest.keyClick(view.table, Qt.Key.Key_Return),
            by_drag,
        ]
        for way in ways:
            window.interior.studio.form.fields.reference.choose(None)
            window.interior.studio.show_queue()
            way()
            assert window.interior.studio.part is Part.MUSIC
            assert reference() == upload_id

    in_window(work)


def test_the_songs_a_file_was_used_in_are_named_and_opened(in_window: InWindow) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, RECORDING)
        upload = _shown(view)[0].upload
        reference = Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
        prompt = MusicPrompt(prompt="slow waltz", title="Lamps", reference=reference)
        bench.services.music.create(prompt)
        await bench.until(lambda: _shown(view)[0].used_by)
        _choose(view, RECORDING.name)
        song = view.panel.songs[0]
        assert song.text() == "Lamps"
        song.click()
        assert window.interior.studio.part is Part.QUEUE
        _pick(view, Show.UNUSED)
        assert _names(view) == []
        await bench.until(lambda: bench.services.music.tasks[0].status.is_terminal)

    in_window(work)


def test_ids_are_copied_and_details_shown(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, *paths)
        view.table.selectAll()
        copy = Qt.KeyboardModifier.ControlModifier
        QTest.keyClick(view.table, Qt.Key.Key_C, copy)
        ids = [file.upload.artifact_id for file in _shown(view)]
        assert QGuiApplication.clipboard().text().split("\n") == ids
        view.table.clearSelection()
        _choose(view, paths[0].name)
        _press(view, FileDeed.DETAILS)
        popover = view.findChild(DetailsPopover)
        assert popover is not None
        assert str(paths[0]) in popover.report
        popover.close()

    in_window(work)


def test_columns_are_chosen_and_remembered(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        assert view.table.isColumnHidden(Column.HASH)
        menu = view.table.columns_menu()
        [entry] = [action for action in menu.actions() if action.text() == "SHA-256"]
        entry.setChecked(True)
        menu.close()
        view.table.horizontalHeader().moveSection(Column.SIZE, 1)
        view.table.setColumnWidth(Column.NAME, 333)
        view.table.horizontalHeader().setSortIndicator(Column.SIZE, Qt.SortOrder.DescendingOrder)
        bench.database.flush()
        again = FilesView(bench.services)
        assert not again.table.isColumnHidden(Column.HASH)
        assert again.table.horizontalHeader().visualIndex(Column.SIZE) == 1
        assert again.table.columnWidth(Column.NAME) == 333
        assert again.table.order == (Column.SIZE, True)
        again.deleteLater()

    in_window(work)


def test_the_menu_of_a_row_says_what_the_buttons_do(in_window: InWindow, paths: list[Path]) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        view = _view(window)
        await _upload(bench, paths[0])
        _choose(view, paths[0].name)
        view.table.menu_requested.emit(QPoint(0, 0))
        [menu] = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
        entries = [action.text() for action in menu.actions()]
        assert entries == [
            "Upload again", "Show in folder", "Copy artifact id", "Check", "Details", "Forget",
        ]  # fmt: skip
        menu.close()

    in_window(work)

"""The overlay on a window of its own, with drags as the platform tells of them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.drag_out import CLIPS
from beatra_desktop.ui.dragged import UPLOADS_FORMAT
from beatra_desktop.ui.drop_overlay import DropOverlay
from beatra_desktop.ui.drop_text import Place, Terms, outlook
from tests.ui.drags import DROP, HOVER, data_of, drag, leave

LEFT, RIGHT = QPoint(10, 10), QPoint(700, 10)


class Window(QWidget):
    """Its right half is the studio; a field at the top left would like to have what is dragged."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)
        self.overlay = DropOverlay(
            self,
            place_at=lambda position: Place.STUDIO if position.x() > 400 else Place.CHAT,
            area_of=lambda _place: QRect(0, 0, 400, 600),
            outlook=lambda dragged, place: outlook(dragged, place, Terms()),
        )


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def test_it_says_what_a_drop_would_do_where_the_pointer_is(window: Window) -> None:
    two = data_of(Path("/a.mp3"), Path("/b.mp3"))
    assert drag(window, LEFT, two, HOVER)
    assert window.overlay.isVisible()
    assert window.overlay.sentence == "Add 2 files: text to the message, the others as uploads"
    assert drag(window, RIGHT, two, HOVER[1:])
    assert window.overlay.sentence == "Upload 2 files, recordings as reference audio"


def test_it_is_there_before_a_field_takes_a_file_for_text(window: Window) -> None:
    assert drag(window, window.field.geometry().center(), data_of(Path("/a.txt")), DROP)
    assert window.field.text() == ""


def test_text_is_for_the_fields(window: Window) -> None:
    words = QMimeData()
    words.setText("D minor")
    assert drag(window, window.field.geometry().center(), words, DROP)
    assert window.field.text() == "D minor"
    assert window.overlay.isHidden()


def test_a_drop_goes_to_the_place_it_fell_on(window: Window, qtbot: QtBot) -> None:
    one = data_of(Path("/tmp/a.mp3"))
    with qtbot.waitSignal(window.overlay.dropped) as told:
        assert drag(window, RIGHT, one, DROP)
    assert told.args[0] == Place.STUDIO.value
    assert window.overlay.isHidden()


def test_what_can_not_be_taken_is_refused_with_the_reason(window: Window, qtbot: QtBot) -> None:
    link = data_of("https://example.com/song.mp3")
    assert not drag(window, LEFT, link, HOVER)
    assert window.overlay.sentence == "Links to the web can't be uploaded"
    assert "Save the file on this computer" in window.overlay.outlook.more
    with qtbot.assertNotEmitted(window.overlay.dropped):
        assert not drag(window, LEFT, link, DROP[2:])
    assert window.overlay.isHidden()


def test_a_place_that_refuses_does_not_spoil_the_next_one(window: Window, qtbot: QtBot) -> None:
    upload = QMimeData()
    upload.setData(UPLOADS_FORMAT, b"u1")
    assert not drag(window, LEFT, upload, HOVER)
    with qtbot.waitSignal(window.overlay.dropped):
        assert drag(window, RIGHT, upload, DROP[1:])


def test_a_song_of_the_app_is_for_playlists_outside_the_studio(window: Window) -> None:
    song = data_of(Path("/songs/a.mp3"))
    song.setData(CLIPS, b"c1")
    drag(window, LEFT, song, HOVER)
    assert window.overlay.isHidden()
    assert drag(window, RIGHT, song, HOVER[1:])
    assert window.overlay.sentence == "Use “a.mp3” as reference audio"
    drag(window, LEFT, song, HOVER[1:])
    assert window.overlay.isHidden()


def test_a_drag_that_leaves_takes_the_overlay_with_it(window: Window) -> None:
    drag(window, LEFT, data_of(Path("/tmp/a.mp3")), HOVER)
    leave(window)
    assert window.overlay.isHidden()

"""The waveform: painting, and seeking by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.player.waveform import HEIGHT_PX, STEP_FRACTION, Region, Waveform

LEFT = Qt.MouseButton.LeftButton
WIDTH_PX = 400


@pytest.fixture
def waveform(qtbot: QtBot) -> Waveform:
    made = Waveform()
    qtbot.addWidget(made)
    made.resize(WIDTH_PX, HEIGHT_PX)
    made.set_heights((1.0,) * 400)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def seeked(waveform: Waveform) -> list[float]:
    found: list[float] = []
    waveform.seeked.connect(found.append)
    return found


def _image(waveform: Waveform) -> QImage:
    return waveform.grab().toImage()


def _colours(image: QImage, left: float, right: float) -> set[str]:
    """Colours along the middle, between two fractions of the width."""
    ratio = image.devicePixelRatio()
    columns = range(int(left * image.width()), int(right * image.width()))
    middle = int(HEIGHT_PX * ratio / 2)
    return {QColor(image.pixel(x, middle)).name() for x in columns}


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_what_was_played_has_the_accent(waveform: Waveform, appearance: Appearance) -> None:
    theme.set_appearance(appearance)
    waveform.set_position(0.5, words="0:30 / 1:00")
    accent = theme.current().accent.name()
    waveform.clearFocus()
    assert accent in _colours(_image(waveform), 0.0, 0.48)
    assert accent not in _colours(_image(waveform), 0.52, 1.0)


def test_without_heights_there_is_a_line(waveform: Waveform) -> None:
    full = _image(waveform)
    waveform.set_heights(())
    line = _image(waveform)
    assert line != full
    assert len(_colours(line, 0.0, 1.0)) > 1


def test_a_click_goes_there_and_a_drag_follows(waveform: Waveform, seeked: list[float]) -> None:
    QTest.mousePress(waveform, LEFT, pos=QPoint(WIDTH_PX // 4, 20))
    assert seeked == [0.25]
    QTest.mouseMove(waveform, QPoint(WIDTH_PX // 2, 20))
    waveform.set_position(0.26, words="what plays meanwhile")
    assert waveform.position == 0.5
    QTest.mouseRelease(waveform, LEFT, pos=QPoint(WIDTH_PX // 2, 20))
    assert seeked == [0.25, 0.5]
    waveform.set_position(0.75, words="0:45 / 1:00")
    assert waveform.position == 0.75


def test_the_pointer_alone_and_other_buttons_go_nowhere(
    waveform: Waveform, seeked: list[float]
) -> None:
    QTest.mouseMove(waveform, QPoint(100, 20))
    QTest.mouseClick(waveform, Qt.MouseButton.RightButton, pos=QPoint(100, 20))
    assert seeked == []


def test_keys_go_there_too_and_stay_inside(waveform: Waveform, seeked: list[float]) -> None:
    waveform.set_position(0.5, words="")
    QTest.keyClick(waveform, Qt.Key.Key_Right)
    QTest.keyClick(waveform, Qt.Key.Key_Left)
    QTest.keyClick(waveform, Qt.Key.Key_PageDown)
    QTest.keyClick(waveform, Qt.Key.Key_Home)
    QTest.keyClick(waveform, Qt.Key.Key_PageUp)
    expected = [0.5 + STEP_FRACTION, 0.5, 0.5 + 5 * STEP_FRACTION, 0.0, 0.0]
    assert seeked == pytest.approx(expected)


def test_a_letter_of_any_script_does_nothing(waveform: Waveform, seeked: list[float]) -> None:
    for letter in "aжあ":
        QTest.keyEvent(QTest.KeyAction.Click, waveform, Qt.Key(ord(letter)))
    assert seeked == []


def test_showing_a_position_tells_nobody(waveform: Waveform, seeked: list[float]) -> None:
    waveform.set_position(0.3, words="0:18 / 1:00")
    assert seeked == []
    assert waveform.accessibleDescription() == "0:18 / 1:00"
    assert waveform.accessibleName() == "Position in the clip"


def test_the_focus_is_seen(waveform: Waveform, qtbot: QtBot) -> None:
    waveform.activateWindow()
    qtbot.waitActive(waveform)
    waveform.clearFocus()
    without = _image(waveform)
    waveform.setFocus()
    assert _image(waveform) != without


@pytest.fixture
def marked(waveform: Waveform) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    waveform.region_marked.connect(lambda start, end: found.append((start, end)))
    return found


def _drag(waveform: Waveform, start: float, end: float, *, shift: bool) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    first, last = (QPoint(round(share * WIDTH_PX), 20) for share in (start, end))
    QTest.mousePress(waveform, LEFT, held, first)
    QTest.mouseMove(waveform, last)
    QTest.mouseRelease(waveform, LEFT, held, last)


def test_dragging_with_shift_marks_a_part_and_goes_nowhere(
    waveform: Waveform, seeked: list[float], marked: list[tuple[float, float]]
) -> None:
    _drag(waveform, 0.75, 0.25, shift=True)
    assert marked == [(0.25, 0.75)]
    assert waveform.region == Region(0.25, 0.75)
    assert seeked == []
    _drag(waveform, 0.5, 0.5, shift=True)
    assert len(marked) == 1


def test_an_edge_of_the_part_can_be_dragged(
    waveform: Waveform, seeked: list[float], marked: list[tuple[float, float]]
) -> None:
    waveform.set_region(Region(0.25, 0.75))
    _drag(waveform, 0.755, 0.875, shift=False)
    assert marked == [(0.25, 0.875)]
    waveform.set_region(Region(0.25, 0.875))
    _drag(waveform, 0.25, 0.125, shift=False)
    assert marked[1:] == [(0.125, 0.875)]
    assert seeked == []


def test_the_part_has_a_ground_and_edges(waveform: Waveform) -> None:
    waveform.set_heights(())
    waveform.clearFocus()
    plain = _image(waveform)
    waveform.set_region(Region(0.25))
    begun = _image(waveform)
    waveform.set_region(Region(0.25, 0.75))
    top = QColor(_image(waveform).pixel(WIDTH_PX // 2, 1)).name()
    assert top == theme.current().accent_soft.name()
    assert plain != begun != _image(waveform)

"""What is painted by hand in a window that goes from right to left."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextOption
from PySide6.QtWidgets import QPushButton, QWidget

from beatra_desktop.domain.choices import Language
from beatra_desktop.ui import icons, language, mirroring
from beatra_desktop.ui.chat.blocks import Span, begins_right_to_left
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon

FRAME = QRect(0, 0, 100, 20)
RED = QColor("#ff0000")


@pytest.fixture(autouse=True)
def _english_again(_dressed: None) -> Iterator[None]:
    language.use(language.PSEUDO_RTL)
    yield
    language.use(Language.ENGLISH)


def _ink(paint: Callable[[QPainter], object]) -> QRect:
    """The rectangle around what was painted in red within the frame."""
    image = QImage(FRAME.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setPen(RED)
    painter.setBrush(RED)
    paint(mirroring.within(painter, FRAME))
    painter.end()
    hits = [
        QPoint(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).green() < 128
    ]
    found = QRect()
    for hit in hits:
        found = found.united(QRect(hit, hit))
    return found


def _sides(paint: Callable[[QPainter], object]) -> tuple[str, str]:
    """The half the ink is in, mirrored and not."""
    mirrored = _ink(paint)
    language.use(Language.ENGLISH)
    plain = _ink(paint)
    language.use(language.PSEUDO_RTL)
    return tuple("left" if ink.center().x() < 50 else "right" for ink in (mirrored, plain))  # type: ignore[return-value]  # two of them


def _pixmap(painter: QPainter) -> None:
    painter.drawPixmap(2, 2, icons.pixmap(Icon.STOP, RED))


@pytest.mark.parametrize(
    "paint",
    [
        _pixmap,
        lambda painter: painter.drawPixmap(QPoint(2, 2), icons.pixmap(Icon.STOP, RED)),
        lambda painter: painter.drawEllipse(2, 2, 10, 10),
        lambda painter: painter.drawEllipse(QRectF(2, 2, 10, 10)),
        lambda painter: painter.drawEllipse(QPoint(8, 8), 5, 5),
        lambda painter: painter.drawRoundedRect(QRect(2, 2, 10, 10), 3, 3),
        lambda painter: painter.drawRect(QRectF(2, 2, 10, 10)),
        lambda painter: painter.fillRect(QRect(2, 2, 10, 10), RED),
        lambda painter: painter.drawLine(QPoint(2, 5), QPoint(20, 5)),
        lambda painter: painter.drawText(FRAME, Qt.AlignmentFlag.AlignLeft, "ab"),
        lambda painter: painter.drawText(FRAME, Qt.AlignmentFlag.AlignVCenter, "ab"),
        lambda painter: painter.drawText(QRectF(0, 0, 30, 20), "ab", QTextOption()),
        lambda painter: painter.drawText(QPointF(2, 15), "ab"),
    ],
)
def test_places_are_mirrored(paint: Callable[[QPainter], object]) -> None:
    assert _sides(paint) == ("right", "left")


def test_words_at_the_end_stay_at_the_end() -> None:
    def paint(painter: QPainter) -> None:
        painter.drawText(FRAME, Qt.AlignmentFlag.AlignRight, "ab")

    assert _sides(paint) == ("left", "right")


def test_edges_meet_to_the_pixel() -> None:
    assert _ink(lambda painter: painter.fillRect(QRect(0, 0, 10, 20), RED)) == QRect(90, 0, 10, 20)


def test_a_click_is_looked_for_where_it_was_painted() -> None:
    assert mirroring.reflected(QPoint(3, 5), FRAME) == QPoint(96, 5)
    assert mirroring.placed(QRect(0, 0, 10, 5), FRAME) == QRect(90, 0, 10, 5)


def _middle(image: QImage) -> float:
    """Of the ink, from left to right."""
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    weights = [(x, image.pixelColor(x, y).alpha()) for x, y in places]
    return sum(x * weight for x, weight in weights) / sum(weight for _, weight in weights)


def test_pointing_icons_are_turned_and_others_are_not() -> None:
    def images() -> list[QImage]:
        return [icons.pixmap(icon, RED).toImage() for icon in (Icon.UNDO, Icon.MUSIC)]

    undo, music = images()
    language.use(Language.ENGLISH)
    plain_undo, plain_music = images()
    assert undo != plain_undo
    assert _middle(undo) + _middle(plain_undo) == pytest.approx(icons.SIZE_PX - 1, abs=0.3)
    assert music == plain_music


def test_what_flows_begins_at_the_right(qtbot: Any) -> None:
    row = QWidget()
    qtbot.addWidget(row)
    flow = FlowLayout(parent=row)
    first, second = QPushButton("one"), QPushButton("two")
    for button in (first, second):
        flow.addWidget(button)
    row.resize(300, 40)
    row.show()
    assert first.geometry().right() == row.width() - 1
    assert second.geometry().right() < first.geometry().left()


@pytest.mark.parametrize(
    ("text", "turned"),
    [("1. مرحبا one", True), ("- one مرحبا", False), ("שלום", True), ("12", False)],
)
def test_text_begins_at_the_side_of_its_first_letter(text: str, turned: bool) -> None:
    assert begins_right_to_left((Span(text),)) is turned

"""A page of the help, in the theme's colours and at the size of the text."""

from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any, Final
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QFont,
    QImage,
    QPainter,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.help.topics import Topic, folder

MARGIN_PX: Final = 3 * theme.GRID
PICTURE: Final = "\ufffc"
"""What stands for one in a document's text."""
_STYLE: Final = Template("""
    body { color: $text; }
    h1 { margin: 0 0 8px 0; }
    h2 { margin: 20px 0 4px 0; }
    p { margin: 6px 0; line-height: 140%; }
    li { margin: 4px 0; line-height: 140%; }
    a { color: $accent; text-decoration: none; }
    code { background-color: $hover; }
    table { border-collapse: collapse; border-color: $border; margin: 8px 0; }
    th { text-align: left; color: $quiet; font-weight: 600; }
    th, td { padding: 4px 8px; border: 1px solid $border; vertical-align: middle; }
""")


class PageView(QTextBrowser):
    """`topic_requested` names the page a link leads to; other links open in the browser."""

    topic_requested = Signal(str)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("page", "true")
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(MARGIN_PX)
        self.anchorClicked.connect(self._on_link)
        theme.notifier().changed.connect(self._restyle)
        self._topic: Topic | None = None

    def show_topic(self, topic: Topic) -> None:
        self._topic = topic
        self._render()
        self.verticalScrollBar().setValue(0)

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """Pictures of the help itself, as wide as there is room; nothing from anywhere else."""
        name = unquote(QUrl(url).path())
        path = (folder() / name).resolve()
        is_ours = path.is_relative_to(folder().resolve())
        if kind != QTextDocument.ResourceType.ImageResource or not is_ours:
            return QByteArray()
        return _fitted(_picture(path), self._room_px(), self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._has_pictures():
            self._restyle()

    def _has_pictures(self) -> bool:
        return self._topic is not None and "](pictures/" in self._topic.markdown

    def _room_px(self) -> int:
        """As if the page had to be scrolled: the bar may come once the pictures are in."""
        bar = self.verticalScrollBar()
        taken = 0 if bar.isVisible() else bar.sizeHint().width()
        return max(1, int(self.viewport().width() - taken - 2 * MARGIN_PX))

    def _restyle(self) -> None:
        place = self.verticalScrollBar().value()
        self._render()
        self.verticalScrollBar().setValue(place)

    def _render(self) -> None:
        if self._topic is not None:
            self.document().setDefaultFont(theme.body_font())
            self.document().setDefaultStyleSheet(_style_sheet())
            self.setHtml(self._topic.html)
            _finish(self.document())

    def _on_link(self, url: QUrl) -> None:
        if url.isRelative():
            self.topic_requested.emit(url.path())
        else:
            QDesktopServices.openUrl(url)


def _finish(document: QTextDocument) -> None:
    """What no style sheet reaches: the size of headings, and the room below pictures."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        if level := block.blockFormat().headingLevel():
            font = theme.title_font() if level == 1 else theme.body_font()
            font.setWeight(QFont.Weight.DemiBold)
            made = QTextCharFormat()
            made.setFont(font)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(made)
        elif PICTURE in block.text():
            single = QTextBlockFormat()
            single.setLineHeight(100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.mergeBlockFormat(single)
        block = block.next()


def _style_sheet() -> str:
    shades = theme.current()
    return _STYLE.substitute(
        text=shades.text.name(),
        quiet=shades.text_secondary.name(),
        accent=shades.accent.name(),
        hover=_on_ground(shades.hover, shades.surface).name(),
        border=_on_ground(shades.border, shades.surface).name(),
    )


def _on_ground(colour: QColor, ground: QColor) -> QColor:
    """A colour that lets some of the ground through, as it is seen: CSS here knows no such."""
    image = QImage(1, 1, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.fillRect(0, 0, 1, 1, colour)
    painter.end()
    return image.pixelColor(0, 0)


@lru_cache(maxsize=1)
def _picture(path: Path) -> QImage:
    """Kept while its page is on show: decoding it takes a frame, fitting it a part of one."""
    return QImage(str(path))


def _fitted(image: QImage, width_px: int, ratio: float) -> QImage:
    wanted = int(min(image.width(), width_px * ratio))
    if image.isNull() or not wanted:
        return image
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = image.scaledToWidth(wanted, smooth)
    scaled.setDevicePixelRatio(ratio)
    return scaled

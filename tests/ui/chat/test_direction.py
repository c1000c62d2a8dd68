"""Messages in scripts from right to left, and the transcript in such a window."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from beatra_desktop.domain.chat import Role
from beatra_desktop.domain.choices import Language
from beatra_desktop.ui import language
from beatra_desktop.ui.chat.decorations import Decorations
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.typesetter import Typesetter

WIDTH = 400


@pytest.fixture
def _mirrored(_dressed: None) -> Iterator[None]:
    language.use(language.PSEUDO_RTL)
    yield
    language.use(Language.ENGLISH)


def _ink_columns(typesetter: Typesetter, text: str) -> list[int]:
    """In which columns something is painted around the text."""
    document = MessageDocument(typesetter)
    document.update(text, is_final=True)
    document.set_width(WIDTH)
    image = QImage(WIDTH, 120, QImage.Format.Format_RGB32)
    ground = QColor("white")
    image.fill(ground)
    painter = QPainter(image)
    decorations = Decorations(document.document, typesetter.sheet)
    clip = QRectF(0, 0, WIDTH, 120)
    decorations.paint(painter, decorations.blocks_in(clip), clip, copied_line=None)
    painter.end()
    columns = range(image.width())
    rows = range(image.height())
    return [x for x in columns if any(image.pixelColor(x, y) != ground for y in rows)]


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "- [x] "])
def test_quotes_and_lists_are_marked_where_their_text_begins(
    typesetter: Typesetter, mark: str
) -> None:
    latin, arabic = (_ink_columns(typesetter, f"{mark}{word}") for word in ("word", "كلمة"))
    assert latin, "something is painted"
    assert max(latin) < WIDTH / 2 < min(arabic)
    assert len(latin) == pytest.approx(len(arabic), abs=1)


@pytest.mark.usefixtures("_mirrored")
def test_text_keeps_its_own_side_in_a_mirrored_window(typesetter: Typesetter) -> None:
    assert max(_ink_columns(typesetter, "> word")) < WIDTH / 2


@pytest.mark.usefixtures("_mirrored")
def test_the_transcript_is_mirrored(reader: Any, message: Any) -> None:
    shown = reader(640, 400)
    question, answer = message("short", Role.USER), message("An answer.")
    shown.show(question, answer)
    views = {view.message.id: view for view in shown.transcript._stage}
    asked, answered = views[question.id].layout, views[answer.id].layout
    width = views[question.id].maker.width
    assert asked.bubble.left() == 0
    assert asked.bubble.left() < asked.body.x() < asked.bubble.right()
    assert answered.body.x() == 0
    rights = [button.rect.right() for button in answered.buttons]
    assert rights == sorted(rights, reverse=True)
    assert max(rights) <= width

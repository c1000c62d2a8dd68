"""Tooltips of what others wrote: Qt must not take it for HTML."""

import pytest
from PySide6.QtGui import Qt, QTextDocumentFragment
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.tips import tip

PICTURE = 'Song <img src="file:///etc/hostname"> & <b>more</b>'


def shown(tooltip: str) -> str:
    """What a person reads."""
    if not Qt.mightBeRichText(tooltip):
        return tooltip
    return QTextDocumentFragment.fromHtml(tooltip).toPlainText()


@pytest.mark.parametrize("text", ["", "a < b & c", PICTURE, "<script>x</script>", "two\n<i>lines"])
def test_a_tip_shows_each_sign(text: str) -> None:
    assert shown(tip(text)) == text
    assert "<img" not in tip(text)


def test_what_does_not_fit_and_what_a_button_names_are_told_as_they_are(qtbot: QtBot) -> None:
    label, button = ElidedLabel(PICTURE), IconButton(Icon.COPY, PICTURE)
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    label.resize(40, 20)
    label.setText(PICTURE)
    for tooltip in (label.toolTip(), button.toolTip()):
        assert shown(tooltip) == PICTURE

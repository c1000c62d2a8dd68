"""What is wrong with the words on a screen: not translated, or cut off."""

import re
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QTextEdit,
    QToolButton,
    QWidget,
)

from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.pseudo import CLOSING, OPENING

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_BRACKETS: Final = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")


def untranslated(root: QWidget, known: re.Pattern[str]) -> list[str]:
    """Words on show, or said by a screen reader, that no translator has seen.

    `known` are those that are the user's, a name, or of the locale.
    """
    return sorted({f"{where}: {text}" for where, text in _texts(root) if _is_raw(text, known)})


def _is_raw(text: str, known: re.Pattern[str]) -> bool:
    left, count = text, 1
    while count:
        left, count = _BRACKETS.subn(" ", left)
    return bool(_WORD.search(known.sub(" ", left)))


def _texts(root: QWidget) -> Iterator[tuple[str, str]]:
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible() and not _is_of_a_file_dialog(widget):
            where = type(widget).__name__
            yield from ((where, text) for text in _words_of(widget) if text)


def _is_of_a_file_dialog(widget: QWidget) -> bool:
    """Qt draws it only where the system has none; it is full of the names of files."""
    dialog: QWidget | None = widget
    while dialog is not None and not isinstance(dialog, QFileDialog):
        dialog = dialog.parentWidget()
    return dialog is not None


def _words_of(widget: QWidget) -> Iterator[str]:
    yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
    if widget.isWindow():
        yield widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit() | QTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(row) for row in range(widget.count()))
        case QMenu():
            yield from (action.text() for action in widget.actions())
        case QAbstractItemView():
            yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    is_list = isinstance(model, QAbstractListModel)
    for column in range(1 if is_list else model.columnCount(QModelIndex())):
        for role in roles:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
            for row in range(model.rowCount(QModelIndex())):
                yield str(model.index(row, column).data(role) or "")


def cut_off(root: QWidget) -> list[str]:
    """Labels, buttons and choices that have less room than their words need."""
    return sorted({words for widget in root.findChildren(QWidget) for words in _lacks(widget)})


def _lacks(widget: QWidget) -> Iterator[str]:
    if not widget.isVisible() or _is_of_a_file_dialog(widget):
        return
    name = f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
    missing_px = _missing_px(widget)
    if missing_px > 0:
        yield f"{name}: {_text_of(widget)!r} lacks {missing_px} px"
    elif _text_of(widget) and (hidden_px := _hidden_px(widget)) > 0:
        yield f"{name}: {_text_of(widget)!r} sticks out by {hidden_px} px"


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QToolButton) and not widget.icon().isNull():
        return ""  # its words are for a screen reader
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _missing_px(widget: QWidget) -> int:
    """What an eliding label cuts off it shows in its tooltip; all others have to show all."""
    text = _text_of(widget)
    if not text or isinstance(widget, ElidedLabel) or type(widget).__name__ in ELIDING:
        return 0
    if isinstance(widget, QLabel) and widget.wordWrap():
        return _missing_of_wrapped(widget)
    if isinstance(widget, QPushButton):
        too_low = widget.fontMetrics().tightBoundingRect(text).height() - widget.height()
        return max(QPushButton.sizeHint(widget).width() - widget.width(), too_low)
    metrics = widget.fontMetrics()
    needed = max(metrics.horizontalAdvance(line) for line in text.replace("&", "").splitlines())
    return needed - _room_px(widget)


def _missing_of_wrapped(label: QLabel) -> int:
    width = label.contentsRect().width() - 2 * label.margin()
    words = re.split(r"\s|(?<=/)", label.text())  # an address may go on in the next line
    longest = max(map(label.fontMetrics().horizontalAdvance, words))
    return max(longest - width, label.heightForWidth(label.width()) - label.height())


def _room_px(widget: QWidget) -> int:
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        return widget.style().subControlRect(control, option, part, widget).width()
    return widget.contentsRect().width()


def _hidden_px(widget: QWidget) -> int:
    """How much of its width its parents cut off; what is scrolled away upwards is not meant."""
    parent = widget.parentWidget()
    left, right = 0, widget.width()
    child = widget
    while parent is not None and not child.isWindow():
        offset = child.pos().x()
        left, right = left + offset, right + offset
        if left < 0 or right > parent.width():
            return max(-left, right - parent.width())
        child, parent = parent, parent.parentWidget()
    return 0


ELIDING: Final = frozenset({"ModelPicker", "Toggle"})
"""They end in … as an ElidedLabel does, and tell all in their tooltip."""

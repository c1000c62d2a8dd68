"""A field that takes the keys pressed in it, as a command would be called by."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.fields import Field

_Key: Final = Qt.Key
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_MODIFIERS: Final = (
    _Key.Key_Control, _Key.Key_Shift, _Key.Key_Alt, _Key.Key_Meta, _Key.Key_AltGr,
    _Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_Super_L, _Key.Key_Super_R, _Key.Key_unknown,
)  # fmt: skip
_EMPTYING: Final = (_Key.Key_Backspace, _Key.Key_Delete)


class KeysField(Field):
    """`pressed(keys)`, empty after Backspace or Del; `left` when they are not wanted any more.

    Not `QKeySequenceEdit`, which tells of no keys at all while it waits for the first one. Tab
    goes on to the next field.
    """

    pressed = Signal(QKeySequence)
    left = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder="", parent=parent)
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.keys = QKeySequence()

    def show_keys(self, keys: QKeySequence) -> None:
        self.keys = keys
        self.setText(keys.toString(QKeySequence.SequenceFormat.NativeText))
        self.setPlaceholderText("" if self.hasFocus() else self.tr("No keys"))

    def event(self, event: QEvent) -> bool:
        """No command is called by keys that are meant for this field."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        is_plain = not event.modifiers()
        if event.key() in _MODIFIERS:
            return
        if is_plain and event.key() == _Key.Key_Escape:
            self.left.emit()
            return
        wanted = QKeySequence() if is_plain and event.key() in _EMPTYING else _keys_of(event)
        self.show_keys(wanted)
        self.pressed.emit(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(self.tr("Press keys…"))
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setPlaceholderText(self.tr("No keys"))
        self.deselect()


def _keys_of(event: QKeyEvent) -> QKeySequence:
    """As they are written: Shift belongs to a sign that is only made with it."""
    modifiers, text = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.text()
    is_sign = text.isprintable() and bool(text) and not (text.isalnum() or text.isspace())
    if is_sign:
        modifiers &= ~_SHIFT
    return QKeySequence(modifiers.value | event.key())

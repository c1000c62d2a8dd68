"""What is no button of Qt's and can be pressed all the same."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from beatra_desktop.ui.access.widgets import Pressable


class Deed(QAccessibleActionInterface):
    """The one thing that can be done with a part, called `name`; see `after_this_call`."""

    def __init__(
        self, name: str, do: Callable[[], None], context: Callable[[], QObject | None]
    ) -> None:
        super().__init__()
        self._name = name
        self._do = do
        self._context = context

    def actionNames(self) -> list[str]:
        return [self._name]

    def doAction(self, name: str) -> None:
        if name == self._name:
            after_this_call(self._do, self._context())

    def keyBindingsForAction(self, _name: str) -> list[str]:
        return []


class PressableAccessible(QAccessibleWidget):
    """For a widget that is `Pressable`."""

    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.hasPopup = self.role() is QAccessible.Role.ButtonMenu
        return state

    def actionNames(self) -> list[str]:
        return [self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        widget: object = self.widget()
        if name == self.pressAction() and isinstance(widget, Pressable):
            after_this_call(widget.press, self.widget())
        else:
            super().doAction(name)


class ButtonAccessible(QAccessibleWidget):
    """For a button of Qt's; one of a few of which one is checked is a radio button."""

    @property
    def button(self) -> QAbstractButton | None:
        """None once Qt has begun to delete it."""
        widget: object = self.widget()
        return widget if isinstance(widget, QAbstractButton) else None

    def role(self) -> QAccessible.Role:
        button = self.button
        if button is None or not button.isCheckable():
            return QAccessible.Role.Button
        group = button.group()
        is_one_of = button.autoExclusive() or (group is not None and group.exclusive())
        return QAccessible.Role.RadioButton if is_one_of else QAccessible.Role.CheckBox

    def text(self, kind: QAccessible.Text) -> str:
        told = super().text(kind)
        if told or kind is not QAccessible.Text.Name or self.button is None:
            return told
        return self.button.text().replace("&", "")

    def state(self) -> QAccessible.State:
        state, button = super().state(), self.button
        if button is not None:
            state.checkable = button.isCheckable()
            state.checked = button.isChecked()
            state.pressed = button.isDown()
        return state

    def actionNames(self) -> list[str]:
        button = self.button
        if button is None or not button.isEnabled():
            return []
        first = [self.toggleAction()] if button.isCheckable() else []
        return [*first, self.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        if name in (self.toggleAction(), self.pressAction()) and self.button is not None:
            after_this_call(self.button.click, self.button)
        else:
            super().doAction(name)


def after_this_call(do: Callable[[], None], context: QObject | None) -> None:
    """Qt is still in the interface that was asked: what is done may delete it or open a menu.

    Nothing is done once `context` is gone.
    """
    if context is not None:
        QTimer.singleShot(0, context, do)

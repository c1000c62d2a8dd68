"""What widgets that paint themselves tell of themselves, in the place of what Qt would guess.

The interfaces are loaded when a screen reader looks at the first of them.
"""

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, cast

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QWidget

if TYPE_CHECKING:  # PySide makes each type when it is first asked for
    from PySide6.QtGui import QAccessibleInterface


class Accessible:
    """Mixed into a widget: it brings an interface of its own."""

    def make_accessible(self) -> "QAccessibleInterface":
        """Called when a screen reader first looks at the widget, and at times again."""
        raise NotImplementedError


class Scale(NamedTuple):
    """Where something stands from 0 to `top`, in steps of its arrow keys, and that in words."""

    value: float
    top: float
    step: float
    words: str


class Ranged(Accessible):
    """A widget to be heard, and set, as a slider."""

    def scale(self) -> Scale:
        raise NotImplementedError

    def move_to(self, value: float) -> None:
        """As if the user had gone there; `value` lies on the scale."""
        raise NotImplementedError

    def make_accessible(self) -> "QAccessibleInterface":
        from beatra_desktop.ui.access.ranges import RangeAccessible

        return RangeAccessible(cast(QWidget, self))

    def tell_value(self) -> None:
        """The user has changed it."""
        if QAccessible.isActive():
            from PySide6.QtGui import QAccessibleValueChangeEvent

            event = QAccessibleValueChangeEvent(cast(QWidget, self), self.scale().value)
            QAccessible.updateAccessibility(event)


class Pressable(Accessible):
    """A widget to be heard, and pressed, as a button."""

    has_menu: ClassVar[bool] = False

    def press(self) -> None:
        """As if the user had clicked it."""
        raise NotImplementedError

    def make_accessible(self) -> "QAccessibleInterface":
        from beatra_desktop.ui.access.pressing import PressableAccessible

        role = QAccessible.Role.ButtonMenu if self.has_menu else QAccessible.Role.Button
        return PressableAccessible(cast(QWidget, self), role)


class Clickable(Accessible):
    """A button of Qt's, whose own interface would check it without a click."""

    def make_accessible(self) -> "QAccessibleInterface":
        from beatra_desktop.ui.access.pressing import ButtonAccessible

        return ButtonAccessible(cast(QAbstractButton, self))


_MADE: Final[list["QAccessibleInterface"]] = []
"""Qt calls them until the application is gone, PySide lets go of them before."""


def install() -> None:
    """Let Qt ask each `Accessible` before it makes an interface itself."""
    QAccessible.installFactory(_made)


def _made(_class_name: str, thing: QObject) -> "QAccessibleInterface | None":
    if not isinstance(thing, Accessible):
        return None
    _MADE.append(thing.make_accessible())
    return _MADE[-1]

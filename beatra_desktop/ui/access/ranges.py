"""A painted widget that stands at some value, such as a place in a song: a slider to hear."""

from typing import Any

from PySide6.QtGui import QAccessible, QAccessibleValueInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import VoidPtr

from beatra_desktop.ui.access.part import given, pointer_to
from beatra_desktop.ui.access.widgets import Ranged, Scale

_GONE = Scale(value=0.0, top=0.0, step=0.0, words="")


class RangeAccessible(QAccessibleWidget):
    """For a widget that is `Ranged`."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Slider)
        self._value = _Value(self)

    @property
    def ranged(self) -> Ranged | None:
        """The widget; None once Qt has begun to delete it."""
        widget: object = self.widget()
        return widget if isinstance(widget, Ranged) else None

    @property
    def scale(self) -> Scale:
        return _GONE if self.ranged is None else self.ranged.scale()

    def text(self, kind: QAccessible.Text) -> str:
        return self.scale.words if kind is QAccessible.Text.Value else super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]  # see Part
        if kind is QAccessible.InterfaceType.ValueInterface:
            return pointer_to(self._value)
        return given(super().interface_cast(kind))


class _Value(QAccessibleValueInterface):
    def __init__(self, accessible: RangeAccessible) -> None:
        super().__init__()
        self._accessible = accessible

    def currentValue(self) -> float:
        return self._accessible.scale.value

    def minimumValue(self) -> float:
        return 0.0

    def maximumValue(self) -> float:
        return self._accessible.scale.top

    def minimumStepSize(self) -> float:
        return self._accessible.scale.step

    def setCurrentValue(self, value: Any) -> None:
        if self._accessible.ranged is not None:
            self._accessible.ranged.move_to(max(0.0, min(self._accessible.scale.top, float(value))))

"""What interfaces of painted things share: they stand for something that is no widget of its own.

PySide's stubs know no None where Qt takes one, and an `int` for its VoidPtr: `see Part`, they say
where an override is another.
"""

from typing import Final

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from shiboken6 import Shiboken, VoidPtr

NONE: Final = VoidPtr(0)
"""What `interface_cast` gives for what there is not; anything but a VoidPtr ends the process."""


def pointer_to(ability: Shiboken.Object) -> VoidPtr:
    """What `interface_cast` gives for what there is; whoever gives it keeps the `ability`."""
    return VoidPtr(Shiboken.getCppPointer(ability)[0])


class Part(QAccessibleInterface):
    """Something painted inside what `parent` stands for; it is to be held until it is let go."""

    def __init__(self, parent: QAccessibleInterface) -> None:
        super().__init__()
        self._parent = parent
        self._abilities: dict[QAccessible.InterfaceType, Shiboken.Object] = {}
        self._id = QAccessible.registerAccessibleInterface(self)

    def offer(self, kind: QAccessible.InterfaceType, ability: Shiboken.Object) -> None:
        """Let it be more than looked at: pressed, or read character by character."""
        self._abilities[kind] = ability

    def let_go(self) -> None:
        """What it stood for is gone; afterwards there is nothing that can be asked."""
        QAccessible.deleteAccessibleInterface(self._id)

    def tell(self, event: QAccessible.Event) -> None:
        QAccessible.updateAccessibility(QAccessibleEvent(self, event))

    def isValid(self) -> bool:
        return Shiboken.isValid(self._parent) and self._parent.isValid()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        return self._parent if self.isValid() else None

    def object(self) -> QObject | None:  # type: ignore[override]  # see Part
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # see Part
        return self._parent.window() if self.isValid() else None

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        children = (self.child(index) for index in range(self.childCount()))
        return next((each for each in children if each and each.rect().contains(x, y)), None)

    def rect(self) -> QRect:
        return QRect()

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing that is painted can be given another text."""

    def interface_cast(self, kind: QAccessible.InterfaceType) -> VoidPtr:  # type: ignore[override]  # see Part
        ability = self._abilities.get(kind)
        return NONE if ability is None else pointer_to(ability)

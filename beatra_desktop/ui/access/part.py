"""What interfaces of painted things share: they stand for something that is no widget of its own.

PySide's stubs know no None where Qt takes one, and an `int` for its VoidPtr: `see Part`, they say
where an override is another.
"""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QWindow
from shiboken6 import Shiboken, VoidPtr

NONE: Final = VoidPtr(0)
"""What `interface_cast` gives for what there is not; anything but a VoidPtr ends the process."""


def pointer_to(ability: Shiboken.Object) -> VoidPtr:
    """What `interface_cast` gives for what there is; whoever gives it keeps the `ability`."""
    return VoidPtr(Shiboken.getCppPointer(ability)[0])


def given(found: object) -> VoidPtr:
    """What Qt's own `interface_cast` found, which PySide tells as None where there is nothing."""
    return found if isinstance(found, VoidPtr) else NONE


class Part(QAccessibleInterface):
    """Something painted inside what `parent` gives; it is to be held until it is let go."""

    def __init__(self, parent: Callable[[], QAccessibleInterface | None]) -> None:
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
        return self.parent() is not None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]  # see Part
        return self._parent()

    def object(self) -> QObject | None:  # type: ignore[override]  # see Part
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]  # see Part
        parent = self.parent()
        return None if parent is None else parent.window()

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

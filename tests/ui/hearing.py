"""What is wrong with a screen for who works it by ear and keyboard."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget

_ROLE: Final = QAccessible.Role
CONTROLS: Final = frozenset(
    {
        _ROLE.Button, _ROLE.ButtonMenu, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.EditableText,
        _ROLE.ComboBox, _ROLE.Slider, _ROLE.SpinBox, _ROLE.Link, _ROLE.ListItem, _ROLE.Cell,
        _ROLE.TreeItem, _ROLE.Table, _ROLE.List, _ROLE.Tree, _ROLE.MenuItem,
    }
)  # fmt: skip


def unheard(root: QWidget) -> list[str]:
    """What takes the keyboard or can be worked, painted or not, and has no name."""
    top = QAccessible.queryAccessibleInterface(root)
    return [
        f"{each.role().name} in {_place(each)} has no name"
        for each in _shown(top)
        if _is_dumb(each)
    ]


def out_of_reach(window: QWidget) -> list[str]:
    """What takes the keyboard and is not come to by Tab in the active window."""
    stops = _tab_stops(window)
    wanted = (each for each in window.findChildren(QWidget) if _is_stop(each, window))
    return [f"Tab never comes to {each}" for each in wanted if each not in stops]


def _tab_stops(window: QWidget) -> list[QWidget]:
    stops: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in stops:
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return stops


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    is_on_show = widget.isVisible() and widget.isEnabled() and widget.window() is window
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    return bool(is_on_show and takes_tab and not _is_one_of_a_few(widget))


def _is_one_of_a_few(widget: QWidget) -> bool:
    """Of those that exclude each other Tab comes to the checked one, arrow keys to the others."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = widget.group()
    return bool(widget.autoExclusive() or (group is not None and group.exclusive()))


def _shown(part: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    if part.state().invisible or part.rect().isEmpty() or isinstance(part.object(), QFileDialog):
        return
    yield part
    for index in range(part.childCount()):
        child = part.child(index)
        if child is not None:
            yield from _shown(child)


def _is_dumb(part: QAccessibleInterface) -> bool:
    is_control = part.role() in CONTROLS or bool(part.state().focusable)
    return is_control and not part.text(QAccessible.Text.Name).strip()


def _place(part: QAccessibleInterface) -> str:
    names: list[str] = []
    up: QAccessibleInterface | None = part
    while up is not None and len(names) < 3:
        name, thing = up.text(QAccessible.Text.Name), up.object()
        if name or thing is not None:
            names.append(name or type(thing).__name__)
        up = up.parent()
    return " in ".join(names)

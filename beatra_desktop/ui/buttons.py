"""Buttons."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from beatra_desktop.ui import command_keys, icons, theme
from beatra_desktop.ui.access.widgets import Clickable
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant, set_style
from beatra_desktop.ui.tips import tip

GAP_PX: Final = 4


class Button(QPushButton, Clickable):
    """A button with text; `name` is for screen readers where the text says too little."""

    def __init__(
        self,
        text: str,
        *,
        variant: Variant = Variant.NORMAL,
        icon: Icon | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._variant = variant
        self._icon = icon
        self.setProperty("variant", variant.value)
        self.setAccessibleName(name or text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self._tint()
        self.toggled.connect(self._tint)
        theme.notifier().changed.connect(self._tint)

    def setText(self, text: str) -> None:
        if self.accessibleName() == self.text():
            self.setAccessibleName(text)
        super().setText(text)
        self._tint()  # an icon keeps a gap to a text, and only to a text

    def set_icon(self, icon: Icon) -> None:
        self._icon = icon
        self._tint()

    def set_variant(self, variant: Variant) -> None:
        self._variant = variant
        set_style(self, "variant", variant.value)
        self._tint()

    def _tint(self) -> None:
        if self._icon is None:
            return
        gap_px = GAP_PX if self.text() else 0
        size_px = icons.current_px()
        self.setIconSize(QSize(size_px + gap_px, size_px))
        self.setIcon(icons.icon(self._icon, self._icon_colour(), size_px=size_px, gap_px=gap_px))

    def _icon_colour(self) -> QColor:
        shades = theme.current()
        if self.isChecked():
            return shades.accent
        return {
            Variant.PRIMARY: shades.accent_text,
            Variant.DANGER: shades.danger,
            Variant.LINK: shades.accent,
        }.get(self._variant, shades.text_secondary)


class IconButton(Button):
    """A button that is only an icon; `name` is its tooltip and what a screen reader says.

    The tooltip tells keys too: `shortcut`, or those that a command of this name has at the time.
    """

    def __init__(
        self,
        icon: Icon,
        name: str,
        *,
        shortcut: str = "",
        command: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", variant=Variant.ICON, icon=icon, name=name, parent=parent)
        self._shortcut = shortcut
        self._command = command
        if command:
            command_keys.notifier().changed.connect(self._show_tooltip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self._show_tooltip()

    def _show_tooltip(self) -> None:
        name, keys = self.accessibleName(), command_keys.text_of(self._command)
        if not self._command:
            keys = QKeySequence(self._shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(tip(f"{name} ({keys})" if keys else name))

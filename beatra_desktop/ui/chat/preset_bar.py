"""Taking a preset, and keeping a way of working as one."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from beatra_desktop.services.naming import free_name
from beatra_desktop.services.presets import PresetService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant, below


class PresetBar(QWidget):
    """Tells what is wanted; presets are told by their ids."""

    apply_requested = Signal(str)
    new_chat_requested = Signal(str)
    manage_requested = Signal()
    save_requested = Signal(str)

    def __init__(self, presets: PresetService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self.apply = Button(self.tr("Apply preset"), icon=Icon.PRESET)
        self.save_as = Button(self.tr("Save as preset…"))
        self.name = Field(self.tr("Name of the preset"), placeholder=self.tr("Name of the preset"))
        self.save = Button(self.tr("Save"), variant=Variant.PRIMARY)
        self._cancel = IconButton(Icon.CLOSE, self.tr("Don't save"))
        self._hint = Text(tone=Tone.SECONDARY, size="small")
        self._lay_out()
        self._connect()
        self._show_name(shown=False)

    @property
    def hint(self) -> str:
        return self._hint.text()

    def menu(self) -> QMenu:
        """The presets to apply here or to begin a new chat with, and the way to manage them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(menu, self.apply_requested.emit)
        if len(self._presets.presets):
            menu.addSeparator()
            self._fill(menu.addMenu(self.tr("New chat with preset")), self.new_chat_requested.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Manage presets…")).triggered.connect(self.manage_requested)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.name.isVisible():
            self._close_name()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        buttons, naming = FlowLayout(), QHBoxLayout()
        naming.setSpacing(theme.GRID)
        buttons.addWidget(self.apply)
        buttons.addWidget(self.save_as)
        naming.addWidget(self.name, stretch=1)
        naming.addWidget(self.save)
        naming.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addLayout(buttons)
        column.addLayout(naming)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self.apply.clicked.connect(lambda: self.menu().popup(below(self.apply)))
        self.save_as.clicked.connect(self._on_save_as_clicked)
        self.name.textChanged.connect(self._on_name_changed)
        self.name.returnPressed.connect(self._on_save_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self._close_name)

    def _fill(self, menu: QMenu, wanted: Callable[[str], None]) -> None:
        for preset in self._presets.presets:
            action = menu.addAction(format.short_name(preset.name).replace("&", "&&"))
            action.triggered.connect(_telling(wanted, preset.id))

    def _show_name(self, *, shown: bool) -> None:
        for widget in (self.name, self.save, self._cancel):
            widget.setVisible(shown)
        self.apply.setVisible(not shown)
        self.save_as.setVisible(not shown)
        self._on_name_changed(self.name.text())

    def _on_save_as_clicked(self) -> None:
        self._show_name(shown=True)
        self.name.setFocus()

    def _on_name_changed(self, name: str) -> None:
        free = free_name(name, self._presets.presets)
        is_taken = bool(name.strip()) and free != name.strip()
        words = self.tr("There is a preset of this name. This one will be called “{name}”.")
        self._hint.setText(words.format(name=format.short_name(free)) if is_taken else "")
        self._hint.setVisible(is_taken and not self.name.isHidden())
        self.save.setEnabled(bool(name.strip()))

    def _on_save_clicked(self) -> None:
        if self.name.text().strip():
            self.save_requested.emit(self.name.text())
            self.name.clear()
            self._close_name()

    def _close_name(self) -> None:
        self._show_name(shown=False)
        self.save_as.setFocus()


def _telling(wanted: Callable[[str], None], preset_id: str) -> Callable[[], None]:
    return lambda: wanted(preset_id)

"""One preset of the music form: apply it, rename it, delete it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant, set_style
from beatra_desktop.ui.tips import tip

AROUND_PX: Final = 52
"""The padding of the style sheet and the icon."""


class PresetRow(QWidget):
    """Tells what is wanted; `renamed` tells the new name."""

    apply_requested = Signal()
    delete_requested = Signal()
    renamed = Signal(str)

    def __init__(self, preset: MusicPreset, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.preset = preset
        label = self.tr("Apply {name}").format(name=preset.name)
        self.apply = Button("", variant=Variant.GHOST, icon=Icon.PRESET, name=label)
        set_style(self.apply, "align", "left")
        self.apply.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.apply.setToolTip(tip(preset.prompt.prompt or preset.name))
        self.name = Field(self.tr("New name of {name}").format(name=preset.name))
        self.rename = IconButton(Icon.EDIT, self.tr("Rename {name}").format(name=preset.name))
        self.delete = IconButton(Icon.DELETE, self.tr("Delete {name}").format(name=preset.name))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self.apply, stretch=1)
        row.addWidget(self.name, stretch=1)
        row.addWidget(self.rename)
        row.addWidget(self.delete)
        self.apply.clicked.connect(self.apply_requested)
        self.delete.clicked.connect(self.delete_requested)
        self.rename.clicked.connect(self._on_rename_clicked)
        self.name.returnPressed.connect(self._on_named)
        self._edit(is_edited=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long name ends in …; the whole of it is what a screen reader says."""
        super().resizeEvent(event)
        width = self.apply.width() - AROUND_PX
        shown = self.fontMetrics().elidedText(self.preset.name, Qt.TextElideMode.ElideRight, width)
        self.apply.setText(shown.replace("&", "&&"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_edited:
            self._edit(is_edited=False)
            self.rename.setFocus()
        else:
            super().keyPressEvent(event)

    @property
    def _is_edited(self) -> bool:
        return not self.name.isHidden()

    def _edit(self, *, is_edited: bool) -> None:
        self.name.setVisible(is_edited)
        self.apply.setVisible(not is_edited)
        self.rename.set_icon(Icon.CHECK if is_edited else Icon.EDIT)

    def _on_rename_clicked(self) -> None:
        if self._is_edited:
            self._on_named()
            return
        self.name.setText(self.preset.name)
        self._edit(is_edited=True)
        self.name.selectAll()
        self.name.setFocus()

    def _on_named(self) -> None:
        self._edit(is_edited=False)
        self.renamed.emit(self.name.text())

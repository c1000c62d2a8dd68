"""The presets a new chat can start from, as quiet chips."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.chat import Preset
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.tips import tip

MOST: Final = 8


class PresetChips(QWidget):
    """`chosen(preset_id)` when one is taken, with an empty id when it is given back."""

    chosen = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, Button] = {}
        self._flow = FlowLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        label = Text(self.tr("Or begin with a way of working"), tone=Tone.SECONDARY, size="small")
        column.addWidget(label)
        column.addLayout(self._flow)
        self.hide()

    @property
    def chips(self) -> list[Button]:
        return list(self._chips.values())

    def show_presets(self, presets: Iterable[Preset]) -> None:
        """The first few; the others are in the chat options."""
        for chip in self._chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = {preset.id: self._chip(preset) for preset in list(presets)[:MOST]}
        self.setVisible(bool(self._chips))

    def mark(self, preset_id: str) -> None:
        """Show which preset is taken; an empty id for none."""
        for known, chip in self._chips.items():
            chip.setChecked(known == preset_id)

    def _chip(self, preset: Preset) -> Button:
        name = preset.name
        short = format.short_name(name).replace("&", "&&")
        chip = Button(short, variant=Variant.CHIP, name=name)
        chip.setCheckable(True)
        chip.setToolTip(tip(preset.system_prompt.strip().partition("\n")[0] or name))
        chip.clicked.connect(lambda checked: self.chosen.emit(preset.id if checked else ""))
        self._flow.addWidget(chip)
        return chip

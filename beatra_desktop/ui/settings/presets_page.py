"""The presets: all of them, to edit, double and delete."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.chat import Preset
from beatra_desktop.domain.ids import PresetId
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.page import SettingsPage
from beatra_desktop.ui.settings.preset_card import PresetCard
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine


class PresetsPage(SettingsPage):
    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("PresetsPage", "Presets"), parent=parent)
        self._services = services
        self._presets = services.presets
        self._cards: dict[str, PresetCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GRID)
        self._sentence = Text(tone=Tone.SECONDARY)
        self.new = Button(self.tr("New preset"), icon=Icon.ADD)
        self.undo = UndoLine()
        self.add_heading(self.tr("Ways of working, to begin chats with"))
        self.body.add(self._sentence, self.undo, self._list)
        self.body.box.addWidget(self.new, alignment=Qt.AlignmentFlag.AlignLeft)
        self.finish()
        self.new.clicked.connect(self._on_new_clicked)
        presets = self._presets.presets
        for signal in (presets.inserted, presets.removed, presets.changed, presets.reset):
            subscribe(self, signal, self._refresh)
        self._refresh()

    @property
    def cards(self) -> list[PresetCard]:
        """The cards on show, in their order."""
        return [self._cards[preset.id] for preset in self._presets.presets]

    def _refresh(self, *_rows: int) -> None:
        presets = self._presets.presets
        for preset_id in [known for known in self._cards if known not in presets]:
            card = self._cards.pop(preset_id)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for row, preset in enumerate(presets):
            self._show(row, preset)
        self._sentence.setText(
            self.tr("A preset sets the instructions, the parameters and, if you like, the model.")
            if len(presets)
            else self.tr("There are no presets. Save how a chat works as one, or make one here.")
        )

    def _show(self, row: int, preset: Preset) -> None:
        card = self._cards.get(preset.id)
        if card is None:
            card = self._cards[preset.id] = PresetCard(self._services, preset)
            card.deleted.connect(lambda: self._on_deleted(preset.id))
            card.duplicated.connect(lambda: self._on_duplicated(preset.id))
        elif card.preset != preset:
            card.show_preset(preset)
        if self._list.indexOf(card) != row:
            self._list.insertWidget(row, card)

    def _open(self, preset: Preset | None) -> None:
        if preset is not None:
            card = self._cards[preset.id]
            card.edit.setChecked(True)
            card.editor.name.selectAll()

    def _on_new_clicked(self) -> None:
        self._open(self._presets.save(self.tr("New preset")))

    def _on_duplicated(self, preset_id: PresetId) -> None:
        self._cards[preset_id].flush()
        self._open(self._presets.duplicate(preset_id))

    def _on_deleted(self, preset_id: PresetId) -> None:
        self._cards[preset_id].flush()
        preset = self._presets.presets.get(preset_id)
        if preset is not None:
            self._presets.delete(preset_id)
            words = self.tr("“{name}” is deleted. Chats that use it stay as they are.")
            words = words.format(name=format.short_name(preset.name))
            self.undo.offer(words, lambda: self._presets.restore(preset_id))

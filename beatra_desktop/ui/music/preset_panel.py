"""The presets of the music form: what the user liked the sound of, one click away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.services.music_presets import MusicPresetService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.preset_row import PresetRow
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine


class PresetPanel(Pane):
    """`apply_requested(preset_id)`; `save_requested(name)` to keep what stands in the form."""

    apply_requested = Signal(str)
    save_requested = Signal(str)

    def __init__(self, service: MusicPresetService, *, parent: QWidget | None = None) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.RAISED, margin_px=margin, spacing_px=theme.GRID, parent=parent)
        self._service = service
        self.setAccessibleName(self.tr("Presets"))
        self.rows: list[PresetRow] = []
        self._empty = Text(self.tr("No presets yet."), tone=Tone.SECONDARY, size="small")
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.name = Field(self.tr("Name of the preset"), placeholder=self.tr("Name of the preset"))
        self.save = Button(self.tr("Save"))
        self._hint = Text(tone=Tone.SECONDARY, size="small")
        self.undo = UndoLine()
        self._lay_out()
        self._connect()
        self._refresh()
        self._on_name_changed()

    @property
    def hint(self) -> str:
        return self._hint.text()

    def _lay_out(self) -> None:
        naming = QHBoxLayout()
        naming.setSpacing(theme.GRID)
        naming.addWidget(self.name, stretch=1)
        naming.addWidget(self.save)
        self.add(self._empty, self._list, self.undo, naming, self._hint)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._on_name_changed)
        self.name.returnPressed.connect(self._on_save_clicked)
        self.save.clicked.connect(self._on_save_clicked)
        presets = self._service.presets
        for signal in (presets.inserted, presets.removed, presets.changed, presets.reset):
            subscribe(self, signal, self._refresh)

    def _refresh(self, *_rows: int) -> None:
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(preset) for preset in self._service.presets]
        self._empty.setVisible(not self.rows)
        self._on_name_changed()

    def _row(self, preset: MusicPreset) -> PresetRow:
        row = PresetRow(preset)
        row.apply_requested.connect(lambda: self.apply_requested.emit(preset.id))
        row.delete_requested.connect(lambda: self._delete(preset))
        row.renamed.connect(lambda name: self._rename(preset, name))
        self._list.addWidget(row)
        return row

    def _delete(self, preset: MusicPreset) -> None:
        self._service.delete(preset.id)
        words = self.tr("“{name}” was deleted.").format(name=format.short_name(preset.name))
        self.undo.offer(words, lambda: self._service.restore(preset))
        self.undo.button.setFocus()

    def _rename(self, preset: MusicPreset, name: str) -> None:
        if name.strip() == preset.name or not name.strip():
            return
        if self._service.rename(preset.id, name):
            words = self.tr("“{name}” has another name now.")
            shown = words.format(name=format.short_name(preset.name))
            self.undo.offer(shown, lambda: self._service.restore(preset))
        else:
            words = self.tr("There is a preset called “{name}” already. Choose another name.")
            self._say(words.format(name=format.short_name(name.strip())))

    def _on_name_changed(self, *_text: str) -> None:
        name = self.name.text().strip()
        taken = self._service.named(name) if name else None
        self.save.setEnabled(bool(name))
        self.save.setText(self.tr("Replace") if taken else self.tr("Save"))
        keeps = self.tr("Keeps description, model and options; not title, lyrics or recording.")
        self._say(keeps)

    def _say(self, words: str) -> None:
        self._hint.setText(words)

    def _on_save_clicked(self) -> None:
        name = self.name.text().strip()
        if name:
            replaced = self._service.named(name)
            self.name.clear()
            self.save_requested.emit(name)
            if replaced is not None:
                words = self.tr("“{name}” was replaced.").format(name=format.short_name(name))
                self.undo.offer(words, lambda: self._service.restore(replaced))

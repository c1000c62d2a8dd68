"""The head of the music form: its name and label, and the presets that fold out below."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog, Feature, Label
from beatra_desktop.domain.music import Route
from beatra_desktop.domain.music_presets import MusicPreset
from beatra_desktop.services.music_presets import MusicPresetService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Badge
from beatra_desktop.ui.music.preset_panel import PresetPanel
from beatra_desktop.ui.panes import SectionHeader
from beatra_desktop.ui.stacking_row import StackingRow
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.tab_order import put_behind
from beatra_desktop.ui.undo_line import UndoLine


class FormHead(QWidget):
    """`preset_chosen(MusicPreset)` to apply one; `save_requested(name)` to keep the form as one."""

    preset_chosen = Signal(object)
    save_requested = Signal(str)

    def __init__(self, service: MusicPresetService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self.open_presets = Button(self.tr("Presets"), variant=Variant.GHOST, icon=Icon.PRESET)
        self.open_presets.setCheckable(True)
        self.label_badge = Badge(self.tr("Preview"), tone=Tone.WARNING)
        self.undo = UndoLine()
        name = SectionHeader(self.tr("New song"), self.label_badge)
        header = StackingRow(name, self.open_presets)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID)
        for widget in (header, self.undo):
            self._column.addWidget(widget)
        self.open_presets.toggled.connect(lambda is_open: self.presets.setVisible(is_open))

    @cached_property
    def presets(self) -> PresetPanel:
        """Made when it is first opened: it takes a tenth of the form's widgets."""
        panel = PresetPanel(self._service)
        panel.apply_requested.connect(self._on_apply_requested)
        panel.save_requested.connect(self.save_requested)
        panel.hide()
        self._column.insertWidget(1, panel)
        put_behind(self.open_presets, panel)
        return panel

    def show_label(self, catalog: Catalog, route: Route) -> None:
        """The release label of the route the form takes now (contract §8)."""
        with_reference = route is Route.REFERENCE_AUDIO_TO_MUSIC
        feature = Feature.REFERENCE_AUDIO_TO_MUSIC if with_reference else Feature.TEXT_TO_MUSIC
        self.label_badge.setVisible(catalog.labels.get(feature) is Label.PREVIEW)

    def say_applied(self, preset: MusicPreset, undo: Callable[[], None]) -> None:
        """Fold the presets away and offer to take the applied one back."""
        words = self.tr("“{name}” was applied.").format(name=format.short_name(preset.name))
        self.undo.offer(words, undo)
        self.open_presets.setChecked(False)

    def _on_apply_requested(self, preset_id: str) -> None:
        preset = self._service.presets.get(preset_id)
        if preset is not None:
            self.preset_chosen.emit(preset)

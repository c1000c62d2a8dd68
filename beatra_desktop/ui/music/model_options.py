"""The options of one family of models (contract §6); on show for its models only."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.music import MinimaxOptions, SunoOptions
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Field, Segmented, Toggle
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.families import NEGATIVE_TAGS_CHARACTERS
from beatra_desktop.ui.music.form_field import FormField, TextField
from beatra_desktop.ui.music.weight_field import WeightField
from beatra_desktop.ui.styling import Tone

ANY: Final = "any"


class SunoPanel(QWidget):
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_reference = False
        self.custom = Toggle(self.tr("Custom mode"))
        self._note = Text(
            self.tr("For your own lyrics and the fine controls below."),
            tone=Tone.SECONDARY,
            size="small",
        )
        voices = ((ANY, self.tr("Any")), ("f", self.tr("Female")), ("m", self.tr("Male")))
        self.gender = Segmented(self.tr("Voice"), voices)
        self.negative = TextField(
            self.tr("Leave out"),
            Field(self.tr("Leave out"), placeholder=self.tr("such as: choir, distortion")),
        )
        self.style_weight = WeightField(self.tr("Follow the style"))
        self.weirdness = WeightField(self.tr("Weirdness"))
        self.audio = WeightField(self.tr("Follow the reference"))
        self._lay_out()
        self._connect()
        self.show_options(None)

    @property
    def draft(self) -> SunoOptions:
        """All that was chosen, also what is not sent now."""
        gender = self.gender.choice
        return SunoOptions(
            custom_mode=self.custom.isChecked(),
            negative_tags=self.negative.text.strip() or None,
            vocal_gender=None if gender == ANY else gender,
            style_weight=self.style_weight.value,
            weirdness_constraint=self.weirdness.value,
            audio_weight=self.audio.value,
        )

    @property
    def options(self) -> SunoOptions | None:
        """What to send: the fine controls count in custom mode only, this one with a reference."""
        if not self.custom.isChecked():
            return None
        weight = self.audio.value if self._has_reference else None
        return replace(self.draft, audio_weight=weight)

    def show_options(self, options: SunoOptions | None) -> None:
        shown = options or SunoOptions()
        self.custom.setChecked(bool(shown.custom_mode))
        self.negative.set_text(shown.negative_tags or "")
        self.gender.choose(shown.vocal_gender or ANY)
        self.style_weight.set_value(shown.style_weight)
        self.weirdness.set_value(shown.weirdness_constraint)
        self.audio.set_value(shown.audio_weight)
        self._refresh()

    def set_has_reference(self, *, has_reference: bool) -> None:
        """Without a reference there is nothing to follow."""
        self._has_reference = has_reference
        self.audio.setVisible(has_reference)

    def _lay_out(self) -> None:
        self._fine = QWidget()
        fine = QVBoxLayout(self._fine)
        fine.setContentsMargins(0, theme.GRID, 0, 0)
        fine.setSpacing(theme.GRID + theme.GRID // 2)
        voice = FormField(self.tr("Voice"), self.gender)
        for widget in (voice, self.negative, self.style_weight, self.weirdness, self.audio):
            fine.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.custom)
        column.addWidget(self._note)
        column.addWidget(self._fine)

    def _connect(self) -> None:
        self.custom.toggled.connect(self._on_changed)
        self.gender.chosen.connect(self._on_changed)
        for field in (self.negative, self.style_weight, self.weirdness, self.audio):
            field.changed.connect(self._on_changed)

    def _on_changed(self, *_values: object) -> None:
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self._fine.setVisible(self.custom.isChecked())
        self.negative.show_count(NEGATIVE_TAGS_CHARACTERS)


class MinimaxPanel(QWidget):
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.optimizer = Toggle(self.tr("Let the model write or polish the lyrics"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.optimizer)
        self.optimizer.toggled.connect(self.changed)

    @property
    def options(self) -> MinimaxOptions | None:
        """None leaves the choice to the service."""
        return MinimaxOptions(lyrics_optimizer=True) if self.optimizer.isChecked() else None

    def show_options(self, options: MinimaxOptions | None) -> None:
        self.optimizer.setChecked(options is not None and bool(options.lyrics_optimizer))

"""The options of one family of models (contract §6); on show for its models only."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.music import MinimaxOptions, SunoOptions
from beatra_desktop.domain.music_rules import NEGATIVE_TAGS_CHARACTERS, PromptField
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Field, Segmented, Toggle
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.form_field import FormField, TextField
from beatra_desktop.ui.music.weight_field import WeightField
from beatra_desktop.ui.styling import Tone

ANY: Final = "any"


class SunoPanel(QWidget):
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.custom = Toggle(self.tr("Custom mode"))
        voices = ((ANY, self.tr("Any")), ("f", self.tr("Female")), ("m", self.tr("Male")))
        self.gender = Segmented(self.tr("Voice"), voices)
        self.negative = TextField(
            self.tr("Leave out"),
            Field(self.tr("Leave out"), placeholder=self.tr("such as: choir, distortion")),
        )
        self.style_weight = WeightField(self.tr("Follow the style"))
        self.weirdness = WeightField(self.tr("Weirdness"))
        self.audio = WeightField(self.tr("Follow the reference"))
        self.fields: Mapping[PromptField, FormField] = {
            PromptField.CUSTOM_MODE: FormField("", self.custom),
            PromptField.VOCAL_GENDER: FormField(self.tr("Voice"), self.gender),
            PromptField.NEGATIVE_TAGS: self.negative,
            PromptField.STYLE_WEIGHT: FormField("", self.style_weight),
            PromptField.WEIRDNESS: FormField("", self.weirdness),
            PromptField.AUDIO_WEIGHT: FormField("", self.audio),
        }
        self._lay_out()
        self._connect()

    @property
    def options(self) -> SunoOptions:
        """All that was chosen; None leaves a choice to the service."""
        gender = self.gender.choice
        return SunoOptions(
            custom_mode=self.custom.isChecked() or None,
            negative_tags=self.negative.text.strip() or None,
            vocal_gender=None if gender == ANY else gender,
            style_weight=self.style_weight.value,
            weirdness_constraint=self.weirdness.value,
            audio_weight=self.audio.value,
        )

    @property
    def summary(self) -> list[str]:
        """What was chosen, in a few words each."""
        shown = self.options
        voices = {"f": self.tr("female voice"), "m": self.tr("male voice")}
        weights = (shown.style_weight, shown.weirdness_constraint, shown.audio_weight)
        words = (
            self.tr("custom") if shown.custom_mode else "",
            voices.get(shown.vocal_gender or "", ""),
            self.tr("fine-tuned") if any(weight is not None for weight in weights) else "",
        )
        return [word for word in words if word]

    def show_options(self, options: SunoOptions | None) -> None:
        shown = options or SunoOptions()
        self.custom.setChecked(bool(shown.custom_mode))
        self.negative.set_text(shown.negative_tags or "")
        self.gender.choose(shown.vocal_gender or ANY)
        self.style_weight.set_value(shown.style_weight)
        self.weirdness.set_value(shown.weirdness_constraint)
        self.audio.set_value(shown.audio_weight)
        self.negative.show_count(NEGATIVE_TAGS_CHARACTERS)

    def _lay_out(self) -> None:
        note = Text(
            self.tr("For your own lyrics and the fine controls below."),
            tone=Tone.SECONDARY,
            size="small",
        )
        self.fields[PromptField.CUSTOM_MODE].column.insertWidget(2, note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID + theme.GRID // 2)
        for field in self.fields.values():
            column.addWidget(field)

    def _connect(self) -> None:
        self.custom.toggled.connect(self._on_changed)
        self.gender.chosen.connect(self._on_changed)
        for field in (self.negative, self.style_weight, self.weirdness, self.audio):
            field.changed.connect(self._on_changed)

    def _on_changed(self, *_values: object) -> None:
        self.negative.show_count(NEGATIVE_TAGS_CHARACTERS)
        self.changed.emit()


class MinimaxPanel(QWidget):
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.optimizer = Toggle(self.tr("Let the model write the lyrics"))
        note = Text(
            self.tr("It writes them, or polishes the ones you give."),
            tone=Tone.SECONDARY,
            size="small",
        )
        field = FormField("", self.optimizer)
        field.column.insertWidget(2, note)
        self.fields: Mapping[PromptField, FormField] = {PromptField.LYRICS_OPTIMIZER: field}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(field)
        self.optimizer.toggled.connect(self.changed)

    @property
    def options(self) -> MinimaxOptions:
        """None leaves the choice to the service."""
        return MinimaxOptions(lyrics_optimizer=self.optimizer.isChecked() or None)

    @property
    def summary(self) -> list[str]:
        return [self.tr("writes lyrics")] if self.optimizer.isChecked() else []

    def show_options(self, options: MinimaxOptions | None) -> None:
        self.optimizer.setChecked(options is not None and bool(options.lyrics_optimizer))

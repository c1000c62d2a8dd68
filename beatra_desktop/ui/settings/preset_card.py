"""One preset in the settings: what it is, and, opened, all of it to edit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.records import replace
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.chat.kept_text import KeptText
from beatra_desktop.ui.chat.model_picker import ModelPicker
from beatra_desktop.ui.chat.parameter_fields import ParameterFields
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.music.form_field import FormField
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone


class PresetCard(Card):
    """`deleted` and `duplicated` when the user asks for it; every edit is kept at once."""

    deleted = Signal()
    duplicated = Signal()

    def __init__(
        self, services: Services, preset: Preset, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(preset.name, parent=parent)
        self.preset = preset
        self._services = services
        self._title = ElidedLabel(weight="strong")
        self._summary = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.edit = IconButton(Icon.EDIT, "")
        self.edit.setCheckable(True)
        self.duplicate = IconButton(Icon.COPY, "")
        self.delete = IconButton(Icon.DELETE, "")
        self._editor: PresetEditor | None = None
        self.add(self._head())
        self.edit.toggled.connect(self._on_edit_toggled)
        self.duplicate.clicked.connect(self.duplicated)
        self.delete.clicked.connect(self.deleted)
        self.show_preset(preset)

    @property
    def editor(self) -> "PresetEditor":
        """Where the preset is edited, made when it is opened first."""
        if self._editor is None:
            self._editor = PresetEditor(self._services, self.preset)
            self.add(self._editor)
        return self._editor

    def show_preset(self, preset: Preset) -> None:
        self.preset = preset
        self.setAccessibleName(preset.name)
        self._title.setText(preset.name)
        first_line = preset.system_prompt.strip().partition("\n")[0]
        self._summary.setText(first_line or self.tr("Without instructions"))
        self.edit.set_name(self.tr("Edit {name}").format(name=preset.name))
        self.duplicate.set_name(self.tr("Duplicate {name}").format(name=preset.name))
        self.delete.set_name(self.tr("Delete {name}").format(name=preset.name))
        if self._editor is not None:
            self._editor.show_preset(preset)

    def flush(self) -> None:
        """Keep what is being typed now."""
        if self._editor is not None:
            self._editor.instructions.flush()

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._summary)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addLayout(words, stretch=1)
        for button in (self.edit, self.duplicate, self.delete):
            row.addWidget(button)
        return row

    def _on_edit_toggled(self, opened: bool) -> None:  # a signal's argument
        self._summary.setVisible(not opened)
        self.editor.setVisible(opened)
        if opened:
            self.editor.name.setFocus()


class PresetEditor(QWidget):
    """Name, instructions, model and parameters of one preset."""

    def __init__(
        self, services: Services, preset: Preset, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._presets = services.presets
        self._preset = preset
        self.name = Field(self.tr("Name"))
        self.instructions = KeptText(
            self.tr("Instructions (system prompt)"),
            placeholder=self.tr("What the model should know or do in all of the chat."),
            lines=range(4, 13),
        )
        self.model = ModelPicker(nothing=self.tr("Leave the model as it is"))
        self.model.follow(services.profiles)
        self.parameters = ParameterFields()
        self._lay_out()
        self.name.setText(preset.name)
        self.show_preset(preset)
        self.name.textChanged.connect(self._on_name_changed)
        self.instructions.kept.connect(lambda text: self._change(system_prompt=text))
        self.model.picked.connect(lambda model_id: self._change(model=model_id))
        self.parameters.changed.connect(self._on_parameters_changed)

    def show_preset(self, preset: Preset) -> None:
        """Take over what changed elsewhere; what is being typed stays."""
        self._preset = preset
        if preset.name != self.name.text().strip() and self.name.text().strip():
            self.name.setText(preset.name)
        if not self.instructions.is_pending:
            self.instructions.set_text(preset.system_prompt)
        self.model.set_model(preset.model)
        self.parameters.show_parameters(preset.parameters or Parameters())

    def _lay_out(self) -> None:
        model = QHBoxLayout()
        model.setSpacing(theme.GRID)
        model.addWidget(Text(self.tr("Model"), tone=Tone.SECONDARY, size="small"))
        model.addWidget(self.model, stretch=1, alignment=Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID + theme.GRID // 2)
        column.addWidget(FormField(self.tr("Name"), self.name))
        column.addWidget(self.instructions)
        column.addLayout(model)
        column.addWidget(self.parameters)

    def _on_name_changed(self, name: str) -> None:
        self._presets.rename(self._preset.id, name)

    def _on_parameters_changed(self) -> None:
        chosen = self.parameters.parameters
        self._change(parameters=None if chosen == Parameters() else chosen)

    def _change(self, **fields: object) -> None:
        changed = replace(self._preset, **fields)  # type: ignore[arg-type]  # checked by replace itself
        self._presets.change(changed)

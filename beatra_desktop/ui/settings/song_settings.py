"""How many songs are in the making at once, and how their files are named."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QObject

from beatra_desktop.domain.clip_names import (
    DEFAULT_TEMPLATE,
    NameField,
    NameProblem,
    TemplateProblem,
    problem_of,
)
from beatra_desktop.domain.settings import PARALLEL_SONGS, Settings
from beatra_desktop.services.filenames import example_name
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Field, FieldError, Segmented
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.settings.page import SettingRow
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

TEMPLATE_WIDTH_PX: Final = 220
_PROBLEMS: Final[Mapping[NameProblem, str]] = MappingProxyType(
    {
        NameProblem.EMPTY: QT_TRANSLATE_NOOP(
            "SongSettings", "A file needs a name. “{title}” alone will do."
        ),
        NameProblem.TOO_LONG: QT_TRANSLATE_NOOP(
            "SongSettings", "This is too long for the name of a file."
        ),
        NameProblem.UNKNOWN_FIELD: QT_TRANSLATE_NOOP(
            "SongSettings", "There is no “{about}”. Known are: {known}."
        ),
        NameProblem.STRAY_BRACE: QT_TRANSLATE_NOOP(
            "SongSettings", "A brace stands alone. Fields look like “{title}”."
        ),
        NameProblem.SEPARATOR: QT_TRANSLATE_NOOP(
            "SongSettings", "A name can't hold / or \\. Songs lie in one folder."
        ),
    }
)


class SongSettings(QObject):
    """Fills a card of the settings."""

    def __init__(self, settings: SettingsService, card: Card) -> None:
        super().__init__(card)
        self._settings = settings
        self._add_parallel(card)
        card.box.addSpacing(theme.GRID)
        self._add_template(card)

    def show_settings(self, settings: Settings) -> None:
        self.parallel.choose(str(settings.parallel_songs))
        if self.template.text() != settings.clip_name_template and not self.error.text:
            self.template.setText(settings.clip_name_template)

    def _add_parallel(self, card: Card) -> None:
        title = self.tr("Songs at a time")
        self.parallel = Segmented(title, [(str(n), str(n)) for n in PARALLEL_SONGS])
        self.parallel.chosen.connect(lambda n: self._settings.change(parallel_songs=int(n)))
        sentence = self.tr("Others wait for their turn; until then they can be taken back.")
        card.add(SettingRow(title, sentence, self.parallel))

    def _add_template(self, card: Card) -> None:
        title = self.tr("Names of song files")
        self.template = Field(title, placeholder=DEFAULT_TEMPLATE)
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self.error = FieldError(self.template)
        self.example = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.template.textChanged.connect(self._on_template_changed)
        self.template.editingFinished.connect(self._on_editing_finished)
        known = self.tr(", ").join(f"{{{field}}}" for field in NameField)
        sentence = self.tr("Use {known}.").format(known=known)
        card.add(SettingRow(title, sentence, self.template), self.example, self.error)

    def _fit(self) -> None:
        self.template.setFixedWidth(theme.scaled(TEMPLATE_WIDTH_PX))

    def _on_template_changed(self, template: str) -> None:
        """What can be used is used at once; what can't is named, and nothing changes."""
        problem = problem_of(template)
        self.error.show_error(self._words(problem) if problem is not None else "")
        self.example.setVisible(problem is None)
        if problem is None:
            name = example_name(template)
            self.example.setText(self.tr("Such as “{name}”").format(name=name))
            if template != self._settings.settings.value.clip_name_template:
                self._settings.change(clip_name_template=template)

    def _on_editing_finished(self) -> None:
        if problem_of(self.template.text()) is not None:
            self.template.setText(self._settings.settings.value.clip_name_template)

    def _words(self, problem: TemplateProblem) -> str:
        known = self.tr(", ").join(NameField)
        words = self.tr(_PROBLEMS[problem.reason])
        return words.replace("{about}", problem.about).replace("{known}", known)

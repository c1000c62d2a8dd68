"""How the app looks and moves, the language it speaks, and what a screen reader hears."""

from PySide6.QtCore import QObject

from beatra_desktop.domain.choices import Appearance, Contrast, Language, Motion
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import language, theme
from beatra_desktop.ui.fields import Segmented, Select, Toggle
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.settings.page import SettingRow


class LookSettings(QObject):
    """Fills a card of the settings."""

    def __init__(self, settings: SettingsService, card: Card) -> None:
        super().__init__(card)
        self._settings = settings
        for add in (
            self._add_appearance,
            self._add_contrast,
            self._add_motion,
            self._add_language,
            self._add_speech,
        ):
            if card.box.count():
                card.box.addSpacing(theme.GRID)
            add(card)

    def show_settings(self, settings: Settings) -> None:
        self.appearance.choose(settings.appearance.value)
        self.contrast.choose(settings.contrast.value)
        self.motion.choose(settings.motion.value)
        self.language.choose(settings.language)
        self.speech.setChecked(settings.speaks_answers)

    def _add_appearance(self, card: Card) -> None:
        self.appearance = Segmented(
            self.tr("Appearance"),
            [
                (Appearance.SYSTEM.value, self.tr("System")),
                (Appearance.LIGHT.value, self.tr("Light")),
                (Appearance.DARK.value, self.tr("Dark")),
            ],
        )
        self.appearance.chosen.connect(
            lambda choice: self._settings.change(appearance=Appearance(choice))
        )
        sentence = self.tr("“System” follows the colours of your desktop.")
        card.add(SettingRow(self.tr("Colours"), sentence, self.appearance))

    def _add_contrast(self, card: Card) -> None:
        title = self.tr("Contrast")
        self.contrast = Segmented(
            title,
            [
                (Contrast.SYSTEM.value, self.tr("System")),
                (Contrast.NORMAL.value, self.tr("Normal")),
                (Contrast.HIGH.value, self.tr("High")),
            ],
        )
        self.contrast.chosen.connect(
            lambda choice: self._settings.change(contrast=Contrast(choice))
        )
        sentence = self.tr("“High” has strong letters, and lines around all that can be used.")
        card.add(SettingRow(title, sentence, self.contrast))

    def _add_motion(self, card: Card) -> None:
        title = self.tr("Motion")
        self.motion = Segmented(
            title,
            [
                (Motion.SYSTEM.value, self.tr("System")),
                (Motion.REDUCED.value, self.tr("Reduced")),
                (Motion.FULL.value, self.tr("Full")),
            ],
        )
        self.motion.chosen.connect(lambda choice: self._settings.change(motion=Motion(choice)))
        sentence = self.tr("With “Reduced” nothing slides, sweeps or blinks.")
        card.add(SettingRow(title, sentence, self.motion))

    def _add_language(self, card: Card) -> None:
        self.language = Select(self.tr("Language"))
        system = language.NAMES[language.system_language()]
        self.language.addItem(
            self.tr("System ({language})").format(language=system), Language.SYSTEM
        )
        for choice, name in language.NAMES.items():
            self.language.addItem(name, choice)
        self.language.activated.connect(self._on_language_chosen)
        sentence = self.tr("Of the window, and of the dates and numbers in it.")
        card.add(SettingRow(self.tr("Language"), sentence, self.language))

    def _add_speech(self, card: Card) -> None:
        title = self.tr("Hear answers while they are written")
        self.speech = Toggle("")
        self.speech.setAccessibleName(title)
        self.speech.toggled.connect(
            lambda is_wanted: self._settings.change(speaks_answers=is_wanted)
        )
        sentence = self.tr("A screen reader speaks them sentence by sentence.")
        card.add(SettingRow(title, sentence, self.speech))

    def _on_language_chosen(self, _row: int) -> None:
        self._settings.change(language=Language(self.language.currentData()))

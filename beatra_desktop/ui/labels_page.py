"""What works today: every feature with its release label, as the service or contract §8 says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog, Feature, Label
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Badge, IconLabel, Text
from beatra_desktop.ui.panes import Card, Pane
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

WIDTH_PX: Final = 560
HEIGHT_PX: Final = 640

_FEATURES: Final[Mapping[Feature, tuple[str, str]]] = MappingProxyType(
    {
        Feature.CHAT: (
            QT_TRANSLATE_NOOP("LabelsPage", "Chat"),
            QT_TRANSLATE_NOOP("LabelsPage", "Ask and read the answer as it is written."),
        ),
        Feature.HEALTH: (
            QT_TRANSLATE_NOOP("LabelsPage", "Connection check"),
            QT_TRANSLATE_NOOP("LabelsPage", "Whether the service answers, before it costs."),
        ),
        Feature.MODELS: (
            QT_TRANSLATE_NOOP("LabelsPage", "Model list"),
            QT_TRANSLATE_NOOP("LabelsPage", "Models, what they can do and what they cost."),
        ),
        Feature.TEXT_TO_MUSIC: (
            QT_TRANSLATE_NOOP("LabelsPage", "Music from words"),
            QT_TRANSLATE_NOOP("LabelsPage", "Songs from a description, with or without lyrics."),
        ),
        Feature.REFERENCE_AUDIO_TO_MUSIC: (
            QT_TRANSLATE_NOOP("LabelsPage", "Music from a recording"),
            QT_TRANSLATE_NOOP("LabelsPage", "Songs that follow a recording you uploaded."),
        ),
        Feature.UPLOADS: (
            QT_TRANSLATE_NOOP("LabelsPage", "Uploads"),
            QT_TRANSLATE_NOOP("LabelsPage", "Files up to 100\u00a0MB, each sent in one go."),
        ),
        Feature.TASKS: (
            QT_TRANSLATE_NOOP("LabelsPage", "Tasks"),
            QT_TRANSLATE_NOOP("LabelsPage", "Following, listing and canceling long work."),
        ),
        Feature.IMAGES: (
            QT_TRANSLATE_NOOP("LabelsPage", "Images"),
            QT_TRANSLATE_NOOP("LabelsPage", "Pictures from words."),
        ),
        Feature.VIDEO: (
            QT_TRANSLATE_NOOP("LabelsPage", "Video"),
            QT_TRANSLATE_NOOP("LabelsPage", "Clips from words or pictures."),
        ),
        Feature.SPEECH: (
            QT_TRANSLATE_NOOP("LabelsPage", "Speech"),
            QT_TRANSLATE_NOOP("LabelsPage", "Text read aloud."),
        ),
        Feature.TRANSCRIPTION: (
            QT_TRANSLATE_NOOP("LabelsPage", "Transcription"),
            QT_TRANSLATE_NOOP("LabelsPage", "Recordings written down."),
        ),
        Feature.VOICES: (
            QT_TRANSLATE_NOOP("LabelsPage", "Voices"),
            QT_TRANSLATE_NOOP("LabelsPage", "Voices to choose from for speech."),
        ),
        Feature.RESUMABLE_UPLOADS: (
            QT_TRANSLATE_NOOP("LabelsPage", "Resumable uploads"),
            QT_TRANSLATE_NOOP("LabelsPage", "Going on where a broken upload stopped."),
        ),
        Feature.CALLBACKS: (
            QT_TRANSLATE_NOOP("LabelsPage", "Callbacks"),
            QT_TRANSLATE_NOOP("LabelsPage", "The service calling you when work is done."),
        ),
    }
)
_GROUPS: Final[Mapping[Label, tuple[str, str, Tone, Icon]]] = MappingProxyType(
    {
        Label.AVAILABLE: (
            QT_TRANSLATE_NOOP("LabelsPage", "Available"),
            QT_TRANSLATE_NOOP("LabelsPage", "Part of the public contract: you can rely on it."),
            Tone.SUCCESS,
            Icon.SUCCESS,
        ),
        Label.PREVIEW: (
            QT_TRANSLATE_NOOP("LabelsPage", "Preview"),
            QT_TRANSLATE_NOOP("LabelsPage", "Works today, and may still change."),
            Tone.WARNING,
            Icon.SPARKLES,
        ),
        Label.PLANNED: (
            QT_TRANSLATE_NOOP("LabelsPage", "Planned"),
            QT_TRANSLATE_NOOP("LabelsPage", "Announced, not there yet: the app never calls it."),
            Tone.NEUTRAL,
            Icon.CLOCK,
        ),
        Label.NOT_OFFERED: (
            QT_TRANSLATE_NOOP("LabelsPage", "Not offered"),
            QT_TRANSLATE_NOOP("LabelsPage", "The service of this profile does not have it."),
            Tone.NEUTRAL,
            Icon.CANCELED,
        ),
    }
)


class LabelsPage(QDialog):
    """A window of its own that may stay open; follows the active profile."""

    def __init__(self, profiles: ProfilesService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What works today"))
        dialog_size.fit(self, width=WIDTH_PX, height=HEIGHT_PX)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setAccessibleName(self.windowTitle())
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._profiles = profiles
        subscribe(self, profiles.catalog.changed, self.show_catalog)
        self.show_catalog(profiles.catalog.value)

    def show_catalog(self, catalog: Catalog) -> None:
        page = Pane(Ground.WINDOW, margin_px=3 * theme.GRID, spacing_px=2 * theme.GRID)
        page.add(Text(self.tr("What works today"), size="title"))
        profile = profile_name(self._profiles.active.value)
        source = self.tr("As “{profile}” offers it. Labels may differ on another profile.")
        page.add(Text(source.format(profile=profile), tone=Tone.SECONDARY))
        for label in Label:
            features = [f for f in Feature if catalog.labels.get(f, Label.PLANNED) is label]
            if features:
                page.add(self._card(label, features))
        page.box.addStretch(1)
        self._scroll.setWidget(page)

    def _card(self, label: Label, features: list[Feature]) -> Card:
        name, meaning, tone, icon = _GROUPS[label]
        card = Card(self.tr(name))
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(Badge(self.tr(name), tone=tone))
        head.addWidget(Text(self.tr(meaning), tone=Tone.SECONDARY, size="small"), stretch=1)
        card.add(head)
        for feature in features:
            card.add(self._row(feature, icon, tone))
        return card

    def _row(self, feature: Feature, icon: Icon, tone: Tone) -> QHBoxLayout:
        name, sentence = _FEATURES[feature]
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        quiet = Tone.SECONDARY if tone is Tone.NEUTRAL else tone
        row.addWidget(IconLabel(icon, "", tone=quiet), alignment=Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(self.tr(name), weight="strong"))
        words.addWidget(Text(self.tr(sentence), tone=Tone.SECONDARY))
        row.addLayout(words, stretch=1)
        return row

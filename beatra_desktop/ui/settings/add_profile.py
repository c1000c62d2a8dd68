"""Adding a service of one's own by its base URL."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.profiles import BaseUrlProblem
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.error_text import describe_base_url
from beatra_desktop.ui.fields import Field, FieldError
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone


class AddProfile(Card):
    def __init__(self, profiles: ProfilesService, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Add a service"))
        self._profiles = profiles
        self.name = Field(self.tr("Name of the service"), placeholder=self.tr("Name"))
        self.base_url = Field(self.tr("Base URL"), placeholder="https://example.com/v1")
        self.error = FieldError(self.base_url)
        self.button = Button(self.tr("Add"), icon=Icon.ADD)
        explanation = Text(
            self.tr(
                "Any service that speaks the OpenAI chat interface, such as Ollama or llama.cpp "
                "on this computer. Music and uploads need beatra."
            ),
            tone=Tone.SECONDARY,
            size="small",
        )
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.name, stretch=2)
        row.addWidget(self.base_url, stretch=3)
        row.addWidget(self.button)
        self.add(explanation, row, self.error)
        self.button.clicked.connect(self._on_add_clicked)
        self.base_url.returnPressed.connect(self._on_add_clicked)
        self.base_url.textChanged.connect(self._on_text_changed)

    def _on_text_changed(self, _text: str) -> None:
        self.error.show_error("")

    def _on_add_clicked(self) -> None:
        added = self._profiles.add(self.name.text(), self.base_url.text())
        if isinstance(added, BaseUrlProblem):
            self.error.show_error(describe_base_url(added))
            self.base_url.setFocus()
            return
        self.name.clear()
        self.base_url.clear()
        self._profiles.activate(added.id)

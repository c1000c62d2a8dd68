"""Offers the settings of a song whose file was brought in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.provenance import Provenance
from beatra_desktop.services.collection import CollectionService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Variant
from beatra_desktop.ui.subscriptions import subscribe


class SettingsOffer(Pane):
    """Takes no room until a file that tells how it was made was looked at.

    `used(prompt)` when its settings are wanted.
    """

    used = Signal(object)

    def __init__(self, collection: CollectionService, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._collection = collection
        self._path: Path | None = None
        self._found: Provenance | None = None
        self._words = Text(size="small")
        self.use = Button(self.tr("Use its settings"), variant=Variant.LINK)
        self._close = IconButton(Icon.CLOSE, self.tr("Dismiss"))
        self.box.addWidget(self._words, stretch=1)
        self.add(self.use, self._close)
        self.use.clicked.connect(self._on_use_clicked)
        self._close.clicked.connect(self.clear)
        subscribe(self, collection.provenance_read, self._on_read)
        self.hide()

    @property
    def words(self) -> str:
        return self._words.text()

    def look_at(self, paths: Sequence[Path]) -> list[Path]:
        """Look whether a single file tells how it was made; gives what is left to be uploaded.

        A sidecar is only looked at: it is no recording.
        """
        if len(paths) == 1:
            self.clear()
            self._path = paths[0]
            self._collection.read_provenance(paths[0])
        return [path for path in paths if not self._collection.is_sidecar(path)]

    def clear(self) -> None:
        self._path = self._found = None
        self.hide()

    def _on_read(self, path: Path, found: Provenance | None) -> None:
        if path != self._path:
            return
        self._found = found
        name = format.isolated(format.short_name(path.name))
        words = self.tr("“{name}” tells how it was made.")
        if found is None and self._collection.is_sidecar(path):
            words = self.tr("“{name}” does not tell how a song was made.")
        self._words.setText(words.format(name=name))
        self.setAccessibleName(self._words.text())
        self.use.setVisible(found is not None)
        self.setVisible(found is not None or self._collection.is_sidecar(path))

    def _on_use_clicked(self) -> None:
        found = self._found
        self.clear()
        if found is not None:
            self.used.emit(found.prompt)

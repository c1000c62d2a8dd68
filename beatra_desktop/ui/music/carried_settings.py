"""Offers the settings a dropped song carries in its own tags (features C22)."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.provenance import Provenance
from beatra_desktop.services.collection import CollectionService
from beatra_desktop.ui import format
from beatra_desktop.ui.music.offer_line import OfferLine
from beatra_desktop.ui.subscriptions import subscribe


class CarriedSettings(OfferLine):
    """`use_requested(MusicPrompt)` when the user wants the song's settings in the form."""

    use_requested = Signal(object)

    def __init__(self, collection: CollectionService, *, parent: QWidget | None = None) -> None:
        super().__init__(
            verb=self.tr("Use its settings"),
            dismissal=self.tr("Use the recording only"),
            parent=parent,
        )
        self._collection = collection
        self._path: Path | None = None
        self._carried: MusicPrompt | None = None
        self.taken.connect(self._on_taken)
        self.dismissed.connect(self.clear)
        subscribe(self, collection.provenance_read, self._on_provenance_read)

    def look_at(self, path: Path) -> None:
        """See what a file carries; the line appears where it is something."""
        self.clear()
        self._path = path
        self._collection.read_provenance(path)

    def clear(self) -> None:
        self._path = self._carried = None
        self.offer("")

    def _on_provenance_read(self, path: Path, found: Provenance | None) -> None:
        if path == self._path and found is not None:
            self._carried = found.prompt
            words = self.tr("“{name}” carries the settings it was made with.")
            name = found.title or found.prompt.title or path.name
            self.offer(words.format(name=format.isolated(format.short_name(name))))

    def _on_taken(self) -> None:
        carried = self._carried
        self.clear()
        if carried is not None:
            self.use_requested.emit(carried)

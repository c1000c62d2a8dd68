"""Uploads: a place to drop files, and what becomes of them."""

import mimetypes
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.uploads import Purpose, Upload
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.styling import Ground, Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.uploads.drop_area import DropArea
from beatra_desktop.ui.uploads.scrolling import ScrollingColumn
from beatra_desktop.ui.uploads.upload_row import UploadRow

PAGE: Final = 50
SECOND_MS: Final = 1000


def is_audio(path: Path) -> bool:
    """Whether a file's name says that it is a recording."""
    return (mimetypes.guess_type(path.name)[0] or "").startswith("audio/")


class DropZone(Pane):
    """Row widgets for the newest uploads only, older ones on request: a row has real buttons."""

    reference_requested = Signal(str)
    """An uploaded recording is to be the reference of a song."""
    live_changed = Signal(int)
    """How many uploads on show are under way or wait for an answer."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._service = services.uploads
        self._uploads = services.uploads.uploads
        self._rows: dict[str, UploadRow] = {}
        self._limit = PAGE
        self.live_count = 0
        self.area = DropArea()
        self.as_reference = Toggle(self.tr("Use recordings as music references"))
        self.as_reference.setChecked(True)
        self.no_uploads = EmptyState(
            Icon.UPLOAD,
            self.tr("No uploads here"),
            self.tr("The service of this profile takes no files. Chat works as usual."),
        )
        self._catalog = services.profiles.catalog
        self._more = Button("", variant=Variant.LINK)
        self._second = QTimer(self, interval=SECOND_MS)
        self._lay_out()
        self._connect()
        self._show_offer(self._catalog.value)
        self._refresh()

    @property
    def rows(self) -> list[UploadRow]:
        """The rows on show, the newest upload first."""
        return [self._rows[upload.id] for upload in self._shown()]

    def add_files(self, paths: Sequence[Path]) -> None:
        """Upload files: recordings as references if the switch says so, others as media."""
        for path in paths:
            wanted = self.as_reference.isChecked() and is_audio(path)
            purpose = Purpose.REFERENCE_AUDIO if wanted else Purpose.MEDIA_INPUT
            self._service.add([path], purpose=purpose)

    def _lay_out(self) -> None:
        column = ScrollingColumn(self.tr("Uploads"), spacing_px=theme.GRID)
        self._list = Pane(Ground.WINDOW, margin_px=0)
        column.body.add(self.area, self.as_reference, self.no_uploads, self._list, self._more)
        column.body.box.addStretch(1)
        self.add(column)

    def _connect(self) -> None:
        self.area.files_chosen.connect(self.add_files)
        self._more.clicked.connect(self._on_more_clicked)
        self._second.timeout.connect(self._on_second)
        for signal in (self._uploads.inserted, self._uploads.removed, self._uploads.reset):
            subscribe(self, signal, self._refresh)
        subscribe(self, self._uploads.changed, self._on_changed)
        subscribe(self, self._catalog.changed, self._show_offer)

    def _show_offer(self, catalog: Catalog) -> None:
        """A place to drop files only where the service takes them; what was uploaded stays."""
        self.area.setVisible(catalog.offers_uploads)
        self.as_reference.setVisible(catalog.offers_uploads)
        self.no_uploads.setVisible(not catalog.offers_uploads)

    def _shown(self) -> list[Upload]:
        count = min(len(self._uploads), self._limit)
        return [self._uploads[row] for row in range(count)]

    def _refresh(self, *_rows: int) -> None:
        """Make the rows match the newest uploads."""
        shown = self._shown()
        for upload_id in set(self._rows) - {upload.id for upload in shown}:
            row = self._rows.pop(upload_id)
            row.hide()
            row.deleteLater()
        for place, upload in enumerate(shown):
            if upload.id not in self._rows:
                self._list.box.insertWidget(place, self._make_row(upload))
        self._show_rest(len(self._uploads) - len(shown))
        self._follow()

    def _show_rest(self, older: int) -> None:
        self._more.setText(self.tr("Show %n older", "", older))
        self._more.setVisible(older > 0)

    def _make_row(self, upload: Upload) -> UploadRow:
        row = UploadRow(self._service, upload)
        row.reference_requested.connect(self.reference_requested)
        self._rows[upload.id] = row
        return row

    def _on_changed(self, index: int) -> None:
        upload = self._uploads[index]
        row = self._rows.get(upload.id)
        if row is not None:
            row.refresh(upload, utc_now())
            self._follow()

    def _on_more_clicked(self) -> None:
        self._limit += PAGE
        self._refresh()

    def _waiting(self) -> list[UploadRow]:
        return [row for row in self._rows.values() if row.upload.wait is not None]

    def _follow(self) -> None:
        """Tell how many are under way; a clock runs only while a row counts down."""
        live = sum(row.upload.status.is_live for row in self._rows.values())
        if live != self.live_count:
            self.live_count = live
            self.live_changed.emit(live)
        if self._waiting():
            if not self._second.isActive():
                self._second.start()
        else:
            self._second.stop()

    def _on_second(self) -> None:
        for row in self._waiting():
            row.refresh(row.upload, utc_now())
        self._follow()

"""Uploads: how files come in, and what becomes of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.activity import ActivityKind
from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.uploads import PurposeRule, Upload, UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.services.activity_rows import row_id
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.ordered_records import OrderedRecords
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.reveal import reveal
from beatra_desktop.ui.styling import Ground, below
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine
from beatra_desktop.ui.uploads import upload_text
from beatra_desktop.ui.uploads.bulk_bar import BulkBar, Tally, is_done
from beatra_desktop.ui.uploads.clearing import Clearing
from beatra_desktop.ui.uploads.drop_area import DropArea
from beatra_desktop.ui.uploads.rights_bar import RightsBar
from beatra_desktop.ui.uploads.upload_deeds import Deed
from beatra_desktop.ui.uploads.upload_list import UploadList
from beatra_desktop.ui.uploads.upload_order import order_of
from beatra_desktop.ui.uploads.upload_panel import UploadPanel

SOON_MS: Final = 50
LIST_PX: Final = 60
"""What the list is to have at least."""


class DropZone(Pane):
    """A painted list and one panel for its current row: hundreds of uploads cost as much as ten."""

    reference_requested = Signal(str)
    """An uploaded recording is to be the reference of a song."""
    live_changed = Signal(int)
    """How many uploads are under way or wait for an answer."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._activity = services.activity
        self._service = services.uploads
        self._uploads = services.uploads.uploads
        self._catalog = services.profiles.catalog
        self._clearing = Clearing(let_go=self._let_go, over=self._on_clearing_over, parent=self)
        self._ordered = OrderedRecords(
            self._uploads,
            key=order_of,
            keep=lambda upload: upload.id not in self._clearing,
            parent=self,
        )
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._refresh)
        self.live_count = 0
        self.area = DropArea()
        self.as_reference = Toggle(self.tr("Use recordings as music references"))
        self.as_reference.setChecked(True)
        self._offer: tuple[QWidget, ...] = (self.area, self.as_reference)
        self.no_uploads = EmptyState(
            Icon.UPLOAD,
            self.tr("No uploads here"),
            self.tr("The service of this profile takes no files. Chat works as usual."),
        )
        self.rights = RightsBar()
        self.bulk = BulkBar()
        self.list = UploadList(self._ordered.rows)
        self.undo_line = UndoLine()
        self.panel = UploadPanel()
        self._lay_out()
        self._connect()
        self._show_offer(self._catalog.value)
        self._refresh()

    def add_files(self, paths: Sequence[Path], *, links: Sequence[str] = ()) -> None:
        """Upload files: recordings as references if the switch says so, others as media."""
        wanted = self.as_reference.isChecked()
        rule = PurposeRule.AUDIO_AS_REFERENCE if wanted else PurposeRule.ALL_AS_MEDIA
        self._service.take_in(paths, purpose=rule, links=links)

    def show_upload(self, upload_id: str) -> None:
        """Bring a row into view, with the keyboard on it."""
        self.list.choose(upload_id)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_panel(self.list.current)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clearing.finish()

    def _lay_out(self) -> None:
        margin = theme.GRID
        top, bottom = QVBoxLayout(), QVBoxLayout()
        top.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        top.setSpacing(theme.GRID)
        for widget in (self.area, self.as_reference, self.no_uploads, self.rights, self.bulk):
            top.addWidget(widget)
        bottom.setContentsMargins(margin, theme.GRID, margin, margin)
        bottom.setSpacing(theme.GRID)
        bottom.addWidget(self.undo_line)
        bottom.addWidget(self.panel)
        self.add(top)
        self.box.addWidget(self.list, stretch=1)
        self.add(bottom)

    def _connect(self) -> None:
        self.area.files_chosen.connect(self.add_files)
        self.list.chosen.connect(self._on_chosen)
        self.list.requested.connect(self._on_requested)
        self.list.moved.connect(self._on_moved)
        self.panel.requested.connect(self._on_requested)
        self.rights.answered.connect(self._on_answered)
        self.bulk.retry_requested.connect(self._service.retry_all)
        self.bulk.cancel_requested.connect(self._service.cancel_all)
        self.bulk.clearing_requested.connect(self._on_clearing_requested)
        rows = self._ordered.rows
        for signal in (rows.inserted, rows.removed, rows.reset, rows.changed):
            subscribe(self, signal, self._refresh_soon)
        subscribe(self, self._catalog.changed, self._show_offer)

    def _show_offer(self, catalog: Catalog) -> None:
        """A place to drop files only where the service takes them; what was uploaded stays."""
        for widget in self._offer:
            widget.setVisible(catalog.offers_uploads)
        self.no_uploads.setVisible(not catalog.offers_uploads)

    def _refresh_soon(self, *_rows: int) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _refresh(self) -> None:
        """Sum up, ask what is to be asked, and let the clock run only while a row counts down."""
        shown = self._ordered.rows
        self.area.set_compact(compact=len(shown) > 0)
        self.bulk.show_tally(Tally.of(shown))
        self.list.count_down(counts=any(upload.wait is not None for upload in shown))
        self._ask()
        live = sum(upload.status.is_live for upload in shown)
        if live != self.live_count:
            self.live_count = live
            self.live_changed.emit(live)

    def _ask(self) -> None:
        """About the chosen recording first, if it is one that waits for an answer."""
        current = self.list.current
        asking = [each for each in self._ordered.rows if each.status is UploadStatus.ASKING]
        asking.sort(key=lambda upload: current is None or upload.id != current.id)
        self.rights.ask_about(asking)
        self._show_panel(current)

    def _let_go(self, upload_id: str) -> None:
        self._service.remove(UploadId(upload_id))

    def _clear(self, uploads: Sequence[Upload], words: str) -> None:
        """Take rows off the list, with a way back."""
        self._clearing.hide(upload.id for upload in uploads)
        self._ordered.start_over()
        self.undo_line.offer(words, self._on_undone)

    def _on_clearing_requested(self) -> None:
        done = [upload for upload in self._ordered.rows if is_done(upload)]
        one = self.tr("One upload is off the list; the library keeps it.")
        many = self.tr("{n} uploads are off the list; the library keeps them.")
        self._clear(done, one if len(done) == 1 else many.format(n=format.count(len(done))))

    def _on_undone(self) -> None:
        self._clearing.undo()
        self._ordered.start_over()

    def _on_clearing_over(self) -> None:
        self.undo_line.clear()

    def _on_chosen(self, upload_id: str) -> None:
        self._show_panel(self._ordered.rows.get(upload_id))
        self._refresh_soon()

    def _show_panel(self, upload: Upload | None) -> None:
        """In a low window the question about rights comes first; rows have a menu all the same."""
        room_px = self.height() - LIST_PX - self._height_px(self.rights, self.bulk)
        asks = not self.rights.isHidden()
        self.panel.show_upload(upload)
        if asks and room_px < self._height_px(*self._offer, self.panel):
            self.panel.show_upload(None)
        offers = self._catalog.value.offers_uploads
        for widget in self._offer:  # files can be dropped anywhere
            widget.setVisible(offers and (not asks or room_px >= self._height_px(*self._offer)))

    def _height_px(self, *widgets: QWidget) -> int:
        """What they take, one below the other."""
        width = self.width() - 4 * theme.GRID
        heights = (max(each.sizeHint().height(), each.heightForWidth(width)) for each in widgets)
        return sum(height + theme.GRID for height in heights)

    def _on_answered(self, upload_ids: list[str], is_allowed: bool) -> None:  # a signal's argument
        answer = self._service.confirm_rights if is_allowed else self._service.cancel
        for upload_id in upload_ids:
            answer(UploadId(upload_id))

    def _on_moved(self, upload_id: str, before_id: str) -> None:
        self._service.move(UploadId(upload_id), before=UploadId(before_id) if before_id else None)

    def _on_requested(self, upload_id: str, deed: str) -> None:
        upload = self._uploads.get(upload_id)
        if upload is not None:
            self._do(Deed(deed), upload)

    def _do(self, deed: Deed, upload: Upload) -> None:
        ways: Mapping[Deed, Callable[[], object]] = {
            Deed.USE: lambda: self.reference_requested.emit(upload.id),
            Deed.RETRY: lambda: self._service.retry(upload.id),
            Deed.TRY_NOW: lambda: self._activity.try_now(_activity_id(upload)),
            Deed.STOP_RETRYING: lambda: self._activity.stop_retrying(_activity_id(upload)),
            Deed.SEND_FIRST: lambda: self._service.send_first(upload.id),
            Deed.MOVE_UP: lambda: self._move_by(-1),
            Deed.MOVE_DOWN: lambda: self._move_by(1),
            Deed.CANCEL: lambda: self._service.cancel(upload.id),
            Deed.REVEAL: lambda: reveal(upload.path),
            Deed.COPY_ID: lambda: QGuiApplication.clipboard().setText(upload.artifact_id or ""),
            Deed.DETAILS: lambda: self._show_details(upload),
            Deed.REMOVE: lambda: self._remove(upload),
        }
        ways[deed]()

    def _remove(self, upload: Upload) -> None:
        name = format.isolated(format.short_name(upload.name))
        self._clear([upload], self.tr("“{name}” is off the list.").format(name=name))

    def _show_details(self, upload: Upload) -> None:
        details = upload_text.upload_details(upload)
        DetailsPopover(details, parent=self).popup(below(self.panel))

    def _move_by(self, step: int) -> None:
        current, before_id = self.list.current, self.list.place_for(step)
        if current is not None and before_id is not None:
            self._on_moved(current.id, before_id)


def _activity_id(upload: Upload) -> str:
    return row_id(ActivityKind.UPLOAD, upload.id)

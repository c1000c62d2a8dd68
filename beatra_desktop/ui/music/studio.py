"""The right of the window: make songs, follow them, bring in files."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.uploads import PurposeRule
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.dragged import is_audio
from beatra_desktop.ui.fields import Segmented
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.music.music_form import MusicForm
from beatra_desktop.ui.music.settings_offer import SettingsOffer
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tab_order import put_behind

if TYPE_CHECKING:
    from beatra_desktop.ui.music.queue import Queue
    from beatra_desktop.ui.uploads.drop_zone import DropZone


class Part(StrEnum):
    MUSIC = "music"
    QUEUE = "queue"
    UPLOADS = "uploads"


class Studio(Pane):
    """The pages of songs and uploads are made when there are some, or somebody looks for them."""

    play_requested = Signal(str)
    """A saved clip is to be played."""
    table_requested = Signal()
    """The songs are to be shown in the activity table."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self.setAccessibleName(self.tr("Studio"))
        parts = (
            (Part.MUSIC.value, self.tr("Create")),
            (Part.QUEUE.value, self.tr("Songs")),
            (Part.UPLOADS.value, self.tr("Uploads")),
        )
        self.parts = Segmented(self.tr("Part of the studio"), parts)
        self.form = MusicForm(services)
        self.offer = SettingsOffer(services.collection)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_part(Part.MUSIC)
        self._on_songs()
        self._on_uploads()

    @cached_property
    def queue(self) -> "Queue":
        from beatra_desktop.ui.music.queue import Queue

        queue = Queue(self._services)
        queue.play_requested.connect(self.play_requested)
        queue.reference_requested.connect(self.use_clip)
        queue.edit_requested.connect(self.edit_song)
        queue.table_requested.connect(self.table_requested)
        queue.active_changed.connect(self._on_active_changed)
        self._on_active_changed(queue.active_count)
        self._add_page(queue)
        return queue

    @cached_property
    def drop_zone(self) -> "DropZone":
        from beatra_desktop.ui.uploads.drop_zone import DropZone

        drop_zone = DropZone(self._services)
        drop_zone.live_changed.connect(self._on_live_changed)
        drop_zone.reference_requested.connect(self.use_reference)
        self._on_live_changed(drop_zone.live_count)
        self._add_page(drop_zone)
        return drop_zone

    @cached_property
    def _no_music(self) -> EmptyState:
        page = EmptyState(
            Icon.MUSIC,
            self.tr("No music here"),
            self.tr("The service of this profile offers no music. Chat works as usual."),
        )
        self._pages.addWidget(page)
        return page

    @property
    def part(self) -> Part:
        return Part(self.parts.choice)

    def show_music(self) -> None:
        self._show_part(Part.MUSIC)

    def show_queue(self) -> None:
        self._show_part(Part.QUEUE)

    def show_uploads(self, upload_id: str = "") -> None:
        """Go to the uploads, with the keyboard on one that is named."""
        self._show_part(Part.UPLOADS)
        if upload_id:
            self.drop_zone.show_upload(upload_id)

    def show_song(self, task_id: str) -> None:
        """Go to a song in the list, whatever was filtered there."""
        self.show_queue()
        self.queue.show_task(task_id)
        self.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_prompt(self) -> None:
        self.show_music()
        self.form.focus_prompt()

    def add_files(self, paths: Sequence[Path], *, links: Sequence[str] = ()) -> None:
        """Upload files; a single recording becomes the reference of the song being written.

        `links` came with them and are no files of this computer: they are refused by name.
        """
        paths = self.offer.look_at(paths)
        if not paths and not links:
            return
        is_one = len(paths) == 1 and not links
        if self.part is Part.UPLOADS:
            self.drop_zone.add_files(paths, links=links)
        elif is_one and is_audio(paths[0]) and self._catalog.offers_music:
            self.show_music()
            self.form.add_reference(paths[0])
        else:
            self.upload_files(paths, links=links)

    def upload_files(self, paths: Sequence[Path], *, links: Sequence[str] = ()) -> None:
        """Upload files, recordings as references, and show what becomes of them."""
        paths = self.offer.look_at(paths)
        if not paths and not links:
            return
        rule = PurposeRule.AUDIO_AS_REFERENCE
        self._services.uploads.take_in(paths, purpose=rule, links=links)
        self.show_uploads()

    @property
    def takes_references(self) -> bool:
        """Whether recordings dropped here now become references."""
        return self.part is not Part.UPLOADS or self.drop_zone.as_reference.isChecked()

    @property
    def _catalog(self) -> Catalog:
        return self._services.profiles.catalog.value

    def _lay_out(self) -> None:
        self._pages.addWidget(self.form)
        top = QHBoxLayout()
        margin = theme.GRID + theme.GRID // 2
        top.setContentsMargins(2 * theme.GRID, margin, 2 * theme.GRID, theme.GRID // 2)
        top.addWidget(self.parts)
        offers = QHBoxLayout()
        offers.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        offers.addWidget(self.offer)
        self.add(top, offers)
        self.box.addWidget(self._pages, stretch=1)

    def _connect(self) -> None:
        self.parts.chosen.connect(self._on_part_chosen)
        self.offer.used.connect(self.use_prompt)
        self.form.submitted.connect(self._on_submitted)
        subscribe(self, self._services.music.tasks.inserted, self._on_songs)
        subscribe(self, self._services.uploads.uploads.inserted, self._on_uploads)
        subscribe(self, self._services.profiles.catalog.changed, self._on_catalog)

    def _show_part(self, part: Part) -> None:
        self.parts.choose(part.value)
        self._pages.setCurrentWidget(self._page(part))

    def _page(self, part: Part) -> QWidget:
        match part:
            case Part.MUSIC:
                return self.form if self._catalog.offers_music else self._no_music
            case Part.QUEUE:
                return self.queue
            case Part.UPLOADS:
                return self.drop_zone

    def _add_page(self, page: QWidget) -> None:
        self._pages.addWidget(page)
        put_behind(self.form, page)

    def _on_songs(self, *_rows: int) -> None:
        """The part of songs tells how many are in the making."""
        if len(self._services.music.tasks):
            _ = self.queue

    def _on_uploads(self, *_rows: int) -> None:
        if len(self._services.uploads.uploads):
            _ = self.drop_zone

    def _on_part_chosen(self, choice: str) -> None:
        self._show_part(Part(choice))

    def _on_catalog(self, _catalog: Catalog) -> None:
        self._show_part(self.part)

    def _on_submitted(self, task_id: str) -> None:
        self.show_queue()
        self.queue.show_task(task_id)

    def edit_song(self, task_id: str) -> None:
        task = self._services.music.tasks.get(task_id)
        if task is not None:
            self.use_prompt(task.prompt, task.failure)

    def use_prompt(self, prompt: MusicPrompt, failure: Failure | None = None) -> None:
        """Show every setting of a song in the form, and why it was refused if it was."""
        self.focus_prompt()
        self.form.fill(prompt, failure)

    def use_clip(self, clip_id: str) -> None:
        """Make a saved song the reference of the next one."""
        self.show_music()
        self.form.use_clip(clip_id)

    def use_reference(self, upload_id: str) -> None:
        self.show_music()
        self.form.use_reference(upload_id)

    def _on_active_changed(self, count: int) -> None:
        self._name_part(Part.QUEUE, self.tr("Songs"), count)

    def _on_live_changed(self, count: int) -> None:
        self._name_part(Part.UPLOADS, self.tr("Uploads"), count)

    def _name_part(self, part: Part, name: str, count: int) -> None:
        self.parts.set_text(part.value, f"{name} {format.count(count)}" if count else name)

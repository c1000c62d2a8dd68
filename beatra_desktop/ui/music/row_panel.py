"""What can be done with the chosen song or clip, as real buttons."""

from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.music import Clip, Delivery, MusicTask, TaskStatus
from beatra_desktop.domain.observable import ReadOnlyValue
from beatra_desktop.services.music import MusicService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.queue_rows import QueueRow
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, below

PROMPT_CHARACTERS: Final = 160
_SENT: Final = (TaskStatus.SUBMITTING, TaskStatus.QUEUED, TaskStatus.RUNNING, TaskStatus.OTHER)
_AT_REST: Final = (Delivery.SAVED, Delivery.UNSAVED)


class RowPanel(Pane):
    """Hidden while nothing is chosen. Removing and editing are for whoever shows this panel."""

    play_requested = Signal(str)
    edit_requested = Signal(str)
    removal_requested = Signal(str)
    created = Signal(str)
    """Another paid task was made, with this id."""

    def __init__(
        self,
        service: MusicService,
        catalog: ReadOnlyValue[Catalog],
        *,
        parent: QWidget | None = None,
    ) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.RAISED, margin_px=margin, spacing_px=theme.GRID, parent=parent)
        self._service = service
        self._catalog = catalog
        self._row: QueueRow | None = None
        self._name = ElidedLabel(weight="strong")
        self._words = Text(tone=Tone.SECONDARY, size="small")
        self._problem = Text(tone=Tone.DANGER, size="small")
        self.play = Button(self.tr("Play"), icon=Icon.PLAY)
        self.cancel = Button(self.tr("Cancel"))
        self.retry = Button(self.tr("Try again"), icon=Icon.RETRY)
        self.download = Button(self.tr("Download again"), icon=Icon.DOWNLOAD)
        self.folder = Button(self.tr("Show in folder"), icon=Icon.FOLDER)
        self.again = Button(self.tr("Generate again"))
        self.edit = Button(self.tr("Edit as new"))
        self.remove = IconButton(Icon.DELETE, self.tr("Remove from the list"), shortcut="Del")
        self.details = IconButton(Icon.INFO, self.tr("Details"))
        self._lay_out()
        self._connect()
        self.show_row(None)

    @property
    def row(self) -> QueueRow | None:
        return self._row

    @property
    def problem_text(self) -> str:
        return self._problem.text()

    def show_row(self, row: QueueRow | None) -> None:
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self._name.setText(task_text.clip_name(row) or task_text.name(row.task))
        self.setAccessibleName(self._name.text())
        self._words.setText(self._facts(row))
        problem = task_text.problem(row)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._offer_for_clip(row.clip)
        self._offer_for_task(row)

    def _facts(self, row: QueueRow) -> str:
        if row.clip is not None:
            clip = row.clip
            return "\n".join(filter(None, (task_text.clip_line(clip), clip.tags)))
        task, now = row.task, utc_now()
        prompt = task.prompt.prompt
        if len(prompt) > PROMPT_CHARACTERS:
            prompt = f"{prompt[:PROMPT_CHARACTERS].rstrip()}…"
        facts = (task_text.task_line(row, now), task_text.model(task), task_text.cost(task))
        line = " · ".join(filter(None, facts))
        return f"{line}\n{prompt}" if task.prompt.title else line

    def _offer_for_clip(self, clip: Clip | None) -> None:
        saved = clip is not None and clip.delivery is Delivery.SAVED
        self.play.setVisible(saved)
        self.folder.setVisible(saved)
        self.download.setVisible(clip is not None and clip.delivery in _AT_REST)

    def _offer_for_task(self, row: QueueRow) -> None:
        task, is_task = row.task, row.clip is None
        may_cancel = task.status in _SENT and task.cancel_requested_at is None
        unsettled = task.status in (TaskStatus.REFUSED, TaskStatus.UNKNOWN)
        self.cancel.setVisible(is_task and may_cancel)
        self.retry.setVisible(is_task and unsettled)
        self.again.setVisible(is_task and task.status.is_terminal)
        self.again.setText(self._again_text(task))
        self.edit.setVisible(is_task)
        self.remove.setVisible(is_task and task.status not in _SENT)

    def _again_text(self, task: MusicTask) -> str:
        model = self._catalog.value.model(task.prompt.model)
        if model is None or model.unit_credits is None:
            return self.tr("Generate again (costs credits)")
        price = format.credits(model.unit_credits)
        return self.tr("Generate again ({price})").format(price=price)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in (
            self.play, self.folder, self.cancel, self.retry, self.again, self.edit,
            self.download,
        ):  # fmt: skip
            flow.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._name, stretch=1)
        head.addWidget(self.remove)
        head.addWidget(self.details)
        self.add(head, self._words, self._problem, buttons)

    def _connect(self) -> None:
        self.play.clicked.connect(self._on_play_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        self.download.clicked.connect(self._on_download_clicked)
        self.cancel.clicked.connect(self._on_cancel_clicked)
        self.retry.clicked.connect(self._on_retry_clicked)
        self.again.clicked.connect(self._on_again_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.details.clicked.connect(self._on_details_clicked)

    def _on_play_clicked(self) -> None:
        if self._row is not None and self._row.clip is not None:
            self.play_requested.emit(self._row.clip.id)

    def _on_folder_clicked(self) -> None:
        clip = self._row.clip if self._row is not None else None
        if clip is not None and clip.path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(clip.path.parent)))

    def _on_download_clicked(self) -> None:
        if self._row is not None and self._row.clip is not None:
            self._service.download_again(self._row.clip.id)

    def _on_cancel_clicked(self) -> None:
        if self._row is not None:
            self._service.cancel(self._row.task.id)

    def _on_retry_clicked(self) -> None:
        if self._row is not None:
            self._service.retry(self._row.task.id)

    def _on_again_clicked(self) -> None:
        if self._row is None:
            return
        made = self._service.generate_again(self._row.task.id)
        if isinstance(made, MusicTask):
            self.created.emit(made.id)
        else:
            self.edit_requested.emit(self._row.task.id)

    def _on_edit_clicked(self) -> None:
        if self._row is not None:
            self.edit_requested.emit(self._row.task.id)

    def _on_remove_clicked(self) -> None:
        if self._row is not None:
            self.removal_requested.emit(self._row.task.id)

    def _on_details_clicked(self) -> None:
        if self._row is not None:
            details = task_text.details(self._row)
            DetailsPopover(details, parent=self).popup(below(self.details))

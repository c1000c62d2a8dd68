"""What can be done with the chosen song or clip, as real buttons."""

from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.deep_links import LinkTarget
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.music import Delivery, MusicTask, TaskStatus
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.cap_question import NO_MORE, ask_if_needed
from beatra_desktop.ui.copy_link import copy_link
from beatra_desktop.ui.details import DetailsPopover
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.music import task_text
from beatra_desktop.ui.music.candidate_chooser import CandidateChooser
from beatra_desktop.ui.music.queue_row import QueueRow
from beatra_desktop.ui.music.song_deeds import Deed, SongDeeds
from beatra_desktop.ui.music.task_notes import notes
from beatra_desktop.ui.music.timeline import Timeline
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.reveal import reveal
from beatra_desktop.ui.row_list import Entry
from beatra_desktop.ui.styling import Ground, Tone, below
from beatra_desktop.ui.subscriptions import subscribe

PROMPT_CHARACTERS: Final = 160
_NOT_BEGUN: Final = (TaskStatus.WAITING, TaskStatus.SUBMITTING, TaskStatus.QUEUED)


class RowPanel(Pane):
    """Hidden while nothing is chosen. Removing and editing are for whoever shows this panel."""

    play_requested = Signal(str)
    edit_requested = Signal(str)
    removal_requested = Signal(str)
    reference_requested = Signal(str)
    """A saved clip is to be the reference of the next song."""
    created = Signal(str)
    """Another paid task was made, with this id."""
    keyboard_left = Signal()
    """The button that had it can do nothing more."""

    def __init__(
        self,
        services: Services,
        *,
        parent: QWidget | None = None,
    ) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.RAISED, margin_px=margin, spacing_px=theme.GRID, parent=parent)
        self._services = services
        self._service = services.music
        self._catalog = services.profiles.catalog
        self._deeds = SongDeeds(services.music)
        self._row: QueueRow | None = None
        self._name = ElidedLabel(weight="strong")
        self._words = Text(tone=Tone.SECONDARY, size="small")
        self._notes = Text(size="small")
        self._problem = Text(tone=Tone.DANGER, size="small")
        self.timeline = Timeline()
        self.chooser = CandidateChooser()
        self.play = Button(self.tr("Play"), icon=Icon.PLAY)
        self.cancel = Button(self.tr("Cancel"))
        self.send_now = Button(self.tr("Send now"), icon=Icon.SEND)
        self.send_first = Button(self.tr("Send first"), icon=Icon.ARROW_TO_TOP)
        self.retry = Button(self.tr("Try again"), icon=Icon.RETRY)
        self.download = Button(self.tr("Download again"), icon=Icon.DOWNLOAD)
        self.follow = Button(self.tr("Use as reference"), icon=Icon.FILE_AUDIO)
        self.folder = Button(self.tr("Show in folder"), icon=Icon.FOLDER)
        self.again = Button(self.tr("Generate again"))
        self.edit = Button(self.tr("Edit as new"))
        self.remove = IconButton(Icon.DELETE, self.tr("Remove from the list"), shortcut="Del")
        self.details = IconButton(Icon.INFO, self.tr("Details"))
        self._buttons = {
            Deed.CANCEL: self.cancel,
            Deed.SEND_NOW: self.send_now,
            Deed.SEND_FIRST: self.send_first,
            Deed.RETRY: self.retry,
            Deed.DOWNLOAD: self.download,
            Deed.REMOVE: self.remove,
        }
        self._lay_out()
        self._connect()
        self.show_row(None)

    @property
    def row(self) -> QueueRow | None:
        return self._row

    @property
    def problem_text(self) -> str:
        return self._problem.text()

    @property
    def notes_text(self) -> str:
        return self._notes.text()

    @property
    def entries(self) -> list[Entry]:
        """All that can be done with the row on show, for a menu."""
        offered = [button for button in self._row_buttons if not button.isHidden()]
        entries: list[Entry] = [(button.text().strip(), "", button.click) for button in offered]
        if self._row is not None:
            entries.append((self.tr("Copy link"), "", partial(_copy_link, self._row)))
        if not self.remove.isHidden():
            entries.append((self.tr("Remove from the list"), "Del", self.remove.click))
        return entries

    def show_row(self, row: QueueRow | None) -> None:
        focused = QApplication.focusWidget()
        held = focused if focused is not None and self.isAncestorOf(focused) else None
        self._row = row
        if row is not None:
            self._fill(row)
        if held is not None and (row is None or held.isHidden()):
            self.keyboard_left.emit()
        self.setVisible(row is not None)

    def _fill(self, row: QueueRow) -> None:
        self._name.setText(task_text.clip_name(row) or task_text.name(row.task))
        self.setAccessibleName(self._name.text())
        self._words.setText(format.breakable(self._facts(row)))
        self._tell(self._problem, format.breakable(task_text.problem(row)))
        self._tell(self._notes, "\n".join(notes(row, utc_now())))
        is_task = row.clip is None
        candidates = self._service.candidates.value.get(row.task.id, ()) if is_task else ()
        self.chooser.show_candidates(candidates)
        self.timeline.setVisible(is_task and not candidates)
        self.timeline.show_row(row)
        self._offer(row)

    @property
    def _row_buttons(self) -> tuple[Button, ...]:
        return (
            self.play, self.follow, self.folder, self.send_now, self.send_first, self.cancel,
            self.retry, self.again, self.edit, self.download,
        )  # fmt: skip

    def _tell(self, label: Text, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    def _facts(self, row: QueueRow) -> str:
        if row.clip is not None:
            clip = row.clip
            return "\n".join(filter(None, (task_text.clip_line(clip), clip.tags)))
        task, now = row.task, utc_now()
        prompt = task.prompt.prompt
        if len(prompt) > PROMPT_CHARACTERS:
            prompt = f"{prompt[:PROMPT_CHARACTERS].rstrip()}…"
        estimate = self._service.estimates.of(task)
        usual = ""
        if estimate is not None and task.status in _NOT_BEGUN:
            usual = task_text.usual_time(estimate)
        facts = (task_text.task_line(row, now, estimate), usual, task_text.model(task))
        line = " · ".join(filter(None, (*facts, task_text.cost(task))))
        return f"{line}\n{prompt}" if task.prompt.title else line

    def _offer(self, row: QueueRow) -> None:
        """What may be done with a row; each button shows only while it can do something."""
        offers, clip, task = self._deeds.offers([row]), row.clip, row.task
        saved = clip is not None and clip.delivery is Delivery.SAVED
        waits = task.status in (TaskStatus.DRAFT, TaskStatus.WAITING)
        self.play.setVisible(saved)
        self.follow.setVisible(saved and self._catalog.value.offers_music)
        self.folder.setVisible(saved)
        for deed, button in self._buttons.items():
            button.setVisible(deed in offers)
        self.cancel.setText(self.tr("Take back") if waits else self.tr("Cancel"))
        self.again.setVisible(clip is None and task.status.is_terminal)
        self.again.setText(self._again_text(task))
        self.edit.setVisible(clip is None)
        self.edit.setText(self.tr("Take back and edit") if waits else self.tr("Edit as new"))

    def _again_text(self, task: MusicTask) -> str:
        model = self._catalog.value.model(task.prompt.model)
        if model is None or model.unit_credits is None:
            return self.tr("Generate again (costs credits)")
        price = format.credits(model.unit_credits)
        return self.tr("Generate again ({price})").format(price=price)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in self._row_buttons:
            flow.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._name, stretch=1)
        head.addWidget(self.remove)
        head.addWidget(self.details)
        self.add(head, self._words, self._problem, self._notes, self.timeline, self.chooser)
        self.add(buttons)

    def _connect(self) -> None:
        self.play.clicked.connect(self._on_play_clicked)
        self.follow.clicked.connect(self._on_follow_clicked)
        self.folder.clicked.connect(self._on_folder_clicked)
        for deed in set(self._buttons) - {Deed.REMOVE}:
            self._buttons[deed].clicked.connect(partial(self._do, deed))
        self.chooser.chosen.connect(self._on_candidate_chosen)
        self.chooser.none_chosen.connect(self._on_none_chosen)
        subscribe(self, self._service.candidates.changed, self._on_candidates)
        self.again.clicked.connect(self._on_again_clicked)
        self.edit.clicked.connect(self._on_edit_clicked)
        self.remove.clicked.connect(self._on_remove_clicked)
        self.details.clicked.connect(self._on_details_clicked)

    def _on_play_clicked(self) -> None:
        if self._row is not None and self._row.clip is not None:
            self.play_requested.emit(self._row.clip.id)

    def _on_follow_clicked(self) -> None:
        if self._row is not None and self._row.clip is not None:
            self.reference_requested.emit(self._row.clip.id)

    def _on_folder_clicked(self) -> None:
        clip = self._row.clip if self._row is not None else None
        if clip is not None and clip.path is not None:
            reveal(clip.path)

    def _do(self, deed: Deed) -> None:
        if self._row is None:
            return
        do = partial(self._deeds.do, deed, self._deeds.offers([self._row]).get(deed, ()))
        if deed is Deed.SEND_NOW:
            ask_if_needed(self._services, NO_MORE, then=do, parent=self)
        else:
            do()

    def _on_candidate_chosen(self, remote_id: str) -> None:
        if self._row is not None:
            self._service.choose(self._row.task.id, remote_id)

    def _on_none_chosen(self) -> None:
        if self._row is not None:
            self._service.choose_none(self._row.task.id)

    def _on_candidates(self, _candidates: object) -> None:
        self.show_row(self._row)

    def _on_again_clicked(self) -> None:
        if self._row is None:
            return
        task = self._row.task
        model = self._catalog.value.model(task.prompt.model)
        price = Decimal(model.unit_credits) if model and model.unit_credits else None
        again = partial(self._generate_again, task.id)
        ask_if_needed(self._services, price, then=again, parent=self)

    def _generate_again(self, task_id: TaskId) -> None:
        made = self._service.generate_again(task_id)
        if isinstance(made, MusicTask):
            self.created.emit(made.id)
        else:
            self.edit_requested.emit(task_id)

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


def _copy_link(row: QueueRow) -> None:
    if row.clip is None:
        copy_link(LinkTarget.TASK, row.task.id)
    else:
        copy_link(LinkTarget.CLIP, row.clip.id)

"""The form for a new song; nothing typed into it is ever lost."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.catalog import Feature, Label
from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import (
    MusicPrompt,
    MusicTask,
    PromptProblem,
    Route,
    TaskStatus,
    problems,
)
from beatra_desktop.domain.music_presets import applied
from beatra_desktop.domain.music_rules import AUTO, PromptField, field_named, to_send
from beatra_desktop.domain.quotes import quote
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.error_text import describe_prompt
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Badge
from beatra_desktop.ui.music import hint_text
from beatra_desktop.ui.music.draft import EMPTY, DraftStore, words
from beatra_desktop.ui.music.form_field import FormField
from beatra_desktop.ui.music.form_fields import FormFields
from beatra_desktop.ui.music.form_foot import FormFoot
from beatra_desktop.ui.music.preset_panel import PresetPanel
from beatra_desktop.ui.music.restore_line import RestoreLine
from beatra_desktop.ui.panes import Pane, SectionHeader
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine
from beatra_desktop.ui.uploads.scrolling import ScrollingColumn

DRAFT_MS: Final = 400
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HAS_OUTCOME: Final = (TaskStatus.QUEUED, TaskStatus.RUNNING, TaskStatus.OTHER)


class MusicForm(Pane):
    """`submitted(task_id)` when a song was written down and is on its way; of several the first."""

    submitted = Signal(str)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._music = services.music
        self._presets = services.music_presets
        self._catalog = services.profiles.catalog
        self._drafts = DraftStore(services.settings)
        self._filled = EMPTY
        self._is_waiting = False
        self._sent: dict[str, MusicPrompt] = {}
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self.fields = FormFields(services)
        self.restore = RestoreLine()
        self.open_presets = Button(self.tr("Presets"), variant=Variant.GHOST, icon=Icon.PRESET)
        self.open_presets.setCheckable(True)
        self.presets = PresetPanel(services.music_presets)
        self.presets.hide()
        self.undo = UndoLine()
        self.label_badge = Badge(self.tr("Preview"), tone=Tone.WARNING)
        self.foot = FormFoot()
        self._lay_out()
        self._load()
        self._connect()
        self._refresh()

    @property
    def draft(self) -> MusicPrompt:
        """All that was typed and chosen, also what is not sent now."""
        return self.fields.draft

    @property
    def prompt(self) -> MusicPrompt:
        """What would be sent."""
        return to_send(self.draft)

    def fill(self, prompt: MusicPrompt, failure: Failure | None = None) -> None:
        """Show a prompt to send or change, and why it was refused if it was.

        A draft it replaces can be brought back.
        """
        typed = words(self.draft)
        if any(typed) and typed not in (words(prompt), words(self._filled)):
            self._drafts.set_aside(self.draft)
        self._filled = prompt
        self.fields.show_prompt(self.fields.for_song(prompt))
        self._on_edited()
        if failure is not None:
            self._go_to(self._show_refusal(failure))

    def submit(self) -> None:
        """Send what is typed, or say beside the fields what keeps it from being sent."""
        found = problems(self.prompt)
        if [problem.field for problem in found] == ["reference"] and self._may_wait:
            self._wait()
        elif found:
            self._go_to(self._show_problems(found))
        else:
            self._create()

    def focus_prompt(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        self.fields.prompt_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use_reference(self, upload_id: str) -> None:
        """Make an upload the reference of the next song."""
        self.fields.reference.choose_upload(upload_id)
        self._show_reference()

    def use_clip(self, clip_id: str) -> None:
        """Make a saved song the reference of the next one."""
        self.fields.reference.choose_clip(clip_id)
        self._show_reference()

    def add_reference(self, path: Path) -> None:
        """Upload a recording and make it the reference of the next song."""
        self.fields.reference.add_file(path)
        self._show_reference()

    def hideEvent(self, event: QHideEvent) -> None:
        """The window may close within the pause before a draft is stored."""
        super().hideEvent(event)
        if self._draft_timer.isActive():
            self._store_draft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        with_control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _RETURN_KEYS and with_control:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._scroll = ScrollingColumn(self.tr("New song"), spacing_px=2 * theme.GRID)
        header = SectionHeader(self.tr("New song"), self.label_badge, self.open_presets)
        self._scroll.body.add(header, self.presets, self.undo, self.restore, self.fields)
        self._scroll.body.box.addStretch(1)
        line = Pane(Ground.LINE, margin_px=0)
        line.setFixedHeight(1)
        self.add(self._scroll, line, self.foot)

    def _load(self) -> None:
        self.fields.show_prompt(self._drafts.load())
        self.fields.forget_undo()
        self.foot.copies.set_copies(self._drafts.copies)
        for name, section in self.fields.sections.items():
            section.set_open(is_open=name not in self._drafts.folded)

    def _connect(self) -> None:
        self.fields.changed.connect(self._on_edited)
        self.fields.submitted.connect(self.submit)
        self.fields.reference.asked.connect(self._on_asked)
        self.fields.reference.moved.connect(self._on_reference_moved)
        for section in self.fields.sections.values():
            section.folded.connect(self._on_folded)
        self.restore.bring_back_requested.connect(self._on_bring_back)
        self.restore.forget_requested.connect(self._on_forget)
        self.open_presets.toggled.connect(self.presets.setVisible)
        self.presets.apply_requested.connect(self._on_apply_requested)
        self.presets.save_requested.connect(self._on_save_requested)
        self.foot.generate_requested.connect(self.submit)
        self.foot.waiting_ended.connect(self._end_waiting)
        self.foot.copies.changed.connect(self._on_copies_changed)
        self._draft_timer.timeout.connect(self._store_draft)
        subscribe(self, self._music.tasks.changed, self._on_task_changed)

    @property
    def _may_wait(self) -> bool:
        return self.fields.reference.is_on_its_way

    def _create(self) -> None:
        self._end_waiting()
        made = self._music.create_batch(self.prompt, copies=self.foot.copies.copies)
        self._show_problems(())
        self.foot.copies.set_copies(1)
        self._store_draft()
        self._refresh()
        tasks = [task for task in made if isinstance(task, MusicTask)]
        self._sent = {task.id: task.prompt for task in tasks}
        self.submitted.emit(tasks[0].id)

    def _wait(self) -> None:
        """What is asked for goes out by itself once the recording is there, in this run only."""
        self._is_waiting = True
        self.foot.set_waiting(is_waiting=True)
        is_asked = not self.fields.reference.question.isHidden()
        words = (
            self.tr("Answer the question about the recording; the song is then made by itself.")
            if is_asked
            else self.tr("Waits for the recording; the song is then made by itself.")
        )
        self.foot.say(words)
        self._show_reference()

    def _end_waiting(self) -> None:
        if self._is_waiting:
            self._is_waiting = False
            self.foot.set_waiting(is_waiting=False)
            self.foot.say("")

    def _store_draft(self) -> None:
        self._draft_timer.stop()
        self._drafts.store(self.draft, copies=self.foot.copies.copies)

    def _on_edited(self) -> None:
        """What waits is not sent any more: it would not be what was asked for."""
        self._end_waiting()
        self.foot.say("")
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self._sent = {}
        self.fields.show_errors({})
        self._refresh()

    def _on_copies_changed(self) -> None:
        if not self._draft_timer.isActive():
            self._draft_timer.start()
        self._refresh()

    def _on_folded(self) -> None:
        sections = self.fields.sections.items()
        self._drafts.fold([name for name, section in sections if not section.is_open])

    def _on_reference_moved(self) -> None:
        is_ready = not problems(self.prompt)
        if self._is_waiting and is_ready:
            self._create()
        elif self._is_waiting and not self._may_wait:
            self._end_waiting()
            self._show_problems(problems(self.prompt))
        else:
            self.fields.refresh()

    def _on_task_changed(self, row: int) -> None:
        """The service's no is said beside its field as long as that stands as it was sent."""
        if not self._sent:
            return
        task = self._music.tasks[row]
        if task.id not in self._sent:
            return
        if task.status is TaskStatus.REFUSED and task.failure is not None:
            self._sent = {}
            self._show_refusal(task.failure)
        elif task.status in _HAS_OUTCOME:
            del self._sent[task.id]

    def _on_apply_requested(self, preset_id: str) -> None:
        preset, before = self._presets.presets.get(preset_id), self.draft
        if preset is not None:
            self.fields.show_prompt(applied(preset.prompt, before))
            self._on_edited()
            said = self.tr("“{name}” was applied.").format(name=preset.name)
            self.undo.offer(said, lambda: self._take_back(before))
            self.open_presets.setChecked(False)

    def _take_back(self, draft: MusicPrompt) -> None:
        self.fields.show_prompt(draft)
        self._on_edited()

    def _on_save_requested(self, name: str) -> None:
        self._presets.save(name, self.draft)

    def _on_bring_back(self) -> None:
        draft = self._drafts.take_back()
        if draft is not None:
            self.fill(draft)
            self._filled = EMPTY  # the user's own words again, not to be lost to the next song

    def _on_forget(self) -> None:
        self._drafts.take_back()
        self._refresh()

    def _on_asked(self) -> None:
        """The question is laid out by then."""
        self.fields.sections["reference"].set_open(is_open=True)
        question = self.fields.reference.question
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(question))

    def _show_reference(self) -> None:
        self.fields.sections["reference"].set_open(is_open=True)
        self._scroll.ensureWidgetVisible(self.fields.reference)

    def _refresh(self) -> None:
        """Bring everything that follows from the fields up to date."""
        self.fields.refresh()
        model = self.fields.model
        is_auto = model.model_id == AUTO
        self.foot.show_quote(quote(model.model, self.foot.copies.copies), is_auto=is_auto)
        self.restore.setVisible(self._drafts.any_set_aside)
        with_reference = self.draft.route is Route.REFERENCE_AUDIO_TO_MUSIC
        feature = Feature.REFERENCE_AUDIO_TO_MUSIC if with_reference else Feature.TEXT_TO_MUSIC
        self.label_badge.setVisible(self._catalog.value.labels.get(feature) is Label.PREVIEW)

    def _show_refusal(self, failure: Failure) -> FormField | None:
        """Say beside each field what the service refused of it; returns the first."""
        said = hint_text.refusal(failure)
        self.foot.say(said.get(None, ""), tone=Tone.DANGER)
        named = {field: words for field, words in said.items() if field is not None}
        return self.fields.show_errors(named)

    def _show_problems(self, found: Sequence[PromptProblem]) -> FormField | None:
        """Say beside each field why it can't be sent; returns the first."""
        named = ((field_named(_WIRE_NAMES.get(p.field, p.field)), p) for p in found)
        return self.fields.show_errors({f: describe_prompt(p) for f, p in named if f is not None})

    def _go_to(self, field: FormField | None) -> None:
        if field is not None:
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(field))


_WIRE_NAMES: Final = {"reference": PromptField.REFERENCE.value}

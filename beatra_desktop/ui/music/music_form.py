"""The form for a new song; nothing typed into it is ever lost."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.failures import Failure
from beatra_desktop.domain.music import (
    MusicPrompt,
    MusicTask,
    PromptProblem,
    problems,
)
from beatra_desktop.domain.music_presets import MusicPreset, applied
from beatra_desktop.domain.music_rules import AUTO, PromptField, field_named, to_send
from beatra_desktop.domain.quotes import Quote, quote
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.cap_question import ask_if_needed
from beatra_desktop.ui.error_text import describe_prompt
from beatra_desktop.ui.music import hint_text
from beatra_desktop.ui.music.draft import EMPTY, DraftStore, words
from beatra_desktop.ui.music.form_field import FormField
from beatra_desktop.ui.music.form_fields import FormFields
from beatra_desktop.ui.music.form_foot import FormFoot
from beatra_desktop.ui.music.form_head import FormHead
from beatra_desktop.ui.music.offer_line import OfferLine
from beatra_desktop.ui.music.sent_songs import SentSongs
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.uploads.scrolling import ScrollingColumn

DRAFT_MS: Final = 400
_RETURN_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MusicForm(Pane):
    """`submitted(task_id)` when a song was written down and is on its way; of several the first."""

    submitted = Signal(str)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self._presets = services.music_presets
        self._catalog = services.profiles.catalog
        self._drafts = DraftStore(services.settings)
        self._filled = EMPTY
        self._is_waiting = False
        self._sent = SentSongs(services.music.tasks, parent=self)
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self.fields = FormFields(services)
        self.head = FormHead(services.music_presets)
        self.earlier = OfferLine(
            verb=self.tr("Bring it back"), dismissal=self.tr("Forget the earlier draft")
        )
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
            self._spend()

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
        self._scroll.body.add(self.head, self.earlier, self.fields)
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
        self.earlier.taken.connect(self._on_bring_back)
        self.earlier.dismissed.connect(self._on_forget)
        self.head.preset_chosen.connect(self._on_preset_chosen)
        self.head.save_requested.connect(self._on_save_requested)
        self.foot.generate_requested.connect(self.submit)
        self.foot.waiting_ended.connect(self._end_waiting)
        self.foot.copies.changed.connect(self._on_copies_changed)
        self._draft_timer.timeout.connect(self._store_draft)
        self._sent.refused.connect(self._show_refusal)

    @property
    def _quote(self) -> Quote:
        """What the songs asked for are expected to cost."""
        return quote(self.fields.model.candidates(self.draft.route), self.foot.copies.copies)

    @property
    def _may_wait(self) -> bool:
        return self.fields.reference.is_on_its_way

    def _spend(self) -> None:
        """Send what stands here now, once the daily limit is no question."""
        self._end_waiting()
        prompt, copies = self.prompt, self.foot.copies.copies
        ask_if_needed(
            self._services,
            self._quote.total,
            then=lambda: self._create(prompt, copies),
            parent=self,
        )

    def _create(self, prompt: MusicPrompt, copies: int) -> None:
        made = self._services.music.create_batch(prompt, copies=copies)
        self._show_problems(())
        self.foot.copies.set_copies(1)
        self._store_draft()
        self._refresh()
        tasks = [task for task in made if isinstance(task, MusicTask)]
        self._sent.watch(tasks)
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
        self._sent.forget()
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
            self._spend()
        elif self._is_waiting and not self._may_wait:
            self._end_waiting()
            self._show_problems(problems(self.prompt))
        else:
            self.fields.refresh()

    def _on_preset_chosen(self, preset: MusicPreset) -> None:
        before = self.draft
        self._put(applied(preset.prompt, before))
        self.head.say_applied(preset, lambda: self._put(before))

    def _put(self, draft: MusicPrompt) -> None:
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
        self.foot.show_quote(self._quote, is_auto=self.fields.model.model_id == AUTO)
        aside = self.tr("Your earlier draft was set aside.")
        self.earlier.offer(aside if self._drafts.any_set_aside else "")
        self.head.show_label(self._catalog.value, self.draft.route)

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

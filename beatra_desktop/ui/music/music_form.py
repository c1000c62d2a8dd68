"""The form for a new song; nothing typed into it is ever lost."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.catalog import Feature, Label
from beatra_desktop.domain.music import MusicPrompt, MusicTask, PromptProblem, Route
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.error_text import describe_prompt
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Badge, Text
from beatra_desktop.ui.music import families
from beatra_desktop.ui.music.draft import EMPTY, DraftStore, words
from beatra_desktop.ui.music.families import Family
from beatra_desktop.ui.music.form_field import FormField, TextField
from beatra_desktop.ui.music.lyrics_field import LyricsField
from beatra_desktop.ui.music.model_field import ModelField
from beatra_desktop.ui.music.model_options import MinimaxPanel, SunoPanel
from beatra_desktop.ui.music.reference_picker import ReferencePicker
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.panes import Pane, SectionHeader
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.uploads.scrolling import ScrollingColumn

DRAFT_MS: Final = 400
PROMPT_LINES: Final = range(3, 9)
FOOT_MARGINS_PX: Final = (16, 12, 16, 12)


class MusicForm(Pane):
    """`submitted(task_id)` when a song was written down and is on its way."""

    submitted = Signal(str)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, spacing_px=0, parent=parent)
        self._music = services.music
        self._catalog = services.profiles.catalog
        self._drafts = DraftStore(services.settings)
        self._filled = EMPTY
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._make_fields(services)
        self._lay_out()
        self._show(self._drafts.load())
        self._connect()
        self._refresh()

    @property
    def draft(self) -> MusicPrompt:
        """All that was typed and chosen, also what is not sent now."""
        return MusicPrompt(
            prompt=self.prompt_field.text,
            model=self.model.model_id,
            title=self.title.text,
            lyrics=self.lyrics.text,
            instrumental=self.lyrics.instrumental.isChecked(),
            reference=self.reference.reference,
            suno=self.suno.draft,
            minimax=self.minimax.options,
        )

    @property
    def prompt(self) -> MusicPrompt:
        """What would be sent: no lyrics for an instrumental, the chosen family's options only."""
        draft, family = self.draft, families.family_of(self.model.model_id)
        over_reference = draft.route is Route.REFERENCE_AUDIO_TO_MUSIC
        optimizes = family is Family.MINIMAX and not over_reference
        return replace(
            draft,
            prompt=draft.prompt.strip(),
            title=draft.title.strip(),
            lyrics="" if draft.instrumental else draft.lyrics.strip(),
            suno=self.suno.options if family is Family.SUNO else None,
            minimax=draft.minimax if optimizes else None,
        )

    def fill(self, prompt: MusicPrompt) -> None:
        """Show a prompt to send or change; a draft it replaces can be brought back."""
        typed = words(self.draft)
        if any(typed) and typed not in (words(prompt), words(self._filled)):
            self._drafts.set_aside(self.draft)
        self._filled = prompt
        self._show(prompt)
        self._on_edited()
        self._refresh()

    def submit(self) -> None:
        """Send what is typed, or say beside the fields what keeps it from being sent."""
        outcome = self._music.create(self.prompt)
        if isinstance(outcome, MusicTask):
            self._show_problems(())
            self._drafts.store(self.draft)
            self.submitted.emit(outcome.id)
        else:
            self._show_problems(outcome)

    def focus_prompt(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)
        self.prompt_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def use_reference(self, upload_id: str) -> None:
        """Make an upload the reference of the next song."""
        self.reference.choose_upload(upload_id)
        self._scroll.ensureWidgetVisible(self.reference)

    def add_reference(self, path: Path) -> None:
        """Upload a recording and make it the reference of the next song."""
        self.reference.add_file(path)
        self._scroll.ensureWidgetVisible(self.reference)

    def hideEvent(self, event: QHideEvent) -> None:
        """The window may close within the pause before a draft is stored."""
        super().hideEvent(event)
        if self._draft_timer.isActive():
            self._store_draft()

    def _make_fields(self, services: Services) -> None:
        placeholder = self.tr("Genre, mood, instruments, tempo, voice…")
        self.prompt_box = TextBox(
            self.tr("Description"), placeholder=placeholder, lines=PROMPT_LINES
        )
        self.prompt_field = TextField(self.tr("Describe the song"), self.prompt_box)
        self.title = TextField(
            self.tr("Title"), Field(self.tr("Title"), placeholder=self.tr("Optional"))
        )
        self.lyrics = LyricsField()
        self.reference = ReferencePicker(services)
        self.reference_field = FormField(self.tr("Reference recording"), self.reference)
        self.model = ModelField(self._catalog)
        self.suno = SunoPanel()
        self.minimax = MinimaxPanel()
        self.generate = Button(self.tr("Generate"), variant=Variant.PRIMARY, icon=Icon.SPARKLES)
        self.generate.setToolTip(self.tr("Make this song (Ctrl+Enter)"))
        self.price = Text(tone=Tone.SECONDARY, size="small")
        self.label_badge = Badge(self.tr("Preview"), tone=Tone.WARNING)

    def _lay_out(self) -> None:
        self._scroll = ScrollingColumn(self.tr("New song"), spacing_px=2 * theme.GRID)
        self._scroll.body.add(
            SectionHeader(self.tr("New song"), self.label_badge),
            self._make_restore(),
            self.prompt_field,
            self.title,
            self.lyrics,
            self.reference_field,
            FormField(self.tr("Model"), self.model),
            self.suno,
            self.minimax,
        )
        self._scroll.body.box.addStretch(1)
        line = Pane(Ground.LINE, margin_px=0)
        line.setFixedHeight(1)
        foot = Pane(Ground.WINDOW, horizontal=True)
        foot.box.setContentsMargins(*FOOT_MARGINS_PX)
        foot.box.addWidget(self.price, stretch=1)
        foot.add(self.generate)
        self.add(self._scroll, line, foot)

    def _make_restore(self) -> QWidget:
        self._restore = QWidget()
        row = QHBoxLayout(self._restore)
        row.setContentsMargins(0, 0, 0, 0)
        self.bring_back = Button(self.tr("Bring it back"), variant=Variant.LINK)
        self.forget = IconButton(Icon.CLOSE, self.tr("Forget the earlier draft"))
        row.addWidget(Text(self.tr("Your earlier draft was set aside."), size="small"), stretch=1)
        row.addWidget(self.bring_back)
        row.addWidget(self.forget)
        return self._restore

    def _connect(self) -> None:
        self.generate.clicked.connect(self.submit)
        self.bring_back.clicked.connect(self._on_bring_back_clicked)
        self.forget.clicked.connect(self._on_forget_clicked)
        self.reference.asked.connect(self._on_asked)
        self._draft_timer.timeout.connect(self._store_draft)
        for box in (self.prompt_box, self.lyrics):
            box.submitted.connect(self.submit)
        for field in (
            self.prompt_field, self.title, self.lyrics, self.reference, self.model,
            self.suno, self.minimax,
        ):  # fmt: skip
            field.changed.connect(self._on_edited)

    def _show(self, prompt: MusicPrompt) -> None:
        self.prompt_field.set_text(prompt.prompt)
        self.title.set_text(prompt.title)
        self.lyrics.show_lyrics(prompt.lyrics, instrumental=prompt.instrumental)
        self.reference.choose(prompt.reference)
        self.model.choose(prompt.model)
        self.suno.show_options(prompt.suno)
        self.minimax.show_options(prompt.minimax)

    def _store_draft(self) -> None:
        self._draft_timer.stop()
        self._drafts.store(self.draft)

    def _on_edited(self) -> None:
        self._draft_timer.start()
        self._show_problems(())
        self._refresh()

    def _on_bring_back_clicked(self) -> None:
        draft = self._drafts.take_back()
        if draft is not None:
            self.fill(draft)
            self._filled = EMPTY  # the user's own words again, not to be lost to the next song

    def _on_forget_clicked(self) -> None:
        self._drafts.take_back()
        self._refresh()

    def _on_asked(self) -> None:
        """The question is laid out by then."""
        question = self.reference.question
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(question))

    def _refresh(self) -> None:
        """Bring everything that follows from the fields up to date."""
        prompt = self.prompt
        family = families.family_of(prompt.model)
        with_reference = prompt.reference is not None
        self.suno.setVisible(family is Family.SUNO)
        self.suno.set_has_reference(has_reference=with_reference)
        self.minimax.setVisible(family is Family.MINIMAX and not with_reference)
        self._restore.setVisible(self._drafts.any_set_aside)
        self.price.setText(self._price())
        self._show_label(with_reference=with_reference)
        self._show_counts(prompt)
        self._show_advice(prompt)

    def _price(self) -> str:
        price = self.model.price
        return self.tr("{price} for this song").format(price=price) if price else ""

    def _show_label(self, *, with_reference: bool) -> None:
        feature = Feature.REFERENCE_AUDIO_TO_MUSIC if with_reference else Feature.TEXT_TO_MUSIC
        self.label_badge.setVisible(self._catalog.value.labels.get(feature) is Label.PREVIEW)

    def _show_counts(self, prompt: MusicPrompt) -> None:
        limits = families.limits(prompt)
        self.prompt_field.show_count(limits.prompt)
        self.lyrics.field.show_count(limits.lyrics)
        self.title.show_count(limits.title)

    def _show_advice(self, prompt: MusicPrompt) -> None:
        """An empty form is not scolded."""
        found = families.advice(prompt) if prompt.prompt else []
        sentences = {advice.field: advice.sentence for advice in found}
        self.prompt_field.show_advice(sentences.get("prompt", ""))
        self.title.show_advice(sentences.get("title", ""))
        self.lyrics.field.show_advice(sentences.get("lyrics", ""))
        self.lyrics.show_instrumental_advice(sentences.get("instrumental", ""))

    def _show_problems(self, problems: Sequence[PromptProblem]) -> None:
        """Say each problem beside its field, and go to the first."""
        sentences = {problem.field: self._words(problem) for problem in problems}
        fields: dict[str, FormField] = {
            "prompt": self.prompt_field,
            "title": self.title,
            "lyrics": self.lyrics.field,
            "reference": self.reference_field,
        }
        for name, field in fields.items():
            field.error.show_error(sentences.get(name, ""))
        if problems:
            first = fields[problems[0].field]
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(first)

    def _words(self, problem: PromptProblem) -> str:
        if problem.field == "reference":
            return self.tr("The recording is not uploaded yet. Wait for it, or choose another.")
        return describe_prompt(problem)

"""All that a song is asked with, in sections that fold."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.music import MinimaxOptions, MusicPrompt, SunoOptions
from beatra_desktop.domain.music_rules import (
    AUTO,
    Family,
    PromptField,
    family_of,
    limits,
    reference_limits,
    to_send,
)
from beatra_desktop.domain.records import replace
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music import hint_text
from beatra_desktop.ui.music.form_field import FormField, TextField
from beatra_desktop.ui.music.lyrics_field import LyricsField
from beatra_desktop.ui.music.model_field import ModelField
from beatra_desktop.ui.music.model_options import MinimaxPanel, SunoPanel
from beatra_desktop.ui.music.reference_picker import ReferencePicker
from beatra_desktop.ui.music.section import Section
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.tab_order import put_behind

PROMPT_LINES: Final = range(3, 9)


class FormFields(QWidget):
    """`changed` when the user changes anything, `submitted` on Ctrl+Enter in a text."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = MusicPrompt(prompt="")
        self._make(services)
        self.by_field = self._by_field()
        self.sections = self._make_sections()
        self._lay_out()
        self._connect()

    @cached_property
    def suno(self) -> SunoPanel:
        """Made for the first model of its family, as the other is: together 49 widgets."""
        panel = SunoPanel()
        panel.show_options(self._shown.suno)
        self._take_in(panel)
        return panel

    @cached_property
    def minimax(self) -> MinimaxPanel:
        panel = MinimaxPanel()
        panel.show_options(self._shown.minimax)
        self._take_in(panel)
        return panel

    @property
    def draft(self) -> MusicPrompt:
        """All that was typed and chosen, also what is not sent now."""
        return MusicPrompt(
            prompt=self.prompt.text,
            model=self.model.model_id,
            title=self.title.text,
            lyrics=self.lyrics.text,
            instrumental=self.lyrics.instrumental.isChecked(),
            reference=self.reference.reference,
            suno=self._suno_options,
            minimax=self._minimax_options,
        )

    def show_prompt(self, prompt: MusicPrompt) -> None:
        """Fill every field; the texts that stood there come back with Ctrl+Z."""
        self.prompt.set_text(prompt.prompt)
        self.title.set_text(prompt.title)
        self.lyrics.show_lyrics(prompt.lyrics, instrumental=prompt.instrumental)
        self.reference.choose(prompt.reference)
        self.model.choose(prompt.model)
        self._shown = prompt
        if self._has_suno:
            self.suno.show_options(prompt.suno)
        if self._has_minimax:
            self.minimax.show_options(prompt.minimax)
        self.refresh()

    def for_song(self, prompt: MusicPrompt) -> MusicPrompt:
        """A song's prompt with the options of the other family as they stand here."""
        family = family_of(prompt.model)
        suno = prompt.suno if family is Family.SUNO else prompt.suno or self._suno_options
        minimax = prompt.minimax
        if family is not Family.MINIMAX:
            minimax = minimax or self._minimax_options
        return replace(prompt, suno=suno, minimax=minimax)

    def forget_undo(self) -> None:
        """Begin here: what was loaded is not to be taken back with Ctrl+Z."""
        for field in (self.prompt, self.title, self.lyrics.field):
            field.forget_undo()

    def refresh(self) -> None:
        """Bring what follows from the fields up to date: counters, hints, summaries, options."""
        draft = self.draft
        family = family_of(draft.model)
        if self._has_suno or family is Family.SUNO:
            self.suno.setVisible(family is Family.SUNO)
        if self._has_minimax or family is Family.MINIMAX:
            self.minimax.setVisible(family is Family.MINIMAX)
        self._no_options.setVisible(draft.model == AUTO)
        self._reference_note.setText(hint_text.recordings(reference_limits(draft)))
        self._reference_note.setVisible(bool(self._reference_note.text()))
        self._show_counts(draft)
        advice = hint_text.advice(draft)
        for name, field in self.by_field.items():
            field.show_advice(advice.get(name, ""))
        self._sum_up(family)

    def show_errors(self, sentences: Mapping[PromptField, str]) -> FormField | None:
        """Say each problem beside its field and open its section; returns the first field."""
        for name, field in self.by_field.items():
            field.show_error(sentences.get(name, ""))
        wrong = [field for name, field in self.by_field.items() if sentences.get(name)]
        for section in self.sections.values():
            if any(section.body.isAncestorOf(field) for field in wrong):
                section.set_open(is_open=True)
        return wrong[0] if wrong else None

    @property
    def _has_suno(self) -> bool:
        return "suno" in vars(self)

    @property
    def _has_minimax(self) -> bool:
        return "minimax" in vars(self)

    @property
    def _suno_options(self) -> SunoOptions:
        return self.suno.options if self._has_suno else self._shown.suno or SunoOptions()

    @property
    def _minimax_options(self) -> MinimaxOptions:
        if self._has_minimax:
            return self.minimax.options
        return self._shown.minimax or MinimaxOptions()

    def _take_in(self, panel: SunoPanel | MinimaxPanel) -> None:
        panel.hide()
        self.by_field |= panel.fields
        self.sections["model"].add(panel)
        put_behind(self.model_field, panel)
        panel.changed.connect(self.changed)

    def _make(self, services: Services) -> None:
        placeholder = self.tr("Genre, mood, instruments, tempo, voice…")
        name = self.tr("Describe the song")
        self.prompt_box = TextBox(name, placeholder=placeholder, lines=PROMPT_LINES)
        self.prompt = TextField(name, self.prompt_box)
        title = Field(self.tr("Title"), placeholder=self.tr("Optional"))
        self.title = TextField(self.tr("Title"), title)
        self.lyrics = LyricsField()
        self.reference = ReferencePicker(services)
        self.reference_field = FormField("", self.reference)
        self._reference_note = Text(tone=Tone.SECONDARY, size="small")
        self.reference_field.column.insertWidget(2, self._reference_note)
        self.model = ModelField(services.profiles.catalog)
        self.model_field = FormField("", self.model)
        words = self.tr("Auto takes no options of its own. Pick a model to choose them.")
        self._no_options = Text(words, tone=Tone.SECONDARY, size="small")

    def _by_field(self) -> dict[PromptField, FormField]:
        """In the order they are on show; those of a family follow with it."""
        return {
            PromptField.PROMPT: self.prompt,
            PromptField.TITLE: self.title,
            PromptField.INSTRUMENTAL: self.lyrics.instrumental_field,
            PromptField.LYRICS: self.lyrics.field,
            PromptField.REFERENCE: self.reference_field,
            PromptField.MODEL: self.model_field,
        }

    def _make_sections(self) -> dict[str, Section]:
        return {
            "lyrics": Section(self.tr("Lyrics"), self.lyrics),
            "reference": Section(self.tr("Reference recording"), self.reference_field),
            "model": Section(self.tr("Model and options"), self.model_field, self._no_options),
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        for widget in (self.prompt, self.title, *self.sections.values()):
            column.addWidget(widget)

    def _connect(self) -> None:
        for box in (self.prompt_box, self.lyrics):
            box.submitted.connect(self.submitted)
        for field in (self.prompt, self.title, self.lyrics, self.reference, self.model):
            field.changed.connect(self.changed)

    def _show_counts(self, draft: MusicPrompt) -> None:
        spans = limits(to_send(draft))
        self.prompt.show_count(spans[PromptField.PROMPT].most)
        self.title.show_count(spans[PromptField.TITLE].most)
        self.lyrics.field.show_count(spans[PromptField.LYRICS].most)

    def _sum_up(self, family: Family | None) -> None:
        reference = self.reference.reference
        options: list[str] = []
        if family is not None:
            options = (self.suno if family is Family.SUNO else self.minimax).summary
        words = {
            "lyrics": self.lyrics.summary,
            "reference": reference.name if reference else self.tr("none"),
            "model": " · ".join([self.model.name, *options]),
        }
        for name, section in self.sections.items():
            inside = (f for f in self.by_field.values() if section.body.isAncestorOf(f))
            marked = any(field.advice.text for field in inside)
            section.sum_up(words[name], marked=marked)

"""How the conversation on show works: instructions, parameters and presets, all acting at once."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea

from beatra_desktop.domain.chat import AUTO_MODEL, Conversation, Parameters, Preset
from beatra_desktop.domain.ids import ConversationId, PresetId
from beatra_desktop.services import Services
from beatra_desktop.ui import format, mirroring, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat.kept_text import KeptText
from beatra_desktop.ui.chat.parameter_fields import ParameterFields
from beatra_desktop.ui.chat.preset_bar import PresetBar
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.undo_line import UndoLine

WIDTH_PX: Final = 420
LOWEST_PX: Final = 220
INSTRUCTION_LINES: Final = range(4, 11)
_MOVING: Final = (
    QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest,
    QEvent.Type.ShowToParent, QEvent.Type.HideToParent,
)  # fmt: skip


class ChatOptions(Pane):
    """Lies over the chat pane, above the composer, so that one can go on chatting beside it."""

    manage_requested = Signal()
    toggled = Signal(bool)

    def __init__(self, services: Services, pane: ChatPane) -> None:
        super().__init__(Ground.RAISED, margin_px=0, spacing_px=0, parent=pane)
        self.setAccessibleName(self.tr("Chat options"))
        self._chat, self._presets, self._pane = services.chat, services.presets, pane
        self._conversation_id = ""
        self._is_beginning = False
        self._texts: dict[str, Mapping[str, str]] = {}
        self.presets = PresetBar(services.presets)
        self.undo = UndoLine()
        self.instructions = KeptText(
            self.tr("Instructions (system prompt)"),
            placeholder=self.tr("What the model should know or do in all of this chat."),
            lines=INSTRUCTION_LINES,
        )
        self.parameters = ParameterFields()
        self.reset = Button(
            self.tr("Leave all to the service"), variant=Variant.LINK, icon=Icon.RETRY
        )
        self._close = IconButton(Icon.CLOSE, self.tr("Close"), shortcut="Esc")
        self._lay_out()
        self._connect()
        self.hide()
        self.show_conversation(pane.conversation_id)
        self._show_reset()

    def toggle(self) -> None:
        if self.isHidden():
            self._place()
            self.show()
            self.raise_()
            self.instructions.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.hide()
            self._pane.focus_composer()
        self.toggled.emit(not self.isHidden())

    def show_conversation(self, conversation_id: str) -> None:
        """Keep what was typed for the one before, then show this one's."""
        if self._is_beginning or conversation_id == self._conversation_id:
            return
        self.instructions.flush()
        self._texts[self._conversation_id] = self.parameters.texts
        self._conversation_id = conversation_id
        self.undo.clear()
        conversation = self._conversation()
        self.instructions.set_text(conversation.system_prompt if conversation else "")
        chosen = conversation.parameters if conversation else None
        texts = self._texts.get(conversation_id, {})
        self.parameters.show_parameters(chosen or Parameters(), texts)
        self._show_reset()

    def event(self, event: QEvent) -> bool:
        """Esc is for this panel before it is anybody's shortcut."""
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.toggle()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVING and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = Pane(Ground.RAISED, horizontal=True, margin_px=theme.GRID)
        head.setProperty("bare", "true")
        head.box.setContentsMargins(2 * theme.GRID, theme.GRID, theme.GRID, 0)
        head.box.addWidget(Text(self.tr("Chat options"), weight="strong"), stretch=1)
        head.add(self._close)
        body = Pane(Ground.RAISED, spacing_px=theme.GRID + theme.GRID // 2)
        body.setProperty("bare", "true")
        body.box.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 2 * theme.GRID)
        sentence = self.tr("Changes act at once, from the next message on.")
        body.add(Text(sentence, tone=Tone.SECONDARY, size="small"))
        body.add(self.presets, self.undo, self.instructions, self.parameters, self._foot())
        body.box.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        self._body = body
        self._head = head
        self.add(head)
        self.box.addWidget(scroll, stretch=1)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.reset)
        row.addStretch(1)
        return row

    def _connect(self) -> None:
        self._close.clicked.connect(self.toggle)
        self.instructions.kept.connect(self._on_instructions_kept)
        self.parameters.changed.connect(self._on_parameters_changed)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.presets.apply_requested.connect(self._on_apply_requested)
        self.presets.new_chat_requested.connect(self._on_new_chat_requested)
        self.presets.save_requested.connect(self._on_save_requested)
        self.presets.manage_requested.connect(self.manage_requested)
        self._pane.leaving.connect(self.instructions.flush)
        self._pane.conversation_shown.connect(self.show_conversation)
        self.parameters.typed.connect(self._show_reset)
        self.instructions.box.textChanged.connect(self._show_reset)
        for watched in (self._pane, self._pane.find_bar, self._pane.composer, self._body):
            watched.installEventFilter(self)
        subscribe(self, self._chat.conversations.changed, self._on_changed)

    def _place(self) -> None:
        """At the end, as wide and high as it needs, below the find bar, above the composer."""
        margin, find_bar = theme.GRID, self._pane.find_bar
        top = margin if find_bar.isHidden() else find_bar.geometry().bottom() + 1
        lower = self._pane.composer.mapTo(self._pane, QPoint(0, 0)).y() - margin
        needed = self._body.minimumSizeHint().width() + 2 * margin  # with the scroll bar
        width = min(max(theme.scaled(WIDTH_PX), needed), self._pane.width() - 2 * margin)
        wanted = self._head.sizeHint().height() + self._body.heightForWidth(width) + 2
        height = min(wanted, max(LOWEST_PX, lower - top))
        place = QRect(self._pane.width() - margin - width, top, width, height)
        self.setGeometry(mirroring.placed(place, self._pane.rect()))

    def _conversation(self) -> Conversation | None:
        return self._chat.conversations.get(self._conversation_id)

    def _begun(self) -> ConversationId:
        """The conversation on show; where there is none yet, what was typed stays on show."""
        self._is_beginning = True
        self._conversation_id = self._pane.begin()
        self._is_beginning = False
        return ConversationId(self._conversation_id)

    def _snapshot(self) -> Preset:
        """How the conversation works now, as a preset without a name."""
        self.instructions.flush()
        conversation = self._conversation()
        return Preset(
            id=PresetId(""),
            name="",
            system_prompt=conversation.system_prompt if conversation else "",
            model=conversation.model if conversation else AUTO_MODEL,
            parameters=conversation.parameters if conversation else None,
        )

    def _work_as(
        self, preset: Preset, words: str, *, texts: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Work as a preset says; taking that back can be taken back too, so nothing is lost."""
        before, typed = self._snapshot(), self.parameters.texts
        again = self.tr("It works as before again.")
        self._chat.apply_preset(self._begun(), preset)
        self.parameters.show_parameters(preset.parameters or Parameters(), texts)
        self.undo.offer(words, lambda: self._work_as(before, again, texts=typed))

    def _show_reset(self) -> None:
        typed = (self.instructions.text, *self.parameters.texts.values())
        self.reset.setEnabled(any(typed))

    def _on_changed(self, row: int) -> None:
        conversation = self._chat.conversations[row]
        if conversation.id == self._conversation_id:
            if not self.instructions.is_pending:
                self.instructions.set_text(conversation.system_prompt)
            self.parameters.show_parameters(conversation.parameters or Parameters())
            self._show_reset()

    def _on_instructions_kept(self, text: str) -> None:
        self._chat.set_system_prompt(self._kept_for(), text)

    def _kept_for(self) -> ConversationId:
        """What was typed belongs to the chat it was typed for, even if that is gone by now."""
        return ConversationId(self._conversation_id) if self._conversation_id else self._begun()

    def _on_parameters_changed(self) -> None:
        self._chat.set_parameters(self._kept_for(), self.parameters.parameters)
        self._show_reset()

    def _on_reset_clicked(self) -> None:
        words = self.tr("Instructions and parameters are left to the service again.")
        self._work_as(Preset(id=PresetId(""), name=""), words)

    def _on_apply_requested(self, preset_id: str) -> None:
        preset = self._presets.presets.get(preset_id)
        if preset is not None:
            words = self.tr("Works as “{name}” now.")
            self._work_as(preset, words.format(name=format.short_name(preset.name)))

    def _on_new_chat_requested(self, preset_id: str) -> None:
        preset = self._presets.presets.get(preset_id)
        if preset is not None:
            self._pane.new_conversation()
            self._chat.apply_preset(ConversationId(self._pane.conversation_id), preset)

    def _on_save_requested(self, name: str) -> None:
        way = self._snapshot()
        preset = self._presets.save(
            name,
            system_prompt=way.system_prompt,
            model="" if way.model == AUTO_MODEL else way.model,
            parameters=way.parameters,
        )
        if preset is not None:
            words = self.tr("Saved as the preset “{name}”.").format(
                name=format.short_name(preset.name)
            )
            self.undo.offer(words, lambda: self._presets.delete(preset.id))

"""Where a message is written."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from beatra_desktop.domain.chat import Edit
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.chat.composer_bars import EditBar, Hint, HintBar, QueueBar
from beatra_desktop.ui.chat.main_button import Deed, MainButton
from beatra_desktop.ui.chat.model_picker import ModelPicker
from beatra_desktop.ui.chat.quoting import PASTED_NAME, quoted_text
from beatra_desktop.ui.chat.text_area import TextArea
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone

COUNTED_FROM_CHARACTERS: Final = 500
TEXT_SHARE: Final = 0.4
"""How much of the pane's height the text may take before it scrolls."""
MODEL_PX: Final = 80
ROW_GAPS_PX: Final = 6 * theme.GRID


class Composer(Card):
    """Emits what the user wants; whoever takes the text empties it with `set_text`."""

    submitted = Signal(str)
    queued = Signal(str)
    """To be sent when the answer that is coming is complete."""
    edit_submitted = Signal(str, str)
    """The id of a message and what is to be said in its place."""
    stop_requested = Signal()
    recall_requested = Signal()
    """The last question is to be edited."""
    edited = Signal()
    """`draft` or `edit` changed by the user's hand."""
    files_given = Signal(list)
    picture_given = Signal(QImage)
    attach_requested = Signal()
    model_picked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("New message"), parent=parent)
        self._is_answering = False
        self._is_loading = False
        self._edit_id: MessageId | None = None
        self._original = ""
        self._aside = ""
        self._paste_hint: Hint | None = None
        self.queue_bar = QueueBar()
        self._edit_bar = EditBar()
        self._hint_bar = HintBar()
        self.text_area = TextArea(self.tr("Message"), placeholder=self.tr("Write a message"))
        self.model_picker = ModelPicker(command=Command.MODEL)
        self._counter = Text(tone=Tone.SECONDARY, size="small")
        self._counter.setWordWrap(False)
        self._stop = Button(self.tr("Stop"), icon=Icon.STOP, name=self.tr("Stop the answer"))
        self._stop.setToolTip(self.tr("Stop the answer"))
        self._main = MainButton()
        self._attach = IconButton(Icon.ADD, self.tr("Add files"), command=Command.ADD_FILES)
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.text_area)
        self._refresh()

    @property
    def text(self) -> str:
        return self.text_area.toPlainText()

    @property
    def has_words(self) -> bool:
        return self.text_area.has_words

    @property
    def draft(self) -> str:
        """The next message, which is put aside while an earlier one is edited."""
        return self.text if self._edit_id is None else self._aside

    @property
    def edit(self) -> Edit | None:
        """The earlier message that is being edited, and its new text so far."""
        if self._edit_id is None:
            return None
        return Edit(message_id=self._edit_id, text=self.text)

    @property
    def hint(self) -> Hint | None:
        """The hint on show that means something without the text beside it."""
        hint = self._hint_bar.hint
        return None if hint is self._paste_hint else hint

    def load(self, draft: str, edit: Edit | None = None) -> None:
        """Show what is being written in another conversation; `edited` is not told."""
        self._edit_id = None
        self.set_text(draft)
        if edit is not None:
            self._open_edit(edit)
        self._show_mode()

    def set_text(self, text: str) -> None:
        """Show another text, without a way back to the one before; `edited` is not told."""
        self._drop_paste_hint()
        self._is_loading = True
        self.text_area.setPlainText(text)
        self._is_loading = False
        self.text_area.moveCursor(QTextCursor.MoveOperation.End)

    def insert(self, text: str) -> None:
        self.text_area.insert(text)
        self.text_area.setFocus()

    def put_before(self, text: str) -> None:
        """Put a text in front of what is written; that can't be undone into nothing."""
        self.set_text("\n\n".join(part for part in (text, self.text) if part.strip()))
        self.text_area.setFocus()
        self.edited.emit()

    def begin_edit(self, message_id: str, text: str) -> None:
        """Write another version of a message; what is written is put aside until that ends."""
        if message_id != self._edit_id:
            self.cancel_edit()
            self._open_edit(Edit(message_id=MessageId(message_id), text=text), original=text)
            self.edited.emit()
        self.text_area.setFocus()

    def end_edit(self) -> None:
        """Go back to the message that was put aside."""
        if self._edit_id is not None:
            self._edit_id = None
            self.set_text(self._aside)
            self._show_mode()
            self.edited.emit()

    def cancel_edit(self) -> None:
        """End an edit without sending it; what was changed can be had back."""
        edit = self.edit
        if edit is None:
            return
        is_changed = edit.text != self._original and bool(edit.text.strip())
        self.end_edit()
        if is_changed:
            self.show_hint(
                Hint(
                    sentence=self.tr("The edit was canceled. Your changes are still here."),
                    label=self.tr("Go on editing"),
                    act=lambda: self._go_on(edit),
                )
            )

    def show_hint(self, hint: Hint | None) -> None:
        self._hint_bar.show_hint(hint)

    def set_enter_sends(self, *, enter_sends: bool) -> None:
        self.text_area.enter_sends = enter_sends
        self._refresh()

    def set_answering(self, *, answering: bool) -> None:
        self._is_answering = answering
        self._refresh()

    def set_room(self, height_px: int) -> None:
        """How high the pane is in which this is to leave room for the conversation."""
        self.text_area.set_max_height(int(height_px * TEXT_SHARE))

    def set_model(self, model_id: str) -> None:
        self.model_picker.set_model(model_id)

    def open_models(self) -> None:
        self.model_picker.open_models()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._edit_id is not None:
            self._on_edit_canceled()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_count()

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, theme.GRID, theme.GRID)
        self.box.setSpacing(theme.GRID // 2)
        for button in (self._stop, self._main):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self._attach)
        row.addWidget(self.model_picker)
        row.addStretch(1)
        row.addWidget(self._counter)
        row.addSpacing(theme.GRID // 2)
        row.addWidget(self._stop)
        row.addWidget(self._main)
        self.add(self.queue_bar, self._edit_bar, self._hint_bar, self.text_area, row)

    def _connect(self) -> None:
        area = self.text_area
        area.textChanged.connect(self._on_text_changed)
        area.submitted.connect(self._on_submitted)
        area.escaped.connect(self._on_escaped)
        area.recall_requested.connect(self._on_recall_requested)
        area.files_pasted.connect(self.files_given)
        area.picture_pasted.connect(self.picture_given)
        area.long_text_pasted.connect(self._on_long_text_pasted)
        area.paste_refused.connect(self._on_paste_refused)
        self._edit_bar.canceled.connect(self._on_edit_canceled)
        self._main.submitted.connect(self._on_submitted)
        self._main.stopped.connect(self.stop_requested)
        self._stop.clicked.connect(self.stop_requested)
        self._attach.clicked.connect(self.attach_requested)
        self.model_picker.picked.connect(self.model_picked)

    def _deed(self) -> Deed:
        if self._edit_id is not None:
            return Deed.SEND_VERSION
        if not self._is_answering:
            return Deed.SEND
        return Deed.QUEUE if self.has_words else Deed.STOP

    def _open_edit(self, edit: Edit, *, original: str = "") -> None:
        self._aside = self.text
        self._original = original
        self._edit_id = edit.message_id
        self.set_text(edit.text)
        self._show_mode()

    def _go_on(self, edit: Edit) -> None:
        self.cancel_edit()
        self._open_edit(edit)
        self.text_area.setFocus()
        self.edited.emit()

    def _on_text_changed(self) -> None:
        self._refresh()
        if self._paste_hint is not None and not self.text_area.has_pasted:
            self._drop_paste_hint()
        if not self._is_loading:
            self.edited.emit()

    def _on_submitted(self) -> None:
        """Enter never stops an answer."""
        deed = self._deed()
        if not self.has_words:
            return
        if deed is Deed.SEND_VERSION:
            self.edit_submitted.emit(self._edit_id, self.text)
        elif deed is Deed.QUEUE:
            self.queued.emit(self.text)
        else:
            self.submitted.emit(self.text)

    def _on_escaped(self) -> None:
        if self._edit_id is not None:
            self._on_edit_canceled()
        else:
            self.stop_requested.emit()

    def _on_edit_canceled(self) -> None:
        self.cancel_edit()
        self.text_area.setFocus()

    def _on_recall_requested(self) -> None:
        if self._edit_id is None:
            self.recall_requested.emit()

    def _on_long_text_pasted(self) -> None:
        number = format.count(len(self.text_area.pasted_text))
        sentence = self.tr("You pasted {number} characters, which are part of the message now.")
        self._paste_hint = Hint(
            sentence=sentence.format(number=number),
            label=self.tr("Insert as text file block"),
            act=self._quote_pasted,
        )
        self.show_hint(self._paste_hint)

    def _quote_pasted(self) -> None:
        text = self.text_area.pasted_text
        self._paste_hint = None
        self.text_area.replace_pasted(quoted_text(PASTED_NAME, text))
        self.text_area.setFocus()

    def _drop_paste_hint(self) -> None:
        if self._paste_hint is not None and self._hint_bar.hint is self._paste_hint:
            self.show_hint(None)
        self._paste_hint = None
        self.text_area.forget_pasted()

    def _on_paste_refused(self, characters: int) -> None:
        sentence = self.tr(
            "You pasted {number} characters, more than fit into a message, so nothing was "
            "inserted. Save them as a file and add that: it is uploaded."
        )
        self.show_hint(Hint(sentence=sentence.format(number=format.count(characters))))

    def _refresh(self) -> None:
        """Show what can be done with what is written."""
        deed = self._deed()
        self._main.setEnabled(deed is Deed.STOP or self.has_words)
        self._main.show_deed(deed, enter_sends=self.text_area.enter_sends)
        self._stop.setVisible(self._is_answering and deed is not Deed.STOP)
        self._show_count()

    def _show_count(self) -> None:
        characters = self.text_area.document().characterCount() - 1
        words = self.tr("{number} characters").format(number=format.count(characters))
        self._counter.setText(words if characters >= COUNTED_FROM_CHARACTERS else "")
        self._counter.setVisible(characters >= COUNTED_FROM_CHARACTERS and self._has_room())

    def _has_room(self) -> bool:
        """Whether the counter fits beside the buttons and the beginning of the model's name."""
        buttons = [self._attach, self._main, *([] if self._stop.isHidden() else [self._stop])]
        taken = [widget.sizeHint().width() for widget in (*buttons, self._counter)]
        return sum(taken) + MODEL_PX + ROW_GAPS_PX <= self.width()

    def _show_mode(self) -> None:
        """Show whether it is a new message or another version of an earlier one."""
        is_editing = self._edit_id is not None
        self._edit_bar.set_editing(editing=is_editing)
        self.queue_bar.set_editable(editable=not is_editing)
        self.text_area.setAccessibleName(
            self.tr("New version of an earlier message") if is_editing else self.tr("Message")
        )
        self._refresh()

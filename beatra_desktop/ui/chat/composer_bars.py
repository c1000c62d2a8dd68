"""Slim bars above what is being written: what waits, what is edited, what there is to know."""

import html
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, IconLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant

TOOLTIP_CHARACTERS: Final = 2_000
_THIN_PX: Final = 1
"""Beside a button that is higher than its icon looks."""
_LINE_CHARACTERS: Final = 400
"""More never fits on one line."""
_ISOLATE: Final = "\u2068"
_END_OF_ISOLATE: Final = "\u2069"


class _Bar(Pane):
    """Hidden until it has something to say."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.INSET, horizontal=True, parent=parent)
        self.box.setContentsMargins(theme.GRID, theme.GRID // 2, theme.GRID // 2, theme.GRID // 2)
        self.hide()

    def say(self, words: str) -> None:
        """What a screen reader says of the bar, and says at once when it is news; empty hides."""
        is_news = bool(words) and words != self.accessibleName()
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        if is_news and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


class _OneLine(ElidedLabel):
    """The beginning of a text; all of it, within reason, is its tooltip."""

    _whole = ""

    def set_whole(self, text: str) -> None:
        self._whole = text
        self.setAccessibleDescription(text)
        # Its direction is its own, whatever that of the words beside it.
        line = " ".join(text[:_LINE_CHARACTERS].split())
        self.setText(f"{_ISOLATE}{line}{_END_OF_ISOLATE}" if line else "")

    def _tell_hidden_text(self) -> None:
        whole = self._whole
        shown = whole if len(whole) <= TOOLTIP_CHARACTERS else f"{whole[:TOOLTIP_CHARACTERS]}…"
        self.setToolTip(f'<p style="white-space: pre-wrap">{html.escape(shown)}</p>')


class QueueBar(_Bar):
    """The next message, while it waits for the end of an answer or for the user."""

    edit_requested = Signal()
    send_requested = Signal()
    remove_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._icon = IconLabel(Icon.CLOCK, "")
        self._state = Text(size="small", weight="strong")
        self._state.setWordWrap(False)
        self._text = _OneLine(size="small", tone=Tone.SECONDARY)
        self._send = Button(
            self.tr("Send now"), variant=Variant.LINK, name=self.tr("Send the waiting message now")
        )
        self._edit = Button(
            self.tr("Edit"), variant=Variant.LINK, name=self.tr("Edit the waiting message")
        )
        self._remove = Button(
            self.tr("Remove"), variant=Variant.LINK, name=self.tr("Remove the waiting message")
        )
        self.add(self._icon, self._state)
        self.box.addWidget(self._text, stretch=1)
        self.add(self._send, self._edit, self._remove)
        self._send.clicked.connect(self.send_requested)
        self._edit.clicked.connect(self.edit_requested)
        self._remove.clicked.connect(self.remove_requested)

    def show_message(self, text: str, *, follows: bool, can_send: bool) -> None:
        """`follows`: it goes out by itself; `can_send`: no answer is coming. Empty text hides."""
        self._text.set_whole(text)
        self._state.setText(self.tr("Next:") if follows else self.tr("Waits for you:"))
        self._icon.set_icon(
            Icon.CLOCK if follows else Icon.PAUSE,
            "",
            tone=Tone.SECONDARY if follows else Tone.WARNING,
        )
        self._send.setVisible(can_send)
        self.say(f"{self._state.text()} {text}" if text else "")

    def set_editable(self, *, editable: bool) -> None:
        """Whether the composer has room for it: not while it holds another edit."""
        self._edit.setVisible(editable)


class EditBar(_Bar):
    canceled = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._words = self.tr(
            "Editing an earlier message: a new branch begins there, the old one stays."
        )
        cancel = Button(self.tr("Cancel"), variant=Variant.LINK, name=self.tr("Cancel the edit"))
        cancel.setToolTip(self.tr("Cancel the edit (Esc)"))
        self.add(IconLabel(Icon.BRANCH, "", tone=Tone.ACCENT))
        self.box.addWidget(Text(self._words, size="small"), stretch=1)
        self.add(cancel)
        cancel.clicked.connect(self.canceled)

    def set_editing(self, *, editing: bool) -> None:
        self.say(self._words if editing else "")


class Hint(Struct, frozen=True, kw_only=True):
    """A sentence about what is being written, and the one thing to do about it, if any."""

    sentence: str
    label: str = ""
    act: Callable[[], None] | None = None


class HintBar(_Bar):
    """One hint at a time; it goes with its action or when it is closed."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._hint: Hint | None = None
        self._sentence = Text(size="small")
        self._action = Button("", variant=Variant.LINK)
        close = IconButton(Icon.CLOSE, self.tr("Close the hint"))
        self.box.setContentsMargins(theme.GRID, _THIN_PX, _THIN_PX, _THIN_PX)
        self.add(IconLabel(Icon.INFO, "", tone=Tone.ACCENT))
        self.box.addWidget(self._sentence, stretch=1)
        self.add(self._action, close)
        self._action.clicked.connect(self._on_action_clicked)
        close.clicked.connect(lambda: self.show_hint(None))

    @property
    def hint(self) -> Hint | None:
        return self._hint

    def show_hint(self, hint: Hint | None) -> None:
        self._hint = hint
        sentence, label = (hint.sentence, hint.label) if hint else ("", "")
        self._sentence.setText(sentence)
        self.say(sentence)
        self._action.setText(label)
        self._action.setAccessibleName(label)
        self._action.setVisible(bool(label))

    def _on_action_clicked(self) -> None:
        hint = self._hint
        self.show_hint(None)
        if hint is not None and hint.act is not None:
            hint.act()

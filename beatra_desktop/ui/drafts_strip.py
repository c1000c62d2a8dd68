"""What was composed without a network and costs money asks before it goes."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.music import MusicTask, TaskStatus
from beatra_desktop.services import Services
from beatra_desktop.ui import format
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.cap_question import NO_MORE, ask_if_needed
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.strip import Strip
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe


class DraftsStrip(Strip):
    """Across the window once the songs written offline could go out; gone with the last of them."""

    look_requested = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Icon.MUSIC, tone=Tone.ACCENT, parent=parent)
        self._services = services
        self._ready: dict[str, MusicTask] = {}
        """Drafts that only wait for the user, by their ids."""
        self.look = Button(self.tr("Look"), variant=Variant.LINK)
        self.send = Button(self.tr("Send now"), variant=Variant.LINK)
        self.add(self.look, self.send)
        self.look.clicked.connect(self.look_requested)
        self.send.clicked.connect(self._on_send_clicked)
        tasks = services.music.tasks
        for signal, slot in (
            (tasks.inserted, self._on_rows),
            (tasks.removing, self._on_removing),
            (tasks.changed, self._on_changed),
            (tasks.reset, self._on_reset),
        ):
            subscribe(self, signal, slot)
        self._on_reset()

    def _refresh(self) -> None:
        count = len(self._ready)
        if count == 0:
            self.say("")
            return
        cost = estimate(self._ready.values())
        words = self._question(count) if cost is None else self._priced_question(count)
        self.say(words.format(n=format.count(count), cost=format.credits(f"{cost or 0:f}")))

    def _question(self, count: int) -> str:
        if count == 1:
            return self.tr("One song was written while offline. Send it now?")
        return self.tr("{n} songs were written while offline. Send them now?")

    def _priced_question(self, count: int) -> str:
        if count == 1:
            return self.tr("One song was written while offline. Send it now for about {cost}?")
        return self.tr("{n} songs were written while offline. Send them now for about {cost}?")

    def _note(self, task: MusicTask) -> None:
        before = self._ready.pop(task.id, None)
        if task.status is TaskStatus.DRAFT and task.hold is None:
            self._ready[task.id] = task
        if before is not self._ready.get(task.id):
            self._refresh()

    def _on_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._on_changed(row)

    def _on_removing(self, first: int, last: int) -> None:
        tasks = self._services.music.tasks
        gone = [self._ready.pop(tasks[row].id, None) for row in range(first, last + 1)]
        if any(gone):
            self._refresh()

    def _on_changed(self, row: int) -> None:
        self._note(self._services.music.tasks[row])

    def _on_reset(self) -> None:
        self._ready.clear()
        for task in self._services.music.tasks:
            if task.status is TaskStatus.DRAFT and task.hold is None:
                self._ready[task.id] = task
        self._refresh()

    def _on_send_clicked(self) -> None:
        ids = [task.id for task in sorted(self._ready.values(), key=lambda each: each.created_at)]

        def send() -> None:
            for task_id in ids:
                self._services.music.send_now(task_id)

        ask_if_needed(self._services, NO_MORE, then=send, parent=self)


def estimate(tasks: Iterable[MusicTask]) -> Decimal | None:
    """What they are expected to cost together; None unless that is known of each."""
    whole = Decimal(0)
    for task in tasks:
        try:
            whole += Decimal(task.estimated_credits or "")
        except InvalidOperation:
            return None
    return whole

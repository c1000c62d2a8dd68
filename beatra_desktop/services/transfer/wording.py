"""What exports say of a message beside its text."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from beatra_desktop.domain.chat import AUTO_MODEL, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.services.transfer.outline import Section
from beatra_desktop.services.transfer.tree import Tree


class Wording(Struct, frozen=True):
    """Fills the words of the app's language in."""

    words: ExportWords
    now: Callable[[], datetime] = utc_now

    def title(self, tree: Tree) -> str:
        return " ".join(tree.conversation.title.split()) or self.words.untitled

    def begun(self, tree: Tree) -> str:
        return self.words.begun.format(date=moment(tree.conversation.created_at))

    def exported(self) -> str:
        return self.words.exported.format(date=moment(self.now()))

    def author(self, message: Message) -> str:
        if message.role is Role.USER:
            return self.words.you
        if message.role is Role.SYSTEM:
            return self.words.instructions
        asked = message.model_asked if message.model_asked != AUTO_MODEL else None
        model = message.model or asked
        return f"{self.words.answer} ({model})" if model else self.words.answer

    def note(self, message: Message) -> str:
        """How the message ended, in words; empty when it is complete."""
        match message.status:
            case MessageStatus.COMPLETE:
                return ""
            case MessageStatus.FAILED:
                reason = self.words.reason(message.failure) if message.failure is not None else ""
                return self.words.failed.format(reason=reason).rstrip()
            case MessageStatus.INCOMPLETE:
                return self.words.incomplete
            case MessageStatus.STOPPED:
                return self.words.stopped
            case MessageStatus.UNKNOWN:
                return self.words.unknown
        return self.words.unfinished

    def branch(self, section: Section, of: int) -> str:
        title = self.words.branch.format(number=section.number, of=of)
        if section.fork is None:
            return title
        return f"{title}, {self.words.branch_from.format(message=section.fork)}"


def moment(time: datetime) -> str:
    """The time on this machine's clock, written so that it is read alike everywhere."""
    return time.astimezone().strftime("%Y-%m-%d %H:%M")

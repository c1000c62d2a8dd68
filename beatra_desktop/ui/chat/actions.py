"""What can be done with a message, and which of it a message offers where."""

from enum import StrEnum
from typing import Final

from beatra_desktop.domain.chat import Message, MessageStatus, Role


class Action(StrEnum):
    COPY = "copy"
    EDIT = "edit"
    RETRY = "retry"
    REGENERATE = "regenerate"
    USE_AUTO = "use_auto"
    CONTINUE = "continue"
    KEEP = "keep"
    DETAILS = "details"
    PREVIOUS_VERSION = "previous_version"
    NEXT_VERSION = "next_version"


VERSION_STEPS: Final = {Action.PREVIOUS_VERSION: -1, Action.NEXT_VERSION: 1}
"""How many versions on each of these leads."""
ASKING: Final = frozenset(
    {Action.EDIT, Action.RETRY, Action.REGENERATE, Action.USE_AUTO, Action.CONTINUE}
)
"""What asks for an answer: not offered while another one is coming."""


def footer_actions(message: Message) -> tuple[Action, ...]:
    """What is offered below a message, beside what the note on its state offers."""
    if message.role is Role.USER:
        return (Action.COPY, Action.EDIT)
    if message.status.is_live or not message.text:
        return ()
    if message.role is Role.SYSTEM:
        return (Action.COPY,)
    if message.status is MessageStatus.COMPLETE:
        return (Action.COPY, Action.REGENERATE, Action.DETAILS)
    return (Action.COPY, Action.CONTINUE, Action.RETRY, Action.DETAILS)

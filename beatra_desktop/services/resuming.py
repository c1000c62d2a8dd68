"""What an earlier run left of its answers: cut streams are incomplete, unanswered ones go on."""

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind
from beatra_desktop.services.answering import CUT
from beatra_desktop.services.asking import Asking
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.outbox import Outbox


def resume(conversations: Conversations, outbox: Outbox, asking: Asking) -> None:
    """Nothing is sent under another key, and nothing again that had its answer."""
    for left_open in outbox.open_requests():
        if left_open.kind is RequestKind.CHAT:
            _close(left_open, conversations, outbox)
    for message in conversations.take_unfinished():
        request = outbox.find(message.idempotency_key)
        if message.status is MessageStatus.STREAMING:
            conversations.put(_cut(message, MessageStatus.INCOMPLETE))
        elif request is None or _has_ended(message, request, conversations, outbox):
            conversations.put(_cut(message, MessageStatus.FAILED))
        else:
            asking.start(message, request)


def _close(request: Request, conversations: Conversations, outbox: Outbox) -> None:
    """Close what may not be sent again, or was left open by an end between two commits."""
    message = conversations.message(MessageId(request.owner_id))
    is_owned = message is not None and message.idempotency_key == request.key
    if message is None or not is_owned or not outbox.may_resend(request):
        outbox.abandon(request)
    elif message.status is MessageStatus.COMPLETE:
        outbox.settle_unknown(request, created=True)
    elif message.status is MessageStatus.STOPPED:
        outbox.abandon(request)


def _has_ended(
    message: Message, request: Request, conversations: Conversations, outbox: Outbox
) -> bool:
    """Also when the crash came between the end of the request and that of the message."""
    is_gone = message.conversation_id not in conversations.records
    return is_gone or (not request.state.is_open and outbox.may_resend(request))


def _cut(message: Message, status: MessageStatus) -> Message:
    return replace(message, status=status, failure=CUT, finished_at=utc_now())

"""The order in which a conversation's messages are written down."""

from collections.abc import Mapping

from msgspec import Struct

from beatra_desktop.domain.chat import Message, branch
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.services.transfer.tree import Tree


class Section(Struct, frozen=True):
    """Messages of one branch, each under its number; `fork` is the number they go on from."""

    number: int
    fork: int | None
    messages: tuple[tuple[int, Message], ...]


def outline(tree: Tree, *, all_branches: bool) -> list[Section]:
    """The branch on show, and if wanted what the others have that was not said before."""
    shown = branch(tree.messages, tree.conversation.head_id)
    numbers: dict[MessageId, int] = {}
    sections = [_section(shown, numbers, sections_before=0)]
    if not all_branches:
        return sections
    by_id = {message.id: message for message in tree.messages}
    parents = {message.parent_id for message in tree.messages}
    leaves = (message for message in tree.messages if message.id not in parents)
    for end in (*leaves, *tree.messages):  # the second time round for what circles
        rest = _unwritten(end, by_id, numbers)
        if rest:
            sections.append(_section(rest, numbers, sections_before=len(sections)))
    return [section for section in sections if section.messages]


def _unwritten(
    end: Message, by_id: Mapping[MessageId, Message], numbers: Mapping[MessageId, int]
) -> list[Message]:
    path: dict[MessageId, Message] = {}
    at: Message | None = end
    while at is not None and at.id not in numbers and at.id not in path:
        path[at.id] = at
        at = None if at.parent_id is None else by_id.get(at.parent_id)
    return list(path.values())[::-1]


def _section(
    messages: list[Message], numbers: dict[MessageId, int], *, sections_before: int
) -> Section:
    fork = messages[0].parent_id if messages else None
    known = None if fork is None else numbers.get(fork)
    for message in messages:
        numbers[message.id] = len(numbers) + 1
    listed = tuple((numbers[message.id], message) for message in messages)
    return Section(sections_before + 1, known, listed)

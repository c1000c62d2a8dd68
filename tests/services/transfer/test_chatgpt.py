"""Conversations of a ChatGPT export."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.chat import MessageStatus, Role, branch
from beatra_desktop.services.transfer import chatgpt as reader
from beatra_desktop.services.transfer.tree import EARLIEST, Tree, untangled

NOW = datetime(2026, 3, 1, tzinfo=UTC)
Node = Callable[..., dict[str, Any]]
Chat = Callable[..., dict[str, Any]]


def _read(chat: dict[str, Any]) -> Tree:
    return reader.conversation(json.dumps(chat).encode(), now=NOW)


def _shown(found: Tree) -> list[str]:
    return [message.text for message in branch(found.messages, found.conversation.head_id)]


def test_a_plain_conversation(node: Node, chatgpt: Chat) -> None:
    root = {"id": "root", "message": None, "parent": None, "children": ["q"]}
    answer = node("a", "q", "assistant", "Because.", metadata={"model_slug": "gpt-4o"})
    found = _read(chatgpt(root, node("q", "root", "user", "Why?"), answer, is_archived=True))
    assert _shown(found) == ["Why?", "Because."]
    question, reply = found.messages
    assert (question.role, question.parent_id, question.model) == (Role.USER, None, None)
    assert (reply.role, reply.model) == (Role.ASSISTANT, "gpt-4o")
    assert reply.created_at == datetime.fromtimestamp(1_700_000_000.25, UTC)
    conversation = found.conversation
    assert conversation.id == "6a0c7b52-0000-8000-9000-000000000001"
    assert (conversation.title, conversation.model) == ("Rain in May", "auto")
    assert conversation.updated_at == datetime.fromtimestamp(1_700_000_100, UTC)
    assert (conversation.is_archived, conversation.is_pinned) == (True, False)


def test_branches_and_the_one_on_show_are_kept(node: Node, chatgpt: Chat) -> None:
    found = _read(
        chatgpt(
            node("q", None, "user", "Why?"),
            node("a1", "q", "assistant", "First"),
            node("a2", "q", "assistant", "Second"),
            current_node="a1",
        )
    )
    assert _shown(found) == ["Why?", "First"]
    assert len(found.messages) == 3


def test_tools_and_hidden_messages_are_skipped_and_their_children_stay(
    node: Node, chatgpt: Chat
) -> None:
    hidden = {"is_visually_hidden_from_conversation": True}
    nodes = [
        node("s", None, "system", ""),
        node("h", "s", "user", "about me", metadata=hidden),
        node("q", "h", "user", "Search"),
        node("c", "q", "assistant", content={"content_type": "code", "text": "search()"}),
        node("t", "c", "tool", "results"),
        node("k", "t", "assistant", content={"content_type": "thoughts", "thoughts": []}),
        node("a", "k", "assistant", "Found it."),
    ]
    found = _read(chatgpt(*nodes))
    assert _shown(found) == ["Search", "```\nsearch()\n```", "Found it."]


def test_a_head_that_is_not_shown_stands_for_what_is_above_it(node: Node, chatgpt: Chat) -> None:
    nodes = (node("q", None, "user", "Why?"), node("t", "q", "tool", "x"))
    assert _shown(_read(chatgpt(*nodes))) == ["Why?"]
    assert _shown(_read(chatgpt(*nodes, current_node="gone"))) == ["Why?"]
    assert _shown(_read(chatgpt(*nodes, current_node=None))) == ["Why?"]


def test_several_roots_circles_and_lost_parents(node: Node, chatgpt: Chat) -> None:
    found = _read(
        chatgpt(
            node("a", "b", "user", "one"),
            node("b", "a", "assistant", "two"),
            node("c", "gone", "user", "three"),
            node("d", None, "user", "four"),
            node("e", "e", "user", "five"),
            current_node="d",
        )
    )
    assert sorted(m.text for m in found.messages) == ["five", "four", "one", "three", "two"]
    assert _shown(found) == ["four"]
    assert list(found.messages) == untangled(found.messages)


def test_children_tell_of_a_parent_that_a_node_forgot(node: Node, chatgpt: Chat) -> None:
    root = node("q", None, "user", "Why?") | {"children": ["a", 7, None]}
    answer = node("a", None, "assistant", "So.")
    del answer["parent"]
    assert _shown(_read(chatgpt(root, answer))) == ["Why?", "So."]


@pytest.mark.parametrize(
    "time", [None, "soon", float("nan"), -5, 1e300, pytest.param(10**400, id="vast"), True, [], 0]
)
def test_a_message_without_a_time_has_that_of_its_parent(
    node: Node, chatgpt: Chat, time: object
) -> None:
    question = node("q", None, "user", "Why?")
    found = _read(chatgpt(question, node("a", "q", "assistant", "So.", create_time=time)))
    assert found.messages[1].created_at == found.messages[0].created_at
    alone = _read(chatgpt(node("q", None, "user", "Why?", create_time=time), create_time=time))
    assert alone.messages[0].created_at == datetime.fromtimestamp(1_700_000_100, UTC)


def test_times_may_be_written_out(node: Node, chatgpt: Chat) -> None:
    found = _read(chatgpt(node("q", None, "user", "Why?", create_time="2024-05-01T10:00:00Z")))
    assert found.messages[0].created_at == datetime(2024, 5, 1, 10, tzinfo=UTC)


def test_how_an_answer_ended(node: Node, chatgpt: Chat) -> None:
    stopped = {"finish_details": {"type": "interrupted"}}
    long = {"finish_details": {"type": "max_tokens"}}
    found = _read(
        chatgpt(
            node("q", None, "user", "Why?"),
            node("a", "q", "assistant", "So", status="in_progress"),
            node("b", "q", "assistant", "So", metadata=stopped),
            node("c", "q", "assistant", "So", metadata=long),
        )
    )
    ends = [(message.status, message.finish_reason) for message in found.messages[1:]]
    assert ends == [
        (MessageStatus.INCOMPLETE, None),
        (MessageStatus.STOPPED, None),
        (MessageStatus.COMPLETE, "length"),
    ]


def test_without_title_and_id_they_are_made_and_the_same_each_time(
    node: Node, chatgpt: Chat
) -> None:
    chat = chatgpt(node("q", None, "user", "Why does it rain?"), title=None)
    del chat["conversation_id"]
    found = _read(chat)
    assert found.conversation.title == "Why does it rain?"
    assert _read(chat) == found
    assert _read(chat | {"id": "../x"}).conversation.id.isalnum()


def test_two_conversations_may_share_their_nodes(node: Node, chatgpt: Chat) -> None:
    question = node("q", None, "user", "Why?")
    one, other = _read(chatgpt(question)), _read(chatgpt(question, conversation_id="other"))
    assert one.messages[0].id != other.messages[0].id


def test_half_characters_are_no_reason_to_refuse(node: Node, chatgpt: Chat) -> None:
    assert _read(chatgpt(node("q", None, "user", "\ud83d cut"))).messages[0].text == "\ud83d cut"


def test_a_long_hidden_run_is_walked_once(node: Node, chatgpt: Chat) -> None:
    hidden = [node(f"t{n}", f"t{n - 1}", "tool", "x") for n in range(3000)]
    asked = [node(f"q{n}", "t2999", "user", f"{n}") for n in range(3000)]
    found = _read(chatgpt(*hidden, *asked))
    assert {message.parent_id for message in found.messages} == {None}


@pytest.mark.parametrize(
    "text",
    [b"", b"7", b"[]", b"{}", b'{"mapping": []}', b'{"mapping": {}}', b'{"mapping": {"a": 7}}',
     b"\xff", b'{"mapping": {"a": ' + b"[" * 200_000, b'{"mapping": {"a": {"message": {}}}}'],
)  # fmt: skip
def test_what_is_no_conversation_is_a_value_error(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        reader.conversation(text, now=NOW)


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["author", "role", "content", "parts", "metadata", "text", "content_type"]
            ),
            inner,
        )
    ),
    max_leaves=10,
)
_ODD_NODES = st.fixed_dictionaries(
    {}, optional={"message": _ODD, "parent": _ODD | st.sampled_from("abc"), "children": _ODD}
)


@given(
    st.dictionaries(st.sampled_from("abcd"), _ODD_NODES | _ODD),
    st.fixed_dictionaries(
        {}, optional={"title": _ODD, "create_time": _ODD, "current_node": _ODD, "id": _ODD}
    ),
)
def test_whatever_the_fields_hold_it_is_read_or_refused(
    mapping: dict[str, Any], more: dict[str, Any]
) -> None:
    said = {"author": {"role": "user"}, "content": {"parts": ["hi"]}}
    nodes = mapping | {"z": {"message": said, "parent": "a"}}
    found = _read(more | {"mapping": nodes})
    assert "hi" in [message.text for message in found.messages]
    assert list(found.messages) == untangled(found.messages)
    assert all(message.created_at >= EARLIEST for message in found.messages)
    assert found.conversation.head_id in [message.id for message in found.messages]

"""A question typed in the window, answered by the sandbox, kept on disk."""

from typing import Any


def test_a_typed_question_is_answered_and_kept(start: Any, rows: Any) -> None:
    app = start()
    assert app.do("connect")["phase"] == "ready"
    app.do("ask", text="How do I upload a file?")
    answer = app.do("answer")
    assert answer["status"] == "complete"
    assert app.quit() == 0
    question, stored = rows("SELECT * FROM messages ORDER BY seq")
    assert (question["role"], question["text"]) == ("user", "How do I upload a file?")
    assert (stored["role"], stored["status"]) == ("assistant", "complete")
    assert stored["text"] == answer["text"]
    assert stored["model"] == "sandbox-guide"
    assert stored["request_id"].startswith("req")
    assert stored["idempotency_key"]


def test_the_conversation_is_there_again_after_a_restart(start: Any) -> None:
    app = start()
    app.do("connect")
    app.do("ask", text="echo: the lamps are lit")
    app.do("answer")
    assert app.quit() == 0
    again = start()
    again.do("connect")
    assert [message["text"] for message in again.do("conversation")] == [
        "echo: the lamps are lit",
        "the lamps are lit",
    ]
    assert again.do("copy_answer") == "the lamps are lit"
    assert again.quit() == 0


def test_the_cursor_waits_in_the_composer(start: Any) -> None:
    app = start()
    app.do("connect")
    assert app.do("type_blindly", text="hello") == "hello"
    assert app.quit() == 0


def test_a_blank_message_is_not_sent(start: Any, rows: Any) -> None:
    app = start()
    app.do("connect")
    app.do("ask", text="   ")
    assert app.do("draft") == "   "
    journal = app.do("admin", method="GET", path="journal")
    assert [entry for entry in journal["entries"] if entry["method"] == "POST"] == []
    assert app.quit() == 0
    assert rows("SELECT * FROM messages") == []
